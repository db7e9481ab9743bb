/* SPDX-License-Identifier: MIT
 *
 * What a batch has once for all its copies: sheets of labels, and the register in which is signed.
 */
#ifndef XINGJI_BUILD_BATCH_SHEETS_H
#define XINGJI_BUILD_BATCH_SHEETS_H

#include "build/batch_lists.h"

struct build;

/* A file has that many copies at most: a hundred sheets of 24 labels; further ones are labels-2.pdf … */
enum { BATCH_SHEET_COPIES = 2400 };

/*
 * Labels for the copies that have a postal address, the register for all; press.forms are loaded and the faces open.
 * Each is opened again and must name exactly the copies that it was made of (send/guard.h).  False after reporting.
 */
struct guard;
bool batch_sheets_write(struct build *build, const struct batch_contents *contents, struct text batch,
			struct guard *guard);

#endif
