/* SPDX-License-Identifier: MIT */
#include "publish/leak_piece.h"

#include "base/arena.h"
#include "publish/leak_hunt.h"

enum {
	PIECE_LEAST = 32,  /* bytes: shorter lines are taken together */
	KNOWN_MOST = 1024, /* bytes: longer pieces are drawings and the like, of which each is another */
	KNOWN_BITS = 16,   /* of the number of pieces and runs that are kept: the addresses of a large province, too */
	BEFORE = LEAK_WIDE - 1, /* bytes of a key that may stand before a piece */
};

/* What it was looked through with, and its folded form. */
struct leak_known {
	uint64_t hash;
	unsigned char view, before, before_folded; /* view: 0, or of what view it is a run */
	bool has_keys, was_used;
	size_t size, folded_size; /* of the bytes, those before it with them; of the folded form */
	char bytes[];             /* of the text; folded before it; folded */
};

static uint64_t hash_add_bytes(uint64_t hash, struct text bytes)
{
	uint64_t word;
	size_t i = 0;
	for (; i + sizeof word <= bytes.size; i += sizeof word) {
		memcpy(&word, bytes.at + i, sizeof word);
		hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 32;
	}
	word = bytes.size;
	memcpy(&word, bytes.at + i, bytes.size - i); /* less than a word: its last byte tells how much */
	word ^= (uint64_t)bytes.size << 56;
	hash = (hash ^ word) * UINT64_C(0xC2B2AE3D27D4EB4F);
	return hash ^ hash >> 29;
}

static struct leak_known **slot_of(struct leak_pieces *pieces, uint64_t hash)
{
	if (!pieces->known) {
		const size_t size = ((size_t)1 << KNOWN_BITS) * sizeof *pieces->known;
		pieces->known = memory_resize(NULL, size);
		memset(pieces->known, 0, size);
	}
	return &pieces->known[hash >> (64 - KNOWN_BITS)];
}

void leak_pieces_forget(struct leak_pieces *pieces)
{
	for (size_t i = 0; pieces->known && i < (size_t)1 << KNOWN_BITS; i++) {
		free(pieces->known[i]);
		pieces->known[i] = NULL;
	}
}

void leak_pieces_free(struct leak_pieces *pieces)
{
	leak_pieces_forget(pieces);
	free(pieces->known);
	pieces->known = NULL;
	LIST_FREE(&pieces->list);
}

/* ---- pieces -------------------------------------------------------------------------- */

static size_t end_of_piece(struct text bytes, size_t start)
{
	if (bytes.size - start <= PIECE_LEAST)
		return bytes.size;
	const char *end = memchr(bytes.at + start + PIECE_LEAST, '\n', bytes.size - start - PIECE_LEAST);
	return end ? (size_t)(end - bytes.at) + 1 : bytes.size;
}

/* The bytes from `start` to `end`, with as many before them as a key may have there. */
static struct text with_before(struct text bytes, size_t start, size_t end, unsigned char *before)
{
	*before = (unsigned char)(start < BEFORE ? start : BEFORE);
	return text_slice(bytes, start - *before, end - start + *before);
}

static bool is_piece(const struct leak_known *known, const struct leak_known *wanted, struct text bytes,
		     struct text folded)
{
	return known->hash == wanted->hash && known->view == 0 && known->before == wanted->before &&
	       known->before_folded == wanted->before_folded && known->size == bytes.size &&
	       memcmp(known->bytes, bytes.at, bytes.size) == 0 &&
	       memcmp(known->bytes + bytes.size, folded.at, folded.size) == 0;
}

/* The piece up to `end`; its folded form is put where it is known. */
static void add_piece(struct leak_pieces *pieces, struct leak_folded *folded, size_t start, size_t end)
{
	struct leak_known wanted = { 0 };
	struct text before = with_before(leak_folded_text(folded), folded->size, folded->size, &wanted.before_folded);
	struct text bytes = with_before(folded->raw, start, end, &wanted.before);
	wanted.hash = hash_add_bytes(hash_add_bytes(wanted.before, before), bytes);
	struct leak_piece piece = { .start = start, .folded = folded->size, .hash = wanted.hash };
	struct leak_known *known = *slot_of(pieces, wanted.hash);
	if (known && is_piece(known, &wanted, bytes, before)) {
		known->was_used = true;
		piece.is_known = true;
		piece.has_keys = known->has_keys;
		const char *form = known->bytes + bytes.size + before.size;
		leak_folded_put(folded, start, (struct text){ form, known->folded_size });
	} else {
		leak_folded_add(folded, start, end);
	}
	LIST_PUSH(&pieces->list, piece);
}

void leak_pieces_cut(struct leak_pieces *pieces, struct leak_folded *folded, struct text bytes)
{
	leak_folded_begin(folded, bytes);
	pieces->list.count = 0;
	for (size_t start = 0, end; start < bytes.size; start = end) {
		end = end_of_piece(bytes, start);
		add_piece(pieces, folded, start, end);
	}
	LIST_PUSH(&pieces->list, ((struct leak_piece){ .start = bytes.size, .folded = folded->size }));
}

/* Its slot becomes free for another; one that was used since it was last asked for stays this time. */
static bool make_place(struct leak_known **slot)
{
	if (*slot && (*slot)->was_used) {
		(*slot)->was_used = false;
		return false;
	}
	free(*slot);
	*slot = NULL;
	return true;
}

void leak_pieces_know(struct leak_pieces *pieces, const struct leak_folded *folded, size_t number, bool has_keys)
{
	const struct leak_piece *piece = &pieces->list.at[number], *next = piece + 1;
	struct leak_known **slot = slot_of(pieces, piece->hash), made = { .hash = piece->hash, .has_keys = has_keys };
	if (next->start - piece->start > KNOWN_MOST || !make_place(slot))
		return;
	struct text bytes = with_before(folded->raw, piece->start, next->start, &made.before);
	struct text form = with_before(leak_folded_text(folded), piece->folded, next->folded, &made.before_folded);
	made.size = bytes.size;
	made.folded_size = next->folded - piece->folded;
	*slot = memory_resize(NULL, sizeof made + bytes.size + form.size);
	**slot = made;
	memcpy((*slot)->bytes, bytes.at, bytes.size);
	memcpy((*slot)->bytes + bytes.size, form.at, form.size);
}

/* ---- runs ------------------------------------------------------------------------------ */

bool leak_pieces_had_run(struct leak_pieces *pieces, unsigned view, struct text run)
{
	struct leak_known made = { .hash = hash_add_bytes(view, run), .view = (unsigned char)view, .size = run.size };
	struct leak_known **slot = slot_of(pieces, made.hash), *known = *slot;
	if (known && known->hash == made.hash && known->view == view && known->size == run.size &&
	    memcmp(known->bytes, run.at, run.size) == 0) {
		known->was_used = true;
		return true;
	}
	if (run.size <= KNOWN_MOST && make_place(slot)) {
		*slot = memory_resize(NULL, sizeof made + run.size);
		**slot = made;
		memcpy((*slot)->bytes, run.at, run.size);
	}
	return false;
}
