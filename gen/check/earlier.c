/* SPDX-License-Identifier: MIT */
#include "check/earlier.h"

#include "base/arena.h"
#include "base/file.h"
#include "check/campaign.h"
#include "check/folder.h"
#include "check/sheet.h"
#include "check/tables.h"
#include "model/parts.h"
#include "model/track.h"
#include "read/clean.h"

static void earlier_sort(struct earlier *rows, size_t count);

typedef LIST(struct earlier) earlier_list;

/* ---- that year's models ------------------------------------------------------------------------ */

struct year_models {
	const struct catalogue *catalogues[TRACKS_KNOWN]; /* by track of this model; this year's for want of one */
	struct text editions[TRACKS_KNOWN];               /* empty where that year does not say */
	const struct campaign *campaign;                  /* NULL where there is none to read */
	int8_t tracks[TRACKS_MOST];                       /* what its tracks are in this model */
};

/* What that year held counts as known from now on; a track without room or catalogue leaves this year's. */
static void take_tracks(struct check *check, const struct model *then, struct year_models *models)
{
	models->campaign = &then->campaign;
	for (int i = 0; i < then->campaign.track_count; i++) {
		int track = track_adopt(&check->model->campaign, &then->campaign.tracks[i]);
		models->tracks[i] = (int8_t)track;
		if (track < 0 || !then->catalogues[i])
			continue;
		models->catalogues[track] = then->catalogues[i];
		models->editions[track] = then->catalogues[i]->edition;
	}
}

/*
 * Its campaign is read aside: what is wrong there was said when that year was
 * built.  Only that it is broken is said here, since levels may be misread.
 */
static void find_catalogues(struct check *check, const char *folder, int64_t year, struct year_models *models)
{
	struct arena *arena = check->reader.arena;
	memcpy(models->catalogues, check->model->catalogues, sizeof models->catalogues);
	const char *path = file_join(arena, folder, TEXT("campaign.xml"));
	if (!input_exists(path))
		return;
	struct check aside = *check;
	aside.model = ARENA_NEW(arena, struct model);
	aside.reader.diag = diag_new(arena, check->reader.sources);
	aside.folder = folder;
	memset(&aside.problems, 0, sizeof aside.problems);
	memset(&aside.merged, 0, sizeof aside.merged);
	aside.merged_by_subject = (struct map){ 0 };
	aside.catalogues = aside.model->catalogues;
	bool is_read = campaign_read(&aside, year);
	problems_report_merged(&aside);
	LIST_FREE(&aside.problems);
	LIST_FREE(&aside.merged);
	check->loaded.at = aside.loaded.at;
	check->loaded.count = aside.loaded.count;
	check->loaded.capacity = aside.loaded.capacity;
	take_tracks(check, aside.model, models);
	if (!is_read || diag_count(aside.reader.diag, SEVERITY_ERROR))
		DIAG(check->reader.diag, DIAG_EARLIER_CAMPAIGN, .span = input_absent(&check->reader, path), .n = year);
}

/* ---- rows ------------------------------------------------------------------------------------------- */

static int32_t participation_of(const struct check *check, const struct earlier *row)
{
	const struct model *model = check->model;
	const struct enterprise *enterprise = row->enterprise >= 0 ? &model->enterprises[row->enterprise] : NULL;
	return parts_find(model, enterprise, row->track, row->platform).part;
}

static void find_enterprise(const struct model *model, struct earlier *row)
{
	const uint32_t *found = row->code.size ? map_find(&model->enterprise_by_code, row->code) : NULL;
	row->enterprise = found ? (int32_t)*found : MISSING;
}

static void add_row(struct check *check, struct sheet *sheet, const struct earlier *row, earlier_list *list)
{
	struct arena *arena = check->reader.arena;
	struct text platform = clean_upper(arena, clean_spaces(arena, clean_code(arena, row->platform)));
	struct text key = text_format(arena, "%.*s %d %.*s", TEXT_ARGS(row->code), row->track, TEXT_ARGS(platform));
	uint32_t found = map_add(&sheet->by_key, key, (uint32_t)list->count);
	if (found < list->count)
		PROBLEM(check, DIAG_LISTED_TWICE, .span = row->place, .other = list->at[found].place, .a = row->code,
			.b = parts_word(arena, track_label(&check->model->campaign, row->track), row->platform));
	else
		LIST_PUSH(list, *row);
}

