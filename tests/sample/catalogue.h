/* SPDX-License-Identifier: MIT */
/*
 * The items of one model, read from data/models/ with a scanner that knows just enough XML for our own
 * catalogues: tags, double- or single-quoted attributes, comments.  No entities, no DOCTYPE, no namespaces.
 */
#ifndef SAMPLE_CATALOGUE_H
#define SAMPLE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct area_words;

enum { CATALOGUE_ITEMS_MAX = 2048, CATALOGUE_LEVELS_MAX = 9 };

enum element { ELEMENT_UNITS, ELEMENT_RULES, ELEMENT_TOOLS, ELEMENT_PEOPLE, ELEMENT_COUNT };

struct item {
	const char *id;
	const char *area;               /* PA01 */
	const char *department;         /* of its advice; "" where there is none */
	const struct area_words *words; /* what the notes about it speak of */
	enum element element;
	int level;
	uint32_t weight_milli;
	uint8_t weakness;               /* 1 … 10: how often its class is found unmet */
	bool is_veto;
};

struct level {
	const char *name, *label;
};

struct catalogue {
	char *text;                     /* the file; every string above points into it */
	struct item items[CATALOGUE_ITEMS_MAX];
	size_t count;
	struct level levels[CATALOGUE_LEVELS_MAX + 1]; /* by number; [0] is unused */
	int top;                        /* the highest level */
};

/*
 * Read the model named id from the *.xml files of folder (or of folder/models).
 *
 * Returns false after a line on stderr when no file there holds it or it cannot be used.  The strings live
 * until catalogue_clear.
 */
bool catalogue_load(struct catalogue *catalogue, const char *folder, const char *id);

void catalogue_clear(struct catalogue *catalogue);

/* How a level is written: 0 the label, 1 the name, 2 the number; level 0 is 未达标. */
const char *catalogue_level(const struct catalogue *catalogue, int level, unsigned form);

#endif
