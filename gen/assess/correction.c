/* SPDX-License-Identifier: MIT */
#include "assess/correction.h"

#include "assess/chronicle.h"
#include "assess/rule.h"
#include "base/arena.h"
#include "base/diag.h"

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
		if (row->kind != LEDGER_CORRECTION)
			continue;
		const struct participation *participation = &model->participations[row->participation];
		if (levels[row->participation] == row->level)
			DIAG(diag, DIAG_LEDGER_SAME_LEVEL, .span = row->place,
			     .a = model->enterprises[participation->enterprise].name,
			     .b = rule_label(decided->rules[participation->track], row->level));
		levels[row->participation] = row->level;
	}
}
