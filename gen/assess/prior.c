/* SPDX-License-Identifier: MIT */
#include "assess/prior.h"

#include <assert.h>

#include "assess/prior_slots.h"
#include "assess/rule.h"
#include "base/arena.h"
#include "base/list.h"
#include "model/looks.h"
#include "model/parts.h"
#include "model/track.h"

static const char *const words[PRIOR_STATES] = {
	[PRIOR_CONFIRMED] = "复核确认", [PRIOR_OPEN] = "仍未关闭", [PRIOR_DROPPED] = "不再适用",
	[PRIOR_WAITING] = "待复核", [PRIOR_ABSENT] = "未参培", [PRIOR_RECURRED] = "复现",
};

const char *prior_word(enum prior_state state)
{
	return words[state];
}

int64_t prior_count_left(const struct prior_count *count)
{
	int64_t left = 0;
	for (int state = 0; state < PRIOR_STATES; state++)
		left += state == PRIOR_RECURRED ? 0 : count->states[state];
	return left;
}

/* ---- one year -------------------------------------------------------------------------- */

static bool is_finding(int8_t result)
{
	return result == RESULT_UNMET || result == RESULT_PARTIAL;
}

/* Did any round that counts find it? */
static bool is_found(const struct compiled_rule *rule, const struct decision *decision, int32_t item)
{
	for (int k = 0; k < rule->round_count; k++) {
		const struct effective *seen = decision->round_items[rule->rounds[k]];
		if (seen && is_finding(seen[item].result))
			return true;
	}
	return false;
}

/* That of the same enterprise, track and platform in another year; -1: none, or which of several is not known. */
static int32_t find_part(const struct model *other, const struct model *model,
			 const struct participation *participation)
{
	if (participation->enterprise < 0)
		return MISSING;
	struct text code = model->enterprises[participation->enterprise].code;
	const uint32_t *enterprise = map_find(&other->enterprise_by_code, code);
	int track = track_by_id(&other->campaign, track_id(&model->campaign, participation->track));
	if (!enterprise || !track_is_held(&other->campaign, track))
		return MISSING;
	return parts_match(other, &other->enterprises[*enterprise], track, participation);
}

/* Records are in the order of their catalogue, which need not be that of another year. */
static const struct prior_record *find_record(const struct prior_year *year, int32_t part, struct text id)
{
	const struct prior_part *there = &year->parts[part];
	const struct catalogue *catalogue = year->model->catalogues[year->model->participations[part].track];
	const uint32_t *item = catalogue ? map_find(&catalogue->item_by_id, id) : NULL;
	for (size_t i = 0; item && i < there->count; i++)
		if (year->records[there->first + i].item == (int32_t)*item)
			return &year->records[there->first + i];
	return NULL;
}

struct keeping {
	const struct assessment *assessment;
	const struct prior_year *before;
	struct prior_year *year;
	LIST(struct prior_record) records;
	bool *told;             /* per item of the participation at hand */
	const struct rectification **claims; /* likewise: the last report, or NULL */
	size_t rectification;   /* the first of the participation at hand or a later one */
};

/* Of what was the enterprise told?  Rectifications stand by participation. */
static void find_told(struct keeping *keeping, size_t part, const struct decision *decision, int32_t item_count)
{
	const struct model *model = keeping->year->model;
	memset(keeping->told, 0, (size_t)item_count * sizeof *keeping->told);
	memset(keeping->claims, 0, (size_t)item_count * sizeof *keeping->claims);
	for (size_t i = 0; i < decision->finding_count; i++)
		keeping->told[decision->findings[i]] = true;
	size_t *at = &keeping->rectification;
	for (; *at < model->rectification_count && model->rectifications[*at].participation <= (int32_t)part; ++*at) {
		const struct rectification *task = &model->rectifications[*at];
		if (task->participation != (int32_t)part || task->item < 0 || task->item >= item_count)
			continue;
		keeping->told[task->item] = true;
		keeping->claims[task->item] = task;
	}
}

