/* SPDX-License-Identifier: MIT */
#include "publish/leak_encoder.h"

#include <iconv.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/memory.h"
#include "base/utf8.h"

struct leak_encoder {
	iconv_t gb18030; /* (iconv_t)-1: the system has none */
};

const char *const leak_encoder_words[LEAK_FORMS] = {
	[LEAK_UTF8] = NULL, [LEAK_GB18030] = "GB18030", [LEAK_UTF16LE] = "UTF-16LE", [LEAK_UTF16BE] = "UTF-16BE",
};

struct leak_encoder *leak_encoder_open(void)
{
	struct leak_encoder *encoder = memory_resize(NULL, sizeof *encoder);
	encoder->gb18030 = iconv_open("GB18030", "UTF-8");
	if (encoder->gb18030 == (iconv_t)-1)
		memory_check(); /* not the same as a system that has none: the search would be a weaker one */
	return encoder;
}

void leak_encoder_close(struct leak_encoder *encoder)
{
	if (encoder && encoder->gb18030 != (iconv_t)-1)
		iconv_close(encoder->gb18030);
	free(encoder);
}

static bool write_gb18030(struct leak_encoder *encoder, struct text value, struct buf *out)
{
	char block[512], *input = (char *)(uintptr_t)value.at; /* iconv's interface is not const */
	size_t left = value.size;
	bool is_other = false;
	for (size_t i = 0; i < value.size && !is_other; i++)
		is_other = (unsigned char)value.at[i] >= 0x80;
	if (!is_other || encoder->gb18030 == (iconv_t)-1)
		return false;
	iconv(encoder->gb18030, NULL, NULL, NULL, NULL);
	while (left) {
		char *output = block;
		size_t room = sizeof block, before = left;
		iconv(encoder->gb18030, &input, &left, &output, &room);
		buf_add(out, block, sizeof block - room);
		if (left == before)
			return false; /* a character that it does not have */
	}
	return true;
}

static void put_unit(char *out, uint32_t unit, bool is_big)
{
	out[0] = (char)(is_big ? unit >> 8 : unit);
	out[1] = (char)(is_big ? unit : unit >> 8);
}

static bool write_utf16(struct text value, bool is_big, struct buf *out)
{
	char block[512];
	size_t size = 0;
	for (size_t at = 0; at < value.size;) {
		uint32_t character = utf8_next(value, &at);
		if (character == UTF8_BAD)
			return false;
		if (size > sizeof block - 4) {
			buf_add(out, block, size);
			size = 0;
		}
		if (character >= 0x10000) {
			put_unit(block + size, 0xD800 + ((character - 0x10000) >> 10), is_big);
			size += 2;
			character = 0xDC00 + ((character - 0x10000) & 0x3FF);
		}
		put_unit(block + size, character, is_big);
		size += 2;
	}
	buf_add(out, block, size);
	return true;
}

bool leak_encoder_write(struct leak_encoder *encoder, enum leak_form form, struct text value, struct buf *out)
{
	buf_reset(out);
	switch (form) {
	case LEAK_UTF8: buf_text(out, value); return true;
	case LEAK_GB18030: return write_gb18030(encoder, value, out);
	case LEAK_UTF16LE: return write_utf16(value, false, out);
	case LEAK_UTF16BE: return write_utf16(value, true, out);
	case LEAK_FORMS: break;
	}
	return false;
}
