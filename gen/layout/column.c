/* SPDX-License-Identifier: MIT */
#include "layout/column.h"

#include <math.h>

static double total_least(const struct column_need *needs, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += needs[i].least_pt;
	return sum;
}

static double total_most(const struct column_need *needs, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += needs[i].most_pt;
	return sum;
}

/* Shares wanted by the author come first, as far as words allow. */
static void apply_shares(struct column_need *needs, size_t count, double width)
{
	double wanted = 0;
	for (size_t i = 0; i < count; i++)
		wanted += needs[i].share > 0 ? needs[i].share : 0;
	double scale = wanted > 1 ? 1 / wanted : 1;
	for (size_t i = 0; i < count; i++)
		if (needs[i].share > 0)
			needs[i].least_pt = needs[i].most_pt = fmax(needs[i].least_pt, needs[i].share * scale * width);
}

/* Level the columns: the widest give until the sum fits, none below its least. */
static void squeeze(struct column_need *needs, size_t count, double width)
{
	double low = 0, high = width;
	for (int step = 0; step < 60; step++) {
		double cap = (low + high) / 2, sum = 0;
		for (size_t i = 0; i < count; i++)
			sum += fmax(needs[i].least_pt, fmin(needs[i].most_pt, cap));
		if (sum > width)
			high = cap;
		else
			low = cap;
	}
	for (size_t i = 0; i < count; i++)
		needs[i].width_pt = fmax(needs[i].least_pt, fmin(needs[i].most_pt, low));
}

/* Half way between equal caps and proportional shares reads best: long texts get more, none gets all. */
static void shorten(struct column_need *needs, size_t count, double width)
{
	double least = total_least(needs, count), most = total_most(needs, count);
	double part = most > least ? (width - least) / (most - least) : 0;
	squeeze(needs, count, width);
	for (size_t i = 0; i < count; i++)
		needs[i].width_pt = (needs[i].width_pt + needs[i].least_pt + (needs[i].most_pt - needs[i].least_pt) * part) / 2;
}

bool column_solve(struct column_need *needs, size_t count, double width)
{
	if (count == 0)
		return true;
	apply_shares(needs, count, width);
	double least = total_least(needs, count), most = total_most(needs, count);
	if (least > width) {
		for (size_t i = 0; i < count; i++)
			needs[i].width_pt = needs[i].least_pt * width / least;
		return false;
	}
	if (most > width) {
		shorten(needs, count, width);
		return true;
	}
	/* Room over goes mostly by content, a little alike, so that narrow columns breathe too. */
	double over = width - most;
	for (size_t i = 0; i < count; i++)
		needs[i].width_pt = needs[i].most_pt + over * (0.85 * needs[i].most_pt / most + 0.15 / (double)count);
	return true;
}
