/* SPDX-License-Identifier: MIT
 *
 * xingji explain: an enterprise's star, a message code, or where a figure comes from.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json_write.h"
#include "build/provenance.h"
#include "build/run.h"
#include "commands/commands.h"
#include "commands/explain_code.h"
#include "commands/trace_print.h"
#include "build/say.h"
#include "model/parts.h"

static void print(const struct buf *buf, bool as_json)
{
	if (as_json)
		fwrite(buf->at, 1, buf->size, stdout);
	else
		say_lines(stdout, buf_view(buf));
}

static int explain_code(const struct options *options, const struct diag_row *row)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	if (row)
		explain_code_write(row, options->environment.language, &buf);
	else
		explain_code_list(options->environment.language, &buf);
	print(&buf, false);
	buf_clear(&buf);
	return fflush(stdout) ? EXIT_WORLD : EXIT_CLEAN;
}

/* "field-not-dat": small letters and hyphens are no code of an enterprise and no figure. */
static bool is_mistyped_code(struct text argument)
{
	bool has_hyphen = false;
	for (size_t i = 0; i < argument.size; i++) {
		has_hyphen |= argument.at[i] == '-';
		if (argument.at[i] != '-' && (argument.at[i] < 'a' || argument.at[i] > 'z'))
			return false;
	}
	return has_hyphen && !provenance_is_meant(argument) && diag_nearest(argument).size;
}

static int refuse_code(const struct options *options, const char *argument)
{
	struct text nearest = diag_nearest(text_from(argument));
	bool is_english = options->environment.language == LANGUAGE_ENGLISH;
	say_line(stderr, is_english ? "xingji: there is no message code '%s'; nearest: %.*s"
				    : "xingji: 没有消息代码“%s”，最接近的是 %.*s", argument, TEXT_ARGS(nearest));
	say_line(stderr, is_english ? "    hint: xingji explain %.*s; xingji explain --all lists them all"
				    : "    处理：xingji explain %.*s；xingji explain --all 列出全部代码", TEXT_ARGS(nearest));
	return EXIT_USAGE;
}

/* Calls `write` for each of the enterprise's participations, the tracks never merged. */
static void each_trace(const struct run *run, int32_t enterprise, void (*write)(void *context, const struct trace *trace), void *context)
{
	EACH_PART(part, run->model, &run->model->enterprises[enterprise])
		write(context, trace_new(run->arena, run->assessment, (size_t)part, run->sources, run->shown));
}

static void write_json_trace(void *context, const struct trace *trace)
{
	trace_write_json(trace, context);
}

static void write_json(const struct run *run, int32_t enterprise, struct buf *buf)
{
	const struct model *model = run->model;
	struct json_write json;
	json_write_init(&json, buf);
	json_write_object(&json, JSON_TIGHT);
	json_write_key(&json, TEXT("enterprise"));
	json_write_text(&json, model->enterprises[enterprise].code);
	json_write_key(&json, TEXT("name"));
	json_write_text(&json, model->enterprises[enterprise].name);
	json_write_key(&json, TEXT("year"));
	json_write_integer(&json, model->campaign.year);
	json_write_key(&json, TEXT("participations"));
	json_write_list(&json, JSON_LINES);
	each_trace(run, enterprise, write_json_trace, &json);
	json_write_close(&json);
	json_write_close(&json);
	json_write_end(&json);
	buf_byte(buf, '\n');
}

struct page {
	enum diag_language language;
	struct buf *buf;
};

static void write_text_trace(void *context, const struct trace *trace)
{
	const struct page *page = context;
	if (page->buf->size)
		buf_byte(page->buf, '\n');
	trace_write_text(trace, page->language, page->buf);
}

static int explain_enterprise(struct run *run, struct text wanted, bool as_json)
{
	int32_t enterprise = run_choose_enterprise(run, wanted);
	if (enterprise < 0)
		return run_report_errors(run);
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	if (as_json)
		write_json(run, enterprise, &buf);
	else
		each_trace(run, enterprise, write_text_trace, &(struct page){ run->options->environment.language, &buf });
	print(&buf, as_json);
	buf_clear(&buf);
	return run_finish_print(run);
}

static int explain_figure(struct run *run, struct text wanted, bool as_json)
{
	enum facts_scope scope;
	struct text firm;
	if (!run_parse_scope(run->options, &scope, &firm) || !run_has_documents(scope))
		return say_usage(run->options, "范围只能是 province、public、firm:代码", "the scope is province, public or firm:CODE", run->options->scope);
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	bool good = provenance_explain(run, wanted, as_json, &buf);
	print(&buf, as_json);
	buf_clear(&buf);
	if (fflush(stdout))
		return EXIT_WORLD;
	return good ? run_exit_code(run) : run_report_errors(run);
}

/* "图" and "3-2" as two arguments are one wish; anything else is one argument. */
static struct text join_arguments(struct run *run)
{
	const struct options *options = run->options;
	return options->argument_count == 1 ? text_from(options->arguments[0])
					    : text_format(run->arena, "%s %s", options->arguments[0], options->arguments[1]);
}

int command_explain(const struct options *options)
{
	struct text argument = text_from(options->argument_count ? options->arguments[0] : "");
	const struct diag_row *row = diag_find(argument);
	bool as_json = options->format && strcmp(options->format, "json") == 0;
	if (options->format && !as_json && strcmp(options->format, "text") != 0)
		return say_usage(options, "格式只能是 text、json", "the format is text or json", options->format);
	if (options->all && argument.size)
		return say_usage(options, "--all 不带参数", "--all takes no argument", options->arguments[0]);
	if (!options->all && !argument.size)
		return say_usage(options, "缺少参数", "an argument is missing", "ID|CODE|图3-2");
	if (row || options->all)
		return explain_code(options, row);
	if (is_mistyped_code(argument))
		return refuse_code(options, options->arguments[0]);
	struct run run;
	int code = run_open(&run, options);
	struct text wanted = code ? NO_TEXT : join_arguments(&run);
	if (!code && !run.model)
		code = run_report_errors(&run);
	else if (!code)
		code = provenance_is_meant(wanted) ? explain_figure(&run, wanted, as_json) : explain_enterprise(&run, wanted, as_json);
	run_close(&run);
	return code;
}
