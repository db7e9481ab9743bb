/* SPDX-License-Identifier: MIT */
#include "doc/seek.h"

#include <check.h>

Suite *doc_seek_suite(void);

START_TEST(finds_words_in_their_order)
{
	struct seek seek = { .text = TEXT("a b a b c") };
	ck_assert_uint_eq(seek_next(&seek, TEXT("a")), 0);
	ck_assert_uint_eq(seek_next(&seek, TEXT("a")), 4);
	ck_assert_uint_eq(seek_next(&seek, TEXT("c")), 8);
	/* Behind the last there is none: the first, as when only one was looked for. */
	ck_assert_uint_eq(seek_next(&seek, TEXT("b")), 2);
	ck_assert_uint_eq(seek_next(&seek, TEXT("b")), 6);
	ck_assert_uint_eq(seek_next(&seek, TEXT("")), 9);
}
END_TEST

START_TEST(gives_up_on_what_is_written_otherwise)
{
	struct seek seek = { .text = TEXT("a &amp; b") };
	for (int i = 0; i < 99; i++)
		ck_assert_uint_eq(seek_next(&seek, TEXT("& b")), 9);
	ck_assert_uint_eq(seek_next(&seek, TEXT("b")), 8);
	ck_assert_uint_eq(seek_next(&seek, TEXT("& b")), 9);
	ck_assert_uint_eq(seek_next(&seek, TEXT("a")), 9);
}
END_TEST

Suite *doc_seek_suite(void)
{
	Suite *suite = suite_create("doc/seek");
	TCase *tcase = tcase_create("seek");
	tcase_add_test(tcase, finds_words_in_their_order);
	tcase_add_test(tcase, gives_up_on_what_is_written_otherwise);
	suite_add_tcase(suite, tcase);
	return suite;
}