static void take_row(struct check *check, struct sheet *sheet, const struct record *record, int64_t year, earlier_list *list)
{
	struct earlier row = { .place = record->place, .year = year };
	size_t since = check->problems.count;
	field_fill(check, record, &row);
	row.platform = text_copy(check->reader.arena, check->platform);
	find_enterprise(check->model, &row);
	if (row.name.size)
		tables_compare_name(check, row.enterprise, record->values[FIELD_earlier_name]);
	if (row.code.size && row.track >= 0 && row.level >= 0) {
		const struct catalogue *catalogue = check->catalogues[row.track];
		row.level_label = catalogue && row.level <= catalogue->level_count ? catalogue->levels[row.level].label : NO_TEXT;
		add_row(check, sheet, &row, list);
	}
	int32_t participation = participation_of(check, &row);
	problems_blame(check, since, participation < 0 ? BLAME_LEFT_OUT : BLAME_PARTICIPATION, participation);
	problems_report(check);
}

static void read_year(struct check *check, const char *folder, int64_t year, earlier_list *list)
{
	struct year_models models = { 0 };
	const struct catalogue *const *own = check->catalogues;
	const char *own_folder = check->folder;
	size_t since = list->count;
	find_catalogues(check, folder, year, &models);
	check->catalogues = models.catalogues;
	check->then = models.campaign;
	memcpy(check->then_tracks, models.tracks, sizeof models.tracks);
	check->folder = folder;
	struct sheet sheet;
	struct record record;
	if (sheet_open(&sheet, check, ENTITY_EARLIER, false)) {
		while (sheet_next(&sheet, &record))
			take_row(check, &sheet, &record, year, list);
		sheet_close(&sheet);
		problems_report_merged(check);
	}
	for (size_t i = since; i < list->count; i++)
		list->at[i].edition = models.editions[list->at[i].track];
	check->catalogues = own;
	check->then = NULL;
	check->folder = own_folder;
}

/* ---- years ------------------------------------------------------------------------------------------- */

static bool is_year(struct text name, int64_t *year)
{
	return name.size == 4 && text_to_integer(name, year) && *year >= 1900;
}

/* Beside a published list a campaign alone says what levels were called; with participations it is a year to decide. */
static void note_full(struct check *check, const char *folder, const struct load_full_year *year,
		      struct load_full *full)
{
	struct arena *arena = check->reader.arena;
	bool is_there = input_exists(file_join(arena, folder, TEXT("campaign.xml"))) &&
		(!year->is_listed || input_has_table(arena, folder, "participations.csv"));
	if (full && is_there)
		full->years[full->count++] = *year;
}

void earlier_read(struct check *check, struct load_full *full)
{
	struct arena *arena = check->reader.arena;
	struct text *names;
	size_t count;
	int64_t year;
	earlier_list list = { 0 };
	int failed = file_list(arena, check->data, NULL, &names, &count);
	if (full)
		*full = (struct load_full){ .years = ARENA_ARRAY(arena, struct load_full_year, count) };
	for (size_t i = 0; i < count && !failed; i++) {
		const char *folder = file_join(arena, check->data, names[i]);
		if (!is_year(names[i], &year) || year >= check->model->campaign.year)
			continue;
		folder_check(check, folder);
		bool is_listed = input_has_table(arena, folder, "listed.csv");
		if (is_listed)
			read_year(check, folder, year, &list);
		note_full(check, folder, &(struct load_full_year){ year, is_listed }, full);
	}
	struct model *model = check->model;
	model->earlier = LIST_SETTLE(arena, &list);
	model->earlier_count = list.count;
	earlier_sort(model->earlier, model->earlier_count);
	LIST_FREE(&list);
}

static int compare_rows(const void *left, const void *right)
{
	const struct earlier *a = left, *b = right;
	if (a->year != b->year)
		return a->year > b->year ? -1 : 1;
	int order = text_compare(a->code, b->code);
	if (!order)
		order = (a->track > b->track) - (a->track < b->track);
	return order ? order : text_compare(a->platform, b->platform);
}

/* By year descending, code, track, platform. */
static void earlier_sort(struct earlier *rows, size_t count)
{
	if (count > 1)
		qsort(rows, count, sizeof *rows, compare_rows);
}

void load_add_earlier(struct model *model, struct arena *arena, const struct load_rows *rows)
{
	struct earlier *all = ARENA_ARRAY(arena, struct earlier, model->earlier_count + rows->count);
	if (model->earlier_count)
		memcpy(all, model->earlier, model->earlier_count * sizeof *all);
	for (size_t i = 0; i < rows->count; i++) {
		struct earlier row = rows->at[i];
		row.track = (int8_t)track_adopt(&model->campaign, &rows->campaign->tracks[row.track]);
		find_enterprise(model, &row);
		if (row.track >= 0)
			all[model->earlier_count++] = row;
	}
	model->earlier = all;
	earlier_sort(model->earlier, model->earlier_count);
}
