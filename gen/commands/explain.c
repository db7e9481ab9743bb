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
#include "commands/trace_print.h"
#include "build/say.h"

static int explain_code(const struct options *options, const struct diag_row *row)
{
	static const char *const severities[] = { "note", "warning", "error", "world" };
	enum diag_language language = options->environment.language;
	printf("%s (%s)\n    %s\n    %s\n", row->code, severities[row->severity], row->message[language], row->remedy[language]);
	return EXIT_CLEAN;
}

static void print(const struct buf *buf, bool as_json)
{
	if (as_json)
		fwrite(buf->at, 1, buf->size, stdout);
	else
		say_lines(stdout, buf_view(buf));
}

/* Calls `write` for each of the enterprise's participations, the tracks never merged. */
static void each_trace(const struct run *run, int32_t enterprise, void (*write)(void *context, const struct trace *trace), void *context)
{
	for (int track = 0; track < run->model->campaign.track_count; track++) {
		int32_t index = run->model->enterprises[enterprise].participation[track];
		if (index >= 0)
			write(context, trace_new(run->arena, run->assessment, (size_t)index, run->sources, run->shown));
	}
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
	int32_t enterprise = run_find_enterprise(run->model, wanted);
	if (enterprise < 0) {
		DIAG(run->diag, DIAG_NO_ENTERPRISE, .a = wanted);
		return run_report(run);
	}
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
	return good ? run_exit_code(run) : run_report(run);
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
	const struct diag_row *row = diag_find(text_from(options->arguments[0]));
	bool as_json = options->format && strcmp(options->format, "json") == 0;
	if (options->format && !as_json && strcmp(options->format, "text") != 0)
		return say_usage(options, "格式只能是 text、json", "the format is text or json", options->format);
	if (row)
		return explain_code(options, row);
	struct run run;
	int code = run_open(&run, options);
	struct text wanted = code ? NO_TEXT : join_arguments(&run);
	if (!code && !run.model)
		code = run_report(&run);
	else if (!code)
		code = provenance_is_meant(wanted) ? explain_figure(&run, wanted, as_json) : explain_enterprise(&run, wanted, as_json);
	run_close(&run);
	return code;
}
