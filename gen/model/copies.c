/* SPDX-License-Identifier: MIT */
#include "model/copies.h"

#include <stdio.h>

#include "model/choice.h"

/* ---- taking ---------------------------------------------------------------------------- */

static bool refuse(struct copies_fault *fault, const char *key, struct text copy)
{
	*fault = (struct copies_fault){ .kind = COPIES_FIELD, .key = key, .copy = copy };
	return false;
}

static int32_t replace_last(struct copies *copies, struct text code, int32_t index)
{
	uint32_t next = (uint32_t)copies->last_of.count, place = map_add(&copies->by_code, code, next);
	if (place == next) {
		LIST_PUSH(&copies->last_of, index);
		return COPIES_NONE;
	}
	int32_t before = copies->last_of.at[place];
	copies->last_of.at[place] = index;
	return before;
}

static bool take_copies(struct copies *copies, const struct recorded *line, struct copies_fault *fault)
{
	for (size_t i = 0; i < line->copy_count; i++) {
		const struct recorded_copy *copy = &line->copies[i];
		uint32_t next = (uint32_t)copies->list.count;
		if (!copy->copy.size || map_add(&copies->by_number, copy->copy, next) != next)
			return refuse(fault, "copy", copy->copy);
		struct copy row = {
			.copy = copy, .batch = line->batch, .day = line->day, .since = line->day,
				.state = SEND_PREPARED,
			.channel = (int8_t)choice_find(SET_CHANNEL, copy->channel),
			.before = replace_last(copies, copy->code, (int32_t)next),
		};
		LIST_PUSH(&copies->list, row);
	}
	return true;
}

static bool leaves(enum send_state state)
{
	return state == SEND_CLAIMED || state == SEND_ACCEPTED || state == SEND_DELIVERED;
}

static bool take_step(struct copies *copies, const struct recorded *line, struct copies_fault *fault)
{
	const struct recorded_step *step = &line->step;
	enum send_state state = send_state_of(step->state);
	struct copy *copy = copies_find(copies, step->copy);
	if (!copy)
		return refuse(fault, "copy", step->copy);
	if (state == SEND_STATE_COUNT)
		return refuse(fault, "state", step->state);
	if (date_compare(step->day, copy->since) < 0)
		return refuse(fault, "date", step->date);
	if (!send_state_follows(copy->state, state)) {
		*fault = (struct copies_fault){ .kind = COPIES_ORDER, .copy = step->copy, .from = copy->state };
		return false;
	}
	enum send_state before = copy->state;
	copy->state = state;
	copy->since = step->day;
	copy->last = line;
	if (leaves(state) && date_is_missing(copy->left))
		copy->left = step->day;
	if (state == SEND_DEFERRED && date_is_missing(copy->deferred))
		copy->deferred = step->day;
	/* The other side said no, or not now; or a person has found out that it never came: so it is here still. */
	if (state == SEND_DEFERRED || (before == SEND_CLAIMED && state == SEND_REFUSED) ||
	    (before == SEND_UNCERTAIN && state == SEND_VOID))
		copy->left = (struct date){ 0 };
	if (state == SEND_DELIVERED)
		copy->received = step->day;
	copy->detail = step->detail.size ? step->detail : copy->detail;
	copy->scan = step->scan.size ? step->scan : copy->scan;
	return true;
}

bool copies_take(struct copies *copies, const struct recorded *line, struct copies_fault *fault)
{
	if (line->event == EVENT_DISPATCHED)
		return take_copies(copies, line, fault);
	return line->event != EVENT_STATE || take_step(copies, line, fault);
}

struct copies copies_standing(const struct recorded *lines, size_t count, struct date until)
{
	struct copies copies = { 0 };
	struct copies_fault fault;
	for (size_t i = 0; i < count; i++) {
		struct date day = lines[i].event == EVENT_STATE ? lines[i].step.day : lines[i].day;
		/* Days of one copy never go back, so what is left out is the end of its way. */
		if (date_is_missing(until) || date_compare(day, until) <= 0)
			copies_take(&copies, &lines[i], &fault);
	}
	return copies;
}

void copies_clear(struct copies *copies)
{
	LIST_FREE(&copies->list);
	LIST_FREE(&copies->last_of);
	map_clear(&copies->by_number);
	map_clear(&copies->by_code);
}

/* ---- asking ------------------------------------------------------------------------------ */

struct copy *copies_find(const struct copies *copies, struct text number)
{
	const uint32_t *found = map_find(&copies->by_number, number);
	return found ? &copies->list.at[*found] : NULL;
}

int32_t copies_last_of(const struct copies *copies, struct text code)
{
	const uint32_t *found = map_find(&copies->by_code, code);
	return found ? copies->last_of.at[*found] : COPIES_NONE;
}

const struct copy *copies_replacement(const struct copies *copies, int32_t index)
{
	const struct copy *copy = &copies->list.at[index];
	for (int32_t i = copies_last_of(copies, copy->copy->code); i > index; i = copies->list.at[i].before) {
		const struct copy *later = &copies->list.at[i];
		if (copies_counts(later) && !text_equal(later->copy->sha256, copy->copy->sha256))
			return later;
	}
	return NULL;
}

/* May it have left the house? */
static bool has_left(const struct copy *copy)
{
	return !date_is_missing(copy->left);
}

bool copies_is_open(const struct copy *copy)
{
	return copy->state == SEND_PREPARED || copy->state == SEND_CLAIMED || copy->state == SEND_ACCEPTED ||
	       copy->state == SEND_DEFERRED || copy->state == SEND_UNCERTAIN;
}

/*
 * What is handed over outside the program (platform, paper, medium) is on its way from the day on which it was
 * prepared: of that nobody writes a step before the receipt.
 */
bool copies_is_overdue(const struct copy *copy, struct date today, int64_t days)
{
	struct date since = has_left(copy) ? copy->left : copy->day;
	bool is_by_mail = copy->channel == CHANNEL_NOTICE || copy->channel == CHANNEL_ATTACHMENT;
	bool is_away = copy->state == SEND_ACCEPTED || copy->state == SEND_UNCERTAIN ||
		       (copy->state == SEND_PREPARED && !is_by_mail);
	return is_away && date_days(today) - date_days(since) > days;
}

bool copies_counts(const struct copy *copy)
{
	return copy->state != SEND_VOID || has_left(copy);
}

struct copies_outcome copies_outcome(const struct copies *copies, struct text code, struct date today, int64_t days)
{
	struct copies_outcome outcome = { 0 };
	struct text latest = NO_TEXT;
	for (int32_t i = copies_last_of(copies, code); i >= 0; i = copies->list.at[i].before) {
		const struct copy *copy = &copies->list.at[i];
		if (!copies_counts(copy) || (latest.size && !text_equal(copy->copy->sha256, latest)))
			continue;
		latest = copy->copy->sha256;
		outcome.is_due = true;
		outcome.is_received |= copy->state == SEND_DELIVERED || copy->state == SEND_ANSWERED;
		outcome.is_overdue |= copies_is_overdue(copy, today, days);
	}
	outcome.is_overdue &= !outcome.is_received;
	return outcome;
}

int64_t copies_running(struct text number, struct date day)
{
	char stem[16];
	int64_t running = 0;
	snprintf(stem, sizeof stem, "%04d%02d%02d-", day.year, day.month, day.day);
	bool is_of_day = text_starts(number, stem) &&
			 text_to_integer(text_slice(number, strlen(stem), number.size), &running);
	return is_of_day && running > 0 ? running : 0;
}
