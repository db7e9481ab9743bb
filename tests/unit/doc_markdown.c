/* SPDX-License-Identifier: MIT
 *
 * Markdown to trees, written down as one line: kind(child child).
 */
#include "doc/markdown.h"

#include <check.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/diag.h"
#include "doc/number.h"
#include "doc/values.h"

Suite *doc_markdown_suite(void);

static const char *const kinds[NODE_KINDS] = {
	[NODE_DOCUMENT] = "doc", [NODE_HEADING] = "h", [NODE_PARAGRAPH] = "p", [NODE_LIST] = "list", [NODE_ITEM] = "item",
	[NODE_QUOTE] = "quote", [NODE_CODE] = "code", [NODE_RULE] = "rule", [NODE_TABLE] = "table", [NODE_CHART] = "chart",
	[NODE_CALLOUT] = "callout", [NODE_PANEL] = "panel", [NODE_STARS] = "stars", [NODE_COVER] = "cover",
	[NODE_CONTENTS] = "contents", [NODE_LIST_OF] = "listof", [NODE_PAGE_BREAK] = "page", [NODE_FOOTNOTE] = "note",
	[NODE_FENCE] = "fence", [NODE_GROUP] = "group", [NODE_SIGNATURE] = "sign", [NODE_QR] = "qr", [NODE_TEXT] = "", [NODE_STRONG] = "b",
	[NODE_EMPHASIS] = "i", [NODE_DOTTED] = "dots", [NODE_CODE_SPAN] = "c", [NODE_LINK] = "a", [NODE_REFERENCE] = "ref",
	[NODE_FOOTNOTE_MARK] = "mark", [NODE_BREAK] = "br",
};

static void dump_table(const struct table *table, struct buf *out)
{
	for (size_t i = 0; i < table->column_count; i++)
		buf_format(out, "%s%.*s:%d", i ? "|" : "[", TEXT_ARGS(table->columns[i].heading), table->columns[i].kind);
	for (size_t i = 0; i < table->row_count * table->column_count; i++)
		buf_format(out, "%s%.*s%s%.*s", i % table->column_count ? "|" : "/", TEXT_ARGS(table->cells[i].text),
			   table->cells[i].is_strong ? "*" : "", TEXT_ARGS(table->cells[i].target));
	buf_byte(out, ']');
}

static void dump(const struct node *node, struct buf *out)
{
	buf_string(out, kinds[node->kind]);
	if (node->kind == NODE_HEADING)
		buf_format(out, "%d", node->level);
	if (node->flags)
		buf_format(out, "!%u", node->flags);
	if (node->id.size)
		buf_format(out, "#%.*s", TEXT_ARGS(node->id));
	if (node->number.size)
		buf_format(out, "<%.*s>", TEXT_ARGS(node->number));
	if (node->name.size)
		buf_format(out, "~%.*s", TEXT_ARGS(node->name));
	if (node->title.size)
		buf_format(out, "“%.*s”", TEXT_ARGS(node->title));
	if (node->target.size)
		buf_format(out, "@%.*s", TEXT_ARGS(node->target));
	for (size_t i = 0; i < node->attribute_count; i++)
		buf_format(out, ",%.*s=%.*s", TEXT_ARGS(node->attributes[i].name), TEXT_ARGS(node->attributes[i].value));
	buf_text(out, node->text);
	if (node->table)
		dump_table(node->table, out);
	if (!node->first)
		return;
	buf_byte(out, '(');
	for (const struct node *at = node->first; at; at = at->next) {
		if (at != node->first)
			buf_byte(out, ' ');
		dump(at, out);
	}
	buf_byte(out, ')');
}

