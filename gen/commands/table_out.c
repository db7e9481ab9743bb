/* SPDX-License-Identifier: MIT */
#include "commands/table_out.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/commands.h"
#include "compose/workbook.h"
#include "facts/print.h"

static const struct {
	const char *name;
	void (*write)(const struct rows *rows, struct buf *buf);
} formats[] = { { "table", print_table }, { "csv", print_csv }, { "xlsx", workbook_write } };

void table_out_text(struct table_out *table, struct text text)
{
	LIST_PUSH(&table->values, ((struct value){ .kind = text.size ? VALUE_TEXT : VALUE_NULL, .text = text }));
}

void table_out_number(struct table_out *table, int64_t number)
{
	struct text digits = text_format(table->arena, "%lld", (long long)number);
	LIST_PUSH(&table->values,
		  ((struct value){ .kind = VALUE_INTEGER, .text = digits, .integer = number, .real = (double)number }));
}

int table_out_format(const struct options *options)
{
	int format = FORMAT_FIND(formats, options->format);
	if (format < 0)
		say_usage(options, "格式只能是 table、csv、xlsx", "the format is table, csv or xlsx", options->format);
	return format;
}

bool table_out_is_workbook(int format)
{
	return formats[format].write == workbook_write;
}

void table_out_write(struct table_out *table, int format, struct buf *buf)
{
	struct rows rows =
		{ .values = table->values.at, .column_count = table->column_count,
		  .row_count = table->values.count / table->column_count };
	rows.names = ARENA_ARRAY(table->arena, struct text, table->column_count);
	for (size_t i = 0; i < table->column_count; i++)
		rows.names[i] = text_from(table->headings[i]);
	formats[format].write(&rows, buf);
	LIST_FREE(&table->values);
}

int table_out_deliver(struct run *run, struct text bytes)
{
	const char *path = run->options->output;
	if (!path) {
		fwrite(bytes.at, 1, bytes.size, stdout);
		return fflush(stdout) ? EXIT_WORLD : EXIT_CLEAN;
	}
	int error = file_write(path, bytes, 0600);
	if (error)
		DIAG(run->diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
	return error ? run_report(run) : EXIT_CLEAN;
}
