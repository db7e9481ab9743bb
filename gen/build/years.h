/* SPDX-License-Identifier: MIT
 *
 * What each year's list tells the public: the same for the site over the years, and for the
 * pages of a year that a later list has followed.
 *
 * A later list is public for a build of one year when the register of its year says that it was
 * published, or when --date is not before its first day.  Nothing else of a later year is looked at: what
 * is being prepared there is nobody's business yet.
 */
#ifndef XINGJI_BUILD_YEARS_H
#define XINGJI_BUILD_YEARS_H

#include "build/run.h"

/* The last version of run->shown, as copies in arena. */
struct facts_year years_describe(struct arena *arena, struct run *run);
/* The day on which that list was first shown. */
struct date years_first_day(const struct run *run);
/* The newest public list of a year later than the run's, in its arena; NULL: there is none. */
const struct facts_year *years_newest(struct run *run);

#endif
