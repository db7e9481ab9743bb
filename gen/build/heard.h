/* SPDX-License-Identifier: MIT
 *
 * What the pages of the site claim, for who asks where a sentence of theirs comes from: the site is made as for
 * publishing, and thrown away.
 */
#ifndef XINGJI_BUILD_HEARD_H
#define XINGJI_BUILD_HEARD_H

#include "base/list.h"
#include "base/source.h"

struct build;
struct rows;
struct site_claim;

/* A claim of a template, as the first page that makes it has it. */
struct heard_claim {
	struct text path, kind, subject, words; /* of the page, relative to public/; as in the tag; as they are read */
	struct text query;                      /* that gave the rows */
	struct span span;                       /* of the tag */
	const struct rows *rows;
	size_t pages;                           /* that make it, this one too */
};

struct heard {
	struct build *build;
	bool (*is_wanted)(void *context, struct text subject, struct text words);
	void *context;
	LIST(struct heard_claim) claims;
};

/*
 * Makes the site (where content/ has one) in scope public and notes the claims that are wanted; texts and rows live
 * in build->scratch.  False after reporting.  clear frees.
 */
bool heard_on_site(struct heard *heard);
void heard_clear(struct heard *heard);

#endif
