/* SPDX-License-Identifier: MIT
 *
 * What the forms of xingji dispatch share: the day, the copies, and the noting of a state.
 */
#ifndef XINGJI_COMMANDS_DISPATCH_H
#define XINGJI_COMMANDS_DISPATCH_H

#include "build/options.h"
#include "model/copies.h"

struct run;

int dispatch_status(const struct options *options);
int dispatch_send(const struct options *options);
/* received, answered, returned, void: arguments[0] is the word. */
int dispatch_note(const struct options *options);

/*
 * --day, else --date, else the later of the day D and the register's last line; false after saying that it
 * is no date.
 */
bool dispatch_day(const struct run *run, struct date *day);
/* data/<year>/register.jsonl, in the run's arena. */
const char *dispatch_register(struct run *run);

/* A state to be noted. */
struct dispatch_step {
	enum send_state state;
	struct date day;
	struct text detail, scan; /* missing: none */
};
/*
 * Appends the line, durably; *copy then has the state.  What an earlier run left CLAIMED is noted UNCERTAIN
 * before.  *after counts the lines on.  False after reporting (DISPATCH_STEP, or what the register says).
 */
bool dispatch_append(struct run *run, struct copy *copy, const struct dispatch_step *step, int64_t *after);

#endif
