/* SPDX-License-Identifier: MIT */
#include "facts/listing.h"

#include <stdlib.h>

#include "assess/chronicle.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"
#include "facts/view.h"

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

/* `namesake`: how many listed enterprises of that name come before. */
static struct slug slug_of(struct text province, struct text name, int32_t namesake)
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
	struct text name, code, first_name;
	int64_t since;   /* the year of first_name */
	bool is_published; /* its address stands in the register */
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

/* Who was listed under the name before keeps its address. */
static int compare_slugs(const void *left, const void *right)
{
	const struct place_in_list *a = left, *b = right;
	int order = strcmp(a->slug, b->slug);
	if (order == 0)
		order = b->is_published - a->is_published;
	if (order == 0)
		order = (a->since > b->since) - (a->since < b->since);
	return order ? order : compare_firms(left, right);
}

/* The name under which the enterprise was first listed, and the year. */
static void find_first_name(struct view *view, struct place_in_list *place)
{
	int32_t count;
	const int32_t *rows = view_earlier(view, place->enterprise, &count);
	struct text former = view->model->enterprises[place->enterprise].former;
	place->first_name = former.size ? former : place->name;
	place->since = view->model->campaign.year;
	for (int32_t i = 0; i < count; i++) {
		const struct earlier *row = &view->model->earlier[rows[i]];
		if (row->level <= 0 || row->year >= place->since || row->name.size == 0)
			continue;
		place->first_name = row->name;
		place->since = row->year;
	}
}

static struct place_in_list place_of_firm(const struct view *view, int32_t participation)
{
	const struct participation *record = &view->model->participations[participation];
	const struct enterprise *enterprise = &view->model->enterprises[record->enterprise];
	return (struct place_in_list){
		.participation = participation, .enterprise = record->enterprise, .track = record->track,
		.level = view->list->decisions[participation].level, .city = enterprise->city,
		.name = enterprise->name, .code = enterprise->code,
	};
}

/* ---- making it ---------------------------------------------------------------- */

static int32_t find_listed(const struct view *view, struct place_in_list *places)
{
	int32_t count = 0;
	for (size_t i = 0; i < view->model->participation_count; i++)
		if (assessment_lists(view->list, (int32_t)i) && view->model->participations[i].enterprise >= 0)
			places[count++] = place_of_firm(view, (int32_t)i);
	return count;
}

static int32_t find_withdrawn(const struct view *view, struct place_in_list *places)
{
	const struct chronicle *chronicle = view->list->chronicle;
	int32_t count = 0;
	for (size_t i = 0; chronicle && i < chronicle->touched_count; i++) {
		int32_t participation = chronicle->touched[i];
		struct standing standing = chronicle_now(view->list, chronicle, participation);
		if (standing.kind != STANDING_WITHDRAWN)
			continue;
		places[count] = place_of_firm(view, participation);
		places[count++].level = standing.level;
	}
	return count;
}

static int32_t *keep_participations(struct view *view, struct place_in_list *places, int32_t count)
{
	int32_t *kept = ARENA_ARRAY(view->arena, int32_t, (size_t)count);
	if (count)
		qsort(places, (size_t)count, sizeof *places, compare_listed);
	for (int32_t i = 0; i < count; i++)
		kept[i] = places[i].participation;
	return kept;
}

/* What was published stays, whatever has become of the name since. */
static bool copy_published(struct slug *slug, struct text published)
{
	if (published.size == SLUG_SIZE)
		memcpy(slug->at, published.at, SLUG_SIZE);
	return published.size == SLUG_SIZE;
}

/* Keeps one place per enterprise and gives it its slug; returns how many. */
static int32_t keep_firms(struct view *view, struct listing *listing, struct place_in_list *places, int32_t count)
{
	int32_t kept = 0;
	for (int32_t i = 0; i < count; i++) {
		struct slug *slug = &listing->slugs[places[i].enterprise];
		if (slug->at[0])
			continue;
		find_first_name(view, &places[i]);
		places[i].is_published = copy_published(slug, view->model->enterprises[places[i].enterprise].slug);
		if (!places[i].is_published)
			*slug = slug_of(view->model->campaign.province, places[i].first_name, 0);
		places[kept] = places[i];
		places[kept++].slug = slug->at;
	}
	return kept;
}

