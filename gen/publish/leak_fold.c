/* SPDX-License-Identifier: MIT */
#include "publish/leak_fold.h"

#include "base/arena.h"
#include "base/fold.h"
#include "base/memory.h"
#include "base/utf8.h"

enum {
	STRETCH = 2048,  /* raw bytes between two known places */
	NAME_LONG = 6,   /* characters: two of these do not meet by chance */
	GAP_NAME = 8,    /* characters that may stand between two of a long name */
	GAP_MOST = 4,    /* of anything else */
	GROUP_LEAST = 2, /* digits of a group of a number; GROUP_DOTTED where a full stop parts them */
	GROUP_DOTTED = 3,
};

/* ---- the bytes --------------------------------------------------------------------- */

/* The end of a stretch, not within a character. */
static size_t stretch_end(struct text raw, size_t start)
{
	size_t end = start + STRETCH < raw.size ? start + STRETCH : raw.size;
	while (end < raw.size && ((unsigned char)raw.at[end] & 0xC0) == 0x80 && end < start + STRETCH + 3)
		end++;
	return end;
}

void leak_folded_begin(struct leak_folded *folded, struct text raw)
{
	if (folded->room < raw.size + sizeof(uint64_t)) {
		folded->room = raw.size + raw.size / 2 + sizeof(uint64_t);
		folded->at = memory_resize(folded->at, folded->room);
	}
	folded->raw = raw;
	folded->size = 0;
	folded->is_utf8 = true;
	folded->marks.count = 0;
}

static void add_mark(struct leak_folded *folded, size_t place)
{
	struct leak_mark mark = { .at = folded->size, .place = place };
	LIST_PUSH(&folded->marks, mark);
}

bool leak_folded_add(struct leak_folded *folded, size_t start, size_t end)
{
	struct text part = text_slice(folded->raw, 0, end);
	bool is_utf8 = true;
	for (size_t next; start < end; start = next) {
		next = stretch_end(part, start);
		add_mark(folded, start);
		struct text stretch = text_slice(part, start, next - start);
		folded->size += fold_write(stretch, folded->at + folded->size, &is_utf8);
	}
	folded->is_utf8 &= is_utf8;
	return is_utf8;
}

void leak_folded_put(struct leak_folded *folded, size_t start, struct text form)
{
	add_mark(folded, start);
	memcpy(folded->at + folded->size, form.at, form.size);
	folded->size += form.size;
}

void leak_folded_set(struct leak_folded *folded, struct text raw)
{
	leak_folded_begin(folded, raw);
	leak_folded_add(folded, 0, raw.size);
}

struct text leak_folded_text(const struct leak_folded *folded)
{
	return (struct text){ folded->at, folded->size };
}

void leak_folded_free(struct leak_folded *folded)
{
	free(folded->at);
	LIST_FREE(&folded->marks);
	*folded = (struct leak_folded){ 0 };
}

static size_t folded_size(uint32_t character)
{
	if (character < 0x80)
		return 1;
	return (size_t)2 + (character >= 0x800) + (character >= 0x10000);
}

size_t leak_folded_place(const struct leak_folded *folded, size_t offset)
{
	size_t first = 0, last = folded->marks.count;
	while (last - first > 1) {
		size_t middle = first + (last - first) / 2;
		if (folded->marks.at[middle].at <= offset)
			first = middle;
		else
			last = middle;
	}
	if (first >= last)
		return 0;
	size_t at = folded->marks.at[first].place, done = folded->marks.at[first].at;
	while (at < folded->raw.size) {
		size_t before = at;
		uint32_t character = fold_character(utf8_next(folded->raw, &at));
		if (character && done >= offset)
			return before;
		done += character ? folded_size(character) : 0;
	}
	return folded->raw.size;
}

/* ---- the value ------------------------------------------------------------------------ */

/* The next character that counts, folded; 0 at the end.  *at is moved behind it. */
static uint32_t next_folded(struct text text, size_t *at)
{
	uint32_t character = 0;
	while (*at < text.size && !character)
		character = fold_character(utf8_next(text, at));
	return character;
}

enum leak_manner leak_manner_of(struct text value, bool is_remark)
{
	size_t count = 0, digits = 0, others = 0;
	if (is_remark || memchr(value.at, '@', value.size))
		return LEAK_TIGHT;
	for (size_t at = 0; at < value.size;) {
		uint32_t character = next_folded(value, &at);
		count += character != 0;
		digits += character >= '0' && character <= '9';
		others += character >= 0x80;
	}
	if (!others && digits)
		return LEAK_CODE;
	return others && count >= NAME_LONG ? LEAK_LOOSE : LEAK_TIGHT;
}

bool leak_stands_folded(struct text folded, size_t start, struct text value)
{
	if (start > folded.size)
		return false;
	for (size_t at = 0; at < value.size;) {
		uint32_t character = next_folded(value, &at);
		if (character && (start >= folded.size || utf8_next(folded, &start) != character))
			return false;
	}
	return true;
}

