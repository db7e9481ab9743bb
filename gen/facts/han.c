/* SPDX-License-Identifier: MIT */
#include "facts/han.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/fold.h"
#include "base/list.h"
#include "base/utf8.h"
#include "facts/pinyin.h"

struct pair {
	uint32_t key, character;
};

struct pairs {
	LIST(struct pair) list;
};

static bool has(const struct han_set *set, uint32_t character)
{
	return character < HAN_END && set->has[character / 8] & 1u << character % 8;
}

void han_add(struct han_set *set, struct text text)
{
	for (size_t at = 0; at < text.size;) {
		uint32_t character = utf8_next(text, &at);
		if (character < HAN_END)
			set->has[character / 8] |= (uint8_t)(1u << character % 8);
	}
}

static int compare_pairs(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;
	int order = (a->key > b->key) - (a->key < b->key);
	return order ? order : (a->character > b->character) - (a->character < b->character);
}

static void sort(struct pairs *pairs)
{
	if (pairs->list.count)
		qsort(pairs->list.at, pairs->list.count, sizeof *pairs->list.at, compare_pairs);
}

void han_write_readings(const struct han_set *set, struct buf *out)
{
	struct pairs pairs = { { 0 } };
	uint16_t readings[PINYIN_MOST];
	for (uint32_t character = 0; character < HAN_END; character++) {
		size_t count = has(set, character) ? pinyin_of(character, readings) : 0;
		for (size_t i = 0; i < count; i++)
			LIST_PUSH(&pairs.list, ((struct pair){ readings[i], character }));
	}
	sort(&pairs);
	for (size_t i = 0; i < pairs.list.count; i++) {
		if (i == 0 || pairs.list.at[i].key != pairs.list.at[i - 1].key)
			buf_text(out, pinyin_reading((uint16_t)pairs.list.at[i].key));
		utf8_write(out, pairs.list.at[i].character);
	}
	LIST_FREE(&pairs.list);
}

/* Characters that are plain forms of those of the set, themselves among them. */
static void find_plain(const struct han_set *set, struct han_set *plain)
{
	for (uint32_t character = 0; character < HAN_END; character++) {
		uint32_t folded = has(set, character) ? fold_character(character) : HAN_END;
		if (folded < HAN_END)
			plain->has[folded / 8] |= (uint8_t)(1u << folded % 8);
	}
}

void han_write_forms(const struct han_set *set, struct buf *out)
{
	enum { FIRST = 0x3400, END = 0xA000 };
	struct han_set plain = { .has = { 0 } };
	struct pairs pairs = { { 0 } };
	find_plain(set, &plain);
	for (uint32_t character = FIRST; character < END; character++) {
		uint32_t folded = fold_character(character);
		if (folded != character && has(&plain, folded))
			LIST_PUSH(&pairs.list, ((struct pair){ folded, character }));
	}
	sort(&pairs);
	for (size_t i = 0; i < pairs.list.count; i++) {
		if (i == 0 || pairs.list.at[i].key != pairs.list.at[i - 1].key) {
			buf_string(out, i ? " " : "");
			utf8_write(out, pairs.list.at[i].key);
		}
		utf8_write(out, pairs.list.at[i].character);
	}
	LIST_FREE(&pairs.list);
}
