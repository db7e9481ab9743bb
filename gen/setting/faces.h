/* SPDX-License-Identifier: MIT
 *
 * The theme's faces, opened: the only user of Pango and Fontconfig.
 *
 * They find and open the theme's files and nothing else (a private configuration in
 * memory); shape.c shapes with HarfBuzz's fonts, in font units.
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
