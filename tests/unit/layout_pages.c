/* SPDX-License-Identifier: MIT
 *
 * Where pages end: tables, floats, groups, footnotes, and documents of nasty sizes.
 * What pages look like in good cases stands in tests/golden/pages/pages.txt: every line of
 * text with its baseline, left and right edge.
 */
#include "layout/layout.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "doc/markdown.h"
#include "doc/number.h"

#define GOLDEN "tests/golden/pages/pages.txt"

Suite *layout_pages_suite(void);

static struct arena *arena;
static struct sources *sources;
static struct diag *diag;
static struct theme *theme;
static struct shaper *shaper;
static struct doc doc;
static struct buf text; /* of the document about to be laid out */

static void setup(void)
{
	static const char *const folders[] = { "out/fonts", "/usr/share/fonts", NULL };
	arena = arena_new();
	sources = sources_new(arena);
	diag = diag_new(arena, sources);
	theme = theme_load(arena, sources, diag, &(struct theme_options){ "default", "themes", folders, NULL });
	ck_assert_ptr_nonnull(theme);
	shaper = shaper_new(theme, diag);
	ck_assert_ptr_nonnull(shaper);
	doc = (struct doc){ .title = TEXT("试"), .language = TEXT("zh-CN"), .page_style = TEXT("report"), .numbering = TEXT("chinese") };
	buf_init(&text, (size_t)1 << 24);
}

static void teardown(void)
{
	buf_clear(&text);
	shaper_free(shaper);
	arena_free(arena);
}

/* ---- documents ------------------------------------------------------------------ */

static struct node *chart_node(struct text title, size_t categories)
{
	struct chart *chart = ARENA_NEW(arena, struct chart);
	*chart = (struct chart){ .kind = CHART_BAR, .category_count = categories, .series_count = 1, .unit = TEXT("家"), .alternative = TEXT("图") };
	chart->categories = ARENA_ARRAY(arena, struct text, categories);
	chart->series = ARENA_ARRAY(arena, struct chart_series, 1);
	chart->series[0].values = ARENA_ARRAY(arena, double, categories);
	chart->series[0].labels = ARENA_ARRAY(arena, struct text, categories);
	for (size_t i = 0; i < categories; i++) {
		chart->categories[i] = text_format(arena, "类%zu", i);
		chart->series[0].values[i] = (double)(i + 1);
	}
	struct node *node = node_new(arena, NODE_CHART);
	node->chart = chart;
	node->title = title;
	return node;
}

/* Paragraphs that say "[图]…" become figures of that title, "[目录]", "[表目录]" what they say. */
static void placeholders_replace(struct node *root)
{
	for (struct node *node = root->first, *next; node; node = next) {
		next = node->next;
		if (node->kind != NODE_PARAGRAPH || !node->first || node->first->kind != NODE_TEXT)
			continue;
		struct text words = node->first->text;
		if (text_starts(words, "[图]")) {
			node_replace(node, chart_node(text_slice(words, 5, words.size), text_contains(words, TEXT("空")) ? 0 : 4));
		} else if (text_is(words, "[目录]") || text_is(words, "[表目录]")) {
			struct node *contents = node_new(arena, text_is(words, "[目录]") ? NODE_CONTENTS : NODE_LIST_OF);
			contents->name = TEXT("tables");
			node_replace(node, contents);
		}
	}
}

static const struct pages *lay_out(void)
{
	struct text words = text_copy(arena, buf_view(&text));
	text.size = 0;
	doc.root = markdown_parse(arena, &(struct markdown_options){ .text = words, .diag = diag });
	placeholders_replace(doc.root);
	number_document(arena, diag, &doc);
	return layout_document(arena, shaper, theme, &doc, diag);
}

static void lines_write(int count)
{
	for (int i = 0; i < count; i++)
		buf_format(&text, "第%d行。\n\n", i);
}

static void table_write(const char *title, int rows)
{
	buf_string(&text, "| 企业 | 数 |\n|---|---:|\n");
	for (int i = 0; i < rows; i++)
		buf_format(&text, "| 名称%d号 | %d.5 |\n", i, i);
	buf_format(&text, ": %s\n\n", title);
}

static void paragraph_write(int lines)
{
	for (int i = 0; i < lines; i++)
		buf_string(&text, "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜甲");
	text.size -= 9;
	text.at[text.size] = 0;
	buf_string(&text, "。\n\n");
}

/* ---- what stands on pages ----------------------------------------------------------- */

struct line {
	double y, left, right, size;
	struct text words;
	bool is_artifact;
};

struct lines {
	struct line at[400];
	size_t count;
};

/* Runs on one baseline, in painting order, become a line. */
static void lines_read(const struct page *page, struct lines *lines)
{
	lines->count = 0;
	for (size_t i = 0; i < page->op_count; i++) {
		const struct draw_op *op = &page->ops[i];
		if (op->kind != DRAW_GLYPHS || op->run.count == 0)
			continue;
		double x = op->run.glyphs[0].x, y = op->run.glyphs[0].y;
		struct line *last = lines->count ? &lines->at[lines->count - 1] : NULL;
		if (last && fabs(last->y - y) < 0.01) {
			last->words = text_format(arena, "%.*s%s%.*s", TEXT_ARGS(last->words), x - last->right > 12 ? " | " : "", TEXT_ARGS(op->run.text));
			last->right = fmax(last->right, x + op->run.width_pt);
			continue;
		}
		ck_assert_uint_lt(lines->count, 400);
		lines->at[lines->count++] = (struct line){ y, x, x + op->run.width_pt, op->run.size_pt, op->run.text, op->tag < 0 };
	}
}

static size_t count_lines(const struct page *page, const char *word)
{
	static struct lines lines;
	size_t count = 0;
	lines_read(page, &lines);
	for (size_t i = 0; i < lines.count; i++)
		count += text_contains(lines.at[i].words, text_from(word));
	return count;
}

/* The first page with that word, or −1. */
static int page_of(const struct pages *pages, const char *word)
{
	for (size_t p = 0; p < pages->count; p++)
		if (count_lines(&pages->pages[p], word))
			return (int)p;
	return -1;
}

static void check_inside(const struct pages *pages)
{
	static struct lines lines;
	for (size_t p = 0; p < pages->count; p++) {
		lines_read(&pages->pages[p], &lines);
		for (size_t i = 0; i < lines.count; i++) {
			const struct line *line = &lines.at[i];
			ck_assert_msg(line->y > 20 && line->y < pages->pages[p].height_pt - 20, "page %zu: %.*s", p + 1, TEXT_ARGS(line->words));
			ck_assert_msg(line->left > 20 && line->right < pages->pages[p].width_pt - 20, "page %zu: %.*s", p + 1, TEXT_ARGS(line->words));
		}
	}
}

