/* SPDX-License-Identifier: MIT */
#include "check/results.h"

#include "base/arena.h"
#include "base/file.h"
#include "check/folder.h"
#include "check/mended.h"
#include "check/observations.h"
#include "check/readers.h"
#include "check/results_xml.h"
#include "model/parts.h"
#include "read/input.h"
#include "read/table_alike.h"

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
	struct text cell = table_value(table, FIELD_observation_track).text;
	const struct model *model = check->model;
	const struct enterprise *row = enterprise ? &model->enterprises[*enterprise] : NULL;
	int32_t participation = parts_find_word(model, row, cell).part;
	if (participation >= 0)
		check->has_rejected_results[participation] = true;
	observer_blame(observer, enterprise ? (int32_t)*enterprise : MISSING, participation, since);
}

/*
 * The cells of a head, and what they meant, for the rows below that say the same: all but one in a hundred do,
 * and looking a head up is a seventh of what a row costs (valgrind --tool=callgrind out/bin/xingji check).
 */
struct last_head {
	struct text cells[5]; /* enterprise, track, round, date, and the name beside the code */
	struct observer_head head;
	bool is_sound;        /* the head is known, and nothing was told of it */
};

/* Of the row above, where it says the same. */
static struct observer_head take_head(struct observer *observer, struct last_head *last, const struct record *record,
				      struct value name)
{
	const struct value *values = record->values;
	const struct text cells[] = { values[FIELD_observation_enterprise].text, values[FIELD_observation_track].text,
				      values[FIELD_observation_round].text, values[FIELD_observation_date].text,
				      name.is_given ? name.text : NO_TEXT };
	enum { CELLS = sizeof cells / sizeof *cells };
	size_t same = 0, complained = observer->check->complained;
	while (same < CELLS && text_equal(cells[same], last->cells[same]))
		same++;
	if (last->is_sound && same == CELLS)
		return last->head;
	memcpy(last->cells, cells, sizeof cells);
	last->head = observer_head(observer, record, name);
	bool is_known = last->head.participation >= 0 && last->head.round >= 0;
	last->is_sound = is_known && observer->check->complained == complained;
	return last->head;
}

/* False for a row that cannot be used as it stands and that nobody mended. */
static bool take_row(struct observer *observer, const struct table *table, struct record *record,
		     struct last_head *last)
{
	size_t since = observer->check->problems.count;
	record_renew(record, table);
	bool is_mended = mended_apply(observer->check, record);
	if (!is_mended && table->fault != DIAG_KINDS)
		return false;
	struct value none = { .is_given = false };
	observer->is_half_read = table->is_half_read && !is_mended;
	struct observer_head head = take_head(observer, last, record, is_mended ? none : table_name(table));
	observer_take(observer, record, &head, since);
	observer->is_half_read = false;
	return true;
}

/* ---- CSV, row for row -------------------------------------------------------------------------- */

/* Which cells stand behind the columns that rows have in common with the row above. */
struct following {
	struct table_alike alike;
	int16_t cell_of[FIELDS_observation]; /* by field, in alike.cells; -1: it stands before them, or nowhere */
	bool is_possible;
};

/* The columns from that of the item on: those that differ from row to row, and no others. */
static void follow_open(struct following *following, const struct observer *observer, const struct table *table)
{
	static const bool may_differ[FIELDS_observation] = {
		[FIELD_observation_item] = true, [FIELD_observation_result] = true, [FIELD_observation_note] = true,
		[FIELD_observation_evidence] = true, [FIELD_observation_date] = true,
	};
	const int item = table->column_of[FIELD_observation_item];
	size_t differing = 0;
	bool is_possible = table_alike_open(&following->alike, table, item < 0 ? 0 : (size_t)item);
	for (size_t i = 0; i < FIELDS_observation; i++) {
		const int16_t column = table->column_of[i];
		following->cell_of[i] = (int16_t)(column >= item ? column - item : -1);
		differing += column >= item;
		const bool is_behind = column < 0 || column >= item || i == FIELD_observation_date;
		is_possible &= may_differ[i] ? is_behind : column < item;
	}
	is_possible &= following->cell_of[FIELD_observation_result] >= 0 && differing == table->width - (size_t)item;
	const struct check *check = observer->check;
	following->is_possible = is_possible && !check->is_plain && !check->mended && !observer->seen;
}

