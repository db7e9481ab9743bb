/* SPDX-License-Identifier: MIT */
#include "facts/suppress.h"

#include <assert.h>

struct grid {
	const int64_t *counts;
	bool *hidden;
	size_t rows, columns; /* with the totals */
	int64_t least;
};

struct rectangle {
	size_t row, column; /* the opposite corner */
	int64_t cost;       /* counts that would newly disappear */
	size_t more;        /* cells that would */
};

static int64_t count_at(const struct grid *grid, size_t row, size_t column)
{
	return grid->counts[row * grid->columns + column];
}

static bool *hidden_at(const struct grid *grid, size_t row, size_t column)
{
	return &grid->hidden[row * grid->columns + column];
}

static void add_cost(const struct grid *grid, size_t row, size_t column, struct rectangle *rectangle)
{
	if (*hidden_at(grid, row, column))
		return;
	rectangle->cost += count_at(grid, row, column);
	rectangle->more++;
}

/* A total stands on the other side of its equation. */
static int side(size_t index, size_t count)
{
	return index + 1 == count ? -1 : 1;
}

/*
 * When the small cell grows by d, each other corner grows or shrinks by d, so that
 * rows and columns still add up.  A shrinking corner must have what is needed to
 * take the small cell up to `least`; a growing one what takes it down to 0.
 */
static bool has_room(const struct grid *grid, size_t row, size_t column, const struct rectangle *rectangle)
{
	int rows = side(row, grid->rows) * side(rectangle->row, grid->rows);
	int columns = side(column, grid->columns) * side(rectangle->column, grid->columns);
	bool is_total = row + 1 == grid->rows || column + 1 == grid->columns;
	int64_t here = count_at(grid, row, column), up = grid->least - here, down = is_total ? 0 : here;
	return count_at(grid, row, rectangle->column) >= (columns > 0 ? up : down) &&
	       count_at(grid, rectangle->row, column) >= (rows > 0 ? up : down) &&
	       count_at(grid, rectangle->row, rectangle->column) >= (rows * columns < 0 ? up : down);
}

static bool is_cheaper(const struct rectangle *a, const struct rectangle *b)
{
	return a->cost != b->cost ? a->cost < b->cost : a->more < b->more;
}

static struct rectangle find_rectangle(const struct grid *grid, size_t row, size_t column)
{
	struct rectangle best = { 0 };
	bool found = false;
	for (size_t i = 0; i < grid->rows; i++)
		for (size_t j = 0; j < grid->columns; j++) {
			struct rectangle one = { .row = i, .column = j };
			if (i == row || j == column || !has_room(grid, row, column, &one))
				continue;
			add_cost(grid, i, column, &one);
			add_cost(grid, row, j, &one);
			add_cost(grid, i, j, &one);
			if (!found || is_cheaper(&one, &best))
				best = one;
			found = true;
		}
	assert(found);
	return best;
}

static bool is_small(const struct grid *grid, size_t row, size_t column)
{
	int64_t count = count_at(grid, row, column);
	return count > 0 && count < grid->least;
}

void suppress_table(const int64_t *counts, size_t rows, size_t columns, int64_t least, bool *hidden)
{
	struct grid grid = { counts, hidden, rows + 1, columns + 1, least };
	assert(rows > 0 && columns > 0);
	for (size_t i = 0; i < grid.rows; i++)
		for (size_t j = 0; j < grid.columns; j++)
			*hidden_at(&grid, i, j) = is_small(&grid, i, j);
	for (size_t i = 0; i < grid.rows; i++)
		for (size_t j = 0; j < grid.columns; j++) {
			if (!is_small(&grid, i, j))
				continue;
			struct rectangle best = find_rectangle(&grid, i, j);
			*hidden_at(&grid, best.row, j) = *hidden_at(&grid, i, best.column) = true;
			*hidden_at(&grid, best.row, best.column) = true;
		}
}
