/* SPDX-License-Identifier: MIT
 *
 * The preview's lists of problems: true totals, whose they are, and what was mended.
 */
#include "commands/problem_change.h"

#include <check.h>

#include "base/arena.h"
#include "base/buf.h"
#include "check/owner.h"

Suite *commands_problems_suite(void);

static struct arena *arena;
static struct sources *sources;
static struct diag *diag;
static struct buf out;
static struct diag_entry *entries;

static void set_up(void)
{
	arena = arena_new();
	sources = sources_new(arena);
	diag = diag_new(arena, sources);
	buf_init(&out, BUF_LIMIT_PAGE);
}

static void tear_down(void)
{
	buf_clear(&out);
	arena_free(arena);
}

/* "x\n" so many times, each line of which is complained of; of the further ones that only their number is told. */
static void complain(struct text name, size_t lines, size_t more)
{
	char *text = arena_alloc(arena, 2 * lines + 1);
	for (size_t i = 0; i < lines; i++)
		memcpy(text + 2 * i, "x\n", 2);
	uint32_t number = sources_add(sources, name, (struct text){ text, 2 * lines }, "UTF-8");
	for (uint32_t i = 0; i < lines; i++)
		DIAG(diag, DIAG_VERIFY_EXTRA, .span = { number, 2 * i, 2 * i + 1 }, .a = TEXT("<b>"));
	for (size_t i = 0; i < more; i++)
		ck_assert(diag_count_more(diag, DIAG_VERIFY_EXTRA, (struct diag_args){ .span = { number, 0, 1 }, .a = TEXT("<b>") }));
}

static struct problem_page page_of(size_t total)
{
	size_t count = diag_entries(diag, LANGUAGE_CHINESE, arena, &entries);
	return (struct problem_page){ .language = LANGUAGE_CHINESE, .entries = entries, .count = count, .total = total, .prefix = "p" };
}

#define HAS(part) ck_assert_msg(strstr(out.at, (part)) != NULL, "%s in %s", (part), out.at)
#define HAS_NOT(part) ck_assert_msg(strstr(out.at, (part)) == NULL, "%s in %s", (part), out.at)

static size_t count_of(const char *part)
{
	size_t count = 0;
	for (const char *at = strstr(out.at, part); at; at = strstr(at + 1, part))
		count++;
	return count;
}

START_TEST(equal_ones_are_one_entry_with_their_true_total)
{
	complain(TEXT("a.csv"), 6, 4);
	complain(TEXT("b.csv"), 1, 0);
	const struct problem_page page = page_of(11);
	problem_page_write(&page, &out);
	HAS("<h2>a.csv <span class=\"counts\"><span class=\"error\">10 错误</span>");
	HAS("<h2>b.csv <span class=\"counts\"><span class=\"error\">1 错误</span>");
	HAS("共 10 处");
	HAS("<summary>其余 7 处</summary>");
	HAS("另有 4 处只计了数");
	HAS_NOT("没有逐处列出");
	ck_assert_uint_eq(count_of("<b class=\"spot\">"), 7);
	HAS("&lt;b&gt;");
	HAS_NOT("<b>\"");
}
END_TEST

START_TEST(what_is_only_counted_is_nobodys_where_several_share_it)
{
	complain(TEXT("a.csv"), 3, 4);
	struct problem_page page = page_of(7);
	const struct owner owners[] = { { .kind = OWNER_AGENCY, .code = TEXT("J1"), .name = TEXT("示例<机构>") },
					{ .kind = OWNER_CITY, .code = TEXT("2"), .name = TEXT("乙市") },
					{ .kind = OWNER_CITY, .code = TEXT("1"), .name = TEXT("甲市") } };
	page.owners = owners;
	problem_page_write(&page, &out);
	HAS("<h2>甲市 <span class=\"counts\"><span class=\"error\">1 错误</span>");
	HAS("<h2>示例&lt;机构&gt; <span class=\"counts\"><span class=\"error\">1 错误</span>");
	HAS("另有 4 处只计了数，没有逐处列出");
	ck_assert(strstr(out.at, "<h2>甲市") < strstr(out.at, "<h2>乙市"));
	ck_assert(strstr(out.at, "<h2>乙市") < strstr(out.at, "<h2>示例"));
}
END_TEST

