/* SPDX-License-Identifier: MIT */
#include "setting/faces.h"

#include <hb-ot.h>
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/memory.h"

struct faces {
	const struct theme *theme;
	struct face_font *at;
};

/* One name of the face, in whatever language. */
static bool is_called(hb_face_t *face, const hb_ot_name_entry_t *entry, struct text family)
{
	char name[256];
	unsigned size = sizeof name;
	hb_ot_name_get_utf8(face, entry->name_id, entry->language, &size, name);
	return text_equal(text_from(name), family);
}

/* The names of its family: that of four faces, and those of more. */
static bool has_family(hb_face_t *face, struct text family)
{
	unsigned count;
	const hb_ot_name_entry_t *entries = hb_ot_name_list_names(face, &count);
	for (unsigned i = 0; i < count; i++)
		switch (entries[i].name_id) {
		case HB_OT_NAME_ID_FONT_FAMILY:
		case HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY:
		case HB_OT_NAME_ID_WWS_FAMILY:
			if (is_called(face, &entries[i], family))
				return true;
			break;
		default: break;
		}
	return false;
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

/* NULL where the file is no font, or not the declared one. */
static hb_face_t *find_face(const struct face *face)
{
	hb_blob_t *file = hb_blob_create_from_file_or_fail(face->file);
	if (!file) {
		memory_check();
		return NULL;
	}
	hb_face_t *found = hb_face_create(file, (unsigned)face->index);
	hb_blob_destroy(file);
	if (hb_face_get_glyph_count(found) && has_family(found, face->family))
		return found;
	hb_face_destroy(found);
	return NULL;
}

static bool face_open(const struct face *face, struct face_font *opened)
{
	hb_face_t *found = find_face(face);
	if (!found)
		return false;
	opened->font = hb_font_create(found);
	opened->em = hb_face_get_upem(found);
	hb_face_destroy(found); /* the font holds it */
	hb_font_make_immutable(opened->font);
	hb_codepoint_t zero;
	if (opened->em > 0 && hb_font_get_nominal_glyph(opened->font, '0', &zero))
		opened->figure = hb_font_get_glyph_h_advance(opened->font, zero) / opened->em;
	measure_body(opened);
	opened->has_apostrophe = has_apostrophe(opened);
	return opened->em > 0;
}

struct faces *faces_open(const struct theme *theme, struct diag *diag)
{
	struct faces *faces = memory_resize(NULL, sizeof *faces);
	*faces = (struct faces){ .theme = theme };
	faces->at = memory_resize(NULL, (theme->face_count + 1) * sizeof *faces->at);
	memset(faces->at, 0, (theme->face_count + 1) * sizeof *faces->at);
	bool good = true;
	for (size_t i = 0; i < theme->face_count; i++) {
		const struct face *face = &theme->faces[i];
		if (face_open(face, &faces->at[i]))
			continue;
		DIAG(diag, DIAG_FONT_UNUSABLE, .a = text_from(face->file), .b = face->family);
		good = false;
	}
	if (good)
		return faces;
	faces_close(faces);
	return NULL;
}

void faces_close(struct faces *faces)
{
	if (!faces)
		return;
	for (size_t i = 0; i < faces->theme->face_count; i++)
		hb_font_destroy(faces->at[i].font);
	free(faces->at);
	free(faces);
}

const struct face_font *faces_font(const struct faces *faces, size_t face)
{
	return &faces->at[face];
}
