/* SPDX-License-Identifier: MIT
 *
 * <round>: the rounds in which an item may be looked at more than once.
 */
#ifndef XINGJI_CHECK_REPETITIONS_H
#define XINGJI_CHECK_REPETITIONS_H

#include "check/check.h"
#include "read/xmltree.h"

/* Reads the <round> children of <campaign> into the campaign; only what is whole and new is kept. */
void repetitions_read(struct check *check, const struct xml_node *root);
/* May a later observation of this round take the place of an earlier one? */
bool repetitions_allow(const struct campaign *campaign, int round);

#endif
