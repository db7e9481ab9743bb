/* SPDX-License-Identifier: MIT
 *
 * A face as a Type 0 font: the subset, its widths, and ToUnicode with surrogates.
 */
#include <stdlib.h>
#include <stdio.h>

#include "base/arena.h"
#include "render/haru.h"

enum { GLYPHS = 0x10000, WORDS = GLYPHS / 64, PART_MOST = 100 /* entries of a block of a CMap */ };

static void *zeroed(size_t count, size_t size)
{
	return memset(memory_resize(NULL, count * size + 1), 0, count * size + 1);
}

static void note_run(struct haru *haru, const struct glyph_run *run)
{
	if (run->face >= haru->canvas.theme->face_count)
		return; /* the canvas refuses it when it comes to it */
	struct haru_font *font = &haru->faces[run->face];
	if (!font->used)
		font->used = zeroed(WORDS, sizeof *font->used);
	for (size_t i = 0; i < run->count; i++)
		if (run->glyphs[i].id < GLYPHS)
			font->used[run->glyphs[i].id / 64] |= UINT64_C(1) << (run->glyphs[i].id % 64);
}

static void list_glyphs(struct haru_font *font)
{
	font->used[0] &= ~UINT64_C(1); /* .notdef is always there, as code 0 */
	size_t count = 0;
	for (size_t w = 0; w < WORDS; w++)
		count += font->used[w] ? (size_t)__builtin_popcountll(font->used[w]) : 0; /* few words hold any */
	font->glyphs = zeroed(count, sizeof *font->glyphs);
	font->texts = zeroed(count, sizeof *font->texts);
	/* clearing it would cost more than all glyphs */
	font->rank_of = memory_resize(NULL, GLYPHS * sizeof *font->rank_of);
	for (size_t w = 0; w < WORDS; w++)
		for (uint64_t bits = font->used[w]; bits; bits &= bits - 1) {
			uint16_t glyph = (uint16_t)(w * 64 + (size_t)__builtin_ctzll(bits));
			font->rank_of[glyph] = (uint16_t)font->count;
			font->glyphs[font->count++] = glyph;
		}
}

/* The embedded file; its key tells the format. */
static HPDF_Dict font_file(struct haru *haru, const struct font_cut *cut)
{
	HPDF_Dict file = haru_stream(haru, cut->program, true);
	if (cut->format == FONT_CFF)
		haru_set_name(haru, file, "Subtype", "CIDFontType0C");
	else
		haru_set_integer(haru, file, "Length1", (int64_t)cut->program_size);
	return file;
}

static void cut_face(struct haru *haru, uint16_t face)
{
	struct haru_font *font = &haru->faces[face];
	list_glyphs(font);
	if (!fonts_cut(haru->fonts, face, font->glyphs, font->count, &font->cut)) {
		canvas_fail(&haru->canvas, "face %u cannot be cut", face);
		return;
	}
	haru_fingerprint(haru, text_from(font->cut.name));
}

void haru_begin_fonts(struct haru *haru)
{
	const struct pages *pages = haru->pages;
	haru->faces = zeroed(haru->canvas.theme->face_count, sizeof *haru->faces);
	for (size_t i = 0; i < pages->count; i++)
		for (size_t k = 0; k < pages->pages[i].op_count; k++)
			if (pages->pages[i].ops[k].kind == DRAW_GLYPHS)
				note_run(haru, &pages->pages[i].ops[k].run);
	for (size_t face = 0; face < haru->canvas.theme->face_count; face++)
		if (haru->faces[face].used)
			cut_face(haru, (uint16_t)face);
}

/* ---- objects -------------------------------------------------------------- */

/* Runs of codes with the same high byte become one range with a list of texts. */
static void write_ranges(const struct haru_font *font, struct buf *out)
{
	struct buf block;
	buf_init(&block, BUF_LIMIT_PAGE);
	int ranges = 0;
	for (size_t i = 0; i < font->count;) {
		size_t end = i + 1;
		const uint16_t *codes = font->cut.codes;
		while (end < font->count && codes[end] == codes[end - 1] + 1 && codes[end] >> 8 == codes[i] >> 8)
			end++;
		buf_format(&block, "<%04X><%04X>[", codes[i], codes[end - 1]);
		for (; i < end; i++) {
			buf_byte(&block, '<');
			/* a glyph that only ever stands inside an ActualText says nothing by itself */
			haru_write_utf16_hex(&block, font->texts[i].size ? font->texts[i] : TEXT("\xE2\x80\x8B"));
			buf_byte(&block, '>');
		}
		buf_string(&block, "]\n");
		if (++ranges == PART_MOST || i == font->count) {
			buf_format(out, "%d beginbfrange\n", ranges);
			buf_text(out, buf_view(&block));
			buf_string(out, "endbfrange\n");
			buf_reset(&block);
			ranges = 0;
		}
	}
	buf_clear(&block);
}

