/* SPDX-License-Identifier: MIT */
#include "commands/template_answers.h"

#include "base/buf.h"
#include "build/reply_form.h"
#include "build/run.h"
#include "commands/table_out.h"

/* False after reporting. */
static bool write_form(struct run *run, bool is_csv, struct buf *buf)
{
	struct text whose = text_from(run->options->for_whom);
	int32_t enterprise = run_choose_enterprise(run, whose);
	if (enterprise < 0)
		return false;
	const struct facts_options options = {
		.assessment = run->assessment, .list = run->shown, .diag = run->diag, .scope = SCOPE_FIRM,
		.today = run->today, .sources = run->sources,
	};
	struct reply_form form = { .model = run->model, .today = run->today, .is_csv = is_csv };
	size_t items;
	form.facts = facts_open(&options);
	if (!form.facts)
		return false;
	facts_choose_firm(form.facts, enterprise);
	bool good = reply_form_write(&form, run->arena, buf, &items);
	facts_close(form.facts);
	return good;
}

int template_answers(const struct options *options, bool is_csv)
{
	struct run run;
	struct buf buf;
	int code = run_open(&run, options);
	buf_init(&buf, BUF_LIMIT_FILE);
	if (!code && run.model && write_form(&run, is_csv, &buf)) {
		code = table_out_deliver(&run, buf_view(&buf));
		if (code == EXIT_CLEAN)
			code = run_finish_print(&run);
	} else if (!code) {
		code = run_report_errors(&run);
	}
	buf_clear(&buf);
	run_close(&run);
	return code;
}
