/* SPDX-License-Identifier: MIT
 *
 * xingji check: reads and checks, prints every complaint; writes nothing but, where asked, packs to hand out.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/formula.h"
#include "base/list.h"
#include "build/out.h"
#include "build/packs.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/commands.h"
#include "compose/workbook.h"
#include "read/csv.h"
#include "read/input.h"

static const struct {
	const char *name;
	enum diag_format format;
	bool is_workbook;
} formats[] = {
	{ "text", DIAG_FORMAT_TEXT, false }, { "csv", DIAG_FORMAT_CSV, false }, { "html", DIAG_FORMAT_HTML, false },
	{ "jsonl", DIAG_FORMAT_JSONL, false }, { "xlsx", DIAG_FORMAT_CSV, true },
};

/* What a CSV guards with an apostrophe needs none in a workbook (base/formula.h). */
static struct text without_guard(struct text cell)
{
	struct text rest = text_slice(cell, 1, cell.size);
	return text_starts(cell, "'") && formula_begins(rest) ? rest : cell;
}

/* The list as CSV → the same as a workbook. */
static void pack(struct run *run, struct buf *list)
{
	const struct reader reader = { .arena = run->arena, .sources = run->sources, .diag = run->diag };
	struct csv *csv = ARENA_NEW(run->arena, struct csv);
	struct rows rows = { 0 };
	LIST(struct value) values = { 0 };
	csv_init(csv, &reader, input_add(&reader, "check.csv", text_copy(run->arena, buf_view(list))), ',');
	csv->offset = strlen("\xEF\xBB\xBF");
	for (; csv_next(csv); rows.row_count++) {
		if (!rows.names) {
			rows.names = ARENA_ARRAY(run->arena, struct text, csv->count);
			rows.column_count = csv->count;
		}
		for (size_t i = 0; i < rows.column_count; i++) {
			struct text cell = i < csv->count ? without_guard(csv->cells[i].text) : NO_TEXT;
			if (rows.row_count == 0)
				rows.names[i] = cell;
			else
				LIST_PUSH(&values, ((struct value){ .kind = VALUE_TEXT, .text = cell }));
		}
	}
	rows.row_count--; /* the head */
	rows.values = values.at;
	buf_reset(list);
	workbook_write(&rows, list);
	LIST_FREE(&values);
}

/* The packs replace a folder as a whole, as the output does. */
static int check_folder(const struct options *options)
{
	struct options copy = *options;
	copy.out = options->packs;
	return out_check(&copy);
}

int command_check(const struct options *options)
{
	struct run run;
	struct buf buf;
	int format = FORMAT_FIND(formats, options->format);
	if (format < 0)
		return say_usage(options, "格式只能是 text、csv、html、jsonl、xlsx",
				 "the format is text, csv, html, jsonl or xlsx", options->format);
	int code = options->packs ? check_folder(options) : 0;
	if (code)
		return code;
	code = run_open(&run, options);
	bool is_packed = code || !options->packs || packs_make(&run);
	if (!code) {
		buf_init(&buf, BUF_LIMIT_FILE);
		const struct diag_view view = { .format = formats[format].format,
						.language = options->environment.language, .is_each = options->all };
		diag_write_view(run.diag, &view, &buf);
		if (formats[format].is_workbook)
			pack(&run, &buf);
		if (formats[format].format == DIAG_FORMAT_TEXT)
			say_lines(stdout, buf_view(&buf));
		else
			fwrite(buf.at, 1, buf.size, stdout);
		buf_clear(&buf);
		fflush(stdout);
		run_print_counts(&run);
		code = ferror(stdout) ? EXIT_WORLD : run_exit_code(&run);
		if (!is_packed && !code)
			code = EXIT_INPUT;
	}
	run_close(&run);
	return code;
}
