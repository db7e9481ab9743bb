/* SPDX-License-Identifier: MIT
 *
 * The transfer encodings of MIME (RFC 2045 §6): base64 written, base64 and quoted-printable read.
 */
#ifndef XINGJI_SEND_TRANSFER_H
#define XINGJI_SEND_TRANSFER_H

#include "base/text.h"

struct arena;
struct buf;

enum { TRANSFER_LINE = 76 };

/* On one line, without a line end. */
void transfer_write_base64(struct buf *buf, struct text bytes);
/* In lines of TRANSFER_LINE characters, each ended by CRLF; nothing for no bytes. */
void transfer_write_base64_lines(struct buf *buf, struct text bytes);
/*
 * The bytes of what others encoded, in arena.  What is none of the alphabet is passed over, as RFC 2045
 * wants it; base64 ends with its first =.
 */
struct text transfer_read_base64(struct arena *arena, struct text encoded);
struct text transfer_read_quoted(struct arena *arena, struct text encoded);

#endif
