/* SPDX-License-Identifier: MIT
 *
 * Who has to mend what a complaint is about: the city bureau of the enterprise for its rows and its
 * participations, the agency for results of the rounds that it carried out and for its own row, the
 * province for all the rest, for files as a whole, and wherever it is not certain whose it is.
 *
 * A complaint that names another owner's enterprise is the province's: handed to one it would tell of
 * the other.
 */
#ifndef XINGJI_CHECK_OWNER_H
#define XINGJI_CHECK_OWNER_H

#include "base/diag.h"

struct arena;
struct model;
struct row_at;

enum owner_kind { OWNER_PROVINCE, OWNER_CITY, OWNER_AGENCY };

struct owner {
	enum owner_kind kind;
	int32_t index;          /* in model.prefectures or model.agencies; of the province 0 */
	struct text code, name; /* borrowed from the model; of the province no code, and the name of the province */
};

/*
 * The owner of each of `count` complaints (diag_list).  `rows` receives the row in which each lies
 * (check/row_at.h), or is NULL.  Everything lives in arena, and so must the sources.
 */
void owners_find(struct arena *arena, const struct model *model, struct sources *sources,
		 const struct diag_line *lines, size_t count, struct owner *owners, struct row_at *rows);

/* Does it say that something is not there at all, and so belongs to no cell? */
bool owner_is_missing(enum diag_kind kind);

bool owner_equal(struct owner one, struct owner other);
/* Cities in official order, then agencies as in their table, the province last. */
int owner_compare(struct owner one, struct owner other);

#endif
