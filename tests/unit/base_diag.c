/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include <check.h>

#include "base/arena.h"
#include "base/buf.h"

Suite *base_diag_suite(void);

static struct arena *arena;
static struct sources *sources;
static struct diag *diag;

static void set_up(void)
{
	arena = arena_new();
	sources = sources_new(arena);
	diag = diag_new(arena, sources);
}

static void tear_down(void)
{
	arena_free(arena);
}

static void expect_output(enum diag_format format, enum diag_language language, const char *wanted)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_write(diag, format, language, &buf);
	ck_assert_str_eq(buf.at, wanted);
	buf_clear(&buf);
}

START_TEST(carets_align_under_chinese_and_tabs)
{
	struct text file = TEXT("a,b\n主机甲\t\"Łódź\",2024-13-01,ok\n");
	uint32_t number = sources_add(sources, TEXT("data/hosts.csv"), file, "UTF-8");
	struct text cell = text_slice(file, text_find(file, TEXT("2024")), 10);
	DIAG(diag, DIAG_VERIFY_DIFFERS, .span = span_of(sources, number, cell), .a = TEXT("x"));
	expect_output(DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH,
		      "data/hosts.csv:2:12: error: file 'x' differs from the manifest [verify-differs]\n"
		      "    主机甲\t\"Łódź\",2024-13-01,ok\n"
		      "          \t       ^^^^^^^^^^\n"
		      "    hint: the file was changed after the build: build again, or find out who changed it\n");
}
END_TEST

START_TEST(sorts_and_drops_repeats)
{
	uint32_t b = sources_add(sources, TEXT("b.csv"), TEXT("xx\nyy\n"), "UTF-8");
	uint32_t a = sources_add(sources, TEXT("a.csv"), TEXT("zz\n"), "UTF-8");
	DIAG(diag, DIAG_VERIFY_EXTRA, .span = { b, 3, 5 }, .a = TEXT("two"));
	DIAG(diag, DIAG_VERIFY_EXTRA, .span = { b, 0, 2 }, .a = TEXT("one"));
	DIAG(diag, DIAG_VERIFY_EXTRA, .span = { b, 3, 5 }, .a = TEXT("two"));
	DIAG(diag, DIAG_VERIFY_EXTRA, .span = { a, 0, 2 }, .a = TEXT("zero"));
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_write(diag, DIAG_FORMAT_CSV, LANGUAGE_ENGLISH, &buf);
	const char *zero = strstr(buf.at, "a.csv,1,1"), *one = strstr(buf.at, "b.csv,1,1"), *two = strstr(buf.at, "b.csv,2,1");
	ck_assert(zero && one && two && zero < one && one < two);
	ck_assert_ptr_null(strstr(two + 1, "b.csv,2,1"));
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 3);
	buf_clear(&buf);
}
END_TEST

START_TEST(writes_json_lines)
{
	uint32_t number = sources_add(sources, TEXT("a.csv"), TEXT("x\"y\n"), "UTF-8");
	DIAG(diag, DIAG_VERIFY_EXTRA, .span = { number, 1, 3 }, .a = TEXT("f"));
	expect_output(DIAG_FORMAT_JSONL, LANGUAGE_ENGLISH,
		      "{\"code\":\"verify-extra\",\"severity\":\"error\",\"file\":\"a.csv\",\"line\":1,\"column\":2,\"text\":\"\\\"y\","
		      "\"message\":\"file 'f' is not in the manifest\",\"remedy\":\"move the extra file away before publishing\"}\n");
}
END_TEST

START_TEST(travels_between_processes)
{
	struct buf records;
	buf_init(&records, BUF_LIMIT_PAGE);
	DIAG(diag, DIAG_LEAK, .a = TEXT("f.html"), .b = TEXT("name"), .c = TEXT("甲"), .n = 7, .participation = 3);
	diag_export(diag, &records);
	struct diag *other = diag_new(arena, sources);
	ck_assert(diag_import(other, buf_view(&records)));
	ck_assert_uint_eq(diag_count_of(other, DIAG_LEAK), 1);
	ck_assert(diag_touches(other, 2) && !diag_touches(other, 3));
	ck_assert(!diag_has_general_error(other));
	ck_assert(!diag_import(other, text_slice(buf_view(&records), 0, records.size - 1)));
	buf_clear(&records);
}
END_TEST

START_TEST(every_row_is_whole)
{
	for (int kind = 0; kind < (int)DIAG_KINDS; kind++) {
		const struct diag_row *row = diag_row((enum diag_kind)kind);
		ck_assert(row->code && *row->code);
		ck_assert_ptr_eq(diag_find(text_from(row->code)), row);
		for (int language = 0; language < 2; language++) {
			ck_assert_msg(row->message[language] && *row->message[language], "%s", row->code);
			ck_assert_msg(row->remedy[language] && *row->remedy[language], "%s", row->code);
		}
		size_t size = strlen(row->message[LANGUAGE_ENGLISH]);
		ck_assert_msg(row->message[LANGUAGE_ENGLISH][size - 1] != '.', "%s: no full stop", row->code);
	}
}
END_TEST

Suite *base_diag_suite(void)
{
	Suite *suite = suite_create("base/diag");
	TCase *tcase = tcase_create("diag");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, carets_align_under_chinese_and_tabs);
	tcase_add_test(tcase, sorts_and_drops_repeats);
	tcase_add_test(tcase, writes_json_lines);
	tcase_add_test(tcase, travels_between_processes);
	tcase_add_test(tcase, every_row_is_whole);
	suite_add_tcase(suite, tcase);
	return suite;
}
