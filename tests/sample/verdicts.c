/* SPDX-License-Identifier: MIT */
/*
 * First the truth of every item, then what each round saw of it: the inspection on site sees the truth, the
 * check online what was true before rectification, the enterprise itself something more cheerful.
 */
#include "verdicts.h"

#include "rng.h"
#include "words.h"

enum { FAILURES_MAX = 15, LEVELS_ABOVE = 5 };

const uint32_t verdicts_shares[3] = {0, 800, 900};

bool verdicts_is_finding(uint8_t verdict)
{
	return verdict == VERDICT_PARTIAL || verdict == VERDICT_UNMET;
}

static uint8_t failure_draw(struct rng *rng)
{
	static const uint8_t weights[] = {0, 37, 61, 0, 2};
	return (uint8_t)rng_pick(rng, weights, sizeof weights);
}

/* Whole areas that an enterprise has nothing of, as far as the area's words give a reason. */
static void exempt_draw(struct verdicts *verdicts, const struct catalogue *catalogue, struct rng *rng)
{
	const char *area = "";
	bool is_exempt = false;
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct item *item = &catalogue->items[i];
		if (item->area != area) {
			area = item->area;
			is_exempt = item->words->absence != NULL && rng_chance(rng, 130);
		}
		bool is_single = item->words->absence != NULL && rng_chance(rng, 40);
		verdicts->truth[i] = is_exempt || is_single ? VERDICT_EXEMPT : VERDICT_MET;
	}
}

/* Fail one item of a level that is met so far, weak classes first; false when there is none. */
static bool failure_add(struct verdicts *verdicts, const struct catalogue *catalogue, int level, struct rng *rng)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < catalogue->count; i++)
		if (catalogue->items[i].level == level && verdicts->truth[i] == VERDICT_MET)
			sum += catalogue->items[i].weakness;
	if (sum == 0)
		return false;
	uint32_t at = rng_below(rng, sum);
	for (size_t i = 0; i < catalogue->count; i++) {
		if (catalogue->items[i].level != level || verdicts->truth[i] != VERDICT_MET)
			continue;
		if (at < catalogue->items[i].weakness) {
			verdicts->truth[i] = failure_draw(rng);
			break;
		}
		at -= catalogue->items[i].weakness;
	}
	return true;
}

/* min-of-pa: everything met up to the level, one to fifteen items not met above it, ever more beyond. */
static void ics_draw(struct verdicts *verdicts, const struct catalogue *catalogue, int level, struct rng *rng)
{
	static const uint32_t usual[LEVELS_ABOVE + 1] = {0, 0, 420, 640, 800, 900};
	if (level >= catalogue->top)
		return;
	uint32_t count = 1 + rng_below(rng, rng_chance(rng, 400) ? FAILURES_MAX / 2 : FAILURES_MAX);
	while (count > 0 && failure_add(verdicts, catalogue, level + 1, rng))
		count--;
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct item *item = &catalogue->items[i];
		int above = item->level - level;
		if (above < 2 || verdicts->truth[i] != VERDICT_MET)
			continue;
		uint32_t per_mille = usual[above > LEVELS_ABOVE ? LEVELS_ABOVE : above];
		if (rng_chance(rng, per_mille * (7 + (uint32_t)item->weakness) / 12))
			verdicts->truth[i] = failure_draw(rng);
	}
}

/* Whether the threshold rule grants one level, looked at alone. */
static bool is_granted(const struct verdicts *verdicts, const struct catalogue *catalogue, int level)
{
	uint64_t gained = 0, whole = 0;
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct item *item = &catalogue->items[i];
		uint8_t verdict = verdicts->truth[i];
		if (item->level > level || verdict == VERDICT_EXEMPT)
			continue;
		if (item->is_veto && verdict != VERDICT_MET)
			return false;
		whole += item->weight_milli;
		gained += item->weight_milli * (verdict == VERDICT_MET ? 2U : verdict == VERDICT_PARTIAL ? 1U : 0U);
	}
	return gained * 1000 >= whole * 2 * verdicts_shares[level];
}

static int platform_level(const struct verdicts *verdicts, const struct catalogue *catalogue)
{
	int level = 0;
	while (level < catalogue->top && level < 2 && is_granted(verdicts, catalogue, level + 1))
		level++;
	return level;
}

/* Meet or fail items one by one, from a random place on, until the rule gives the level. */
static void platform_adjust(struct verdicts *verdicts, const struct catalogue *catalogue, int level, struct rng *rng)
{
	size_t from = rng_below(rng, (uint32_t)catalogue->count);
	for (size_t n = 0; n < catalogue->count; n++) {
		size_t i = (from + n) % catalogue->count;
		int now = platform_level(verdicts, catalogue);
		if (now == level)
			return;
		bool is_met = verdicts->truth[i] == VERDICT_MET;
		if (verdicts->truth[i] == VERDICT_EXEMPT || is_met != (now > level))
			continue;
		if (now > level && catalogue->items[i].level == level + 1)
			verdicts->truth[i] = VERDICT_UNMET;
		else if (now < level && catalogue->items[i].level <= level)
			verdicts->truth[i] = VERDICT_MET;
	}
}

