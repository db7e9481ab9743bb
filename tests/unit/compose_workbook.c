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

static const char *sheet_of(const struct rows *rows, struct buf *buf)
{
	buf_init(buf, BUF_LIMIT_PAGE);
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
	const char *sheet = sheet_of(&rows, &buf);
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
	ck_assert_ptr_nonnull(strstr(sheet_of(&rows, &buf), "</row></sheetData><autoFilter ref=\"A1:B1\"/>"));
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
	workbook_write(&rows, &packed);
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
	tcase_add_test(tcase, every_part_is_xml);
	suite_add_tcase(suite, tcase);
	return suite;
}
