/* SPDX-License-Identifier: MIT
 *
 * The preview: reads the data and shows what is wrong, makes pages of site and documents when they are asked for,
 * serves them on loopback, and begins again when data, content or themes change; open pages then reload themselves.
 *
 * The port is taken before anything else, so the folder is this preview's alone: two on two ports do not meet.  Reading
 * happens in a child, which becomes the desk that makes the pages (desk.h): problems are shown as soon as a table is
 * saved, what is good replaces what was shown before, and what is not leaves it.  When it has been quiet for a while
 * the whole site is built into <out>/preview/<port>, searched and compared: what that finds is told, too.  The files
 * are those that would be published.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/source.h"
#include "build/out.h"
#include "build/say.h"
#include "commands/commands.h"
#include "commands/panel.h"
#include "commands/paper.h"
#include "commands/preview.h"
#include "publish/tree.h"
#include "serve/handing.h"
#include "serve/server.h"

enum { PORT = 8321, RESTARTS_MOST = 4 };
enum { QUIET_MS = 400 };       /* from the last news until the whole site is built */
enum { AWAIT_MS = 10 * 1000 }; /* until what is half built is put away */

void preview_leave(struct preview *preview)
{
	server_close(preview->server);
	watch_close(preview->watch);
	line_close(&preview->site);
	line_close(&preview->paper);
}

static uint64_t now_of(const struct preview *preview)
{
	return preview->options->environment.milliseconds();
}

/* The child has said what is wrong; this says what it means for who looks at the pages. */
static void tell_failure(const struct preview *preview, int status)
{
	static const char *const words[2][2] = {
		{ "预览：还没有可看的网页；改正后自动重新生成", "预览：网页仍是上一次的好结果；改正后自动重新生成" },
		{ "preview: nothing to show yet; correct it and it is built again",
		  "preview: the last good site stays; correct it and it is built again" },
	};
	if (interrupt_requested())
		return;
	if (WIFSIGNALED(status))
		say_line(stderr, "signal %d", WTERMSIG(status));
	say_line(stderr, "%s", words[preview->options->environment.language][preview->now.pid || preview->year]);
}

/* The build has said why. */
static void tell_unfit(const struct preview *preview)
{
	if (!interrupt_requested())
		say_line(stderr, "%s", preview->options->environment.language == LANGUAGE_ENGLISH
				 ? "preview: the site cannot be published so; correct it and it is checked again"
				 : "预览：这样的网站还不能发布；改正后自动重新核对");
}

/* ---- reading ------------------------------------------------------------------------------- */

/* What is being read is out of date before it is whole: begun again, but not for ever. */
static void start_reading(struct preview *preview, uint64_t of)
{
	preview->restarts = preview->next.pid ? preview->restarts + 1 : 0;
	desk_end(&preview->next);
	if (!desk_start(preview, &preview->next, of))
		preview->is_lost = false;
}

/* The next generation takes over; pages that are open load again. */
static void take_over(struct preview *preview)
{
	bool was_nothing = !preview->now.pid && !preview->year;
	line_close(&preview->site);
	line_close(&preview->paper);
	desk_end(&preview->now);
	close(preview->next.told);
	preview->next.told = -1;
	preview->now = preview->next;
	preview->next = (struct desk){ .told = -1, .socket = -1, .of = preview->now.of };
	preview->now_year = preview->data.head.year;
	preview->number += was_nothing || preview->is_behind;
	preview->is_behind = preview->is_lost = preview->is_proven = preview->has_failed = false;
	preview->build_ms = now_of(preview) + QUIET_MS;
	preview->site_number++;
	line_open(&preview->site, preview->now.socket);
	if (preview->paper.is_used)
		line_open(&preview->paper, preview->now.socket);
}

