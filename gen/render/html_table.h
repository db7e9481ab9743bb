/* SPDX-License-Identifier: MIT
 *
 * The inside of a table element: head and body, for html.c only.
 */
#ifndef XINGJI_RENDER_HTML_TABLE_H
#define XINGJI_RENDER_HTML_TABLE_H

#include "doc/doc.h"
#include "render/html.h"

void html_table_write(struct buf *out, const struct table *table);
/* The numbers behind a chart. */
void html_table_write_chart(struct buf *out, const struct chart *chart, const struct html_words *words);
/* An id as it stands in an attribute: no spaces.  In html.c. */
void html_write_id(struct buf *out, struct text id);

#endif
