/* SPDX-License-Identifier: MIT
 *
 * All records of a model, entity by entity, for what follows from schema.def alone and
 * so must forget none: a loop over the entities and over their fields.
 */
#ifndef XINGJI_MODEL_RECORDS_H
#define XINGJI_MODEL_RECORDS_H

#include "model/model.h"
#include "model/schema.h"

struct records {
	const void *at;
	size_t count, size; /* of one, in bytes */
};

/* Borrowed from the model.  Items are those of one track's catalogue; of the others the track changes nothing. */
struct records records_of(const struct model *model, enum entity_kind kind, int track);
/*
 * Index of the enterprise that a record is about; -1: about none that takes part, and for an observation, whose
 * participation knows that (model/observed.h).
 */
int32_t records_enterprise(const struct model *model, enum entity_kind kind, const void *record);
/* Where it stands in the input; NO_SPAN where that is not kept. */
struct span records_place(enum entity_kind kind, const void *record);

#endif
