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

/* At most three digits: nothing on a code is further than its side with the white around it. */
static size_t write_number(char *out, size_t number)
{
	size_t size = (size_t)1 + (number >= 10) + (number >= 100);
	for (size_t i = size; i-- > 0; number /= 10)
		out[i] = (char)('0' + number % 10);
	return size;
}

/* One run of dark modules, `from` to `to` of its row; end: of the run before it there, SIZE_MAX: none. */
static void write_run(struct buf *out, size_t row, size_t from, size_t to, size_t end)
{
	char bytes[16];
	size_t size = 1;
	bytes[0] = end == SIZE_MAX ? 'M' : 'm';
	size += write_number(bytes + size, end == SIZE_MAX ? from + QR_QUIET : from - end);
	bytes[size++] = ' ';
	size += write_number(bytes + size, end == SIZE_MAX ? row + QR_QUIET : 0);
	if (end == SIZE_MAX) {
		bytes[size++] = '.';
		bytes[size++] = '5';
	}
	bytes[size++] = 'h';
	size += write_number(bytes + size, to - from);
	buf_add(out, bytes, size);
}

void qr_write_path(const struct qr *qr, struct buf *out)
{
	buf_format(out, "%zu ", qr->side + 2 * (size_t)QR_QUIET);
	for (size_t row = 0; row < qr->side; row++) {
		const unsigned char *modules = qr->modules + row * qr->side;
		size_t end = SIZE_MAX;
		for (size_t at = 0, from; at < qr->side; end = at) {
			for (from = at; from < qr->side && !modules[from];)
				from++;
			for (at = from; at < qr->side && modules[at];)
				at++;
			if (from == at)
				break;
			write_run(out, row, from, at, end);
		}
	}
}
