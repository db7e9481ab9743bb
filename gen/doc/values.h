/* SPDX-License-Identifier: MIT
 *
 * Values that a template put into Markdown, kept apart from it.
 *
 * What a firm typed must never become markup.  So a value does not enter the
 * Markdown at all: one private character stands for it (U+F0000 and up), which no
 * rule of Markdown gives a meaning, and the value is put back when the tree is made.
 * Whatever it holds — asterisks, tags, fences, quotes — is then only text.
 */
#ifndef XINGJI_DOC_VALUES_H
#define XINGJI_DOC_VALUES_H

#include "base/list.h"
#include "base/text.h"

struct arena;
struct buf;

struct stored_value {
	struct text text;
	bool is_number; /* came as a number: bare in SQL */
	bool is_null;
};

struct values {
	LIST(struct stored_value) stored;
};

/* Private characters are finite. */
enum { VALUES_MOST = 65534 + 65532 };
/* Our own mark among them, never a value: see prepare.h. */
#define VALUES_MARK UINT32_C(0x10FFFD)

/* A zeroed table is empty and ready; clear frees. */
void values_clear(struct values *values);
/*
 * Appends the character that stands for value; its text is borrowed.  False (and
 * U+FFFD written) when there are too many.
 */
bool values_add(struct values *values, struct buf *out, struct stored_value value);
/* The value a character stands for; NULL for ordinary ones.  values may be NULL. */
const struct stored_value *values_of(const struct values *values, uint32_t character);
/*
 * text with its values put back and our marks removed; the text itself when it has
 * neither.  Line ends and control characters of values become spaces.
 */
struct text values_fill(struct arena *arena, const struct values *values, struct text text);
/* True when text holds a private character of ours: content may not. */
bool values_are_in(struct text text);

#endif
