/* SPDX-License-Identifier: MIT
 *
 * The inside of a table element: head and body, for html.c only.
 */
#ifndef XINGJI_RENDER_HTML_TABLE_H
#define XINGJI_RENDER_HTML_TABLE_H

#include "doc/doc.h"

struct buf;
struct html_marked;

/* As in struct html_words. */
struct html_table_words {
	struct text category, missing;
};

void html_table_write(struct buf *out, const struct table *table, struct html_marked *marked);
/* The numbers behind a chart. */
void html_table_write_chart(struct buf *out, const struct chart *chart, const struct html_table_words *words);

#endif
