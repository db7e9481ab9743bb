/* SPDX-License-Identifier: MIT
 *
 * The process of a desk: what it reads and tells, and what is forked from it.
 */
#define _GNU_SOURCE /* nice */
#include "commands/desk.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/list.h"
#include "base/map.h"
#include "build/build.h"
#include "build/receipt.h"
#include "build/years.h"
#include "commands/paper.h"
#include "compose/site_single.h"
#include "serve/handing.h"

/* Who makes pages, and of what. */
struct room {
	struct build *build;
	struct paper paper;
	struct site_single *site;
	struct text wanted;         /* path of the page that is being made */
	struct map numbers;         /* path → index in files */
	LIST(struct text) files;    /* what came with the pages: assets, downloads, cards */
	struct buf body;            /* of the page that is being made */
};

/* ---- pages of the site ------------------------------------------------------------------------ */

static bool keep(void *context, struct text path, struct text bytes)
{
	struct room *room = context;
	if (text_equal(path, room->wanted)) {
		buf_text(&room->body, bytes);
		return true;
	}
	map_add(&room->numbers, text_copy(room->build->run.arena, path), (uint32_t)room->files.count);
	if (room->numbers.count > room->files.count)
		LIST_PUSH(&room->files, text_copy(room->build->run.arena, bytes));
	return true;
}

static bool open_site(struct room *room)
{
	struct site_options *options = ARENA_NEW(room->build->run.arena, struct site_options);
	*options = make_site_options(room->build);
	options->write = keep;
	options->write_context = room;
	room->site = site_single_open(room->build->run.arena, options);
	return room->site && run_is_good(&room->build->run);
}

/* As a web server finds it: a folder is its index.html. */
static bool answer_site(struct room *room, struct text path, struct line_reply *reply)
{
	struct arena *arena = room->build->scratch;
	bool is_folder = path.size == 0 || text_ends(path, "/");
	struct text page = is_folder ? text_format(arena, "%.*sindex.html", TEXT_ARGS(path)) : path;
	const uint32_t *file = map_find(&room->numbers, page);
	if (file) {
		buf_text(&room->body, room->files.at[*file]);
		return true;
	}
	if (!site_single_has(room->site, page)) {
		struct text inside = text_format(arena, "%.*s/index.html", TEXT_ARGS(path));
		bool is_moved = !is_folder && site_single_has(room->site, inside);
		reply->status = is_moved ? HTTP_MOVED : HTTP_NOT_FOUND;
		page = TEXT("404.html");
		if (is_moved || !site_single_has(room->site, page))
			return true;
	}
	room->wanted = page;
	bool is_good = site_single_make(room->site, page) && run_is_good(&room->build->run);
	room->wanted = NO_TEXT;
	return is_good;
}

/* ---- a line ------------------------------------------------------------------------------------- */

static void send_all(int socket, const void *bytes, size_t size)
{
	const char *at = bytes;
	while (size) {
		ssize_t sent = send(socket, at, size, MSG_NOSIGNAL);
		if (sent < 0 && errno != EINTR)
			_exit(EXIT_CLEAN);
		at += sent > 0 ? sent : 0;
		size -= sent > 0 ? (size_t)sent : 0;
	}
}

/* One line that names a path; false at the end. */
static bool receive(int socket, char *line, size_t room, size_t *size)
{
	for (*size = 0; *size < room; ++*size) {
		ssize_t got = recv(socket, line + *size, 1, 0);
		if (got < 0 && errno == EINTR) {
			--*size;
			continue;
		}
		if (got <= 0)
			return false;
		if (line[*size] == '\n')
			return true;
	}
	return false;
}

static _Noreturn void fail(struct room *room)
{
	build_report(room->build, false);
	_exit(EXIT_INPUT);
}

