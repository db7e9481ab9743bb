/* SPDX-License-Identifier: MIT
 *
 * Whether rows are worth a chart: a few numbers, or any that are all equal, are read sooner than looked at.
 *
 * Texts ask with {{#drawn.QUERY}}…{{/drawn.QUERY}} around a chart and around what they say of it; a
 * chart that is there nevertheless becomes a sentence (fence_chart.c).
 */
#ifndef XINGJI_COMPOSE_DRAWN_H
#define XINGJI_COMPOSE_DRAWN_H

#include "facts/facts.h"

/*
 * The first column holds the categories; the numbers are those of the others, up to the column `end`.  Fewer
 * than `least` are few.
 */
bool drawn_is_worth(const struct rows *rows, size_t end, int64_t least);
/* A column that holds the words for the numbers before it. */
bool drawn_is_label(struct text name);

#endif
