/* SPDX-License-Identifier: MIT */
#include "commands/panel.h"

#include <string.h>

#include "commands/panel_style.h"
#include "commands/paper.h"

#define PROBLEMS PANEL_PROBLEMS_ROOT "/"
#define STATE PANEL_STATE_ROOT "/"

static const char *say(const struct panel *panel, const char *chinese, const char *english)
{
	return panel->language == LANGUAGE_CHINESE ? chinese : english;
}

/* ---- the bar ------------------------------------------------------------------------- */

static const struct {
	const char *address, *name[2];
} places[PANEL_PLACES] = {
	[PANEL_SITE] = { "/", { "网站", "site" } },
	[PANEL_PAPER] = { "/" PAPER_ROOT "/", { "文书", "documents" } },
	[PANEL_PROBLEMS] = { "/" PROBLEMS, { "问题", "problems" } },
	[PANEL_STATE] = { "/" STATE, { "进展", "progress" } },
};

/* Errors and warnings of data and site; notes are for the record. */
static unsigned long long count_problems(const struct panel *panel)
{
	const struct reading_head *data = &panel->data->head, *site = &panel->site->head;
	return data->errors + data->warnings + site->errors + site->warnings;
}

enum site_state { STATE_BUSY, STATE_PROVING, STATE_GOOD, STATE_UNFIT, STATE_OLD, STATE_NONE, STATES };

static enum site_state state_of(const struct panel *panel)
{
	if (panel->is_behind)
		return panel->has_site ? STATE_OLD : STATE_NONE;
	if (panel->is_reading || !panel->has_site)
		return STATE_BUSY;
	if (panel->has_failed)
		return STATE_UNFIT;
	return panel->is_proven ? STATE_GOOD : STATE_PROVING;
}

static const char *words_of_state(const struct panel *panel)
{
	static const char *const words[STATES][2] = {
		[STATE_BUSY] = { "正在读取数据……", "reading the data …" },
		[STATE_PROVING] = { "网页是新的，正在核对能否发布……",
				    "the pages are new; whether they can be published is being checked …" },
		[STATE_GOOD] = { "网站是最新的", "the site is up to date" },
		[STATE_UNFIT] = { "网页是新的，但这样不能发布，见问题",
				  "the pages are new but cannot be published so: see the problems" },
		[STATE_OLD] = { "网站停在上一次的好结果，改好问题后自动更新",
				"the site is the last good one until the problems are mended" },
		[STATE_NONE] = { "还没有网站，改好问题后自动生成", "there is no site until the problems are mended" },
	};
	return words[state_of(panel)][panel->language];
}

static const char *class_of_state(const struct panel *panel)
{
	static const char *const classes[STATES] = {
		[STATE_BUSY] = "busy", [STATE_PROVING] = "proving", [STATE_GOOD] = "good",
		[STATE_UNFIT] = "unfit", [STATE_OLD] = "old", [STATE_NONE] = "none",
	};
	return classes[state_of(panel)];
}

static void write_problems(const struct panel *panel, struct buf *buf)
{
	buf_format(buf, panel->language == LANGUAGE_CHINESE ? "问题（%llu）" : "problems (%llu)", count_problems(panel));
}

/* Says whether the bar of a page is still true. */
static void write_token(const struct panel *panel, struct buf *buf)
{
	buf_format(buf, "%llu-%s", count_problems(panel), class_of_state(panel));
}

static void write_places(const struct panel *panel, enum panel_place here, struct buf *body)
{
	for (int i = 0; i < PANEL_PLACES; i++) {
		const char *current = i == (int)here ? " aria-current=\"true\"" : "";
		buf_format(body, "<a href=\"%s\"%s%s>", places[i].address, current,
			   i == PANEL_PROBLEMS ? " data-problems" : "");
		if (i == PANEL_PROBLEMS)
			write_problems(panel, body);
		else
			buf_string(body, places[i].name[panel->language]);
		buf_string(body, "</a>\n");
	}
}

