/* SPDX-License-Identifier: MIT
 *
 * A hunted value in the encodings in which it might stand in a file.  Escapes (HTML,
 * JSON, percent, Base64 …) are not forms: the file is read through them instead
 * (leak_view.h), so half-escaped and twice escaped values are found as well.
 */
#ifndef XINGJI_PUBLISH_LEAK_FORM_H
#define XINGJI_PUBLISH_LEAK_FORM_H

#include "base/text.h"

struct buf;
struct leak_former;

enum leak_form { LEAK_UTF8, LEAK_LOWER, LEAK_GB18030, LEAK_UTF16LE, LEAK_UTF16BE, LEAK_FORMS };

extern const char *const leak_form_names[LEAK_FORMS]; /* NULL for UTF-8 */

struct leak_former *leak_former_open(void);
void leak_former_close(struct leak_former *former); /* NULL allowed */
/*
 * Replaces out by the value in that form.  False when there is none: it cannot be written
 * so, or (LEAK_LOWER, LEAK_GB18030) it would be the bytes of LEAK_UTF8.
 */
bool leak_form_make(struct leak_former *former, enum leak_form form, struct text value, struct buf *out);

#endif
