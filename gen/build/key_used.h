/* SPDX-License-Identifier: MIT
 *
 * Is the key the one from which the passwords of this year's batches follow?  Who has a password letter opens with it
 * whatever comes later; with another key he could not, and nobody would know why.
 */
#ifndef XINGJI_BUILD_KEY_USED_H
#define XINGJI_BUILD_KEY_USED_H

#include <stdbool.h>

struct key;
struct run;

/*
 * By the last batch on record.  False after KEY_OTHER, but not under --new-key: then the passwords from now on are
 * new ones.  True where no batch says which key it was.
 */
bool key_used_check(const struct run *run, const struct key *key);

#endif
