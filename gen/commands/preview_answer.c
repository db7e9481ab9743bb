/* SPDX-License-Identifier: MIT
 *
 * What is at which address of the preview.  Bar and script are put into pages as they are served.
 */
#include "commands/preview.h"

#include <string.h>

#include "base/arena.h"
#include "commands/panel.h"
#include "commands/paper.h"
#include "publish/tree.h"
#include "serve/http.h"
#include "serve/tree.h"

enum { MOMENT_MS = 500 };
enum { NEWS_MS = 25 * 1000 }; /* without any for so long, a page is told that there are none, and asks again */

static uint64_t now_of(const struct preview *preview)
{
	return preview->options->environment.milliseconds();
}

/* What is over in a moment is not worth a word, where there is something else to be seen. */
static bool is_reading_long(const struct preview *preview)
{
	uint64_t since = now_of(preview) - preview->next.begun_ms;
	return preview->next.pid && (!preview->now.pid || since >= MOMENT_MS);
}

static struct panel panel_of(const struct preview *preview)
{
	return (struct panel){
		.language = preview->options->environment.language, .data = &preview->data, .site = &preview->looks,
		.is_reading = is_reading_long(preview), .has_site = preview->now.pid || preview->year,
		.is_behind = preview->is_behind, .is_proven = preview->is_proven, .has_failed = preview->has_failed,
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

typedef void write_why(const struct panel *panel, enum panel_place place, struct buf *body);

/*
 * For what cannot be shown now: why, and what is wrong, on a page that waits.  panel_write_nothing, or for a page that
 * its text, theme or data do not let be made panel_write_failure.
 */
static void answer_why(struct preview *preview, enum panel_place place, write_why *write, struct http_answer *answer,
		       struct buf *body)
{
	const struct panel panel = panel_of(preview);
	buf_reset(body);
	answer->status = HTTP_UNAVAILABLE;
	answer->type = http_type(TEXT("a.html"));
	write(&panel, place, body);
}

/* ---- the site ------------------------------------------------------------------------------- */

/* What the last good build left there; false when it is no plain file. */
static bool add_built(struct preview *preview, struct text page, struct buf *body)
{
	struct text full = text_format(preview->scratch, "%lld/" TREE_PUBLIC "%.*s", (long long)preview->year,
				       TEXT_ARGS(page));
	buf_reset(body);
	return preview->year && tree_read(preview->out, full, body) == TREE_FILE;
}

/* Where the page cannot be made, the last good one. */
static void answer_built(struct preview *preview, struct text page, struct http_answer *answer, struct buf *body)
{
	if (!preview->has_failed && preview->now.pid) {
		preview->has_failed = true;
		preview->number++;
	}
	if (!add_built(preview, page, body))
		answer_why(preview, PANEL_SITE, panel_write_failure, answer, body);
	else if (text_ends(page, ".html"))
		put_bar(preview, PANEL_SITE, body);
}

static void answer_site(struct preview *preview, const char *path, struct http_answer *answer, struct buf *body)
{
	struct text page = text_from(path);
	if (page.size == 0 || text_ends(page, "/"))
		page = text_format(preview->scratch, "%sindex.html", path);
	answer->type = http_type(page);
	if (preview->is_lost) {
		answer->status = HTTP_LATER;
		return;
	}
	if (!preview->now.pid) {
		answer_built(preview, page, answer, body);
		return;
	}
	const struct line_reply reply =
		line_ask(&preview->site, preview->now.socket, path, now_of(preview), body);
	answer->status = reply.status;
	if (reply.status == HTTP_MOVED)
		answer_folder(preview, text_from(path), answer);
	if (reply.status == HTTP_NOT_FOUND)
		answer->type = http_type(TEXT("404.html"));
	if (reply.status == HTTP_UNAVAILABLE && desk_is_there(&preview->now)) {
		answer->status = HTTP_OK;
		answer_built(preview, page, answer, body);
	} else if (reply.status == HTTP_UNAVAILABLE)
		answer->status = HTTP_LATER;
	else if (reply.status != HTTP_LATER && body->size && text_starts(answer->type, "text/html"))
		put_bar(preview, PANEL_SITE, body);
}

/* ---- the documents ---------------------------------------------------------------------------- */

/* False for what needs no data. */
static bool is_made(const char *path, struct http_answer *answer, struct buf *body)
{
	if (strcmp(path, PAPER_ROOT "/style.css") == 0) {
		answer->type = http_type(TEXT("a.css"));
		buf_string(body, paper_style);
	} else if (strcmp(path, PAPER_ROOT) == 0) {
		answer->status = HTTP_MOVED;
		answer->place = TEXT(PAPER_ROOT "/");
	} else
		return true;
	return false;
}

static void answer_paper(struct preview *preview, const char *path, struct http_answer *answer, struct buf *body)
{
	if (!is_made(path, answer, body))
		return;
	bool is_bad = preview->data.is_there && !preview->data.head.is_good;
	if (preview->is_lost) {
		answer->status = HTTP_LATER;
		return;
	}
	if (is_bad || !preview->now.pid) {
		answer_why(preview, PANEL_PAPER, panel_write_nothing, answer, body);
		return;
	}
	const struct line_reply reply =
		line_ask(&preview->paper, preview->now.socket, path, now_of(preview), body);
	answer->status = reply.status;
	answer->type = http_type(reply.is_picture ? TEXT("a.png") : TEXT("a.html"));
	if (reply.status == HTTP_UNAVAILABLE && !desk_is_there(&preview->now))
		answer->status = HTTP_LATER;
	else if (reply.status == HTTP_UNAVAILABLE)
		answer_why(preview, PANEL_PAPER, panel_write_failure, answer, body);
	else if (reply.status != HTTP_LATER && !reply.is_picture)
		put_bar(preview, PANEL_PAPER, body);
}

/* ---- the preview's own pages -------------------------------------------------------------------- */

/* False for a path that is none of theirs. */
static bool answer_panel(struct preview *preview, struct text path, struct http_answer *answer, struct buf *body)
{
	const struct panel panel = panel_of(preview);
	const struct panel_page *page = panel_find(path);
	if (page) {
		answer->type = http_type(TEXT("a.html"));
		panel_write_page(&panel, page, body);
		return true;
	}
	if (!text_starts(path, "__") || paper_owns(path))
		return false;
	if (panel_find(text_format(preview->scratch, "%.*s/", TEXT_ARGS(path))))
		answer_folder(preview, path, answer);
	else
		answer->status = HTTP_NOT_FOUND;
	return true;
}

/* Style sheets, scripts and news; those wait until there are some. */
static bool answer_script(const struct preview *preview, const struct http_request *request,
			  struct http_answer *answer, struct buf *body)
{
	const struct panel panel = panel_of(preview);
	struct text type;
	if (!panel_answer(&panel, text_from(request->path), request->query, &type, body))
		return false;
	answer->type = http_type(type);
	if (!body->size && text_ends(request->query, "&wait") && request->waited_ms < NEWS_MS)
		answer->status = HTTP_LATER;
	return true;
}

void preview_answer(void *context, const struct http_request *request, struct http_answer *answer, struct buf *body)
{
	struct preview *preview = context;
	struct text path = text_from(request->path);
	arena_clear(preview->scratch);
	if (answer_script(preview, request, answer, body) || answer_panel(preview, path, answer, body))
		return;
	if (paper_owns(path))
		answer_paper(preview, request->path, answer, body);
	else if (!preview->now.pid && !preview->year && !preview->is_lost)
		answer_why(preview, PANEL_SITE, panel_write_nothing, answer, body);
	else
		answer_site(preview, request->path, answer, body);
}
