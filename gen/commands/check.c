/* SPDX-License-Identifier: MIT
 *
 * xingji check: reads and checks, prints every complaint, writes nothing.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "build/run.h"
#include "commands/commands.h"
#include "build/say.h"

static const struct {
	const char *name;
	enum diag_format format;
} formats[] = {
	{ "text", DIAG_FORMAT_TEXT }, { "csv", DIAG_FORMAT_CSV }, { "html", DIAG_FORMAT_HTML }, { "jsonl", DIAG_FORMAT_JSONL },
};

int command_check(const struct options *options)
{
	struct run run;
	struct buf buf;
	int format = FORMAT_FIND(formats, options->format);
	if (format < 0)
		return say_usage(options, "格式只能是 text、csv、html、jsonl", "the format is text, csv, html or jsonl", options->format);
	int code = run_open(&run, options);
	if (!code) {
		buf_init(&buf, BUF_LIMIT_FILE);
		const struct diag_view view = { .format = formats[format].format,
						.language = options->environment.language, .is_each = options->all };
		diag_write_view(run.diag, &view, &buf);
		if (formats[format].format == DIAG_FORMAT_TEXT)
			say_lines(stdout, buf_view(&buf));
		else
			fwrite(buf.at, 1, buf.size, stdout);
		buf_clear(&buf);
		fflush(stdout);
		run_print_counts(&run);
		code = ferror(stdout) ? EXIT_WORLD : run_exit_code(&run);
	}
	run_close(&run);
	return code;
}
