/* SPDX-License-Identifier: MIT
 *
 * Agencies whose looks agree with the look before them much more, or much less, than those of all
 * others: 线上核查 with 自评, and 现场核查 with 线上核查.
 *
 * What is counted says model/looks.h.  That some are contradicted is what looks are for, so the measure
 * is not none but the share p of all other agencies of that track's checks.  The number contradicted
 * under one agency is held against the binomial distribution of p, by its exact tail.  It is told when
 *
 *	looks_items      (of the campaign's thresholds) at least so many items of the agency, and of the
 *	                 others, were counted,
 *	looks_firms      (there, too) of at least so many participations of its own,
 *	LEANING_FACTOR   its share is at least that many times p, or p that many times its share, and
 *	LEANING_CHANCE   the tail, its root taken since the items of one enterprise go together and are
 *	                 worth half as many, times the number of agencies, is below this.
 *
 * A deviation proves nothing: an agency may have the harder cases.  So it is a note.
 */
#ifndef XINGJI_CHECK_LEANING_H
#define XINGJI_CHECK_LEANING_H

#include "model/looks.h"

struct check;

enum { LEANING_FACTOR = 2 };
#define LEANING_CHANCE 0.001

/* A note per agency and pair of rounds (agency-leaning). */
void leaning_agencies(struct check *check);

#endif
