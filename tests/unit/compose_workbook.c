/* SPDX-License-Identifier: MIT */
#include "compose/workbook.h"

#include <check.h>
#include <string.h>

#include "base/arena.h"
#include "base/inflate.h"
#include "read/input.h"
#include "read/xmltree.h"

Suite *compose_workbook_suite(void);

static struct text names[] = { TEXT_INIT("年度"), TEXT_INIT("企业名称") };
static struct value values[] = {
	{ .kind = VALUE_INTEGER, .text = TEXT_INIT("2021"), .integer = 2021 }, { .kind = VALUE_TEXT, .text = TEXT_INIT("=A1 & <b>\x01\"\xEF\xBF\xBF公司") },
	{ .kind = VALUE_NULL }, { .kind = VALUE_TEXT, .text = TEXT_INIT("甲") },
};

/* With a head: a grey column and one of dates. */
static const struct text head[] = { TEXT_INIT("反馈表"), TEXT_INIT("请填写") };
static const struct workbook_column columns[] = { { .is_fixed = true, .is_text = true }, { .is_date = true } };
static const struct workbook_form form = { TEXT_INIT("反馈"), columns, head, 2 };

static const char *sheet_of(const struct rows *rows, bool is_form, struct buf *buf)
{
	buf_init(buf, BUF_LIMIT_PAGE);
	if (is_form)
		workbook_write_form(rows, &form, buf);
	else
		workbook_write(rows, buf);
	ck_assert(!buf->overflowed && memcmp(buf->at, "PK\3\4", 4) == 0);
	static struct buf sheet; /* kept for the asserts */
	struct inflate_member member;
	size_t offset = 0;
	bool is_damaged;
	buf_clear(&sheet);
	buf_init(&sheet, BUF_LIMIT_PAGE);
	while (inflate_next_member(buf_view(buf), &offset, &member, &is_damaged))
		if (text_equal(member.name, TEXT("xl/worksheets/sheet1.xml")))
			ck_assert(inflate_member_add(&member, &sheet));
	buf_byte(&sheet, '\0');
	const char *data = strstr(sheet.at, "<sheetData>");
	ck_assert_ptr_nonnull(data);
	return data;
}

START_TEST(keeps_texts_texts)
{
	struct buf buf;
	const struct rows rows = { names, values, 2, 2 };
	const char *sheet = sheet_of(&rows, false, &buf);
	ck_assert_ptr_nonnull(strstr(sheet, "<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">年度</t></is></c>"));
	ck_assert_ptr_nonnull(strstr(sheet, "<row r=\"2\"><c r=\"A2\"><v>2021</v></c><c r=\"B2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
					    "=A1 &amp; &lt;b&gt;&quot;公司</t></is></c></row>"));
	ck_assert_ptr_nonnull(strstr(sheet, "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\">"));
	ck_assert_ptr_nonnull(strstr(sheet, "<autoFilter ref=\"A1:B3\"/></worksheet>"));
	buf_clear(&buf);
}
END_TEST

START_TEST(writes_a_head_without_rows)
{
	struct buf buf;
	const struct rows rows = { names, values, 2, 0 };
	ck_assert_ptr_nonnull(strstr(sheet_of(&rows, false, &buf), "</row></sheetData><autoFilter ref=\"A1:B1\"/>"));
	buf_clear(&buf);
}
END_TEST

/* Title and lines, then the headings; blank cells keep what they take: 3 grey, 4 a date, which is checked. */
START_TEST(puts_a_form_below_its_head)
{
	struct buf buf;
	static struct value blank[] = { { .kind = VALUE_TEXT, .text = TEXT_INIT("条目") }, { .kind = VALUE_NULL } };
	const struct rows rows = { names, blank, 2, 1 };
	const char *sheet = sheet_of(&rows, true, &buf);
	ck_assert_ptr_nonnull(strstr(sheet, "<c r=\"A1\" s=\"5\" t=\"inlineStr\">"));
	ck_assert_ptr_nonnull(strstr(sheet, "<c r=\"A2\" s=\"6\" t=\"inlineStr\">"));
	ck_assert_ptr_nonnull(strstr(sheet, "<c r=\"B3\" s=\"1\" t=\"inlineStr\">"));
	ck_assert_ptr_nonnull(strstr(sheet, "<c r=\"A4\" s=\"3\" t=\"inlineStr\">"));
	ck_assert_ptr_nonnull(strstr(sheet, "<c r=\"B4\" s=\"4\"/>"));
	ck_assert_ptr_nonnull(strstr(sheet, "<autoFilter ref=\"A3:B4\"/><dataValidations count=\"1\">"
					    "<dataValidation type=\"date\""));
	ck_assert_ptr_nonnull(strstr(sheet, "sqref=\"B4:B1048576\""));
	buf_clear(&buf);
}
END_TEST

/* What other programs would refuse to open. */
START_TEST(every_part_is_xml)
{
	struct buf packed, part;
	struct inflate_member member;
	size_t offset = 0, count = 0;
	bool is_damaged;
	const struct rows rows = { names, values, 2, 2 };
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct reader reader = { .arena = arena, .sources = sources, .diag = diag_new(arena, sources) };
	buf_init(&packed, BUF_LIMIT_PAGE);
	if (_i == 0)
		workbook_write(&rows, &packed);
	else
		workbook_write_form(&rows, &form, &packed);
	for (; inflate_next_member(buf_view(&packed), &offset, &member, &is_damaged); count++) {
		buf_init(&part, BUF_LIMIT_PAGE);
		ck_assert(inflate_member_add(&member, &part));
		ck_assert_msg(xmltree_parse(&reader, input_add(&reader, "part.xml", buf_view(&part))) != NULL, "%.*s", TEXT_ARGS(member.name));
		buf_clear(&part);
	}
	ck_assert_uint_eq(count, 6);
	buf_clear(&packed);
	arena_free(arena);
}
END_TEST

Suite *compose_workbook_suite(void)
{
	Suite *suite = suite_create("compose/workbook");
	TCase *tcase = tcase_create("workbook");
	tcase_add_test(tcase, keeps_texts_texts);
	tcase_add_test(tcase, writes_a_head_without_rows);
	tcase_add_test(tcase, puts_a_form_below_its_head);
	tcase_add_loop_test(tcase, every_part_is_xml, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}
