/* SPDX-License-Identifier: MIT
 *
 * Personal identity numbers (GB 11643) and mobile numbers: what looks like one is shown nowhere,
 * whoever typed it where.
 */
#ifndef XINGJI_BASE_PERSONAL_H
#define XINGJI_BASE_PERSONAL_H

#include "base/text.h"

/* 17 digits and a digit or X that begin with a province and hold a birthday; the check character may be wrong. */
bool personal_looks(struct text code);
/*
 * Puts * for all but the first six and the last of each identity number and for the middle four
 * of each mobile number (11 digits from 13… to 19…, also written 3-4-4 with spaces or hyphens), in place.
 */
void personal_mask(char *bytes, size_t size);

#endif