static struct text cell_of(const struct following *following, enum observation_field field)
{
	return following->cell_of[field] < 0 ? NO_TEXT : following->alike.cells[following->cell_of[field]];
}

/* Takes rows below one that was taken, as long as they are like it and say nothing new.  Returns how many. */
static size_t follow(struct following *following, struct observer *observer, struct table *table,
		     const struct last_head *last)
{
	size_t rows = 0;
	if (!following->is_possible || !last->is_sound)
		return 0;
	table_alike_begin(&following->alike, table);
	for (; table_alike_find(&following->alike, table); rows++) {
		const struct observer_row row = { .item = cell_of(following, FIELD_observation_item),
						  .result = cell_of(following, FIELD_observation_result),
						  .date = cell_of(following, FIELD_observation_date),
						  .note = cell_of(following, FIELD_observation_note),
						  .evidence = cell_of(following, FIELD_observation_evidence),
						  .has_date = following->cell_of[FIELD_observation_date] >= 0,
						  .place = following->alike.place };
		if (!observer_take_known(observer, &last->head, &row))
			break;
		table_alike_take(&following->alike, table);
	}
	return rows;
}

/* Returns how many rows there were. */
static size_t take_rows(struct observer *observer, struct table *table)
{
	struct record record = { .entity = table->entity };
	struct last_head last = { .is_sound = false };
	struct following following;
	size_t rows = 0;
	follow_open(&following, observer, table);
	for (; table_next(table); rows++) {
		if (take_row(observer, table, &record, &last))
			rows += follow(&following, observer, table, &last);
		else
			blame_broken(observer, table);
	}
	return rows;
}

static void read_csv(struct observer *observer, const char *path)
{
	struct check *check = observer->check;
	struct table *table = memory_resize(NULL, sizeof *table);
	if (table_open_passing(table, &check->reader, path, ENTITY_OBSERVATION)) {
		observer_start(observer);
		const bool is_kept = kept_take(observer, table->csv.source);
		const size_t rows = is_kept ? 0 : take_rows(observer, table);
		/* Behind an open quote may stand what another row says, and anybody's. */
		check->has_unread_results |= table->lost_rows > 0 || table->csv.losses > 0;
		if (rows == 0 && !is_kept)
			PROBLEM(check, DIAG_FILE_NO_ROWS, .span = table->header);
		kept_end(observer, true);
		sources_let_go(check->reader.sources, table->csv.source);
	} else {
		check->has_unread_results = true;
	}
	free(table);
}

/* ---- the folder ------------------------------------------------------------------------------------- */

struct reading {
	struct observer observer;
	struct readers readers;
};

static void read_one(void *context, const char *path, struct text name)
{
	struct reading *reading = context;
	struct observer *observer = &reading->observer;
	struct check *check = observer->check;
	const bool is_xml = folder_has_suffix(name, ".xml"), is_text = is_xml || folder_has_suffix(name, ".csv");
	struct kept_file file = { .path = path, .kind = is_xml ? INPUT_XML : INPUT_CSV };
	observer->kept.is_sound = false;
	if (is_text && (kept_pass_over(observer, &file) || readers_take(&reading->readers, &file)))
		return;
	if (folder_is_table(name))
		read_csv(observer, path);
	else if (is_xml)
		results_read_xml(observer, path);
	else
		DIAG(check->reader.diag, DIAG_FILE_IGNORED, .span = input_absent(&check->reader, path), .a = name);
	if (is_text)
		kept_was_read(observer, &file);
}

void results_read(struct check *check)
{
	struct reading reading = { .observer = { .check = check }, .readers = { .read = read_one } };
	struct observer *observer = &reading.observer;
	const char *folder = file_join(check->reader.arena, check->folder, TEXT("results"));
	struct input_names names;
	gathered_start(&observer->gathered, check->model->participation_count);
	if (input_list(&check->reader, folder, NULL, &names) && names.count == 0)
		problem_wait(check, DIAG_RESULTS_MISSING,
			     (struct diag_args){ .span = input_absent(&check->reader, folder), .a = TEXT("results/") });
	reading.readers.observer = observer;
	reading.readers.context = &reading;
	readers_start(&reading.readers, folder, &names);
	folder_visit(check, folder, &names, &(struct folder_visit){ read_one, &reading });
	readers_end(&reading.readers);
	observations_settle(check, &observer->gathered);
	remarking_settle(&observer->remarking, check->reader.arena, check->model);
	problems_report_merged(check);
}
