/* SPDX-License-Identifier: MIT
 *
 * The preview: builds the site into <out>/preview, serves it on loopback, and builds
 * again when data, content or themes change; open pages then reload themselves.
 *
 * Building happens in a child, so its memory goes with it and a failed build leaves
 * the last good site.  The script that reloads is put into pages as they are served;
 * the files themselves are those that would be published.
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
#include "build/run.h"
#include "commands/commands.h"
#include "build/say.h"
#include "serve/server.h"

enum { PORT = 8321, SCAN_MS = 500, DEPTH_MOST = 8, FOLDERS = 3 };

struct preview {
	const struct options *options;
	struct server *server;
	struct arena *arena;      /* the command */
	struct arena *scratch;    /* one scan, one answer */
	const char *out;
	const char *watched[FOLDERS];
	const char *site;         /* public/ of the last good build; NULL: none yet */
	uint64_t built, seen;     /* fingerprints of the inputs: of the running or last build, of the last scan */
	uint64_t next_scan;
	pid_t child;              /* 0: no build is running */
	unsigned generation;      /* of the site, counted up with every good build */
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
	for (size_t i = 0; i < FOLDERS; i++)
		hash = fingerprint(preview->scratch, preview->watched[i], DEPTH_MOST, hash);
	return hash;
}

/* ---- building ---------------------------------------------------------------------------- */

static void start_build(struct preview *preview)
{
	struct options options = *preview->options;
	options.arguments[0] = "site";
	options.argument_count = 1;
	options.out = preview->out;
	options.port = NULL;
	fflush(NULL);
	pid_t parent = getpid();
	preview->child = fork();
	if (preview->child == 0) {
		interrupt_forked(parent);
		server_close(preview->server);
		int code = command_build(&options);
		fflush(NULL);
		_exit(code);
	}
	if (preview->child < 0)
		preview->child = 0;
}

/* The newest year below the output that has a site. */
static const char *find_site(struct preview *preview)
{
	struct text *names;
	size_t count;
	if (file_list(preview->scratch, preview->out, NULL, &names, &count) != 0)
		return NULL;
	for (size_t i = count; i-- > 0;) {
		int64_t year;
		const char *site = file_join(preview->scratch, file_join(preview->scratch, preview->out, names[i]), TEXT("public"));
		if (text_to_integer(names[i], &year) && file_is_folder(site))
			return text_string(preview->arena, text_from(site));
	}
	return NULL;
}

static void finish_build(struct preview *preview)
{
	int status;
	if (!preview->child || waitpid(preview->child, &status, WNOHANG) != preview->child)
		return;
	preview->child = 0;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_CLEAN)
		return;
	preview->generation++;
	arena_clear(preview->scratch);
	if (!preview->site)
		preview->site = find_site(preview);
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

#define SCRIPT_TAG "<script src=\"/__reload.js\" defer></script>\n"

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

/* False when there is no such plain file. */
static bool add_file(const char *path, bool is_page, struct buf *body)
{
	struct stat status;
	struct file_bytes bytes;
	if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode) || file_map(path, BUF_LIMIT_PAGE / 2, &bytes) != 0)
		return false;
	size_t end = is_page ? find_last(bytes.text, "</body>") : bytes.text.size;
	buf_text(body, text_slice(bytes.text, 0, end));
	buf_string(body, is_page ? SCRIPT_TAG : "");
	buf_text(body, text_slice(bytes.text, end, bytes.text.size));
	file_release(&bytes);
	return true;
}

/* Until there is a site: a page without words that waits for one. */
static void answer_nothing(struct http_answer *answer, struct buf *body)
{
	answer->status = HTTP_UNAVAILABLE;
	answer->type = http_type(TEXT("a.html"));
	buf_string(body, "<!DOCTYPE html>\n<title>…</title>\n<p>…</p>\n" SCRIPT_TAG);
}

static void answer(void *context, const struct http_request *request, struct http_answer *answer, struct buf *body)
{
	struct preview *preview = context;
	if (answer_reload(preview, request, answer, body))
		return;
	if (!preview->site) {
		answer_nothing(answer, body);
		return;
	}
	arena_clear(preview->scratch);
	struct text path = text_from(request->path);
	const char *file = file_join(preview->scratch, preview->site, path);
	if (path.size && !text_ends(path, "/") && file_is_folder(file)) {
		size_t slash = find_last(path, "/");
		struct text last = slash == path.size ? path : text_slice(path, slash + 1, path.size);
		bool is_plain = true;
		for (size_t i = 0; i < last.size; i++)
			is_plain &= last.at[i] > ' ' && last.at[i] < 0x7F && last.at[i] != ':';
		answer->status = is_plain ? HTTP_MOVED : HTTP_NOT_FOUND;
		answer->place = text_format(preview->scratch, "%.*s/", TEXT_ARGS(last));
		return;
	}
	if (path.size == 0 || text_ends(path, "/"))
		path = text_format(preview->scratch, "%.*sindex.html", TEXT_ARGS(path));
	answer->type = http_type(path);
	if (add_file(file_join(preview->scratch, preview->site, path), text_ends(path, ".html"), body))
		return;
	answer->status = HTTP_NOT_FOUND;
	answer->type = http_type(TEXT("404.html"));
	add_file(file_join(preview->scratch, preview->site, TEXT("404.html")), true, body);
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

static int serve(struct preview *preview, int port)
{
	const struct options *options = preview->options;
	const struct server_options server = {
		.port = port, .milliseconds = options->environment.milliseconds, .context = preview, .answer = answer, .tick = tick,
	};
	preview->server = server_open(&server);
	if (!preview->server) {
		say_line(stderr, "127.0.0.1:%d: %s", port, strerror(errno));
		return EXIT_WORLD;
	}
	say_line(stderr, "http://127.0.0.1:%d/", server_port(preview->server));
	preview->built = preview->seen = scan(preview);
	start_build(preview);
	bool good = server_run(preview->server);
	if (preview->child && kill(preview->child, SIGTERM) == 0)
		waitpid(preview->child, NULL, 0);
	server_close(preview->server);
	return good ? EXIT_CLEAN : EXIT_WORLD;
}

int command_serve(const struct options *options)
{
	int port = PORT;
	int code = parse_port(options, &port);
	if (code)
		return code;
	struct preview preview = { .options = options, .arena = arena_new(), .scratch = arena_new() };
	preview.out = file_join(preview.arena, options->out ? options->out : "out", TEXT("preview"));
	preview.watched[0] = run_data_folder(options);
	preview.watched[1] = options->content ? options->content : "content";
	preview.watched[2] = options->theme && strchr(options->theme, '/') ? options->theme : options->themes ? options->themes : "themes";
	interrupt_catch();
	interrupt_defer();
	file_remove_tree(preview.out);
	code = serve(&preview, port);
	arena_free(preview.scratch);
	arena_free(preview.arena);
	return code;
}
