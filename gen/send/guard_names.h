/* SPDX-License-Identifier: MIT
 *
 * What the two guards have in common, guard.c (one envelope) and guard_sheet.c (a sheet of many): the names and codes
 * of all enterprises.
 */
#ifndef XINGJI_SEND_GUARD_NAMES_H
#define XINGJI_SEND_GUARD_NAMES_H

#include "base/map.h"
#include "publish/leak_hunt.h"

struct guard {
	struct arena *arena, *scratch;
	struct leak *leak;
	struct map allowed;
};

#endif
