/* SPDX-License-Identifier: MIT */
#include "render/fonts.h"

#include <assert.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "base/deflate.h"
#include "render/fonts_inside.h"
#include "theme/theme.h"

enum { GROWTHS_MOST = 12 };

/* ---- opening -------------------------------------------------------------- */

static int thousandths(const struct base *base, long units)
{
	long product = units * 1000, half = (long)base->em / 2;
	return (int)((product + (product < 0 ? -half : half)) / (long)base->em);
}

/* The file's PostScript name without anything that a PDF name would need escaped. */
static void read_name(struct base *base)
{
	char name[128] = "";
	unsigned size = sizeof name;
	hb_ot_name_get_utf8(base->full, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
	size_t used = 0;
	for (const char *c = name; *c && used + 1 < sizeof base->name; c++)
		if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '-')
			base->name[used++] = *c;
	base->name[used] = '\0';
	if (!used)
		memcpy(base->name, "Font", sizeof "Font");
}

static void read_metrics(struct base *base)
{
	hb_font_extents_t extents = { 0 };
	hb_font_get_h_extents(base->font, &extents);
	base->ascent = thousandths(base, extents.ascender);
	base->descent = thousandths(base, extents.descender);
	hb_position_t value = 0;
	if (!hb_ot_metrics_get_position(base->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &value) || value <= 0)
		value = (hb_position_t)(base->em * 7 / 10);
	base->cap_height = thousandths(base, value);
	float weight = hb_style_get_value(base->font, HB_STYLE_TAG_WEIGHT);
	base->stem = weight >= 600 ? 140 : 80;
	hb_blob_t *head = hb_face_reference_table(base->full, HB_TAG('h', 'e', 'a', 'd'));
	unsigned size = 0;
	const unsigned char *at = (const unsigned char *)hb_blob_get_data(head, &size);
	for (unsigned i = 0; i < 4 && size >= 54; i++) /* xMin yMin xMax yMax at 36 */
		base->box[i] = thousandths(base, (int16_t)(at[36 + 2 * i] << 8 | at[37 + 2 * i]));
	hb_blob_destroy(head);
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *blob = hb_face_reference_table(face, tag);
	bool is_there = hb_blob_get_length(blob) > 0;
	hb_blob_destroy(blob);
	return is_there;
}

static bool open_base(struct base *base, const struct face *face)
{
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(face->file);
	if (!blob)
		return false;
	base->full = hb_face_create(blob, (unsigned)face->index);
	hb_blob_destroy(blob);
	base->em = hb_face_get_upem(base->full);
	base->glyph_count = hb_face_get_glyph_count(base->full);
	base->font = hb_font_create(base->full);
	base->noted = hb_set_create();
	buf_init(&base->program, BUF_LIMIT_PAGE);
	bool is_cff = has_table(base->full, HB_TAG('C', 'F', 'F', ' '));
	base->format = is_cff ? FONT_CFF : FONT_TRUETYPE;
	if (base->glyph_count == 0 || (!is_cff && !has_table(base->full, HB_TAG('g', 'l', 'y', 'f'))))
		return false;
	read_name(base);
	read_metrics(base);
	return true;
}

void fonts_drop_cut(struct base *base)
{
	cff_clear(&base->cff);
	repeats_clear(&base->repeats);
	hb_blob_destroy(base->table);
	hb_face_destroy(base->cut);
	hb_set_destroy(base->held);
	free(base->new_of);
	base->table = NULL;
	base->cut = NULL;
	base->held = NULL;
	base->new_of = NULL;
}

struct fonts *fonts_new(const struct theme *theme, struct diag *diag)
{
	struct fonts *fonts = memory_resize(NULL, sizeof *fonts);
	*fonts = (struct fonts){ .count = theme->face_count, .deflater = deflater_new() };
	buf_init(&fonts->raw, BUF_LIMIT_PAGE);
	fonts->bases = memory_resize(NULL, (fonts->count + 1) * sizeof *fonts->bases);
	memset(fonts->bases, 0, (fonts->count + 1) * sizeof *fonts->bases);
	bool is_good = true;
	for (size_t i = 0; i < fonts->count; i++)
		if (!open_base(&fonts->bases[i], &theme->faces[i])) {
			DIAG(diag, DIAG_FONT_UNUSABLE, .a = text_from(theme->faces[i].file),
			     .b = theme->faces[i].family);
			is_good = false;
		}
	if (is_good)
		return fonts;
	fonts_free(fonts);
	return NULL;
}

