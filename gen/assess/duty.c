/* SPDX-License-Identifier: MIT */
#include "assess/duty.h"

#include "base/arena.h"

static const struct {
	const char *stage, *shared; /* id of its own stage, and of that which ends it where the campaign has none */
	const char *name;
	int round;                  /* whose results show that it was done; -1: none do */
} duties[DUTIES] = {
	[DUTY_SELF] = { "self", NULL, "自评估", ROUND_SELF },
	[DUTY_ONLINE] = { "online", "rectify", "线上核查", ROUND_ONLINE },
	[DUTY_RECTIFY] = { "rectify", NULL, "整改提升", -1 },
	[DUTY_ONSITE] = { "onsite", NULL, "现场核查", ROUND_ONSITE },
};

static const struct stage *find_stage(const struct campaign *campaign, const char *id)
{
	for (size_t i = 0; id && i < campaign->stage_count; i++)
		if (text_is(campaign->stages[i].id, id))
			return &campaign->stages[i];
	return NULL;
}

const struct stage *duty_stage(const struct campaign *campaign, enum duty duty)
{
	const struct stage *own = find_stage(campaign, duties[duty].stage);
	return own ? own : find_stage(campaign, duties[duty].shared);
}

struct text duty_name(const struct campaign *campaign, enum duty duty)
{
	const struct stage *own = find_stage(campaign, duties[duty].stage);
	return own && own->name.size ? own->name : text_from(duties[duty].name);
}

bool *duty_withdrawn(struct arena *arena, const struct model *model, struct date day)
{
	bool *is_withdrawn = ARENA_ARRAY(arena, bool, model->participation_count);
	for (size_t i = 0; i < model->ledger_count; i++) {
		const struct ledger *row = &model->ledger[i];
		if (row->participation < 0 || date_compare(row->date, day) > 0)
			continue;
		if (row->kind == LEDGER_WITHDRAWAL || row->kind == LEDGER_RESTORED)
			is_withdrawn[row->participation] = row->kind == LEDGER_WITHDRAWAL;
	}
	return is_withdrawn;
}

static struct date dated(const struct participation *row, enum duty duty)
{
	const struct date dates[DUTIES] = {
		[DUTY_SELF] = row->self_date, [DUTY_ONLINE] = row->online_date,
		[DUTY_RECTIFY] = row->rectify_date, [DUTY_ONSITE] = row->onsite_date,
	};
	return dates[duty];
}

/* A result without a date is as old as its round; one whose round has no date either is simply there. */
static struct date seen_on(const struct participation *row, const struct observation *observation)
{
	if (observation->round == ROUND_ONLINE && date_is_missing(observation->date))
		return row->online_date;
	return observation->date;
}

/* Missing sorts first: what has no date is there on every day. */
static bool is_there(const struct participation *row, const struct observation *observation, struct date day)
{
	return observation->result != RESULT_UNASSESSED && date_compare(seen_on(row, observation), day) <= 0;
}

/* Did the round leave a result by the day?  The first dated one in *date, which stays missing where none has a date. */
static bool was_observed(const struct model *model, const struct participation *row, int round, struct date day,
			 struct date *date)
{
	bool is_seen = false;
	for (size_t i = 0; i < row->observation_count; i++) {
		const struct observation *observation = &model->observations[row->first_observation + i];
		if (observation->round != round || !is_there(row, observation, day))
			continue;
		is_seen = true;
		bool is_dated = !date_is_missing(observation->date);
		if (date_is_missing(*date) || (is_dated && date_compare(observation->date, *date) < 0))
			*date = observation->date;
	}
	return is_seen;
}

static bool has_findings(const struct model *model, const struct participation *row, struct date day)
{
	for (size_t i = 0; i < row->observation_count; i++) {
		const struct observation *observation = &model->observations[row->first_observation + i];
		bool is_bad = observation->result == RESULT_PARTIAL || observation->result == RESULT_UNMET;
		if (observation->round == ROUND_ONLINE && is_bad && is_there(row, observation, day))
			return true;
	}
	return false;
}

static bool is_expected(const struct model *model, const struct participation *row, enum duty duty, struct date day)
{
	if (duty == DUTY_RECTIFY)
		return has_findings(model, row, day);
	return duty != DUTY_ONSITE || model->enterprises[row->enterprise].is_key == YESNO_YES;
}

enum duty_state duty_state(const struct model *model, const struct participation *row, enum duty duty, struct date day)
{
	const struct stage *stage = duty_stage(&model->campaign, duty);
	struct date date = dated(row, duty);
	if (!is_expected(model, row, duty, day))
		return DUTY_NOT_EXPECTED;
	bool is_done = !date_is_missing(date) && date_compare(date, day) <= 0;
	if (date_is_missing(date) && duties[duty].round >= 0)
		is_done = was_observed(model, row, duties[duty].round, day, &date);
	bool has_deadline = stage && !date_is_missing(stage->deadline);
	if (!is_done)
		return has_deadline && date_compare(day, stage->deadline) > 0 ? DUTY_OVERDUE : DUTY_AHEAD;
	bool is_late = has_deadline && date_compare(date, stage->deadline) > 0;
	return is_late ? DUTY_LATE : DUTY_ON_TIME;
}
