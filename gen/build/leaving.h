/* SPDX-License-Identifier: MIT
 *
 * The documents that leave the house with a version: what a finished build holds of diagnoses and
 * reports, each with its number.
 *
 * Numbers are not read back from the files: a document that is byte for byte what left last has its
 * number, another of the same subject the next one, as the build gave it (issued.h).
 */
#ifndef XINGJI_BUILD_LEAVING_H
#define XINGJI_BUILD_LEAVING_H

#include "model/recorded.h"

struct build;

struct leaving {
	struct recorded_document *all;      /* the report, its public edition, diagnoses in the order of the model */
	size_t count;
	struct recorded_document *replaced; /* those of them that take the place of one that left before */
	size_t replaced_count;
};

/* Of what finished_check found good; only what its site was made with counts.  In the run's arena. */
struct leaving leaving_find(struct build *build, const char *folder);

#endif
