/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* memmem */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"

struct text text_from(const char *string)
{
	return string ? (struct text){ string, strlen(string) } : NO_TEXT;
}

int text_compare(struct text a, struct text b)
{
	size_t common = a.size < b.size ? a.size : b.size;
	int order = common ? memcmp(a.at, b.at, common) : 0;
	if (order)
		return order;
	return (a.size > b.size) - (a.size < b.size);
}

struct text text_slice(struct text text, size_t start, size_t size)
{
	if (start > text.size)
		start = text.size;
	if (size > text.size - start)
		size = text.size - start;
	return (struct text){ text.at ? text.at + start : NULL, size };
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

size_t text_find(struct text text, struct text part)
{
	if (part.size == 0)
		return 0;
	/* Linear whatever the texts, unlike comparing at every place where the first byte fits. */
	const char *hit = text.size ? memmem(text.at, text.size, part.at, part.size) : NULL;
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
