/* SPDX-License-Identifier: MIT
 *
 * What the checks of one run share: the model being filled, the complaints that
 * wait for someone to blame, and what was lost on the way.
 *
 * Complaints about a row are collected first and blamed when it is known whom the
 * row concerns, so that --keep-going can leave out just those participations.
 * What was reported once is not reported again by everything that refers to it:
 * the codes of rejected enterprises are remembered, and what refers to them is
 * told in one message for each (lost.h).
 */
#ifndef XINGJI_CHECK_CHECK_H
#define XINGJI_CHECK_CHECK_H

#include "base/diag.h"
#include "base/list.h"
#include "base/map.h"
#include "check/lost.h"
#include "model/model.h"
#include "read/input.h"

enum { TOLD_MOST = 1000 }; /* complaints of one kind in one file: nobody reads more, and the file is wrong as a whole */

enum blame {
	BLAME_EVERYBODY,     /* the whole run */
	BLAME_ENTERPRISE,    /* index into model.enterprises: its participations */
	BLAME_PARTICIPATION, /* index into model.participations, or before they are sorted the row's number */
	BLAME_LEFT_OUT,      /* only a row that is not in the model */
};

struct problem {
	enum diag_kind kind;
	struct diag_args args;
	enum blame blame;
	int32_t index;
};

/* What lies in the folder of a year under no known name. */
struct stranger {
	struct text name;
	const char *meant; /* the known file or folder that it probably is; NULL: none */
	bool is_told;
};

/* Sources are numbered as they are opened. */
struct source_range {
	uint32_t first, last;
};

struct loaded {
	struct catalogue *catalogue;
};

struct check {
	struct reader reader;
	const char *data, *folder;      /* as the user named it; data/<year> */
	const char *models;             /* as in load_options */
	const char *shared;             /* as in load_options */
	struct track *known;            /* of data/tracks.csv, in its order */
	size_t known_count;
	struct holiday *holidays;       /* check/holidays.h */
	size_t holiday_count;
	struct prefectures everywhere;  /* all of regions.csv; none when it cannot be used */
	bool is_everywhere_read;
	struct model *model;
	const struct campaign *then;    /* of the earlier year whose list is read, its words first; or NULL */
	int8_t then_tracks[TRACKS_MOST]; /* what its tracks are in this model */
	const struct catalogue *const *catalogues; /* by track: what LEVEL and ITEM fields are looked up in */
	int8_t track;                   /* of the record being read, or -1 */
	struct text platform;           /* that its track cell named beside it, or empty; dies with the cell */
	int32_t region;                 /* that its city cell named, or -1 */
	struct span province_place;     /* in campaign.xml */
	struct text province_meant;     /* of which the cities of the tables are, once it was told; else missing */
	size_t cities_found;            /* cells that named a city of the province */
	bool has_doubtful_track;        /* a fault of a <track>, or an unknown element in place of one, was told */
	struct map region_by_word;      /* names and codes → index in campaign.regions */
	LIST(struct problem) problems;
	size_t complained;              /* how often problem_add was called: some of them only add to a number */
	uint32_t told[DIAG_KINDS];      /* in this file, by kind */
	int64_t held_back[DIAG_KINDS];
	uint32_t held_back_source;
	bool *is_touched;               /* by participation: an error was told */
	LIST(struct problem) merged;    /* said once per file and subject, with the number of rows: see problem_add */
	struct map merged_by_subject;
	struct map items_like;          /* check/item_like.h: catalogue and id → index in likes */
	LIST(struct text) likes;
	LIST(struct problem) waiting;   /* told at the end, where the year has begun: see problem_wait */
	const int32_t *sorted;          /* row number → index of participations, while the two differ */
	struct lost lost;               /* check/lost.h */
	struct map rejected;            /* codes of enterprises whose row was reported and dropped */
	bool *has_rejected_participation; /* by enterprise: results for an unknown track may belong to it */
	struct unfilled no_enterprises, no_participations; /* check/lost.h */
	bool has_enterprises, has_participations, has_agencies; /* their files could be read; else references stay silent */
	bool has_key_column, has_commitment_column; /* enterprises.csv tells who is a key enterprise, who signed */
	struct span enterprise_header;
	struct mended *mended;          /* check/mended.h; NULL: nothing came back */
	bool is_agency_file_absent;
	bool has_agency_reference;      /* although there is no agencies.csv */
	bool has_unread_results;        /* a file of results/ could not be read: whose results are missing is not known */
	LIST(struct span) half_read;    /* rows of results with an open quote, in the order of reading */
	LIST(struct source_range) named_folders; /* of results: what lies in folders named like a file, which was told */
	bool is_plain;                  /* as in load_options */
	int readers;
	size_t readers_least;
	const struct kept_store *kept;  /* check/kept.h; NULL: nothing is kept of what is read */
	char kept_tables[65];           /* a digest of what was read before the results */
	bool *has_rejected_results;     /* by participation: so that their absence is not complained of too */
	LIST(struct stranger) strangers; /* check/folder.h */
	LIST(struct loaded) loaded; /* every catalogue read so far, by id: years share them */
};

/*
 * Adds a complaint that blames everybody until problems_blame says otherwise.  What
 * many rows would repeat (an unknown enterprise, an unknown attribute) is kept apart,
 * once per subject {a}, {b} at its first place with the number of rows in {n}.
 */
void problem_add(struct check *check, enum diag_kind kind, struct diag_args args);
#define PROBLEM(check, kind, ...) problem_add((check), (kind), (struct diag_args){ __VA_ARGS__ })

/* For what was counted elsewhere: told at the end of the file with its own {n}, blaming nobody in the model. */
void problem_add_counted(struct check *check, enum diag_kind kind, struct diag_args args);

/*
 * Adds one that says nothing of a year that has only just been set up: sense_year tells it at
 * the end, or one complaint for all of them (.a: the file).
 */
void problem_wait(struct check *check, enum diag_kind kind, struct diag_args args);

/* Blames what was added since the count `since`. */
void problems_blame(struct check *check, size_t since, enum blame blame, int32_t index);
/* Blames all participations of an enterprise, and everybody where they are more than can be named. */
void problem_blame_parts(const struct model *model, const struct enterprise *enterprise, struct diag_args *args);
/* Reports and forgets all but the merged; needs the participations of enterprises to be known. */
void problems_report(struct check *check);
/* Reports and forgets the merged too: at the end of each file. */
void problems_report_merged(struct check *check);

/* Whether the row of results that begins there has an open quote.  It was told; that it repeats another follows. */
bool check_is_half_read(const struct check *check, struct span row);
/* Whether a place lies in a folder of results that was told to be named like a file. */
bool check_is_in_named_folder(const struct check *check, struct span place);

/* The date as 2021-09-05, in the reader's arena, for a message. */
struct text check_iso(const struct check *check, struct date date);

#endif
