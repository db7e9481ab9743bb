/* SPDX-License-Identifier: MIT
 *
 * Bases as bytes, from one run to the next: face by face a head, the glyphs that it holds and their numbers in it, and
 * the table of their outlines (of TrueType the whole file).  Numbers are as this machine writes them: nobody reads them
 * but the same program.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "render/fonts_inside.h"

struct head {
	uint32_t glyph_count, format, held, size; /* glyphs of the full face; of those held; bytes of the outlines */
	char name[64];
};

static struct text bytes_of(const struct base *base, hb_blob_t **blob)
{
	unsigned size = 0;
	*blob = base->table ? hb_blob_reference(base->table) : hb_face_reference_blob(base->cut);
	const char *at = hb_blob_get_data(*blob, &size);
	return (struct text){ at, size };
}

static void write_base(const struct base *base, struct buf *out)
{
	hb_blob_t *blob;
	const struct text bytes = bytes_of(base, &blob);
	struct head head = { base->glyph_count, base->format, hb_set_get_population(base->held),
			     (uint32_t)bytes.size, "" };
	memcpy(head.name, base->name, sizeof head.name);
	buf_add(out, &head, sizeof head);
	for (hb_codepoint_t g = HB_SET_VALUE_INVALID; hb_set_next(base->held, &g);) {
		const uint16_t pair[] = { (uint16_t)g, base->new_of[g] };
		buf_add(out, pair, sizeof pair);
	}
	buf_text(out, bytes);
	hb_blob_destroy(blob);
}

bool fonts_write_bases(const struct fonts *fonts, struct buf *out)
{
	for (size_t i = 0; i < fonts->count; i++) {
		if (!fonts->bases[i].held)
			return false;
		write_base(&fonts->bases[i], out);
	}
	return !out->overflowed;
}

static bool take(struct text *rest, size_t size, struct text *part)
{
	if (size > rest->size)
		return false;
	*part = text_slice(*rest, 0, size);
	*rest = text_slice(*rest, size, rest->size);
	return true;
}

static void hold_pairs(struct base *base, struct text pairs)
{
	base->held = hb_set_create();
	base->new_of = memory_resize(NULL, GLYPHS_MOST * sizeof *base->new_of);
	memset(base->new_of, 0, GLYPHS_MOST * sizeof *base->new_of);
	for (size_t at = 0; at < pairs.size; at += 2 * sizeof(uint16_t)) {
		uint16_t pair[2];
		memcpy(pair, pairs.at + at, sizeof pair);
		base->new_of[pair[0]] = pair[1];
		hb_set_add(base->held, pair[0]);
	}
	hb_set_union(base->noted, base->held);
}

/* The table in a face of its own, or what is such a face. */
static hb_face_t *face_of(const struct base *base, struct text bytes)
{
	hb_blob_t *blob = hb_blob_create(bytes.at, (unsigned)bytes.size, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *face = base->format == FONT_CFF ? hb_face_builder_create() : hb_face_create(blob, 0);
	if (base->format == FONT_CFF)
		hb_face_builder_add_table(face, HB_TAG('C', 'F', 'F', ' '), blob);
	hb_blob_destroy(blob);
	return face;
}

static bool read_base(struct base *base, struct text *rest)
{
	struct text part, pairs, bytes;
	struct head head;
	if (!take(rest, sizeof head, &part))
		return false;
	memcpy(&head, part.at, sizeof head);
	if (head.glyph_count != base->glyph_count || head.format != (uint32_t)base->format ||
	    memcmp(head.name, base->name, sizeof head.name) != 0 ||
	    !take(rest, (size_t)head.held * 2 * sizeof(uint16_t), &pairs) || !take(rest, head.size, &bytes))
		return false;
	fonts_drop_cut(base);
	hold_pairs(base, pairs);
	base->cut = face_of(base, bytes);
	return fonts_open_cut(base);
}

bool fonts_read_bases(struct fonts *fonts, struct text kept)
{
	bool is_good = true;
	for (size_t i = 0; i < fonts->count && is_good; i++)
		is_good = read_base(&fonts->bases[i], &kept);
	for (size_t i = 0; i < fonts->count && (!is_good || kept.size); i++)
		fonts_drop_cut(&fonts->bases[i]);
	return is_good && !kept.size;
}
