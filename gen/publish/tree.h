/* SPDX-License-Identifier: MIT
 *
 * Every path of the output tree, once.  Relative to out/<year>; folders end with '/'.
 *
 *	public/                      the site: copied to a web server as it is
 *	internal/report/             the annual report, its public edition, where figures come from
 *	internal/diagnosis/<city>/   <name>-<code>.pdf, the sheets to sign, the result as pictures
 *	internal/packs/<…>/          what a city bureau or an agency gets (build/handout.h)
 *	internal/data-problems.*     what is wrong with the data
 *	internal/….json              what the searches and comparisons said
 *	internal/dispatch/<batch>/   what was prepared to be sent: kept by every build, named in no manifest (aside.h)
 *	manifest*.txt                manifest.h
 */
#ifndef XINGJI_PUBLISH_TREE_H
#define XINGJI_PUBLISH_TREE_H

#define TREE_PUBLIC      "public/"
#define TREE_DOWNLOADS   TREE_PUBLIC "data/"
#define TREE_INTERNAL    "internal/"
#define TREE_REPORTS     TREE_INTERNAL "report/"
#define TREE_DIAGNOSES   TREE_INTERNAL "diagnosis/"
#define TREE_DISPATCH    TREE_INTERNAL "dispatch/"
#define TREE_PACKS       TREE_INTERNAL "packs/"
#define TREE_CERTIFICATES TREE_INTERNAL "certificates/"
#define TREE_CERTIFICATES_NEXT TREE_INTERNAL ".certificates.next/" /* while they are made */
#define TREE_PROBLEMS    TREE_INTERNAL "data-problems." /* txt, csv, html */

/* Without their endings: .pdf, .html. */
#define TREE_REPORT        TREE_REPORTS "report"
#define TREE_REPORT_PUBLIC TREE_REPORTS "report-public" /* for outside, but internal until staff publish it */
/* Everything of the public edition has this in its name, and nothing else has. */
#define TREE_PUBLIC_EDITION "-public."
#define TREE_FIGURES        TREE_REPORTS "figures.csv"
#define TREE_FIGURES_PUBLIC TREE_REPORTS "figures" TREE_PUBLIC_EDITION "csv"

#define TREE_DIAGNOSIS_END ".pdf"
#define TREE_TEAR_OUT_END  "-整改单.pdf"
#define TREE_REPLY_END     "-整改反馈表.xlsx"
/* Of the first page with a result; further ones (two tracks) have their number before the suffix: "-结果2.png". */
#define TREE_PICTURE_STEM  "-结果"
#define TREE_PICTURE_END   ".png"

/* Of a run that makes the site; of one that makes the public edition alone. */
#define TREE_LEAK_REPORT              TREE_INTERNAL "leak-report.json"
#define TREE_CROSSCHECK_REPORT        TREE_INTERNAL "crosscheck-report.json"
#define TREE_LEAK_REPORT_PUBLIC       TREE_REPORTS "leak-report" TREE_PUBLIC_EDITION "json"
#define TREE_CROSSCHECK_REPORT_PUBLIC TREE_REPORTS "crosscheck-report" TREE_PUBLIC_EDITION "json"

/* Beside the years, below --out. */
#define TREE_ALL_YEARS_SITE   "public"
#define TREE_ALL_YEARS_PAPERS "all-years"
#define TREE_PREVIEW          "preview"

#endif
