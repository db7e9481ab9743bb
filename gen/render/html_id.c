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
