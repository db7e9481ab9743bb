/* SPDX-License-Identifier: MIT
 *
 * What a terminal is shown of characters that would steer it, class by class.
 */
#include "base/plain.h"

#include <check.h>

#include "base/buf.h"
#include "base/utf8.h"

Suite *base_plain_suite(void);

enum { STAYS, BLANK, DOT };

/* First and last of a range, all of one fate; what lies between the ranges stays. */
static const struct {
	uint32_t first, last;
	int fate;
} ranges[] = {
	{ 0x00, 0x08, DOT },     { 0x09, 0x0D, BLANK },   { 0x0E, 0x1F, DOT },     { 0x20, 0x7E, STAYS },   { 0x7F, 0x84, DOT },
	{ 0x85, 0x85, BLANK },   { 0x86, 0x9F, DOT },     { 0xA0, 0x61B, STAYS },  { 0x61C, 0x61C, DOT },   { 0x61D, 0x200D, STAYS },
	{ 0x200E, 0x200F, DOT }, { 0x2010, 0x2027, STAYS }, { 0x2028, 0x2029, BLANK }, { 0x202A, 0x202E, DOT }, { 0x202F, 0x2065, STAYS },
	{ 0x2066, 0x206F, DOT }, { 0x2070, 0xD7FF, STAYS }, { 0xE000, 0x10FFFF, STAYS },
};

START_TEST(every_character_by_its_class)
{
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		for (uint32_t c = ranges[i].first; c <= ranges[i].last; c++) {
			uint32_t want = ranges[i].fate == STAYS ? c : ranges[i].fate == BLANK ? ' ' : PLAIN_DOT;
			ck_assert_msg(plain_character(c) == want, "U+%04X", (unsigned)c);
		}
	ck_assert_uint_eq(plain_character(UTF8_BAD), PLAIN_DOT);
}
END_TEST

static const struct {
	const char *text, *line, *lines;
} cases[] = {
	{ "江苏 plain, ok", "江苏 plain, ok", "江苏 plain, ok" },
	{ "a\x1b[31mRED", "a·[31mRED", "a·[31mRED" },
	{ "甲\xc2\x9b" "31m乙", "甲·31m乙", "甲·31m乙" },
	{ "a\tb\nc\r\n", "a b c  ", "a\tb\nc \n" },
	{ "x\u202egnp.exe", "x·gnp.exe", "x·gnp.exe" },
	{ "x\u2066y\u2069\u061c\u200e", "x·y···", "x·y···" },
	{ "one\u2028two\xc2\x85" "three", "one two three", "one two three" },
	{ "a\x9b\xff\xe6\x98z", "a····z", "a····z" },
	{ "del\x7f\b", "del··", "del··" },
};

START_TEST(one_line_or_many)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	plain_write(&buf, text_from(cases[_i].text));
	ck_assert_str_eq(buf.at, cases[_i].line);
	int columns = 0;
	for (size_t offset = 0; offset < buf.size;)
		columns += utf8_width(utf8_next(buf_view(&buf), &offset));
	ck_assert_int_eq(plain_columns(text_from(cases[_i].text)), columns);
	buf_reset(&buf);
	plain_write_lines(&buf, text_from(cases[_i].text));
	ck_assert_str_eq(buf.at, cases[_i].lines);
	buf_clear(&buf);
}
END_TEST

Suite *base_plain_suite(void)
{
	Suite *suite = suite_create("base/plain");
	TCase *tcase = tcase_create("plain");
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, every_character_by_its_class);
	tcase_add_loop_test(tcase, one_line_or_many, 0, (int)(sizeof cases / sizeof *cases));
	suite_add_tcase(suite, tcase);
	return suite;
}
