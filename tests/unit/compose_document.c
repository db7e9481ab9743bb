/* SPDX-License-Identifier: MIT
 *
 * Content files to documents, with rows from a small table of canned answers.
 */
#include "compose/document.h"

#include <check.h>
#include <stdio.h>
#include <math.h>

#include "base/buf.h"
#include "base/diag.h"
#include "compose/printed.h"

Suite *compose_document_suite(void);

/* ---- canned answers ------------------------------------------------------------- */

#define EVIL "'; drop table x; -- **粗** <script> ```\n# 标题 {{title}} @tbl-x [^1] |"

/* sql prefix → "a|b;1|2;…": names, then rows; "N" is NULL, digits are integers. */
static const struct {
	const char *sql, *rows;
} answers[] = {
	{ "select rates", "name|value;南京市|80;苏州市|50" },
	{ "select looked", "name|holds;甲|0;乙|0" },
	{ "select firm", "name|city|n;" EVIL "|南京市|3" },
	{ "select parts", "track|track_code|listed;工控|ics|1;平台|platform|0" },
	{ "select none", "城市|数" },
	{ "select words of '工控'", "n|word;1|甲" },
	{ "select words of '平台'", "n|word;2|乙;3|丙" },
	{ "select sum of 1", "sum;10" },
	{ "select sum of ", "sum" },
	{ "select cities", "设区市|参培企业（家）|达标率|风险|日期;南京市|12|83.3%|高|2021-11-30;苏州市|7|—|低|2021-11-02;合计|19|50.0%|中|N" },
	{ "select chart", "级别|企业数|标签;1星|3|3家;2星|5|N;3星|N|N;4星|5|N;5星|3|N" },
	{ "select counts", "市|数;甲|1;乙|4;丙|4;丁|2" },
	{ "select two", "类|本企业|中位数;甲|83.3%|70.0%;乙|50.0%|60.0%" },
	{ "select same", "类|数;甲|2;乙|2" },
	{ "select level", "类|数;甲|2;乙|2;丙|2;丁|2" },
	{ "select one", "类|数;甲|2" },
	{ "select words", "类|数;甲|很多" },
	{ "select pivot", "市|类|率;南京|甲|1;南京|乙|2;苏州|乙|3" },
	{ "select panel", "label|value|note;达标|3|家;覆盖率|83.3%|N" },
	{ "select figures", "达标|覆盖率;3|83.3%" },
	{ "select stars", "level|most|words;2|5|2星 规范防护级;1|2|基本级" },
};

struct fake {
	struct text last; /* the last query */
	struct span place;
};

static void fill_rows(struct arena *arena, struct text spec, struct rows *rows)
{
	struct text line, cell, count;
	text_next(&spec, ';', &line);
	for (count = line; text_next(&count, '|', &cell);)
		rows->column_count++;
	rows->names = ARENA_ARRAY(arena, struct text, rows->column_count);
	rows->values = ARENA_ARRAY(arena, struct value, rows->column_count * 100);
	for (size_t i = 0; text_next(&line, '|', &cell); i++)
		rows->names[i] = cell;
	for (; text_next(&spec, ';', &line); rows->row_count++)
		for (size_t i = 0; i < rows->column_count && text_next(&line, '|', &cell); i++) {
			struct value *value = &rows->values[rows->row_count * rows->column_count + i];
			*value = (struct value){ .kind = VALUE_TEXT, .text = cell };
			if (text_to_integer(cell, &value->integer))
				value->kind = VALUE_INTEGER, value->real = (double)value->integer;
			else if (text_is(cell, "N"))
				*value = (struct value){ .kind = VALUE_NULL };
		}
}

static void firm_rows(struct arena *arena, struct rows *rows)
{
	static struct text names[] = { TEXT_INIT("name"), TEXT_INIT("city"), TEXT_INIT("n") };
	*rows = (struct rows){ names, ARENA_ARRAY(arena, struct value, 3), 3, 1 };
	rows->values[0] = (struct value){ .kind = VALUE_TEXT, .text = TEXT(EVIL) };
	rows->values[1] = (struct value){ .kind = VALUE_TEXT, .text = TEXT("南京市") };
	rows->values[2] = (struct value){ .kind = VALUE_INTEGER, .text = TEXT("3"), .integer = 3, .real = 3 };
}

static bool answer(void *context, struct arena *arena, struct text sql, struct span place, struct rows *rows)
{
	struct fake *fake = context;
	*rows = (struct rows){ 0 };
	fake->last = text_copy(arena, sql);
	fake->place = place;
	sql = text_trim(sql);
	if (text_starts(sql, "select firm")) {
		firm_rows(arena, rows);
		return true;
	}
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		if (text_starts(sql, answers[i].sql)) {
			fill_rows(arena, text_from(answers[i].rows), rows);
			return true;
		}
	return false;
}

/* ---- one document ------------------------------------------------------------------ */

struct bench {
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct fake fake;
	struct doc *doc;
	struct buf text; /* all that can be read in it */
	struct printed printed;
};

static const char phrases[] = "# 用语\nempty-table: 无数据\nempty-chart: {{title}}：无数据。\nchart-few: {{title}}：{{max_category}}为{{max}}。\n"
			      "chart-equal: {{title}}：均为{{max}}。\nchart-one: {{title}}：最高{{max_category}}（{{max}}{{#max_several}}，并列{{/max_several}}），"
			      "最低{{min_category}}（{{min}}{{#min_several}}，并列{{/min_several}}）{{#total}}，合计{{total}}{{/total}}{{#line}}，{{line}}{{/line}}。\n"
			      "chart-many: {{title}}：{{#series}}{{name}}最高{{max_category}}（{{max}}）{{^-last}}；{{/-last}}{{/series}}。\n";

