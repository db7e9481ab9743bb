/* SPDX-License-Identifier: MIT */
#include "check/rows.h"

#include "base/arena.h"
#include "check/holidays.h"
#include "check/sense.h"
#include "read/clean.h"

/* ---- dates --------------------------------------------------------------------------------- */

/* One of another year was told where it stands: a row must not be measured by it. */
static struct date deadline_of(const struct campaign *campaign, const char *stage)
{
	for (size_t i = 0; i < campaign->stage_count; i++)
		if (text_is(campaign->stages[i].id, stage) && !sense_is_outside(campaign, campaign->stages[i].deadline))
			return campaign->stages[i].deadline;
	return (struct date){ 0 };
}

void rows_check_date(struct check *check, struct date date, const char *stage, struct span span, struct text label)
{
	const struct campaign *campaign = &check->model->campaign;
	struct date deadline = deadline_of(campaign, stage);
	if (date_is_missing(date))
		return;
	if (!date_is_missing(campaign->notice) && date_compare(date, campaign->notice) < 0)
		PROBLEM(check, DIAG_DATE_EARLY, .span = span, .a = label, .b = check_iso(check, date),
			.c = check_iso(check, campaign->notice));
	if (date.year != campaign->year)
		PROBLEM(check, DIAG_DATE_YEAR, .span = span, .a = label, .b = check_iso(check, date), .n = campaign->year);
	else if (!date_is_missing(deadline) && date_compare(date, deadline) > 0)
		PROBLEM(check, DIAG_DATE_LATE, .span = span, .a = label, .b = check_iso(check, date), .c = check_iso(check, deadline));
}

/* Told once a column, with how many rows: firms hand in when they like, and it is only good to know. */
static void note_holiday(struct check *check, struct date date, struct span span, struct text label)
{
	struct text name = holidays_name(check, date);
	if (name.size)
		PROBLEM(check, DIAG_DATE_HOLIDAY, .span = span, .a = label);
}

/* Inspectors do not travel on holidays: each such date is probably mistyped. */
static void check_visit(struct check *check, struct date date, struct span span, struct text label)
{
	struct text name = holidays_name(check, date);
	if (name.size)
		PROBLEM(check, DIAG_VISIT_HOLIDAY, .span = span, .a = label, .b = check_iso(check, date), .c = name);
}

void rows_check_year(struct check *check, const struct field *field, struct span span, struct date date)
{
	const struct campaign *campaign = &check->model->campaign;
	if (sense_is_outside(campaign, date))
		PROBLEM(check, DIAG_DATE_YEAR, .span = span, .a = text_from(field->heading),
			.b = check_iso(check, date), .n = campaign->year);
}

/* A commitment may have been given the year before. */
static void check_committed(struct check *check, const struct record *record, int which, struct date date)
{
	if (date.year != check->model->campaign.year - 1)
		rows_check_year(check, &record->entity->fields[which], record->values[which].span, date);
}

/* The dates of a participation in the order in which they must come, with the stage that ends them. */
static const struct {
	enum participation_field field;
	const char *stage;
} steps[] = {
	{ FIELD_participation_self_date, "self" }, { FIELD_participation_online_date, "rectify" },
	{ FIELD_participation_rectify_date, "rectify" }, { FIELD_participation_onsite_date, "onsite" },
};
enum { STEPS = sizeof steps / sizeof *steps };

static void check_steps(struct check *check, const struct record *record, const struct participation *row)
{
	const struct date dates[STEPS] = { row->self_date, row->online_date, row->rectify_date, row->onsite_date };
	const struct field *fields = record->entity->fields;
	int before = -1;
	for (int i = 0; i < STEPS; i++) {
		struct text heading = text_from(fields[steps[i].field].heading);
		struct span span = record->values[steps[i].field].span;
		if (date_is_missing(dates[i]))
			continue;
		rows_check_date(check, dates[i], steps[i].stage, span, heading);
		if (steps[i].field == FIELD_participation_onsite_date)
			check_visit(check, dates[i], span, heading);
		else
			note_holiday(check, dates[i], span, heading);
		if (before >= 0 && date_compare(dates[i], dates[before]) < 0)
			PROBLEM(check, DIAG_DATE_ORDER, .span = span, .a = heading, .b = check_iso(check, dates[i]),
				.c = text_from(fields[steps[before].field].heading), .d = check_iso(check, dates[before]));
		before = i;
	}
}

