/* SPDX-License-Identifier: MIT
 *
 * With what a new year begins, and that its folder is made whole or not at all.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "build/begin.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"

Suite *build_begin_suite(void);

static struct arena *arena;
static char folder[32];

static void start(void)
{
	arena = arena_new();
	strcpy(folder, "/tmp/xingji-begin-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void finish(void)
{
	file_remove_tree(folder);
	arena_free(arena);
}

static const char *path_of(const char *name)
{
	return file_join(arena, folder, text_from(name));
}

static void put(const char *name, const char *bytes)
{
	ck_assert_int_eq(file_write(path_of(name), text_from(bytes), 0600), 0);
}

static struct begin begin;

static bool make(int64_t year)
{
	struct sources *sources = sources_new(arena);
	const struct begin_place place = {
		.arena = arena, .sources = sources, .diag = diag_new(arena, sources), .data = folder, .year = year,
	};
	return begin_year(&place, &begin);
}

static struct text bytes_of(const char *name)
{
	for (size_t i = 0; i < begin.count; i++)
		if (text_is(begin.files[i].name, name))
			return begin.files[i].bytes;
	ck_abort_msg("%s is not made", name);
	return NO_TEXT;
}

static void equals(const char *name, const char *want)
{
	struct text got = bytes_of(name);
	ck_assert_msg(text_is(got, want), "%s: %.*s", name, TEXT_ARGS(got));
}

/* Last year's campaign, and the same for the year after. */
static const struct {
	const char *from, *want;
	int dates;
} campaigns[] = {
	{ "<campaign year='2021' title='2021年、2021年度'><!-- 2021 --></campaign>",
	  "<campaign year='2022' title='2022年、2022年度'><!-- 2021 --></campaign>", 0 },
	{ "<?xml version=\"1.0\"?>\n<campaign  year=\"2021\"><stage id=\"a\" deadline = \"2021-09-10\"/><stage/></campaign>",
	  "\n<campaign  year=\"2022\"><stage id=\"a\" deadline = \"待填\"/><stage/></campaign>", 1 },
	{ "<campaign year=\"2021\"><publication state=\"公布\" proposed=\"2021-11-20\"\n date=\"2021-11-30\" credit-code=\"hidden\""
	  " objection-until=\"2021-11-27\"/></campaign>",
	  "<campaign year=\"2022\"><publication state=\"拟公布\"\n date=\"待填\" credit-code=\"hidden\" objection-until=\"待填\"/></campaign>", 2 },
	{ "<campaign year=\"2021\"><publication document-number=\"x〔2021〕1号\" icp=\"a\" contact=\"b\" licence=\"c\"/></campaign>",
	  "<campaign year=\"2022\"><publication icp=\"a\" contact=\"b\" licence=\"c\"/></campaign>", 0 },
	{ "<campaign year=\"2021\" notice=\"2021-08-20\" publisher=\"p\"/>",
	  "<campaign year=\"2022\" notice=\"待填\" publisher=\"p\"/>", 1 },
	/* An address that names last year names this; what all years share stays. */
	{ "<campaign year=\"2021\"><publication base-url=\"https://a.lan/s/2021/\"/></campaign>",
	  "<campaign year=\"2022\"><publication base-url=\"https://a.lan/s/2022/\"/></campaign>", 0 },
	{ "<campaign year=\"2021\"><publication base-url=\"https://a.lan/2020/s/\"/></campaign>",
	  "<campaign year=\"2022\"><publication base-url=\"https://a.lan/2020/s/\"/></campaign>", 0 },
	/* What this program does not know stays too. */
	{ "<campaign year=\"2021\" x=\"2021-01-01\"><round id=\"a\"/><track id=\"ics\" model=\"m&amp;1\"/></campaign>",
	  "<campaign year=\"2022\" x=\"2021-01-01\"><round id=\"a\"/><track id=\"ics\" model=\"m&amp;1\"/></campaign>", 0 },
};

START_TEST(follows_last_year)
{
	ck_assert_int_eq(file_make_folder(path_of("2021"), 0700), 0);
	put("2021/campaign.xml", campaigns[_i].from);
	ck_assert(make(2022));
	struct text want = text_format(arena, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>%s%s",
				       campaigns[_i].want[0] == '\n' ? "" : "\n", campaigns[_i].want);
	equals("campaign.xml", want.at);
	ck_assert_int_eq(begin.from, 2021);
	ck_assert_int_eq(begin.dates, campaigns[_i].dates);
	/* An earlier year does not begin with a later one. */
	ck_assert(make(2020));
	ck_assert_int_eq(begin.from, 0);
}
END_TEST