/* Of the document about to be composed. */
static const char *words = phrases, *remark = "专家备注", *partial = "部分{{firm.city}}\n";

static void compose(struct bench *bench, const char *content, const char *second)
{
	*bench = (struct bench){ .arena = arena_new() };
	bench->sources = sources_new(bench->arena);
	bench->diag = diag_new(bench->arena, bench->sources);
	struct document_file files[2] = { { .text = text_from(content) }, { .text = text_from(second) } };
	for (int i = 0; i < 2; i++)
		files[i].source = sources_add(bench->sources, i ? TEXT("b.md") : TEXT("a.md"), files[i].text, "UTF-8");
	struct document_file part = { .name = TEXT("part"), .text = text_from(partial) };
	part.source = sources_add(bench->sources, TEXT("part.md"), part.text, "UTF-8");
	struct document_content all = { .files = files, .file_count = second ? 2 : 1, .partials = &part, .partial_count = 1,
					.phrases = { .text = text_from(words) } };
	struct document_file remarks = { .text = text_from(remark) };
	remarks.source = sources_add(bench->sources, TEXT("remarks.md"), remarks.text, "UTF-8");
	struct compose_source source = { answer, &bench->fake, 4 };
	const struct document_template *template = document_compile(bench->arena, bench->diag, &all);
	bench->doc = document_compose(bench->arena, &(struct document_options){ .template = template, .source = &source, .diag = bench->diag,
										 .remarks = remarks, .printed = &bench->printed });
	buf_init(&bench->text, 1 << 20);
	node_plain_text(bench->doc->root, &bench->text);
}

static void finish(struct bench *bench)
{
	buf_clear(&bench->text);
	printed_clear(&bench->printed);
	arena_free(bench->arena);
}

static const struct node *find(const struct bench *bench, enum node_kind kind)
{
	for (const struct node *at = bench->doc->root; at; at = node_after(bench->doc->root, at))
		if (at->kind == kind)
			return at;
	static const struct table no_table;
	static const struct chart no_chart;
	static const struct node none = { .kind = NODE_KINDS, .table = &no_table, .chart = &no_chart };
	return &none;
}

static size_t complaints(const struct bench *bench)
{
	return diag_count(bench->diag, SEVERITY_ERROR) + diag_count(bench->diag, SEVERITY_WARNING);
}

static bool complains(const struct bench *bench, const char *of)
{
	struct buf buf;
	buf_init(&buf, 1 << 20);
	diag_write(bench->diag, DIAG_FORMAT_TEXT, LANGUAGE_CHINESE, &buf);
	bool found = text_contains(buf_view(&buf), text_from(of));
	buf_clear(&buf);
	return found;
}

/* A claim is held against its rows as it was printed; where nothing was, there is none. */
START_TEST(holds_claims_against_their_rows)
{
	struct bench b;
	compose(&b, "sql rates: select rates\nsql looked: select looked\nsql none: select none\nsql firm: select firm\n---\n"
		    "{{?max rates}}**{{firm.city}}最高**{{/max}}。{{?min rates}}{{#none}}无人最低{{/none}}{{/min}}\n"
		    "{{?none looked}}无一达标{{/none}}，{{?empty none}}没有城市{{/empty}}，{{?plain 名称}}最高人民法院{{/plain}}。\n", NULL);
	ck_assert_uint_eq(complaints(&b), 0);
	ck_assert_str_eq(b.text.at, "南京市最高。无一达标，没有城市，最高人民法院。");
	ck_assert_uint_eq(b.printed.claims.count, 3);
	ck_assert(text_is(b.printed.claims.at[0].words, "南京市最高"));
	ck_assert(text_is(b.printed.claims.at[0].query, "select rates"));
	finish(&b);
	compose(&b, "sql rates: select rates\nsql firm: select firm\n---\n前文。{{?min rates}}{{firm.city}}最低{{/min}}。\n", NULL);
	ck_assert(complains(&b, "a.md:4:4: 错误: “南京市最低”不成立：最小的是 苏州市 50 [claim-false]"));
	finish(&b);
}
END_TEST

START_TEST(refuses_claims_that_nothing_can_decide)
{
	struct bench b;
	compose(&b, "sql rates: select rates\nsql firm: select firm\n---\n{{?mx rates}}{{firm.city}}最高{{/mx}}{{?all rates}}均{{/all}}\n"
		    "{{?zero firm.n}}没有{{/zero}}\n", NULL);
	ck_assert(complains(&b, "没有“mx”这种论断（最相近的是“max”） [claim-kind]"));
	ck_assert(complains(&b, "“rates”缺少论断 all 要用的列（holds），或其中的值不是数 [claim-columns]"));
	ck_assert(complains(&b, "“没有”不成立：有： 3 [claim-false]"));
	finish(&b);
	compose(&b, "title: {{?max rates}}最高{{/max}}\nsql rates: select rates\n---\n正文\n", NULL);
	ck_assert(complains(&b, "a.md:1:8: 错误: 论断 max 写在这里没有人核对 [claim-place]"));
	finish(&b);
	compose(&b, "---\n{{?max rates}}最高{{/max}}{{?max}}最高{{/max}}\n", NULL);
	ck_assert(complains(&b, "template-tag-wrong"));
	finish(&b);
}
END_TEST

