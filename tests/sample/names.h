/* SPDX-License-Identifier: MIT */
/*
 * Names and numbers of firms that cannot be anybody's: every name holds 示例, every organisation code begins
 * with XX or YY, every telephone number and address is impossible.
 */
#ifndef SAMPLE_NAMES_H
#define SAMPLE_NAMES_H

#include <stddef.h>

struct rng;

enum { NAMES_CODE_SIZE = 19, NAMES_TEXT_MAX = 160 };

/* Write the brand of firm number index: two Han characters, three from 1600 firms on; no two alike below 64000. */
void names_brand(char text[NAMES_TEXT_MAX], size_t index);

/* Write a firm's name from a place, a brand and a product; the pattern is left to chance. */
void names_firm(char text[NAMES_TEXT_MAX], const char *const parts[3], struct rng *rng);

/*
 * Write a unified social credit code: 91, the six digits of the district, series and six digits of number,
 * and both check characters.  series: two characters of the code's alphabet.
 */
void names_code(char code[NAMES_CODE_SIZE], const char *district, const char *series, unsigned number);

/* Put a wrong check character at the end of a code. */
void names_code_spoil(char code[NAMES_CODE_SIZE]);

#endif
