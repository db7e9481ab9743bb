/* SPDX-License-Identifier: MIT */
#include "model/remarks.h"

const struct remark *remark_of(const struct model *model, const struct observation *seen)
{
	static const struct remark none = { .agency = MISSING };
	return seen->remark ? &model->remarks[seen->remark - 1] : &none;
}
