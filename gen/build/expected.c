/* SPDX-License-Identifier: MIT */
#include "build/expected.h"

#include <assert.h>

#include "model/parts.h"

static struct expected_entry entry_first(const struct assessment *decided, int32_t participation)
{
	const struct model *model = decided->model;
	int32_t firm = model->participations[participation].enterprise;
	const struct enterprise *enterprise = firm >= 0 ? &model->enterprises[firm] : NULL;
	struct expected_entry entry = { .level = decided->decisions[participation].level,
					.is_decided = enterprise && assessment_lists(decided, participation) };
	if (enterprise)
		entry.name = enterprise->former.size ? enterprise->former : enterprise->name;
	return entry;
}

static void apply(const struct ledger *row, struct date day, struct expected_entry *entry)
{
	bool is_past = date_compare(row->date, day) <= 0;
	if (row->kind == LEDGER_ADDED)
		entry->is_absent = !is_past;
	if (!is_past)
		return;
	if (row->kind == LEDGER_CORRECTION || (row->kind == LEDGER_ADDED && row->level > 0))
		entry->level = row->level;
	if (row->kind == LEDGER_ADDED && row->level > 0)
		entry->is_decided = true;
	if (row->kind == LEDGER_WITHDRAWAL)
		entry->is_withdrawn = true;
	if (row->kind == LEDGER_RESTORED)
		entry->is_withdrawn = false;
	if (row->kind == LEDGER_RENAMED)
		entry->name = row->name;
}

/* Rows about who is on the list on no day say nothing; a 增补 that gives a level puts its entry there. */
static bool is_ever(const struct assessment *decided, int32_t participation)
{
	const struct model *model = decided->model;
	bool is_added = assessment_lists(decided, participation);
	for (size_t i = 0; i < model->ledger_count && !is_added; i++)
		is_added = model->ledger[i].participation == participation && model->ledger[i].kind == LEDGER_ADDED &&
			   model->ledger[i].level > 0;
	return is_added;
}

/* A new name is the enterprise's, in every track. */
static bool is_about(const struct model *model, const struct ledger *row, int32_t participation)
{
	return row->participation == participation ||
	       (row->kind == LEDGER_RENAMED && row->enterprise == model->participations[participation].enterprise);
}

void expected_entries(const struct assessment *decided, struct date day, struct expected_entry *entries)
{
	const struct model *model = decided->model;
	for (size_t i = 0; i < model->participation_count; i++)
		entries[i] = entry_first(decided, (int32_t)i);
	for (size_t i = 0; i < model->ledger_count; i++) {
		const struct ledger *row = &model->ledger[i];
		assert(model->enterprises); /* a row of the ledger is about one of them */
		if (!is_ever(decided, row->participation))
			continue;
		EACH_PART(part, model, &model->enterprises[row->enterprise])
			if (is_about(model, row, part))
				apply(row, day, &entries[part]);
	}
}

struct expected_entry expected_entry_of(const struct assessment *decided, struct date day, int32_t participation)
{
	const struct model *model = decided->model;
	struct expected_entry entry = entry_first(decided, participation);
	for (size_t i = 0; i < model->ledger_count; i++)
		if (is_ever(decided, model->ledger[i].participation) &&
		    is_about(model, &model->ledger[i], participation))
			apply(&model->ledger[i], day, &entry);
	return entry;
}
