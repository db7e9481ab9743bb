/* SPDX-License-Identifier: MIT
 *
 * From the observations as they were read to the model's sorted array.
 */
#ifndef XINGJI_CHECK_OBSERVATIONS_H
#define XINGJI_CHECK_OBSERVATIONS_H

#include "check/check.h"
#include "check/gathered.h"

/*
 * Sorts by participation, round and item (the order in which they were read breaks
 * ties), reports what was observed twice and keeps the first, or where the round
 * repeats the latest other than 未评, and stores the array, that of the superseded ones
 * and every participation's part of both in check->model.  What was gathered is given back.
 */
void observations_settle(struct check *check, struct gathered *gathered);

#endif
