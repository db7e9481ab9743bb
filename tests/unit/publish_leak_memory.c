/* SPDX-License-Identifier: MIT
 *
 * What a scan may pass over because an earlier one found it clean, and what it must not.  (That a value is found in
 * every way of writing it where it is hunted for the first time: publish_leak.c.)
 */
#include "publish/leak_memory.h"

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "publish/leak.h"
#include "publish/output.h"

Suite *publish_leak_memory_suite(void);

#define NOTE "泵房控制器的远程维护口令多年没有更换（示例）"
#define OTHER "配电室工程师站未安装主机防护软件（示例）"
#define PAGE "<!DOCTYPE html><p>名单里的企业都按同一规则评定，规则见评定方法。</p>"

static struct arena *arena;
static struct diag *diag;
static char root[] = "/tmp/xingji-memory-XXXXXX";
static struct leak_memory memory;
static struct buf notes;
static uint64_t known; /* values of the last scan that are no leak */

static void set_up(void)
{
	arena = arena_new();
	diag = diag_new(arena, sources_new(arena));
	strcpy(root + strlen(root) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
	leak_memory_init(&memory, arena, TEXT("one"));
	buf_init(&notes, BUF_LIMIT_FILE);
}

static void tear_down(void)
{
	leak_memory_clear(&memory);
	buf_clear(&notes);
	file_remove_tree(root);
	arena_free(arena);
}

/* Scans a site of one page; what is remembered goes into the notes where it is clean. */
static bool scan(struct leak *leak, const char *page)
{
	const struct output_options options = { .folder = file_join(arena, root, TEXT("out/2021")) };
	struct output *output = output_open(arena, &options, diag);
	struct leak_summary summary;
	ck_assert_ptr_nonnull(output);
	ck_assert(output_write(output, TEXT("public/a.html"), text_from(page)));
	leak_remember(leak, &memory);
	bool is_clean = leak_scan(leak, output, diag, &summary);
	ck_assert_uint_eq(summary.bytes, strlen(page));
	known = summary.known;
	buf_reset(&notes);
	leak_memory_write(&memory, &notes);
	output_close(output);
	leak_free(leak);
	return is_clean;
}

/* The next run. */
static void go_on(const char *program)
{
	leak_memory_clear(&memory);
	leak_memory_init(&memory, arena, text_from(program));
	leak_memory_read(&memory, buf_view(&notes));
}

static struct leak *leak_of(const char *value)
{
	struct leak *leak = leak_new(arena);
	leak_remember(leak, &memory);
	leak_add_remark(leak, text_from(value), "note", 1);
	return leak;
}

START_TEST(what_cannot_stand_there_is_not_looked_for)
{
	ck_assert(scan(leak_of(NOTE), PAGE));
	ck_assert(!memory.is_used);
	go_on("one");
	ck_assert(scan(leak_of(NOTE), PAGE));
	ck_assert(memory.is_used);
	go_on("one");
	ck_assert(scan(leak_of(OTHER), PAGE));
	ck_assert(memory.is_used);
}
END_TEST

START_TEST(what_is_added_is_found)
{
	ck_assert(scan(leak_of(OTHER), PAGE NOTE));
	go_on("one");
	ck_assert(!scan(leak_of(NOTE), PAGE NOTE));
	ck_assert(!memory.is_used);
	ck_assert_uint_eq(notes.size, 0);
}
END_TEST

/* A name over the end of a line that the scan took for a piece (leak_piece.h), wherever that falls, and known or not. */
START_TEST(what_goes_on_in_the_next_line_is_found)
{
	const char *line = text_format(arena, "<p>%.*s南京示例凯顺\n环保设备</p>\n", 36 + _i,
				       "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ").at;
	const char *page = text_format(arena, "%s%s%s", line, line, PAGE).at;
	ck_assert(scan(leak_of(OTHER), page));
	go_on("one");
	struct leak *leak = leak_new(arena);
	leak_add(leak, TEXT("南京示例凯顺环保设备"), "name");
	ck_assert(!scan(leak, page));
	ck_assert(!memory.is_used);
}
END_TEST

START_TEST(what_changed_is_looked_at)
{
	ck_assert(scan(leak_of(NOTE), PAGE));
	go_on("one");
	ck_assert(!scan(leak_of(NOTE), PAGE NOTE));
	ck_assert(memory.is_used);
	ck_assert_uint_eq(notes.size, 0);
}
END_TEST

/* Of what was hunted and stands nowhere only that is known; what is new is looked for. */
START_TEST(what_was_hunted_is_not_hunted_again)
{
	ck_assert(scan(leak_of(OTHER), PAGE));
	go_on("one");
	ck_assert(scan(leak_of(OTHER), PAGE));
	ck_assert(memory.is_recalled);
	go_on("one");
	struct leak *leak = leak_of(OTHER);
	leak_add_remark(leak, TEXT(NOTE), "note", 1);
	ck_assert(scan(leak, PAGE));
	ck_assert(memory.is_recalled);
	go_on("one");
	ck_assert(scan(leak_of(NOTE), PAGE)); /* in turn, whatever is remembered */
	memory.looks_at_all = true;
	go_on("one");
	memory.looks_at_all = true;
	ck_assert(scan(leak_of(NOTE), PAGE));
	ck_assert(!memory.is_recalled && !memory.is_used);
}
END_TEST

/* A new value may stand in what was searched: then everything is searched, for everything. */
START_TEST(what_may_stand_is_looked_for_with_all_others)
{
	struct leak *leak = leak_of(OTHER);
	leak_know_page(leak, TEXT(PAGE));
	ck_assert(scan(leak, PAGE NOTE));
	go_on("one");
	leak = leak_of(OTHER);
	leak_know_page(leak, TEXT(PAGE));
	leak_add_remark(leak, TEXT(NOTE), "note", 1);
	ck_assert(!scan(leak, PAGE NOTE));
	ck_assert(!memory.is_recalled && !memory.is_used);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_LEAK), 1);
}
END_TEST

