/* SPDX-License-Identifier: MIT
 *
 * How an entry stands on the list on the day D, as columns that are called the same in
 * every table and scope that has them.
 */
#ifndef XINGJI_FACTS_STANDING_H
#define XINGJI_FACTS_STANDING_H

#include "assess/chronicle.h"
#include "facts/columns.h"

/* Of a participation that the decisions list; without a chronicle as they say. */
struct standing standing_of_entry(const struct view *view, int32_t participation);
/* The platform of an entry where the list shows several of its enterprise in the track; else empty. */
struct text standing_platform(const struct view *view, int32_t participation);
/* The row becomes that entry: level and movement as the list shows them.  Returns how it stands. */
struct standing row_set_entry(struct row *row, int32_t participation);
/* Has the list changed in an entry that the scope sees? */
bool standing_has_changes(const struct view *view);

/* first_label: where it differs from the level shown; since, reason: of the row of the ledger that changed it last. */
cell_getter cell_status, cell_status_code, cell_first_level, cell_first_label, cell_former_name, cell_since,
	cell_reason;

#define STANDING_COLUMNS \
	PUBLIC_TEXT("status_code", cell_status_code, 0), PUBLIC_TEXT("status", cell_status, 0), \
	PUBLIC_INTEGER("first_level", cell_first_level, 0), PUBLIC_TEXT("first_label", cell_first_label, 0), \
	PUBLIC_TEXT("former_name", cell_former_name, 0), PUBLIC_TEXT("since", cell_since, 0), \
	PUBLIC_TEXT("reason", cell_reason, 0)

#endif
