/* SPDX-License-Identifier: MIT
 *
 * The tracks of a campaign: kinds of assessment with a catalogue and a rule each.
 *
 * Which there are is data (campaign.xml, and data/tracks.csv for the words of those that
 * need none there).  A track is its index in campaign.tracks: first the `track_count` that
 * the campaign holds, in the order that is theirs everywhere (those of data/tracks.csv in
 * its order, then the rest in the campaign's), then up to `known_count` others that only
 * have a name here: what data/tracks.csv knows besides, and what earlier years held.
 */
#ifndef XINGJI_MODEL_TRACK_H
#define XINGJI_MODEL_TRACK_H

#include "model/model.h"

/*
 * The track that `text` names by its id, label, name or another spelling, compared without
 * blanks, width and case; the own words of a held one come first, then its other spellings,
 * then the words of the others.  -1: none.
 */
int track_find(const struct campaign *campaign, struct text text);
/* The same among those that the campaign holds. */
int track_find_held(const struct campaign *campaign, struct text text);
/* One of those words of this track. */
bool track_is_called(const struct track *track, struct text text);
/*
 * "平台（示例云平台）": the word before the first bracket, and what stands in it up to the last character, which
 * closes it.  False where it is not of that form; either is borrowed.
 */
bool track_split(struct text text, struct text *word, struct text *platform);
/* By exactly this id, among all known; -1: none. */
int track_by_id(const struct campaign *campaign, struct text id);
/* Two words are the same without blanks, width and case. */
bool track_same_word(struct text one, struct text other);

/* The index in `campaign` of a track of another year, by its id; behind the known ones when it is new; -1: no room. */
int track_adopt(struct campaign *campaign, const struct track *track);

bool track_is_held(const struct campaign *campaign, int track);
/* As printed (工控), and in XML and addresses (ics); empty for a missing track. */
struct text track_label(const struct campaign *campaign, int track);
struct text track_id(const struct campaign *campaign, int track);
/* "工控、平台": the labels of the held tracks, for messages. */
struct text track_list(const struct campaign *campaign, struct arena *arena);

#endif
