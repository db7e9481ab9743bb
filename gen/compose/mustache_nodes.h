/* SPDX-License-Identifier: MIT
 *
 * A compiled template, shared by mustache.c, mustache_*.c and claim_words.c only:
 * nodes in reading order, each knowing where its subtree ends.
 */
#ifndef XINGJI_COMPOSE_MUSTACHE_NODES_H
#define XINGJI_COMPOSE_MUSTACHE_NODES_H

#include "compose/mustache.h"

enum tag_kind {
	TAG_TEXT, TAG_VALUE, TAG_RAW, TAG_SECTION, TAG_INVERTED, TAG_PARTIAL, TAG_PARENT, TAG_BLOCK, TAG_QUERY,
	TAG_CLAIM,
	TAG_ASK, /* query: name */
	TAG_CLOSE, TAG_COMMENT, TAG_DELIMITERS, /* these three leave no node */
};

struct tag_name {
	struct text whole;
	struct text *parts; /* split at dots; none for "." */
	size_t count;
	bool is_dynamic;    /* *name: the value of name is the name */
};

struct tag_node {
	enum tag_kind kind;
	bool starts_line;    /* first on its line in the template */
	bool is_standalone;  /* its tag stands alone on its line */
	size_t after;        /* index of the first node behind its subtree */
	struct tag_name name;
	struct text claim;   /* CLAIM: its kind; name is what it is about */
	struct text text;    /* TEXT */
	struct text indent;  /* PARTIAL, PARENT: before it; BLOCK: what its lines are indented by; all of them spaces and tabs */
	size_t own_indent;   /* BLOCK as an argument: bytes of indentation its own lines have */
	uint32_t start, end; /* bytes of the source, for spans */
};

struct mustache {
	struct text text;
	uint32_t source, group;
	bool is_good;
	struct tag_node *nodes;
	size_t count;
};

#endif
