/* SPDX-License-Identifier: MIT
 *
 * Mail addresses, strictly: one address of plain ASCII, so that nothing that somebody typed into a table can
 * become a second recipient, a header line or another domain than the one that is seen.
 *
 * A part of RFC 5321: dot-atoms on both sides, at most 64 bytes before the '@' and 254 in all; a domain of at
 * least two labels with letters, digits and hyphens, the last not of digits alone.  No quoted local parts, no
 * address literals, no comments, no display names: an office has none of them, and every one is a way in.
 */
#ifndef XINGJI_BASE_MAIL_ADDRESS_H
#define XINGJI_BASE_MAIL_ADDRESS_H

#include "base/text.h"

enum address_fault {
	ADDRESS_GOOD,
	ADDRESS_NONE,    /* nothing there */
	ADDRESS_CONTROL, /* a line end, a NUL or another control character */
	ADDRESS_SEVERAL, /* more than one address, or what separates them */
	ADDRESS_NAMED,   /* a name, quotes, brackets or a comment beside it */
	ADDRESS_SCRIPT,  /* characters beyond ASCII: they may look like others */
	ADDRESS_FORM,    /* anything else that is no address */
	ADDRESS_FAULTS
};

/* Blanks at both ends do not count; they are no part of the address either: text_trim before it is used. */
enum address_fault mail_address_check(struct text address);
/* "office@example.org" of "示例办公室 <office@example.org>" or of itself; missing where it is not just that. */
struct text mail_address_of_sender(struct text sender);
/* What is wrong, for a message: Chinese, U+001F, English (diag.h). */
struct text mail_address_reason(enum address_fault fault);

#endif
