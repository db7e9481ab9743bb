/* SPDX-License-Identifier: MIT
 *
 * Where an observation was read.
 *
 * There are tens of millions of them, so its place is kept in ten bytes.  Whose it is, is not kept at all: a
 * participation knows its own (first_observation, first_superseded), and who goes through those of all goes
 * through the participations.
 */
#ifndef XINGJI_MODEL_OBSERVED_H
#define XINGJI_MODEL_OBSERVED_H

#include "model/model.h"

/* The row or the result element; of a longer one than OBSERVED_SIZE_MOST bytes its beginning. */
struct span observed_place(const struct observation *row);
void observed_set_place(struct observation *row, struct span place);

/* Those of a participation: the rows that count, or those that later ones took the place of. */
struct observed_rows {
	const struct observation *at;
	size_t count;
};
struct observed_rows observed_of(const struct model *model, const struct participation *own, bool is_superseded);

enum { OBSERVED_SIZE_MOST = UINT16_MAX };

#endif