/* Lines of text on a page besides running head and number. */
static size_t count_text(const struct page *page)
{
	static struct lines lines;
	size_t count = 0;
	lines_read(page, &lines);
	for (size_t i = 0; i < lines.count; i++)
		count += !lines.at[i].is_artifact;
	return count;
}

/* ---- tables --------------------------------------------------------------------------- */

START_TEST(long_tables_leave_three_rows)
{
	for (int before = 0; before < 42; before++) {
		lines_write(before);
		table_write("长表 {#tbl-a}", 60);
		const struct pages *pages = lay_out();
		check_inside(pages);
		for (size_t p = 0; p < pages->count; p++) {
			size_t rows = count_lines(&pages->pages[p], "名称");
			ck_assert_msg(rows == 0 || rows >= 3, "%zu rows on page %zu after %d lines", rows, p + 1, before);
			ck_assert_uint_eq(count_lines(&pages->pages[p], "续表"), rows && (int)p != page_of(pages, "名称0号"));
		}
	}
}
END_TEST

/* A total says nothing without a row that it sums up. */
START_TEST(totals_stand_with_a_row)
{
	for (size_t totals = 1; totals <= 6; totals++)
		for (int before = 0; before < 42; before++) {
			lines_write(before);
			table_write("长表 {#tbl-a}", 40);
			struct text words = text_copy(arena, buf_view(&text));
			text.size = 0;
			doc.root = markdown_parse(arena, &(struct markdown_options){ .text = words, .diag = diag });
			struct table table = *doc.root->last->table;
			table.total_rows = totals;
			for (size_t i = 0; i < totals; i++)
				table.cells[(table.row_count - 1 - i) * table.column_count].text = TEXT("合计");
			doc.root->last->table = &table;
			number_document(arena, diag, &doc);
			const struct pages *pages = layout_document(arena, shaper, theme, &doc, diag);
			for (size_t p = 0; p < pages->count; p++)
				ck_assert_msg(!count_lines(&pages->pages[p], "合计") || count_lines(&pages->pages[p], "名称"),
					      "%zu totals alone on page %zu after %d lines", totals, p + 1, before);
		}
}
END_TEST

/* Ninety groups of four entries under a caption. */
static struct node *item_list_node(void)
{
	enum { GROUPS = 90, ENTRIES = 4, COLUMNS = 3 };
	static const char *const headings[COLUMNS] = { "group", "条目", "结果" };
	struct node *node = node_new(arena, NODE_ITEM_LIST);
	struct table *table = ARENA_NEW(arena, struct table);
	*table = (struct table){ .column_count = COLUMNS, .row_count = GROUPS * ENTRIES, .columns = ARENA_ARRAY(arena, struct column, COLUMNS),
				 .cells = ARENA_ARRAY(arena, struct cell, GROUPS * ENTRIES * COLUMNS) };
	for (size_t i = 0; i < COLUMNS; i++)
		table->columns[i].heading = text_from(headings[i]);
	for (size_t row = 0; row < table->row_count; row++) {
		table->cells[row * COLUMNS].text = text_format(arena, "过程域%zu号", row / ENTRIES);
		table->cells[row * COLUMNS + 1].text = text_format(arena, "PA%02zu-%zu", row / ENTRIES, row % ENTRIES);
		table->cells[row * COLUMNS + 2].text = TEXT("符合");
	}
	node->table = table;
	node->title = TEXT("全部条目");
	node->id = TEXT("tbl-all");
	node->name = TEXT("过程域");
	return node;
}

/* What was written, and the list behind it. */
static const struct pages *lay_out_with_list(void)
{
	struct text words = text_copy(arena, buf_view(&text));
	text.size = 0;
	doc.root = markdown_parse(arena, &(struct markdown_options){ .text = words, .diag = diag });
	node_append(doc.root, item_list_node());
	number_document(arena, diag, &doc);
	return layout_document(arena, shaper, theme, &doc, diag);
}

/* As every table that goes on: 续表, its number, its title and its head. */
START_TEST(item_lists_go_on_as_tables_do)
{
	lines_write(20);
	const struct pages *pages = lay_out_with_list();
	ck_assert_uint_ge(pages->count, 3);
	int first = page_of(pages, "过程域0号");
	for (size_t p = 0; p < pages->count; p++) {
		bool has_entries = count_lines(&pages->pages[p], "PA") > 0;
		ck_assert_uint_eq(count_lines(&pages->pages[p], "全部条目"), has_entries);
		ck_assert_uint_eq(count_lines(&pages->pages[p], "续表 1　全部条目"), has_entries && (int)p != first);
		ck_assert_uint_eq(count_lines(&pages->pages[p], "条目 | 结果"), has_entries);
	}
}
END_TEST

/* Where nothing but the key to a list stands below a heading, both stand on the page on which the list begins. */
START_TEST(a_heading_and_the_key_stand_with_their_list)
{
	for (int before = 20; before < 44; before++) {
		lines_write(before);
		buf_string(&text, "# 清单 {.annex}\n\n::: small\n图例。\n:::\n");
		const struct pages *pages = lay_out_with_list();
		ck_assert_int_eq(page_of(pages, "清单"), page_of(pages, "过程域0号"));
		ck_assert_int_eq(page_of(pages, "图例。"), page_of(pages, "过程域0号"));
	}
}
END_TEST

START_TEST(tables_of_a_page_move_whole_and_text_flows_up)
{
	for (int before = 26; before < 38; before++) {
		lines_write(before);
		table_write("表题 {#tbl-a}", 14);
		for (int i = 0; i < 30; i++)
			buf_format(&text, "后文%d。\n\n", i);
		const struct pages *pages = lay_out();
		ck_assert_int_eq(page_of(pages, "名称0号"), page_of(pages, "名称13号"));
		ck_assert_uint_ge(count_text(&pages->pages[0]), 38);
	}
}
END_TEST

START_TEST(rows_that_fit_a_page_stay_whole)
{
	lines_write(20);
	buf_string(&text, "| 名 | 述 |\n|---|---|\n");
	for (int row = 0; row < 3; row++) {
		buf_format(&text, "| 行%d | ", row);
		for (int i = 0; i < 900; i++)
			buf_string(&text, row == 1 ? "述" : "短");
		buf_string(&text, " |\n");
	}
	const struct pages *pages = lay_out();
	size_t most = 0, all = 0;
	for (size_t p = 0; p < pages->count; p++) {
		size_t lines = count_lines(&pages->pages[p], "述述");
		most = lines > most ? lines : most;
		all += lines;
	}
	ck_assert_uint_gt(all, 15);
	ck_assert_uint_eq(most, all);
}
END_TEST

