/* SPDX-License-Identifier: MIT
 *
 * The head of manifest.txt: from what the output was made.
 */
#ifndef XINGJI_COMMANDS_MANIFEST_HEAD_H
#define XINGJI_COMMANDS_MANIFEST_HEAD_H

#include "commands/run.h"

struct buf;

/*
 * Lines "# …": program and its sources' hash, year, date, rules and catalogues, and
 * every input read (sha256, path relative to its folder, so that a moved project
 * gives the same bytes).  theme_hash may be empty.
 */
void manifest_head_write(const struct run *run, const char *theme_hash, struct buf *buf);
/* The same without the inputs, whose names and hashes are nobody's business outside. */
void manifest_head_write_public(const struct run *run, const char *theme_hash, struct buf *buf);

#endif
