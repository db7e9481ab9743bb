/* SPDX-License-Identifier: MIT
 *
 * The editions of the annual report read back: cells of their tables, entries of their lists, numbers of their prose.
 */
#ifndef XINGJI_PUBLISH_CROSSCHECK_REPORT_H
#define XINGJI_PUBLISH_CROSSCHECK_REPORT_H

#include "base/text.h"
#include "publish/tree.h"

struct crosscheck;
struct output;

#define CROSSCHECK_REPORT        TREE_REPORT ".html"
#define CROSSCHECK_REPORT_PUBLIC TREE_REPORT_PUBLIC ".html"

#define CROSSCHECK_EDITIONS 2

/* Those of the two that this run did not make, but one of the same inputs: they are compared, too.  Returns how many. */
size_t crosscheck_editions_kept(const struct output *output, struct text editions[CROSSCHECK_EDITIONS]);
/* One of the two; differences are reported and noted in check. */
void crosscheck_report(struct crosscheck *check, struct text path, struct text report);

#endif
