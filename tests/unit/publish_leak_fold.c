/* SPDX-License-Identifier: MIT
 *
 * What is the same name, code or number in other signs, and what only looks like it; and where it is told.
 */
#include "publish/leak_fold.h"

#include <check.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "publish/leak.h"
#include "publish/output.h"

Suite *publish_leak_fold_suite(void);

static struct arena *arena;
static struct sources *sources;
static struct diag *diag;
static struct leak *leak;
static struct leak_summary summary;
static char root[] = "/tmp/xingji-fold-XXXXXX";

static void set_up(void)
{
	arena = arena_new();
	sources = sources_new(arena);
	diag = diag_new(arena, sources);
	leak = leak_new(arena);
	strcpy(root + strlen(root) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
}

static void tear_down(void)
{
	leak_free(leak);
	file_remove_tree(root);
	arena_free(arena);
}

static bool scan(const char *bytes)
{
	struct output *output = output_open(arena, &(struct output_options){ .folder = file_join(arena, root, TEXT("out/2021")) }, diag);
	ck_assert_ptr_nonnull(output);
	ck_assert(output_write(output, TEXT("public/a.html"), text_from(bytes)));
	bool is_clean = leak_scan(leak, output, diag, &summary);
	output_close(output);
	return is_clean;
}

static bool is_said(const char *what)
{
	struct buf said;
	buf_init(&said, BUF_LIMIT_PAGE);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &said);
	bool is_there = text_contains(buf_view(&said), text_from(what));
	ck_assert_msg(is_there, "%.*s", TEXT_ARGS(buf_view(&said)));
	buf_clear(&said);
	return is_there;
}

#define NAME "苏州示例宏晟轮胎有限公司（示例）"
#define CODE "91320500XX0000019U"

static const struct {
	const char *value, *text;
	bool is_found;
} cases[] = {
	{ NAME, "<p>经蘇州 示例<b>宏晟</b>輪胎有限公司(示例)反映", true },
	{ NAME, "苏州示例，宏晟-轮胎有限公司", true },                      /* the bracket at the end may be left out */
	{ NAME, "苏州示例宏晟轮胎", false },                                /* shortened: not for certain */
	{ NAME, "苏州示例宏晟 . . . . . . . . . 轮胎有限公司", false },      /* two words of a page */
	{ "（示例）宏晟轮胎", "示例宏晟轮胎", true },
	{ "苏州示例（昆山）轮胎有限公司", "苏州示例轮胎有限公司", false }, /* may be the parent's name */
	{ CODE, "91320500xx0000019u", true },
	{ CODE, "9132 0500 XX00\n0001 9U", true },
	{ CODE, "91320500、XX000001、9U", false },
	{ "苏州示例\"宏晟\"轮胎有限公司", "苏州示例“宏晟”轮胎有限公司", true }, /* as a page shows straight quotes */
	{ "示例\"宏晟\"厂", "示例“宏晟”厂", true },
	{ "025-00000001", "02500000001", true },
	{ "025-00000001", "(0 25) 0000.0001", false },                     /* a group of one digit among others */
	{ "025-00000001", "电话 025 0000 0001。", true },
	{ "025-00000001", "+86 (25) 0000-0001", true },
	{ "025-00000001", "0086-25-00000001", true },
	{ "025-00000001", "+86 (0)25 0000 0001", false },
	{ "025-00000001", "+86 (025) 0000 0001", true },
	{ "025-00000001", "1025000000019", false },                        /* digits of a longer number */
	{ "025-00000001", "a02500000001", false },
	{ "025-00000001", "电话 025000000019", false },
	{ "025-00000001", "02,5000,00001", false },
	{ "025-00000001", "025\n00000001", false },                        /* two lines */
	{ "025-00000001", "M0 2.5 0.0 00 000 01", false },                 /* a drawing */
	{ "025-00000001", "0 2 5 0 0 0 0 0 0 0 1", true },
	{ "0086 139 1234 5678", "13912345678", true },
	{ "+86-25-00000001", "025-00000001", true },
	{ "025-68886123、13912345678", "139-1234-5678", true },
	{ "025-68886123转801", "025 68886123", true },
	{ "000-00000000", "00000000000", false },                          /* no number, but what is filled in */
	{ "000-00000000", "电话000-00000000", true },
	{ "shili@example.org", "ｓｈｉｌｉ＠ＥＸＡＭＰＬＥ．ｏｒｇ", true },
	{ "shili@example.org", "shili (at) example.org", true },
	{ "shili@example.org", "shi.li.example.org", false },
	{ "欧阳丁", "欧 阳·丁", true },
	{ "欧阳丁", "歐陽丁", true },
	{ "欧阳丁", "欧，阳。丁", false },
	{ "欧阳丁", "欧阳\n丁", false },
	{ "欧阳丁", "<td>欧阳</td><td>丁</td>", false },
	{ "多年没有核对过，任意放行", "多年沒有核對過, 任意 放行", true },
};

START_TEST(knows_a_value_by_what_counts)
{
	leak_add(leak, text_from(cases[_i].value), "value");
	ck_assert_msg(scan(cases[_i].text) != cases[_i].is_found, "%s in %s", cases[_i].value, cases[_i].text);
	ck_assert_uint_eq(summary.hits, cases[_i].is_found);
}
END_TEST

