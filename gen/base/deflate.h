/* SPDX-License-Identifier: MIT
 *
 * zlib streams, as PDF's /FlateDecode wants them, and ZIP without their frame: the
 * only user of libdeflate.
 *
 * libdeflate takes a third of zlib's time for the same size, since it compresses
 * whole texts at once.  A deflater keeps its tables between streams; making them
 * anew costs more than compressing a page.  Same bytes in, same bytes out.
 */
#ifndef XINGJI_BASE_DEFLATE_H
#define XINGJI_BASE_DEFLATE_H

#include "base/text.h"

struct buf;
struct deflater;

/* Fast where the bytes hardly shrink (outlines), small where they do (text). */
enum deflate_effort { DEFLATE_FAST, DEFLATE_SMALL, DEFLATE_EFFORTS };

struct deflater *deflater_new(void);
void deflater_free(struct deflater *deflater); /* NULL allowed */
/* Appends one whole stream; false when output overflowed. */
bool deflater_add(struct deflater *deflater, enum deflate_effort effort, struct text bytes, struct buf *output);
/* The same without zlib's head and check (RFC 1951), as ZIP wants it. */
bool deflater_add_raw(struct deflater *deflater, enum deflate_effort effort, struct text bytes, struct buf *output);
/* CRC-32 as ZIP, PNG and gzip have it. */
uint32_t deflate_crc(struct text bytes);

#endif
