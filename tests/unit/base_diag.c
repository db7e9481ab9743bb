/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

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

/* Two complaints are one only if they say the same in everything. */
START_TEST(keeps_what_differs_in_one_thing)
{
	uint32_t file = sources_add(sources, TEXT("a.csv"), TEXT("zz\nyy\n"), "UTF-8");
	const struct diag_args said = { .span = { file, 0, 2 }, .other = { file, 3, 5 }, .a = TEXT("a"), .b = TEXT("b"), .c = TEXT("c"), .d = TEXT("d"),
					.offending = TEXT("o"), .n = 5, .participation = 1, .also = { 2 } };
	struct diag_args others[] = { said, said, said, said, said, said, said, said, said, said, said, said };
	others[0].span.start = 1;
	others[1].span.end = 1;
	others[2].other.start = 4;
	others[3].other.end = 4;
	others[4].a = others[5].b = others[6].c = others[7].d = others[8].offending = TEXT("x");
	others[9].n = 6;
	others[10].participation = 3;
	others[11].also[1] = 3;
	diag_report(diag, DIAG_ENTERPRISE_UNKNOWN, said);
	diag_report(diag, DIAG_ENTERPRISE_UNKNOWN, said);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		diag_report(diag, DIAG_ENTERPRISE_UNKNOWN, others[i]);
		diag_report(diag, DIAG_ENTERPRISE_UNKNOWN, others[i]);
		ck_assert_uint_eq(diag_count_of(diag, DIAG_ENTERPRISE_UNKNOWN), i + 2);
	}
	diag_report(diag, DIAG_PARTICIPATION_UNKNOWN, said);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), sizeof others / sizeof *others + 2);
}
END_TEST

