/* SPDX-License-Identifier: MIT */
#include "render/html.h"

#include <check.h>
#include <math.h>

#include "base/buf.h"
#include "base/diag.h"
#include "doc/markdown.h"
#include "doc/number.h"

Suite *render_html_suite(void);

static const struct {
	const char *in, *want;
} cases[] = {
	{ "甲 & **乙** `<c>`", "<p>甲 &amp; <strong>乙</strong> <code>&lt;c&gt;</code></p>\n" },
	{ "# 甲 {#sec-a}", "<h2 id=\"sec-a\"><span class=\"number\">一、</span>甲</h2>\n" },
	{ "| 市 | 数 |\n|--|--:|\n| <b> | 1 |\n: 表 {#tbl-a}",
	  "<div id=\"tbl-a\" class=\"table\"><table><caption><span class=\"number\">表 1</span> 表</caption><thead><tr><th scope=\"col\">市</th>"
	  "<th scope=\"col\" class=\"n\">数</th></tr></thead><tbody>\n<tr><th scope=\"row\">&lt;b&gt;</th><td class=\"n\">1</td></tr>\n</tbody></table></div>\n" },
	{ "甲[^a]\n\n[^a]: 注",
	  "<p>甲<sup id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup></p>\n<section class=\"footnotes\" aria-label=\"注释\"><ol><li id=\"fn-1\"><p>注</p>\n"
	  "<a class=\"back\" href=\"#fnref-1\">返回正文</a></li></ol></section>\n" },
	{ "甲[^a]乙[^a]\n\n[^a]: 注",
	  "<p>甲<sup id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup>乙<sup><a href=\"#fn-1\">1</a></sup></p>\n<section class=\"footnotes\" aria-label=\"注释\"><ol>"
	  "<li id=\"fn-1\"><p>注</p>\n<a class=\"back\" href=\"#fnref-1\">返回正文</a></li></ol></section>\n" },
	{ "3. 甲", "<ol start=\"3\"><li><p>甲</p>\n</li></ol>\n" },
	{ "> [!note] 提示\n> 文", "<div role=\"note\" class=\"callout note\"><p class=\"callout-title\">提示</p><p>文</p>\n</div>\n" },
	{ "见@sec-a\n\n# 甲 {#sec-a}",
	  "<p>见<a class=\"reference\" href=\"#sec-a\">第一部分</a></p>\n<h2 id=\"sec-a\"><span class=\"number\">一、</span>甲</h2>\n" },
};

static struct doc *read_doc(struct arena *arena, const char *in)
{
	struct diag *diag = diag_new(arena, sources_new(arena));
	struct doc *doc = ARENA_NEW(arena, struct doc);
	doc->root = markdown_parse(arena, &(struct markdown_options){ .text = text_from(in), .diag = diag });
	doc->title = TEXT("题<目>");
	number_document(arena, diag, doc);
	return doc;
}

START_TEST(writes_elements)
{
	struct arena *arena = arena_new();
	struct buf out, want;
	buf_init(&out, 1 << 20), buf_init(&want, 1 << 20);
	html_write(&out, read_doc(arena, cases[_i].in), &(struct html_options){ .figure = NULL });
	buf_format(&want, "<h1>题&lt;目&gt;</h1>\n%s", cases[_i].want);
	ck_assert_str_eq(out.at, want.at);
	buf_clear(&out), buf_clear(&want);
	arena_free(arena);
}
END_TEST

/* Whatever is referred to twice, and however often: an id stands once. */
START_TEST(no_id_stands_twice)
{
	struct arena *arena = arena_new();
	struct buf in, out;
	buf_init(&in, 1 << 20), buf_init(&out, 1 << 20);
	for (int i = 0; i < 70; i++)
		buf_format(&in, "# 题\n\n甲[^n%d]，乙[^n%d]，丙[^n0]，见@sec-a。\n\n[^n%d]: 注\n\n", i, i, i);
	buf_string(&in, "# 题 {#sec-a}\n\n| 市[^n1] | 数[^n1] |\n|--|--:|\n| 甲[^n2] | 1[^n2] |\n: 表 {#tbl-a}\n");
	html_write(&out, read_doc(arena, in.at), &(struct html_options){ .figure = NULL });
	size_t count = 0;
	for (const char *at = out.at; (at = strstr(at, " id=\"")); at += 5, count++) {
		struct text id = text_slice(text_from(at), 0, 5 + text_find(text_from(at + 5), TEXT("\"")) + 1);
		ck_assert_msg(!text_contains(text_from(at + 5), id), "twice:%.*s", TEXT_ARGS(id));
	}
	ck_assert_uint_gt(count, 70 + 2 * 70); /* headings, notes and their first marks */
	buf_clear(&in), buf_clear(&out);
	arena_free(arena);
}
END_TEST

