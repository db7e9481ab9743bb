/* SPDX-License-Identifier: MIT
 *
 * <rule> of campaign.xml → struct rule: method, rounds that count, shares.
 */
#ifndef XINGJI_CHECK_RULE_H
#define XINGJI_CHECK_RULE_H

#include "check/check.h"

struct xml_node;

/* The rule of a <track>; without one: min-of-pa over onsite recheck online. */
void rule_read(struct check *check, const struct xml_node *track_node, int track);

#endif
