/* SPDX-License-Identifier: MIT */
#include "base/chacha.h"

#include <stdbool.h>
#include <string.h>

/* A word of each of four blocks, which are made side by side: of the two compilers an extension, faster by half. */
typedef uint32_t lanes __attribute__((vector_size(16)));
enum { WORDS = 16, LANES = 4, BLOCK = 64, ROUNDS = 20 };
_Static_assert(sizeof(lanes) == LANES * sizeof(uint32_t), "a word of each block");

static uint32_t word_at(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static lanes in_all(uint32_t word)
{
	return (lanes){ word, word, word, word };
}

static void begin(const struct chacha *chacha, lanes words[WORDS])
{
	static const uint32_t constants[] = { 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574 };
	for (size_t i = 0; i < 4; i++)
		words[i] = in_all(constants[i]);
	for (size_t i = 0; i < 8; i++)
		words[4 + i] = in_all(word_at(chacha->key + 4 * i));
	words[12] = in_all(chacha->block) + (lanes){ 0, 1, 2, 3 };
	for (size_t i = 0; i < 3; i++)
		words[13 + i] = in_all(word_at(chacha->number + 4 * i));
}

static inline lanes turned(lanes word, int by)
{
	return word << by | word >> (32 - by);
}

static inline void quarter(lanes *a, lanes *b, lanes *c, lanes *d)
{
	*a += *b, *d = turned(*d ^ *a, 16);
	*c += *d, *b = turned(*b ^ *c, 12);
	*a += *b, *d = turned(*d ^ *a, 8);
	*c += *d, *b = turned(*b ^ *c, 7);
}

static void make_stream(const lanes first[WORDS], uint32_t stream[LANES][WORDS])
{
	lanes x[WORDS];
	memcpy(x, first, sizeof x);
	for (int round = 0; round < ROUNDS; round += 2) {
		quarter(&x[0], &x[4], &x[8], &x[12]);
		quarter(&x[1], &x[5], &x[9], &x[13]);
		quarter(&x[2], &x[6], &x[10], &x[14]);
		quarter(&x[3], &x[7], &x[11], &x[15]);
		quarter(&x[0], &x[5], &x[10], &x[15]);
		quarter(&x[1], &x[6], &x[11], &x[12]);
		quarter(&x[2], &x[7], &x[8], &x[13]);
		quarter(&x[3], &x[4], &x[9], &x[14]);
	}
	for (size_t i = 0; i < WORDS; i++) {
		const lanes word = x[i] + first[i];
		for (size_t lane = 0; lane < LANES; lane++)
			stream[lane][i] = word[lane];
	}
}

/* The standard has the lowest byte of a word first, whatever the machine has. */
static inline void mix_word(uint32_t word, const char *from, char *to)
{
	for (size_t byte = 0; byte < 4; byte++)
		to[byte] = (char)((unsigned char)from[byte] ^ (unsigned char)(word >> (8 * byte)));
}

void chacha_mix(const struct chacha *chacha, const char *from, char *to, size_t size)
{
	lanes words[WORDS];
	uint32_t stream[LANES][WORDS];
	char last[sizeof stream] = { 0 };
	begin(chacha, words);
	for (size_t at = 0; at < size; at += sizeof stream, words[12] += LANES) {
		const size_t part = size - at < sizeof stream ? size - at : sizeof stream;
		const bool is_last = part < sizeof stream;
		if (is_last)
			memcpy(last, from + at, part);
		make_stream(words, stream);
		const char *in = is_last ? last : from + at;
		char *out = is_last ? last : to + at;
		for (size_t i = 0; i < (size_t)LANES * WORDS; i++)
			mix_word(stream[i / WORDS][i % WORDS], in + 4 * i, out + 4 * i);
		if (is_last)
			memcpy(to + at, last, part);
	}
}
