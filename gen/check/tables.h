/* SPDX-License-Identifier: MIT
 *
 * The CSV files of a year except results/ → arrays of the model.  Each reads its
 * file when it is there, checks row by row, drops what cannot be used and reports.
 */
#ifndef XINGJI_CHECK_TABLES_H
#define XINGJI_CHECK_TABLES_H

#include "check/field.h"

/* In this order, since each refers to those before. */
void tables_read_agencies(struct check *check);
void tables_read_enterprises(struct check *check);
/* Also sorts the participations, after which blame can be given. */
void tables_read_participations(struct check *check);
void tables_read_cities(struct check *check);
void tables_read_nominations(struct check *check);
/* Also checks that the rows follow one another: dates, withdrawals and what restores them. */
void tables_read_ledger(struct check *check);
/*
 * delivery.csv, row by row and against each other (deliveries.c); what makes a person doubt stops only that
 * enterprise.
 */
void tables_read_deliveries(struct check *check);

/*
 * The participation of an enterprise in a track, with the platform that the track cell of the record at hand names
 * (check->platform), or -1: reported unless its row was rejected or either is unknown (reported where it was read).
 * Where it has several platforms in the track one must be named.
 */
int32_t tables_participation(struct check *check, int32_t enterprise, int track, struct span place);
/* A name beside a credit code is compared with the name that enterprises.csv gives. */
void tables_compare_name(struct check *check, int32_t enterprise, struct value name);

#endif
