/* SPDX-License-Identifier: MIT
 *
 * The header of a content file: "key: value" lines up to a blank line or "---".
 */
#ifndef XINGJI_DOC_HEADER_H
#define XINGJI_DOC_HEADER_H

#include "base/text.h"

struct header_line {
	struct text key, value; /* trimmed; borrowed */
};

enum { HEADER_MOST = 64 };

struct header {
	struct header_line lines[HEADER_MOST];
	size_t count;
	struct text body; /* what follows */
};

/*
 * A text whose first line is not "key: value" (key of ASCII letters, digits, "-", "_"
 * and spaces; behind "sql " also ".") has no header; its body is everything.  A line in between that is not of
 * that form ends the header too.
 */
void header_read(struct text text, struct header *header);
/* The value of the first line with that key; missing when there is none. */
struct text header_find(const struct header *header, const char *key);

#endif
