/* SPDX-License-Identifier: MIT
 *
 * theme.xml as a tree, in the shape in which theme_draft.c wants it.
 */
#ifndef XINGJI_THEME_TREE_H
#define XINGJI_THEME_TREE_H

#include "base/source.h"

struct arena;
struct diag;

struct xml_attribute {
	struct text name, value;
	struct span span; /* of the value */
};

struct xml_element {
	struct text name;
	struct xml_attribute *attributes;
	size_t attribute_count;
	struct xml_element *first, *next;
	struct span span;
};

/* The root element; NULL after reporting. */
const struct xml_element *tree_load(struct arena *arena, struct sources *sources, struct diag *diag, const char *path, struct text *bytes);

#endif
