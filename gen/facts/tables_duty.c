/* SPDX-License-Identifier: MIT
 *
 * What everybody was to do until when, and has done on the day D (assess/duty_count.h): one row a duty of a
 * participation.
 */
#include "assess/duty_count.h"
#include "facts/columns.h"
#include "facts/view.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

static const char *const duty_codes[DUTIES] = {
	[DUTY_SELF] = "self", [DUTY_ONLINE] = "online", [DUTY_RECTIFY] = "rectify", [DUTY_ONSITE] = "onsite",
};
static const struct {
	const char *code, *word;
} states[DUTY_STATES] = {
	[DUTY_ON_TIME] = { "done", "按期完成" },
	[DUTY_LATE] = { "late", "逾期完成" },
	[DUTY_OVERDUE] = { "overdue", "逾期未完成" },
	[DUTY_AHEAD] = { "ahead", "未到期" },
};

static int32_t count_duties(struct view *view, int32_t outer)
{
	(void)outer;
	return date_is_missing(view->options->today) ? 0 : DUTIES;
}

static bool load_duty(struct row *row)
{
	struct view *view = row->view;
	if (!view->is_withdrawn)
		view->is_withdrawn = duty_withdrawn(view->arena, view->model, view->options->today);
	const struct duty_view counted = { .model = view->model, .day = view->options->today,
					   .is_withdrawn = view->is_withdrawn };
	enum duty_state state = duty_counted(&counted, (size_t)row->outer, (enum duty)row->inner);
	if (state == DUTY_NOT_EXPECTED)
		return false;
	row_set_participation(row, row->outer);
	row->agency = duty_agency(view->model, &view->model->participations[row->outer], (enum duty)row->inner);
	row->extra = &states[state];
	return true;
}

GETTER(duty_text)
{
	const struct campaign *campaign = &row->view->model->campaign;
	const struct stage *stage = duty_stage(campaign, (enum duty)row->inner);
	if (column->a == 0)
		cell_string(cell, duty_codes[row->inner]);
	else if (column->a == 1)
		cell_text(cell, duty_name(campaign, (enum duty)row->inner));
	else if (stage)
		cell_date(cell, stage->deadline);
}

GETTER(duty_state_text)
{
	size_t state = (size_t)((const char *)row->extra - (const char *)states) / sizeof *states;
	cell_string(cell, column->a ? states[state].word : states[state].code);
}

GETTER(duty_agency_text)
{
	if (row->agency >= 0)
		cell_text(cell, column->a ? row->view->model->agencies[row->agency].name
					  : row->view->model->agencies[row->agency].code);
}

static const struct column duty_columns[] = {
	INTEGER_COLUMN("participation_id", cell_participation_id, 0), FIELD("code", ENTERPRISE, enterprise, code),
	FIELD("name", ENTERPRISE, enterprise, name), CODE("city_code", ENTERPRISE, enterprise, city),
	FIELD("city", ENTERPRISE, enterprise, city), TRACK_COLUMNS, TEXT_COLUMN("duty_code", duty_text, 0),
	TEXT_COLUMN("duty", duty_text, 1), INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0),
	TEXT_COLUMN("deadline", duty_text, 2), TEXT_COLUMN("state_code", duty_state_text, 0),
	TEXT_COLUMN("state", duty_state_text, 1), TEXT_COLUMN("agency_code", duty_agency_text, 0),
	TEXT_COLUMN("agency", duty_agency_text, 1),
};

const struct table tables_duty[] = {
	{ "duties", IN_BOTH | IN_PROVINCE, COLUMNS_OF(duty_columns), OUTER_PARTICIPATION, count_duties, load_duty,
	  .guess = 3, .about = ABOUT_ENTERPRISE },
	{ 0 },
};
