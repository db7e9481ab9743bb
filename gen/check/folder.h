/* SPDX-License-Identifier: MIT
 *
 * What lies in the folder of a year beside the files that are known by their names: a ledger
 * saved as ledger.CSV or 企业名单.csv would else be no ledger, and nobody would know.
 */
#ifndef XINGJI_CHECK_FOLDER_H
#define XINGJI_CHECK_FOLDER_H

#include "check/check.h"

/* Names that an editor or a system leaves behind: .DS_Store, ~$enterprises.csv, wps3A1C.tmp, Thumbs.db. */
bool folder_is_passed_over(struct text name);
/*
 * Calls `take` for every file below a folder of the year, in the order of the names, subfolders eight deep; a
 * workbook beside the CSV of its name is reported.
 */
struct folder_visit {
	void (*take)(void *context, const char *path, struct text name);
	void *context;
};
void folder_visit(struct check *check, const char *folder, const struct input_names *names,
		  const struct folder_visit *visit);
/* Names that end in .csv, .xlsx or, with `suffix`, in that (".xml"); of any case. */
bool folder_is_table(struct text name);
bool folder_has_suffix(struct text name, const char *suffix);
/* Looks through check->folder: what has no known name is kept in check->strangers, instead of what was there. */
void folder_look(struct check *check);
/*
 * In both languages for a message: which entry is probably the missing `file`, or empty.  What is
 * named here is not reported once more.
 */
struct text folder_hint(struct check *check, const char *file);
/* Reports the others: an error where the table that is meant is not there, else a warning. */
void folder_report(struct check *check);
/* Both, of the folder of an earlier year. */
void folder_check(struct check *check, const char *folder);

/* Reports files named by reader->encoding that lie neither in the folder of the year nor in data, with the nearest. */
void folder_check_encodings(struct check *check);

#endif