static _Noreturn void serve_line(struct room *room, enum desk_line what, int socket)
{
	char line[HTTP_TARGET_MOST + 2];
	size_t size;
	buf_init(&room->body, BUF_LIMIT_PAGE);
	if (what == DESK_PAPER ? !paper_open(&room->paper, room->build) : !open_site(room))
		fail(room);
	while (receive(socket, line, sizeof line, &size)) {
		struct line_reply reply = { .status = HTTP_OK };
		const struct text path = { line, size };
		buf_reset(&room->body);
		bool is_good = what == DESK_PAPER ? paper_answer(&room->paper, path, &reply, &room->body)
						  : answer_site(room, path, &reply);
		if (!is_good)
			fail(room);
		if (room->body.overflowed) {
			reply.status = HTTP_UNAVAILABLE;
			buf_reset(&room->body);
		}
		reply.size = room->body.size;
		send_all(socket, &reply, sizeof reply);
		send_all(socket, room->body.at, room->body.size);
	}
	_exit(EXIT_CLEAN);
}

/* ---- looks -------------------------------------------------------------------------------------- */

/* The looks of the site; paper has its own when it is asked for. */
static bool open_looks(struct build *build)
{
	build->plan = (struct plan){ .parts = PART_SITE, .shard = 1, .shards = 1 };
	press_choose_folders(build);
	build->edition.newest = years_newest(&build->run);
	return press_open_looks(build) && files_load(build) && run_is_good(&build->run);
}

/* ---- the whole site ------------------------------------------------------------------------------ */

enum { POLITE = 10 }; /* which others on the machine, and the pages, come before */

/* Told to end, it puts away what it has half made, and says nothing. */
static _Noreturn void build_site(struct build *build, const char *out, struct text list, int told)
{
	struct options options = *build->options;
	interrupt_catch();
	interrupt_defer();
	interrupt_follow(SIGTERM);
	if (nice(POLITE) < 0)
		errno = 0; /* then as everybody else */
	options.out = out;
	build->options = build->run.options = &options;
	build->plan.jobs = 1;
	bool is_done = plan_tasks(&build->plan, &build->run) && build_make(build);
	bool is_stopped = interrupt_requested();
	if (!is_stopped) {
		reading_tell_site(&build->run, list, is_done, told);
		build_report(build, is_done);
	}
	build_close(build);
	_exit(EXIT_CLEAN);
}

#define READ ".read.receipts"

/* ---- the desk itself ----------------------------------------------------------------------------- */

/* What a desk forks others from. */
struct master {
	struct build build;
	struct buf list; /* READING_LIST of what it has read */
	const char *out;
	int socket;
};

/* In the process that was forked. */
static _Noreturn void begin(struct master *master, enum desk_line what, int end)
{
	struct room room = { .build = &master->build };
	signal(SIGCHLD, SIG_DFL);
	close(master->socket);
	if (what == DESK_BUILD)
		build_site(&master->build, master->out, buf_view(&master->list), end);
	serve_line(&room, what, end);
}

static _Noreturn void serve_all(struct master *master)
{
	char what;
	int line;
	signal(SIGCHLD, SIG_IGN); /* whose end nobody waits for */
	pid_t parent = getpid();
	while ((line = handing_take(master->socket, &what)) >= 0) {
		fflush(NULL);
		if (fork() == 0) {
			interrupt_forked(parent);
			begin(master, (enum desk_line)what, line);
		}
		close(line);
	}
	_exit(EXIT_CLEAN);
}

_Noreturn void desk_run(const struct options *options, const struct reading *before, const char *out, int told,
			int socket)
{
	struct master master = { .out = out, .socket = socket };
	struct build *build = &master.build;
	*build = (struct build){ .options = options, .scratch = arena_new() };
	buf_init(&master.list, BUF_LIMIT_FILE);
	/* Nothing of it stays in the build: who makes pages needs no receipts. */
	struct receipts *receipts = receipts_open_reading(options, text_format(build->scratch, "%s/" READ, out).at);
	int code = receipts_read_data(build, receipts);
	if (!code) {
		reading_tell(&build->run, before, told, &master.list);
		bool is_good = run_is_good(&build->run);
		if (is_good) {
			is_good = open_looks(build);
			reading_tell_site(&build->run, buf_view(&master.list), is_good, told);
		}
		close(told);
		receipts_keep_read(receipts);
		receipts_close(receipts);
		if (is_good)
			serve_all(&master);
		code = run_report(&build->run);
	}
	fflush(NULL);
	_exit(code ? code : EXIT_INPUT);
}
