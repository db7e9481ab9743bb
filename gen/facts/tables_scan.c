/* SPDX-License-Identifier: MIT
 *
 * What scanners found (assess/scanned.h): the hosts, the items that their rules speak of, every answer,
 * and the map between rules and items.  Nothing of it is public.
 */
#include "assess/scanned.h"
#include "base/buf.h"
#include "facts/columns.h"
#include "facts/view.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

/* ---- hosts --------------------------------------------------------------------------------- */

static int32_t count_scans(struct view *view, int32_t outer)
{
	(void)outer;
	return view->firm >= 0 ? view->model->enterprises[view->firm].scan_count : (int32_t)view->model->scan_count;
}

static bool load_scan(struct row *row)
{
	const struct model *model = row->view->model;
	int32_t first = row->view->firm >= 0 ? model->enterprises[row->view->firm].first_scan : 0;
	row->records[ENTITY_SCAN] = &model->scans[first + row->inner];
	row_set_enterprise(row, model->scans[first + row->inner].enterprise);
	return true;
}

enum { SUM_SUPPORTING = SCAN_ANSWERS, SUM_OTHER, SUM_ALL };

/* a: enum scan_answer, or one of the sums. */
GETTER(scan_sum)
{
	const struct scan *scan = row->records[ENTITY_SCAN];
	int64_t sum = 0;
	for (int answer = 0; answer < SCAN_ANSWERS; answer++) {
		bool is_supporting = answer == SCAN_PASS || answer == SCAN_FIXED;
		bool is_other = !is_supporting && answer != SCAN_FAIL;
		bool is_wanted = column->a == SUM_ALL || column->a == answer || (column->a == SUM_SUPPORTING &&
			is_supporting) ||
				 (column->a == SUM_OTHER && is_other);
		sum += is_wanted ? scan->answers[answer] : 0;
	}
	cell_integer(cell, sum);
}

GETTER(scan_unmapped) { (void)column; cell_integer(cell, ((const struct scan *)row->records[ENTITY_SCAN])->unmapped); }
GETTER(scan_counts) { (void)column; cell_integer(cell, !((const struct scan *)row->records[ENTITY_SCAN])->is_older); }

static const struct column scan_columns[] = {
	FIELD("code", ENTERPRISE, enterprise, code), FIELD("name", ENTERPRISE, enterprise, name),
	FIELD("host", SCAN, scan, host), FIELD("address", SCAN, scan, address), FIELD("tool", SCAN, scan, tool),
	FIELD("benchmark", SCAN, scan, benchmark), FIELD("date", SCAN, scan, date), INTEGER_COLUMN("total", scan_sum,
	SUM_ALL),
	INTEGER_COLUMN("supporting", scan_sum, SUM_SUPPORTING), INTEGER_COLUMN("failed", scan_sum, SCAN_FAIL),
	INTEGER_COLUMN("other", scan_sum, SUM_OTHER), INTEGER_COLUMN("unmapped", scan_unmapped, 0),
	INTEGER_COLUMN("counts", scan_counts, 0),
};

/* ---- items ------------------------------------------------------------------------------------ */

static int32_t count_scanned(struct view *view, int32_t participation)
{
	size_t count;
	(void)scanned_range(view->assessment, participation, &count);
	return (int32_t)count;
}

static bool load_scanned(struct row *row)
{
	size_t count;
	const struct scanned *scanned = &row->view->assessment->scanned[scanned_range(row->view->assessment,
		row->outer, &count) + (size_t)row->inner];
	row_set_participation(row, row->outer);
	row_set_item(row, scanned->item);
	row->extra = scanned;
	return true;
}

enum { SCANNED_HOSTS, SCANNED_FAILED, SCANNED_PASSED, SCANNED_SILENT, SCANNED_RULES };

GETTER(scanned_number)
{
	const struct scanned *scanned = row->extra;
	const int32_t numbers[] = { scanned->hosts, scanned->failed, scanned->passed, scanned->silent,
		scanned->failed_rules };
	cell_integer(cell, numbers[column->a]);
}

/* "规则甲、规则乙、规则丙等5条"; NULL where none failed. */
GETTER(scanned_names)
{
	(void)column;
	struct text rules[SCANNED_RULES_NAMED], names = NO_TEXT;
	const struct scanned *scanned = row->extra;
	size_t count = scanned_rules(row->view->model, scanned, rules);
	for (size_t i = 0; i < count; i++)
		names = text_format(row->view->arena, "%.*s%s%.*s", TEXT_ARGS(names), i ? "、" : "",
			TEXT_ARGS(rules[i]));
	if (names.size && (int32_t)count < scanned->failed_rules)
		names = text_format(row->view->arena, "%.*s等%d条", TEXT_ARGS(names), scanned->failed_rules);
	if (names.size)
		cell_text(cell, names);
}

GETTER(scanned_contradicts)
{
	(void)column;
	cell_integer(cell, ((const struct scanned *)row->extra)->failed > 0 &&
		row->decision->items[row->item].result == RESULT_MET);
}

