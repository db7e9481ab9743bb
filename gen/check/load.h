/* SPDX-License-Identifier: MIT
 *
 * A year of data → the model, with everything wrong reported in one run.
 *
 *	load_model → campaign (rule, catalogue) → tables (sheet, rows) → results (observer,
 *	observations) → earlier → rules
 *
 * All values pass through field.c; all complaints through check.c, which blames.
 */
#ifndef XINGJI_CHECK_LOAD_H
#define XINGJI_CHECK_LOAD_H

#include "base/diag.h"
#include "base/source.h"
#include "model/model.h"

struct arena;
struct kept_store;

struct load_options {
	const char *data;        /* folder that holds the years and models/ */
	const char *models;      /* catalogues when data has no models/; NULL: then there are none */
	const char *shared;      /* folder of the lists (tracks.csv, regions.csv) that data have none of their own of; NULL: there are none */
	int64_t year;            /* 0: the newest (check/newest.h) */
	const char *encoding;    /* as in struct reader; files are named in the folder of the year, or in data */
	const struct kept_store *kept; /* check/kept.h; NULL: nothing is kept */
	int readers;             /* processes that read results (check/readers.h); 0 and 1: none but this one */
	size_t readers_least;    /* for tests: bytes of results for which that is done, instead of READERS_LEAST */
	bool is_plain;           /* for tests: each row of results is read by itself, even below one that is like it */
	bool is_earlier;         /* the year is itself an earlier one: what came before it does not matter */
};

/* Earlier years with data of their own (campaign.xml), where there is a listed.csv only those with participations, too. */
struct load_full {
	struct load_full_year {
		int64_t year;
		bool is_listed; /* what it published is on record in listed.csv */
	} *years;               /* ascending */
	size_t count;
};

/* A year that can be shown: with its data, or of which only listed.csv is on record. */
struct load_year {
	int64_t year;
	bool is_list_only, has_campaign;
};

/* Those years, ascending, in the arena. */
size_t load_shown_years(struct arena *arena, const char *data, struct load_year **years);

/*
 * Reads data/<year>, its models and the listed.csv of every earlier year, reports
 * everything wrong in one run, and returns the model of what was good; NULL when
 * there is no readable campaign.  Texts borrow from sources, which must outlive it.
 * Earlier years with data of their own are named in *full, for the caller to load and
 * decide; it may be NULL.
 */
struct model *load_model(struct arena *arena, struct sources *sources, struct diag *diag,
			 const struct load_options *options, struct load_full *full);

/* Rows decided from the full data of an earlier year, and the campaign whose tracks they speak of; borrowed. */
struct load_rows {
	const struct campaign *campaign;
	const struct earlier *at;
	size_t count;
};

/* Merges them and keeps the order; finds their enterprises by code and their tracks by id. */
void load_add_earlier(struct model *model, struct arena *arena, const struct load_rows *rows);

/* Moves them into the arena, so that all of the model lies there. */
void load_settle(struct model *model, struct arena *arena);

/* Gives back the maps of the model, which are no arena memory; NULL is allowed. */
void load_release(struct model *model);

/* Years (folder names of four digits) that hold a campaign.xml, ascending, in the arena. */
size_t load_years(struct arena *arena, const char *data, int64_t **years);

#endif
