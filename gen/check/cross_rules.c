/* SPDX-License-Identifier: MIT */
#include "check/cross_rules.h"

#include "base/arena.h"
#include "base/buf.h"
#include "check/alike.h"
#include "check/copied.h"
#include "check/leaning.h"
#include "check/name.h"
#include "check/rows.h"
#include "check/sense.h"
#include "model/observed.h"
#include "model/parts.h"
#include "model/place.h"
#include "model/track.h"

/* ---- enterprises ------------------------------------------------------------------------------ */

/* The first that has the name, which is `index` itself where nobody had it before. */
static uint32_t name_holder(struct check *check, struct map *by_name, struct text name, uint32_t index)
{
	struct buf key;
	buf_init(&key, BUF_LIMIT_PAGE);
	uint32_t first = map_add(by_name, text_copy(check->reader.arena, name_key(name, &key)), index);
	buf_clear(&key);
	return first;
}

/* Those that the ledger gives are names, too. */
static void check_shared_names(struct check *check)
{
	struct model *model = check->model;
	struct map by_name = { 0 };
	for (size_t i = 0; i < model->enterprise_count; i++) {
		const struct enterprise *row = &model->enterprises[i];
		uint32_t first = row->name.size ? name_holder(check, &by_name, row->name, (uint32_t)i) : (uint32_t)i;
		if (first != i)
			PROBLEM(check, DIAG_NAME_SHARED, .span = row->place, .other = model->enterprises[first].place,
				.a = row->name);
	}
	for (size_t i = 0; i < model->ledger_count; i++) {
		const struct ledger *row = &model->ledger[i];
		if (row->kind != LEDGER_RENAMED)
			continue;
		uint32_t first = name_holder(check, &by_name, row->name, (uint32_t)row->enterprise);
		if (first != (uint32_t)row->enterprise)
			PROBLEM(check, DIAG_NAME_SHARED, .span = row->place, .other = model->enterprises[first].place,
				.a = row->name);
	}
	map_clear(&by_name);
}

static void check_shared_agency_names(struct check *check)
{
	struct model *model = check->model;
	struct map by_name = { 0 };
	for (size_t i = 0; i < model->agency_count; i++) {
		const struct agency *row = &model->agencies[i];
		uint32_t first = row->name.size ? name_holder(check, &by_name, row->name, (uint32_t)i) : (uint32_t)i;
		if (first != i)
			PROBLEM(check, DIAG_AGENCY_NAME_SHARED, .span = row->place, .other = model->agencies[first].place,
				.a = row->name);
	}
	map_clear(&by_name);
}

static void check_idle_enterprises(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->enterprise_count && check->has_participations; i++) {
		const struct enterprise *row = &model->enterprises[i];
		if (parts_first(row) < 0 && !check->has_rejected_participation[i])
			PROBLEM(check, DIAG_ENTERPRISE_IDLE, .span = row->place, .a = row->name.size ? row->name : row->code);
	}
}

static void check_commitment_column(struct check *check)
{
	if (check->has_enterprises && !check->has_commitment_column && check->model->enterprise_count)
		PROBLEM(check, DIAG_COMMITMENT_COLUMN, .span = check->enterprise_header);
}

/* ---- agencies ------------------------------------------------------------------------------------- */

/* place: of the first of them, or of the file where there is none. */
static void check_agency_count(struct check *check, int city, int64_t count, struct span place)
{
	const struct thresholds *thresholds = &check->model->campaign.thresholds;
	long long least = thresholds->agencies_least, most = thresholds->agencies_most;
	if (count >= least && count <= most)
		return;
	PROBLEM(check, DIAG_AGENCIES_COUNT, .span = place, .a = check->model->prefectures.at[city].name, .n = count,
		.b = text_format(check->reader.arena, "%lld 至 %lld\x1f%lld to %lld", least, most, least, most));
}

static void check_agencies_of(struct check *check, int city)
{
	const struct model *model = check->model;
	struct span place = NO_SPAN;
	int64_t count = 0, provincial = 0;
	bool is_known = true;
	for (size_t i = 0; i < model->agency_count; i++) {
		const struct agency *row = &model->agencies[i];
		if (row->city != city)
			continue;
		if (count++ == 0)
			place = row->place;
		provincial += row->is_provincial == YESNO_YES;
		is_known &= row->is_provincial != MISSING;
	}
	if (count == 0)
		return;
	check_agency_count(check, city, count, place);
	if (provincial == 0 && is_known)
		PROBLEM(check, DIAG_AGENCIES_NO_PROVINCIAL, .span = place, .a = model->prefectures.at[city].name);
}

