/* SPDX-License-Identifier: MIT
 *
 * What a line of the register says, in a few words: how a version differs from the one before, which documents were
 * replaced, how many copies of a batch go which way, what became of a copy, which certificates were given.
 *
 * From the register alone: enterprises have their credit codes.
 */
#ifndef XINGJI_COMMANDS_REGISTER_REMARK_H
#define XINGJI_COMMANDS_REGISTER_REMARK_H

#include <stdbool.h>

#include "base/map.h"
#include "model/recorded.h"

struct register_remarks {
	struct arena *arena;
	bool is_english;
	const struct recorded *before; /* the last version so far */
	struct map copies;             /* by number, those so far → index */
	const struct recorded_copy **at;
};

/* `lines` are the register's, all of them. */
void register_remarks_init(struct register_remarks *remarks, const struct recorded *lines, size_t count);
void register_remarks_clear(struct register_remarks *remarks);
/* Of one line after the other, in arena. */
struct text register_remark(struct register_remarks *remarks, const struct recorded *line);

#endif
