/* SPDX-License-Identifier: MIT
 *
 * What a connection derives from the assessment once, when first asked: the
 * anonymous peers of a track, findings by risk, line numbers of places, and the
 * order of value of a firm's steps.
 */
#ifndef XINGJI_FACTS_VIEW_H
#define XINGJI_FACTS_VIEW_H

#include "assess/rank.h"
#include "facts/table.h"

/* The finished participations of one track, by rate. */
struct peers {
	struct tally *sorted; /* rates ascending; those with denominator 0 are left out */
	int64_t count;        /* finished participations */
	int64_t rated;        /* of those, with a rate */
	double median;        /* negative: none */
};

struct top_steps {
	int32_t participation;
	int32_t count;
	struct rank_step steps[RANK_MOST];
};

/* options and its assessment are borrowed; everything made lives in arena. */
void view_init(struct view *view, const struct facts_options *options, struct arena *arena);
const struct peers *view_peers(struct view *view, int track);
/*
 * May the scope be told what follows from all finished participations of a track?  A firm where there are
 * thresholds.others_least of them; an agency or a city, which could subtract its own, where there are as many others.
 */
bool view_tells_peers(struct view *view, int track);
/* How many of them have a lower rate than this. */
int64_t peers_below(const struct peers *peers, const struct tally *tally);
/* Findings by risk of one participation. */
const int32_t *view_risks(struct view *view, int32_t participation);
/* 1-based line of a place; 0 when it has none or no sources were given. */
int64_t view_line(struct view *view, struct span place);
/* Its file as it is named inside its folder. */
struct text view_file(const struct view *view, struct span place);

/*
 * Does the scope see the rows about an enterprise, the row of an agency, and what else is told of that agency?  In
 * public and province all; else those of facts_choose_…, an agency in whole only itself and the city that it is of.
 * The agencies that are known are those that advised or checked an own enterprise, too.
 */
bool view_owns_enterprise(const struct view *view, int32_t enterprise);
bool view_owns_agency(const struct view *view, int32_t agency);
bool view_knows_agency(const struct view *view, int32_t agency);
/* Other enterprises are the scope's from now on: what was counted of them is forgotten. */
void view_forget_own(struct view *view);

/* May the scope know of the row: that somebody was listed knows the public, too; that somebody failed it does not. */
bool view_tells_earlier(const struct view *view, const struct earlier *row);
/* Rows of model.earlier that name this enterprise, in their order. */
const int32_t *view_earlier(struct view *view, int32_t enterprise, int32_t *count);

/* Has a participation something to mend (closure_is_due)? */
bool view_must_rectify(const struct view *view, int32_t participation);

/* The observation behind what was decided of an item of the row's participation, or -1; rows mostly ask for the next. */
int32_t view_seen(const struct row *row, int32_t item);

/* The most valuable steps of a participation (assess/rank.h), kept until another is asked about. */
const struct top_steps *view_top_steps(struct view *view, int32_t participation);

/* "工控、平台": the labels of a set of tracks (bit 1 << track), in the campaign's order; empty for none. */
struct text view_tracks(struct view *view, unsigned set);
int view_set_size(unsigned set);
/* "平台", "平台（示例云平台）": as it stands in the column track; `participation`: whose platform it is, or -1. */
struct text view_track_word(struct view *view, int track, struct text platform, int32_t participation);
/* "示例甲公司", "示例甲公司（示例云平台）": what an entry of the list is called, at that version. */
struct text view_entry_name(struct view *view, const struct enterprise *enterprise, struct text platform,
			    int32_t participation);
/* The platform of a row of model.earlier, where the list of its year has several of the enterprise in the track. */
struct text view_earlier_platform(const struct view *view, const struct earlier *row);
/* The tracks in which the enterprise is on the list, and with which levels: "工控 3星、平台 基本级". */
unsigned view_listed_tracks(const struct view *view, const struct enterprise *enterprise);
struct text view_listed_levels(struct view *view, const struct enterprise *enterprise);

#endif
