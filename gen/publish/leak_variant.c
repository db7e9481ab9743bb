/* SPDX-License-Identifier: MIT
 *
 * What is hunted for one value beside the value itself: forms that are as good as it.
 *
 *   a telephone number  behind the country's code instead of the 0; each of several in one cell; without its extension
 *   a mail address      with " at " for @
 *   a name              without the bracket at its end: 某某有限公司（集团）
 */
#include "base/arena.h"
#include "base/fold.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "publish/leak_hunt.h"

enum {
	PHONE_LEAST = 7, PHONE_MOST = 15, /* digits of a telephone number */
	NAME_LEAST = 8,                   /* characters of a name that is one without its bracket */
};

/* ---- one variant -------------------------------------------------------------------- */

/* 000-00000000 is no number, but what is filled in where there is none: it is hunted as it is. */
static bool is_placeholder(struct text folded)
{
	for (size_t i = 1; i < folded.size; i++)
		if (folded.at[i] != folded.at[0])
			return false;
	return true;
}

/* False when too little is left of it to be hunted so. */
static bool add_variant(struct leak *leak, struct text text, uint32_t value, enum leak_manner manner)
{
	leak_folded_set(&leak->text, text);
	struct text form = leak_folded_text(&leak->text);
	if (form.size < LEAK_WIDE || is_placeholder(form))
		return false;
	leak_index_add(leak->folded, form, (uint32_t)leak->variants.count);
	LIST_PUSH(&leak->variants, ((struct leak_variant){ text, value, manner }));
	return true;
}

/* ---- telephone numbers ---------------------------------------------------------------- */

/* The digits of a text that is nothing but a telephone number; empty when it is none. */
static struct text phone_digits(struct leak *leak, struct text text)
{
	char digits[PHONE_MOST];
	size_t count = 0;
	for (size_t at = 0; at < text.size;) {
		uint32_t character = fold_character(utf8_next(text, &at));
		if (!character)
			continue;
		if (character < '0' || character > '9' || count == PHONE_MOST)
			return NO_TEXT;
		digits[count++] = (char)character;
	}
	return count < PHONE_LEAST ? NO_TEXT : text_copy(leak->arena, (struct text){ digits, count });
}

static void add_phone(struct leak *leak, struct text digits, uint32_t value)
{
	struct text national = digits;
	if (text_starts(digits, "0086"))
		national = text_slice(digits, 4, digits.size);
	else if (text_starts(digits, "86") && digits.size > 10)
		national = text_slice(digits, 2, digits.size);
	else if (text_starts(digits, "0"))
		national = text_slice(digits, 1, digits.size);
	bool is_mobile = national.size == 11 && national.at[0] == '1';
	if (national.size < 10 || is_placeholder(national))
		return;
	const char *const before[] = { "86", "0086", is_mobile ? "" : "0", "860" };
	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		struct text form = text_format(leak->arena, "%s%.*s", before[i], TEXT_ARGS(national));
		if (!text_equal(form, digits))
			add_variant(leak, form, value, LEAK_CODE);
	}
}

/* The end of a telephone number in a cell that holds several, or an extension behind it. */
static size_t phone_end(struct text text)
{
	static const char *const ends[] = { "、", "；", "，", ";", ",", "/", "转", "分机" };
	size_t end = text.size;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t at = text_find(text, text_from(ends[i]));
		end = at < end ? at : end;
	}
	return end;
}

static void add_phones(struct leak *leak, struct text text, uint32_t value)
{
	for (struct text rest = text; rest.size;) {
		size_t size = phone_end(rest), next = size;
		struct text part = text_trim(text_slice(rest, 0, size)), digits = phone_digits(leak, part);
		if (next < rest.size)
			utf8_next(rest, &next);
		if (digits.size && part.size != text.size)
			add_variant(leak, part, value, LEAK_CODE);
		if (digits.size)
			add_phone(leak, digits, value);
		rest = text_slice(rest, next, rest.size);
	}
}

/* ---- addresses and names ---------------------------------------------------------------- */

static void add_address(struct leak *leak, struct text text, uint32_t value)
{
	const char *sign = memchr(text.at, '@', text.size);
	size_t at = sign ? (size_t)(sign - text.at) : text.size;
	struct text who = text_slice(text, 0, at), where = text_slice(text, at + 1, text.size);
	if (where.size)
		add_variant(leak, text_format(leak->arena, "%.*s at %.*s", TEXT_ARGS(who), TEXT_ARGS(where)), value, LEAK_TIGHT);
}

static size_t last_bracket(struct text name)
{
	static const char *const opening[] = { "（", "(", "〔", "【" };
	size_t last = name.size;
	for (size_t at = 0; at < name.size; at++)
		for (size_t i = 0; i < sizeof opening / sizeof *opening; i++)
			if (text_starts(text_slice(name, at, name.size), opening[i]))
				last = at;
	return last;
}

static void add_name(struct leak *leak, struct text name, uint32_t value)
{
	bool is_closed = text_ends(name, "）") || text_ends(name, ")") || text_ends(name, "〕") || text_ends(name, "】");
	struct text whole = text_trim(text_slice(name, 0, is_closed ? last_bracket(name) : 0));
	if (utf8_count(whole) >= NAME_LEAST)
		add_variant(leak, whole, value, LEAK_LOOSE);
}

bool leak_add_variants(struct leak *leak, uint32_t index)
{
	struct leak_value value = leak->values.at[index];
	enum leak_manner manner = leak_manner_of(value.value, value.came_as_remark);
	bool is_added = add_variant(leak, value.value, index, manner);
	if (value.came_as_remark)
		return is_added;
	add_phones(leak, value.value, index);
	if (manner == LEAK_TIGHT)
		add_address(leak, value.value, index);
	if (manner == LEAK_LOOSE)
		add_name(leak, value.value, index);
	return is_added;
}
