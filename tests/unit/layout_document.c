/* SPDX-License-Identifier: MIT
 *
 * Whole documents: what stands on which page, and a structure that PDF/UA accepts.
 */
#include "layout/layout.h"

#include <check.h>
#include <math.h>

#include "base/buf.h"
#include "base/diag.h"
#include "doc/markdown.h"
#include "doc/number.h"

Suite *layout_document_suite(void);

static struct arena *arena;
static struct sources *sources;
static struct diag *diag;
static struct theme *theme;
static struct shaper *shaper;
static struct doc doc;

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
	doc = (struct doc){ .title = TEXT("试"), .language = TEXT("zh-CN"), .page_style = TEXT("report"),
	                    .running_head = TEXT("页眉"), .numbering = TEXT("chinese") };
}

static void teardown(void)
{
	shaper_free(shaper);
	arena_free(arena);
}

static const struct pages *lay_out(struct text markdown)
{
	doc.root = markdown_parse(arena, &(struct markdown_options){ .text = markdown, .diag = diag });
	number_document(arena, diag, &doc);
	return layout_document(arena, shaper, theme, &doc, diag);
}

static bool is_all_finite(const struct draw_op *op)
{
	double sum = 0;
	if (op->kind == DRAW_GLYPHS)
		for (size_t i = 0; i < op->run.count; i++)
			sum += op->run.glyphs[i].x + op->run.glyphs[i].y;
	else if (op->kind == DRAW_PATH)
		for (size_t i = 0; i < op->path.point_count; i++)
			sum += op->path.points[i].x + op->path.points[i].y;
	else
		sum = op->link.x + op->link.y + op->link.width + op->link.height;
	return isfinite(sum);
}

/* The texts of a page in painting order, each run on a line. */
static struct text page_text(const struct page *page)
{
	struct buf buf;
	buf_init(&buf, 1 << 20);
	for (size_t i = 0; i < page->op_count; i++)
		if (page->ops[i].kind == DRAW_GLYPHS) {
			buf_text(&buf, page->ops[i].run.text);
			buf_byte(&buf, '\n');
		}
	struct text text = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

static bool page_has(const struct pages *pages, size_t page, const char *words)
{
	return page < pages->count && text_contains(page_text(&pages->pages[page]), text_from(words));
}

/* Pages are whole: draw ops finite, inside the paper, nothing below the type area but the page number. */
static void check_geometry(const struct pages *pages)
{
	for (size_t p = 0; p < pages->count; p++) {
		const struct page *page = &pages->pages[p];
		for (size_t i = 0; i < page->op_count; i++) {
			const struct draw_op *op = &page->ops[i];
			ck_assert(is_all_finite(op));
			ck_assert(op->tag >= -1 && op->tag < (int32_t)pages->tag_count);
			if (op->kind != DRAW_GLYPHS || op->run.count == 0 || op->run.angle != 0)
				continue;
			double x = op->run.glyphs[0].x, y = op->run.glyphs[0].y;
			ck_assert_msg(x > 20 && x + op->run.width_pt < page->width_pt - 20, "page %zu: %.*s at %g", p, TEXT_ARGS(op->run.text), x);
			ck_assert_msg(y > 20 && y < page->height_pt - 20, "page %zu: %.*s", p, TEXT_ARGS(op->run.text));
		}
	}
}

/* ---- structure ------------------------------------------------------------------- */

static const struct {
	const char *parent, *children;
} allowed[] = {
	{ "L", " LI Caption L " }, { "LI", " Lbl LBody " }, { "Table", " TR THead TBody TFoot Caption " }, { "TR", " TH TD " },
	{ "TOC", " TOC TOCI Caption " }, { "TOCI", " Lbl P Reference NonStruct TOC Link Span " },
};
static const struct {
	const char *child, *parents;
} needed[] = {
	{ "LI", " L " }, { "LBody", " LI " }, { "TR", " Table " }, { "TH", " TR " }, { "TD", " TR " }, { "TOCI", " TOC " },
};

static bool lists(const char *list, const char *type)
{
	struct text word = text_format(arena, " %s ", type);
	return text_contains(text_from(list), word);
}

static void check_tags(const struct pages *pages)
{
	int level = 0;
	ck_assert_str_eq(pages->tags[0].type, "Document");
	for (size_t i = 1; i < pages->tag_count; i++) {
		const struct tag *tag = &pages->tags[i];
		ck_assert(tag->parent >= 0 && tag->parent < (int32_t)i);
		const char *parent = pages->tags[tag->parent].type;
		for (size_t a = 0; a < sizeof allowed / sizeof *allowed; a++)
			if (strcmp(parent, allowed[a].parent) == 0)
				ck_assert_msg(lists(allowed[a].children, tag->type), "%s inside %s", tag->type, parent);
		for (size_t n = 0; n < sizeof needed / sizeof *needed; n++)
			if (strcmp(tag->type, needed[n].child) == 0)
				ck_assert_msg(lists(needed[n].parents, parent), "%s inside %s", tag->type, parent);
		if (tag->type[0] == 'H' && tag->type[1] >= '1' && tag->type[1] <= '6') {
			ck_assert_int_le(tag->type[1] - '0', level + 1);
			level = tag->type[1] - '0';
		}
		ck_assert(strcmp(tag->type, "Figure") != 0 || tag->alternative.size > 0);
		ck_assert(strcmp(tag->type, "Note") != 0 || tag->id.size > 0);
		ck_assert(strcmp(tag->type, "TH") != 0 || tag->scope);
	}
}

static const char all_kinds[] =
	"# 第一章 {#sec-a}\n\n正文，见@tbl-a、@sec-b和[链接](https://www.example.org/a)，**重点**、*强调*、`code`。[^1]\n\n"
	"[^1]: 脚注文字，*楷体*。\n\n#### 跳级标题\n\n- 甲\n- 乙\n  1. 丙\n  2. 丁\n\n> 引文。\n\n> [!warning] 注意\n> 提示。\n\n"
	"```\nint main(void)\n\treturn 0;\n```\n\n---\n\n| 名称 | 数 |\n|---|---:|\n| 甲 | 12.5 |\n| 乙 | 3.25 |\n: 表题 {#tbl-a}\n\n"
	"# 第二章 {#sec-b}\n\n::: group\n\n成组。\n\n:::\n\n::: small\n\n小字。\n\n:::\n";

START_TEST(structure_is_valid)
{
	const struct pages *pages = lay_out(TEXT(all_kinds));
	check_geometry(pages);
	check_tags(pages);
	ck_assert_uint_eq(pages->outline_count, 3);
	ck_assert(page_has(pages, 0, "脚注文字"));
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 0);
}
END_TEST

