/* SPDX-License-Identifier: MIT */
#include "compose/workbook.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xml_write.h"
#include "base/zip.h"

#define DECLARED "version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\""
#define XML "<?xml " DECLARED "?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

enum {
	TEXT_LONGEST = 32000,           /* characters; Excel refuses a workbook with a cell of more than 32,767 */
	LIST_LONGEST = 255,             /* characters of the choices of a cell */
	ROWS_MOST = 1 << 20,
	NARROWEST = 8, WIDEST = 60,     /* columns, in digits */
	WRAPPED_WIDEST = 28, DATE_WIDTH = 14, FREE_WIDTH = 24, /* of a form with a head, whose cells wrap */
};

static const char *const sheet_parts[WORKBOOK_SHEETS_MOST] = {
	"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml",
};
static const char package_rels[] =
	XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
	    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

/* Cell style 1 is the head, 2 of what is to be filled in as text. */
#define STYLES(count, more) \
	XML "<styleSheet xmlns=\"" MAIN "\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"宋体\"/></font>" \
	    "<font><b/><sz val=\"11\"/><name val=\"宋体\"/></font></fonts>" \
	    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>" \
	    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>" \
	    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>" \
	    "<cellXfs count=\"" count "\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>" \
	    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>" more "</cellXfs></styleSheet>"
static const char plain_styles[] = STYLES("2", ""),
	form_styles[] = STYLES("3", "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>");

/* Of a form with a head: 1 heading, 2 free text, 3 grey, 4 date, 5 title, 6 line of the head. */
#define FACE(size, more) "<font>" more "<sz val=\"" size "\"/><name val=\"宋体\"/></font>"
#define FILL(colour) \
	"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"" colour "\"/><bgColor indexed=\"64\"/>" \
	"</patternFill></fill>"
#define EDGE(side) "<" side " style=\"thin\"><color rgb=\"FF808080\"/></" side ">"
#define CELL(format, font, fill, border, more) \
	"<xf numFmtId=\"" format "\" fontId=\"" font "\" fillId=\"" fill "\" borderId=\"" border "\"" \
	" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">" \
	"<alignment vertical=\"top\"" more "/></xf>"
static const char headed_styles[] =
	XML "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"1\">"
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
enum { STYLE_HEADING = 1, STYLE_TEXT, STYLE_FIXED, STYLE_DATE, STYLE_TITLE, STYLE_HEAD };

/* "A", "Z", "AA" … and the row, from 1. */
static void write_place(struct xml_write *xml, size_t column, size_t row)
{
	char letters[3] = { (char)('A' + column % 26), '\0', '\0' };
	if (column >= 26) {
		letters[1] = letters[0];
		letters[0] = (char)('A' + column / 26 - 1);
	}
	xml_write_format(xml, "%s%zu", letters, row);
}

static struct text clip(struct text text)
{
	size_t offset = 0;
	for (int i = 0; i < TEXT_LONGEST && offset < text.size; i++)
		utf8_next(text, &offset);
	return text_slice(text, 0, offset);
}

static void open_cell(struct xml_write *xml, size_t column, size_t row)
{
	xml_write_open(xml, "c");
	xml_write_value(xml, "r");
	write_place(xml, column, row);
	xml_write_value_end(xml);
}

/* The rest of a cell with a text. */
static void close_string(struct xml_write *xml, struct text text)
{
	xml_write_attribute(xml, "t", TEXT("inlineStr"));
	xml_write_open(xml, "is");
	xml_write_open(xml, "t");
	xml_write_attribute(xml, "xml:space", TEXT("preserve"));
	xml_write_text(xml, clip(text));
	xml_write_close(xml);
	xml_write_close(xml);
	xml_write_close(xml);
}

static void write_cell(struct xml_write *xml, const struct value *value, size_t column, size_t row)
{
	if (!value->text.size)
		return;
	open_cell(xml, column, row);
	if (value->kind != VALUE_INTEGER) {
		close_string(xml, value->text);
		return;
	}
	xml_write_element(xml, "v", value->text);
	xml_write_close(xml);
}

static size_t width_of(struct text text)
{
	size_t width = 0;
	for (size_t offset = 0; offset < text.size;)
		width += utf8_next(text, &offset) < 0x1100 ? 1 : 2;
	return width;
}

static size_t width_of_column(const struct rows *rows, size_t column)
{
	size_t width = width_of(rows->names[column]);
	for (size_t row = 0; row < rows->row_count && width < WIDEST; row++) {
		size_t one = width_of(rows->values[row * rows->column_count + column].text);
		width = one > width ? one : width;
	}
	width += 2; /* room for the filter's arrow */
	if (width > WIDEST)
		return WIDEST;
	return width < NARROWEST ? NARROWEST : width;
}

