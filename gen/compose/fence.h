/* SPDX-License-Identifier: MIT
 *
 * Fenced blocks become what they stand for: ```table, ```chart, ```panel, ```stars,
 * ```cover, ```signature, ```records, ```item-list, ```contents, ```list-of, ```attachment, ```qr (content/README.md shows each).
 */
#ifndef XINGJI_COMPOSE_FENCE_H
#define XINGJI_COMPOSE_FENCE_H

#include "compose/compose_source.h"
#include "doc/doc.h"

struct diag;
struct phrases;
struct values;

struct fence_context {
	struct arena *arena;
	struct diag *diag;
	const struct compose_source *source;
	const struct values *values; /* behind the private characters in a fence's text */
	const struct phrases *phrases;
	struct doc *doc;             /* takes the attachments; NULL: there are none */
};

/* Replaces every NODE_FENCE below root.  What is wrong is reported and leaves a paragraph behind. */
void fence_fill_all(const struct fence_context *context, struct node *root);

/*
 * The rest is shared by fence_*.c.
 *
 * Runs the SQL of a fence, its values put in as literals, and keeps it in node->query.
 * With pivot=yes the three columns (row, column, value) become a matrix.
 */
bool fence_query(const struct fence_context *context, struct node *node, struct rows *rows);
/* Makes the fence a paragraph that says `text`, still with its id; removes it when there is nothing to say. */
void fence_say(const struct fence_context *context, struct node *node, struct text text);
/* "83.3%", "1,234", "+3.2", "12": the number; false for anything else. */
bool fence_number(struct text text, double *number);
/* A value as a cell shows it: "—" for NULL, control characters but "\n" made spaces. */
struct text fence_cell(const struct fence_context *context, const struct value *value);

typedef void fence_fill(const struct fence_context *context, struct node *node);
fence_fill fence_table, fence_chart, fence_panel, fence_stars, fence_cover, fence_signature, fence_attachment, fence_records,
	fence_item_list, fence_qr;

#endif
