/* SPDX-License-Identifier: MIT
 *
 * Model → decisions: the level of every participation, why, and what is next.
 *
 * The meaning of every rule is data/FORMATS.md §5, clause by clause; catalogue and rule
 * are data.  Nothing here prints, reads files or uses binary fractions.
 */
#ifndef XINGJI_ASSESS_ASSESS_H
#define XINGJI_ASSESS_ASSESS_H

#include "model/model.h"

struct arena;
struct diag;
struct chronicle;
struct closure;
struct prior;
struct scanned;
struct compiled_rule;

enum outcome { OUTCOME_UNFINISHED, OUTCOME_NOT_REACHED, OUTCOME_REACHED, OUTCOMES };           /* 未完成 未达标 达标 */
/* — 新达标 提升 保持 下降 退出 */
enum movement { MOVEMENT_NONE, MOVEMENT_NEW, MOVEMENT_UP, MOVEMENT_KEPT, MOVEMENT_DOWN, MOVEMENT_OUT, MOVEMENTS };

/* Chinese words of the two ("达标", "新达标"; "" for MOVEMENT_NONE). */
const char *outcome_word(enum outcome outcome);
const char *movement_word(enum movement movement);

/* Counts of item results; total = sum of the five. */
struct tally {
	int32_t by_result[RESULTS];
};
int32_t tally_total(const struct tally *tally);
int32_t tally_applicable(const struct tally *tally); /* total − 不适用 */
int32_t tally_met(const struct tally *tally);
void tally_add(struct tally *sum, const struct tally *tally);

/* The effective result of one item and where it came from: hundreds of them for each enterprise, so a byte. */
struct effective {
	signed int result : 4; /* enum result */
	signed int round : 4;  /* enum round: look_find (model/looks.h) has the observation; -1: nobody looked */
} __attribute__((packed));
/* Of what was observed: neither is negative. */
static inline struct effective effective_of(int8_t result, int8_t round)
{
	return (struct effective){ .result = result & 7, .round = round & 7 };
}
_Static_assert(sizeof(struct effective) == 1 && RESULTS <= 8 && ROUNDS <= 8, "both fit into four bits");

/* The items of an area, of a class, of an element; of no items (a round that observed nothing) all zero. */
struct tally tally_area(const struct catalogue *catalogue, int32_t area, const struct effective *items);
struct tally tally_class(const struct catalogue *catalogue, int32_t class, const struct effective *items);
struct tally tally_element(const struct catalogue *catalogue, int8_t element, const struct effective *items);
/* 符合率 as an exact decimal rounded to 4 digits (0.8333); false when the denominator is 0 (shown as —). */
bool tally_rate(const struct tally *tally, struct decimal *rate);

/* One step of the way up, with what it gives. */
struct step {
	struct decimal gain; /* threshold: weight × (1 − credit); else 0 */
	int32_t item;
	bool is_veto;
};

struct decision {
	int8_t outcome, movement;     /* enums above */
	int8_t level;                 /* 0 … level_count; 0 while 未完成, whatever was stated */
	int8_t target;                /* T: the level the gap is measured to; 0 at the top of the scale */
	int8_t next;                  /* level + 1, or 0 at the top */
	bool has_way_up;              /* false at the top, when the next level has no share, or when nothing is applicable */
	int8_t given_differs;         /* method given: what min-of-pa would give, or -1 when equal or not given */
	int8_t earlier_level;         /* of the most recent earlier listing in this track, or -1 */
	int16_t earlier_year;         /* its year, or 0 */
	struct text earlier_label;
	int8_t round_level[ROUNDS];   /* the level if only this round counted; -1 when it observed nothing */

	struct effective *items;      /* one per catalogue item */
	struct effective *round_items[ROUNDS]; /* that round's own results (unassessed where it did not look); NULL when it observed nothing;
	                                          the same array as items where no other counted round observed anything */
	int8_t *area_level;           /* per area, what min-of-pa gives; -1 left out (nothing applicable) */
	decimal_sum *share_got, *share_of; /* per level 0 … level_count: numerator and denominator of share(n) (all methods) */

	int32_t *gap, *findings;      /* item indexes; gap and findings in findings order (risk, level, catalogue); may be one array */
	struct step *way;             /* data/FORMATS.md §5 order; for min-of-pa and given the findings order */
	size_t gap_count, finding_count, way_count;

	struct tally total;           /* of the effective results */
	struct tally round_total[ROUNDS]; /* over all items; all zero for a round that observed nothing (so are the next ones) */
	struct tally *classes;        /* per class; what is asked for less often is counted then: tally_area */
	struct tally elements[ELEMENTS];
};

/*
 * Province-wide statistics that run over all items.  未完成 is left out of every tally
 * and median; a round's tallies count the participations in which it observed something.
 */
struct item_statistic {
	struct tally effective, rounds[ROUNDS];
	int32_t findings; /* of how many it is among the findings; set of items alone */
};
struct track_statistic {
	struct item_statistic *items;  /* per catalogue item */
	struct item_statistic *areas, *classes;
	struct item_statistic elements[ELEMENTS];
	/* Median enterprise compliance rate, of exact fractions, rounded half up to 4 digits; decimal_from(-1) where none. */
	struct decimal *area_median, *class_median;
	struct decimal element_median[ELEMENTS];
	int32_t participants, unfinished, not_reached, reached;
	int32_t by_level[LEVELS_MOST + 1]; /* finished participations; [0] = 未达标 */
	int32_t by_movement[MOVEMENTS];         /* all participations */
	/* self (row) against the counted result (column), over items both looked at */
	int64_t self_against[RESULTS][RESULTS];
	/* what was known before the visit (整改复核, where that did not judge 线上核查; row) against what
	   现场核查 found (column), of all participations */
	int64_t site_against[RESULTS][RESULTS];
	/* items that only one of 自评 and 线上核查 judged, of those who have a rate of both, and who has any */
	int64_t one_sided_items;
	int32_t one_sided;
};

struct assessment {
	const struct model *model;
	struct decision *decisions;   /* one per model.participations, same order */
	struct track_statistic tracks[TRACKS_MOST];
	const struct compiled_rule *rules[TRACKS_MOST]; /* rule.h; how each track was decided, for trace.h and rank.h */
	const struct closure *closures;     /* closure.h: what was to be rectified, by participation and item */
	size_t closure_count;
	const struct scanned *scanned;      /* scanned.h: what scanners found, by participation and item */
	size_t scanned_count;
	const struct chronicle *chronicle;  /* chronicle.h; NULL but for what chronicle_assessment made */
	const struct prior *prior;          /* prior.h; NULL: nobody asked */
};

/*
 * Decide everything.  Reports warnings only (given level that differs, naming the
 * deciding items; excellent case of an enterprise without a star; claims of rectification that a
 * look contradicts: closure.h; 符合 where a scan fails: scanned.h).  Lives in arena; borrows model.
 */
struct assessment *assess_model(struct arena *arena, const struct model *model, struct diag *diag);

/*
 * Is this participation on the list?  It is when it reached a level; -1, no participation, is not.
 * With the shown assessment (chronicle.h) this is the list as it is published, with the full one the
 * list before the ledger changed it.
 */
bool assessment_lists(const struct assessment *assessment, int32_t participation);
/* Is the enterprise on it, in any track? */
bool assessment_lists_enterprise(const struct assessment *assessment, const struct enterprise *enterprise);

/* The listings of this (earlier) year as rows for load_add_earlier of a later one; levels > 0 only. */
size_t assess_listings(struct arena *arena, const struct assessment *assessment, struct earlier **rows);

#endif
