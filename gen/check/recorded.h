/* SPDX-License-Identifier: MIT
 *
 * data/<year>/register.jsonl → model.recorded: what left the house, as an input.
 *
 * It is read here like every other file of the year, so that it has places, is named in the
 * manifest and is looked at by every command that checks; who writes it is publish/register.h.
 * Only sound lines are taken (base/chain.h).  The first fault is reported, and nothing behind it read.
 */
#ifndef XINGJI_CHECK_RECORDED_H
#define XINGJI_CHECK_RECORDED_H

#include "model/recorded.h"
#include "read/input.h"

struct model;

/* The lines of the file, in the reader's arena; none, and nothing reported, where there is no file. */
size_t recorded_read(const struct reader *reader, const char *path, struct recorded **lines);
/* The same into the model, whose enterprises keep the addresses under which they were published. */
void recorded_load(const struct reader *reader, const char *path, struct model *model);

#endif
