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

static void write_columns(struct xml_write *xml, const struct rows *rows, const struct workbook_form *form)
{
	xml_write_open(xml, "cols");
	for (size_t i = 0; i < rows->column_count; i++) {
		xml_write_open(xml, "col");
		xml_write_attribute_format(xml, "min", "%zu", i + 1);
		xml_write_attribute_format(xml, "max", "%zu", i + 1);
		xml_write_attribute_format(xml, "width", "%zu", width_of_column(rows, i));
		if (form && form->columns[i].is_text)
			xml_write_attribute(xml, "style", TEXT("2"));
		xml_write_attribute(xml, "customWidth", TEXT("1"));
		xml_write_close(xml);
	}
	xml_write_close(xml);
}

/* The head stays in view. */
static void write_view(struct xml_write *xml, bool is_first)
{
	xml_write_open(xml, "sheetViews");
	xml_write_open(xml, "sheetView");
	if (is_first)
		xml_write_attribute(xml, "tabSelected", TEXT("1"));
	xml_write_attribute(xml, "workbookViewId", TEXT("0"));
	xml_write_open(xml, "pane");
	xml_write_attribute(xml, "ySplit", TEXT("1"));
	xml_write_attribute(xml, "topLeftCell", TEXT("A2"));
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

static void write_rows(struct xml_write *xml, const struct rows *rows)
{
	xml_write_open(xml, "sheetData");
	open_row(xml, 1);
	for (size_t i = 0; i < rows->column_count; i++) {
		open_cell(xml, i, 1);
		xml_write_attribute(xml, "s", TEXT("1"));
		close_string(xml, rows->names[i]);
	}
	xml_write_close(xml);
	for (size_t row = 0; row < rows->row_count; row++) {
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

static void write_list(struct xml_write *xml, const struct workbook_column *column, size_t index)
{
	xml_write_open(xml, "dataValidation");
	xml_write_attribute(xml, "type", TEXT("list"));
	xml_write_attribute(xml, "allowBlank", TEXT("1"));
	xml_write_attribute(xml, "showErrorMessage", TEXT("1"));
	xml_write_value(xml, "sqref");
	write_place(xml, index, 2);
	xml_write_string(xml, ":");
	write_place(xml, index, ROWS_MOST);
	xml_write_value_end(xml);
	xml_write_open(xml, "formula1");
	xml_write_string(xml, "\"");
	xml_write_text(xml, column->choices);
	xml_write_string(xml, "\"");
	xml_write_close(xml);
	xml_write_close(xml);
}

static void write_lists(struct xml_write *xml, const struct workbook_form *form, size_t count)
{
	size_t lists = 0;
	for (size_t i = 0; i < count; i++)
		lists += has_list(&form->columns[i]);
	if (!lists)
		return;
	xml_write_open(xml, "dataValidations");
	xml_write_attribute_format(xml, "count", "%zu", lists);
	for (size_t i = 0; i < count; i++)
		if (has_list(&form->columns[i]))
			write_list(xml, &form->columns[i], i);
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
	write_view(&xml, is_first);
	write_columns(&xml, rows, form);
	write_rows(&xml, rows);
	xml_write_open(&xml, "autoFilter");
	xml_write_value(&xml, "ref");
	xml_write_string(&xml, "A1:");
	write_place(&xml, rows->column_count - 1, rows->row_count + 1);
	xml_write_value_end(&xml);
	xml_write_close(&xml);
	if (form)
		write_lists(&xml, form, rows->column_count);
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
	zip_add(&zip, "xl/styles.xml", text_from(is_form ? form_styles : plain_styles));
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
	const struct workbook_sheet sheet = { *rows, { TEXT("listed"), NULL } };
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