/* The script is that of pages which wait for a new site, or of those which show what was read. */
static void write_bar(const struct panel *panel, enum panel_place place, const char *name, struct buf *body)
{
	buf_format(body, "<link rel=\"stylesheet\" href=\"/__preview.css\">\n"
			 "<aside class=\"preview-bar\" data-state=\"%s\" aria-label=\"%s\"><nav>\n",
		   class_of_state(panel), say(panel, "预览", "preview"));
	write_places(panel, place, body);
	buf_format(body, "</nav><p role=\"status\">%s</p></aside>\n<script src=\"/__%s.js\" defer></script>\n",
		   words_of_state(panel), name);
}

void panel_write_bar(const struct panel *panel, enum panel_place place, struct buf *body)
{
	write_bar(panel, place, "reload", body);
}

/* ---- pages ------------------------------------------------------------------------------ */

static const struct panel_page pages[] = {
	{ PANEL_PROBLEMS, READING_BY_FILE, PROBLEMS },
	{ PANEL_PROBLEMS, READING_BY_OWNER, PROBLEMS "owners/" },
	{ PANEL_STATE, READING_BY_CITY, STATE },
	{ PANEL_STATE, READING_BY_AGENCY, STATE "agencies/" },
};

const struct panel_page *panel_find(struct text path)
{
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		if (text_is(path, pages[i].path))
			return &pages[i];
	return NULL;
}

static void write_head(const struct panel *panel, const char *title, struct buf *body)
{
	buf_format(body, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
			 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			 "<meta name=\"color-scheme\" content=\"light dark\">\n<title>%s</title>\n"
			 "<link rel=\"stylesheet\" href=\"/__theme.css\">\n</head>\n<body class=\"preview-own\">\n"
			 "<a class=\"skip\" href=\"#main\">%s</a>\n<header class=\"band\"><div class=\"wide\">\n"
			 "<p class=\"brand\">%s</p>\n<p class=\"brand-by\">%s</p>\n</div></header>\n"
			 "<div class=\"wide\"><main id=\"main\" tabindex=\"-1\">\n<h1>%s</h1>\n",
		   say(panel, "zh-CN", "en"), title, say(panel, "跳到正文", "to the text"), say(panel, "预览", "Preview"),
		   say(panel, "仅供内部，只在本机可见", "internal, on this machine only"), title);
}

static void write_foot(const struct panel *panel, enum panel_place place, struct buf *body)
{
	buf_string(body, "</main></div>\n");
	write_bar(panel, place, "watch", body);
	buf_string(body, "</body>\n</html>\n");
}

/* The two views of a place. */
static void write_views(const struct panel *panel, const struct panel_page *here, struct buf *body)
{
	static const char *const names[READING_PARTS][2] = {
		[READING_BY_FILE] = { "按文件", "by file" }, [READING_BY_OWNER] = { "按由谁来改", "by who mends it" },
		[READING_BY_CITY] = { "按设区市", "by city" }, [READING_BY_AGENCY] = { "按机构", "by agency" },
	};
	buf_format(body, "<nav class=\"views\" aria-label=\"%s\"><ul>\n", say(panel, "怎样分组", "grouped"));
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		if (pages[i].place == here->place)
			buf_format(body, "<li><a href=\"/%s\"%s>%s</a></li>\n", pages[i].path,
				   &pages[i] == here ? " aria-current=\"page\"" : "",
				   names[pages[i].part][panel->language]);
	buf_string(body, "</ul></nav>\n");
}

/* What the build of the site found beside what is wrong with the data: in texts, theme or what was made. */
static void write_site_problems(const struct panel *panel, struct buf *body)
{
	struct text list = reading_part(panel->site, READING_BY_FILE);
	if (!list.size)
		return;
	buf_format(body, "<section class=\"of-site\"><h2>%s</h2>\n",
		   say(panel, "生成网站时发现的", "Found while the site was built"));
	buf_text(body, list);
	buf_string(body, "</section>\n");
}

static void write_problem_list(const struct panel *panel, const struct panel_page *page, struct buf *body)
{
	struct text list = reading_part(panel->data, page->part);
	buf_text(body, reading_part(panel->data, READING_SUMMARY));
	write_site_problems(panel, body);
	write_views(panel, page, body);
	buf_text(body, list);
	if (panel->data->is_there && !list.size)
		buf_format(body, "<p>%s</p>\n", say(panel, "数据没有问题。", "Nothing is wrong with the data."));
}

