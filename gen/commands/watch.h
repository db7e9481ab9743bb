/* SPDX-License-Identifier: MIT
 *
 * Has anything been saved?  A number over names, sizes and times of all that a preview is made from.
 *
 * What an office program leaves beside a table while it has it open or saves it (folder_is_passed_over) is not
 * looked at, and of folders only their names: a lock file that comes and goes changes nothing.
 */
#ifndef XINGJI_COMMANDS_WATCH_H
#define XINGJI_COMMANDS_WATCH_H

#include <stdint.h>

#include "build/options.h"

struct arena;

/* Of data, texts and themes as they are now; scratch is cleared. */
uint64_t watch_scan(const struct options *options, struct arena *scratch);

#endif
