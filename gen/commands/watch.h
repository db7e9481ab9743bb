/* SPDX-License-Identifier: MIT
 *
 * Has anything been saved?  A number over names, sizes and times of all that a preview is made from.
 *
 * The system tells when something happens in a folder (inotify); that is only a hint, on which all is looked at again
 * once the saving has come to its end: what is still being written, or has just gone, as when a program puts a new file
 * in an old one's place, gets longer than what was closed or renamed into place.  Where the system cannot tell (no more
 * watches to be had, a folder that is missing, a disk of another machine) all is looked at twice a second, and every
 * few seconds in any case.
 *
 * What an office program leaves beside a table while it has it open or saves it (folder_is_passed_over) is not
 * looked at, and of folders only their names: a lock file that comes and goes changes nothing.
 */
#ifndef XINGJI_COMMANDS_WATCH_H
#define XINGJI_COMMANDS_WATCH_H

#include <stdint.h>

#include "build/options.h"

enum {
	WATCH_CLOSED_MS = 25,   /* after a file was closed or renamed into place */
	WATCH_OPEN_MS = 250,    /* after one was written to and not closed, or has gone */
	WATCH_MOST_MS = 1000,   /* of one saving after the other: then it is looked at in between */
	WATCH_POLL_MS = 500,    /* where the system does not tell */
	WATCH_LONG_MS = 5000,   /* where it does */
};

struct watch;

/* Never NULL; `options` is borrowed. */
struct watch *watch_open(const struct options *options);
/* Can be read when something has happened; -1: the system does not tell. */
int watch_descriptor(const struct watch *watch);
/* The number of the inputs as they were when nothing was happening to them; `now_ms` never goes back. */
uint64_t watch_look(struct watch *watch, uint64_t now_ms);
/* How long until it should be looked at again though nothing happens. */
int watch_wait_ms(const struct watch *watch, uint64_t now_ms);
/* Also for a forked child. */
void watch_close(struct watch *watch);

#endif
