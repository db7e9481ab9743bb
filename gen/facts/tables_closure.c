/* SPDX-License-Identifier: MIT
 *
 * What was to be rectified and what became of it (assess/closure.h): the columns of one, and counts by city,
 * by track and risk, by checking agency and by department.
 */
#include "assess/closure_days.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "facts/columns.h"
#include "facts/view.h"

#define GETTER(name) void name(const struct row *row, const struct column *column, struct cell *cell)

/* ---- one of them -------------------------------------------------------------- */

bool load_closure(struct row *row, size_t index)
{
	const struct closure *closure = &row->view->assessment->closures[index];
	row->closure = closure;
	row->records[ENTITY_RECTIFICATION] = &row->view->model->rectifications[closure->last];
	row_set_participation(row, closure->participation);
	row_set_item(row, closure->item);
	return true;
}

static const struct closure *closure_of(const struct row *row)
{
	return row->closure ? row->closure : closure_find(row->view->assessment, row->participation, row->item);
}

static const struct observation *settling_of(const struct row *row)
{
	const struct closure *closure = closure_of(row);
	return closure && closure->settled_by >= 0 ? &row->view->model->observations[closure->settled_by] : NULL;
}

GETTER(cell_claim)
{
	(void)column;
	const struct closure *closure = closure_of(row);
	if (closure)
		cell_word(cell, row->view, SET_STATUS, row->view->model->rectifications[closure->last].status);
}

GETTER(cell_closure)
{
	(void)column;
	const struct closure *closure = closure_of(row);
	if (closure)
		cell_word(cell, row->view, SET_CLOSURE, closure->state);
}

GETTER(cell_closure_code)
{
	(void)column;
	const struct closure *closure = closure_of(row);
	if (closure)
		cell_text(cell, row->view->codes[SET_CLOSURE][closure->state]);
}

GETTER(cell_settled_round)
{
	(void)column;
	const struct observation *seen = settling_of(row);
	if (seen)
		cell_word(cell, row->view, SET_ROUND, seen->round);
}

GETTER(cell_settled_result)
{
	(void)column;
	const struct observation *seen = settling_of(row);
	if (seen)
		cell_word(cell, row->view, SET_RESULT, seen->result);
}

GETTER(cell_settled_date)
{
	(void)column;
	const struct observation *seen = settling_of(row);
	if (seen)
		cell_date(cell, seen->date);
}

GETTER(cell_advised)
{
	(void)column;
	const struct closure *closure = closure_of(row);
	if (closure)
		cell_date(cell, closure_advised(row->view->assessment, closure));
}

static void write_days(struct cell *cell, int64_t days)
{
	if (days >= 0)
		cell_integer(cell, days);
}

GETTER(cell_claim_days)
{
	(void)column;
	const struct closure *closure = closure_of(row);
	write_days(cell, closure ? closure->claim_days : -1);
}

GETTER(cell_confirm_days)
{
	(void)column;
	const struct closure *closure = closure_of(row);
	write_days(cell, closure ? closure->confirm_days : -1);
}

GETTER(cell_group_claim_days)
{
	(void)column;
	const struct closure_speed *speed = &row->group->closures.speed;
	write_days(cell, speed->claims ? speed->claim_days : -1);
}

GETTER(cell_group_confirm_days)
{
	(void)column;
	const struct closure_speed *speed = &row->group->closures.speed;
	write_days(cell, speed->confirmations ? speed->confirm_days : -1);
}

GETTER(cell_is_late)
{
	(void)column;
	cell_integer(cell, closure_is_late(row->records[ENTITY_RECTIFICATION], row->view->options->today));
}

GETTER(cell_closure_reports)
{
	(void)column;
	const struct closure *closure = closure_of(row);
	if (closure)
		cell_integer(cell, closure->last - closure->first + 1);
}