/* How often an item fails, per mille: by intended level and the item's own. */
static void platform_draw(struct verdicts *verdicts, const struct catalogue *catalogue, int level, struct rng *rng)
{
	static const uint32_t usual[3][3] = {{0, 330, 720}, {0, 70, 480}, {0, 15, 60}};
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct item *item = &catalogue->items[i];
		bool is_safe = item->is_veto && item->level <= level;
		uint32_t per_mille = usual[level > 2 ? 2 : level][item->level > 2 ? 2 : item->level];
		if (verdicts->truth[i] == VERDICT_MET && !is_safe &&
			rng_chance(rng, per_mille * (7 + (uint32_t)item->weakness) / 12))
			verdicts->truth[i] = failure_draw(rng);
	}
	platform_adjust(verdicts, catalogue, level, rng);
}

static uint8_t self_draw(uint8_t truth, struct rng *rng)
{
	if (truth == VERDICT_EXEMPT)
		return truth;
	uint32_t at = rng_below(rng, 1000);
	if (truth == VERDICT_MET)
		return at < 975 ? VERDICT_MET : VERDICT_PARTIAL;
	if (truth == VERDICT_OPEN)
		return at < 500 ? VERDICT_PARTIAL : VERDICT_UNMET;
	return at < 380 ? VERDICT_MET : at < 600 ? VERDICT_PARTIAL : truth;
}

/* One item as the inspectors see it; in_scope: it stands at a level that they and the enterprise aim at. */
struct view {
	const struct participation *part;
	uint8_t truth;
	bool in_scope;
};

/* The inspectors on site see the truth; now and then they cannot look, and the rounds before decide. */
static uint8_t onsite_draw(const struct view *view, struct rng *rng)
{
	if (!view->part->has[ROUND_ONSITE] || !view->in_scope)
		return VERDICT_NONE;
	bool is_skipped = view->part->has[ROUND_ONLINE] && rng_chance(rng, 15);
	return is_skipped ? VERDICT_OPEN : view->truth;
}

/*
 * Online: what was true before rectification.  is_free: the inspection on site has decided, so the earlier
 * rounds may have been kinder.
 */
static uint8_t online_draw(const struct view *view, bool is_free, struct rng *rng)
{
	if (!view->part->has[ROUND_ONLINE])
		return VERDICT_NONE;
	bool may_rectify = view->part->has[ROUND_RECHECK] && view->in_scope;
	if (view->truth == VERDICT_MET && may_rectify && rng_chance(rng, 110))
		return rng_chance(rng, 600) ? VERDICT_UNMET : VERDICT_PARTIAL;
	if (view->truth == VERDICT_PARTIAL && may_rectify && rng_chance(rng, 500))
		return VERDICT_UNMET;
	if (verdicts_is_finding(view->truth) && is_free && rng_chance(rng, 150))
		return VERDICT_MET;
	return view->truth;
}

/* Recheck: only what was a finding online. */
static uint8_t recheck_draw(const struct view *view, uint8_t online, bool is_free, struct rng *rng)
{
	if (!view->part->has[ROUND_RECHECK] || !view->in_scope || !verdicts_is_finding(online))
		return VERDICT_NONE;
	if (is_free && rng_chance(rng, 80))
		return view->truth == VERDICT_MET ? VERDICT_PARTIAL : VERDICT_MET;
	if (view->truth == online && rng_chance(rng, 200))
		return VERDICT_OPEN;
	return view->truth;
}

static void rounds_draw(struct verdicts *verdicts, size_t i, const struct view *view, struct rng *rng)
{
	uint8_t onsite = onsite_draw(view, rng);
	bool is_free = onsite != VERDICT_NONE && onsite != VERDICT_OPEN;
	uint8_t online = online_draw(view, is_free, rng);
	verdicts->seen[ROUND_SELF][i] = self_draw(view->truth, rng);
	verdicts->seen[ROUND_ONLINE][i] = online;
	verdicts->seen[ROUND_RECHECK][i] = recheck_draw(view, online, is_free, rng);
	verdicts->seen[ROUND_ONSITE][i] = onsite;
}

void verdicts_draw(struct verdicts *verdicts, const struct catalogue *catalogue, const struct participation *part,
				   struct rng *rng)
{
	exempt_draw(verdicts, catalogue, rng);
	if (part->track == TRACK_ICS)
		ics_draw(verdicts, catalogue, part->level, rng);
	else
		platform_draw(verdicts, catalogue, part->level, rng);
	for (size_t i = 0; i < catalogue->count; i++) {
		struct view view = {part, verdicts->truth[i], catalogue->items[i].level <= part->aim};
		rounds_draw(verdicts, i, &view, rng);
	}
}
