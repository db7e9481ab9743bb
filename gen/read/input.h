/* SPDX-License-Identifier: MIT
 *
 * Opening an input file: the one door through which bytes come in.
 *
 * A file is read into memory, decoded to UTF-8 as a whole and registered under the
 * name the user would say, so that every later complaint has a place.  From then on
 * the file itself does not matter: it may be saved, emptied or removed (but see input_open_passing).
 */
#ifndef XINGJI_READ_INPUT_H
#define XINGJI_READ_INPUT_H

#include "base/diag.h"
#include "base/file.h"
#include "base/source.h"
#include "base/text.h"

struct arena;
struct moment;

/* What every reader needs; passed around whole. */
struct reader {
	struct arena *arena;     /* decoded copies, unescaped cells */
	struct sources *sources;
	struct diag *diag;
	const char *encoding;    /* for input_encoding_next: "GBK", "results/a.csv=GBK,cities.csv=UTF-8"; NULL: nothing */
	const char *folder;      /* of the year, in which such files are named; they may be named in `beneath` too */
	const char *beneath;     /* folder that no link may leave (base/beneath.h); its files are named starting with it; NULL: any file */
	size_t largest;          /* bytes of a file; 0: INPUT_LIMIT */
	bool has_parts;          /* a folder right inside may itself be a link, as `beneath` may: data/2021, data/models */
};

/*
 * Spans count in 32 bits and a decoded GBK file grows by half, so 2 GB on disk is
 * what can be placed exactly; a result file of one enterprise is 50 KB.
 */
#define INPUT_LIMIT ((size_t)2 << 30)

/* Texts that people write: content and what a theme is made of.  A megabyte prints as 400 pages. */
#define INPUT_TEXT_LIMIT ((size_t)4 << 20)

enum input_kind { INPUT_CSV, INPUT_XML, INPUT_LINES };

struct input_names {
	struct text *at; /* sorted by bytes */
	size_t count;
	int error; /* an errno, or 0 */
};

/*
 * Opens, decodes and registers a file.  Returns its source number, or 0 after
 * reporting what is wrong: it cannot be read, is reached by a link that leaves
 * reader->beneath, was being saved, is too large, is no text, or has bytes that fit no
 * encoding.  One that reader->encoding gives for just this file comes before all else.  An XML file
 * obeys its declaration, without one it is UTF-8.  An encoding
 * that is not UTF-8 is noted.  INPUT_LINES is what the program itself wrote line by line: its
 * bytes as they are, since a power cut may have left half a character at the end; the
 * caller looks whether they are UTF-8.
 */
uint32_t input_open(const struct reader *reader, const char *path, enum input_kind kind);

/*
 * As input_open, of a file that is read from its beginning to its end and then mostly never again: once
 * nobody borrows its text, sources_let_go may give that back, and whoever asks for it later has it read
 * and decoded once more, provided that the file is still the same.  A reader whose arena is to hold everything
 * (arena_is_whole: a plan, whose jobs may have no data) keeps it as input_open does.
 */
uint32_t input_open_passing(const struct reader *reader, const char *path, enum input_kind kind);

/* What an earlier run knew of a file: UTF-8 of so many bytes, behind a mark or not, and the hash of all there is. */
struct input_known {
	char hash[65]; /* empty: it is found when somebody asks */
	uint32_t size;
	bool is_marked;
};

/* The path without links, in the arena; NULL, and nothing is reported, where input_open would have to say something. */
const char *input_real(const struct reader *reader, const char *path);
/*
 * As input_open_passing, of a file that is as it was: it is not opened, but when somebody asks for its text.  0, and
 * nothing is reported, where it cannot be so, nor was at `moment`; NULL: the caller has seen to that.
 */
uint32_t input_pass_over(const struct reader *reader, const char *path, enum input_kind kind,
			 const struct input_known *known, const struct moment *moment);

/*
 * Names in a folder as file_list gives them.  False after reporting that the folder
 * is a link that leaves reader->beneath; a folder that cannot be read has no names,
 * and names->error says why.
 */
bool input_list(const struct reader *reader, const char *folder, const char *suffix, struct input_names *names);

/*
 * Takes the next part of a list of encodings from the front of *rest: the file that it is about (missing: all
 * CSV files) and the encoding.  False at the end.
 */
bool input_encoding_next(struct text *rest, struct text *file, struct text *encoding);

/* A place in a file that is not there (or not readable): line 1, column 1 of it. */
struct span input_absent(const struct reader *reader, const char *path);
/* A text that came from elsewhere (tests, standard input) as a source; it must outlive the run. */
uint32_t input_add(const struct reader *reader, const char *name, struct text text);

/* The bytes of a file, for what is no text; file_release gives them back.  False after reporting as input_open. */
bool input_read(const struct reader *reader, const char *path, struct file_bytes *bytes);

bool input_exists(const char *path);
/*
 * The path of a table in a folder, in the arena: of `file` ("enterprises.csv") or of the workbook
 * of that name (enterprises.xlsx).  With both that of the file, and *also (it may be NULL) becomes
 * that of the workbook, else NULL.  With neither NULL.
 */
const char *input_table(struct arena *arena, const char *folder, const char *file, const char **also);
/* Whether there is such a table. */
bool input_has_table(struct arena *arena, const char *folder, const char *file);

#endif
