/* SPDX-License-Identifier: MIT
 *
 * The remarks beside results, each kept once: from the cells as they come to model.remarks.
 */
#ifndef XINGJI_CHECK_REMARKING_H
#define XINGJI_CHECK_REMARKING_H

#include "check/check.h"

struct remark_slot {
	uint32_t hash;
	uint32_t number;  /* of the remark, from 1; 0: free */
	bool is_as_written; /* cells that say the same, byte by byte, are this remark, and nothing is wrong with them */
};

/* Those found lately, by their hash: the same few thousand stand beside four in five of the results that have one. */
enum { REMARKS_LATELY = 4096 };
struct remark_lately {
	uint32_t hash, number; /* 0: free */
	struct remark words;
};

struct remarking {
	LIST(struct remark) list;
	struct remark_lately *lately; /* REMARKS_LATELY of them; NULL before the first remark */
	struct remark_slot *slots;
	size_t capacity; /* of slots, a power of two */
};

/* The number of a remark whose cells were seen before, byte by byte, with nothing wrong; 0: they have to be cleaned. */
uint32_t remarking_find(struct remarking *remarking, struct remark written);
/*
 * The number of a cleaned remark, which is copied into the arena where it is new; 0 for one that says nothing.
 * is_as_written: it is what the cells held, of which nothing was told.
 */
uint32_t remarking_add(struct remarking *remarking, struct arena *arena, struct remark remark, bool is_as_written);
/* Moves all of them into the model, and gives the rest back. */
void remarking_settle(struct remarking *remarking, struct arena *arena, struct model *model);

#endif
