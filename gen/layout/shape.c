/* SPDX-License-Identifier: MIT
 *
 * Fontconfig and Pango find and open the theme's faces and nothing else; HarfBuzz
 * shapes with them in font units, so nothing is hinted or rounded.
 *
 * Three layers: single characters of the BMP in tables (Chinese is set character
 * by character, so this is the hot path), whole strings in a map, and below both
 * the shaping of one run of one face.
 */
#include "layout/shape.h"

#include <stdlib.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/list.h"
#include "base/map.h"
#include "base/utf8.h"

enum { FONTS = ROLES * 2, PAGE_SIZE = 256, NO_FACE = 0xFFFF };
#define GETA UINT32_C(0x3013) /* 〓, the printer's mark for a missing sort */

struct shape_face {
	PangoFont *pango; /* holds the file */
	hb_font_t *font;  /* ours: scaled to font units, OpenType functions */
	double em;
	double figure; /* advance of every digit, in ems */
};

struct entry {
	struct shaped shaped; /* first, so that a result leads back to its entry */
	bool is_missing;      /* holds a character that no face has */
};

struct char_page {
	const struct entry *entries[PAGE_SIZE];
};

struct shaper {
	struct arena *arena;
	const struct theme *theme;
	struct diag *diag;
	FcConfig *config;
	PangoFontMap *fonts;
	PangoContext *context;
	struct shape_face *faces;
	hb_buffer_t *buffer;
	struct char_page *pages[FONTS][PAGE_SIZE];
	struct map strings; /* key: font byte, text */
	LIST(const struct entry *) entries;
	struct map complaints; /* key: place and character */
	struct buf key;
	LIST(struct glyph) glyphs; /* scratch of one shaping */
};

static const FcPattern *pattern_of(const FcFontSet *set, const struct face *face)
{
	for (int i = 0; i < set->nfont; i++) {
		FcChar8 *file;
		int index;
		if (FcPatternGetString(set->fonts[i], FC_FILE, 0, &file) == FcResultMatch &&
		    FcPatternGetInteger(set->fonts[i], FC_INDEX, 0, &index) == FcResultMatch &&
		    strcmp((const char *)file, face->file) == 0 && index == face->index)
			return set->fonts[i];
	}
	return NULL;
}

static bool has_family(const FcPattern *pattern, struct text family)
{
	FcChar8 *name;
	for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
		if (text_equal(text_from((const char *)name), family))
			return true;
	return false;
}

/*
 * Adds the one face, not its whole collection: scanning a collection of ten faces
 * costs fifty times as much, and what is not there cannot be matched by mistake.
 */
static bool face_make_visible(const struct shaper *shaper, FcFontSet *set, const struct face *face)
{
	if (pattern_of(set, face))
		return true;
	int count;
	FcPattern *pattern = FcFreeTypeQuery((const FcChar8 *)face->file, (unsigned)face->index, NULL, &count);
	if (!pattern || !has_family(pattern, face->family)) {
		DIAG(shaper->diag, DIAG_FONT_UNUSABLE, .a = text_from(face->file), .b = face->family);
		if (pattern)
			FcPatternDestroy(pattern);
		return false;
	}
	return FcFontSetAdd(set, pattern);
}

static bool fonts_open(struct shaper *shaper)
{
	shaper->config = FcConfigCreate();
	/* Refused, but it makes the empty set of application fonts that has no other maker. */
	FcConfigAppFontAddFile(shaper->config, (const FcChar8 *)"");
	FcFontSet *set = FcConfigGetFonts(shaper->config, FcSetApplication);
	if (!set)
		return false;
	/* Or else Pango starts a thread that loads the machine's own configuration. */
	FcConfigSetCurrent(shaper->config);
	bool good = true;
	for (size_t i = 0; i < shaper->theme->face_count; i++)
		good = face_make_visible(shaper, set, &shaper->theme->faces[i]) && good;
	shaper->fonts = pango_ft2_font_map_new();
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(shaper->fonts), shaper->config);
	shaper->context = pango_font_map_create_context(shaper->fonts);
	return good;
}

static gboolean keep_first(PangoFontset *set, PangoFont *font, gpointer first_pointer)
{
	PangoFont **first = first_pointer;
	(void)set;
	if (!*first)
		*first = g_object_ref(font);
	return FALSE;
}

/*
 * The best match.  Asking for the whole list waits for the thread in which Pango
 * sorts it, so that nothing runs beside us when workers are forked.
 */
static PangoFont *font_match(struct shaper *shaper, const PangoFontDescription *description)
{
	PangoFont *first = NULL;
	PangoFontset *set = pango_font_map_load_fontset(shaper->fonts, shaper->context, description, pango_language_from_string("zh-cn"));
	if (set)
		pango_fontset_foreach(set, keep_first, &first);
	g_clear_object(&set);
	return first;
}

