/* SPDX-License-Identifier: MIT
 *
 * What has been mended since the data were read before, and what is new.
 *
 * A complaint is the same as one before when it says the same of the same file, column, enterprise and value: in which
 * row it stands and how many there are of it does not count, or a line put in above would mend and break everything.
 */
#ifndef XINGJI_COMMANDS_PROBLEM_CHANGE_H
#define XINGJI_COMMANDS_PROBLEM_CHANGE_H

#include "commands/problem_page.h"

/*
 * Appends what later readings need to know of this list: bytes for the two functions below only.  Equal bytes
 * say equal lists.
 */
void problem_change_keep(const struct problem_page *page, struct buf *kept);
/* Appends those of `from` that `other` has not, in the same form; each counts as often as it stands there. */
void problem_change_without(struct text from, struct text other, struct buf *rest);
/* Moves the entries that are not among them to the front, in their order; returns how many. */
size_t problem_change_new(struct text kept, struct diag_entry *entries, size_t count);

/* Appends “已改好 3 项，新出现 1 项” with both lists to open. */
void problem_change_write(enum diag_language language, struct text mended, struct text appeared, struct buf *body);

#endif
