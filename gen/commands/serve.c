/* SPDX-License-Identifier: MIT
 *
 * The preview: reads the data and shows what is wrong, builds the site into <out>/preview/<port>, serves
 * both on loopback, and does it again when data, content or themes change; open pages then reload themselves.  The
 * pages of paper are beside it (viewer.h); what all pages have in common says panel.h.
 *
 * The port is taken before anything else, so the folder is this preview's alone: two on
 * two ports do not meet.  Reading comes first, in a child (reading.h): problems are shown as soon as a table is saved,
 * also while a site is still being built.  Building happens in another, only of data that are good enough for
 * it, so its memory goes with it and a failed build leaves the last good site.  Bar and script are put into
 * pages as they are served; the files themselves are those that would be published.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/source.h"
#include "build/build.h"
#include "build/out.h"
#include "build/say.h"
#include "check/load.h"
#include "commands/commands.h"
#include "commands/panel.h"
#include "commands/viewer.h"
#include "commands/watch.h"
#include "serve/server.h"
#include "serve/tree.h"

enum { PORT = 8321, SCAN_MS = 500 };

/* A child that reads or builds, and the pipe by which it tells what it found. */
struct child {
	pid_t pid;    /* 0: none is running */
	int pipe;     /* -1: closed */
	uint64_t of;  /* fingerprint of the inputs of the running or the last one */
};

struct preview {
	const struct options *options;
	struct server *server;
	struct arena *arena;      /* the command */
	struct arena *scratch;    /* one scan, one answer */
	const char *out;          /* <out>/preview/<port> */
	int64_t year;             /* of the last good build; 0: none yet */
	int64_t child_year;       /* what the running build builds; 0: there is no year to build */
	uint64_t seen;            /* fingerprint of the inputs at the last scan */
	uint64_t next_scan;
	struct child reader, builder;
	struct reading data, site; /* what they told */
	bool is_good;             /* the last reading found nothing that stops a site */
	bool has_failed;          /* the last build did not end well */
	unsigned site_number, number; /* as in struct panel */
	struct viewer viewer;     /* the pages of paper */
};

/* ---- children ---------------------------------------------------------------------------- */

/* Forks; true in the child, which has *end to write to and none of the preview's connections. */
static bool fork_child(struct preview *preview, struct child *child, int *end)
{
	int ends[2];
	if (pipe(ends)) {
		say_reason(preview->options, "pipe", errno);
		return false;
	}
	fflush(NULL);
	pid_t parent = getpid();
	child->pid = fork();
	if (child->pid == 0) {
		interrupt_forked(parent);
		close(ends[0]);
		server_close(preview->server);
		viewer_leave(&preview->viewer);
		*end = ends[1];
		return true;
	}
	close(ends[1]);
	child->pipe = ends[0];
	if (child->pid > 0)
		return false;
	say_reason(preview->options, "fork", errno);
	close(ends[0]);
	child->pid = 0;
	child->pipe = -1;
	return false;
}

/* True once, when it has ended. */
static bool has_ended(struct child *child, int *status)
{
	if (!child->pid || waitpid(child->pid, status, WNOHANG) != child->pid)
		return false;
	child->pid = 0;
	return true;
}

static void end_child(struct child *child)
{
	if (child->pid && kill(child->pid, SIGTERM) == 0)
		waitpid(child->pid, NULL, 0);
	if (child->pipe >= 0)
		close(child->pipe);
}

/* The child has said what is wrong; this says what it means for who looks at the pages. */
static void tell_failure(const struct preview *preview, int status)
{
	static const char *const words[2][2] = {
		{ "预览：还没有可看的网页；改正后自动重新生成", "预览：网页仍是上一次的好结果；改正后自动重新生成" },
		{ "preview: nothing to show yet; correct it and it is built again",
		  "preview: the last good site stays; correct it and it is built again" },
	};
	if (WIFSIGNALED(status))
		say_line(stderr, "signal %d", WTERMSIG(status));
	say_line(stderr, "%s", words[preview->options->environment.language][preview->year != 0]);
}

static bool is_clean(int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_CLEAN;
}

/* ---- reading ------------------------------------------------------------------------------- */

static void start_reading(struct preview *preview)
{
	int end;
	preview->reader.of = preview->seen;
	if (!fork_child(preview, &preview->reader, &end))
		return;
	int code = reading_make(preview->options, &preview->data, end);
	fflush(NULL);
	_exit(code);
}

/* What it told is shown at once; whether a site can be built, its end says. */
static void finish_reading(struct preview *preview)
{
	int status;
	if (reading_take(&preview->reader.pipe, &preview->data)) {
		preview->number++;
		viewer_forget(&preview->viewer);
	}
	if (preview->reader.pipe >= 0 || !has_ended(&preview->reader, &status))
		return;
	preview->is_good = is_clean(status);
	if (!preview->is_good && !interrupt_requested())
		tell_failure(preview, status);
}

/* ---- building ---------------------------------------------------------------------------- */