static struct leak *leak_beside(const char *value, const char *source)
{
	struct leak *leak = leak_of(value);
	leak_add_source(leak, (struct leak_source){ .text = text_from(source), .what = "text", .is_within = true });
	return leak;
}

START_TEST(a_text_is_searched_for_what_is_new)
{
	ck_assert(scan(leak_beside(OTHER, PAGE NOTE), PAGE));
	go_on("one");
	struct leak *leak = leak_beside(OTHER, PAGE NOTE);
	leak_add_remark(leak, TEXT(NOTE), "note", 1);
	ck_assert(!scan(leak, PAGE));
}
END_TEST

START_TEST(a_text_that_changed_is_searched_for_all)
{
	ck_assert(scan(leak_beside(OTHER, PAGE), PAGE));
	go_on("one");
	ck_assert(!scan(leak_beside(OTHER, PAGE OTHER), PAGE));
}
END_TEST

/* What is hunted in spite of nothing stays so, and what is no leak is counted as before. */
START_TEST(what_pages_say_stays_no_leak)
{
	for (int run = 0; run < 3; run++) {
		struct leak *leak = leak_of(OTHER);
		leak_add_remark(leak, TEXT(OTHER), "note", 2);
		if (run < 2)
			leak_know_page(leak, TEXT(OTHER));
		ck_assert_int_eq(scan(leak, PAGE OTHER), run < 2);
		ck_assert_int_eq(memory.is_recalled, run == 1);
		ck_assert_uint_eq(known, run < 2);
		go_on("one");
	}
}
END_TEST

/* A sentence of one alone is hunted in spite of the pages; of two it was not. */
START_TEST(a_value_of_other_owners_is_another)
{
	struct leak *leak = leak_of(NOTE NOTE);
	leak_add_remark(leak, TEXT(NOTE NOTE), "note", 2);
	leak_know_page(leak, TEXT(NOTE NOTE));
	ck_assert(scan(leak, PAGE NOTE NOTE));
	go_on("one");
	leak = leak_of(NOTE NOTE);
	leak_know_page(leak, TEXT(NOTE NOTE));
	ck_assert(!scan(leak, PAGE NOTE NOTE));
}
END_TEST

START_TEST(what_was_allowed_is_looked_for_when_it_is_not)
{
	struct leak *leak = leak_new(arena);
	leak_add(leak, TEXT("南京示例机电有限公司"), "name");
	leak_allow(leak, TEXT("南京示例机电有限公司"));
	ck_assert(scan(leak, PAGE "南京示例机电有限公司"));
	go_on("one");
	leak = leak_new(arena);
	leak_add(leak, TEXT("南京示例机电有限公司"), "name");
	ck_assert(!scan(leak, PAGE "南京示例机电有限公司"));
}
END_TEST

START_TEST(of_others_nothing_is_known)
{
	ck_assert(scan(leak_of(NOTE), PAGE));
	struct text whole = text_copy(arena, buf_view(&notes));
	go_on("two");
	ck_assert(scan(leak_of(NOTE), PAGE));
	ck_assert(!memory.is_used);
	for (size_t size = 0; size < whole.size; size += whole.size / 50 + 1) {
		buf_reset(&notes);
		buf_text(&notes, text_slice(whole, 0, size));
		go_on("one");
		ck_assert(scan(leak_of(NOTE), PAGE));
		ck_assert(!memory.is_used);
	}
}
END_TEST

Suite *publish_leak_memory_suite(void)
{
	Suite *suite = suite_create("publish/leak_memory");
	TCase *tcase = tcase_create("memory");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, what_cannot_stand_there_is_not_looked_for);
	tcase_add_test(tcase, what_is_added_is_found);
	tcase_add_loop_test(tcase, what_goes_on_in_the_next_line_is_found, 0, 16);
	tcase_add_test(tcase, what_changed_is_looked_at);
	tcase_add_test(tcase, what_was_hunted_is_not_hunted_again);
	tcase_add_test(tcase, what_may_stand_is_looked_for_with_all_others);
	tcase_add_test(tcase, a_text_is_searched_for_what_is_new);
	tcase_add_test(tcase, a_text_that_changed_is_searched_for_all);
	tcase_add_test(tcase, what_pages_say_stays_no_leak);
	tcase_add_test(tcase, a_value_of_other_owners_is_another);
	tcase_add_test(tcase, what_was_allowed_is_looked_for_when_it_is_not);
	tcase_add_test(tcase, of_others_nothing_is_known);
	suite_add_tcase(suite, tcase);
	return suite;
}