/* ---- floats ---------------------------------------------------------------------------- */

START_TEST(floats_never_split_a_table)
{
	for (int before = 0; before < 40; before++) {
		lines_write(before);
		buf_string(&text, "见@tbl-a。\n\n[图]甲图\n\n");
		table_write("长表 {#tbl-a}", 50);
		buf_string(&text, "[图]乙图\n\n");
		lines_write(60);
		const struct pages *pages = lay_out();
		static struct lines lines;
		for (size_t p = 0; p < pages->count; p++) {
			lines_read(&pages->pages[p], &lines);
			if (!count_lines(&pages->pages[p], "续表"))
				continue;
			size_t first = 0;
			while (lines.at[first].is_artifact && !text_contains(lines.at[first].words, TEXT("续表")))
				first++;
			ck_assert_msg(text_contains(lines.at[first].words, TEXT("续表")), "page %zu begins with %.*s (%d before)", p + 1,
				      TEXT_ARGS(lines.at[first].words), before);
		}
		/* Two pages on only where more than a seventh of the page would be left empty for it. */
		ck_assert_int_le(page_of(pages, "甲图"), page_of(pages, "见") + (before < 34 ? 2 : 1));
		ck_assert_int_le(page_of(pages, "甲图"), page_of(pages, "乙图"));
	}
}
END_TEST

/* Captions "word000", "word001" … in the order of pages and heights. */
static void check_order(const struct pages *pages, const char *word, int count)
{
	static struct lines lines;
	int next = 0;
	for (size_t p = 0; p < pages->count; p++) {
		lines_read(&pages->pages[p], &lines);
		for (size_t i = 0; i < lines.count; i++)
			if (text_contains(lines.at[i].words, text_from(word)) && !text_contains(lines.at[i].words, TEXT("续"))) {
				struct text want = text_format(arena, "%s%03d", word, next);
				ck_assert_msg(text_contains(lines.at[i].words, want), "%.*s instead of %s", TEXT_ARGS(lines.at[i].words), want.at);
				next++;
			}
	}
	ck_assert_int_eq(next, count);
}

START_TEST(floats_of_a_kind_keep_their_order)
{
	doc.numbering = TEXT("decimal");
	for (int i = 0; i < 40; i++) {
		lines_write(i * 7 % 23);
		char title[24];
		snprintf(title, sizeof title, "题%03d", i);
		table_write(title, 2 + i * 5 % 19);
		if (i % 3 == 0)
			buf_format(&text, "[图]绘%03d\n\n", i / 3);
	}
	const struct pages *pages = lay_out();
	check_inside(pages);
	check_order(pages, "题", 40);
	check_order(pages, "绘", 14);
}
END_TEST

START_TEST(forty_floats_in_a_row)
{
	buf_string(&text, "起。\n\n");
	for (int i = 0; i < 40; i++)
		buf_format(&text, "[图]绘%03d\n\n", i);
	const struct pages *pages = lay_out();
	check_inside(pages);
	ck_assert_int_eq(page_of(pages, "绘039"), (int)pages->count - 1);
	int last = 0;
	for (int i = 0; i < 40; i++) {
		char name[24];
		snprintf(name, sizeof name, "绘%03d", i);
		ck_assert_int_ge(page_of(pages, name), last);
		last = page_of(pages, name);
	}
}
END_TEST

/* ---- text ------------------------------------------------------------------------------- */

START_TEST(groups_break_between_their_paragraphs)
{
	for (int before = 0; before < 42; before++) {
		lines_write(before);
		buf_string(&text, "::: group\n\n#### 发现\n\n");
		for (int i = 0; i < 4; i++)
			paragraph_write(3);
		buf_string(&text, "组尾。\n\n:::\n\n");
		lines_write(3);
		const struct pages *pages = lay_out();
		int head = page_of(pages, "发现");
		ck_assert(count_lines(&pages->pages[head], "天地玄黄") + count_lines(&pages->pages[head], "甲") >= 2);
		for (size_t p = 0; p < pages->count; p++) {
			size_t lines = count_lines(&pages->pages[p], "天");
			ck_assert_msg(lines != 1, "one line alone on page %zu after %d", p + 1, before);
		}
		ck_assert_uint_ge(count_lines(&pages->pages[page_of(pages, "组尾")], "天"), 2);
		if (pages->count > 1)
			ck_assert_msg(count_text(&pages->pages[0]) >= 33, "%zu lines after %d", count_text(&pages->pages[0]), before);
	}
}
END_TEST

START_TEST(last_pages_hold_three_lines)
{
	static const char *const styles[] = { "report", "official" };
	for (size_t s = 0; s < 2; s++)
		for (int lines = 18; lines < 50; lines++) {
			doc.page_style = text_from(styles[s]);
			paragraph_write(lines);
			const struct pages *pages = lay_out();
			if (pages->count > 1)
				ck_assert_msg(count_text(&pages->pages[pages->count - 1]) >= 3, "%s: %d lines", styles[s], lines);
		}
}
END_TEST

/* Where spaces between paragraphs and headings can give what is over, no page is begun for a few lines. */
START_TEST(spaces_give_way_before_a_page_is_begun)
{
	for (int sections = 7; sections < 30; sections++) {
		for (int i = 0; i < sections; i++)
			buf_format(&text, "## 题%d\n\n正文%d。\n\n", i, i);
		const struct pages *pages = lay_out();
		check_inside(pages);
		ck_assert_msg(count_text(&pages->pages[pages->count - 1]) >= 4, "%d sections: %zu lines on the last of %zu pages", sections,
			      count_text(&pages->pages[pages->count - 1]), pages->count);
	}
}
END_TEST

/* The text so far, `last` of whose root becomes lines to sign on; in a group: the group's last. */
static const struct pages *lay_out_signed(void)
{
	struct text words = text_copy(arena, buf_view(&text));
	text.size = 0;
	doc.root = markdown_parse(arena, &(struct markdown_options){ .text = words, .diag = diag });
	struct node *sign = node_new(arena, NODE_SIGNATURE), *last = doc.root->last;
	struct table *table = ARENA_NEW(arena, struct table);
	*table = (struct table){ .column_count = 2, .row_count = 2, .cells = ARENA_ARRAY(arena, struct cell, 4) };
	table->cells[0].text = table->cells[2].text = TEXT("签收");
	sign->table = table;
	node_replace(last->kind == NODE_GROUP ? last->last : last, sign);
	number_document(arena, diag, &doc);
	return layout_document(arena, shaper, theme, &doc, diag);
}