/* ---- what stands between ---------------------------------------------------------------- */

struct gap {
	size_t count;    /* characters that are seen */
	bool has_line, has_dot, has_other; /* line end; full stop; no blank, hyphen or bracket */
	bool is_blank;   /* nothing but blanks on one line */
};

static bool is_one_of(uint32_t character, const char *characters)
{
	struct text rest = text_from(characters);
	for (size_t at = 0; at < rest.size;)
		if (utf8_next(rest, &at) == character)
			return true;
	return false;
}

/* Hyphens, dots, brackets and what stands before the code of a country. */
static const char signs_of_codes[] = "-‐‑‒–—―−－~～_＿·・.．()（）[]［］〔〕【】+＋";

static void add_to_gap(struct gap *gap, uint32_t character)
{
	bool is_blank = is_one_of(character, " \t\u00A0\u202F\u3000") || (character >= 0x2000 && character <= 0x200A);
	bool is_line = character == '\n' || character == '\r';
	if (utf8_is_invisible(character) || (character >= 0xFE00 && character <= 0xFE0F))
		return;
	gap->count++;
	gap->has_line |= is_line;
	gap->is_blank &= is_blank;
	gap->has_dot |= is_one_of(character, ".．");
	gap->has_other |= !is_blank && !is_line && !is_one_of(character, signs_of_codes);
}

/* What is passed over from *at on; moves there. */
static struct gap read_gap(struct text text, size_t *at)
{
	struct gap gap = { .is_blank = true };
	while (*at < text.size) {
		size_t next = *at;
		uint32_t character = utf8_next(text, &next);
		if (fold_character(character))
			break;
		add_to_gap(&gap, character);
		*at = next;
	}
	return gap;
}

static bool is_gap_allowed(const struct gap *gap, const struct gap *own, enum leak_manner manner)
{
	bool is_sign = !gap->has_other && !gap->has_line && !gap->has_dot;
	switch (manner) {
	case LEAK_LOOSE: return gap->count <= GAP_NAME;
	case LEAK_TIGHT: return gap->count <= GAP_MOST && (own->count || gap->is_blank || is_sign);
	case LEAK_CODE: return gap->count <= GAP_MOST && !gap->has_other;
	}
	return false;
}

static bool is_alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* How a code is written: the shortest and longest of its groups, the shortest beside a full stop. */
struct groups {
	size_t now, least, most, dotted;
	bool has_letter, has_line;
};

static void end_group(struct groups *groups, bool is_dotted)
{
	groups->least = groups->now < groups->least ? groups->now : groups->least;
	groups->most = groups->now > groups->most ? groups->now : groups->most;
	if (is_dotted && groups->now < groups->dotted)
		groups->dotted = groups->now;
	groups->now = 0;
}

/*
 * Numbers stand by themselves and are grouped by twos and more, or digit by digit: the coordinates of
 * a drawing are neither.  A code with letters among its digits is met by chance nowhere.
 */
static bool are_groups_of_code(const struct groups *groups, struct text raw, size_t start, size_t end)
{
	bool goes_on = end < raw.size && is_alphanumeric(raw.at[end]);
	bool is_even = groups->least >= GROUP_LEAST || groups->most == 1;
	if (groups->has_letter)
		return true;
	if (goes_on || (start && is_alphanumeric(raw.at[start - 1])))
		return false;
	return !groups->has_line && groups->dotted >= GROUP_DOTTED && is_even;
}

bool leak_is_written(struct text raw, size_t start, struct text value, enum leak_manner manner, size_t *end)
{
	struct groups groups = { .least = SIZE_MAX, .dotted = SIZE_MAX };
	size_t at = start, own_at = 0;
	bool was_dotted = false;
	*end = start + value.size;
	if (raw.size - start >= value.size && memcmp(raw.at + start, value.at, value.size) == 0)
		return true;
	for (read_gap(value, &own_at); own_at < value.size;) {
		uint32_t character = next_folded(value, &own_at);
		if (at >= raw.size || fold_character(utf8_next(raw, &at)) != character)
			return false;
		*end = at;
		groups.now++;
		groups.has_letter |= character >= 'a';
		struct gap own = read_gap(value, &own_at);
		if (own_at >= value.size)
			break;
		struct gap gap = read_gap(raw, &at);
		if (!is_gap_allowed(&gap, &own, manner))
			return false;
		groups.has_line |= gap.has_line;
		if (gap.count) {
			end_group(&groups, gap.has_dot || was_dotted);
			was_dotted = gap.has_dot;
		}
	}
	end_group(&groups, was_dotted);
	return manner != LEAK_CODE || are_groups_of_code(&groups, raw, start, *end);
}
