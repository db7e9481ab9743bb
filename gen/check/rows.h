/* SPDX-License-Identifier: MIT
 *
 * What is odd within one row: said while the row is at hand, so that the complaint
 * stands at the cell.  What takes several records stands in check/cross_rules.h.
 */
#ifndef XINGJI_CHECK_ROWS_H
#define XINGJI_CHECK_ROWS_H

#include "check/field.h"

void rows_check_agency(struct check *check, const struct record *record, const struct agency *row);
void rows_check_enterprise(struct check *check, const struct record *record, const struct enterprise *row);
void rows_check_participation(struct check *check, const struct record *record, const struct participation *row);
void rows_check_rectification(struct check *check, const struct record *record, const struct rectification *row);

/* A date that lies in another year than the campaign's or after the deadline of a stage; label names the date. */
void rows_check_date(struct check *check, struct date date, const char *stage, struct span span, struct text label);
/* A date of a row that lies neither in the campaign's year nor in the one after. */
void rows_check_year(struct check *check, const struct field *field, struct span span, struct date date);
/* Whether an enterprise is known not to be a key enterprise: "否", or nothing where others have an entry. */
bool rows_is_not_key(const struct check *check, const struct enterprise *enterprise);

#endif
