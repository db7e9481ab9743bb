/* SPDX-License-Identifier: MIT
 *
 * Ids as they stand in attributes of HTML, and the marks of footnotes, which have some.
 */
#ifndef XINGJI_RENDER_HTML_ID_H
#define XINGJI_RENDER_HTML_ID_H

#include "base/text.h"

struct buf;

/* Escaped, with hyphens for spaces, which HTML does not allow. */
void html_id_write(struct buf *out, struct text id);

/* Footnotes (the first so many) whose first mark has been written: that one has the id which the note leads back to. */
enum { HTML_MARKED_MOST = 1000 };
struct html_marked {
	bool is_written[HTML_MARKED_MOST];
};
/* Its place there; NULL for footnotes beyond. */
bool *html_note_mark_of(struct html_marked *marked, struct text number);
/* The mark of a footnote. */
void html_note_mark_write(struct buf *out, struct text number, struct html_marked *marked);

#endif
