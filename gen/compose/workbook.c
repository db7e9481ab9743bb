/* SPDX-License-Identifier: MIT */
#include "compose/workbook.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xml_write.h"
#include "base/zip.h"
#include "compose/workbook_headed.h"
#include "compose/workbook_notes.h"

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

static const char package_relations[] =
	XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
	    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

/*
 * Cell style 1 is the head, 2 of what is to be filled in as text; where there are notes 3 and 4 are a
 * text and anything else with one, 5 a sentence.
 */
enum { STYLE_HEAD = 1, STYLE_TEXT, STYLE_NOTED_TEXT, STYLE_NOTED, STYLE_WRAPPED };
#define STYLES(fills, count, more) \
	XML "<styleSheet xmlns=\"" MAIN "\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"宋体\"/></font>" \
	    "<font><b/><sz val=\"11\"/><name val=\"宋体\"/></font></fonts>" \
	    fills \
	    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>" \
	    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>" \
	    "<cellXfs count=\"" count "\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>" \
	    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>" more "</cellXfs></styleSheet>"
#define FILL(type, colour) "<fill><patternFill patternType=\"" type "\"" colour "</fill>"
#define FIRST_FILLS FILL("none", "/>") FILL("gray125", "/>")
#define TWO_FILLS "<fills count=\"2\">" FIRST_FILLS "</fills>"
#define NOTED_FILL FILL("solid", "><fgColor rgb=\"FFFFE699\"/><bgColor indexed=\"64\"/></patternFill>")
#define THREE_FILLS "<fills count=\"3\">" FIRST_FILLS NOTED_FILL "</fills>"
#define XF(format, fill, rest) \
	"<xf numFmtId=\"" format "\" fontId=\"0\" fillId=\"" fill "\" borderId=\"0\" xfId=\"0\"" rest
#define XF_TEXT XF("49", "0", " applyNumberFormat=\"1\"/>")
static const char plain_styles[] = STYLES(TWO_FILLS, "2", ""), form_styles[] = STYLES(TWO_FILLS, "3", XF_TEXT),
	noted_styles[] = STYLES(THREE_FILLS, "6", XF_TEXT XF("49", "2", " applyNumberFormat=\"1\" applyFill=\"1\"/>")
		XF("0", "2", " applyFill=\"1\"/>")
		XF("49", "0", " applyNumberFormat=\"1\" applyAlignment=\"1\">"
		   "<alignment vertical=\"top\" wrapText=\"1\"/></xf>"));

void workbook_place_write(struct xml_write *xml, size_t column, size_t row)
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

void workbook_cell_open(struct xml_write *xml, size_t column, size_t row)
{
	xml_write_open(xml, "c");
	xml_write_value(xml, "r");
	workbook_place_write(xml, column, row);
	xml_write_value_end(xml);
}

void workbook_string_close(struct xml_write *xml, struct text text)
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

/* `style` 0: as its column, or as anything. */
static void write_cell(struct xml_write *xml, const struct value *value, struct workbook_note place, int style)
{
	if (!value->text.size && style < STYLE_NOTED_TEXT)
		return;
	workbook_cell_open(xml, place.column, place.row + 2);
	if (style)
		xml_write_attribute_format(xml, "s", "%d", style);
	if (!value->text.size) {
		xml_write_close(xml);
		return;
	}
	if (value->kind != VALUE_INTEGER) {
		workbook_string_close(xml, value->text);
		return;
	}
	xml_write_element(xml, "v", value->text);
	xml_write_close(xml);
}

size_t workbook_text_width(struct text text)
{
	size_t width = 0;
	for (size_t offset = 0; offset < text.size;)
		width += utf8_next(text, &offset) < 0x1100 ? 1 : 2;
	return width;
}

size_t workbook_column_width(const struct rows *rows, size_t column)
{
	size_t width = workbook_text_width(rows->names[column]);
	for (size_t row = 0; row < rows->row_count && width < WIDEST; row++) {
		size_t one = workbook_text_width(rows->values[row * rows->column_count + column].text);
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
		bool is_headed = form && form->head_count;
		xml_write_attribute_format(xml, "width", "%zu",
					   is_headed ? workbook_headed_width(rows, form, i) : workbook_column_width(rows, i));
		if (form && !is_headed && (form->columns[i].is_text || form->columns[i].is_date))
			xml_write_attribute(xml, "style", TEXT("2"));
		xml_write_attribute(xml, "customWidth", TEXT("1"));
		xml_write_close(xml);
	}
	xml_write_close(xml);
}

