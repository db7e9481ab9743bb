/* SPDX-License-Identifier: MIT
 *
 * One cell or attribute → one member of a record, by the type that schema.def
 * gives the field.  The only place where values are parsed; every reader of rows,
 * CSV or XML, comes through here.
 */
#ifndef XINGJI_CHECK_FIELD_H
#define XINGJI_CHECK_FIELD_H

#include "check/check.h"
#include "model/schema.h"
#include "read/table.h"

/* The values of one record, by field of its entity: values[FIELD_ledger_level] (model/schema.h). */
struct record {
	const struct entity *entity;
	struct value values[TABLE_FIELDS_MOST];
	struct span place;   /* the row or the start tag: where a missing attribute is missed */
};

/* The record a table stands at; what a column 平台名称 names stands in brackets behind the track. */
struct record record_from_table(const struct table *table);
/* The same into a record that was one of this table before, of which only what can differ is written. */
void record_renew(struct record *record, const struct table *table);

/*
 * Parses every field into its member of target (a record of the entity); what is
 * missing or wrong gets the missing value of its type and is reported.  LEVEL and
 * ITEM fields are looked up in the catalogue of the track read before them.
 */
void field_fill(struct check *check, const struct record *record, void *target);

/* Single values, for what is read by hand.  Missing or wrong (reported): the missing value. */
struct text field_text(struct check *check, const struct field *field, struct value value);
int field_choice(struct check *check, const struct field *field, struct value value);
int field_track(struct check *check, const struct field *field, struct value value);
struct date field_date(struct check *check, const struct field *field, struct value value);
int32_t field_item(struct check *check, const struct field *field, struct value value);
/* -1 unknown (reported, with the reason when it looks damaged) or known to be rejected (silent). */
int32_t field_enterprise(struct check *check, const struct field *field, struct value value);
int32_t field_agency(struct check *check, const struct field *field, struct value value);

/* A credit code as a map key: half-width, no spaces, upper case. */
struct text field_code(struct check *check, struct text cell);

#endif
