/* SPDX-License-Identifier: MIT */
#include "assess/scanned.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/list.h"
#include "model/looks.h"
#include "model/observed.h"

/* Older scans of a host do not. */
static bool counts(const struct model *model, const struct scan_result *result)
{
	return !model->scans[result->scan].is_older;
}

static int compare_numbers(const void *left, const void *right)
{
	const int32_t *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

static int32_t count_different(int32_t *numbers, size_t count)
{
	int32_t different = 0;
	if (count)
		qsort(numbers, count, sizeof *numbers, compare_numbers);
	for (size_t i = 0; i < count; i++)
		different += i == 0 || numbers[i] != numbers[i - 1];
	return different;
}

/* Results of a host stand together. */
static void count_host(const struct model *model, struct scanned *scanned, size_t first, size_t end)
{
	bool is_asked = false, has_failed = false, has_passed = false;
	for (size_t i = first; i < end; i++) {
		const struct scan_result *result = &model->scan_results[i];
		if (!counts(model, result))
			continue;
		is_asked = true;
		has_failed |= result->answer == SCAN_FAIL;
		has_passed |= result->answer == SCAN_PASS || result->answer == SCAN_FIXED;
	}
	scanned->hosts += is_asked;
	scanned->failed += has_failed;
	scanned->passed += has_passed && !has_failed;
	scanned->silent += is_asked && !has_passed && !has_failed;
}

static void count_item(const struct model *model, struct scanned *scanned, int32_t *rules)
{
	size_t end = scanned->first + scanned->count, failures = 0;
	for (size_t first = scanned->first, next; first < end; first = next) {
		for (next = first; next < end &&
			model->scan_results[next].host == model->scan_results[first].host; next++)
			if (counts(model, &model->scan_results[next]) &&
				model->scan_results[next].answer == SCAN_FAIL)
				rules[failures++] = model->scan_results[next].rule;
		count_host(model, scanned, first, next);
	}
	scanned->failed_rules = count_different(rules, failures);
}

static bool is_failure(const struct model *model, size_t index)
{
	const struct scan_result *result = &model->scan_results[index];
	return result->answer == SCAN_FAIL && counts(model, result);
}

size_t scanned_rules(const struct model *model, const struct scanned *scanned, struct text rules[SCANNED_RULES_NAMED])
{
	size_t count = 0;
	for (size_t i = scanned->first; i < scanned->first + scanned->count && count < SCANNED_RULES_NAMED; i++) {
		int32_t rule = model->scan_results[i].rule;
		bool is_new = is_failure(model, i) && rule >= 0;
		for (size_t k = 0; is_new && k < count; k++)
			is_new = !text_equal(rules[k], model->scan_words[rule].text);
		if (is_new)
			rules[count++] = model->scan_words[rule].text;
	}
	return count;
}

static struct text named(struct arena *arena, const struct model *model, const struct scanned *scanned)
{
	struct text rules[SCANNED_RULES_NAMED], names = NO_TEXT;
	size_t count = scanned_rules(model, scanned, rules);
	for (size_t i = 0; i < count; i++)
		names = text_format(arena, "%.*s%s%.*s", TEXT_ARGS(names), i ? ", " : "", TEXT_ARGS(rules[i]));
	return (int32_t)count < scanned->failed_rules ? text_format(arena, "%.*s …", TEXT_ARGS(names)) : names;
}

static void report(struct arena *arena, const struct assessment *assessment, const struct scanned *scanned,
	struct diag *diag)
{
	const struct model *model = assessment->model;
	const struct participation *participation = &model->participations[scanned->participation];
	const struct effective *effective = &assessment->decisions[scanned->participation].items[scanned->item];
	size_t first = scanned->first;
	if (!scanned->failed || effective->result != RESULT_MET)
		return;
	int32_t seen = look_find(model, participation, effective->round, scanned->item);
	while (!is_failure(model, first))
		first++;
	DIAG(diag, DIAG_SCAN_CONTRADICTS, .span = model->scan_results[first].place,
		.a = model->enterprises[participation->enterprise].name,
	     .b = model->catalogues[participation->track]->items[scanned->item].id, .c = named(arena, model, scanned),
	     .n = scanned->failed, .other = observed_place(&model->observations[seen]));
}

void scanned_settle(struct arena *arena, struct assessment *assessment, struct diag *diag)
{
	const struct model *model = assessment->model;
	const struct scan_result *results = model->scan_results;
	LIST(struct scanned) list = { 0 };
	int32_t *rules = ARENA_ARRAY(arena, int32_t, model->scan_result_count);
	for (size_t i = 0, next; i < model->scan_result_count; i = next) {
		struct scanned scanned = { .participation = results[i].participation, .item = results[i].item,
			.first = i };
		for (next = i; next < model->scan_result_count &&
			results[next].participation == results[i].participation &&
			       results[next].item == results[i].item; next++)
			scanned.count++;
		count_item(model, &scanned, rules);
		report(arena, assessment, &scanned, diag);
		LIST_PUSH(&list, scanned);
	}
	assessment->scanned = LIST_SETTLE(arena, &list);
	assessment->scanned_count = list.count;
	LIST_FREE(&list);
}

/* The first that stands at or behind this participation and item. */
static size_t lower_bound(const struct assessment *assessment, int32_t participation, int32_t item)
{
	size_t low = 0, high = assessment->scanned_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct scanned *scanned = &assessment->scanned[middle];
		if (scanned->participation < participation || (scanned->participation == participation &&
			scanned->item < item))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t scanned_range(const struct assessment *assessment, int32_t participation, size_t *count)
{
	size_t first = lower_bound(assessment, participation, 0);
	*count = lower_bound(assessment, participation + 1, 0) - first;
	return first;
}
