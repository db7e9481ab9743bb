/* SPDX-License-Identifier: MIT */
#include "setting/faces.h"

#include <math.h>
#include <stdlib.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/memory.h"

struct faces {
	const struct theme *theme;
	struct diag *diag;
	FcConfig *config;
	PangoFontMap *fonts;
	PangoContext *context;
	PangoFont **pango; /* hold the files */
	struct face_font *at;
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
static bool face_make_visible(const struct faces *faces, FcFontSet *set, const struct face *face)
{
	if (pattern_of(set, face))
		return true;
	int count;
	FcPattern *pattern = FcFreeTypeQuery((const FcChar8 *)face->file, (unsigned)face->index, NULL, &count);
	if (!pattern || !has_family(pattern, face->family)) {
		DIAG(faces->diag, DIAG_FONT_UNUSABLE, .a = text_from(face->file), .b = face->family);
		if (pattern)
			FcPatternDestroy(pattern);
		return false;
	}
	return FcFontSetAdd(set, pattern);
}

/*
 * What GLib cannot go on without is never our bug but a thread that Pango may not
 * start: the true cause and an ordinary end instead of a trap.
 */
static GLogWriterOutput write_log(GLogLevelFlags level, const GLogField *fields, gsize count, gpointer unused)
{
	if (level & G_LOG_LEVEL_ERROR)
		memory_end_thread();
	return g_log_writer_default(level, fields, count, unused);
}

/* GLib's log writer can be set once in a process. */
static void watch_log(void)
{
	static bool is_watched;
	if (!is_watched)
		g_log_set_writer_func(write_log, NULL, NULL);
	is_watched = true;
}

static bool fonts_open(struct faces *faces)
{
	watch_log();
	faces->config = FcConfigCreate();
	/* Refused, but it makes the empty set of application fonts that has no other maker. */
	FcConfigAppFontAddFile(faces->config, (const FcChar8 *)"");
	FcFontSet *set = FcConfigGetFonts(faces->config, FcSetApplication);
	if (!set)
		return false;
	/* Or else Pango starts a thread that loads the machine's own configuration. */
	FcConfigSetCurrent(faces->config);
	bool good = true;
	for (size_t i = 0; i < faces->theme->face_count; i++)
		good = face_make_visible(faces, set, &faces->theme->faces[i]) && good;
	faces->fonts = pango_ft2_font_map_new();
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(faces->fonts), faces->config);
	faces->context = pango_font_map_create_context(faces->fonts);
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
static PangoFont *font_match(struct faces *faces, const PangoFontDescription *description)
{
	PangoFont *first = NULL;
	PangoFontset *set = pango_font_map_load_fontset(faces->fonts, faces->context, description,
	                                                pango_language_from_string("zh-cn"));
	if (set)
		pango_fontset_foreach(set, keep_first, &first);
	g_clear_object(&set);
	return first;
}

/*
 * How large a face draws Han characters: ink of some that fill their square.  Faces
 * differ by a tenth, which shows where one stands in for another.
 */
static void measure_body(struct face_font *face)
{
	static const hb_codepoint_t full[] = { 0x56FD, 0x6C38, 0x4E1C, 0x8B66, 0x7EA2, 0x6811, 0x660E }; /* 国永东警红树明 */
	double width = 0, height = 0, middle = 0, count = 0;
	for (size_t i = 0; i < sizeof full / sizeof *full; i++) {
		hb_codepoint_t glyph;
		hb_glyph_extents_t ink;
		if (!hb_font_get_nominal_glyph(face->font, full[i], &glyph) ||
		    !hb_font_get_glyph_extents(face->font, glyph, &ink))
			continue;
		width += ink.width / face->em;
		height -= ink.height / face->em;
		middle += (ink.y_bearing + ink.height / 2.0) / face->em;
		count++;
	}
	if (count == 0)
		return;
	face->body = sqrt(width * height) / count;
	face->middle = middle / count;
}

/* Many Chinese faces have ’ for Chinese text only, as wide as a Han character. */
static bool has_apostrophe(const struct face_font *face)
{
	static const hb_feature_t narrow = { HB_TAG('p', 'w', 'i', 'd'), 1, HB_FEATURE_GLOBAL_START,
	                                     HB_FEATURE_GLOBAL_END };
	hb_buffer_t *buffer = hb_buffer_create();
	hb_buffer_add(buffer, 0x2019, 0);
	hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
	hb_buffer_guess_segment_properties(buffer);
	hb_shape(face->font, buffer, &narrow, 1);
	unsigned count;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, &count);
	bool has = count == 1 && info->codepoint != 0 && position->x_advance < face->em * 0.6;
	hb_buffer_destroy(buffer);
	return has;
}