START_TEST(signatures_are_not_alone)
{
	for (int before = 30; before < 42; before++) {
		lines_write(before);
		buf_string(&text, "[签]\n");
		const struct pages *pages = lay_out_signed();
		int page = page_of(pages, "签收");
		ck_assert_uint_ge(count_text(&pages->pages[page]), 2);
	}
}
END_TEST

/* Whole where that leaves no large hole; elsewhere at least its lower part, up to a quarter of a page. */
START_TEST(what_is_signed_stands_with_its_signatures)
{
	for (int before = 8; before < 42; before++) {
		lines_write(before);
		buf_string(&text, "::: group\n\n# 声明\n\n");
		for (int i = 0; i < 8; i++)
			paragraph_write(2);
		buf_string(&text, "[签]\n\n:::\n");
		const struct pages *pages = lay_out_signed();
		int page = page_of(pages, "签收");
		ck_assert_uint_ge(count_text(&pages->pages[page]), 8);
		if (page_of(pages, "声明") != page)
			ck_assert_uint_ge(count_text(&pages->pages[0]), 26);
	}
}
END_TEST

/* An annex begins a page where the one before is nearly full, else it follows. */
START_TEST(annexes_leave_no_page_half_empty)
{
	for (int before = 2; before < 38; before += 4) {
		lines_write(before);
		buf_string(&text, "# 清单 {.annex}\n\n");
		lines_write(3);
		ck_assert_int_eq(page_of(lay_out(), "清单"), before >= 34);
	}
}
END_TEST

/* Forty rows of nine points in dense setting; an ordinary table a little taller than a page gives up what is not seen. */
START_TEST(tables_are_tightened_to_fit_a_page)
{
	for (int rows = 35; rows <= 40; rows++) {
		table_write(rows > 35 ? "甲表 {.dense}" : "甲表", rows);
		const struct pages *pages = lay_out();
		ck_assert_msg(pages->count == 1, "%d rows on %zu pages", rows, pages->count);
		check_inside(pages);
	}
	table_write("甲表", 48);
	ck_assert_uint_eq(lay_out()->count, 2);
}
END_TEST

/* ---- footnotes ----------------------------------------------------------------------------- */

START_TEST(footnotes_go_on_overleaf)
{
	for (int before = 10; before < 40; before += 3) {
		lines_write(before);
		buf_string(&text, "有注。[^1]\n\n");
		lines_write(60);
		buf_string(&text, "[^1]: ");
		for (int i = 0; i < 4200; i++)
			buf_string(&text, "注");
		buf_string(&text, "\n");
		const struct pages *pages = lay_out();
		check_inside(pages);
		size_t all = 0;
		for (size_t p = 0; p < pages->count; p++) {
			size_t lines = count_lines(&pages->pages[p], "注注");
			all += lines;
			ck_assert_msg(lines != 1, "one line of a note on page %zu after %d", p + 1, before);
			if (p + 1 < pages->count)
				ck_assert_uint_ge(count_text(&pages->pages[p]), 8);
		}
		ck_assert_uint_ge(all, 75);
		ck_assert_uint_ge(count_lines(&pages->pages[page_of(pages, "有注")], "注注"), 2);
	}
}
END_TEST

START_TEST(cells_have_footnotes)
{
	lines_write(20);
	buf_string(&text, "| 名 | 数 |\n|---|---:|\n| 甲[^a] | 1.5 |\n| 乙 | 22.25[^b] |\n| 丙[^a] | 3 |\n: 表题\n\n[^a]: 甲注。\n\n[^b]: 乙注。\n");
	const struct pages *pages = lay_out();
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR) + diag_count(diag, SEVERITY_WARNING), 0);
	ck_assert_uint_eq(pages->count, 1);
	ck_assert_uint_eq(count_lines(&pages->pages[0], "甲注"), 1);
	ck_assert_uint_eq(count_lines(&pages->pages[0], "乙注"), 1);
	size_t marks = 0;
	for (size_t i = 0; i < pages->pages[0].op_count; i++)
		marks += pages->pages[0].ops[i].kind == DRAW_LINK;
	ck_assert_uint_eq(marks, 3);
}
END_TEST

/* ---- official documents: GB/T 9704-2012 ------------------------------------------------------ */

#define MM (72 / 25.4)
static const double pitch = 28.99, first_base = 37 * MM + (28.99 - 16) / 2 + 16 * 0.88;

static struct text family_of(const struct page *page, const char *words)
{
	for (size_t i = 0; i < page->op_count; i++)
		if (page->ops[i].kind == DRAW_GLYPHS && text_contains(page->ops[i].run.text, text_from(words)))
			return theme->faces[page->ops[i].run.face].family;
	return NO_TEXT;
}

static const struct line *line_of(const struct page *page, const char *words)
{
	static struct lines lines;
	lines_read(page, &lines);
	for (size_t i = 0; i < lines.count; i++)
		if (text_contains(lines.at[i].words, text_from(words)))
			return &lines.at[i];
	ck_abort_msg("no %s", words);
	return NULL;
}

#define CHECK_NEAR(is, wanted, most) ck_assert_msg(fabs((is) - (wanted)) <= (most), #is " is %.3f, not %.3f", (double)(is), (double)(wanted))

/* The page's n-th glyph run that is text: 28 characters, 15.793 pt apart. */
static void check_row(const struct page *page, double left)
{
	for (size_t i = 0; i < page->op_count; i++) {
		const struct glyph_run *run = &page->ops[i].run;
		if (page->ops[i].kind != DRAW_GLYPHS || page->ops[i].tag < 0 || run->count != 28)
			continue;
		CHECK_NEAR(run->glyphs[0].x, left, 0.05);
		for (size_t g = 1; g < run->count; g++)
			CHECK_NEAR(run->glyphs[g].x - run->glyphs[g - 1].x, 156 * MM / 28, 0.01);
	}
}

