/* SPDX-License-Identifier: MIT */
#include "facts/listing.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"

static void add_plain(struct text name, struct buf *buf)
{
	for (size_t offset = 0; offset < name.size;) {
		uint32_t character = utf8_next(name, &offset);
		if (character == UTF8_BAD || character <= ' ' || character == 0xA0 || character == 0x3000 || utf8_is_invisible(character))
			continue;
		if (character >= 0xFF01 && character <= 0xFF5E)
			character -= 0xFEE0;
		utf8_write(buf, character);
	}
}

struct slug slug_of(struct text province, struct text name, int32_t namesake)
{
	struct buf key;
	char hex[65];
	struct slug slug = { { 0 } };
	buf_init(&key, BUF_LIMIT_PAGE);
	buf_string(&key, "xingji\n");
	add_plain(province, &key);
	buf_byte(&key, '\n');
	add_plain(name, &key);
	if (namesake)
		buf_format(&key, "\n%d", namesake + 1);
	hash_of(buf_view(&key), hex);
	memcpy(slug.at, hex, SLUG_SIZE);
	buf_clear(&key);
	return slug;
}

/* ---- order ------------------------------------------------------------------ */

struct place_in_list {
	int32_t participation, enterprise;
	int track, level, city;
	struct text name, code;
	const char *slug;
};

static int compare_firms(const void *left, const void *right)
{
	const struct place_in_list *a = left, *b = right;
	if (a->city != b->city)
		return a->city - b->city;
	int order = text_compare(a->name, b->name);
	if (order == 0)
		order = text_compare(a->code, b->code);
	return order ? order : (a->enterprise > b->enterprise) - (a->enterprise < b->enterprise);
}

static int compare_listed(const void *left, const void *right)
{
	const struct place_in_list *a = left, *b = right;
	if (a->track != b->track)
		return a->track - b->track;
	if (a->level != b->level)
		return b->level - a->level;
	return compare_firms(left, right);
}

static int compare_slugs(const void *left, const void *right)
{
	const struct place_in_list *a = left, *b = right;
	int order = strcmp(a->slug, b->slug);
	return order ? order : compare_firms(left, right);
}

static struct place_in_list place_of_firm(const struct view *view, int32_t participation)
{
	const struct participation *record = &view->model->participations[participation];
	const struct enterprise *enterprise = &view->model->enterprises[record->enterprise];
	return (struct place_in_list){
		.participation = participation, .enterprise = record->enterprise, .track = record->track,
		.level = view->assessment->decisions[participation].level, .city = enterprise->city,
		.name = enterprise->name, .code = enterprise->code,
	};
}

/* ---- making it ---------------------------------------------------------------- */

/* Keeps one place per enterprise and gives it its slug; returns how many. */
static int32_t keep_firms(const struct view *view, struct listing *listing, struct place_in_list *places, int32_t count)
{
	int32_t kept = 0;
	for (int32_t i = 0; i < count; i++) {
		struct slug *slug = &listing->slugs[places[i].enterprise];
		if (slug->at[0])
			continue;
		*slug = slug_of(view->model->campaign.province, places[i].name, 0);
		places[kept] = places[i];
		places[kept++].slug = slug->at;
	}
	return kept;
}

/* The first of those with one slug keeps it. */
static void part_namesakes(const struct view *view, const struct listing *listing, struct place_in_list *firms, int32_t count)
{
	qsort(firms, (size_t)count, sizeof *firms, compare_slugs);
	for (int32_t i = 1, first = 0; i < count; i++)
		if (strcmp(firms[i].slug, firms[first].slug) != 0)
			first = i;
		else
			listing->slugs[firms[i].enterprise] = slug_of(view->model->campaign.province, firms[i].name, i - first);
}

const struct listing *listing_of(struct view *view)
{
	if (view->listing)
		return view->listing;
	const struct model *model = view->model;
	struct listing *listing = view->listing = ARENA_NEW(view->arena, struct listing);
	listing->slugs = ARENA_ARRAY(view->arena, struct slug, model->enterprise_count);
	listing->participations = ARENA_ARRAY(view->arena, int32_t, model->participation_count);
	struct place_in_list *places = memory_resize(NULL, (model->participation_count + 1) * sizeof *places);
	for (size_t i = 0; i < model->participation_count; i++)
		if (view->assessment->decisions[i].outcome == OUTCOME_REACHED && model->participations[i].enterprise >= 0)
			places[listing->count++] = place_of_firm(view, (int32_t)i);
	if (listing->count)
		qsort(places, (size_t)listing->count, sizeof *places, compare_listed);
	for (int32_t i = 0; i < listing->count; i++)
		listing->participations[i] = places[i].participation;
	listing->firm_count = keep_firms(view, listing, places, listing->count);
	listing->firms = ARENA_ARRAY(view->arena, int32_t, (size_t)listing->firm_count);
	if (listing->firm_count) {
		part_namesakes(view, listing, places, listing->firm_count);
		qsort(places, (size_t)listing->firm_count, sizeof *places, compare_firms);
	}
	for (int32_t i = 0; i < listing->firm_count; i++)
		listing->firms[i] = places[i].enterprise;
	free(places);
	return listing;
}
