/* SPDX-License-Identifier: MIT */
/* splitmix64 (Vigna, public domain) and the draws made from it. */
#include "rng.h"

static uint64_t rng_next(struct rng *rng)
{
	rng->state += UINT64_C(0x9E3779B97F4A7C15);
	uint64_t z = rng->state;
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

void rng_init(struct rng *rng, uint64_t seed, enum stream stream, uint64_t index)
{
	rng->state = seed;
	rng->state = rng_next(rng) ^ ((uint64_t)stream << 56);
	rng->state = rng_next(rng) ^ index;
	rng->state = rng_next(rng);
}

uint32_t rng_below(struct rng *rng, uint32_t bound)
{
	return (uint32_t)(((rng_next(rng) >> 32) * bound) >> 32);
}

bool rng_chance(struct rng *rng, uint32_t per_mille)
{
	return rng_below(rng, 1000) < per_mille;
}

size_t rng_pick(struct rng *rng, const uint8_t *weights, size_t count)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += weights[i];
	uint32_t at = rng_below(rng, sum);
	size_t index = 0;
	while (at >= weights[index])
		at -= weights[index++];
	return index;
}

void rng_shuffle(struct rng *rng, uint8_t *deck, size_t count)
{
	for (size_t left = count; left > 1; left--) {
		size_t other = rng_below(rng, (uint32_t)left);
		uint8_t held = deck[left - 1];
		deck[left - 1] = deck[other];
		deck[other] = held;
	}
}
