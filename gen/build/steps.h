/* SPDX-License-Identifier: MIT
 *
 * What becomes of a copy, noted: one line in the register, on the disk when the function returns.
 *
 * Others write meanwhile: receipts are noted while mail goes out for an hour.  Where the register has grown its new
 * lines are read and taken first, and only then is it decided whether the step still follows.
 */
#ifndef XINGJI_BUILD_STEPS_H
#define XINGJI_BUILD_STEPS_H

#include "model/copies.h"

struct run;

/* data/<year>/register.jsonl, in the run's arena. */
const char *steps_register(struct run *run);

/* The copies of a run that notes what becomes of them.  A step may move the list: hold indexes and numbers. */
struct steps {
	struct run *run;
	struct copies copies; /* as the first `after` lines of the register tell it */
	int64_t after;
};

/* As the run has read the register. */
void steps_open(struct steps *steps, struct run *run);
void steps_close(struct steps *steps);

/* A state to be noted. */
struct step_note {
	enum send_state state;
	struct date day;
	struct text detail, scan; /* missing: none */
};

enum steps_end {
	STEPS_NOTED,
	STEPS_UNFIT,  /* no such copy, or its state (steps->copies) cannot become this one: nothing was reported */
	STEPS_FAILED, /* reported: the disk, or a register that is not sound */
};

/*
 * Appends the line; steps->copies then have the state.  What an earlier run left CLAIMED is noted UNCERTAIN before it
 * is noted VOID.
 */
enum steps_end steps_try(struct steps *steps, struct text number, const struct step_note *step);
/* The same; STEPS_UNFIT is reported (DISPATCH_STEP), too.  True: noted. */
bool steps_append(struct steps *steps, struct text number, const struct step_note *step);
/* Takes the lines that were written since.  False after reporting. */
bool steps_catch_up(struct steps *steps);

#endif