static const struct {
	const char *in, *want;
	int kind; /* diagnostic expected once, -1: none at all */
} cases[] = {
	{ "一段文字。", "doc(p(一段文字。))", -1 },
	{ "第一行\n第二行", "doc(p(第一行第二行))", -1 },
	{ "one\ntwo", "doc(p(one two))", -1 },
	{ "甲\nPLC\n乙", "doc(p(甲PLC乙))", -1 },
	{ "**重点。**后文", "doc(p(b(重点。) 后文))", -1 },
	{ "前文**“重点”**后文", "doc(p(前文 b(“重点”) 后文))", -1 },
	{ "占**83.3%**以上", "doc(p(占 b(83.3%) 以上))", -1 },
	{ "他说：**“好”**，然后*（走）*。", "doc(p(他说： b(“好”) ，然后 i(（走）) 。))", -1 },
	{ "a \\*。不是强调*", "doc(p(a *。不是强调*))", -1 },
	{ "**一：**甲；**二：**乙", "doc(p(b(一：) 甲； b(二：) 乙))", -1 },
	{ "* 甲\n* 乙", "doc(list(item(p(甲)) item(p(乙))))", -1 },
	{ "3. 甲\n4. 乙", "doc(list(item(p(甲)) item(p(乙))))", -1 },
	{ "# 标题 {#sec-a .unnumbered .newpage}", "doc(h1!3#sec-a(标题))", -1 },
	{ "# 标题_甲 {.annex}\n\n## 二", "doc(h1!4(标题_甲) h2(二))", -1 },
	{ "# 标题 {.fancy}", "doc(h1(标题))", DIAG_DOC_ATTRIBUTE },
	{ "##### 五级", "doc(h4(五级))", DIAG_DOC_HEADING_DEEP },
	{ "| 市 | 数 |\n|:--|--:|\n| 南京 | 12 |\n| **合计** | 1\\|2 |\n: 各市 {#tbl-a .small note=\"截至年末\"}",
	  "doc(table!8#tbl-a“各市”,note=截至年末[市:0|数:2/南京|12/合计*|1|2])", -1 },
	{ "| a |\n|:-:|\n| [甲](#sec-x) |", "doc(table[a:1/甲#sec-x])", -1 },
	{ "甲[^1]乙\n\n[^1]: 注释\n  续行\n\n丙", "doc(p(甲 mark@1 乙) p(丙) note#1(p(注释续行)))", -1 },
	{ "如@tbl-cities所示，a@tbl-b", "doc(p(如 ref@tbl-cities 所示，a@tbl-b))", -1 },
	{ "见（@fig-x）", "doc(p(见（ ref@fig-x ）))", -1 },
	{ "须[逐项]{.emphasis-mark}核对[^n]。\n\n[^n]: 注", "doc(p(须 dots(逐项) 核对 mark@n 。) note#n(p(注)))", -1 },
	{ "[]{.emphasis-mark}[甲]{.other}[乙", "doc(p([]{.emphasis-mark}[甲]{.other}[乙))", -1 },
	{ "> [!note] 提示 **甲**\n> 内容\n\n> 引文", "doc(callout~note“提示 甲”(p(内容)) quote(p(引文)))", -1 },
	{ "> [!warning]\n>\n> 内容", "doc(callout~warning(p(内容)))", -1 },
	{ "甲\n---page landscape---\n乙", "doc(p(甲) page~landscape p(乙))", -1 },
	{ "```pagebreak\n```", "doc(page)", -1 },
	{ "```table 各市 情况 {#tbl-x .small total=1 note=\"甲 乙\"}\nselect 1\n```",
	  "doc(fence!8#tbl-x~table“各市 情况”,total=1,note=甲 乙select 1\n)", -1 },
	{ "```\na*b*\n```", "doc(code" "a*b*\n)", -1 },
	{ "```table\nselect", "doc(fence~table" "select\n)", DIAG_DOC_FENCE_OPEN },
	{ "::: group\n# 甲\n乙\n:::\n丙", "doc(group~group(h1(甲) p(乙)) p(丙))", -1 },
	{ "甲\n::: small\n乙\n:::", "doc(p(甲) group!8~small(p(乙)))", -1 },
	{ "::: group\n乙", "doc(group~group(p(乙)))", DIAG_DOC_MARK_OPEN },
	{ ":::\n乙", "doc(p(乙))", DIAG_DOC_MARK },
	{ "::: odd\n乙", "doc(p(乙))", DIAG_DOC_MARK },
	{ "<b>甲</b>", "doc(p(<b> 甲 </b>))", -2 },
	{ "甲<br>乙", "doc(p(甲 <br> 乙))", DIAG_DOC_HTML },
	{ "<script>x</script>", "doc(p(<script>x</script>))", -2 },
	{ "<!-- ::: group -->", "doc(p(<!-- ::: group -->))", DIAG_DOC_HTML },
	{ "![图](a.png)", "doc(p(图))", DIAG_DOC_IMAGE },
	{ "[甲](https://a.cn/?x=1) [乙](#sec-a) [丙](mailto:a@b.cn) [丁](d/e.html)",
	  "doc(p(a@https://a.cn/?x=1(甲)   a@#sec-a(乙)   a@mailto:a@b.cn(丙)   a@d/e.html(丁)))", -1 },
	{ "[甲](javascript:alert)", "doc(p(甲))", DIAG_DOC_LINK },
	{ "[甲](JaVaScRiPt&colon;alert)", "doc(p(甲))", DIAG_DOC_LINK },
	{ "[甲](//evil.cn)", "doc(p(甲))", DIAG_DOC_LINK },
	{ "[甲](data:text/html,x)", "doc(p(甲))", DIAG_DOC_LINK },
	{ "甲`a*b`\\\n乙", "doc(p(甲 ca*b br 乙))", -1 },
	{ "", "doc", -1 },
	{ "***", "doc(rule)", -1 },
};

