/* SPDX-License-Identifier: MIT
 *
 * What becomes of a copy, noted: one line in the register, on the disk when the function returns.
 */
#ifndef XINGJI_BUILD_STEPS_H
#define XINGJI_BUILD_STEPS_H

#include "model/copies.h"

struct run;

/* data/<year>/register.jsonl, in the run's arena. */
const char *steps_register(struct run *run);

/* A state to be noted. */
struct step_note {
	enum send_state state;
	struct date day;
	struct text detail, scan; /* missing: none */
};
/*
 * Appends the line; *copy then has the state.  What an earlier run left CLAIMED is noted UNCERTAIN before.
 * *after counts the lines on.  False after reporting (DISPATCH_STEP, or what the register says).
 */
bool steps_append(struct run *run, struct copy *copy, const struct step_note *step, int64_t *after);

#endif
