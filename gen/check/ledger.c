/* SPDX-License-Identifier: MIT
 *
 * ledger.csv: what became of the list after it was shown.  Rows follow one another, so
 * each is checked against those before it.
 */
#include "base/arena.h"
#include "check/name.h"
#include "check/sheet.h"
#include "check/tables.h"
#include "model/parts.h"

typedef LIST(struct ledger) ledger_list;

/* The last row that withdrew or restored a participation; NULL when none did. */
static const struct ledger *last_turn(const ledger_list *list, int32_t participation)
{
	for (size_t i = list->count; i > 0; i--) {
		const struct ledger *row = &list->at[i - 1];
		if (row->participation == participation && (row->kind == LEDGER_WITHDRAWAL || row->kind == LEDGER_RESTORED))
			return row;
	}
	return NULL;
}

static void check_turn(struct check *check, const struct ledger *row, const ledger_list *list)
{
	const struct ledger *turn = last_turn(list, row->participation);
	bool is_withdrawn = turn && turn->kind == LEDGER_WITHDRAWAL;
	struct text name = check->model->enterprises[row->enterprise].name;
	if (row->kind == LEDGER_RESTORED && !is_withdrawn)
		PROBLEM(check, DIAG_LEDGER_NOT_WITHDRAWN, .span = row->place, .a = name);
	if (is_withdrawn && (row->kind == LEDGER_WITHDRAWAL || row->kind == LEDGER_CORRECTION))
		PROBLEM(check, DIAG_LEDGER_WITHDRAWN, .span = row->place, .other = turn->place, .a = name,
			.b = text_from(choice_word(SET_LEDGER, row->kind)));
}

/* Who was left out is added once, and nothing was said of its level before. */
static void check_added(struct check *check, const struct ledger *row, const ledger_list *list)
{
	for (size_t i = 0; row->kind == LEDGER_ADDED && i < list->count; i++)
		if (list->at[i].participation == row->participation && list->at[i].kind != LEDGER_OBJECTION &&
		    list->at[i].kind != LEDGER_UPHELD) {
			PROBLEM(check, DIAG_LEDGER_ADDED_LATE, .span = row->place, .other = list->at[i].place,
				.a = check->model->enterprises[row->enterprise].name);
			return;
		}
}

static bool changes_entry(const struct ledger *row)
{
	return row->kind == LEDGER_CORRECTION || row->kind == LEDGER_WITHDRAWAL || row->kind == LEDGER_RESTORED ||
	       row->kind == LEDGER_ADDED;
}

/* No version ever shows the first of two changes on one day.  A row that says the same again is told as that. */
static void check_same_day(struct check *check, const struct ledger *row, const ledger_list *list)
{
	for (size_t i = changes_entry(row) ? list->count : 0; i > 0; i--) {
		const struct ledger *before = &list->at[i - 1];
		if (date_compare(before->date, row->date) != 0)
			return;
		if (before->participation != row->participation || !changes_entry(before))
			continue;
		if (before->kind != row->kind || (row->kind == LEDGER_CORRECTION && before->level != row->level))
			PROBLEM(check, DIAG_LEDGER_SAME_DAY, .span = row->place, .other = before->place,
				.a = check->model->enterprises[row->enterprise].name,
				.b = text_from(choice_word(SET_LEDGER, before->kind)));
		return;
	}
}

static void check_row(struct check *check, const struct record *record, struct ledger *row, const ledger_list *list)
{
	const struct ledger *above = list->count ? &list->at[list->count - 1] : NULL;
	struct value level = record->values[FIELD_ledger_level];
	if (above && !date_is_missing(row->date) && date_compare(row->date, above->date) < 0)
		PROBLEM(check, DIAG_LEDGER_ORDER, .span = record->values[FIELD_ledger_date].span, .other = above->place,
			.a = check_iso(check, row->date));
	/* A level that could not be read was reported where it stands. */
	bool is_blank = level.text.size == 0 || !level.is_given;
	bool gives_level = row->kind == LEDGER_CORRECTION || row->kind == LEDGER_ADDED;
	if ((gives_level && row->level == 0) || (row->kind == LEDGER_CORRECTION && row->level < 0 && is_blank))
		PROBLEM(check, DIAG_LEDGER_NO_LEVEL, .span = is_blank ? row->place : level.span);
	if (row->kind >= 0 && !gives_level && row->level >= 0) {
		PROBLEM(check, DIAG_LEDGER_LEVEL_IDLE, .span = level.span, .a = text_from(choice_word(SET_LEDGER, row->kind)));
		row->level = MISSING;
	}
	if (row->participation < 0)
		return;
	size_t told = check->complained;
	check_turn(check, row, list);
	check_added(check, row, list);
	if (check->complained == told)
		check_same_day(check, row, list);
}

