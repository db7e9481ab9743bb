/* SPDX-License-Identifier: MIT */
#include "model/copy_number.h"

#include <assert.h>
#include <stdio.h>

#include "base/hash.h"

struct text copy_number(int64_t year, struct text code, char room[COPY_NUMBER_SIZE])
{
	struct hash hash;
	char hex[65];
	hash_init(&hash);
	hash_add(&hash, TEXT("copy\n"));
	hash_add(&hash, code);
	hash_finish(&hash, hex);
	for (char *at = hex; *at; at++)
		*at = *at >= 'a' ? (char)(*at - 'a' + 'A') : *at;
	int size = snprintf(room, COPY_NUMBER_SIZE, "%lld-%.8s", (long long)year, hex);
	assert(size > 0 && size < COPY_NUMBER_SIZE); /* a year has four digits */
	return (struct text){ room, (size_t)size };
}
