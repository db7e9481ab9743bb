/* SPDX-License-Identifier: MIT
 *
 * A document as plain text: what a mail says.
 *
 * Headings, paragraphs, lists, quotes and rules, one below the other with an empty line between; items of lists
 * stand line by line, inner ones two blanks further in.  Of marks nothing is left, of a link its address behind
 * its words.  What only a page can show (tables, charts, codes, footnotes …) is an error at its place: left out,
 * nobody would miss it.
 *
 * What a value holds stays within its line: control characters in it are blanks.
 */
#ifndef XINGJI_DOC_PLAIN_TEXT_H
#define XINGJI_DOC_PLAIN_TEXT_H

#include "doc/doc.h"

struct buf;
struct diag;

/* Appends the text below root, lines ending in \n.  False after reporting; the rest is appended all the same. */
bool plain_text_write(const struct node *root, struct diag *diag, struct buf *out);

#endif
