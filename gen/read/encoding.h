/* SPDX-License-Identifier: MIT
 *
 * Bytes → UTF-8.  The whole file decides, never a part of it, and nothing is
 * replaced or guessed: a file that does not fit its encoding to the last byte is
 * refused with the offset of the first byte that does not.  One that fits GB18030 only
 * because UTF-8 often does is refused as well: files in two encodings were joined.
 *
 * Order without a wanted encoding: byte order mark, strict UTF-8, strict GB18030
 * (which holds GBK, code page 936 and GB2312; byte 0x80 is the euro sign there).
 */
#ifndef XINGJI_READ_ENCODING_H
#define XINGJI_READ_ENCODING_H

#include "base/text.h"

struct arena;

enum encoding_outcome {
	ENCODING_GOOD,
	ENCODING_BAD,         /* `offset` is the first byte that fits no encoding tried */
	ENCODING_MIXED,       /* of the lines some are UTF-8, some GB18030: from the line of `offset` on */
	ENCODING_BINARY,      /* a NUL at `offset`: not a text file */
	ENCODING_UNSUPPORTED, /* the wanted encoding is none of ours */
};

struct encoding_result {
	enum encoding_outcome outcome;
	struct text text;  /* UTF-8 without BOM: the bytes themselves, or a copy in the arena */
	const char *name;  /* "UTF-8", "UTF-8 BOM", "GB18030", "UTF-16LE", "UTF-16BE"; on BAD what was tried last */
	size_t offset;     /* bytes, in the file as it stands on disk */
};

/*
 * Decodes a whole file.  `wanted` (UTF-8, GBK, GB2312, GB18030, CP936, UTF-16LE …; plain
 * UTF-16 without a mark is little-endian, as Windows writes it;
 * case ignored) overrides the order above except for a UTF-16 byte order mark,
 * which nothing else can begin with; NULL leaves the choice to us.
 */
struct encoding_result encoding_decode(struct arena *arena, struct text bytes, const char *wanted);

/* The encoding that an XML declaration at the start of bytes names; missing when there is none. */
struct text encoding_of_xml(struct text bytes);

#endif
