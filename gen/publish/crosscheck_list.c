/* SPDX-License-Identifier: MIT */
#include "publish/crosscheck_list.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"

#define NONE UINT32_MAX

/* Entries that nothing tells apart are one with a number. */
struct known {
	struct crosscheck_entry entry; /* as in HTML */
	uint32_t next;                 /* of the same name in the same track, or NONE */
	int64_t wanted, seen;
};

struct crosscheck_list {
	struct arena *arena;
	struct diag *diag;
	struct known *known;
	size_t count;
	struct map by_name; /* → the first of known of that name in the track */
	struct buf key;
};

static struct text escaped(struct arena *arena, struct text text)
{
	struct buf buf;
	if (!text.size)
		return text;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_html(&buf, text);
	struct text copy = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

static struct crosscheck_entry as_html(struct arena *arena, const struct crosscheck_entry *entry)
{
	struct crosscheck_entry html = { .is_withdrawn = entry->is_withdrawn };
	for (int field = 0; field < CROSSCHECK_FIELDS; field++)
		html.of[field] = escaped(arena, text_trim(entry->of[field]));
	return html;
}

/* Until the next call. */
static struct text name_key(struct crosscheck_list *list, const struct crosscheck_entry *entry)
{
	buf_reset(&list->key);
	buf_text(&list->key, entry->of[CROSSCHECK_TRACK]);
	buf_byte(&list->key, '\x1F');
	buf_text(&list->key, entry->of[CROSSCHECK_NAME]);
	return buf_view(&list->key);
}

static bool agree_on(const struct crosscheck_entry *a, const struct crosscheck_entry *b, int field)
{
	return !a->of[field].at || !b->of[field].at || text_equal(a->of[field], b->of[field]);
}

static bool agree(const struct crosscheck_entry *a, const struct crosscheck_entry *b)
{
	bool is_same = a->is_withdrawn == b->is_withdrawn;
	for (int field = 0; field < CROSSCHECK_FIELDS && is_same; field++)
		is_same = agree_on(a, b, field);
	return is_same;
}

static uint32_t find_first(struct crosscheck_list *list, const struct crosscheck_entry *entry)
{
	const uint32_t *first = map_find(&list->by_name, name_key(list, entry));
	return first ? *first : NONE;
}

bool crosscheck_list_has(struct crosscheck_list *list, const struct crosscheck_entry *entry)
{
	return find_first(list, entry) != NONE;
}

static void add(struct crosscheck_list *list, const struct crosscheck_entry *entry)
{
	uint32_t first = find_first(list, entry), at = first;
	while (at != NONE && !agree(&list->known[at].entry, entry))
		at = list->known[at].next;
	if (at != NONE) {
		list->known[at].wanted++;
		return;
	}
	uint32_t index = (uint32_t)list->count++;
	list->known[index] = (struct known){ .entry = *entry, .next = NONE, .wanted = 1 };
	if (first == NONE) {
		map_add(&list->by_name, text_copy(list->arena, name_key(list, entry)), index);
		return;
	}
	list->known[index].next = list->known[first].next;
	list->known[first].next = index;
}

struct crosscheck_list *crosscheck_list_new(struct arena *arena, struct diag *diag,
					    const struct crosscheck_entry *entries, size_t count)
{
	struct crosscheck_list *list = ARENA_NEW(arena, struct crosscheck_list);
	*list = (struct crosscheck_list){ .arena = arena, .diag = diag,
	                                  .known = ARENA_ARRAY(arena, struct known, count) };
	buf_init(&list->key, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < count; i++) {
		const struct crosscheck_entry entry = as_html(arena, &entries[i]);
		add(list, &entry);
	}
	return list;
}

void crosscheck_list_begin(struct crosscheck_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		list->known[i].seen = 0;
}

/* The words in which it is another than that one: "2星、苏州市"; "—": there is none. */
static struct text words_beside(struct arena *arena, const struct crosscheck_entry *entry,
				const struct crosscheck_entry *other)
{
	struct text words = NO_TEXT;
	if (!entry)
		return TEXT("—");
	if (entry->is_withdrawn && (!other || !other->is_withdrawn))
		return TEXT("已撤销");
	for (int field = CROSSCHECK_LABEL; field < CROSSCHECK_FIELDS; field++) {
		bool is_other = other ? !agree_on(entry, other, field) : field == CROSSCHECK_LABEL;
		if (is_other && entry->of[field].at)
			words = text_format(arena, "%.*s%s%.*s", TEXT_ARGS(words), words.size ? "、" : "",
					    TEXT_ARGS(entry->of[field].size ? entry->of[field] : TEXT("—")));
	}
	return words.size || !entry->of[CROSSCHECK_LABEL].at ? words : entry->of[CROSSCHECK_LABEL];
}

/* One too many of an entry that stands there rightly: "2星 ×2". */
static struct text words_again(struct arena *arena, const struct known *known)
{
	return text_format(arena, "%.*s ×%lld", TEXT_ARGS(words_beside(arena, &known->entry, NULL)),
			   (long long)known->seen);
}

bool crosscheck_list_see(struct crosscheck_list *list, struct text place, const struct crosscheck_entry *entry,
			 bool is_html)
{
	const struct crosscheck_entry read = is_html ? *entry : as_html(list->arena, entry);
	struct known *named = NULL, *same = NULL;
	for (uint32_t at = find_first(list, &read); at != NONE; at = list->known[at].next) {
		struct known *known = &list->known[at];
		bool is_same = agree(&known->entry, &read);
		if (is_same && known->seen < known->wanted) {
			known->seen++;
			return true;
		}
		same = is_same ? known : same;
		named = !named || (named->seen >= named->wanted && known->seen < known->wanted) ? known : named;
	}
	if (named)
		(same ? same : named)->seen++; /* said here, and so not missing besides */
	const struct crosscheck_entry *of = named ? &named->entry : NULL;
	DIAG(list->diag, DIAG_CROSSCHECK_ENTRY, .a = place, .b = entry->of[CROSSCHECK_NAME],
	     .c = same ? words_again(list->arena, same) : words_beside(list->arena, &read, of),
	     .d = words_beside(list->arena, same ? &same->entry : of, same ? NULL : &read));
	return false;
}

bool crosscheck_list_end(struct crosscheck_list *list, struct text place, const struct crosscheck_entry *of)
{
	bool is_good = true;
	const struct crosscheck_entry wanted = as_html(list->arena, of);
	for (size_t i = 0; i < list->count; i++) {
		const struct known *known = &list->known[i];
		if (known->seen >= known->wanted || !agree(&known->entry, &wanted))
			continue;
		is_good = false;
		DIAG(list->diag, DIAG_CROSSCHECK_ENTRY, .a = place, .b = known->entry.of[CROSSCHECK_NAME],
		     .c = TEXT("—"), .d = words_beside(list->arena, &known->entry, NULL));
	}
	return is_good;
}

void crosscheck_list_clear(struct crosscheck_list *list)
{
	map_clear(&list->by_name);
	buf_clear(&list->key);
}