START_TEST(official_pages_measure_as_the_standard_says)
{
	doc.page_style = TEXT("official");
	for (int i = 0; i < 28 * 44 - 2; i++)
		buf_string(&text, "安");
	buf_string(&text, "\n");
	const struct pages *pages = lay_out();
	ck_assert_uint_eq(pages->count, 2);
	static struct lines lines;
	for (size_t p = 0; p < 2; p++) {
		const struct page *page = &pages->pages[p];
		CHECK_NEAR(page->width_pt, 210 * MM, 0.01);
		CHECK_NEAR(page->height_pt, 297 * MM, 0.01);
		double left = (p == 0 ? 28 : 26) * MM;
		ck_assert_uint_eq(count_text(page), 22);
		check_row(page, left);
		lines_read(page, &lines);
		for (size_t i = 0; i < 22; i++) {
			CHECK_NEAR(lines.at[i].y, first_base + pitch * (double)i, 0.01);
			CHECK_NEAR(lines.at[i].size, 16, 0.001);
			CHECK_NEAR(lines.at[i].right, left + 156 * MM, 0.3);
		}
		CHECK_NEAR(lines.at[0].left, left + (p == 0) * 2 * 156 * MM / 28, 0.1);
		/* 4 号, the dash 7 mm below the type area, one character in on the outer side. */
		const struct line *number = &lines.at[22];
		CHECK_NEAR(number->size, 14, 0.001);
		CHECK_NEAR(page->height_pt - number->y + 0.37 * 14, (35 - 7) * MM, 1.0);
		CHECK_NEAR(p == 0 ? left + 156 * MM - number->right : number->left - left, 14, 0.3);
	}
}
END_TEST

START_TEST(official_headings_have_their_faces)
{
	doc.page_style = TEXT("official");
	buf_string(&text, "# 天\n\n## 地\n\n### 玄\n\n#### 黄\n\n宇宙。\n");
	const struct pages *pages = lay_out();
	static const struct {
		const char *words, *number, *family;
	} wanted[] = { { "天", "一、", "Noto Sans CJK SC" }, { "地", "（一）", "LXGW WenKai" }, { "玄", "1.", "FandolFang R" },
	               { "黄", "（1）", "FandolFang R" }, { "宇宙", "", "FandolFang R" } };
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		const struct line *line = line_of(&pages->pages[0], wanted[i].words);
		ck_assert(text_starts(line->words, wanted[i].number));
		CHECK_NEAR(line->size, 16, 0.001);
		CHECK_NEAR(line->y, first_base + pitch * (double)i, 0.01);
		ck_assert(text_is(family_of(&pages->pages[0], wanted[i].words), wanted[i].family));
	}
}
END_TEST

/* After any table, figure or quotation the lines of text are on the grid again, on both sides of the sheet. */
START_TEST(official_lines_stay_on_the_grid)
{
	doc.page_style = TEXT("official");
	for (int before = 0; before < 22; before++) {
		lines_write(before);
		table_write("表题", 3 + before % 9);
		paragraph_write(2);
		buf_string(&text, "[图]甲图\n\n> 引文。\n\n| 名 | 数 |\n|---|---|\n| 甲 | 1 |\n\n");
		paragraph_write(3);
		buf_string(&text, "> [!note] 提示\n> 提示。\n\n");
		lines_write(30);
		const struct pages *pages = lay_out();
		static struct lines lines;
		for (size_t p = 0; p < pages->count; p++) {
			lines_read(&pages->pages[p], &lines);
			for (size_t i = 0; i < lines.count; i++) {
				double rows = (lines.at[i].y - first_base) / pitch;
				if (!lines.at[i].is_artifact && fabs(lines.at[i].size - 16) < 0.01)
					ck_assert_msg(fabs(rows - round(rows)) * pitch < 0.1, "page %zu: %.*s at %.2f", p + 1,
						      TEXT_ARGS(lines.at[i].words), lines.at[i].y);
			}
		}
	}
}
END_TEST

/* Horizontal rules of a page, top down; returns how many. */
static size_t rules_read(const struct page *page, struct line *rules, size_t most)
{
	size_t count = 0;
	for (size_t i = 0; i < page->op_count; i++) {
		const struct path *path = &page->ops[i].path;
		if (page->ops[i].kind == DRAW_PATH && path->point_count == 2 && count < most)
			rules[count++] = (struct line){ .y = path->points[0].y, .left = path->points[0].x, .right = path->points[1].x,
			                                .size = path->width_pt };
	}
	return count;
}

static void letterhead_fill(void)
{
	doc.page_style = TEXT("official");
	doc.title = TEXT("关于试行的通知");
	doc.issuer = TEXT("江苏省工业和信息化厅文件");
	doc.issue_number = TEXT("苏工信〔2021〕1号");
	doc.copies_to = TEXT("各设区市工业和信息化局，省通信管理局，省级技术支撑机构，各星级企业，各自评估咨询机构");
	doc.printer = TEXT("江苏省工业和信息化厅办公室");
	doc.printed = TEXT("2021年12月1日");
	lines_write(8);
}

START_TEST(letterhead_and_imprint_measure_as_the_standard_says)
{
	letterhead_fill();
	const struct pages *pages = lay_out();
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 0);
	ck_assert_uint_eq(pages->count, 2);
	const struct page *page = &pages->pages[0];
	double top = 37 * MM, left = 28 * MM;
	const struct line issuer = *line_of(page, "信息化厅文件"), number = *line_of(page, "苏工信"), title = *line_of(page, "通知");
	CHECK_NEAR(issuer.y - issuer.size * 0.88, top + 35 * MM, 0.5);
	CHECK_NEAR((issuer.left + issuer.right) / 2, left + 78 * MM, 0.5);
	CHECK_NEAR(number.size, 16, 0.001);
	CHECK_NEAR(number.y - 16 * 0.88 - (issuer.y + issuer.size * 0.12), 2 * pitch, 0.5);
	CHECK_NEAR((number.left + number.right) / 2, left + 78 * MM, 0.5);
	struct line rules[8];
	ck_assert_uint_eq(rules_read(page, rules, 8), 1);
	CHECK_NEAR(rules[0].y - (number.y + 16 * 0.12), 4 * MM, 0.5);
	CHECK_NEAR(rules[0].left, left, 0.01);
	CHECK_NEAR(rules[0].right, left + 156 * MM, 0.01);
	CHECK_NEAR(title.size, 22, 0.001);
	CHECK_NEAR((title.left + title.right) / 2, left + 78 * MM, 0.5);
	ck_assert_double_gt(title.y - 22 * 0.88 - rules[0].y, 2 * pitch);
	page = &pages->pages[1];
	ck_assert_uint_eq(rules_read(page, rules, 8), 3);
	CHECK_NEAR(rules[2].y, 37 * MM + 225 * MM, 0.1);
	CHECK_NEAR(rules[0].size, 0.35 * MM, 0.001);
	CHECK_NEAR(rules[1].size, 0.25 * MM, 0.001);
	CHECK_NEAR(rules[2].size, 0.35 * MM, 0.001);
	const struct line copies = *line_of(page, "抄送"), printed = *line_of(page, "办公室");
	CHECK_NEAR(copies.size, 14, 0.001);
	CHECK_NEAR(copies.left, 26 * MM + 14, 0.3);
	CHECK_NEAR(printed.left, 26 * MM + 14, 0.3);
	CHECK_NEAR(printed.right, 26 * MM + 156 * MM - 14, 0.3);
	ck_assert(text_ends(printed.words, "印发"));
}
END_TEST

