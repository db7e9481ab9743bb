/* SPDX-License-Identifier: MIT
 *
 * What the forms of xingji dispatch share: the day and the forms themselves.
 */
#ifndef XINGJI_COMMANDS_DISPATCH_H
#define XINGJI_COMMANDS_DISPATCH_H

#include "build/options.h"
#include "build/steps.h"

struct run;

int dispatch_status(const struct options *options);
int dispatch_send(const struct options *options);
int dispatch_reports(const struct options *options);
/* received, answered, returned, void: arguments[0] is the word. */
int dispatch_note(const struct options *options);

/*
 * --day, else --date, else the later of the day D and the register's last line; false after saying that it
 * is no date.
 */
bool dispatch_day(const struct run *run, struct date *day);

#endif