/* `before_part`: of the same enterprise and track in the full year before, or -1. */
static void keep_record(struct keeping *keeping, const struct compiled_rule *rule, const struct decision *decision,
			int32_t item, int32_t before_part)
{
	const struct model *model = keeping->year->model;
	const struct effective *effective = &decision->items[item];
	struct prior_record record = {
		.item = item, .result = effective->result, .round = effective->round,
		.since = (int16_t)model->campaign.year, .is_left = is_finding(effective->result) && keeping->told[item],
	};
	const struct rectification *claim = keeping->claims[item];
	record.claim = claim ? claim->status : (int8_t)-1;
	record.claimed = claim ? claim->finished : (struct date){ 0 };
	size_t part = (size_t)(decision - keeping->assessment->decisions);
	int32_t seen = look_find(model, &model->participations[part], effective->round, item);
	if (seen >= 0)
		record.date = model->observations[seen].date;
	const struct prior_record *before = before_part < 0 ? NULL :
		find_record(keeping->before, before_part, rule->catalogue->items[item].id);
	if (before)
		record.since = before->since;
	LIST_PUSH(&keeping->records, record);
}

static void keep_records(struct keeping *keeping, size_t index)
{
	const struct model *model = keeping->year->model;
	const struct participation *participation = &model->participations[index];
	const struct decision *decision = &keeping->assessment->decisions[index];
	const struct compiled_rule *rule = keeping->assessment->rules[participation->track];
	struct prior_part *part = &keeping->year->parts[index];
	part->first = keeping->records.count;
	if (decision->outcome == OUTCOME_UNFINISHED)
		return;
	int32_t before = MISSING;
	if (keeping->before)
		before = find_part(keeping->before->model, model, participation);
	find_told(keeping, index, decision, rule->catalogue->item_count);
	for (int32_t i = 0; i < rule->catalogue->item_count; i++)
		if (is_found(rule, decision, i))
			keep_record(keeping, rule, decision, i, before);
	part->count = keeping->records.count - part->first;
}

static void count_track(struct arena *arena, const struct assessment *assessment, int track, struct prior_track *count)
{
	const struct track_statistic *statistic = &assessment->tracks[track];
	int32_t areas = assessment->rules[track]->catalogue->area_count;
	count->participants = statistic->participants;
	count->finished = statistic->participants - statistic->unfinished;
	count->reached = statistic->reached;
	count->areas = ARENA_ARRAY(arena, struct tally, (size_t)areas);
	for (int32_t a = 0; a < areas; a++) {
		count->areas[a] = statistic->areas[a].effective;
		tally_add(&count->total, &statistic->areas[a].effective);
	}
}

static bool has_self(const struct assessment *assessment, const struct enterprise *enterprise)
{
	EACH_PART(part, assessment->model, enterprise)
		if (assessment->decisions[part].round_items[ROUND_SELF])
			return true;
	return false;
}

static void count_coverage(const struct assessment *assessment, struct prior_year *year)
{
	const struct model *model = year->model;
	year->scale_enterprises = -1;
	for (int32_t c = 0; c < model->prefectures.count; c++)
		if (model->cities[c].enterprises >= 0)
			year->scale_enterprises = (year->scale_enterprises < 0 ? 0 : year->scale_enterprises) +
				model->cities[c].enterprises;
	for (size_t i = 0; i < model->enterprise_count; i++) {
		const struct enterprise *enterprise = &model->enterprises[i];
		bool is_assessed = has_self(assessment, enterprise);
		bool is_known = enterprise->city >= 0 && model->cities[enterprise->city].enterprises >= 0;
		year->self_assessed += is_assessed;
		year->covered += is_assessed && is_known;
	}
}

