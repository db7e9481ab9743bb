/* SPDX-License-Identifier: MIT
 *
 * The phrases of content/report and content/report-public that carry a figure of the list, bound to that figure.
 */
#ifndef XINGJI_BUILD_PHRASE_H
#define XINGJI_BUILD_PHRASE_H

#include <stddef.h>

struct crosscheck_options;
struct crosscheck_phrase;
struct run;

/* With the values of the figures in options; lives in the run's arena.  Sets *count. */
const struct crosscheck_phrase *phrase_all(const struct run *run, const struct crosscheck_options *options,
					   size_t *count);

#endif
