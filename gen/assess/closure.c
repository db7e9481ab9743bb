/* SPDX-License-Identifier: MIT */
#include "assess/closure.h"

#include "assess/closure_days.h"
#include "assess/rule.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "model/looks.h"
#include "model/observed.h"

static bool is_bad(int result)
{
	return result == RESULT_UNMET || result == RESULT_PARTIAL;
}

/* ---- what settles it ------------------------------------------------------------------------ */

/* Did an earlier look of a 线上核查 that repeats find it open?  Then the latest is a later look. */
static bool is_second_look(const struct model *model, const struct participation *row, const struct observation *seen)
{
	for (size_t i = 0; i < row->superseded_count; i++) {
		const struct observation *older = &model->superseded[row->first_superseded + i];
		if (older->round == seen->round && older->item == seen->item && is_bad(older->result))
			return true;
	}
	return false;
}

static bool is_before(struct date a, struct date b)
{
	return !date_is_missing(a) && !date_is_missing(b) && date_compare(a, b) < 0;
}

static bool is_later(const struct model *model, const struct participation *row, const struct observation *seen,
		     struct date finished)
{
	if (seen->round == ROUND_ONLINE && !is_second_look(model, row, seen))
		return false;
	return !is_before(seen->date, finished);
}

/* The last look at the item since the claim, or -1. */
static int32_t find_settling(const struct assessment *assessment, const struct closure *closure)
{
	static const int8_t rounds[] = { ROUND_ONLINE, ROUND_RECHECK, ROUND_ONSITE };
	const struct model *model = assessment->model;
	const struct participation *row = &model->participations[closure->participation];
	struct date finished = model->rectifications[closure->last].finished;
	int32_t found = -1;
	for (size_t r = 0; r < sizeof rounds / sizeof *rounds; r++) {
		int32_t seen = look_find(model, row, rounds[r], closure->item);
		if (seen < 0 || !is_later(model, row, &model->observations[seen], finished))
			continue;
		if (found < 0 || !is_before(model->observations[seen].date, model->observations[found].date))
			found = seen;
	}
	return found;
}

static void settle(const struct assessment *assessment, struct closure *closure)
{
	const struct model *model = assessment->model;
	int8_t status = model->rectifications[closure->last].status;
	closure->status = status >= 0 ? status : STATUS_UNCHECKED;
	closure->settled_by = find_settling(assessment, closure);
	closure->state = CLOSURE_WAITING;
	if (closure->settled_by < 0)
		return;
	bool is_open = is_bad(model->observations[closure->settled_by].result);
	closure->state = is_open ? CLOSURE_RETURNED : CLOSURE_CONFIRMED;
}

/* ---- claims that a look contradicts --------------------------------------------------------- */

static bool is_refuted(const struct closure *closure)
{
	return closure->status == STATUS_DONE && closure->state == CLOSURE_RETURNED;
}

static bool is_overtaken(const struct assessment *assessment, const struct closure *closure)
{
	int8_t stated = assessment->model->rectifications[closure->last].status;
	if (stated < 0 || stated == STATUS_DONE || closure->settled_by < 0)
		return false;
	return closure->state == CLOSURE_CONFIRMED || stated == STATUS_UNCHECKED;
}

enum { CLAIMS_NAMED = 30 }; /* a message names at most so many; {n} says how many there are */

/* "PA01-3-01（未复核，整改复核不符合）" */
static void name_claim(const struct assessment *assessment, const struct closure *closure, struct buf *names)
{
	const struct model *model = assessment->model;
	const struct observation *seen = &model->observations[closure->settled_by];
	int8_t track = model->participations[closure->participation].track;
	const struct catalogue *catalogue = assessment->rules[track]->catalogue;
	buf_format(names, "%.*s（%s，%s%s）", TEXT_ARGS(catalogue->items[closure->item].id),
		   choice_word(SET_STATUS, closure->status), choice_word(SET_ROUND, seen->round),
		   choice_word(SET_RESULT, seen->result));
}

/* The closures [first, end) of one participation. */
static void warn(const struct assessment *assessment, size_t first, size_t end, bool refuted, struct diag *diag)
{
	const struct model *model = assessment->model;
	const struct closure *named = NULL;
	struct buf names;
	int64_t count = 0;
	buf_init(&names, BUF_LIMIT_PAGE);
	for (size_t i = first; i < end; i++) {
		const struct closure *closure = &assessment->closures[i];
		if (refuted ? !is_refuted(closure) : !is_overtaken(assessment, closure))
			continue;
		named = named ? named : closure;
		if (count == CLAIMS_NAMED)
			buf_string(&names, "……");
		else if (count < CLAIMS_NAMED)
			buf_string(&names, count ? "、" : "");
		if (count++ < CLAIMS_NAMED)
			name_claim(assessment, closure, &names);
	}
	if (named) {
		int32_t enterprise = model->participations[named->participation].enterprise;
		DIAG(diag, refuted ? DIAG_RECTIFICATION_REFUTED : DIAG_RECTIFICATION_SETTLED,
		     .span = model->rectifications[named->last].status_place,
		     .other = observed_place(&model->observations[named->settled_by]), .b = buf_view(&names), .n = count,
		     .a = enterprise >= 0 ? model->enterprises[enterprise].name : NO_TEXT);
	}
	buf_clear(&names);
}

