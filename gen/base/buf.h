/* SPDX-License-Identifier: MIT
 *
 * A growing byte buffer with a mandatory limit.
 *
 * Invariants: `at` is never NULL and always NUL-terminated; `size` does not count
 * the NUL.  Writing past `limit` drops the write and sets `overflowed`, which stays
 * set until buf_reset: check it once at the end, before the bytes are used.
 */
#ifndef XINGJI_BASE_BUF_H
#define XINGJI_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

struct buf {
	char *at;
	size_t size, capacity;
	size_t limit; /* bytes, more is refused */
	bool overflowed;
};

/* Limits with a reason: a page of HTML, a whole document, anything we write. */
#define BUF_LIMIT_PAGE ((size_t)64 << 20)
#define BUF_LIMIT_FILE ((size_t)1 << 31)

void buf_init(struct buf *buf, size_t limit);
void buf_clear(struct buf *buf); /* frees; the buffer may be used again */
void buf_reset(struct buf *buf); /* empties but keeps the memory */

/* Where it does not fit as it is. */
void buf_add_growing(struct buf *buf, const void *bytes, size_t size);
static inline void buf_add(struct buf *buf, const void *bytes, size_t size)
{
	if (size >= buf->capacity - buf->size || size > buf->limit - buf->size || buf->overflowed) {
		buf_add_growing(buf, bytes, size);
		return;
	}
	if (size) /* memcpy from NULL is not defined */
		memcpy(buf->at + buf->size, bytes, size);
	buf->size += size;
	buf->at[buf->size] = '\0';
}
static inline void buf_text(struct buf *buf, struct text text)
{
	buf_add(buf, text.at, text.size);
}
static inline void buf_string(struct buf *buf, const char *string)
{
	buf_add(buf, string, strlen(string)); /* of a literal known to the compiler */
}
static inline void buf_byte(struct buf *buf, char byte)
{
	buf_add(buf, &byte, 1);
}
void buf_repeat(struct buf *buf, char byte, size_t count);
void buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vformat(struct buf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
/* Where up to `most` bytes may be written in place; NULL where the limit forbids it.  buf_wrote says how many were. */
char *buf_room_growing(struct buf *buf, size_t most);
static inline char *buf_room(struct buf *buf, size_t most)
{
	if (most >= buf->capacity - buf->size || most > buf->limit - buf->size || buf->overflowed)
		return buf_room_growing(buf, most);
	return buf->at + buf->size;
}
static inline void buf_wrote(struct buf *buf, size_t size)
{
	buf->size += size;
	buf->at[buf->size] = '\0';
}
/* A number with `digits` decimals, point as separator, "-0" written as "0"; locale-free. */
void buf_fixed(struct buf *buf, double value, int digits);

/* The contents, borrowed until the next write. */
static inline struct text buf_view(const struct buf *buf)
{
	return (struct text){ buf->at, buf->size };
}

/*
 * Escapers: the bytes of `text` made safe for the named place.  Bytes that are no UTF-8
 * become U+FFFD in all of them.
 */
/* With the quotes; non-ASCII stays as UTF-8, but controls and what turns the direction (plain.h) is written \uXXXX. */
void buf_json(struct buf *buf, struct text text);
/* Text and double-quoted attributes; control characters dropped, but \n and \t. */
void buf_html(struct buf *buf, struct text text);
/* The same for XML, by its one writer (xml_write.h): also without U+FFFE and U+FFFF, for which XML has no form. */
void buf_xml(struct buf *buf, struct text text);
/* Quoted where needed; control characters dropped, but \n, \r and \t; a formula (formula.h) gets an apostrophe in front. */
void buf_csv(struct buf *buf, struct text text);

#endif
