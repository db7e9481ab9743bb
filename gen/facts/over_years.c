/* SPDX-License-Identifier: MIT */
#include "facts/over_years.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"

static int32_t city_of(const struct view *view, struct text name)
{
	int32_t city = 0;
	while (city < view->model->prefectures.count && !text_equal(view->model->prefectures.at[city].name, name))
		city++;
	return city;
}

/* "enterprises/0a1b2c3d4e5f/" → its last part, counted on while another enterprise has it. */
static struct text free_slug(struct arena *arena, struct map *slugs, struct text address, uint32_t firm)
{
	struct text rest = address, part, slug = NO_TEXT;
	while (text_next(&rest, '/', &part))
		slug = part.size ? part : slug;
	struct text tried = slug;
	for (int number = 2; map_add(slugs, tried, firm) != firm; number++)
		tried = text_format(arena, "%.*s-%d", TEXT_ARGS(slug), number);
	return tried;
}

static void take_year(struct view *view, struct over_years *over, const struct facts_year *year, struct map maps[2])
{
	bool is_newest = year == &view->options->years[0];
	for (size_t i = 0; i < year->entry_count; i++) {
		const struct facts_entry *entry = &year->entries[i];
		uint32_t next = (uint32_t)over->firm_count, index = map_add(&maps[0], entry->code, next);
		struct over_firm *firm = &over->firms[index];
		if (index == next) {
			over->firm_count++;
			firm->first_year = year->year;
			firm->slug = free_slug(view->arena, &maps[1], entry->address, index);
		}
		if (firm->last_year != year->year)
			firm->last = entry;
		firm->last_year = year->year;
		firm->is_listed |= is_newest && !entry->is_withdrawn;
		over->entries[over->entry_count++] = (struct over_entry){ year, entry, (int32_t)index };
	}
}

static int compare_firms(const void *left, const void *right)
{
	const struct over_firm *const *a = left, *const *b = right;
	int order = (*a)->city - (*b)->city;
	if (!order)
		order = text_compare((*a)->last->name, (*b)->last->name);
	return order ? order : text_compare((*a)->last->code, (*b)->last->code);
}

static int compare_entries(const void *left, const void *right)
{
	const struct over_entry *a = left, *b = right;
	if (a->firm != b->firm)
		return a->firm - b->firm;
	if (a->year != b->year)
		return a->year->year > b->year->year ? -1 : 1;
	return (a->entry > b->entry) - (a->entry < b->entry);
}

static void put_in_order(struct view *view, struct over_years *over)
{
	size_t count = (size_t)over->firm_count;
	struct over_firm **order = ARENA_ARRAY(view->arena, struct over_firm *, count);
	struct over_firm *sorted = ARENA_ARRAY(view->arena, struct over_firm, count);
	for (size_t i = 0; i < count; i++) {
		order[i] = &over->firms[i];
		order[i]->city = city_of(view, order[i]->last->city);
	}
	if (count)
		qsort(order, count, sizeof *order, compare_firms);
	for (size_t i = 0; i < count; i++)
		order[i]->rank = (int32_t)i;
	for (int32_t i = 0; i < over->entry_count; i++)
		over->entries[i].firm = over->firms[over->entries[i].firm].rank;
	for (size_t i = 0; i < count; i++)
		sorted[i] = *order[i];
	if (over->entry_count)
		qsort(over->entries, (size_t)over->entry_count, sizeof *over->entries, compare_entries);
	over->firms = sorted;
}

const struct over_years *over_years_of(struct view *view)
{
	if (view->over_years)
		return view->over_years;
	const struct facts_options *options = view->options;
	struct over_years *over = view->over_years = ARENA_NEW(view->arena, struct over_years);
	struct map maps[2] = { { 0 } }; /* by code, by slug */
	size_t most = 0;
	for (size_t i = 0; i < options->year_count; i++)
		most += options->years[i].entry_count;
	over->firms = ARENA_ARRAY(view->arena, struct over_firm, most);
	over->entries = ARENA_ARRAY(view->arena, struct over_entry, most);
	for (size_t i = options->year_count; i-- > 0;)
		take_year(view, over, &options->years[i], maps);
	put_in_order(view, over);
	map_clear(&maps[0]);
	map_clear(&maps[1]);
	return over;
}
