/* SPDX-License-Identifier: MIT */
#include "check/results.h"

#include "base/arena.h"
#include "base/file.h"
#include "check/folder.h"
#include "check/mended.h"
#include "check/observations.h"
#include "check/results_xml.h"
#include "model/track.h"
#include "read/input.h"
#include "read/xlsx.h"

/* ---- CSV ------------------------------------------------------------------------------------- */

/* A row that is too long or cut: at least whom it concerns can often be told. */
static void blame_broken(struct observer *observer, const struct table *table)
{
	struct check *check = observer->check;
	size_t since = check->problems.count;
	if (!table->is_half_read)
		problem_add(check, table->fault, table->fault_args);
	struct text code = field_code(check, table_value(table, FIELD_observation_enterprise).text);
	const uint32_t *enterprise = map_find(&check->model->enterprise_by_code, code);
	int track = track_find_held(&check->model->campaign, table_value(table, FIELD_observation_track).text);
	int32_t participation = enterprise && track >= 0 ? check->model->enterprises[*enterprise].participation[track] : MISSING;
	if (participation >= 0)
		check->has_rejected_results[participation] = true;
	observer_blame(observer, participation, since);
}

/* False for a row that cannot be used as it stands and that nobody mended. */
static bool take_row(struct observer *observer, const struct table *table)
{
	size_t since = observer->check->problems.count;
	struct record record = record_from_table(table);
	bool is_mended = mended_apply(observer->check, &record);
	if (!is_mended && table->fault != DIAG_KINDS)
		return false;
	struct value none = { .is_given = false };
	observer->is_half_read = table->is_half_read && !is_mended;
	struct observer_head head = observer_head(observer, &record, is_mended ? none : table_name(table));
	observer_take(observer, &record, &head, since);
	observer->is_half_read = false;
	return true;
}

static void read_csv(struct observer *observer, const char *path)
{
	struct check *check = observer->check;
	struct table *table = memory_resize(NULL, sizeof *table);
	if (table_open(table, &check->reader, path, ENTITY_OBSERVATION)) {
		size_t rows = 0;
		observer_start(observer, true);
		for (; table_next(table); rows++) {
			if (!take_row(observer, table))
				blame_broken(observer, table);
		}
		/* Behind an open quote may stand what another row says, and anybody's. */
		check->has_unread_results |= table->lost_rows > 0 || table->csv.losses > 0;
		if (rows == 0)
			PROBLEM(check, DIAG_FILE_NO_ROWS, .span = table->header);
	} else {
		check->has_unread_results = true;
	}
	free(table);
}

/* A workbook beside the CSV of the same name: nobody can say which of them is newer. */
static void note_twin(struct check *check, const char *path)
{
	struct text stem = text_slice(text_from(path), 0, strlen(path) - strlen(".xlsx"));
	const char *twin = text_format(check->reader.arena, "%.*s.csv", TEXT_ARGS(stem)).at;
	if (!input_exists(twin))
		return;
	DIAG(check->reader.diag, DIAG_TABLE_TWICE, .span = input_absent(&check->reader, path), .a = text_from(path),
	     .b = text_from(twin));
}

/* ---- the folder ------------------------------------------------------------------------------------- */

static bool has_suffix(struct text name, const char *suffix)
{
	struct text end = text_slice(name, name.size < 4 ? name.size : name.size - 4, 4);
	for (size_t i = 0; i < 4; i++)
		if (i >= end.size || (end.at[i] | 0x20) != (suffix[i] | 0x20))
			return false;
	return true;
}

enum { FOLDERS_DEEP_MOST = 8 }; /* nobody sorts deeper, and a link may lead round */

static void read_folder(struct observer *observer, const char *folder, const struct input_names *names, int depth);

/* A copy of a file looks like this after unpacking: that its results are there twice is not told beside it. */
static void read_named_folder(struct observer *observer, const char *path, struct text name, int depth)
{
	struct check *check = observer->check;
	struct input_names names;
	struct span place = input_absent(&check->reader, path);
	size_t before = observer->list.count;
	DIAG(check->reader.diag, DIAG_FOLDER_NAMED, .span = place, .a = name);
	if (input_list(&check->reader, path, NULL, &names))
		read_folder(observer, path, &names, depth + 1);
	if (observer->list.count > before) {
		uint32_t last = observer->list.at[observer->list.count - 1].place.source;
		LIST_PUSH(&check->named_folders, ((struct source_range){ place.source, last }));
	}
}

static void read_subfolder(struct observer *observer, const char *path, struct text name, int depth)
{
	struct check *check = observer->check;
	struct input_names names;
	if (depth >= FOLDERS_DEEP_MOST)
		DIAG(check->reader.diag, DIAG_FOLDER_DEEP, .span = input_absent(&check->reader, path), .n = FOLDERS_DEEP_MOST);
	else if (has_suffix(name, ".csv") || has_suffix(name, ".xml") || xlsx_is_named(name))
		read_named_folder(observer, path, name, depth);
	else if (input_list(&check->reader, path, NULL, &names))
		read_folder(observer, path, &names, depth + 1);
}

static void read_one(struct observer *observer, const char *folder, struct text name, int depth)
{
	struct check *check = observer->check;
	const char *path = file_join(check->reader.arena, folder, name);
	if (folder_is_passed_over(name))
		return;
	if (file_is_folder(path)) {
		read_subfolder(observer, path, name, depth);
		return;
	}
	if (xlsx_is_named(name))
		note_twin(check, path);
	if (has_suffix(name, ".csv") || xlsx_is_named(name))
		read_csv(observer, path);
	else if (has_suffix(name, ".xml"))
		results_read_xml(observer, path);
	else
		DIAG(check->reader.diag, DIAG_FILE_IGNORED, .span = input_absent(&check->reader, path), .a = name);
	problems_report_merged(check);
}

static void read_folder(struct observer *observer, const char *folder, const struct input_names *names, int depth)
{
	for (size_t i = 0; i < names->count; i++)
		read_one(observer, folder, names->at[i], depth);
}

void results_read(struct check *check)
{
	struct observer observer = { .check = check };
	const char *folder = file_join(check->reader.arena, check->folder, TEXT("results"));
	struct input_names names;
	if (input_list(&check->reader, folder, NULL, &names) && names.count == 0)
		problem_wait(check, DIAG_RESULTS_MISSING,
			     (struct diag_args){ .span = input_absent(&check->reader, folder), .a = TEXT("results/") });
	read_folder(&observer, folder, &names, 0);
	observations_settle(check, &observer.list);
	problems_report_merged(check);
	observer_clear(&observer);
}
