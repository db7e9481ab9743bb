/* SPDX-License-Identifier: MIT */
#include "read/input.h"

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "read/encoding.h"

Suite *read_input_suite(void);

static struct arena *arena;

static void start(void)
{
	arena = arena_new();
}

static void finish(void)
{
	arena_free(arena);
}

/* A literal with its size, so that NULs may stand in it. */
#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
	const char *bytes;
	size_t size;
	const char *wanted, *name, *text;
	enum encoding_outcome outcome;
	size_t offset;
} cases[] = {
	{ BYTES(""), NULL, "UTF-8", "", ENCODING_GOOD, 0 },
	{ BYTES("abc"), NULL, "UTF-8", "abc", ENCODING_GOOD, 0 },
	{ BYTES("苏州"), NULL, "UTF-8", "苏州", ENCODING_GOOD, 0 },
	{ BYTES("\xEF\xBB\xBF苏州"), NULL, "UTF-8 BOM", "苏州", ENCODING_GOOD, 0 },
	{ BYTES("\xCB\xD5\xD6\xDD"), NULL, "GB18030", "苏州", ENCODING_GOOD, 0 },
	{ BYTES("\x80\xCB\xD5"), NULL, "GB18030", "€苏", ENCODING_GOOD, 0 },
	{ BYTES("\x81\x80"), NULL, "GB18030", "亐", ENCODING_GOOD, 0 },          /* 80 as second byte is no euro */
	{ BYTES("\x95\x5C\x95\x7C"), NULL, "GB18030", "昞晐", ENCODING_GOOD, 0 }, /* second bytes \ and | */
	{ BYTES("\x81\x30\x84\x36"), NULL, "GB18030", "¥", ENCODING_GOOD, 0 },
	{ BYTES("\x95\x32\x82\x36"), NULL, "GB18030", "𠀀", ENCODING_GOOD, 0 },
	{ BYTES("ab\xCB"), NULL, "UTF-8", NULL, ENCODING_BAD, 2 },
	{ BYTES("ab\xFFyz"), NULL, "UTF-8", NULL, ENCODING_BAD, 2 },
	{ BYTES("苏\xD6\xDD\xFF"), NULL, "GB18030", NULL, ENCODING_BAD, 4 },
	{ BYTES("\xEF\xBB\xBF\xCB\xD5"), NULL, "UTF-8 BOM", NULL, ENCODING_BAD, 3 },
	{ BYTES("ab\0cd"), NULL, "UTF-8", NULL, ENCODING_BINARY, 2 },
	{ BYTES("\xFF\xFE\xCF\x82\x40\xD8\x00\xDC"), NULL, "UTF-16LE", "苏𠀀", ENCODING_GOOD, 0 },
	{ BYTES("\xFE\xFF\x82\xCF"), NULL, "UTF-16BE", "苏", ENCODING_GOOD, 0 },
	{ BYTES("\xFF\xFE\xCF"), NULL, "UTF-16LE", NULL, ENCODING_BAD, 2 },
	{ BYTES("\xFF\xFE\x00\xDC\x41\x00"), NULL, "UTF-16LE", NULL, ENCODING_BAD, 2 },
	{ BYTES("\xFF\xFE\x41\x00\x00\x00"), NULL, "UTF-16LE", NULL, ENCODING_BINARY, 4 },
	{ BYTES("\xCB\xD5"), "gb2312", "GB18030", "苏", ENCODING_GOOD, 0 },
	{ BYTES("\xCB\xD5"), "UTF-8", "UTF-8", NULL, ENCODING_BAD, 0 },
	{ BYTES("\xC2\xA4"), NULL, "UTF-8", "¤", ENCODING_GOOD, 0 },
	{ BYTES("\xC2\xA4"), "GBK", "GB18030", "陇", ENCODING_GOOD, 0 },
	{ BYTES("A\0"), "utf-16le", "UTF-16LE", "A", ENCODING_GOOD, 0 },
	{ BYTES("abc"), "Big5", "Big5", NULL, ENCODING_UNSUPPORTED, 0 },
};

START_TEST(decodes_whole_files)
{
	struct text bytes = { cases[_i].bytes, cases[_i].size };
	struct encoding_result result = encoding_decode(arena, bytes, cases[_i].wanted);
	ck_assert_int_eq(result.outcome, cases[_i].outcome);
	ck_assert_str_eq(result.name, cases[_i].name);
	if (cases[_i].text)
		ck_assert_msg(text_is(result.text, cases[_i].text), "%.*s", TEXT_ARGS(result.text));
	else
		ck_assert_uint_eq(result.offset, cases[_i].offset);
}
END_TEST

START_TEST(finds_declared_encodings)
{
	ck_assert(text_is(encoding_of_xml(TEXT("<?xml version='1.0' encoding=\"GBK\"?><a/>")), "GBK"));
	ck_assert(text_is(encoding_of_xml(TEXT("\xEF\xBB\xBF<?xml version='1.0' encoding = 'utf-8' standalone='yes'?>")), "utf-8"));
	ck_assert_uint_eq(encoding_of_xml(TEXT("<?xml version='1.0'?><a encoding='x'/>")).size, 0);
	ck_assert_uint_eq(encoding_of_xml(TEXT("<a encoding='x'/>")).size, 0);
	ck_assert_uint_eq(encoding_of_xml(TEXT("<?xml encoding=\"")).size, 0);
	ck_assert_uint_eq(encoding_of_xml(TEXT("<?xml encoding")).size, 0);
}
END_TEST

START_TEST(refuses_files_that_are_none)
{
	struct reader reader = { .arena = arena, .sources = sources_new(arena) };
	reader.diag = diag_new(arena, reader.sources);
	ck_assert_uint_eq(input_open(&reader, "/tmp", INPUT_CSV), 0);
	ck_assert_uint_eq(input_open(&reader, "/dev/zero", INPUT_CSV), 0);
	ck_assert_uint_eq(input_open(&reader, "/nowhere/at/all", INPUT_XML), 0);
	ck_assert_uint_eq(diag_count_of(reader.diag, DIAG_FILE_UNREADABLE), 3);
}
END_TEST

/* 2 GB of nothing: a sparse file, refused by its size alone. */
START_TEST(refuses_large_files)
{
	struct reader reader = { .arena = arena, .sources = sources_new(arena) };
	reader.diag = diag_new(arena, reader.sources);
	char path[] = "/tmp/xingji-input-XXXXXX";
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(ftruncate(fd, (off_t)INPUT_LIMIT + 1), 0);
	ck_assert_uint_eq(input_open(&reader, path, INPUT_CSV), 0);
	ck_assert_uint_eq(diag_count_of(reader.diag, DIAG_FILE_TOO_LARGE), 1);
	ck_assert_str_eq(diag_row(DIAG_FILE_TOO_LARGE)->code, "file-too-large");
	close(fd);
	unlink(path);
}
END_TEST

Suite *read_input_suite(void)
{
	Suite *suite = suite_create("read/input");
	TCase *tcase = tcase_create("input");
	tcase_add_checked_fixture(tcase, start, finish);
	tcase_add_loop_test(tcase, decodes_whole_files, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tcase, finds_declared_encodings);
	tcase_add_test(tcase, refuses_files_that_are_none);
	tcase_add_test(tcase, refuses_large_files);
	suite_add_tcase(suite, tcase);
	return suite;
}
