/* SPDX-License-Identifier: MIT
 *
 * One observation after the other, from rows of CSV or elements of XML.
 *
 * There are tens of millions of them and neighbours are alike, so what a cell says
 * is remembered by its bytes: the enterprise of the row before, the few words of
 * track, round and result, the item that follows the last one in the catalogue.
 * Only what is new or wrong goes the slow way through check/field.h.
 */
#ifndef XINGJI_CHECK_OBSERVER_H
#define XINGJI_CHECK_OBSERVER_H

#include "check/field.h"
#include "check/gathered.h"
#include "check/kept.h"
#include "check/remarking.h"

enum { MEMO_SLOTS = 16, MEMO_CELL_LARGEST = 32 /* bytes: a code, a word or a date */ };

/* Cells seen lately in one column and what they meant. */
struct memo {
	struct {
		char cell[MEMO_CELL_LARGEST];
		uint8_t size; /* 0: free */
		int32_t value;
	} slots[MEMO_SLOTS];
};

struct observer {
	struct check *check;
	struct memo memos[FIELDS_observation];
	struct gathered gathered;
	struct remarking remarking;
	struct kept kept;      /* of the file being read */
	bool is_half_read;     /* the record being taken: what is wrong with it was told (table.is_half_read) */
	int32_t next_item;     /* a guess: the one behind the last */
	/* Who only wants the records as they stand: each is given to this, and nothing is taken or reported. */
	void (*seen)(void *context, const struct record *record);
	void *context;
};

/* Who was observed, and in which round: of a row, or of all results of one <assessment>. */
struct observer_head {
	int32_t enterprise, participation, agency; /* -1 unknown, or none */
	int8_t track, round;
	struct date date;
};

/* Prepares for a file: what was remembered of another file is forgotten. */
void observer_start(struct observer *observer);
/*
 * Reads enterprise, track, round and date of a record; name is an enterprise name
 * beside the code, if given.  What is wrong waits in the problems for observer_blame.
 */
struct observer_head observer_head(struct observer *observer, const struct record *record, struct value name);
/* What a row says beside its head, as its cells hold it; nothing else stands in it. */
struct observer_row {
	struct text item, result, date, note, evidence;
	bool has_date; /* the date is that of the row, and not of the head */
	struct span place;
};

/*
 * Takes an observation of which every cell was met before, under a head that is known, as observer_take would.  False,
 * and nothing was done, where something of it is new or wrong.
 */
bool observer_take_known(struct observer *observer, const struct observer_head *head, const struct observer_row *row);
/* Takes one observation under a head, or only says why not.  Its problems since `since` are reported. */
void observer_take(struct observer *observer, const struct record *record, const struct observer_head *head, size_t since);
/* Reports the problems since `since`, which blame the participation, or where it is unknown all of the enterprise. */
void observer_blame(struct observer *observer, int32_t enterprise, int32_t participation, size_t since);

#endif
