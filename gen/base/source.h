/* SPDX-License-Identifier: MIT
 *
 * Source files and places in them.
 *
 * Every datum remembers its bytes: a span names a source and a byte range.  Line,
 * column and the caret line are computed only when a diagnostic is printed.
 * Offsets count in `text`, the UTF-8 form of the file; for files that came in
 * another encoding that is our decoded copy, so lines and columns agree with what
 * an editor shows.
 */
#ifndef XINGJI_BASE_SOURCE_H
#define XINGJI_BASE_SOURCE_H

#include "base/text.h"

struct arena;
struct buf;
struct sheet_cell;
struct span;

/*
 * Finds the cells of `count` places in one table, which come sorted by start; a place that is in none
 * stays zeroed.  Goes through the file once.
 */
typedef void cells_find(const void *table, const struct span *spans, struct sheet_cell *cells, size_t count);

/*
 * A text that was let go is read once more when somebody asks for it.  `read` finds it, false where the file is no
 * longer what it was; `release` gives it back.  Both get `context`.
 */
struct source_again {
	bool (*read)(void *context, struct text *text);
	void (*release)(void *context);
	void *context;
};

struct source {
	struct text name;     /* as shown to people: the path as it was typed */
	struct text inside;   /* the name inside its folder, "data/2021/x.csv" wherever that lies: for order and for what is written */
	struct text text;     /* UTF-8 without BOM; borrowed.  Missing where it was let go: ask sources_text */
	const char *encoding; /* "UTF-8", "UTF-8 BOM", "GB18030", "UTF-16LE" … static */
	const char *hash;     /* SHA-256 of the file's bytes where they are not those of `text`; ask source_hash */
	bool is_marked;       /* the file's bytes are a mark of UTF-8 and the text */
	bool is_file;         /* read from the disk, not made up or absent */
	struct source_again again; /* of a file whose text can be let go */
	bool is_kept;         /* its text is not let go any more */
	bool is_gone;         /* the text was let go */
	bool is_lost;         /* and cannot be had again: the file was changed since */
	cells_find *find_cells; /* of a table; else NULL */
	const void *table;      /* for find_cells */
};

/* Place 0 is "nowhere": a span with source == 0 has no place. */
struct span {
	uint32_t source; /* 1-based index into struct sources */
	uint32_t start, end;
};
#define NO_SPAN ((struct span){ 0, 0, 0 })

struct sources; /* all files of a run, in the order in which they were opened */

struct sources *sources_new(struct arena *arena);
/*
 * Says that `folder`, as it was typed, is known as `name` ("data"): files added later have
 * names inside it, so that no output depends on how the folder was named.
 */
void sources_root(struct sources *sources, const char *name, const char *folder);
/* "data/2021/x.csv" for a path in (or of) such a folder, else the path itself; the arena of sources holds it. */
struct text sources_inside(const struct sources *sources, struct text path);
/* Registers a file; name is copied, text borrowed; outside all roots it is known by its last part.  Returns its 1-based number. */
uint32_t sources_add(struct sources *sources, struct text name, struct text text, const char *encoding);
/*
 * It was read from the disk; `hash` says what the file's bytes were (base/hash.h; copied), or is NULL
 * where the text is all of them: most runs never ask.
 */
void sources_set_hash(struct sources *sources, uint32_t number, const char hash[65]);
/* The same of a file whose bytes are a mark of UTF-8 (U+FEFF) and the text. */
void sources_set_marked(struct sources *sources, uint32_t number);
/* SHA-256 of the file's bytes as they were read, 64 hex digits; false for what is no file, or was lost. */
bool sources_hash(const struct sources *sources, uint32_t number, char hash[65]);

/*
 * The files of a year's results are larger than all that is kept of them, so their texts are let go when they were
 * read.  As much as SOURCES_KEPT stays, and what anybody asks for later; nothing that is asked for goes again.
 * A place in a text that is lost has no line.
 */
#define SOURCES_KEPT ((size_t)64 << 20)

