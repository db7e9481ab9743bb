/* SPDX-License-Identifier: MIT
 *
 * Columns of which nothing is understood: moved, of another form, of another catalogue.  That is one fault, though each
 * of its cells says something else.
 *
 * Complaints about the value of a cell lie in one heap when they are of one kind about one column of one file (of
 * items: about one catalogue) and quote more than DIAG_HEAP_LEAST different values.  Fewer may be so many slips, each told.
 */
#ifndef XINGJI_BASE_DIAG_HEAP_H
#define XINGJI_BASE_DIAG_HEAP_H

#include "base/diag_store.h"

enum { DIAG_HEAP_LEAST = 20 };

/*
 * By group: 1 + number of its heap, 0 where it lies in none; *count: how many heaps there are.  Lives in arena; time in
 * proportion to the complaints.
 */
const uint32_t *diag_heaps(const struct diag *diag, struct arena *arena, size_t *count);

#endif
