/* SPDX-License-Identifier: MIT */
#include "compose/workbook.h"

#include "base/utf8.h"
#include "base/zip.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

enum {
	TEXT_LONGEST = 32000,           /* characters; Excel refuses a workbook with a cell of more than 32,767 */
	NARROWEST = 8, WIDEST = 60,     /* columns, in digits */
};

/* The parts of the package that are the same in every workbook. */
static const struct {
	const char *name, *content;
} parts[] = {
	{ "[Content_Types].xml",
	  XML "<Types xmlns=\"" PACKAGE "content-types\">"
	      "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	      "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
	      "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" TYPE "worksheet+xml\"/>"
	      "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE "styles+xml\"/></Types>" },
	{ "_rels/.rels",
	  XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
	      "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
	{ "xl/workbook.xml",
	  XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"listed\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>" },
	{ "xl/_rels/workbook.xml.rels",
	  XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
	      "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
	      "<Relationship Id=\"rId2\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>" },
	{ "xl/styles.xml", /* cell style 1 is the head */
	  XML "<styleSheet xmlns=\"" MAIN "\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"宋体\"/></font>"
	      "<font><b/><sz val=\"11\"/><name val=\"宋体\"/></font></fonts>"
	      "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
	      "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
	      "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
	      "<cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
	      "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs></styleSheet>" },
};

/* "A", "Z", "AA" … and the row, from 1. */
static void add_place(struct buf *buf, size_t column, size_t row)
{
	if (column >= 26)
		buf_byte(buf, (char)('A' + column / 26 - 1));
	buf_format(buf, "%c%zu", (char)('A' + column % 26), row);
}

static struct text clip(struct text text)
{
	size_t offset = 0;
	for (int i = 0; i < TEXT_LONGEST && offset < text.size; i++)
		utf8_next(text, &offset);
	return text_slice(text, 0, offset);
}

/* XML has no form for U+FFFE and U+FFFF, nor for broken UTF-8; control characters the escaper drops. */
static void add_text(struct buf *buf, struct text text)
{
	for (size_t offset = 0; offset < text.size;) {
		size_t start = offset;
		uint32_t character = utf8_next(text, &offset);
		if (character != UTF8_BAD && (character & 0xfffe) != 0xfffe)
			buf_html(buf, text_slice(text, start, offset - start));
	}
}

static void add_string(struct buf *buf, struct text text, const char *style)
{
	buf_format(buf, "%s t=\"inlineStr\"><is><t xml:space=\"preserve\">", style);
	add_text(buf, clip(text));
	buf_string(buf, "</t></is></c>");
}

static void add_cell(struct buf *buf, const struct value *value, size_t column, size_t row)
{
	if (!value->text.size)
		return;
	buf_string(buf, "<c r=\"");
	add_place(buf, column, row);
	buf_byte(buf, '"');
	if (value->kind == VALUE_INTEGER)
		buf_format(buf, "><v>%.*s</v></c>", TEXT_ARGS(value->text));
	else
		add_string(buf, value->text, "");
}

static size_t width_of(struct text text)
{
	size_t width = 0;
	for (size_t offset = 0; offset < text.size;)
		width += utf8_next(text, &offset) < 0x1100 ? 1 : 2;
	return width;
}

static void add_widths(struct buf *buf, const struct rows *rows)
{
	buf_string(buf, "<cols>");
	for (size_t i = 0; i < rows->column_count; i++) {
		size_t width = width_of(rows->names[i]);
		for (size_t row = 0; row < rows->row_count && width < WIDEST; row++) {
			size_t one = width_of(rows->values[row * rows->column_count + i].text);
			width = one > width ? one : width;
		}
		width += 2; /* room for the filter's arrow */
		width = width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width;
		buf_format(buf, "<col min=\"%zu\" max=\"%zu\" width=\"%zu\" customWidth=\"1\"/>", i + 1, i + 1, width);
	}
	buf_string(buf, "</cols>");
}

static void write_sheet(const struct rows *rows, struct buf *buf)
{
	buf_string(buf, XML "<worksheet xmlns=\"" MAIN "\"><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\">"
			    "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
	add_widths(buf, rows);
	buf_string(buf, "<sheetData><row r=\"1\">");
	for (size_t i = 0; i < rows->column_count; i++) {
		buf_string(buf, "<c r=\"");
		add_place(buf, i, 1);
		add_string(buf, rows->names[i], "\" s=\"1\"");
	}
	buf_string(buf, "</row>");
	for (size_t row = 0; row < rows->row_count; row++) {
		buf_format(buf, "\n<row r=\"%zu\">", row + 2);
		for (size_t i = 0; i < rows->column_count; i++)
			add_cell(buf, &rows->values[row * rows->column_count + i], i, row + 2);
		buf_string(buf, "</row>");
	}
	buf_string(buf, "</sheetData><autoFilter ref=\"A1:");
	add_place(buf, rows->column_count - 1, rows->row_count + 1);
	buf_string(buf, "\"/></worksheet>");
}

void workbook_write(const struct rows *rows, struct buf *buf)
{
	struct zip zip;
	struct buf sheet;
	zip_init(&zip, buf);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		zip_add(&zip, parts[i].name, text_from(parts[i].content));
	buf_init(&sheet, BUF_LIMIT_FILE);
	write_sheet(rows, &sheet);
	zip_add(&zip, "xl/worksheets/sheet1.xml", buf_view(&sheet));
	buf->overflowed |= sheet.overflowed;
	buf_clear(&sheet);
	zip_close(&zip);
}