static bool is_taken(const struct place_in_list *firms, int32_t count, const char *slug)
{
	for (int32_t i = 0; i < count; i++)
		if (firms[i].is_published && strcmp(firms[i].slug, slug) == 0)
			return true;
	return false;
}

/* The first of those with one slug keeps it; the others count on, past what was published of others. */
static void part_namesakes(const struct view *view, const struct listing *listing, struct place_in_list *firms, int32_t count)
{
	qsort(firms, (size_t)count, sizeof *firms, compare_slugs);
	for (int32_t i = 1, first = 0, namesake = 0; i < count; i++) {
		struct slug *slug = &listing->slugs[firms[i].enterprise];
		if (strcmp(firms[i].slug, firms[first].slug) != 0) {
			first = i;
			namesake = 0;
			continue;
		}
		do
			*slug = slug_of(view->model->campaign.province, firms[i].first_name, ++namesake);
		while (is_taken(firms, count, slug->at));
	}
}

static bool is_firm(const struct view *view, int32_t enterprise)
{
	return assessment_lists_enterprise(view->list, &view->model->enterprises[enterprise]);
}

const struct listing *listing_of(struct view *view)
{
	if (view->listing)
		return view->listing;
	const struct model *model = view->model;
	struct listing *listing = view->listing = ARENA_NEW(view->arena, struct listing);
	listing->slugs = ARENA_ARRAY(view->arena, struct slug, model->enterprise_count);
	struct place_in_list *places = memory_resize(NULL, (model->participation_count + 1) * sizeof *places);
	listing->count = find_listed(view, places);
	listing->participations = keep_participations(view, places, listing->count);
	struct place_in_list *withdrawn = places + listing->count;
	listing->withdrawn_count = find_withdrawn(view, withdrawn);
	listing->withdrawn = keep_participations(view, withdrawn, listing->withdrawn_count);
	listing->page_count = keep_firms(view, listing, places, listing->count + listing->withdrawn_count);
	listing->pages = ARENA_ARRAY(view->arena, int32_t, (size_t)listing->page_count);
	listing->firms = ARENA_ARRAY(view->arena, int32_t, (size_t)listing->page_count);
	if (listing->page_count) {
		part_namesakes(view, listing, places, listing->page_count);
		qsort(places, (size_t)listing->page_count, sizeof *places, compare_firms);
	}
	for (int32_t i = 0; i < listing->page_count; i++) {
		listing->pages[i] = places[i].enterprise;
		if (is_firm(view, places[i].enterprise))
			listing->firms[listing->firm_count++] = places[i].enterprise;
	}
	free(places);
	return listing;
}

int32_t *listing_of_version(struct view *view, size_t version, int32_t *shown)
{
	const struct listing *listing = listing_of(view);
	const struct chronicle *chronicle = view->list->chronicle;
	int32_t all = listing->count + listing->withdrawn_count, count = 0;
	struct place_in_list *places = memory_resize(NULL, ((size_t)all + 1) * sizeof *places);
	for (int32_t i = 0; i < all; i++) {
		int32_t participation = i < listing->count ? listing->participations[i] : listing->withdrawn[i - listing->count];
		struct place_in_list place = place_of_firm(view, participation);
		if (chronicle->touched_of[participation] >= 0) {
			struct standing standing =
				chronicle_standing(view->list, chronicle, version, participation);
			if (standing.kind == STANDING_ABSENT)
				continue;
			place.level = standing.level;
			place.name = chronicle_name(view->model, standing, participation);
		}
		places[count++] = place;
	}
	int32_t *kept = keep_participations(view, places, count);
	free(places);
	*shown = count;
	return kept;
}

int32_t *listing_of_touched(struct view *view)
{
	const struct chronicle *chronicle = view->list->chronicle;
	struct place_in_list *places = memory_resize(NULL, (chronicle->touched_count + 1) * sizeof *places);
	for (size_t i = 0; i < chronicle->touched_count; i++) {
		places[i] = place_of_firm(view, chronicle->touched[i]);
		places[i].level = chronicle_now(view->list, chronicle, chronicle->touched[i]).level;
	}
	int32_t *kept = keep_participations(view, places, (int32_t)chronicle->touched_count);
	free(places);
	return kept;
}
