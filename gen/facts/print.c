/* SPDX-License-Identifier: MIT */
#include "facts/print.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json_write.h"
#include "base/plain.h"
#include "base/utf8.h"

enum { WIDEST = 60 }; /* columns of a cell on a terminal; longer ones are cut with … */

static const struct value *value_at(const struct rows *rows, size_t row, size_t column)
{
	return &rows->values[row * rows->column_count + column];
}

/* Writes at most WIDEST columns, nothing that steers a terminal; returns the columns written. */
static int write_cut(struct buf *buf, struct text text)
{
	int columns = 0;
	for (size_t offset = 0; offset < text.size;) {
		uint32_t character = plain_character(utf8_next(text, &offset));
		int width = utf8_width(character);
		if (columns + width > WIDEST - 1 && offset < text.size) {
			buf_string(buf, "…");
			return columns + 1;
		}
		utf8_write(buf, character);
		columns += width;
	}
	return columns;
}

static void write_cell(struct buf *buf, struct text text, int width, bool is_number)
{
	int own = plain_columns(text);
	int pad = width - (own > WIDEST ? WIDEST : own);
	if (is_number && pad > 0)
		buf_repeat(buf, ' ', (size_t)pad);
	int written = write_cut(buf, text);
	if (!is_number && width > written)
		buf_repeat(buf, ' ', (size_t)(width - written));
}

static int width_of(const struct rows *rows, size_t column)
{
	int width = plain_columns(rows->names[column]);
	for (size_t row = 0; row < rows->row_count; row++) {
		int own = plain_columns(value_at(rows, row, column)->text);
		if (own > width)
			width = own;
	}
	return width > WIDEST ? WIDEST : width;
}

static void end_line(struct buf *buf)
{
	while (buf->size && buf->at[buf->size - 1] == ' ')
		buf->at[--buf->size] = '\0';
	buf_byte(buf, '\n');
}

static void write_row(const struct rows *rows, const int *widths, size_t row, struct buf *buf)
{
	for (size_t column = 0; column < rows->column_count; column++) {
		const struct value *value = value_at(rows, row, column);
		bool is_number = value->kind == VALUE_INTEGER || value->kind == VALUE_REAL;
		if (column)
			buf_string(buf, "  ");
		write_cell(buf, value->text, widths[column], is_number);
	}
	end_line(buf);
}

void print_table(const struct rows *rows, struct buf *buf)
{
	int *widths = memory_resize(NULL, (rows->column_count + 1) * sizeof *widths);
	for (size_t column = 0; column < rows->column_count; column++) {
		widths[column] = width_of(rows, column);
		if (column)
			buf_string(buf, "  ");
		write_cell(buf, rows->names[column], widths[column], false);
	}
	end_line(buf);
	for (size_t column = 0; column < rows->column_count; column++) {
		if (column)
			buf_string(buf, "  ");
		buf_repeat(buf, '-', (size_t)widths[column]);
	}
	buf_byte(buf, '\n');
	for (size_t row = 0; row < rows->row_count; row++)
		write_row(rows, widths, row, buf);
	free(widths);
}

void print_csv(const struct rows *rows, struct buf *buf)
{
	buf_string(buf, "\xEF\xBB\xBF");
	for (size_t column = 0; column < rows->column_count; column++) {
		if (column)
			buf_byte(buf, ',');
		buf_csv(buf, rows->names[column]);
	}
	buf_string(buf, "\r\n");
	for (size_t row = 0; row < rows->row_count; row++) {
		for (size_t column = 0; column < rows->column_count; column++) {
			const struct value *value = value_at(rows, row, column);
			if (column)
				buf_byte(buf, ',');
			if (value->kind == VALUE_TEXT)
				buf_csv(buf, value->text);
			else
				buf_text(buf, value->text); /* a negative number is no formula */
		}
		buf_string(buf, "\r\n");
	}
}

static void write_json_value(const struct value *value, struct json_write *json)
{
	if (value->kind == VALUE_NULL)
		json_write_null(json);
	else if (value->kind == VALUE_TEXT)
		json_write_text(json, value->text);
	else
		json_write_number(json, value->text);
}

void print_json_rows(const struct rows *rows, struct json_write *json)
{
	json_write_list(json, JSON_LINES);
	for (size_t row = 0; row < rows->row_count; row++) {
		json_write_object(json, JSON_TIGHT);
		for (size_t column = 0; column < rows->column_count; column++) {
			json_write_key(json, rows->names[column]);
			write_json_value(value_at(rows, row, column), json);
		}
		json_write_close(json);
	}
	json_write_close(json);
}

void print_json(const struct rows *rows, struct buf *buf)
{
	struct json_write json;
	json_write_init(&json, buf);
	print_json_rows(rows, &json);
	json_write_end(&json);
	buf_byte(buf, '\n');
}