static void write_waiting(const struct panel *panel, struct buf *body)
{
	const char *words = panel->is_reading
		? say(panel, "正在读取数据……", "Reading the data …")
		: say(panel, "数据没有读成，原因写在运行 serve 的终端里。",
		      "The data could not be read: the terminal of serve says why.");
	if (!panel->data->is_there)
		buf_format(body, "<p>%s</p>\n", words);
}

void panel_write_page(const struct panel *panel, const struct panel_page *page, struct buf *body)
{
	write_head(panel, places[page->place].name[panel->language], body);
	write_waiting(panel, body);
	if (page->place == PANEL_PROBLEMS) {
		write_problem_list(panel, page, body);
	} else {
		write_views(panel, page, body);
		buf_text(body, reading_part(panel->data, page->part));
	}
	write_foot(panel, page->place, body);
}

void panel_write_nothing(const struct panel *panel, enum panel_place place, struct buf *body)
{
	bool is_bad = state_of(panel) == STATE_NONE || state_of(panel) == STATE_OLD;
	const char *title = say(panel, "请稍候", "One moment");
	if (is_bad && place == PANEL_SITE)
		title = say(panel, "还没有网站", "There is no site yet");
	else if (is_bad)
		title = say(panel, "文书要等数据的错误改好", "Documents wait until the errors are mended");
	write_head(panel, title, body);
	if (!is_bad)
		buf_format(body, "<p>%s</p>\n", words_of_state(panel));
	else
		buf_format(body, "<p><a href=\"/" PROBLEMS "\">%s</a></p>\n", say(panel, "看有哪些问题", "see the problems"));
	if (is_bad) {
		write_waiting(panel, body);
		write_problem_list(panel, &pages[0], body);
	}
	write_foot(panel, place, body);
}

void panel_write_failure(const struct panel *panel, enum panel_place place, struct buf *body)
{
	bool is_page = place == PANEL_SITE;
	const char *what = is_page ? say(panel, "这一页现在不能显示", "This page cannot be shown now")
				   : say(panel, "这份文书现在不能显示", "This document cannot be shown now");
	write_head(panel, what, body);
	buf_format(body, "<p>%s</p>\n<p><a href=\"/" PROBLEMS "\">%s</a></p>\n",
		   say(panel, "数据、正文或主题中有错误，见“问题”；那里没有的，运行 serve 的终端里写明了。"
		       "改正后本页自动刷新。",
		       "Data, texts or theme have an error: see the problems; what is not there, the terminal of "
		       "serve says.  When it is mended this page loads again."),
		   say(panel, "看有哪些问题", "see the problems"));
	buf_string(body, "</main></div>\n");
	write_bar(panel, place, "reload", body);
	buf_string(body, "</body>\n</html>\n");
}

/* ---- scripts -------------------------------------------------------------------------------- */

/*
 * Asks by script elements, which the pages' policy allows; fetch it does not.  Each is answered when there is
 * something to tell.  Only a page that is seen asks, for a browser keeps but a few connections to one server; one that
 * comes to be seen asks then.  What was opened stays open when a page is loaded again.
 */
