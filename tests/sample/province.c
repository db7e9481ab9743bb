/* SPDX-License-Identifier: MIT */
#include "province.h"

#include "dates.h"
#include "rng.h"

enum { SLOT = 6, SLOTS_PER_UNFINISHED = 4, SPECIAL = BLOCK_SIZE / SLOT, UNFINISHED = SPECIAL / SLOTS_PER_UNFINISHED, STARLESS = SPECIAL - UNFINISHED };

/* A profile and how many of 120 enterprises have it. */
struct deal {
	struct profile profile;
	uint8_t count;
};

/* 100 with a star in at least one track. */
static const struct deal starred_deals[] = {
	{{{1, TRACK_ABSENT}, true}, 26}, {{{2, TRACK_ABSENT}, true}, 25}, {{{3, TRACK_ABSENT}, true}, 14},
	{{{4, TRACK_ABSENT}, true}, 6},  {{{5, TRACK_ABSENT}, true}, 2},  {{{TRACK_ABSENT, 1}, true}, 10},
	{{{TRACK_ABSENT, 2}, true}, 4},  {{{0, 1}, true}, 1},             {{{1, 1}, true}, 3},
	{{{2, 1}, true}, 3},             {{{2, 2}, true}, 1},             {{{3, 1}, true}, 1},
	{{{3, 2}, true}, 2},             {{{4, 2}, true}, 1},             {{{5, 2}, true}, 1},
};

/* 15 that were looked at and have no star, 5 that nobody could look at. */
static const struct deal starless_deals[] = {
	{{{0, TRACK_ABSENT}, true}, 12},
	{{{TRACK_ABSENT, 0}, true}, 2},
	{{{0, 0}, true}, 1},
};
static const struct deal unfinished_deals[] = {
	{{{0, TRACK_ABSENT}, false}, 4},
	{{{TRACK_ABSENT, 0}, false}, 1},
};

/* Where the search for each odd enterprise begins. */
static const size_t odd_from[ODD_COUNT] = {
	[ODD_LATE_SELF] = 3, [ODD_CHECK_CHARACTER] = 11, [ODD_NO_COMMITMENT] = 29,
	[ODD_ONSITE] = 41,   [ODD_DISORDER] = 53,        [ODD_CASE] = 17,
};

struct deck {
	const struct deal *deals;
	uint8_t order[BLOCK_SIZE];   /* indexes of deals */
	size_t count, next;
};

static void deck_init(struct deck *deck, const struct deal *deals, size_t count)
{
	*deck = (struct deck){.deals = deals};
	for (size_t i = 0; i < count; i++)
		for (uint8_t n = 0; n < deals[i].count; n++)
			deck->order[deck->count++] = (uint8_t)i;
}

static struct profile deck_deal(struct deck *deck)
{
	return deck->deals[deck->order[deck->next++]].profile;
}

/* In every six one without a star; in every four of those, one unfinished. */
static void profiles_deal(struct province *province, struct rng *rng)
{
	struct deck starred, starless, unfinished;
	deck_init(&starred, starred_deals, sizeof starred_deals / sizeof *starred_deals);
	deck_init(&starless, starless_deals, sizeof starless_deals / sizeof *starless_deals);
	deck_init(&unfinished, unfinished_deals, sizeof unfinished_deals / sizeof *unfinished_deals);
	rng_shuffle(rng, starred.order, starred.count);
	rng_shuffle(rng, starless.order, starless.count);
	rng_shuffle(rng, unfinished.order, unfinished.count);
	uint32_t special = 0, unfinished_slot = 0;
	for (size_t i = 0; i < BLOCK_SIZE; i++) {
		if (i % (SLOT * SLOTS_PER_UNFINISHED) == 0)
			unfinished_slot = rng_below(rng, SLOTS_PER_UNFINISHED);
		if (i % SLOT == 0)
			special = rng_below(rng, SLOT);
		bool is_unfinished = i / SLOT % SLOTS_PER_UNFINISHED == unfinished_slot;
		province->profiles[i] =
			deck_deal(i % SLOT != special ? &starred : is_unfinished ? &unfinished : &starless);
	}
}

_Static_assert(BLOCK_SIZE % (SLOT * SLOTS_PER_UNFINISHED) == 0 && STARLESS == 15 && UNFINISHED == 5,
			   "the deals above are made for blocks of 120");

static void block_deal(struct province *province, size_t block)
{
	struct rng rng;
	province->block = block;
	rng_init(&rng, province->seed, STREAM_PROFILES, block);
	profiles_deal(province, &rng);
	rng_init(&rng, province->seed, STREAM_CITIES, block);
	size_t count = 0;
	for (size_t city = 0; city < CITY_COUNT; city++)
		for (uint8_t n = 0; n < places_cities[city].share; n++)
			province->cities[count++] = (uint8_t)city;
	rng_shuffle(&rng, province->cities, count);
}

