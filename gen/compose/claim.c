/* SPDX-License-Identifier: MIT */
#include "compose/claim.h"

#include <inttypes.h>
#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "facts/facts.h"

/* ---- the rows --------------------------------------------------------------------------- */

struct claim_row {
	struct text name, shown;
	double value;      /* NAN: missing */
	bool holds;
	bool is_named;     /* in the words */
};

struct claim {
	struct arena *arena;
	struct text printed;
	struct claim_row *rows;
	size_t count;
	bool has_value, has_shown;
	size_t *order; /* the rows that are named, as the words name them first */
	size_t named;
};

/* Like "the first row whose value is greatest": an index, or count when there is none. */
static size_t find_extreme(const struct claim *claim, bool is_least)
{
	size_t best = claim->count;
	for (size_t i = 0; i < claim->count; i++) {
		double value = claim->rows[i].value;
		if (isnan(value))
			continue;
		double lead = best < claim->count ? value - claim->rows[best].value : 0;
		if (best == claim->count || (is_least ? lead < 0 : lead > 0))
			best = i;
	}
	return best;
}

static size_t count_known(const struct claim *claim)
{
	size_t known = 0;
	for (size_t i = 0; i < claim->count; i++)
		if (!isnan(claim->rows[i].value))
			known++;
	return known;
}

static size_t count_equal(const struct claim *claim, double value)
{
	size_t equal = 0;
	for (size_t i = 0; i < claim->count; i++)
		if (claim->rows[i].value == value)
			equal++;
	return equal;
}

static size_t count_holding(const struct claim *claim)
{
	size_t holding = 0;
	for (size_t i = 0; i < claim->count; i++)
		if (claim->rows[i].holds)
			holding++;
	return holding;
}

/* ---- the words ---------------------------------------------------------------------------- */

/* The row with the longest name that stands at `at`; count when there is none. */
static size_t name_at(const struct claim *claim, size_t at)
{
	size_t best = claim->count;
	struct text rest = text_slice(claim->printed, at, claim->printed.size);
	for (size_t i = 0; i < claim->count; i++) {
		struct text name = claim->rows[i].name;
		bool stands = name.size && rest.size >= name.size && memcmp(rest.at, name.at, name.size) == 0;
		if (stands && (best == claim->count || name.size > claim->rows[best].name.size))
			best = i;
	}
	return best;
}

static void read_names(struct claim *claim)
{
	for (size_t at = 0; at < claim->printed.size;) {
		size_t row = name_at(claim, at);
		if (row == claim->count) {
			utf8_next(claim->printed, &at);
			continue;
		}
		if (!claim->rows[row].is_named) {
			claim->rows[row].is_named = true;
			claim->order[claim->named++] = row;
		}
		at += claim->rows[row].name.size;
	}
}

/* "3个", "3家": the words tell a number of things, and it is this one. */
static bool tells_count(const struct claim *claim, size_t count)
{
	static const char *const counters[] = { "个", "家", "项", "类" };
	for (size_t i = 0; i < sizeof counters / sizeof *counters; i++) {
		struct text told = text_format(claim->arena, "%zu%s", count, counters[i]);
		size_t at = text_find(claim->printed, told);
		bool is_whole = at == 0 || claim->printed.at[at - 1] < '0' || claim->printed.at[at - 1] > '9';
		if (at < claim->printed.size && is_whole)
			return true;
	}
	return false;
}

/* ---- what the rows say instead -------------------------------------------------------------- */

enum { ROWS_TOLD = 6 };

typedef bool row_wanted(const struct claim_row *row, double value);

