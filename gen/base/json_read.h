/* SPDX-License-Identifier: MIT
 *
 * JSON (RFC 8259) read from front to back, value by value: nothing is built, nothing
 * is looked up.  The caller says what he expects next; anything else, and anything that
 * is no JSON, makes the reader bad, which it then stays: ask once, with json_read_end.
 *
 * As the RFC has it, but for two limits: lists and objects nest at most JSON_DEEPEST deep,
 * and a member's name may come twice (the caller sees both).  The bytes have to be UTF-8.
 */
#ifndef XINGJI_BASE_JSON_READ_H
#define XINGJI_BASE_JSON_READ_H

#include "base/text.h"

struct arena;

enum { JSON_DEEPEST = 64 }; /* our own files need four; a hostile one shall not use up the stack */

struct json_read {
	struct arena *arena; /* for texts with escapes; the others borrow from `text` */
	struct text text;
	size_t at;
	size_t depth;
	bool is_first; /* nothing of the innermost object or list has been read yet */
	bool is_bad;
};

void json_read_init(struct json_read *json, struct arena *arena, struct text text);

/* Goes into the object or list that comes next; false when it is none. */
bool json_read_object(struct json_read *json);
bool json_read_list(struct json_read *json);
/* To the next member, whose value comes next; false behind the last one, with the object left. */
bool json_read_member(struct json_read *json, struct text *name);
/* To the next element, which comes next; false behind the last one, with the list left. */
bool json_read_element(struct json_read *json);

/* A text with its escapes undone, or a number, true, false, null as it stands; false when something else comes next. */
bool json_read_scalar(struct json_read *json, struct text *value);
/* Past the value that comes next, whatever it is; false when there is none. */
bool json_read_skip(struct json_read *json);

/* Was everything read, and all of it sound? */
bool json_read_end(struct json_read *json);

#endif
