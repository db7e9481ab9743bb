/* SPDX-License-Identifier: MIT
 *
 * Markdown to the document tree: CommonMark by cmark, whose only user this is, and
 * what reports need besides:
 *
 *	| a | b |            pipe tables with alignment; ": 标题 {#tbl-x}" in the line below is the caption
 *	[^1]  [^1]: …        footnotes
 *	@tbl-x @fig-x @sec-x references
 *	# 标题 {#id .unnumbered .newpage .annex .landscape .nocontents}
 *	> [!note] 标题       callouts
 *	---page--- ---page landscape---   page breaks (or a fence ```pagebreak landscape)
 *	::: group … :::      blocks kept on one page; ::: small … ::: in the small size; ::: page … ::: closed up to fit
 *	one;
 *	::: place NAME … ::: in a box of the theme (layout/place.h)
 *	```kind 标题 {#id key=value}      NODE_FENCE, for compose to replace
 *
 * Raw HTML and images are errors; links go where link.h allows.  Soft line breaks
 * beside Chinese leave no space.
 */
#ifndef XINGJI_DOC_MARKDOWN_H
#define XINGJI_DOC_MARKDOWN_H

#include "doc/doc.h"

struct diag;
struct origin;
struct values;

struct markdown_options {
	struct text text;            /* UTF-8; the tree may borrow from it */
	const struct origin *origin; /* where the text came from; NULL: it is source number `source` itself */
	uint32_t source;             /* 0: nowhere */
	const struct values *values; /* what private characters in text stand for; may be NULL */
	struct diag *diag;
	bool checks_digits;          /* report digits typed by hand outside names and titles … */
	uint32_t free_source;        /* … and outside this source, whose words are bound to no data; 0: none */
};

/*
 * A NODE_DOCUMENT in arena, its footnotes last; never NULL.  Mistakes are reported
 * and what they spoil is kept as plain text.  The text of a NODE_FENCE still holds
 * its private characters: its reader decides what they become.
 */
struct node *markdown_parse(struct arena *arena, const struct markdown_options *options);

#endif
