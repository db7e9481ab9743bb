/* SPDX-License-Identifier: MIT
 *
 * Versions of the list as records: made of the present inputs and the ledger, compared with
 * what the register says, and written into it.
 *
 * Here and not in assess/, since an entry has an address, which facts/ makes; and not in
 * publish/, which knows nothing of a list.
 */
#ifndef XINGJI_BUILD_RECORD_H
#define XINGJI_BUILD_RECORD_H

#include "model/recorded.h"

struct arena;
struct campaign;
struct json_write;
struct model;
struct run;
struct shown_lists;

/* One version of run->shown (lists: shown_lists of it), with its entries in the order of the list; in arena. */
struct recorded record_version(struct run *run, struct arena *arena, const struct shown_lists *lists, size_t number);
/* The version that was published last; NULL when none was. */
const struct recorded *record_last(const struct model *model);

/* "2021-11-30", in arena. */
struct text record_iso(struct arena *arena, struct date date);
/* The id of a track as people call it. */
struct text record_track_word(struct arena *arena, const struct campaign *campaign, struct text word);
/* The id alone. */
struct text record_track_id(struct text word);

enum record_change { RECORD_ADDED, RECORD_REMOVED, RECORD_ALTERED };

/* Between two versions: an entry that only one has, or one member of an entry that both have. */
struct record_difference {
	enum record_change change;
	const struct recorded_field *field;   /* of RECORD_ALTERED */
	const struct recorded_entry *before, *now; /* NULL where it has none */
};
/* In the order of `now`, then what it has not any more; in arena.  `before` NULL: an empty list. */
size_t record_differences(struct arena *arena, const struct recorded *before, const struct recorded *now,
			  struct record_difference **differences);

/* What the line of a version says: for chain_event.write; context is the struct recorded. */
void record_write(const void *context, struct json_write *json);
/* The same of a line of EVENT_REPLACED: its documents alone. */
void record_write_replaced(const void *context, struct json_write *json);

/* The same of a line of EVENT_DISPATCHED (batch, documents, copies) and of EVENT_STATE (the step). */
void record_write_batch(const void *context, struct json_write *json);
void record_write_step(const void *context, struct json_write *json);
/* The same of a line of EVENT_CERTIFIED. */
void record_write_certificates(const void *context, struct json_write *json);

/*
 * Every recorded version against what inputs and ledger give for its day: each enterprise
 * that differs is an error with both.  Versions later than --date are left alone.
 */
void record_compare(struct run *run);

#endif
