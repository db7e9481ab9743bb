/* SPDX-License-Identifier: MIT */
/*
 * The sample's only source of chance: splitmix64 in separate streams, one for each purpose and index, so
 * that what enterprise i is like depends on the seed and i alone.  Integers only: the same bytes everywhere.
 */
#ifndef SAMPLE_RNG_H
#define SAMPLE_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

/* What a stream is for; two streams never share their numbers. */
enum stream {
	STREAM_PROFILES,
	STREAM_CITIES,
	STREAM_FACE,
	STREAM_ICS,
	STREAM_PLATFORM,
	STREAM_VERDICTS,
	STREAM_WRITING,
	STREAM_RESULTS,
	STREAM_RECTIFICATIONS,
	STREAM_EARLIER,
	STREAM_AGENCIES
};

/* Begin the stream for one purpose and index. */
void rng_init(struct rng *rng, uint64_t seed, enum stream stream, uint64_t index);

/* Return a number in 0 … bound − 1; bound is at least 1. */
uint32_t rng_below(struct rng *rng, uint32_t bound);

/* Return true in per_mille of 1000 cases. */
bool rng_chance(struct rng *rng, uint32_t per_mille);

/* Return an index into weights, each as likely as its weight; the sum of the weights is at least 1. */
size_t rng_pick(struct rng *rng, const uint8_t *weights, size_t count);

/* Put the entries of a deck into a random order. */
void rng_shuffle(struct rng *rng, uint8_t *deck, size_t count);

#endif