START_TEST(writes_json_lines)
{
	uint32_t number = sources_add(sources, TEXT("a.csv"), TEXT("x\"y\n"), "UTF-8");
	DIAG(diag, DIAG_VERIFY_EXTRA, .span = { number, 1, 3 }, .a = TEXT("f"));
	expect_output(DIAG_FORMAT_JSONL, LANGUAGE_ENGLISH,
		      "{\"code\":\"verify-extra\",\"severity\":\"error\",\"file\":\"a.csv\",\"line\":1,\"column\":2,\"text\":\"\\\"y\","
		      "\"message\":\"file 'f' is not in the manifest\",\"remedy\":\"move the extra file away before publishing\","
		      "\"cell\":\"\",\"heading\":\"\",\"enterprise\":\"\"}\n");
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

static char *as_text(struct diag *from, enum diag_format format)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_write(from, format, LANGUAGE_ENGLISH, &buf);
	char *text = text_string(arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

enum { MANY = DIAG_SHOWN_MOST + 500, INHERITED = 15000, TASKS = 6, EACH = 4000 };

/* Warnings of every task, every second also of the next one; one error in the last task; one note that all repeat. */
static void run_task(struct diag *to, int task)
{
	for (int i = 0; i < EACH; i++)
		DIAG(to, DIAG_FILE_NO_ROWS, .n = INHERITED + (i % 2 ? task : task + 1) * EACH + i);
	DIAG(to, DIAG_CSV_HEADER_AGAIN, .a = TEXT("said by all"));
	if (task == TASKS - 1)
		DIAG(to, DIAG_VERIFY_EXTRA, .a = TEXT("only here"));
}

static void inherit(struct diag *to)
{
	for (int i = 0; i < INHERITED; i++)
		DIAG(to, DIAG_FILE_NO_ROWS, .n = i);
	DIAG(to, DIAG_VERIFY_MISSING, .a = TEXT("known before"));
}

/* As forked workers do it: each has what was known before, takes every jobs-th task, and sends home what is new. */
static struct diag *run_workers(int jobs)
{
	struct diag *home = diag_new(arena, sources);
	struct buf records;
	inherit(home);
	buf_init(&records, BUF_LIMIT_PAGE);
	for (int worker = jobs; worker-- > 0;) {
		struct diag *own = diag_new(arena, sources);
		inherit(own);
		diag_export_from_here(own);
		for (int task = worker; task < TASKS; task += jobs)
			run_task(own, task);
		buf_reset(&records);
		diag_export(own, &records);
		ck_assert(diag_import(home, buf_view(&records)));
	}
	buf_clear(&records);
	return home;
}

START_TEST(says_the_same_for_any_number_of_workers)
{
	struct diag *alone = diag_new(arena, sources);
	inherit(alone);
	for (int task = 0; task < TASKS; task++)
		run_task(alone, task);
	const char *want = as_text(alone, DIAG_FORMAT_CSV);
	ck_assert_ptr_nonnull(strstr(want, "file 'only here'"));
	ck_assert_uint_eq(diag_count(alone, SEVERITY_WARNING), INHERITED + TASKS * EACH);
	for (int jobs = 1; jobs <= TASKS; jobs++) {
		struct diag *home = run_workers(jobs);
		ck_assert_str_eq(as_text(home, DIAG_FORMAT_CSV), want);
		for (int severity = SEVERITY_NOTE; severity <= SEVERITY_WORLD; severity++)
			ck_assert_uint_eq(diag_count(home, (enum diag_severity)severity), diag_count(alone, (enum diag_severity)severity));
	}
}
END_TEST

START_TEST(a_worker_sends_only_what_is_its_own)
{
	struct buf records;
	buf_init(&records, BUF_LIMIT_PAGE);
	inherit(diag);
	diag_export_from_here(diag);
	diag_export(diag, &records);
	ck_assert_uint_eq(records.size, 0);
	DIAG(diag, DIAG_VERIFY_MISSING, .a = TEXT("known before"));
	diag_export(diag, &records);
	ck_assert_uint_eq(records.size, 0);
	ck_assert_uint_eq(diag_errors_told(diag), 2);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 1);
	DIAG(diag, DIAG_VERIFY_MISSING, .a = TEXT("news"));
	diag_export(diag, &records);
	struct diag *other = diag_new(arena, sources);
	ck_assert(diag_import(other, buf_view(&records)));
	ck_assert_uint_eq(diag_count(other, SEVERITY_ERROR), 1);
	buf_clear(&records);
}
END_TEST

START_TEST(lists_the_first_warnings_and_every_error)
{
	for (int i = MANY; i-- > 0;) {
		DIAG(diag, DIAG_CSV_ROW_TOO_SHORT, .n = i);
		DIAG(diag, DIAG_CSV_ROW_TOO_LONG, .n = i);
		DIAG(diag, DIAG_CSV_ROW_TOO_SHORT, .n = i);
	}
	DIAG(diag, DIAG_CSV_ROW_TOO_SHORT, .n = MANY - 1); /* counted only, and said again */
	const char *text = as_text(diag, DIAG_FORMAT_TEXT);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_WARNING), MANY);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), MANY);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_NOTE), 0);
	ck_assert_ptr_nonnull(strstr(text, "warning: 0 rows are shorter"));
	ck_assert_ptr_nonnull(strstr(text, text_format(arena, "warning: %d rows are shorter", DIAG_SHOWN_MOST - 1).at));
	ck_assert_ptr_null(strstr(text, text_format(arena, "warning: %d rows are shorter", DIAG_SHOWN_MOST).at));
	ck_assert_ptr_nonnull(strstr(text, text_format(arena, "error: the row has %d cells,", MANY - 1).at));
	const char *rest = strstr(text, "note: 500 more warnings, 0 more notes and 0 more errors are not listed (of warnings and notes the first 20000 are), but counted [more-not-listed]\n");
	ck_assert_ptr_nonnull(rest);
	struct diag_line *lines;
	size_t count = diag_list(diag, LANGUAGE_ENGLISH, arena, &lines);
	ck_assert_uint_eq(count, MANY + DIAG_SHOWN_MOST + 1);
	ck_assert(text_is(lines[count - 1].code, "more-not-listed"));
}
END_TEST

/* Whoever was first: the order is by what is said. */
START_TEST(order_does_not_depend_on_who_came_first)
{
	struct diag *other = diag_new(arena, sources);
	for (int i = 0; i < 12; i++) {
		DIAG(diag, DIAG_CSV_ROW_TOO_LONG, .n = i, .participation = i % 3);
		DIAG(other, DIAG_CSV_ROW_TOO_LONG, .n = 11 - i, .participation = (11 - i) % 3);
	}
	ck_assert_str_eq(as_text(diag, DIAG_FORMAT_JSONL), as_text(other, DIAG_FORMAT_JSONL));
}
END_TEST

