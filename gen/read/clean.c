/* SPDX-License-Identifier: MIT */
#include "read/clean.h"

#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"
#include "base/utf8.h"

enum form { FORM_TEXT, FORM_CODE };

/* ---- is there anything to do? -------------------------------------------------------- */

/*
 * Lead bytes of characters that may have to change: controls, DEL, C2 (NBSP, soft
 * hyphen), CD and D8 (joiners, Arabic marks), E1 (Mongolian, Ogham), E2 (dashes, zero
 * width), E3 (ideographic space), EF (BOM, full-width), F3 (tags).
 */
static bool may_change(unsigned char c)
{
	return c < 0x20 || c == 0x7F || c == 0xC2 || c == 0xCD || c == 0xD8 || (c >= 0xE1 && c <= 0xE3) || c == 0xEF || c == 0xF3;
}

static bool is_control(uint32_t character)
{
	return character < 0x20 || (character >= 0x7F && character < 0xA0);
}

/* Marks among Han characters, some of them in each cell of prose: no spaces, and nothing that is not seen. */
static bool is_wide_mark(uint32_t character)
{
	return (character > 0x3000 && character < 0x3164) || (character > 0xFF00 && character < 0xFFA0);
}

/* What a character becomes: itself, another, ' ' for any space, 0 to drop it. */
static uint32_t become(uint32_t character, enum form form)
{
	if (form == FORM_TEXT && is_wide_mark(character))
		return character;
	if (character == '\t' || character == '\n' || character == '\r' || utf8_is_space(character))
		return character == 0x3000 && form == FORM_TEXT ? character : ' ';
	if (character == UTF8_BAD || is_control(character) || utf8_is_invisible(character))
		return 0;
	if (form == FORM_TEXT)
		return character;
	if (character >= 0xFF01 && character <= 0xFF5E)
		return character - 0xFEE0;
	if (fold_look_alike(character))
		return fold_look_alike(character);
	if ((character >= 0x2010 && character <= 0x2013) || character == 0x2212 || character == 0xFE63)
		return '-';
	return character;
}

static bool needs_work(struct text text, enum form form)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] == ' ' && i + 1 < text.size && text.at[i + 1] == ' ')
			return true;
		if (!may_change((unsigned char)text.at[i]))
			continue;
		size_t next = i;
		uint32_t character = utf8_next(text, &next);
		if (become(character, form) != character)
			return true;
		i = next - 1;
	}
	return false;
}

/* ---- the work -------------------------------------------------------------------------- */

/* Characters that need no space between them: Han, and full-width marks. */
static bool is_dense(uint32_t character)
{
	return utf8_is_han(character) || (character >= 0x3000 && character <= 0x303F) || (character >= 0xFF01 && character <= 0xFF60);
}

struct rewrite {
	struct buf buf;
	uint32_t last;      /* the character written last, 0 at the start */
	bool owes_space;    /* a space to be written unless the text ends or both sides are dense */
	bool owes_typed;    /* … and it was one that people type, which is kept between Han characters */
};

static void put(struct rewrite *rewrite, uint32_t character)
{
	if (rewrite->owes_space && rewrite->last && (rewrite->owes_typed || !is_dense(rewrite->last) || !is_dense(character)))
		buf_byte(&rewrite->buf, ' ');
	rewrite->owes_space = rewrite->owes_typed = false;
	utf8_write(&rewrite->buf, character);
	rewrite->last = character;
}

static struct text rewrite_text(struct arena *arena, struct text text, enum form form)
{
	struct rewrite rewrite = { 0 };
	buf_init(&rewrite.buf, BUF_LIMIT_PAGE);
	for (size_t offset = 0; offset < text.size;) {
		uint32_t character = utf8_next(text, &offset), now = become(character, form);
		if (now == ' ') {
			rewrite.owes_space = true;
			rewrite.owes_typed |= character == ' ' || character == 0x3000;
		} else if (now) {
			put(&rewrite, now);
		}
	}
	struct text copy = text_copy(arena, buf_view(&rewrite.buf));
	buf_clear(&rewrite.buf);
	return copy;
}

/* ="123" and '123: how people make a spreadsheet leave a number alone. */
static struct text without_guard(struct text text)
{
	if (text.size >= 3 && text_starts(text, "=\"") && text.at[text.size - 1] == '"')
		return text_trim(text_slice(text, 2, text.size - 3));
	if (text.size > 1 && text.at[0] == '\'' && !memchr(text.at + 1, '\'', text.size - 1))
		return text_trim(text_slice(text, 1, text.size));
	return text;
}

