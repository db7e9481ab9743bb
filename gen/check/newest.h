/* SPDX-License-Identifier: MIT
 *
 * Which year is meant where none is named: the newest that lies in the data.
 *
 * A folder called 2022年, or a year whose campaign.xml has another name, would else be passed over
 * in silence and last year's list be published in its place.
 */
#ifndef XINGJI_CHECK_NEWEST_H
#define XINGJI_CHECK_NEWEST_H

#include "read/input.h"

/*
 * The newest folder of four digits in `data` that holds campaign.xml, or tables without one, which reading
 * it will report.  0 after reporting: there is none, or a newer one has no proper name.  A folder that is
 * named like a copy of the year is noted.
 */
int64_t newest_year(const struct reader *reader, const char *data);
/* The same for who does not read the year: that it has no campaign.xml is reported, too, and 0 returned. */
int64_t newest_campaign(const struct reader *reader, const char *data);

#endif