/* The head stays in view. */
static void write_view(struct xml_write *xml, size_t head, bool is_shown)
{
	xml_write_open(xml, "sheetViews");
	xml_write_open(xml, "sheetView");
	if (is_shown)
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

static void write_head(struct xml_write *xml, const struct rows *rows)
{
	open_row(xml, 1);
	for (size_t i = 0; i < rows->column_count; i++) {
		workbook_cell_open(xml, i, 1);
		xml_write_attribute(xml, "s", TEXT("1"));
		workbook_string_close(xml, rows->names[i]);
	}
	xml_write_close(xml);
}

static int style_of(const struct workbook_column *column, bool is_noted)
{
	if (is_noted)
		return column->is_text ? STYLE_NOTED_TEXT : STYLE_NOTED;
	if (column->is_wrapped)
		return STYLE_WRAPPED;
	return column->is_text ? STYLE_TEXT : 0;
}

static bool is_note_at(const struct workbook_sheet *sheet, size_t note, const struct workbook_note *place)
{
	return sheet && note < sheet->note_count && sheet->notes[note].row == place->row &&
	       sheet->notes[note].column == place->column;
}

/* `sheet` NULL: rows without any form. */
static void write_rows(struct xml_write *xml, const struct rows *rows, const struct workbook_sheet *sheet)
{
	size_t note = 0;
	write_head(xml, rows);
	for (size_t row = 0; row < rows->row_count; row++) {
		xml_write_line(xml);
		open_row(xml, row + 2);
		for (size_t i = 0; i < rows->column_count; i++) {
			const struct workbook_note here = { .row = row, .column = i };
			bool is_noted = is_note_at(sheet, note, &here);
			int style = sheet ? style_of(&sheet->form.columns[i], is_noted) : 0;
			note += is_noted;
			write_cell(xml, &rows->values[row * rows->column_count + i], here, style);
		}
		xml_write_close(xml);
	}
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

/* Of the cells of a column from row `first` on. */
static void write_validation(struct xml_write *xml, const struct workbook_form *form, size_t index, size_t first)
{
	const struct workbook_column *column = &form->columns[index];
	xml_write_open(xml, "dataValidation");
	xml_write_attribute(xml, "type", column->is_date ? TEXT("date") : TEXT("list"));
	xml_write_attribute(xml, "allowBlank", TEXT("1"));
	xml_write_attribute(xml, "showErrorMessage", TEXT("1"));
	if (column->is_date) {
		xml_write_attribute(xml, "errorTitle", TEXT("日期"));
		xml_write_attribute(xml, "error", TEXT("请填写日期，如 2021-10-15"));
	}
	xml_write_value(xml, "sqref");
	workbook_place_write(xml, index, first);
	xml_write_string(xml, ":");
	workbook_place_write(xml, index, ROWS_MOST);
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
			write_validation(xml, form, i, form->head_count + 2);
	xml_write_close(xml);
}

/* One sheet of the package; of one that is only rows there is no form. */
struct part {
	const struct rows *rows;
	const struct workbook_form *form;
	const struct workbook_sheet *sheet; /* NULL: it has no cells of its own styles */
	struct text name;
	size_t number; /* from 1 */
};

static bool has_notes(const struct part *part)
{
	return part->sheet && part->sheet->note_count;
}

static void write_sheet(const struct part *part, struct buf *buf)
{
	const struct rows *rows = part->rows;
	struct xml_write xml;
	xml_write_init(&xml, buf);
	xml_write_instruction(&xml, "xml", DECLARED);
	xml_write_line(&xml);
	xml_write_open(&xml, "worksheet");
	xml_write_attribute(&xml, "xmlns", TEXT(MAIN));
	if (has_notes(part))
		xml_write_attribute(&xml, "xmlns:r", TEXT(OFFICE));
	size_t head = part->form ? part->form->head_count : 0;
	if (head)
		workbook_headed_fit(&xml);
	write_view(&xml, head, part->number == 1);
	write_columns(&xml, rows, part->form);
	xml_write_open(&xml, "sheetData");
	if (head)
		workbook_headed_rows(&xml, rows, part->form);
	else
		write_rows(&xml, rows, part->sheet);
	xml_write_close(&xml);
	xml_write_open(&xml, "autoFilter");
	xml_write_value(&xml, "ref");
	workbook_place_write(&xml, 0, head + 1);
	xml_write_string(&xml, ":");
	workbook_place_write(&xml, rows->column_count - 1, rows->row_count + head + 1);
	xml_write_value_end(&xml);
	xml_write_close(&xml);
	if (part->form)
		write_validations(&xml, part->form, rows->column_count);
	if (head)
		workbook_headed_page(&xml);
	if (has_notes(part)) {
		xml_write_open(&xml, "legacyDrawing");
		xml_write_attribute(&xml, "r:id", TEXT("rId1"));
		xml_write_close(&xml);
	}
	xml_write_close(&xml);
	xml_write_end(&xml);
}

static void write_contents(const struct part *parts, size_t count, struct buf *buf)
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
		xml_write_attribute(&xml, "name", parts[i].name);
		xml_write_attribute_format(&xml, "sheetId", "%zu", i + 1);
		xml_write_attribute_format(&xml, "r:id", "rId%zu", i + 1);
		xml_write_close(&xml);
	}
	xml_write_close(&xml);
	xml_write_close(&xml);
	xml_write_end(&xml);
}

