/* SPDX-License-Identifier: MIT
 *
 * Model and decisions as read-only SQL tables, for exactly one audience, in its scope
 * (gen/DESIGN.md §4).  The only user of SQLite.  TABLES.md is the dictionary.
 *
 * A connection registers only the tables and columns of its scope, so what cannot
 * be said cannot leak: no ATTACH, no PRAGMA, no writes, no extension loading, no
 * temporary tables; bounded work and memory.
 */
#ifndef XINGJI_FACTS_FACTS_H
#define XINGJI_FACTS_FACTS_H

#include "base/date.h"
#include "base/source.h"
#include "base/text.h"

struct arena;
struct assessment;
struct diag;
struct facts;

/* In the order of enum visibility: each may see the fields that those before it may see, of what concerns it. */
enum facts_scope { SCOPE_PUBLIC, SCOPE_FIRM, SCOPE_AGENCY, SCOPE_CITY, SCOPE_PROVINCE, SCOPES };

/* One data problem of this run, for the table `problems` of scope province. */
struct facts_problem {
	struct text code, severity, file, message;
	int64_t line, column; /* 0: no place */
};

/* One version of a year's list, as its chronicle has it. */
struct facts_version {
	struct date date;
	int64_t listed, corrected, withdrawn;
	int8_t state; /* enum state */
};

/* An entry of a year's list as it stands there now, in the words that it has there. */
struct facts_entry {
	struct text code, name, city, track_code, track, label;
	struct text status, first; /* where something became of it: 已更正 …, and the level shown first; else missing */
	struct text address;       /* "enterprises/0a1b2c3d4e5f/", below the year */
	int64_t level;
	bool is_withdrawn;
};

/* A year that has its own folder beside this one's. */
struct facts_year {
	int64_t year, listed, enterprises; /* in force: entries, and who has one */
	struct text title, link; /* "2020/" */
	const struct facts_entry *entries, *const *by_code; /* in the order of the list; by code, then in that order */
	size_t entry_count;
	int8_t state;            /* enum state */
	struct date date;
	bool is_list_only;       /* nothing but its published list is on record */
	const struct facts_version *versions;
	size_t version_count;
};

struct facts_options {
	const struct assessment *assessment; /* borrowed, must outlive the connection */
	const struct assessment *list;       /* the list on the day D, likewise (chronicle.h); NULL: as decided */
	struct diag *diag;                   /* query errors go here */
	enum facts_scope scope;
	struct date today;                   /* the day D of the run */
	const struct sources *sources;       /* borrowed; NULL: observations.file and line stay NULL */
	const struct facts_problem *problems; /* borrowed */
	size_t problem_count;
	const struct facts_year *newest;      /* the newest list, where a later one has followed; borrowed; NULL: none has */
	const struct facts_year *years;       /* of the root over the years alone, newest first; borrowed */
	size_t year_count;
	bool is_below_root;                   /* this year's pages stand in a folder of the site over the years */
	const struct text *page_paths;        /* addresses of all pages of the years ("2020/enterprises/…/"); borrowed */
	size_t page_path_count;
	bool is_draft;                        /* nobody has approved what is made */
	bool is_list_only;                    /* of this year nothing but the published list is on record: no versions */
};

enum value_kind { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT };

struct value {
	enum value_kind kind;
	struct text text; /* as printed; for every kind, "" for NULL */
	int64_t integer;
	double real;      /* also for integers */
};

struct rows {
	struct text *names;   /* column_count */
	struct value *values; /* row-major */
	size_t column_count, row_count;
};

/* A field of schema.def that a table shows without naming it: what came to the schema since. */
struct facts_field {
	const char *name, *heading; /* of the column; in Chinese */
	bool is_number;
};
/* Those of a table in a scope, in order; at most `most` of them. */
size_t facts_fields(enum facts_scope scope, struct text table, struct facts_field *fields, size_t most);

/* NULL after reporting when SQLite cannot be set up. */
struct facts *facts_open(const struct facts_options *options);
void facts_close(struct facts *facts); /* NULL allowed */
/*
 * Of whom the connection tells from now on, by scope: an enterprise (its index in model.enterprises), an
 * agency (in model.agencies: the enterprises that it advised or checked), a city (in cities, model/place.h:
 * its enterprises).  Nobody yet, or an index that there is not: no rows about anybody.
 */
void facts_choose_firm(struct facts *facts, int32_t enterprise);
void facts_choose_agency(struct facts *facts, int32_t agency);
void facts_choose_city(struct facts *facts, int32_t city);
/*
 * Run one SELECT (or WITH … SELECT) and collect its rows in arena.  Statements
 * are kept prepared by their text.  On failure reports with the place inside
 * `place` where SQLite tells it, and returns false with *rows empty.
 */
bool facts_query(struct facts *facts, struct arena *arena, struct text sql, struct span place, struct rows *rows);

/* Tables and columns of a scope, a bit each, as the program that wrote them numbers them (asked.h). */
enum { FACTS_ASKED_WORDS = 64 };
struct facts_asked {
	uint64_t words[FACTS_ASKED_WORDS];
};

/*
 * Adds which were asked since the first call; and the digest of what the connection shows of them: how many rows there
 * are of such a table, and every cell of such a column.  In scope firm, where somebody is chosen, without tables whose
 * rows follow from the records of those whom they are about, and from what is no enterprise's (the campaign, its
 * catalogues, agencies, the ledger, earlier years).  build/receipt.h relies on that word, which is_followed gives in
 * the list of a table, and tests/receipts holds it to it.
 */
void facts_forget_asked(struct facts *facts);
void facts_asked(const struct facts *facts, struct facts_asked *asked);
struct hash;
void facts_digest(struct facts *facts, const struct facts_asked *asked, struct hash *hash);
/* As hexadecimal digits, none where nothing was asked; false: they are something else. */
struct buf;
void facts_asked_write(const struct facts_asked *asked, struct buf *buf);
bool facts_asked_read(struct text text, struct facts_asked *asked);

/* For tests: whether lists are answered without SQLite (plain.h; true at the start), and how many were. */
void facts_use_plain(struct facts *facts, bool is_used);
size_t facts_plain_count(const struct facts *facts);

/* What the dearest run of one of the kept statements went through. */
struct facts_cost {
	struct text sql;  /* borrowed from the connection */
	struct span place;
	int64_t rows;     /* of its tables, those included that it passed over */
	int64_t steps;    /* of SQLite's machine */
};
/* Of the n-th statement that was kept, in the order in which they were first asked; false: there are not as many. */
bool facts_cost(const struct facts *facts, size_t n, struct facts_cost *cost);

#endif
