/* SPDX-License-Identifier: MIT
 *
 * Counts of item results and the rates that follow from them.
 */
#include "assess/assess.h"

enum { RATE_DIGITS = 4 }; /* 0.8333, shown as 83.33% */

int32_t tally_total(const struct tally *tally)
{
	int32_t total = 0;
	for (int r = 0; r < RESULTS; r++)
		total += tally->by_result[r];
	return total;
}

int32_t tally_applicable(const struct tally *tally)
{
	return tally_total(tally) - tally->by_result[RESULT_NOT_APPLICABLE];
}

int32_t tally_met(const struct tally *tally)
{
	return tally->by_result[RESULT_MET];
}

void tally_add(struct tally *sum, const struct tally *tally)
{
	for (int r = 0; r < RESULTS; r++)
		sum->by_result[r] += tally->by_result[r];
}

static void add_area(struct tally *sum, const struct area *area, const struct effective *items)
{
	for (int32_t i = area->first_item; items && i < area->first_item + area->item_count; i++)
		sum->by_result[items[i].result]++;
}

struct tally tally_area(const struct catalogue *catalogue, int32_t area, const struct effective *items)
{
	struct tally sum = { { 0 } };
	add_area(&sum, &catalogue->areas[area], items);
	return sum;
}

struct tally tally_class(const struct catalogue *catalogue, int32_t class, const struct effective *items)
{
	struct tally sum = { { 0 } };
	for (int32_t a = 0; a < catalogue->area_count; a++)
		if (catalogue->areas[a].class == class)
			add_area(&sum, &catalogue->areas[a], items);
	return sum;
}

struct tally tally_element(const struct catalogue *catalogue, int8_t element, const struct effective *items)
{
	struct tally sum = { { 0 } };
	for (int32_t i = 0; items && i < catalogue->item_count; i++)
		if (catalogue->items[i].element == element)
			sum.by_result[items[i].result]++;
	return sum;
}

bool tally_rate(const struct tally *tally, struct decimal *rate)
{
	int32_t applicable = tally_applicable(tally);
	if (applicable <= 0)
		return false;
	*rate = decimal_ratio(tally_met(tally), applicable, RATE_DIGITS);
	return true;
}
