/* SPDX-License-Identifier: MIT
 *
 * A decision against the most recent earlier year that lists the enterprise in the
 * same track.  A row 未达标 lists nobody.
 */
#ifndef XINGJI_ASSESS_MOVEMENT_H
#define XINGJI_ASSESS_MOVEMENT_H

#include "assess/assess.h"

/* Per enterprise and track (enterprise × TRACKS_MOST + track) the row of model.earlier that counts, or -1. */
int32_t *movement_index(struct arena *arena, const struct model *model);
/* Sets movement and earlier_*; outcome and level must stand.  `row` NULL: no earlier listing. */
void movement_decide(const struct earlier *row, const struct catalogue *catalogue, struct decision *decision);
/* What a level is against the one before; `before` negative: none. */
enum movement movement_of(int8_t level, int8_t before);

#endif