START_TEST(links_and_anchors_meet)
{
	const struct pages *pages = lay_out(TEXT(all_kinds));
	size_t links = 0;
	for (size_t p = 0; p < pages->count; p++)
		for (size_t i = 0; i < pages->pages[p].op_count; i++) {
			const struct draw_op *op = &pages->pages[p].ops[i];
			if (op->kind != DRAW_LINK)
				continue;
			links++;
			ck_assert_str_eq(pages->tags[op->tag].type, "Link");
			ck_assert_uint_gt(op->link.description.size, 0);
			bool is_found = op->link.target.at[0] != '#';
			for (size_t a = 0; a < pages->anchor_count; a++)
				is_found = is_found || text_equal(pages->anchors[a].id, text_slice(op->link.target, 1, op->link.target.size));
			ck_assert_msg(is_found, "%.*s", TEXT_ARGS(op->link.target));
		}
	ck_assert_uint_ge(links, 4);
}
END_TEST

/* ---- pages ------------------------------------------------------------------------- */

static struct text table_of(int before, int rows)
{
	struct buf buf;
	buf_init(&buf, 1 << 22);
	for (int i = 0; i < before; i++)
		buf_format(&buf, "第%d行正文。\n\n", i);
	buf_string(&buf, "| 企业 | 数 |\n|---|---:|\n");
	for (int i = 0; i < rows; i++)
		buf_format(&buf, "| 名称%d号 | %d.5 |\n", i, i);
	buf_string(&buf, ": 长表 {#tbl-long}\n");
	struct text text = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

START_TEST(tables_repeat_their_head_and_leave_no_row_alone)
{
	for (int before = 0; before < 40; before++) {
		const struct pages *pages = lay_out(table_of(before, 50));
		check_geometry(pages);
		for (size_t p = 0; p < pages->count; p++) {
			struct text text = page_text(&pages->pages[p]);
			size_t rows = 0;
			for (size_t at = 0; (at = text_find(text, TEXT("名称"))) < text.size; text = text_slice(text, at + 6, text.size))
				rows++;
			ck_assert_msg(rows != 1, "one row alone on page %zu after %d lines", p + 1, before);
			bool is_first = page_has(pages, p, "名称0号");
			if (rows)
				ck_assert(page_has(pages, p, "企业") && page_has(pages, p, "长表") && page_has(pages, p, "续") == !is_first);
		}
	}
}
END_TEST

START_TEST(small_tables_stay_whole_and_text_flows_on)
{
	struct buf buf;
	buf_init(&buf, 1 << 20);
	buf_text(&buf, table_of(34, 8));
	for (int i = 0; i < 12; i++)
		buf_format(&buf, "\n后文第%d段。\n", i);
	const struct pages *pages = lay_out(text_copy(arena, buf_view(&buf)));
	buf_clear(&buf);
	ck_assert(!page_has(pages, 0, "名称0号") && page_has(pages, 1, "名称0号") && page_has(pages, 1, "名称7号"));
	ck_assert(page_has(pages, 0, "后文第"));
}
END_TEST

START_TEST(headings_never_end_a_page)
{
	for (int before = 28; before < 44; before++) {
		struct buf buf;
		buf_init(&buf, 1 << 20);
		for (int i = 0; i < before; i++)
			buf_format(&buf, "第%d行。\n\n", i);
		buf_string(&buf, "## 标题在此\n\n### 下级标题\n\n随后的正文。\n");
		const struct pages *pages = lay_out(text_copy(arena, buf_view(&buf)));
		buf_clear(&buf);
		for (size_t p = 0; p < pages->count; p++)
			ck_assert(page_has(pages, p, "标题在此") == page_has(pages, p, "随后的正文"));
	}
}
END_TEST

START_TEST(groups_keep_together)
{
	for (int before = 25; before < 42; before++) {
		struct buf buf;
		buf_init(&buf, 1 << 20);
		for (int i = 0; i < before; i++)
			buf_format(&buf, "第%d行。\n\n", i);
		buf_string(&buf, "::: group\n\n组首。\n\n中段。\n\n中段。\n\n组尾。\n\n:::\n");
		const struct pages *pages = lay_out(text_copy(arena, buf_view(&buf)));
		buf_clear(&buf);
		for (size_t p = 0; p < pages->count; p++)
			ck_assert(page_has(pages, p, "组首") == page_has(pages, p, "组尾"));
	}
}
END_TEST

START_TEST(no_widows_and_orphans)
{
	static const char five[] =
		"甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出"
		"昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇始制文字乃服衣裳推位让国有虞陶唐吊民伐罪周发殷汤坐朝问道垂拱平章尾";
	for (int before = 34; before < 41; before++) {
		struct buf buf;
		buf_init(&buf, 1 << 20);
		for (int i = 0; i < before; i++)
			buf_format(&buf, "第%d行。\n\n", i);
		buf_string(&buf, five);
		const struct pages *pages = lay_out(text_copy(arena, buf_view(&buf)));
		buf_clear(&buf);
		if (pages->count < 2)
			continue;
		/* Head and foot of page 2 are two runs; what is between is the paragraph's. */
		size_t lines = 0;
		for (size_t i = 0; i < pages->pages[1].op_count; i++)
			lines += pages->pages[1].ops[i].kind == DRAW_GLYPHS && pages->pages[1].ops[i].tag >= 0;
		ck_assert_msg(lines != 1, "a single line on page 2 after %d lines", before);
	}
}
END_TEST

START_TEST(official_pages_hold_22_lines_of_28)
{
	doc.page_style = TEXT("official");
	struct buf buf;
	buf_init(&buf, 1 << 20);
	for (int i = 0; i < 28 * 22 - 2; i++)
		buf_string(&buf, "安");
	const struct pages *pages = lay_out(text_copy(arena, buf_view(&buf)));
	ck_assert_uint_eq(pages->count, 1);
	buf_string(&buf, "全全全");
	pages = lay_out(text_copy(arena, buf_view(&buf)));
	ck_assert_uint_eq(pages->count, 2);
	ck_assert(page_has(pages, 0, "— 1 —"));
	buf_clear(&buf);
}
END_TEST

START_TEST(contents_give_pages)
{
	const struct pages *pages = lay_out(TEXT("# 甲章\n\n正文。\n\n# 乙章 {.newpage}\n\n正文。\n"));
	struct node *contents = node_new(arena, NODE_CONTENTS);
	contents->next = doc.root->first;
	doc.root->first = contents;
	contents->parent = doc.root;
	number_document(arena, diag, &doc);
	pages = layout_document(arena, shaper, theme, &doc, diag);
	check_tags(pages);
	ck_assert(page_has(pages, 0, "乙章\n1") || page_has(pages, 0, "\n2\n"));
}
END_TEST

START_TEST(hostile_documents_are_survived)
{
	struct buf buf;
	buf_init(&buf, 1 << 22);
	for (int i = 0; i < 200; i++)
		buf_string(&buf, ">");
	buf_string(&buf, " 深\n\n");
	for (int i = 0; i < 60; i++) {
		buf_repeat(&buf, ' ', (size_t)i * 2);
		buf_string(&buf, "- 层\n");
	}
	buf_string(&buf, "\n# ");
	for (int i = 0; i < 3000; i++)
		buf_string(&buf, "长标题");
	buf_string(&buf, "\n\n|");
	for (int i = 0; i < 40; i++)
		buf_string(&buf, "列宽超限的表头|");
	buf_string(&buf, "\n|");
	for (int i = 0; i < 40; i++)
		buf_string(&buf, "---|");
	buf_string(&buf, "\n|");
	for (int i = 0; i < 3000; i++)
		buf_string(&buf, "很高的行");
	buf_string(&buf, "|a|\n\n");
	const struct pages *pages = lay_out(text_copy(arena, buf_view(&buf)));
	buf_clear(&buf);
	ck_assert_uint_gt(pages->count, 3);
	check_tags(pages);
	for (size_t p = 0; p < pages->count; p++)
		for (size_t i = 0; i < pages->pages[p].op_count; i++)
			ck_assert(is_all_finite(&pages->pages[p].ops[i]));
}
END_TEST

/* ---- what is heard ------------------------------------------------------------------- */

/* The tag of the run that is `words`, or begins with it. */
static const struct tag *tag_of(const struct pages *pages, const char *words)
{
	for (size_t p = 0; p < pages->count; p++)
		for (size_t i = 0; i < pages->pages[p].op_count; i++) {
			const struct draw_op *op = &pages->pages[p].ops[i];
			if (op->kind == DRAW_GLYPHS && op->tag >= 0 && text_starts(op->run.text, words))
				return &pages->tags[op->tag];
		}
	ck_abort_msg("%s is on no page", words);
	return NULL;
}

static void check_types(const struct pages *pages, const char *const (*wanted)[2])
{
	for (size_t i = 0; wanted[i][0]; i++)
		ck_assert_msg(strcmp(tag_of(pages, wanted[i][0])->type, wanted[i][1]) == 0, "%s is a %s, no %s",
		              wanted[i][0], tag_of(pages, wanted[i][0])->type, wanted[i][1]);
}

static struct node *table_node(enum node_kind kind, const char *const *cells, size_t rows, size_t columns)
{
	struct node *node = node_new(arena, kind);
	struct table *table = ARENA_NEW(arena, struct table);
	*table = (struct table){ .column_count = columns, .row_count = rows,
	                         .columns = ARENA_ARRAY(arena, struct column, columns),
	                         .cells = ARENA_ARRAY(arena, struct cell, rows * columns) };
	for (size_t i = 0; i < columns; i++)
		table->columns[i].heading = TEXT("列");
	for (size_t i = 0; i < rows * columns; i++)
		table->cells[i].text = text_from(cells[i]);
	node->table = table;
	return node;
}

START_TEST(covers_have_a_heading_and_labels)
{
	static const char *const wanted[][2] = {
		{ "书名", "H1" }, { "副题", "P" }, { "所在地", "Lbl" }, { "示例市", "LBody" }, { "年度", "Lbl" }, { NULL, NULL },
	};
	static const char *const lines[][2] = {
		{ "title", "书名" }, { "subtitle", "副题" }, { "所在地", "示例市" }, { "年度", "2021" },
	};
	doc.root = node_new(arena, NODE_DOCUMENT);
	node_append(doc.root, table_node(NODE_COVER, &lines[0][0], 4, 2));
	const struct pages *pages = layout_document(arena, shaper, theme, &doc, diag);
	check_types(pages, wanted);
	ck_assert_int_ne(tag_of(pages, "所在地")->parent, tag_of(pages, "年度")->parent);
	ck_assert_int_eq(tag_of(pages, "所在地")->parent, tag_of(pages, "示例市")->parent);
}
END_TEST

/* A head that runs in is a heading one below the last; what is only stressed is not, nor in a list. */
START_TEST(heads_that_run_in_are_headings)
{
	static const char *const wanted[][2] = {
		{ "章", "H1" }, { "结论。", "H2" }, { "企业已经", "P" }, { "其次。", "H2" }, { "这是", "P" }, { "重点。", "P" },
		{ "整段。", "P" }, { "强调", "P" }, { "条目。", "P" }, { "节", "H2" }, { "差距：", "H3" }, { NULL, NULL },
	};
	check_types(lay_out(TEXT("# 章\n\n**结论。**企业已经达标。\n\n**其次。**也好。\n\n这是**重点。**\n\n**整段。**\n\n"
	                         "**强调**之后。\n\n- **条目。**内容。\n\n## 节\n\n**差距：**还有。\n")), wanted);
}
END_TEST

/* ● is heard as what it means; what is a word stays one. */
START_TEST(signs_of_item_lists_are_spoken)
{
	enum { SIGNS = 6 };
	static const char *const signs[SIGNS] = { "●", "◐", "○", "－", "·", "高" };
	static const char *const spoken[SIGNS] = { "符合", "部分符合", "不符合", "不适用", "没有评估", "" };
	doc.root = node_new(arena, NODE_DOCUMENT);
	node_append(doc.root, table_node(NODE_ITEM_LIST, signs, SIGNS, 1));
	const struct pages *pages = layout_document(arena, shaper, theme, &doc, diag);
	for (size_t i = 0; i < SIGNS; i++)
		ck_assert(text_is(tag_of(pages, signs[i])->actual_text, spoken[i]));
}
END_TEST

/* A star that is filled and one that is not reach equally far: half of an outline and the point of its mitre count. */
START_TEST(stars_are_of_one_size)
{
	const double mitre = 1 / sin(acos(-1) / 10); /* the points of a star are of 36 degrees */
	struct node *stars = node_new(arena, NODE_STARS);
	stars->level = 1, stars->most = 2;
	doc.root = node_new(arena, NODE_DOCUMENT);
	node_append(doc.root, stars);
	const struct page *page = &layout_document(arena, shaper, theme, &doc, diag)->pages[0];
	double top[2] = { 0, 0 };
	size_t count = 0;
	for (size_t i = 0; i < page->op_count; i++) {
		const struct draw_op *op = &page->ops[i];
		if (op->kind != DRAW_PATH || op->path.point_count != 10)
			continue;
		ck_assert_uint_lt(count, 2);
		ck_assert_int_eq(op->path.is_filled, count == 0);
		top[count++] = op->path.points[0].y - op->path.width_pt / 2 * mitre;
	}
	ck_assert_uint_eq(count, 2);
	ck_assert_double_eq_tol(top[0], top[1], 0.02);
}
END_TEST

START_TEST(nothing_gives_one_page)
{
	const struct pages *pages = lay_out(TEXT(""));
	ck_assert_uint_eq(pages->count, 1);
}
END_TEST

Suite *layout_document_suite(void)
{
	Suite *suite = suite_create("layout/document");
	TCase *tcase = tcase_create("document");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, structure_is_valid);
	tcase_add_test(tcase, links_and_anchors_meet);
	tcase_add_test(tcase, tables_repeat_their_head_and_leave_no_row_alone);
	tcase_add_test(tcase, small_tables_stay_whole_and_text_flows_on);
	tcase_add_test(tcase, headings_never_end_a_page);
	tcase_add_test(tcase, groups_keep_together);
	tcase_add_test(tcase, no_widows_and_orphans);
	tcase_add_test(tcase, official_pages_hold_22_lines_of_28);
	tcase_add_test(tcase, contents_give_pages);
	tcase_add_test(tcase, hostile_documents_are_survived);
	tcase_add_test(tcase, covers_have_a_heading_and_labels);
	tcase_add_test(tcase, heads_that_run_in_are_headings);
	tcase_add_test(tcase, signs_of_item_lists_are_spoken);
	tcase_add_test(tcase, stars_are_of_one_size);
	tcase_add_test(tcase, nothing_gives_one_page);
	suite_add_tcase(suite, tcase);
	return suite;
}
