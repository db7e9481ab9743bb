/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* MSG_DONTWAIT */
#include "commands/line.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/handing.h"

enum { FETCH_MS = 50 }; /* what nobody fetches is dropped then: its browser has gone on */

void line_init(struct line *line, char what)
{
	*line = (struct line){ .what = what, .socket = -1 };
	buf_init(&line->in, BUF_LIMIT_PAGE);
}

void line_close(struct line *line)
{
	if (line->socket >= 0)
		close(line->socket);
	line->socket = -1;
	line->stage = LINE_IDLE;
	buf_clear(&line->in);
}

bool line_open(struct line *line, int desk)
{
	int ends[2];
	if (line->socket >= 0)
		return true;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return false;
	bool is_given = handing_give(desk, line->what, ends[1]);
	close(ends[1]);
	if (is_given)
		line->socket = ends[0];
	else
		close(ends[0]);
	return is_given;
}

/* ---- asking ------------------------------------------------------------------------ */

static void ask(struct line *line, int desk, const char *path)
{
	size_t size = strlen(path);
	line->is_used = true;
	memcpy(line->asked, path, size + 1);
	buf_reset(&line->in);
	line->stage = LINE_BUSY;
	if (!line_open(line, desk))
		return;
	line->asked[size] = '\n';
	ssize_t sent = send(line->socket, line->asked, size + 1, MSG_NOSIGNAL);
	line->asked[size] = '\0';
	if (sent != (ssize_t)(size + 1))
		line_close(line);
	line->stage = LINE_BUSY;
}

/* ---- fetching ------------------------------------------------------------------------ */

static struct line_reply reply_of(const struct line *line)
{
	struct line_reply reply = { .status = HTTP_LATER };
	if (line->in.size >= sizeof reply)
		memcpy(&reply, line->in.at, sizeof reply);
	return reply;
}

static bool is_whole(const struct line *line)
{
	size_t head = sizeof(struct line_reply);
	return line->in.size >= head && line->in.size - head >= reply_of(line).size;
}

/* Takes what has come; LINE_DONE when it is all, or when there will be no more. */
static void fetch(struct line *line, uint64_t now_ms)
{
	char bytes[65536];
	ssize_t size = line->socket >= 0;
	while (size > 0 && !is_whole(line) && !line->in.overflowed) {
		size = recv(line->socket, bytes, sizeof bytes, MSG_DONTWAIT);
		if (size > 0)
			buf_add(&line->in, bytes, (size_t)size);
	}
	if (size < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (!is_whole(line)) {
		const struct line_reply none = { .status = HTTP_UNAVAILABLE };
		line_close(line);
		buf_add(&line->in, &none, sizeof none);
	}
	line->stage = LINE_DONE;
	line->done_ms = now_ms;
}

int line_descriptor(const struct line *line)
{
	return line->stage == LINE_DONE ? -1 : line->socket;
}

void line_hear(struct line *line, uint64_t now_ms)
{
	char byte;
	if (line->stage == LINE_BUSY)
		fetch(line, now_ms);
	else if (line->stage == LINE_IDLE && line->socket >= 0 &&
		 recv(line->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
		line_close(line); /* whoever made the pages has ended */
}

struct line_reply line_ask(struct line *line, int desk, const char *path, uint64_t now_ms, struct buf *body)
{
	if (line->stage == LINE_BUSY)
		fetch(line, now_ms);
	if (line->stage == LINE_DONE && strcmp(line->asked, path) == 0) {
		struct line_reply reply = reply_of(line);
		buf_text(body, text_slice(buf_view(&line->in), sizeof reply, (size_t)reply.size));
		buf_reset(&line->in);
		line->stage = LINE_IDLE;
		return reply;
	}
	if (line->stage == LINE_DONE && now_ms - line->done_ms > FETCH_MS)
		line->stage = LINE_IDLE;
	if (line->stage == LINE_IDLE)
		ask(line, desk, path);
	return (struct line_reply){ .status = HTTP_LATER };
}