static bool face_open(struct shaper *shaper, size_t index)
{
	const struct face *face = &shaper->theme->faces[index];
	struct shape_face *opened = &shaper->faces[index];
	const FcPattern *wanted = pattern_of(FcConfigGetFonts(shaper->config, FcSetApplication), face);
	FcPattern *copy = FcPatternDuplicate(wanted); /* Pango's parameter is not const */
	PangoFontDescription *description = pango_fc_font_description_from_pattern(copy, FALSE);
	FcPatternDestroy(copy);
	pango_font_description_set_absolute_size(description, 1000.0 * PANGO_SCALE);
	opened->pango = font_match(shaper, description);
	pango_font_description_free(description);
	FcChar8 *file = NULL;
	int found_index = -1;
	if (opened->pango) {
		FcPattern *found = pango_fc_font_get_pattern(PANGO_FC_FONT(opened->pango));
		FcPatternGetString(found, FC_FILE, 0, &file);
		FcPatternGetInteger(found, FC_INDEX, 0, &found_index);
	}
	if (!file || strcmp((const char *)file, face->file) != 0 || found_index != face->index) {
		DIAG(shaper->diag, DIAG_FONT_UNUSABLE, .a = text_from(face->file), .b = face->family);
		return false;
	}
	hb_face_t *hb_face = hb_font_get_face(pango_font_get_hb_font(opened->pango));
	opened->font = hb_font_create(hb_face);
	opened->em = hb_face_get_upem(hb_face);
	hb_font_make_immutable(opened->font);
	hb_codepoint_t zero;
	if (opened->em > 0 && hb_font_get_nominal_glyph(opened->font, '0', &zero))
		opened->figure = hb_font_get_glyph_h_advance(opened->font, zero) / opened->em;
	return opened->em > 0;
}

struct shaper *shaper_new(const struct theme *theme, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct shaper *shaper = ARENA_NEW(arena, struct shaper);
	shaper->arena = arena;
	shaper->theme = theme;
	shaper->diag = diag;
	shaper->buffer = hb_buffer_create();
	shaper->faces = ARENA_ARRAY(arena, struct shape_face, theme->face_count + 1);
	buf_init(&shaper->key, BUF_LIMIT_PAGE);
	bool good = fonts_open(shaper);
	for (size_t i = 0; good && i < theme->face_count; i++)
		good = face_open(shaper, i);
	if (good)
		return shaper;
	shaper_free(shaper);
	return NULL;
}

/* Pango's threads give back their last references a moment after they have answered: wait, but not for ever. */
static void fonts_close(struct shaper *shaper)
{
	GWeakRef last;
	g_weak_ref_init(&last, shaper->fonts);
	g_clear_object(&shaper->fonts);
	for (int i = 0; i < 200; i++) {
		GObject *alive = g_weak_ref_get(&last);
		if (!alive)
			break;
		g_object_unref(alive);
		g_usleep(500);
	}
	g_weak_ref_clear(&last);
}

void shaper_free(struct shaper *shaper)
{
	if (!shaper)
		return;
	for (size_t i = 0; i < shaper->theme->face_count; i++) {
		hb_font_destroy(shaper->faces[i].font);
		g_clear_object(&shaper->faces[i].pango);
	}
	hb_buffer_destroy(shaper->buffer);
	g_clear_object(&shaper->context);
	/* Pango's map takes a reference to its configuration and forgets to give it back. */
	if (shaper->fonts)
		pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(shaper->fonts), NULL);
	fonts_close(shaper);
	FcConfigDestroy(shaper->config);
	FcFini(); /* the reference of FcConfigSetCurrent */
	map_clear(&shaper->strings);
	map_clear(&shaper->complaints);
	LIST_FREE(&shaper->entries);
	LIST_FREE(&shaper->glyphs);
	buf_clear(&shaper->key);
	arena_free(shaper->arena);
}

static bool face_has(const struct shaper *shaper, size_t face, uint32_t character)
{
	hb_codepoint_t glyph;
	return hb_font_get_nominal_glyph(shaper->faces[face].font, character, &glyph) && glyph != 0;
}

/* The first face of the font's list that has the character, else any face of the theme, else NO_FACE. */
static uint16_t face_for(const struct shaper *shaper, struct shape_font font, uint32_t character)
{
	const int *list = shaper->theme->role_faces[font.role][font.is_bold];
	for (int i = 0; i < ROLE_FACES_MOST && list[i] >= 0; i++)
		if (face_has(shaper, (size_t)list[i], character))
			return (uint16_t)list[i];
	for (size_t i = 0; i < shaper->theme->face_count; i++)
		if (face_has(shaper, i, character))
			return (uint16_t)i;
	return NO_FACE;
}

