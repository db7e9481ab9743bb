/* SPDX-License-Identifier: MIT */
#include "base/qr.h"

#include <qrencode.h>

#include "base/arena.h"
#include "base/buf.h"

bool qr_encode(struct arena *arena, struct text text, struct qr *qr)
{
	*qr = (struct qr){ .side = 0 };
	if (!text.size || text.size > QR_TEXT_MOST || memchr(text.at, '\0', text.size))
		return false;
	/* Letters and digits where they pay, bytes elsewhere; the text says itself where it is UTF-8. */
	QRcode *code = QRcode_encodeString(text_string(arena, text), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (!code)
		return false;
	size_t side = (size_t)code->width, count = side * side;
	unsigned char *modules = arena_alloc(arena, count);
	for (size_t i = 0; i < count; i++)
		modules[i] = code->data[i] & 1;
	QRcode_free(code);
	*qr = (struct qr){ side, modules };
	return true;
}

void qr_write_path(const struct qr *qr, struct buf *out)
{
	buf_format(out, "%zu ", qr->side + 2 * (size_t)QR_QUIET);
	for (size_t row = 0; row < qr->side; row++) {
		const unsigned char *modules = qr->modules + row * qr->side;
		size_t end = SIZE_MAX; /* of the run before, in this row */
		for (size_t at = 0, from; at < qr->side;) {
			for (from = at; from < qr->side && !modules[from];)
				from++;
			for (at = from; at < qr->side && modules[at];)
				at++;
			if (from == at)
				break;
			if (end == SIZE_MAX)
				buf_format(out, "M%zu %zu.5", from + QR_QUIET, row + QR_QUIET);
			else
				buf_format(out, "m%zu 0", from - end);
			buf_format(out, "h%zu", at - from);
			end = at;
		}
	}
}
