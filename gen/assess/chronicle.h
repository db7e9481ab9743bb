/* SPDX-License-Identifier: MIT
 *
 * The life of the list: what it showed on each of its days, from the decisions and the
 * ledger.
 *
 * Decisions say what the results gave and are never changed.  The ledger says what
 * became of the list since: 更正 changes the level that an entry shows, 撤销 makes it
 * withdrawn (it stays on the list as such and counts nowhere), 恢复 undoes the 撤销; 增补
 * puts an entry on the list that was left out: before its day it was not there, whatever
 * the results gave, and it comes at the level that the row gives, else at the decided one;
 * 更名 gives the enterprise another name, and its entries with it; 异议 and 维持 change nothing.  A
 * version is the list of one day: of the 拟公布, of the 公布, and of each date of the ledger.
 *
 * There is no clock.  With a last day (--date) nothing behind it exists, neither rows nor
 * the 公布: before its day the list is 拟公布, and where none was, as of the last day.
 * Without one every row counts.
 */
#ifndef XINGJI_ASSESS_CHRONICLE_H
#define XINGJI_ASSESS_CHRONICLE_H

#include "assess/assess.h"

/* What the list shows of one participation that was on it. */
struct standing {
	int8_t kind;     /* enum standing_kind */
	int8_t level;    /* shown; of a withdrawn entry its last */
	int8_t decided;  /* shown at first: as decided, or as the 增补 says */
	int32_t row;     /* of model.ledger: what made it of this kind, of a valid one the last; -1 nothing did */
	int32_t renamed; /* of model.ledger: the row that gave its name; -1: that of the tables */
	int32_t turns[STANDINGS]; /* the last row by the kind that it makes: of whatever else happened to it */
	bool is_added, is_withdrawn;
};

struct version {
	struct date date;
	int8_t state;        /* enum state: what the list was then */
	int32_t rows;        /* of the ledger with this date */
};

struct chronicle {
	struct version *versions; /* by date; the last is shown now */
	size_t version_count;     /* at least one */
	int8_t state;             /* enum state: what the list is on the last day … */
	struct date since;        /* … and since when; missing where the campaign does not say */
	int32_t *rows;            /* of model.ledger that count, in order */
	size_t row_count;
	int32_t *touched;         /* participations whose entry a row changed */
	size_t touched_count;
	int32_t *touched_of;      /* per participation its place in touched, or -1 */
	struct standing *standings; /* version × touched_count + place in touched */
};

/*
 * `last` missing: every row counts.  Reports rows about who is not listed, and how many
 * rows are later than `last`.  Lives in arena, borrows the assessment.
 */
const struct chronicle *chronicle_new(struct arena *arena, const struct assessment *assessment, struct date last, struct diag *diag);

/* Of a participation that the decisions list; the second in the last version. */
struct standing chronicle_standing(const struct assessment *assessment, const struct chronicle *chronicle, size_t version, int32_t participation);
struct standing chronicle_now(const struct assessment *assessment, const struct chronicle *chronicle,
			      int32_t participation);

/*
 * The assessment as the last version shows it: corrected levels; withdrawn entries and
 * those not added yet count as not reached.  For what is published; gap, way up and
 * tallies stay those of the decisions.
 */
struct assessment *chronicle_assessment(struct arena *arena, const struct assessment *assessment, const struct chronicle *chronicle);

/*
 * The platform of an entry where the version shows several of its enterprise in the track; else empty.  What the list
 * does not show plays no part: whether a platform is named tells nothing of one that failed.
 */
struct text chronicle_platform(const struct assessment *assessment, const struct chronicle *chronicle, size_t version,
			       int32_t participation);

/* Has any version shown it, in any track?  What is added after the last day has not been shown yet. */
bool chronicle_shows_enterprise(const struct assessment *assessment, const struct chronicle *chronicle,
				const struct enterprise *enterprise);
/* Entries that come onto the list on any day: as decided, or added without that. */
size_t chronicle_count_ever(const struct assessment *assessment, const struct chronicle *chronicle);
/* The name of its enterprise in that standing. */
struct text chronicle_name(const struct model *model, struct standing standing, int32_t participation);

/*
 * Enterprises get the names that the last version shows, for every reader of the model; what they
 * were called before is `former`.
 */
void chronicle_rename(struct model *model, const struct assessment *assessment, const struct chronicle *chronicle);

/*
 * The day D of whoever gives none: the later of the day of the list (its date, else the last deadline,
 * else the end of the year) and the last row of the ledger.
 */
struct date chronicle_last_day(const struct model *model);

/* The first day on which there is a list, as the campaign says, whatever the day of the run. */
struct date chronicle_first_day(const struct campaign *campaign);

#endif
