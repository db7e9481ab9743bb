/* SPDX-License-Identifier: MIT
 *
 * The list itself, read back entry by entry: whoever prints it prints each entry once, with the
 * same words, as they are on the day that the place is about.
 */
#ifndef XINGJI_PUBLISH_CROSSCHECK_LIST_H
#define XINGJI_PUBLISH_CROSSCHECK_LIST_H

#include "base/text.h"

struct arena;
struct diag;

enum crosscheck_field {
	CROSSCHECK_NAME, CROSSCHECK_TRACK, CROSSCHECK_LABEL, CROSSCHECK_CITY, CROSSCHECK_INDUSTRY, CROSSCHECK_MOVEMENT,
	CROSSCHECK_FIELDS
};

/* A missing text is not told and agrees with any; an empty one is told to be nothing. */
struct crosscheck_entry {
	struct text of[CROSSCHECK_FIELDS]; /* the label of a withdrawn entry is its last */
	bool is_withdrawn;
};

struct crosscheck_list;

/* In arena; borrows the entries, which all tell name and track, and reports to diag. */
struct crosscheck_list *crosscheck_list_new(struct arena *arena, struct diag *diag,
					    const struct crosscheck_entry *entries, size_t count);
/* Something new is about to be read: nothing was seen yet. */
void crosscheck_list_begin(struct crosscheck_list *list);
/* Is there one of that name in that track?  In HTML. */
bool crosscheck_list_has(struct crosscheck_list *list, const struct crosscheck_entry *entry);
/* An entry that stands at that place, is_html: in HTML with its escapes.  False after reporting that it should not. */
bool crosscheck_list_see(struct crosscheck_list *list, struct text place, const struct crosscheck_entry *entry,
			 bool is_html);
/* No more of those that agree with `of` and are withdrawn as it is: false after reporting which are missing. */
bool crosscheck_list_end(struct crosscheck_list *list, struct text place, const struct crosscheck_entry *of);
void crosscheck_list_clear(struct crosscheck_list *list);

#endif