static void check_agencies(struct check *check)
{
	const struct model *model = check->model;
	bool takes_part[CITIES_MOST] = { false }, recommends[CITIES_MOST] = { false };
	for (size_t i = 0; i < model->participation_count; i++) {
		int8_t city = model->enterprises[model->participations[i].enterprise].city;
		if (city >= 0)
			takes_part[city] = true;
	}
	for (size_t i = 0; i < model->agency_count; i++)
		if (model->agencies[i].city >= 0)
			recommends[model->agencies[i].city] = true;
	for (int32_t city = 0; city < model->prefectures.count; city++) {
		check_agencies_of(check, city);
		if (takes_part[city] && !recommends[city] && model->agency_count)
			check_agency_count(check, city, 0,
					   (struct span){ .source = model->agencies[0].place.source });
	}
}

static void check_agency_file(struct check *check)
{
	if (check->has_agency_reference && check->is_agency_file_absent)
		PROBLEM(check, DIAG_AGENCIES_MISSING, .span = check->enterprise_header);
}

/* ---- participations and their rounds ------------------------------------------------------------------ */

struct rounds {
	int64_t assessed[ROUNDS];                 /* observations other than 未评 */
	const struct observation *first[ROUNDS];
};

static struct rounds count_rounds(const struct model *model, const struct participation *row)
{
	struct rounds rounds = { 0 };
	for (size_t i = 0; i < row->observation_count; i++) {
		const struct observation *observation = &model->observations[row->first_observation + i];
		rounds.assessed[observation->round] += observation->result != RESULT_UNASSESSED;
		if (!rounds.first[observation->round])
			rounds.first[observation->round] = observation;
	}
	return rounds;
}

/* Items that a full round covers: up to the target, where there is one. */
static int64_t count_items(const struct model *model, const struct participation *row)
{
	const struct catalogue *catalogue = model->catalogues[row->track];
	int64_t count = 0;
	for (int32_t i = 0; catalogue && i < catalogue->item_count; i++)
		count += row->target <= 0 || catalogue->items[i].level <= row->target;
	return count;
}

/* An item that says 未评 is covered: somebody decided so.  Only what is not there at all was forgotten. */
static int64_t count_covered(const struct model *model, const struct participation *row, int round)
{
	const struct catalogue *catalogue = model->catalogues[row->track];
	int64_t count = 0;
	for (size_t i = 0; i < row->observation_count; i++) {
		const struct observation *observation = &model->observations[row->first_observation + i];
		bool is_asked = row->target <= 0 || catalogue->items[observation->item].level <= row->target;
		count += observation->round == round && is_asked;
	}
	return count;
}

/* On site a sample is enough, and a recheck looks at findings only; the other two must be whole. */
static void check_whole_round(struct check *check, const struct participation *row, const struct rounds *rounds, int round)
{
	/* Those that are missing may be the ones that could not be read, which was told. */
	bool is_lost = check->has_unread_results || check->has_rejected_results[row - check->model->participations];
	if (!rounds->first[round] || is_lost)
		return;
	int64_t items = count_items(check->model, row), covered = count_covered(check->model, row, round);
	if (covered < items)
		PROBLEM(check, DIAG_ROUND_INCOMPLETE, .span = observed_place(rounds->first[round]),
			.a = text_from(choice_word(SET_ROUND, round)),
			.b = text_format(check->reader.arena, "%lld", (long long)covered), .n = items,
			.c = check->model->enterprises[row->enterprise].name);
}

static bool has_counted(const struct model *model, const struct participation *row, const struct rounds *rounds)
{
	const struct rule *rule = &model->campaign.tracks[row->track].rule;
	for (size_t i = 0; i < rule->round_count; i++)
		if (rounds->assessed[rule->rounds[i]])
			return true;
	return false;
}

static void check_observed(struct check *check, const struct participation *row, const struct rounds *rounds)
{
	struct text name = check->model->enterprises[row->enterprise].name,
		track = parts_label(check->reader.arena, check->model, row);
	bool is_counted = has_counted(check->model, row, rounds);
	if (check->has_unread_results)
		return;
	if (row->observation_count == 0)
		PROBLEM(check, DIAG_PARTICIPATION_UNOBSERVED, .span = row->place, .a = name, .b = track);
	else if (!is_counted)
		PROBLEM(check, DIAG_PARTICIPATION_UNDECIDED, .span = row->place, .a = name, .b = track);
	else if (check->model->campaign.tracks[row->track].rule.method == METHOD_GIVEN && row->given == MISSING)
		PROBLEM(check, DIAG_GIVEN_MISSING, .span = row->place, .a = name);
}

/* A date says that a round took place, but nothing of it was handed in. */
static void check_promised(struct check *check, const struct participation *row, const struct rounds *rounds)
{
	const struct {
		struct date date;
		int round;
	} promised[] = { { row->self_date, ROUND_SELF }, { row->online_date, ROUND_ONLINE }, { row->onsite_date, ROUND_ONSITE } };
	for (size_t i = 0; i < sizeof promised / sizeof *promised && row->observation_count && !check->has_unread_results; i++)
		if (!date_is_missing(promised[i].date) && !rounds->first[promised[i].round])
			PROBLEM(check, DIAG_ROUND_PROMISED, .span = row->place, .a = check->model->enterprises[row->enterprise].name,
				.b = text_from(choice_word(SET_ROUND, promised[i].round)));
}