/*
 * Every file will be asked for its hash: one that is let go is hashed before, as it was read, and need not be
 * read again for that.  Without this, as for who only checks, no hash is made that nobody asks for.
 */
void sources_hash_all(struct sources *sources);
/* How the text of a file will be had again; `again.context` lives as long as the sources. */
void sources_set_again(struct sources *sources, uint32_t number, struct source_again again);
/*
 * A file that was read in an earlier run, or by another process, and is the same: its text is had when somebody asks
 * for it, and so is its hash where that is NULL.
 */
uint32_t sources_add_unread(struct sources *sources, struct text name, bool is_marked, const char hash[65],
			    struct source_again again);
/* Nobody borrows the text any more. */
void sources_let_go(struct sources *sources, uint32_t number);
/* How many bytes are kept instead of SOURCES_KEPT. */
void sources_keep(struct sources *sources, size_t size);
/* The text, read again where that has to be; missing where it is lost.  It stays. */
struct text sources_text(const struct sources *sources, uint32_t number);
/* The same for who goes through many files: it stays until sources_give_back. */
struct text sources_borrow(const struct sources *sources, uint32_t number);
void sources_give_back(const struct sources *sources, uint32_t number);

/* NULL for 0 or unknown numbers. */
const struct source *sources_find(const struct sources *sources, uint32_t number);
uint32_t sources_count(const struct sources *sources);

/* The span of `part`, which must lie inside the text of source `number`; else the whole-file span (0, 0). */
struct span span_of(const struct sources *sources, uint32_t number, struct text part);
/* From the start of a to the end of b (same source). */
struct span span_join(struct span a, struct span b);
/* The bytes a span covers; missing for NO_SPAN. */
struct text span_text(const struct sources *sources, struct span span);

struct place {
	struct text file, inside; /* source.name, source.inside */
	struct text line_text; /* the whole line without its end */
	size_t offset;         /* of the place in line_text */
	uint32_t line, column; /* 1-based; columns count characters; 0 when there is no place */
	uint32_t length;       /* characters covered on that line, at least 1 */
};
/* O(bytes between the last place asked for in that file and this one), from the start of the file for an earlier one; so only for printing. */
struct place place_of(const struct sources *sources, struct span span);
/* The same for many: each file is gone through once where spans come sorted by source and start. */
void places_of(const struct sources *sources, const struct span *spans, struct place *places, size_t count);
/* The same for spans of one file while its text is borrowed; lines are copied, so that it may be given back. */
void places_copy(const struct sources *sources, const struct span *spans, struct place *places, size_t count,
		 struct arena *arena);
/*
 * Where a place lies in a table, named as a spreadsheet program names it: a quoted cell of
 * several lines is in one row, blank lines are rows.
 */
struct sheet_cell {
	uint32_t row, column, last_column; /* 1-based; row 0: no table, or the file as a whole */
	struct text heading;               /* of the column; missing in the header and for several cells */
	struct text enterprise;            /* whom the row names; missing where it names nobody */
};
/* The source is a table; `table` is borrowed. */
void sources_set_cells(struct sources *sources, uint32_t number, cells_find *find, const void *table);
/* For spans sorted by source and start; each file is gone through once, and does not stay because of that. */
void sheet_cells_of(const struct sources *sources, const struct span *spans, struct sheet_cell *cells, size_t count);
/* "C12", or "A12:L12" for several cells; nothing for row 0. */
void sheet_cell_write(struct buf *buf, const struct sheet_cell *cell);
/* "D" of the fourth column, "AA" of the 27th; column counts from 1. */
void sheet_column_write(struct buf *buf, uint32_t column);

/*
 * Writes "    line\n    caret\n": the caret line copies tabs and doubles for
 * wide characters so that it aligns; what steers a terminal and what is invisible
 * becomes one column (plain.h).  Long lines are cut around the place.
 */
void place_write_caret(struct buf *buf, const struct place *place);

#endif
