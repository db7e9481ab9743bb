/* SPDX-License-Identifier: MIT */
#include "build/years.h"

#include <stdlib.h>

#include "assess/chronicle.h"
#include "base/file.h"
#include "build/record.h"
#include "check/load.h"
#include "check/recorded.h"
#include "facts/shown.h"

/* ---- one year ------------------------------------------------------------------------ */

static struct facts_entry copy_entry(struct arena *arena, const struct campaign *campaign,
				     const struct recorded_entry *entry)
{
	struct facts_entry copy = {
		.code = text_copy(arena, entry->code), .name = text_copy(arena, entry->name),
		.city = text_copy(arena, entry->city), .track_code = text_copy(arena, record_track_id(entry->track)),
		.track = text_copy(arena, record_track_word(arena, campaign, entry->track)),
		.label = text_copy(arena, entry->label), .status = text_copy(arena, entry->status),
		.first = text_copy(arena, entry->first), .address = text_copy(arena, entry->address),
	};
	copy.is_withdrawn = text_is(entry->status, choice_word(SET_STANDING, STANDING_WITHDRAWN));
	if (!text_to_integer(entry->level, &copy.level))
		copy.level = 0;
	return copy;
}

static int compare_codes(const void *left, const void *right)
{
	const struct facts_entry *const *a = left, *const *b = right;
	int order = text_compare((*a)->code, (*b)->code);
	return order ? order : (*a > *b) - (*a < *b);
}

static void take_entries(struct arena *arena, const struct campaign *campaign, const struct recorded *list,
			 struct facts_year *year)
{
	struct facts_entry *entries = ARENA_ARRAY(arena, struct facts_entry, list->entry_count);
	const struct facts_entry **by_code = ARENA_ARRAY(arena, const struct facts_entry *, list->entry_count);
	for (size_t i = 0; i < list->entry_count; i++) {
		entries[i] = copy_entry(arena, campaign, &list->entries[i]);
		by_code[i] = &entries[i];
	}
	if (list->entry_count)
		qsort(by_code, list->entry_count, sizeof *by_code, compare_codes);
	year->entries = entries;
	year->by_code = by_code;
	year->entry_count = list->entry_count;
}

static int64_t count_listed(const struct assessment *assessment)
{
	int64_t count = 0;
	for (size_t i = 0; i < assessment->model->participation_count; i++)
		count += assessment_lists(assessment, (int32_t)i);
	return count;
}

static int64_t count_enterprises(const struct assessment *assessment)
{
	int64_t count = 0;
	for (size_t i = 0; i < assessment->model->enterprise_count; i++)
		count += assessment_lists_enterprise(assessment, &assessment->model->enterprises[i]);
	return count;
}

static struct facts_version describe_version(const struct run *run, size_t number, int64_t entries)
{
	const struct chronicle *chronicle = run->shown->chronicle;
	struct facts_version version = {
		.date = chronicle->versions[number].date, .state = chronicle->versions[number].state, .listed = entries,
	};
	for (size_t i = 0; i < chronicle->touched_count; i++) {
		int8_t kind = chronicle_standing(run->shown, chronicle, number, chronicle->touched[i]).kind;
		version.corrected += kind == STANDING_CORRECTED;
		version.withdrawn += kind == STANDING_WITHDRAWN;
		version.listed -= kind == STANDING_WITHDRAWN || kind == STANDING_ABSENT;
	}
	return version;
}

struct facts_year years_describe(struct arena *arena, struct run *run)
{
	const struct campaign *campaign = &run->model->campaign;
	struct facts_year year = {
		.year = campaign->year, .title = text_copy(arena, campaign->title), .date = run->shown->chronicle->since,
		.state = run->shown->chronicle->state,
		.link = text_format(arena, "%lld/", (long long)campaign->year),
		.listed = count_listed(run->shown), .enterprises = count_enterprises(run->shown),
		.is_list_only = run->is_list_only,
		.version_count = run->is_list_only ? 0 : run->shown->chronicle->version_count,
	};
	struct facts_version *versions = ARENA_ARRAY(arena, struct facts_version, year.version_count);
	int64_t ever = (int64_t)chronicle_count_ever(run->assessment, run->shown->chronicle);
	for (size_t i = 0; i < year.version_count; i++)
		versions[i] = describe_version(run, i, ever);
	year.versions = versions;
	const struct shown_lists lists = shown_lists(run->arena, run->shown);
	const struct recorded last =
		record_version(run, run->arena, &lists, run->shown->chronicle->version_count - 1);
	take_entries(arena, campaign, &last, &year);
	return year;
}

struct date years_first_day(const struct run *run)
{
	return chronicle_first_day(&run->model->campaign);
}

/* ---- those behind this one -------------------------------------------------------------- */

/* By its data, as of --date. */
static bool describe_by_data(struct run *run, int64_t number, struct facts_year *year)
{
	struct options options = *run->options;
	struct run later;
	options.year = text_format(run->arena, "%lld", (long long)number).at;
	bool is_public = run_open(&later, &options) == 0 && run_is_good(&later) &&
			 date_compare(years_first_day(&later), run->today) <= 0;
	if (is_public)
		*year = years_describe(run->arena, &later);
	run_close(&later);
	return is_public;
}

/* By what its register says; what is wrong with that file is said where that year is built. */
static bool describe_by_register(struct run *run, int64_t number, struct facts_year *year)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	const struct reader reader = { .arena = arena, .sources = sources, .diag = diag_new(arena, sources) };
	const char *data = run_data_folder(run->options);
	const char *path = text_format(arena, "%s/%lld/register.jsonl", data, (long long)number).at;
	const struct recorded *last = NULL;
	struct recorded *lines;
	size_t count = recorded_read(&reader, path, &lines);
	for (size_t i = 0; i < count; i++)
		if (lines[i].event == EVENT_PUBLISHED &&
		    (!run->options->date || date_compare(lines[i].version, run->today) <= 0))
			last = &lines[i];
	if (last) {
		*year = (struct facts_year){ .year = number, .state = last->state, .date = last->version };
		year->link = text_format(run->arena, "%lld/", (long long)number);
		take_entries(run->arena, &run->model->campaign, last, year);
	}
	arena_free(arena);
	return last != NULL;
}

const struct facts_year *years_newest(struct run *run)
{
	int64_t *years;
	struct facts_year *year = ARENA_NEW(run->arena, struct facts_year);
	for (size_t i = load_years(run->arena, run_data_folder(run->options), &years); i-- > 0;) {
		if (years[i] <= run->model->campaign.year)
			return NULL;
		if ((run->options->date && describe_by_data(run, years[i], year)) ||
		    describe_by_register(run, years[i], year))
			return year;
	}
	return NULL;
}
