/* SPDX-License-Identifier: MIT
 *
 * Borrowed text: a pointer and a size, never NUL-terminated, never owned.
 *
 * The only string type of the program besides struct buf.  A missing text is
 * {NULL, 0}; an empty one may point anywhere.  All functions accept both and
 * treat them alike.  Content is UTF-8 once it has left read/.
 */
#ifndef XINGJI_BASE_TEXT_H
#define XINGJI_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct text {
	const char *at;
	size_t size; /* bytes */
};

/* A text over a string literal; usable in static initialisers as TEXT_INIT. */
#define TEXT_INIT(literal) { (literal), sizeof(literal) - 1 }
#define TEXT(literal) ((struct text)TEXT_INIT(literal))
#define NO_TEXT ((struct text){ NULL, 0 })

/* For printf("%.*s", TEXT_ARGS(t)). */
#define TEXT_ARGS(t) (int)(t).size, (t).size ? (t).at : ""

/* What is asked for each word or letter of a document stands here, so that it is no call. */

/* Borrows a C string; NULL gives a missing text. */
static inline struct text text_from(const char *string)
{
	return string ? (struct text){ string, strlen(string) } : NO_TEXT;
}

static inline bool text_equal_eight(const char *a, const char *b)
{
	uint64_t left, right;
	memcpy(&left, a, sizeof left);
	memcpy(&right, b, sizeof right);
	return left == right;
}
static inline bool text_equal_four(const char *a, const char *b)
{
	uint32_t left, right;
	memcpy(&left, a, sizeof left);
	memcpy(&right, b, sizeof right);
	return left == right;
}
/*
 * Codes, words and characters are short, and asked about at each cell and glyph there is: eight or four bytes at once,
 * overlapping, and of three at most the first, the middle and the last.
 */
static inline bool text_equal(struct text a, struct text b)
{
	if (a.size != b.size)
		return false;
	if (a.size > 32)
		return memcmp(a.at, b.at, a.size) == 0;
	if (a.size < 4)
		return a.size == 0 || (a.at[0] == b.at[0] && a.at[a.size / 2] == b.at[a.size / 2] &&
		                       a.at[a.size - 1] == b.at[a.size - 1]);
	if (a.size < 8)
		return text_equal_four(a.at, b.at) && text_equal_four(a.at + a.size - 4, b.at + a.size - 4);
	for (size_t at = 0; at + 8 < a.size; at += 8)
		if (!text_equal_eight(a.at + at, b.at + at))
			return false;
	return text_equal_eight(a.at + a.size - 8, b.at + a.size - 8);
}
/* strcmp(literal) without the terminator. */
static inline bool text_is(struct text text, const char *string)
{
	return text.size == strlen(string) && (text.size == 0 || memcmp(text.at, string, text.size) == 0);
}
/* By bytes, which for UTF-8 is by code point: <0, 0, >0. */
int text_compare(struct text a, struct text b);

/* The part from start (clipped) of at most size bytes. */
static inline struct text text_slice(struct text text, size_t start, size_t size)
{
	start = start < text.size ? start : text.size;
	size = size < text.size - start ? size : text.size - start;
	return (struct text){ start ? text.at + start : text.at, size }; /* nothing is added to NULL */
}
/* Without leading and trailing ASCII white space. */
struct text text_trim(struct text text);
static inline bool text_starts(struct text text, const char *prefix)
{
	size_t size = strlen(prefix);
	return text.size >= size && (size == 0 || memcmp(text.at, prefix, size) == 0);
}
bool text_ends(struct text text, const char *suffix);
bool text_contains(struct text text, struct text part);
/* Byte offset of the first `part`, or text.size when there is none. */
size_t text_find(struct text text, struct text part);

/*
 * Split off the piece before the first `separator` and move *rest past it.
 * Returns false when *rest is used up; "a||b" gives "a", "", "b".
 */
bool text_next(struct text *rest, char separator, struct text *piece);

/* A copy that lives in arena, with a NUL behind it (not counted). */
struct text text_copy(struct arena *arena, struct text text);
/* The same as a C string. */
char *text_string(struct arena *arena, struct text text);
/* printf into the arena. */
struct text text_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A decimal integer with optional minus and nothing else; false otherwise or out of range. */
bool text_to_integer(struct text text, int64_t *value);

/* 64-bit hash of the bytes, the same on every machine (not for security). */
uint64_t text_hash(struct text text);

#endif
