/* SPDX-License-Identifier: MIT
 *
 * A claim as a document or a page of the site printed it, held against its rows, and what is said of one that is
 * not so.
 */
#ifndef XINGJI_COMPOSE_CLAIM_HEAR_H
#define XINGJI_COMPOSE_CLAIM_HEAR_H

#include <stdbool.h>

#include "base/text.h"

struct arena;
struct diag;
struct mustache_claim;

/*
 * words: the claim as it is read, without marks of Markdown or HTML; they live as long as arena.  True where the
 * rows say so too, or where it is of kind plain; else reported, as are an unknown kind and rows without its columns.
 */
bool claim_hear(struct arena *arena, struct diag *diag, const struct mustache_claim *claim, struct text words);
/* A piece of a page as it is read: no tags, no comments, characters for their entities.  In arena. */
struct text claim_read_html(struct arena *arena, struct text html);

#endif
