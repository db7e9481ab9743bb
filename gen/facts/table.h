/* SPDX-License-Identifier: MIT
 *
 * What a SQL table is made of, without SQLite: a name, the scopes that know it,
 * columns, and two loops (outer and inner) that say which rows there are.
 *
 * A table runs over something that the model already has (participations, tracks,
 * enterprises …) and, for each of those, over `count` inner rows; `load` turns the
 * pair of indexes into a row: pointers to the records behind it.  A column takes
 * its value from the row.  Nothing is copied.
 *
 * Who may see a column follows from its field (schema.def): a scope has the column of a
 * field only where the field is visible to it, whatever stands in the lists of columns.
 * A computed one is in scope public only where it says is_public: its value follows from
 * the published list or from public configuration.  Behind the columns that a table lists
 * come all other fields of the entities that it says to be whole, under their own names, so
 * that a field added to schema.def needs no line here.
 *
 * Which rows a firm, an agency or a city sees is decided in one place, too (vtab.c): every
 * table says whom its rows are about, and a row about anybody else is passed over.
 */
#ifndef XINGJI_FACTS_TABLE_H
#define XINGJI_FACTS_TABLE_H

#include "assess/closure.h"
#include "assess/rule.h"
#include "facts/facts.h"
#include "model/schema.h"

enum { WORDS_MOST = 10 }; /* longest set of choices.def, with room */

struct coded;
/* What one connection looks at; the lazy parts are made on first use (view.h). */
struct view {
	const struct assessment *assessment; /* what was decided; in scope public already the list */
	const struct assessment *list;       /* the list on the day D, in every scope */
	const struct model *model;
	const struct facts_options *options; /* the connection's copy */
	struct arena *arena;                 /* lives with the connection */
	int32_t firm, agency, own_city;      /* of whom the scopes firm, agency and city tell (facts.h), or -1 */
	int64_t own_finished[TRACKS_MOST];   /* finished participations of those enterprises; -1 until counted */
	int32_t first_of_track[TRACKS_MOST + 1]; /* in model.participations */
	struct text words[SETS][WORDS_MOST], codes[SETS][WORDS_MOST];
	int64_t previous_year;               /* of the most recent earlier listing, or -1 */
	int32_t looked;                      /* the observation that was found last: look_find_near */
	int64_t row_count;                   /* that statements stepped to so far, passed over or not */
	const char *failed_function;         /* an SQL function that refused its arguments; static */
	struct coded *coded;                 /* of those tables that are: coded.h */
	struct listing *listing;
	struct summary *summary;
	struct peers *peers[TRACKS_MOST];
	struct lines *lines;
	int32_t (*risks)[RISKS];             /* per participation: findings by risk … */
	bool *has_risks;                     /* … where they were counted */
	struct earlier_index *earlier;
	struct over_years *over_years;
	int32_t **version_lists;             /* per version of the chronicle, and how many: tables_ledger.c */
	int32_t *version_counts;
	struct enterprise **version_firms;   /* version × touched: named as in that version, where not as now */
	int32_t *altered;                    /* the touched entries in the order of the list: tables_ledger.c */
	struct text track_sets[1 << TRACKS_MOST]; /* 工控、平台, by the set's bits; made when first asked for */
	struct text *track_words; /* by participation: view_track_word */
	struct text *entry_names; /* likewise: view_entry_name, of the present name */
	struct text *listed_levels;          /* per enterprise: 工控 3星、平台 基本级 */
	struct closure_groups *closures;     /* tables_closure.c */
	const struct dispatched *dispatched; /* tables_dispatch.c */
	bool *is_withdrawn;                  /* tables_duty.c: per participation, on the day D */
	struct look_count *looks;            /* tables_among.c */
	const struct measured_all *measures; /* measures.h */
	const struct guided *guided;         /* tables_tracks.c: [track × agencies + agency] */
	struct top_steps *top[TRACKS_MOST];       /* of the participation asked about last */
};

/* One row: indexes (-1 none) and borrowed records (NULL none). */
struct row {
	struct view *view;
	int32_t outer, inner;
	int32_t ordinal;        /* 1-based where the table has an order of its own */
	int8_t track, level, city, round, element, movement, risk;
	int32_t enterprise, agency; /* whom the row is about: what a table says of itself (enum about) must be set */
	int32_t participation, item, area, class;
	struct text platform;   /* stands behind the track: where its enterprise has several in it */
	const void *records[ENTITIES];
	const struct catalogue *catalogue;
	const struct decision *decision;
	const struct observation *seen;
	const struct closure *closure;
	const struct tally *tally;    /* effective results */
	const struct tally *rounds;   /* ROUNDS of them; NULL where there are none */
	const struct group *group;
	const struct decimal *median; /* negative units: none */
	const void *extra;            /* what only this table's getters know */
	struct tally local[ROUNDS];
};

/* The value of one column in one row; NULL until set. */
struct cell {
	enum value_kind kind;
	bool is_small;     /* text lies in `small` and dies with the cell */
	struct text text;
	int64_t integer;
	double real;
	char small[64];
};

enum column_type { COLUMN_TEXT, COLUMN_INTEGER, COLUMN_REAL };

struct column;
typedef void cell_getter(const struct row *row, const struct column *column, struct cell *cell);

struct column {
	const char *name;
	cell_getter *get;
	enum column_type type; /* of computed columns, and of fields with a getter of their own */
	bool has_field, is_public; /* is_public: of computed columns */
	int8_t entity;         /* enum entity_kind */
	int16_t field;         /* enum <entity>_field */
	int a, b;              /* for the getter: a round, a result, an offset … */
};

