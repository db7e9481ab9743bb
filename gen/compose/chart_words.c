/* SPDX-License-Identifier: MIT */
#include "compose/chart_words.h"

#include <math.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "compose/phrases.h"

enum {
	NAMED_MOST = 4,     /* of those that share a place; of more the first ones, and how many they are */
	NUMBERS_MOST = 160, /* that anybody listens to */
	TEXT_LIMIT = 4000
};

struct extremes {
	size_t most, least, count; /* indexes of categories; how many values there are */
	bool are_equal;
};

static struct extremes find_extremes(const struct chart *chart, const struct chart_series *series)
{
	struct extremes found = { 0, 0, 0, true };
	for (size_t i = 0; i < chart->category_count; i++) {
		if (isnan(series->values[i]))
			continue;
		if (found.count++ == 0)
			found.most = found.least = i;
		if (series->values[i] > series->values[found.most])
			found.most = i;
		if (series->values[i] < series->values[found.least])
			found.least = i;
	}
	found.are_equal = !found.count || !(series->values[found.most] > series->values[found.least]);
	return found;
}

static struct text say_number(const struct fence_context *context, const struct chart *chart, double value)
{
	struct buf buf;
	buf_init(&buf, TEXT_LIMIT);
	buf_fixed(&buf, value, 1);
	buf_text(&buf, chart->unit);
	struct text said = text_copy(context->arena, buf_view(&buf));
	buf_clear(&buf);
	return said;
}

/* A value as people read it: its label, or the number with the unit. */
static struct text say_value(const struct fence_context *context, const struct chart *chart,
			     const struct chart_series *series, size_t i)
{
	if (isnan(series->values[i]))
		return TEXT("—");
	return series->labels[i].size ? series->labels[i] : say_number(context, chart, series->values[i]);
}

/* ---- who shares a value, and the sum -------------------------------------------------------- */

struct sharing {
	struct text names; /* "甲、乙", "甲、乙、丙、丁等6个" */
	size_t count;
};

static struct sharing find_sharing(const struct fence_context *context, const struct chart *chart,
				   const struct chart_series *series, size_t of)
{
	struct sharing sharing = { chart->categories[of], 0 };
	struct buf buf;
	buf_init(&buf, TEXT_LIMIT);
	for (size_t i = 0; i < chart->category_count; i++) {
		if (series->values[i] < series->values[of] || !(series->values[i] <= series->values[of]))
			continue;
		if (sharing.count > 0 && sharing.count < NAMED_MOST)
			buf_string(&buf, "、");
		if (sharing.count++ < NAMED_MOST)
			buf_text(&buf, chart->categories[i]);
	}
	if (sharing.count > NAMED_MOST)
		buf_format(&buf, "等%zu个", sharing.count);
	if (!buf.overflowed)
		sharing.names = text_copy(context->arena, buf_view(&buf));
	buf_clear(&buf);
	return sharing;
}

/* Things are counted in these; days and rates make no sum. */
static bool counts_things(struct text unit)
{
	static const char *const counted[] = { "家", "项", "条", "个", "人", "件", "次" };
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
		if (text_starts(unit, counted[i]))
			return true;
	return false;
}

/* The sum of a series of counts; missing where a sum says nothing: stages one behind the other, moments of time. */
static struct text say_total(const struct fence_context *context, const struct chart *chart,
			     const struct chart_series *series, size_t known)
{
	static const bool adds[CHART_KINDS] = { [CHART_BAR] = true, [CHART_STACKED] = true, [CHART_HORIZONTAL] = true,
	                                        [CHART_STACKED_HORIZONTAL] = true, [CHART_DONUT] = true,
						[CHART_TILES] = true };
	double total = 0;
	if (!adds[chart->kind] || !counts_things(chart->unit) || known < 2)
		return NO_TEXT;
	for (size_t i = 0; i < chart->category_count; i++) {
		double value = isnan(series->values[i]) ? 0 : series->values[i];
		if (value < 0 || value > floor(value) || series->labels[i].size)
			return NO_TEXT;
		total += value;
	}
	return say_number(context, chart, total);
}

/* ---- as data of the phrases ----------------------------------------------------------------- */

static struct datum list_values(const struct fence_context *context, const struct chart *chart,
				const struct chart_series *series)
{
	static const struct text names[] = { TEXT_INIT("category"), TEXT_INIT("value") };
	enum { NAMES = sizeof names / sizeof *names };
	struct datum *list = ARENA_ARRAY(context->arena, struct datum, chart->category_count);
	for (size_t i = 0; i < chart->category_count; i++) {
		struct datum *items = ARENA_ARRAY(context->arena, struct datum, NAMES);
		items[0] = datum_text(chart->categories[i]);
		items[1] = datum_text(say_value(context, chart, series, i));
		list[i] = datum_object(names, items, NAMES);
	}
	return datum_list(list, chart->category_count);
}

static const struct text series_names[] = { TEXT_INIT("name"), TEXT_INIT("is_equal"), TEXT_INIT("max_category"),
	                                    TEXT_INIT("max"), TEXT_INIT("max_several"), TEXT_INIT("min_category"),
					    TEXT_INIT("min"), TEXT_INIT("min_several"), TEXT_INIT("total"),
					    TEXT_INIT("values") };