/* U+3000 stays inside names but not at their ends. */
static struct text trim_wide(struct text text)
{
	for (;;) {
		struct text trimmed = text_trim(text);
		if (text_starts(trimmed, "\u3000"))
			trimmed = text_slice(trimmed, 3, trimmed.size);
		if (text_ends(trimmed, "\u3000"))
			trimmed.size -= 3;
		if (trimmed.size == text.size)
			return trimmed;
		text = trimmed;
	}
}

static struct text clean(struct arena *arena, struct text cell, enum form form)
{
	cell = text_trim(cell);
	if (needs_work(cell, form))
		cell = rewrite_text(arena, cell, form);
	return trim_wide(without_guard(trim_wide(cell)));
}

struct text clean_text(struct arena *arena, struct text cell)
{
	return clean(arena, cell, FORM_TEXT);
}

struct text clean_code(struct arena *arena, struct text cell)
{
	return clean(arena, cell, FORM_CODE);
}

struct text clean_spaces(struct arena *arena, struct text cleaned)
{
	if (!cleaned.size || !memchr(cleaned.at, ' ', cleaned.size))
		return cleaned;
	char *copy = text_string(arena, cleaned);
	size_t size = 0;
	for (size_t i = 0; i < cleaned.size; i++)
		if (cleaned.at[i] != ' ')
			copy[size++] = cleaned.at[i];
	return (struct text){ copy, size };
}

struct text clean_upper(struct arena *arena, struct text cleaned)
{
	size_t i = 0;
	while (i < cleaned.size && !(cleaned.at[i] >= 'a' && cleaned.at[i] <= 'z'))
		i++;
	if (i == cleaned.size)
		return cleaned;
	char *copy = text_string(arena, cleaned);
	for (; i < cleaned.size; i++)
		if (copy[i] >= 'a' && copy[i] <= 'z')
			copy[i] = (char)(copy[i] - 'a' + 'A');
	return (struct text){ copy, cleaned.size };
}

/* ---- what a cell says -------------------------------------------------------------------- */

bool clean_is_blank(struct text cell)
{
	for (size_t offset = 0; offset < cell.size;) {
		uint32_t now = become(utf8_next(cell, &offset), FORM_CODE);
		if (now && now != ' ')
			return false;
	}
	return true;
}

static bool is_one_of(struct text text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text.size == strlen(words[i]) && strncasecmp(text.at, words[i], text.size) == 0)
			return true;
	return false;
}

bool clean_is_missing(struct text cleaned)
{
	static const char *const words[] = { "-", "--", "—", "——", "–", "－", "/", "／", "\\", "无", "N/A", "NA", "NULL", "None" };
	return cleaned.size == 0 || (cleaned.size <= 6 && is_one_of(cleaned, words, sizeof words / sizeof *words));
}

bool clean_is_formula_error(struct text cleaned)
{
	static const char *const words[] = { "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA" };
	size_t marks = 0;
	while (marks < cleaned.size && cleaned.at[marks] == '#')
		marks++;
	if (marks > 1 && marks == cleaned.size) /* a column that was too narrow, copied as seen */
		return true;
	return marks && is_one_of(cleaned, words, sizeof words / sizeof *words);
}

static size_t digits_from(struct text text, size_t at)
{
	size_t end = at;
	while (end < text.size && text.at[end] >= '0' && text.at[end] <= '9')
		end++;
	return end;
}

bool clean_is_scientific(struct text cleaned)
{
	size_t at = digits_from(cleaned, 0);
	if (at == 0)
		return false;
	bool has_point = at < cleaned.size && cleaned.at[at] == '.';
	if (has_point)
		at = digits_from(cleaned, at + 1);
	if (at + 2 >= cleaned.size || (cleaned.at[at] | 0x20) != 'e')
		return false;
	bool has_sign = cleaned.at[at + 1] == '+' || cleaned.at[at + 1] == '-';
	size_t start = at + 1 + has_sign;
	/* "3E4" alone may be a code; a spreadsheet always writes a point or the sign. */
	return (has_sign || has_point) && digits_from(cleaned, start) == cleaned.size && cleaned.size > start;
}
