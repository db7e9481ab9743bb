/* SPDX-License-Identifier: MIT
 *
 * After Intel's “New Instructions Supporting the Secure Hash Algorithm”: two rounds an
 * instruction, the state kept as ABEF and CDGH, the schedule four words at a time.
 */
#include "base/hash_x86.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#define WITH_SHA __attribute__((target("sha,sse4.1")))

bool hash_x86_is_here(void)
{
	unsigned a, b, c, d;
	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !__get_cpuid_count(7, 0, &a, &b, &c, &d))
		return false;
	return b & bit_SHA;
}

WITH_SHA static inline __m128i load(const void *at)
{
	return _mm_loadu_si128(at);
}

/* Four rounds with four words of the schedule. */
WITH_SHA static inline void step(__m128i *abef, __m128i *cdgh, __m128i words, const uint32_t *constants)
{
	words = _mm_add_epi32(words, load(constants));
	*cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, words);
	*abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(words, 0x0e));
}

/* The next four words from the last sixteen, which are a … d. */
WITH_SHA static inline __m128i next(__m128i a, __m128i b, __m128i c, __m128i d)
{
	return _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4)), d);
}

WITH_SHA static inline void block(__m128i *abef, __m128i *cdgh, const unsigned char *bytes, const uint32_t *constants)
{
	const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	const __m128i abef_before = *abef, cdgh_before = *cdgh;
	__m128i words[4];
	for (size_t i = 0; i < 4; i++) {
		words[i] = _mm_shuffle_epi8(load(bytes + 16 * i), big_endian);
		step(abef, cdgh, words[i], constants + 4 * i);
	}
	for (size_t i = 16; i < 64; i += 16) {
		words[0] = next(words[0], words[1], words[2], words[3]);
		step(abef, cdgh, words[0], constants + i);
		words[1] = next(words[1], words[2], words[3], words[0]);
		step(abef, cdgh, words[1], constants + i + 4);
		words[2] = next(words[2], words[3], words[0], words[1]);
		step(abef, cdgh, words[2], constants + i + 8);
		words[3] = next(words[3], words[0], words[1], words[2]);
		step(abef, cdgh, words[3], constants + i + 12);
	}
	*abef = _mm_add_epi32(*abef, abef_before);
	*cdgh = _mm_add_epi32(*cdgh, cdgh_before);
}

WITH_SHA void hash_x86_compress(uint32_t state[8], const uint32_t constants[64], const unsigned char *blocks, size_t count)
{
	__m128i cdab = _mm_shuffle_epi32(load(state), 0xb1), efgh = _mm_shuffle_epi32(load(state + 4), 0x1b);
	__m128i abef = _mm_alignr_epi8(cdab, efgh, 8), cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
	for (size_t i = 0; i < count; i++)
		block(&abef, &cdgh, blocks + 64 * i, constants);
	__m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
	_mm_storeu_si128((void *)state, _mm_blend_epi16(feba, dchg, 0xf0));
	_mm_storeu_si128((void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool hash_x86_is_here(void)
{
	return false;
}

void hash_x86_compress(uint32_t state[8], const uint32_t constants[64], const unsigned char *blocks, size_t count)
{
	(void)state, (void)constants, (void)blocks, (void)count;
}

#endif
