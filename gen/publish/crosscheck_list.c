/* SPDX-License-Identifier: MIT */
#include "publish/crosscheck_list.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"

/* Entries that nothing tells apart are one with a number. */
struct known {
	const struct crosscheck_entry *entry;
	int64_t wanted, seen;
};

struct crosscheck_list {
	struct arena *arena;
	struct diag *diag;
	struct known *known;
	size_t count;
	struct map by_entry, by_name; /* → index of known; by_name: the first of that name in the track */
	struct text place;
};

static struct text escaped(struct arena *arena, struct text text)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_html(&buf, text);
	struct text copy = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

static struct text name_key(struct arena *arena, const struct crosscheck_entry *entry)
{
	return text_format(arena, "%.*s\x1F%.*s", TEXT_ARGS(entry->track), TEXT_ARGS(entry->name));
}

static struct text entry_key(struct arena *arena, const struct crosscheck_entry *entry)
{
	return text_format(arena, "%.*s\x1F%.*s\x1F%.*s\x1F%d", TEXT_ARGS(entry->track), TEXT_ARGS(entry->name),
			   TEXT_ARGS(entry->label), entry->is_withdrawn);
}

static struct crosscheck_entry as_html(struct arena *arena, const struct crosscheck_entry *entry)
{
	return (struct crosscheck_entry){ escaped(arena, text_trim(entry->name)), escaped(arena, entry->track),
					  escaped(arena, entry->label), entry->is_withdrawn };
}

struct crosscheck_list *crosscheck_list_new(struct arena *arena, struct diag *diag,
					    const struct crosscheck_entry *entries, size_t count)
{
	struct crosscheck_list *list = ARENA_NEW(arena, struct crosscheck_list);
	*list = (struct crosscheck_list){ .arena = arena, .diag = diag, .known = ARENA_ARRAY(arena, struct known, count) };
	for (size_t i = 0; i < count; i++) {
		const struct crosscheck_entry entry = as_html(arena, &entries[i]);
		uint32_t index = map_add(&list->by_entry, entry_key(arena, &entry), (uint32_t)list->count);
		if (index == list->count)
			list->known[list->count++].entry = &entries[i];
		list->known[index].wanted++;
		map_add(&list->by_name, name_key(arena, &entry), index);
	}
	return list;
}

void crosscheck_list_begin(struct crosscheck_list *list, struct text place)
{
	list->place = place;
	for (size_t i = 0; i < list->count; i++)
		list->known[i].seen = 0;
}

static struct text word_of(const struct crosscheck_entry *entry)
{
	return entry->is_withdrawn ? TEXT("已撤销") : entry->label;
}

bool crosscheck_list_see(struct crosscheck_list *list, const struct crosscheck_entry *entry, bool is_html)
{
	const struct crosscheck_entry read = is_html ? *entry : as_html(list->arena, entry);
	const uint32_t *index = map_find(&list->by_entry, entry_key(list->arena, &read));
	if (index && list->known[*index].seen++ < list->known[*index].wanted)
		return true;
	const uint32_t *named = index ? NULL : map_find(&list->by_name, name_key(list->arena, &read));
	if (named)
		list->known[*named].seen++; /* said here, and so not missing besides */
	DIAG(list->diag, DIAG_CROSSCHECK_ENTRY, .a = list->place, .b = entry->name, .c = word_of(entry),
	     .d = named ? word_of(list->known[*named].entry) : TEXT("—"));
	return false;
}

bool crosscheck_list_end(struct crosscheck_list *list, struct text track, bool is_withdrawn)
{
	bool is_good = true;
	for (size_t i = 0; i < list->count; i++) {
		const struct known *known = &list->known[i];
		if (known->seen >= known->wanted || known->entry->is_withdrawn != is_withdrawn ||
		    (track.size && !text_equal(track, known->entry->track)))
			continue;
		is_good = false;
		DIAG(list->diag, DIAG_CROSSCHECK_ENTRY, .a = list->place, .b = known->entry->name,
		     .c = TEXT("—"), .d = word_of(known->entry));
	}
	return is_good;
}

void crosscheck_list_clear(struct crosscheck_list *list)
{
	map_clear(&list->by_entry);
	map_clear(&list->by_name);
}
