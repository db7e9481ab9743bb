/* SPDX-License-Identifier: MIT
 *
 * Huffman's codes, beside a tree that is made by looking for the two lightest each time.
 */
#include "base/deflate_code.h"

#include <check.h>
#include <stdbool.h>

#include "support/dice.h"

Suite *base_deflate_code_suite(void);

static size_t lightest(const uint64_t *weights, size_t count, size_t but)
{
	size_t least = SIZE_MAX;
	for (size_t i = 0; i < count; i++)
		if (weights[i] && i != but && (least == SIZE_MAX || weights[i] < weights[least]))
			least = i;
	return least;
}

/* Bits that the best of all codes takes: each joining of two writes one bit more for all below. */
static uint64_t fewest_bits(const uint32_t *counts, size_t symbols)
{
	uint64_t weights[DEFLATE_SYMBOLS_MOST], bits = 0;
	for (size_t i = 0; i < symbols; i++)
		weights[i] = counts[i];
	for (;;) {
		size_t one = lightest(weights, symbols, SIZE_MAX), two = lightest(weights, symbols, one);
		if (two == SIZE_MAX)
			return bits;
		bits += weights[one] += weights[two];
		weights[two] = 0;
	}
}

static void look_at(const uint32_t *counts, size_t symbols, unsigned longest)
{
	struct deflate_code codes[DEFLATE_SYMBOLS_MOST];
	deflate_code_make(counts, symbols, longest, codes);
	uint64_t taken = 0, bits = 0;
	unsigned deepest = 0;
	for (size_t i = 0; i < symbols; i++) {
		ck_assert(!counts[i] || codes[i].size);
		ck_assert_uint_le(codes[i].size, longest);
		taken += codes[i].size ? UINT64_C(1) << (longest - codes[i].size) : 0;
		bits += (uint64_t)counts[i] * codes[i].size;
		deepest = codes[i].size > deepest ? codes[i].size : deepest;
	}
	ck_assert_uint_eq(taken, UINT64_C(1) << longest); /* no bits are left over, none is given twice */
	uint64_t fewest = fewest_bits(counts, symbols);
	if (deepest < longest && fewest)
		ck_assert_uint_eq(bits, fewest);
}

START_TEST(codes_take_the_fewest_bits)
{
	static const uint32_t most[] = { 1, 2, 16, 17, 100, 5000, 1U << 20 };
	static const size_t symbols[] = { 2, 3, 19, 30, 100, 286, 288 };
	dice_start(2463534242 + (unsigned)_i);
	for (size_t m = 0; m < sizeof most / sizeof *most; m++)
		for (size_t s = 0; s < sizeof symbols / sizeof *symbols; s++) {
			uint32_t counts[DEFLATE_SYMBOLS_MOST];
			for (size_t i = 0; i < symbols[s]; i++)
				counts[i] = dice_roll(4) ? 1 + dice_roll(most[m]) : 0;
			look_at(counts, symbols[s], DEFLATE_CODE_LONGEST);
			for (size_t i = 0; i < symbols[s]; i++) /* twice as often as the one before: too deep */
				counts[i] = i < 28 ? 1U << i : 0;
			look_at(counts, symbols[s], DEFLATE_CODE_LONGEST);
			look_at(counts, symbols[s] < 19 ? symbols[s] : 19, 7);
		}
}
END_TEST

START_TEST(two_codes_at_least)
{
	uint32_t counts[30] = { 0 };
	look_at(counts, 30, DEFLATE_CODE_LONGEST - 13);
	counts[0] = 5;
	look_at(counts, 30, DEFLATE_CODE_LONGEST - 13);
	counts[0] = 0;
	counts[29] = 5;
	look_at(counts, 30, DEFLATE_CODE_LONGEST - 13);
}
END_TEST

/* Of the codes of one size the first symbol's is the least, and what is shorter comes before (RFC 1951, 3.2.2). */
START_TEST(codes_are_numbered_in_order)
{
	const uint8_t sizes[] = { 3, 3, 3, 3, 3, 2, 4, 4 };
	const uint16_t bits[] = { 2, 6, 1, 5, 3, 0, 7, 15 }; /* 010 011 100 101 110 00 1110 1111, first bit lowest */
	struct deflate_code codes[8];
	for (size_t i = 0; i < 8; i++)
		codes[i] = (struct deflate_code){ 0, sizes[i] };
	deflate_code_number(codes, 8);
	for (size_t i = 0; i < 8; i++)
		ck_assert_uint_eq(codes[i].bits, bits[i]);
}
END_TEST

Suite *base_deflate_code_suite(void)
{
	Suite *suite = suite_create("base/deflate_code");
	TCase *tcase = tcase_create("code");
	tcase_add_loop_test(tcase, codes_take_the_fewest_bits, 0, 4);
	tcase_add_test(tcase, two_codes_at_least);
	tcase_add_test(tcase, codes_are_numbered_in_order);
	suite_add_tcase(suite, tcase);
	return suite;
}