/* "2021-10-05部分整改，2021-10-18已整改"; NULL where there is one report. */
GETTER(cell_closure_history)
{
	(void)column;
	const struct closure *closure = closure_of(row);
	struct buf history;
	if (!closure || closure->first == closure->last)
		return;
	buf_init(&history, BUF_LIMIT_PAGE);
	for (int32_t i = closure->first; i <= closure->last; i++) {
		const struct rectification *report = &row->view->model->rectifications[i];
		buf_string(&history, i == closure->first ? "" : "，");
		date_write_iso(&history, report->finished);
		buf_string(&history, choice_word(SET_STATUS, report->status >= 0 ? report->status : STATUS_UNCHECKED));
	}
	cell_text(cell, text_copy(row->view->arena, buf_view(&history)));
	buf_clear(&history);
}

GETTER(cell_must_rectify)
{
	(void)column;
	cell_integer(cell, view_must_rectify(row->view, row->participation));
}

GETTER(cell_task_count)
{
	size_t count;
	(void)column;
	closure_range(row->view->assessment, row->participation, &count);
	cell_integer(cell, (int64_t)count);
}

/* ---- counts ------------------------------------------------------------------------ */

struct department {
	struct text name;
	struct closure_count count;
};

struct closure_groups {
	struct closure_count by_risk[TRACKS_MOST][RISKS];
	struct closure_count *by_agency; /* of the checking agency; behind the last, of none */
	struct department *departments;  /* by name */
	size_t department_count;
};

typedef LIST(struct department) department_list;

static int compare_departments(const void *left, const void *right)
{
	return text_compare(((const struct department *)left)->name, ((const struct department *)right)->name);
}

/* To which group of each kind every closure belongs. */
struct grouping {
	int32_t *risk, *agency, *department;
};

static void set_speeds(struct view *view, const struct grouping *of, struct closure_groups *groups)
{
	const struct assessment *assessment = view->assessment;
	size_t risks = (size_t)TRACKS_MOST * RISKS, agencies = view->model->agency_count + 1;
	const struct closure_speed *speeds = closure_speeds(view->arena, assessment, of->risk, risks);
	for (size_t i = 0; i < risks; i++)
		groups->by_risk[i / RISKS][i % RISKS].speed = speeds[i];
	speeds = closure_speeds(view->arena, assessment, of->agency, agencies);
	for (size_t i = 0; i < agencies; i++)
		groups->by_agency[i].speed = speeds[i];
}

/* Its index in the list, which is sorted later; -1: none is stated. */
static int32_t count_department(struct map *by_name, department_list *list,
				const struct closure *closure, const struct rectification *claim, bool is_late)
{
	struct text name = claim->department;
	if (name.size == 0)
		return -1;
	uint32_t found = map_add(by_name, name, (uint32_t)list->count);
	if (found == list->count)
		LIST_PUSH(list, (struct department){ .name = name });
	closure_add(&list->at[found].count, closure, claim, is_late);
	return (int32_t)found;
}

static void set_department_speeds(struct view *view, const int32_t *group_of, department_list *list)
{
	const struct closure_speed *speeds = closure_speeds(view->arena, view->assessment, group_of, list->count);
	for (size_t i = 0; i < list->count; i++)
		list->at[i].count.speed = speeds[i];
}

static struct closure_groups *make_groups(struct view *view)
{
	const struct assessment *assessment = view->assessment;
	const struct model *model = view->model;
	struct closure_groups *groups = ARENA_NEW(view->arena, struct closure_groups);
	department_list list = { 0 };
	struct map by_name = { 0 };
	const struct grouping of = {
		ARENA_ARRAY(view->arena, int32_t, assessment->closure_count),
		ARENA_ARRAY(view->arena, int32_t, assessment->closure_count),
		ARENA_ARRAY(view->arena, int32_t, assessment->closure_count),
	};
	groups->by_agency = ARENA_ARRAY(view->arena, struct closure_count, model->agency_count + 1);
	for (size_t i = 0; i < assessment->closure_count; i++) {
		const struct closure *closure = &assessment->closures[i];
		const struct rectification *claim = &model->rectifications[closure->last];
		const struct participation *participation = &model->participations[closure->participation];
		bool is_late = closure_is_late(claim, view->options->today);
		int8_t risk = assessment->rules[participation->track]->item_risks[closure->item];
		size_t agency = participation->checker >= 0 ? (size_t)participation->checker : model->agency_count;
		closure_add(&groups->by_risk[participation->track][risk], closure, claim, is_late);
		closure_add(&groups->by_agency[agency], closure, claim, is_late);
		of.risk[i] = participation->track * RISKS + risk;
		of.agency[i] = (int32_t)agency;
		of.department[i] = count_department(&by_name, &list, closure, claim, is_late);
	}
	map_clear(&by_name);
	set_speeds(view, &of, groups);
	set_department_speeds(view, of.department, &list);
	if (list.count)
		qsort(list.at, list.count, sizeof *list.at, compare_departments);
	groups->department_count = list.count;
	groups->departments = LIST_SETTLE(view->arena, &list);
	LIST_FREE(&list);
	return groups;
}

