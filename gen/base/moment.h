/* SPDX-License-Identifier: MIT
 *
 * Which file lies at a path, and since when it is as it is: two moments are equal only where nobody
 * put another file there or wrote to it between them.
 */
#ifndef XINGJI_BASE_MOMENT_H
#define XINGJI_BASE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

struct moment {
	uint64_t device, inode, size;
	int64_t written_s, written_ns, changed_s, changed_ns; /* seconds and nanoseconds */
};

/* 0 or an errno; links are followed. */
int moment_of(const char *path, struct moment *moment);
bool moment_equal(const struct moment *one, const struct moment *other);

#endif
