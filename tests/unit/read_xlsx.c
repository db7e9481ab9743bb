/* SPDX-License-Identifier: MIT
 *
 * Sheets of small workbooks as the text that the reader of tables gets.
 */
#include "read/xlsx.h"

#include <check.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/zip.h"
#include "read/input.h"
#include "read/xlsx_sheet.h"

Suite *read_xlsx_suite(void);

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATION(id, type, target) "<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"

static struct arena *arena;
static struct sources *sources;
static struct diag *diag;
static struct reader reader;
static struct buf bytes;

static void set_up(void)
{
	arena = arena_new();
	sources = sources_new(arena);
	diag = diag_new(arena, sources);
	reader = (struct reader){ .arena = arena, .sources = sources, .diag = diag };
	buf_init(&bytes, BUF_LIMIT_PAGE);
}

static void tear_down(void)
{
	buf_clear(&bytes);
	arena_free(arena);
}

/* The text of the sheet for cities.csv in a workbook of one sheet; missing when it was not read. */
static struct text read_sheet(const char *rows, const char *strings, const char *behind)
{
	struct buf sheet, shared;
	struct zip zip;
	buf_init(&sheet, BUF_LIMIT_PAGE);
	buf_init(&shared, BUF_LIMIT_PAGE);
	buf_format(&sheet,
		   "<x:worksheet xmlns:x=\"" MAIN "\"><x:sheetData>%s</x:sheetData>%s</x:worksheet>", rows, behind);
	buf_format(&shared, "<sst>%s</sst>", strings);
	zip_init(&zip, &bytes);
	zip_add(&zip, "_rels/.rels",
		TEXT("<Relationships>" RELATION("r1", "officeDocument", "xl/workbook.xml") "</Relationships>"));
	zip_add(&zip, "xl/workbook.xml",
		TEXT("<workbook xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"甲\" r:id=\"r1\"/></sheets></workbook>"));
	zip_add(&zip, "xl/_rels/workbook.xml.rels",
		TEXT("<Relationships>" RELATION("r1", "worksheet", "a.xml") RELATION("r2", "sharedStrings", "b.xml") "</Relationships>"));
	zip_add(&zip, "xl/a.xml", buf_view(&sheet));
	zip_add(&zip, "xl/b.xml", buf_view(&shared));
	zip_close(&zip);
	uint32_t number = xlsx_open_bytes(&reader, input_add(&reader, "a.xlsx", NO_TEXT), buf_view(&bytes), ENTITY_CITY);
	buf_clear(&sheet);
	buf_clear(&shared);
	return number ? sources_find(sources, number)->text : NO_TEXT;
}

#define TEXT_CELL(ref, text) "<c r=\"" ref "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

static const struct {
	const char *name, *rows, *strings, *behind, *want;
} sheets[] = {
	{ "empty rows and cells count",
	  "<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"D3\"><v>2</v></c></row><row r=\"5\"><c r=\"A5\"><v>3</v></c></row>",
	  "", "", "\n\n,1,,2\n\n3,,,\n" },
	{ "what says no place follows", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c r=\"C2\"><v>3</v></c><c><v>4</v></c></row>", "", "",
	  "1,2,,\n,,3,4\n" },
	{ "separators and quotes", "<row>" TEXT_CELL("A1", "a,b") TEXT_CELL("B1", "c\"d") TEXT_CELL("C1", "e;f") "</row>", "", "",
	  "\"a,b\",\"c\"\"d\",\"e;f\"\n" },
	{ "line breaks stay in the line", "<row>" TEXT_CELL("A1", "a\nb_x000D_\nc") "</row>", "", "", "\"a\u2028b\u2028c\"\n" },
	{ "runs and phonetic runs", "<row><c t=\"s\"><v>1</v></c></row>",
	  "<si><t>no</t></si><si><r><t>a</t></r><r><t xml:space=\"preserve\"> </t></r><r><t>b</t></r><rPh><t>c</t></rPh></si>", "", "a b\n" },
	{ "kinds of cells", "<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"str\"><f>A1</f><v>x</v></c>"
	  "<c t=\"d\"><v>2021-09-05T00:00:00</v></c></row>", "", "", "TRUE,FALSE,#N/A,x,2021-09-05\n" },
	{ "merged rows are filled, merged columns are not", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c r=\"C2\"><v>3</v></c></row>", "",
	  "<mergeCells><mergeCell ref=\"A1:A9\"/><mergeCell ref=\"B1:C1\"/></mergeCells>", "1,2,\n1,,3\n" },
	{ "a cell hidden by a merged one stays", "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>", "",
	  "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>", "1\n2\n" },
};

