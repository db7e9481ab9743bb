/* SPDX-License-Identifier: MIT */
#include "base/qr.h"

#include <qrencode.h>

#include "base/arena.h"

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
