/* SPDX-License-Identifier: MIT */
/*
 * The small files: campaign.xml, cities.csv, agencies.csv, nominations.csv, the earlier year's listed.csv,
 * and the rows of enterprises.csv and participations.csv.
 */
#ifndef SAMPLE_REGISTERS_H
#define SAMPLE_REGISTERS_H

#include "catalogue.h"
#include "province.h"
#include "sheet.h"

/* The names that more than one file uses. */
extern const char *const registers_tracks[TRACK_COUNT];

/* The heading lines of the files that grow row by row. */
extern const char registers_enterprise_heading[], registers_participation_heading[], registers_listed_heading[];

/* Write what does not depend on any enterprise but its number, into dir; false when the disk fails. */
bool registers_write(const char *dir, const struct province *province, size_t enterprises);

/* Write nominations.csv: six cases among the first enterprises, one of them (oddly) without a star; five agencies. */
bool registers_nominations(const char *dir, struct province *province, size_t enterprises);

/* Add one row. */
void registers_enterprise(struct sheet *sheet, const struct enterprise *enterprise);
void registers_participation(struct sheet *sheet, const struct participation *part, const struct catalogue *catalogue);

/* Add last year's rows of an enterprise, if there are any; and now and then of one that is not back this year. */
void registers_listed(struct sheet *sheet, const struct enterprise *enterprise,
					  const struct catalogue catalogues[TRACK_COUNT]);

/* The way in which staff wrote a date: nearly always ISO. */
void registers_date(struct sheet *sheet, int day, struct rng *rng);

/* The code of an agency: JG001 … */
enum { REGISTERS_AGENCY_MAX = 16 };
void registers_agency_code(char text[REGISTERS_AGENCY_MAX], size_t agency);

#endif