/* In every branch of the text, printed or not; not in the SQL of queries, nor in what is innocent. */
START_TEST(reports_words_outside_claims)
{
	struct bench b;
	compose(&b, "sql none: select none\nsql rates: select rates\n---\n{{#none}}无一达标{{/none}}平均值、最高人民法院，不等于没有。\n\n"
		    "```table 南京市最多 {#tbl-x note=\"没有企业的不列。\"}\nselect cities as 最高 -- 没有\n```\n\n```sql parts\nselect parts as \"没有\"\n```\n"
		    "{{?max rates}}南京市最高{{#none}}最低{{/none}}{{/max}}{{?plain 定义}}全部{{/plain}}\n", NULL);
	ck_assert_uint_eq(complaints(&b), 4);
	ck_assert(complains(&b, "a.md:4:10: 警告: “无一”是比较、排列或概括的说法，没有论断为它作证 [claim-unbound]"));
	ck_assert(complains(&b, "a.md:6:13: 警告: “最多”"));
	ck_assert(complains(&b, "a.md:6:30: 警告: “没有”"));
	ck_assert(complains(&b, "a.md:13:29: 警告: “最低”"));
	finish(&b);
}
END_TEST

/* Attributes are printed, too; of empty="…" the fence itself proves that there is nothing, and no more than that. */
START_TEST(reports_words_in_attributes)
{
	struct bench b;
	compose(&b, "sql none: select none\nsql rates: select rates\n---\n"
		    "```table 甲 {#tbl-a empty=\"没有企业，无一达标。\" note=\"尚无企业的不列。\"}\nselect cities\n```\n\n"
		    "```chart bar 乙 {#fig-b line-name=最高值 notempty=\"都\" empty=\"最多的没有。\"}\nselect cities\n```\n\n"
		    "```table 丙 {#tbl-c empty=没有 note=\"{{?max rates}}南京市最高{{/max}}，{{#none}}最低{{/none}}\"}\nselect cities\n```\n", NULL);
	static const char *const places[] = {
		"a.md:4:45: 警告: “尚无”", "a.md:8:34: 警告: “最高”", "a.md:8:48: 警告: “都”", "a.md:8:58: 警告: “最多”",
		"a.md:12:26: 警告: “没有”", "a.md:12:72: 警告: “最低”",
	};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		ck_assert_msg(complains(&b, places[i]), "%s", places[i]);
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_CLAIM_UNBOUND), sizeof places / sizeof *places);
	finish(&b);
	/* What is claimed there is held against its rows. */
	compose(&b, "sql rates: select rates\n---\n```table 甲 {#tbl-a note=\"{{?max rates}}苏州市最高{{/max}}\"}\nselect cities\n```\n", NULL);
	ck_assert(complains(&b, "claim-false"));
	finish(&b);
}
END_TEST

/* What a query holds between quotes may be printed, wherever it is written; headers and covers are words. */
START_TEST(reports_words_in_queries_of_a_text)
{
	struct bench b;
	compose(&b, "title: 达标最多的市\n"
		    "sql none: select none where '没有' <> '它''s 均'\nsql rates: select rates\n---\n"
		    "```table 名称\nselect cities, '无' -- 最低\n, '首次{{none.n}}居首'\n```\n\n"
		    "```sql parts\nselect parts, '全部{{parts}}绝大多数'\n```\n\n"
		    "{{?max rates}}{{@cities}}select cities '最大'{{/cities}}南京市最高{{/max}}"
		    "{{?plain 不印}}{{@firm}}select firm '最小'{{/firm}}{{/plain}}\n\n"
		    "```cover\ntitle: 都好\n```\n最后\n", NULL);
	static const char *const places[] = {
		"a.md:1:10: 警告: “最多”", "a.md:2:30: 警告: “没有”", "a.md:2:43: 警告: “均”",
		"a.md:7:4: 警告: “首次”", "a.md:7:16: 警告: “居首”", "a.md:11:16: 警告: “全部”",
		"a.md:11:27: 警告: “绝大多数”", "a.md:14:41: 警告: “最大”", "a.md:17:8: 警告: “都”",
	};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		ck_assert_msg(complains(&b, places[i]), "%s", places[i]);
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_CLAIM_UNBOUND), sizeof places / sizeof *places);
	finish(&b);
	compose(&b, "title: 达标最多的市\nsql none: select none '没有'\nclaims: free 名称\n---\n"
		    "```sql parts\nselect parts '没有'\n```\n{{#none}}{{parts.n}}{{/none}}\n", NULL);
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_CLAIM_UNBOUND), 0);
	finish(&b);
}
END_TEST

/* Each file for itself; a part that others take in cannot be free, and remarks are. */
START_TEST(frees_texts_that_say_why)
{
	struct bench b;
	compose(&b, "claims: free 法律条文\n---\n全部符合。\n", "claims: bound\n---\n均达标。\n");
	ck_assert_uint_eq(complaints(&b), 1);
	ck_assert(complains(&b, "b.md:3:1: 警告: “均”是比较"));
	finish(&b);
	compose(&b, "claims: free\n---\n全部符合。\n", NULL);
	ck_assert(complains(&b, "a.md:1:9: 警告: “claims: free”没有这种写法，正文仍按 bound 检查 [document-claims]"));
	ck_assert(complains(&b, "a.md:3:1: 警告: “全部”是比较"));
	finish(&b);
	remark = "全部由专家写成";
	partial = "部分{{firm.city}}最多\n";
	compose(&b, "sql firm: select firm\n---\n{{> remarks}}{{> part}}\n", NULL);
	remark = "专家备注";
	partial = "部分{{firm.city}}\n";
	ck_assert_uint_eq(complaints(&b), 1);
	ck_assert(complains(&b, "part.md:1:16: 警告: “最多”是比较"));
	finish(&b);
}
END_TEST

