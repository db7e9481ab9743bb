/* SPDX-License-Identifier: MIT
 *
 * An open descriptor given to another process over a local socket, with one letter that says what it is for.
 */
#ifndef XINGJI_SERVE_HANDING_H
#define XINGJI_SERVE_HANDING_H

#include <stdbool.h>

/* The caller keeps his own.  False when the other end is gone or does not take anything. */
bool handing_give(int socket, char letter, int descriptor);
/* Waits for the next; -1 when the other end is gone. */
int handing_take(int socket, char *letter);

#endif