static const struct closure_groups *groups_of(struct view *view)
{
	if (!view->closures)
		view->closures = make_groups(view);
	return view->closures;
}

/* a, b: offsets in struct closure_count, which row->extra is. */
#define CLOSURE(member) ((int)offsetof(struct closure_count, member))

static int64_t number_at(const struct row *row, int offset)
{
	return *(const int64_t *)(const void *)((const char *)row->extra + offset);
}

static GETTER(closure_number) { cell_integer(cell, number_at(row, column->a)); }
/* The median at column->a, where the number at column->b of those that are known is not 0. */
static GETTER(closure_median) { write_days(cell, number_at(row, column->b) ? number_at(row, column->a) : -1); }
static GETTER(closure_rate) { cell_quotient(cell, number_at(row, column->a), number_at(row, column->b)); }

#define CLOSURE_NUMBER(name, member) INTEGER_COLUMN(name, closure_number, CLOSURE(member))
#define CLOSURE_COUNTS \
	CLOSURE_NUMBER("total", tasks), CLOSURE_NUMBER("claimed", by_status[STATUS_DONE]), \
	CLOSURE_NUMBER("partly", by_status[STATUS_PARTLY]), CLOSURE_NUMBER("open", by_status[STATUS_OPEN]), \
	CLOSURE_NUMBER("unchecked", by_status[STATUS_UNCHECKED]), \
	CLOSURE_NUMBER("confirmed", by_state[CLOSURE_CONFIRMED]), \
	CLOSURE_NUMBER("returned", by_state[CLOSURE_RETURNED]), CLOSURE_NUMBER("waiting", by_state[CLOSURE_WAITING]), \
	CLOSURE_NUMBER("refuted", refuted), CLOSURE_NUMBER("late", late), CLOSURE_NUMBER("late_done", late_done), \
	CLOSURE_NUMBER("late_open", late_open), CLOSURE_NUMBER("planned", planned), CLOSURE_NUMBER("timed", timed), \
	CLOSURE_NUMBER("kept", kept), CLOSURE_NUMBER("participations", participations), \
	CLOSURE_NUMBER("open_participations", open_participations), \
	REAL_COLUMN("claimed_rate", closure_rate, CLOSURE(by_status[STATUS_DONE]), CLOSURE(tasks)), \
	REAL_COLUMN("confirmed_rate", closure_rate, CLOSURE(by_state[CLOSURE_CONFIRMED]), CLOSURE(tasks)), \
	CLOSURE_NUMBER("claims_dated", speed.claims), \
	{ .name = "claim_days", .get = closure_median, .type = COLUMN_INTEGER, \
	  .a = CLOSURE(speed.claim_days), .b = CLOSURE(speed.claims) }, \
	CLOSURE_NUMBER("confirmations_dated", speed.confirmations), \
	{ .name = "confirm_days", .get = closure_median, .type = COLUMN_INTEGER, .a = CLOSURE(speed.confirm_days), \
	  .b = CLOSURE(speed.confirmations) }

static bool load_all(struct row *row)
{
	row->extra = &summary_of(row->view)->all.closures;
	return true;
}

