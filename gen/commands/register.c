/* SPDX-License-Identifier: MIT
 *
 * xingji register: what left the house, line by line, entry by entry or document by document, as table, CSV or
 * workbook.  Only the register is read, so that it can be looked at whatever the data are like.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/chain.h"
#include "base/file.h"
#include "build/record.h"
#include "build/run.h"
#include "build/say.h"
#include "check/newest.h"
#include "check/recorded.h"
#include "commands/commands.h"
#include "commands/register_remark.h"
#include "commands/table_out.h"

/* Of what only a version has. */
static void add_count(struct table_out *table, bool is_there, size_t count)
{
	if (is_there)
		table_out_number(table, (int64_t)count);
	else
		table_out_text(table, NO_TEXT);
}

/* ---- a row a line ------------------------------------------------------------------- */

static const char *const line_headings[2][8] = {
	{ "序号", "日期", "事项", "版本", "状态", "家次", "名单变动行数", "说明" },
	{ "number", "day", "kind", "version", "state", "entries", "ledger rows", "remark" },
};

static void add_lines(struct run *run, struct table_out *table, const struct recorded *lines, size_t count)
{
	struct register_remarks remarks = { .arena = run->arena,
					    .is_english = run->options->environment.language == LANGUAGE_ENGLISH };
	register_remarks_init(&remarks, lines, count);
	for (size_t i = 0; i < count; i++) {
		const struct recorded *line = &lines[i];
		bool is_version = line->event == EVENT_PUBLISHED;
		table_out_number(table, line->n);
		table_out_text(table, record_iso(run->arena, line->day));
		table_out_text(table, text_from(choice_word(SET_EVENT, line->event)));
		table_out_text(table, is_version ? record_iso(run->arena, line->version) : NO_TEXT);
		table_out_text(table, is_version ? text_from(choice_word(SET_STATE, line->state)) : NO_TEXT);
		add_count(table, is_version, line->entry_count);
		add_count(table, is_version, line->row_count);
		table_out_text(table, register_remark(&remarks, line));
	}
	register_remarks_clear(&remarks);
}

/* ---- a row an entry ------------------------------------------------------------------ */

enum { ENTRY_COLUMNS = 2 + RECORDED_ENTRY_FIELDS };

static void add_entries(struct run *run, struct table_out *table, const struct recorded *lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < lines[i].entry_count; j++) {
			table_out_number(table, lines[i].n);
			table_out_text(table, record_iso(run->arena, lines[i].version));
			for (size_t k = 0; k < RECORDED_ENTRY_FIELDS; k++)
				table_out_text(table, recorded_value(&lines[i].entries[j], &recorded_entry_fields[k]));
		}
}

/* ---- a row a document ---------------------------------------------------------------- */

enum { DOCUMENT_COLUMNS = 2 + RECORDED_DOCUMENT_FIELDS };

static void add_documents(struct table_out *table, const struct recorded *lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < lines[i].document_count; j++) {
			table_out_number(table, lines[i].n);
			table_out_text(table, text_from(choice_word(SET_EVENT, lines[i].event)));
			for (size_t k = 0; k < RECORDED_DOCUMENT_FIELDS; k++)
				table_out_text(table, recorded_value(&lines[i].documents[j], &recorded_document_fields[k]));
		}
}

/* ---- printing ------------------------------------------------------------------------- */

static void show(struct run *run, int format, const struct recorded *lines, size_t count)
{
	int language = run->options->environment.language == LANGUAGE_ENGLISH;
	struct table_out table =
		{ .arena = run->arena, .headings = line_headings[language],
		  .column_count = sizeof line_headings[0] / sizeof *line_headings[0] };
	const char *entry_headings[ENTRY_COLUMNS] = { line_headings[language][0], line_headings[language][3] };
	const char *document_headings[DOCUMENT_COLUMNS] = { line_headings[language][0], line_headings[language][2] };
	for (size_t i = 0; i < RECORDED_ENTRY_FIELDS; i++)
		entry_headings[2 + i] = recorded_entry_fields[i].heading[language];
	for (size_t i = 0; i < RECORDED_DOCUMENT_FIELDS; i++)
		document_headings[2 + i] = recorded_document_fields[i].heading[language];
	if (run->options->entries) {
		table.headings = entry_headings;
		table.column_count = ENTRY_COLUMNS;
		add_entries(run, &table, lines, count);
	} else if (run->options->documents) {
		table.headings = document_headings;
		table.column_count = DOCUMENT_COLUMNS;
		add_documents(&table, lines, count);
	} else {
		add_lines(run, &table, lines, count);
	}
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	table_out_write(&table, format, &buf);
	fwrite(buf.at, 1, buf.size, stdout);
	buf_clear(&buf);
}

/* The year of the options, else the newest; 0 after reporting that there is none.  EXIT_USAGE for what is no year. */
static int choose_year(const struct run *run, const struct reader *reader, int64_t *year)
{
	*year = 0;
	if (run->options->year &&
	    (!text_to_integer(text_from(run->options->year), year) || *year < 1900 || *year > 2199))
		return say_usage(run->options, "年度应为四位数字", "the year has four digits", run->options->year);
	if (!*year)
		*year = newest_campaign(reader, run_data_folder(run->options));
	return 0;
}

int command_register(const struct options *options)
{
	struct run run = { .options = options, .arena = arena_new() };
	struct recorded *lines;
	int format = table_out_format(options);
	int code = format < 0 ? EXIT_USAGE : 0;
	run.sources = sources_new(run.arena);
	run.diag = diag_new(run.arena, run.sources);
	sources_root(run.sources, "data", run_data_folder(options));
	int64_t year = 0;
	const char *data = run_data_folder(options);
	const struct reader reader = {
		.arena = run.arena, .sources = run.sources, .diag = run.diag, .beneath = data, .has_parts = true,
	};
	if (!code)
		code = choose_year(&run, &reader, &year);
	if (!code && year) {
		struct text name = text_format(run.arena, "%lld/" REGISTER_NAME, (long long)year);
		size_t count = recorded_read(&reader, file_join(run.arena, data, name), &lines);
		show(&run, format, lines, count);
	}
	if (!code)
		code = fflush(stdout) ? EXIT_WORLD : run_report_errors(&run);
	run_close(&run);
	return code;
}
