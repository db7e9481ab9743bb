/* SPDX-License-Identifier: MIT
 *
 * What earlier years left, from their full data: the findings that were open when the last such
 * year ended, what this year says of each, and the years side by side.
 *
 * An item was *found* in a year when a round that counts said 不符合 or 部分符合 of it.  It was
 * *left open* when its effective result still said so at the end (a claim of the enterprise changes
 * nothing, 未评 is no finding) and the enterprise had been told: it is one of the findings of that
 * year's diagnosis (decision.findings), or there is a rectification of it.  The last year is the
 * latest earlier one with full data; what it left of an enterprise (by credit code, whatever it is
 * called now) in a track that is held this year is:
 *
 *	复核确认  left open; effective now: 符合
 *	仍未关闭  left open; effective now: 不符合 or 部分符合
 *	不再适用  left open; effective now: 不适用, or the catalogue has no such item any more
 *	待复核    left open; nobody looked this year (未评, 未完成)
 *	未参培    left open; the enterprise takes no part in the track this year
 *	复现      it was found in the last year or in an unbroken row of full years before it, but 符合
 *	          when the last year ended; effective now: 不符合 or 部分符合
 *
 * The first five add up to what the last year left; 复现 comes on top.  Of an item that keeps its id
 * while its words change, the id decides (prior_finding.is_reworded says so).
 *
 * Of an earlier year only this is kept, so its decisions may be given back once prior_keep returned.
 */
#ifndef XINGJI_ASSESS_PRIOR_H
#define XINGJI_ASSESS_PRIOR_H

#include "assess/assess.h"

enum prior_state {
	PRIOR_CONFIRMED, PRIOR_OPEN, PRIOR_DROPPED, PRIOR_WAITING, PRIOR_ABSENT, PRIOR_RECURRED, PRIOR_STATES
};
/* 复核确认 仍未关闭 不再适用 待复核 未参培 复现. */
const char *prior_word(enum prior_state state);

/* An item that was found in a year, in one participation. */
struct prior_record {
	int32_t item;      /* in that year's catalogue */
	struct date date;  /* of the effective result; missing where it has none */
	int16_t since;     /* first of the unbroken row of full years in which it was found */
	int8_t result, round; /* effective when the year ended */
	bool is_left;      /* left open, as above */
	int8_t claim;      /* enum status that the enterprise reported last in that year; -1: nothing */
	struct date claimed; /* and its 实际完成日期, or missing */
};

struct prior_part {
	int8_t outcome, level;
	struct tally total;   /* of the effective results */
	size_t first, count;  /* in records, which are in catalogue order */
};

/* Of the finished participations of a track. */
struct prior_track {
	int32_t participants, finished, reached;
	struct tally total, *areas; /* per area of that year's catalogue */
};

/* A year with full data. */
struct prior_year {
	const struct model *model;   /* borrowed */
	struct prior_part *parts;    /* one per participation */
	struct prior_record *records;
	struct prior_track tracks[TRACKS_MOST]; /* those of that year's campaign */
	/* Enterprises; covered and scale are of the cities whose number is known, scale is −1 where none is. */
	int64_t self_assessed, covered, scale_enterprises;
};

/* What the level of a track was measured with. */
enum { RULER_EDITION = 1, RULER_RULE = 2, RULER_ITEMS = 4 };
struct prior_ruler {
	struct text edition; /* missing: that year's folder does not say */
	int8_t changed;      /* against the year before it on record for the track: 1, 0; -1 unknown or the first */
	int8_t what;         /* of those bits; 0 where only the edition is known and that is the same */
	int8_t held;         /* its index in that year's campaign; -1: not held, or no full data */
	int32_t listed;      /* -1: the track is not on record in that year */
};

/* A year on record, this year too: with full data, or of which the list is known. */
struct prior_slot {
	int64_t year;
	const struct prior_year *full; /* NULL: the list only */
	struct prior_ruler tracks[TRACKS_MOST]; /* by track of this year */
};

struct prior_finding {
	const struct prior_record *record; /* of the last year */
	int32_t then;                      /* its participation in that year's model */
	int32_t enterprise, participation; /* this year's, or -1 */
	int32_t item;                      /* in this year's catalogue, or -1 */
	/* Of this year; the city of the last one where the enterprise is not in this year's data. */
	int8_t track, city, state;
	/* Effective now; -1 where there is no such participation or item, and no round where nobody looked. */
	int8_t result, round;
	bool is_reworded;                  /* the same id asks for something else now */
};

/* How many findings stand how. */
struct prior_count {
	int64_t states[PRIOR_STATES];
};
/* Those that the last year left: all but 复现. */
int64_t prior_count_left(const struct prior_count *count);

struct prior {
	const struct prior_slot *slots;  /* ascending; the last is this year */
	size_t slot_count;
	const struct prior_year *last;   /* NULL: no earlier year with full data */
	/* By enterprise as in the model, track, catalogue; then those of enterprises that it has not, by city. */
	const struct prior_finding *findings;
	const int32_t *first;            /* per enterprise of the model and one more: where its findings begin */
	size_t finding_count;
	struct prior_count *cities[TRACKS_MOST]; /* per held track: per city */
	struct prior_count *items[TRACKS_MOST];  /* per held track: per item of this year's catalogue */
};

/*
 * What later years ask of a decided one.  `before` is the full year kept before it, or NULL; the maps of
 * its model must stand.  Lives in arena and borrows the model, not the decisions.
 */
struct prior_year *prior_keep(struct arena *arena, const struct assessment *assessment,
			      const struct prior_year *before);

/* Side by side with this year's.  `years` are the full earlier ones, ascending, all with the maps of their models. */
const struct prior *prior_new(struct arena *arena, const struct assessment *assessment,
			      const struct prior_year *const *years, size_t count);

/*
 * What a year decided about what is this participation in `model`; NULL: it took no part, there are no full data, or
 * which of its platforms is meant is not known.
 */
const struct prior_part *prior_part_of(const struct prior_slot *slot, const struct model *model, int32_t participation);
/* An area of a track of this year, as that year found it; NULL: no full data, or its catalogue had no such area. */
const struct tally *prior_area_of(const struct prior_slot *slot, int track, struct text id);
/* The slot of prior->last; -1: there is none. */
int32_t prior_last_slot(const struct prior *prior);
/* Whether the level of a track was measured otherwise since a slot: 1, 0; -1 unknown. */
int prior_ruler_since(const struct prior *prior, int32_t slot, int track);

#endif
