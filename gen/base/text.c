/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* memmem */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
	TRIES_MOST = 64, /* places where a part only begins and ends as it should */
	PLACES_FEW = 16, /* are looked at one by one */
};

int text_compare(struct text a, struct text b)
{
	size_t common = a.size < b.size ? a.size : b.size;
	int order = common ? memcmp(a.at, b.at, common) : 0;
	if (order)
		return order;
	return (a.size > b.size) - (a.size < b.size);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text text_trim(struct text text)
{
	while (text.size && is_space(text.at[0]))
		text = text_slice(text, 1, text.size);
	while (text.size && is_space(text.at[text.size - 1]))
		text.size--;
	return text;
}

bool text_ends(struct text text, const char *suffix)
{
	size_t size = strlen(suffix);
	return text.size >= size && (size == 0 || memcmp(text.at + text.size - size, suffix, size) == 0);
}

/*
 * Moves *at past places where the part does not stand, sixteen at once by its first and last byte.  False: it may stand
 * further on, where few places are left or after it was tried too often.
 */
static bool approach(struct text text, struct text part, size_t *at)
{
#ifdef __SSE2__
	const size_t behind = part.size - 1;
	const __m128i first = _mm_set1_epi8(part.at[0]), last = _mm_set1_epi8(part.at[behind]);
	for (unsigned tries = 0; text.size >= behind + sizeof first && *at <= text.size - behind - sizeof first;) {
		const char *from = text.at + *at;
		__m128i begins = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)from), first);
		__m128i ends = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(from + behind)), last);
		unsigned places = (unsigned)_mm_movemask_epi8(_mm_and_si128(begins, ends));
		for (; places; places &= places - 1) {
			const size_t place = *at + (size_t)__builtin_ctz(places);
			bool is_there = memcmp(text.at + place, part.at, part.size) == 0;
			if (!is_there && ++tries < TRIES_MOST)
				continue;
			*at = place;
			return is_there;
		}
		*at += sizeof first;
	}
#else
	(void)text, (void)part, (void)at;
#endif
	return false;
}

size_t text_find(struct text text, struct text part)
{
	size_t at = 0;
	if (part.size == 0 || (text.size >= part.size && approach(text, part, &at)))
		return at;
	if (text.size - at < part.size)
		return text.size;
	for (const size_t last = text.size - part.size; last - at < PLACES_FEW; at++) {
		if (text.at[at] == part.at[0] && memcmp(text.at + at, part.at, part.size) == 0)
			return at;
		if (at == last)
			return text.size;
	}
	/* Linear whatever the texts, unlike comparing at every place where the first byte fits. */
	const char *hit = memmem(text.at + at, text.size - at, part.at, part.size);
	return hit ? (size_t)(hit - text.at) : text.size;
}

bool text_contains(struct text text, struct text part)
{
	return part.size == 0 || text_find(text, part) < text.size;
}

bool text_next(struct text *rest, char separator, struct text *piece)
{
	if (!rest->at)
		return false;
	const char *hit = rest->size ? memchr(rest->at, separator, rest->size) : NULL;
	if (!hit) {
		*piece = *rest;
		*rest = NO_TEXT;
		return true;
	}
	size_t size = (size_t)(hit - rest->at);
	*piece = text_slice(*rest, 0, size);
	*rest = text_slice(*rest, size + 1, rest->size);
	return true;
}

char *text_string(struct arena *arena, struct text text)
{
	char *copy = arena_room(arena, text.size + 1);
	if (text.size)
		memcpy(copy, text.at, text.size);
	copy[text.size] = '\0';
	return copy;
}

struct text text_copy(struct arena *arena, struct text text)
{
	return (struct text){ text_string(arena, text), text.size };
}

struct text text_format(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (size < 0)
		size = 0;
	char *at = arena_alloc(arena, (size_t)size + 1);
	vsnprintf(at, (size_t)size + 1, format, again);
	va_end(again);
	return (struct text){ at, (size_t)size };
}

bool text_to_integer(struct text text, int64_t *value)
{
	bool negative = text.size > 1 && text.at[0] == '-';
	int64_t sum = 0;
	if (text.size == 0)
		return false;
	for (size_t i = negative; i < text.size; i++) {
		int digit = text.at[i] - '0';
		if (digit < 0 || digit > 9)
			return false;
		if (__builtin_mul_overflow(sum, (int64_t)10, &sum) || __builtin_add_overflow(sum, (int64_t)digit, &sum))
			return false;
	}
	*value = negative ? -sum : sum;
	return true;
}

/* FNV-1a with a final mix: fine for tables, stable across builds. */
uint64_t text_hash(struct text text)
{
	uint64_t hash = 0xcbf29ce484222325u;
	for (size_t i = 0; i < text.size; i++)
		hash = (hash ^ (unsigned char)text.at[i]) * 0x100000001b3u;
	hash ^= hash >> 32;
	hash *= 0xd6e8feb86659fd93u;
	return hash ^ (hash >> 32);
}
