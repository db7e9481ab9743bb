/* SPDX-License-Identifier: MIT
 *
 * ```chart kind 标题: the first column holds the categories, every other one a series.
 */
#include <math.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/nearest.h"
#include "compose/fence.h"
#include "compose/phrases.h"
#include "doc/attributes.h"

static const char *const kinds[CHART_KINDS] = {
	[CHART_BAR] = "bar", [CHART_STACKED] = "stacked", [CHART_HORIZONTAL] = "horizontal",
	[CHART_STACKED_HORIZONTAL] = "stacked-horizontal", [CHART_LINE] = "line", [CHART_RADAR] = "radar",
	[CHART_DONUT] = "donut", [CHART_HEAT] = "heat", [CHART_FUNNEL] = "funnel", [CHART_SLOPE] = "slope", [CHART_COMPARE] = "compare",
	[CHART_TILES] = "tiles",
};

/* The kind is the first word of the title. */
static bool read_kind(const struct fence_context *context, struct node *node, int8_t *kind)
{
	size_t end = text_find(node->title, TEXT(" "));
	struct text word = text_slice(node->title, 0, end);
	struct nearest nearest = { .wanted = word };
	node->title = text_trim(text_slice(node->title, end, node->title.size));
	for (int i = 0; i < CHART_KINDS; i++) {
		if (text_is(word, kinds[i])) {
			*kind = (int8_t)i;
			return true;
		}
		nearest_offer(&nearest, text_from(kinds[i]));
	}
	DIAG(context->diag, DIAG_DOCUMENT_CHART_KIND, .span = node->span, .a = word, .b = nearest_best(&nearest));
	return false;
}

static bool is_label_column(struct text name)
{
	return text_is(name, "label") || text_is(name, "标签");
}

/* Sets the value (NAN when there is none); false for a text that is no number. */
static bool read_value(const struct value *value, double *number, struct text *label)
{
	*number = NAN;
	if (value->kind == VALUE_NULL || value->text.size == 0 || text_is(value->text, "—"))
		return true;
	if (value->kind == VALUE_TEXT) {
		*label = value->text;
		return fence_number(value->text, number);
	}
	*number = value->real;
	return true;
}

static void read_series(const struct fence_context *context, const struct node *node, const struct rows *rows,
			struct chart *chart,
			size_t column)
{
	struct chart_series *series = &chart->series[chart->series_count++];
	series->name = rows->names[column];
	series->values = ARENA_ARRAY(context->arena, double, rows->row_count);
	series->labels = ARENA_ARRAY(context->arena, struct text, rows->row_count);
	for (size_t i = 0; i < rows->row_count; i++) {
		const struct value *value = &rows->values[i * rows->column_count + column];
		if (!read_value(value, &series->values[i], &series->labels[i]))
			DIAG(context->diag, DIAG_DOCUMENT_NUMBER, .span = node->body, .a = rows->names[column],
			     .b = value->text);
	}
}

static void read_labels(const struct rows *rows, struct chart *chart, size_t column)
{
	struct chart_series *series = &chart->series[chart->series_count - 1];
	for (size_t i = 0; i < rows->row_count; i++)
		if (rows->values[i * rows->column_count + column].kind != VALUE_NULL)
			series->labels[i] = rows->values[i * rows->column_count + column].text;
}

static struct chart *make_chart(const struct fence_context *context, const struct node *node, const struct rows *rows)
{
	struct chart *chart = ARENA_NEW(context->arena, struct chart);
	chart->category_count = rows->row_count;
	chart->categories = ARENA_ARRAY(context->arena, struct text, rows->row_count);
	chart->series = ARENA_ARRAY(context->arena, struct chart_series, rows->column_count);
	for (size_t i = 0; i < rows->row_count; i++)
		chart->categories[i] = fence_cell(context, &rows->values[i * rows->column_count]);
	for (size_t column = 1; column < rows->column_count; column++) {
		if (is_label_column(rows->names[column]) && chart->series_count)
			read_labels(rows, chart, column);
		else
			read_series(context, node, rows, chart, column);
	}
	chart->unit = attributes_find(node, "unit");
	chart->highlight = attributes_find(node, "highlight");
	struct text most = attributes_find(node, "most");
	if (most.size && (!fence_number(most, &chart->most) || chart->most < 0))
		DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = TEXT("most"), .b = most);
	return chart;
}

/* ---- alternative text ------------------------------------------------------------------ */

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

