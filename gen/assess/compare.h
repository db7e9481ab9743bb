/* SPDX-License-Identifier: MIT
 *
 * Two lists against each other: who changes level or outcome and what made it so, who is
 * only on one side, who was renamed or moved, and how many in each city and track.
 *
 * A side is made of the decisions of a year (compare_side_of) or of anything else that can
 * be told entry by entry, such as a list as it was published: then there are no results
 * to explain a change by.  Participations are the same when credit code and track are,
 * and of an enterprise with several platforms in the track, on either side, the platform.
 * Levels are those that are shown (after the ledger); where the decisions say the same on
 * both sides and only what is shown differs, the ledger made it.
 *
 * Pure; everything lives in the arena and borrows the assessments.
 */
#ifndef XINGJI_ASSESS_COMPARE_H
#define XINGJI_ASSESS_COMPARE_H

#include "assess/undo.h"

struct compare_entry {
	struct text code, track, name, city; /* track: its id */
	struct text track_word, label;       /* as people read them: 工控; 2星, 未达标, 未完成 */
	struct text platform;                /* where its enterprise has several in the track */
	struct text platform_name;           /* as it is called in any case */
	int8_t level;
	int8_t outcome;                      /* enum outcome */
	int16_t city_order;                  /* of the cities of its own side */
	int32_t participation;               /* of the side's assessment, or -1 */
};

struct compare_side {
	struct compare_entry *entries;
	size_t count;
	const struct assessment *decided, *shown; /* NULL: a mere list, which names only who reached a level */
};

enum compare_change {
	CHANGE_OUT, CHANGE_DOWN, CHANGE_UP, CHANGE_NEW, /* of the level: 退出 降 升 新达标 */
	CHANGE_OUTCOME,                                 /* no level on either side: 未达标 ↔ 未完成 */
	CHANGE_ONLY_BEFORE, CHANGE_ONLY_NOW,            /* on one side only, without a level there */
	CHANGE_NONE,                                    /* the same, but for name or city */
	CHANGES
};

struct compare_row {
	const struct compare_entry *before, *now; /* NULL where that side has none */
	enum compare_change change;
	bool is_renamed, is_moved;
	bool is_by_ledger;                        /* the decisions agree, what is shown does not */
	struct undo undo;                         /* of a change of level or outcome that the decisions show */
};

/* Of one city (that of the later side, of the earlier one for who is only there) and one track. */
struct compare_total {
	struct text city, track_word;
	int64_t by_change[CHANGES];
	int64_t listed_before, listed_now; /* listed_before: in the city of the earlier side */
};

struct comparison {
	struct compare_row *rows;      /* those with something to tell, by change, then as they stand on their side */
	size_t row_count;
	struct compare_total *totals;  /* by track, then city */
	size_t total_count;
	int64_t by_change[CHANGES];    /* CHANGE_NONE: everybody else, renamed and moved ones among them */
	int64_t renamed, moved;
};

/* The participations of a year, in the order of the model. */
struct compare_side compare_side_of(struct arena *arena, const struct assessment *decided,
				     const struct assessment *shown);

struct comparison compare_sides(struct arena *arena, const struct compare_side *before, const struct compare_side *now);

/* OUT, DOWN, UP or NEW: the level changed. */
bool compare_is_of_level(enum compare_change change);

#endif