static bool face_open(struct faces *faces, size_t index)
{
	const struct face *face = &faces->theme->faces[index];
	struct face_font *opened = &faces->at[index];
	const FcPattern *wanted = pattern_of(FcConfigGetFonts(faces->config, FcSetApplication), face);
	FcPattern *copy = FcPatternDuplicate(wanted); /* Pango's parameter is not const */
	PangoFontDescription *description = pango_fc_font_description_from_pattern(copy, FALSE);
	FcPatternDestroy(copy);
	pango_font_description_set_absolute_size(description, 1000.0 * PANGO_SCALE);
	faces->pango[index] = font_match(faces, description);
	pango_font_description_free(description);
	FcChar8 *file = NULL;
	int found_index = -1;
	if (faces->pango[index]) {
		FcPattern *found = pango_fc_font_get_pattern(PANGO_FC_FONT(faces->pango[index]));
		FcPatternGetString(found, FC_FILE, 0, &file);
		FcPatternGetInteger(found, FC_INDEX, 0, &found_index);
	}
	if (!file || strcmp((const char *)file, face->file) != 0 || found_index != face->index) {
		DIAG(faces->diag, DIAG_FONT_UNUSABLE, .a = text_from(face->file), .b = face->family);
		return false;
	}
	hb_face_t *hb_face = hb_font_get_face(pango_font_get_hb_font(faces->pango[index]));
	opened->font = hb_font_create(hb_face);
	opened->em = hb_face_get_upem(hb_face);
	hb_font_make_immutable(opened->font);
	hb_codepoint_t zero;
	if (opened->em > 0 && hb_font_get_nominal_glyph(opened->font, '0', &zero))
		opened->figure = hb_font_get_glyph_h_advance(opened->font, zero) / opened->em;
	measure_body(opened);
	opened->has_apostrophe = has_apostrophe(opened);
	return opened->em > 0;
}

/* Pango's threads give back their last references a moment after they have answered: wait, but not for ever. */
static void fonts_close(struct faces *faces)
{
	GWeakRef last;
	g_weak_ref_init(&last, faces->fonts);
	g_clear_object(&faces->fonts);
	for (int i = 0; i < 200; i++) {
		GObject *alive = g_weak_ref_get(&last);
		if (!alive)
			break;
		g_object_unref(alive);
		g_usleep(500);
	}
	g_weak_ref_clear(&last);
}

struct faces *faces_open(const struct theme *theme, struct diag *diag)
{
	struct faces *faces = memory_resize(NULL, sizeof *faces);
	size_t count = theme->face_count;
	*faces = (struct faces){ .theme = theme, .diag = diag };
	faces->pango = memory_resize(NULL, (count + 1) * sizeof *faces->pango);
	faces->at = memory_resize(NULL, (count + 1) * sizeof *faces->at);
	memset(faces->pango, 0, (count + 1) * sizeof *faces->pango);
	memset(faces->at, 0, (count + 1) * sizeof *faces->at);
	bool good = fonts_open(faces);
	for (size_t i = 0; good && i < count; i++)
		good = face_open(faces, i);
	if (good)
		return faces;
	faces_close(faces);
	return NULL;
}

void faces_close(struct faces *faces)
{
	if (!faces)
		return;
	for (size_t i = 0; i < faces->theme->face_count; i++) {
		hb_font_destroy(faces->at[i].font);
		g_clear_object(&faces->pango[i]);
	}
	g_clear_object(&faces->context);
	/* Pango's map takes a reference to its configuration and forgets to give it back. */
	if (faces->fonts)
		pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(faces->fonts), NULL);
	fonts_close(faces);
	FcConfigDestroy(faces->config);
	FcFini(); /* the reference of FcConfigSetCurrent */
	free(faces->pango);
	free(faces->at);
	free(faces);
}

const struct face_font *faces_font(const struct faces *faces, size_t face)
{
	return &faces->at[face];
}