static bool is_usable(const struct ledger *row)
{
	return row->participation >= 0 && row->kind >= 0 && !date_is_missing(row->date) &&
		(row->kind != LEDGER_CORRECTION || row->level > 0) && (row->kind != LEDGER_ADDED || row->level != 0) &&
	       (row->kind != LEDGER_RENAMED || row->name.size);
}

/* What the enterprise is called after the rows so far. */
static struct text last_name(const struct check *check, int32_t enterprise, const ledger_list *list)
{
	for (size_t i = list->count; i > 0; i--)
		if (list->at[i - 1].kind == LEDGER_RENAMED && list->at[i - 1].enterprise == enterprise)
			return list->at[i - 1].name;
	return check->model->enterprises[enterprise].name;
}

static bool had_name(int32_t enterprise, struct text name, const ledger_list *list)
{
	bool is_had = false;
	for (size_t i = 0; i < list->count && !is_had; i++)
		is_had = list->at[i].kind == LEDGER_RENAMED && list->at[i].enterprise == enterprise &&
			 name_equal(list->at[i].name, name);
	return is_had;
}

/* A name gives another one, or says of whom the row is: one that it has had. */
static void check_name(struct check *check, const struct record *record, struct ledger *row, const ledger_list *list)
{
	struct value name = record->values[FIELD_ledger_name];
	bool is_new = row->kind == LEDGER_RENAMED;
	if (is_new && !row->name.size)
		PROBLEM(check, DIAG_LEDGER_NO_NAME, .span = row->place);
	else if (is_new && row->enterprise >= 0 && text_equal(row->name, last_name(check, row->enterprise, list)))
		PROBLEM(check, DIAG_LEDGER_SAME_NAME, .span = name.span, .a = row->name);
	else if (!is_new && row->enterprise >= 0 && !had_name(row->enterprise, row->name, list))
		tables_compare_name(check, row->enterprise, name);
}

/* A new name is the enterprise's: with which of its platforms it is told does not matter. */
static int32_t find_participation(struct check *check, const struct record *record, const struct ledger *row)
{
	const struct enterprise *enterprise = row->enterprise >= 0 ? &check->model->enterprises[row->enterprise] : NULL;
	struct parts_found found = parts_find(check->model, enterprise, row->track, check->platform);
	if (row->kind == LEDGER_RENAMED && found.count > 1 && !check->platform.size)
		return found.first;
	return tables_participation(check, row->enterprise, row->track, record->values[FIELD_ledger_enterprise].span);
}

void tables_read_ledger(struct check *check)
{
	struct sheet sheet;
	struct record record;
	ledger_list list = { 0 };
	if (!sheet_open(&sheet, check, ENTITY_LEDGER, false))
		return;
	while (sheet_next(&sheet, &record)) {
		struct ledger row = { .place = record.place };
		size_t since = check->problems.count;
		field_fill(check, &record, &row);
		check_name(check, &record, &row, &list);
		row.participation = find_participation(check, &record, &row);
		check_row(check, &record, &row, &list);
		if (is_usable(&row))
			LIST_PUSH(&list, row);
		problems_blame(check, since, row.participation < 0 ? BLAME_EVERYBODY : BLAME_PARTICIPATION, row.participation);
		problems_report(check);
	}
	sheet_close(&sheet);
	check->model->ledger = LIST_SETTLE(check->reader.arena, &list);
	check->model->ledger_count = list.count;
	LIST_FREE(&list);
}
