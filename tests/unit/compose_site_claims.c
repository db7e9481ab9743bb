/* SPDX-License-Identifier: MIT
 *
 * What site.xml says by itself: its titles, the words of menus, and what its queries hold between quotes.
 */
#include "compose/site_claims.h"

#include <check.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "theme/site.h"

Suite *compose_site_claims_suite(void);

#define FILE_TEXT "<page title=\"达标最多的企业\" menu=\"名单\"/>select '最高级别', '没有' -- 最低\n as \"最少\", 'x''均'"

static struct span find_span(struct text text, const char *part)
{
	size_t at = text_find(text, text_from(part));
	ck_assert_uint_lt(at, text.size);
	return (struct span){ 1, (uint32_t)at, (uint32_t)(at + strlen(part)) };
}

static struct text words_in(struct text text, struct span span)
{
	return text_slice(text, span.start, span.end - span.start);
}

START_TEST(titles_and_literals_are_heard)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	struct text text = text_from(FILE_TEXT);
	ck_assert_uint_eq(sources_add(sources, TEXT("site.xml"), text, "UTF-8"), 1);
	struct span title = find_span(text, "达标最多的企业"), menu = find_span(text, "名单");
	struct span sql = find_span(text, "select '最高级别', '没有' -- 最低\n as \"最少\", 'x''均'");
	struct site_query query = { .name = TEXT("q"), .sql = words_in(text, sql), .span = sql };
	struct site_page page = { .title = words_in(text, title), .title_span = title, .menu = words_in(text, menu),
				  .menu_span = menu, .repeat = query };
	struct site site = { .pages = &page, .page_count = 1, .queries = &query, .query_count = 1 };
	site_claims_check(diag, &site);
	struct buf out;
	buf_init(&out, BUF_LIMIT_PAGE);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_CHINESE, &out);
	static const char *const wanted[] = { "site.xml:1:16: 警告: “最多”", "site.xml:1:50: 警告: “没有”",
					      "site.xml:2:15: 警告: “均”" };
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		ck_assert_msg(text_contains(buf_view(&out), text_from(wanted[i])), "%s in %s", wanted[i], out.at);
	ck_assert_msg(diag_count_of(diag, DIAG_CLAIM_UNBOUND) == 3, "%s", out.at); /* of the query, once */
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

Suite *compose_site_claims_suite(void)
{
	Suite *suite = suite_create("compose/site_claims");
	TCase *tcase = tcase_create("all");
	tcase_add_test(tcase, titles_and_literals_are_heard);
	suite_add_tcase(suite, tcase);
	return suite;
}
