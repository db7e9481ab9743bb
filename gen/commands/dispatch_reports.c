/* SPDX-License-Identifier: MIT
 *
 * xingji dispatch reports FOLDER: delivery reports that the office saved as .eml, into the register.
 *
 * Anybody can write such a report.  One is believed only where it names a copy of ours and the address that this
 * copy was sent to; every other is listed for a person to read.
 */
#include <stdio.h>

#include "base/file.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/dispatch.h"
#include "send/dsn.h"
#include "send/mailbox.h"

struct reports {
	struct run *run;
	struct steps steps;
	struct date day;
	size_t noted, left;
};

/* ---- one report ----------------------------------------------------------------------------- */

static void leave(struct reports *reports, const struct dsn *dsn, const char *chinese, const char *english)
{
	bool is_english = reports->run->options->environment.language == LANGUAGE_ENGLISH;
	reports->left++;
	say_line(stdout, is_english ? "%.*s: %s" : "%.*s：%s", TEXT_ARGS(dsn->file), is_english ? english : chinese);
}

static const struct dsn_recipient *find_recipient(const struct dsn *dsn, const struct copy *copy)
{
	for (size_t i = 0; i < dsn->recipient_count; i++)
		if (mailbox_same(dsn->recipients[i].address, copy->copy->address))
			return &dsn->recipients[i];
	return NULL;
}

static void note_failure(struct reports *reports, const struct copy *copy, const struct dsn_recipient *recipient)
{
	const struct step_note step = {
		.state = SEND_RETURNED, .detail = text_format(reports->run->arena, "%.*s %.*s", TEXT_ARGS(recipient->status),
							      TEXT_ARGS(recipient->diagnostic)),
		.day = date_compare(reports->day, copy->since) < 0 ? copy->since : reports->day,
	};
	if (copy->state != SEND_RETURNED && steps_append(&reports->steps, copy->copy->copy, &step))
		reports->noted++;
}

static void take(struct reports *reports, const struct dsn *dsn)
{
	struct text words = dsn_fault_words(dsn->fault);
	size_t at = text_find(words, TEXT("\037"));
	const struct copy *copy = copies_find(&reports->steps.copies, dsn->copy);
	if (dsn->fault != DSN_NONE) {
		leave(reports, dsn, text_string(reports->run->arena, text_slice(words, 0, at)),
		      text_string(reports->run->arena, text_slice(words, at + 1, words.size)));
		return;
	}
	const struct dsn_recipient *recipient = copy ? find_recipient(dsn, copy) : NULL;
	if (!recipient)
		leave(reports, dsn, "不是本登记簿里的份，或收件人不符", "names no copy of ours, or another address");
	else if (recipient->action == DSN_FAILED)
		note_failure(reports, copy, recipient);
	else
		leave(reports, dsn, dsn_action_chinese(recipient->action).at, dsn_action_chinese(recipient->action).at);
}

/* ---- the folder ------------------------------------------------------------------------------- */

static void read_folder(struct reports *reports, const char *folder)
{
	struct dsn *dsns;
	size_t count;
	int error = dsn_read_folder(reports->run->arena, folder, &dsns, &count);
	if (error) {
		DIAG(reports->run->diag, DIAG_FILE_UNREADABLE, .a = text_from(folder), .b = file_reason(error));
		return;
	}
	for (size_t i = 0; i < count; i++)
		take(reports, &dsns[i]);
	say_line(stdout, reports->run->options->environment.language == LANGUAGE_ENGLISH
		 ? "%zu reports: %zu returned, %zu to be read by a person" : "退信 %zu 封：登记退回 %zu 份，需人工阅读 %zu 封",
		 count, reports->noted, reports->left);
}

int dispatch_reports(const struct options *options)
{
	struct run run;
	int code = run_open(&run, options);
	if (!code && run.model) {
		struct reports reports = { .run = &run };
		steps_open(&reports.steps, &run);
		if (dispatch_day(&run, &reports.day))
			read_folder(&reports, options->arguments[1]);
		else
			code = EXIT_USAGE;
		steps_close(&reports.steps);
	}
	if (!code) {
		fflush(stdout);
		code = run_report_errors(&run);
	}
	run_close(&run);
	return code;
}
