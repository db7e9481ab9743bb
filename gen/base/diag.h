/* SPDX-License-Identifier: MIT
 *
 * Everything the program has to complain about, from one table (diag.def).
 *
 * Stages report and go on with a stated fallback; the run decides at its end.
 * Diagnostics are collected without repeats, sorted by (file, offset) and written
 * once, as text, CSV, HTML or JSON lines, in Chinese or English.  Files are sorted by
 * their names inside their folders (source.h), so --data may be typed in any way.
 *
 *	DIAG(diag, DIAG_FIELD_NOT_DATE, .span = span_of(sources, n, cell), .a = heading);
 *
 * The offending text is taken from the span; {a} {b} {c} {d} are texts, {n} a
 * number, {other} a second place written as file:line:column.  Texts are copied.  A text
 * that differs between the languages is "中文", U+001F, "English" (file_reason).
 */
#ifndef XINGJI_BASE_DIAG_H
#define XINGJI_BASE_DIAG_H

#include "base/source.h"

struct arena;
struct buf;

enum diag_kind {
#define DIAG_KIND(kind, code, severity, chinese, english, chinese_remedy, english_remedy) DIAG_##kind,
#include "base/diag.def"
	DIAG_KINDS
};

/*
 * ERROR: what is published would be wrong or unreadable; blocks a build.
 * WARNING: odd, blocks only under --strict.  NOTE: for the record.
 * WORLD: disk, font, memory: not the input's fault; ends in exit code 3.
 */
enum diag_severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_WORLD };
enum diag_language { LANGUAGE_CHINESE, LANGUAGE_ENGLISH };
enum diag_format { DIAG_FORMAT_TEXT, DIAG_FORMAT_CSV, DIAG_FORMAT_HTML, DIAG_FORMAT_JSONL };

struct diag_row {
	const char *code;
	enum diag_severity severity;
	const char *message[2], *remedy[2]; /* by enum diag_language */
};

/* What a fault costs: how far up in the list it comes, so that causes stand before what follows from them. */
enum diag_effect { EFFECT_NONE, EFFECT_LOSES_ROW, EFFECT_LOSES_FILE };

enum { DIAG_ALSO = 7 };

struct diag_args {
	struct span span;        /* where; NO_SPAN when there is no place */
	struct text a, b, c, d;  /* for {a} … {d} */
	int64_t n;               /* for {n} */
	struct span other;       /* for {other} */
	uint32_t column;         /* of a table, where the texts do not name it: two columns are two groups; 0 = none */
	struct text offending;   /* shown as the offending text instead of the span's bytes */
	int32_t participation;   /* 1 + index of the participation that this makes undecidable; 0 = none (--keep-going) */
	int32_t also[DIAG_ALSO]; /* more of them, as where an enterprise in several tracks is at fault */
};

/* As diag_args.participation: it concerns only something that is not in the model any more. */
#define PARTICIPATION_LEFT_OUT INT32_MAX

/*
 * A file of garbage must not make a garbage heap of messages: of warnings and of notes the
 * first so many (in the order of printing) are listed, the rest counted, repeats left out
 * there too, and told by one entry at the end.  Errors and world trouble are always listed.
 */
enum { DIAG_SHOWN_MOST = 20000 };

struct diag;

/* Lives in arena; sources is borrowed and may grow later. */
struct diag *diag_new(struct arena *arena, const struct sources *sources);
void diag_report(struct diag *diag, enum diag_kind kind, struct diag_args args);
/*
 * For readers that have told enough of one kind in one file: counts one more, which is shown
 * nowhere.  True when its group (the same kind, file, texts and value) is among what was
 * reported, whose printed total then includes it; else the caller must tell how many there are
 * (MORE_OF_KIND).  Repeats are not looked for.  Only before workers are forked.
 */
bool diag_count_more(struct diag *diag, enum diag_kind kind, struct diag_args args);
#define DIAG(diag, kind, ...) diag_report((diag), (kind), (struct diag_args){ __VA_ARGS__ })

/*
 * Until it is switched off, what would blame everybody concerns only something that is left out of the
 * model as a whole, as PARTICIPATION_LEFT_OUT says: for readers that know nobody to blame.
 */
void diag_concern_left_out(struct diag *diag, bool is_so);

