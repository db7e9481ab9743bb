/* SPDX-License-Identifier: MIT
 *
 * Where in a page the next escape may begin, the next run of digits, and bytes that lie in some ranges: sixteen bytes
 * at once where the processor is known to have SSE2, which is every x86-64, and byte by byte elsewhere and for the last
 * bytes of a text.  tests/unit/publish_leak_bytes.c holds one against the other; out/build/bench ("leak scan") measures
 * what it gives.
 */
#ifndef XINGJI_PUBLISH_LEAK_BYTES_H
#define XINGJI_PUBLISH_LEAK_BYTES_H

#include "base/text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { LEAK_RUN_LEAST = 12 }; /* digits of Base64 that hold the shortest hunted value; of hexadecimal, six bytes */

/* Of these escapes one begins with two. */
static inline bool leak_bytes_is_escape(struct text text, size_t at)
{
	const char byte = text.at[at];
	bool is_two = byte == '"' && at + 1 < text.size && text.at[at + 1] == '"';
	return byte == '&' || byte == '%' || byte == '\\' || is_two;
}

/* The first & % \ or "" at or behind `at`; text.size: none. */
static inline size_t leak_bytes_escape_plain(struct text text, size_t at)
{
	while (at < text.size && !leak_bytes_is_escape(text, at))
		at++;
	return at;
}

static inline size_t leak_bytes_escape(struct text text, size_t at)
{
#ifdef __SSE2__
	const __m128i ands = _mm_set1_epi8('&'), percents = _mm_set1_epi8('%');
	const __m128i slashes = _mm_set1_epi8('\\'), quotes = _mm_set1_epi8('"');
	for (; text.size - at > sizeof(__m128i); at += sizeof(__m128i)) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text.at + at));
		__m128i next = _mm_loadu_si128((const __m128i *)(const void *)(text.at + at + 1));
		__m128i two = _mm_and_si128(_mm_cmpeq_epi8(bytes, quotes), _mm_cmpeq_epi8(next, quotes));
		__m128i one = _mm_or_si128(_mm_cmpeq_epi8(bytes, ands), _mm_cmpeq_epi8(bytes, percents));
		int found = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(one, two), _mm_cmpeq_epi8(bytes, slashes)));
		if (found)
			return at + (size_t)__builtin_ctz((unsigned)found);
	}
#endif
	return leak_bytes_escape_plain(text, at);
}

/* ---- ranges -------------------------------------------------------------------------- */

enum { LEAK_RANGES = 4 };

/* From `first` to `last` each; those that are not needed are as the first. */
struct leak_ranges {
	unsigned char first[LEAK_RANGES], last[LEAK_RANGES];
};

/* The bytes from `from` on that are as the first of them, wanted or not; how many. */
static inline unsigned leak_ranges_alike(const bool wanted[256], unsigned from)
{
	unsigned end = from;
	while (end < 256 && wanted[end] == wanted[from])
		end++;
	return end - from;
}

/* The bytes that are wanted; where those lie in more ranges than that, others between the nearest of them, too. */
static inline struct leak_ranges leak_ranges_of(const bool wanted[256])
{
	struct leak_ranges ranges = { { 0 }, { 0 } };
	unsigned count = LEAK_RANGES + 1;
	for (unsigned gap = 0; count > LEAK_RANGES; gap++) { /* no wider ones are left between ranges */
		count = 0;
		for (unsigned byte = 0, size; byte < 256; byte += size) {
			size = leak_ranges_alike(wanted, byte);
			if (!wanted[byte])
				continue;
			bool is_near = count && count <= LEAK_RANGES && byte - ranges.last[count - 1] - 1u <= gap;
			count += !is_near;
			if (count > LEAK_RANGES)
				break;
			if (!is_near)
				ranges.first[count - 1] = (unsigned char)byte;
			ranges.last[count - 1] = (unsigned char)(byte + size - 1);
		}
	}
	for (; count && count < LEAK_RANGES; count++) {
		ranges.first[count] = ranges.first[0];
		ranges.last[count] = ranges.last[0];
	}
	return ranges;
}

/* A bit for each of 64 bytes that lies in one of them, the first the lowest. */
static inline uint64_t leak_bytes_within_plain(const char *at, const struct leak_ranges *ranges)
{
	uint64_t mask = 0;
	for (unsigned i = 0; i < 64; i++)
		for (unsigned k = 0; k < LEAK_RANGES; k++) {
			unsigned char byte = (unsigned char)at[i];
			mask |= (uint64_t)(byte >= ranges->first[k] && byte <= ranges->last[k]) << i;
		}
	return mask;
}

