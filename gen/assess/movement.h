/* SPDX-License-Identifier: MIT
 *
 * A decision against the most recent earlier year that lists the enterprise in the
 * same track, and with the same platform where it has several.  A row 未达标 lists nobody.
 */
#ifndef XINGJI_ASSESS_MOVEMENT_H
#define XINGJI_ASSESS_MOVEMENT_H

#include "assess/assess.h"

/* Per participation the row of model.earlier that counts, or -1. */
int32_t *movement_index(struct arena *arena, const struct model *model);
/*
 * Is a row of model.earlier about the participation?  Of an enterprise that has one platform in the track, then and
 * now, whatever they are called; where it had or has several, of the same name.
 */
bool movement_row_is_of(const struct model *model, const struct earlier *row,
			const struct participation *participation);
/* Does the list of that year hold another platform of the enterprise in the track? */
bool movement_row_has_sibling(const struct model *model, const struct earlier *row);
/* Asks where it cannot be told which of several platforms an earlier list means, or one may have been renamed. */
void movement_ask(struct arena *arena, const struct model *model, struct diag *diag);
/* Sets movement and earlier_*; outcome and level must stand.  `row` NULL: no earlier listing. */
void movement_decide(const struct earlier *row, const struct catalogue *catalogue, struct decision *decision);
/* What a level is against the one before; `before` negative: none. */
enum movement movement_of(int8_t level, int8_t before);

#endif
