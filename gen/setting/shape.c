/* SPDX-License-Identifier: MIT
 *
 * HarfBuzz shapes in font units, so nothing is hinted or rounded.
 *
 * Three layers: single characters of the BMP in tables (Chinese is set character
 * by character, so this is the hot path), whole strings in a map, and below both
 * the shaping of one run of one face.
 */
#include "setting/shape.h"

#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/list.h"
#include "base/map.h"
#include "base/utf8.h"
#include "setting/class.h"
#include "setting/faces.h"
#include "setting/hyphen.h"
#include "setting/kept.h"

enum { FONTS = ROLES * 2, PAGE_SIZE = 256, NO_FACE = 0xFFFF, MARKS_MOST = 30 };
#define GETA UINT32_C(0x3013) /* 〓, the printer's mark for a missing sort */

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
	struct faces *faces;
	hb_buffer_t *buffer;
	uint16_t first_face; /* of the role being shaped: others are matched to it */
	struct char_page *pages[FONTS][PAGE_SIZE];
	struct map strings; /* key: font byte, text */
	LIST(const struct entry *) entries;
	struct map complaints; /* key: place and character */
	struct buf key;
	LIST(struct glyph) glyphs; /* scratch of one shaping */
	struct hyphenator *hyphenator;
	struct kept *kept;
};

struct shaper *shaper_new(const struct theme *theme, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct shaper *shaper = ARENA_NEW(arena, struct shaper);
	shaper->arena = arena;
	shaper->theme = theme;
	shaper->diag = diag;
	shaper->buffer = hb_buffer_create();
	shaper->kept = kept_new();
	shaper->faces = faces_open(theme, diag);
	buf_init(&shaper->key, BUF_LIMIT_PAGE);
	if (!shaper->faces) {
		shaper_free(shaper);
		return NULL;
	}
	if (theme->hyphens.file && !(shaper->hyphenator = hyphen_open(theme->hyphens.file)))
		DIAG(diag, DIAG_HYPHENS_MISSING, .span = theme->hyphens.span, .a = text_from(theme->hyphens.file));
	return shaper;
}

void shaper_prepare(struct shaper *shaper)
{
	hyphen_load(shaper->hyphenator);
}

void shaper_free(struct shaper *shaper)
{
	if (!shaper)
		return;
	faces_close(shaper->faces);
	hyphen_close(shaper->hyphenator);
	kept_free(shaper->kept);
	hb_buffer_destroy(shaper->buffer);
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
	return hb_font_get_nominal_glyph(faces_font(shaper->faces, face)->font, character, &glyph) && glyph != 0;
}

static bool is_bold_face(const struct shaper *shaper, size_t face)
{
	return text_contains(shaper->theme->faces[face].style, TEXT("Bold")) ||
	       text_contains(shaper->theme->faces[face].style, TEXT("Black"));
}

/*
 * The first face of the font's list that has the character, else any face of the theme,
 * of the same weight if there is one, else NO_FACE.
 */
static uint16_t face_for(const struct shaper *shaper, struct shape_font font, uint32_t character)
{
	const int *list = shaper->theme->role_faces[font.role][font.is_bold];
	for (int i = 0; i < ROLE_FACES_MOST && list[i] >= 0; i++)
		if (face_has(shaper, (size_t)list[i], character))
			return (uint16_t)list[i];
	uint16_t other = NO_FACE;
	bool is_bold = list[0] >= 0 && is_bold_face(shaper, (size_t)list[0]);
	for (size_t i = 0; i < shaper->theme->face_count; i++) {
		if (!face_has(shaper, i, character))
			continue;
		if (is_bold_face(shaper, i) == is_bold)
			return (uint16_t)i;
		other = other == NO_FACE ? (uint16_t)i : other;
	}
	return other;
}

/* Characters that only make sense on the one before them: marks and variation selectors. */
static bool is_attached(uint32_t character)
{
	return utf8_width(character) == 0 && character >= 0x300 && !utf8_is_invisible(character);
}

static bool is_silent(uint32_t character)
{
	return utf8_is_invisible(character) || (character < 0x20 && character != '\t') ||
	       (character >= 0x7F && character < 0xA0);
}

/* What is shaped in place of a character: white space of all kinds is a space. */
static uint32_t shown_as(uint32_t character)
{
	bool is_space = character == '\t' || character == 0xA0 || (character >= 0x2000 && character <= 0x200A) ||
	                character == 0x202F;
	return is_space ? ' ' : character;
}