static void check_onsite(struct check *check, const struct participation *row, const struct rounds *rounds)
{
	const struct enterprise *enterprise = &check->model->enterprises[row->enterprise];
	const struct observation *first = rounds->first[ROUND_ONSITE];
	bool is_visited = first || !date_is_missing(row->onsite_date);
	if (first && date_is_missing(row->onsite_date) && rows_is_not_key(check, enterprise))
		PROBLEM(check, DIAG_ONSITE_NOT_KEY, .span = observed_place(first), .a = enterprise->name);
	bool is_lost = check->has_unread_results || check->has_rejected_results[row - check->model->participations];
	if (enterprise->is_key == YESNO_YES && !is_visited && row->observation_count && !is_lost)
		PROBLEM(check, DIAG_KEY_WITHOUT_ONSITE, .span = row->place, .a = enterprise->name);
}

/* The dates of a round where participations.csv has none: one complaint a round, at its first observation. */
static void check_round_dates(struct check *check, const struct participation *row, const struct rounds *rounds)
{
	const struct {
		struct date date;
		const char *stage;
	} of_round[ROUNDS] = {
		[ROUND_SELF] = { row->self_date, "self" },
		[ROUND_ONLINE] = { row->online_date, "rectify" },
		[ROUND_RECHECK] = { { 0 }, "onsite" },
		[ROUND_ONSITE] = { row->onsite_date, "onsite" },
	};
	for (int round = 0; round < ROUNDS; round++)
		if (rounds->first[round] && date_is_missing(of_round[round].date) &&
		    !sense_is_outside(&check->model->campaign, rounds->first[round]->date))
			rows_check_date(check, rounds->first[round]->date, of_round[round].stage,
					observed_place(rounds->first[round]),
					text_from(choice_word(SET_ROUND, round)));
}

static void check_participations(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct participation *row = &model->participations[i];
		size_t since = check->problems.count;
		struct rounds rounds = count_rounds(model, row);
		if (!check->has_rejected_results[i]) {
			check_observed(check, row, &rounds);
			check_whole_round(check, row, &rounds, ROUND_SELF);
			check_whole_round(check, row, &rounds, ROUND_ONLINE);
			check_promised(check, row, &rounds);
		}
		check_onsite(check, row, &rounds);
		check_round_dates(check, row, &rounds);
		problems_blame(check, since, BLAME_PARTICIPATION, (int32_t)i);
		problems_report(check);
	}
}

/* ---- nominations, cities -------------------------------------------------------------------------------- */

static void check_nominations(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->nomination_count; i++) {
		const struct nomination *row = &model->nominations[i];
		const struct enterprise *enterprise = row->enterprise >= 0 ? &model->enterprises[row->enterprise] : NULL;
		const struct agency *agency = row->agency >= 0 ? &model->agencies[row->agency] : NULL;
		if (enterprise && check->has_participations && parts_first(enterprise) < 0)
			PROBLEM(check, DIAG_NOMINATION_IDLE, .span = row->place, .a = enterprise->name);
		if (agency && row->name.size && !name_equal(agency->name, row->name))
			PROBLEM(check, DIAG_NAME_DIFFERS, .span = row->place, .other = agency->place, .a = row->name, .b = agency->name);
	}
}

static void check_coverage(struct check *check)
{
	const struct model *model = check->model;
	int64_t assessed[CITIES_MOST] = { 0 };
	for (size_t i = 0; i < model->enterprise_count; i++) {
		const struct enterprise *row = &model->enterprises[i];
		bool is_assessed = false;
		EACH_PART(part, model, row) {
			const struct participation *participation = &model->participations[part];
			is_assessed |= participation->observation_count &&
				       model->observations[participation->first_observation].round == ROUND_SELF;
		}
		if (row->city >= 0)
			assessed[row->city] += is_assessed;
	}
	for (int32_t city = 0; city < model->prefectures.count; city++)
		if (model->cities[city].enterprises >= 0 && assessed[city] > model->cities[city].enterprises)
			PROBLEM(check, DIAG_COVERAGE_IMPOSSIBLE, .span = model->cities[city].place,
				.a = model->prefectures.at[city].name,
				.n = assessed[city]);
}

static void (*const cross_rules[])(struct check *check) = {
	check_commitment_column, check_shared_names, check_shared_agency_names,
	alike_names, alike_contacts, alike_earlier, copied_results, leaning_agencies,
	check_idle_enterprises, check_agency_file, check_agencies,
	check_participations, check_nominations, check_coverage, sense_ledger, sense_year,
};

void cross_rules_apply(struct check *check)
{
	for (size_t i = 0; i < sizeof cross_rules / sizeof *cross_rules; i++) {
		cross_rules[i](check);
		problems_report(check);
	}
}
