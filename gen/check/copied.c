/* SPDX-License-Identifier: MIT */
#include "check/copied.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/list.h"
#include "check/check.h"
#include "model/observed.h"
#include "model/remarks.h"
#include "model/track.h"

/* What one participation got in one round. */
struct sheet_of_results {
	uint64_t hash;
	size_t first, count;     /* in model.observations */
	int32_t agency, participation;
	int8_t track, round;
};

typedef LIST(struct sheet_of_results) sheet_list;

/* Per item of a track: how often which result, in one round. */
struct shares {
	int64_t by_result[RESULTS];
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * 0x9E3779B97F4A7C15u;
}

/* Of the note of each remark and, first, of none: a note is hashed once and not at each of its results. */
static uint64_t *hash_notes(const struct model *model)
{
	uint64_t *notes = memory_resize(NULL, (model->remark_count + 1) * sizeof *notes);
	notes[0] = text_hash(NO_TEXT);
	for (size_t i = 0; i < model->remark_count; i++)
		notes[i + 1] = text_hash(model->remarks[i].note);
	return notes;
}

static uint64_t hash_of(const uint64_t *notes, const struct observation *at, size_t count)
{
	uint64_t hash = count;
	for (size_t i = 0; i < count; i++) {
		hash = mix(hash, (uint64_t)at[i].item * RESULTS + (uint64_t)at[i].result);
		hash = mix(hash, notes[at[i].remark]);
	}
	return hash;
}

static bool are_equal(const struct model *model, const struct observation *one, const struct observation *other,
		      size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (one[i].item != other[i].item || one[i].result != other[i].result ||
		    !text_equal(remark_of(model, &one[i])->note, remark_of(model, &other[i])->note))
			return false;
	return true;
}

static size_t sheet_end(const struct model *model, size_t start, size_t most)
{
	const struct observation *all = model->observations;
	size_t end = start + 1;
	while (end < most && all[end].round == all[start].round)
		end++;
	return end;
}

/* Observations of a participation lie by round: each run of one round is a sheet. */
static void collect_from(const struct model *model, int32_t participation, const uint64_t *notes, sheet_list *sheets)
{
	const struct participation *row = &model->participations[participation];
	size_t start = row->first_observation, most = start + row->observation_count;
	for (size_t end; start < most; start = end) {
		const struct observation *at = &model->observations[start];
		end = sheet_end(model, start, most);
		int32_t agency = remark_of(model, at)->agency;
		if (agency < 0)
			agency = row->checker;
		if (at->round == ROUND_SELF || agency < 0 || end - start < COPIED_LEAST)
			continue;
		*LIST_ADD(sheets) = (struct sheet_of_results){
			hash_of(notes, at, end - start), start, end - start,
			agency, participation, row->track, at->round,
		};
	}
}

static void collect(const struct model *model, sheet_list *sheets)
{
	uint64_t *notes = hash_notes(model);
	for (size_t i = 0; i < model->participation_count; i++)
		collect_from(model, (int32_t)i, notes, sheets);
	free(notes);
}

static int compare_number(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Those of one agency, track and round. */
static int compare_owner(const struct sheet_of_results *one, const struct sheet_of_results *other)
{
	int order = compare_number(one->track, other->track);
	order = order ? order : compare_number(one->round, other->round);
	return order ? order : compare_number(one->agency, other->agency);
}

static int compare(const void *a, const void *b)
{
	const struct sheet_of_results *one = a, *other = b;
	int order = compare_owner(one, other);
	if (!order && one->hash != other->hash)
		order = one->hash < other->hash ? -1 : 1;
	return order ? order : compare_number(one->participation, other->participation);
}

/* ---- by chance? ------------------------------------------------------------------------------- */

/* Of all agencies: sheets[0 …] up to where track or round ends. */
static struct shares *count_shares(struct check *check, const struct sheet_of_results *sheets, size_t count)
{
	const struct model *model = check->model;
	size_t items = (size_t)model->catalogues[sheets[0].track]->item_count;
	struct shares *shares = ARENA_ARRAY(check->reader.arena, struct shares, items);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < sheets[i].count; k++) {
			const struct observation *seen = &model->observations[sheets[i].first + k];
			shares[seen->item].by_result[seen->result]++;
		}
	return shares;
}