/* One note for all of them: most of a year every claim is one. */
static void note_unconfirmed(const struct assessment *assessment, struct arena *arena, struct diag *diag)
{
	const struct model *model = assessment->model;
	const struct closure *first = NULL;
	int64_t count = 0;
	for (size_t i = 0; i < assessment->closure_count; i++) {
		const struct closure *closure = &assessment->closures[i];
		if (closure->status != STATUS_DONE || closure->state != CLOSURE_WAITING)
			continue;
		first = first ? first : closure;
		count++;
	}
	if (!first)
		return;
	const struct participation *participation = &model->participations[first->participation];
	const struct effective *now = &assessment->decisions[first->participation].items[first->item];
	DIAG(diag, DIAG_RECTIFICATION_UNCONFIRMED, .span = model->rectifications[first->last].status_place, .n = count,
	     .a = participation->enterprise >= 0 ? model->enterprises[participation->enterprise].name : NO_TEXT,
	     .b = assessment->rules[participation->track]->catalogue->items[first->item].id,
	     .c = text_format(arena, "%s%s", choice_word(SET_ROUND, now->round), choice_word(SET_RESULT, now->result)));
}

/* ---- all of them ------------------------------------------------------------------------------ */

static bool is_usable(const struct rectification *row)
{
	return row->participation >= 0 && row->item >= 0;
}

void closure_settle(struct arena *arena, struct assessment *assessment, struct diag *diag)
{
	const struct model *model = assessment->model;
	struct closure *closures = ARENA_ARRAY(arena, struct closure, model->rectification_count);
	size_t count = 0, first = 0;
	for (size_t i = 0; i < model->rectification_count; i++) {
		const struct rectification *row = &model->rectifications[i];
		if (!is_usable(row))
			continue;
		struct closure *same = count ? &closures[count - 1] : NULL;
		if (same && same->participation == row->participation && same->item == row->item)
			same->last = (int32_t)i;
		else
			closures[count++] = (struct closure){ .participation = row->participation, .item = row->item,
							      .first = (int32_t)i, .last = (int32_t)i };
	}
	assessment->closures = closures;
	assessment->closure_count = count;
	for (size_t i = 0; i < count; i++) {
		settle(assessment, &closures[i]);
		closure_set_days(assessment, &closures[i]);
	}
	for (size_t end = 0; first < count; first = end) {
		while (end < count && closures[end].participation == closures[first].participation)
			end++;
		warn(assessment, first, end, true, diag);
		warn(assessment, first, end, false, diag);
	}
	note_unconfirmed(assessment, arena, diag);
}

/* Index of the first closure at or behind an item of a participation. */
static size_t seek(const struct assessment *assessment, int32_t participation, int32_t item)
{
	size_t low = 0, high = assessment->closure_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct closure *closure = &assessment->closures[middle];
		if (closure->participation < participation || (closure->participation == participation && closure->item < item))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t closure_range(const struct assessment *assessment, int32_t participation, size_t *count)
{
	size_t first = seek(assessment, participation, 0);
	*count = seek(assessment, participation + 1, 0) - first;
	return first;
}

const struct closure *closure_find(const struct assessment *assessment, int32_t participation, int32_t item)
{
	size_t at = seek(assessment, participation, item);
	if (at == assessment->closure_count)
		return NULL;
	const struct closure *closure = &assessment->closures[at];
	return closure->participation == participation && closure->item == item ? closure : NULL;
}

bool closure_is_late(const struct rectification *claim, struct date today)
{
	struct date until = !date_is_missing(claim->finished) ? claim->finished : today;
	bool is_undated = date_is_missing(claim->finished) && claim->status == STATUS_DONE;
	return !is_undated && !date_is_missing(claim->planned) && date_compare(until, claim->planned) > 0;
}

/* Participations come one after the other, so another one than the last is a new one. */
static bool is_next(int32_t *newest, const struct closure *closure)
{
	bool is_other = *newest != closure->participation + 1;
	*newest = closure->participation + 1;
	return is_other;
}

static void add_dates(struct closure_count *count, const struct rectification *claim)
{
	bool is_planned = !date_is_missing(claim->planned);
	bool is_timed = is_planned && !date_is_missing(claim->finished);
	count->planned += is_planned;
	count->timed += is_timed;
	count->kept += is_timed && date_compare(claim->finished, claim->planned) <= 0;
}

void closure_add(struct closure_count *count, const struct closure *closure, const struct rectification *claim,
		 bool is_late)
{
	count->tasks++;
	count->participations += is_next(&count->newest, closure);
	if (closure->state != CLOSURE_CONFIRMED)
		count->open_participations += is_next(&count->newest_open, closure);
	add_dates(count, claim);
	count->claims[closure->status][closure->state]++;
	count->late_done += is_late && !date_is_missing(claim->finished);
	count->late_open += is_late && closure->status == STATUS_OPEN;
	count->by_status[closure->status]++;
	count->by_state[closure->state]++;
	count->refuted += is_refuted(closure);
	count->late += is_late;
	count->unclaimed += closure->status != STATUS_DONE && closure->state == CLOSURE_CONFIRMED;
}

bool closure_is_due(const struct decision *decision, const struct catalogue *catalogue)
{
	const struct effective *items = decision->round_items[ROUND_ONLINE];
	for (int32_t i = 0; items && i < catalogue->item_count; i++)
		if (is_bad(items[i].result))
			return true;
	return false;
}
