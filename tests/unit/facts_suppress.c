/* SPDX-License-Identifier: MIT
 *
 * Suppressed tables against someone who solves for what is missing.
 */
#include "facts/suppress.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

Suite *facts_suppress_suite(void);

enum { SIDE_MOST = 6, CELLS_MOST = SIDE_MOST * SIDE_MOST, LEAST = 3 };

struct puzzle {
	size_t rows, columns; /* without totals */
	int64_t counts[CELLS_MOST];
	bool hidden[CELLS_MOST];
};

static size_t at(const struct puzzle *p, size_t row, size_t column)
{
	return row * (p->columns + 1) + column;
}

static void add_up(struct puzzle *p)
{
	for (size_t i = 0; i <= p->rows; i++)
		p->counts[at(p, i, p->columns)] = 0;
	for (size_t j = 0; j <= p->columns; j++)
		p->counts[at(p, p->rows, j)] = 0;
	for (size_t i = 0; i < p->rows; i++)
		for (size_t j = 0; j < p->columns; j++) {
			p->counts[at(p, i, p->columns)] += p->counts[at(p, i, j)];
			p->counts[at(p, p->rows, j)] += p->counts[at(p, i, j)];
			p->counts[at(p, p->rows, p->columns)] += p->counts[at(p, i, j)];
		}
}

/* A small generator of our own, so that a failure can be run again. */
static uint32_t next(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static struct puzzle draw(uint32_t seed, size_t rows, size_t columns, uint32_t most)
{
	struct puzzle p = { .rows = rows, .columns = columns };
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < columns; j++)
			p.counts[at(&p, i, j)] = next(&seed) % 3 ? next(&seed) % most : 0;
	add_up(&p);
	suppress_table(p.counts, rows, columns, LEAST, p.hidden);
	return p;
}

/* ---- by linear algebra ------------------------------------------------------------ */

/* One equation per row and column, over the hidden cells; returns how many. */
static size_t equations(const struct puzzle *p, double matrix[2 * SIDE_MOST][CELLS_MOST])
{
	size_t count = 0;
	for (size_t i = 0; i <= p->rows; i++, count++)
		for (size_t j = 0; j <= p->columns; j++)
			matrix[count][at(p, i, j)] = p->hidden[at(p, i, j)] ? (j == p->columns ? -1 : 1) : 0;
	for (size_t j = 0; j <= p->columns; j++, count++)
		for (size_t i = 0; i <= p->rows; i++)
			matrix[count][at(p, i, j)] = p->hidden[at(p, i, j)] ? (i == p->rows ? -1 : 1) : 0;
	return count;
}

static void eliminate(double matrix[2 * SIDE_MOST][CELLS_MOST], size_t rows, size_t columns)
{
	size_t rank = 0;
	for (size_t c = 0; c < columns && rank < rows; c++) {
		size_t pivot = rank;
		while (pivot < rows && fabs(matrix[pivot][c]) < 1e-9)
			pivot++;
		if (pivot == rows)
			continue;
		for (size_t k = 0; k < columns; k++) {
			double value = matrix[pivot][k];
			matrix[pivot][k] = matrix[rank][k];
			matrix[rank][k] = value;
		}
		for (size_t i = 0; i < rows; i++) {
			double factor = i == rank ? 0 : matrix[i][c] / matrix[rank][c];
			for (size_t k = 0; k < columns; k++)
				matrix[i][k] -= factor * matrix[rank][k];
		}
		rank++;
	}
}

/* A reduced equation with a single unknown gives that cell away. */
static void check_not_solvable(const struct puzzle *p)
{
	double matrix[2 * SIDE_MOST][CELLS_MOST] = { { 0 } };
	size_t cells = (p->rows + 1) * (p->columns + 1), rows = equations(p, matrix);
	eliminate(matrix, rows, cells);
	for (size_t i = 0; i < rows; i++) {
		size_t unknowns = 0;
		for (size_t k = 0; k < cells; k++)
			unknowns += fabs(matrix[i][k]) > 1e-9;
		ck_assert_uint_ne(unknowns, 1);
	}
}

START_TEST(gives_nothing_away_to_algebra)
{
	for (uint32_t seed = 0; seed < 400; seed++) {
		struct puzzle p = draw(seed * 7919 + 1, 1 + seed % 5, 1 + seed / 5 % 5, 4 + seed % 9);
		check_not_solvable(&p);
	}
}
END_TEST

/* ---- by trying every table ------------------------------------------------------------ */