/* Without repeats, listed or not. */
size_t diag_count(const struct diag *diag, enum diag_severity severity);
/* Errors reported, repeats included: not the same before and after a step that failed, even of what was said before. */
size_t diag_errors_told(const struct diag *diag);
/* Everything reported, repeats included: the same before and after what had nothing to say. */
size_t diag_told(const struct diag *diag);
/* How many of one kind; for tests. */
size_t diag_count_of(const struct diag *diag, enum diag_kind kind);
const struct diag_row *diag_row(enum diag_kind kind);
/* What a fault of this kind costs. */
enum diag_effect diag_effect(enum diag_kind kind);
/* What the rule means at length, in lines; by enum diag_language.  NULL for kinds whose message says it all. */
const char *diag_words(enum diag_kind kind, enum diag_language language);
/* The code nearest to a mistyped one; missing when none is close. */
struct text diag_nearest(struct text code);
/* By code ("field-not-date") or enum name; NULL when there is none. */
const struct diag_row *diag_find(struct text code);
/* True when an ERROR was reported against this participation (index from 0). */
bool diag_touches(const struct diag *diag, size_t participation);
/* True when an ERROR was reported that no participation can be blamed for. */
bool diag_has_general_error(const struct diag *diag);

/*
 * Forked workers send their diagnostics home: export writes everything reported since the
 * last export or since diag_export_from_here (bytes for import only; look whether the
 * buffer overflowed), import reports them again.  What parent and workers then have is the
 * same list with the same counts as if one process had reported all.  Spans name sources
 * by number, so sources must have been opened before the fork.
 */
void diag_export_from_here(struct diag *diag);
void diag_export(struct diag *diag, struct buf *records);
/*
 * May they be imported by another run, in which the sources of which `stays` says so have the same numbers and texts?
 * Each is whole, blames nobody and stands in such a source, or (0) in none.  *count: how many they are.
 */
bool diag_wire_stays(struct text records, bool (*stays)(const void *context, uint32_t source), const void *context,
		     size_t *count);
/* False when the bytes are not what export wrote. */
bool diag_import(struct diag *diag, struct text records);

/* How a list is asked for; zeroed: in Chinese, as text, with files as they were typed. */
struct diag_view {
	enum diag_format format;
	enum diag_language language;
	bool is_inside;      /* files as they are named inside their folders: for what goes into the output */
	bool is_each;        /* every one, as JSON lines always are; else equal ones are one entry with number and places */
	bool is_errors_only; /* neither warnings nor notes */
};

/*
 * All so far: what leaves out files first, then what leaves out rows, the other errors, warnings,
 * notes; each by (file, offset).  Places in tables are cells (source.h).  Safe to call more than once.
 */
void diag_write_view(struct diag *diag, const struct diag_view *view, struct buf *buf);
/* The same with equal ones together and files as they were typed: for people at a terminal. */
void diag_write(struct diag *diag, enum diag_format format, enum diag_language language, struct buf *buf);
/* The same with files as they are named inside their folders: for what goes into the output. */
void diag_write_inside(struct diag *diag, enum diag_format format, enum diag_language language, struct buf *buf);

/* One of them as fields: severity as a word, line and column 0 where there is no place; personal numbers masked. */
struct diag_line {
	struct text code, severity, file, message, remedy;
	struct text cell, heading; /* "C12" and what stands above it, where the place is one in a table */
	uint32_t line, column;
	enum diag_kind kind;
	struct diag_args args; /* as they were reported, nothing in them masked */
};
/*
 * One complaint for who lays out a list of his own (the preview's page of problems): texts as they are, not
 * escaped, but without personal numbers.  Places in tables are cells ("C12"), elsewhere line and column ("12:5").
 */
struct diag_entry {
	enum diag_kind kind;
	const struct diag_args *args; /* as they were reported: nothing in them is masked */
	uint32_t group;       /* equal ones have the same, counted from 0 */
	size_t group_count;   /* of them all, those included that are only counted */
	bool is_one_value;    /* the offending text is one cell or one value, not a row or several cells */
	struct text file;     /* inside its folder; missing where there is no place, as are the next five */
	struct text spot, heading, enterprise;
	struct text offending;
	struct text message, remedy;
};
/* Of all that is kept, in the order of diag_write; entries and texts live in arena.  Returns how many. */
size_t diag_entries(struct diag *diag, enum diag_language language, struct arena *arena, struct diag_entry **entries);

/* The list of diag_write_inside; texts live in arena. */
size_t diag_list(struct diag *diag, enum diag_language language, struct arena *arena, struct diag_line **lines);

#endif
