/* SPDX-License-Identifier: MIT */
#include "check/load.h"

#include "base/arena.h"
#include "base/chain.h"
#include "base/file.h"
#include "check/campaign.h"
#include "check/earlier.h"
#include "check/folder.h"
#include "check/holidays.h"
#include "check/kept.h"
#include "check/mended.h"
#include "check/newest.h"
#include "check/recorded.h"
#include "check/readers.h"
#include "check/rectifications.h"
#include "check/regions.h"
#include "check/results.h"
#include "check/cross_rules.h"
#include "check/scans.h"
#include "check/tables.h"
#include "check/tracks.h"

size_t load_years(struct arena *arena, const char *data, int64_t **years)
{
	struct text *names;
	size_t count, found = 0;
	*years = NULL;
	if (file_list(arena, data, NULL, &names, &count))
		return 0;
	*years = ARENA_ARRAY(arena, int64_t, count);
	for (size_t i = 0; i < count; i++) {
		int64_t year;
		const char *folder = file_join(arena, data, names[i]);
		if (names[i].size == 4 && text_to_integer(names[i], &year) && year >= 1900 &&
		    input_exists(file_join(arena, folder, TEXT("campaign.xml"))))
			(*years)[found++] = year;
	}
	return found;
}

size_t load_shown_years(struct arena *arena, const char *data, struct load_year **years)
{
	struct text *names;
	size_t count, found = 0;
	*years = NULL;
	if (file_list(arena, data, NULL, &names, &count))
		return 0;
	*years = ARENA_ARRAY(arena, struct load_year, count);
	for (size_t i = 0; i < count; i++) {
		struct load_year year = { 0 };
		const char *folder = file_join(arena, data, names[i]);
		if (names[i].size != 4 || !text_to_integer(names[i], &year.year) || year.year < 1900)
			continue;
		year.has_campaign = input_exists(file_join(arena, folder, TEXT("campaign.xml")));
		year.is_list_only = input_has_table(arena, folder, "listed.csv") &&
				    !input_has_table(arena, folder, "enterprises.csv");
		if (year.is_list_only || year.has_campaign)
			(*years)[found++] = year;
	}
	return found;
}

static void read_tables(struct check *check, const struct kept_store *store, uint32_t before)
{
	mended_read(check);
	check->is_agency_file_absent = !input_has_table(check->reader.arena, check->folder, "agencies.csv");
	tables_read_agencies(check);
	tables_read_enterprises(check);
	tables_read_participations(check);
	regions_judge(check);
	problems_report_merged(check);
	check->sorted = NULL;
	tables_read_cities(check);
	problems_report_merged(check);
	kept_open(check, store, before);
	results_read(check);
	rectifications_read(check);
	problems_report_merged(check);
	scans_read(check);
	tables_read_nominations(check);
	problems_report_merged(check);
	tables_read_ledger(check);
	problems_report_merged(check);
	tables_read_deliveries(check);
	problems_report_merged(check);
	mended_report(check);
	lost_report(check);
}

/* Catalogues that only earlier years needed: nobody looks up their items any more. */
static void clear_catalogues(struct check *check)
{
	for (size_t i = 0; i < check->loaded.count; i++) {
		struct catalogue *catalogue = check->loaded.at[i].catalogue;
		bool is_used = false;
		for (int track = 0; track < check->model->campaign.track_count; track++)
			is_used |= check->model->catalogues[track] == catalogue;
		if (!is_used)
			map_clear(&catalogue->item_by_id);
	}
	LIST_FREE(&check->loaded);
}

static void clear(struct check *check)
{
	clear_catalogues(check);
	LIST_FREE(&check->strangers);
	LIST_FREE(&check->problems);
	LIST_FREE(&check->waiting);
	LIST_FREE(&check->half_read);
	LIST_FREE(&check->named_folders);
	LIST_FREE(&check->lost.rows); /* of the lists of earlier years, which come after lost_report */
	LIST_FREE(&check->lost.codes);
	LIST_FREE(&check->lost.references);
	LIST_FREE(&check->merged);
	map_clear(&check->merged_by_subject);
	map_clear(&check->items_like);
	LIST_FREE(&check->likes);
	map_clear(&check->rejected);
	map_clear(&check->region_by_word);
}

struct model *load_model(struct arena *arena, struct sources *sources, struct diag *diag,
			 const struct load_options *options, struct load_full *full)
{
	struct check check = { .reader = { .arena = arena, .sources = sources, .diag = diag, .has_parts = true,
					   .encoding = options->encoding, .beneath = options->data },
			       .data = options->data, .models = options->models, .shared = options->shared,
			       .is_plain = options->is_plain, .readers = options->readers,
			       .readers_least = options->readers_least ? options->readers_least : READERS_LEAST };
	if (full)
		*full = (struct load_full){ 0 };
	const uint32_t before = sources_count(sources);
	int64_t year = options->year ? options->year : newest_year(&check.reader, options->data);
	if (!year)
		return NULL;
	struct model *model = check.model = ARENA_NEW(arena, struct model);
	check.catalogues = model->catalogues;
	tracks_read_known(&check);
	if (!options->is_earlier)
		holidays_read(&check);
	check.folder = file_join(arena, options->data, text_format(arena, "%lld", (long long)year));
	if (!options->is_earlier) { /* what is named without a year is a file of the year asked for */
		check.reader.folder = check.folder;
		folder_check_encodings(&check);
	}
	folder_look(&check);
	bool is_read = campaign_read(&check, year);
	if (is_read) {
		read_tables(&check, options->kept, before);
		if (!options->is_earlier) {
			folder_report(&check);
			earlier_read(&check, full);
			recorded_load(&check.reader, file_join(arena, check.folder, TEXT(REGISTER_NAME)), model);
		}
		cross_rules_apply(&check);
	}
	problems_report_merged(&check);
	clear(&check);
	return is_read ? model : NULL;
}

void load_settle(struct model *model, struct arena *arena)
{
	map_settle(&model->enterprise_by_code, arena);
	map_settle(&model->agency_by_code, arena);
	for (int track = 0; track < TRACKS_KNOWN; track++) {
		const struct catalogue *catalogue = model->catalogues[track];
		if (catalogue)
			map_settle((struct map *)(uintptr_t)&catalogue->item_by_id, arena); /* const for who reads */
	}
}

void load_release(struct model *model)
{
	if (!model)
		return;
	map_clear(&model->enterprise_by_code);
	map_clear(&model->agency_by_code);
	for (int track = 0; track < TRACKS_KNOWN; track++)
		if (model->catalogues[track]) /* two tracks may share one: clearing twice is harmless */
			map_clear((struct map *)(uintptr_t)&model->catalogues[track]->item_by_id); /* const for who reads the model; this is its end */
}