/* The year to build is chosen here, so that it is known where the site will be. */
static int64_t choose_year(struct preview *preview)
{
	const struct options *options = preview->options;
	int64_t *years, year = 0;
	if (options->year)
		return text_to_integer(text_from(options->year), &year) ? year : 0;
	size_t count = load_years(preview->scratch, run_data_folder(options), &years);
	return count ? years[count - 1] : 0;
}

struct hearing {
	const struct reading *data;
	int end;
};

static void hear(void *context, struct run *run)
{
	const struct hearing *hearing = context;
	reading_make_site(run, hearing->data, hearing->end);
}

static void start_build(struct preview *preview)
{
	struct options options = *preview->options;
	struct hearing hearing = { .data = &preview->data };
	arena_clear(preview->scratch);
	preview->child_year = choose_year(preview);
	options.arguments[0] = "site";
	options.argument_count = 1;
	options.out = preview->out;
	options.port = NULL;
	if (preview->child_year)
		options.year = text_string(preview->scratch, text_format(preview->scratch, "%lld", (long long)preview->child_year));
	preview->builder.of = preview->reader.of;
	if (!fork_child(preview, &preview->builder, &hearing.end))
		return;
	int code = build_run_heard(&options, hear, &hearing);
	fflush(NULL);
	_exit(code);
}

static void finish_build(struct preview *preview)
{
	int status;
	reading_take(&preview->builder.pipe, &preview->site);
	if (preview->builder.pipe >= 0 || !has_ended(&preview->builder, &status))
		return;
	preview->number++;
	preview->has_failed = !is_clean(status);
	if (preview->has_failed) {
		if (!interrupt_requested())
			tell_failure(preview, status);
		return;
	}
	preview->site_number++;
	preview->year = preview->child_year;
}

/* Reading starts when the inputs have changed and have then been still for one scan; building, when they are good. */
static bool tick(void *context)
{
	struct preview *preview = context;
	uint64_t now = preview->options->environment.milliseconds();
	finish_reading(preview);
	finish_build(preview);
	if (now >= preview->next_scan) {
		uint64_t before = preview->seen;
		preview->seen = watch_scan(preview->options, preview->scratch);
		preview->next_scan = now + SCAN_MS;
		if (!preview->reader.pid && preview->seen == before && preview->seen != preview->reader.of)
			start_reading(preview);
	}
	bool is_busy = preview->reader.pid || preview->builder.pid;
	if (!is_busy && preview->is_good && preview->builder.of != preview->reader.of)
		start_build(preview);
	return !interrupt_requested();
}

/* ---- answering ------------------------------------------------------------------------------ */

static struct panel panel_of(const struct preview *preview)
{
	return (struct panel){
		.language = preview->options->environment.language, .data = &preview->data, .site = &preview->site,
		.is_reading = preview->reader.pid != 0, .is_building = preview->builder.pid != 0,
		.has_site = preview->year != 0, .has_failed = preview->has_failed,
		.site_number = preview->site_number, .number = preview->number,
	};
}

static size_t find_last(struct text text, const char *part)
{
	size_t size = strlen(part);
	for (size_t i = text.size; i >= size; i--)
		if (memcmp(text.at + i - size, part, size) == 0)
			return i - size;
	return text.size;
}

/* What the site holds at a path. */
static enum tree_kind look_up(struct preview *preview, struct text path, struct buf *body)
{
	struct text full = text_format(preview->scratch, "%lld/public%s%.*s", (long long)preview->year, path.size ? "/" : "", TEXT_ARGS(path));
	return tree_read(preview->out, full, body);
}

/* Bar and script at the end of a page. */
static void put_bar(struct preview *preview, enum panel_place place, struct buf *body)
{
	const struct panel panel = panel_of(preview);
	size_t end = find_last(buf_view(body), "</body>");
	struct text tail = text_copy(preview->scratch, text_slice(buf_view(body), end, body->size));
	body->size = end;
	panel_write_bar(&panel, place, body);
	buf_text(body, tail);
}

/* False when there is no such plain file. */
static bool add_file(struct preview *preview, struct text path, struct buf *body)
{
	if (look_up(preview, path, body) != TREE_FILE) {
		buf_reset(body);
		return false;
	}
	if (text_ends(path, ".html"))
		put_bar(preview, PANEL_SITE, body);
	return true;
}

/* A folder asked for without its slash; the place is relative and may hold only what an address may. */
static void answer_folder(struct preview *preview, struct text path, struct http_answer *answer)
{
	size_t slash = find_last(path, "/");
	struct text last = slash == path.size ? path : text_slice(path, slash + 1, path.size);
	bool is_plain = true;
	for (size_t i = 0; i < last.size; i++)
		is_plain &= last.at[i] > ' ' && last.at[i] < 0x7F && last.at[i] != ':';
	answer->status = is_plain ? HTTP_MOVED : HTTP_NOT_FOUND;
	answer->place = text_format(preview->scratch, "%.*s/", TEXT_ARGS(last));
}

