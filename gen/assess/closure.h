/* SPDX-License-Identifier: MIT
 *
 * What became of what was to be rectified: a claim is not a confirmation (data/FORMATS.md §4).
 *
 * rectifications.csv holds what the enterprise says (整改状态, 实际完成日期).  A closure is one
 * item of one participation that it names: its rows in the order of 实际完成日期 are the
 * history, the last is the current claim.  What a later look at the same item found settles it:
 *
 *	复核确认   the look found 符合 or 不适用
 *	复核退回   it found 部分符合 or 不符合, whether or not completion had been claimed
 *	待复核     nobody has looked since, whatever is claimed
 *	复现       not decided here: of one year nothing comes back
 *
 * A look is a result other than 未评.  Which of them are later:
 *
 *	- 线上核查 gives the finding, 整改复核 and 现场核查 come behind it.  A repeated 线上核查 is
 *	  later, too, when an earlier one of that round (model.superseded) found 部分符合 or 不符合.
 *	- Where both dates are known they decide: a look dated before 实际完成日期 is not later, one
 *	  of the same day or behind it is.  Where either is missing the order of the rounds does.
 *	- Of a round that repeats its latest counts.
 *	- Of several that are later the last settles: by date where both are known, else by the order
 *	  线上核查, 整改复核, 现场核查.
 *
 * 自评 is a claim, too, and settles nothing.  The rule of the campaign has no part in this: a
 * round that does not count for the level was looked at all the same.
 */
#ifndef XINGJI_ASSESS_CLOSURE_H
#define XINGJI_ASSESS_CLOSURE_H

#include "assess/assess.h"

struct closure {
	int32_t participation, item;
	int32_t first, last;  /* its rows in model.rectifications; the last is the current claim */
	int32_t settled_by;   /* index into model.observations; -1 while 待复核 */
	int32_t claim_days, confirm_days; /* closure_days.h; -1: not known */
	int8_t state;         /* enum closure_state */
	int8_t status;        /* enum status of the current claim; a missing one reads as 未复核 */
};

/* Of how many closures the days are known, and their medians (closure_days.h); of none they mean nothing. */
struct closure_speed {
	int64_t claims, claim_days;
	int64_t confirmations, confirm_days;
};

/*
 * Closures counted together.  A claim is timed where both its dates are known, and kept where it is
 * done by the planned one.
 */
struct closure_count {
	int64_t tasks;
	int64_t participations, open_participations; /* that have any; that have one which is not 复核确认 */
	int64_t planned, timed, kept;
	int64_t by_status[STATUSES];  /* what the enterprises say; [STATUS_DONE] is what is claimed */
	int64_t by_state[CLOSURES];   /* what the looks say */
	int64_t refuted;              /* claimed, 复核退回 */
	int64_t unclaimed;            /* not claimed, 复核确认 */
	int64_t late;                 /* by what the enterprises say: closure_is_late */
	int64_t late_done, late_open; /* of those: with 实际完成日期; 未整改 */
	int64_t claims[STATUSES][CLOSURES]; /* what they say against what the looks say */
	/* Of closure_add: behind the participation that was counted last, and that has an open one. */
	int32_t newest, newest_open;
	struct closure_speed speed;   /* set by who counts the group, from closure_speeds; closure_add leaves it */
};

/*
 * Sets assessment->closures, in one pass; needs the decisions.  Warns, once a participation and kind:
 * rectification-refuted where 已整改 was refuted; rectification-settled where 部分整改, 未整改 or 未复核
 * still stands though 符合 or 不适用 was found, or 未复核 though anything was.  A missing status says
 * nothing that could be wrong.  Once a year, a note: how many claims of 已整改 nobody has looked at
 * since (rectification-unconfirmed).
 */
void closure_settle(struct arena *arena, struct assessment *assessment, struct diag *diag);

/* The closures of a participation: index of the first; sets *count. */
size_t closure_range(const struct assessment *assessment, int32_t participation, size_t *count);
/* That of one item, or NULL. */
const struct closure *closure_find(const struct assessment *assessment, int32_t participation, int32_t item);

/* Reported as done after the planned date, or not reported as done although that is past on `today`. */
bool closure_is_late(const struct rectification *claim, struct date today);

/* Those of a group come in the order of assessment->closures; `claim`: the current one. */
void closure_add(struct closure_count *count, const struct closure *closure, const struct rectification *claim,
		 bool is_late);

/* Has the enterprise something to mend: did 线上核查 find any item 部分符合 or 不符合? */
bool closure_is_due(const struct decision *decision, const struct catalogue *catalogue);

#endif