START_TEST(values_do_not_steer_the_terminal)
{
	struct text file = TEXT("x,\xc2\x9b" "31m\u202e\x1b\xff\ty\n");
	uint32_t number = sources_add(sources, TEXT("a\x1b[2J\xc2\x9b" ".csv"), file, "UTF-8");
	DIAG(diag, DIAG_VERIFY_DIFFERS, .span = { number, 2, 12 }, .a = TEXT("f\n0 errors\u2028\u2066\xff\b"));
	expect_output(DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH,
		      "a·[2J·.csv:1:3: error: file 'f 0 errors ···' differs from the manifest [verify-differs]\n"
		      "    x,·31m···\ty\n"
		      "      ^^^^^^^\n"
		      "    hint: the file was changed after the build: build again, or find out who changed it\n");
}
END_TEST

/* The same data under a name that was typed in another way: sorted and written alike. */
START_TEST(folders_may_be_typed_in_any_way)
{
	static const char *const typed[][2] = { { "data", "content" }, { "./data/", "/srv/a/content" }, { "/z/data", "." }, { "/a//", "/a/content/" } };
	char *first = NULL;
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		struct sources *files = sources_new(arena);
		struct diag *own = diag_new(arena, files);
		struct buf buf;
		buf_init(&buf, BUF_LIMIT_PAGE);
		sources_root(files, "data", typed[i][0]);
		sources_root(files, "content", typed[i][1]);
		const char *data_slash = text_ends(text_from(typed[i][0]), "/") ? "" : "/", *slash = text_ends(text_from(typed[i][1]), "/") ? "" : "/";
		uint32_t b = sources_add(files, text_format(arena, "%s%s2021/b.csv", typed[i][0], data_slash), TEXT("bb\n"), "UTF-8");
		uint32_t a = sources_add(files, text_format(arena, "%s%s1.md", typed[i][1], slash), TEXT("aa\n"), "UTF-8");
		DIAG(own, DIAG_CSV_HEADING_TWICE, .span = { b, 0, 2 }, .other = { a, 0, 1 }, .a = TEXT("x"));
		DIAG(own, DIAG_CSV_HEADING_TWICE, .span = { a, 0, 2 }, .other = { b, 0, 1 }, .a = TEXT("./y"));
		DIAG(own, DIAG_FILE_UNREADABLE, .a = text_format(arena, "%s%sremarks", typed[i][1], slash));
		for (int format = DIAG_FORMAT_TEXT; format <= DIAG_FORMAT_JSONL; format++)
			diag_write_inside(own, (enum diag_format)format, LANGUAGE_ENGLISH, &buf);
		ck_assert(text_contains(buf_view(&buf), TEXT("(also data/2021/b.csv:1:1)")) && text_contains(buf_view(&buf), TEXT("'content/remarks'")));
		ck_assert(text_contains(buf_view(&buf), TEXT("'./y'")));
		if (first)
			ck_assert_str_eq(buf.at, first);
		else
			first = text_string(arena, buf_view(&buf));
		ck_assert_ptr_nonnull(strstr(as_text(own, DIAG_FORMAT_TEXT), text_format(arena, "\n%s%s2021/b.csv:1:1: ", typed[i][0], data_slash).at));
		buf_clear(&buf);
	}
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

/* Reasons of the system are told in the language of the message. */
START_TEST(reasons_have_two_languages)
{
	struct buf buf;
	DIAG(diag, DIAG_FILE_UNWRITABLE, .a = TEXT("out"), .b = file_reason(ENOSPC));
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_CHINESE, &buf);
	ck_assert(text_contains(buf_view(&buf), TEXT("“out”：磁盘已满")));
	ck_assert(!text_contains(buf_view(&buf), TEXT("disk is full")));
	buf_reset(&buf);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &buf);
	ck_assert(text_contains(buf_view(&buf), TEXT("'out': the disk is full [")));
	ck_assert(!text_contains(buf_view(&buf), TEXT("磁盘")));
	buf_clear(&buf);
}
END_TEST

/* A file of one long line, as programs write XML: going through it for every place would take minutes. */
START_TEST(counts_a_long_line_once)
{
	enum { SIZE = 8 << 20, PLACES = 20000 };
	char *line = memory_resize(NULL, SIZE);
	for (size_t i = 0; i < SIZE; i += 4)
		memcpy(line + i, "\xE6\xA0\xB9,", 4);
	uint32_t number = sources_add(sources, TEXT("a.xml"), (struct text){ line, SIZE }, "UTF-8");
	for (uint32_t i = 1; i < PLACES; i++) {
		uint32_t start = i * (SIZE / PLACES / 4) * 4;
		struct place place = place_of(sources, (struct span){ number, start, start + 3 });
		struct place other = place_of(sources, (struct span){ number, 8, 11 });
		ck_assert_uint_eq(place.column, 1 + start / 2);
		ck_assert_uint_eq(other.column, 5);
		ck_assert_uint_eq(place.line_text.size, SIZE);
		struct buf shown;
		buf_init(&shown, BUF_LIMIT_PAGE);
		place_write_caret(&shown, &place);
		ck_assert(text_contains(buf_view(&shown), TEXT("^^\n")));
		buf_clear(&shown);
	}
	free(line);
}
END_TEST

