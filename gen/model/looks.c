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

static uint64_t rank_of(int round, int32_t item)
{
	return (uint64_t)(uint8_t)round << 32 | (uint32_t)item;
}

static uint64_t rank_at(const struct model *model, size_t at)
{
	return rank_of(model->observations[at].round, model->observations[at].item);
}

int32_t look_find_near(const struct model *model, const struct participation *row, int32_t *near, int round,
		       int32_t item)
{
	size_t next = (size_t)*near + 1;
	bool is_own = next >= row->first_observation && next - row->first_observation < row->observation_count;
	if (is_own && rank_at(model, next) == rank_of(round, item)) {
		*near = (int32_t)next;
		return model->observations[next].result > RESULT_UNASSESSED ? *near : -1;
	}
	int32_t found = look_find(model, row, round, item);
	*near = found >= 0 ? found : *near;
	return found;
}

int32_t look_find(const struct model *model, const struct participation *row, int round, int32_t item)
{
	const uint64_t sought = rank_of(round, item);
	size_t low = row->first_observation, high = low + row->observation_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint64_t at = rank_at(model, middle);
		if (at == sought)
			return model->observations[middle].result > RESULT_UNASSESSED ? (int32_t)middle : -1;
		if (at < sought)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}
