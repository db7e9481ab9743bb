/* SPDX-License-Identifier: MIT
 *
 * How a year begins: the files of its folder, made from the newest earlier year that has a
 * campaign.xml, or, where there is none, from the catalogues that are found.
 *
 * campaign.xml is last year's, byte for byte, but for what a new year changes: `year`, that
 * year where the title names it, the state (拟公布), and its dates, each of which becomes
 * 待填, which check tells once, with its place (DIAG_DATE_TO_FILL); `proposed` and the 文号
 * of last year's list go.  agencies.csv keeps its rows without the dates of the commitment
 * letters, cities.csv its cities without their numbers; every other table is a header, below
 * which in delivery.csv there are notes and examples.
 * Catalogues stay where they are.
 *
 * Nothing is written here.
 */
#ifndef XINGJI_BUILD_BEGIN_H
#define XINGJI_BUILD_BEGIN_H

#include "model/schema.h"
#include "publish/folder.h"

struct buf;
struct diag;
struct sources;

#define BEGIN_TO_FILL "待填"

struct begin_file {
	struct text name, bytes;
	const struct entity *entity; /* of an empty or a kept table; else NULL */
	int64_t kept;                /* rows of last year that it holds */
	bool has_examples;           /* below the headings: how a row is filled in */
};

struct begin {
	struct begin_file *files;
	size_t count;
	int64_t from;       /* the year that it was made from; 0: none */
	int64_t dates;      /* to fill in */
	struct text models; /* "ics-2021, platform-2018" */
	bool names_year;    /* last year's title named it, and was changed */
};

struct begin_place {
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	const char *data;   /* the folder of the years */
	const char *models; /* catalogues where data has no models/; NULL: then there are none */
	int64_t year;
};

/* False after reporting that last year's campaign.xml cannot be read. */
bool begin_year(const struct begin_place *place, struct begin *begin);

/* The headings of a table as its first line: UTF-8 with BOM and CRLF, what Excel and WPS open without asking. */
void begin_header(const struct entity *entity, struct buf *buf);

#endif
