/* SPDX-License-Identifier: MIT
 *
 * zlib streams, as /FlateDecode wants them: the only user of libdeflate.
 *
 * libdeflate takes a third of zlib's time for the same size, since it compresses
 * whole texts at once.  A deflater keeps its tables between streams; making them
 * anew costs more than compressing a page.  Same bytes in, same bytes out.
 */
#ifndef XINGJI_RENDER_DEFLATE_H
#define XINGJI_RENDER_DEFLATE_H

#include "base/text.h"

struct buf;
struct deflater;

/* Fast where the bytes hardly shrink (outlines), small where they do (text). */
enum deflate_effort { DEFLATE_FAST, DEFLATE_SMALL, DEFLATE_EFFORTS };

struct deflater *deflater_new(void);
void deflater_free(struct deflater *deflater); /* NULL allowed */
/* Appends one whole stream; false when output overflowed. */
bool deflater_add(struct deflater *deflater, enum deflate_effort effort, struct text bytes, struct buf *output);

#endif
