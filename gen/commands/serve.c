/* SPDX-License-Identifier: MIT
 *
 * The preview: builds the site into <out>/preview/<port>, serves it on loopback, and
 * builds again when data, content or themes change; open pages then reload themselves.  The
 * pages of paper are beside it (viewer.h).
 *
 * The port is taken before anything else, so the folder is this preview's alone: two on
 * two ports do not meet.  Building happens in a child, so its memory goes with it and a
 * failed build leaves the last good site.  The script that reloads is put into pages as
 * they are served; the files themselves are those that would be published.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/source.h"
#include "build/folders.h"
#include "build/out.h"
#include "build/run.h"
#include "build/say.h"
#include "check/load.h"
#include "commands/commands.h"
#include "commands/viewer.h"
#include "publish/tree.h"
#include "serve/server.h"
#include "serve/tree.h"

enum { PORT = 8321, SCAN_MS = 500, DEPTH_MOST = 8 };

struct preview {
	const struct options *options;
	struct server *server;
	struct arena *arena;      /* the command */
	struct arena *scratch;    /* one scan, one answer */
	const char *out;          /* <out>/preview/<port> */
	int64_t year;             /* of the last good build; 0: none yet */
	uint64_t built, seen;     /* fingerprints of the inputs: of the running or last build, of the last scan */
	uint64_t next_scan;
	pid_t child;              /* 0: no build is running */
	int64_t child_year;       /* what it builds; 0: there is no year to build */
	unsigned generation;      /* of the site, counted up with every good build */
	struct viewer viewer;     /* the pages of paper */
};

/* ---- watching ------------------------------------------------------------------------ */

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 29;
}

static uint64_t fingerprint(struct arena *arena, const char *path, int depth, uint64_t hash)
{
	struct stat status;
	if (lstat(path, &status) != 0)
		return mix(hash, 1);
	hash = mix(mix(mix(hash, (uint64_t)status.st_ino), (uint64_t)status.st_size),
		   (uint64_t)status.st_mtim.tv_sec * 1000000000u + (uint64_t)status.st_mtim.tv_nsec);
	struct text *names;
	size_t count;
	if (!S_ISDIR(status.st_mode) || depth == 0 || file_list(arena, path, NULL, &names, &count) != 0)
		return hash;
	for (size_t i = 0; i < count; i++)
		if (names[i].at[0] != '.')
			hash = fingerprint(arena, file_join(arena, path, names[i]), depth - 1, mix(hash, text_hash(names[i])));
	return hash;
}

static uint64_t scan(struct preview *preview)
{
	uint64_t hash = 0;
	arena_clear(preview->scratch);
	const struct options *options = preview->options;
	const char *more_themes = folders_more_themes(preview->scratch, options);
	const char *watched[] = {
		run_data_folder(options), folders_content(preview->scratch, options), folders_themes(options),
		more_themes ? more_themes : "", options->theme && strchr(options->theme, '/') ? options->theme : "",
	};
	for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
		hash = fingerprint(preview->scratch, watched[i], DEPTH_MOST, hash);
	return hash;
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

static void start_build(struct preview *preview)
{
	struct options options = *preview->options;
	arena_clear(preview->scratch);
	preview->child_year = choose_year(preview);
	options.arguments[0] = "site";
	options.argument_count = 1;
	options.out = preview->out;
	options.port = NULL;
	if (preview->child_year)
		options.year = text_string(preview->scratch, text_format(preview->scratch, "%lld", (long long)preview->child_year));
	fflush(NULL);
	pid_t parent = getpid();
	preview->child = fork();
	if (preview->child == 0) {
		interrupt_forked(parent);
		server_close(preview->server);
		viewer_leave(&preview->viewer);
		int code = command_build(&options);
		fflush(NULL);
		_exit(code);
	}
	if (preview->child < 0) {
		say_reason(preview->options, "fork", errno);
		preview->child = 0;
	}
}

/* The build has said what is wrong; this says what it means for who looks at the pages. */
static void tell_failure(const struct preview *preview, int status)
{
	static const char *const words[2][2] = {
		{ "预览：还没有可看的网页；改正后自动重新生成", "预览：网页仍是上一次的好结果；改正后自动重新生成" },
		{ "preview: nothing to show yet; correct it and it is built again", "preview: the last good site stays; correct it and it is built again" },
	};
	if (WIFSIGNALED(status))
		say_line(stderr, "signal %d", WTERMSIG(status));
	say_line(stderr, "%s", words[preview->options->environment.language][preview->year != 0]);
}

static void finish_build(struct preview *preview)
{
	int status;
	if (!preview->child || waitpid(preview->child, &status, WNOHANG) != preview->child)
		return;
	preview->child = 0;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_CLEAN) {
		if (!interrupt_requested())
			tell_failure(preview, status);
		return;
	}
	preview->generation++;
	viewer_forget(&preview->viewer);
	preview->year = preview->child_year;
}

