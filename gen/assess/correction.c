/* SPDX-License-Identifier: MIT */
#include "assess/correction.h"

#include "assess/chronicle.h"
#include "assess/rule.h"
#include "base/arena.h"
#include "base/diag.h"

/* Who was left out comes onto the list at what its results give; where they give nothing, what the row says counts. */
static void check_added(const struct assessment *decided, const struct ledger *row, struct diag *diag)
{
	const struct model *model = decided->model;
	const struct participation *participation = &model->participations[row->participation];
	const struct decision *decision = &decided->decisions[row->participation];
	if (row->level <= 0 || row->level == decision->level || decision->outcome == OUTCOME_UNFINISHED)
		return;
	DIAG(diag, DIAG_LEDGER_ADDED_OTHER, .span = row->place, .a = model->enterprises[participation->enterprise].name,
	     .b = rule_label(decided->rules[participation->track], row->level),
	     .c = rule_label(decided->rules[participation->track], decision->level));
}

void correction_check(struct arena *arena, const struct assessment *decided, const struct assessment *shown,
		      struct diag *diag)
{
	const struct model *model = decided->model;
	const struct chronicle *chronicle = shown->chronicle;
	if (chronicle->row_count == 0)
		return;
	int8_t *levels = ARENA_ARRAY(arena, int8_t, model->participation_count);
	for (size_t i = 0; i < model->participation_count; i++)
		levels[i] = decided->decisions[i].level;
	for (size_t i = 0; i < chronicle->row_count; i++) {
		const struct ledger *row = &model->ledger[chronicle->rows[i]];
		const struct participation *participation = &model->participations[row->participation];
		if (row->kind == LEDGER_ADDED)
			check_added(decided, row, diag);
		if (row->kind != LEDGER_CORRECTION)
			continue;
		if (levels[row->participation] == row->level)
			DIAG(diag, DIAG_LEDGER_SAME_LEVEL, .span = row->place,
			     .a = model->enterprises[participation->enterprise].name,
			     .b = rule_label(decided->rules[participation->track], row->level));
		levels[row->participation] = row->level;
	}
}
