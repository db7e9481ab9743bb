/* SPDX-License-Identifier: MIT
 *
 * The columns that name the tracks "ics" and "platform", for texts and themes that still ask
 * for them instead of looping over rows (city_track, tracks …).  To be removed, with this file,
 * once none does; whatever they say of a track that the campaign does not hold is none.
 */
#ifndef XINGJI_FACTS_OLD_TRACKS_H
#define XINGJI_FACTS_OLD_TRACKS_H

#include "facts/columns.h"

/* Column.a of all of them. */
enum old_track { OLD_ICS, OLD_PLATFORM };

/* Participations of row->group in the track, and of those at level b. */
cell_getter old_participants, old_at_level;
/* Of row's enterprise: 0/1; the level and label that list it. */
cell_getter old_takes_part, old_level, old_label;
/* What participation_summary may show. */
cell_getter old_shown;

#define OLD_COUNT(name, track) INTEGER_COLUMN(name, old_participants, track)
#define OLD_PUBLIC_COUNT(name, track) PUBLIC_INTEGER(name, old_participants, track)
#define OLD_LEVEL(name_, track, level) \
	{ .name = (name_), .get = old_at_level, .type = COLUMN_INTEGER, .a = (track), .b = (level) }

#endif
