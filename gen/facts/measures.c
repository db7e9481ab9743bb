/* SPDX-License-Identifier: MIT */
#include "facts/measures.h"

#include <stdlib.h>

#include "assess/prior.h"
#include "base/arena.h"
#include "base/list.h"
#include "facts/view.h"

const struct measure measures[MEASURES] = {
	[MEASURE_REACHED] = { "reached", "达标率", offsetof(struct group, listed), offsetof(struct group, participants),
			      offsetof(struct group, participants) },
	[MEASURE_RATE] = { "rate", "条目符合率", offsetof(struct group, met), offsetof(struct group, applicable),
			   offsetof(struct group, finished) },
	[MEASURE_TARGET] = { "target", "目标完成率", offsetof(struct group, aimed), offsetof(struct group, target),
			     offsetof(struct group, target) },
	[MEASURE_COVERAGE] = { "coverage", "自评估覆盖率", offsetof(struct group, covered),
			       offsetof(struct group, scale_enterprises), offsetof(struct group, scale_enterprises) },
	[MEASURE_CONFIRMED] = { "confirmed", "复核确认率", offsetof(struct group, closures.by_state[CLOSURE_CONFIRMED]),
				offsetof(struct group, closures.tasks), offsetof(struct group, enterprises) },
	[MEASURE_SELF] = { "self", "自评符合率", offsetof(struct group, round_met[ROUND_SELF]),
			   offsetof(struct group, round_applicable[ROUND_SELF]),
			   offsetof(struct group, finished_looked[ROUND_SELF]) },
	[MEASURE_ONLINE] = { "online", "线上核查符合率", offsetof(struct group, round_met[ROUND_ONLINE]),
			     offsetof(struct group, round_applicable[ROUND_ONLINE]),
			     offsetof(struct group, finished_looked[ROUND_ONLINE]) },
	[MEASURE_ONSITE] = { "onsite", "现场核查符合率", offsetof(struct group, round_met[ROUND_ONSITE]),
			     offsetof(struct group, round_applicable[ROUND_ONSITE]),
			     offsetof(struct group, finished_looked[ROUND_ONSITE]) },
};

/* ---- quotients ---------------------------------------------------------------------------- */

int quotient_compare(const void *left, const void *right)
{
	const struct quotient *a = left, *b = right;
	int64_t one = a->numerator * b->denominator, other = b->numerator * a->denominator;
	return (one > other) - (one < other);
}

double quotient_median(const struct quotient *sorted, size_t count)
{
	struct quotient low = sorted[(count - 1) / 2], high = sorted[count / 2];
	double below = (double)low.numerator / (double)low.denominator;
	return (below + (double)high.numerator / (double)high.denominator) / 2;
}

static int64_t member(const struct group *group, size_t offset)
{
	return *(const int64_t *)(const void *)((const char *)group + offset);
}

struct quotient measure_quotient(const struct group *group, int measure)
{
	const struct measure *of = &measures[measure];
	return (struct quotient){ member(group, of->numerator), member(group, of->denominator) };
}

static bool is_known(struct quotient quotient)
{
	return quotient.denominator > 0 && quotient.numerator >= 0;
}

bool measure_is_comparable(const struct group *group, int measure, int64_t least)
{
	bool is_of_cities = measure == MEASURE_TARGET || measure == MEASURE_COVERAGE;
	int64_t base = is_of_cities ? group->enterprises : member(group, measures[measure].base);
	return is_known(measure_quotient(group, measure)) && base >= least;
}

/* ---- ladders ------------------------------------------------------------------------------- */

enum kind {
	KIND_CITY, KIND_INDUSTRY, KIND_SIZE, KIND_ORIGIN, KIND_GRADE, KIND_CLASS, KIND_AREA, KIND_ELEMENT, KIND_AGENCY,
	KIND_PROVINCE,
};

