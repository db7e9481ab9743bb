/* SPDX-License-Identifier: MIT
 *
 * Where a Latin word may be divided: the only user of libhyphen.
 *
 * The dictionary (patterns in Hunspell's form, as Debian's hyphen-en-us) is named by
 * the theme.  Without one words are moved to the next line whole.
 */
#ifndef XINGJI_SETTING_HYPHEN_H
#define XINGJI_SETTING_HYPHEN_H

#include "base/text.h"

struct hyphenator;

enum { HYPHEN_BEFORE = 2, HYPHEN_AFTER = 3, HYPHEN_SHORTEST = 6, HYPHEN_LONGEST = 64 };

/*
 * NULL when there is no such file.  It is read with the first word that may be divided, which many a document has not
 * (4 % of the time of a report), or by hyphen_load: before forking, if there is much to make.
 */
struct hyphenator *hyphen_open(const char *path);
void hyphen_load(struct hyphenator *hyphenator); /* NULL allowed */
void hyphen_close(struct hyphenator *hyphenator); /* NULL allowed */
/*
 * Sets is_break[i] (of word.size) where a hyphen may stand before byte i: at least
 * HYPHEN_BEFORE letters before, HYPHEN_AFTER after it.  Returns how many there are; 0
 * for a word that does not suit.
 */
size_t hyphen_word(struct hyphenator *hyphenator, struct text word, bool *is_break);

#endif