START_TEST(official_annexes_begin_on_pages_of_their_own)
{
	doc.page_style = TEXT("official");
	buf_string(&text, "# 章\n\n正文。\n\n# 名单 {.annex}\n\n甲。\n\n# 说明 {.annex}\n\n乙。\n");
	const struct pages *pages = lay_out();
	ck_assert_uint_eq(pages->count, 3);
	ck_assert_int_eq(page_of(pages, "名单"), 1);
	ck_assert_int_eq(page_of(pages, "说明"), 2);
}
END_TEST

START_TEST(only_official_pages_have_letterheads)
{
	letterhead_fill();
	doc.page_style = TEXT("report");
	const struct pages *pages = lay_out();
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 1);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_LETTERHEAD_STYLE), 1);
	ck_assert_int_eq(page_of(pages, "苏工信"), -1);
	ck_assert_int_eq(page_of(pages, "抄送"), -1);
}
END_TEST

/* ---- how pages are made up ------------------------------------------------------------------- */

/* A table or figure stands before the next heading, whatever there is room for; no heading ends a page. */
START_TEST(floats_stand_before_the_next_heading)
{
	for (int before = 0; before < 42; before++) {
		lines_write(before);
		buf_string(&text, "见@tbl-a。\n\n");
		table_write("表题 {#tbl-a}", 4 + before % 11);
		buf_string(&text, "[图]甲图\n\n");
		lines_write(before % 5);
		buf_string(&text, "## 后节\n\n");
		lines_write(30);
		const struct pages *pages = lay_out();
		int heading = page_of(pages, "后节");
		ck_assert_int_le(page_of(pages, "表题"), heading);
		ck_assert_int_le(page_of(pages, "甲图"), heading);
		double y = line_of(&pages->pages[heading], "后节")->y;
		if (page_of(pages, "表题") == heading)
			ck_assert_double_lt(line_of(&pages->pages[heading], "表题")->y, y);
		if (page_of(pages, "甲图") == heading)
			ck_assert_double_lt(line_of(&pages->pages[heading], "甲图")->y, y);
		static struct lines lines;
		lines_read(&pages->pages[heading], &lines);
		size_t below = 0;
		for (size_t i = 0; i < lines.count; i++)
			below += lines.at[i].y > y && text_starts(lines.at[i].words, "第");
		ck_assert_msg(below >= 1, "the heading ends page %d after %d lines", heading + 1, before);
	}
}
END_TEST

/* Rows of equal tables are equally high, however the tables meet the grid. */
START_TEST(equal_tables_have_equal_rows)
{
	static const char *const styles[] = { "report", "official" };
	for (size_t s = 0; s < 2; s++) {
		double least = INFINITY, most = 0;
		for (int rows = 4; rows < 22; rows++) {
			doc.page_style = text_from(styles[s]);
			lines_write(2);
			table_write("表题", rows);
			lines_write(3);
			const struct page *page = &lay_out()->pages[0];
			double apart = line_of(page, "名称2号")->y;
			apart -= line_of(page, "名称1号")->y;
			least = fmin(least, apart);
			most = fmax(most, apart);
		}
		ck_assert_msg(most - least <= 0.41, "%s: rows of %.2f and of %.2f points", styles[s], least, most);
	}
}
END_TEST

/* White between the text above and the caption, and between the last rule and the text below. */
START_TEST(tables_stand_in_the_middle)
{
	for (int rows = 2; rows < 14; rows++) {
		doc.page_style = TEXT("official");
		buf_string(&text, "之前。\n\n");
		table_write("表题", rows);
		buf_string(&text, "之后。\n\n");
		const struct page *page = &lay_out()->pages[0];
		struct line before = *line_of(page, "之前"), after = *line_of(page, "之后"), caption = *line_of(page, "表题");
		struct line rules[8];
		size_t count = rules_read(page, rules, 8);
		double above = caption.y - 0.88 * caption.size - (before.y + 0.12 * before.size);
		double below = after.y - 0.88 * after.size - rules[count - 1].y;
		ck_assert_msg(fabs(above - below) < 1, "%d rows: %.1f above, %.1f below", rows, above, below);
	}
}
END_TEST

/* Distance of the first page's table from the text above or below it, where a table goes overleaf or nothing follows. */
static double table_distance(bool is_first, bool is_full)
{
	doc.page_style = TEXT("official");
	if (is_first)
		table_write("甲表", 21);
	buf_string(&text, "正文。\n\n");
	if (!is_first)
		table_write("甲表", 21);
	if (is_full)
		table_write("乙表", 4);
	const struct pages *pages = lay_out();
	ck_assert_int_eq(page_of(pages, "乙表"), is_full ? 1 : -1);
	return fabs(line_of(&pages->pages[0], "甲表")->y - line_of(&pages->pages[0], "正文。")->y);
}

/* What a page has over goes above a table that ends it and below one that begins it: a line of the grid. */
START_TEST(tables_at_the_edges_of_a_page_take_a_line)
{
	ck_assert_double_eq_tol(table_distance(false, true) - table_distance(false, false), 28.99, 0.1);
	ck_assert_double_eq_tol(table_distance(true, true) - table_distance(true, false), 28.99, 0.1);
}
END_TEST

enum { FINDINGS = 14 };

/* Findings of four to eight lines of text, besides the head. */
static struct node *findings_node(int seed)
{
	enum { COLUMNS = 4 };
	static const char *const headings[COLUMNS] = { "number", "title", "要求", "建议" };
	struct node *node = node_new(arena, NODE_RECORDS);
	struct table *table = ARENA_NEW(arena, struct table);
	*table = (struct table){ .column_count = COLUMNS, .row_count = FINDINGS, .columns = ARENA_ARRAY(arena, struct column, COLUMNS),
				 .cells = ARENA_ARRAY(arena, struct cell, FINDINGS * COLUMNS) };
	for (size_t i = 0; i < COLUMNS; i++)
		table->columns[i].heading = text_from(headings[i]);
	for (int row = 0; row < FINDINGS; row++) {
		struct cell *cells = &table->cells[row * COLUMNS];
		struct text words = NO_TEXT;
		for (int i = 0; i < 1 + (row * 7 + seed) % 4; i++)
			words = text_format(arena, "%.*s天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露", TEXT_ARGS(words));
		cells[0].text = text_format(arena, "%d", row);
		cells[1].text = text_format(arena, "问题%02d始", row);
		cells[2].text = text_format(arena, "%.*s", TEXT_ARGS(words));
		cells[3].text = text_format(arena, "%.*s建议%02d终", TEXT_ARGS(words), row);
	}
	node->table = table;
	return node;
}

