/* SPDX-License-Identifier: MIT
 *
 * One document at a time laid out, one page at a time painted.
 */
#include "commands/paper.h"

#include <string.h>

#include "build/build.h"
#include "layout/page.h"
#include "render/canvas.h"

#define PX_PER_PT 2.0 /* A4: 1191 pixels wide */

/* On top of the theme's own (panel.h). */
const char paper_style[] =
	"body { background: var(--accent-soft, #e9ecf0); }\n"
	"main { max-width: 62rem; margin: 0 auto; padding: 0 1rem 3rem; }\n"
	"h1 { font-size: 1.4rem; } h2 { font-size: 1rem; margin: 1.6rem 0 .4rem; }\n"
	".numbers { padding: 0; list-style: none; } .numbers li { display: inline-block; margin-right: .6rem; }\n"
	"img { display: block; width: 100%; height: auto; background: #fff; box-shadow: 0 1px 4px #59616d; }\n";

bool paper_owns(struct text path)
{
	return text_is(path, PAPER_ROOT) || text_starts(path, PAPER_ROOT "/");
}

bool paper_open(struct paper *paper, struct build *build)
{
	*paper = (struct paper){ .build = build };
	build->plan.parts = PART_REPORT | PART_DIAGNOSIS;
	if (!press_open_paper(build) || !plan_tasks(&build->plan, &build->run))
		return false;
	build->edition.problems = run_problems(&build->run, &build->edition.problem_count);
	return run_is_good(&build->run);
}

/* ---- words of the pages ------------------------------------------------------------------ */

