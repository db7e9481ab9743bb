/* SPDX-License-Identifier: MIT
 *
 * The wrong-envelope guard: finished bytes are opened again and must be for this enterprise and for
 * nobody else (gen/DESIGN.md §9).
 *
 * It knows nothing of how the files were made.  A PDF is decrypted and read as a reader program
 * reads it (pdf_pages.h); of mail and ZIP (also XLSX) every part is looked at, and so on inwards, and so
 * is each file attached to a PDF.
 * Names and codes of all enterprises are searched in one pass over the text, folded as the leak
 * scan folds them (publish/leak.h): width, blanks, punctuation, traditional forms, brackets.  A PDF
 * in a part is opened with the same password.
 *
 * Every doubt is reported by its own kind (GUARD_…) and stops this envelope only.  What cannot be
 * opened or read is a doubt.
 */
#ifndef XINGJI_SEND_GUARD_H
#define XINGJI_SEND_GUARD_H

#include <stdbool.h>

#include "base/text.h"

struct arena;
struct diag;
struct guard;

/* One a batch: it holds the names and codes of all enterprises.  In arena; guard_free gives back what is not. */
struct guard *guard_new(struct arena *arena);
void guard_free(struct guard *guard); /* NULL allowed */
/* An enterprise of the year, sent to or not; borrowed until guard_free.  All before the first check. */
void guard_add_enterprise(struct guard *guard, struct text name, struct text credit_code);
/* A name that any envelope may hold although an enterprise's stands in it: publisher, agencies. */
void guard_allow(struct guard *guard, struct text name);
/*
 * The texts that all documents are made from, after all enterprises and before the first check: words in which a name
 * stands (guard_known.h) may be in any envelope, and each such name is noted.
 */
void guard_know(struct guard *guard, const struct text *texts, size_t count, struct diag *diag);

/*
 * The form for the answer that is attached to the document: it must be there once, and beside the archive copy's
 * own files nothing else; its words must say the enterprise's name and code, the document's number and the year.
 */
struct guard_form {
	struct text sha256; /* as it was recorded; missing: there is none */
	struct text year;   /* "2021" */
};

/* What a file must hold; NO_TEXT and 0: need not. */
struct guard_want {
	struct text envelope;     /* how messages call it: the enterprise's code and the file */
	struct text name, credit_code; /* always given: what is not these is somebody else's */
	bool lacks_name, lacks_code;   /* this file need not hold them (a mail of notice, a label) */
	struct text number;       /* of the report */
	size_t page_count;        /* of the PDF, or of the one PDF within */
	struct text archive;      /* bytes of the archive copy: each page must be its page, but for the mark */
	struct text sha256;       /* of the archive copy, as it was recorded */
	struct guard_form form;
	struct text mark;         /* words that every page holds: the copy's number */
	struct text qr;           /* a code on one of the pages says this, and no code says anything else */
	const char *password;     /* NULL: the file is not encrypted */
};

/*
 * True when there is no doubt.  `bytes` may be anything; time and memory are bounded by their size.
 */
bool guard_check(struct guard *guard, struct text bytes, const struct guard_want *want, struct diag *diag);

/* One that stands on a sheet of many, and what must stand with its number. */
enum { GUARD_WORDS = 6 };
struct guard_entry {
	struct text number;             /* of the copy */
	struct text words[GUARD_WORDS]; /* missing ones need not */
};

struct guard_sheet {
	struct text what;                  /* how messages call it: "labels.pdf" */
	const struct guard_entry *entries; /* in the order in which they stand */
	size_t count;
};

/*
 * A sheet that holds many enterprises by design (labels, the register of a batch), opened again: the numbers are those
 * of the entries, each once and in their order; the words of each stand with its number, before it or behind it
 * throughout; and where an enterprise's name or code stands, it is within the words of that entry.  True when there is
 * no doubt; else GUARD_SHEET is reported, once.
 */
bool guard_check_sheet(struct guard *guard, struct text bytes, const struct guard_sheet *sheet, struct diag *diag);

#endif
