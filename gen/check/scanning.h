/* SPDX-License-Identifier: MIT
 *
 * The scans of a year while they are read, between check/scans.c (folders and files) and
 * check/scanning.c (what the files say).
 */
#ifndef XINGJI_CHECK_SCANNING_H
#define XINGJI_CHECK_SCANNING_H

#include "check/check.h"

/* Rows of the map that a word matches: a range of scanning.rows. */
struct scan_matches {
	uint32_t first, count;
	bool is_known;
};

/* An answer with a row of the map for its rule: the end of its test shows whether the row's source is this one. */
struct scan_pending {
	struct scan_result result;  /* scan: number in scanning.scans */
	int32_t row;
	uint64_t answer;            /* number of the answer, for several rows of one */
};

struct scanning {
	struct check *check;
	struct map word_index;      /* word → scanning.words */
	LIST(struct scan_word) words;
	LIST(struct scan_matches) matches; /* by word */
	LIST(int32_t) rows;
	bool *is_used;              /* by row of the map */
	LIST(struct scan) scans;
	LIST(struct scan_result) results;
	LIST(struct scan_pending) pending; /* of the test */
	size_t files;
	/* of the file being read */
	int32_t enterprise;
	struct text file;           /* its name */
	struct text platform;       /* of the enterprise, that a folder around it is called by; or empty */
	uint32_t number;
	bool is_open;               /* that it does not say which platform was told */
	size_t first_scan;          /* of the test */
	int64_t answers, unmapped;
};

/* Takes what source `number` says; everything wrong with it has been reported. */
void scanning_file(struct scanning *scanning, uint32_t number);
/* Hands all over to the model, in its order; says which scans are older ones of a host, and which rows found nothing. */
void scanning_settle(struct scanning *scanning);
void scanning_clear(struct scanning *scanning);

#endif
