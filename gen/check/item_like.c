/* SPDX-License-Identifier: MIT */
#include "check/item_like.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

/* What is typed for it, in ids of capital letters, digits and hyphens. */
static uint32_t meant_by(uint32_t character)
{
	static const char dashes[] = "‐‑‒–—―−－ー_·.．、/";
	const struct text all = { dashes, sizeof dashes - 1 };
	for (size_t at = 0; at < all.size;)
		if (utf8_next(all, &at) == character)
			return '-';
	if (character >= 'a' && character <= 'z')
		character -= 'a' - 'A';
	if (character == 'I' || character == 'L')
		return '1';
	return character == 'O' ? '0' : character;
}

static bool looks_like(struct text a, struct text b)
{
	size_t i = 0, k = 0;
	while (i < a.size && k < b.size)
		if (meant_by(utf8_next(a, &i)) != meant_by(utf8_next(b, &k)))
			return false;
	return i == a.size && k == b.size;
}

static struct text find(struct check *check, const struct catalogue *catalogue, struct text id)
{
	struct text found = NO_TEXT;
	for (int32_t i = 0; i < catalogue->item_count; i++) {
		if (!looks_like(catalogue->items[i].id, id))
			continue;
		if (found.size)
			return NO_TEXT;
		found = catalogue->items[i].id;
	}
	if (!found.size)
		return NO_TEXT;
	return text_format(check->reader.arena, "；应是“%.*s”\x1F; '%.*s' is meant", TEXT_ARGS(found), TEXT_ARGS(found));
}

struct text item_like(struct check *check, const struct catalogue *catalogue, struct text id)
{
	struct buf key;
	struct text like = NO_TEXT;
	buf_init(&key, BUF_LIMIT_PAGE);
	buf_format(&key, "%.*s %.*s", TEXT_ARGS(catalogue->id), TEXT_ARGS(id));
	const uint32_t *known = map_find(&check->items_like, buf_view(&key));
	if (known) {
		like = check->likes.at[*known];
	} else if (check->likes.count < ITEMS_LIKE_MOST) {
		like = find(check, catalogue, id);
		map_add(&check->items_like, text_copy(check->reader.arena, buf_view(&key)),
			(uint32_t)check->likes.count);
		LIST_PUSH(&check->likes, like);
	}
	buf_clear(&key);
	return like;
}
