/* SPDX-License-Identifier: MIT
 *
 * JSON, written value by value: commas, quotes and escapes are its own affair, and what
 * was opened is closed.  Whoever writes a member without its name, a value too many, or
 * leaves something open, has a bug, which an assertion tells.
 */
#ifndef XINGJI_BASE_JSON_WRITE_H
#define XINGJI_BASE_JSON_WRITE_H

#include "base/text.h"

struct buf;

/* How the insides of an object or a list are set. */
enum json_layout {
	JSON_TIGHT,  /* {"a":1,"b":2}, for programs */
	JSON_SPACED, /* {"a": 1, "b": 2} */
	JSON_LINES,  /* each member or element on its own line */
};

enum { JSON_WRITE_DEEPEST = 16 };

struct json_write {
	struct buf *buf;
	size_t depth;
	bool has_key; /* a name stands, its value does not yet */
	struct json_level {
		enum json_layout layout;
		char close;
		bool is_begun;
	} levels[JSON_WRITE_DEEPEST + 1]; /* 0: around everything */
};

/* Appends to buf. */
void json_write_init(struct json_write *json, struct buf *buf);
/* Nothing is open any more. */
void json_write_end(const struct json_write *json);

void json_write_object(struct json_write *json, enum json_layout layout);
void json_write_list(struct json_write *json, enum json_layout layout);
/* The innermost object or list. */
void json_write_close(struct json_write *json);

/* The name of the member that comes next. */
void json_write_key(struct json_write *json, struct text name);
void json_write_text(struct json_write *json, struct text value);
void json_write_integer(struct json_write *json, int64_t value);
/* A number as it is printed already. */
void json_write_number(struct json_write *json, struct text digits);
void json_write_bool(struct json_write *json, bool value);
void json_write_null(struct json_write *json);

/* A member of an object, name and value in one. */
void json_write_named_text(struct json_write *json, const char *name, struct text value);
void json_write_named_integer(struct json_write *json, const char *name, int64_t value);

#endif
