/* SPDX-License-Identifier: MIT
 *
 * Compressed bytes made readable again, and the members of ZIP files (XLSX): the only
 * user of zlib's inflate.  It shares nothing with base/deflate.c and base/zip.c, so that
 * what those wrote can be checked with it.
 */
#ifndef XINGJI_BASE_INFLATE_H
#define XINGJI_BASE_INFLATE_H

#include "base/text.h"

struct buf;

enum inflate_kind { INFLATE_RAW, INFLATE_ZLIB, INFLATE_GZIP };

/*
 * Appends what the stream at the start of bytes holds; what stands behind the stream is not looked
 * at.  False when it is damaged, cut off or more than the buffer may hold (`overflowed` tells which);
 * the buffer then ends with what could be read.
 */
bool inflate_add(enum inflate_kind kind, struct text bytes, struct buf *out);

/* A file in a ZIP file; name and bytes borrow from it. */
struct inflate_member {
	struct text name;
	struct text bytes; /* as they lie there */
	bool is_deflated;
	uint32_t crc;      /* of the bytes made readable, as the directory has it; not looked at here */
	uint32_t time;     /* as MS-DOS has it: date in the high, time in the low half */
};

/* Does it begin as ZIP files do? */
bool inflate_is_zip(struct text bytes);
/*
 * The member at *offset of the central directory (0 for the first), and move past it.
 * False at the end, or with *is_damaged set when the file is not sound, encrypted, or packed in
 * another way than by deflate.
 */
bool inflate_next_member(struct text zip, size_t *offset, struct inflate_member *member, bool *is_damaged);
/* Appends the bytes of a member; false as inflate_add. */
bool inflate_member_add(const struct inflate_member *member, struct buf *out);

#endif