START_TEST(binds_names)
{
	struct bench b;
	compose(&b, "title: {{firm.city}}诊断书\nsql firm: select firm\n---\n{{firm.city}}有{{firm.n}}家。\n\n"
		    "```sql parts\nselect parts where x = {{firm.n}}\n```\n{{#parts}}\n- {{track}}\n{{/parts}}\n\n{{> part}}\n{{> remarks}}\n",
		"后文{{#parts}}{{track_code}}{{/parts}}");
	ck_assert_str_eq(b.text.at, "南京市有3家。工控平台部分南京市专家备注后文icsplatform");
	ck_assert_str_eq(text_string(b.arena, b.doc->title), "南京市诊断书");
	ck_assert_str_eq(text_string(b.arena, b.doc->page_style), "report");
	ck_assert_uint_eq(complaints(&b), 0);
	finish(&b);
}
END_TEST

/* "sql list.name": asked for each row, whose values it knows; inside {{#list}} its rows go by that name. */
START_TEST(asks_for_each_row)
{
	struct bench b;
	compose(&b, "title: {{#parts}}{{#words}}{{word}}{{/words}}{{/parts}}\nsql parts: select parts\n"
		    "sql parts.words: select words of {{track}}\n\n{{#parts}}{{track}}{{#words}}{{n}}{{word}}{{^-last}}、{{/-last}}{{/words}}。{{/parts}}\n\n"
		    "{{#parts}}{{#listed}}{{words.word}}{{/listed}}{{/parts}}\n",
		"sql parts.sum: select sum of {{#listed}}{{words.n}}{{/listed}}\n\n{{#parts}}{{#sum}}{{track}}{{sum}}{{/sum}}{{^sum}}缺{{/sum}}{{/parts}}");
	ck_assert_str_eq(b.text.at, "工控1甲。平台2乙、3丙。甲工控10缺");
	ck_assert_str_eq(text_string(b.arena, b.doc->title), "甲乙丙");
	ck_assert_uint_eq(complaints(&b), 0);
	finish(&b);
	compose(&b, "sql two: select two\nsql two.words: select words of '工控'\n\n{{words.word}}", NULL); /* of which row? */
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_QUERY_OUTSIDE), 1);
	ck_assert_uint_eq(complaints(&b), 1);
	finish(&b);
	compose(&b, "sql empty: select none\nsql empty.words: select words of {{城市}}\n\n甲{{#empty}}{{#words}}{{word}}{{/words}}{{/empty}}", NULL);
	ck_assert_str_eq(b.text.at, "甲");
	ck_assert_uint_eq(complaints(&b), 0);
	finish(&b);
}
END_TEST

/* A query of a header is asked where it is named, in whatever order they are written. */
START_TEST(finds_the_queries_of_headers)
{
	static const struct {
		const char *content;
		enum diag_kind kind;
	} cases[] = {
		{ "sql parts.words: select words of '工控'\nsql parts: select parts\n\n{{#parts}}{{#words}}{{word}}{{/words}}{{/parts}}", DIAG_KINDS },
		{ "sql parts: select parts\nsql party.words: select words of '工控'\n\n{{#parts}}{{#words}}{{/words}}{{/parts}}", DIAG_QUERY_OUTSIDE },
		{ "sql parts: select parts\nsql parts.words: select words of {{trak}}\n\n{{#parts}}{{#words}}{{/words}}{{/parts}}", DIAG_TEMPLATE_NAME_NEAR },
		{ "sql parts: select parts\nsql parts: select two\n\n甲", DIAG_QUERY_TWICE },
		{ "甲\n\n```table 表\nselect cities\n```\n", DIAG_QUERY_IN_TEXT },
		{ "sql parts: select parts\nsql parts.words: select words of {{track}}\n\n{{#parts}}{{#wards}}{{/wards}}{{/parts}}", DIAG_TEMPLATE_NAME_NEAR },
		{ "title.x: 甲\n\n乙", DIAG_KINDS }, /* only a query's name has a dot: this is no header */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bench b;
		compose(&b, cases[i].content, NULL);
		ck_assert_msg(cases[i].kind == DIAG_KINDS ? !complaints(&b) : diag_count_of(b.diag, cases[i].kind) > 0, "%s", cases[i].content);
		finish(&b);
	}
}
END_TEST

START_TEST(keeps_hostile_text_as_text)
{
	struct bench b;
	compose(&b, "sql firm: select firm\n\n# {{firm.name}}\n\n{{firm.name}}\n\n- **{{firm.name}}**\n\n"
		    "```table {{firm.name}} {#tbl-a note=\"{{firm.name}}\"}\nselect none where a = {{firm.name}} and b = '{{firm.name}}' and c = {{firm.n}}\n```\n",
		NULL);
	ck_assert_uint_eq(complaints(&b), 0);
	ck_assert(text_contains(b.fake.last, TEXT("a = '''; drop table x; -- **粗**")));
	ck_assert(text_contains(b.fake.last, TEXT("b = '''; drop table x; -- **粗**")));
	ck_assert(text_ends(b.fake.last, "and c = 3"));
	const struct node *table = find(&b, NODE_TABLE);
	ck_assert(text_starts(table->title, "'; drop table x; -- **粗** <script>"));
	ck_assert(text_starts(table->note, "'; drop table x; -- **粗** <script>"));
	ck_assert_str_eq(text_string(b.arena, table->id), "tbl-a");
	ck_assert_int_eq(find(&b, NODE_FOOTNOTE_MARK)->kind, NODE_KINDS);
	ck_assert_int_eq(find(&b, NODE_CODE)->kind, NODE_KINDS);
	finish(&b);
}
END_TEST