/* A field as printed; as its code; 是 否 as 1 0; a level as its label. */
#define FIELD_AS(name_, getter, ENTITY, entity_, field_) \
	{ .name = (name_), .get = (getter), .has_field = true, .entity = ENTITY_##ENTITY, .field = FIELD_##entity_##_##field_ }
#define FIELD(name, ENTITY, entity, field) FIELD_AS(name, cell_field, ENTITY, entity, field)
#define CODE(name, ENTITY, entity, field) FIELD_AS(name, cell_code, ENTITY, entity, field)
/* Computed: text, integer, real; the second row of macros is for what may be public. */
#define TEXT_COLUMN(name_, getter, a_) { .name = (name_), .get = (getter), .type = COLUMN_TEXT, .a = (a_) }
#define INTEGER_COLUMN(name_, getter, a_) { .name = (name_), .get = (getter), .type = COLUMN_INTEGER, .a = (a_) }
#define REAL_COLUMN(name_, getter, a_, b_) { .name = (name_), .get = (getter), .type = COLUMN_REAL, .a = (a_), .b = (b_) }
#define PUBLIC_TEXT(name_, getter, a_) { .name = (name_), .get = (getter), .type = COLUMN_TEXT, .is_public = true, .a = (a_) }
#define PUBLIC_INTEGER(name_, getter, a_) { .name = (name_), .get = (getter), .type = COLUMN_INTEGER, .is_public = true, .a = (a_) }
#define PUBLIC_REAL(name_, getter, a_, b_) { .name = (name_), .get = (getter), .type = COLUMN_REAL, .is_public = true, .a = (a_), .b = (b_) }

/* What the outer loop runs over, and so which equalities narrow it. */
enum outer {
	OUTER_ONE,           /* once */
	OUTER_TRACK,         /* tracks of the campaign: track_code */
	OUTER_ENTERPRISE,    /* enterprise_id, code */
	OUTER_PARTICIPATION, /* participation_id, enterprise_id, code, track_code; scope firm: those of the firm */
};

/* Whom the rows of a table are about.  Scopes firm, agency and city have no table that does not say it. */
enum about {
	ABOUT_UNSAID,
	ABOUT_NOBODY,     /* the campaign, its rules, the catalogue, the map */
	ABOUT_ENTERPRISE, /* one enterprise each */
	ABOUT_AGENCY,     /* one agency each, and only what its own fields say */
	ABOUT_EITHER,     /* an enterprise, or else what became of an agency */
};

struct table {
	const char *name;
	unsigned scopes; /* bits 1 << enum facts_scope */
	const struct column *columns;
	size_t column_count;
	enum outer outer;
	int32_t (*count)(struct view *view, int32_t outer); /* inner rows; NULL: one */
	bool (*load)(struct row *row);                      /* false: there is no such row, go on */
	bool by_item;                                       /* the inner index is the catalogue's: item_id narrows it */
	int32_t guess;                                      /* inner rows to expect, for SQLite's planner */
	enum about about;
	bool is_followed;                                   /* facts_digest: follows from the records of whom it is about */
	bool is_coded;                                      /* coded.h: `load` has every row, one an outer index */
	bool is_counted;                                    /* … and rows alike in what a query looks at are one */
	unsigned whole;                                     /* bits 1 << enum entity_kind: it has all their fields */
};
#define FOLLOWED .is_followed = true
#define WHOLE(ENTITY) (1u << ENTITY_##ENTITY)

#define IN_PUBLIC (1u << SCOPE_PUBLIC)
#define IN_FIRM (1u << SCOPE_FIRM)
#define IN_AGENCY (1u << SCOPE_AGENCY)
#define IN_CITY (1u << SCOPE_CITY)
#define IN_PROVINCE (1u << SCOPE_PROVINCE)
#define IN_BOTH (IN_AGENCY | IN_CITY)             /* those who look after several enterprises */
#define IN_OWN (IN_FIRM | IN_AGENCY | IN_CITY)    /* those who see their own rows only */
#define IN_ALL (IN_PUBLIC | IN_OWN | IN_PROVINCE)
#define COLUMNS_OF(array) .columns = (array), .column_count = sizeof(array) / sizeof *(array)

/* All tables, file by file; each list ends with a row whose name is NULL. */
extern const struct table tables_common[], tables_year[], tables_counts[], tables_tracks[], tables_firm[],
	tables_work[], tables_public[], tables_ledger[], tables_years[], tables_closure[], tables_prior[],
		tables_scan[], tables_dispatch[], tables_duty[],
		tables_among[], tables_measures[];
/* The n-th table of all lists that a scope knows; NULL behind the last. */
const struct table *table_of(enum facts_scope scope, size_t n);
/* By name (ASCII case ignored), or NULL. */
const struct table *table_find(enum facts_scope scope, struct text name);
/* ASCII case ignored. */
bool table_is_called(const char *name, struct text text);
/* The columns of a table in a scope, one after the other; NULL behind the last. */
struct column_walk {
	const struct table *table;
	enum facts_scope scope;
	size_t next;
};
const struct column *column_next(struct column_walk *walk);
/* By name (ASCII case ignored), or NULL: there is none in this scope. */
const struct column *table_column(const struct table *table, enum facts_scope scope, struct text name);
/* The schema's row behind a column; NULL for computed ones. */
const struct field *column_field(const struct column *column);
enum column_type column_type(const struct column *column);
const char *scope_name(enum facts_scope scope);

#endif
