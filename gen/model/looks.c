/* SPDX-License-Identifier: MIT */
#include "model/looks.h"

const struct look looks[LOOKS] = { { ROUND_SELF, ROUND_ONLINE }, { ROUND_ONLINE, ROUND_ONSITE } };

static bool was_judged(int result)
{
	return result == RESULT_MET || result == RESULT_PARTIAL || result == RESULT_UNMET;
}

/* Observations of a participation lie by round, then item: two runs are walked side by side. */
void looks_count(const struct model *model, const struct participation *row, int look, struct look_count *count)
{
	const struct observation *at = &model->observations[row->first_observation], *end = at + row->observation_count;
	const struct observation *before = at, *after = at;
	int64_t items = count->items;
	while (before < end && before->round < looks[look].before)
		before++;
	while (after < end && after->round < looks[look].after)
		after++;
	for (; after < end && after->round == looks[look].after; after++) {
		while (before < end && before->round == looks[look].before && before->item < after->item)
			before++;
		bool is_pair = before < end && before->round == looks[look].before && before->item == after->item;
		if (!is_pair || before->result != RESULT_MET || !was_judged(after->result))
			continue;
		count->items++;
		count->contradicted += after->result != RESULT_MET;
	}
	count->firms += count->items > items;
}