/* ---- equal ones ------------------------------------------------------------------------------ */

/* A file of rows, and where in it the n-th row (from 0) has its second cell. */
static struct span second_cell(uint32_t number, uint32_t row)
{
	return (struct span){ number, row * 4 + 2, row * 4 + 3 };
}

START_TEST(equal_ones_are_one_entry_with_the_true_number)
{
	uint32_t number = sources_add(sources, TEXT("a.csv"), TEXT("a,x\nb,x\nc,y\nd,x\ne,x\n"), "UTF-8");
	for (uint32_t row = 0; row < 5; row++)
		DIAG(diag, DIAG_FIELD_NOT_DATE, .span = second_cell(number, row), .a = TEXT("day"));
	ck_assert(diag_count_more(diag, DIAG_FIELD_NOT_DATE, (struct diag_args){ .span = second_cell(number, 4), .a = TEXT("day") }));
	ck_assert(!diag_count_more(diag, DIAG_FIELD_NOT_DATE, (struct diag_args){ .span = second_cell(number, 4), .a = TEXT("other") }));
	const char *text = as_text(diag, DIAG_FORMAT_TEXT);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 7);
	ck_assert_ptr_nonnull(strstr(text, "a.csv:1:3: error"));
	ck_assert_ptr_nonnull(strstr(text, "    5 in all: 1:3, 2:3, 4:3 …\n"));
	ck_assert_ptr_nonnull(strstr(text, "a.csv:3:3: error"));
	ck_assert_ptr_null(strstr(text, "a.csv:2:3: error"));
	ck_assert_ptr_null(strstr(text, "more-not-listed"));
	const char *each = as_text(diag, DIAG_FORMAT_JSONL);
	ck_assert_ptr_nonnull(strstr(each, "\"line\":5,"));
	ck_assert_ptr_nonnull(strstr(each, "0 more notes and 1 more errors are not listed"));
}
END_TEST

/* A list that was written and goes on: the places before are known, the new ones are found, before and between them. */
START_TEST(places_that_come_later)
{
	static const uint32_t order[] = { 3, 1, 0, 4, 2 };
	uint32_t number = sources_add(sources, TEXT("a.csv"), TEXT("a,x\nb,x\nc,y\nd,x\ne,x\n"), "UTF-8");
	for (uint32_t i = 0; i < 5; i++) {
		DIAG(diag, DIAG_FIELD_NOT_DATE, .span = second_cell(number, order[i]), .a = TEXT("day"));
		const char *each = as_text(diag, DIAG_FORMAT_JSONL);
		for (uint32_t j = 0; j < 5; j++) {
			const char *line = text_format(arena, "\"line\":%u,\"column\":3", order[j] + 1).at;
			ck_assert_int_eq(strstr(each, line) != NULL, j <= i);
		}
	}
}
END_TEST

START_TEST(equal_values_in_two_columns_are_two)
{
	uint32_t number = sources_add(sources, TEXT("a.csv"), TEXT("a,x\nb,x\n"), "UTF-8");
	DIAG(diag, DIAG_CSV_QUOTE_UNTERMINATED, .span = second_cell(number, 0), .column = 2);
	DIAG(diag, DIAG_CSV_QUOTE_UNTERMINATED, .span = second_cell(number, 1), .column = 3);
	ck_assert_ptr_null(strstr(as_text(diag, DIAG_FORMAT_TEXT), "in all"));
}
END_TEST

START_TEST(encodings_are_one_line_for_all_files)
{
	for (int i = 0; i < 5; i++)
		DIAG(diag, DIAG_ENCODING_CHOSEN, .a = TEXT("GB18030"),
		     .span = { .source = sources_add(sources, text_format(arena, "%d.csv", i), TEXT("x\n"), "GB18030") });
	const char *text = as_text(diag, DIAG_FORMAT_TEXT);
	ck_assert_ptr_nonnull(strstr(text, "    5 in all: 0.csv, 1.csv, 2.csv …\n"));
	ck_assert_ptr_null(strstr(text, "\n1.csv"));
}
END_TEST

