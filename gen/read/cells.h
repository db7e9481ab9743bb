/* SPDX-License-Identifier: MIT
 *
 * Which cell of a CSV table a place is, for messages: found by reading the file once
 * more, as it was read the first time, when a message about it is printed.
 */
#ifndef XINGJI_READ_CELLS_H
#define XINGJI_READ_CELLS_H

#include <stdint.h>

#include "model/schema.h"

struct reader;
struct table;

/* Lets places in the table's source be told as cells; call it when the header has been read and matched. */
void cells_watch(const struct table *table);
/* The same of a file that is not open: its header is read when somebody asks. */
void cells_watch_unread(const struct reader *reader, uint32_t source, enum entity_kind kind);

#endif