START_TEST(sheet_becomes_lines)
{
	struct text text = read_sheet(sheets[_i].rows, sheets[_i].strings, sheets[_i].behind);
	ck_assert_msg(text_is(text, sheets[_i].want), "%s: %.*s", sheets[_i].name, TEXT_ARGS(text));
}
END_TEST

START_TEST(source_is_named_by_file_and_sheet)
{
	read_sheet("<row><c><v>1</v></c></row>", "", "");
	ck_assert(text_is(sources_find(sources, sources_count(sources))->name, "a.xlsx[甲]"));
}
END_TEST

static const struct {
	const char *rows, *strings, *behind;
	enum diag_kind kind;
} faults[] = {
	{ "<row><c t=\"s\"><v>0</v></c></row>", "", "", DIAG_WORKBOOK_DAMAGED },
	{ "<row><c t=\"s\"><v>-1</v></c></row>", "<si><t>a</t></si>", "", DIAG_WORKBOOK_DAMAGED },
	{ "<row r=\"2\"/><row r=\"2\"/>", "", "", DIAG_WORKBOOK_DAMAGED },
	{ "<row r=\"1048577\"/>", "", "", DIAG_WORKBOOK_DAMAGED },
	{ "<row><c r=\"B1\"/><c r=\"A1\"/></row>", "", "", DIAG_WORKBOOK_DAMAGED },
	{ "<row><c r=\"A2\"/></row>", "", "", DIAG_WORKBOOK_DAMAGED },
	{ "<row><c r=\"XFE1\"/></row>", "", "", DIAG_WORKBOOK_DAMAGED },
	{ "<row>", "", "", DIAG_WORKBOOK_DAMAGED },
	{ "<row/>", "", "", DIAG_WORKBOOK_NO_SHEET },
	{ "<row><c><f>A1</f></c></row>", "", "", DIAG_WORKBOOK_FORMULA },
	{ "<row hidden=\"1\"><c><v>1</v></c><c><v>2</v></c></row>", "", "", DIAG_WORKBOOK_ROWS_HIDDEN },
	{ "<row><c><v>1</v></c></row><row><c r=\"B2\"><v>1</v></c></row>", "", "<mergeCell ref=\"A1:A2\"/>", DIAG_WORKBOOK_MERGED },
};

START_TEST(fault_is_told_once)
{
	read_sheet(faults[_i].rows, faults[_i].strings, faults[_i].behind);
	ck_assert_uint_eq(diag_count_of(diag, faults[_i].kind), 1);
	size_t loud = diag_count(diag, SEVERITY_ERROR) + diag_count(diag, SEVERITY_WARNING);
	ck_assert_uint_eq(loud + diag_count(diag, SEVERITY_NOTE), 1);
}
END_TEST

static const struct {
	const char *ref;
	uint32_t row, column;
	bool is_good;
} places[] = {
	{ "A1", 0, 0, true }, { "c12", 11, 2, true }, { "AA1", 0, 26, true }, { "XFD1048576", 1048575, 16383, true },
	{ "XFE1", 0, 0, false }, { "A1048577", 0, 0, false }, { "A0", 0, 0, false }, { "A", 0, 0, false }, { "1", 0, 0, false },
	{ "", 0, 0, false }, { "A1B", 0, 0, false }, { "$A$1", 0, 0, false }, { "ZZZZZZZZZZZZZZZZ1", 0, 0, false },
	{ "A99999999999999999999", 0, 0, false },
};

START_TEST(place_of_a_cell)
{
	uint32_t row = 0, column = 0;
	ck_assert_int_eq(xlsx_place(text_from(places[_i].ref), &row, &column), places[_i].is_good);
	ck_assert_uint_eq(row, places[_i].row);
	ck_assert_uint_eq(column, places[_i].column);
}
END_TEST

Suite *read_xlsx_suite(void)
{
	Suite *suite = suite_create("read/xlsx");
	TCase *tcase = tcase_create("sheets");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, sheet_becomes_lines, 0, sizeof sheets / sizeof *sheets);
	tcase_add_test(tcase, source_is_named_by_file_and_sheet);
	tcase_add_loop_test(tcase, fault_is_told_once, 0, sizeof faults / sizeof *faults);
	tcase_add_loop_test(tcase, place_of_a_cell, 0, sizeof places / sizeof *places);
	suite_add_tcase(suite, tcase);
	return suite;
}