void fonts_free(struct fonts *fonts)
{
	if (!fonts)
		return;
	for (size_t i = 0; i < fonts->count; i++) {
		struct base *base = &fonts->bases[i];
		fonts_drop_cut(base);
		hb_font_destroy(base->font);
		hb_face_destroy(base->full);
		hb_set_destroy(base->noted);
		free(base->codes);
		free(base->widths);
		if (base->program.limit)
			buf_clear(&base->program);
	}
	free(fonts->bases);
	deflater_free(fonts->deflater);
	buf_clear(&fonts->raw);
	free(fonts);
}

struct deflater *fonts_deflater(struct fonts *fonts)
{
	return fonts->deflater;
}

/* ---- what a run may use --------------------------------------------------- */

static void note_character(struct base *base, uint32_t character)
{
	hb_codepoint_t glyph;
	if (hb_font_get_nominal_glyph(base->font, character, &glyph) && glyph < GLYPHS_MOST)
		hb_set_add(base->noted, glyph);
}

static const uint64_t common_han[] = {
#include "render/common_han.def"
};

/* Latin, punctuation, arrows, numbers in circles, box and star shapes, full-width forms: small and often used. */
static const struct {
	uint32_t first, last;
} common_ranges[] = {
	{ 0x20, 0x7E }, { 0xA0, 0xFF }, { 0x2010, 0x2027 }, { 0x2030, 0x203B }, { 0x2103, 0x2116 }, { 0x2160, 0x217B },
	{ 0x2190, 0x2199 }, { 0x2200, 0x226F }, { 0x2460, 0x249B }, { 0x25A0, 0x25CF }, { 0x2605, 0x2606 },
	{ 0x2713, 0x2717 },
	{ 0x3000, 0x3017 }, { 0x3220, 0x3229 }, { 0x338E, 0x33C4 }, { 0xFF01, 0xFF5E }, { 0xFFE5, 0xFFE5 },
};

static void note_signs(struct base *base)
{
	for (size_t i = 0; i < sizeof common_ranges / sizeof *common_ranges; i++)
		for (uint32_t c = common_ranges[i].first; c <= common_ranges[i].last; c++)
			note_character(base, c);
}

/* More than nearly every document needs. */
static void note_default(struct base *base)
{
	note_signs(base);
	for (size_t w = 0; w < sizeof common_han / sizeof *common_han; w++)
		for (uint64_t bits = common_han[w]; bits; bits &= bits - 1)
			note_character(base, 0x4E00 + (uint32_t)w * 64 + (uint32_t)__builtin_ctzll(bits));
}

void fonts_note_set(struct fonts *fonts, const uint64_t *set)
{
	for (size_t w = 0; w < FONTS_SET_WORDS; w++)
		for (uint64_t bits = set[w]; bits; bits &= bits - 1)
			for (size_t i = 0; i < fonts->count; i++)
				note_character(&fonts->bases[i], (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(bits));
}

/* ---- cutting -------------------------------------------------------------- */

/* Tables that no document needs: what is left is outlines and their metrics. */
static const char dropped[][5] = { "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "VORG", "vhea", "vmtx",
				   "name", "OS/2", "post", "cmap", "DSIG", "gasp" };

static bool is_dropped(hb_tag_t tag)
{
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		if (tag == hb_tag_from_string(dropped[i], 4))
			return true;
	return false;
}

/*
 * The face without those tables: the subsetter would go through all characters of a face to find those of the glyphs
 * asked for, half of what cutting a face costs, though it drops the table in which they stand.
 */
static hb_face_t *bare_face(hb_face_t *full)
{
	enum { TABLES_MOST = 64 };
	hb_tag_t tags[TABLES_MOST];
	unsigned count = TABLES_MOST;
	hb_face_t *bare = hb_face_builder_create();
	hb_face_get_table_tags(full, 0, &count, tags);
	for (unsigned i = 0; i < count; i++) {
		if (is_dropped(tags[i]))
			continue;
		hb_blob_t *table = hb_face_reference_table(full, tags[i]);
		hb_face_builder_add_table(bare, tags[i], table);
		hb_blob_destroy(table);
	}
	return bare;
}

/* Hints are dropped, too: a sixth of the bytes, and no reader needs them today. */
static hb_subset_plan_t *plan_for(hb_face_t *face, const hb_set_t *glyphs)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (!input)
		return NULL;
	hb_set_union(hb_subset_input_glyph_set(input), glyphs);
	hb_subset_input_set_flags(input,
		HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG),
		           hb_tag_from_string(dropped[i], 4));
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(face, input);
	hb_subset_input_destroy(input);
	return plan;
}

