/* SPDX-License-Identifier: MIT
 *
 * Which days are no working days, from holidays.csv (data/FORMATS.md §4): the official arrangement of a year, with the
 * weekends that are worked instead.  A year without rows is not judged at all, not even its weekends: without the
 * arrangement nobody knows which of them were worked.
 */
#ifndef XINGJI_CHECK_HOLIDAYS_H
#define XINGJI_CHECK_HOLIDAYS_H

#include "check/check.h"

/* The data's own list, else the one that came with the program, into check->holidays; neither need be there. */
void holidays_read(struct check *check);

/* What the day is called when nobody works: the holiday's name, 星期六 or 星期日; missing: a working day, or not known. */
struct text holidays_name(const struct check *check, struct date date);

#endif
