/* SPDX-License-Identifier: MIT
 *
 * What earlier years published: <year>/listed.csv → model.earlier.
 */
#ifndef XINGJI_CHECK_EARLIER_H
#define XINGJI_CHECK_EARLIER_H

#include "check/load.h"

struct check;

/*
 * Reads the listed.csv of every year before this one.  Levels are those of that
 * year's model, of this year's where that year has none.  Years with data of
 * their own go into full, which may be NULL.
 */
void earlier_read(struct check *check, struct load_full *full);

#endif