bool fonts_were_cut(const struct fonts *fonts)
{
	for (size_t i = 0; i < fonts->count; i++)
		if (fonts->bases[i].was_cut)
			return true;
	return false;
}

bool fonts_open_cut(struct base *base)
{
	if (base->format != FONT_CFF) {
		hb_face_t *quick = hb_subset_preprocess(base->cut);
		hb_face_destroy(base->cut);
		base->cut = quick;
		return true;
	}
	base->table = hb_face_reference_table(base->cut, HB_TAG('C', 'F', 'F', ' '));
	unsigned size = 0;
	const char *at = hb_blob_get_data(base->table, &size);
	return cff_open(&base->cff, (struct text){ at, size });
}

static bool cut_base(struct base *base)
{
	base->was_cut = true;
	fonts_drop_cut(base);
	hb_face_t *bare = bare_face(base->full);
	hb_subset_plan_t *plan = plan_for(bare, base->noted);
	hb_face_destroy(bare); /* the plan holds it */
	hb_face_t *cut = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
	if (!cut) {
		hb_subset_plan_destroy(plan);
		return false;
	}
	/* The subsetter returns a builder; reading needs one block of bytes. */
	hb_blob_t *blob = hb_face_reference_blob(cut);
	hb_face_destroy(cut);
	base->cut = hb_face_create(blob, 0);
	hb_blob_destroy(blob);
	base->new_of = memory_resize(NULL, GLYPHS_MOST * sizeof *base->new_of);
	memset(base->new_of, 0, GLYPHS_MOST * sizeof *base->new_of);
	const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
	base->held = hb_set_copy(base->noted);
	for (hb_codepoint_t g = HB_SET_VALUE_INVALID; hb_set_next(base->held, &g);)
		base->new_of[g] = (uint16_t)hb_map_get(map, g);
	hb_subset_plan_destroy(plan);
	if (!fonts_open_cut(base))
		return false;
	if (base->format == FONT_CFF)
		repeats_find(&base->repeats, &base->cff, NULL);
	return true;
}

/*
 * The forms of what is noted that shaping may take instead, full and proportional width (setting/shape.c): a base
 * that does not hold them is cut again in each process, with the first document that shows one.
 */
static void note_forms(struct base *base)
{
	static const hb_tag_t features[] = { HB_TAG('f', 'w', 'i', 'd'), HB_TAG('p', 'w', 'i', 'd'), HB_TAG_NONE };
	hb_set_t *lookups = hb_set_create();
	hb_ot_layout_collect_lookups(base->full, HB_OT_TAG_GSUB, NULL, NULL, features, lookups);
	hb_ot_layout_lookups_substitute_closure(base->full, lookups, base->noted);
	hb_set_destroy(lookups);
}

static void prepare(struct base *base)
{
	if (!base->held || !hb_set_is_subset(base->noted, base->held))
		cut_base(base); /* a failure shows again, with a document to blame, in fonts_cut */
	else if (base->format == FONT_CFF && !base->repeats.firsts)
		repeats_find(&base->repeats, &base->cff, NULL);
}

void fonts_prepare(struct fonts *fonts)
{
	for (size_t i = 0; i < fonts->count; i++) {
		bool is_noted = !hb_set_is_empty(fonts->bases[i].noted);
		(is_noted ? note_signs : note_default)(&fonts->bases[i]);
		note_forms(&fonts->bases[i]);
		prepare(&fonts->bases[i]);
	}
}

/* A base that holds all glyphs; one that must grow often takes the default along. */
static bool hold(struct base *base, const uint16_t *glyphs, size_t count)
{
	bool is_held = base->held != NULL;
	for (size_t i = 0; i < count; i++) {
		if (glyphs[i] >= base->glyph_count)
			return false;
		is_held = is_held && hb_set_has(base->held, glyphs[i]);
		hb_set_add(base->noted, glyphs[i]);
	}
	if (is_held)
		return true;
	if (base->growths++ == GROWTHS_MOST)
		note_default(base);
	return cut_base(base);
}

/* Six letters from the glyphs, as PDF asks of subsets. */
static void write_name(const struct base *base, const uint16_t *glyphs, size_t count, char name[80])
{
	uint64_t hash = text_hash((struct text){ (const char *)glyphs, count * sizeof *glyphs });
	for (int i = 0; i < 6; i++, hash /= 26)
		name[i] = (char)('A' + hash % 26);
	snprintf(name + 6, 80 - 6, "+%s", base->name);
}

