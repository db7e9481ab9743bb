/* SPDX-License-Identifier: MIT */
#include "compose/workbook_headed.h"

#include "base/xml_write.h"

enum {
	WRAPPED_WIDEST = 28, DATE_WIDTH = 14, FREE_WIDTH = 24, /* digits */
	LINE = 15, HIGHEST = 405, TITLE = 26, HEAD_LINE = 18, HEADINGS = 20, /* points; Excel takes no row above 409 */
};

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define FACE(size, more) "<font>" more "<sz val=\"" size "\"/><name val=\"宋体\"/></font>"
#define FILL(colour) \
	"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"" colour "\"/><bgColor indexed=\"64\"/>" \
	"</patternFill></fill>"
#define EDGE(side) "<" side " style=\"thin\"><color rgb=\"FF808080\"/></" side ">"
#define CELL(format, font, fill, border, more) \
	"<xf numFmtId=\"" format "\" fontId=\"" font "\" fillId=\"" fill "\" borderId=\"" border "\"" \
	" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">" \
	"<alignment vertical=\"top\"" more "/></xf>"
const char workbook_headed_styles[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
	"<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"1\">"
	"<numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
	"<fonts count=\"3\">" FACE("11", "") FACE("11", "<b/>") FACE("16", "<b/>") "</fonts>"
	"<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill>"
	"<fill><patternFill patternType=\"gray125\"/></fill>"
	FILL("FFE7E6E6") FILL("FFD9E2EC") "</fills>"
	"<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
	"<border>" EDGE("left") EDGE("right") EDGE("top") EDGE("bottom") "<diagonal/></border></borders>"
	"<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
	"<cellXfs count=\"7\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
	CELL("49", "1", "3", "1", " horizontal=\"center\" wrapText=\"1\"")
	CELL("49", "0", "0", "1", " wrapText=\"1\"")
	CELL("49", "0", "2", "1", " wrapText=\"1\"") CELL("164", "0", "0", "1", "") CELL("49", "2", "0", "0", "")
	CELL("49", "0", "0", "0", "") "</cellXfs></styleSheet>";
/* In the order of cellXfs. */
enum { STYLE_HEADING = 1, STYLE_FREE, STYLE_FIXED, STYLE_DATE, STYLE_TITLE, STYLE_HEAD };

size_t workbook_headed_width(const struct rows *rows, const struct workbook_form *form, size_t column)
{
	const struct workbook_column *what = &form->columns[column];
	size_t width = workbook_column_width(rows, column);
	if (what->is_date)
		return DATE_WIDTH;
	if (!what->is_fixed && !what->choices.size)
		return FREE_WIDTH;
	return width < WRAPPED_WIDEST ? width : WRAPPED_WIDEST;
}

static int style_of(const struct workbook_column *column)
{
	if (column->is_fixed)
		return STYLE_FIXED;
	return column->is_date ? STYLE_DATE : STYLE_FREE;
}

static void open_styled(struct xml_write *xml, size_t column, size_t row, int style)
{
	workbook_cell_open(xml, column, row);
	xml_write_attribute_format(xml, "s", "%d", style);
}

/* Points, by the cell that takes most lines: not every program finds the height of a wrapped row itself. */
static size_t height_of(const struct rows *rows, const struct workbook_form *form, size_t row)
{
	size_t lines = 1;
	for (size_t i = 0; i < rows->column_count; i++) {
		struct text text = rows->values[row * rows->column_count + i].text;
		size_t room = workbook_headed_width(rows, form, i) - 1;
		size_t one = (workbook_text_width(text) + room - 1) / room;
		lines = one > lines ? one : lines;
	}
	return lines * LINE < HIGHEST ? lines * LINE : HIGHEST;
}

static void open_row(struct xml_write *xml, size_t row, size_t height_pt)
{
	xml_write_open(xml, "row");
	xml_write_attribute_format(xml, "r", "%zu", row);
	xml_write_attribute_format(xml, "ht", "%zu", height_pt);
	xml_write_attribute(xml, "customHeight", TEXT("1"));
}

static void write_head(struct xml_write *xml, const struct workbook_form *form)
{
	for (size_t i = 0; i < form->head_count; i++) {
		open_row(xml, i + 1, i ? HEAD_LINE : TITLE);
		open_styled(xml, 0, i + 1, i ? STYLE_HEAD : STYLE_TITLE);
		workbook_string_close(xml, form->head[i]);
		xml_write_close(xml);
		xml_write_line(xml);
	}
}

/* Every cell, so that one still to be filled in has its frame and knows what it takes. */
static void write_framed(struct xml_write *xml, const struct rows *rows, const struct workbook_form *form)
{
	for (size_t row = 0; row < rows->row_count; row++) {
		size_t line = row + form->head_count + 2;
		xml_write_line(xml);
		open_row(xml, line, height_of(rows, form, row));
		for (size_t i = 0; i < rows->column_count; i++) {
			struct text text = rows->values[row * rows->column_count + i].text;
			open_styled(xml, i, line, style_of(&form->columns[i]));
			if (text.size)
				workbook_string_close(xml, text);
			else
				xml_write_close(xml);
		}
		xml_write_close(xml);
	}
}

void workbook_headed_rows(struct xml_write *xml, const struct rows *rows, const struct workbook_form *form)
{
	size_t first = form->head_count + 1;
	write_head(xml, form);
	open_row(xml, first, HEADINGS);
	for (size_t i = 0; i < rows->column_count; i++) {
		open_styled(xml, i, first, STYLE_HEADING);
		workbook_string_close(xml, rows->names[i]);
	}
	xml_write_close(xml);
	write_framed(xml, rows, form);
}

void workbook_headed_fit(struct xml_write *xml)
{
	xml_write_open(xml, "sheetPr");
	xml_write_open(xml, "pageSetUpPr");
	xml_write_attribute(xml, "fitToPage", TEXT("1"));
	xml_write_close(xml);
	xml_write_close(xml);
}

void workbook_headed_page(struct xml_write *xml)
{
	xml_write_open(xml, "pageSetup");
	xml_write_attribute(xml, "paperSize", TEXT("9")); /* A4 */
	xml_write_attribute(xml, "orientation", TEXT("landscape"));
	xml_write_attribute(xml, "fitToHeight", TEXT("0"));
	xml_write_close(xml);
}