static const struct column scanned_columns[] = {
	INTEGER_COLUMN("participation_id", cell_participation_id, 0), FIELD("code", ENTERPRISE, enterprise, code),
	FIELD("name", ENTERPRISE, enterprise, name), TRACK_COLUMNS, ITEM_PLACE_COLUMNS, FIELD("requirement", ITEM,
	item, requirement),
	TEXT_COLUMN("result", cell_result, 0), TEXT_COLUMN("round", cell_result_round, 0),
	INTEGER_COLUMN("hosts", scanned_number, SCANNED_HOSTS), INTEGER_COLUMN("failed", scanned_number,
	SCANNED_FAILED),
	INTEGER_COLUMN("passed", scanned_number, SCANNED_PASSED), INTEGER_COLUMN("silent", scanned_number,
	SCANNED_SILENT),
	INTEGER_COLUMN("failed_rules", scanned_number, SCANNED_RULES), TEXT_COLUMN("rules", scanned_names, 0),
	INTEGER_COLUMN("contradicts", scanned_contradicts, 0),
};

/* ---- answers -------------------------------------------------------------------------------------- */

/* Of all scans, the older ones too; the first in model.scan_results. */
static size_t results_of(const struct view *view, int32_t participation, int32_t *count)
{
	size_t items, first = scanned_range(view->assessment, participation, &items);
	*count = 0;
	for (size_t i = 0; i < items; i++)
		*count += (int32_t)view->assessment->scanned[first + i].count;
	return items ? view->assessment->scanned[first].first : 0;
}

static int32_t count_answers(struct view *view, int32_t participation)
{
	int32_t count;
	(void)results_of(view, participation, &count);
	return count;
}

static bool load_answer(struct row *row)
{
	const struct model *model = row->view->model;
	int32_t count;
	const struct scan_result *result = &model->scan_results[results_of(row->view, row->outer,
		&count) + (size_t)row->inner];
	row_set_participation(row, row->outer);
	row_set_item(row, result->item);
	row->records[ENTITY_SCAN] = &model->scans[result->scan];
	row->extra = result;
	return true;
}

GETTER(answer_rule)
{
	(void)column;
	const struct scan_result *result = row->extra;
	if (result->rule >= 0)
		cell_text(cell, row->view->model->scan_words[result->rule].text);
}

GETTER(answer_word) { (void)column; cell_word(cell, row->view, SET_SCAN,
	((const struct scan_result *)row->extra)->answer); }

GETTER(answer_code)
{
	(void)column;
	cell_text(cell, row->view->codes[SET_SCAN][((const struct scan_result *)row->extra)->answer]);
}

GETTER(answer_file) { (void)column; cell_text(cell, view_file(row->view,
	((const struct scan_result *)row->extra)->place)); }

GETTER(answer_line)
{
	(void)column;
	cell_integer(cell, view_line(row->view, ((const struct scan_result *)row->extra)->place));
}

static const struct column answer_columns[] = {
	INTEGER_COLUMN("participation_id", cell_participation_id, 0), FIELD("code", ENTERPRISE, enterprise, code),
	FIELD("name", ENTERPRISE, enterprise, name), TRACK_COLUMNS, FIELD("item_id", ITEM, item, id), FIELD("host",
	SCAN, scan, host),
	FIELD("date", SCAN, scan, date), TEXT_COLUMN("rule", answer_rule, 0), TEXT_COLUMN("answer_code", answer_code,
	0),
	TEXT_COLUMN("answer", answer_word, 0), INTEGER_COLUMN("counts", scan_counts, 0), TEXT_COLUMN("file",
	answer_file, 0),
	INTEGER_COLUMN("line", answer_line, 0),
};

/* ---- the map ------------------------------------------------------------------------------------------ */

static int32_t count_map(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->scan_map_count;
}

static bool load_map(struct row *row)
{
	const struct scan_map *map = &row->view->model->scan_map[row->inner];
	row->records[ENTITY_SCAN_MAP] = map;
	row_set_track(row, map->track);
	row_set_item(row, map->item);
	return true;
}

static const struct column map_columns[] = {
	FIELD("source", SCAN_MAP, scan_map, source), FIELD("rule", SCAN_MAP, scan_map, rule),
	TEXT_COLUMN("track_code", cell_track_code, 0), FIELD("track", SCAN_MAP, scan_map, track), FIELD("item_id",
	ITEM, item, id),
	FIELD("note", SCAN_MAP, scan_map, note),
};

#define SECRET(name, columns) name, IN_OWN | IN_PROVINCE, COLUMNS_OF(columns)
#define OF_ENTERPRISE .about = ABOUT_ENTERPRISE

const struct table tables_scan[] = {
	{ SECRET("scans", scan_columns), .count = count_scans, .load = load_scan, .guess = 5, OF_ENTERPRISE,
		.whole = WHOLE(SCAN), FOLLOWED },
	{ SECRET("scan_items", scanned_columns), OUTER_PARTICIPATION, count_scanned, load_scanned, .guess = 20,
		OF_ENTERPRISE, FOLLOWED },
	{ SECRET("scan_answers", answer_columns), OUTER_PARTICIPATION, count_answers, load_answer, .guess = 100,
		OF_ENTERPRISE, FOLLOWED },
	{ SECRET("scan_map", map_columns), .count = count_map, .load = load_map, .guess = 50, .about = ABOUT_NOBODY,
	  .whole = WHOLE(SCAN_MAP), FOLLOWED },
	{ 0 },
};
