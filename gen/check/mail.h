/* SPDX-License-Identifier: MIT
 *
 * Whether a text can be a mail address, or several of them.
 */
#ifndef XINGJI_CHECK_MAIL_H
#define XINGJI_CHECK_MAIL_H

#include "base/text.h"

/*
 * Each of those between blanks, commas, semicolons, 、 or / has one @ with something before it and behind it
 * names with points between.  No more: what a server takes for an address only the server knows.
 */
bool mail_is_address(struct text text);

#endif
