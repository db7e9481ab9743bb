/* SPDX-License-Identifier: MIT
 *
 * models/<id>.xml → struct catalogue: levels, classes, areas, items.
 */
#ifndef XINGJI_CHECK_CATALOGUE_H
#define XINGJI_CHECK_CATALOGUE_H

#include "check/check.h"

struct xml_node;

/*
 * The catalogue called id, read once per run however many years use it.  NULL when
 * there is none (reported at `place`, where it was asked for) or it cannot be read.
 * One that is not made for the track is reported.
 */
const struct catalogue *catalogue_load(struct check *check, struct text id, struct span place,
	const struct track *track);

/* An id becomes part of a path, so it may not walk. */
bool catalogue_is_id(struct text id);
/* One file, for no track; NULL after reporting that it cannot be read.  What is wrong in it waits in check. */
struct catalogue *catalogue_read_file(struct check *check, struct text id, const char *path);
/* The same from a tree, without `file` and `hash`.  What is wrong waits in check, at the places of the tree. */
struct catalogue *catalogue_read(struct check *check, const struct xml_node *root, struct text id);

#endif