START_TEST(fills_the_frame)
{
	struct arena *arena = arena_new();
	struct buf out;
	buf_init(&out, 1 << 20);
	struct html_options options = { .frame = TEXT("<html lang=\"{{language}}\">{{title}}|{{{css}}}|{{{contents}}}|{{other}}"), .css = TEXT("p{}") };
	html_write(&out, read_doc(arena, "# 甲\n\n## 乙\n\n# 丙"), &options);
	ck_assert_str_eq(out.at, "<html lang=\"zh-CN\">题&lt;目&gt;|p{}|<nav class=\"contents\" aria-label=\"目录\"><ol><li><a href=\"#sec-n1\"><span class=\"number\">一、</span>甲</a><ol>"
				 "<li><a href=\"#sec-n2\"><span class=\"number\">（一）</span>乙</a></li></ol></li><li><a href=\"#sec-n3\"><span class=\"number\">二、</span>丙</a></li></ol></nav>\n|{{other}}");
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

static void draw(void *context, const struct node *chart, struct buf *out)
{
	(void)context, (void)chart;
	buf_string(out, "<svg></svg>");
}

START_TEST(puts_numbers_behind_figures)
{
	struct arena *arena = arena_new();
	struct buf out;
	buf_init(&out, 1 << 20);
	struct doc *doc = read_doc(arena, "");
	static struct text categories[] = { TEXT_INIT("甲"), TEXT_INIT("<乙>") }, labels[] = { TEXT_INIT("1家"), { NULL, 0 } };
	double values[] = { 1, NAN };
	struct chart_series series = { TEXT("数"), values, labels };
	struct chart chart = { .categories = categories, .series = &series, .category_count = 2, .series_count = 1 };
	struct node *node = node_new(arena, NODE_CHART);
	node->chart = &chart;
	node->title = TEXT("图名");
	node_append(doc->root, node);
	html_write(&out, doc, &(struct html_options){ .figure = draw });
	ck_assert(text_contains(buf_view(&out), TEXT("<svg></svg><details><summary>数据表</summary>")));
	ck_assert(text_contains(buf_view(&out), TEXT("<th scope=\"row\">&lt;乙&gt;</th><td class=\"n\">—</td>")));
	ck_assert(text_ends(buf_view(&out), "</table></div></details><figcaption>图名</figcaption></figure>\n"));
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

/* Parts stand in the heading, other columns as terms; what is empty is left out; all of it escaped. */
START_TEST(writes_records)
{
	struct arena *arena = arena_new();
	struct buf out;
	buf_init(&out, 1 << 20);
	struct doc *doc = read_doc(arena, "");
	static struct column columns[] = {
		{ .heading = TEXT_INIT("number") }, { .heading = TEXT_INIT("title") }, { .heading = TEXT_INIT("risk") },
		{ .heading = TEXT_INIT("meta") }, { .heading = TEXT_INIT("现状") }, { .heading = TEXT_INIT("建<议>") },
	};
	static struct cell cells[] = {
		{ .text = TEXT_INIT("1") }, { .text = TEXT_INIT("边<界>") }, { .text = TEXT_INIT("高风险") },
		{ .text = TEXT_INIT("技术&工具") }, { .text = TEXT_INIT("  ") }, { .text = TEXT_INIT("改\"正\"") },
		{ .text = TEXT_INIT("2") }, { .text = TEXT_INIT("乙") }, { .text = TEXT_INIT("其他") }, { .text = { NULL, 0 } },
		{ .text = TEXT_INIT("无") }, { .text = { NULL, 0 } },
	};
	struct table table = { .columns = columns, .column_count = 6, .cells = cells, .row_count = 2 };
	struct node *node = node_new(arena, NODE_RECORDS);
	node->table = &table;
	node_append(doc->root, node);
	html_write(&out, doc, &(struct html_options){ .figure = NULL });
	ck_assert_str_eq(out.at,
		"<h1>题&lt;目&gt;</h1>\n<article class=\"record\"><h5>1 <span class=\"title\">边&lt;界&gt;</span> "
		"<span class=\"risk high\">高风险</span></h5><p class=\"meta\">技术&amp;工具</p><dl><div><dt>建&lt;议&gt;</dt>"
		"<dd>改&quot;正&quot;</dd></div></dl></article>\n<article class=\"record\"><h5>2 <span class=\"title\">乙</span> "
		"<span class=\"risk\">其他</span></h5><dl><div><dt>现状</dt><dd>无</dd></div></dl></article>\n");
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

Suite *render_html_suite(void)
{
	Suite *suite = suite_create("render/html");
	TCase *tcase = tcase_create("all");
	tcase_add_loop_test(tcase, writes_elements, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tcase, no_id_stands_twice);
	tcase_add_test(tcase, fills_the_frame);
	tcase_add_test(tcase, puts_numbers_behind_figures);
	tcase_add_test(tcase, writes_records);
	suite_add_tcase(suite, tcase);
	return suite;
}
