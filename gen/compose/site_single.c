/* SPDX-License-Identifier: MIT */
#include "compose/site_single.h"

#include "base/arena.h"
#include "compose/downloads.h"
#include "compose/site_inside.h"
#include "theme/site.h"

/* Which page is whose: of composer.made. */
struct site_place {
	uint32_t kind, row;
};

struct site_single {
	struct site_composer composer;
	struct site_kind *kinds;   /* by page of the site; zeroed: not opened */
	struct map numbers;        /* path → index in places and in composer.made */
	LIST(struct site_place) places;
};

static struct site_row row_of(const struct site_kind *kind, size_t row)
{
	return (struct site_row){ kind->page->repeat.name.size ? &kind->rows : NULL, row };
}

static bool name_page(struct site_single *single, size_t kind, size_t row)
{
	struct site_composer *composer = &single->composer;
	if (!site_page_name(composer, single->kinds[kind].page, row_of(&single->kinds[kind], row)))
		return false;
	map_add(&single->numbers, composer->made.at[composer->made.count - 1], (uint32_t)single->places.count);
	LIST_PUSH(&single->places, ((struct site_place){ (uint32_t)kind, (uint32_t)row }));
	return true;
}

static bool name_pages(struct site_single *single)
{
	const struct site *site = single->composer.site;
	bool is_good = true;
	single->kinds = ARENA_ARRAY(single->composer.arena, struct site_kind, site->page_count);
	for (size_t i = 0; i < site->page_count; i++) {
		struct site_kind *kind = &single->kinds[i];
		if (!single->composer.shown[i])
			continue;
		is_good &= site_kind_open(&single->composer, &site->pages[i], kind);
		size_t count = kind->page->repeat.name.size ? kind->rows.row_count : 1;
		for (size_t row = 0; is_good && row < count; row++)
			is_good = name_page(single, i, row);
	}
	return is_good;
}

static void give_up(struct site_single *single)
{
	for (size_t i = 0; single->kinds && i < single->composer.site->page_count; i++)
		if (single->kinds[i].page)
			site_kind_forget(&single->kinds[i]);
	map_clear(&single->numbers);
	LIST_FREE(&single->places);
	site_composer_close(&single->composer);
}

struct site_single *site_single_open(struct arena *arena, const struct site_options *options)
{
	struct site_single *single = ARENA_NEW(arena, struct site_single);
	struct site_composer *composer = &single->composer;
	if (!site_composer_open(composer, arena, options))
		return NULL;
	bool is_good = site_composer_prepare(composer) && downloads_write(arena, options, &composer->downloads);
	if (is_good && name_pages(single))
		return single;
	give_up(single);
	return NULL;
}

bool site_single_has(const struct site_single *single, struct text path)
{
	return map_find(&single->numbers, path) != NULL;
}

bool site_single_make(struct site_single *single, struct text path)
{
	uint32_t number = *map_find(&single->numbers, path);
	struct site_place place = single->places.at[number];
	struct site_kind *kind = &single->kinds[place.kind];
	return (kind->is_prepared || site_kind_prepare(&single->composer, kind)) &&
	       site_page_make(&single->composer, kind, row_of(kind, place.row), number);
}