static void write_head(struct paper *paper, struct text title, const char *skip)
{
	buf_string(paper->body, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
				"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	buf_html(paper->body, title);
	buf_format(paper->body, "</title>\n" PAPER_STYLES "</head>\n"
				"<body>\n<a class=\"skip\" href=\"#main\">%s</a>\n"
				"<header class=\"band\"><div class=\"wide\">"
				"<p class=\"brand\"><a href=\"/" PAPER_ROOT "/\">全部文书</a></p>\n"
				"<p class=\"brand-by\"><strong>仅供内部预览</strong>　含未公开的内容，只在本机可见。</p></div></header>\n"
				"<main id=\"main\" tabindex=\"-1\">\n<h1>", skip);
	buf_html(paper->body, title);
	buf_string(paper->body, "</h1>\n");
}

static void write_foot(struct paper *paper)
{
	buf_string(paper->body, "</main>\n</body>\n</html>\n");
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

static void write_firms(struct paper *paper, int city)
{
	const struct build *build = paper->build;
	struct text name = city < 0 ? TEXT("设区市不明") : build->run.model->prefectures.at[city].name;
	bool has_any = false;
	for (size_t i = 0; i < build->plan.task_count; i++) {
		if (build->plan.tasks[i].kind != TASK_DIAGNOSIS)
			continue;
		const struct enterprise *firm = &build->run.model->enterprises[build->plan.tasks[i].enterprise];
		if (firm->city != city)
			continue;
		if (!has_any)
			buf_format(paper->body, "<h2>%.*s</h2>\n<ul>\n", TEXT_ARGS(name));
		has_any = true;
		buf_string(paper->body, "<li><a href=\"diagnosis/");
		write_part(paper->body, firm->code);
		buf_string(paper->body, "/\">");
		buf_html(paper->body, firm->name);
		buf_string(paper->body, "</a></li>\n");
	}
	buf_string(paper->body, has_any ? "</ul>\n" : "");
}

static void write_list(struct paper *paper)
{
	write_head(paper, TEXT("文书"), "跳到目录");
	buf_string(paper->body, "<p>按名称查找：用浏览器的“在页面中查找”（Ctrl+F）。</p>\n"
				"<h2>报告</h2>\n<ul>\n<li><a href=\"report/\">年度工作报告</a></li>\n</ul>\n");
	for (int city = -1; city < paper->build->run.model->prefectures.count; city++)
		write_firms(paper, city);
	write_foot(paper);
}

static void write_document(struct paper *paper)
{
	const struct pages *pages = paper->pages;
	write_head(paper, pages->title, "跳到页面");
	buf_format(paper->body, "<nav aria-label=\"页码\"><p>共 %zu 页</p>\n", pages->count);
	buf_string(paper->body, "<ul class=\"numbers\">\n");
	for (size_t i = 1; i <= pages->count; i++)
		buf_format(paper->body, "<li><a href=\"#p%zu\">%zu</a></li>\n", i, i);
	buf_string(paper->body, "</ul></nav>\n");
	for (size_t i = 1; i <= pages->count; i++) {
		const struct page *page = &pages->pages[i - 1];
		buf_format(paper->body, "<section id=\"p%zu\" tabindex=\"-1\"><h2>第 %zu 页</h2>\n", i, i);
		buf_format(paper->body, "<img src=\"%zu.png\" width=\"%.0f\" height=\"%.0f\" alt=\"第 %zu 页，共 %zu 页\" "
					"loading=\"lazy\"></section>\n",
			   i, page->width_pt * PX_PER_PT, page->height_pt * PX_PER_PT, i, pages->count);
	}
	write_foot(paper);
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

/* Is there a document of that name?  *firm -1: the report. */
static bool find(const struct paper *paper, struct text name, int32_t *firm)
{
	struct text code = text_slice(name, strlen("diagnosis/"), name.size);
	*firm = text_starts(name, "diagnosis/") ? find_firm(paper->build, code) : -1;
	return *firm >= 0 || text_is(name, "report");
}

/* Lays the document out unless it is the one before; false after reporting. */
static bool choose(struct paper *paper, struct text name, int32_t firm)
{
	struct build *build = paper->build;
	if (text_equal(name, paper->chosen))
		return true;
	arena_clear(build->scratch);
	paper->chosen = NO_TEXT;
	const struct doc *doc = firm < 0 ? make_report_document(build, NULL)
				       : make_diagnosis_document(build, firm, NULL);
	paper->pages = doc ? make_pages(build, doc) : NULL;
	if (!paper->pages || !run_is_good(&build->run))
		return false;
	paper->chosen = text_copy(build->scratch, name);
	return true;
}

/* "3.png" */
static bool read_number(struct text file, int64_t *number)
{
	return text_ends(file, ".png") && text_to_integer(text_slice(file, 0, file.size - strlen(".png")), number) &&
	       *number >= 1;
}

static bool paint(struct paper *paper, size_t page)
{
	const struct picture_options options = { .page = page, .dpi = 72 * PX_PER_PT };
	return make_picture(paper->build, paper->pages, &options, paper->chosen, paper->body);
}

static void write_missing(struct paper *paper)
{
	write_head(paper, TEXT("没有这份文书或这一页"), "跳到正文");
	write_foot(paper);
}

bool paper_answer(struct paper *paper, struct text path, struct line_reply *reply, struct buf *body)
{
	int64_t number = 0;
	int32_t firm;
	path = text_slice(path, strlen(PAPER_ROOT "/"), path.size);
	size_t slash = path.size;
	paper->body = body;
	if (!path.size) {
		write_list(paper);
		return true;
	}
	while (slash > 0 && path.at[slash - 1] != '/')
		slash--;
	struct text file = text_slice(path, slash, path.size), name = text_slice(path, 0, slash ? slash - 1 : 0);
	bool is_known = slash && (!file.size || read_number(file, &number)) && find(paper, name, &firm);
	if (is_known && !choose(paper, name, firm))
		return false;
	if (!is_known || (file.size && (size_t)number > paper->pages->count)) {
		reply->status = HTTP_NOT_FOUND;
		write_missing(paper);
		return true;
	}
	reply->is_picture = file.size > 0;
	if (reply->is_picture)
		return paint(paper, (size_t)number - 1);
	write_document(paper);
	return true;
}
