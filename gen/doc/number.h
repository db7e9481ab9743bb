/* SPDX-License-Identifier: MIT
 *
 * Numbers, and everything that needs them.
 *
 *   headings     chinese: 一、（一）1.（1）  decimal: 1  1.1  1.1.1; annexes 附件1 (附件 when there is one);
 *                where no heading of level 1 is numbered, being the title, those of level 2 begin with 一、
 *   tables       表 2-1 by chapter, 表 1 in a document without numbered chapters, 附表 1-1 in annexes
 *   figures      likewise 图
 *   contents     NODE_CONTENTS and NODE_LIST_OF get one NODE_PARAGRAPH per entry: level, number,
 *                title, target ("#id"), and as its child a NODE_REFERENCE with the whole text
 *   references   get their text; links and cells to "#id" are checked
 *   footnotes    numbered in the order in which they are first referred to, and sorted so
 *
 * Headings and numbered tables and figures without an id are given one.  Only tables
 * and figures with a caption or an id have a number.
 */
#ifndef XINGJI_DOC_NUMBER_H
#define XINGJI_DOC_NUMBER_H

#include "doc/doc.h"

struct diag;

/* Reports duplicate ids, references to nothing, and footnotes unknown or unused. */
void number_document(struct arena *arena, struct diag *diag, struct doc *doc);
/* 1 → 一, 12 → 十二, 105 → 一百零五; below 10,000, else digits. */
void number_write_chinese(struct buf *buf, int number);

#endif
