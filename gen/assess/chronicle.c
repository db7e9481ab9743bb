/* SPDX-License-Identifier: MIT */
#include "assess/chronicle.h"

#include "assess/movement.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "model/parts.h"
#include "model/track.h"

/* The day of the list. */
static struct date chronicle_day(const struct campaign *campaign)
{
	struct date latest = campaign->publication.date;
	for (size_t i = 0; date_is_missing(campaign->publication.date) && i < campaign->stage_count; i++)
		if (date_compare(campaign->stages[i].deadline, latest) > 0)
			latest = campaign->stages[i].deadline;
	return date_is_missing(latest) ? (struct date){ (int16_t)campaign->year, 12, 31 } : latest;
}

struct date chronicle_last_day(const struct model *model)
{
	struct date latest = chronicle_day(&model->campaign);
	for (size_t i = 0; i < model->ledger_count; i++)
		if (date_compare(model->ledger[i].date, latest) > 0)
			latest = model->ledger[i].date;
	return latest;
}

struct date chronicle_first_day(const struct campaign *campaign)
{
	struct date day = chronicle_day(campaign), proposed = campaign->publication.proposed;
	return !date_is_missing(proposed) && date_compare(proposed, day) < 0 ? proposed : day;
}

/* ---- which rows count ------------------------------------------------------------------- */

