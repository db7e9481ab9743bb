/* SPDX-License-Identifier: MIT */
#include "send/transfer.h"

#include "base/arena.h"
#include "base/buf.h"
#include "send/ascii.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void transfer_write_base64(struct buf *buf, struct text bytes)
{
	for (size_t i = 0; i < bytes.size; i += 3) {
		uint32_t three = 0;
		for (size_t k = 0; k < 3; k++)
			three = three << 8 | (i + k < bytes.size ? (unsigned char)bytes.at[i + k] : 0u);
		char four[4] = { alphabet[three >> 18], alphabet[three >> 12 & 63], '=', '=' };
		if (i + 1 < bytes.size)
			four[2] = alphabet[three >> 6 & 63];
		if (i + 2 < bytes.size)
			four[3] = alphabet[three & 63];
		buf_add(buf, four, sizeof four);
	}
}

void transfer_write_base64_lines(struct buf *buf, struct text bytes)
{
	enum { BYTES = TRANSFER_LINE / 4 * 3 };
	for (size_t i = 0; i < bytes.size; i += BYTES) {
		transfer_write_base64(buf, text_slice(bytes, i, BYTES));
		buf_string(buf, "\r\n");
	}
}

struct text transfer_read_base64(struct arena *arena, struct text encoded)
{
	char *out = arena_room(arena, encoded.size / 4 * 3 + 3);
	size_t size = 0;
	uint32_t bits = 0;
	unsigned held = 0;
	for (size_t i = 0; i < encoded.size && encoded.at[i] != '='; i++) {
		const char *digit = encoded.at[i] ? strchr(alphabet, encoded.at[i]) : NULL;
		if (!digit)
			continue;
		bits = bits << 6 | (uint32_t)(digit - alphabet);
		held += 6;
		if (held >= 8) {
			held -= 8;
			out[size++] = (char)(bits >> held & 0xFF);
		}
	}
	return (struct text){ out, size };
}

/* Behind a = at the end of a line, or with blanks that a server added: where the next line begins; else `at`. */
static size_t soft_break(struct text encoded, size_t at)
{
	size_t end = at;
	while (end < encoded.size && (encoded.at[end] == ' ' || encoded.at[end] == '\t'))
		end++;
	if (end < encoded.size && encoded.at[end] == '\r')
		end++;
	if (end < encoded.size && encoded.at[end] == '\n')
		end++;
	return end > at && (encoded.at[end - 1] == '\n' || encoded.at[end - 1] == '\r') ? end : at;
}

struct text transfer_read_quoted(struct arena *arena, struct text encoded)
{
	char *out = arena_room(arena, encoded.size + 1);
	size_t size = 0;
	for (size_t i = 0; i < encoded.size;) {
		if (encoded.at[i] != '=') {
			out[size++] = encoded.at[i++];
			continue;
		}
		size_t next = soft_break(encoded, i + 1);
		int high = i + 2 < encoded.size ? ascii_hex(encoded.at[i + 1]) : -1;
		int low = high >= 0 ? ascii_hex(encoded.at[i + 2]) : -1;
		if (next > i + 1) {
			i = next;
		} else if (low >= 0) {
			out[size++] = (char)(high << 4 | low);
			i += 3;
		} else {
			out[size++] = encoded.at[i++];
		}
	}
	return (struct text){ out, size };
}