/* The place is that of the first character, however much folding has left out before it. */
START_TEST(tells_the_byte)
{
	struct buf page;
	buf_init(&page, BUF_LIMIT_PAGE);
	leak_add(leak, TEXT(NAME), "name");
	for (int i = 0; i < 3000; i++)
		buf_string(&page, i % 7 ? "<p>，字</p>" : "蘇　.");
	struct text place = text_format(arena, "at byte %zu ", page.size);
	buf_string(&page, "蘇州示例宏晟輪胎有限公司");
	ck_assert(!scan(page.at));
	ck_assert(is_said(text_string(arena, place)));
	ck_assert(is_said("name（写法不同）"));
	buf_clear(&page);
}
END_TEST

/* ---- sources --------------------------------------------------------------------- */

static struct leak_source text_source(const char *text)
{
	struct text copy = text_from(text);
	return (struct leak_source){ .text = copy, .place = { sources_add(sources, TEXT("about.md"), copy, "UTF-8"), 0, 0 }, .what = "text", .is_prose = true };
}

START_TEST(tells_a_find_at_its_source)
{
	leak_add(leak, TEXT(NAME), "name");
	leak_add(leak, TEXT(CODE), "code");
	leak_add_source(leak, text_source("# 说明\n\n据 苏州示例宏晟\u3000轮胎有限公司(示例) 反映\n"));
	ck_assert(!scan("<p>" NAME "</p><title>蘇州示例宏晟輪胎有限公司</title>" CODE));
	ck_assert(is_said("about.md:3:3: error: text for the public holds a confidential name（写法不同） ('苏州…'); public files show it at 2 places [leak-source]"));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_LEAK_SOURCE), 1);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_LEAK), 1); /* the code, which no source has */
	ck_assert_uint_eq(summary.hits, 3);
}
END_TEST

/* A cell that does not stand in its file as it is: the row. */
START_TEST(tells_the_row_of_a_cell)
{
	struct text file = TEXT("a,b\n1,\"x \"\"y\"\"\"\n");
	uint32_t number = sources_add(sources, TEXT("ledger.csv"), file, "UTF-8");
	leak_add(leak, TEXT(CODE), "code");
	leak_add_source(leak, (struct leak_source){ .text = TEXT("x \"" CODE "\""), .place = { number, 4, 15 }, .what = "说明", .is_within = true });
	ck_assert(!scan("nothing"));
	ck_assert(is_said("ledger.csv:2:1: error: 说明 for the public holds a confidential code ('91…'); public files show it at 0 places"));
}
END_TEST

static const struct {
	const char *text;
	unsigned shortened, judged;
} prose[] = {
	{ "宏晟轮胎", 1, 0 },
	{ "宏 晟 輪胎", 1, 0 },
	{ "宏晟轮胎和宏晟轮胎", 2, 0 },
	{ "宏晟；轮胎", 0, 0 },
	{ "乙方机械", 0, 0 },            /* stands in a listed name */
	{ "工业网络", 0, 0 },            /* a word of the trade */
	{ "大家科技", 0, 0 },            /* three are called so */
	{ NAME, 0, 0 },                 /* an error tells of it */
	{ NAME "未达标", 0, 1 },
	{ "南京乙方机械厂\n仍未達標，得分六成", 0, 2 },
	{ "南京乙方机械厂。\n\n未达标的不公布", 0, 0 },
	{ "- 南京乙方机械厂\n- 未达标的不公布", 0, 0 },
	{ "| 南京乙方机械厂 |\n| 不符合 |", 0, 0 },
	{ "宏晟轮胎退出", 1, 1 },
	{ "未达标的企业不公布，得分也不公布", 0, 0 },
};

START_TEST(warns_of_what_may_mean_somebody)
{
	leak_add(leak, TEXT(NAME), "name");
	leak_allow(leak, TEXT("南京乙方机械厂"));
	leak_add_mention(leak, TEXT("南京乙方机械厂"));
	leak_add_mention(leak, TEXT(NAME));
	leak_add_short_name(leak, TEXT("宏晟轮胎"));
	leak_add_short_name(leak, TEXT("乙方机械"));
	leak_add_short_name(leak, TEXT("工业网络"));
	for (int i = 0; i < 3; i++)
		leak_add_short_name(leak, TEXT("大家科技"));
	leak_know_word(leak, TEXT("工业网络划分区域"));
	leak_add_source(leak, text_source(prose[_i].text));
	scan("nothing");
	ck_assert_uint_eq(diag_count_of(diag, DIAG_LEAK_SHORTENED), prose[_i].shortened);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_LEAK_JUDGEMENT), prose[_i].judged);
}
END_TEST

/* A row about an enterprise need not name it. */
START_TEST(warns_of_judgements_in_rows)
{
	struct leak_source source = text_source("现场核查得分不高，一处不符合要求");
	source.is_of_firm = true;
	leak_add_source(leak, source);
	ck_assert(scan("nothing"));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_LEAK_JUDGEMENT), 1);
	ck_assert(is_said("about.md:1:5: warning: text for the public says '得分'"));
}
END_TEST

Suite *publish_leak_fold_suite(void)
{
	Suite *suite = suite_create("publish/leak_fold");
	TCase *tcase = tcase_create("fold");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, knows_a_value_by_what_counts, 0, sizeof cases / sizeof *cases);
	tcase_add_test(tcase, tells_the_byte);
	tcase_add_test(tcase, tells_a_find_at_its_source);
	tcase_add_test(tcase, tells_the_row_of_a_cell);
	tcase_add_loop_test(tcase, warns_of_what_may_mean_somebody, 0, sizeof prose / sizeof *prose);
	tcase_add_test(tcase, warns_of_judgements_in_rows);
	suite_add_tcase(suite, tcase);
	return suite;
}