/* What is still blank has the width of what will be written there. */
static size_t width_in_form(const struct rows *rows, const struct workbook_form *form, size_t column)
{
	const struct workbook_column *what = &form->columns[column];
	size_t width = width_of_column(rows, column);
	if (what->is_date)
		return DATE_WIDTH;
	if (!what->is_fixed && !what->choices.size)
		return FREE_WIDTH;
	return width < WRAPPED_WIDEST ? width : WRAPPED_WIDEST;
}

static void write_columns(struct xml_write *xml, const struct rows *rows, const struct workbook_form *form)
{
	xml_write_open(xml, "cols");
	for (size_t i = 0; i < rows->column_count; i++) {
		xml_write_open(xml, "col");
		xml_write_attribute_format(xml, "min", "%zu", i + 1);
		xml_write_attribute_format(xml, "max", "%zu", i + 1);
		size_t width = form && form->head_count ? width_in_form(rows, form, i) : width_of_column(rows, i);
		xml_write_attribute_format(xml, "width", "%zu", width);
		if (form && (form->columns[i].is_text || form->columns[i].is_date) && !form->head_count)
			xml_write_attribute(xml, "style", TEXT("2"));
		xml_write_attribute(xml, "customWidth", TEXT("1"));
		xml_write_close(xml);
	}
	xml_write_close(xml);
}

/* The head stays in view. */
static void write_view(struct xml_write *xml, size_t head, bool is_first)
{
	xml_write_open(xml, "sheetViews");
	xml_write_open(xml, "sheetView");
	if (is_first)
		xml_write_attribute(xml, "tabSelected", TEXT("1"));
	xml_write_attribute(xml, "workbookViewId", TEXT("0"));
	xml_write_open(xml, "pane");
	xml_write_attribute_format(xml, "ySplit", "%zu", head + 1);
	xml_write_attribute_format(xml, "topLeftCell", "A%zu", head + 2);
	xml_write_attribute(xml, "activePane", TEXT("bottomLeft"));
	xml_write_attribute(xml, "state", TEXT("frozen"));
	xml_write_close(xml);
	xml_write_close(xml);
	xml_write_close(xml);
}

static void open_row(struct xml_write *xml, size_t row)
{
	xml_write_open(xml, "row");
	xml_write_attribute_format(xml, "r", "%zu", row);
}

static int style_of(const struct workbook_column *column)
{
	if (column->is_fixed)
		return STYLE_FIXED;
	return column->is_date ? STYLE_DATE : STYLE_TEXT;
}

static void open_styled(struct xml_write *xml, size_t column, size_t row, int style)
{
	open_cell(xml, column, row);
	xml_write_attribute_format(xml, "s", "%d", style);
}

/* Points, by the cell that takes most lines: not every program finds the height of a wrapped row itself. */
static size_t height_of(const struct rows *rows, const struct workbook_form *form, size_t row)
{
	enum { LINE = 15, HIGHEST = 405 };
	size_t lines = 1;
	for (size_t i = 0; i < rows->column_count; i++) {
		size_t room = width_in_form(rows, form, i) - 1;
		size_t one = (width_of(rows->values[row * rows->column_count + i].text) + room - 1) / room;
		lines = one > lines ? one : lines;
	}
	return lines * LINE < HIGHEST ? lines * LINE : HIGHEST;
}

static void open_high_row(struct xml_write *xml, size_t row, size_t height_pt)
{
	open_row(xml, row);
	xml_write_attribute_format(xml, "ht", "%zu", height_pt);
	xml_write_attribute(xml, "customHeight", TEXT("1"));
}

static void write_head(struct xml_write *xml, const struct workbook_form *form)
{
	for (size_t i = 0; i < form->head_count; i++) {
		open_high_row(xml, i + 1, i ? 18 : 26);
		open_styled(xml, 0, i + 1, i ? STYLE_HEAD : STYLE_TITLE);
		close_string(xml, form->head[i]);
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
		open_high_row(xml, line, height_of(rows, form, row));
		for (size_t i = 0; i < rows->column_count; i++) {
			struct text text = rows->values[row * rows->column_count + i].text;
			open_styled(xml, i, line, style_of(&form->columns[i]));
			if (text.size)
				close_string(xml, text);
			else
				xml_write_close(xml);
		}
		xml_write_close(xml);
	}
}

