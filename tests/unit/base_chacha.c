/* SPDX-License-Identifier: MIT */
#include "base/chacha.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *base_chacha_suite(void);

/* RFC 8439, 2.4.2: the key 00 01 … 1f, the number 00 00 00 00 00 00 00 4a 00 00 00 00, the first block the second. */
static const struct chacha given = {
	.key = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
		 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 },
	.number = { 0, 0, 0, 0, 0, 0, 0, 0x4a },
	.block = 1,
};
static const char sentence[] = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
			       "future, sunscreen would be it.";
static const char wanted[] = "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0b"
			     "f91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d8"
			     "07ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab7793736"
			     "5af90bbf74a35be6b40b8eedf2785e42874d";

START_TEST(is_the_stream_of_the_standard)
{
	char mixed[sizeof sentence - 1], hex[2 * sizeof mixed + 1];
	chacha_mix(&given, sentence, mixed, sizeof mixed);
	for (size_t i = 0; i < sizeof mixed; i++)
		snprintf(hex + 2 * i, 3, "%02x", (unsigned char)mixed[i]);
	ck_assert_str_eq(hex, wanted);
}
END_TEST

/* However many bytes: what four blocks at a time gives is what one at a time gives, and mixed again it is as it was. */
START_TEST(is_the_same_block_by_block)
{
	enum { MOST = 1100 };
	char text[MOST], whole[MOST], parts[MOST];
	for (size_t i = 0; i < MOST; i++)
		text[i] = (char)(i * 7);
	for (size_t size = 0; size <= MOST; size++) {
		struct chacha one = given;
		chacha_mix(&given, text, whole, size);
		for (size_t at = 0; at < size; at += 64, one.block++)
			chacha_mix(&one, text + at, parts + at, size - at < 64 ? size - at : 64);
		ck_assert_mem_eq(whole, parts, size);
		chacha_mix(&given, whole, whole, size);
		ck_assert_mem_eq(whole, text, size);
	}
}
END_TEST

Suite *base_chacha_suite(void)
{
	Suite *suite = suite_create("base/chacha");
	TCase *tcase = tcase_create("chacha");
	tcase_add_test(tcase, is_the_stream_of_the_standard);
	tcase_add_test(tcase, is_the_same_block_by_block);
	suite_add_tcase(suite, tcase);
	return suite;
}