const struct ladder_kind ladder_kinds[] = {
	[KIND_CITY] = { "city", "个设区市" },
	[KIND_INDUSTRY] = { "industry", "个行业" },
	[KIND_SIZE] = { "size", "种规模" },
	[KIND_ORIGIN] = { "origin", "类来源" },
	[KIND_GRADE] = { "grade", "个等级" },
	[KIND_CLASS] = { "class", "个过程类" },
	[KIND_AREA] = { "area", "个过程域" },
	[KIND_ELEMENT] = { "element", "个能力要素" },
	[KIND_AGENCY] = { "agency", "家机构" },
	[KIND_PROVINCE] = { "province", "个省" },
};

struct climbing {
	struct view *view;
	LIST(struct measured) rows;
	LIST(struct ladder) ladders;
};

static void open_ladder(struct climbing *c, int measure, int kind, int track)
{
	struct ladder ladder = { .measure = (int8_t)measure, .kind = (int8_t)kind, .track = (int8_t)track,
				 .first = (int32_t)c->rows.count, .median = -1 };
	LIST_PUSH(&c->ladders, ladder);
}

static void add_rung(struct climbing *c, int32_t ordinal, struct text code, struct text name, struct quotient quotient,
		     int64_t base)
{
	struct measured row = { .ladder = (int32_t)c->ladders.count - 1, .code = code, .name = name, .ordinal = ordinal,
				.quotient = quotient, .base = base };
	row.is_compared = is_known(quotient) && base >= c->view->model->campaign.thresholds.compare_least;
	LIST_PUSH(&c->rows, row);
}

/* Every rung of the last ladder beside every other: there are some dozens. */
static void close_ladder(struct climbing *c)
{
	struct ladder *ladder = &c->ladders.at[c->ladders.count - 1];
	struct measured *rows = c->rows.at + ladder->first;
	ladder->count = (int32_t)c->rows.count - ladder->first;
	struct quotient *sorted = ARENA_ARRAY(c->view->arena, struct quotient, (size_t)ladder->count + 1);
	for (int32_t i = 0; i < ladder->count; i++) {
		ladder->small += !rows[i].is_compared && is_known(rows[i].quotient);
		if (!rows[i].is_compared)
			continue;
		sorted[ladder->compared++] = rows[i].quotient;
		for (int32_t j = 0; j < ladder->count; j++) {
			if (j == i || !rows[j].is_compared)
				continue;
			int order = quotient_compare(&rows[j].quotient, &rows[i].quotient);
			rows[i].better += order > 0;
			rows[i].worse += order < 0;
			rows[i].same += order == 0;
		}
		ladder->best += rows[i].better == 0;
		ladder->worst += rows[i].worse == 0;
	}
	qsort(sorted, (size_t)ladder->compared, sizeof *sorted, quotient_compare);
	if (ladder->compared)
		ladder->median = quotient_median(sorted, (size_t)ladder->compared);
}

/* ---- kinds of group -------------------------------------------------------------------------- */

static int tracks_of(const struct climbing *c)
{
	return c->view->model->campaign.track_count;
}

static void add_cities(struct climbing *c, const struct group *groups, int step, int measure, int track)
{
	const struct prefectures *cities = &c->view->model->prefectures;
	open_ladder(c, measure, KIND_CITY, track);
	for (int32_t i = 0; i < cities->count; i++) {
		const struct group *group = &groups[(ptrdiff_t)i * step];
		add_rung(c, i + 1, cities->at[i].code, cities->at[i].name, measure_quotient(group, measure),
			 member(group, measures[measure].base));
	}
	close_ladder(c);
}

