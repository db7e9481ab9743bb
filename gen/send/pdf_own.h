/* SPDX-License-Identifier: MIT
 *
 * A PDF as this program's canvas writes it (render/haru_pack.c), and no other: the objects by number, as they stand.
 *
 * So that a copy can be made without taking the document to pieces: 4,000 objects that nobody changes are never
 * looked at.  It is no reader program and forgives nothing.  Every byte of the file belongs to the head, an object
 * or the end; an object outside is a stream; whatever else a PDF may have (updates, encryption, filters) is refused.
 */
#ifndef XINGJI_SEND_PDF_OWN_H
#define XINGJI_SEND_PDF_OWN_H

#include "base/xref.h"

struct arena;

/* An object of its own, in the order of the file. */
struct pdf_own_stream {
	uint32_t number;
	struct text dict, bytes;       /* with its brackets; as they are stored */
	uint16_t held_count;           /* objects that it holds; 0: it is no object stream */
	struct text *held;             /* their texts, by index; NULL until one is asked for */
	uint32_t *numbers;
};

struct pdf_own {
	struct arena *arena;
	struct text head;              /* what stands before the first object */
	struct xref_place *places;     /* by number, `count` of them */
	uint32_t count;
	struct pdf_own_stream *streams;    /* without the table of places itself */
	size_t stream_count;
	uint32_t root, info;           /* numbers */
	struct text id;                /* the first of the two, as it stands: "<0123…>" */
};

/* The bytes are borrowed; the rest is in arena.  False where the file is not as said above. */
bool pdf_own_open(struct arena *arena, struct text file, struct pdf_own *own);
/* The text of an object that is no stream, NO_TEXT where there is none; unpacks its object stream. */
struct text pdf_own_object(struct pdf_own *own, uint32_t number);
/* The object of its own with that number, or NULL. */
struct pdf_own_stream *pdf_own_stream(struct pdf_own *own, uint32_t number);
/* The number in "12 0 R", or 0. */
uint32_t pdf_own_reference(struct text value);
/* Is the text one dictionary whose entries all have a value, with nothing behind? */
bool pdf_own_is_dict(struct text text);

#endif