struct prior_year *prior_year_count(struct arena *arena, const struct assessment *assessment)
{
	const struct model *model = assessment->model;
	struct prior_year *year = ARENA_NEW(arena, struct prior_year);
	year->model = model;
	year->parts = ARENA_ARRAY(arena, struct prior_part, model->participation_count);
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct decision *decision = &assessment->decisions[i];
		year->parts[i] = (struct prior_part){
			.outcome = decision->outcome, .level = decision->level, .total = decision->total,
		};
	}
	for (int t = 0; t < model->campaign.track_count; t++)
		count_track(arena, assessment, t, &year->tracks[t]);
	count_coverage(assessment, year);
	return year;
}

static size_t most_items(const struct assessment *assessment)
{
	int32_t most = 0;
	for (int t = 0; t < assessment->model->campaign.track_count; t++)
		if (assessment->rules[t]->catalogue->item_count > most)
			most = assessment->rules[t]->catalogue->item_count;
	return (size_t)most;
}

struct prior_year *prior_keep(struct arena *arena, const struct assessment *assessment, const struct prior_year *before)
{
	struct prior_year *year = prior_year_count(arena, assessment);
	struct keeping keeping = { .assessment = assessment, .before = before, .year = year };
	keeping.told = ARENA_ARRAY(arena, bool, most_items(assessment));
	keeping.claims = ARENA_ARRAY(arena, const struct rectification *, most_items(assessment));
	for (size_t i = 0; i < assessment->model->participation_count; i++)
		keep_records(&keeping, i);
	year->records = LIST_SETTLE(arena, &keeping.records);
	LIST_FREE(&keeping.records);
	return year;
}

const struct prior_part *prior_part_of(const struct prior_slot *slot, const struct model *model, int32_t participation)
{
	const struct prior_year *year = slot->full;
	int32_t part = year ? find_part(year->model, model, &model->participations[participation]) : MISSING;
	return part < 0 ? NULL : &year->parts[part];
}

/* ---- what the last year left ---------------------------------------------------------------- */

struct matching {
	const struct assessment *assessment;
	const struct prior_year *last;
	LIST(struct prior_finding) findings;
};

/* Of one that was open when the last year ended. */
static enum prior_state state_of(const struct prior_finding *finding)
{
	if (finding->participation < 0)
		return PRIOR_ABSENT;
	if (finding->item < 0 || finding->result == RESULT_NOT_APPLICABLE)
		return PRIOR_DROPPED;
	if (finding->result == RESULT_UNASSESSED)
		return PRIOR_WAITING;
	return finding->result == RESULT_MET ? PRIOR_CONFIRMED : PRIOR_OPEN;
}

/* What this year says of the item; 未完成 leaves it 未评. */
static void find_now(const struct matching *matching, const struct item *then, struct prior_finding *finding)
{
	const struct catalogue *catalogue = matching->assessment->rules[finding->track]->catalogue;
	const uint32_t *item = map_find(&catalogue->item_by_id, then->id);
	finding->item = item ? (int32_t)*item : MISSING;
	finding->is_reworded = item && !text_equal(catalogue->items[*item].requirement, then->requirement);
	finding->result = finding->round = MISSING;
	if (!item || finding->participation < 0)
		return;
	finding->result = RESULT_UNASSESSED;
	const struct decision *decision = &matching->assessment->decisions[finding->participation];
	if (decision->outcome == OUTCOME_UNFINISHED)
		return;
	finding->result = decision->items[*item].result;
	finding->round = decision->items[*item].round;
}

static void match_record(struct matching *matching, const struct prior_record *record, struct prior_finding finding)
{
	const struct participation *then = &matching->last->model->participations[finding.then];
	finding.record = record;
	find_now(matching, &matching->last->model->catalogues[then->track]->items[record->item], &finding);
	/* What was met when the year ended was not left: it is told only where it is open again. */
	if (!record->is_left && (record->result != RESULT_MET || !is_finding(finding.result)))
		return;
	finding.state = (int8_t)(record->is_left ? state_of(&finding) : PRIOR_RECURRED);
	LIST_PUSH(&matching->findings, finding);
}