enum { SERIES_NAMES = sizeof series_names / sizeof *series_names };

static struct datum describe_series(const struct fence_context *context, const struct chart *chart,
				    const struct chart_series *series, const struct extremes *found)
{
	struct sharing most = find_sharing(context, chart, series, found->most);
	struct sharing least = find_sharing(context, chart, series, found->least);
	struct datum *items = ARENA_ARRAY(context->arena, struct datum, SERIES_NAMES);
	items[0] = datum_text(series->name);
	items[1] = datum_boolean(found->are_equal);
	items[2] = datum_text(most.names);
	items[3] = datum_text(say_value(context, chart, series, found->most));
	items[4] = datum_boolean(most.count > 1);
	items[5] = datum_text(least.names);
	items[6] = datum_text(say_value(context, chart, series, found->least));
	items[7] = datum_boolean(least.count > 1);
	items[8] = datum_text(say_total(context, chart, series, found->count));
	items[9] = list_values(context, chart, series);
	return datum_object(series_names, items, SERIES_NAMES);
}

/* All of the chart's series and all values are alike. */
static bool is_level(const struct chart *chart, size_t count, const struct extremes *found)
{
	const struct extremes *first = NULL;
	size_t first_series = 0;
	for (size_t i = 0; i < count; i++) {
		if (!found[i].count)
			continue;
		if (!found[i].are_equal)
			return false;
		double own = chart->series[i].values[found[i].most];
		if (first && (own < chart->series[first_series].values[first->most] ||
		              own > chart->series[first_series].values[first->most]))
			return false;
		if (!first) {
			first = &found[i];
			first_series = i;
		}
	}
	return true;
}

/* "甲 1、乙 2；"; the name of the series before them when there are several. */
static void list_numbers(const struct fence_context *context, struct chart *chart, size_t count)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < count; i++) {
		if (count > 1)
			buf_format(&buf, "%.*s：", TEXT_ARGS(chart->series[i].name));
		for (size_t c = 0; c < chart->category_count; c++) {
			buf_text(&buf, chart->categories[c]);
			buf_byte(&buf, ' ');
			buf_text(&buf, say_value(context, chart, &chart->series[i], c));
			buf_string(&buf, c + 1 < chart->category_count ? "、" : "");
		}
		buf_string(&buf, i + 1 < count ? "；" : "。");
	}
	chart->numbers = buf.overflowed ? NO_TEXT : text_copy(context->arena, buf_view(&buf));
	buf_clear(&buf);
}

void chart_words_add(const struct fence_context *context, const struct node *node, struct chart *chart)
{
	static const struct text names[] = { TEXT_INIT("title"), TEXT_INIT("unit"), TEXT_INIT("count"),
	                                     TEXT_INIT("line"), TEXT_INIT("several"), TEXT_INIT("single"),
					     TEXT_INIT("is_titled"), TEXT_INIT("series") };
	enum { OWN = sizeof names / sizeof *names, NAMES = OWN + SERIES_NAMES - 1 };
	size_t told = 0, numbers = 0;
	size_t count = chart->kind == CHART_TILES ? 1 : chart->series_count; /* places are not told */
	struct datum *series = ARENA_ARRAY(context->arena, struct datum, count), items[NAMES];
	struct extremes *found = ARENA_ARRAY(context->arena, struct extremes, count);
	for (size_t i = 0; i < count; i++) {
		found[i] = find_extremes(chart, &chart->series[i]);
		numbers += found[i].count;
		if (found[i].count)
			series[told++] = describe_series(context, chart, &chart->series[i], &found[i]);
	}
	struct text all[NAMES];
	memcpy(all, names, sizeof names);
	memcpy(all + OWN, series_names + 1, (SERIES_NAMES - 1) * sizeof *all);
	items[0] = datum_text(node->title);
	items[1] = datum_text(chart->unit);
	items[2] = datum_number(context->arena, (int64_t)chart->category_count);
	items[3] = datum_text(chart->line_name);
	items[4] = datum_boolean(told > 1);
	items[5] = datum_boolean(chart->category_count == 1 && told == 1);
	items[6] = datum_boolean(chart->category_count > 0 && text_contains(node->title, chart->categories[0]));
	items[7] = datum_list(series, told);
	memcpy(items + OWN, series[0].items + 1, (SERIES_NAMES - 1) * sizeof *items);
	struct datum datum = datum_object(all, items, NAMES);
	enum phrase phrase = told > 1 ? PHRASE_CHART_MANY : PHRASE_CHART_ONE;
	if ((int64_t)numbers < context->source->drawn_least)
		phrase = PHRASE_CHART_FEW;
	else if (is_level(chart, count, found))
		phrase = PHRASE_CHART_EQUAL;
	chart->alternative = phrases_say(context->phrases, phrase, context->arena, context->diag, &datum);
	if (numbers <= NUMBERS_MOST)
		list_numbers(context, chart, count);
}
