/* SPDX-License-Identifier: MIT */
#include "compose/workbook_notes.h"

#include "base/utf8.h"
#include "base/xml_write.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

enum {
	IDS = 1024,  /* of shapes that belong to one drawing */
	LINE = 22,   /* Han characters on a line of a note */
	COLUMNS = 3, /* columns and rows of the sheet that a note covers */
	ROWS_LEAST = 4,
	ROWS_MOST = 16,
};

static size_t shown(const struct workbook_sheet *sheet)
{
	return sheet->note_count < WORKBOOK_NOTES_MOST ? sheet->note_count : WORKBOOK_NOTES_MOST;
}

void workbook_notes_write(const struct workbook_sheet *sheet, struct buf *buf)
{
	struct xml_write xml;
	xml_write_init(&xml, buf);
	xml_write_instruction(&xml, "xml", "version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"");
	xml_write_open(&xml, "comments");
	xml_write_attribute(&xml, "xmlns", TEXT(MAIN));
	xml_write_open(&xml, "authors");
	xml_write_element(&xml, "author", TEXT("xingji"));
	xml_write_close(&xml);
	xml_write_open(&xml, "commentList");
	for (size_t i = 0; i < shown(sheet); i++) {
		const struct workbook_note *note = &sheet->notes[i];
		xml_write_line(&xml);
		xml_write_open(&xml, "comment");
		xml_write_value(&xml, "ref");
		workbook_place_write(&xml, note->column, note->row + 2);
		xml_write_value_end(&xml);
		xml_write_attribute(&xml, "authorId", TEXT("0"));
		xml_write_open(&xml, "text");
		xml_write_open(&xml, "t");
		xml_write_attribute(&xml, "xml:space", TEXT("preserve"));
		xml_write_text(&xml, note->text);
		xml_write_close(&xml);
		xml_write_close(&xml);
		xml_write_close(&xml);
	}
	xml_write_close(&xml);
	xml_write_close(&xml);
	xml_write_end(&xml);
}

/* How many rows of the sheet its lines need. */
static size_t height_of(struct text text)
{
	size_t lines = 1, width = 0;
	for (size_t offset = 0; offset < text.size;) {
		uint32_t character = utf8_next(text, &offset);
		width += character < 0x1100 ? 1 : 2;
		if (character == '\n' || width > (size_t)2 * LINE) {
			lines++;
			width = 0;
		}
	}
	lines += 1;
	if (lines < ROWS_LEAST)
		return ROWS_LEAST;
	return lines > ROWS_MOST ? ROWS_MOST : lines;
}

static void draw(struct xml_write *xml, const struct workbook_note *note, size_t id)
{
	size_t row = note->row + 1, column = note->column;
	xml_write_line(xml);
	xml_write_open(xml, "v:shape");
	xml_write_attribute_format(xml, "id", "_x0000_s%zu", id);
	xml_write_attribute(xml, "type", TEXT("#_x0000_t202"));
	xml_write_attribute(xml, "style", TEXT("position:absolute;visibility:hidden"));
	xml_write_attribute(xml, "fillcolor", TEXT("#ffffe1"));
	xml_write_attribute(xml, "o:insetmode", TEXT("auto"));
	xml_write_open(xml, "v:fill");
	xml_write_attribute(xml, "color2", TEXT("#ffffe1"));
	xml_write_close(xml);
	xml_write_open(xml, "v:textbox");
	xml_write_close(xml);
	xml_write_open(xml, "x:ClientData");
	xml_write_attribute(xml, "ObjectType", TEXT("Note"));
	xml_write_element(xml, "x:MoveWithCells", NO_TEXT);
	xml_write_element(xml, "x:SizeWithCells", NO_TEXT);
	xml_write_open(xml, "x:Anchor");
	xml_write_format(xml, "%zu, 15, %zu, 4, %zu, 15, %zu, 4", column + 1, row, column + 1 + COLUMNS,
			 row + height_of(note->text));
	xml_write_close(xml);
	xml_write_element(xml, "x:AutoFill", TEXT("False"));
	xml_write_open(xml, "x:Row");
	xml_write_format(xml, "%zu", row);
	xml_write_close(xml);
	xml_write_open(xml, "x:Column");
	xml_write_format(xml, "%zu", column);
	xml_write_close(xml);
	xml_write_close(xml);
	xml_write_close(xml);
}

static void draw_type(struct xml_write *xml, size_t number)
{
	xml_write_open(xml, "o:shapelayout");
	xml_write_attribute(xml, "v:ext", TEXT("edit"));
	xml_write_open(xml, "o:idmap");
	xml_write_attribute(xml, "v:ext", TEXT("edit"));
	xml_write_attribute_format(xml, "data", "%zu", number);
	xml_write_close(xml);
	xml_write_close(xml);
	xml_write_open(xml, "v:shapetype");
	xml_write_attribute(xml, "id", TEXT("_x0000_t202"));
	xml_write_attribute(xml, "coordsize", TEXT("21600,21600"));
	xml_write_attribute(xml, "o:spt", TEXT("202"));
	xml_write_attribute(xml, "path", TEXT("m,l,21600r21600,l21600,xe"));
	xml_write_open(xml, "v:stroke");
	xml_write_attribute(xml, "joinstyle", TEXT("miter"));
	xml_write_close(xml);
	xml_write_open(xml, "v:path");
	xml_write_attribute(xml, "gradientshapeok", TEXT("t"));
	xml_write_attribute(xml, "o:connecttype", TEXT("rect"));
	xml_write_close(xml);
	xml_write_close(xml);
}

void workbook_notes_draw(const struct workbook_sheet *sheet, size_t number, struct buf *buf)
{
	struct xml_write xml;
	_Static_assert((int)WORKBOOK_NOTES_MOST < (int)IDS, "a drawing has an id for each note");
	xml_write_init(&xml, buf);
	xml_write_open(&xml, "xml");
	xml_write_attribute(&xml, "xmlns:v", TEXT("urn:schemas-microsoft-com:vml"));
	xml_write_attribute(&xml, "xmlns:o", TEXT("urn:schemas-microsoft-com:office:office"));
	xml_write_attribute(&xml, "xmlns:x", TEXT("urn:schemas-microsoft-com:office:excel"));
	draw_type(&xml, number);
	for (size_t i = 0; i < shown(sheet); i++)
		draw(&xml, &sheet->notes[i], number * IDS + i + 1);
	xml_write_close(&xml);
	xml_write_end(&xml);
}
