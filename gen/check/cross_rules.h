/* SPDX-License-Identifier: MIT
 *
 * Rules across records, one function each, in a table: what no single row shows.
 */
#ifndef XINGJI_CHECK_CROSS_RULES_H
#define XINGJI_CHECK_CROSS_RULES_H

struct check;

/* Applies every rule to the finished model and reports. */
void cross_rules_apply(struct check *check);

#endif
