/* SPDX-License-Identifier: MIT */
/*
 * What inspectors write: the things that each area is about, and phrases with {o} for such a thing,
 * {n} and {m} for numbers (m < n).  A phrase and a thing make a note, a measure or a piece of evidence.
 */
#ifndef SAMPLE_WORDS_H
#define SAMPLE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "catalogue.h"

struct rng;

enum { WORDS_OBJECTS = 3, WORDS_TEXT_MAX = 256 };

struct area_words {
	const char *area;
	bool is_technical;                  /* about equipment rather than about papers and people */
	const char *objects[WORDS_OBJECTS];
	const char *absence;                /* why the area may not apply to an enterprise; NULL: it always does */
};

/* Which list of phrases to take from. */
enum phrase {
	PHRASE_UNMET,
	PHRASE_PARTIAL,
	PHRASE_MEASURE,
	PHRASE_EVIDENCE,
	PHRASE_EVIDENCE_OF_ABSENCE,         /* for what is unmet */
	PHRASE_FAR,                         /* unmet, and far above what the enterprise aims at */
	PHRASE_OPEN                         /* why an item was not looked at */
};

/* The words of an area; a neutral set where the table does not know it.  Never NULL. */
const struct area_words *words_find(const char *area);

/* Write a phrase about the item, chosen by chance, into text. */
void words_write(char text[WORDS_TEXT_MAX], enum phrase phrase, const struct item *item, struct rng *rng);

#endif
