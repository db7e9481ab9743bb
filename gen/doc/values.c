/* SPDX-License-Identifier: MIT */
#include "doc/values.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#define FIRST_PLANE UINT32_C(0xF0000)
#define SECOND_PLANE UINT32_C(0x100000)
enum { IN_FIRST = 65534 /* the last two of a plane are no characters */ };

void values_clear(struct values *values)
{
	LIST_FREE(&values->stored);
}

bool values_add(struct values *values, struct buf *out, struct stored_value value)
{
	size_t index = values->stored.count;
	if (index >= VALUES_MOST) {
		utf8_write(out, 0xFFFD);
		return false;
	}
	LIST_PUSH(&values->stored, value);
	utf8_write(out, index < IN_FIRST ? FIRST_PLANE + (uint32_t)index : SECOND_PLANE + (uint32_t)(index - IN_FIRST));
	return true;
}

const struct stored_value *values_of(const struct values *values, uint32_t character)
{
	if (!values || character < FIRST_PLANE || character == UTF8_BAD || character == VALUES_MARK)
		return NULL;
	size_t index = character < SECOND_PLANE ? character - FIRST_PLANE : character - SECOND_PLANE + IN_FIRST;
	return index < values->stored.count ? &values->stored.at[index] : NULL;
}

/* Planes 15 and 16 start with F3 B0 … and F4 …; nothing assigned does. */
static bool is_private(struct text text, size_t at)
{
	unsigned char lead = (unsigned char)text.at[at];
	return lead == 0xF4 || (lead == 0xF3 && at + 1 < text.size && (unsigned char)text.at[at + 1] >= 0xB0);
}

bool values_are_in(struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.at[i] >= 0xF3 && is_private(text, i))
			return true;
	return false;
}

static void add_folded(struct buf *buf, struct text text)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.at[i];
		buf_byte(buf, c < ' ' || c == 0x7f ? ' ' : (char)c);
	}
}

struct text values_fill(struct arena *arena, const struct values *values, struct text text)
{
	if (!values_are_in(text))
		return text;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t offset = 0; offset < text.size;) {
		size_t start = offset;
		if (!is_private(text, offset)) {
			buf_byte(&buf, text.at[offset++]);
			continue;
		}
		uint32_t character = utf8_next(text, &offset);
		const struct stored_value *value = values_of(values, character);
		if (value)
			add_folded(&buf, value->text);
		else if (character != VALUES_MARK)
			buf_add(&buf, text.at + start, offset - start);
	}
	struct text filled = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return filled;
}