/* What another table lacks is one fault, however many files refer to it; each file that can be named is. */
START_TEST(what_is_missing_is_told_once_for_all_files)
{
	static const enum diag_kind kinds[] = { DIAG_ITEM_UNKNOWN, DIAG_AGENCY_UNKNOWN, DIAG_ENTERPRISE_UNKNOWN,
						DIAG_PARTICIPATION_UNKNOWN };
	uint32_t files[4];
	for (int i = 0; i < 4; i++)
		files[i] = sources_add(sources, text_format(arena, "%d.csv", i), TEXT("x,x\nx,x\nx,x\n"), "UTF-8");
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		diag = diag_new(arena, sources);
		bool is_agency = kinds[k] == DIAG_AGENCY_UNKNOWN;
		for (int i = 0; i < 4; i++)
			for (uint32_t at = 0; at < 12; at += 4)
				DIAG(diag, kinds[k], .span = { files[i], at, at + 1 }, .a = is_agency ? text_format(arena, "heading %d", i) : TEXT("x"),
				     .b = TEXT("y"), .n = is_agency || kinds[k] == DIAG_ITEM_UNKNOWN ? 0 : i);
		DIAG(diag, kinds[k], .span = { files[3], 6, 7 }, .a = TEXT("z"), .b = is_agency ? TEXT("z") : TEXT("y"));
		const char *text = as_text(diag, DIAG_FORMAT_TEXT);
		ck_assert_msg(strstr(text, "    12 in all: 1:1, 2:1, 1.csv:1:1 …\n") != NULL, "%s", text);
		ck_assert_ptr_null(strstr(text, "13 in all"));
	}
}
END_TEST

/* Up to DIAG_HEAP_LEAST different values in a column are slips and told each; one more, and the column is wrong. */
START_TEST(a_column_that_is_not_understood_is_one_entry)
{
	for (int values = 20; values <= 21; values++) {
		struct buf cells;
		buf_init(&cells, BUF_LIMIT_PAGE);
		for (int i = 0; i < values; i++)
			buf_format(&cells, "a,%02d\na,%02d\n", i, i);
		diag = diag_new(arena, sources);
		uint32_t number = sources_add(sources, TEXT("a.xml"), text_copy(arena, buf_view(&cells)), "UTF-8");
		for (uint32_t i = 0; i < 2 * (uint32_t)values; i++)
			DIAG(diag, DIAG_FIELD_NOT_DATE, .span = { number, 5 * i + 2, 5 * i + 4 }, .a = TEXT("日期"));
		DIAG(diag, DIAG_FIELD_NOT_DATE, .span = { number, 2, 4 }, .a = TEXT("别的日期"));
		const char *text = as_text(diag, DIAG_FORMAT_TEXT);
		bool is_heap = values > 20;
		ck_assert_int_eq(strstr(text, "    42 in all: 1:3, 2:3, 3:3 …; each says something else") != NULL, is_heap);
		ck_assert_int_eq(strstr(text, "    2 in all: 39:3, 40:3\n") != NULL, !is_heap);
		ck_assert_ptr_nonnull(strstr(text, "'别的日期'"));
		ck_assert_ptr_null(strstr(as_text(diag, DIAG_FORMAT_JSONL), "in all"));
		buf_clear(&cells);
	}
}
END_TEST

START_TEST(results_twice_are_one_entry)
{
	uint32_t number = sources_add(sources, TEXT("a.xml"), TEXT("<b/><c/>\n"), "UTF-8");
	for (uint32_t at = 0; at < 8; at += 4)
		DIAG(diag, DIAG_RESULT_TWICE, .span = { number, at, at + 4 });
	ck_assert_ptr_nonnull(strstr(as_text(diag, DIAG_FORMAT_TEXT), "2 in all"));
}
END_TEST

START_TEST(causes_stand_before_what_follows)
{
	static const char *const order[] = { "[file-unwritable]", "[file-missing]", "[csv-row-cut]", "[enterprise-unknown]", "[file-no-rows]", "[csv-header-again]" };
	uint32_t number = sources_add(sources, TEXT("a.csv"), TEXT("xyzabcdef\n"), "UTF-8");
	DIAG(diag, DIAG_CSV_HEADER_AGAIN, .span = { number, 0, 1 });
	DIAG(diag, DIAG_FILE_NO_ROWS, .span = { number, 1, 2 });
	DIAG(diag, DIAG_ENTERPRISE_UNKNOWN, .span = { number, 2, 3 });
	DIAG(diag, DIAG_CSV_ROW_CUT, .span = { number, 3, 4 });
	DIAG(diag, DIAG_FILE_MISSING, .span = { number, 4, 5 });
	DIAG(diag, DIAG_FILE_UNWRITABLE, .span = { number, 5, 6 });
	const char *text = as_text(diag, DIAG_FORMAT_TEXT);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		text = strstr(text, order[i]);
		ck_assert_msg(text, "%s", order[i]);
	}
}
END_TEST

