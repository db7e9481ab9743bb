/* SPDX-License-Identifier: MIT
 *
 * A hunted value in the encodings in which it might stand in a file.  Escapes (HTML,
 * JSON, percent, Base64 …) are not forms: the file is read through them instead
 * (leak_view.h), so half-escaped and twice escaped values are found as well.
 */
#ifndef XINGJI_PUBLISH_LEAK_ENCODER_H
#define XINGJI_PUBLISH_LEAK_ENCODER_H

#include "base/text.h"

struct buf;
struct leak_encoder;

enum leak_form { LEAK_UTF8, LEAK_GB18030, LEAK_UTF16LE, LEAK_UTF16BE, LEAK_FORMS };

/* A form's name for a message, static; NULL for LEAK_UTF8, of which nothing needs be said. */
extern const char *const leak_encoder_words[LEAK_FORMS];

/* Never NULL.  One at a time may use it (iconv keeps a state). */
struct leak_encoder *leak_encoder_open(void);
void leak_encoder_close(struct leak_encoder *encoder); /* NULL allowed */
/*
 * Replaces out by the value in that form.  False when there is none: it cannot be written
 * so, or (LEAK_GB18030) it would be the bytes of LEAK_UTF8.
 */
bool leak_encoder_write(struct leak_encoder *encoder, enum leak_form form, struct text value, struct buf *out);

#endif
