/* SPDX-License-Identifier: MIT
 *
 * Measures compared: every group under every measure, with its place among the others of its kind, so that
 * no text looks for the best and the worst by a query of its own.
 *
 * A "ladder" is one measure over all groups of one kind (cities, industries, classes …), of all tracks together
 * or of one.  Groups with fewer than thresholds.compare_least behind them, and those without a denominator, are on it
 * but are not compared: a rate of four firms says nothing of a city.  Equal quotients share a place.
 */
#ifndef XINGJI_FACTS_MEASURES_H
#define XINGJI_FACTS_MEASURES_H

#include "facts/summary.h"

struct quotient {
	int64_t numerator, denominator;
};

/* <0, 0, >0 by value; denominators are positive.  For qsort, too. */
int quotient_compare(const void *left, const void *right);
/* Of count > 0 that stand in order. */
double quotient_median(const struct quotient *sorted, size_t count);

/* Quotients of two members of struct group, and of what there must be enough for a comparison: offsets. */
struct measure {
	const char *code, *word;
	size_t numerator, denominator, base;
};
enum {
	MEASURE_REACHED, MEASURE_RATE, MEASURE_TARGET, MEASURE_COVERAGE, MEASURE_CONFIRMED,
	MEASURES_PLACED, /* a city is told its place in those before */
	MEASURE_SELF = MEASURES_PLACED, MEASURE_ONLINE, MEASURE_ONSITE, MEASURES
};
extern const struct measure measures[MEASURES];

struct quotient measure_quotient(const struct group *group, int measure);
/*
 * May a city be told its place?  least: thresholds.compare_least; in target and coverage, too, so many of its
 * enterprises must take part, since the median of the others would tell of single ones.
 */
bool measure_is_comparable(const struct group *group, int measure, int64_t least);

/* The same in the last earlier year with full data. */
struct measured_before {
	struct quotient quotient; /* denominator 0: that is not known */
	int64_t year;             /* 0: there is no such year */
	int8_t ruler;             /* whether it was measured otherwise: 1, 0; -1 unknown */
};

/* A group on a ladder. */
struct measured {
	int32_t ladder;
	struct text code, name;
	int32_t ordinal;         /* 1-based, in the natural order of the kind */
	struct quotient quotient;
	int64_t base;            /* participations or enterprises behind it */
	struct measured_before before;
	bool is_compared;
	int64_t better, worse, same; /* of the others that are compared */
};

struct ladder {
	int8_t measure, kind, track; /* kind: of ladder_kinds; track -1: all */
	int32_t first, count;        /* of measures.rows */
	int32_t compared, small;     /* small: with a denominator, but too few behind it */
	int32_t best, worst;         /* how many share the places */
	double median;               /* of those compared; negative: none */
};

struct ladder_kind {
	const char *code;
	const char *counter; /* how many are counted: “5个设区市” */
};
extern const struct ladder_kind ladder_kinds[];

struct measured_all {
	struct measured *rows;
	struct ladder *ladders;
	int32_t row_count, ladder_count;
};

/* Made when first asked for, in the view's arena. */
const struct measured_all *measures_all(struct view *view);

#endif
