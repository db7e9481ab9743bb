/* SPDX-License-Identifier: MIT
 *
 * Counts over participations and enterprises, made in one pass when first asked.
 *
 * A group is whatever is counted together: the province, a city, a track, an
 * industry, a size … and, from the listed only, the same for scope public.  The
 * public groups are counted from the list alone, so that nothing else can be in
 * them.  Rates are quotients of two counts of a group (cell_ratio).
 */
#ifndef XINGJI_FACTS_SUMMARY_H
#define XINGJI_FACTS_SUMMARY_H

#include "facts/table.h"
#include "model/place.h"

/* Negative counts are unknown (NULL). */
struct group {
	int64_t enterprises, several_tracks, several_platforms, several_listed;
	int64_t self_assessed, key_enterprises, committed_enterprises;
	int64_t listed_enterprises;
	int64_t participants, by_track[TRACKS_MOST], finished, unfinished, listed, not_reached, movements[MOVEMENTS];
	int64_t listed_by_track[TRACKS_MOST];
	int64_t at_level[TRACKS_MOST][LEVELS_MOST + 1]; /* finished participations */
	int64_t looked[ROUNDS];                    /* participations with observations of that round */
	int64_t finished_looked[ROUNDS];           /* of those, finished */
	int64_t met, applicable, round_met[ROUNDS], round_applicable[ROUNDS]; /* items of finished participations */
	int64_t observations, findings, by_risk[RISKS], at_risk[RISKS]; /* findings and who has them; finished participations */
	struct closure_count closures;
	int64_t scale_enterprises, covered; /* enterprises there are, and those self-assessed where that is known */
	int64_t target, aimed;              /* the target, and participating enterprises where there is one */
	int64_t cities_on_target, cities;
	int64_t agencies, provincial_agencies;
	int64_t previous_listed, previous_participants, previous_at[TRACKS_MOST][LEVELS_MOST + 1];
};

enum { STAGES_KNOWN = 3 }; /* self, rectify, onsite: the stages that participations have dates of */

struct stage_count {
	int64_t expected, done, on_time, late;
};

struct agency_count {
	int64_t consulted, checked, reached;
};

struct class_count {
	int64_t met, applicable;
};

struct summary {
	struct group all, by_track[TRACKS_MOST];
	struct group *by_city, *listed_city;      /* per city of the province */
	struct group by_industry[INDUSTRIES + 1], by_size[SIZES + 1], by_origin[ORIGINS + 1], by_grade[GRADES + 1]; /* last: missing */
	struct group listed, listed_track[TRACKS_MOST], listed_industry[INDUSTRIES + 1];
	/* The same by track: [index of the group × campaign.track_count + track]. */
	struct group *city_track, *industry_track, *size_track, *origin_track, *grade_track;
	struct group *listed_city_track, *listed_industry_track;
	struct agency_count *agencies;            /* per agency */
	struct class_count *classes[TRACKS_MOST];    /* [city × class_count + class] */
	struct stage_count stages[STAGES_KNOWN];
};

const struct summary *summary_of(struct view *view);
/* Which of the known stages an id is; -1 for the others. */
int summary_stage(struct text id);

#endif