struct search {
	const struct puzzle *p;
	struct puzzle try;
	int64_t low[CELLS_MOST], high[CELLS_MOST];
};

static bool agrees(const struct search *search)
{
	size_t cells = (search->p->rows + 1) * (search->p->columns + 1);
	for (size_t k = 0; k < cells; k++)
		if (!search->p->hidden[k] && search->p->counts[k] != search->try.counts[k])
			return false;
	return true;
}

static void try_cells(struct search *search, size_t cell)
{
	const struct puzzle *p = search->p;
	if (cell == p->rows * p->columns) {
		add_up(&search->try);
		for (size_t k = 0; agrees(search) && k < (p->rows + 1) * (p->columns + 1); k++) {
			search->low[k] = search->try.counts[k] < search->low[k] ? search->try.counts[k] : search->low[k];
			search->high[k] = search->try.counts[k] > search->high[k] ? search->try.counts[k] : search->high[k];
		}
		return;
	}
	size_t k = at(p, cell / p->columns, cell % p->columns);
	int64_t from = p->hidden[k] ? 0 : p->counts[k], to = p->hidden[k] ? 8 : p->counts[k];
	for (int64_t value = from; value <= to; value++) {
		search->try.counts[k] = value;
		try_cells(search, cell + 1);
	}
}

START_TEST(leaves_wide_ranges)
{
	static const size_t shapes[][2] = { { 2, 2 }, { 3, 2 }, { 2, 3 }, { 5, 1 }, { 1, 5 } };
	for (uint32_t seed = 0; seed < 60; seed++) {
		const size_t *shape = shapes[seed % 5];
		struct puzzle p = draw(seed * 104729 + 5, shape[0], shape[1], 6);
		struct search search = { .p = &p, .try = p };
		size_t cells = (p.rows + 1) * (p.columns + 1);
		for (size_t k = 0; k < cells; k++) {
			search.low[k] = INT64_MAX;
			search.high[k] = -1;
		}
		try_cells(&search, 0);
		for (size_t i = 0; i <= p.rows; i++)
			for (size_t j = 0; j <= p.columns; j++) {
				size_t k = at(&p, i, j);
				bool is_small = p.counts[k] > 0 && p.counts[k] < LEAST, is_total = i == p.rows || j == p.columns;
				ck_assert(p.hidden[k] || (search.low[k] == p.counts[k] && search.high[k] == p.counts[k]));
				ck_assert(!is_small || p.hidden[k]);
				ck_assert_msg(!is_small || (search.high[k] >= LEAST && (is_total || search.low[k] == 0)), "seed %u cell %zu: %lld…%lld", seed, k,
					      (long long)search.low[k], (long long)search.high[k]);
			}
	}
}
END_TEST

START_TEST(hides_little)
{
	/* 1 needs company: the row's other cell and the next column's least, not the totals. */
	struct puzzle p = { .rows = 3, .columns = 2, .counts = { 1, 5, 0, 4, 9, 0, 20, 30, 0, 0, 0, 0 } };
	add_up(&p);
	suppress_table(p.counts, p.rows, p.columns, LEAST, p.hidden);
	static const bool want[] = { true, true, false, true, true, false, false, false, false, false, false, false };
	ck_assert_mem_eq(p.hidden, want, sizeof want);
	/* Nothing small, nothing hidden; zeros are shown. */
	p.counts[0] = 0;
	add_up(&p);
	suppress_table(p.counts, p.rows, p.columns, LEAST, p.hidden);
	for (size_t k = 0; k < 12; k++)
		ck_assert(!p.hidden[k]);
}
END_TEST

START_TEST(takes_a_plain_list)
{
	/* 2 and its total: 7 goes with it, being the least that can hide it. */
	struct puzzle p = { .rows = 4, .columns = 1, .counts = { 2, 0, 7, 0, 8, 0, 0, 0 } };
	add_up(&p);
	suppress_table(p.counts, p.rows, p.columns, LEAST, p.hidden);
	ck_assert(p.hidden[0] && p.hidden[2] && !p.hidden[4] && !p.hidden[6] && !p.hidden[8]);
}
END_TEST

Suite *facts_suppress_suite(void)
{
	Suite *suite = suite_create("facts/suppress");
	TCase *tcase = tcase_create("suppress");
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, gives_nothing_away_to_algebra);
	tcase_add_test(tcase, leaves_wide_ranges);
	tcase_add_test(tcase, hides_little);
	tcase_add_test(tcase, takes_a_plain_list);
	suite_add_tcase(suite, tcase);
	return suite;
}
