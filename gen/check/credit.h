/* SPDX-License-Identifier: MIT
 *
 * The unified social credit code (GB 32100-2015, with GB 11714 inside) and what is
 * mistaken for one.  gen/DOMAIN.md §3.
 */
#ifndef XINGJI_CHECK_CREDIT_H
#define XINGJI_CHECK_CREDIT_H

#include "base/text.h"

enum credit_fault {
	CREDIT_GOOD,
	CREDIT_SCIENTIFIC,   /* 9.14403E+17: a spreadsheet took it for a number */
	CREDIT_ROUNDED,      /* 18 digits that end in 000: the same, shown in full */
	CREDIT_PERSONAL,     /* an 18-digit personal identity number */
	CREDIT_LENGTH,
	CREDIT_CHARACTER,    /* a character that no code has: I O S V Z, a mark */
	CREDIT_CHECK,        /* the last character disagrees with the others: odd, but such codes exist */
	CREDIT_ORGANISATION, /* so does that of the organisation code in it */
};

enum { CREDIT_SIZE = 18 };

/* The first fault that applies, in the order above.  The text is in upper case without spaces. */
enum credit_fault credit_check(struct text code);
/* The first character that no code has, for the message; missing when all are fine. */
struct text credit_stranger(struct text code);

#endif