START_TEST(short_findings_stay_whole)
{
	for (int before = 0; before < 40; before++) {
		lines_write(before);
		struct text words = text_copy(arena, buf_view(&text));
		text.size = 0;
		doc.root = markdown_parse(arena, &(struct markdown_options){ .text = words, .diag = diag });
		node_append(doc.root, findings_node(before));
		number_document(arena, diag, &doc);
		const struct pages *pages = layout_document(arena, shaper, theme, &doc, diag);
		check_inside(pages);
		for (int row = 0; row < FINDINGS; row++) {
			char begin[24], end[24];
			snprintf(begin, sizeof begin, "问题%02d始", row);
			snprintf(end, sizeof end, "建议%02d终", row);
			ck_assert_msg(page_of(pages, begin) == page_of(pages, end), "finding %d is torn after %d lines", row, before);
		}
	}
}
END_TEST

/* A row of tables, figures, headings and paragraphs of any size: looking ahead leaves no large hole. */
START_TEST(pages_of_mixed_documents_are_full)
{
	size_t pages_seen = 0, holes = 0;
	for (unsigned seed = 1; seed <= 24; seed++) {
		unsigned state = seed * 2654435761u;
		for (int i = 0; i < 40; i++) {
			state = state * 1664525u + 1013904223u;
			unsigned kind = state >> 29, size = state >> 20 & 15;
			if (kind == 0)
				buf_format(&text, "## 节%d\n\n", i);
			else if (kind == 1)
				table_write("表题", 3 + (int)size);
			else if (kind == 2)
				buf_string(&text, "[图]绘\n\n");
			paragraph_write(2 + (int)size / 3);
		}
		const struct pages *pages = lay_out();
		check_inside(pages);
		static struct lines lines;
		for (size_t p = 0; p + 1 < pages->count; p++, pages_seen++) {
			lines_read(&pages->pages[p], &lines);
			double lowest = 0;
			for (size_t i = 0; i < lines.count; i++)
				lowest = fmax(lowest, lines.at[i].is_artifact ? 0 : lines.at[i].y);
			double hole = (pages->pages[p].height_pt - 29.6 * MM - lowest) / (240 * MM);
			holes += hole > 0.15;
			ck_assert_msg(hole < 0.3, "document %u, page %zu: %.0f %% empty", seed, p + 1, hole * 100);
		}
	}
	ck_assert_uint_gt(pages_seen, 100);
	ck_assert_msg(holes * 50 <= pages_seen, "%zu of %zu pages are more than 15 %% empty", holes, pages_seen);
}
END_TEST

/* ---- nasty sizes --------------------------------------------------------------------------- */

START_TEST(tables_of_any_size)
{
	static const int sizes[] = { 0, 1, 2, 5, 6, 500 };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		lines_write(36);
		table_write("表题", sizes[i]);
		lines_write(3);
		const struct pages *pages = lay_out();
		check_inside(pages);
		size_t rows = 0;
		for (size_t p = 0; p < pages->count; p++)
			rows += count_lines(&pages->pages[p], "名称");
		ck_assert_uint_eq(rows, (size_t)sizes[i]);
	}
}
END_TEST

START_TEST(cells_of_three_pages_go_on)
{
	buf_string(&text, "| 名 | 述 |\n|---|---|\n| 甲 | 短 |\n| 乙 | ");
	for (int i = 0; i < 6000; i++)
		buf_string(&text, "述");
	buf_string(&text, " |\n| 丙 | 短 |\n: 表题\n\n");
	lines_write(3);
	const struct pages *pages = lay_out();
	check_inside(pages);
	ck_assert_uint_ge(pages->count, 3);
	ck_assert_uint_ge(count_lines(&pages->pages[1], "述述"), 20);
	ck_assert_uint_eq(count_lines(&pages->pages[1], "续表"), 1);
}
END_TEST

START_TEST(thirty_columns_and_no_figure)
{
	for (int row = 0; row < 12; row++) {
		for (int i = 0; i < 30; i++)
			buf_string(&text, row == 1 ? "|---" : "|列");
		buf_string(&text, "|\n");
	}
	buf_string(&text, ": 宽表\n\n[图]空\n\n末。\n");
	const struct pages *pages = lay_out();
	check_inside(pages);
	ck_assert_int_ge(page_of(pages, "末"), 0);
}
END_TEST