static const struct column all_columns[] = { CLOSURE_COUNTS };

static int32_t count_statuses(struct view *view, int32_t outer)
{
	(void)view, (void)outer;
	return STATUSES;
}

static bool load_status(struct row *row)
{
	row->extra = summary_of(row->view)->all.closures.claims[row->inner];
	return true;
}

static GETTER(status_word) { (void)column; cell_word(cell, row->view, SET_STATUS, row->inner); }
static GETTER(status_total)
{
	(void)column;
	cell_integer(cell, summary_of(row->view)->all.closures.by_status[row->inner]);
}
static GETTER(status_state) { cell_integer(cell, ((const int64_t *)row->extra)[column->a]); }

static const struct column status_columns[] = {
	TEXT_COLUMN("status", status_word, 0), INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0),
	INTEGER_COLUMN("total", status_total, 0),
	INTEGER_COLUMN("confirmed", status_state, CLOSURE_CONFIRMED),
	INTEGER_COLUMN("returned", status_state, CLOSURE_RETURNED),
	INTEGER_COLUMN("waiting", status_state, CLOSURE_WAITING),
};

static bool load_city(struct row *row)
{
	row->city = (int8_t)row->inner;
	row->extra = &summary_of(row->view)->by_city[row->inner].closures;
	return true;
}

static const struct column city_columns[] = { CITY_COLUMNS, CLOSURE_COUNTS };

static int32_t count_risks(struct view *view, int32_t track)
{
	(void)view, (void)track;
	return RISKS;
}

static bool load_risk(struct row *row)
{
	const struct closure_count *count = &groups_of(row->view)->by_risk[row->outer][row->inner];
	row_set_track(row, row->outer);
	row->extra = count;
	return count->tasks > 0;
}

static GETTER(risk_word) { (void)column; cell_word(cell, row->view, SET_RISK, row->inner); }

static const struct column risk_columns[] = {
	TRACK_COLUMNS, TEXT_COLUMN("risk", risk_word, 0), INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0),
	CLOSURE_COUNTS,
};

static int32_t count_agencies(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->agency_count + 1;
}

/* The last is for participations that no agency is known to have checked. */
static bool load_agency(struct row *row)
{
	const struct model *model = row->view->model;
	const struct closure_count *count = &groups_of(row->view)->by_agency[row->inner];
	row->records[ENTITY_AGENCY] = (size_t)row->inner < model->agency_count ? &model->agencies[row->inner] : NULL;
	row->extra = count;
	return count->tasks > 0;
}

static const struct column agency_columns[] = {
	FIELD("agency_code", AGENCY, agency, code), FIELD("agency", AGENCY, agency, name), CLOSURE_COUNTS,
};

static int32_t count_departments(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)groups_of(view)->department_count;
}

static bool load_department(struct row *row)
{
	row->extra = &groups_of(row->view)->departments[row->inner].count;
	return true;
}

static GETTER(department_name)
{
	(void)column;
	cell_text(cell, groups_of(row->view)->departments[row->inner].name);
}

static const struct column department_columns[] = { TEXT_COLUMN("department", department_name, 0), CLOSURE_COUNTS };

#define PROVINCE(name, columns) name, IN_PROVINCE, COLUMNS_OF(columns)

const struct table tables_closure[] = {
	{ PROVINCE("rectification_overview", all_columns), .load = load_all },
	{ PROVINCE("rectification_claims", status_columns), .count = count_statuses, .load = load_status,
	  .guess = STATUSES },
	{ PROVINCE("rectification_summary", city_columns), .count = count_cities, .load = load_city, .guess = 13 },
	{ PROVINCE("rectification_risks", risk_columns), OUTER_TRACK, count_risks, load_risk, .guess = RISKS },
	{ PROVINCE("rectification_agencies", agency_columns), .count = count_agencies, .load = load_agency,
	  .guess = 30 },
	{ PROVINCE("rectification_departments", department_columns), .count = count_departments,
	  .load = load_department, .guess = 20 },
	{ 0 },
};
