/* SPDX-License-Identifier: MIT
 *
 * The inside of a table element: head and body, for html.c only.
 */
#ifndef XINGJI_RENDER_HTML_TABLE_H
#define XINGJI_RENDER_HTML_TABLE_H

#include "doc/doc.h"

struct buf;

/* As in struct html_words. */
struct html_table_words {
	struct text category, missing;
};

/* Footnotes (the first so many) whose first mark has been written: that one has the id which the note leads back to. */
enum { HTML_MARKED_MOST = 1000 };
struct html_marked {
	bool is_written[HTML_MARKED_MOST];
};

void html_table_write(struct buf *out, const struct table *table, struct html_marked *marked);
/* The numbers behind a chart. */
void html_table_write_chart(struct buf *out, const struct chart *chart, const struct html_table_words *words);
/* The mark of a footnote. */
void html_write_mark(struct buf *out, struct text number, struct html_marked *marked);
/* An id as it stands in an attribute: no spaces. */
void html_write_id(struct buf *out, struct text id);

#endif
