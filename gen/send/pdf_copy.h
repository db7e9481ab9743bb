/* SPDX-License-Identifier: MIT
 *
 * A copy of one of our own PDFs with some objects changed and others added, encrypted.
 *
 * What is not changed goes over as it is stored, compressed as it was: an object stream is encrypted whole, and
 * the strings within need no encryption of their own (ISO 32000-2, 7.5.7).  An object stream of which one object
 * changes is made anew; so nothing of what was changed stays behind in the file.
 */
#ifndef XINGJI_SEND_PDF_COPY_H
#define XINGJI_SEND_PDF_COPY_H

#include "base/list.h"
#include "send/pdf_own.h"

struct buf;
struct cipher;

struct pdf_copy_added {
	uint32_t number;
	bool is_stream;
	struct text dict, bytes;
};

struct pdf_copy {
	struct arena *arena;
	struct pdf_own filed;
	struct text *changed;    /* by number: the object, or a stream's bytes, instead; NO_TEXT: as it was */
	LIST(struct pdf_copy_added) added;
	uint32_t next;           /* the next number for an object that is added */
};

/* The bytes are borrowed, the rest is in arena but for what pdf_copy_close gives back.  False: none of our PDFs. */
bool pdf_copy_open(struct arena *arena, struct text file, struct pdf_copy *copy);
void pdf_copy_close(struct pdf_copy *copy);

/* An object that is no stream as it will be; NO_TEXT: none. */
struct text pdf_copy_object(struct pdf_copy *copy, uint32_t number);
/* Another text for an object, or other bytes for a stream; borrowed until the copy is written, not empty. */
void pdf_copy_change(struct pdf_copy *copy, uint32_t number, struct text text);
/* A number for an object to be added, so that others can refer to it. */
uint32_t pdf_copy_reserve(struct pdf_copy *copy);
/* Objects with reserved numbers; texts are borrowed.  A stream's dictionary lacks /Length. */
void pdf_copy_add(struct pdf_copy *copy, uint32_t number, struct text text);
void pdf_copy_add_stream(struct pdf_copy *copy, uint32_t number, struct text dict, struct text bytes);
/* Takes an object of another PDF over, with all that it refers to; 0 where something of that is not there. */
uint32_t pdf_copy_adopt(struct pdf_copy *copy, struct pdf_own *from, uint32_t number);
/* The dictionary with another value for the key ("Names"), or with one more; in arena. */
struct text pdf_copy_with(struct arena *arena, struct text dict, const char *key, struct text value);

/* Appends the file.  False where it grows over the buffer's limit, or the PDF is not sound; out is then spoilt. */
bool pdf_copy_write(struct pdf_copy *copy, const struct cipher *cipher, struct buf *out);

#endif
