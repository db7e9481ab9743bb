/* SPDX-License-Identifier: MIT
 *
 * The list that was published last, as one side of `xingji diff`.
 */
#ifndef XINGJI_COMMANDS_DIFF_REGISTER_H
#define XINGJI_COMMANDS_DIFF_REGISTER_H

#include "assess/compare.h"

/*
 * The entries of the last published version in the register of the year; who was withdrawn is
 * on it without a level.  False where none was published.  Lives in arena.
 */
bool diff_register_side(struct arena *arena, const struct model *model, struct compare_side *side);

#endif