/* Characters that only make sense on the one before them: marks and variation selectors. */
static bool is_attached(uint32_t character)
{
	return utf8_width(character) == 0 && character >= 0x300 && !utf8_is_invisible(character);
}

static bool is_silent(uint32_t character)
{
	return utf8_is_invisible(character) || (character < 0x20 && character != '\t') || (character >= 0x7F && character < 0xA0);
}

/* What is shaped in place of a character: white space of all kinds is a space. */
static uint32_t shown_as(uint32_t character)
{
	bool is_space = character == '\t' || character == 0xA0 || (character >= 0x2000 && character <= 0x200A) || character == 0x202F;
	return is_space ? ' ' : character;
}

bool shape_has(const struct shaper *shaper, uint32_t character)
{
	const struct shape_font font = { .role = ROLE_SONG };
	return is_silent(character) || is_attached(character) || face_for(shaper, font, shown_as(character)) != NO_FACE;
}

/*
 * How a character is shaped.  Full-width ones stand alone: no kerning, exactly
 * their advance.  Dashes join their like: —— is one glyph in many faces.
 */
enum manner { MANNER_WORD, MANNER_ALONE, MANNER_DASH };

static bool is_letter(struct text text, size_t offset)
{
	return offset < text.size && ((text.at[offset] | 0x20) >= 'a' && (text.at[offset] | 0x20) <= 'z');
}

static enum manner manner_of(struct text text, size_t start, size_t end, uint32_t character)
{
	if (character == 0x2014)
		return MANNER_DASH;
	if (character == 0x2019 && start > 0 && is_letter(text, start - 1) && is_letter(text, end))
		return MANNER_WORD; /* an apostrophe */
	bool is_mark = character == 0xB7 || (character >= 0x2018 && character <= 0x201F) || (character >= 0x2024 && character <= 0x2026);
	return is_mark || utf8_width(character) == 2 ? MANNER_ALONE : MANNER_WORD;
}

/* Digits of one width in every face: centre each in the advance of zero. */
static void make_tabular(const struct shape_face *used, struct glyph *glyph, struct text text)
{
	char byte = glyph->cluster < text.size ? text.at[glyph->cluster] : 0;
	if (byte < '0' || byte > '9' || used->figure <= 0)
		return;
	double own = hb_font_get_glyph_h_advance(used->font, glyph->id) / used->em;
	glyph->dx = (used->figure - own) / 2;
	glyph->advance = used->figure;
}

