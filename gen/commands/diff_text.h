/* SPDX-License-Identifier: MIT
 *
 * What `xingji diff` says of one row: its change, the items that decide, and why.
 *
 * Texts live in the arena of the words; nothing here is escaped, which the writers of
 * facts/print.h do.
 */
#ifndef XINGJI_COMMANDS_DIFF_TEXT_H
#define XINGJI_COMMANDS_DIFF_TEXT_H

#include "assess/compare.h"
#include "base/diag.h"

struct diff_words {
	struct arena *arena;
	const struct compare_side *before, *now;
	enum diag_language language;
};

/* "降、更名" */
struct text diff_change(const struct diff_words *words, const struct compare_row *row);
/* "PA01-1-01、PA02-1-03": nothing where no item decides. */
struct text diff_items(const struct diff_words *words, const struct compare_row *row);
/* "结果变化（任一项改回即复原）：PA01-1-01 符合→不符合" */
struct text diff_reason(const struct diff_words *words, const struct compare_row *row);

#endif
