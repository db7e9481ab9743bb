/* SPDX-License-Identifier: MIT
 *
 * What was remarked beside a result: note, evidence, and which agency it came from.
 *
 * Most results have no remark, and the words of the others come again and again, so that each
 * remark is kept once and observations have its number.
 */
#ifndef XINGJI_MODEL_REMARKS_H
#define XINGJI_MODEL_REMARKS_H

#include "model/model.h"

/* Borrowed from the model; one without words and agency where nothing was remarked.  Never NULL. */
const struct remark *remark_of(const struct model *model, const struct observation *seen);

#endif
