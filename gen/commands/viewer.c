/* SPDX-License-Identifier: MIT
 *
 * The preview's side: one process, one wish at a time; who wants something else waits.
 */
#define _GNU_SOURCE /* MSG_DONTWAIT */
#include "commands/viewer.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "build/say.h"
#include "serve/server.h"

enum { FETCH_MS = 1000 }; /* what nobody fetches is dropped then: its browser has gone on */

/* On top of the theme's own (panel.h). */
static const char style[] =
	"body { background: var(--accent-soft, #e9ecf0); }\n"
	"main { max-width: 62rem; margin: 0 auto; padding: 0 1rem 3rem; }\n"
	"h1 { font-size: 1.4rem; } h2 { font-size: 1rem; margin: 1.6rem 0 .4rem; }\n"
	".numbers { padding: 0; list-style: none; } .numbers li { display: inline-block; margin-right: .6rem; }\n"
	"img { display: block; width: 100%; height: auto; background: #fff; box-shadow: 0 1px 4px #59616d; }\n";

void viewer_open(struct viewer *viewer, const struct options *options, struct server *server)
{
	*viewer = (struct viewer){ .options = options, .server = server, .socket = -1 };
	buf_init(&viewer->in, BUF_LIMIT_PAGE);
}

bool viewer_owns(struct text path)
{
	return text_is(path, VIEWER_ROOT) || text_starts(path, VIEWER_ROOT "/");
}

void viewer_forget(struct viewer *viewer)
{
	if (viewer->child) {
		kill(viewer->child, SIGKILL); /* it has nothing to put away */
		waitpid(viewer->child, NULL, 0);
		close(viewer->socket);
	}
	viewer->child = 0;
	viewer->socket = -1;
	viewer->stage = VIEWER_IDLE;
	buf_clear(&viewer->in);
}

void viewer_leave(struct viewer *viewer)
{
	if (viewer->child)
		close(viewer->socket);
}

/* ---- asking ------------------------------------------------------------------------ */

static bool start(struct viewer *viewer, int64_t year)
{
	int ends[2];
	char number[32];
	struct options options = *viewer->options;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return false;
	snprintf(number, sizeof number, "%lld", (long long)year);
	options.year = number;
	fflush(NULL);
	pid_t parent = getpid();
	viewer->child = fork();
	if (viewer->child == 0) {
		interrupt_forked(parent);
		server_close(viewer->server);
		close(ends[0]);
		viewer_child(&options, ends[1]);
	}
	close(ends[1]);
	viewer->socket = ends[0];
	if (viewer->child > 0)
		return true;
	say_reason(viewer->options, "fork", errno);
	close(ends[0]);
	viewer->child = 0;
	return false;
}

static void ask(struct viewer *viewer, const char *path, int64_t year)
{
	size_t size = strlen(path);
	if (!viewer->child && !start(viewer, year))
		return;
	memcpy(viewer->asked, path, size);
	viewer->asked[size] = '\n';
	bool is_sent = send(viewer->socket, viewer->asked, size + 1, MSG_NOSIGNAL) == (ssize_t)(size + 1);
	viewer->asked[size] = '\0';
	if (!is_sent)
		viewer_forget(viewer);
	else
		viewer->stage = VIEWER_BUSY;
}

/* ---- fetching ------------------------------------------------------------------------ */

static void write_failure(struct buf *body)
{
	buf_string(body, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n"
			 "<title>不能显示</title>\n" VIEWER_STYLES
			 "<body><header class=\"band\"><div class=\"wide\">"
			 "<p class=\"brand\"><a href=\"/" VIEWER_ROOT "/\">全部文书</a></p>"
			 "</div></header>\n<main><h1>这份文书现在不能显示</h1>\n<p>数据、正文或主题中有错误，"
			 "见<a href=\"/__problems/\">问题</a>；那里没有的，运行 serve 的终端里写明了。"
			 "改正后本页自动刷新。</p></main>\n</body></html>\n");
}

static struct viewer_reply reply_of(const struct viewer *viewer)
{
	struct viewer_reply reply = { .status = HTTP_LATER };
	if (viewer->in.size >= sizeof reply)
		memcpy(&reply, viewer->in.at, sizeof reply);
	return reply;
}

static bool is_whole(const struct viewer *viewer)
{
	size_t head = sizeof(struct viewer_reply);
	return viewer->in.size >= head && viewer->in.size - head >= reply_of(viewer).size;
}

/* Takes what has come; a process that ended instead has said why on the terminal. */
static void fetch(struct viewer *viewer)
{
	char bytes[65536];
	ssize_t size = 1;
	while (!is_whole(viewer) && !viewer->in.overflowed) {
		size = recv(viewer->socket, bytes, sizeof bytes, MSG_DONTWAIT);
		if (size <= 0)
			break;
		buf_add(&viewer->in, bytes, (size_t)size);
	}
	bool is_waiting = size < 0 && (errno == EAGAIN || errno == EINTR);
	if (is_waiting)
		return;
	if (!is_whole(viewer)) {
		viewer_forget(viewer);
		const struct viewer_reply none = { .status = HTTP_UNAVAILABLE };
		buf_add(&viewer->in, &none, sizeof none);
	}
	viewer->stage = VIEWER_DONE;
	viewer->done_at = viewer->options->environment.milliseconds();
}

static void deliver(struct viewer *viewer, struct http_answer *answer, struct buf *body)
{
	struct viewer_reply reply = reply_of(viewer);
	answer->status = reply.status;
	answer->type = http_type(reply.is_picture ? TEXT("a.png") : TEXT("a.html"));
	buf_text(body, text_slice(buf_view(&viewer->in), sizeof reply, (size_t)reply.size));
	if (reply.status == HTTP_UNAVAILABLE)
		write_failure(body);
	buf_reset(&viewer->in);
	viewer->stage = VIEWER_IDLE;
}

/* False for what needs no data. */
static bool is_made(const char *path, struct http_answer *answer, struct buf *body)
{
	if (strcmp(path, VIEWER_ROOT "/style.css") == 0) {
		answer->type = http_type(TEXT("a.css"));
		buf_string(body, style);
	} else if (strcmp(path, VIEWER_ROOT) == 0) {
		answer->status = HTTP_MOVED;
		answer->place = TEXT(VIEWER_ROOT "/");
	} else
		return true;
	return false;
}

void viewer_answer(struct viewer *viewer, const char *path, int64_t year, struct http_answer *answer, struct buf *body)
{
	if (!is_made(path, answer, body))
		return;
	bool is_own = strcmp(viewer->asked, path) == 0;
	if (viewer->stage == VIEWER_BUSY)
		fetch(viewer);
	if (viewer->stage == VIEWER_DONE && is_own) {
		deliver(viewer, answer, body);
		return;
	}
	if (viewer->stage == VIEWER_DONE && viewer->options->environment.milliseconds() - viewer->done_at > FETCH_MS) {
		buf_reset(&viewer->in);
		viewer->stage = VIEWER_IDLE;
	}
	if (viewer->stage == VIEWER_IDLE)
		ask(viewer, path, year);
	answer->status = HTTP_LATER;
}
