/* SPDX-License-Identifier: MIT
 *
 * Whose a complaint is: who has to mend what it is about.
 *
 *	a row about one enterprise              the bureau of its city
 *	results and participations              the agency that checks, else the one that advises, where the row's
 *	                                        participation names one; else the bureau of its city
 *	everything else, and what nobody knows  the staff of the province
 */
#ifndef XINGJI_CHECK_OWNER_H
#define XINGJI_CHECK_OWNER_H

#include "base/text.h"

struct diag_args;
struct model;

enum owner_kind { OWNER_PROVINCE, OWNER_CITY, OWNER_AGENCY };

struct owner {
	enum owner_kind kind;
	struct text code; /* of the city or agency; missing for the province */
	struct text name; /* the same in words; the code where it has no name */
};

/* Texts borrow from the model, which may be NULL: then everything is the province's. */
struct owner owner_of(const struct model *model, const struct diag_args *args);

#endif