struct profile province_profile(struct province *province, size_t index)
{
	if (index / BLOCK_SIZE != province->block)
		block_deal(province, index / BLOCK_SIZE);
	return province->profiles[index % BLOCK_SIZE];
}

static bool is_starless(struct profile profile)
{
	return profile.is_finished && profile.level[TRACK_ICS] <= 0 && profile.level[TRACK_PLATFORM] <= 0;
}

static bool odd_fits(enum oddity oddity, struct province *province, size_t index)
{
	struct enterprise enterprise;
	for (unsigned other = 0; other < oddity; other++)
		if (province->odd[other] == index)
			return false;
	province_enterprise(province, index, &enterprise);
	int ics = enterprise.profile.level[TRACK_ICS];
	bool is_plain = enterprise.profile.is_finished && ics >= 1 && ics <= 3 && !enterprise.is_key &&
					enterprise.profile.level[TRACK_PLATFORM] == TRACK_ABSENT;
	return oddity == ODD_CASE ? is_starless(enterprise.profile) : is_plain;
}

void province_init(struct province *province, uint64_t seed)
{
	*province = (struct province){.seed = seed};
	block_deal(province, 0);
	for (unsigned oddity = 0; oddity < ODD_COUNT; oddity++)
		province->odd[oddity] = SIZE_MAX;
	for (unsigned oddity = 0; oddity < ODD_COUNT; oddity++) {
		size_t index = odd_from[oddity];
		while (!odd_fits((enum oddity)oddity, province, index))
			index++;
		province->odd[oddity] = index;
	}
	block_deal(province, 0);
}

/* Where it is registered: mostly where it works, now and then elsewhere. */
static const char *district_draw(const struct enterprise *enterprise, struct rng *rng)
{
	const struct city *city = &places_cities[enterprise->city];
	uint32_t elsewhere = rng_below(rng, 50);
	if (elsewhere == 0)
		return "310000";
	if (elsewhere == 1)
		return places_cities[rng_below(rng, CITY_COUNT)].code;
	return enterprise->is_county ? city->county_code : city->code;
}

static void name_draw(struct enterprise *enterprise, struct rng *rng)
{
	const struct industry *industry = &places_industries[enterprise->industry];
	const char *parts[3] = {places_cities[enterprise->city].brief, enterprise->brand,
							industry->products[rng_below(rng, 3)]};
	if (enterprise->is_county)
		parts[0] = places_cities[enterprise->city].county_brief;
	names_brand(enterprise->brand, enterprise->index);
	names_firm(enterprise->name, parts, rng);
}

/* 国家级, 省级, 市级 by number; none for this year's applicants and for most others. */
static void standing_draw(struct enterprise *enterprise, struct rng *rng)
{
	static const uint8_t sizes[] = {20, 45, 30, 5}, sources[] = {45, 43, 12}, grades[] = {0, 2, 5, 3};
	enterprise->size = (uint8_t)rng_pick(rng, sizes, sizeof sizes);
	enterprise->source = (uint8_t)rng_pick(rng, sources, sizeof sources);
	enterprise->grade = enterprise->source == 1 ? (uint8_t)rng_pick(rng, grades, sizeof grades) : 0;
}

void province_enterprise(struct province *province, size_t index, struct enterprise *enterprise)
{
	struct rng rng;
	*enterprise = (struct enterprise){.seed = province->seed, .index = index};
	enterprise->profile = province_profile(province, index);
	enterprise->city = province->cities[index % BLOCK_SIZE];
	rng_init(&rng, province->seed, STREAM_FACE, index);
	uint8_t weights[INDUSTRY_COUNT];
	for (size_t i = 0; i < INDUSTRY_COUNT; i++)
		weights[i] = places_industries[i].weight;
	const struct city *city = &places_cities[enterprise->city];
	enterprise->industry = rng_pick(&rng, weights, INDUSTRY_COUNT);
	enterprise->is_county = rng_chance(&rng, city->county_per_mille);
	enterprise->is_key = rng_chance(&rng, 200);
	enterprise->agency = places_first_agency(enterprise->city) + rng_below(&rng, city->agencies);
	enterprise->commitment_day = dates_workday(20 + (int)rng_below(&rng, 14));
	standing_draw(enterprise, &rng);
	name_draw(enterprise, &rng);
	names_code(enterprise->code, district_draw(enterprise, &rng), "XX", (unsigned)index + 1);
	if (index == province->odd[ODD_CHECK_CHARACTER])
		names_code_spoil(enterprise->code);
	if (index == province->odd[ODD_NO_COMMITMENT])
		enterprise->commitment_day = DATES_NEVER;
}

