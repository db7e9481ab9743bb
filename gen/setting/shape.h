/* SPDX-License-Identifier: MIT
 *
 * Characters to glyphs.
 *
 * A shaper is made once per process for a theme.  Only the theme's font files are visible; each character takes the
 * first face of its role's list that has it.  Equal strings are shaped once.
 */
#ifndef XINGJI_SETTING_SHAPE_H
#define XINGJI_SETTING_SHAPE_H

#include "base/source.h"
#include "base/text.h"
#include "theme/theme.h"

struct diag;
struct shaper;

struct glyph {
	uint32_t id;      /* glyph index in the face's own file */
	uint16_t face;    /* index into theme.faces */
	uint32_t cluster; /* byte offset into the shaped text of the first character it stands for */
	double advance;   /* all lengths in ems: multiply by the size */
	double dx, dy;    /* offset from the pen; y down */
	double scale;     /* of the glyph itself, not of its advance: 1, or what matches it to the role's first face */
};

struct shaped {
	struct text text;
	const struct glyph *glyphs; /* in visual = logical order (left to right text only) */
	size_t count;
	double width; /* ems */
	double blank_left, blank_right; /* half an em where that side of a lone mark is blank, as of （ and 。; else 0 */
};

struct shape_font {
	int8_t role; /* enum role */
	bool is_bold;
};

/*
 * NULL after reporting when a font cannot be opened or is not the declared family.  A
 * dictionary that cannot be read is reported as a warning.
 */
struct shaper *shaper_new(const struct theme *theme, struct diag *diag);
/* Reads what it would read when it is first asked for: before forking. */
void shaper_prepare(struct shaper *shaper);
void shaper_free(struct shaper *shaper);
/*
 * Shapes one line's worth of text (no line breaks inside).  Valid until shaper_free.
 * A character that no face has is reported once per place as an error naming
 * `span`, and drawn as 〓 (never as a box of digits).
 */
const struct shaped *shape_text(struct shaper *shaper, struct text text, struct shape_font font, struct span span);
/* Whether it holds a character that no face has. */
bool shape_is_missing(const struct shaped *shaped);
/* What was set with it (kept.h): for line_kept.c and its tests. */
struct kept;
struct kept *shape_kept(struct shaper *shaper);
/* Whether the theme can show a character: some face has it, or it shows nothing. */
bool shape_has(const struct shaper *shaper, uint32_t character);
/*
 * Whether some list of the theme that begins with a bold face has to set the character in a face that is not
 * bold: it looks thin among its neighbours.  False where no face has it.
 */
bool shape_is_thin(const struct shaper *shaper, uint32_t character);
/* For line.c: the dictionary of the theme (NULL: words are not divided) and its bound, in ems. */
struct hyphenator;
struct shape_hyphens {
	struct hyphenator *hyphenator;
	double loosest_em;
};
struct shape_hyphens shape_hyphens(const struct shaper *shaper);

#endif