/* Seconds of processor time for so many blocks of every kind. */
static double seconds_for(int blocks)
{
	for (int i = 0; i < blocks; i++) {
		switch (i % 8) {
		case 0: buf_format(&text, "## 节%d\n\n", i); break;
		case 1: table_write("表题", 12); break;
		case 2: buf_string(&text, "[图]绘\n\n"); break;
		case 3: buf_format(&text, "有注。[^n%d]\n\n[^n%d]: 注文。\n\n", i, i); break;
		case 4: buf_string(&text, "::: group\n\n甲。\n\n乙。\n\n丙。\n\n丁。\n\n:::\n\n"); break;
		default: paragraph_write(2); break;
		}
	}
	struct text words = text_copy(arena, buf_view(&text));
	text.size = 0;
	doc.root = markdown_parse(arena, &(struct markdown_options){ .text = words, .diag = diag });
	placeholders_replace(doc.root);
	number_document(arena, diag, &doc);
	clock_t begin = clock();
	const struct pages *pages = layout_document(arena, shaper, theme, &doc, diag);
	ck_assert_uint_gt(pages->count, 10);
	return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

START_TEST(ten_thousand_blocks_in_linear_time)
{
	seconds_for(500); /* shapes the glyphs once */
	double few = seconds_for(2000), many = seconds_for(10000);
	ck_assert_msg(many < 10 * few + 0.5, "2000 blocks: %.2f s, 10000 blocks: %.2f s", few, many);
}
END_TEST

/* ---- golden ----------------------------------------------------------------------------------- */

static void trace_pages(struct buf *out, const char *name, const struct pages *pages)
{
	static struct lines lines;
	for (size_t p = 0; p < pages->count; p++) {
		const struct page *page = &pages->pages[p];
		buf_format(out, "\n== %s, page %zu of %zu, %.0f x %.0f\n", name, p + 1, pages->count, page->width_pt, page->height_pt);
		lines_read(page, &lines);
		for (size_t i = 0; i < lines.count; i++) {
			const struct line *line = &lines.at[i];
			struct text words = line->words;
			size_t end = words.size > 90 ? 90 : words.size;
			while (end < words.size && ((unsigned char)words.at[end] & 0xC0) == 0x80)
				end--;
			buf_format(out, "%c %6.1f  %5.1f–%5.1f  %4.1f  %.*s%s\n", line->is_artifact ? '-' : ' ', line->y, line->left, line->right,
				   line->size, (int)end, words.at, end < words.size ? "…" : "");
		}
	}
}

static void golden_table(struct buf *out)
{
	lines_write(30);
	table_write("长表 {#tbl-a}", 60);
	lines_write(2);
	trace_pages(out, "table over pages", lay_out());
}

static void golden_floats(struct buf *out)
{
	buf_string(&text, "# 章\n\n");
	lines_write(29);
	buf_string(&text, "[图]甲图\n\n");
	table_write("表题", 14);
	lines_write(25);
	trace_pages(out, "floats", lay_out());
}

static void golden_notes(struct buf *out)
{
	lines_write(34);
	buf_string(&text, "有注。[^1]又有。[^2]\n\n");
	lines_write(8);
	buf_string(&text, "[^2]: 短注。\n[^1]: ");
	for (int i = 0; i < 400; i++)
		buf_string(&text, "注");
	buf_string(&text, "\n");
	trace_pages(out, "footnotes", lay_out());
}

static void golden_cell_notes(struct buf *out)
{
	buf_string(&text, "| 名 | 数 |\n|---|---:|\n| 甲[^a] | 1.5 |\n| 乙 | 22.25[^b] |\n| 丙[^a] | 3 |\n: 表题\n\n[^a]: 甲注。\n\n[^b]: 乙注。\n");
	trace_pages(out, "footnotes in cells", lay_out());
}

static void golden_contents(struct buf *out)
{
	buf_string(&text, "[目录]\n\n[表目录]\n\n# 甲章 {.newpage}\n\n见@tbl-a、@sec-b。\n\n## 子节\n\n正文。\n\n# 乙章 {#sec-b .newpage}\n\n");
	table_write("表题 {#tbl-a}", 2);
	trace_pages(out, "contents", lay_out());
}

static void golden_official(struct buf *out)
{
	doc.page_style = TEXT("official");
	buf_string(&text, "# 一级\n\n## 二级\n\n### 三级\n\n#### 四级\n\n");
	paragraph_write(3);
	table_write("表题", 3);
	paragraph_write(2);
	buf_string(&text, "[图]甲图\n\n");
	lines_write(8);
	trace_pages(out, "official", lay_out());
	letterhead_fill();
	trace_pages(out, "letterhead", lay_out());
}

START_TEST(pages_look_as_agreed)
{
	struct buf out;
	buf_init(&out, BUF_LIMIT_PAGE);
	golden_table(&out);
	golden_floats(&out);
	golden_notes(&out);
	golden_cell_notes(&out);
	golden_contents(&out);
	golden_official(&out);
	struct file_bytes golden;
	int error = file_map(GOLDEN, (size_t)1 << 20, &golden);
	if (error || !text_equal(golden.text, buf_view(&out))) {
		file_write("out/layout_pages.golden", buf_view(&out), 0644);
		ck_abort_msg("pages changed; see: diff " GOLDEN " out/layout_pages.golden");
	}
	file_release(&golden);
	buf_clear(&out);
}
END_TEST

Suite *layout_pages_suite(void)
{
	Suite *suite = suite_create("layout/pages");
	TCase *tcase = tcase_create("pages");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, long_tables_leave_three_rows);
	tcase_add_test(tcase, totals_stand_with_a_row);
	tcase_add_test(tcase, item_lists_go_on_as_tables_do);
	tcase_add_test(tcase, a_heading_and_the_key_stand_with_their_list);
	tcase_add_test(tcase, tables_of_a_page_move_whole_and_text_flows_up);
	tcase_add_test(tcase, rows_that_fit_a_page_stay_whole);
	tcase_add_test(tcase, floats_never_split_a_table);
	tcase_add_test(tcase, floats_of_a_kind_keep_their_order);
	tcase_add_test(tcase, forty_floats_in_a_row);
	tcase_add_test(tcase, groups_break_between_their_paragraphs);
	tcase_add_test(tcase, last_pages_hold_three_lines);
	tcase_add_test(tcase, spaces_give_way_before_a_page_is_begun);
	tcase_add_test(tcase, signatures_are_not_alone);
	tcase_add_test(tcase, what_is_signed_stands_with_its_signatures);
	tcase_add_test(tcase, annexes_leave_no_page_half_empty);
	tcase_add_test(tcase, tables_are_tightened_to_fit_a_page);
	tcase_add_test(tcase, footnotes_go_on_overleaf);
	tcase_add_test(tcase, cells_have_footnotes);
	tcase_add_test(tcase, official_pages_measure_as_the_standard_says);
	tcase_add_test(tcase, official_headings_have_their_faces);
	tcase_add_test(tcase, official_lines_stay_on_the_grid);
	tcase_add_test(tcase, letterhead_and_imprint_measure_as_the_standard_says);
	tcase_add_test(tcase, official_annexes_begin_on_pages_of_their_own);
	tcase_add_test(tcase, only_official_pages_have_letterheads);
	tcase_add_test(tcase, floats_stand_before_the_next_heading);
	tcase_add_test(tcase, equal_tables_have_equal_rows);
	tcase_add_test(tcase, tables_stand_in_the_middle);
	tcase_add_test(tcase, tables_at_the_edges_of_a_page_take_a_line);
	tcase_add_test(tcase, short_findings_stay_whole);
	tcase_add_test(tcase, pages_of_mixed_documents_are_full);
	tcase_add_test(tcase, tables_of_any_size);
	tcase_add_test(tcase, cells_of_three_pages_go_on);
	tcase_add_test(tcase, thirty_columns_and_no_figure);
	tcase_add_test(tcase, ten_thousand_blocks_in_linear_time);
	tcase_add_test(tcase, pages_look_as_agreed);
	suite_add_tcase(suite, tcase);
	return suite;
}
