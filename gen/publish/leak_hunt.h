/* SPDX-License-Identifier: MIT
 *
 * What leak.c (the values) and leak_file.c (the files) have in common.
 */
#ifndef XINGJI_PUBLISH_LEAK_HUNT_H
#define XINGJI_PUBLISH_LEAK_HUNT_H

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "publish/leak.h"
#include "publish/leak_encoder.h"
#include "publish/leak_index.h"

struct leak_value {
	struct text value;
	const char *what;
	int32_t owner;
	uint32_t cover; /* 1 + index of the first allowed text that contains it, 0 = none */
	bool is_remark, is_shared, is_known;
};

/* `allowed` contains a value at `offset`. */
struct leak_cover {
	struct text allowed;
	size_t offset;
	uint32_t next; /* 1 + index of another */
};

struct leak {
	struct arena *arena;
	bool is_store;
	LIST(struct leak_value) values;
	LIST(struct leak_value) short_values;
	LIST(struct text) allowed, known, pages;
	LIST(struct leak_cover) covers;
	struct map present, present_short; /* values added already */
	/*
	 * Forms that may stand in UTF-8; those that cannot, looked for only where the bytes are not
	 * UTF-8 throughout; and of these the short ones, three Han characters in two bytes each.
	 */
	struct leak_index *plain, *other, *narrow;
	struct leak_encoder *encoder;
	struct buf form;
	size_t longest; /* bytes of the longest value or allowed text in any form */
};

enum { LEAK_WIDE = 8, LEAK_NARROW = 6 }; /* bytes of a key */

/* What the index found: the value and its form, when it does stand at `start`; else NULL. */
const struct leak_value *leak_found(struct leak *leak, uint32_t number, struct text bytes, size_t start, enum leak_form *form);
/* Is the occurrence within an allowed text? */
bool leak_is_covered(struct leak *leak, const struct leak_value *value, enum leak_form form, struct text bytes, size_t start);

struct leak_search {
	struct leak *leak;
	struct diag *diag;
	uint64_t hits, opaque;
};

/* Searches one file, its name and what is packed in it.  leak_file.c */
void leak_search_file(struct leak_search *search, struct text path, struct text bytes);

#endif
