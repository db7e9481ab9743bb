/* SPDX-License-Identifier: MIT
 *
 * The process behind the preview's pages of paper: data, theme and texts loaded once, one
 * document at a time laid out, one page at a time painted.
 *
 * It answers lines that name a path; whatever is wrong ends it after saying so on the terminal.
 */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "build/build.h"
#include "commands/viewer.h"
#include "layout/page.h"
#include "render/canvas.h"

#define PX_PER_PT 2.0 /* A4: 1191 pixels wide */

struct room {
	struct build build;
	struct text chosen;        /* "report", "diagnosis/<code>": whose pages these are; missing: none yet */
	const struct pages *pages; /* in build.scratch */
	struct buf body;
};

/* ---- words of the pages ------------------------------------------------------------------ */

static void write_head(struct room *room, struct text title, const char *skip)
{
	buf_string(&room->body, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
				"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	buf_html(&room->body, title);
	buf_format(&room->body, "</title>\n" VIEWER_STYLES "</head>\n"
				"<body>\n<a class=\"skip\" href=\"#main\">%s</a>\n"
				"<header class=\"band\"><div class=\"wide\">"
				"<p class=\"brand\"><a href=\"/" VIEWER_ROOT "/\">全部文书</a></p>\n"
				"<p class=\"brand-by\"><strong>仅供内部预览</strong>　含未公开的内容，只在本机可见。</p></div></header>\n"
				"<main id=\"main\" tabindex=\"-1\">\n<h1>", skip);
	buf_html(&room->body, title);
	buf_string(&room->body, "</h1>\n");
}

static void write_foot(struct room *room)
{
	buf_string(&room->body, "</main>\n</body>\n</html>\n");
}

/* A code as part of an address: what is no plain letter or digit by its bytes. */
static void write_part(struct buf *out, struct text part)
{
	for (size_t i = 0; i < part.size; i++) {
		unsigned char c = (unsigned char)part.at[i];
		bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		buf_format(out, is_plain ? "%c" : "%%%02X", c);
	}
}

static void write_firms(struct room *room, int city)
{
	const struct build *build = &room->build;
	struct text name = city < 0 ? TEXT("设区市不明") : build->run.model->prefectures.at[city].name;
	bool has_any = false;
	for (size_t i = 0; i < build->plan.task_count; i++) {
		if (build->plan.tasks[i].kind != TASK_DIAGNOSIS)
			continue;
		const struct enterprise *firm = &build->run.model->enterprises[build->plan.tasks[i].enterprise];
		if (firm->city != city)
			continue;
		if (!has_any)
			buf_format(&room->body, "<h2>%.*s</h2>\n<ul>\n", TEXT_ARGS(name));
		has_any = true;
		buf_string(&room->body, "<li><a href=\"diagnosis/");
		write_part(&room->body, firm->code);
		buf_string(&room->body, "/\">");
		buf_html(&room->body, firm->name);
		buf_string(&room->body, "</a></li>\n");
	}
	buf_string(&room->body, has_any ? "</ul>\n" : "");
}

static void write_list(struct room *room)
{
	write_head(room, TEXT("文书"), "跳到目录");
	buf_string(&room->body, "<p>按名称查找：用浏览器的“在页面中查找”（Ctrl+F）。</p>\n"
				"<h2>报告</h2>\n<ul>\n<li><a href=\"report/\">年度工作报告</a></li>\n</ul>\n");
	for (int city = -1; city < room->build.run.model->prefectures.count; city++)
		write_firms(room, city);
	write_foot(room);
}

static void write_document(struct room *room)
{
	const struct pages *pages = room->pages;
	write_head(room, pages->title, "跳到页面");
	buf_format(&room->body, "<nav aria-label=\"页码\"><p>共 %zu 页</p>\n", pages->count);
	buf_string(&room->body, "<ul class=\"numbers\">\n");
	for (size_t i = 1; i <= pages->count; i++)
		buf_format(&room->body, "<li><a href=\"#p%zu\">%zu</a></li>\n", i, i);
	buf_string(&room->body, "</ul></nav>\n");
	for (size_t i = 1; i <= pages->count; i++) {
		const struct page *page = &pages->pages[i - 1];
		buf_format(&room->body, "<section id=\"p%zu\" tabindex=\"-1\"><h2>第 %zu 页</h2>\n", i, i);
		buf_format(&room->body, "<img src=\"%zu.png\" width=\"%.0f\" height=\"%.0f\" alt=\"第 %zu 页，共 %zu 页\" "
					"loading=\"lazy\"></section>\n",
			   i, page->width_pt * PX_PER_PT, page->height_pt * PX_PER_PT, i, pages->count);
	}
	write_foot(room);
}

/* ---- documents ------------------------------------------------------------------------------ */

static int32_t find_firm(const struct build *build, struct text code)
{
	const uint32_t *found = map_find(&build->run.model->enterprise_by_code, code);
	for (size_t i = 0; found && i < build->plan.task_count; i++)
		if (build->plan.tasks[i].kind == TASK_DIAGNOSIS && build->plan.tasks[i].enterprise == (int32_t)*found)
			return (int32_t)*found;
	return -1;
}

static _Noreturn void fail(struct room *room)
{
	build_report(&room->build, false);
	_exit(EXIT_INPUT);
}

/* Lays the document out unless it is the one before; false when there is none of that name. */
static bool choose(struct room *room, struct text name)
{
	struct build *build = &room->build;
	bool is_report = text_is(name, "report"), is_diagnosis = text_starts(name, "diagnosis/");
	int32_t firm = is_diagnosis ? find_firm(build, text_slice(name, strlen("diagnosis/"), name.size)) : -1;
	if (!is_report && firm < 0)
		return false;
	if (text_equal(name, room->chosen))
		return true;
	arena_clear(build->scratch);
	room->chosen = NO_TEXT;
	const struct doc *doc = is_report ? make_report_document(build, NULL)
					: make_diagnosis_document(build, firm, NULL);
	room->pages = doc ? make_pages(build, doc) : NULL;
	if (!room->pages || !run_is_good(&build->run))
		fail(room);
	room->chosen = text_copy(build->scratch, name);
	return true;
}

/* "3.png" */
static bool read_number(struct text file, int64_t *number)
{
	return text_ends(file, ".png") && text_to_integer(text_slice(file, 0, file.size - strlen(".png")), number) &&
	       *number >= 1;
}

static void paint(struct room *room, size_t page)
{
	const struct picture_options options = { .page = page, .dpi = 72 * PX_PER_PT };
	if (!make_picture(&room->build, room->pages, &options, room->chosen, &room->body))
		fail(room);
}

static void answer(struct room *room, struct text path, struct viewer_reply *reply)
{
	int64_t number = 0;
	size_t slash = path.size;
	reply->status = HTTP_OK;
	if (!path.size) {
		write_list(room);
		return;
	}
	while (slash > 0 && path.at[slash - 1] != '/')
		slash--;
	struct text file = text_slice(path, slash, path.size), name = text_slice(path, 0, slash ? slash - 1 : 0);
	reply->is_picture = file.size > 0;
	bool is_known = slash && (!reply->is_picture || read_number(file, &number)) && choose(room, name);
	if (!is_known || (reply->is_picture && (size_t)number > room->pages->count)) {
		*reply = (struct viewer_reply){ .status = HTTP_NOT_FOUND };
		write_head(room, TEXT("没有这份文书或这一页"), "跳到正文");
		write_foot(room);
	} else if (reply->is_picture)
		paint(room, (size_t)number - 1);
	else
		write_document(room);
}

/* ---- the process ------------------------------------------------------------------------------- */

static bool open_room(struct room *room, const struct options *options)
{
	struct build *build = &room->build;
	*room = (struct room){ .build = { .options = options, .scratch = arena_new() } };
	build->plan = (struct plan){ .parts = PART_REPORT | PART_DIAGNOSIS, .shard = 1, .shards = 1 };
	buf_init(&room->body, BUF_LIMIT_PAGE);
	if (run_open(&build->run, options))
		return false;
	press_choose_folders(build);
	if (!run_is_good(&build->run) || !press_open(build) || !plan_tasks(&build->plan, &build->run))
		return false;
	build->edition.problems = run_problems(&build->run, &build->edition.problem_count);
	return true;
}

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

/* One line that names a path below VIEWER_ROOT; false at the end. */
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

_Noreturn void viewer_child(const struct options *options, int socket)
{
	struct room room;
	char line[HTTP_TARGET_MOST + 2];
	size_t size;
	if (!open_room(&room, options))
		fail(&room);
	while (receive(socket, line, sizeof line, &size)) {
		struct viewer_reply reply = { .status = HTTP_OK };
		struct text path = { line, size };
		buf_reset(&room.body);
		answer(&room, text_slice(path, strlen(VIEWER_ROOT "/"), size), &reply);
		if (room.body.overflowed) {
			reply.status = HTTP_UNAVAILABLE;
			buf_reset(&room.body);
		}
		reply.size = room.body.size;
		send_all(socket, &reply, sizeof reply);
		send_all(socket, room.body.at, room.body.size);
	}
	_exit(EXIT_CLEAN);
}
