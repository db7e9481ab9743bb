/* SPDX-License-Identifier: MIT
 *
 * The syntax of PDF (ISO 32000-2, 7.2, 7.3, 7.8.2): tokens of any of its texts, operations of a
 * content stream.
 *
 * Reads hostile bytes: whatever stands there is some token or is passed over, and every call moves on.
 */
#ifndef XINGJI_SEND_PDF_CONTENT_H
#define XINGJI_SEND_PDF_CONTENT_H

#include <stdbool.h>

#include "base/text.h"

struct buf;

enum pdf_token_kind {
	PDF_END, PDF_NUMBER, PDF_NAME, PDF_STRING /* literal or hexadecimal */, PDF_WORD,
	PDF_ARRAY, PDF_ARRAY_END, PDF_DICT, PDF_DICT_END,
};

struct pdf_token {
	enum pdf_token_kind kind;
	struct text raw; /* as it stands, with its delimiters; borrowed */
};

/* The token at *offset or behind; moves past it. */
struct pdf_token pdf_token_next(struct text text, size_t *offset);
/* What a string means in bytes, appended. */
void pdf_string_bytes(struct text raw, struct buf *out);
/* The same as text: UTF-16 and UTF-8 with their marks, else a byte a character (Latin-1, most of PDFDocEncoding). */
void pdf_string_words(struct text raw, struct buf *out);
/* 0 where there is no number. */
double pdf_number(struct text raw);

enum { PDF_OPERANDS = 8 };

struct pdf_operation {
	struct text operator;
	struct text operands[PDF_OPERANDS]; /* the last ones; an array or a dictionary whole */
	size_t count;
	struct text whole; /* operands and operator; an inline image with its bytes */
};

/* The operation at *offset; moves past it.  False at the end; operands without an operator are none. */
bool pdf_operation_next(struct text content, size_t *offset, struct pdf_operation *operation);
struct pdf_entry {
	struct text key, value; /* as they stand: "/Contents", "28 0 R"; unsound bytes give what is no value */
};

/* The entry of the dictionary at *offset (0 for the first); moves past it.  False at its end, or where it is none. */
bool pdf_entry_next(struct text dict, size_t *offset, struct pdf_entry *entry);
/* The value that follows /name in a dictionary as written, at its own depth; NO_TEXT where there is none. */
struct text pdf_dict_value(struct text dict, const char *name);

#endif