static const char script[] =
	"(function () {\n"
	"\tvar address = '/__NAME?NUMBER.';\n"
	"\twindow.previewBar = 'TOKEN';\n"
	"\tfunction key(one) {\n"
	"\t\tvar section = one.closest('section'), head = section && section.querySelector('h2');\n"
	"\t\treturn location.pathname + '|' + (head ? head.firstChild.textContent : '') + '|' + one.dataset.key;\n"
	"\t}\n"
	"\tfunction each(what) { document.querySelectorAll('details[data-key]').forEach(what); }\n"
	"\twindow.previewReload = function () {\n"
	"\t\tvar open = {};\n"
	"\t\teach(function (one) { open[key(one)] = one.open; });\n"
	"\t\ttry { sessionStorage.setItem('preview', JSON.stringify(open)); } catch (refused) { }\n"
	"\t\tlocation.reload();\n"
	"\t};\n"
	"\ttry {\n"
	"\t\tvar open = JSON.parse(sessionStorage.getItem('preview') || '{}');\n"
	"\t\teach(function (one) { if (key(one) in open) one.open = open[key(one)]; });\n"
	"\t} catch (refused) { }\n"
	"\twindow.previewTell = function (token, state, problems, words) {\n"
	"\t\tvar bar = document.querySelector('.preview-bar');\n"
	"\t\twindow.previewBar = token;\n"
	"\t\tbar.dataset.state = state;\n"
	"\t\tbar.querySelector('[data-problems]').textContent = problems;\n"
	"\t\tbar.querySelector('p').textContent = words;\n"
	"\t};\n"
	"\tvar isAsking = false;\n"
	"\tfunction ask() {\n"
	"\t\tif (isAsking || document.hidden) return;\n"
	"\t\tvar one = document.createElement('script');\n"
	"\t\tfunction again(wait) { one.remove(); setTimeout(function () { isAsking = false; ask(); }, wait); }\n"
	"\t\tisAsking = true;\n"
	"\t\tone.src = address + window.previewBar + '&wait';\n"
	"\t\tone.onload = function () { again(50); };\n"
	"\t\tone.onerror = function () { again(700); };\n"
	"\t\tdocument.head.append(one);\n"
	"\t}\n"
	"\tdocument.addEventListener('visibilitychange', ask);\n"
	"\tif (document.readyState === 'complete') ask(); else window.addEventListener('load', ask);\n"
	"}());\n";

/* The script with its three words in capitals replaced. */
static void write_script(const struct panel *panel, const char *name, unsigned number, struct buf *body)
{
	struct text rest = text_from(script);
	while (rest.size) {
		static const char *const marks[] = { "NAME", "NUMBER", "TOKEN" };
		size_t at = rest.size, which = 0;
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
			if (text_find(rest, text_from(marks[i])) < at) {
				at = text_find(rest, text_from(marks[i]));
				which = i;
			}
		buf_text(body, text_slice(rest, 0, at));
		if (at == rest.size)
			return;
		if (which == 0)
			buf_string(body, name);
		else if (which == 1)
			buf_format(body, "%u", number);
		else
			write_token(panel, body);
		rest = text_slice(rest, at + strlen(marks[which]), rest.size);
	}
}

/* "12.3-good", "12.3-good&wait": the page's number and what its bar says; the second may be missing. */
static void write_news(const struct panel *panel, struct text query, unsigned number, struct buf *body)
{
	struct buf token;
	int64_t known;
	query = text_slice(query, 0, text_find(query, TEXT("&")));
	size_t dot = text_find(query, TEXT("."));
	struct text told = text_slice(query, dot + 1 < query.size ? dot + 1 : query.size, query.size);
	if (!text_to_integer(text_slice(query, 0, dot), &known))
		return;
	if (known != (int64_t)number) {
		buf_string(body, "(window.previewReload || location.reload.bind(location))();\n");
		return;
	}
	buf_init(&token, BUF_LIMIT_PAGE);
	write_token(panel, &token);
	if (told.size && !text_equal(told, buf_view(&token))) {
		buf_string(body, "previewTell(");
		buf_json(body, buf_view(&token));
		buf_format(body, ", '%s', '", class_of_state(panel));
		write_problems(panel, body);
		buf_format(body, "', '%s');\n", words_of_state(panel));
	}
	buf_clear(&token);
}

bool panel_answer(const struct panel *panel, struct text path, struct text query, struct text *type, struct buf *body)
{
	static const struct {
		const char *name;
		bool is_script, is_of_site;
	} asked[] = { { "__reload.js", true, true }, { "__reload", false, true },
		      { "__watch.js", true, false }, { "__watch", false, false } };
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		if (!text_is(path, asked[i].name))
			continue;
		unsigned number = asked[i].is_of_site ? panel->site_number : panel->number;
		*type = TEXT("a.js");
		if (asked[i].is_script)
			write_script(panel, asked[i].is_of_site ? "reload" : "watch", number, body);
		else
			write_news(panel, query, number, body);
		return true;
	}
	*type = TEXT("a.css");
	if (text_is(path, "__preview.css"))
		buf_format(body, "%s%s", panel_style_bar, panel_style_pages);
	else if (text_is(path, "__theme.css"))
		buf_text(body, reading_part(panel->data, READING_STYLE));
	else
		return false;
	return true;
}