/* "南京市 0.5、苏州市 0.25": those that `wanted` takes. */
static struct text tell_rows(const struct claim *claim, row_wanted *wanted, double value)
{
	struct buf buf;
	size_t told = 0, all = 0;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < claim->count; i++) {
		const struct claim_row *row = &claim->rows[i];
		if (!wanted(row, value) || all++ >= ROWS_TOLD)
			continue;
		buf_string(&buf, told++ ? "、" : "");
		bool needs_number = !row->name.size && claim->count > 1;
		buf_text(&buf, needs_number ? text_format(claim->arena, "#%zu", i + 1) : row->name);
		if (!isnan(row->value))
			buf_format(&buf, " %g", row->value);
	}
	if (all > told)
		buf_format(&buf, " …（%zu）", all);
	struct text text = text_copy(claim->arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

static bool is_any(const struct claim_row *row, double value)
{
	(void)value;
	return row->name.size || !isnan(row->value);
}

static bool is_equal(const struct claim_row *row, double value)
{
	return row->value == value;
}

static bool is_holding(const struct claim_row *row, double value)
{
	(void)value;
	return row->holds;
}

static bool is_not_holding(const struct claim_row *row, double value)
{
	(void)value;
	return !row->holds;
}

/* Both texts take the rows as their only argument. */
static struct claim_judgement refuse(const struct claim *claim, const char *chinese, const char *english,
				     struct text rows)
{
	struct text why = text_format(claim->arena, "%s%.*s\x1f%s%.*s", chinese, TEXT_ARGS(rows),
				      english, TEXT_ARGS(rows));
	return (struct claim_judgement){ CLAIM_FALSE, why };
}

static struct claim_judgement refuse_all(const struct claim *claim, const char *chinese, const char *english)
{
	return refuse(claim, chinese, english, tell_rows(claim, is_any, 0));
}

static const struct claim_judgement granted = { CLAIM_TRUE, { NULL, 0 } };

/* ---- kinds ---------------------------------------------------------------------------------- */

/* A figure like that one stands in the words: with its sign, as "83.3%"; a title may name the rows alone. */
static bool tells_figure(const struct claim *claim, struct text shown)
{
	struct text sign = text_slice(shown, shown.size - (shown.size > 0), 1);
	bool has_sign = sign.size && (sign.at[0] < '0' || sign.at[0] > '9');
	if (has_sign)
		return text_contains(claim->printed, sign);
	for (size_t i = 0; i < claim->printed.size; i++)
		if (claim->printed.at[i] >= '0' && claim->printed.at[i] <= '9')
			return true;
	return false;
}

/* What is printed as the value of the row is its value. */
static struct claim_judgement judge_shown(const struct claim *claim, size_t row)
{
	struct text shown = claim->rows[row].shown;
	if (!claim->has_shown || text_contains(claim->printed, shown) || !tells_figure(claim, shown))
		return granted;
	return refuse(claim, "应为", "it is ", shown);
}

static struct claim_judgement judge_extreme(const struct claim *claim, bool is_least, bool may_be_alone)
{
	size_t best = find_extreme(claim, is_least);
	if (best == claim->count)
		return refuse(claim, "没有可比的行", "there is no row to compare", NO_TEXT);
	double value = claim->rows[best].value;
	size_t winners = count_equal(claim, value), named_winners = 0;
	if (!may_be_alone && winners == count_known(claim))
		return winners == 1 ? refuse_all(claim, "只有一行，无从比较：", "one row alone: ")
				    : refuse_all(claim, "各行相同：", "all rows are the same: ");
	for (size_t i = 0; i < claim->count; i++)
		if (claim->rows[i].is_named && claim->rows[i].value == value)
			named_winners++;
	bool is_said = named_winners == winners || tells_count(claim, winners);
	if (named_winners < claim->named || !is_said)
		return is_least ? refuse(claim, "最小的是 ", "the least is ", tell_rows(claim, is_equal, value))
				: refuse(claim, "最大的是 ", "the greatest is ", tell_rows(claim, is_equal, value));
	return judge_shown(claim, best);
}

static struct claim_judgement judge_equal(const struct claim *claim)
{
	size_t best = find_extreme(claim, false);
	if (count_known(claim) < 2)
		return refuse_all(claim, "不足两行，无从比较：", "fewer than two rows to compare: ");
	if (count_equal(claim, claim->rows[best].value) < count_known(claim))
		return refuse_all(claim, "各行不同：", "the rows differ: ");
	return judge_shown(claim, best);
}

static struct claim_judgement judge_holding(const struct claim *claim, bool wanted)
{
	size_t holding = count_holding(claim);
	if (!claim->count)
		return refuse(claim, "没有行：没有看过的不能这样说", "there are no rows: what nobody looked at is not so", NO_TEXT);
	if (holding == (wanted ? claim->count : 0))
		return granted;
	return wanted ? refuse(claim, "不成立的有 ", "it does not hold of ", tell_rows(claim, is_not_holding, 0))
		      : refuse(claim, "成立的有 ", "it holds of ", tell_rows(claim, is_holding, 0));
}

static struct claim_judgement judge_most(const struct claim *claim)
{
	double all = 0, holding = 0;
	for (size_t i = 0; i < claim->count; i++) {
		double weight = claim->has_value && !isnan(claim->rows[i].value) ? claim->rows[i].value : 0;
		weight = claim->has_value ? weight : 1;
		all += weight;
		holding += claim->rows[i].holds ? weight : 0;
	}
	if (all >= 3 && holding * 2 > all)
		return granted;
	return refuse(claim, "不到三项，或不过半；成立的有 ", "fewer than three, or no more than half; it holds of ",
		      tell_rows(claim, is_holding, 0));
}

static struct claim_judgement judge_zero(const struct claim *claim)
{
	if (claim->count != 1 || isnan(claim->rows[0].value))
		return refuse(claim, "没有计数：没有看过的不能这样说", "nothing was counted: what nobody looked at is not so",
			      NO_TEXT);
	return claim->rows[0].value == 0 ? granted : refuse_all(claim, "有：", "there is ");
}

/* Named from the greatest down, and of what is not named nothing is greater than the last. */
static struct claim_judgement judge_ordered(const struct claim *claim)
{
	if (claim->named < 2)
		return refuse_all(claim, "列出的不足两项；各行：", "fewer than two are listed; the rows: ");
	double least = INFINITY;
	for (size_t i = 0; i < claim->named; i++) {
		double value = claim->rows[claim->order[i]].value;
		if (!(value <= least))
			return refuse_all(claim, "次序不对，各行为 ", "not in order; the rows: ");
		least = value;
	}
	for (size_t i = 0; i < claim->count; i++)
		if (!claim->rows[i].is_named && claim->rows[i].value > least)
			return refuse_all(claim, "有遗漏，各行为 ", "something greater is left out: ");
	return granted;
}

/* sign: of what the row at `a` is to have more than the row at `b`; 0: neither. */
static struct claim_judgement judge_difference(const struct claim *claim, size_t a, size_t b, int sign)
{
	if (claim->count < 2 || isnan(claim->rows[a].value) || isnan(claim->rows[b].value))
		return refuse_all(claim, "没有两个可比的数：", "there are no two figures to compare: ");
	double difference = claim->rows[a].value - claim->rows[b].value;
	int is = (difference > 0) - (difference < 0);
	return is == sign ? granted : refuse_all(claim, "相反或相同：", "it is the other way round, or the same: ");
}

static struct claim_judgement judge_first(const struct claim *claim)
{
	if (claim->count < 2)
		return refuse_all(claim, "之前没有可比的：", "there is nothing before: ");
	bool is_first = claim->rows[claim->count - 1].holds && count_holding(claim) == 1;
	return is_first ? granted : refuse(claim, "成立的有 ", "it holds of ", tell_rows(claim, is_holding, 0));
}

static struct claim_judgement judge_kind(const struct claim *claim, enum claim_kind kind)
{
	switch (kind) {
	case CLAIM_MAX: return judge_extreme(claim, false, false);
	case CLAIM_MIN: return judge_extreme(claim, true, false);
	case CLAIM_TOP: return judge_extreme(claim, false, true);
	case CLAIM_EQUAL: return judge_equal(claim);
	case CLAIM_ALL: return judge_holding(claim, true);
	case CLAIM_NONE: return judge_holding(claim, false);
	case CLAIM_MOST: return judge_most(claim);
	case CLAIM_EMPTY: return claim->count ? refuse_all(claim, "有：", "there is ") : granted;
	case CLAIM_ZERO: return judge_zero(claim);
	case CLAIM_ORDERED: return judge_ordered(claim);
	case CLAIM_RISES: return judge_difference(claim, claim->count - 1, 0, 1);
	case CLAIM_FALLS: return judge_difference(claim, claim->count - 1, 0, -1);
	case CLAIM_MORE: return judge_difference(claim, 0, 1, 1);
	case CLAIM_LESS: return judge_difference(claim, 0, 1, -1);
	case CLAIM_SAME: return judge_difference(claim, 0, 1, 0);
	case CLAIM_FIRST: return judge_first(claim);
	case CLAIM_PLAIN:
	case CLAIM_KINDS: break;
	}
	return granted;
}

/* ---- from the answer of a query ---------------------------------------------------------------- */

static const struct {
	const char *word, *columns;
} kinds[] = {
	[CLAIM_MAX] = { "max", "name value" },
	[CLAIM_MIN] = { "min", "name value" },
	[CLAIM_TOP] = { "top", "name value" },
	[CLAIM_EQUAL] = { "equal", "value" },
	[CLAIM_ALL] = { "all", "holds" },
	[CLAIM_NONE] = { "none", "holds" },
	[CLAIM_MOST] = { "most", "holds" },
	[CLAIM_EMPTY] = { "empty", "" },
	[CLAIM_ZERO] = { "zero", "value" },
	[CLAIM_ORDERED] = { "ordered", "name value" },
	[CLAIM_RISES] = { "rises", "value" },
	[CLAIM_FALLS] = { "falls", "value" },
	[CLAIM_MORE] = { "more", "value" },
	[CLAIM_LESS] = { "less", "value" },
	[CLAIM_SAME] = { "same", "value" },
	[CLAIM_FIRST] = { "first", "holds" },
	[CLAIM_PLAIN] = { "plain", "" },
};
_Static_assert(sizeof kinds / sizeof *kinds == CLAIM_KINDS, "one row a kind");

enum claim_kind claim_kind_of(struct text word)
{
	enum claim_kind kind = CLAIM_MAX;
	while (kind < CLAIM_KINDS && !text_is(word, kinds[kind].word))
		kind++;
	return kind;
}

struct text claim_word(enum claim_kind kind)
{
	return text_from(kinds[kind].word);
}

const char *claim_columns(enum claim_kind kind)
{
	return kinds[kind].columns;
}

/* column_count when there is none. */
static size_t find_column(const struct rows *rows, struct text name)
{
	size_t i = 0;
	while (i < rows->column_count && !text_equal(rows->names[i], name))
		i++;
	return i;
}

static bool has_columns(const struct rows *rows, enum claim_kind kind)
{
	struct text rest = text_from(claim_columns(kind)), column;
	while (text_next(&rest, ' ', &column))
		if (column.size && find_column(rows, column) == rows->column_count)
			return false;
	return true;
}

/* False when a value is no number. */
static bool read_rows(struct claim *claim, const struct rows *rows)
{
	size_t name = find_column(rows, TEXT("name")), value = find_column(rows, TEXT("value"));
	size_t shown = find_column(rows, TEXT("shown")), holds = find_column(rows, TEXT("holds"));
	const size_t none = rows->column_count;
	claim->has_value = value < none;
	claim->has_shown = shown < none;
	claim->count = rows->row_count;
	claim->rows = ARENA_ARRAY(claim->arena, struct claim_row, rows->row_count);
	claim->order = ARENA_ARRAY(claim->arena, size_t, rows->row_count);
	for (size_t i = 0; i < rows->row_count; i++) {
		const struct value *cells = &rows->values[i * none];
		struct claim_row *row = &claim->rows[i];
		*row = (struct claim_row){ .value = NAN };
		if (name < none)
			row->name = cells[name].text;
		if (shown < none)
			row->shown = cells[shown].text;
		if (holds < none)
			row->holds = cells[holds].kind != VALUE_NULL && cells[holds].real != 0;
		if (value < none && cells[value].kind == VALUE_TEXT)
			return false;
		if (value < none && cells[value].kind != VALUE_NULL)
			row->value = cells[value].real;
	}
	return true;
}

struct claim_judgement claim_judge(struct arena *arena, enum claim_kind kind, const struct rows *rows,
				   struct text printed)
{
	struct claim claim = { .arena = arena, .printed = printed };
	if (!has_columns(rows, kind) || !read_rows(&claim, rows))
		return (struct claim_judgement){ .result = CLAIM_NO_COLUMN };
	read_names(&claim);
	return judge_kind(&claim, kind);
}