static void run_flush(struct shaper *shaper, struct text text, uint16_t face, enum manner manner)
{
	if (hb_buffer_get_length(shaper->buffer) == 0)
		return;
	/* No ligatures and no fractions: every character of a name or number stays itself. */
	static const hb_feature_t word[] = {
		{ HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
		{ HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
		{ HB_TAG('p', 'w', 'i', 'd'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
	};
	static const hb_feature_t alone[] = {
		{ HB_TAG('f', 'w', 'i', 'd'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
		{ HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
	};
	const struct shape_face *used = &shaper->faces[face];
	bool is_word = manner == MANNER_WORD;
	hb_buffer_set_content_type(shaper->buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
	hb_buffer_set_direction(shaper->buffer, HB_DIRECTION_LTR);
	hb_buffer_set_language(shaper->buffer, hb_language_from_string("zh-Hans", -1));
	hb_buffer_set_flags(shaper->buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_buffer_guess_segment_properties(shaper->buffer);
	hb_shape(used->font, shaper->buffer, is_word ? word : alone, is_word ? 3 : 2);
	unsigned count;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(shaper->buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(shaper->buffer, &count);
	for (unsigned i = 0; i < count; i++) {
		struct glyph *glyph = LIST_ADD(&shaper->glyphs);
		*glyph = (struct glyph){
			.id = infos[i].codepoint, .face = face, .cluster = infos[i].cluster,
			.advance = positions[i].x_advance / used->em,
			.dx = positions[i].x_offset / used->em, .dy = -positions[i].y_offset / used->em,
		};
		make_tabular(used, glyph, text);
	}
	hb_buffer_reset(shaper->buffer);
}

static bool shape_runs(struct shaper *shaper, struct text text, struct shape_font font)
{
	uint16_t face = NO_FACE;
	enum manner manner = MANNER_WORD;
	bool is_missing = false;
	hb_buffer_reset(shaper->buffer);
	for (size_t offset = 0; offset < text.size;) {
		size_t start = offset;
		uint32_t character = utf8_next(text, &offset);
		if (is_silent(character))
			continue;
		if (is_attached(character) && face != NO_FACE && face_has(shaper, face, character)) {
			hb_buffer_add(shaper->buffer, character, (unsigned)start);
			continue;
		}
		/* A variation selector that the face does not know is dropped: the plain form stays. */
		if ((character & 0xFFFFFFF0) == 0xFE00 || (character >= 0xE0100 && character <= 0xE01EF))
			continue;
		character = shown_as(character);
		uint16_t wanted = face_for(shaper, font, character);
		if (wanted == NO_FACE) {
			is_missing = true;
			character = GETA;
			wanted = face_for(shaper, font, character);
			if (wanted == NO_FACE)
				continue;
		}
		enum manner next = manner_of(text, start, offset, character);
		if (wanted != face || next != manner || next == MANNER_ALONE)
			run_flush(shaper, text, face, manner);
		face = wanted;
		manner = next;
		hb_buffer_add(shaper->buffer, character, (unsigned)start);
	}
	run_flush(shaper, text, face, manner);
	return is_missing;
}

static const struct entry *entry_new(struct shaper *shaper, struct text text, struct shape_font font)
{
	struct entry *entry = ARENA_NEW(shaper->arena, struct entry);
	shaper->glyphs.count = 0;
	entry->is_missing = shape_runs(shaper, text, font);
	size_t count = shaper->glyphs.count;
	struct glyph *glyphs = ARENA_ARRAY(shaper->arena, struct glyph, count);
	if (count)
		memcpy(glyphs, shaper->glyphs.at, count * sizeof *glyphs);
	for (size_t i = 0; i < count; i++)
		entry->shaped.width += glyphs[i].advance;
	entry->shaped.text = text;
	entry->shaped.glyphs = glyphs;
	entry->shaped.count = count;
	return entry;
}

/* The place in the table for a text of a single BMP character, else NULL. */
static const struct entry **single_slot(struct shaper *shaper, struct text text, size_t font)
{
	if (text.size == 0 || text.size > 3)
		return NULL;
	size_t offset = 0;
	uint32_t character = utf8_next(text, &offset);
	if (offset != text.size || character > 0xFFFF)
		return NULL;
	struct char_page **page = &shaper->pages[font][character >> 8];
	if (!*page)
		*page = ARENA_NEW(shaper->arena, struct char_page);
	return &(*page)->entries[character & 0xFF];
}

static const struct entry *string_entry(struct shaper *shaper, struct text text, struct shape_font font)
{
	buf_reset(&shaper->key);
	buf_byte(&shaper->key, (char)('0' + font.role * 2 + font.is_bold));
	buf_text(&shaper->key, text);
	const uint32_t *found = map_find(&shaper->strings, buf_view(&shaper->key));
	if (found)
		return shaper->entries.at[*found];
	struct text key = text_copy(shaper->arena, buf_view(&shaper->key));
	const struct entry *entry = entry_new(shaper, text_slice(key, 1, key.size), font);
	map_add(&shaper->strings, key, (uint32_t)shaper->entries.count);
	LIST_PUSH(&shaper->entries, entry);
	return entry;
}

static void report_missing(struct shaper *shaper, struct text text, struct shape_font font, struct span span)
{
	for (size_t offset = 0; offset < text.size;) {
		size_t start = offset;
		uint32_t character = utf8_next(text, &offset);
		if (is_silent(character) || is_attached(character) || face_for(shaper, font, shown_as(character)) != NO_FACE)
			continue;
		buf_reset(&shaper->key);
		buf_format(&shaper->key, "%u:%u:%X", span.source, span.start, character);
		struct text key = text_copy(shaper->arena, buf_view(&shaper->key));
		if (map_find(&shaper->complaints, key))
			continue;
		map_add(&shaper->complaints, key, 1);
		DIAG(shaper->diag, DIAG_CHAR_MISSING, .span = span, .a = text_format(shaper->arena, "U+%04X", character),
		     .b = text_slice(text, start, offset - start));
	}
}

const struct shaped *shape_text(struct shaper *shaper, struct text text, struct shape_font font, struct span span)
{
	const struct entry **slot = single_slot(shaper, text, (size_t)font.role * 2 + font.is_bold);
	if (slot && !*slot)
		*slot = entry_new(shaper, text_copy(shaper->arena, text), font);
	const struct entry *entry = slot ? *slot : string_entry(shaper, text, font);
	if (entry->is_missing)
		report_missing(shaper, text, font, span);
	return &entry->shaped;
}

void shape_extents(struct shaper *shaper, struct shape_font font, double *ascent, double *descent)
{
	*ascent = 0.88;
	*descent = 0.12;
	int face = shaper->theme->role_faces[font.role][font.is_bold][0];
	hb_font_extents_t extents;
	if (face < 0 || !hb_font_get_h_extents(shaper->faces[face].font, &extents))
		return;
	*ascent = extents.ascender / shaper->faces[face].em;
	*descent = -extents.descender / shaper->faces[face].em;
}