START_TEST(makes_tables)
{
	struct bench b;
	compose(&b, "```table 各市 {.small total=1}\nselect cities\n```\n", NULL);
	const struct table *table = find(&b, NODE_TABLE)->table;
	ck_assert_uint_eq(table->row_count, 3);
	ck_assert_uint_eq(table->total_rows, 1);
	static const int want[] = { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_NUMBER, COLUMN_RISK, COLUMN_CENTRED };
	for (size_t i = 0; i < 5; i++)
		ck_assert_int_eq(table->columns[i].kind, want[i]);
	ck_assert_str_eq(text_string(b.arena, table->columns[1].heading), "参培企业");
	ck_assert_str_eq(text_string(b.arena, table->columns[1].unit), "家");
	ck_assert(table->cells[10].is_strong && !table->cells[0].is_strong);
	ck_assert_str_eq(text_string(b.arena, table->cells[14].text), "—");
	ck_assert(find(&b, NODE_TABLE)->flags & NODE_SMALL);
	ck_assert_uint_eq(complaints(&b), 0);
	finish(&b);
}
END_TEST

START_TEST(attaches_rows)
{
	struct bench b;
	compose(&b, "sql firm: select firm\n\n```attachment 清单.csv {about=\"说明\"}\nselect cities\n```\n```attachment 无.csv\nselect none\n```\n", NULL);
	ck_assert_uint_eq(complaints(&b), 0);
	ck_assert_uint_eq(b.doc->attachment_count, 1); /* nothing to say, nothing attached */
	ck_assert_str_eq(text_string(b.arena, b.doc->attachments[0].name), "清单.csv");
	ck_assert_str_eq(text_string(b.arena, b.doc->attachments[0].description), "说明");
	ck_assert(text_starts(b.doc->attachments[0].bytes, "\xEF\xBB\xBF"));
	ck_assert(text_ends(b.doc->attachments[0].bytes, "\r\n"));
	finish(&b);
	compose(&b, "attachments: no\n\n```attachment 清单.csv\nselect cities\n```\n", NULL);
	ck_assert_uint_eq(b.doc->attachment_count, 0);
	ck_assert_uint_eq(complaints(&b), 0);
	finish(&b);
	static const char *const bad[] = { "../x.csv", "x.exe", ".csv", "{{firm.name}}.csv" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char text[200];
		snprintf(text, sizeof text, "sql firm: select firm\n\n```attachment %s\nselect cities\n```\n", bad[i]);
		compose(&b, text, NULL);
		ck_assert_uint_eq(b.doc->attachment_count, 0);
		ck_assert_uint_gt(complaints(&b), 0);
		finish(&b);
	}
}
END_TEST

START_TEST(makes_codes)
{
	struct bench b;
	compose(&b, "sql firm: select firm\n\n```qr {size=30 alt=\"回证\"}\nXJ1|{{firm.name}}|x\n```\n", NULL);
	const struct node *code = find(&b, NODE_QR);
	ck_assert_uint_eq(complaints(&b), 0);
	/* as it is, with all that would be markup elsewhere */
	ck_assert(text_starts(code->text, "XJ1|'; drop table x; -- **粗** <script>") && text_ends(code->text, "||x"));
	ck_assert_int_eq(code->level, 30);
	ck_assert_str_eq(text_string(b.arena, code->title), "回证");
	finish(&b);
	static const char *const bad[] = { "```qr {size=3}\na\n```\n", "```qr {size=x}\na\n```\n", "```qr\n```\n" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		compose(&b, bad[i], NULL);
		ck_assert_uint_gt(complaints(&b), 0);
		finish(&b);
	}
}
END_TEST

START_TEST(makes_empty_and_pivoted_tables)
{
	struct bench b;
	compose(&b, "```table 空\nselect none\n```\n", NULL);
	ck_assert_str_eq(text_string(b.arena, find(&b, NODE_TABLE)->table->cells[0].text), "无数据");
	finish(&b);
	compose(&b, "```table 空 {#tbl-a empty=\"没有。\"}\nselect none\n```\n见@tbl-a", NULL);
	ck_assert_str_eq(b.text.at, "没有。见空");
	ck_assert_uint_eq(complaints(&b), 0);
	finish(&b);
	compose(&b, "```table 矩阵 {pivot=yes}\nselect pivot\n```\n", NULL);
	const struct table *table = find(&b, NODE_TABLE)->table;
	ck_assert_uint_eq(table->column_count, 3);
	ck_assert_str_eq(text_string(b.arena, table->columns[2].heading), "乙");
	ck_assert_str_eq(text_string(b.arena, table->cells[4].text), "—");
	ck_assert_str_eq(text_string(b.arena, table->cells[5].text), "3");
	finish(&b);
}
END_TEST

