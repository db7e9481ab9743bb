/* SPDX-License-Identifier: MIT
 *
 * The last door to the terminal: whatever was put into an output for people, nothing in it
 * steers the terminal (base/plain.h).  For what programs read (CSV, JSON), which has its own
 * escapers, there is fwrite.
 */
#ifndef XINGJI_BUILD_SAY_H
#define XINGJI_BUILD_SAY_H

#include <stdio.h>

#include "build/options.h"

/* One line and its end, whatever stands in the arguments. */
void say_line(FILE *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Many lines: each value in them was made plain by whoever wrote it. */
void say_lines(FILE *stream, struct text text);
/* "fork: out of memory" in the chosen language on standard error, by an errno (file_reason). */
void say_reason(const struct options *options, const char *subject, int error);
/* "unknown option '--x'" in the chosen language on standard error; returns EXIT_USAGE. */
int say_usage(const struct options *options, const char *chinese, const char *english, const char *subject);

#endif
