/* SPDX-License-Identifier: MIT
 *
 * The state of one rendering, shared by mustache.c (which walks the nodes) and
 * mustache_names.c (what a name means, and what a named query answers).
 */
#ifndef XINGJI_COMPOSE_MUSTACHE_RENDER_H
#define XINGJI_COMPOSE_MUSTACHE_RENDER_H

#include "base/diag.h"
#include "compose/mustache_nodes.h"

enum {
	MOST_FRAMES = 256,   /* contexts: nested sections and bindings */
	MOST_ARGUMENTS = 256,
	DEEPEST = 150,       /* templates within templates and sections within sections */
	MOST_STEPS = 50000000, /* nodes visited: minutes of work mean a loop of loops */
};

/* What a named query answered, within the frame that it was asked for. */
struct answer {
	const struct mustache_query *query;
	struct datum datum;
	struct answer *next;
};

struct frame {
	struct datum datum;
	size_t index, count;    /* of the iteration that made it; count 0: not one */
	struct text list;       /* whose item it is */
	struct answer *answers;
};

/* The named queries that are being asked just now, the last first. */
struct asking {
	const struct mustache_query *query;
	const struct asking *outer;
};

struct argument {
	struct text name;
	const struct mustache *template;
	size_t node;
};

struct renderer {
	const struct mustache_run *run;
	const struct mustache *template; /* the one being rendered */
	struct buf *out;
	struct frame frames[MOST_FRAMES];
	size_t frame_count;
	struct argument arguments[MOST_ARGUMENTS];
	size_t argument_count;
	struct text indent; /* before every line of the template */
	size_t dedent;      /* white space its lines lose first */
	bool in_line;       /* the next line of the template continues a line already indented */
	bool in_query;
	const struct asking *asking;
	unsigned depth;
	size_t steps;
	bool is_good, is_over;
};

/* The nodes from `from` up to `to` of r->template, onto r->out. */
void renderer_walk(struct renderer *r, size_t from, size_t to);
/* The same as SQL that is asked; `span` is its place.  NULL after reporting. */
const struct rows *renderer_ask(struct renderer *r, size_t from, size_t to, struct span span);

void renderer_complain(struct renderer *r, enum diag_kind kind, const struct tag_node *node, struct text a,
		       struct text b);

/*
 * The datum a tag names, NULL kind when there is none or its query has been complained of; `quietly`
 * a query without rows is nothing to complain of.
 */
struct datum renderer_find(struct renderer *r, const struct tag_node *node, bool quietly);
/* The SQL of the query that a fence names. */
void renderer_put_query(struct renderer *r, const struct tag_node *node);
/* Stands for the answer to a query that has been complained of: nothing more is said of what is in it. */
extern const struct rows renderer_unanswered;

#endif