static const struct {
	const char *content, *alternative, *numbers;
} charts[] = {
	{ "```chart bar 星级 {unit=家}\nselect chart\n```", "星级：最高2星、4星（5家，并列），最低1星、5星（3家，并列）。",
	  "1星 3家、2星 5家、3星 —、4星 5家、5星 3家。" },
	{ "```chart radar 各类 {most=100}\nselect two\n```", "各类：本企业最高甲（83.3%）；中位数最高甲（70.0%）。",
	  "本企业：甲 83.3%、乙 50.0%；中位数：甲 70.0%、乙 60.0%。" },
	{ "```chart bar 各市 {unit=家}\nselect counts\n```", "各市：最高乙、丙（4家，并列），最低甲（1家），合计11家。",
	  "甲 1家、乙 4家、丙 4家、丁 2家。" },
	/* days make no sum, nor do stages that follow each other */
	{ "```chart bar 各市 {unit=天}\nselect counts\n```", "各市：最高乙、丙（4天，并列），最低甲（1天）。", "甲 1天、乙 4天、丙 4天、丁 2天。" },
	{ "```chart funnel 各市 {unit=家}\nselect counts\n```", "各市：最高乙、丙（4家，并列），最低甲（1家）。", "甲 1家、乙 4家、丙 4家、丁 2家。" },
	{ "```chart horizontal 各市 {unit=家 line=2 line-name=平均}\nselect counts\n```",
	  "各市：最高乙、丙（4家，并列），最低甲（1家），合计11家，平均 2。", "甲 1家、乙 4家、丙 4家、丁 2家。" },
};

START_TEST(describes_charts)
{
	struct bench b;
	compose(&b, charts[_i].content, NULL);
	const struct chart *chart = find(&b, NODE_CHART)->chart;
	ck_assert_str_eq(text_string(b.arena, chart->alternative), charts[_i].alternative);
	ck_assert_str_eq(text_string(b.arena, chart->numbers), charts[_i].numbers);
	ck_assert_uint_eq(complaints(&b), 0);
	if (_i == 0) {
		ck_assert_uint_eq(chart->series_count, 1);
		ck_assert(isnan(chart->series[0].values[2]));
		ck_assert_str_eq(text_string(b.arena, chart->series[0].labels[0]), "3家");
	} else if (_i == 1) {
		ck_assert(fabs(chart->series[0].values[0] - 83.3) < 1e-9);
		ck_assert(fabs(chart->most - 100) < 1e-9);
	}
	finish(&b);
}
END_TEST

/* Three numbers and equal ones are said, not drawn; a text that asks before says neither chart nor reference. */
static const struct {
	const char *content, *text;
} said[] = {
	{ "```chart bar 各类\nselect same\n```", "各类：甲、乙为2。" },
	{ "```chart bar 各类\nselect level\n```", "各类：均为2。" },
	{ "```chart bar 各类 {unit=家}\nselect one\n```", "各类：甲为2家。" },
	{ "```sql q\nselect same\n```\n见表{{#drawn.q}}和图{{/drawn.q}}。", "见表。" },
};

START_TEST(says_what_is_no_chart)
{
	struct bench b;
	compose(&b, said[_i].content, NULL);
	ck_assert_int_eq(find(&b, NODE_CHART)->kind, NODE_KINDS);
	ck_assert_str_eq(text_string(b.arena, buf_view(&b.text)), said[_i].text);
	finish(&b);
}
END_TEST

START_TEST(refuses_palettes_and_lines_that_mean_nothing)
{
	static const char *const bad[] = { "bar 各市 {palette=rainbow}", "bar 各市 {line=3 line-name=平均}",
	                                   "horizontal 各市 {line=3}", "horizontal 各市 {line=many line-name=平均}" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct bench b;
		char content[200];
		snprintf(content, sizeof content, "```chart %s\nselect counts\n```", bad[i]);
		compose(&b, content, NULL);
		ck_assert_uint_eq(complaints(&b), 1);
		finish(&b);
	}
}
END_TEST

START_TEST(makes_the_other_fences)
{
	struct bench b;
	compose(&b, "sql firm: select firm\n\n```cover\ntitle: 诊断书\n企业名称：{{firm.name}}\n```\n\n```panel\nselect panel\n```\n\n```stars\nselect stars\n```\n\n"
		    "```signature\n企业负责人\n日期\n```\n\n```contents {level=3}\n```\n\n```list-of tables\n```\n", NULL);
	ck_assert_uint_eq(complaints(&b), 0);
	const struct table *cover = find(&b, NODE_COVER)->table;
	ck_assert_uint_eq(cover->row_count, 2);
	ck_assert(text_starts(cover->cells[3].text, "'; drop"));
	const struct table *panel = find(&b, NODE_PANEL)->table;
	ck_assert_str_eq(text_string(b.arena, panel->cells[4].text), "83.3%");
	const struct node *stars = find(&b, NODE_STARS);
	ck_assert_int_eq(stars->level, 2);
	ck_assert_int_eq(stars->next->most, 2);
	ck_assert_uint_eq(find(&b, NODE_SIGNATURE)->table->row_count, 2);
	ck_assert_int_eq(find(&b, NODE_CONTENTS)->level, 3);
	ck_assert_str_eq(text_string(b.arena, find(&b, NODE_LIST_OF)->name), "tables");
	finish(&b);
	compose(&b, "```panel\nselect figures\n```\n", NULL);
	ck_assert_str_eq(text_string(b.arena, find(&b, NODE_PANEL)->table->cells[3].text), "覆盖率");
	finish(&b);
}
END_TEST