static struct node *parse(struct arena *arena, struct diag *diag, const char *in, const struct values *values)
{
	struct markdown_options options = { .text = text_from(in), .source = 1, .diag = diag, .values = values };
	return markdown_parse(arena, &options);
}

START_TEST(reads_markdown)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	sources_add(sources, TEXT("t.md"), text_from(cases[_i].in), "UTF-8");
	struct buf out;
	buf_init(&out, 1 << 20);
	dump(parse(arena, diag, cases[_i].in, NULL), &out);
	ck_assert_str_eq(out.at, cases[_i].want);
	buf_reset(&out);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &out);
	if (cases[_i].kind >= 0)
		ck_assert_msg(diag_count_of(diag, (enum diag_kind)cases[_i].kind) == 1, "%s", out.at);
	else
		ck_assert_msg((out.size == 0) == (cases[_i].kind == -1), "%s", out.at);
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

/* However deep: said once, and what is above stays. */
START_TEST(refuses_what_is_too_deep)
{
	static const char *const signs[] = { ">", "*x _x " };
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena, sources_new(arena));
	struct buf in, out;
	buf_init(&in, 1 << 20), buf_init(&out, 1 << 20);
	buf_string(&in, "上文\n\n");
	for (int i = 0; i < 100; i++)
		buf_string(&in, signs[_i]);
	buf_string(&in, _i ? "深" : " 深");
	for (int i = 0; _i && i < 100; i++)
		buf_string(&in, " x_ x*");
	buf_string(&in, "\n");
	dump(parse(arena, diag, in.at, NULL), &out);
	ck_assert(text_starts(buf_view(&out), "doc(p(上文)"));
	ck_assert(!text_contains(buf_view(&out), TEXT("深")));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_DOC_DEEP), 1);
	buf_clear(&in), buf_clear(&out);
	arena_free(arena);
}
END_TEST

