/* SPDX-License-Identifier: MIT */
#include "model/address.h"

#include "base/arena.h"

enum { YEAR_LEAST = 1900, YEAR_MOST = 2199 };

static struct text without_slashes(struct text url)
{
	while (url.size && url.at[url.size - 1] == '/')
		url.size--;
	return url;
}

/* The year that it ends in; 0: none. */
static int64_t last_year(struct text url)
{
	struct text rest = without_slashes(url);
	int64_t year;
	if (rest.size < 5 || rest.at[rest.size - 5] != '/' ||
	    !text_to_integer(text_slice(rest, rest.size - 4, rest.size), &year))
		return 0;
	return year >= YEAR_LEAST && year <= YEAR_MOST ? year : 0;
}

struct text address_of_year(struct arena *arena, struct text url, int64_t year)
{
	struct text rest = without_slashes(url);
	if (!rest.size)
		return NO_TEXT;
	if (last_year(rest) == year)
		return text_format(arena, "%.*s/", TEXT_ARGS(rest));
	return text_format(arena, "%.*s/%lld/", TEXT_ARGS(rest), (long long)year);
}

struct text address_of_root(struct text address)
{
	return last_year(address) ? text_slice(address, 0, without_slashes(address).size - 4) : address;
}

int64_t address_other_year(struct text url, int64_t year)
{
	int64_t last = last_year(url);
	return last == year ? 0 : last;
}
