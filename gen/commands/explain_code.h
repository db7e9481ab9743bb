/* SPDX-License-Identifier: MIT
 *
 * What a message code means, from the table of messages.
 */
#ifndef XINGJI_COMMANDS_EXPLAIN_CODE_H
#define XINGJI_COMMANDS_EXPLAIN_CODE_H

#include "base/diag.h"

struct buf;

/* The rule at length: what is said, what it costs, what it means, what to do. */
void explain_code_write(const struct diag_row *row, enum diag_language language, struct buf *buf);
/* Every code there is, by severity: at most 120 columns wide, two pages long. */
void explain_code_list(enum diag_language language, struct buf *buf);

#endif
