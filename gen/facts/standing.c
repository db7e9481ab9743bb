/* SPDX-License-Identifier: MIT */
#include "facts/standing.h"

#include "assess/movement.h"
#include "facts/view.h"
#include "model/parts.h"

#define GETTER(name) void name(const struct row *row, const struct column *column, struct cell *cell)

struct standing standing_of_entry(const struct view *view, int32_t participation)
{
	int8_t level = view->list->decisions[participation].level;
	if (view->list->chronicle)
		return chronicle_now(view->list, view->list->chronicle, participation);
	return (struct standing){ .kind = STANDING_VALID, .level = level, .decided = level, .row = -1, .renamed = -1 };
}

struct text standing_platform(const struct view *view, int32_t participation)
{
	const struct chronicle *chronicle = view->list->chronicle;
	return chronicle_platform(view->list, chronicle, chronicle ? chronicle->version_count - 1 : 0, participation);
}

struct standing row_set_entry(struct row *row, int32_t participation)
{
	struct standing standing = standing_of_entry(row->view, participation);
	row_set_participation(row, participation);
	row->platform = standing_platform(row->view, participation);
	row->level = standing.level;
	row->movement = (int8_t)movement_of(standing.level, row->decision->earlier_level);
	return standing;
}

static bool has_changed(const struct view *view, int32_t participation)
{
	const struct chronicle *chronicle = view->list->chronicle;
	return chronicle->touched_of[participation] >= 0 &&
	       standing_of_entry(view, participation).kind != STANDING_ABSENT;
}

bool standing_has_changes(const struct view *view)
{
	const struct chronicle *chronicle = view->list->chronicle;
	bool has_any = false;
	if (view->options->scope == SCOPE_FIRM) {
		const struct enterprise *firm = view->firm >= 0 ? &view->model->enterprises[view->firm] : NULL;
		EACH_PART(part, view->model, firm)
			has_any |= chronicle && has_changed(view, part);
		return has_any;
	}
	for (size_t i = 0; chronicle && i < chronicle->touched_count && !has_any; i++)
		has_any = has_changed(view, chronicle->touched[i]) &&
			  view_owns_enterprise(view, view->model->participations[chronicle->touched[i]].enterprise);
	return has_any;
}

static struct standing standing_now(const struct row *row)
{
	return standing_of_entry(row->view, row->participation);
}

/* The row of the ledger that made it what it is; NULL for an entry that is as it was first. */
static const struct ledger *turn_of(const struct row *row)
{
	int32_t turn = standing_now(row).row;
	return turn >= 0 ? &row->view->model->ledger[turn] : NULL;
}

GETTER(cell_status) { (void)column; cell_word(cell, row->view, SET_STANDING, standing_now(row).kind); }
GETTER(cell_status_code) { (void)column; cell_text(cell, row->view->codes[SET_STANDING][standing_now(row).kind]); }
GETTER(cell_first_level) { (void)column; cell_integer(cell, standing_now(row).decided); }

GETTER(cell_first_label)
{
	(void)column;
	struct standing standing = standing_now(row);
	if (standing.level != standing.decided)
		cell_text(cell, level_label(row->catalogue, standing.decided));
}

/* The name before, where the ledger gave another. */
GETTER(cell_former_name)
{
	(void)column;
	if (standing_now(row).renamed >= 0)
		cell_text(cell, ((const struct enterprise *)row->records[ENTITY_ENTERPRISE])->former);
}

GETTER(cell_since)
{
	(void)column;
	const struct ledger *turn = turn_of(row);
	if (turn)
		cell_date(cell, turn->date);
}

GETTER(cell_reason)
{
	(void)column;
	const struct ledger *turn = turn_of(row);
	if (turn)
		cell_text(cell, turn->reason);
}