bool shape_has(const struct shaper *shaper, uint32_t character)
{
	const struct shape_font font = { .role = ROLE_SONG };
	return is_silent(character) || is_attached(character) || face_for(shaper, font, shown_as(character)) != NO_FACE;
}

bool shape_is_thin(const struct shaper *shaper, uint32_t character)
{
	for (int i = 0; i < FONTS; i++) {
		const struct shape_font font = { .role = (int8_t)(i / 2), .is_bold = i % 2 };
		int first = shaper->theme->role_faces[font.role][font.is_bold][0];
		if (first < 0 || !is_bold_face(shaper, (size_t)first))
			continue;
		uint16_t face = face_for(shaper, font, shown_as(character));
		if (face != NO_FACE && !is_bold_face(shaper, face))
			return true;
	}
	return false;
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
	if ((character == 0x2019 || character == 0x201D) && start > 0 && (unsigned char)text.at[start - 1] < 0x7F &&
	    text.at[start - 1] != ' ')
		return MANNER_WORD; /* an apostrophe; the end of a quotation in Latin */
	if ((character == 0x2018 || character == 0x201C) && is_letter(text, end))
		return MANNER_WORD;
	bool is_mark = character == 0xB7 || character == DASH_OF_TWO || (character >= 0x2018 && character <= 0x201F) ||
	               (character >= 0x2024 && character <= 0x2026);
	return is_mark || utf8_width(character) == 2 ? MANNER_ALONE : MANNER_WORD;
}

/* Digits of one width in every face: centre each in the advance of zero. */
static void make_tabular(const struct face_font *used, struct glyph *glyph, struct text text)
{
	char byte = glyph->cluster < text.size ? text.at[glyph->cluster] : 0;
	if (byte < '0' || byte > '9' || used->figure <= 0)
		return;
	double own = hb_font_get_glyph_h_advance(used->font, glyph->id) / used->em;
	glyph->dx = (used->figure - own) / 2;
	glyph->advance = used->figure;
}

/*
 * Quotation marks are as wide as a Han character even in faces that draw them narrow;
 * the middle dot takes half of it (GB/T 15834—2011).
 */
static void set_widths(struct glyph *glyph, uint32_t character)
{
	if (character == 0xB7 || character == 0x2027) {
		glyph->dx += (0.5 - glyph->advance) / 2;
		glyph->advance = 0.5;
	}
	if (character < 0x2018 || character > 0x201F || glyph->advance > 0.9)
		return;
	bool is_opening = character != 0x2019 && character != 0x201D;
	glyph->dx += is_opening ? 1 - glyph->advance : 0;
	glyph->advance = 1;
}

/*
 * A Han character of a face that stands in for another is drawn as large as that one
 * draws its own, its middle on the same height: 堃 of 宋体 among 仿宋.
 */
static void match(const struct face_font *wanted, const struct face_font *used, struct glyph *glyph)
{
	enum { UNNOTICED_PERCENT = 3 };
	if (wanted->body <= 0 || used->body <= 0)
		return;
	double scale = wanted->body / used->body;
	if (fabs(scale - 1) * 100 < UNNOTICED_PERCENT)
		return;
	glyph->scale = scale;
	glyph->dx += (1 - scale) * glyph->advance / 2;
	glyph->dy -= wanted->middle - scale * used->middle;
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
	const struct face_font *used = faces_font(shaper->faces, face);
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
			.advance = positions[i].x_advance / used->em, .scale = 1,
			.dx = positions[i].x_offset / used->em, .dy = -positions[i].y_offset / used->em,
		};
		make_tabular(used, glyph, text);
		if (manner == MANNER_ALONE) {
			size_t at = glyph->cluster;
			uint32_t character = utf8_next(text, &at);
			set_widths(glyph, character);
			if (face != shaper->first_face && shaper->first_face != NO_FACE && utf8_is_han(character))
				match(faces_font(shaper->faces, shaper->first_face), used, glyph);
		}
	}
	hb_buffer_reset(shaper->buffer);
}

