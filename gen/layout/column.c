/* SPDX-License-Identifier: MIT */
#include "layout/column.h"

#include <limits.h>
#include <math.h>

#include "base/clamp.h"

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
			needs[i].least_pt = needs[i].most_pt =
				larger(needs[i].least_pt, needs[i].share * scale * width);
}

/* Level the columns: the widest give until the sum fits, none below its least. */
static void squeeze(struct column_need *needs, size_t count, double width)
{
	double low = 0, high = width;
	for (int step = 0; step < 60; step++) {
		double cap = (low + high) / 2, sum = 0;
		for (size_t i = 0; i < count; i++)
			sum += larger(needs[i].least_pt, smaller(needs[i].most_pt, cap));
		if (sum > width)
			high = cap;
		else
			low = cap;
	}
	for (size_t i = 0; i < count; i++)
		needs[i].width_pt = larger(needs[i].least_pt, smaller(needs[i].most_pt, low));
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

/* ---- the fewest lines ---------------------------------------------------------------------- */

/* What a column so wide has room for, of a text of one line and of each line of one of several. */
struct room {
	double one, each;
};

static inline struct room room_in(const struct column_need *need, double width)
{
	double one = width - need->pad_pt;
	return (struct room){ one, larger(one - need->ragged_pt, need->ragged_pt) };
}

/* Lines that a row's text takes. */
static inline unsigned lines_in(const struct room *room, const struct column_need *need, size_t row)
{
	double text = (double)need->texts_pt[row];
	if (text <= room->one)
		return 1;
	double lines = text / room->each;
	unsigned whole = (unsigned)lines;
	whole += lines > whole;
	return whole > 2 ? whole : 2;
}

/* Whether a row's text is divided where no mark or blank is. */
static inline bool is_torn(const struct room *room, const struct column_need *need, size_t row)
{
	return (double)need->texts_pt[row] > room->one && (double)need->calm_pt[row] > room->one;
}

/* Two columns that share what they have, and the lines that all others ask for, row by row. */
struct pair {
	struct column_need *left, *right;
	unsigned others[COLUMN_ROWS_MOST];
	size_t rows;
	unsigned sum;                      /* of others */
};

static void pair_init(struct pair *pair, const struct column_need *needs, size_t count)
{
	pair->sum = 0;
	for (size_t row = 0; row < pair->rows; row++) {
		pair->others[row] = 1;
		for (size_t i = 0; i < count; i++) {
			const struct column_need *need = &needs[i];
			bool is_other = need != pair->left && need != pair->right && (double)need->texts_pt[row] > 0;
			struct room room = room_in(need, need->width_pt);
			unsigned lines = is_other ? lines_in(&room, need, row) : 1;
			pair->others[row] = lines > pair->others[row] ? lines : pair->others[row];
		}
		pair->sum += pair->others[row];
	}
}

/*
 * Lines of all rows, and after them texts torn, the left column being so wide; `most` or more is as good as `most`, so
 * it begins with the lines that there are in any case.
 */
static unsigned pair_cost(const struct pair *pair, double left, unsigned most)
{
	enum { LINE = 2 * COLUMN_ROWS_MOST + 1 }; /* a line outweighs whatever can be torn */
	double right = pair->left->width_pt + pair->right->width_pt - left;
	const struct room on_left = room_in(pair->left, left), on_right = room_in(pair->right, right);
	unsigned sum = pair->sum * LINE;
	for (size_t row = 0; row < pair->rows && sum < most; row++) {
		unsigned a = lines_in(&on_left, pair->left, row), b = lines_in(&on_right, pair->right, row);
		a = b > a ? b : a;
		sum += (a > pair->others[row] ? a - pair->others[row] : 0) * LINE;
		sum += is_torn(&on_left, pair->left, row);
		sum += is_torn(&on_right, pair->right, row);
	}
	return sum;
}

/* Shifts between the two as little as gives the best; whether anything was won. */
static bool pair_shift(struct pair *pair)
{
	enum { STEPS = 40 };
	double sum = pair->left->width_pt + pair->right->width_pt, low = pair->left->least_pt;
	double step = (sum - pair->right->least_pt - low) / STEPS, own = pair->left->width_pt, best_at = own;
	unsigned best = pair_cost(pair, own, UINT_MAX);
	bool saves = false;
	for (int i = 0; step > 0 && i <= STEPS; i++) {
		double at = low + step * i;
		unsigned cost = pair_cost(pair, at, best + 1);
		if (cost > best || (cost == best && (!saves || fabs(at - own) >= fabs(best_at - own))))
			continue;
		best = cost;
		best_at = at;
		saves = true;
	}
	pair->left->width_pt = best_at;
	pair->right->width_pt = sum - best_at;
	return saves;
}

static void lines_save(struct column_need *needs, size_t count, size_t rows)
{
	enum { SWEEPS = 3 };
	struct pair pair = { .rows = rows < COLUMN_ROWS_MOST ? rows : COLUMN_ROWS_MOST };
	bool saves = true;
	for (int sweep = 0; sweep < SWEEPS && saves; sweep++) {
		saves = false;
		for (size_t i = 0; i < count; i++)
			for (size_t k = i + 1; k < count; k++) {
				/* One of the two has texts that wrap, and the author has asked for neither's share. */
				bool wraps = needs[i].most_pt > needs[i].width_pt ||
				             needs[k].most_pt > needs[k].width_pt;
				if (!wraps || needs[i].share > 0 || needs[k].share > 0)
					continue;
				pair.left = &needs[i];
				pair.right = &needs[k];
				pair_init(&pair, needs, count);
				saves = pair_shift(&pair) || saves;
			}
	}
}

bool column_solve(struct column_need *needs, size_t count, double width, size_t rows)
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
		lines_save(needs, count, rows);
		return true;
	}
	/* Room over goes mostly by content, a little alike, so that narrow columns breathe too. */
	double over = width - most;
	for (size_t i = 0; i < count; i++)
		needs[i].width_pt = needs[i].most_pt + over * (0.85 * needs[i].most_pt / most + 0.15 / (double)count);
	return true;
}