START_TEST(further_kinds_of_value_open)
{
	struct text file = TEXT("a b c d e f g\n");
	uint32_t number = sources_add(sources, TEXT("a.csv"), file, "UTF-8");
	for (uint32_t i = 0; i < 7; i++)
		DIAG(diag, DIAG_VERIFY_EXTRA, .span = { number, 2 * i, 2 * i + 1 }, .a = text_slice(file, 2 * i, 1));
	const struct problem_page page = page_of(7);
	problem_page_write(&page, &out);
	HAS("<summary>同类的另外 2 项</summary>");
	ck_assert_uint_eq(count_of("<div class=\"said\">"), 7);
	ck_assert_uint_eq(count_of("<details"), count_of("</details>"));
}
END_TEST

START_TEST(nothing_is_written_for_nothing)
{
	const struct problem_page page = page_of(0);
	problem_page_write(&page, &out);
	ck_assert_uint_eq(out.size, 0);
}
END_TEST

START_TEST(changes_count_each_as_often_as_it_stands)
{
	struct buf then, now, mended, appeared;
	struct buf *all[] = { &then, &now, &mended, &appeared };
	for (size_t i = 0; i < 4; i++)
		buf_init(all[i], BUF_LIMIT_PAGE);
	complain(TEXT("a.csv"), 3, 0);
	struct problem_page page = page_of(3);
	problem_change_keep(&page, &then);
	page.count = 1;
	problem_change_keep(&page, &now);
	DIAG(diag, DIAG_VERIFY_MISSING, .a = TEXT("<i>"));
	page = page_of(4);
	problem_change_new(buf_view(&then), entries, page.count);
	ck_assert_uint_eq(problem_change_new(buf_view(&then), entries, page.count), 1);
	ck_assert_uint_eq(entries[0].kind, DIAG_VERIFY_MISSING);
	page.count = 1;
	problem_change_keep(&page, &now);
	problem_change_without(buf_view(&then), buf_view(&now), &mended);
	problem_change_without(buf_view(&now), buf_view(&then), &appeared);
	problem_change_write(LANGUAGE_CHINESE, buf_view(&mended), buf_view(&appeared), &out);
	HAS("已改好 2 项，新出现 1 项");
	HAS("&lt;i&gt;");
	problem_change_write(LANGUAGE_ENGLISH, NO_TEXT, NO_TEXT, &out);
	HAS("nothing has changed");
	for (size_t i = 0; i < 4; i++)
		buf_clear(all[i]);
}
END_TEST

START_TEST(numbers_of_persons_are_masked)
{
	struct text file = TEXT("11010519491231002X\n");
	uint32_t number = sources_add(sources, TEXT("a.csv"), file, "UTF-8");
	DIAG(diag, DIAG_VERIFY_EXTRA, .span = { number, 0, 18 }, .a = text_slice(file, 0, 18));
	struct problem_page page = page_of(1);
	problem_page_write(&page, &out);
	problem_change_keep(&page, &out);
	HAS("110105***");
	HAS_NOT("19491231");
}
END_TEST

Suite *commands_problems_suite(void)
{
	Suite *suite = suite_create("commands/problems");
	TCase *tcase = tcase_create("lists");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, equal_ones_are_one_entry_with_their_true_total);
	tcase_add_test(tcase, what_is_only_counted_is_nobodys_where_several_share_it);
	tcase_add_test(tcase, further_kinds_of_value_open);
	tcase_add_test(tcase, nothing_is_written_for_nothing);
	tcase_add_test(tcase, changes_count_each_as_often_as_it_stands);
	tcase_add_test(tcase, numbers_of_persons_are_masked);
	suite_add_tcase(suite, tcase);
	return suite;
}
