/* SPDX-License-Identifier: MIT
 *
 * Enterprises whose row could not be taken, and the rows of other files that go with them.
 *
 * Such a row was complained of where it stands.  What refers to it is not at fault, so it says
 * nothing of its own; but it is not taken either, and that is told once for each row lost.
 * The code that a row lost may be unreadable, so a reference is known by likeness, or by there
 * being as many rows without any code as there are codes that nobody has.
 */
#ifndef XINGJI_CHECK_LOST_H
#define XINGJI_CHECK_LOST_H

#include "base/list.h"
#include "base/map.h"
#include "base/source.h"

struct check;

/* A table that all others lean on has nothing but its header: what refers to it is not taken, and that is told once. */
struct unfilled {
	struct span header;
	struct span first; /* that refers to it */
	int64_t rows;      /* that do */
	bool is_it;
};

/* A row that was refused, and its code as it was written; no code where there is none, or none that may be shown. */
struct lost_row {
	struct text code;
	struct span place;
	bool is_reference; /* no row of an enterprise */
	int32_t likest;     /* index of the code taken for it, or -1 */
	unsigned distance; /* of that one */
};

/* Places in one file that name one code. */
struct lost_reference {
	struct span first;
	int64_t count;
	int32_t next; /* of the same code in another file, or -1 */
};

struct lost_code {
	struct text code;
	int32_t first, last; /* references */
	int32_t row;         /* that was lost with it, or -1 */
};

struct lost {
	LIST(struct lost_row) rows;
	LIST(struct lost_code) codes;
	LIST(struct lost_reference) references;
	struct map by_code;
};

/* A row was refused; code is as it stands in the file, or missing.  Both are copied or borrowed from the sources. */
void lost_add(struct check *check, struct text code, struct span place);
/* A record of another file names a code that can be nobody's, which was told: others that name it go with it. */
void lost_add_reference(struct check *check, struct text code, struct span place);
/* One more place that refers to the table, if it is unfilled.  Returns MISSING, as nothing is found there. */
int32_t lost_with(struct unfilled *table, struct span place);
/* Another record names a code that no enterprise has, while rows are lost: lost_report says what of it. */
void lost_refer(struct check *check, struct text code, struct span place);
/* Reports what went with lost rows (enterprise-lost), and codes that did not (enterprise-unknown); forgets all. */
void lost_report(struct check *check);

#endif