/* "lists:" in the header: behind the contents, in the order given; without it none. */
START_TEST(lists_what_the_header_asks_for)
{
	struct bench b;
	compose(&b, "lists: figures  tables\n---\n```contents\n```\n\n正文\n", NULL);
	ck_assert_uint_eq(complaints(&b), 0);
	const struct node *list = find(&b, NODE_CONTENTS)->next;
	ck_assert_int_eq(list->kind, NODE_LIST_OF);
	ck_assert_str_eq(text_string(b.arena, list->name), "figures");
	ck_assert_str_eq(text_string(b.arena, list->next->name), "tables");
	ck_assert_int_eq(list->next->next->kind, NODE_PARAGRAPH);
	finish(&b);
	compose(&b, "```contents\n```\n\n正文\n", NULL);
	ck_assert_int_eq(find(&b, NODE_CONTENTS)->next->kind, NODE_PARAGRAPH);
	finish(&b);
	compose(&b, "lists: maps\n---\n```contents\n```\n", NULL);
	ck_assert_uint_eq(complaints(&b), 1);
	finish(&b);
}
END_TEST

/* By its name and by the one that it once had. */
START_TEST(makes_item_lists)
{
	static const char *const contents[] = { "```item-list\nselect two\n```\n", "```ledger\nselect two\n```\n" };
	struct bench b;
	compose(&b, contents[_i], NULL);
	ck_assert_uint_eq(complaints(&b), 0);
	ck_assert_uint_eq(find(&b, NODE_ITEM_LIST)->table->row_count, 2);
	finish(&b);
}
END_TEST

START_TEST(wants_each_of_its_phrases)
{
	static const struct {
		const char *phrases;
		size_t unknown, missing;
	} cases[] = { { "nonsense: 无\nempty-table:\n甲乙丙\n", 3, 6 }, { "empty-table: 无\n", 0, 5 }, { phrases, 0, 0 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bench b;
		words = cases[i].phrases;
		compose(&b, "甲", NULL);
		ck_assert_uint_eq(diag_count_of(b.diag, DIAG_DOCUMENT_PHRASE_UNKNOWN), cases[i].unknown);
		ck_assert_uint_eq(diag_count_of(b.diag, DIAG_DOCUMENT_PHRASE_MISSING), cases[i].missing);
		finish(&b);
	}
}
END_TEST

/* Two rows, within themselves seventeen times. */
START_TEST(bounds_the_values_of_a_text)
{
	enum { DEPTH = 17 };
	struct buf content;
	struct bench b;
	buf_init(&content, 1 << 16);
	buf_string(&content, "```sql parts\nselect parts\n```\n");
	for (int i = 0; i < DEPTH; i++)
		buf_string(&content, "{{#parts}}");
	buf_string(&content, "{{track}}");
	for (int i = 0; i < DEPTH; i++)
		buf_string(&content, "{{/parts}}");
	compose(&b, content.at, NULL);
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_DOCUMENT_VALUES), 1);
	finish(&b);
	buf_clear(&content);
}
END_TEST

static const struct {
	const char *content;
	enum diag_kind kind;
	const char *offending; /* what the place covers */
} mistakes[] = {
	{ "a: b\n\nx", DIAG_DOCUMENT_HEADER, "a" },
	{ "x\n\n```tabel\nselect cities\n```\n", DIAG_DOCUMENT_FENCE, "```tabel" },
	{ "x\n\n```chart bra x\nselect chart\n```\n", DIAG_DOCUMENT_CHART_KIND, "```chart bra x" },
	{ "```chart bar x\nselect words\n```\n", DIAG_DOCUMENT_NUMBER, "select words" },
	{ "```table x\n```\n", DIAG_DOCUMENT_NO_QUERY, "```table x" },
	{ "```table x {total=x}\nselect cities\n```\n", DIAG_DOCUMENT_ATTRIBUTE, "```table x {total=x}" },
	{ "```table x {align=\"q\"}\nselect cities\n```\n", DIAG_DOCUMENT_ATTRIBUTE, "```table x {align=\"q\"}" },
	{ "```table x {strong=无}\nselect cities\n```\n", DIAG_DOCUMENT_ATTRIBUTE, "```table x {strong=无}" },
	{ "```table x {pivot=yes}\nselect two\n```\n甲\n```table x {pivot=yes}\nselect same\n```\n", DIAG_DOCUMENT_COLUMNS, "```table x {pivot=yes}" },
	{ "digits: bound\n\n共有12家", DIAG_DOC_DIGIT, "12" },
	{ "\xF3\xB0\x80\x80", DIAG_DOCUMENT_PRIVATE, "" },
	{ "sql firm: select firm\n\n{{firm.nme}}", DIAG_TEMPLATE_NAME_NEAR, "{{firm.nme}}" },
	{ "甲\n\n见@tbl-no。", DIAG_DOC_REFERENCE, "@tbl-no" },
	{ "{{{x}}}", DIAG_TEMPLATE_RAW, "{{{x}}}" },
};

START_TEST(points_at_mistakes)
{
	struct bench b;
	compose(&b, mistakes[_i].content, NULL);
	ck_assert_uint_eq(diag_count_of(b.diag, mistakes[_i].kind), 1);
	struct buf out;
	buf_init(&out, 1 << 20);
	diag_write(b.diag, DIAG_FORMAT_JSONL, LANGUAGE_ENGLISH, &out);
	struct buf want;
	buf_init(&want, 1000);
	buf_string(&want, "\"text\":");
	buf_json(&want, text_from(mistakes[_i].offending));
	ck_assert_msg(text_contains(buf_view(&out), buf_view(&want)), "%s", out.at);
	ck_assert_msg(text_contains(buf_view(&out), TEXT("\"file\":\"a.md\"")), "%s", out.at);
	buf_clear(&want);
	buf_clear(&out);
	finish(&b);
}
END_TEST