static void write_rows(struct xml_write *xml, const struct rows *rows, const struct workbook_form *form)
{
	bool is_headed = form && form->head_count;
	size_t first = is_headed ? form->head_count + 1 : 1;
	xml_write_open(xml, "sheetData");
	if (is_headed)
		write_head(xml, form);
	if (is_headed)
		open_high_row(xml, first, 20);
	else
		open_row(xml, first);
	for (size_t i = 0; i < rows->column_count; i++) {
		open_styled(xml, i, first, STYLE_HEADING);
		close_string(xml, rows->names[i]);
	}
	xml_write_close(xml);
	if (is_headed)
		write_framed(xml, rows, form);
	for (size_t row = 0; !is_headed && row < rows->row_count; row++) {
		xml_write_line(xml);
		open_row(xml, row + 2);
		for (size_t i = 0; i < rows->column_count; i++)
			write_cell(xml, &rows->values[row * rows->column_count + i], i, row + 2);
		xml_write_close(xml);
	}
	xml_write_close(xml);
}

static bool has_list(const struct workbook_column *column)
{
	return column->choices.size && utf8_count(column->choices) <= LIST_LONGEST;
}

/* A date from 2000 to 2099, as the spreadsheet counts days. */
static void write_condition(struct xml_write *xml, const struct workbook_column *column)
{
	xml_write_open(xml, "formula1");
	if (column->is_date) {
		xml_write_string(xml, "36526");
	} else {
		xml_write_string(xml, "\"");
		xml_write_text(xml, column->choices);
		xml_write_string(xml, "\"");
	}
	xml_write_close(xml);
	if (column->is_date)
		xml_write_element(xml, "formula2", TEXT("73050"));
}

static void write_validation(struct xml_write *xml, const struct workbook_column *column, size_t index, size_t first)
{
	xml_write_open(xml, "dataValidation");
	xml_write_attribute(xml, "type", column->is_date ? TEXT("date") : TEXT("list"));
	xml_write_attribute(xml, "allowBlank", TEXT("1"));
	xml_write_attribute(xml, "showErrorMessage", TEXT("1"));
	if (column->is_date) {
		xml_write_attribute(xml, "errorTitle", TEXT("日期"));
		xml_write_attribute(xml, "error", TEXT("请填写日期，如 2021-10-15"));
	}
	xml_write_value(xml, "sqref");
	write_place(xml, index, first);
	xml_write_string(xml, ":");
	write_place(xml, index, ROWS_MOST);
	xml_write_value_end(xml);
	write_condition(xml, column);
	xml_write_close(xml);
}

static bool is_checked(const struct workbook_form *form, size_t column)
{
	return has_list(&form->columns[column]) || (form->head_count && form->columns[column].is_date);
}

static void write_validations(struct xml_write *xml, const struct workbook_form *form, size_t count)
{
	size_t checked = 0;
	for (size_t i = 0; i < count; i++)
		checked += is_checked(form, i);
	if (!checked)
		return;
	xml_write_open(xml, "dataValidations");
	xml_write_attribute_format(xml, "count", "%zu", checked);
	for (size_t i = 0; i < count; i++)
		if (is_checked(form, i))
			write_validation(xml, &form->columns[i], i, form->head_count + 2);
	xml_write_close(xml);
}

/* Across, all columns on one page. */
static void write_page(struct xml_write *xml)
{
	xml_write_open(xml, "pageSetup");
	xml_write_attribute(xml, "paperSize", TEXT("9"));
	xml_write_attribute(xml, "orientation", TEXT("landscape"));
	xml_write_attribute(xml, "fitToHeight", TEXT("0"));
	xml_write_close(xml);
}

static void write_fit(struct xml_write *xml)
{
	xml_write_open(xml, "sheetPr");
	xml_write_open(xml, "pageSetUpPr");
	xml_write_attribute(xml, "fitToPage", TEXT("1"));
	xml_write_close(xml);
	xml_write_close(xml);
}

/* `form`: NULL where the rows are all there is. */
static void write_sheet(const struct rows *rows, const struct workbook_form *form, bool is_first, struct buf *buf)
{
	struct xml_write xml;
	xml_write_init(&xml, buf);
	xml_write_instruction(&xml, "xml", DECLARED);
	xml_write_line(&xml);
	xml_write_open(&xml, "worksheet");
	xml_write_attribute(&xml, "xmlns", TEXT(MAIN));
	size_t head = form ? form->head_count : 0;
	if (head)
		write_fit(&xml);
	write_view(&xml, head, is_first);
	write_columns(&xml, rows, form);
	write_rows(&xml, rows, form);
	xml_write_open(&xml, "autoFilter");
	xml_write_value(&xml, "ref");
	write_place(&xml, 0, head + 1);
	xml_write_string(&xml, ":");
	write_place(&xml, rows->column_count - 1, rows->row_count + head + 1);
	xml_write_value_end(&xml);
	xml_write_close(&xml);
	if (form)
		write_validations(&xml, form, rows->column_count);
	if (head)
		write_page(&xml);
	xml_write_close(&xml);
	xml_write_end(&xml);
}

