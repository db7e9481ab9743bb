/* SPDX-License-Identifier: MIT */
#include "doc/link.h"

enum { LONGEST = 2000 }; /* bytes; what browsers agree on */

static bool starts_ignoring_case(struct text text, const char *prefix)
{
	for (size_t i = 0; prefix[i]; i++) {
		if (i >= text.size)
			return false;
		char c = text.at[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != prefix[i])
			return false;
	}
	return true;
}

bool link_is_safe(struct text target)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:" };
	if (target.size == 0 || target.size > LONGEST)
		return false;
	for (size_t i = 0; i < target.size; i++)
		if ((unsigned char)target.at[i] <= ' ' || target.at[i] == 0x7f || target.at[i] == '\\')
			return false;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (starts_ignoring_case(target, schemes[i]))
			return true;
	for (size_t i = 0; i < target.size; i++) {
		char c = target.at[i];
		if (c == '/' || c == '?' || c == '#')
			return i || target.at[0] != '/' || target.size < 2 || target.at[1] != '/';
		if (c == ':')
			return false;
	}
	return true;
}
