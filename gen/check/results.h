/* SPDX-License-Identifier: MIT
 *
 * data/<year>/results/: CSV and XML, mixed, in the order of their names →
 * model.observations.
 */
#ifndef XINGJI_CHECK_RESULTS_H
#define XINGJI_CHECK_RESULTS_H

#include "check/check.h"

/*
 * Reads every result file and settles the observations: sorted by participation,
 * round and item, no two for the same three (check/observations.h).  A missing
 * folder is reported.
 */
void results_read(struct check *check);

#endif
