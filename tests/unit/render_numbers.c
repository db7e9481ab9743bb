/* SPDX-License-Identifier: MIT
 *
 * Numbers as a PDF has them: as printf and llround would write them.
 */
#include <check.h>
#include <inttypes.h>
#include <stdio.h>

#include "render/haru.h"

Suite *render_numbers_suite(void);

/* The shortest form, with a blank behind. */
static void slowly(char text[64], int64_t units, int digits)
{
	int64_t scale = 1;
	for (int i = 0; i < digits; i++)
		scale *= 10;
	uint64_t rest = units < 0 ? 0 - (uint64_t)units : (uint64_t)units;
	int size = snprintf(text, 64, "%s%" PRIu64, units < 0 ? "-" : "", rest / (uint64_t)scale);
	if (digits)
		size += snprintf(text + size, 64 - (size_t)size, ".%0*" PRIu64, digits, rest % (uint64_t)scale);
	while (digits && text[size - 1] == '0')
		size--;
	size -= digits && text[size - 1] == '.';
	text[size++] = ' ';
	text[size] = '\0';
	char *zero = text + (units < 0);
	if (zero[0] == '0' && zero[1] == '.')
		memmove(zero, zero + 1, strlen(zero));
}

START_TEST(units_have_their_shortest_form)
{
	static const int64_t around[] = { 0, 1, 9, 10, 99, 100, 101, 999, 1000, 5000, 9999, 10000, 12345,
		99999, 100000, 1234567, 99999999, 100000000, 4294967295, 4294967296, 123456789012345, INT64_MAX - 1, INT64_MIN + 1 };
	struct buf buf;
	buf_init(&buf, 1 << 10);
	for (int digits = 0; digits <= 6; digits++)
		for (size_t i = 0; i < sizeof around / sizeof *around; i++)
			for (int step = -1; step <= 1; step++)
				for (int side = -1; side <= 1; side += 2) {
					char want[64];
					const int64_t units = around[i] + step;
					int64_t signed_units = side < 0 ? (int64_t)(0 - (uint64_t)units) : units;
					slowly(want, signed_units, digits);
					buf_reset(&buf);
					haru_write_units(&buf, signed_units, digits);
					ck_assert_str_eq(buf.at, want);
				}
	for (uint64_t number = 0; number <= UINT32_MAX; number = number * 3 / 2 + 1) {
		char want[64];
		snprintf(want, sizeof want, "%" PRIu64, number);
		buf_reset(&buf);
		haru_write_number(&buf, (uint32_t)number);
		ck_assert_str_eq(buf.at, want);
	}
	buf_clear(&buf);
}
END_TEST

START_TEST(rounds_as_llround)
{
	for (int64_t i = -2000; i <= 2000; i++)
		for (int power = 0; power <= 40; power += 8) {
			double value = (double)i * (double)(INT64_C(1) << power) / 8;
			ck_assert_int_eq(haru_round(value), llround(value));
			ck_assert_int_eq(haru_round(nextafter(value, 1e18)), llround(nextafter(value, 1e18)));
			ck_assert_int_eq(haru_round(nextafter(value, -1e18)), llround(nextafter(value, -1e18)));
		}
	static const double large[] = { 1e14, 1e15, 1e16, 4503599627370495.5, 9007199254740993.0, 9e18 };
	for (size_t i = 0; i < sizeof large / sizeof *large; i++) {
		ck_assert_int_eq(haru_round(large[i]), llround(large[i]));
		ck_assert_int_eq(haru_round(-large[i]), llround(-large[i]));
	}
}
END_TEST

/* What a content stream says of a colour is the same whichever came before. */
START_TEST(colours_are_written_as_at_first)
{
	struct haru used = { .state = { .fill = UINT32_MAX } };
	buf_init(&used.content, BUF_LIMIT_PAGE);
	for (uint32_t i = 0; i < 3000; i++) {
		const struct colour colour = { (uint8_t)(i % 7 * 31), (uint8_t)(i % 11 * 23), (uint8_t)(i % 13 * 19) };
		struct haru first = { .state = { .fill = UINT32_MAX } };
		buf_init(&first.content, BUF_LIMIT_PAGE);
		buf_reset(&used.content);
		haru_set_fill(&used, colour);
		haru_set_fill(&first, colour);
		ck_assert_str_eq(used.content.at, first.content.at);
		ck_assert_uint_gt(first.content.size, 0);
		buf_clear(&first.content);
	}
	buf_clear(&used.content);
}
END_TEST

Suite *render_numbers_suite(void)
{
	Suite *suite = suite_create("render/numbers");
	TCase *tcase = tcase_create("numbers");
	tcase_add_test(tcase, units_have_their_shortest_form);
	tcase_add_test(tcase, rounds_as_llround);
	tcase_add_test(tcase, colours_are_written_as_at_first);
	suite_add_tcase(suite, tcase);
	return suite;
}
