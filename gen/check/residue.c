/* SPDX-License-Identifier: MIT */
#include "check/residue.h"

#include "base/buf.h"
#include "base/fold.h"
#include "base/utf8.h"

/* "_x000D_": how a workbook writes a character that XML does not allow. */
static size_t escape_size(struct text rest)
{
	size_t digits = 0;
	if (!text_starts(rest, "_x") || rest.size < 7 || rest.at[6] != '_')
		return 0;
	while (digits < 4 && strchr("0123456789ABCDEFabcdef", rest.at[2 + digits]))
		digits++;
	return digits == 4 ? 7 : 0;
}

enum { REFERENCE_LONGEST = 10 };

static bool is_reference_part(char c)
{
	return c == '#' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* "&#22270;", "&nbsp;": a character reference that nobody resolved. */
static size_t reference_size(struct text rest)
{
	size_t end = 1;
	if (!text_starts(rest, "&"))
		return 0;
	while (end < rest.size && end < REFERENCE_LONGEST && is_reference_part(rest.at[end]))
		end++;
	return end > 2 && end < rest.size && rest.at[end] == ';' ? end + 1 : 0;
}

static size_t tag_size(struct text rest)
{
	static const char *const tags[] = { "<br", "<p>", "</", "<b>", "<span", "<font" };
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (text_starts(rest, tags[i])) {
			size_t end = text_find(rest, TEXT(">"));
			return end < rest.size ? end + 1 : rest.size;
		}
	return 0;
}

struct text residue_of(struct text text, bool is_name)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c != '_' && c != '&' && c != '<' && !(is_name && (c == 0xE2 || c == 0xE3)))
			continue;
		struct text rest = text_slice(text, i, text.size);
		size_t size = escape_size(rest) + reference_size(rest) + tag_size(rest);
		if (is_name && (text_starts(rest, "□") || text_starts(rest, "〓")))
			size = strlen("□");
		if (size)
			return text_slice(rest, 0, size);
	}
	return NO_TEXT;
}

struct look_alike residue_look_alike(struct text text)
{
	struct look_alike found = { .meant = 0 };
	for (size_t offset = 0; offset < text.size && !found.meant;) {
		size_t start = offset;
		found.character = utf8_next(text, &offset);
		found.meant = fold_look_alike(found.character);
		found.text = text_slice(text, start, offset - start);
	}
	struct buf buf;
	buf_init(&buf, sizeof found.words);
	if (found.meant)
		utf8_write(&buf, found.meant);
	memcpy(found.words, buf.at, buf.size);
	buf_clear(&buf);
	return found;
}

static bool is_private(uint32_t character)
{
	return (character >= 0xE000 && character <= 0xF8FF) || character >= 0xF0000;
}

bool residue_has_private(struct text text)
{
	for (size_t i = 0; i < text.size;) {
		unsigned char lead = (unsigned char)text.at[i];
		if (lead != 0xEE && lead != 0xEF && lead < 0xF3)
			i++;
		else if (is_private(utf8_next(text, &i)))
			return true;
	}
	return false;
}