static bool cut_truetype(struct fonts *fonts, struct base *base, const uint16_t *glyphs, size_t count)
{
	hb_set_t *wanted = hb_set_create();
	for (size_t i = 0; i < count; i++)
		hb_set_add(wanted, base->new_of[glyphs[i]]);
	hb_subset_plan_t *plan = plan_for(base->cut, wanted);
	hb_face_t *face = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
	if (face) {
		const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
		for (size_t i = 0; i < count; i++)
			base->codes[i] = (uint16_t)hb_map_get(map, base->new_of[glyphs[i]]);
		hb_blob_t *blob = hb_face_reference_blob(face);
		unsigned size = 0;
		const char *at = hb_blob_get_data(blob, &size);
		buf_add(&fonts->raw, at, size);
		hb_blob_destroy(blob);
	}
	hb_face_destroy(face);
	hb_subset_plan_destroy(plan);
	hb_set_destroy(wanted);
	return fonts->raw.size > 0 &&
	       deflater_add(fonts->deflater, DEFLATE_FAST, buf_view(&fonts->raw), &base->program);
}

/* Of .notdef and the chosen glyphs, where each begins and its marks: of the base, or where it has none in `own`. */
static void mark_glyphs(const struct base *base, const struct cff_choice *choice, const struct repeats *own,
			struct deflate_piece *pieces)
{
	const struct repeats *repeats = own->firsts ? own : &base->repeats;
	size_t at = choice->outlines;
	assert(repeats->firsts); /* the base was cut, or own would have them */
	for (uint32_t i = 0; i <= choice->count; i++) {
		const uint16_t glyph = i ? choice->glyphs[i - 1] : 0;
		const uint32_t number = own->firsts ? i : glyph, first = repeats->firsts[number];
		pieces[i] = (struct deflate_piece){ (uint32_t)at, repeats->firsts[number + 1] - first,
						    repeats->marks + first };
		at += cff_glyph(&base->cff, glyph).size;
	}
}

static bool compress_cff(struct fonts *fonts, struct base *base, const struct cff_choice *choice)
{
	struct deflate_piece *pieces = memory_resize(NULL, (choice->count + 1) * sizeof *pieces);
	struct repeats own = { 0 };
	if (!base->repeats.firsts)
		repeats_find(&own, &base->cff, choice);
	mark_glyphs(base, choice, &own, pieces);
	const struct deflate_marks marks = { pieces, choice->count + 1,
					     own.firsts ? own.kinds : base->repeats.kinds };
	bool is_good = deflater_add_marked(fonts->deflater, buf_view(&fonts->raw), &marks, &base->program);
	repeats_clear(&own);
	free(pieces);
	return is_good;
}

static bool cut_cff(struct fonts *fonts, struct base *base, const uint16_t *glyphs, size_t count)
{
	uint16_t *chosen = memory_resize(NULL, (count + 1) * sizeof *chosen);
	for (size_t i = 0; i < count; i++) {
		chosen[i] = base->new_of[glyphs[i]];
		base->codes[i] = (uint16_t)(i + 1);
	}
	struct cff_choice choice = { .glyphs = chosen, .count = count };
	bool is_good = cff_write(&base->cff, text_from(base->name), &choice, &fonts->raw) &&
		       compress_cff(fonts, base, &choice);
	free(chosen);
	return is_good;
}

bool fonts_cut(struct fonts *fonts, uint16_t face, const uint16_t *glyphs, size_t count, struct font_cut *cut)
{
	struct base *base = &fonts->bases[face];
	if (face >= fonts->count || count >= 0xFFFF || !hold(base, glyphs, count))
		return false;
	base->codes = memory_resize(base->codes, (count + 1) * sizeof *base->codes);
	base->widths = memory_resize(base->widths, (count + 1) * sizeof *base->widths);
	for (size_t i = 0; i < count; i++)
		base->widths[i] = (uint16_t)thousandths(base, hb_font_get_glyph_h_advance(base->font, glyphs[i]));
	buf_reset(&fonts->raw);
	buf_reset(&base->program);
	if (!(base->format == FONT_CFF ? cut_cff : cut_truetype)(fonts, base, glyphs, count))
		return false;
	*cut = (struct font_cut){ .format = base->format, .codes = base->codes, .widths = base->widths, .count = count,
				  .program = buf_view(&base->program), .program_size = fonts->raw.size,
				  .ascent = base->ascent,
				  .descent = base->descent, .cap_height = base->cap_height, .stem = base->stem };
	memcpy(cut->box, base->box, sizeof cut->box);
	write_name(base, glyphs, count, cut->name);
	return true;
}
