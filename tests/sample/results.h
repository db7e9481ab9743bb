/* SPDX-License-Identifier: MIT */
/*
 * The observations, split over files as a province would receive them: self-assessments as CSV per city,
 * checks online as CSV from four cities and as XML per agency from the others, rechecks as one CSV, the
 * inspections on site as XML per agency; and the rectifications that belong to the rechecks.
 */
#ifndef SAMPLE_RESULTS_H
#define SAMPLE_RESULTS_H

#include "catalogue.h"
#include "province.h"
#include "sheet.h"
#include "verdicts.h"

struct results {
	char dir[4096];                          /* …/2021/results */
	struct sheet *self[CITY_COUNT], *online[CITY_COUNT], *recheck;         /* CSV */
	struct sheet *online_xml[AGENCY_COUNT], *onsite_xml[AGENCY_COUNT];
	struct sheet *rectifications;
	size_t rows[ROUND_COUNT], rectification_rows;
	bool is_failed;
};

/* Begin under the year's folder, whose folder results exists; files are opened when they get their first row. */
void results_init(struct results *results, const char *year_dir);

/* Write all rounds of a participation and its rectifications. */
void results_write(struct results *results, const struct participation *part, const struct catalogue *catalogue,
				   const struct verdicts *verdicts);

/* Close all files; false when any of them could not be written. */
bool results_close(struct results *results);

#endif
