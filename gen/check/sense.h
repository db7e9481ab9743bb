/* SPDX-License-Identifier: MIT
 *
 * Whether what campaign.xml and ledger.csv say makes sense as a whole: dates that are dates,
 * but of another year or in the wrong order, a title of last year, an address that is only
 * an example.  An error where something false would stand in public, else a warning.
 */
#ifndef XINGJI_CHECK_SENSE_H
#define XINGJI_CHECK_SENSE_H

#include "check/check.h"

struct xml_node;

/* A date that is there and lies neither in the campaign's year nor in the one after. */
bool sense_is_outside(const struct campaign *campaign, struct date date);

/* The campaign that was read from root: its dates, its title, its address. */
void sense_campaign(struct check *check, const struct xml_node *root);
/* Rows before there was a list, and rows that give no reason. */
void sense_ledger(struct check *check);
/* What waits (problem_wait): each, or where the year has no data yet one complaint for all of it. */
void sense_year(struct check *check);

#endif