static void write_types(const struct part *parts, size_t count, struct buf *buf)
{
	bool is_noted = false;
	for (size_t i = 0; i < count; i++)
		is_noted |= has_notes(&parts[i]);
	buf_string(buf, XML "<Types xmlns=\"" PACKAGE "content-types\">"
		"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
		"<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
	if (is_noted)
		buf_string(buf, "<Default Extension=\"vml\" "
			   "ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>");
	buf_string(buf, "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>");
	for (size_t i = 1; i <= count; i++)
		buf_format(buf, "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" "
			   "ContentType=\"" TYPE "worksheet+xml\"/>", i);
	for (size_t i = 1; i <= count; i++)
		if (has_notes(&parts[i - 1]))
			buf_format(buf, "<Override PartName=\"/xl/comments%zu.xml\" "
				   "ContentType=\"" TYPE "comments+xml\"/>", i);
	buf_string(buf, "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE "styles+xml\"/></Types>");
}

static void write_relations(size_t count, struct buf *buf)
{
	buf_string(buf, XML "<Relationships xmlns=\"" PACKAGE "relationships\">");
	for (size_t i = 1; i <= count; i++)
		buf_format(buf, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/worksheet\" "
			   "Target=\"worksheets/sheet%zu.xml\"/>", i, i);
	buf_format(buf, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
		   "</Relationships>", count + 1);
}

static void write_note_relations(const struct part *part, struct buf *buf)
{
	buf_format(buf, XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
		   "<Relationship Id=\"rId1\" Type=\"" OFFICE "/vmlDrawing\" Target=\"../drawings/vmlDrawing%zu.vml\"/>"
		   "<Relationship Id=\"rId2\" Type=\"" OFFICE "/comments\" Target=\"../comments%zu.xml\"/>"
		   "</Relationships>",
		   part->number, part->number);
}

/* A file of the package: the writer fills `scratch`, which is used for each. */
struct package_writer {
	struct zip zip;
	struct buf scratch;
	char names[WORKBOOK_SHEETS_MOST * 4][40]; /* borrowed by the archive until it is closed */
	size_t named;
	bool overflowed;
};

static void add(struct package_writer *writer, const char *name)
{
	zip_add(&writer->zip, name, buf_view(&writer->scratch));
	writer->overflowed |= writer->scratch.overflowed;
	buf_reset(&writer->scratch);
}

static void add_numbered(struct package_writer *writer, const char *pattern, size_t number)
{
	char *name = writer->names[writer->named++];
	const char *star = strchr(pattern, '*');
	snprintf(name, sizeof writer->names[0], "%.*s%zu%s", (int)(star - pattern), pattern, number, star + 1);
	add(writer, name);
}

static void add_part(struct package_writer *writer, const struct part *part)
{
	write_sheet(part, &writer->scratch);
	add_numbered(writer, "xl/worksheets/sheet*.xml", part->number);
	if (!has_notes(part))
		return;
	write_note_relations(part, &writer->scratch);
	add_numbered(writer, "xl/worksheets/_rels/sheet*.xml.rels", part->number);
	workbook_notes_write(part->sheet, &writer->scratch);
	add_numbered(writer, "xl/comments*.xml", part->number);
	workbook_notes_draw(part->sheet, part->number, &writer->scratch);
	add_numbered(writer, "xl/drawings/vmlDrawing*.vml", part->number);
}

static void write_parts(const struct part *parts, size_t count, const char *styles, struct buf *buf)
{
	struct package_writer writer = { .named = 0 };
	assert(count && count <= WORKBOOK_SHEETS_MOST);
	zip_init(&writer.zip, buf);
	buf_init(&writer.scratch, BUF_LIMIT_FILE);
	write_types(parts, count, &writer.scratch);
	add(&writer, "[Content_Types].xml");
	zip_add(&writer.zip, "_rels/.rels", text_from(package_relations));
	write_contents(parts, count, &writer.scratch);
	add(&writer, "xl/workbook.xml");
	write_relations(count, &writer.scratch);
	add(&writer, "xl/_rels/workbook.xml.rels");
	zip_add(&writer.zip, "xl/styles.xml", text_from(styles));
	for (size_t i = 0; i < count; i++)
		add_part(&writer, &parts[i]);
	buf->overflowed |= writer.overflowed;
	buf_clear(&writer.scratch);
	zip_close(&writer.zip);
}

void workbook_write(const struct rows *rows, struct buf *buf)
{
	write_parts(&(struct part){ .rows = rows, .name = TEXT("listed"), .number = 1 }, 1, plain_styles, buf);
}

void workbook_write_form(const struct rows *rows, const struct workbook_form *form, struct buf *buf)
{
	write_parts(&(struct part){ .rows = rows, .form = form, .name = form->name, .number = 1 }, 1,
		    form->head_count ? workbook_headed_styles : form_styles, buf);
}

void workbook_write_sheets(const struct workbook_sheet *sheets, size_t count, struct buf *buf)
{
	struct part parts[WORKBOOK_SHEETS_MOST];
	assert(count && count <= WORKBOOK_SHEETS_MOST);
	for (size_t i = 0; i < count; i++)
		parts[i] = (struct part){ &sheets[i].rows, &sheets[i].form, &sheets[i], sheets[i].form.name, i + 1 };
	write_parts(parts, count, sheets[0].form.head_count ? workbook_headed_styles : noted_styles, buf);
}
