/* SPDX-License-Identifier: MIT
 *
 * The share cards of a site: each drawn once, however many pages show it.
 */
#ifndef XINGJI_COMPOSE_SITE_CARD_H
#define XINGJI_COMPOSE_SITE_CARD_H

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "base/source.h"
#include "compose/datum.h"

struct arena;
struct site_options;

struct site_cards {
	const struct site_options *options;
	struct arena *arena;
	struct map words;           /* all the words of a card, a line each → its number */
	LIST(struct datum) made;
	struct buf key;
};

void site_cards_init(struct site_cards *cards, struct arena *arena, const struct site_options *options);
/*
 * The card of a row, or of the first of rows, as an object: path, and words for who cannot
 * see it; left as it is where there is no row.  False after reporting a column that is missing
 * or a card that cannot be drawn.
 */
bool site_cards_find(struct site_cards *cards, const struct datum *source, struct span span, struct datum *card);
void site_cards_clear(struct site_cards *cards);

#endif
