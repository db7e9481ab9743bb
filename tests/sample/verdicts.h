/* SPDX-License-Identifier: MIT */
/*
 * What each round says about each item of one participation, drawn so that the rules of the sample's
 * campaign.xml (data/FORMATS.md §5) give exactly the intended level.
 */
#ifndef SAMPLE_VERDICTS_H
#define SAMPLE_VERDICTS_H

#include "catalogue.h"
#include "province.h"

/* 符合 部分符合 不符合 不适用 未评, and no row at all. */
enum verdict { VERDICT_MET, VERDICT_PARTIAL, VERDICT_UNMET, VERDICT_EXEMPT, VERDICT_OPEN, VERDICT_NONE };

struct verdicts {
	uint8_t truth[CATALOGUE_ITEMS_MAX];              /* what counts in the end */
	uint8_t seen[ROUND_COUNT][CATALOGUE_ITEMS_MAX];  /* what each round found */
};

/* The shares of the platform's levels, per mille, as in campaign.xml; [0] is unused. */
extern const uint32_t verdicts_shares[3];

/* Draw every round of a participation. */
void verdicts_draw(struct verdicts *verdicts, const struct catalogue *catalogue, const struct participation *part,
				   struct rng *rng);

/* True when the round holds a finding: 部分符合 or 不符合. */
bool verdicts_is_finding(uint8_t verdict);

#endif
