/* SPDX-License-Identifier: MIT
 *
 * Classes of ASCII characters, as the standards of mail mean them and no locale changes them.
 */
#ifndef XINGJI_SEND_ASCII_H
#define XINGJI_SEND_ASCII_H

#include <stdbool.h>

static inline char ascii_lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

static inline bool ascii_is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static inline bool ascii_is_alnum(char byte)
{
	char lower = ascii_lower(byte);
	return ascii_is_digit(byte) || (lower >= 'a' && lower <= 'z');
}

/* The value of a hexadecimal digit; -1: it is none. */
static inline int ascii_hex(char byte)
{
	char lower = ascii_lower(byte);
	if (ascii_is_digit(byte))
		return byte - '0';
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

#endif