/* First the data, shown at once; then, where they are good, the looks.  True when there is something to show. */
static bool hear_reading(struct preview *preview)
{
	struct desk *next = &preview->next;
	struct reading looks = { 0 };
	if (!next->has_told) {
		next->has_told = reading_take(&next->told, &preview->data) == READING_CAME;
		preview->number += next->has_told;
	}
	if (!next->has_told || reading_take(&next->told, &looks) != READING_CAME)
		return false;
	/* Of good ones, what the last build found stays until it is found again. */
	bool is_good = looks.head.is_good;
	if (!is_good || preview->is_behind || !preview->looks.is_there) {
		reading_clear(&preview->looks);
		preview->looks = looks;
	} else
		reading_clear(&looks);
	return is_good;
}

static void end_reading(struct preview *preview, int status)
{
	preview->is_lost = hear_reading(preview);
	desk_forget(&preview->next);
	if (preview->is_lost)
		return;
	preview->is_behind = true;
	preview->number++;
	tell_failure(preview, status);
}

/* ---- building ---------------------------------------------------------------------------- */

static void start_build(struct preview *preview)
{
	int told[2];
	preview->built = preview->now.of;
	preview->built_year = preview->now_year;
	if (pipe(told)) {
		say_reason(preview->options, "pipe", errno);
		return;
	}
	bool is_given = handing_give(preview->now.socket, DESK_BUILD, told[1]);
	close(told[1]);
	preview->builder = told[0];
	if (is_given)
		return;
	close(told[0]);
	preview->builder = -1;
}

/* Of what has changed since, nothing is said. */
static void end_build(struct preview *preview)
{
	struct reading *found = &preview->found;
	bool is_good = found->is_there && found->head.is_good;
	bool is_current = preview->now.pid && preview->built == preview->now.of;
	if (is_good)
		preview->year = preview->built_year;
	if (is_current && found->is_there) {
		struct text told = reading_part(found, READING_BY_FILE);
		struct text before = reading_part(&preview->looks, READING_BY_FILE);
		preview->number += !text_equal(told, before);
		reading_clear(&preview->looks);
		preview->looks = *found;
		*found = (struct reading){ 0 };
	}
	if (is_current) {
		preview->is_proven = is_good;
		preview->has_failed = !is_good;
		if (!is_good)
			tell_unfit(preview);
	}
	reading_clear(found);
}

static void hear_build(struct preview *preview)
{
	if (reading_take(&preview->builder, &preview->found) == READING_ENDED)
		end_build(preview);
}

/* It puts away what is half made, and tells the end by closing. */
static void await_build(struct preview *preview)
{
	struct pollfd polled = { .fd = preview->builder, .events = POLLIN };
	while (preview->builder >= 0 && poll(&polled, 1, AWAIT_MS) != 0)
		if (reading_take(&preview->builder, &preview->found) == READING_ENDED)
			return;
}

/* ---- going on -------------------------------------------------------------------------------- */

static void bury(struct preview *preview)
{
	int status;
	pid_t pid;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == preview->next.pid)
			end_reading(preview, status);
		if (pid == preview->now.pid) {
			desk_forget(&preview->now);
			preview->is_lost = true;
		}
	}
}

/* Reading starts when something has been saved or the desk has died; building, when all has been quiet for a while. */
static int tick(void *context)
{
	struct preview *preview = context;
	uint64_t now = now_of(preview), seen = watch_look(preview->watch, now);
	if (hear_reading(preview))
		take_over(preview);
	hear_build(preview);
	line_hear(&preview->site, now);
	line_hear(&preview->paper, now);
	bury(preview);
	bool is_new = seen != preview->next.of || (preview->is_lost && !preview->next.pid);
	if (is_new && (!preview->next.pid || preview->restarts < RESTARTS_MOST))
		start_reading(preview, seen);
	bool is_quiet = preview->now.pid && !preview->next.pid && preview->builder < 0;
	if (is_quiet && preview->built != preview->now.of && now >= preview->build_ms)
		start_build(preview);
	return interrupt_requested() ? -1 : watch_wait_ms(preview->watch, now);
}

static size_t also(void *context, int *descriptors)
{
	const struct preview *preview = context;
	const int all[] = { watch_descriptor(preview->watch), preview->next.told, preview->now.socket, preview->builder,
			    line_descriptor(&preview->site), line_descriptor(&preview->paper) };
	size_t count = 0;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i] >= 0)
			descriptors[count++] = all[i];
	return count;
}

