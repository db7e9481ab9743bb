/* SPDX-License-Identifier: MIT
 *
 * Messages as they come: the fields of a header, the parts of a body, both borrowed and bounded.
 *
 * For what others wrote, so nothing is trusted: lines end in CRLF, LF or CR, parts may lack their end,
 * nesting is no deeper than asked.  Linear in the bytes.  No encoded-words, no character sets: what is
 * read here (ids, addresses, states) is ASCII, and what is not stays as it came.
 */
#ifndef XINGJI_SEND_MESSAGE_H
#define XINGJI_SEND_MESSAGE_H

#include <stdbool.h>

#include "base/text.h"

struct arena;

/* Takes the header off: the lines before the first empty one; *rest is what follows that, empty where there is none. */
struct text message_header(struct text bytes, struct text *rest);
/*
 * The first field of that name (case ignored), unfolded and trimmed, in arena; missing where there is none.
 * Control characters are blanks in it.
 */
struct text message_field(struct arena *arena, struct text header, const char *name);
/* How many fields of that name. */
size_t message_field_count(struct text header, const char *name);
/* Is it that word?  Case ignored. */
bool message_is(struct text text, const char *word);
/* `type/subtype` of a Content-Type's value, or the word before the first ; of any field. */
struct text message_word(struct text value);
/* A parameter of a field's value, without its quotes, in arena; missing where there is none. */
struct text message_parameter(struct arena *arena, struct text value, const char *name);
/*
 * The next part of a multipart body between lines `--boundary`, header and all; false at the end.  *rest
 * begins as the whole body.  A part that is not closed goes to the end.
 */
bool message_next_part(struct text *rest, struct text boundary, struct text *part);
/* A part's body as its Content-Transfer-Encoding says (base64, quoted-printable; anything else as it is), in arena. */
struct text message_decoded(struct arena *arena, struct text body, struct text encoding);
/* What others wrote, for a terminal or the register (base/plain.h): so many bytes at most; in arena. */
struct text message_shown(struct arena *arena, struct text text, size_t most);

#endif
