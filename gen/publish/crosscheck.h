/* SPDX-License-Identifier: MIT
 *
 * The third lock (勾稽): the numbers are read back from the finished files and compared
 * with the decisions, and with each other: headline = rows of the list = downloads =
 * sum of the cities = sum of the levels.  Whatever a template, a query or a bug made of a
 * number, a page that says another one is not published.
 *
 * Where numbers stand in pages is marked by the templates:
 *	<dd data-figure="city/320100/listed">12<…      the element's text is that figure
 *	<table data-rows="city/320100/listed">         its rows (<th scope="row">) are so many,
 *	                                               together with those of the other pages that say so,
 *	                                               and each is one of its entries (crosscheck_pages.h)
 *	<div data-among="all/ track/">             each number of it that counts 家, 家次 or 条 is one of
 *	                                               the figures whose names begin so: for prose
 * A mark ends where its element ends or the next mark of its kind begins.
 * In the downloads the rows are counted; those with 状态 已撤销 are not on the list any more.
 * In both editions of the report the cell of a table is found by the id of the table and the words of
 * its row and column, a passage by the id of its heading; the list (tbl-list-<track>, tbl-withdrawn-<track>)
 * and the downloads are compared entry by entry (crosscheck_list.h); a report that prints the list of one track prints
 * those of all.  Numbers of the prose and of alternative texts are known by the words around them (phrases).
 */
#ifndef XINGJI_PUBLISH_CROSSCHECK_H
#define XINGJI_PUBLISH_CROSSCHECK_H

#include "publish/crosscheck_list.h"

struct arena;
struct buf;
struct diag;
struct output;

/*
 * What a figure of the pages must be, as the decisions give it.  The rows of the downloads
 * that it counts have these words; missing ones: any.
 */
struct crosscheck_expected {
	struct text name;
	int64_t value;
	struct text city, track, label, movement, industry;
	bool is_of_enterprises; /* counts enterprises, not rows: not counted in downloads */
	size_t roll; /* whose entries its rows are: 0 of the day D, those withdrawn left out, else with them */
	/* It is the sum of all figures whose names begin so ("city/") and end as this name does behind its last '/'. */
	const char *sums[5];
};

struct crosscheck_cell {
	const char *table; /* id in the report's HTML */
	struct text row, column;
	int64_t value;
	bool is_public; /* of the public edition */
};

/* From the heading of that id to the next table or heading: numbers are as in data-among. */
struct crosscheck_passage {
	const char *heading;
	struct text prefixes;
};

/* A number of the report's finished text, known by the words around it, wherever they stand. */
struct crosscheck_phrase {
	struct text before;    /* "共有" */
	const char *after;     /* "家企业达标" */
	int64_t value;
	bool is_public_only;   /* words that in the other edition mean something else */
	const char *picture;   /* id of a chart: it is looked for in its alternative text alone, … */
	struct text series;    /* … of which from these words to the next "；" */
};

/* The list on one day, withdrawn entries among them. */
struct crosscheck_roll {
	struct text date; /* "2021-11-30"; of the first, the day D, missing */
	const struct crosscheck_entry *entries;
	size_t count;
};

struct crosscheck_options {
	const struct crosscheck_expected *expected;
	size_t expected_count;
	const struct crosscheck_cell *cells;
	size_t cell_count;
	const struct crosscheck_passage *passages;
	size_t passage_count;
	const struct crosscheck_phrase *phrases;
	size_t phrase_count;
	const struct crosscheck_roll *rolls; /* of the day D, then of each version; none: no entries are compared */
	size_t roll_count;
	const struct text *track_ids, *tracks;  /* of the campaign: "ics", and what its entries call it */
	size_t track_count;
};

struct crosscheck_summary {
	uint64_t marks, words, tables, downloads, cells, sums; /* numbers compared */
	uint64_t phrases;       /* numbers of prose and of alternative texts */
	uint64_t entries, rows; /* entries compared: of downloads and report, of pages */
};

/*
 * Of all that crosscheck_run depends on: what is expected, every file below public/ and of the report that this run
 * made, and the editions of the report kept from the same inputs.  Where the digest is the same, it says the same.
 */
void crosscheck_digest(struct output *output, const struct crosscheck_options *options, char digest[65]);

/*
 * Compares everything under public/ that this run made, and the editions of the report where this run
 * or one of the same inputs made them; what is kept from other inputs agrees with those.  Reports
 * each difference with both places and returns true when there is none.
 */
bool crosscheck_run(struct arena *arena, struct output *output, struct diag *diag,
		    const struct crosscheck_options *options,
		    struct crosscheck_summary *summary);

#endif
