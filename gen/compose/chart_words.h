/* SPDX-License-Identifier: MIT
 *
 * What a chart says to who does not see it: the greatest and the least of each series with all that
 * share them, the sum where it is one, and every number.  The sentences are phrases (phrases.h).
 */
#ifndef XINGJI_COMPOSE_CHART_WORDS_H
#define XINGJI_COMPOSE_CHART_WORDS_H

#include "compose/fence.h"

/* Sets chart->alternative and chart->numbers.  The chart has at least one value. */
void chart_words_add(const struct fence_context *context, const struct node *node, struct chart *chart);

#endif
