/* SPDX-License-Identifier: MIT */
#include "render/html_table.h"

#include <math.h>

#include "base/buf.h"
#include "doc/link.h"
#include "render/html_id.h"

static const char *const classes[] = {
	[COLUMN_TEXT] = "", [COLUMN_CENTRED] = " class=\"c\"", [COLUMN_NUMBER] = " class=\"n\"", [COLUMN_RISK] = " class=\"c risk\"",
};

/* 高 中 低 have their colours beside the word. */
static const char *risk_class(struct text text)
{
	static const struct {
		const char *word, *class;
	} risks[] = { { "高", " class=\"c risk high\"" }, { "中", " class=\"c risk medium\"" },
	              { "低", " class=\"c risk low\"" } };
	for (size_t i = 0; i < sizeof risks / sizeof *risks; i++)
		if (text_is(text, risks[i].word))
			return risks[i].class;
	return NULL;
}

static void write_lines(struct buf *out, struct text text)
{
	struct text line;
	for (bool first = true; text_next(&text, '\n', &line); first = false) {
		if (!first)
			buf_string(out, "<br>");
		buf_html(out, line);
	}
}

static void write_cell(struct buf *out, const struct cell *cell, int8_t kind, bool heads_row,
		       struct html_marked *marked)
{
	const char *risk = kind == COLUMN_RISK ? risk_class(cell->text) : NULL;
	bool linked = cell->target.size && link_is_safe(cell->target);
	buf_string(out, heads_row ? "<th scope=\"row\"" : "<td");
	buf_string(out, risk ? risk : classes[kind]);
	buf_byte(out, '>');
	if (cell->is_strong && !heads_row)
		buf_string(out, "<strong>");
	if (linked) {
		bool local = cell->target.at[0] == '#';
		buf_string(out, local ? "<a href=\"#" : "<a href=\"");
		if (local)
			html_id_write(out, text_slice(cell->target, 1, cell->target.size));
		else
			buf_html(out, cell->target);
		buf_string(out, "\">");
	}
	write_lines(out, cell->text);
	buf_string(out, linked ? "</a>" : "");
	buf_string(out, cell->is_strong && !heads_row ? "</strong>" : "");
	if (cell->note_mark && cell->note_mark->number.size)
		html_note_mark_write(out, cell->note_mark->number, marked);
	buf_string(out, heads_row ? "</th>" : "</td>");
}

void html_table_write(struct buf *out, const struct table *table, struct html_marked *marked)
{
	size_t naming = table_naming_column(table);
	buf_string(out, "<thead><tr>");
	for (size_t i = 0; i < table->column_count; i++) {
		buf_format(out, "<th scope=\"col\"%s>", classes[table->columns[i].kind]);
		write_lines(out, table->columns[i].heading);
		if (table->columns[i].unit.size) {
			buf_string(out, "<span class=\"unit\">（");
			buf_html(out, table->columns[i].unit);
			buf_string(out, "）</span>");
		}
		buf_string(out, "</th>");
	}
	buf_string(out, "</tr></thead><tbody>\n");
	for (size_t row = 0; row < table->row_count; row++) {
		buf_string(out, row + table->total_rows >= table->row_count ? "<tr class=\"total\">" : "<tr>");
		for (size_t i = 0; i < table->column_count; i++)
			write_cell(out, &table->cells[row * table->column_count + i], table->columns[i].kind,
			           i == naming, marked);
		buf_string(out, "</tr>\n");
	}
	buf_string(out, "</tbody>");
}

static void write_value(struct buf *out, const struct chart *chart, const struct chart_series *series, size_t i,
			struct text missing)
{
	buf_string(out, "<td class=\"n\">");
	if (series->labels && series->labels[i].size)
		buf_html(out, series->labels[i]);
	else if (isnan(series->values[i]))
		buf_html(out, missing);
	else {
		buf_fixed(out, series->values[i], 1);
		buf_html(out, chart->unit);
	}
	buf_string(out, "</td>");
}

void html_table_write_chart(struct buf *out, const struct chart *chart, const struct html_table_words *words)
{
	buf_string(out, "<thead><tr><th scope=\"col\">");
	buf_html(out, words->category);
	buf_string(out, "</th>");
	for (size_t i = 0; i < chart->series_count; i++) {
		buf_string(out, "<th scope=\"col\" class=\"n\">");
		buf_html(out, chart->series[i].name);
		buf_string(out, "</th>");
	}
	buf_string(out, "</tr></thead><tbody>");
	for (size_t row = 0; row < chart->category_count; row++) {
		buf_string(out, "<tr><th scope=\"row\">");
		buf_html(out, chart->categories[row]);
		buf_string(out, "</th>");
		for (size_t i = 0; i < chart->series_count; i++)
			write_value(out, chart, &chart->series[i], row, words->missing);
		buf_string(out, "</tr>");
	}
	buf_string(out, "</tbody>");
}
