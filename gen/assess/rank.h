/* SPDX-License-Identifier: MIT
 *
 * The most valuable next steps of one participation, and what each gives.  Data
 * only; what a step is called and how its gain reads is content's business.
 *
 * Order: that of the shortest way up (data/FORMATS.md §5).  threshold: its first steps are
 * the ones without which, or with which most quickly, the level comes.  min-of-pa and
 * given: every step is needed, so no order brings the star earlier, and the higher
 * risk comes first; it is the harm that the programme is about.  No other order, so
 * that a step has one number wherever a reader meets it.
 * Where the way is shorter than asked for, or there is none, the findings that are
 * not on it follow in findings order: still worth doing, but not for the next star.
 */
#ifndef XINGJI_ASSESS_RANK_H
#define XINGJI_ASSESS_RANK_H

#include "assess/assess.h"

enum { RANK_MOST = 5 }; /* as many as the result page of a diagnosis shows */

struct rank_step {
	int32_t item;
	bool is_on_way;  /* the next level needs it (min-of-pa, given) or takes it (threshold) */
	bool is_veto;    /* a veto item under threshold: no level up to its own without it */
	bool lifts_enterprise; /* this step alone gives the next level */

	/* How the item's area stands by min-of-pa (all methods; only min-of-pa and given decide by it). */
	int8_t area_level, area_level_after; /* now, and with this step alone */
	bool lifts_area;                     /* after > now */
	int32_t left_in_area; /* open items of the area up to the next level that remain after it; 0 at the top */

	/* threshold: what the step adds to share(next); zero otherwise and where there is no next level. */
	decimal_sum gain, of;   /* exact: gain ÷ of */
	struct decimal points;  /* the same rounded half up to 4 digits: 0.0125 is 1.25 percentage points */
};

/* Up to RANK_MOST steps of the decision, best first; returns how many. */
size_t rank_steps(const struct compiled_rule *rule, const struct decision *decision, struct rank_step steps[RANK_MOST]);

/* What meeting `item` alone gives; the item must be open. */
struct rank_step rank_step_of(const struct compiled_rule *rule, const struct decision *decision, int32_t item);

#endif
