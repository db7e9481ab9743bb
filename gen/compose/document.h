/* SPDX-License-Identifier: MIT
 *
 * Content files and facts to documents.
 *
 * A document_template is compiled once from content files (one, or several in order)
 * and composed once per enterprise or report.  Composing: header → Mustache with the
 * queries that it names → Markdown → tables and charts from their queries → numbering.
 * Values enter the Markdown as private characters (doc/values.h), so nothing a firm
 * typed can become markup or SQL.  content/README.md is the manual for staff.
 */
#ifndef XINGJI_COMPOSE_DOCUMENT_H
#define XINGJI_COMPOSE_DOCUMENT_H

#include "compose/compose_source.h"
#include "compose/datum.h"
#include "doc/doc.h"

struct arena;
struct diag;
struct document_template;
struct printed;

struct document_file {
	struct text name;  /* of a partial: {{> name}}; unused for the files themselves */
	struct text text;  /* borrowed: must outlive the template */
	uint32_t source;   /* its number among the sources, 0 for none */
	struct text sql;   /* the queries that it alone may name (compose/queries.h); missing: none */
	uint32_t sql_source;
};

struct document_content {
	const struct document_file *files; /* in reading order; the header of the first describes the document */
	size_t file_count;
	const struct document_file *partials;
	size_t partial_count;
	struct document_file shared;       /* queries that all of them may name: its text */
	struct document_file phrases;      /* content/phrases.txt */
};

struct document_options {
	const struct document_template *template;
	const struct compose_source *source;
	struct document_file remarks; /* staff's remarks on this very enterprise, for {{> remarks}}; no text: none */
	const struct datum *extra;    /* an object: names besides those that queries bind; may be NULL */
	struct diag *diag;
	struct printed *printed;      /* receives where the values of the prose came from; NULL: not wanted */
};

/* Never NULL; mistakes are reported.  Lives in arena, const from now on. */
const struct document_template *document_compile(struct arena *arena, struct diag *diag, const struct document_content *content);
/*
 * A numbered document in arena; never NULL.  Mistakes are reported and leave a gap.
 * Names that content can always use: has_remarks, and those of options->extra.
 */
struct doc *document_compose(struct arena *arena, const struct document_options *options);

#endif
