/* SPDX-License-Identifier: MIT
 *
 * zlib streams, as PDF's /FlateDecode wants them, and ZIP without their frame.
 *
 * What is compressed for every document is compressed by us (deflate_match.h,
 * deflate_block.h): libdeflate's tables are cleared anew for each of thirty short texts,
 * and of outlines it does not know where to look.  The rest, compressed once, goes
 * through libdeflate, whose only user this is.  A deflater keeps its tables between
 * streams.  Same bytes in, same bytes out, whatever was compressed before.
 */
#ifndef XINGJI_BASE_DEFLATE_H
#define XINGJI_BASE_DEFLATE_H

#include "base/text.h"

struct buf;
struct deflater;

/* Fast for what every document has, small where one file is made. */
enum deflate_effort { DEFLATE_FAST, DEFLATE_SMALL };

struct deflater *deflater_new(void);
void deflater_free(struct deflater *deflater); /* NULL allowed */
/* Appends one whole stream; false when output overflowed. */
bool deflater_add(struct deflater *deflater, enum deflate_effort effort, struct text bytes, struct buf *output);
/* The same without zlib's head and check (RFC 1951), as ZIP wants it. */
bool deflater_add_raw(struct deflater *deflater, enum deflate_effort effort, struct text bytes, struct buf *output);
/* Fast, of a text whose kind changes at `turn`: figures, of which nothing is looked for again, then words. */
bool deflater_add_turning(struct deflater *deflater, struct text bytes, size_t turn, struct buf *output);

/* A place whose five bytes stand at all places of this kind, and at no marked place of another. */
enum { DEFLATE_MARK_SIZE = 5 /* four cost what they save: 1.8 KB of a diagnosis less for half as many marks more */ };
struct deflate_mark {
	uint32_t offset, kind;
};
/* A piece of the bytes with its own marks; their offsets count from where it begins. */
struct deflate_piece {
	uint32_t offset, mark_count;
	const struct deflate_mark *marks; /* offsets rise, the last five bytes before the piece's end */
};
struct deflate_marks {
	const struct deflate_piece *at;   /* offsets rise; what lies between two is in none */
	size_t count;
	uint32_t kinds;                   /* kinds are below */
};
/* Fast, of bytes that repeat nothing anywhere else. */
bool deflater_add_marked(struct deflater *deflater, struct text bytes, const struct deflate_marks *marks,
			 struct buf *output);

/* CRC-32 as ZIP, PNG and gzip have it. */
uint32_t deflate_crc(struct text bytes);

#endif