/* ---- rows --------------------------------------------------------------------------------------- */

static bool is_unsigned(struct check *check, struct value value, struct date committed)
{
	bool is_blank = clean_is_missing(clean_code(check->reader.arena, value.text));
	return value.is_given && date_is_missing(committed) && is_blank;
}

void rows_check_agency(struct check *check, const struct record *record, const struct agency *row)
{
	struct value value = record->values[FIELD_agency_committed];
	check_committed(check, record, FIELD_agency_committed, row->committed);
	/* Agencies are carried over from year to year and sign anew. */
	if (is_unsigned(check, value, row->committed))
		problem_wait(check, DIAG_COMMITMENT_MISSING, (struct diag_args){ .span = value.span, .a = row->name });
}

void rows_check_enterprise(struct check *check, const struct record *record, const struct enterprise *row)
{
	struct value value = record->values[FIELD_enterprise_committed];
	check_committed(check, record, FIELD_enterprise_committed, row->committed);
	if (is_unsigned(check, value, row->committed))
		PROBLEM(check, DIAG_COMMITMENT_MISSING, .span = value.span, .a = row->name);
	const struct field *committed = &record->entity->fields[FIELD_enterprise_committed];
	note_holiday(check, row->committed, value.span, text_from(committed->heading));
}

bool rows_is_not_key(const struct check *check, const struct enterprise *enterprise)
{
	return enterprise->is_key == YESNO_NO || (enterprise->is_key == MISSING && check->has_key_column);
}

void rows_check_participation(struct check *check, const struct record *record, const struct participation *row)
{
	check_steps(check, record, row);
	const struct enterprise *enterprise = row->enterprise >= 0 ? &check->model->enterprises[row->enterprise] : NULL;
	if (enterprise && !date_is_missing(row->onsite_date) && rows_is_not_key(check, enterprise))
		PROBLEM(check, DIAG_ONSITE_NOT_KEY, .span = record->values[FIELD_participation_onsite_date].span,
			.a = enterprise->name);
	const struct agency *checker = row->checker >= 0 ? &check->model->agencies[row->checker] : NULL;
	if (checker && checker->is_provincial == YESNO_NO)
		PROBLEM(check, DIAG_CHECKER_NOT_PROVINCIAL, .span = record->values[FIELD_participation_checker].span,
			.a = checker->code, .b = checker->name);
}

void rows_check_rectification(struct check *check, const struct record *record, const struct rectification *row)
{
	const struct field *finished = &record->entity->fields[FIELD_rectification_finished];
	const struct field *planned = &record->entity->fields[FIELD_rectification_planned];
	bool is_finished = !date_is_missing(row->finished);
	rows_check_year(check, planned, record->values[FIELD_rectification_planned].span, row->planned);
	if (row->is_answer) /* to the advice of the diagnosis: behind the stage, into the next year */
		rows_check_year(check, finished, record->values[FIELD_rectification_finished].span, row->finished);
	else
		rows_check_date(check, row->finished, "rectify", record->values[FIELD_rectification_finished].span,
				text_from(finished->heading));
	if ((row->status == STATUS_OPEN && is_finished) || (row->status == STATUS_DONE && !is_finished))
		PROBLEM(check, DIAG_RECTIFICATION_ODD, .span = record->values[FIELD_rectification_status].span,
			.a = text_from(choice_word(SET_STATUS, row->status)), .b = is_finished ? check_iso(check, row->finished) : TEXT("—"));
}
