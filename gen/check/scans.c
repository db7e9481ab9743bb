/* SPDX-License-Identifier: MIT */
#include "check/scans.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/nearest.h"
#include "check/field.h"
#include "check/folder.h"
#include "check/node.h"
#include "check/scan_map.h"
#include "check/scanning.h"
#include "model/parts.h"

enum {
	SCAN_FOLDERS_DEEP_MOST = 8,         /* as in results/ */
	SCAN_FILE_LARGEST = 256 << 20,      /* bytes; an ARF collection of one host is 10 to 30 MB */
};

static bool is_xml(struct text name)
{
	struct text end = text_slice(name, name.size < 4 ? 0 : name.size - 4, 4);
	return end.size == 4 && end.at[0] == '.' && (end.at[1] | 0x20) == 'x' && (end.at[2] | 0x20) == 'm' &&
		(end.at[3] | 0x20) == 'l';
}

/* The place of the file as a whole. */
static struct span take_file(struct scanning *scanning, const char *path)
{
	struct check *check = scanning->check;
	uint32_t number = input_open(&check->reader, path, INPUT_XML);
	if (!number)
		return input_absent(&check->reader, path);
	const struct span whole = { .source = number };
	if (sources_find(check->reader.sources, number)->text.size > SCAN_FILE_LARGEST)
		PROBLEM(check, DIAG_XML_TOO_LARGE, .span = whole, .n = SCAN_FILE_LARGEST >> 20);
	else
		scanning_file(scanning, number);
	return whole;
}

/*
 * Scans decide nothing, so one that is wrong costs itself alone (with --keep-going), and that is told.  What it
 * names (hosts, rules) is kept, but only for the leak scan to hunt.
 */
static void read_file(struct scanning *scanning, const char *path, struct text name)
{
	struct check *check = scanning->check;
	struct diag *diag = check->reader.diag;
	problems_report_merged(check); /* of the folder: no fault of this file */
	size_t errors = diag_errors_told(diag), since = check->problems.count;
	size_t scans = scanning->scans.count, results = scanning->results.count;
	scanning->file = name;
	scanning->files++;
	diag_concern_left_out(diag, true);
	struct span whole = take_file(scanning, path);
	problems_blame(check, since, BLAME_LEFT_OUT, 0);
	problems_report_merged(check);
	diag_concern_left_out(diag, false);
	if (diag_errors_told(diag) == errors)
		return;
	scanning->scans.count = scans;
	scanning->results.count = results;
	DIAG(diag, DIAG_SCAN_LEFT_OUT, .span = whole, .a = name,
	     .b = check->model->enterprises[scanning->enterprise].name);
}

static void read_folder(struct scanning *scanning, const char *folder, int depth);

/* A folder called like one of the enterprise's platforms holds the scans of that one. */
static void read_named(struct scanning *scanning, const char *folder, struct text name, int depth)
{
	const struct model *model = scanning->check->model;
	struct text outer = scanning->platform;
	EACH_PART(part, model, &model->enterprises[scanning->enterprise])
		if (parts_same_platform(model->participations[part].platform, name))
			scanning->platform = model->participations[part].platform;
	read_folder(scanning, folder, depth);
	scanning->platform = outer;
}

static void read_folder(struct scanning *scanning, const char *folder, int depth)
{
	struct check *check = scanning->check;
	struct input_names names;
	if (!input_list(&check->reader, folder, NULL, &names))
		return;
	for (size_t i = 0; i < names.count; i++) {
		const char *path = file_join(check->reader.arena, folder, names.at[i]);
		if (folder_is_passed_over(names.at[i]))
			continue;
		if (file_is_folder(path) && depth >= SCAN_FOLDERS_DEEP_MOST)
			DIAG(check->reader.diag, DIAG_FOLDER_DEEP, .span = input_absent(&check->reader, path),
				.n = SCAN_FOLDERS_DEEP_MOST);
		else if (file_is_folder(path))
			read_named(scanning, path, names.at[i], depth + 1);
		else if (is_xml(names.at[i]))
			read_file(scanning, path, names.at[i]);
		else
			DIAG(check->reader.diag, DIAG_SCAN_FILE_KIND, .span = input_absent(&check->reader, path),
				.a = names.at[i]);
	}
}

static void report_folder(struct check *check, const char *path, struct text name, struct text code)
{
	struct nearest nearest = { .wanted = code };
	for (size_t i = 0; i < check->model->enterprise_count; i++)
		nearest_offer(&nearest, check->model->enterprises[i].code);
	if (!check->has_enterprises || map_find(&check->rejected, code))
		return;
	PROBLEM(check, DIAG_SCAN_FOLDER_UNKNOWN, .span = input_absent(&check->reader, path), .a = name,
		.c = node_hint(check, &nearest, TEXT("enterprises.csv")));
	problems_blame(check, check->problems.count - 1, BLAME_LEFT_OUT, 0);
}

static bool takes_part(const struct check *check, int32_t enterprise)
{
	return parts_first(&check->model->enterprises[enterprise]) >= 0 ||
	       check->has_rejected_participation[enterprise] || !check->has_participations;
}

static void read_enterprise(struct scanning *scanning, const char *path, struct text name)
{
	struct check *check = scanning->check;
	struct text code = field_code(check, name);
	const uint32_t *found = map_find(&check->model->enterprise_by_code, code);
	if (!found) {
		report_folder(check, path, name, code);
		return;
	}
	scanning->enterprise = (int32_t)*found;
	if (!takes_part(check, scanning->enterprise))
		PROBLEM(check, DIAG_SCAN_IDLE, .span = input_absent(&check->reader, path),
			.a = check->model->enterprises[*found].name, .b = code);
	read_folder(scanning, path, 1);
}

static void start(struct scanning *scanning, struct check *check)
{
	*scanning = (struct scanning){ .check = check };
	scanning->is_used = ARENA_ARRAY(check->reader.arena, bool, check->model->scan_map_count);
}

static void finish(struct scanning *scanning, const char *folder)
{
	struct check *check = scanning->check;
	scanning_settle(scanning);
	bool has_map = input_has_table(check->reader.arena, check->folder, schema_entity(ENTITY_SCAN_MAP)->file);
	if (scanning->scans.count && !check->model->scan_map_count && !has_map)
		PROBLEM(check, DIAG_SCAN_MAP_NONE, .span = input_absent(&check->reader, folder));
	problems_report_merged(check);
	scanning_clear(scanning);
}

void scans_read(struct check *check)
{
	struct scanning scanning;
	struct input_names names;
	struct arena *arena = check->reader.arena;
	const char *folder = file_join(arena, check->folder, TEXT("scans"));
	scan_map_read(check);
	start(&scanning, check);
	if (!input_list(&check->reader, folder, NULL, &names))
		names.count = 0;
	for (size_t i = 0; i < names.count; i++) {
		const char *path = file_join(arena, folder, names.at[i]);
		if (folder_is_passed_over(names.at[i]))
			continue;
		if (file_is_folder(path))
			read_enterprise(&scanning, path, names.at[i]);
		else
			DIAG(check->reader.diag, DIAG_SCAN_LOOSE, .span = input_absent(&check->reader, path),
				.a = names.at[i]);
	}
	finish(&scanning, folder);
}
