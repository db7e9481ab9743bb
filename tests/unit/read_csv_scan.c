/* SPDX-License-Identifier: MIT
 *
 * The wide scan finds what the plain one finds, wherever in a text and however near to its end.
 */
#include "read/csv_scan.h"

#include <check.h>
#include <stdlib.h>

Suite *read_csv_scan_suite(void);

START_TEST(finds_what_bytes_find)
{
	static const char bytes[] = { ',', ';', '\t', '\n', '\r', 'a', '"', '\xE5',
				      '\x2D', '\x8A', '\xAC', '\0', 'a', 'b', ' ', '\x0B' };
	static const char separators[] = { ',', ';', '\t' };
	uint32_t state = (uint32_t)_i + 1;
	for (size_t size = 0; size < 80; size++) {
		char *text = malloc(size + 1); /* of just this size, so that a sanitizer sees what is read behind it */
		for (size_t i = 0; i < size; i++) {
			state = state * 1664525 + 1013904223;
			text[i] = bytes[state >> 24 & 7 ? 5 + (state >> 16) % 11 : (state >> 16) % 16];
		}
		for (size_t at = 0; at <= size; at++) {
			struct text whole = { text, size };
			char separator = separators[at % 3];
			ck_assert_uint_eq(csv_scan(whole, at, separator), csv_scan_bytes(whole, at, separator));
		}
		free(text);
	}
}
END_TEST

Suite *read_csv_scan_suite(void)
{
	Suite *suite = suite_create("read/csv_scan");
	TCase *tcase = tcase_create("scan");
	tcase_add_loop_test(tcase, finds_what_bytes_find, 0, 20);
	suite_add_tcase(suite, tcase);
	return suite;
}