/* Of the whole province and by track; those of whom the kind is not known, the last, are on no ladder. */
static void add_kinds(struct climbing *c, int kind, const struct group *groups, int count, int measure, int track)
{
	static const int sets[] = { [KIND_SIZE] = SET_SIZE, [KIND_ORIGIN] = SET_ORIGIN, [KIND_GRADE] = SET_GRADE };
	open_ladder(c, measure, kind, track);
	for (int i = 0; i < count; i++) {
		const struct group *group = &groups[(ptrdiff_t)i * tracks_of(c)];
		if (group->participants == 0)
			continue;
		bool is_industry = kind == KIND_INDUSTRY;
		struct text code = is_industry ? text_from(industries[i].code) : c->view->codes[sets[kind]][i];
		struct text name = is_industry ? text_from(industries[i].name) : c->view->words[sets[kind]][i];
		add_rung(c, i + 1, code, name, measure_quotient(group, measure), member(group, measures[measure].base));
	}
	close_ladder(c);
}

static void add_track_kinds(struct climbing *c, int measure)
{
	const struct summary *summary = summary_of(c->view);
	for (int track = 0; track < tracks_of(c); track++) {
		add_cities(c, summary->city_track + track, tracks_of(c), measure, track);
		add_kinds(c, KIND_INDUSTRY, summary->industry_track + track, INDUSTRIES, measure, track);
		add_kinds(c, KIND_SIZE, summary->size_track + track, SIZES, measure, track);
		add_kinds(c, KIND_ORIGIN, summary->origin_track + track, ORIGINS, measure, track);
		add_kinds(c, KIND_GRADE, summary->grade_track + track, GRADES, measure, track);
	}
}

static struct quotient tally_quotient(const struct tally *tally)
{
	return (struct quotient){ tally_met(tally), tally_applicable(tally) };
}

/* ---- earlier years ----------------------------------------------------------------------------- */

/* The year before, for the last rung; NULL: there is none. */
static const struct prior_slot *add_before(struct climbing *c, int track)
{
	const struct prior *prior = c->view->assessment->prior;
	int32_t slot = prior ? prior_last_slot(prior) : -1;
	if (slot < 0)
		return NULL;
	struct measured_before *before = &c->rows.at[c->rows.count - 1].before;
	before->year = prior->slots[slot].year;
	before->ruler = track < 0 ? 0 : (int8_t)prior_ruler_since(prior, slot, track);
	return &prior->slots[slot];
}

static void set_before(struct climbing *c, struct quotient quotient)
{
	c->rows.at[c->rows.count - 1].before.quotient = quotient;
}

static void add_area_before(struct climbing *c, int track, struct text id)
{
	const struct prior_slot *slot = add_before(c, track);
	const struct tally *then = slot ? prior_area_of(slot, track, id) : NULL;
	if (then)
		set_before(c, tally_quotient(then));
}

/* The whole province on a ladder of its own, for what it was before. */
static void add_province(struct climbing *c, int measure, int track)
{
	const struct summary *summary = summary_of(c->view);
	const struct group *group = track < 0 ? &summary->all : &summary->by_track[track];
	const struct campaign *campaign = &c->view->model->campaign;
	open_ladder(c, measure, KIND_PROVINCE, track);
	add_rung(c, 1, NO_TEXT, campaign->province, measure_quotient(group, measure),
		 member(group, measures[measure].base));
	const struct prior_slot *slot = add_before(c, track);
	int held = slot && track >= 0 ? slot->tracks[track].held : -1;
	const struct prior_track *then = held < 0 ? NULL : &slot->full->tracks[held];
	if (then && measure == MEASURE_REACHED)
		set_before(c, (struct quotient){ then->reached, then->participants });
	else if (then && measure == MEASURE_RATE)
		set_before(c, tally_quotient(&then->total));
	else if (slot && measure == MEASURE_COVERAGE)
		set_before(c, (struct quotient){ slot->full->covered, slot->full->scale_enterprises });
	close_ladder(c);
}

/* ---- of the catalogue, of agencies, all ---------------------------------------------------------- */

/* What the statistic of one of the catalogue says under a measure. */
static struct quotient item_quotient(const struct item_statistic *statistic, int measure)
{
	static const int8_t rounds[MEASURES] = { [MEASURE_SELF] = ROUND_SELF, [MEASURE_ONLINE] = ROUND_ONLINE,
						 [MEASURE_ONSITE] = ROUND_ONSITE };
	return tally_quotient(measure == MEASURE_RATE ? &statistic->effective : &statistic->rounds[rounds[measure]]);
}