static struct text iso(struct arena *arena, struct date date)
{
	struct buf buf;
	buf_init(&buf, 32);
	date_write_iso(&buf, date);
	struct text copy = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

static bool changes(const struct ledger *row)
{
	static const bool changing[LEDGERS] = {
		[LEDGER_CORRECTION] = true, [LEDGER_WITHDRAWAL] = true, [LEDGER_RESTORED] = true, [LEDGER_ADDED] = true,
		[LEDGER_RENAMED] = true,
	};
	return changing[row->kind];
}

static void report_unlisted(struct arena *arena, const struct model *model, const struct ledger *row, struct diag *diag)
{
	DIAG(diag, DIAG_LEDGER_NOT_LISTED, .span = row->place, .a = model->enterprises[row->enterprise].name,
	     .b = parts_label(arena, model, &model->participations[row->participation]),
	     .participation = row->participation + 1);
}

/* Was it on the list, or is it put there, at a level, by a row of whatever day? */
static bool comes_on_list(const struct assessment *assessment, int32_t participation)
{
	const struct model *model = assessment->model;
	if (assessment_lists(assessment, participation))
		return true;
	for (size_t i = 0; i < model->ledger_count; i++)
		if (model->ledger[i].participation == participation && model->ledger[i].kind == LEDGER_ADDED && model->ledger[i].level > 0)
			return true;
	return false;
}

static void choose_rows(struct arena *arena, const struct assessment *assessment, struct date last, struct diag *diag, struct chronicle *chronicle)
{
	const struct model *model = assessment->model;
	const struct ledger *first_later = NULL;
	int64_t later = 0;
	chronicle->rows = ARENA_ARRAY(arena, int32_t, model->ledger_count);
	for (size_t i = 0; i < model->ledger_count; i++) {
		const struct ledger *row = &model->ledger[i];
		if (!comes_on_list(assessment, row->participation)) {
			report_unlisted(arena, model, row, diag);
		} else if (!date_is_missing(last) && date_compare(row->date, last) > 0) {
			first_later = later++ ? first_later : row;
		} else {
			chronicle->rows[chronicle->row_count++] = (int32_t)i;
		}
	}
	if (later)
		DIAG(diag, DIAG_LEDGER_LATER, .span = first_later->place, .a = iso(arena, last), .n = later);
}

/* ---- versions ----------------------------------------------------------------------------- */

static void add_version(const struct campaign *campaign, struct chronicle *chronicle, struct date date, int32_t rows)
{
	size_t at = chronicle->version_count;
	while (at > 0 && date_compare(chronicle->versions[at - 1].date, date) > 0)
		at--;
	if (at > 0 && date_compare(chronicle->versions[at - 1].date, date) == 0) {
		chronicle->versions[at - 1].rows += rows;
		return;
	}
	bool is_before = date_compare(date, chronicle_day(campaign)) < 0;
	for (size_t i = chronicle->version_count; i > at; i--)
		chronicle->versions[i] = chronicle->versions[i - 1];
	chronicle->versions[at] = (struct version){ date, is_before ? STATE_PROPOSED : campaign->publication.state, rows };
	chronicle->version_count++;
}

static void find_versions(struct arena *arena, const struct model *model, struct date last, struct chronicle *chronicle)
{
	const struct campaign *campaign = &model->campaign;
	const struct publication *publication = &campaign->publication;
	struct date day = chronicle_day(campaign);
	bool is_before = !date_is_missing(last) && date_compare(last, publication->date) < 0;
	bool was_proposed = is_before ? date_compare(publication->proposed, last) <= 0
				      : date_compare(publication->proposed, day) < 0;
	was_proposed &= !date_is_missing(publication->proposed);
	chronicle->versions = ARENA_ARRAY(arena, struct version, chronicle->row_count + 2);
	chronicle->state = is_before ? (int8_t)STATE_PROPOSED : publication->state;
	chronicle->since = publication->date;
	if (is_before)
		chronicle->since = was_proposed ? publication->proposed : last;
	if (was_proposed)
		add_version(campaign, chronicle, publication->proposed, 0);
	if (!is_before || !was_proposed)
		add_version(campaign, chronicle, is_before ? last : day, 0);
	for (size_t i = 0; i < chronicle->row_count; i++)
		add_version(campaign, chronicle, model->ledger[chronicle->rows[i]].date, 1);
}

/* ---- standings ------------------------------------------------------------------------------- */

static struct standing standing_first(const struct assessment *assessment, int32_t participation)
{
	int8_t level = assessment->decisions[participation].level;
	struct standing standing = {
		.kind = STANDING_VALID, .level = level, .decided = level, .row = -1, .renamed = -1
	};
	for (int kind = 0; kind < STANDINGS; kind++)
		standing.turns[kind] = -1;
	return standing;
}

/* What is told of an entry to which several things happened. */
static int8_t kind_of(const struct standing *standing)
{
	if (standing->is_withdrawn)
		return STANDING_WITHDRAWN;
	if (standing->level != standing->decided)
		return STANDING_CORRECTED;
	if (standing->renamed >= 0)
		return STANDING_RENAMED;
	return standing->is_added ? STANDING_ADDED : STANDING_VALID;
}

/* Which kind of standing a row makes, as far as nothing else happened. */
static int8_t kind_made_by(const struct ledger *row)
{
	static const int8_t kinds[LEDGERS] = {
		[LEDGER_CORRECTION] = STANDING_CORRECTED, [LEDGER_WITHDRAWAL] = STANDING_WITHDRAWN,
		[LEDGER_ADDED] = STANDING_ADDED, [LEDGER_RENAMED] = STANDING_RENAMED,
	};
	return kinds[row->kind];
}

static void apply(struct standing *standing, const struct ledger *row, int32_t index)
{
	if (row->kind == LEDGER_CORRECTION)
		standing->level = row->level;
	if (row->kind == LEDGER_WITHDRAWAL || row->kind == LEDGER_RESTORED)
		standing->is_withdrawn = row->kind == LEDGER_WITHDRAWAL;
	if (row->kind == LEDGER_ADDED)
		standing->is_added = true;
	if (row->kind == LEDGER_RENAMED)
		standing->renamed = index;
	/* Renamed in the other track before it came onto the list in this one. */
	bool is_still_absent = standing->kind == STANDING_ABSENT && !standing->is_added;
	standing->kind = is_still_absent ? (int8_t)STANDING_ABSENT : kind_of(standing);
	standing->turns[STANDING_VALID] = standing->turns[kind_made_by(row)] = index;
	standing->row = standing->turns[standing->kind];
}

static void touch(struct chronicle *chronicle, int32_t participation)
{
	if (chronicle->touched_of[participation] >= 0)
		return;
	chronicle->touched_of[participation] = (int32_t)chronicle->touched_count;
	chronicle->touched[chronicle->touched_count++] = participation;
}

/* Does the row change the entry?  A 更名 changes all that its enterprise has on the list. */
static bool is_changed_by(const struct assessment *assessment, const struct ledger *row, int32_t participation)
{
	if (row->kind == LEDGER_RENAMED)
		return comes_on_list(assessment, participation);
	return changes(row) && row->participation == participation;
}

/* Also those that are added later than the last day: until then they are not on the list. */
static void find_touched(struct arena *arena, const struct assessment *assessment, struct chronicle *chronicle)
{
	const struct model *model = assessment->model;
	chronicle->touched = ARENA_ARRAY(arena, int32_t, model->participation_count);
	chronicle->touched_of = ARENA_ARRAY(arena, int32_t, model->participation_count);
	for (size_t i = 0; i < model->participation_count; i++)
		chronicle->touched_of[i] = -1;
	for (size_t i = 0; i < chronicle->row_count; i++) {
		const struct ledger *row = &model->ledger[chronicle->rows[i]];
		EACH_PART(part, model, &model->enterprises[row->enterprise])
			if (is_changed_by(assessment, row, part))
				touch(chronicle, part);
	}
	for (size_t i = 0; i < model->ledger_count; i++)
		if (model->ledger[i].kind == LEDGER_ADDED && comes_on_list(assessment, model->ledger[i].participation))
			touch(chronicle, model->ledger[i].participation);
}

static struct standing *first_standings(struct arena *arena, const struct assessment *assessment,
					const struct chronicle *chronicle)
{
	const struct model *model = assessment->model;
	struct standing *now = ARENA_ARRAY(arena, struct standing, chronicle->touched_count);
	for (size_t i = 0; i < chronicle->touched_count; i++)
		now[i] = standing_first(assessment, chronicle->touched[i]);
	for (size_t i = 0; i < model->ledger_count; i++) {
		const struct ledger *row = &model->ledger[i];
		int32_t place = row->kind == LEDGER_ADDED ? chronicle->touched_of[row->participation] : -1;
		if (place < 0)
			continue;
		now[place].kind = STANDING_ABSENT;
		if (row->level > 0)
			now[place].level = now[place].decided = row->level;
	}
	return now;
}

/* Versions and rows are both in the order of their dates. */
static void find_standings(struct arena *arena, const struct assessment *assessment, struct chronicle *chronicle)
{
	const struct model *model = assessment->model;
	size_t count = chronicle->touched_count, next = 0;
	struct standing *now = first_standings(arena, assessment, chronicle);
	chronicle->standings = ARENA_ARRAY(arena, struct standing, count * chronicle->version_count);
	for (size_t version = 0; version < chronicle->version_count; version++) {
		for (; next < chronicle->row_count; next++) {
			const struct ledger *row = &model->ledger[chronicle->rows[next]];
			if (date_compare(row->date, chronicle->versions[version].date) > 0)
				break;
			EACH_PART(part, model, &model->enterprises[row->enterprise])
				if (is_changed_by(assessment, row, part))
					apply(&now[chronicle->touched_of[part]], row, chronicle->rows[next]);
		}
		if (count)
			memcpy(&chronicle->standings[version * count], now, count * sizeof *now);
	}
}

const struct chronicle *chronicle_new(struct arena *arena, const struct assessment *assessment, struct date last, struct diag *diag)
{
	struct chronicle *chronicle = ARENA_NEW(arena, struct chronicle);
	choose_rows(arena, assessment, last, diag, chronicle);
	find_versions(arena, assessment->model, last, chronicle);
	find_touched(arena, assessment, chronicle);
	find_standings(arena, assessment, chronicle);
	return chronicle;
}

struct standing chronicle_standing(const struct assessment *assessment, const struct chronicle *chronicle, size_t version, int32_t participation)
{
	int32_t place = chronicle->touched_of[participation];
	return place < 0 ? standing_first(assessment, participation) : chronicle->standings[version * chronicle->touched_count + (size_t)place];
}

struct standing chronicle_now(const struct assessment *assessment, const struct chronicle *chronicle,
			      int32_t participation)
{
	return chronicle_standing(assessment, chronicle, chronicle->version_count - 1, participation);
}

static bool shows(const struct assessment *assessment, const struct chronicle *chronicle, int32_t participation)
{
	if (chronicle->touched_of[participation] < 0)
		return assessment_lists(assessment, participation);
	return chronicle_now(assessment, chronicle, participation).kind != STANDING_ABSENT;
}

static bool shows_at(const struct assessment *assessment, const struct chronicle *chronicle, size_t version,
		     int32_t participation)
{
	if (!chronicle || chronicle->touched_of[participation] < 0)
		return assessment_lists(assessment, participation);
	return chronicle_standing(assessment, chronicle, version, participation).kind != STANDING_ABSENT;
}

struct text chronicle_platform(const struct assessment *assessment, const struct chronicle *chronicle, size_t version,
			       int32_t participation)
{
	const struct model *model = assessment->model;
	const struct participation *own = &model->participations[participation];
	if (own->ordinal == 0)
		return NO_TEXT;
	EACH_PART(part, model, &model->enterprises[own->enterprise])
		if (part != participation && model->participations[part].track == own->track &&
		    shows_at(assessment, chronicle, version, part))
			return own->platform;
	return NO_TEXT;
}

bool chronicle_shows_enterprise(const struct assessment *assessment, const struct chronicle *chronicle,
				const struct enterprise *enterprise)
{
	bool is_shown = false;
	EACH_PART(part, assessment->model, enterprise)
		is_shown |= shows(assessment, chronicle, part);
	return is_shown;
}

size_t chronicle_count_ever(const struct assessment *assessment, const struct chronicle *chronicle)
{
	size_t count = 0;
	for (size_t i = 0; i < assessment->model->participation_count; i++)
		count += assessment_lists(assessment, (int32_t)i) || chronicle->touched_of[i] >= 0;
	return count;
}

struct text chronicle_name(const struct model *model, struct standing standing, int32_t participation)
{
	const struct enterprise *enterprise = &model->enterprises[model->participations[participation].enterprise];
	if (standing.renamed >= 0)
		return model->ledger[standing.renamed].name;
	return enterprise->former.size ? enterprise->former : enterprise->name;
}

/* ---- as shown ---------------------------------------------------------------------------------- */

void chronicle_rename(struct model *model, const struct assessment *assessment, const struct chronicle *chronicle)
{
	for (size_t i = 0; i < chronicle->touched_count; i++) {
		int32_t participation = chronicle->touched[i];
		struct standing standing = chronicle_now(assessment, chronicle, participation);
		struct enterprise *enterprise = &model->enterprises[model->participations[participation].enterprise];
		if (standing.renamed < 0)
			continue;
		if (!enterprise->former.size)
			enterprise->former = enterprise->name;
		enterprise->name = chronicle_name(model, standing, participation);
	}
}

struct assessment *chronicle_assessment(struct arena *arena, const struct assessment *assessment, const struct chronicle *chronicle)
{
	size_t count = assessment->model->participation_count;
	struct assessment *shown = ARENA_NEW(arena, struct assessment);
	*shown = *assessment;
	shown->chronicle = chronicle;
	if (chronicle->touched_count == 0)
		return shown;
	shown->decisions = ARENA_ARRAY(arena, struct decision, count);
	memcpy(shown->decisions, assessment->decisions, count * sizeof *shown->decisions);
	for (size_t i = 0; i < chronicle->touched_count; i++) {
		struct decision *decision = &shown->decisions[chronicle->touched[i]];
		struct standing standing = chronicle_now(assessment, chronicle, chronicle->touched[i]);
		bool is_off = standing.kind == STANDING_WITHDRAWN || standing.kind == STANDING_ABSENT;
		if (standing.kind == STANDING_ABSENT && decision->outcome != OUTCOME_REACHED)
			continue;
		decision->outcome = is_off ? OUTCOME_NOT_REACHED : OUTCOME_REACHED;
		decision->level = (int8_t)(is_off ? 0 : standing.level);
		decision->movement =
			(int8_t)(is_off ? MOVEMENT_NONE : movement_of(standing.level, decision->earlier_level));
	}
	return shown;
}
