/* SPDX-License-Identifier: MIT
 *
 * What a struct diag holds: shared by diag.c (collecting, order), diag_write.c (as text,
 * CSV, HTML, JSON) and diag_wire.c (between processes), and by nobody else.
 *
 * Every complaint has a mark, a hash of all that it says.  The marks tell repeats apart
 * whether the complaint itself is kept or only counted, so that counts are true; and what
 * is kept of warnings and notes are the first in the order of printing, not the first to
 * come.  Both depend on nothing but the set of complaints: one process or many, the list
 * and the counts are the same.
 */
#ifndef XINGJI_BASE_DIAG_STORE_H
#define XINGJI_BASE_DIAG_STORE_H

#include "base/diag.h"

enum { DIAG_TEXTS = 5, DIAG_MARK = 32, DIAG_TEXT_MOST = 1 << 10 };

/* Hex digits of SHA-256: who makes two complaints with the same 128 bits may have them counted as one. */
struct diag_mark {
	char hex[DIAG_MARK];
};

struct diag_item {
	enum diag_kind kind;
	struct diag_args args;
	struct diag_mark mark;
	uint32_t group; /* index into diag.groups */
};

/* Complaints that say the same of the same value, whatever their places. */
struct diag_group {
	struct diag_mark mark; /* of what they have in common */
	size_t count;          /* of them all, kept or not */
};

struct diag_slot {
	struct diag_mark mark;
	uint32_t group;        /* index into diag.groups */
	uint16_t kind;
	bool is_used, is_kept; /* kept: among the items; else only counted */
	bool is_exported;
};

/* Where a complaint is: diag_place.h. */
struct diag_site {
	struct span span;
	struct place place;
	struct sheet_cell cell;
	struct text text; /* the first DIAG_TEXT_MOST bytes of what lies there */
	bool is_table;    /* the file is one, so that line and column mean nothing to who sees a sheet */
};

struct diag_sites {
	const struct diag_site *at; /* by source, start, end */
	size_t count;
};

struct diag {
	struct arena *arena;
	const struct sources *sources;
	struct diag_item *items;
	size_t count, capacity;
	struct diag_slot *slots; /* by mark */
	size_t slot_count, slot_capacity;
	struct diag_group *groups;
	size_t group_count, group_capacity;
	uint32_t *group_slots; /* by mark: 1 + index into groups, 0 unused */
	size_t group_slot_capacity;
	size_t by_kind[DIAG_KINDS];
	size_t kept[SEVERITY_WORLD + 1];            /* items by severity */
	size_t untold[SEVERITY_WORLD + 1];          /* counted for no group: their reader tells how many */
	struct diag_item last[SEVERITY_WORLD + 1];  /* where has_last: nothing behind it is kept */
	bool has_last[SEVERITY_WORLD + 1];
	size_t general_errors, errors_told, told;
	bool *touched; /* by participation: an error was reported against it */
	size_t touched_capacity;
	struct diag_sites sites; /* found so far; none but diag_place.c asks */
	bool is_sorted;
	bool is_of_left_out; /* diag_concern_left_out */
};

/* The texts of the arguments, in a fixed order. */
void diag_texts(struct diag_args *args, struct text *texts[DIAG_TEXTS]);
/* Sorts, and leaves no more warnings and notes than are shown. */
void diag_sort(struct diag *diag);
/* Counts a complaint that another process had no room for, in the group of that mark. */
void diag_count_mark(struct diag *diag, enum diag_kind kind, const struct diag_mark *mark,
		     const struct diag_mark *group);
/* The number of the group with that mark, which is made where there is none. */
uint32_t diag_group(struct diag *diag, const struct diag_mark *mark);
/* The same, but 0 for none and 1 + number for what there is. */
uint32_t diag_group_find(const struct diag *diag, const struct diag_mark *mark);
/* The slot of a mark, or an unused one where it would stand. */
struct diag_slot *diag_slot(const struct diag *diag, const struct diag_mark *mark);
/* Counted, but neither among the `listed` ones nor told by their reader. */
size_t diag_rest(const struct diag *diag, enum diag_severity severity, size_t listed);

#endif