static void write_contents(const struct workbook_sheet *sheets, size_t count, struct buf *buf)
{
	struct xml_write xml;
	xml_write_init(&xml, buf);
	xml_write_instruction(&xml, "xml", DECLARED);
	xml_write_line(&xml);
	xml_write_open(&xml, "workbook");
	xml_write_attribute(&xml, "xmlns", TEXT(MAIN));
	xml_write_attribute(&xml, "xmlns:r", TEXT(OFFICE));
	xml_write_open(&xml, "sheets");
	for (size_t i = 0; i < count; i++) {
		xml_write_open(&xml, "sheet");
		xml_write_attribute(&xml, "name", sheets[i].form.name);
		xml_write_attribute_format(&xml, "sheetId", "%zu", i + 1);
		xml_write_attribute_format(&xml, "r:id", "rId%zu", i + 1);
		xml_write_close(&xml);
	}
	xml_write_close(&xml);
	xml_write_close(&xml);
	xml_write_end(&xml);
}

/* Which part is what. */
static void write_types(size_t count, struct buf *buf)
{
	buf_string(buf, XML "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" ContentType="
			"\"application/vnd.openxmlformats-package.relationships+xml\"/>"
			"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
			"<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>");
	for (size_t i = 1; i <= count; i++)
		buf_format(buf, "<Override PartName=\"/%s\" ContentType=\"" TYPE "worksheet+xml\"/>",
			   sheet_parts[i - 1]);
	buf_string(buf, "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE "styles+xml\"/></Types>");
}

/* Where the workbook finds its sheets, rId1 …, and behind them the styles. */
static void write_rels(size_t count, struct buf *buf)
{
	buf_string(buf, XML "<Relationships xmlns=\"" PACKAGE "relationships\">");
	for (size_t i = 1; i <= count; i++)
		buf_format(buf, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/worksheet\" Target=\"%s\"/>", i,
			   sheet_parts[i - 1] + strlen("xl/"));
	buf_format(buf, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>", count + 1);
	buf_string(buf, "</Relationships>");
}

/* One part after the other, each written into the same scratch. */
static void write_package(const struct workbook_sheet *sheets, size_t count, struct buf *buf)
{
	bool is_form = sheets[0].form.columns != NULL;
	struct zip zip;
	struct buf part;
	zip_init(&zip, buf);
	buf_init(&part, BUF_LIMIT_FILE);
	write_types(count, &part);
	zip_add(&zip, "[Content_Types].xml", buf_view(&part));
	zip_add(&zip, "_rels/.rels", text_from(package_rels));
	buf_reset(&part);
	write_contents(sheets, count, &part);
	zip_add(&zip, "xl/workbook.xml", buf_view(&part));
	buf_reset(&part);
	write_rels(count, &part);
	zip_add(&zip, "xl/_rels/workbook.xml.rels", buf_view(&part));
	const char *styles = is_form ? form_styles : plain_styles;
	zip_add(&zip, "xl/styles.xml", text_from(sheets[0].form.head_count ? headed_styles : styles));
	for (size_t i = 0; i < count; i++) {
		buf_reset(&part);
		write_sheet(&sheets[i].rows, is_form ? &sheets[i].form : NULL, i == 0, &part);
		zip_add(&zip, sheet_parts[i], buf_view(&part));
		buf->overflowed |= part.overflowed;
	}
	buf_clear(&part);
	zip_close(&zip);
}

void workbook_write(const struct rows *rows, struct buf *buf)
{
	const struct workbook_sheet sheet = { *rows, { .name = TEXT("listed") } };
	write_package(&sheet, 1, buf);
}

void workbook_write_form(const struct rows *rows, const struct workbook_form *form, struct buf *buf)
{
	const struct workbook_sheet sheet = { *rows, *form };
	write_package(&sheet, 1, buf);
}

void workbook_write_sheets(const struct workbook_sheet *sheets, size_t count, struct buf *buf)
{
	assert(count && count <= WORKBOOK_SHEETS_MOST);
	write_package(sheets, count, buf);
}
