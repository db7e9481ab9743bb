/* SPDX-License-Identifier: MIT */
#include "facts/function.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/qr.h"
#include "facts/han.h"
#include "facts/number.h"

#define NOTHING "—" /* what stands where there is no value */
enum { TEXT_MOST = 1 << 20, MEDIAN_MOST = 4 << 20 };

struct function {
	const char *name;
	int least, most; /* arguments */
	void (*call)(sqlite3_context *context, int count, sqlite3_value **values);
	void (*step)(sqlite3_context *context, int count, sqlite3_value **values);
	void (*final)(sqlite3_context *context);
};

struct handle {
	const struct function *function;
	struct view *view;
};

/* ---- arguments and results ---------------------------------------------------- */

/* The caller reports it with the place (complain.c); the text here is the name only. */
static void refuse(sqlite3_context *context)
{
	const struct handle *handle = sqlite3_user_data(context);
	handle->view->failed_function = handle->function->name;
	sqlite3_result_error(context, handle->function->name, -1);
}

static bool is_null(sqlite3_value *value)
{
	return sqlite3_value_type(value) == SQLITE_NULL;
}

static bool is_number(sqlite3_value *value)
{
	int type = sqlite3_value_type(value);
	return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

static struct text text_of(sqlite3_value *value)
{
	const void *at = sqlite3_value_type(value) == SQLITE_TEXT ? sqlite3_value_blob(value) : (const void *)sqlite3_value_text(value);
	return (struct text){ at, (size_t)sqlite3_value_bytes(value) };
}

static void return_nothing(sqlite3_context *context)
{
	sqlite3_result_text(context, NOTHING, -1, SQLITE_STATIC);
}

static void return_buf(sqlite3_context *context, struct buf *buf)
{
	if (buf->overflowed)
		sqlite3_result_error_toobig(context);
	else
		sqlite3_result_text64(context, buf->at, buf->size, SQLITE_TRANSIENT, SQLITE_UTF8);
	buf_clear(buf);
}

/* digits from argument n, else one; false when unfit. */
static bool digits_of(int count, sqlite3_value **values, int n, int *digits)
{
	*digits = 1;
	if (count <= n)
		return true;
	*digits = sqlite3_value_int(values[n]);
	return sqlite3_value_type(values[n]) == SQLITE_INTEGER && *digits >= 0 && *digits <= NUMBER_DIGITS_MOST;
}

/* ---- rates ---------------------------------------------------------------------- */

#define FUNCTION(name) static void name(sqlite3_context *context, int count, sqlite3_value **values)

FUNCTION(percent)
{
	int digits, of = count == 3;
	if (!digits_of(count, values, of ? 2 : 1, &digits)) {
		refuse(context);
		return;
	}
	if (is_null(values[0]) || (of && is_null(values[1]))) {
		return_nothing(context);
		return;
	}
	bool is_exact = of && sqlite3_value_type(values[0]) == SQLITE_INTEGER && sqlite3_value_type(values[1]) == SQLITE_INTEGER;
	if (!is_number(values[0]) || (of && !is_number(values[1]))) {
		refuse(context);
		return;
	}
	if (of && sqlite3_value_double(values[1]) <= 0) {
		return_nothing(context);
		return;
	}
	struct buf buf;
	bool good = true;
	buf_init(&buf, TEXT_MOST);
	if (is_exact)
		number_percent(&buf, sqlite3_value_int64(values[0]), sqlite3_value_int64(values[1]), digits);
	else
		good = number_percent_of(&buf, sqlite3_value_double(values[0]) / (of ? sqlite3_value_double(values[1]) : 1), digits);
	if (good)
		return_buf(context, &buf);
	else
		refuse(context);
	buf_clear(&buf);
}

FUNCTION(rate)
{
	(void)count;
	if (is_null(values[0]) || is_null(values[1]))
		return;
	if (!is_number(values[0]) || !is_number(values[1])) {
		refuse(context);
		return;
	}
	double of = sqlite3_value_double(values[1]);
	if (of > 0)
		sqlite3_result_double(context, sqlite3_value_double(values[0]) / of);
}

FUNCTION(points)
{
	int digits;
	struct buf buf;
	if (is_null(values[0]) || is_null(values[1])) {
		return_nothing(context);
		return;
	}
	buf_init(&buf, TEXT_MOST);
	if (is_number(values[0]) && is_number(values[1]) && digits_of(count, values, 2, &digits) &&
	    number_points(&buf, sqlite3_value_double(values[0]), sqlite3_value_double(values[1]), digits))
		return_buf(context, &buf);
	else
		refuse(context);
	buf_clear(&buf);
}

/* ---- numbers ----------------------------------------------------------------------- */

FUNCTION(number)
{
	struct buf buf;
	(void)count;
	if (is_null(values[0])) {
		return_nothing(context);
		return;
	}
	buf_init(&buf, TEXT_MOST);
	if (sqlite3_value_type(values[0]) == SQLITE_INTEGER) {
		number_grouped(&buf, sqlite3_value_int64(values[0]));
		return_buf(context, &buf);
	} else if (is_number(values[0]) && number_grouped_real(&buf, sqlite3_value_double(values[0]))) {
		return_buf(context, &buf);
	} else {
		refuse(context);
	}
	buf_clear(&buf);
}

/* Whole numbers written by `write`, with something before and behind. */
static void return_whole(sqlite3_context *context, sqlite3_value *value, const char *before, void (*write)(struct buf *, int64_t))
{
	struct buf buf;
	if (is_null(value)) {
		return_nothing(context);
		return;
	}
	if (sqlite3_value_type(value) != SQLITE_INTEGER) {
		refuse(context);
		return;
	}
	buf_init(&buf, TEXT_MOST);
	buf_string(&buf, before);
	write(&buf, sqlite3_value_int64(value));
	return_buf(context, &buf);
}

FUNCTION(cn_number)
{
	(void)count;
	return_whole(context, values[0], "", number_chinese);
}

FUNCTION(rank_word)
{
	(void)count;
	return_whole(context, values[0], "第", number_chinese);
}

FUNCTION(signed_number)
{
	(void)count;
	bool is_positive = sqlite3_value_type(values[0]) == SQLITE_INTEGER && sqlite3_value_int64(values[0]) > 0;
	return_whole(context, values[0], is_positive ? "+" : "", number_grouped);
}

FUNCTION(stars)
{
	enum { STARS_MOST = 20 };
	struct buf buf;
	(void)count;
	if (is_null(values[0]) || is_null(values[1])) {
		return_nothing(context);
		return;
	}
	int64_t level = sqlite3_value_int64(values[0]), most = sqlite3_value_int64(values[1]);
	if (!is_number(values[0]) || !is_number(values[1]) || level < 0 || most < level || most > STARS_MOST) {
		refuse(context);
		return;
	}
	buf_init(&buf, TEXT_MOST);
	for (int64_t i = 0; i < most; i++)
		buf_string(&buf, i < level ? "★" : "☆");
	return_buf(context, &buf);
}

/* ---- dates and texts ------------------------------------------------------------------- */

FUNCTION(cn_date)
{
	struct date date;
	struct buf buf;
	(void)count;
	if (is_null(values[0])) {
		return_nothing(context);
		return;
	}
	if (!date_parse_iso(text_of(values[0]), &date)) {
		refuse(context);
		return;
	}
	buf_init(&buf, TEXT_MOST);
	date_write_cn(&buf, date);
	return_buf(context, &buf);
}

FUNCTION(days_after)
{
	enum { DAYS_MOST = 36500 };
	struct date date;
	struct buf buf;
	(void)count;
	if (is_null(values[0]) || is_null(values[1]))
		return;
	int64_t days = sqlite3_value_int64(values[1]);
	if (!date_parse_iso(text_of(values[0]), &date) || sqlite3_value_type(values[1]) != SQLITE_INTEGER || days < -DAYS_MOST || days > DAYS_MOST) {
		refuse(context);
		return;
	}
	buf_init(&buf, TEXT_MOST);
	date_write_iso(&buf, date_from_days(date_days(date) + (int32_t)days));
	return_buf(context, &buf);
}

FUNCTION(coalesce_text)
{
	(void)count;
	if (is_null(values[0]) || (sqlite3_value_type(values[0]) == SQLITE_TEXT && sqlite3_value_bytes(values[0]) == 0))
		return_nothing(context);
	else
		sqlite3_result_value(context, values[0]);
}

/* For an SVG, as base/qr.h says: qr_write_path. */
FUNCTION(qr)
{
	struct qr code;
	struct buf buf;
	(void)count;
	if (is_null(values[0]))
		return;
	struct arena *arena = arena_new();
	if (qr_encode(arena, text_of(values[0]), &code)) {
		buf_init(&buf, TEXT_MOST);
		qr_write_path(&code, &buf);
		return_buf(context, &buf);
	} else {
		refuse(context);
	}
	arena_free(arena);
}

/* ---- aggregates --------------------------------------------------------------------------- */

struct joined {
	struct buf buf;
	bool is_open;
};

/* Between two that stand in quotation or title marks there is no “、” (GB/T 15834—2011, 4.5.3.5). */
static bool marks_divide(struct text before, struct text after)
{
	return (text_ends(before, "”") && text_starts(after, "“")) ||
	       (text_ends(before, "》") && text_starts(after, "《"));
}

FUNCTION(joined_step)
{
	struct joined *joined = sqlite3_aggregate_context(context, sizeof *joined);
	if (!joined || is_null(values[0]))
		return;
	struct text text = text_of(values[0]);
	if (text.size == 0)
		return;
	if (!joined->is_open)
		buf_init(&joined->buf, TEXT_MOST);
	else if (count == 2 && !is_null(values[1]))
		buf_text(&joined->buf, text_of(values[1]));
	else if (!marks_divide((struct text){ joined->buf.at, joined->buf.size }, text))
		buf_text(&joined->buf, TEXT("、"));
	joined->is_open = true;
	buf_text(&joined->buf, text);
}

static void joined_final(sqlite3_context *context)
{
	struct joined *joined = sqlite3_aggregate_context(context, 0);
	if (joined && joined->is_open)
		return_buf(context, &joined->buf);
}

/* A number, and how often it is there. */
struct often {
	double number;
	int64_t count;
};

struct median {
	LIST(struct often) numbers;
	int64_t total;
};

FUNCTION(median_step)
{
	struct median *median = sqlite3_aggregate_context(context, sizeof *median);
	const bool is_counted = count > 1;
	if (!median || is_null(values[0]) || (is_counted && is_null(values[1])))
		return;
	const int64_t often = is_counted ? sqlite3_value_int64(values[1]) : 1;
	if (!is_number(values[0]) || (is_counted && !is_number(values[1])) || often < 0 ||
	    often > MEDIAN_MOST - median->total) {
		refuse(context);
		return;
	}
	median->total += often;
	if (often)
		LIST_PUSH(&median->numbers, ((struct often){ sqlite3_value_double(values[0]), often }));
}

static int compare_numbers(const void *left, const void *right)
{
	double a = ((const struct often *)left)->number, b = ((const struct often *)right)->number;
	return (a > b) - (a < b);
}

/* The number that stands behind so many others. */
static double number_behind(const struct median *median, int64_t others)
{
	size_t i = 0;
	for (; others >= median->numbers.at[i].count; i++)
		others -= median->numbers.at[i].count;
	return median->numbers.at[i].number;
}

static void median_final(sqlite3_context *context)
{
	struct median *median = sqlite3_aggregate_context(context, 0);
	if (!median || median->total == 0)
		return;
	qsort(median->numbers.at, median->numbers.count, sizeof *median->numbers.at, compare_numbers);
	double low = number_behind(median, (median->total - 1) / 2), high = number_behind(median, median->total / 2);
	sqlite3_result_double(context, low + (high - low) / 2);
	LIST_FREE(&median->numbers);
}

/* Characters of all rows, then what a search must know of them (han.h). */
struct characters {
	struct han_set set;
	bool is_open;
};

FUNCTION(characters_step)
{
	struct characters *characters = sqlite3_aggregate_context(context, sizeof *characters);
	(void)count;
	if (!characters || is_null(values[0]))
		return;
	characters->is_open = true;
	han_add(&characters->set, text_of(values[0]));
}

static void return_characters(sqlite3_context *context, void (*write)(const struct han_set *set, struct buf *out))
{
	struct characters *characters = sqlite3_aggregate_context(context, 0);
	struct buf buf;
	if (!characters || !characters->is_open)
		return;
	buf_init(&buf, TEXT_MOST);
	write(&characters->set, &buf);
	return_buf(context, &buf);
}

static void readings_final(sqlite3_context *context)
{
	return_characters(context, han_write_readings);
}

static void han_forms_final(sqlite3_context *context)
{
	return_characters(context, han_write_forms);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const struct function functions[] = {
	{ "percent", 1, 3, .call = percent },
	{ "rate", 2, 2, .call = rate },
	{ "points", 2, 3, .call = points },
	{ "cn_date", 1, 1, .call = cn_date },
	{ "cn_number", 1, 1, .call = cn_number },
	{ "number", 1, 1, .call = number },
	{ "signed", 1, 1, .call = signed_number },
	{ "stars", 2, 2, .call = stars },
	{ "coalesce_text", 1, 1, .call = coalesce_text },
	{ "days_after", 2, 2, .call = days_after },
	{ "rank_word", 1, 1, .call = rank_word },
	{ "joined", 1, 2, .step = joined_step, .final = joined_final },
	{ "readings", 1, 1, .step = characters_step, .final = readings_final },
	{ "han_forms", 1, 1, .step = characters_step, .final = han_forms_final },
	{ "qr", 1, 1, .call = qr },
	{ "median", 1, 2, .step = median_step, .final = median_final },
};
#define FUNCTIONS (sizeof functions / sizeof *functions)

bool function_is_ours(const char *name)
{
	for (size_t i = 0; i < FUNCTIONS; i++)
		if (sqlite3_stricmp(functions[i].name, name) == 0)
			return true;
	return false;
}

bool function_register(sqlite3 *db, struct view *view)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	for (size_t i = 0; i < FUNCTIONS; i++) {
		const struct function *function = &functions[i];
		struct handle *handle = ARENA_NEW(view->arena, struct handle);
		*handle = (struct handle){ function, view };
		for (int count = function->least; count <= function->most; count++)
			if (sqlite3_create_function_v2(db, function->name, count, flags, handle, function->call, function->step,
						       function->final, NULL) != SQLITE_OK)
				return false;
	}
	return true;
}