/* ---- the command ------------------------------------------------------------------------------- */

static int parse_port(const struct options *options, int *port)
{
	int64_t number = PORT;
	if (options->port && (!text_to_integer(text_from(options->port), &number) || number < 0 || number > 65535))
		return say_usage(options, "端口应为 0 到 65535（0 为任选）", "a port is a number from 0 to 65535 (0: any)", options->port);
	*port = (int)number;
	return 0;
}

static int tell_no_port(struct preview *preview, int port, int error)
{
	struct diag *diag = diag_new(preview->arena, sources_new(preview->arena));
	struct buf buf;
	DIAG(diag, error == EADDRINUSE ? DIAG_PORT_TAKEN : DIAG_PORT_UNUSABLE, .n = port, .a = file_reason(error));
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_write(diag, DIAG_FORMAT_TEXT, preview->options->environment.language, &buf);
	say_lines(stderr, buf_view(&buf));
	buf_clear(&buf);
	return EXIT_WORLD;
}

static void choose_folders(struct preview *preview)
{
	const struct options *options = preview->options;
	struct text out = text_format(preview->arena, "%s/" TREE_PREVIEW "/%d", out_folder(options),
				      server_port(preview->server));
	preview->out = text_string(preview->arena, out);
}

/* Where what is: the site's address alone on the first line, for programs. */
static void tell_addresses(const struct preview *preview)
{
	static const struct {
		const char *path, *words[2];
	} addresses[] = {
		{ PAPER_ROOT, { "报告和诊断书的页面（仅供内部预览）", "the pages of report and diagnoses" } },
		{ PANEL_PROBLEMS_ROOT, { "数据的问题：在哪个单元格，怎样改", "what is wrong with the data, and what to do about it" } },
		{ PANEL_STATE_ROOT, { "各阶段的进展", "where the year stands" } },
	};
	say_line(stderr, "http://127.0.0.1:%d/", server_port(preview->server));
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
		say_line(stderr, "http://127.0.0.1:%d/%s/  %s", server_port(preview->server), addresses[i].path,
			 addresses[i].words[preview->options->environment.language]);
}

static void end(struct preview *preview)
{
	line_close(&preview->site);
	line_close(&preview->paper);
	desk_end(&preview->next);
	desk_end(&preview->now);
	await_build(preview);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		continue;
	watch_close(preview->watch);
	server_close(preview->server);
}

static int serve(struct preview *preview, int port)
{
	const struct server_options server = {
		.port = port, .milliseconds = preview->options->environment.milliseconds, .context = preview,
		.answer = preview_answer, .also = also, .tick = tick,
	};
	preview->server = server_open(&server);
	if (!preview->server)
		return tell_no_port(preview, port, errno);
	tell_addresses(preview);
	choose_folders(preview);
	preview->watch = watch_open(preview->options);
	/* Not those of the preview before on this port: its pages may still be open. */
	preview->number = preview->site_number = (unsigned)(now_of(preview) / 1000 % 1000000 * 1000);
	start_reading(preview, watch_look(preview->watch, now_of(preview)));
	bool good = server_run(preview->server);
	if (!good)
		say_reason(preview->options, "127.0.0.1", errno);
	end(preview);
	return good ? EXIT_CLEAN : EXIT_WORLD;
}

int command_serve(const struct options *options)
{
	int port = PORT;
	int code = parse_port(options, &port);
	if (!code)
		code = out_check(options);
	if (code)
		return code;
	struct preview preview = { .options = options, .arena = arena_new(), .scratch = arena_new(), .builder = -1,
				   .now = { .told = -1, .socket = -1 }, .next = { .told = -1, .socket = -1 } };
	line_init(&preview.site, DESK_SITE);
	line_init(&preview.paper, DESK_PAPER);
	interrupt_catch();
	interrupt_defer();
	code = serve(&preview, port);
	reading_clear(&preview.data);
	reading_clear(&preview.looks);
	reading_clear(&preview.found);
	arena_free(preview.scratch);
	arena_free(preview.arena);
	return code;
}
