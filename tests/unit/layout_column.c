/* SPDX-License-Identifier: MIT
 *
 * Widths of a table's columns: they fill the table, wrap as seldom as can be, and follow from the texts alone.
 */
#include "layout/column.h"

#include <check.h>
#include <math.h>

Suite *layout_column_suite(void);

enum { COLUMNS = 3, ROWS = 4, MANY = 3 * COLUMN_ROWS_MOST };
#define EM 9.0
#define PAD 10.0

/* Lines that the rows take as column.h reckons them. */
static unsigned lines_of(const struct column_need needs[COLUMNS])
{
	unsigned sum = 0;
	for (size_t row = 0; row < ROWS; row++) {
		double most = 1;
		for (size_t i = 0; i < COLUMNS; i++) {
			double room = needs[i].width_pt - needs[i].pad_pt, text = (double)needs[i].texts_pt[row];
			most = fmax(most, text <= room ? 1 : fmax(2, ceil(text / (room - needs[i].ragged_pt))));
		}
		sum += (unsigned)most;
	}
	return sum;
}

static const float nothing_calm[MANY];

static void needs_fill(struct column_need needs[COLUMNS], float texts[COLUMNS][ROWS])
{
	for (size_t i = 0; i < COLUMNS; i++) {
		double most = 0;
		for (size_t row = 0; row < ROWS; row++)
			most = fmax(most, (double)texts[i][row]);
		needs[i] = (struct column_need){ .least_pt = fmin(4 * EM, most) + PAD, .most_pt = most + PAD,
		                                 .pad_pt = PAD, .ragged_pt = EM / 2, .texts_pt = texts[i],
		                                 .calm_pt = nothing_calm };
	}
}

static double sum_of(const struct column_need needs[COLUMNS])
{
	double sum = 0;
	for (size_t i = 0; i < COLUMNS; i++)
		sum += needs[i].width_pt;
	return sum;
}

/* The middle column has one long text, the last one four that just miss their line: each is worth more than the one. */
static float uneven[COLUMNS][ROWS] = { { 30, 30, 30, 30 }, { 400, 60, 60, 60 }, { 150, 150, 150, 150 } };

START_TEST(rows_take_the_fewest_lines)
{
	struct column_need needs[COLUMNS];
	needs_fill(needs, uneven);
	ck_assert(column_solve(needs, COLUMNS, 400, ROWS));
	ck_assert_double_eq_tol(sum_of(needs), 400, 1e-6);
	for (size_t i = 0; i < COLUMNS; i++)
		ck_assert_double_ge(needs[i].width_pt, needs[i].least_pt - 1e-6);
	ck_assert_double_ge(needs[2].width_pt, 150 + PAD);
	ck_assert_uint_eq(lines_of(needs), 6); /* 3 + 1 + 1 + 1: no division does with fewer */
	for (double middle = 40; middle < 360; middle += 1) {
		struct column_need other[COLUMNS];
		needs_fill(other, uneven);
		other[0].width_pt = 30 + PAD;
		other[1].width_pt = middle;
		other[2].width_pt = 400 - 30 - PAD - middle;
		ck_assert_uint_ge(lines_of(other), 6);
	}
}
END_TEST

START_TEST(what_saves_no_line_stays)
{
	static float even[COLUMNS][ROWS] = { { 300, 300, 300, 300 }, { 300, 300, 300, 300 }, { 300, 300, 300, 300 } };
	struct column_need needs[COLUMNS], wide[COLUMNS];
	needs_fill(needs, even);
	ck_assert(column_solve(needs, COLUMNS, 500, ROWS));
	for (size_t i = 1; i < COLUMNS; i++)
		ck_assert_double_eq_tol(needs[i].width_pt, needs[0].width_pt, 1e-6);
	needs_fill(wide, uneven);
	ck_assert(column_solve(wide, COLUMNS, 900, ROWS)); /* nothing wraps: by content */
	ck_assert_uint_eq(lines_of(wide), ROWS);
	ck_assert_double_gt(wide[1].width_pt, wide[2].width_pt);
}
END_TEST

/* Rows have two lines whatever is done: then five characters of the last column stay whole where that costs no line. */
START_TEST(of_equals_the_least_torn)
{
	static float texts[COLUMNS][ROWS] = { { 30, 30, 30, 30 }, { 400, 400, 400, 400 }, { 5 * EM, 5 * EM, 5 * EM, 5 * EM } };
	static float calm[ROWS] = { 5 * EM, 5 * EM, 5 * EM, 5 * EM };
	struct column_need torn[COLUMNS], whole[COLUMNS];
	needs_fill(torn, texts);
	ck_assert(column_solve(torn, COLUMNS, 314, ROWS));
	ck_assert_uint_eq(lines_of(torn), 2 * ROWS);
	ck_assert_double_lt(torn[2].width_pt, 5 * EM + PAD);
	needs_fill(whole, texts);
	whole[2].calm_pt = calm;
	ck_assert(column_solve(whole, COLUMNS, 314, ROWS));
	ck_assert_uint_eq(lines_of(whole), 2 * ROWS);
	ck_assert_double_ge(whole[2].width_pt, 5 * EM + PAD);
}
END_TEST

START_TEST(a_wanted_share_is_kept)
{
	struct column_need needs[COLUMNS];
	needs_fill(needs, uneven);
	needs[2].share = 0.3;
	ck_assert(column_solve(needs, COLUMNS, 400, ROWS));
	ck_assert_double_eq_tol(needs[2].width_pt, 120, 1e-6);
}
END_TEST

/* Too many rows are not all looked at; too narrow a table is said to be so. */
START_TEST(bounds)
{
	static float texts[2][MANY];
	struct column_need needs[2];
	for (size_t row = 0; row < MANY; row++) {
		texts[0][row] = 200;
		texts[1][row] = row < COLUMN_ROWS_MOST ? 100 : 5000;
	}
	for (size_t i = 0; i < 2; i++)
		needs[i] = (struct column_need){ .least_pt = 46, .most_pt = i ? 5010 : 210, .pad_pt = PAD,
		                                 .ragged_pt = EM / 2, .texts_pt = texts[i], .calm_pt = nothing_calm };
	ck_assert(column_solve(needs, 2, 320, MANY));
	ck_assert_double_eq_tol(needs[0].width_pt + needs[1].width_pt, 320, 1e-6);
	ck_assert(!column_solve(needs, 2, 60, MANY));
}
END_TEST

Suite *layout_column_suite(void)
{
	Suite *suite = suite_create("layout/column");
	TCase *tcase = tcase_create("column");
	tcase_add_test(tcase, rows_take_the_fewest_lines);
	tcase_add_test(tcase, what_saves_no_line_stays);
	tcase_add_test(tcase, of_equals_the_least_torn);
	tcase_add_test(tcase, a_wanted_share_is_kept);
	tcase_add_test(tcase, bounds);
	suite_add_tcase(suite, tcase);
	return suite;
}