static void answer_missing(struct preview *preview, struct http_answer *answer, struct buf *body)
{
	answer->status = HTTP_NOT_FOUND;
	answer->type = http_type(TEXT("404.html"));
	if (preview->year)
		add_file(preview, TEXT("404.html"), body);
}

/* Until there is a site: what is wrong, on a page that waits for one. */
static void answer_nothing(struct preview *preview, enum panel_place place, struct http_answer *answer,
			   struct buf *body)
{
	const struct panel panel = panel_of(preview);
	answer->status = HTTP_UNAVAILABLE;
	answer->type = http_type(TEXT("a.html"));
	panel_write_nothing(&panel, place, body);
}

/* The preview's own pages; false for a path that is none of theirs. */
static bool answer_panel(struct preview *preview, struct text path, struct http_answer *answer, struct buf *body)
{
	const struct panel panel = panel_of(preview);
	const struct panel_page *page = panel_find(path);
	if (page) {
		answer->type = http_type(TEXT("a.html"));
		panel_write_page(&panel, page, body);
		return true;
	}
	if (!text_starts(path, "__") || viewer_owns(path))
		return false;
	if (panel_find(text_format(preview->scratch, "%.*s/", TEXT_ARGS(path))))
		answer_folder(preview, path, answer);
	else
		answer_missing(preview, answer, body);
	return true;
}

static void answer_paper(struct preview *preview, const char *path, struct http_answer *answer, struct buf *body)
{
	int64_t year = preview->year ? preview->year : preview->data.head.year;
	if (!preview->is_good) {
		answer_nothing(preview, PANEL_PAPER, answer, body);
		return;
	}
	viewer_answer(&preview->viewer, path, year, answer, body);
	if (answer->status != HTTP_LATER && text_starts(answer->type, "text/html"))
		put_bar(preview, PANEL_PAPER, body);
}

static void answer_site(struct preview *preview, struct text path, struct http_answer *answer, struct buf *body)
{
	if (path.size == 0 || text_ends(path, "/"))
		path = text_format(preview->scratch, "%.*sindex.html", TEXT_ARGS(path));
	else if (look_up(preview, path, NULL) == TREE_FOLDER) {
		answer_folder(preview, path, answer);
		return;
	}
	answer->type = http_type(path);
	if (!add_file(preview, path, body))
		answer_missing(preview, answer, body);
}

static void answer(void *context, const struct http_request *request, struct http_answer *answer, struct buf *body)
{
	struct preview *preview = context;
	const struct panel panel = panel_of(preview);
	struct text path = text_from(request->path), type;
	arena_clear(preview->scratch);
	if (panel_answer(&panel, path, request->query, &type, body))
		answer->type = http_type(type);
	else if (answer_panel(preview, path, answer, body))
		return;
	else if (viewer_owns(path))
		answer_paper(preview, request->path, answer, body);
	else if (!preview->year)
		answer_nothing(preview, PANEL_SITE, answer, body);
	else
		answer_site(preview, path, answer, body);
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
	preview->out = text_string(preview->arena, text_format(preview->arena, "%s/" TREE_PREVIEW "/%d", out_folder(options), server_port(preview->server)));
}

/* Where what is: the site's address alone on the first line, for programs. */
static void tell_addresses(const struct preview *preview)
{
	static const struct {
		const char *path, *words[2];
	} addresses[] = {
		{ VIEWER_ROOT, { "报告和诊断书的页面（仅供内部预览）", "the pages of report and diagnoses" } },
		{ PANEL_PROBLEMS_ROOT, { "数据的问题：在哪个单元格，怎样改", "what is wrong with the data, and what to do about it" } },
		{ PANEL_STATE_ROOT, { "各阶段的进展", "where the year stands" } },
	};
	say_line(stderr, "http://127.0.0.1:%d/", server_port(preview->server));
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
		say_line(stderr, "http://127.0.0.1:%d/%s/  %s", server_port(preview->server), addresses[i].path,
			 addresses[i].words[preview->options->environment.language]);
}

static int serve(struct preview *preview, int port)
{
	const struct server_options server = {
		.port = port, .milliseconds = preview->options->environment.milliseconds, .context = preview, .answer = answer, .tick = tick,
	};
	preview->server = server_open(&server);
	if (!preview->server)
		return tell_no_port(preview, port, errno);
	tell_addresses(preview);
	viewer_open(&preview->viewer, preview->options, preview->server);
	choose_folders(preview);
	preview->seen = watch_scan(preview->options, preview->scratch);
	start_reading(preview);
	bool good = server_run(preview->server);
	if (!good)
		say_reason(preview->options, "127.0.0.1", errno);
	end_child(&preview->reader);
	end_child(&preview->builder);
	viewer_forget(&preview->viewer);
	server_close(preview->server);
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
	struct preview preview = { .options = options, .arena = arena_new(), .scratch = arena_new(),
				   .reader.pipe = -1, .builder.pipe = -1 };
	interrupt_catch();
	interrupt_defer();
	code = serve(&preview, port);
	reading_clear(&preview.data);
	reading_clear(&preview.site);
	arena_free(preview.scratch);
	arena_free(preview.arena);
	return code;
}
