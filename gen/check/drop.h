/* SPDX-License-Identifier: MIT
 *
 * --keep-going: leave out the participations that errors make undecidable.
 */
#ifndef XINGJI_CHECK_DROP_H
#define XINGJI_CHECK_DROP_H

#include <stddef.h>

struct arena;
struct diag;
struct model;

/*
 * Takes every participation that an error touches (diag_touches) out of the model,
 * with its observations and rectifications, and names each in a note.  Indexes into
 * model.participations and model.observations change; call it before assess_model.
 * Returns how many were left out.
 */
size_t drop_touched(struct model *model, struct arena *arena, struct diag *diag);

#endif
