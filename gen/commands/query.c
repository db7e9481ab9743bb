/* SPDX-License-Identifier: MIT
 *
 * xingji query: one SELECT over the facts, as table, CSV, JSON or workbook.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/commands.h"
#include "compose/workbook.h"
#include "facts/facts.h"
#include "facts/print.h"
#include "model/place.h"

static const struct {
	const char *name;
	void (*write)(const struct rows *rows, struct buf *buf);
} formats[] = { { "table", print_table }, { "csv", print_csv }, { "json", print_json }, { "xlsx", workbook_write } };

/* Of whom the connection tells; false after reporting that there is nobody of that name. */
static bool choose(struct run *run, struct facts *facts, enum facts_scope scope, struct text whose)
{
	int32_t index = 0;
	enum diag_kind kind = DIAG_NO_CITY;
	if (scope == SCOPE_FIRM) {
		facts_choose_firm(facts, index = run_choose_enterprise(run, whose));
		return index >= 0;
	}
	if (scope == SCOPE_AGENCY) {
		facts_choose_agency(facts, index = run_find_agency(run->model, whose));
		kind = DIAG_NO_AGENCY;
	} else if (scope == SCOPE_CITY) {
		facts_choose_city(facts, index = city_find(run->model->prefectures, whose));
	}
	if (index < 0)
		DIAG(run->diag, kind, .a = whose);
	return index >= 0;
}

static bool run_query(struct run *run, enum facts_scope scope, struct text whose, struct rows *rows)
{
	struct facts_options options = {
		.assessment = scope == SCOPE_PUBLIC ? run->shown : run->assessment, .list = run->shown,
		.diag = run->diag, .scope = scope, .today = run->today, .sources = run->sources,
	};
	struct text sql = text_from(run->options->arguments[0]);
	if (scope == SCOPE_PROVINCE)
		options.problems = run_problems(run, &options.problem_count);
	struct facts *facts = facts_open(&options);
	if (!facts)
		return false;
	uint32_t number = sources_add(run->sources, TEXT("query"), sql, "UTF-8");
	bool good = choose(run, facts, scope, whose) &&
		    facts_query(facts, run->arena, sql, span_of(run->sources, number, sql), rows);
	facts_close(facts);
	return good;
}

int command_query(const struct options *options)
{
	struct run run;
	struct rows rows;
	enum facts_scope scope;
	struct text whose;
	int format = FORMAT_FIND(formats, options->format);
	if (format < 0)
		return say_usage(options, "格式只能是 table、csv、json、xlsx",
				 "the format is table, csv, json or xlsx", options->format);
	if (!run_parse_scope(options, &scope, &whose))
		return say_usage(options, "范围只能是 province、public、city:代码、agency:代码、firm:代码",
				 "the scope is province, public, city:CODE, agency:CODE or firm:CODE", options->scope);
	int code = run_open(&run, options);
	if (!code && run.model && run_query(&run, scope, whose, &rows)) {
		struct buf buf;
		buf_init(&buf, BUF_LIMIT_FILE);
		formats[format].write(&rows, &buf);
		fwrite(buf.at, 1, buf.size, stdout);
		buf_clear(&buf);
		code = run_finish_print(&run);
	} else if (!code)
		code = run_report_errors(&run);
	run_close(&run);
	return code;
}
