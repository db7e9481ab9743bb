/* SPDX-License-Identifier: MIT
 *
 * The theme's faces, opened by HarfBuzz: which file is which face the theme has found (theme/font_files.h); here it is
 * seen to be the family declared.  Nothing is looked for on the machine, and no table of a file read that nobody asks.
 */
#ifndef XINGJI_SETTING_FACES_H
#define XINGJI_SETTING_FACES_H

#include <hb.h>

#include "theme/theme.h"

struct diag;

struct face_font {
	hb_font_t *font;  /* scaled to font units, OpenType functions */
	double em;
	double figure;    /* advance of every digit, in ems */
	bool has_apostrophe; /* narrow quotation marks for Latin words */
	/* how large Han characters are drawn, and where their middle is above the baseline; ems; 0: it has none */
	double body, middle;
};

struct faces; /* face_font by index of theme.faces */

/* NULL after reporting when a font cannot be opened or is not the declared family. */
struct faces *faces_open(const struct theme *theme, struct diag *diag);
void faces_close(struct faces *faces); /* NULL allowed */
const struct face_font *faces_font(const struct faces *faces, size_t face);

#endif