static HPDF_Dict to_unicode(struct haru *haru, const struct haru_font *font)
{
	struct buf map;
	buf_init(&map, BUF_LIMIT_PAGE);
	buf_string(&map, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
			 "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
			 "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
			 "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	write_ranges(font, &map);
	buf_string(&map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	HPDF_Dict stream = haru_stream_small(haru, buf_view(&map));
	buf_clear(&map);
	return stream;
}

static HPDF_Dict descriptor(struct haru *haru, const struct font_cut *cut)
{
	enum { SYMBOLIC = 4 };
	HPDF_Dict dict = haru_dict(haru);
	haru_register(haru, dict);
	haru_set_name(haru, dict, "Type", "FontDescriptor");
	haru_set_name(haru, dict, "FontName", cut->name);
	haru_set_integer(haru, dict, "Flags", SYMBOLIC);
	HPDF_Array box = haru_array(haru);
	for (int i = 0; i < 4; i++)
		haru_push_integer(haru, box, cut->box[i]);
	haru_set(haru, dict, "FontBBox", box);
	haru_set_integer(haru, dict, "ItalicAngle", 0);
	haru_set_integer(haru, dict, "Ascent", cut->ascent);
	haru_set_integer(haru, dict, "Descent", cut->descent);
	haru_set_integer(haru, dict, "CapHeight", cut->cap_height);
	haru_set_integer(haru, dict, "StemV", cut->stem);
	haru_set(haru, dict, cut->format == FONT_CFF ? "FontFile3" : "FontFile2", font_file(haru, cut));
	return dict;
}

/* /W lists what is not one em wide: neighbours share a bracket. */
static HPDF_Array widths(struct haru *haru, const struct font_cut *cut)
{
	HPDF_Array array = haru_array(haru), group = NULL;
	int before = -1;
	for (size_t i = 0; i < cut->count; i++) {
		if (cut->widths[i] == 1000)
			continue;
		if (!group || cut->codes[i] != before + 1) {
			group = haru_array(haru);
			haru_push_integer(haru, array, cut->codes[i]);
			haru_push(haru, array, group);
		}
		haru_push_integer(haru, group, cut->widths[i]);
		before = cut->codes[i];
	}
	return array;
}

static HPDF_Dict descendant(struct haru *haru, const struct font_cut *cut)
{
	HPDF_Dict dict = haru_dict(haru), collection = haru_dict(haru);
	haru_register(haru, dict);
	haru_set_name(haru, dict, "Type", "Font");
	haru_set_name(haru, dict, "Subtype", cut->format == FONT_CFF ? "CIDFontType0" : "CIDFontType2");
	haru_set_name(haru, dict, "BaseFont", cut->name);
	haru_set_bytes(haru, collection, "Registry", TEXT("Adobe"));
	haru_set_bytes(haru, collection, "Ordering", TEXT("Identity"));
	haru_set_integer(haru, collection, "Supplement", 0);
	haru_set(haru, dict, "CIDSystemInfo", collection);
	haru_set_integer(haru, dict, "DW", 1000);
	haru_set(haru, dict, "W", widths(haru, cut));
	if (cut->format == FONT_TRUETYPE)
		haru_set_name(haru, dict, "CIDToGIDMap", "Identity");
	haru_set(haru, dict, "FontDescriptor", descriptor(haru, cut));
	return dict;
}

void haru_finish_fonts(struct haru *haru)
{
	HPDF_Dict fonts = haru_dict(haru);
	for (size_t face = 0; face < haru->canvas.theme->face_count; face++) {
		struct haru_font *font = &haru->faces[face];
		if (!font->used)
			continue;
		HPDF_Dict dict = haru_dict(haru);
		HPDF_Array descendants = haru_array(haru);
		char key[24];
		snprintf(key, sizeof key, "F%zu", face);
		haru_register(haru, dict);
		haru_set_name(haru, dict, "Type", "Font");
		haru_set_name(haru, dict, "Subtype", "Type0");
		haru_set_name(haru, dict, "BaseFont", font->cut.name);
		haru_set_name(haru, dict, "Encoding", "Identity-H");
		haru_push(haru, descendants, descendant(haru, &font->cut));
		haru_set(haru, dict, "DescendantFonts", descendants);
		haru_set(haru, dict, "ToUnicode", to_unicode(haru, font));
		haru_set(haru, fonts, key, dict);
	}
	haru_set(haru, haru->resources, "Font", fonts);
}

void haru_clear_fonts(struct haru *haru)
{
	for (size_t face = 0; haru->faces && face < haru->canvas.theme->face_count; face++) {
		struct haru_font *font = &haru->faces[face];
		free(font->used);
		free(font->glyphs);
		free(font->texts);
		free(font->rank_of);
	}
	free(haru->faces);
}