/* Whatever is in a value is text. */
START_TEST(values_are_text)
{
	static const char *const nasty[] = { "**a**", "# x", "<script>", "```sql\nx\n```", "[^1]", "@tbl-x", "| a |\n|--|", "[!note] x", "{#id}",
					     ":::", "---page---", "1. x", "](javascript:x)" };
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena, sources_new(arena));
	for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++) {
		struct values values = { .stored = { NULL, 0, 0 } };
		struct buf in, out, want;
		buf_init(&in, 1 << 20), buf_init(&out, 1 << 20), buf_init(&want, 1 << 20);
		ck_assert(values_add(&values, &in, (struct stored_value){ .text = text_from(nasty[i]) }));
		buf_string(&in, "\n\n甲");
		values_add(&values, &in, (struct stored_value){ .text = text_from(nasty[i]) });
		dump(parse(arena, diag, in.at, &values), &out);
		char *flat = text_string(arena, text_from(nasty[i]));
		for (char *c = flat; *c; c++)
			if (*c == '\n')
				*c = ' ';
		buf_format(&want, "doc(p(%s) p(甲%s))", flat, flat);
		ck_assert_str_eq(out.at, want.at);
		values_clear(&values);
		buf_clear(&in), buf_clear(&out), buf_clear(&want);
	}
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 0);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *in, *numbering, *want;
	int kind;
} numbered[] = {
	{ "# 甲\n\n## 乙\n\n## 丙\n\n### 丁\n\n#### 戊\n\n# 己", "chinese",
	  "doc(h1#sec-n1<一、>(甲) h2#sec-n2<（一）>(乙) h2#sec-n3<（二）>(丙) h3#sec-n4<1.>(丁) h4#sec-n5<（1）>(戊) h1#sec-n6<二、>(己))", -1 },
	{ "# 甲\n\n## 乙\n\n# 丙 {.unnumbered}\n\n# 丁", "decimal",
	  "doc(h1#sec-n1<1>(甲) h2#sec-n2<1.1>(乙) h1!1#sec-n3(丙) h1#sec-n4<2>(丁))", -1 },
	{ "# 甲\n\n见@tbl-x和@sec-y。\n\n| a |\n|---|\n: 表名 {#tbl-x}\n\n## 乙 {#sec-y}", "chinese",
	  "doc(h1#sec-n1<一、>(甲) p(见 ref@tbl-x表 1-1 和 ref@sec-y第一部分（一） 。) table#tbl-x<表 1-1>“表名”[a:0] h2#sec-y<（一）>(乙))", -1 },
	{ "| a |\n|---|\n: 表名", "chinese", "doc(table#tbl-n1<表 1>“表名”[a:0])", -1 },
	{ "# 题 {.unnumbered}\n\n## 甲 {#sec-x}\n\n### 乙\n\n## 丙\n\n| a |\n|---|\n: 表名\n\n见@sec-x", "chinese",
	  "doc(h1!1#sec-n1(题) h2#sec-x<一、>(甲) h3#sec-n2<（一）>(乙) h2#sec-n3<二、>(丙) table#tbl-n4<表 1>“表名”[a:0] p(见 ref@sec-x第一部分))", -1 },
	{ "# 题 {.unnumbered}\n\n## 甲\n\n### 乙", "decimal", "doc(h1!1#sec-n1(题) h2#sec-n2<1>(甲) h3#sec-n3<1.1>(乙))", -1 },
	{ "# 题 {.unnumbered}\n\n## 甲\n\n# 附 {.annex}", "chinese", "doc(h1!1#sec-n1(题) h2#sec-n2<（一）>(甲) h1!4#sec-n3<附件>(附))", -1 },
	{ "| a |\n|---|\n", "chinese", "doc(table[a:0])", -1 },
	{ "# 附 {.annex}\n\n| a |\n|---|\n: 表名\n\n# 附 {.annex}", "chinese",
	  "doc(h1!4#sec-n1<附件1>(附) table#tbl-n2<附表 1-1>“表名”[a:0] h1!4#sec-n3<附件2>(附))", -1 },
	{ "见@tbl-no", "chinese", "doc(p(见 @tbl-no@tbl-no))", DIAG_DOC_REFERENCE },
	{ "[见](#no)", "chinese", "doc(p(a(见)))", DIAG_DOC_REFERENCE },
	{ "# 甲 {#x}\n\n# 乙 {#x}", "chinese", "doc(h1#x<一、>(甲) h1#x<二、>(乙))", DIAG_DOC_DUPLICATE },
	{ "甲[^b][^a][^b]\n\n[^a]: 一\n[^b]: 二", "chinese",
	  "doc(p(甲 mark<1>@b mark<2>@a mark<1>@b) note#b<1>(p(二)) note#a<2>(p(一)))", -1 },
	{ "甲[^b]", "chinese", "doc(p(甲 @b[^b]))", DIAG_DOC_NOTE_UNKNOWN },
	{ "甲\n\n[^b]: 注", "chinese", "doc(p(甲))", DIAG_DOC_NOTE_UNUSED },
};

