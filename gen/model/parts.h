/* SPDX-License-Identifier: MIT
 *
 * The participations of an enterprise: one for each track and, where it takes part with several
 * platforms, for each of these.  They hang together in a chain, by track and then in the order of
 * the file, so that nothing can be looked up by enterprise and track alone without saying what is
 * meant where there are two.
 */
#ifndef XINGJI_MODEL_PARTS_H
#define XINGJI_MODEL_PARTS_H

#include "model/model.h"

/* So many of one enterprise in one track are read: who goes through them need not count. */
enum { PLATFORMS_MOST = 20 };

/* Every participation of an enterprise, as `part`; none of NULL. */
#define EACH_PART(part, model, enterprise) \
	for (int32_t part = parts_first(enterprise); part >= 0; part = (model)->participations[part].next)

/*
 * Makes the chains and numbers the platforms anew, in time proportional to both; participations
 * must stand by track and be of known tracks.  To be called whenever they were moved.
 */
void parts_link(struct model *model);

/* -1: it takes no part. */
int32_t parts_first(const struct enterprise *enterprise);
/* In how many held tracks it takes part, however many platforms it has in one. */
int parts_count_tracks(const struct model *model, const struct enterprise *enterprise);

/* What was asked of an enterprise and a track. */
struct parts_found {
	int32_t part;         /* the one that is meant; -1: none, or more than one could be */
	int32_t first, count; /* of the track: the first of them, and how many there are */
};

/*
 * The participation that `platform` names, compared without blanks, width and case.  No name means
 * the one that there is; of one that stands alone the name does not matter.
 */
struct parts_found parts_find(const struct model *model, const struct enterprise *enterprise, int track,
			      struct text platform);
/* The same for what stands in a track cell: the track, and maybe the platform in brackets (model/track.h). */
struct parts_found parts_find_word(const struct model *model, const struct enterprise *enterprise, struct text cell);
/* Such a word: "平台（示例云平台）", or the track alone where no platform is named. */
struct text parts_word(struct arena *arena, struct text track, struct text platform);
/* The same platform?  Without blanks, width and case; two that are not named are the same. */
bool parts_same_platform(struct text one, struct text other);

/*
 * What is this participation in another year: of an enterprise with one platform in both years that one, else the one
 * of the same name; -1: none, or it cannot be told.
 */
int32_t parts_match(const struct model *other, const struct enterprise *enterprise, int track,
		    const struct participation *participation);

/* Where the enterprise has several platforms in the track, which one it is; else empty. */
struct text parts_platform(const struct participation *participation);
/* The same, in the list of all that an enterprise has: "平台", "平台（示例云平台）". */
struct text parts_label(struct arena *arena, const struct model *model, const struct participation *participation);

#endif
