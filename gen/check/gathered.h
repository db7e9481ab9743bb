/* SPDX-License-Identifier: MIT
 *
 * Observations as they are read, and how they are put in order without having two of each.
 *
 * A row goes to the group of its participation, so that a group can be put in order on its own and
 * its pages be given back before the next one's turn: the most there is at once is all rows and one
 * group more, of at most GATHERED_GROUPS.
 */
#ifndef XINGJI_CHECK_GATHERED_H
#define XINGJI_CHECK_GATHERED_H

#include "model/model.h"

enum {
	GATHERED_GROUPS = 256,
	GATHERED_SHIFT = 10,             /* a group has 1,024 participations, or more where the groups do not suffice */
	GATHERED_BLOCK_SIZE = 256 << 10, /* bytes: the pages of a block that nothing was written to cost nothing */
};

struct gathered_row {
	struct observation seen;
	int32_t participation; /* whose it is */
};

enum { GATHERED_ROWS = (GATHERED_BLOCK_SIZE - 16) / sizeof(struct gathered_row) };

struct gathered_block {
	struct gathered_block *next;
	size_t count;
	struct gathered_row rows[GATHERED_ROWS];
};

struct gathered_group {
	struct gathered_block *first, *last;
	size_t count;
};

struct gathered {
	struct gathered_group groups[GATHERED_GROUPS]; /* by participation >> shift */
	size_t count;
	unsigned shift;
	bool is_passing; /* rows are only passed on by whoever adds them: nothing stays here */
};

/* For a model of so many participations. */
void gathered_start(struct gathered *gathered, size_t participations);
void gathered_add(struct gathered *gathered, const struct gathered_row *row);
/*
 * Writes the rows of a group to `to` by participation, round and item (the order in which they
 * were added breaks ties), whose each is to `whose`, which has room for all of the group, and
 * gives the group's memory back.  Returns how many there are.
 */
size_t gathered_take(struct gathered *gathered, size_t group, struct observation *to, int32_t *whose);

#endif