START_TEST(numbers)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	sources_add(sources, TEXT("t.md"), text_from(numbered[_i].in), "UTF-8");
	struct doc doc = { .root = parse(arena, diag, numbered[_i].in, NULL), .numbering = text_from(numbered[_i].numbering) };
	number_document(arena, diag, &doc);
	struct buf out;
	buf_init(&out, 1 << 20);
	dump(doc.root, &out);
	ck_assert_str_eq(out.at, numbered[_i].want);
	if (numbered[_i].kind >= 0)
		ck_assert_uint_eq(diag_count_of(diag, (enum diag_kind)numbered[_i].kind), 1);
	else
		ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR) + diag_count(diag, SEVERITY_WARNING), 0);
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

START_TEST(fills_contents)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena, sources_new(arena));
	struct doc doc = { .root = parse(arena, diag, "# 甲\n\n## 乙\n\n### 丙\n\n# 丁 {.nocontents}", NULL), .numbering = TEXT("chinese") };
	struct node *contents = node_new(arena, NODE_CONTENTS);
	node_append(doc.root, contents);
	number_document(arena, diag, &doc);
	struct buf out;
	buf_init(&out, 1 << 20);
	dump(contents, &out);
	ck_assert_str_eq(out.at, "contents(p<一、>“甲”@#sec-n1(ref@sec-n1一、甲) p<（一）>“乙”@#sec-n2(ref@sec-n2（一）乙))");
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

START_TEST(counts_in_chinese)
{
	static const struct {
		int number;
		const char *want;
	} words[] = { { 1, "一" }, { 10, "十" }, { 12, "十二" }, { 20, "二十" }, { 101, "一百零一" }, { 110, "一百一十" }, { 1005, "一千零五" }, { 1050, "一千零五十" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct buf out;
		buf_init(&out, 100);
		number_write_chinese(&out, words[i].number);
		ck_assert_str_eq(out.at, words[i].want);
		buf_clear(&out);
	}
}
END_TEST

static const struct {
	const char *in;
	size_t reported;
} digits[] = {
	{ "共有12家", 1 }, { "GB/T 41400-2022", 0 }, { "《规范 2021》", 0 }, { "PA01", 0 }, { "第一", 0 }, { "2018年以来", 1 }, { "`12`", 0 }, { "A4纸", 0 },
};

START_TEST(finds_typed_digits)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena, sources_new(arena));
	struct markdown_options options = { .text = text_from(digits[_i].in), .diag = diag, .checks_digits = true };
	markdown_parse(arena, &options);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_DOC_DIGIT), digits[_i].reported);
	arena_free(arena);
}
END_TEST

/* Inputs that make careless readers slow or deep. */
START_TEST(survives_pathological_input)
{
	static const char *const pieces[] = { "> ", "* ", "**", "[", "[^", "![", "`", "|", "```a\n", "::: group\n", "[^1]: ", "{#", "<!--", "*。" };
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct arena *arena = arena_new();
		struct diag *diag = diag_new(arena, sources_new(arena));
		struct buf in;
		buf_init(&in, 1 << 20);
		for (int j = 0; j < 3000; j++)
			buf_string(&in, pieces[i]);
		struct markdown_options options = { .text = buf_view(&in), .diag = diag };
		struct doc doc = { .root = markdown_parse(arena, &options) };
		number_document(arena, diag, &doc);
		buf_clear(&in);
		arena_free(arena);
	}
}
END_TEST

Suite *doc_markdown_suite(void)
{
	Suite *suite = suite_create("doc/markdown");
	TCase *tcase = tcase_create("all");
	tcase_set_timeout(tcase, 30);
	tcase_add_loop_test(tcase, reads_markdown, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_loop_test(tcase, numbers, 0, (int)(sizeof numbered / sizeof *numbered));
	tcase_add_loop_test(tcase, finds_typed_digits, 0, (int)(sizeof digits / sizeof *digits));
	tcase_add_loop_test(tcase, refuses_what_is_too_deep, 0, 2);
	tcase_add_test(tcase, values_are_text);
	tcase_add_test(tcase, fills_contents);
	tcase_add_test(tcase, counts_in_chinese);
	tcase_add_test(tcase, survives_pathological_input);
	suite_add_tcase(suite, tcase);
	return suite;
}
