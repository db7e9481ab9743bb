/* SPDX-License-Identifier: MIT */
#include "assess/closure_doubt.h"

#include "assess/closure_days.h"
#include "assess/rule.h"
#include "base/buf.h"
#include "base/diag.h"

enum { ITEMS_NAMED = 30 }; /* a message names at most so many; {n} says how many there are */

/* That the whole was handed in before 线上核查 is told of the participation (date-order). */
static bool is_told(const struct participation *row)
{
	return !date_is_missing(row->rectify_date) && !date_is_missing(row->online_date) &&
	       date_compare(row->rectify_date, row->online_date) < 0;
}

static bool is_early(const struct assessment *assessment, const struct closure *closure)
{
	if (is_told(&assessment->model->participations[closure->participation]))
		return false;
	struct date finished = assessment->model->rectifications[closure->last].finished;
	struct date advised = closure_advised(assessment, closure);
	return !date_is_missing(finished) && !date_is_missing(advised) && date_compare(finished, advised) < 0;
}

static bool is_not_open(const struct assessment *assessment, const struct closure *closure)
{
	int8_t result = assessment->decisions[closure->participation].items[closure->item].result;
	return assessment->model->rectifications[closure->last].is_answer &&
	       (result == RESULT_MET || result == RESULT_NOT_APPLICABLE) && !closure_was_open(assessment, closure);
}

static const struct doubt {
	enum diag_kind kind;
	bool (*holds)(const struct assessment *assessment, const struct closure *closure);
} doubts[] = { { DIAG_RECTIFICATION_EARLY, is_early }, { DIAG_ANSWER_NOT_OPEN, is_not_open } };

static struct text item_id(const struct assessment *assessment, const struct closure *closure)
{
	int8_t track = assessment->model->participations[closure->participation].track;
	return assessment->rules[track]->catalogue->items[closure->item].id;
}

static struct text name_of(const struct assessment *assessment, const struct closure *closure)
{
	int32_t enterprise = assessment->model->participations[closure->participation].enterprise;
	return enterprise >= 0 ? assessment->model->enterprises[enterprise].name : NO_TEXT;
}

/* The closures [first, end) of one participation. */
static void tell(const struct assessment *assessment, size_t first, size_t end, const struct doubt *doubt,
		 struct diag *diag)
{
	const struct closure *named = NULL;
	struct buf names;
	int64_t count = 0;
	buf_init(&names, BUF_LIMIT_PAGE);
	for (size_t i = first; i < end; i++) {
		const struct closure *closure = &assessment->closures[i];
		if (!doubt->holds(assessment, closure))
			continue;
		named = named ? named : closure;
		if (count == ITEMS_NAMED)
			buf_string(&names, "……");
		else if (count < ITEMS_NAMED)
			buf_format(&names, "%s%.*s", count ? "、" : "", TEXT_ARGS(item_id(assessment, closure)));
		count++;
	}
	/* Where results of the enterprise could not be read, that was told, and nothing is known of what they lack. */
	if (named && !diag_touches(diag, (size_t)named->participation))
		DIAG(diag, doubt->kind, .span = assessment->model->rectifications[named->last].place,
		     .a = name_of(assessment, named), .b = buf_view(&names), .n = count);
	buf_clear(&names);
}

void closure_doubt(const struct assessment *assessment, struct diag *diag)
{
	for (size_t first = 0, end = 0; first < assessment->closure_count; first = end) {
		while (end < assessment->closure_count &&
		       assessment->closures[end].participation == assessment->closures[first].participation)
			end++;
		for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++)
			tell(assessment, first, end, &doubts[i], diag);
	}
}

void closure_doubt_future(const struct assessment *assessment, struct date today, struct diag *diag)
{
	const struct closure *named = NULL;
	int64_t count = 0;
	for (size_t i = 0; i < assessment->closure_count; i++) {
		const struct closure *closure = &assessment->closures[i];
		struct date finished = assessment->model->rectifications[closure->last].finished;
		if (date_is_missing(finished) || date_compare(finished, today) <= 0)
			continue;
		named = named ? named : closure;
		count++;
	}
	if (!named)
		return;
	struct buf day;
	buf_init(&day, 32);
	date_write_iso(&day, today);
	DIAG(diag, DIAG_RECTIFICATION_FUTURE, .span = assessment->model->rectifications[named->last].place, .n = count,
	     .a = buf_view(&day), .b = name_of(assessment, named), .c = item_id(assessment, named));
	buf_clear(&day);
}