/* An expert's numbers have no data to be bound to; those of the text around are looked at all the same. */
START_TEST(remarks_may_hold_digits)
{
	struct bench b;
	remark = "一号炉有3台交换机，2022年3月底前补贴";
	compose(&b, "digits: bound\n\n甲\n\n{{> remarks}}\n\n共有12家\n", NULL);
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_DOC_DIGIT), 1);
	ck_assert(strstr(b.text.at, "3台") != NULL);
	remark = "专家备注";
	finish(&b);
}
END_TEST

/* What is missing is null in SQL, nothing in the header and on the cover, and a dash in the text. */
START_TEST(tells_missing_values)
{
	struct bench b;
	compose(&b, "sql f: select firm\n---\n```sql p\nselect panel\n```\n{{#p}}{{note}}{{^-last}}、{{/-last}}{{/p}}\n\n"
		    "{{#p}}\n```table 表\nselect none where a = {{note}}\n```\n\n```cover\nmark: {{note}}\n```\n\n{{/p}}\n", NULL);
	ck_assert_str_eq(b.text.at, "家、—");
	ck_assert_str_eq(text_string(b.arena, b.fake.last), "select none where a = null");
	ck_assert_uint_eq(find(&b, NODE_COVER)->table->cells[1].text.size, 3);
	finish(&b);
}
END_TEST

/* Values of sentences and titles, not those inside a query; each with the query that gave it and its tag. */
START_TEST(traces_the_values_of_the_prose)
{
	struct bench b;
	compose(&b, "title: x\nsql firm: select firm\n\n# 共{{firm.n}}家\n\n```sql parts\nselect parts\n```\n{{#parts}}{{track}}{{-number}}{{/parts}}\n\n"
		    "```table 在{{firm.city}} {#tbl-x}\nselect cities where {{firm.n}}\n```\n",
		NULL);
	static const struct { const char *text, *query, *tag; } want[] = {
		{ "3", "select firm", "{{firm.n}}" }, { "工控", "select parts", "{{track}}" }, { "平台", "select parts", "{{track}}" },
		{ "南京市", "select firm", "{{firm.city}}" },
	};
	ck_assert_uint_eq(b.printed.values.count, sizeof want / sizeof *want);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		const struct printed_value *value = &b.printed.values.at[i];
		ck_assert_msg(text_is(value->text, want[i].text), "%.*s", TEXT_ARGS(value->text));
		ck_assert_msg(text_is(value->query, want[i].query), "%.*s", TEXT_ARGS(value->query));
		ck_assert_msg(text_is(span_text(b.sources, value->span), want[i].tag), "%.*s", TEXT_ARGS(span_text(b.sources, value->span)));
	}
	finish(&b);
}
END_TEST

START_TEST(places_queries)
{
	struct bench b;
	compose(&b, "sql firm: select firm\n\n甲\n\n```table x\nselect cities\n  where a = {{firm.city}}\n```\n", NULL);
	ck_assert_str_eq(text_string(b.arena, span_text(b.sources, b.fake.place)), "select cities\n  where a = {{firm.city}}");
	finish(&b);
}
END_TEST

Suite *compose_document_suite(void)
{
	Suite *suite = suite_create("compose/document");
	TCase *tcase = tcase_create("all");
	tcase_add_test(tcase, holds_claims_against_their_rows);
	tcase_add_test(tcase, refuses_claims_that_nothing_can_decide);
	tcase_add_test(tcase, reports_words_outside_claims);
	tcase_add_test(tcase, reports_words_in_attributes);
	tcase_add_test(tcase, reports_words_in_queries_of_a_text);
	tcase_add_test(tcase, frees_texts_that_say_why);
	tcase_add_test(tcase, binds_names);
	tcase_add_test(tcase, asks_for_each_row);
	tcase_add_test(tcase, finds_the_queries_of_headers);
	tcase_add_test(tcase, keeps_hostile_text_as_text);
	tcase_add_test(tcase, makes_tables);
	tcase_add_test(tcase, makes_empty_and_pivoted_tables);
	tcase_add_test(tcase, attaches_rows);
	tcase_add_test(tcase, makes_codes);
	tcase_add_test(tcase, makes_the_other_fences);
	tcase_add_test(tcase, remarks_may_hold_digits);
	tcase_add_test(tcase, lists_what_the_header_asks_for);
	tcase_add_test(tcase, tells_missing_values);
	tcase_add_test(tcase, traces_the_values_of_the_prose);
	tcase_add_test(tcase, places_queries);
	tcase_add_loop_test(tcase, says_what_is_no_chart, 0, (int)(sizeof said / sizeof *said));
	tcase_add_test(tcase, refuses_palettes_and_lines_that_mean_nothing);
	tcase_add_loop_test(tcase, describes_charts, 0, (int)(sizeof charts / sizeof *charts));
	tcase_add_loop_test(tcase, makes_item_lists, 0, 2);
	tcase_add_test(tcase, wants_each_of_its_phrases);
	tcase_add_test(tcase, bounds_the_values_of_a_text);
	tcase_add_loop_test(tcase, points_at_mistakes, 0, (int)(sizeof mistakes / sizeof *mistakes));
	suite_add_tcase(suite, tcase);
	return suite;
}
