/* SPDX-License-Identifier: MIT
 *
 * Mustache: the whole specification (variables, sections, inverted sections, partials
 * with indentation, comments, delimiters, inheritance, dynamic names; no lambdas),
 * with five additions:
 *
 *   {{?max rates}}…{{/max}}      what stands between is a claim of that kind about the
 *                                rows of that name (claim.h); printed as if the tags were not there
 *   {{@name}}select …{{/name}}   asks the facts and binds the rows to name until the
 *                                enclosing section ends; in Markdown (MUSTACHE_FENCES)
 *                                written as a fence:  ```sql name
 *   query: name                  the only line of a fence (MUSTACHE_FENCES): the SQL of a named query
 *                                stands there, or "query:" after a complaint; a tag may name such a query
 *                                too (compose/queries.h)
 *   drawn.QUERY                  whether what the named query answers is worth a chart (compose/drawn.h)
 *   -first -last -number         inside a section over a list: is this the first, the
 *                                last, the how-manieth item (from 1)
 *   0 and "" are false, as NULL, false and an empty list are
 *
 * Strict by default: an unknown name is an error with its place and the nearest known
 * name, never an empty string.  A template is compiled once and rendered many times;
 * compiled templates are const and may be shared.  Time, depth and output are bounded.
 */
#ifndef XINGJI_COMPOSE_MUSTACHE_H
#define XINGJI_COMPOSE_MUSTACHE_H

#include "base/source.h"
#include "compose/datum.h"

struct arena;
struct buf;
struct diag;
struct mustache;
struct mustache_query;
struct origin;
struct queries;

enum mustache_flags {
	MUSTACHE_FENCES = 1 << 0, /* ```sql name … ``` at line starts is {{@name}} … {{/name}}; fences name queries */
	MUSTACHE_NO_RAW = 1 << 1, /* {{{x}}} and {{&x}} are errors */
};

struct mustache_text {
	struct text text; /* borrowed: must outlive the template */
	uint32_t source;  /* its number among the sources, 0 when it has none */
	size_t offset;    /* where text starts in that source */
	unsigned flags;   /* enum mustache_flags */
	uint32_t group;   /* whose queries its names may mean (queries.h) */
};

/*
 * Never NULL: what is wrong in the text is reported, and such a template is not rendered.
 * Lives in arena.
 */
const struct mustache *mustache_compile(struct arena *arena, struct diag *diag, const struct mustache_text *text);
uint32_t mustache_group(const struct mustache *template);
/* Calls with every name that a tag or fence of the template begins with: "a" of {{a.b}}. */
void mustache_each_name(const struct mustache *template, void (*take)(void *context, struct text name), void *context);

/*
 * Appends a value (its text), made safe for where the template puts it.  A missing
 * value comes as DATUM_NULL with "—" for its text, which is what is printed.
 */
typedef void mustache_escape(void *context, struct buf *out, const struct datum *value);
/* For texts and double-quoted attributes of HTML. */
mustache_escape mustache_escape_html;

/* A claim as it was printed. */
struct mustache_claim {
	struct text kind, subject; /* as in the tag */
	const struct rows *rows;   /* of the subject, a value as one row with a column "value"; NULL: of kind plain */
	const struct rows *answer; /* of the query that it came from: rows, or where the value stood; NULL: from none */
	struct text printed;       /* what stands between the tags, still escaped; lives while this is told */
	struct span span;          /* of the opening tag */
};

struct mustache_run {
	const struct datum *datum; /* what names mean */
	struct diag *diag;         /* may be NULL with is_lenient */
	/* The template of that name (borrowed), NULL when there is none.  May be NULL. */
	const struct mustache *(*partial)(void *context, struct text name);
	/*
	 * Runs the rendered query behind {{@name}}; false after reporting.  The rows must
	 * live as long as the rendering.  NULL: queries are errors.
	 */
	bool (*query)(void *context, struct text sql, struct span place, struct rows *rows);
	const struct queries *queries; /* what a name may mean that nothing else has; NULL: none */
	mustache_escape *escape;     /* for {{x}}; NULL: none */
	/* Told every claim that printed something; false after reporting.  NULL: a claim is an error. */
	bool (*claim)(void *context, const struct mustache_claim *claim);
	void *context;               /* for the four above; inside a query {{x}} is always an SQL literal */
	struct arena *arena;         /* scratch, for bindings */
	struct origin *origin;       /* where output came from; NULL: not wanted (faster) */
	int64_t drawn_least;         /* {{#drawn.QUERY}}: so many numbers are worth a chart */
	bool is_lenient;             /* unknown names and partials are empty, as the specification says */
};

/* Appends to out.  False when something was reported; out then holds what could be made. */
bool mustache_render(const struct mustache *template, const struct mustache_run *run, struct buf *out);

#endif
