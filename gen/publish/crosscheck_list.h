/* SPDX-License-Identifier: MIT
 *
 * The list itself, read back entry by entry: whoever prints it prints the same names with
 * the same levels, as they are on the day D.
 */
#ifndef XINGJI_PUBLISH_CROSSCHECK_LIST_H
#define XINGJI_PUBLISH_CROSSCHECK_LIST_H

#include "base/text.h"

struct arena;
struct diag;

struct crosscheck_entry {
	struct text name, track, label; /* of a withdrawn entry its last level */
	bool is_withdrawn;
};

struct crosscheck_list;

/* In arena; borrows the entries and reports to diag. */
struct crosscheck_list *crosscheck_list_new(struct arena *arena, struct diag *diag,
					    const struct crosscheck_entry *entries, size_t count);
/* A new place that is about to be read: nothing was seen there yet. */
void crosscheck_list_begin(struct crosscheck_list *list, struct text place);
/* An entry that stands there, is_html: in HTML with its escapes.  False after reporting that it should not. */
bool crosscheck_list_see(struct crosscheck_list *list, const struct crosscheck_entry *entry, bool is_html);
/* No more: false after reporting what is missing of a track (missing: of all) and kind. */
bool crosscheck_list_end(struct crosscheck_list *list, struct text track, bool is_withdrawn);
void crosscheck_list_clear(struct crosscheck_list *list);

#endif
