/* SPDX-License-Identifier: MIT */
#include "render/html_id.h"

#include "base/buf.h"

void html_id_write(struct buf *out, struct text id)
{
	struct text rest = id, piece;
	for (bool first = true; text_next(&rest, ' ', &piece); first = false) {
		if (!first)
			buf_byte(out, '-');
		buf_html(out, piece);
	}
}

bool *html_note_mark_of(struct html_marked *marked, struct text number)
{
	int64_t index;
	return text_to_integer(number, &index) && index > 0 && index <= HTML_MARKED_MOST ? &marked->is_written[index - 1] : NULL;
}

void html_note_mark_write(struct buf *out, struct text number, struct html_marked *marked)
{
	bool *is_written = html_note_mark_of(marked, number);
	buf_string(out, "<sup");
	if (is_written && !*is_written) {
		buf_format(out, " id=\"fnref-%.*s\"", TEXT_ARGS(number));
		*is_written = true;
	}
	buf_format(out, "><a href=\"#fn-%.*s\">", TEXT_ARGS(number));
	buf_html(out, number);
	buf_string(out, "</a></sup>");
}