/* Σ f²: two that have nothing to do with each other agree. */
static double agreement(const struct shares *shares)
{
	double sum = 0, squares = 0;
	for (int result = 0; result < RESULTS; result++) {
		double n = (double)shares->by_result[result];
		sum += n;
		squares += n * n;
	}
	return sum > 0 ? squares / (sum * sum) : 1;
}

/* Squares are compared: √Π a × pairs < chance. */
static bool is_beyond_chance(const struct model *model, const struct sheet_of_results *sheet,
			     const struct shares *shares, double pairs)
{
	double product = 1;
	int unmet = 0;
	for (size_t i = 0; i < sheet->count; i++) {
		const struct observation *seen = &model->observations[sheet->first + i];
		unmet += seen->result == RESULT_PARTIAL || seen->result == RESULT_UNMET;
		product *= agreement(&shares[seen->item]);
	}
	return unmet >= COPIED_UNMET && product * pairs * pairs < COPIED_CHANCE * COPIED_CHANCE;
}

/* ---- groups --------------------------------------------------------------------------------------- */

static void tell(struct check *check, const struct sheet_of_results *same, size_t count)
{
	const struct model *model = check->model;
	const struct participation *first = &model->participations[same[0].participation],
				   *second = &model->participations[same[1].participation];
	struct arena *arena = check->reader.arena;
	PROBLEM(check, DIAG_RESULTS_COPIED, .span = observed_place(&model->observations[same[1].first]),
		.other = observed_place(&model->observations[same[0].first]), .n = (int64_t)same[0].count,
		.a = model->enterprises[second->enterprise].name, .b = model->enterprises[first->enterprise].name,
		.c = text_format(arena, "%.*s %s", TEXT_ARGS(model->agencies[same[0].agency].code),
				 choice_word(SET_ROUND, same[0].round)),
		.d = text_format(arena, "%zu", count));
}

/* Those of one owner; equal hashes lie together, and what is not equal to the first of them is let go. */
static void tell_groups(struct check *check, const struct sheet_of_results *sheets, size_t count,
			const struct shares *shares)
{
	const struct observation *all = check->model->observations;
	double pairs = (double)count * (double)(count - 1) / 2;
	for (size_t start = 0, end; start < count; start = end) {
		for (end = start + 1; end < count && sheets[end].hash == sheets[start].hash; end++)
			if (sheets[end].count != sheets[start].count ||
			    !are_equal(check->model, &all[sheets[end].first], &all[sheets[start].first],
				       sheets[start].count))
				break;
		if (end - start > 1 && is_beyond_chance(check->model, &sheets[start], shares, pairs))
			tell(check, &sheets[start], end - start);
	}
}

static size_t owner_end(const struct sheet_of_results *sheets, size_t start, size_t count)
{
	size_t end = start + 1;
	while (end < count && compare_owner(&sheets[start], &sheets[end]) == 0)
		end++;
	return end;
}

static size_t round_end(const struct sheet_of_results *sheets, size_t start, size_t count)
{
	size_t end = start + 1;
	while (end < count && sheets[start].track == sheets[end].track && sheets[start].round == sheets[end].round)
		end++;
	return end;
}

void copied_results(struct check *check)
{
	sheet_list sheets = { 0 };
	collect(check->model, &sheets);
	if (sheets.count)
		qsort(sheets.at, sheets.count, sizeof *sheets.at, compare);
	for (size_t start = 0, end; start < sheets.count; start = end) {
		end = round_end(sheets.at, start, sheets.count);
		const struct shares *shares = count_shares(check, &sheets.at[start], end - start);
		for (size_t owner = start, next; owner < end; owner = next) {
			next = owner_end(sheets.at, owner, end);
			tell_groups(check, &sheets.at[owner], next - owner, shares);
		}
	}
	LIST_FREE(&sheets);
}
