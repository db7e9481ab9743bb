/* SPDX-License-Identifier: MIT
 *
 * A finished PDF rewritten by libqpdf: the only user of its C interface.
 *
 * Object streams shrink what streams of their own do not: structure, annotations,
 * outline.  It costs more than making the document did, so it is a choice.
 */
#ifndef XINGJI_RENDER_FINISH_H
#define XINGJI_RENDER_FINISH_H

#include <stdbool.h>

struct buf;

/*
 * Replaces the bytes by an equal document with object streams; the same input
 * gives the same output.  False, and the bytes as they were, when libqpdf finds
 * anything wrong: that is a bug of ours.
 */
bool finish_compact(struct buf *pdf);

#endif
