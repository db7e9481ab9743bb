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

#endif
