/* SPDX-License-Identifier: MIT
 *
 * Numbers of documents that left, and what the register's lines about them must say.
 */
#include "build/issued.h"

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/chain.h"
#include "base/diag.h"
#include "base/file.h"
#include "build/record.h"
#include "build/run.h"
#include "check/recorded.h"
#include "model/choice.h"

Suite *build_issued_suite(void);

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

static const char *const numbers[][2] = {
	{ "2021-3F9A12C4", "2021-3F9A12C4更1" }, { "2021-3F9A12C4更1", "2021-3F9A12C4更2" }, { "2021-BG更9", "2021-BG更10" },
	{ "2021-BG-GK", "2021-BG-GK更1" }, { "", "更1" }, { "2021-BG更", "2021-BG更更1" },
};

START_TEST(counts_replacements)
{
	struct text next = issued_next_number(arena, text_from(numbers[_i][0]));
	ck_assert(text_is(next, numbers[_i][1]));
}
END_TEST

START_TEST(numbers_a_copy)
{
	char room[COPY_NUMBER_SIZE], again[COPY_NUMBER_SIZE];
	struct text number = copy_number(2021, TEXT("91320500XX00000000"), room);
	ck_assert_uint_eq(number.size, 13);
	ck_assert(text_starts(number, "2021-"));
	ck_assert(text_equal(number, copy_number(2021, TEXT("91320500XX00000000"), again)));
	ck_assert(!text_equal(number, copy_number(2021, TEXT("91320500XX00000010"), again)));
}
END_TEST

/* ---- lines ---------------------------------------------------------------------------- */

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static struct recorded_document document(void)
{
	return (struct recorded_document){
		.code = TEXT("report"), .number = TEXT("2021-BG更1"), .date = TEXT("2021-12-20"), .sha256 = TEXT(HASH),
		.was = TEXT("2021-BG"), .was_sha256 = TEXT(OTHER), .reason = TEXT(RECORDED_BY_LEDGER),
	};
}

/* The line of such documents, read back. */
static size_t read_back(struct recorded_document *documents, size_t count, struct recorded **lines)
{
	char path[] = "/tmp/xingji-issued-XXXXXX";
	int file = mkstemp(path);
	const struct recorded line = { .event = EVENT_REPLACED, .documents = documents, .document_count = count };
	const struct chain_event event = { .day = { 2021, 12, 20 }, .kind = choice_xml(SET_EVENT, EVENT_REPLACED),
					   .write = record_write_replaced, .context = &line };
	struct chain chain;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	chain_init(&chain, arena, NO_TEXT);
	chain_write(&chain, &event, &buf);
	ck_assert(write(file, buf.at, buf.size) == (ssize_t)buf.size);
	close(file);
	buf_clear(&buf);
	const struct reader reader = { .arena = arena, .sources = sources, .diag = diag };
	size_t read = recorded_read(&reader, path, lines);
	unlink(path);
	return read;
}

START_TEST(reads_what_it_writes)
{
	struct recorded_document written[] = { document(), document() };
	struct recorded *lines;
	ck_assert_uint_eq(read_back(written, 2, &lines), 1);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 0);
	ck_assert_uint_eq(lines[0].document_count, 2);
	const struct recorded_document *found = &lines[0].documents[1];
	for (size_t i = 0; i < RECORDED_DOCUMENT_FIELDS; i++)
		ck_assert(text_equal(recorded_value(found, &recorded_document_fields[i]),
				     recorded_value(&written[1], &recorded_document_fields[i])));
	ck_assert_int_eq(date_compare(found->day, (struct date){ 2021, 12, 20 }), 0);
}
END_TEST

/* One member that a document cannot have. */
static const struct {
	const char *key, *value;
} wrong[] = {
	{ "code", "" }, { "number", "" }, { "date", "2021-12-32" }, { "date", "" }, { "sha256", "" }, { "sha256", HASH "0" },
	{ "sha256", "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef" }, { "was", "" },
	{ "was", "2021-BG更1" /* itself */ }, { "was_sha256", "" }, { "was_sha256", "x" },
	{ "number", "00000000000000000000000000000000000000000000000000000000000000000" /* 65 */ },
};

START_TEST(refuses_what_it_could_not_go_by)
{
	struct recorded_document written = document();
	struct recorded *lines;
	for (size_t i = 0; i < RECORDED_DOCUMENT_FIELDS; i++)
		if (text_is(text_from(recorded_document_fields[i].key), wrong[_i].key))
			*recorded_member(&written, &recorded_document_fields[i]) = text_from(wrong[_i].value);
	read_back(&written, 1, &lines);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 1);
}
END_TEST

START_TEST(refuses_a_line_of_none)
{
	struct recorded *lines;
	read_back(NULL, 0, &lines);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 1);
}
END_TEST

Suite *build_issued_suite(void)
{
	Suite *suite = suite_create("build/issued");
	TCase *tcase = tcase_create("issued");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, counts_replacements, 0, (int)(sizeof numbers / sizeof *numbers));
	tcase_add_test(tcase, numbers_a_copy);
	tcase_add_test(tcase, reads_what_it_writes);
	tcase_add_loop_test(tcase, refuses_what_it_could_not_go_by, 0, (int)(sizeof wrong / sizeof *wrong));
	tcase_add_test(tcase, refuses_a_line_of_none);
	suite_add_tcase(suite, tcase);
	return suite;
}
