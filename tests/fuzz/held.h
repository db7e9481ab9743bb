/* SPDX-License-Identifier: MIT
 *
 * Files held in memory in place of the disk.
 *
 * The linker gives file_map, file_read, file_exists and file_list of base/file.h to held.c (--wrap in the
 * Makefile), so the readers stay as they are and a run touches no disk.  Below a folder that
 * was held nothing else exists; every other path is the disk's.
 */
#ifndef XINGJI_TESTS_HELD_H
#define XINGJI_TESTS_HELD_H

#include "base/text.h"

/* Reads everything below the folder, once; ends the program when it cannot. */
void held_load(const char *folder);
/* The bytes of a held file, or NULL; whoever changes them keeps them alive.  NO_TEXT: the file is not there. */
struct text *held_find(const char *path);
/* Whether these are the bytes of a file as it was loaded. */
bool held_is_good(struct text bytes);
/* As if it had never been there. */
void held_forget(const char *path);

#endif