START_TEST(keeps_what_stays)
{
	ck_assert_int_eq(file_make_folder(path_of("2021"), 0700), 0);
	put("2021/campaign.xml", "<campaign year=\"2021\"/>");
	put("2021/agencies.csv", "编号;服务承诺书日期;名称;地区;电话\nJG1;2021-08-01; 甲，机构 ;苏州;'+86 1\nJG2;;\"乙\"\"机构\";南京;\n");
	put("2021/cities.csv", "规上企业数,设区市\n120,苏州市\n");
	ck_assert(make(2022));
	equals("agencies.csv", "\xEF\xBB\xBF机构代码,机构名称,设区市,省级支撑机构,服务承诺书日期,联系人,联系电话\r\n"
	       "JG1,甲，机构,苏州,,,,\"'+86 1\"\r\nJG2,\"乙\"\"机构\",南京,,,,\r\n");
	equals("cities.csv", "\xEF\xBB\xBF设区市,规模以上工业企业数,参培目标数\r\n苏州市,,\r\n");
	equals("ledger.csv", "\xEF\xBB\xBF日期,统一社会信用代码,参培类型,类别,更正后级别,企业名称,公开说明,内部备注\r\n");
	ck_assert_uint_eq(bytes_of("results/").size, 0);
}
END_TEST

START_TEST(refuses_a_campaign_that_cannot_be_read)
{
	ck_assert_int_eq(file_make_folder(path_of("2021"), 0700), 0);
	put("2021/campaign.xml", "<campaign year=\"2021\">");
	ck_assert(!make(2022));
}
END_TEST

/* ---- the folder ------------------------------------------------------------------------- */

static const struct folder_file files[] = { { TEXT_INIT("a.csv"), TEXT_INIT("one\n") }, { TEXT_INIT("results/"), { NULL, 0 } } };

static size_t names_in(const char *path)
{
	struct text *names;
	size_t count;
	ck_assert_int_eq(file_list(arena, path, NULL, &names, &count), 0);
	return count;
}

START_TEST(is_made_at_once)
{
	/* What a killed run left is ours to take away. */
	ck_assert_int_eq(file_make_folder(path_of(".2022.next"), 0700), 0);
	put(".2022.next/half", "h");
	ck_assert_int_eq(folder_make(arena, path_of("2022"), files, 2), 0);
	ck_assert_uint_eq(names_in(folder), 1);
	ck_assert_uint_eq(names_in(path_of("2022")), 2);
	ck_assert(file_is_folder(path_of("2022/results")));
}
END_TEST

START_TEST(never_replaces)
{
	ck_assert_int_eq(file_make_folder(path_of("2022"), 0700), 0);
	put("2023", "a file");
	ck_assert_int_eq(symlink("nowhere", path_of("2024")), 0);
	ck_assert_int_eq(folder_make(arena, path_of("2022"), files, 2), EEXIST);
	ck_assert_int_eq(folder_make(arena, path_of("2023/"), files, 2), EEXIST);
	ck_assert_int_eq(folder_make(arena, path_of("2024"), files, 2), EEXIST);
	ck_assert_uint_eq(names_in(path_of("2022")), 0);
	ck_assert_uint_eq(names_in(folder), 3);
}
END_TEST

START_TEST(leaves_nothing_behind)
{
	static const struct folder_file wrong[] = { { TEXT_INIT("a.csv"), TEXT_INIT("one\n") }, { TEXT_INIT("no/b"), { NULL, 0 } } };
	ck_assert_int_eq(folder_make(arena, path_of("2022"), wrong, 2), ENOENT);
	ck_assert_uint_eq(names_in(folder), 0);
	ck_assert_int_eq(folder_make(arena, path_of("no/2022"), files, 2), ENOENT);
}
END_TEST

Suite *build_begin_suite(void)
{
	Suite *suite = suite_create("build/begin");
	TCase *tests = tcase_create("begin");
	tcase_add_checked_fixture(tests, start, finish);
	tcase_add_loop_test(tests, follows_last_year, 0, sizeof campaigns / sizeof *campaigns);
	tcase_add_test(tests, keeps_what_stays);
	tcase_add_test(tests, refuses_a_campaign_that_cannot_be_read);
	tcase_add_test(tests, is_made_at_once);
	tcase_add_test(tests, never_replaces);
	tcase_add_test(tests, leaves_nothing_behind);
	suite_add_tcase(suite, tests);
	return suite;
}