/* One level higher as a rule; sometimes two, the one reached already, or none stated. */
static int target_draw(int level, int top, struct rng *rng)
{
	static const uint8_t weights[] = {14, 3, 2, 1};
	size_t choice = rng_pick(rng, weights, sizeof weights);
	int target = level + (choice == 0 ? 1 : choice == 1 ? 0 : 2);
	if (choice == 3)
		return 0;
	return target < 1 ? 1 : target > top ? top : target;
}

/* The first supporter of its own city that does not also advise it, else one of the next city. */
static size_t supporter_find(const struct enterprise *enterprise)
{
	size_t first = places_first_agency(enterprise->city);
	for (size_t i = 0; i < places_cities[enterprise->city].supporters; i++) {
		size_t turn = (i + enterprise->index) % places_cities[enterprise->city].supporters;
		if (first + turn != enterprise->agency)
			return first + turn;
	}
	return places_first_agency((enterprise->city + 1) % CITY_COUNT);
}

static void rounds_draw(struct participation *part, struct rng *rng)
{
	const struct enterprise *enterprise = part->enterprise;
	bool is_visited = enterprise->is_key && rng_chance(rng, 920), is_only_visited = rng_chance(rng, 60);
	bool is_rechecked = rng_chance(rng, 700);
	part->has[ROUND_SELF] = true;
	if (!enterprise->profile.is_finished)
		return;
	part->has[ROUND_ONSITE] = is_visited;
	part->has[ROUND_ONLINE] = !(is_visited && is_only_visited);
	part->has[ROUND_RECHECK] = part->has[ROUND_ONLINE] && is_rechecked;
}

/* The days lie within the stages of the campaign; the week from 1 October is a holiday. */
static void days_draw(struct participation *part, struct rng *rng)
{
	int self = DAY_SEP_06 + (int)rng_below(rng, 20);
	int online = dates_workday(self + 3 + (int)rng_below(rng, 7));
	if (online >= DAY_OCT_01)
		online = DAY_OCT_08;
	int rectified = DAY_OCT_11 + (int)rng_below(rng, 6);
	int recheck = dates_workday(rectified + 2 + (int)rng_below(rng, 3));
	int onsite = dates_workday(DAY_OCT_20 + 1 + (int)rng_below(rng, 21));
	const int days[ROUND_COUNT] = {self, online, recheck < rectified ? rectified : recheck, onsite};
	for (unsigned round = 0; round < ROUND_COUNT; round++)
		part->day[round] = part->has[round] ? days[round] : DATES_NEVER;
	part->rectified_day = part->has[ROUND_RECHECK] ? rectified : DATES_NEVER;
}

static void oddities_apply(const struct province *province, struct participation *part)
{
	size_t index = part->enterprise->index;
	if (index == province->odd[ODD_LATE_SELF]) {
		part->day[ROUND_SELF] = DAY_SEP_25 + 3;
		part->day[ROUND_ONLINE] = DAY_OCT_08;
	}
	if (index == province->odd[ODD_ONSITE]) {
		part->has[ROUND_ONSITE] = true;
		part->day[ROUND_ONSITE] = DAY_NOV_10 - 6;
	}
	if (index == province->odd[ODD_DISORDER]) {
		part->has[ROUND_RECHECK] = true;
		part->target = part->level + 1;
		part->day[ROUND_RECHECK] = DAY_OCT_11 + 3;
		part->rectified_day = part->day[ROUND_ONLINE] - 2;
	}
}

bool province_participation(const struct province *province, const struct enterprise *enterprise, int top,
							struct participation *participation)
{
	enum track track = participation->track;
	int level = enterprise->profile.level[track];
	if (level == TRACK_ABSENT)
		return false;
	struct rng rng;
	rng_init(&rng, province->seed, track == TRACK_ICS ? STREAM_ICS : STREAM_PLATFORM, enterprise->index);
	*participation = (struct participation){.enterprise = enterprise, .track = track};
	participation->level = level > top ? top : level;
	participation->target = target_draw(participation->level, top, &rng);
	participation->supporter = supporter_find(enterprise);
	rounds_draw(participation, &rng);
	days_draw(participation, &rng);
	oddities_apply(province, participation);
	if (participation->target > top)
		participation->target = top;
	int next = participation->level < top ? participation->level + 1 : top;
	participation->aim = participation->target > 0 ? participation->target : next;
	return true;
}
