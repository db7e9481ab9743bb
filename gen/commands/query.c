/* SPDX-License-Identifier: MIT
 *
 * xingji query: one SELECT over the facts, as table, CSV or JSON.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/commands.h"
#include "facts/facts.h"
#include "facts/print.h"

static const struct {
	const char *name;
	void (*write)(const struct rows *rows, struct buf *buf);
} formats[] = { { "table", print_table }, { "csv", print_csv }, { "json", print_json } };

static int find_format(const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (!name || strcmp(formats[i].name, name) == 0)
			return (int)i;
	return -1;
}

static bool run_query(struct run *run, enum facts_scope scope, struct text firm, struct rows *rows)
{
	struct facts_options options = {
		.assessment = scope == SCOPE_PUBLIC ? run->shown : run->assessment,
		.diag = run->diag, .scope = scope, .today = run->today, .sources = run->sources,
	};
	struct text sql = text_from(run->options->arguments[0]);
	if (scope == SCOPE_PROVINCE)
		options.problems = run_problems(run, &options.problem_count);
	int32_t enterprise = scope == SCOPE_FIRM ? run_find_enterprise(run->model, firm) : 0;
	if (enterprise < 0) {
		DIAG(run->diag, DIAG_NO_ENTERPRISE, .a = firm);
		return false;
	}
	struct facts *facts = facts_open(&options);
	if (!facts)
		return false;
	if (scope == SCOPE_FIRM)
		facts_choose_firm(facts, enterprise);
	uint32_t number = sources_add(run->sources, TEXT("query"), sql, "UTF-8");
	bool good = facts_query(facts, run->arena, sql, span_of(run->sources, number, sql), rows);
	facts_close(facts);
	return good;
}

int command_query(const struct options *options)
{
	struct run run;
	struct rows rows;
	enum facts_scope scope;
	struct text firm;
	int format = find_format(options->format);
	if (format < 0)
		return say_usage(options, "格式只能是 table、csv、json", "the format is table, csv or json", options->format);
	if (!run_parse_scope(options, &scope, &firm))
		return say_usage(options, "范围只能是 province、public、firm:代码", "the scope is province, public or firm:CODE", options->scope);
	int code = run_open(&run, options);
	if (!code && run.model && run_query(&run, scope, firm, &rows)) {
		struct buf buf;
		buf_init(&buf, BUF_LIMIT_FILE);
		formats[format].write(&rows, &buf);
		fwrite(buf.at, 1, buf.size, stdout);
		buf_clear(&buf);
		code = run_finish_print(&run);
	} else if (!code)
		code = run_report(&run);
	run_close(&run);
	return code;
}