/* The face of a quotation mark or apostrophe within Latin text: one that has it narrow. */
static uint16_t quote_face(const struct shaper *shaper, struct shape_font font, uint32_t character)
{
	const int *list = shaper->theme->role_faces[font.role][font.is_bold];
	for (int i = 0; i < ROLE_FACES_MOST && list[i] >= 0; i++)
		if (faces_font(shaper->faces, (size_t)list[i])->has_apostrophe &&
		    face_has(shaper, (size_t)list[i], character))
			return (uint16_t)list[i];
	return face_for(shaper, font, character);
}

static bool shape_runs(struct shaper *shaper, struct text text, struct shape_font font)
{
	uint16_t face = NO_FACE;
	enum manner manner = MANNER_WORD;
	bool is_missing = false;
	int marks = 0; /* in a row */
	int first = shaper->theme->role_faces[font.role][font.is_bold][0];
	shaper->first_face = first >= 0 ? (uint16_t)first : NO_FACE;
	hb_buffer_reset(shaper->buffer);
	for (size_t offset = 0; offset < text.size;) {
		size_t start = offset;
		uint32_t character = utf8_next(text, &offset);
		if (is_silent(character))
			continue;
		if (is_attached(character) && face != NO_FACE && face_has(shaper, face, character)) {
			/*
			 * HarfBuzz looks for the base of each from where it stands; text that means
			 * something has less (UAX #15, stream-safe).
			 */
			if (++marks % MARKS_MOST == 0)
				run_flush(shaper, text, face, manner);
			hb_buffer_add(shaper->buffer, character, (unsigned)start);
			continue;
		}
		marks = 0;
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
		if (next == MANNER_WORD && character >= 0x2018 && character <= 0x201D)
			wanted = quote_face(shaper, font, character);
		if (wanted != face || next != manner || next == MANNER_ALONE)
			run_flush(shaper, text, face, manner);
		face = wanted;
		manner = next;
		hb_buffer_add(shaper->buffer, character, (unsigned)start);
	}
	run_flush(shaper, text, face, manner);
	return is_missing;
}

/* Which half of a lone full-width mark is blank: as the face draws it. */
static void find_blanks(const struct shaper *shaper, struct shaped *shaped)
{
	hb_glyph_extents_t ink;
	const struct glyph *glyph = shaped->glyphs;
	size_t at = 0;
	/* Reading outlines is slow: not those of all Han characters. */
	enum box_class class = shaped->count == 1 ? class_of(utf8_next(shaped->text, &at)) : BOX_HAN;
	if ((class != BOX_OPEN && class != BOX_CLOSE) || shaped->width < 0.9 || shaped->width > 1.1 ||
	    !hb_font_get_glyph_extents(faces_font(shaper->faces, glyph->face)->font, glyph->id, &ink))
		return;
	double em = faces_font(shaper->faces, glyph->face)->em, left = glyph->dx + ink.x_bearing / em;
	double right = left + ink.width / em;
	shaped->blank_left = left > 0.48 ? 0.5 : 0;
	shaped->blank_right = right < 0.52 ? 0.5 : 0;
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
	find_blanks(shaper, &entry->shaped);
	return entry;
}

/* The place in the table for a text of a single BMP character, else NULL. */
static const struct entry **single_slot(struct shaper *shaper, struct text text, size_t font)
{
	if (text.size == 0 || text.size > 3)
		return NULL;
	size_t offset = text.size;
	uint32_t character = class_han(text);
	if (!character) {
		offset = 0;
		character = utf8_next(text, &offset);
	}
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
		if (is_silent(character) || is_attached(character) ||
		    face_for(shaper, font, shown_as(character)) != NO_FACE)
			continue;
		buf_reset(&shaper->key);
		buf_format(&shaper->key, "%u:%u:%X", span.source, span.start, character);
		struct text key = text_copy(shaper->arena, buf_view(&shaper->key));
		if (map_find(&shaper->complaints, key))
			continue;
		map_add(&shaper->complaints, key, 1);
		DIAG(shaper->diag, DIAG_CHAR_MISSING, .span = span,
		     .a = text_format(shaper->arena, "U+%04X", character),
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

struct shape_hyphens shape_hyphens(const struct shaper *shaper)
{
	return (struct shape_hyphens){ shaper->hyphenator, shaper->theme->hyphens.loosest_em };
}

bool shape_is_missing(const struct shaped *shaped)
{
	const struct entry *entry = (const struct entry *)(const void *)shaped; /* its first member */
	return entry->is_missing;
}

struct kept *shape_kept(struct shaper *shaper)
{
	return shaper->kept;
}
