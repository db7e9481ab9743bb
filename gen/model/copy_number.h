/* SPDX-License-Identifier: MIT
 *
 * The number of an enterprise's copy of its diagnosis, the same in every run of the year: what a found
 * sheet is traced by, and under what it is recorded when it leaves the house.
 */
#ifndef XINGJI_MODEL_COPY_NUMBER_H
#define XINGJI_MODEL_COPY_NUMBER_H

#include "base/text.h"

enum { COPY_NUMBER_SIZE = 20 };

/* "2021-3F9A12C4", written into `room`. */
struct text copy_number(int64_t year, struct text code, char room[COPY_NUMBER_SIZE]);

#endif
