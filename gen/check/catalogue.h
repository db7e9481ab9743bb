/* SPDX-License-Identifier: MIT
 *
 * models/<id>.xml → struct catalogue: levels, classes, areas, items.
 */
#ifndef XINGJI_CHECK_CATALOGUE_H
#define XINGJI_CHECK_CATALOGUE_H

#include "check/check.h"

/*
 * The catalogue called id, read once per run however many years use it.  NULL when
 * there is none (reported at `place`, where it was asked for) or it cannot be read.
 * One that is not made for the track is reported.
 */
const struct catalogue *catalogue_load(struct check *check, struct text id, struct span place,
	const struct track *track);

#endif
