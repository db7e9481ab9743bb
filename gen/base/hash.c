/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include "base/hash_x86.h"

static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

static void schedule(const unsigned char block[64], uint32_t words[64])
{
	for (size_t i = 0; i < 16; i++)
		words[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
	for (size_t i = 16; i < 64; i++) {
		uint32_t a = words[i - 15], b = words[i - 2];
		words[i] = words[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + words[i - 7] + (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
	}
}

/* One round; a … h as in FIPS 180-4, word with its constant. */
static inline void step(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f, uint32_t g, uint32_t *h, uint32_t word)
{
	uint32_t first = *h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + word;
	*d += first;
	*h = first + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
}

static void compress_block(uint32_t state[8], const unsigned char block[64])
{
	uint32_t words[64], s[8];
	schedule(block, words);
	memcpy(s, state, sizeof s);
	/* Eight rounds at a time, so that the eight variables change names instead of places. */
	for (size_t i = 0; i < 64; i += 8) {
		const uint32_t *k = constants + i, *w = words + i;
		step(s[0], s[1], s[2], &s[3], s[4], s[5], s[6], &s[7], k[0] + w[0]);
		step(s[7], s[0], s[1], &s[2], s[3], s[4], s[5], &s[6], k[1] + w[1]);
		step(s[6], s[7], s[0], &s[1], s[2], s[3], s[4], &s[5], k[2] + w[2]);
		step(s[5], s[6], s[7], &s[0], s[1], s[2], s[3], &s[4], k[3] + w[3]);
		step(s[4], s[5], s[6], &s[7], s[0], s[1], s[2], &s[3], k[4] + w[4]);
		step(s[3], s[4], s[5], &s[6], s[7], s[0], s[1], &s[2], k[5] + w[5]);
		step(s[2], s[3], s[4], &s[5], s[6], s[7], s[0], &s[1], k[6] + w[6]);
		step(s[1], s[2], s[3], &s[4], s[5], s[6], s[7], &s[0], k[7] + w[7]);
	}
	for (size_t i = 0; i < 8; i++)
		state[i] += s[i];
}

static void compress(struct hash *hash, const unsigned char *blocks, size_t count)
{
	if (hash->is_portable)
		for (size_t i = 0; i < count; i++)
			compress_block(hash->state, blocks + 64 * i);
	else
		hash_x86_compress(hash->state, constants, blocks, count);
}

/* Asked once: in a virtual machine the question takes as long as the hash of a page. */
static bool is_portable(void)
{
	static enum { UNKNOWN, OURS, PROCESSOR } way;
	if (way == UNKNOWN)
		way = hash_x86_is_here() ? PROCESSOR : OURS;
	return way == OURS;
}

void hash_init(struct hash *hash)
{
	*hash = (struct hash){ .is_portable = is_portable(), .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 } };
}

void hash_add(struct hash *hash, struct text bytes)
{
	hash->size += bytes.size;
	while (bytes.size) {
		if (hash->used == 0 && bytes.size >= 64) {
			compress(hash, (const unsigned char *)bytes.at, bytes.size / 64);
			bytes = text_slice(bytes, bytes.size / 64 * 64, bytes.size);
			continue;
		}
		size_t part = 64 - hash->used < bytes.size ? 64 - hash->used : bytes.size;
		memcpy(hash->block + hash->used, bytes.at, part);
		hash->used += part;
		bytes = text_slice(bytes, part, bytes.size);
		if (hash->used == 64) {
			compress(hash, hash->block, 1);
			hash->used = 0;
		}
	}
}

void hash_finish_bytes(struct hash *hash, unsigned char bytes[32])
{
	uint64_t bit_count = hash->size * 8;
	static const char padding[64] = { '\x80' };
	hash_add(hash, (struct text){ padding, 1 + (119 - hash->used) % 64 });
	unsigned char size[8];
	for (size_t i = 0; i < 8; i++)
		size[i] = (unsigned char)(bit_count >> (56 - 8 * i));
	hash_add(hash, (struct text){ (const char *)size, 8 });
	for (size_t i = 0; i < 32; i++)
		bytes[i] = (unsigned char)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}

void hash_finish(struct hash *hash, char hex[65])
{
	unsigned char bytes[32];
	hash_finish_bytes(hash, bytes);
	for (size_t i = 0; i < 64; i++)
		hex[i] = "0123456789abcdef"[bytes[i / 2] >> (i % 2 ? 0 : 4) & 15];
	hex[64] = '\0';
}

void hash_of(struct text bytes, char hex[65])
{
	struct hash hash;
	hash_init(&hash);
	hash_add(&hash, bytes);
	hash_finish(&hash, hex);
}
