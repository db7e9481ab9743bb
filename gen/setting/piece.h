/* SPDX-License-Identifier: MIT
 *
 * Text and inline nodes to pieces: strong in 黑, emphasis in 楷, 着重号, code,
 * links, references, footnote marks.
 *
 * A piece is a stretch of text in one manner; a paragraph is a row of them.  Links and
 * their tags are put down in the typesetter, which counts them.
 */
#ifndef XINGJI_SETTING_PIECE_H
#define XINGJI_SETTING_PIECE_H

#include "base/source.h"
#include "setting/shape.h"

struct node; /* doc/doc.h */
struct typesetter;

/* A stretch of text in one manner. */
struct piece {
	struct text text;
	struct shape_font font;
	double size_pt, rise_pt;
	double track_pt; /* added to the advance of every full-width character */
	struct colour colour;
	int32_t tag;    /* index into typesetter.tags; -1: an artifact */
	int32_t link;   /* index into typesetter.links, or -1 */
	struct span span;
	bool is_note_mark; /* one BOX_NOTE_MARK, whatever it says */
	bool is_dotted; /* 着重号: a dot below each Han character */
	bool is_code;   /* no gaps beside it and breakable anywhere */
};

/* Text in a style's manner. */
struct piece piece_from(const struct style *style, struct text text, int32_t tag, struct span span);
/* Appends the pieces of node's inline children (or of its text when it has none) to typesetter.pieces. */
void piece_collect(struct typesetter *typesetter, const struct node *node, const struct style *style, int32_t tag);
/* Makes `piece` the footnote mark behind what it was: number, link, tag, raised. */
void piece_note_mark(struct typesetter *typesetter, const struct node *mark, struct piece *piece);
/* Registers a link and returns what piece.link wants; without a description the target is said. */
int32_t piece_link(struct typesetter *typesetter, struct text target, struct text description);

#endif
