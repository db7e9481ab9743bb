/* SPDX-License-Identifier: MIT
 *
 * Where an unquoted cell ends: sixteen bytes at once where the processor is known to have SSE2, which is
 * every x86-64, and byte by byte elsewhere and for the last bytes of a text.  tests/unit/read_csv_scan.c holds
 * one against the other; out/build/bench ("CSV reader") measures what it gives.
 */
#ifndef XINGJI_READ_CSV_SCAN_H
#define XINGJI_READ_CSV_SCAN_H

#include "base/text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The first separator, LF or CR at or behind `at`; text.size: none. */
static inline size_t csv_scan_bytes(struct text text, size_t at, char separator)
{
	while (at < text.size && text.at[at] != separator && text.at[at] != '\n' && text.at[at] != '\r')
		at++;
	return at;
}

static inline size_t csv_scan(struct text text, size_t at, char separator)
{
#ifdef __SSE2__
	const __m128i separators = _mm_set1_epi8(separator), feeds = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r');
	for (; text.size - at >= sizeof(__m128i); at += sizeof(__m128i)) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text.at + at));
		__m128i lines = _mm_or_si128(_mm_cmpeq_epi8(bytes, feeds), _mm_cmpeq_epi8(bytes, returns));
		int stops = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(bytes, separators), lines));
		if (stops)
			return at + (size_t)__builtin_ctz((unsigned)stops);
	}
#endif
	return csv_scan_bytes(text, at, separator);
}

/*
 * Most cells end within the 64 bytes in which the one before ended: where these have stops is kept from cell to cell.
 * For one text, which may be cut but not changed, until csv_stops_forget.
 */
struct csv_stops {
	size_t at;     /* of the 64 bytes; SIZE_MAX: of none yet */
	uint64_t mask; /* a bit for each, the first the lowest */
	char separator;
};

static inline void csv_stops_forget(struct csv_stops *stops)
{
	*stops = (struct csv_stops){ .at = SIZE_MAX };
}

#ifdef __SSE2__
static inline uint64_t csv_stops_mask(const char *bytes, char separator)
{
	const __m128i separators = _mm_set1_epi8(separator), feeds = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r');
	uint64_t mask = 0;
	for (unsigned i = 0; i < 64; i += 16) {
		__m128i part = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
		__m128i lines = _mm_or_si128(_mm_cmpeq_epi8(part, feeds), _mm_cmpeq_epi8(part, returns));
		int found = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(part, separators), lines));
		mask |= (uint64_t)(unsigned)found << i;
	}
	return mask;
}
#endif

/* As csv_scan. */
static inline size_t csv_scan_kept(struct text text, size_t at, char separator, struct csv_stops *stops)
{
#ifdef __SSE2__
	while (text.size >= 64 && (at & ~(size_t)63) <= text.size - 64) {
		const size_t block = at & ~(size_t)63;
		if (stops->at != block || stops->separator != separator)
			*stops = (struct csv_stops){ block, csv_stops_mask(text.at + block, separator), separator };
		uint64_t left = stops->mask >> (at & 63);
		if (left)
			return at + (size_t)__builtin_ctzll(left);
		at = block + 64;
	}
#else
	(void)stops;
#endif
	return csv_scan_bytes(text, at, separator);
}

#endif
