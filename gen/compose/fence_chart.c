/* SPDX-License-Identifier: MIT
 *
 * ```chart kind 标题: the first column holds the categories, every other one a series.
 * What a sentence says as well is said in a sentence (drawn.h).
 */
#include <math.h>

#include "base/diag.h"
#include "base/nearest.h"
#include "compose/chart_words.h"
#include "compose/drawn.h"
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
		if (drawn_is_label(rows->names[column]) && chart->series_count)
			read_labels(rows, chart, column);
		else
			read_series(context, node, rows, chart, column);
	}
	chart->unit = attributes_find(node, "unit");
	chart->highlight = attributes_find(node, "highlight");
	return chart;
}

static void complain(const struct fence_context *context, const struct node *node, struct text name, struct text value)
{
	DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = name, .b = value);
}

/* most=100; palette=risk; line=82.5% line-name=全省平均 */
static void read_attributes(const struct fence_context *context, const struct node *node, struct chart *chart)
{
	static const char *const palettes[PALETTES] = { [PALETTE_LEVELS] = "levels", [PALETTE_RISK] = "risk" };
	struct text most = attributes_find(node, "most"), palette = attributes_find(node, "palette");
	struct text line = attributes_find(node, "line"), line_name = attributes_find(node, "line-name");
	if (most.size && (!fence_number(most, &chart->most) || chart->most < 0))
		complain(context, node, TEXT("most"), most);
	for (int i = PALETTE_SERIES + 1; i < PALETTES; i++)
		if (text_is(palette, palettes[i]))
			chart->palette = (int8_t)i;
	if (palette.size && chart->palette == PALETTE_SERIES)
		complain(context, node, TEXT("palette"), palette);
	if (!line.size || text_is(line, "—"))
		return;
	if (chart->kind == CHART_HORIZONTAL && line_name.size && fence_number(line, &chart->line))
		chart->line_name = text_format(context->arena, "%.*s %.*s", TEXT_ARGS(line_name), TEXT_ARGS(line));
	else
		complain(context, node, TEXT("line"), line);
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
	read_attributes(context, node, chart);
	chart_words_add(context, node, chart);
	if (!drawn_is_worth(&rows, kind == CHART_TILES ? 2 : rows.column_count, context->source->drawn_least)) {
		fence_say(context, node, chart->alternative);
		return;
	}
	node->kind = NODE_CHART;
	node->chart = chart;
	node->text = NO_TEXT;
}
