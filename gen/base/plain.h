/* SPDX-License-Identifier: MIT
 *
 * Text for a terminal: nothing that a firm typed, no name of a file and no argument may
 * steer it, forge a line or turn the direction of what follows.
 *
 * By class of character: C0 and C1 controls and DEL, line and paragraph separators,
 * bidirectional controls, and bytes that are no UTF-8.  What is a blank of some kind
 * becomes a space, everything else a dot; both take one column, so carets and tables
 * align.  JSON has its own form for the same characters (buf_json).
 */
#ifndef XINGJI_BASE_PLAIN_H
#define XINGJI_BASE_PLAIN_H

#include "base/text.h"

struct buf;

#define PLAIN_DOT 0xB7u /* · */

/* What a terminal may show for a character of utf8_next: itself, ' ' or PLAIN_DOT. */
uint32_t plain_character(uint32_t character);
/* A value: always one line. */
void plain_write(struct buf *buf, struct text text);
/* A whole output: line feeds and tabs stay. */
void plain_write_lines(struct buf *buf, struct text text);
/* Columns on a terminal of what plain_write writes. */
int plain_columns(struct text text);

#endif
