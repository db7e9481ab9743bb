/* SPDX-License-Identifier: MIT
 *
 * Enterprises that are probably one: entered twice, under two codes.
 *
 * Two names are alike when nothing is left to tell them apart once width, case, blanks, punctuation and
 * forms of characters are folded (base/fold.h) and the legal form at the end is taken off: 有限公司,
 * 有限责任公司, 股份有限公司 or none.  集团 is no legal form here: a group and its works are two.
 * Names that are equal as they stand are said by name-shared.
 *
 * The same is asked of earlier lists: who stands there under this very name, but under a code that
 * no enterprise of this year has.
 *
 * And of who can be reached in the same way: one telephone number or mail box, and names that differ in a third of
 * their characters at most, or hold each other.  A number at three enterprises of several agencies is noted.
 *
 * By maps: one pass over each table.
 */
#ifndef XINGJI_CHECK_ALIKE_H
#define XINGJI_CHECK_ALIKE_H

struct check;

/* Warns once per enterprise, of the first that is like it (name-alike). */
void alike_names(struct check *check);
/* Warns once per enterprise and contact (contact-alike); notes each number that is shared so (phone-shared). */
void alike_contacts(struct check *check);
/* Warns once per enterprise, of the newest list that names another code (name-other-code). */
void alike_earlier(struct check *check);

#endif