/* A build starts when the inputs have changed and have then been still for one scan. */
static bool tick(void *context)
{
	struct preview *preview = context;
	uint64_t now = preview->options->environment.milliseconds();
	finish_build(preview);
	if (now >= preview->next_scan) {
		uint64_t before = preview->seen;
		preview->seen = scan(preview);
		preview->next_scan = now + SCAN_MS;
		if (!preview->child && preview->seen == before && preview->seen != preview->built) {
			preview->built = preview->seen;
			start_build(preview);
		}
	}
	return !interrupt_requested();
}

/* ---- answering ------------------------------------------------------------------------------ */

/* At the foot of every page of the site, as it is served. */
#define VIEWER_LINK "<p class=\"wide\"><a href=\"/" VIEWER_ROOT "/\">文书的页面（仅供内部预览）</a></p>\n"

/* Asks again and again by script elements, which the pages' policy allows; fetch it does not. */
static void write_script(const struct preview *preview, struct buf *body)
{
	buf_format(body,
		   "(function ask() {\n"
		   "\tvar script = document.createElement('script');\n"
		   "\tscript.src = '/__reload?%u';\n"
		   "\tscript.onload = script.onerror = function () { script.remove(); setTimeout(ask, 700); };\n"
		   "\tdocument.head.append(script);\n"
		   "}());\n",
		   preview->generation);
}

static bool answer_reload(const struct preview *preview, const struct http_request *request, struct http_answer *answer, struct buf *body)
{
	int64_t generation;
	bool is_script = strcmp(request->path, "__reload.js") == 0;
	if (!is_script && strcmp(request->path, "__reload") != 0)
		return false;
	answer->type = http_type(TEXT("a.js"));
	if (is_script)
		write_script(preview, body);
	else if (text_to_integer(request->query, &generation) && generation != preview->generation)
		buf_string(body, "location.reload();\n");
	return true;
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

/* False when there is no such plain file. */
static bool add_file(struct preview *preview, struct text path, struct buf *body)
{
	if (look_up(preview, path, body) != TREE_FILE) {
		buf_reset(body);
		return false;
	}
	if (!text_ends(path, ".html"))
		return true;
	size_t end = find_last(buf_view(body), "</body>");
	struct text tail = text_copy(preview->scratch, text_slice(buf_view(body), end, body->size));
	body->size = end;
	buf_string(body, VIEWER_LINK PREVIEW_SCRIPT);
	buf_text(body, tail);
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

/* Until there is a site: a page without words that waits for one. */
static void answer_nothing(struct http_answer *answer, struct buf *body)
{
	answer->status = HTTP_UNAVAILABLE;
	answer->type = http_type(TEXT("a.html"));
	buf_string(body, "<!DOCTYPE html>\n<title>…</title>\n<p>…</p>\n" PREVIEW_SCRIPT);
}

static void answer(void *context, const struct http_request *request, struct http_answer *answer, struct buf *body)
{
	struct preview *preview = context;
	if (answer_reload(preview, request, answer, body))
		return;
	if (!preview->year) {
		answer_nothing(answer, body);
		return;
	}
	arena_clear(preview->scratch);
	struct text path = text_from(request->path);
	if (viewer_owns(path)) {
		viewer_answer(&preview->viewer, request->path, preview->year, answer, body);
		return;
	}
	if (path.size == 0 || text_ends(path, "/"))
		path = text_format(preview->scratch, "%.*sindex.html", TEXT_ARGS(path));
	else if (look_up(preview, path, NULL) == TREE_FOLDER) {
		answer_folder(preview, path, answer);
		return;
	}
	answer->type = http_type(path);
	if (add_file(preview, path, body))
		return;
	answer->status = HTTP_NOT_FOUND;
	answer->type = http_type(TEXT("404.html"));
	add_file(preview, TEXT("404.html"), body);
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

static int serve(struct preview *preview, int port)
{
	const struct server_options server = {
		.port = port, .milliseconds = preview->options->environment.milliseconds, .context = preview, .answer = answer, .tick = tick,
	};
	preview->server = server_open(&server);
	if (!preview->server)
		return tell_no_port(preview, port, errno);
	say_line(stderr, "http://127.0.0.1:%d/", server_port(preview->server));
	static const char *const words[] = {
		[LANGUAGE_CHINESE] = "报告和诊断书的页面（仅供内部预览）", [LANGUAGE_ENGLISH] = "the pages of report and diagnoses" };
	say_line(stderr, "http://127.0.0.1:%d/" VIEWER_ROOT "/  %s", server_port(preview->server),
		 words[preview->options->environment.language]);
	viewer_open(&preview->viewer, preview->options, preview->server);
	choose_folders(preview);
	preview->built = preview->seen = scan(preview);
	start_build(preview);
	bool good = server_run(preview->server);
	if (!good)
		say_reason(preview->options, "127.0.0.1", errno);
	if (preview->child && kill(preview->child, SIGTERM) == 0)
		waitpid(preview->child, NULL, 0);
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
	struct preview preview = { .options = options, .arena = arena_new(), .scratch = arena_new() };
	interrupt_catch();
	interrupt_defer();
	code = serve(&preview, port);
	arena_free(preview.scratch);
	arena_free(preview.arena);
	return code;
}
