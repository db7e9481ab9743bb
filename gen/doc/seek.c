/* SPDX-License-Identifier: MIT */
#include "doc/seek.h"

enum { MISSES_MOST = 100 };

size_t seek_next(struct seek *seek, struct text what)
{
	struct text text = seek->text;
	if (!what.size || seek->misses == MISSES_MOST)
		return text.size;
	size_t at = seek->from + text_find(text_slice(text, seek->from, text.size), what);
	if (at >= text.size)
		at = text_find(text, what);
	if (at >= text.size)
		seek->misses++;
	else
		seek->from = at + what.size;
	return at;
}