#ifdef __SSE2__
/* Those of sixteen bytes from `first` on, `more` behind it. */
static inline __m128i leak_bytes_up_to(__m128i bytes, unsigned char first, unsigned char more)
{
	const __m128i from = _mm_sub_epi8(bytes, _mm_set1_epi8((char)first));
	return _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8((char)more)), from);
}
#endif

static inline uint64_t leak_bytes_within(const char *at, const struct leak_ranges *ranges)
{
#ifdef __SSE2__
	uint64_t mask = 0;
	for (unsigned i = 0; i < 64; i += 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + i)), all = _mm_setzero_si128();
		for (unsigned k = 0; k < LEAK_RANGES; k++) {
			unsigned char more = (unsigned char)(ranges->last[k] - ranges->first[k]);
			all = _mm_or_si128(all, leak_bytes_up_to(bytes, ranges->first[k], more));
		}
		mask |= (uint64_t)(unsigned)_mm_movemask_epi8(all) << i;
	}
	return mask;
#else
	return leak_bytes_within_plain(at, ranges);
#endif
}

/* ---- runs of digits ---------------------------------------------------------------- */

enum leak_digits { LEAK_SIXES, LEAK_FOURS }; /* of Base64 in both alphabets; of hexadecimal */

static inline bool leak_bytes_is_digit(char byte, enum leak_digits digits)
{
	const char lower = (char)(byte | 0x20);
	if (byte >= '0' && byte <= '9')
		return true;
	if (digits == LEAK_FOURS)
		return lower >= 'a' && lower <= 'f';
	return (lower >= 'a' && lower <= 'z') || byte == '+' || byte == '-' || byte == '/' || byte == '_';
}

/* As leak_bytes_run, where `before` digits stand right before `at`. */
static inline size_t leak_bytes_run_plain(struct text text, size_t at, size_t before, enum leak_digits digits)
{
	for (; at < text.size; at++) {
		before = leak_bytes_is_digit(text.at[at], digits) ? before + 1 : 0;
		if (before == LEAK_RUN_LEAST)
			return at + 1 - before;
	}
	return text.size;
}

#ifdef __SSE2__
/* A bit for each of 64 bytes that is a digit, the first the lowest. */
static inline uint64_t leak_bytes_digits(const char *at, enum leak_digits digits)
{
	const bool is_fours = digits == LEAK_FOURS;
	uint64_t mask = 0;
	for (unsigned i = 0; i < 64; i += 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
		__m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
		__m128i letters = leak_bytes_up_to(lower, 'a', is_fours ? 5 : 25);
		__m128i numbers = leak_bytes_up_to(bytes, is_fours ? '0' : '/', is_fours ? 9 : 10);
		__m128i all = _mm_or_si128(letters, numbers);
		if (!is_fours) {
			__m128i signs = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('+'));
			signs = _mm_or_si128(signs, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')));
			signs = _mm_or_si128(signs, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')));
			all = _mm_or_si128(all, signs);
		}
		mask |= (uint64_t)(unsigned)_mm_movemask_epi8(all) << i;
	}
	return mask;
}
#endif

/* Where the first run of LEAK_RUN_LEAST digits or more begins, from `at` on, before which none stands; size: none. */
static inline size_t leak_bytes_run(struct text text, size_t at, enum leak_digits digits)
{
	size_t before = 0;
#ifdef __SSE2__
	for (; text.size - at >= 64; at += 64) {
		const uint64_t mask = leak_bytes_digits(text.at + at, digits);
		const size_t first = ~mask ? (size_t)__builtin_ctzll(~mask) : 64;
		if (before + first >= LEAK_RUN_LEAST)
			return at - before;
		uint64_t run = mask & mask >> 1;
		run &= run >> 2;
		run &= run >> 4;
		run &= mask >> 8 & mask >> 9 & mask >> 10 & mask >> 11; /* eight, and four more */
		if (run)
			return at + (size_t)__builtin_ctzll(run);
		before = (size_t)__builtin_clzll(~mask);
	}
#endif
	return leak_bytes_run_plain(text, at, before, digits);
}

#endif
