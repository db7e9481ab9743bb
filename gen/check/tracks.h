/* SPDX-License-Identifier: MIT
 *
 * The tracks that campaign.xml holds, with their catalogues and rules, and the words of
 * those that data/tracks.csv knows.
 */
#ifndef XINGJI_CHECK_TRACKS_H
#define XINGJI_CHECK_TRACKS_H

#include "check/check.h"
#include "read/xmltree.h"

enum { TRACK_ID_LONGEST = 24 }; /* it stands in addresses and names of files */
/* Small letters, digits and hyphens, not too many. */
bool tracks_is_id(struct text id);

/* data/tracks.csv, else the file that came with the program, into check->known; neither need be there. */
void tracks_read_known(struct check *check);

/*
 * Every <track> below root into the campaign, in the order of model/track.h.  Reports ids
 * that are none, words that two share, and more than there is room for.
 */
void tracks_read(struct check *check, const struct xml_node *root);

#endif
