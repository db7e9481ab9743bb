/* SPDX-License-Identifier: MIT
 *
 * SIGINT, SIGTERM and SIGHUP: what the first does, and that the second ends the program at once.
 *
 * As long as nothing has to be put away, the first ends the program too, with one line
 * and the exit code of trouble with the world (3).  From interrupt_defer on it sets a
 * flag, which whoever goes round a long loop asks for, so that the half output is removed;
 * where nobody has asked within a second, or the putting away takes longer than ten, the
 * program ends as if killed: the next run removes what lies about.
 * A forked process ends with the first signal, and never outlives its parent.
 * Commands that only read and print do without all this: the system's own way is right.
 */
#ifndef XINGJI_BASE_INTERRUPT_H
#define XINGJI_BASE_INTERRUPT_H

#include <stdbool.h>
#include <sys/types.h>

/* Installs the handlers; a run under nohup goes on without its terminal. */
void interrupt_catch(void);
/* From now on there is something to put away. */
void interrupt_defer(void);
/*
 * How many seconds, instead of one, may pass until somebody asks: for whoever must wait for a step of others to
 * end, which a second signal still cuts short.
 */
void interrupt_notice(unsigned seconds);
/* Cheap enough for every row, block or file. */
bool interrupt_requested(void);
/* First thing in a forked process; `parent` is who forked it.  Does not return where the parent is gone already. */
void interrupt_forked(pid_t parent);
/* After that, for one that has something to put away: the signal with which the end of its parent is told. */
void interrupt_follow(int number);

#endif