static void match_part(struct matching *matching, int32_t index)
{
	const struct model *then = matching->last->model, *now = matching->assessment->model;
	const struct participation *participation = &then->participations[index];
	const struct prior_part *part = &matching->last->parts[index];
	int track = track_by_id(&now->campaign, track_id(&then->campaign, participation->track));
	if (participation->enterprise < 0 || !track_is_held(&now->campaign, track))
		return;
	const struct enterprise *enterprise = &then->enterprises[participation->enterprise];
	const uint32_t *known = map_find(&now->enterprise_by_code, enterprise->code);
	struct prior_finding finding = {
		.then = index, .track = (int8_t)track, .city = enterprise->city,
		.enterprise = known ? (int32_t)*known : MISSING, .participation = MISSING,
	};
	if (known) {
		finding.participation = find_part(now, then, participation);
		finding.city = now->enterprises[*known].city;
	}
	for (size_t i = 0; i < part->count; i++)
		match_record(matching, &matching->last->records[part->first + i], finding);
}

/* Those of nobody last; by city (unknown ones first), then in the order of that year's file. */
static int compare_findings(const void *left, const void *right)
{
	const struct prior_finding *a = left, *b = right;
	if (a->enterprise != b->enterprise) {
		if (a->enterprise < 0 || b->enterprise < 0)
			return a->enterprise < 0 ? 1 : -1;
		return a->enterprise < b->enterprise ? -1 : 1;
	}
	if (a->enterprise < 0 && a->city != b->city)
		return a->city < b->city ? -1 : 1;
	if (a->track != b->track)
		return a->track < b->track ? -1 : 1;
	if (a->then != b->then)
		return a->then < b->then ? -1 : 1;
	return (a->record > b->record) - (a->record < b->record);
}

static void index_findings(struct arena *arena, const struct model *model, struct prior *prior)
{
	int32_t *first = ARENA_ARRAY(arena, int32_t, model->enterprise_count + 1);
	size_t at = 0;
	for (size_t e = 0; e <= model->enterprise_count; e++) {
		while (at < prior->finding_count && prior->findings[at].enterprise >= 0 &&
		       (size_t)prior->findings[at].enterprise < e)
			at++;
		first[e] = (int32_t)at;
	}
	prior->first = first;
}

static void count_findings(struct arena *arena, const struct assessment *assessment, struct prior *prior)
{
	const struct model *model = assessment->model;
	for (int t = 0; t < model->campaign.track_count; t++) {
		size_t items = (size_t)assessment->rules[t]->catalogue->item_count;
		prior->cities[t] = ARENA_ARRAY(arena, struct prior_count, (size_t)model->prefectures.count);
		prior->items[t] = ARENA_ARRAY(arena, struct prior_count, items);
	}
	for (size_t i = 0; i < prior->finding_count; i++) {
		const struct prior_finding *finding = &prior->findings[i];
		if (finding->city >= 0 && finding->city < model->prefectures.count)
			prior->cities[finding->track][finding->city].states[finding->state]++;
		if (finding->item >= 0)
			prior->items[finding->track][finding->item].states[finding->state]++;
	}
}

const struct prior *prior_new(struct arena *arena, const struct assessment *assessment,
			      const struct prior_year *const *years, size_t count)
{
	struct prior *prior = ARENA_NEW(arena, struct prior);
	prior_slots_make(arena, assessment, &(struct prior_years){ years, count }, prior);
	prior->last = count ? years[count - 1] : NULL;
	struct matching matching = { .assessment = assessment, .last = prior->last };
	for (size_t i = 0; prior->last && i < prior->last->model->participation_count; i++)
		match_part(&matching, (int32_t)i);
	if (matching.findings.count)
		qsort(matching.findings.at, matching.findings.count, sizeof *matching.findings.at, compare_findings);
	prior->findings = LIST_SETTLE(arena, &matching.findings);
	prior->finding_count = matching.findings.count;
	LIST_FREE(&matching.findings);
	assert(prior->finding_count < INT32_MAX);
	index_findings(arena, assessment->model, prior);
	count_findings(arena, assessment, prior);
	return prior;
}
