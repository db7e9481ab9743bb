/* SPDX-License-Identifier: MIT
 *
 * Which cell of a CSV table a place is, for messages: found by reading the file once
 * more, as it was read the first time, when a message about it is printed.
 */
#ifndef XINGJI_READ_CELLS_H
#define XINGJI_READ_CELLS_H

struct table;

/* Lets places in the table's source be told as cells; call it when the header has been read and matched. */
void cells_watch(const struct table *table);

#endif
