/* SPDX-License-Identifier: MIT
 *
 * Inside of line setting; only line.c and line_kept.c include this.  What line.h promises, done anew each
 * time, of pieces whose quotes are curled already (quote.h).
 */
#ifndef XINGJI_SETTING_LINE_FRESH_H
#define XINGJI_SETTING_LINE_FRESH_H

#include "setting/line.h"

/* line_set_paragraph */
void line_fresh_paragraph(struct typesetter *typesetter, const struct piece *pieces, size_t piece_count,
			  const struct line_options *options);
/* The paragraph that was just set, which is one line, placed once more: not justified, in a measure of its own. */
void line_fresh_again(struct typesetter *typesetter, const struct piece *piece, const struct line_options *options);
/* line_measure */
struct line_extent line_fresh_extent(struct typesetter *typesetter, const struct piece *piece);
/* line_set_text */
double line_fresh_text(struct typesetter *typesetter, const struct piece *piece, struct path_point baseline);
/* How far from the left a line stands that has so much room left (`enum align`). */
double line_align_offset(int8_t align, double slack);

#endif
