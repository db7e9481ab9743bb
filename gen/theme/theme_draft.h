/* SPDX-License-Identifier: MIT
 *
 * What theme.xml says, before fonts are found and names are resolved.  A theme that
 * inherits is read into the same draft as the one it inherits, after it: later
 * entries override earlier ones attribute by attribute.
 */
#ifndef XINGJI_THEME_THEME_DRAFT_H
#define XINGJI_THEME_THEME_DRAFT_H

#include "theme/theme.h"

struct arena;
struct diag;
struct xml_node;

enum { DRAFT_FACES = 64, DRAFT_COLOURS = 64, DRAFT_PAGES = 24, DRAFT_PLACES = 32 };

struct draft_face {
	struct text id, family, style, file;
	struct span span;
};

/* Identifiers of faces, separated by spaces. */
struct draft_role {
	struct text faces[2]; /* regular, bold */
	struct span spans[2];
};

struct draft_style {
	struct style style;
	struct text colour; /* its name */
	struct span span;
	bool is_given;
};

struct draft_page {
	struct page_style page; /* without styles */
	struct draft_style styles[STYLES];
	struct span span;
};

struct theme_draft {
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct draft_face faces[DRAFT_FACES];
	size_t face_count;
	struct draft_role roles[ROLES];
	struct theme_colour colours[DRAFT_COLOURS];
	size_t colour_count;
	struct draft_page pages[DRAFT_PAGES];
	size_t page_count;
	struct theme_place places[DRAFT_PLACES];
	size_t place_count;
	struct text hyphens_file;
	double loosest_em;
	struct span hyphens_span;
};

/* Reads the element <theme> over what the draft holds.  Wrong entries are reported and skipped. */
void theme_draft_read(struct theme_draft *draft, const struct xml_node *root);

/* The words of theme.xml for roles, in the order of enum role. */
extern const char *const theme_draft_roles[ROLES];

#endif
