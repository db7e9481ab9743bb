/* SPDX-License-Identifier: MIT */
#include "send/guard_known.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "publish/leak_hunt.h"

struct guard_known {
	struct leak *leak;
	size_t count;
};

struct guard_known *guard_known_new(struct arena *arena)
{
	struct guard_known *known = ARENA_NEW(arena, struct guard_known);
	*known = (struct guard_known){ .leak = leak_new(arena) };
	return known;
}

void guard_known_free(struct guard_known *known)
{
	leak_free(known->leak);
}

/* ---- names ------------------------------------------------------------------------------------ */

/* How the names of those end that are registered as what they are. */
static bool has_form(struct text name)
{
	static const char *const forms[] = { "公司", "厂", "廠", "集团", "企业", "合伙", "院", "所", "中心", "社", "店",
					     "行", "部", "站", "场", "馆", "会", "矿", "局", "）", ")" };
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (text_ends(name, forms[i]))
			return true;
	return false;
}

void guard_known_add(struct guard_known *known, struct text name)
{
	name = text_trim(name);
	if (!name.size || has_form(name))
		return;
	leak_add(known->leak, name, "");
	known->count++;
}

/* ---- where they stand --------------------------------------------------------------------------- */

static bool is_letter(uint32_t character)
{
	bool is_ascii = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
			(character >= '0' && character <= '9');
	return is_ascii || utf8_is_han(character);
}

/* Where the character before `end` begins. */
static size_t before(struct text text, size_t end)
{
	do
		end--;
	while (end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80);
	return end;
}

static struct text phrase_around(struct text text, size_t start, size_t end)
{
	while (start > 0) {
		size_t at = before(text, start), next = at;
		if (!is_letter(utf8_next(text, &next)))
			break;
		start = at;
	}
	for (size_t next = end; next < text.size; end = next)
		if (!is_letter(utf8_next(text, &next)))
			break;
	return text_slice(text, start, end - start);
}

void guard_known_read(struct guard_known *known, struct text text, guard_known_found *found, void *context,
		      struct diag *diag)
{
	const struct leak_source source = { .text = text, .what = "" };
	struct leak_search search = { .leak = known->leak, .diag = diag };
	if (!known->count || !text.size)
		return;
	leak_search_source(&search, &source);
	for (size_t i = 0; i < search.finds.count; i++) {
		const struct leak_match *match = &search.finds.at[i].match;
		const struct leak_value *value = &known->leak->values.at[match->value];
		size_t end = match->end > match->start ? match->end : match->start + value->value.size;
		found(context, value->value, phrase_around(text, match->start, end));
	}
	LIST_FREE(&search.finds);
}
