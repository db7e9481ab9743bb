/* SPDX-License-Identifier: MIT
 *
 * Names of enterprises compared as people would: （） and (), full width and half,
 * spaces and case do not make another name.
 */
#ifndef XINGJI_CHECK_NAME_H
#define XINGJI_CHECK_NAME_H

#include "base/text.h"

struct buf;

bool name_equal(struct text a, struct text b);
/* What names are compared by, written into key (emptied first). */
struct text name_key(struct text name, struct buf *key);

#endif
