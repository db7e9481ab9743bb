/* SPDX-License-Identifier: MIT
 *
 * The pieces of which the searched texts consist, so that what every page repeats is looked through once a scan.
 *
 * A piece is a line, or a few short ones.  What the scan looks for first are a few bytes in a row (leak_index.h), and
 * which of them end in a piece depends on nothing but the piece and the few bytes before it, as they are and folded.
 * So of a piece that stood behind the same bytes before, with no key of any value in it, nothing is left to be found;
 * and it need not be folded again.  Where keys did stand in it they are looked up each time: whether the value stands
 * there, too, is for what surrounds the piece to say.
 *
 * Runs of digits (leak_view.h) are known as wholes: what they decode to lies between two zeros, whatever page it is on.
 *
 * Few pieces are kept, those that come again rather than those that were there last; what is forgotten costs time.
 */
#ifndef XINGJI_PUBLISH_LEAK_PIECE_H
#define XINGJI_PUBLISH_LEAK_PIECE_H

#include "base/list.h"
#include "base/text.h"

struct leak_folded;

struct leak_piece {
	size_t start, folded; /* where it begins, in the bytes and in their folded form */
	uint64_t hash;
	bool is_known;        /* it was looked through */
	bool has_keys;        /* … and keys were in it */
};

struct leak_pieces {
	LIST(struct leak_piece) list; /* of the bytes that were cut last, and one more where they end */
	struct leak_known **known;    /* by hash; NULL: nothing yet */
};

/* Nothing is known any more. */
void leak_pieces_forget(struct leak_pieces *pieces);
void leak_pieces_free(struct leak_pieces *pieces);
/* Cuts the bytes, and sets `folded` as leak_folded_set does. */
void leak_pieces_cut(struct leak_pieces *pieces, struct leak_folded *folded, struct text bytes);
/* Piece `number` of those bytes, which are UTF-8 throughout, was looked through. */
void leak_pieces_know(struct leak_pieces *pieces, const struct leak_folded *folded, size_t number, bool has_keys);

/* Was there such a run in such a view (a number below 256)?  From now on there was. */
bool leak_pieces_had_run(struct leak_pieces *pieces, unsigned view, struct text run);

#endif