/* Behind each of them stand all finished participations of the track that were looked at so. */
static void add_catalogue(struct climbing *c, int measure, int track)
{
	const struct catalogue *catalogue = c->view->assessment->rules[track]->catalogue;
	const struct track_statistic *statistic = &c->view->assessment->tracks[track];
	int64_t base = member(&summary_of(c->view)->by_track[track], measures[measure].base);
	open_ladder(c, measure, KIND_CLASS, track);
	for (int32_t i = 0; i < catalogue->class_count; i++)
		add_rung(c, i + 1, catalogue->classes[i].id, catalogue->classes[i].name,
			 item_quotient(&statistic->classes[i], measure), base);
	close_ladder(c);
	open_ladder(c, measure, KIND_AREA, track);
	for (int32_t i = 0; i < catalogue->area_count; i++) {
		add_rung(c, i + 1, catalogue->areas[i].id, catalogue->areas[i].name,
			 item_quotient(&statistic->areas[i], measure), base);
		if (measure == MEASURE_RATE)
			add_area_before(c, track, catalogue->areas[i].id);
	}
	close_ladder(c);
	open_ladder(c, measure, KIND_ELEMENT, track);
	for (int i = 0; i < ELEMENTS; i++) {
		struct quotient quotient = item_quotient(&statistic->elements[i], measure);
		if (quotient.denominator > 0)
			add_rung(c, i + 1, c->view->codes[SET_ELEMENT][i], c->view->words[SET_ELEMENT][i],
				 quotient, base);
	}
	close_ladder(c);
}

static void add_agencies(struct climbing *c)
{
	const struct model *model = c->view->model;
	const struct agency_count *counts = summary_of(c->view)->agencies;
	open_ladder(c, MEASURE_REACHED, KIND_AGENCY, -1);
	for (size_t i = 0; i < model->agency_count; i++) {
		struct quotient quotient = { counts[i].reached, counts[i].checked };
		add_rung(c, (int32_t)i + 1, model->agencies[i].code, model->agencies[i].name, quotient,
			 counts[i].checked);
	}
	close_ladder(c);
}

const struct measured_all *measures_all(struct view *view)
{
	if (view->measures)
		return view->measures;
	struct climbing c = { .view = view };
	for (int measure = 0; measure < MEASURES; measure++) {
		add_cities(&c, summary_of(view)->by_city, 1, measure, -1);
		add_province(&c, measure, -1);
	}
	static const int of_tracks[] = { MEASURE_REACHED, MEASURE_RATE, MEASURE_SELF, MEASURE_ONLINE, MEASURE_ONSITE };
	for (size_t i = 0; i < sizeof of_tracks / sizeof *of_tracks; i++) {
		add_track_kinds(&c, of_tracks[i]);
		for (int track = 0; track < tracks_of(&c); track++) {
			add_province(&c, of_tracks[i], track);
			if (of_tracks[i] != MEASURE_REACHED)
				add_catalogue(&c, of_tracks[i], track);
		}
	}
	add_agencies(&c);
	struct measured_all *all = ARENA_NEW(view->arena, struct measured_all);
	all->rows = ARENA_ARRAY(view->arena, struct measured, c.rows.count + 1);
	all->ladders = ARENA_ARRAY(view->arena, struct ladder, c.ladders.count + 1);
	memcpy(all->rows, c.rows.at, c.rows.count * sizeof *c.rows.at);
	memcpy(all->ladders, c.ladders.at, c.ladders.count * sizeof *c.ladders.at);
	all->row_count = (int32_t)c.rows.count;
	all->ladder_count = (int32_t)c.ladders.count;
	LIST_FREE(&c.rows);
	LIST_FREE(&c.ladders);
	return view->measures = all;
}
