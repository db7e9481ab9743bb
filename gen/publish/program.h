/* SPDX-License-Identifier: MIT
 *
 * What makes two machines make the same bytes: the program's own file, and the libraries that it was loaded with.
 */
#ifndef XINGJI_PUBLISH_PROGRAM_H
#define XINGJI_PUBLISH_PROGRAM_H

#include <stdbool.h>

/*
 * One hash of the file `program` and of the build-ids of the libraries of this process, whatever their order; a
 * library without one (a debugging aid of somebody's own) is left out.  False where the file cannot be read.
 */
bool program_hash(const char *program, char hash[65]);

#endif
