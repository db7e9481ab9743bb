/* SPDX-License-Identifier: MIT
 *
 * Where the year stands, as the inside of a page of the preview: the numbers of `status` (assess/duty_count.h), duty by
 * duty, with the names to open.
 *
 * Nobody is told to have failed: before a deadline, what is not done is not due.
 */
#ifndef XINGJI_COMMANDS_STATE_PAGE_H
#define XINGJI_COMMANDS_STATE_PAGE_H

#include "build/run.h"

struct buf;

/* Appends it, by agency or by city, or what is missing for it: participants, or the day. */
void state_page_write(const struct run *run, bool is_by_agency, struct buf *body);

#endif
