/* SPDX-License-Identifier: MIT */
#include "check/leaning.h"

#include "base/arena.h"
#include "check/check.h"

/* ---- the binomial distribution ----------------------------------------------------------------- */

struct binomial {
	int64_t trials, hits;
	double p;
};

/* P(X = hits); the factors are taken in an order that keeps the product near 1 as long as it can be. */
static double binomial_point(struct binomial b)
{
	double product = 1;
	int64_t hit = 0, miss = 0, misses = b.trials - b.hits;
	while (hit < b.hits || miss < misses) {
		bool is_hit = hit < b.hits && (product <= 1 || miss == misses);
		if (is_hit) {
			hit++;
			product *= (double)(b.trials - b.hits + hit) / (double)hit * b.p;
		} else {
			miss++;
			product *= 1 - b.p;
		}
	}
	return product;
}

/* P(X ≥ hits) for 0 < p < 1. */
static double binomial_tail(struct binomial b)
{
	if (b.hits <= 0)
		return 1;
	double sum = 0, term = 1, point = binomial_point(b);
	for (int64_t k = b.hits; k <= b.trials && term > 0; k++) {
		sum += term;
		term *= (double)(b.trials - k) / (double)(k + 1) * b.p / (1 - b.p);
	}
	return sum * point < 1 ? sum * point : 1;
}

/* ---- agencies --------------------------------------------------------------------------------------- */

static bool is_enough(const struct thresholds *thresholds, struct look_count own, struct look_count others)
{
	return own.items >= thresholds->looks_items && own.firms >= thresholds->looks_firms &&
	       others.items >= thresholds->looks_items;
}

static bool is_leaning(struct look_count own, struct look_count others, int64_t agencies)
{
	/* One of each is added, so that what never happened yet is not held to be impossible. */
	double p = ((double)others.contradicted + 1) / ((double)others.items + 2);
	double share = (double)own.contradicted / (double)own.items;
	bool is_more = share > p;
	if (is_more ? share < LEANING_FACTOR * p : share * LEANING_FACTOR > p)
		return false;
	double tail = is_more ? binomial_tail((struct binomial){ own.items, own.contradicted, p })
			      : binomial_tail((struct binomial){ own.items, own.items - own.contradicted, 1 - p });
	double limit = LEANING_CHANCE / (double)agencies;
	return tail < limit * limit;
}

static struct text fraction(struct check *check, struct look_count count)
{
	return text_format(check->reader.arena, "%lld/%lld", (long long)count.contradicted, (long long)count.items);
}

static void tell(struct check *check, const struct agency *agency, int look, const struct look_count pair[2])
{
	PROBLEM(check, DIAG_AGENCY_LEANING, .span = agency->place, .a = agency->name.size ? agency->name : agency->code,
		.b = text_format(check->reader.arena, "%s—%s", choice_word(SET_ROUND, looks[look].before),
				 choice_word(SET_ROUND, looks[look].after)),
		.c = fraction(check, pair[0]), .d = fraction(check, pair[1]), .n = pair[0].firms);
}

static void check_look(struct check *check, int look)
{
	const struct model *model = check->model;
	struct look_count *counts = ARENA_ARRAY(check->reader.arena, struct look_count, model->agency_count);
	struct look_count all = { 0 };
	for (size_t i = 0; i < model->participation_count; i++)
		if (model->participations[i].checker >= 0)
			looks_count(model, &model->participations[i], look, &counts[model->participations[i].checker]);
	int64_t agencies = 0;
	for (size_t i = 0; i < model->agency_count; i++) {
		all.items += counts[i].items;
		all.contradicted += counts[i].contradicted;
		agencies += counts[i].items > 0;
	}
	for (size_t i = 0; i < model->agency_count; i++) {
		const struct look_count others = { all.items - counts[i].items,
						   all.contradicted - counts[i].contradicted, 0 };
		if (is_enough(&model->campaign.thresholds, counts[i], others) &&
		    is_leaning(counts[i], others, agencies))
			tell(check, &model->agencies[i], look, (struct look_count[2]){ counts[i], others });
	}
}

void leaning_agencies(struct check *check)
{
	for (int look = 0; look < LOOKS; look++)
		check_look(check, look);
}
