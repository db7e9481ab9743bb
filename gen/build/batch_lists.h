/* SPDX-License-Identifier: MIT
 *
 * The lists of a batch: batch.csv, an index.csv for each way by which files leave, and what is overdue.
 */
#ifndef XINGJI_BUILD_BATCH_LISTS_H
#define XINGJI_BUILD_BATCH_LISTS_H

#include "build/envelopes.h"

struct run;

struct batch_contents {
	struct run *run;
	const char *folder; /* into which they are written */
	const struct envelope *at;
	size_t count;
	const struct copies *copies; /* of earlier batches */
	struct date day;
};

/* *overdue: copies that nobody signed for in time.  False after reporting. */
bool batch_lists_write(const struct batch_contents *contents, size_t *overdue);

/* Writes a file of the batch and the folder that it lies in (batch.c); false after reporting. */
bool batch_write(struct run *run, const char *folder, struct text name, struct text bytes);

/* "platform/": where the files of a channel lie, relative to the batch. */
const char *batch_channel_folder(int8_t channel);

#endif
