/* SPDX-License-Identifier: MIT
 *
 * The second lock: after rendering and before publishing, every byte under public/
 * and of the public edition of the report is searched for what must not be there.
 * The first lock is the scope (facts/).
 *
 * One pass over the bytes whatever the number of values (leak_index.h).  Searched are
 * the names of the files and their bytes: as they are, through the escapes of HTML,
 * JSON, CSV, scripts, style sheets and addresses (leak_view.h), without markup, out of
 * Base64 and hexadecimal, and unpacked (ZIP and so XLSX, gzip, the streams of PDF); each for
 * the value in UTF-8, folded as names, codes and numbers are compared (leak_fold.h,
 * leak_variant.c), and byte for byte in GB18030 and both kinds of UTF-16 (leak_encoder.h).  The
 * letters of a PDF's pages are numbers of glyphs and cannot be searched; the same text as HTML is.
 * What is drawn in a PNG stands in its chunk of text (render/png.h); one without it is refused.
 *
 * First the texts are searched that staff write (leak_add_source), with the same matcher: what is
 * found there is told at its place in the input, with the number of places where the files show
 * it; what only the files show is told at the file.  In texts in prose what nobody can be sure of
 * is a warning: a name in a shorter form, a word that judges beside a name (leak_prose.c).
 *
 * What is no leak:
 *   - a value too short to be telling: it is listed in the report instead;
 *   - an occurrence within a text that is public by itself (leak_allow): the name of a listed
 *     enterprise that contains the name of another;
 *   - a remark, that is a sentence and not a name, code or contact, that stands in public data
 *     (leak_know) or is what the pages say by themselves (leak_know_page).  But a long sentence
 *     of one single enterprise was not written by chance: it is hunted in spite of the pages.
 */
#ifndef XINGJI_PUBLISH_LEAK_H
#define XINGJI_PUBLISH_LEAK_H

#include "base/source.h"

struct arena;
struct buf;
struct diag;
struct leak;
struct map;
struct output;

enum {
	LEAK_KEY = 9,     /* bytes: three Han characters, or half a telephone number */
	LEAK_REMARK = 18, /* bytes: a remark of five Han characters is what anybody would write */
	LEAK_OWN = 60,    /* bytes: a sentence of twenty Han characters is somebody's own */
};

struct leak_summary {
	uint64_t bytes, files, values, too_short, known, hits;
};

/*
 * A text that staff write for the public: what is found in it is told there, once, and not
 * for every file into which it went.
 */
struct leak_source {
	struct text text;   /* borrowed */
	struct span place;  /* of the text; of its row where is_within */
	const char *what;   /* the heading of its column, or 正文; static, "中文", U+001F, "English" */
	bool is_within;     /* the text stands somewhere in the place, so its bytes have none of their own */
	bool is_prose;      /* shortened names and words of judgement are looked for, too */
	bool is_of_firm;    /* its row is about one enterprise: to judge, it need not be named */
};

struct leak *leak_new(struct arena *arena);
/* Only keeps values, as copies of its own, for leak_add_others; cannot scan. */
struct leak *leak_store_new(struct arena *arena);
void leak_free(struct leak *leak); /* NULL allowed */
/*
 * Hunt for `value`, which is borrowed until leak_free.  `what` (static) says what kind of
 * value it is, for the message; the value itself is never printed whole.
 */
void leak_add(struct leak *leak, struct text value, const char *what);
/* The same for free text (a note, a measure) of the enterprise or other `owner` (any number; -1: nobody's). */
void leak_add_remark(struct leak *leak, struct text value, const char *what, int32_t owner);
/*
 * Hunt for all that `store` holds and this does not yet, but for what stands in `public_here`:
 * the values of other years, some of which this year publishes.  The store is borrowed until leak_free.
 */
void leak_add_others(struct leak *leak, const struct leak *store, const struct map *public_here);
/* Public data, as the names of levels and cities.  Borrowed until the scan. */
void leak_know(struct leak *leak, struct text text);
/* Texts of the pages: templates and Markdown.  Borrowed until the scan. */
void leak_know_page(struct leak *leak, struct text text);
/* Texts that are public by themselves (names of listed enterprises): an occurrence inside one of them is no leak. */
void leak_allow(struct leak *leak, struct text value);
void leak_add_source(struct leak *leak, struct leak_source source);
/*
 * A shortened name of an enterprise that is not on the list: sources in prose are searched for it.
 * Not where it may mean another: it stands in an allowed text, or is an ordinary word
 * (leak_know_word), or three and more enterprises are called so.
 */
void leak_add_short_name(struct leak *leak, struct text name);
/* A name, whole or shortened, of whomever: beside it a source in prose must not judge. */
void leak_add_mention(struct leak *leak, struct text name);
/* A text of ordinary words of the trade. */
void leak_know_word(struct leak *leak, struct text text);
/*
 * What an earlier scan found clean is passed over, and what this one does is noted; borrowed until leak_free.  Before
 * values are added, where those that it hunted for need not be hunted for again.
 */
struct leak_memory;
void leak_remember(struct leak *leak, struct leak_memory *memory);
/* Reports every leak at its source, else (file, byte offset, kind, form) and returns true when there is none. */
bool leak_scan(struct leak *leak, struct output *output, struct diag *diag, struct leak_summary *summary);
/* Bytes that are not written yet, and where they will be. */
struct leak_given {
	struct text path, bytes;
};
/* The same for them, whoever may see them. */
bool leak_scan_given(struct leak *leak, const struct leak_given *files, size_t count, struct diag *diag);
/* The same for the files of this run below `folder` ("苏州市/"), whoever may see them. */
bool leak_scan_folder(struct leak *leak, struct output *output, struct text folder, struct diag *diag);
/* After a scan: what was hunted, how much, what was not, as JSON for internal/ (it holds confidential values). */
void leak_report(const struct leak *leak, const struct leak_summary *summary, struct buf *out);

#endif
