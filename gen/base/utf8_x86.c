/* SPDX-License-Identifier: MIT
 *
 * After John Keiser and Daniel Lemire, “Validating UTF-8 In Less Than One Instruction Per Byte” (2021): what can be
 * wrong with two bytes that follow each other is the common bits of three tables, looked up by the first byte's high
 * and low half and the second's high half.
 */
#include "base/utf8_x86.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#define WIDE __attribute__((target("ssse3")))

bool utf8_x86_is_here(void)
{
	unsigned a, b, c, d;
	return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSSE3);
}

/* What is wrong with a pair; the last is no fault by itself: two continuations, which must be third or fourth bytes. */
enum {
	SHORT = 1 << 0,     /* a lead without a continuation */
	LONG = 1 << 1,      /* a continuation behind ASCII */
	OVERLONG_3 = 1 << 2, SURROGATE = 1 << 4, OVERLONG_2 = 1 << 5,
	LARGE = 1 << 3,     /* over U+10FFFF: F4 90 … */
	LARGE_1000 = 1 << 6, /* F5 … and F8 …, with 80 … 8F */
	OVERLONG_4 = 1 << 6,
	TWO = 1 << 7,
	CARRY = SHORT | LONG | TWO, TOP = CARRY | LARGE | LARGE_1000,
};
#define C(faults) ((char)(faults))

WIDE static inline __m128i high_halves(__m128i bytes)
{
	return _mm_and_si128(_mm_srli_epi16(bytes, 4), _mm_set1_epi8(0x0F));
}

/* The faults of each byte and the one before it. */
WIDE static inline __m128i pair_faults(__m128i bytes, __m128i before)
{
	const __m128i by_first = _mm_setr_epi8(
		LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, C(TWO), C(TWO), C(TWO), C(TWO), SHORT | OVERLONG_2, SHORT,
		SHORT | OVERLONG_3 | SURROGATE, SHORT | LARGE | LARGE_1000 | OVERLONG_4);
	const __m128i by_low = _mm_setr_epi8(
		C(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), C(CARRY | OVERLONG_2), C(CARRY), C(CARRY), C(CARRY | LARGE),
		C(TOP), C(TOP), C(TOP), C(TOP), C(TOP), C(TOP), C(TOP), C(TOP), C(TOP | SURROGATE), C(TOP), C(TOP));
	const __m128i by_second = _mm_setr_epi8(
		SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
		C(LONG | OVERLONG_2 | TWO | OVERLONG_3 | LARGE_1000 | OVERLONG_4), C(LONG | OVERLONG_2 | TWO | OVERLONG_3 | LARGE),
		C(LONG | OVERLONG_2 | TWO | SURROGATE | LARGE), C(LONG | OVERLONG_2 | TWO | SURROGATE | LARGE),
		SHORT, SHORT, SHORT, SHORT);
	const __m128i low = _mm_and_si128(before, _mm_set1_epi8(0x0F));
	const __m128i first = _mm_shuffle_epi8(by_first, high_halves(before)), second = _mm_shuffle_epi8(by_low, low);
	return _mm_and_si128(_mm_and_si128(first, second), _mm_shuffle_epi8(by_second, high_halves(bytes)));
}

/* Not zero where a fault shows; one that a block ends with shows in the next. */
WIDE static inline __m128i block_faults(__m128i bytes, __m128i earlier)
{
	const __m128i third = _mm_subs_epu8(_mm_alignr_epi8(bytes, earlier, 14), _mm_set1_epi8(0xE0 - 0x80));
	const __m128i fourth = _mm_subs_epu8(_mm_alignr_epi8(bytes, earlier, 13), _mm_set1_epi8((char)(0xF0 - 0x80)));
	const __m128i wanted = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)0x80));
	return _mm_xor_si128(wanted, pair_faults(bytes, _mm_alignr_epi8(bytes, earlier, 15)));
}

/* Where the character begins that may reach up to `at`. */
static size_t character_start(const unsigned char *bytes, size_t at)
{
	for (size_t back = 1; back <= 3 && back <= at; back++)
		if ((bytes[at - back] & 0xC0) != 0x80)
			return bytes[at - back] < 0x80 ? at : at - back;
	return at;
}

WIDE size_t utf8_x86_skip(const unsigned char *bytes, size_t size)
{
	__m128i earlier = _mm_setzero_si128();
	size_t at = 0;
	for (; size - at >= sizeof earlier; at += sizeof earlier) {
		const __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(bytes + at));
		const __m128i faults = block_faults(block, earlier);
		if (_mm_movemask_epi8(_mm_cmpeq_epi8(faults, _mm_setzero_si128())) != 0xFFFF)
			break;
		earlier = block;
	}
	return character_start(bytes, at);
}

#else

bool utf8_x86_is_here(void)
{
	return false;
}

size_t utf8_x86_skip(const unsigned char *bytes, size_t size)
{
	(void)bytes, (void)size;
	return 0;
}

#endif