/* A value as people read it: its label, or the number with the unit. */
static struct text say_value(const struct fence_context *context, const struct chart *chart,
			     const struct chart_series *series, size_t i)
{
	if (series->labels[i].size)
		return series->labels[i];
	struct buf buf;
	buf_init(&buf, 1000);
	buf_fixed(&buf, series->values[i], 1);
	buf_text(&buf, chart->unit);
	struct text said = text_copy(context->arena, buf_view(&buf));
	buf_clear(&buf);
	return said;
}

static const struct text series_names[] = { TEXT_INIT("name"), TEXT_INIT("max_category"), TEXT_INIT("max"),
					    TEXT_INIT("min_category"), TEXT_INIT("min") };
enum { SERIES_NAMES = sizeof series_names / sizeof *series_names };

static struct datum describe_series(const struct fence_context *context, const struct chart *chart,
				    const struct chart_series *series)
{
	struct extremes found = find_extremes(chart, series);
	struct datum *items = ARENA_ARRAY(context->arena, struct datum, SERIES_NAMES);
	items[0] = datum_text(series->name);
	items[1] = datum_text(chart->categories[found.most]);
	items[2] = datum_text(say_value(context, chart, series, found.most));
	items[3] = datum_text(chart->categories[found.least]);
	items[4] = datum_text(say_value(context, chart, series, found.least));
	return datum_object(series_names, items, SERIES_NAMES);
}

static struct text describe(const struct fence_context *context, const struct node *node, const struct chart *chart)
{
	static const struct text names[] = { TEXT_INIT("title"), TEXT_INIT("unit"), TEXT_INIT("count"),
	                                     TEXT_INIT("series"),
					     TEXT_INIT("max_category"), TEXT_INIT("max"), TEXT_INIT("min_category"), TEXT_INIT("min") };
	enum { NAMES = sizeof names / sizeof *names };
	struct datum *series = ARENA_ARRAY(context->arena, struct datum, chart->series_count), items[NAMES];
	size_t told = 0, count = chart->kind == CHART_TILES ? 1 : chart->series_count; /* places are not told */
	struct extremes first = { 0 };
	for (size_t i = 0; i < count; i++) {
		struct extremes found = find_extremes(chart, &chart->series[i]);
		if (!found.count)
			continue;
		if (!told)
			first = found;
		series[told++] = describe_series(context, chart, &chart->series[i]);
	}
	items[0] = datum_text(node->title);
	items[1] = datum_text(chart->unit);
	items[2] = datum_number(context->arena, (int64_t)chart->category_count);
	items[3] = datum_list(series, told);
	memcpy(&items[4], &series[0].items[1], 4 * sizeof *items);
	struct datum datum = datum_object(names, items, NAMES);
	enum phrase phrase = first.are_equal ? PHRASE_CHART_EQUAL : PHRASE_CHART_ONE;
	if (told > 1)
		phrase = PHRASE_CHART_MANY;
	else if (first.count == 1)
		phrase = PHRASE_CHART_FEW;
	return phrases_say(context->phrases, phrase, context->arena, context->diag, &datum);
}

static bool has_values(const struct chart *chart)
{
	for (size_t i = 0; i < chart->series_count; i++)
		for (size_t j = 0; j < chart->category_count; j++)
			if (!isnan(chart->series[i].values[j]))
				return true;
	return false;
}

static void say_empty(const struct fence_context *context, struct node *node)
{
	static const struct text names[] = { TEXT_INIT("title") };
	struct text empty = attributes_find(node, "empty");
	struct datum title = datum_text(node->title), datum = datum_object(names, &title, 1);
	if (!empty.size)
		empty = phrases_say(context->phrases, PHRASE_EMPTY_CHART, context->arena, context->diag, &datum);
	fence_say(context, node, empty);
}

void fence_chart(const struct fence_context *context, struct node *node)
{
	struct rows rows;
	int8_t kind;
	if (!read_kind(context, node, &kind) || !fence_query(context, node, &rows)) {
		fence_say(context, node, NO_TEXT);
		return;
	}
	if (rows.row_count && rows.column_count < 2) {
		DIAG(context->diag, DIAG_DOCUMENT_COLUMNS, .span = node->body, .a = node->name, .n = 2);
		fence_say(context, node, NO_TEXT);
		return;
	}
	struct chart *chart = rows.row_count ? make_chart(context, node, &rows) : NULL;
	if (!chart || !has_values(chart)) {
		say_empty(context, node);
		return;
	}
	chart->kind = kind;
	chart->alternative = describe(context, node, chart);
	node->kind = NODE_CHART;
	node->chart = chart;
	node->text = NO_TEXT;
}
