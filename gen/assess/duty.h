/* SPDX-License-Identifier: MIT
 *
 * Where the year stands on a day D: who was to do what until when, who has, who has not.
 *
 * Duties are what every participation passes through, in the order of time.  Each has a day by
 * which it must be done, the deadline of a stage of the campaign:
 *
 *	duty      expected of                                   stage
 *	自评估    every participation                           self
 *	线上核查  every participation                           online, where there is none rectify
 *	整改提升  where 线上核查 found 部分符合 or 不符合       rectify
 *	现场核查  key enterprises                               onsite
 *
 * Done is what participations.csv dates on D or before; where it has no date, the first result
 * of that round (自评, 线上核查, 现场核查) dated so, or one without any date.  What is later
 * than D does not exist: neither a date nor the findings that would have to be mended.
 *
 * A participation that the ledger has withdrawn by D owes nothing that it has not done; what it
 * has done stays counted.  Nobody is held to have failed: before the deadline, what is not done is
 * not late, and no result is judged here.
 */
#ifndef XINGJI_ASSESS_DUTY_H
#define XINGJI_ASSESS_DUTY_H

#include "model/model.h"

struct arena;

enum duty { DUTY_SELF, DUTY_ONLINE, DUTY_RECTIFY, DUTY_ONSITE, DUTIES };

enum duty_state {
	DUTY_NOT_EXPECTED,
	DUTY_ON_TIME, /* done until the deadline, or on a day that is not known, or where there is no deadline */
	DUTY_LATE,    /* done after it */
	DUTY_OVERDUE, /* not done, and the deadline has passed */
	DUTY_AHEAD,   /* not done, until the deadline or where there is none */
	DUTY_STATES
};

/* The stage that ends the duty, or NULL: the campaign has none. */
const struct stage *duty_stage(const struct campaign *campaign, enum duty duty);
/* What it is called: as the campaign calls its stage; 线上核查 where it shares that of another. */
struct text duty_name(const struct campaign *campaign, enum duty duty);

/* By participation, from one pass over the ledger: withdrawn on the day?  In the arena. */
bool *duty_withdrawn(struct arena *arena, const struct model *model, struct date day);

/* The state of one participation; its observations are read once a duty.  `day` must not be missing. */
enum duty_state duty_state(const struct model *model, const struct participation *row, enum duty duty, struct date day);

#endif
