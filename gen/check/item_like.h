/* SPDX-License-Identifier: MIT
 *
 * Which item is meant by an id that the catalogue does not have.
 *
 * One that differs in nothing but characters that are typed for each other (— for -, O for 0, l for 1).  One that is
 * merely near is not named: a digit more or less is another item, and a wrong guess would be a wrong star.
 */
#ifndef XINGJI_CHECK_ITEM_LIKE_H
#define XINGJI_CHECK_ITEM_LIKE_H

#include "check/check.h"

/*
 * "；应是“PA01-1-01”" in both languages for a message, or missing when none or several look like it.  Lives in the
 * reader's arena.  The same id gets the same answer; past ITEMS_LIKE_MOST different ids new ones get none.
 */
struct text item_like(struct check *check, const struct catalogue *catalogue, struct text id);

enum { ITEMS_LIKE_MOST = 1000 };

#endif