START_TEST(errors_alone)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	DIAG(diag, DIAG_FILE_NO_ROWS, .n = 1);
	diag_write_view(diag, &(struct diag_view){ .is_errors_only = true }, &buf);
	ck_assert_uint_eq(buf.size, 0);
	DIAG(diag, DIAG_FILE_EMPTY, .n = 1);
	diag_write_view(diag, &(struct diag_view){ .is_errors_only = true }, &buf);
	ck_assert(strstr(buf.at, "[file-empty]") && !strstr(buf.at, "[file-no-rows]"));
	buf_clear(&buf);
}
END_TEST

/* In the value, in an argument, in the line shown, cut in two by its end, in every form. */
START_TEST(personal_numbers_are_shown_nowhere)
{
	static const char *const numbers[] = { "32999919900101123X", "13812345678", "138-1234-5678" };
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		for (size_t padding = 60; padding < 84; padding++) {
			struct buf line;
			buf_init(&line, BUF_LIMIT_PAGE);
			buf_string(&line, "x,");
			buf_repeat(&line, 'z', padding);
			buf_format(&line, ",%s,\n", numbers[i]);
			uint32_t number = sources_add(sources, TEXT("a.csv"), text_copy(arena, buf_view(&line)), "UTF-8");
			buf_clear(&line);
			struct diag *own = diag_new(arena, sources);
			DIAG(own, DIAG_VERIFY_DIFFERS, .span = { number, 0, 1 }, .a = text_from(numbers[i]));
			DIAG(own, DIAG_VERIFY_EXTRA, .span = { number, 0, (uint32_t)padding + 21 }, .a = text_from("x"));
			for (int format = DIAG_FORMAT_TEXT; format <= DIAG_FORMAT_JSONL; format++) {
				const char *text = as_text(own, (enum diag_format)format);
				ck_assert_ptr_null(strstr(text, numbers[i]));
				ck_assert_ptr_null(strstr(text, "329999199001"));
				ck_assert_ptr_null(strstr(text, i == 1 ? "1381234" : "138-1234"));
			}
		}
	}
}
END_TEST

Suite *base_diag_suite(void)
{
	Suite *suite = suite_create("base/diag");
	TCase *tcase = tcase_create("diag");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, carets_align_under_chinese_and_tabs);
	tcase_add_test(tcase, sorts_and_drops_repeats);
	tcase_add_test(tcase, keeps_what_differs_in_one_thing);
	tcase_add_test(tcase, writes_json_lines);
	tcase_add_test(tcase, travels_between_processes);
	tcase_add_test(tcase, says_the_same_for_any_number_of_workers);
	tcase_add_test(tcase, a_worker_sends_only_what_is_its_own);
	tcase_add_test(tcase, lists_the_first_warnings_and_every_error);
	tcase_add_test(tcase, order_does_not_depend_on_who_came_first);
	tcase_add_test(tcase, values_do_not_steer_the_terminal);
	tcase_add_test(tcase, folders_may_be_typed_in_any_way);
	tcase_add_test(tcase, every_row_is_whole);
	tcase_add_test(tcase, reasons_have_two_languages);
	tcase_add_test(tcase, counts_a_long_line_once);
	tcase_add_test(tcase, equal_ones_are_one_entry_with_the_true_number);
	tcase_add_test(tcase, places_that_come_later);
	tcase_add_test(tcase, equal_values_in_two_columns_are_two);
	tcase_add_test(tcase, encodings_are_one_line_for_all_files);
	tcase_add_test(tcase, what_is_missing_is_told_once_for_all_files);
	tcase_add_test(tcase, a_column_that_is_not_understood_is_one_entry);
	tcase_add_test(tcase, results_twice_are_one_entry);
	tcase_add_test(tcase, causes_stand_before_what_follows);
	tcase_add_test(tcase, errors_alone);
	tcase_add_test(tcase, personal_numbers_are_shown_nowhere);
	suite_add_tcase(suite, tcase);
	return suite;
}
