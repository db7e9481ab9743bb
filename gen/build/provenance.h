/* SPDX-License-Identifier: MIT
 *
 * Where the tables, figures and numbers of a document come from: file and line of the
 * content, the query and its rows.  What the site's numbers must agree with is another
 * matter (publish/crosscheck.h).
 */
#ifndef XINGJI_BUILD_PROVENANCE_H
#define XINGJI_BUILD_PROVENANCE_H

#include "base/text.h"
#include "facts/facts.h"

struct buf;
struct build;
struct doc;
struct printed;
struct run;

/* A composed document and what was noted while composing it. */
struct provenance_document {
	const struct doc *doc;
	const struct printed *printed;
	enum facts_scope scope; /* in which its queries were asked */
};

/* One row for each table, figure, panel and value of the prose: number, place, rows, hash, query.  False after reporting. */
bool provenance_write(struct build *build, const struct provenance_document *document, struct text path);
/* "图 3-2", "表2-1", "附表 1", "值 2-15", "fig-stars", "tbl-city": a person asks for a figure, not for an enterprise. */
bool provenance_is_meant(struct text wanted);
/* Composes the report (--scope public: its public edition; firm:ID: that diagnosis) and writes query, place and rows; false after reporting. */
bool provenance_explain(const struct run *run, struct text wanted, bool as_json, struct buf *buf);

#endif
