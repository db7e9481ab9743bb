/* SPDX-License-Identifier: MIT
 *
 * The words that stand in every envelope, for the guard (send/guard_known.h): of the texts, the theme, the
 * catalogues and the campaign.  Not of what is about single enterprises: tables, remarks.
 */
#ifndef XINGJI_BUILD_ENVELOPE_WORDS_H
#define XINGJI_BUILD_ENVELOPE_WORDS_H

struct build;
struct guard;

/* The texts were loaded, all enterprises added; before the first check. */
void envelope_words_know(struct build *build, struct guard *guard);

#endif
