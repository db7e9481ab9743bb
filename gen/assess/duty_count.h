/* SPDX-License-Identifier: MIT
 *
 * The duties of a day counted by city or by agency, with the names of who was late, is overdue or has time: what `status`
 * prints and the preview's page of progress shows.
 *
 * What a duty is and when it is done says duty.h; here it is only counted.  Of an agency are the
 * participations that it checks, and those whose self-assessment it advises.
 */
#ifndef XINGJI_ASSESS_DUTY_COUNT_H
#define XINGJI_ASSESS_DUTY_COUNT_H

#include "assess/duty.h"

/* What is counted: all members set by the caller. */
struct duty_view {
	struct arena *arena;
	const struct model *model;
	struct date day;          /* must not be missing */
	bool is_by_agency;        /* else by city */
	const bool *is_withdrawn; /* duty_withdrawn of that day */
};

struct duty_who {
	struct text name;      /* "示例甲", and where it takes part in several tracks "示例甲（平台）" */
	enum duty_state state; /* DUTY_LATE, DUTY_OVERDUE or DUTY_AHEAD */
};

/* Those of a city, of an agency, of none known（未知）, of the province（全省）. */
struct duty_group {
	struct text name;
	int64_t by_state[DUTY_STATES]; /* participations; DUTY_NOT_EXPECTED: always 0 */
	struct duty_who *names;       /* in the order of the model */
	size_t name_count;
};

/* As counted here: of who was withdrawn nothing is expected that he has not done. */
enum duty_state duty_counted(const struct duty_view *view, size_t participation, enum duty duty);
/* The agency that it is counted under; -1: none is known. */
int32_t duty_agency(const struct model *model, const struct participation *row, enum duty duty);

/* Expected at all; and done, on time or late. */
int64_t duty_expected(const struct duty_group *group);
int64_t duty_done(const struct duty_group *group);

/*
 * The groups of which something is expected, in the order of cities or agencies, and behind them always the
 * province.  Returns how many; they live in view->arena.
 */
size_t duty_groups(const struct duty_view *view, enum duty duty, struct duty_group **groups);

#endif
