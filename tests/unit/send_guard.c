/* SPDX-License-Identifier: MIT
 *
 * Envelopes of enterprises that are visibly fictional: the right one passes, each kind of wrong one
 * is stopped for its own reason.
 */
#include "send/guard.h"


#include "base/hash.h"
#include "base/zip.h"
#include "send/protect.h"
#include "send_fixture.h"

Suite *send_guard_suite(void);

static const char user[] = "abcd2345efgh6789", owner[] = "zyxw9876zyxw9876";
#define OWN_NAME "示例甲机械制造有限公司"
#define OWN_CODE "91320000SAMPLE0017"
#define OTHER_NAME "样例乙集团电气有限公司"
#define OTHER_CODE "91320000SAMPLE0025"
#define AGENCY "示例丙检测有限公司"
#define NUMBER "示诊〔2021〕7号"
#define CODE "XJ1|SL-0007|0123456789abcdef0123456789abcdef|B1|3F9K"
#define MARK "示例甲机械制造有限公司　份号 3F9K　2021-12-20"

static struct guard *guard;
static struct buf archive, file, form;
static struct protect_attachment attached[2];
static size_t attached_count;
static struct guard_want want;
static char sha256[65];

/* Lines: name, code, number, what a test adds. */
static const struct paper usual = {
	.lines = { "企业名称：" OWN_NAME, "统一社会信用代码：" OWN_CODE, "编号：" NUMBER, "检测机构：" AGENCY },
	.page_count = 2, .code = TEXT_INIT(CODE),
};

static void file_paper(const struct paper *paper)
{
	buf_reset(&archive);
	paper_write(paper, &archive);
	hash_of(buf_view(&archive), sha256);
	want.archive = buf_view(&archive);
	want.sha256 = text_from(sha256);
}

static void protect_marked(const char *words)
{
	struct buf mark;
	buf_init(&mark, BUF_LIMIT_FILE);
	buf_reset(&file);
	paper_write(&(struct paper){ .artifact = words }, &mark);
	const struct protect_job job = { .what = TEXT("示例"), .archive = buf_view(&archive), .mark = buf_view(&mark),
					 .user_password = user, .owner_password = owner,
					 .attachments = attached, .attachment_count = attached_count };
	ck_assert(protect_pdf(&job, &file, paper_diag));
	buf_clear(&mark);
}

static void set_up(void)
{
	paper_open();
	buf_init(&archive, BUF_LIMIT_FILE);
	buf_init(&file, BUF_LIMIT_FILE);
	buf_init(&form, BUF_LIMIT_FILE);
	attached_count = 0;
	guard = guard_new(paper_sheet.arena);
	guard_add_enterprise(guard, TEXT(OWN_NAME), TEXT(OWN_CODE));
	guard_add_enterprise(guard, TEXT(OTHER_NAME), TEXT(OTHER_CODE));
	guard_add_enterprise(guard, TEXT(OWN_NAME "苏州分公司"), TEXT("91320000SAMPLE0033"));
	guard_add_enterprise(guard, TEXT("示例甲机械"), TEXT("91320000SAMPLE0041")); /* a part of our name */
	guard_add_enterprise(guard, TEXT("丙检测有限公司"), TEXT("91320000SAMPLE005X"));
	guard_allow(guard, TEXT(AGENCY));
	want = (struct guard_want){ .envelope = TEXT("91320000SAMPLE0017 诊断书.pdf"), .name = TEXT(OWN_NAME), .credit_code = TEXT(OWN_CODE),
		.number = TEXT(NUMBER), .page_count = 2, .mark = TEXT("份号 3F9K"), .qr = TEXT(CODE), .password = user };
	file_paper(&usual);
	protect_marked(MARK);
}

static void tear_down(void)
{
	guard_free(guard);
	buf_clear(&archive);
	buf_clear(&file);
	buf_clear(&form);
	paper_close();
}

static bool passes(void)
{
	return guard_check(guard, buf_view(&file), &want, paper_diag);
}

/* What is told in a run of the guard, and nothing else. */
static bool told(enum diag_kind kind)
{
	size_t before = diag_count(paper_diag, SEVERITY_ERROR), of = diag_count_of(paper_diag, kind);
	bool is_clean = passes();
	size_t all = diag_count(paper_diag, SEVERITY_ERROR) - before;
	return !is_clean && all == 1 && diag_count_of(paper_diag, kind) == of + 1;
}

START_TEST(the_right_envelope_passes)
{
	ck_assert(passes());
	ck_assert(passes()); /* a guard serves a whole batch */
	ck_assert_uint_eq(diag_count(paper_diag, SEVERITY_ERROR), 0);
}
END_TEST

START_TEST(another_password_or_none_stops_it)
{
	want.password = "abcd2345efgh6788";
	ck_assert(told(DIAG_GUARD_UNREADABLE));
	want.password = user;
	buf_reset(&file);
	buf_text(&file, buf_view(&archive)); /* nobody protected it */
	ck_assert(!passes());
	ck_assert_uint_eq(diag_count_of(paper_diag, DIAG_GUARD_UNREADABLE), 2);
}
END_TEST

static struct paper changed(size_t line, const char *words)
{
	struct paper paper = usual;
	paper.lines[line] = words;
	return paper;
}

START_TEST(the_own_name_must_be_there)
{
	struct paper paper = changed(0, "企业名称：示例某公司");
	file_paper(&paper);
	protect_marked("份号 3F9K");
	ck_assert(told(DIAG_GUARD_NO_NAME));
}
END_TEST

START_TEST(the_own_code_must_be_there)
{
	struct paper paper = changed(1, "统一社会信用代码：（略）");
	file_paper(&paper);
	protect_marked(MARK);
	ck_assert(told(DIAG_GUARD_NO_CODE));
}
END_TEST

START_TEST(the_number_must_be_there)
{
	want.number = TEXT("示诊〔2021〕8号");
	ck_assert(told(DIAG_GUARD_NUMBER));
}
END_TEST

START_TEST(the_mark_must_be_there)
{
	protect_marked("示例甲机械制造有限公司　份号 AAAA　2021-12-20");
	ck_assert(told(DIAG_GUARD_NUMBER));
}
END_TEST

START_TEST(pages_must_be_as_many)
{
	want.page_count = 3;
	ck_assert(told(DIAG_GUARD_PAGES));
	struct paper paper = usual; /* a page less than was filed */
	paper.page_count = 1;
	struct text filed = text_copy(paper_sheet.arena, buf_view(&archive));
	file_paper(&paper);
	protect_marked(MARK);
	want.archive = filed;
	hash_of(filed, sha256);
	want.page_count = 2;
	ck_assert(!passes());
	ck_assert_uint_eq(diag_count_of(paper_diag, DIAG_GUARD_PAGES), 2);
	ck_assert_uint_ge(diag_count_of(paper_diag, DIAG_GUARD_HASH), 1);
}
END_TEST

START_TEST(the_filed_copy_must_be_the_recorded_one)
{
	sha256[0] = sha256[0] == '0' ? '1' : '0';
	ck_assert(told(DIAG_GUARD_HASH));
}
END_TEST

/* A word that was not in the filed copy, in a font and a place like the others. */
START_TEST(content_must_be_that_of_the_filed_copy)
{
	struct text filed = text_copy(paper_sheet.arena, buf_view(&archive));
	struct paper paper = changed(4, "另：三星");
	file_paper(&paper);
	protect_marked(MARK);
	want.archive = filed;
	hash_of(filed, sha256);
	ck_assert(told(DIAG_GUARD_HASH));
}
END_TEST

/* The same characters, and so the same fonts, in another order. */
START_TEST(words_must_stand_where_they_were_filed)
{
	struct text filed = text_copy(paper_sheet.arena, buf_view(&archive));
	struct paper paper = changed(2, usual.lines[3]);
	paper.lines[3] = usual.lines[2];
	file_paper(&paper);
	protect_marked(MARK);
	want.archive = filed;
	hash_of(filed, sha256);
	ck_assert(told(DIAG_GUARD_HASH));
}
END_TEST

START_TEST(the_code_must_be_this_rows)
{
	want.qr = TEXT("XJ1|SL-0007|0123456789abcdef0123456789abcdef|B2|3F9K");
	ck_assert(told(DIAG_GUARD_QR));
	struct paper paper = usual;
	paper.code = NO_TEXT;
	want.qr = TEXT(CODE);
	file_paper(&paper);
	protect_marked(MARK);
	ck_assert(!passes());
	ck_assert_uint_eq(diag_count_of(paper_diag, DIAG_GUARD_QR), 2);
	want.qr = NO_TEXT;
	ck_assert(passes());
}
END_TEST

/* ---- others ------------------------------------------------------------------------------------------- */

static const struct {
	const char *words;
	enum diag_kind kind; /* DIAG_KINDS: no doubt */
} others[] = {
	{ "样例乙集团电气有限公司", DIAG_GUARD_FOREIGN_NAME },
	{ "见样例乙集团电气有限公司的做法", DIAG_GUARD_FOREIGN_NAME },
	{ "样例乙 集团电气　有限公司", DIAG_GUARD_FOREIGN_NAME },
	{ "樣例乙集團電氣有限公司", DIAG_GUARD_FOREIGN_NAME },
	{ "样例乙（集团）电气有限公司", DIAG_GUARD_FOREIGN_NAME },
	{ "样例乙·集团电气有限公司", DIAG_GUARD_FOREIGN_NAME },
	{ "91320000SAMPLE0025", DIAG_GUARD_FOREIGN_CODE },
	{ "９１３２００００ＳＡＭＰＬＥ００２５", DIAG_GUARD_FOREIGN_CODE },
	{ "9132 0000 SAMPLE 0025", DIAG_GUARD_FOREIGN_CODE },
	{ "91320000sample0025", DIAG_GUARD_FOREIGN_CODE },
	{ OWN_NAME "苏州分公司", DIAG_GUARD_FOREIGN_NAME }, /* longer than ours */
	{ "示例甲机械", DIAG_GUARD_FOREIGN_NAME },          /* a part of ours, but alone */
	{ "丙检测有限公司", DIAG_GUARD_FOREIGN_NAME },      /* a part of the agency's, but alone */
	{ OWN_NAME "，" AGENCY, DIAG_KINDS },
	{ "示例甲机械 制造有限公司", DIAG_KINDS },
	{ "样例乙集团的电气设备", DIAG_KINDS },
};

START_TEST(nobody_else_is_named)
{
	struct paper paper = changed(4, others[_i].words);
	file_paper(&paper);
	protect_marked(MARK);
	if (others[_i].kind == DIAG_KINDS)
		ck_assert_msg(passes(), "%s", others[_i].words);
	else
		ck_assert_msg(told(others[_i].kind), "%s", others[_i].words);
}
END_TEST

/* Not on the pages, but in what a reader program shows of the file, and in the mark. */
START_TEST(nobody_else_is_named_beside_the_pages)
{
	struct paper paper = usual;
	paper.title = "诊断书：" OTHER_NAME;
	file_paper(&paper);
	protect_marked(MARK);
	ck_assert(told(DIAG_GUARD_FOREIGN_NAME));
	file_paper(&usual);
	protect_marked(MARK "　" OTHER_CODE);
	ck_assert(told(DIAG_GUARD_FOREIGN_CODE));
}
END_TEST

/* The file of another enterprise, whole and sound. */
START_TEST(anothers_file_is_stopped)
{
	struct paper paper = usual;
	paper.lines[0] = "企业名称：" OTHER_NAME;
	paper.lines[1] = "统一社会信用代码：" OTHER_CODE;
	file_paper(&paper);
	protect_marked(MARK);
	ck_assert(!passes());
	ck_assert_uint_eq(diag_count_of(paper_diag, DIAG_GUARD_FOREIGN_NAME), 1);
	ck_assert_uint_eq(diag_count_of(paper_diag, DIAG_GUARD_FOREIGN_CODE), 1);
	ck_assert_uint_eq(diag_count_of(paper_diag, DIAG_GUARD_NO_CODE), 1);
}
END_TEST

/* ---- mail and packages ----------------------------------------------------------------------------------- */

static void add_base64(struct buf *out, struct text bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.size; i += 3) {
		unsigned char three[3] = { 0 };
		struct text part = text_slice(bytes, i, 3);
		memcpy(three, part.at, part.size);
		unsigned bits = (unsigned)three[0] << 16 | (unsigned)three[1] << 8 | three[2];
		for (size_t k = 0; k < 4; k++)
			buf_byte(out, k <= part.size ? digits[bits >> (18 - 6 * k) & 63] : '=');
		if (i % 57 == 54)
			buf_string(out, "\r\n");
	}
	buf_string(out, "\r\n");
}

/* A mail with the file in hand; `words` in its text. */
static void post(const char *subject, const char *words)
{
	struct text pdf = text_copy(paper_sheet.arena, buf_view(&file));
	buf_reset(&file);
	buf_string(&file, "From: office@example.org\r\nSubject: =?UTF-8?B?");
	struct buf encoded;
	buf_init(&encoded, BUF_LIMIT_PAGE);
	add_base64(&encoded, text_from(subject));
	buf_text(&file, text_trim(buf_view(&encoded)));
	buf_clear(&encoded);
	buf_string(&file, "?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"=_a_b\"\r\n\r\n"
	                  "--=_a_b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
	add_base64(&file, text_from(words));
	buf_string(&file, "--=_a_b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n");
	add_base64(&file, pdf);
	buf_string(&file, "--=_a_b--\r\n");
}

START_TEST(mail_is_looked_into)
{
	struct text pdf = text_copy(paper_sheet.arena, buf_view(&file));
	post(OWN_NAME, OWN_NAME "：请查收。");
	ck_assert(passes());
	buf_reset(&file);
	buf_text(&file, pdf);
	post(OTHER_NAME, OWN_NAME "：请查收。");
	ck_assert(told(DIAG_GUARD_FOREIGN_NAME));
	buf_reset(&file);
	buf_text(&file, pdf);
	post(OWN_NAME, OTHER_CODE);
	ck_assert(told(DIAG_GUARD_FOREIGN_CODE));
}
END_TEST

static void pack(const char *name, struct text inner)
{
	struct zip zip;
	struct text pdf = text_copy(paper_sheet.arena, buf_view(&file));
	buf_reset(&file);
	zip_init(&zip, &file);
	zip_add(&zip, "a.pdf", pdf);
	zip_add(&zip, name, inner);
	zip_close(&zip);
}

START_TEST(packages_are_looked_into)
{
	struct text pdf = text_copy(paper_sheet.arena, buf_view(&file));
	pack("a.csv", TEXT(OWN_CODE "," OWN_NAME "\n"));
	ck_assert(passes());
	buf_reset(&file);
	buf_text(&file, pdf);
	pack("a.csv", TEXT(OTHER_CODE ",\n"));
	ck_assert(told(DIAG_GUARD_FOREIGN_CODE));
	buf_reset(&file);
	buf_text(&file, pdf);
	pack(OTHER_CODE ".txt", TEXT("空"));
	ck_assert(told(DIAG_GUARD_FOREIGN_CODE));
	buf_reset(&file);
	buf_text(&file, pdf);
	pack("a.csv", TEXT(OWN_CODE "," OWN_NAME "\n"));
	size_t directory = text_find(buf_view(&file), TEXT("PK\1\2"));
	file.at[directory + 16] ^= 1; /* the sum of the first member */
	ck_assert(told(DIAG_GUARD_UNREADABLE));
}
END_TEST

/* A notice tells nothing but that there is something to fetch. */
START_TEST(a_notice_need_not_hold_everything)
{
	buf_reset(&file);
	buf_string(&file, "Content-Type: text/plain; charset=utf-8\r\n\r\n" OWN_NAME "：您有一份文件待领取。\r\n");
	want = (struct guard_want){ .envelope = TEXT("通知.eml"), .name = TEXT(OWN_NAME), .credit_code = TEXT(OWN_CODE), .lacks_code = true };
	ck_assert(passes());
	want.lacks_code = false;
	ck_assert(told(DIAG_GUARD_NO_CODE));
}
END_TEST

/* Any bytes: a doubt or none, in bounded time. */
/* ---- the form for the answer, within the document ----------------------------------------------------- */

/* A workbook of one sheet that says so, as it is attached; and recorded under its hash. */
static void attach_form(const char *cells)
{
	struct zip zip;
	static char hash[65];
	struct text sheet = text_format(paper_sheet.arena, "<?xml version=\"1.0\"?><worksheet><c><is>%s</is></c></worksheet>", cells);
	buf_reset(&form);
	zip_init(&zip, &form);
	zip_add(&zip, "xl/worksheets/sheet1.xml", sheet);
	zip_close(&zip);
	hash_of(buf_view(&form), hash);
	want.form = (struct guard_form){ text_from(hash), TEXT("2021") };
	attached[0] = (struct protect_attachment){ .name = TEXT("整改反馈表.xlsx"), .type = "application/zip", .bytes = buf_view(&form) };
	attached_count = 1;
	protect_marked(MARK);
}

#define FORM_YEAR "<t>2021年度整改反馈表</t>"
#define FORM_OWN FORM_YEAR "<t>" OWN_NAME " " OWN_CODE " " NUMBER "</t>"

START_TEST(the_form_for_the_answer_goes_with_it)
{
	attach_form(FORM_OWN);
	ck_assert(passes());
	attach_form(FORM_YEAR "<r><t>示例甲</t></r><r><t>机械制造有限公司" OWN_CODE NUMBER "</t></r>");
	ck_assert(passes());
	want.form = (struct guard_form){ 0 }; /* nobody recorded one */
	ck_assert(told(DIAG_GUARD_ATTACHMENT));
}
END_TEST

static const struct {
	const char *cells;
	enum diag_kind kind;
} forms[] = {
	/* In our form a row of another's: by name, by code, by a name in pieces, in escapes, in other characters. */
	{ FORM_OWN "<t>" OTHER_NAME "</t>", DIAG_GUARD_FOREIGN_NAME },
	{ FORM_OWN "<t>" OTHER_CODE "</t>", DIAG_GUARD_FOREIGN_CODE },
	{ FORM_OWN "<r><t>样例乙集</t></r><r><rPr/><t>团电气有限公司</t></r>", DIAG_GUARD_FOREIGN_NAME },
	{ FORM_OWN "<t>&#26679;例乙集团电气&#x6709;限公司</t>", DIAG_GUARD_FOREIGN_NAME },
	{ FORM_OWN "<r><t>&#26679;例乙集</t></r><r><t>团电气&#x6709;限公司</t></r>", DIAG_GUARD_FOREIGN_NAME },
	{ FORM_OWN "<t>樣例乙集團電氣有限公司</t>", DIAG_GUARD_FOREIGN_NAME },
	/* Of another document, another year, or of nobody. */
	{ FORM_YEAR "<t>" OWN_NAME OWN_CODE "示诊〔2021〕8号</t>", DIAG_GUARD_ATTACHMENT },
	{ "<t>2020年度</t><t>" OWN_NAME OWN_CODE "</t>", DIAG_GUARD_ATTACHMENT },
	{ FORM_YEAR "<t>" OWN_NAME NUMBER "</t>", DIAG_GUARD_ATTACHMENT },
	{ FORM_YEAR "<t>" OWN_CODE NUMBER "</t>", DIAG_GUARD_ATTACHMENT },
	{ "", DIAG_GUARD_ATTACHMENT },
};

START_TEST(a_wrong_form_is_stopped)
{
	attach_form(forms[_i].cells);
	ck_assert(told(forms[_i].kind));
}
END_TEST

/* Another's form, whole, is told for what it is and for whom it names. */
START_TEST(anothers_form_is_stopped)
{
	attach_form(FORM_YEAR "<t>" OTHER_NAME " " OTHER_CODE " 示诊〔2021〕8号</t>");
	ck_assert(!passes());
	ck_assert_uint_eq(diag_count_of(paper_diag, DIAG_GUARD_ATTACHMENT), 1);
	ck_assert_uint_eq(diag_count_of(paper_diag, DIAG_GUARD_FOREIGN_NAME), 1);
	ck_assert_uint_eq(diag_count_of(paper_diag, DIAG_GUARD_FOREIGN_CODE), 1);
}
END_TEST

START_TEST(no_other_file_is_within)
{
	attach_form(FORM_OWN);
	attached[1] = (struct protect_attachment){ .name = TEXT("a.txt"), .type = "text/plain", .bytes = TEXT("x") };
	attached_count = 2;
	protect_marked(MARK);
	ck_assert(told(DIAG_GUARD_ATTACHMENT));
}
END_TEST

/* None, two of which nobody knows which comes back, one that is not the recorded one. */
START_TEST(the_form_is_there_once)
{
	attach_form(FORM_OWN);
	if (_i == 2) {
		buf_byte(&form, 'x');
		attached[0].bytes = buf_view(&form);
	}
	attached[1] = attached[0];
	attached_count = (size_t[]){ 0, 2, 1 }[_i];
	protect_marked(MARK);
	ck_assert(told(DIAG_GUARD_ATTACHMENT));
}
END_TEST

/* ---- sheets of many -------------------------------------------------------------------------------------- */

#define FIRST  "20211130-0001"
#define SECOND "20211130-0002"
static const struct guard_entry entries[] = {
	{ TEXT_INIT(FIRST), { TEXT_INIT("000001"), TEXT_INIT("示例市示例路1号"), TEXT_INIT(OWN_NAME) } },
	{ TEXT_INIT(SECOND), { TEXT_INIT("000002"), TEXT_INIT("示例市示例路2号"), TEXT_INIT(OTHER_NAME) } },
};

static const struct {
	const char *lines[PAPER_LINES];
	bool is_good;
} sheets[] = {
	/* A label has its number last, a row of the register first; blanks and line ends are of the setting. */
	{ { "000001", "示例市示例路1号", OWN_NAME, FIRST, "000002", "示例市示例路2号", OTHER_NAME, SECOND }, true },
	{ { "登记表", FIRST, OWN_NAME, "示例市示例路1号 000001", SECOND, OTHER_NAME, "示例市示例路2号 000002" }, true },
	{ { "000001", "示例市示", "例路1号", OWN_NAME " " FIRST, "000002 示例市 示例路2号", OTHER_NAME, SECOND }, true },
	/* Addresses exchanged, names exchanged, one address twice. */
	{ { "000002", "示例市示例路2号", OWN_NAME, FIRST, "000001", "示例市示例路1号", OTHER_NAME, SECOND }, false },
	{ { "000001", "示例市示例路1号", OTHER_NAME, FIRST, "000002", "示例市示例路2号", OWN_NAME, SECOND }, false },
	{ { "000001", "示例市示例路1号", OWN_NAME, FIRST, "000002", "示例市示例路1号", OTHER_NAME, SECOND }, false },
	/* One missing, one twice, one of another batch's, in another order. */
	{ { "000001", "示例市示例路1号", OWN_NAME, FIRST }, false },
	{ { "000001", "示例市示例路1号", OWN_NAME, FIRST, "000002", "示例市示例路2号", OTHER_NAME, SECOND, SECOND }, false },
	{ { "000001", "示例市示例路1号", OWN_NAME, FIRST, "000002", "示例市示例路2号", OTHER_NAME, SECOND, "20211130-0003" }, false },
	{ { "000002", "示例市示例路2号", OTHER_NAME, SECOND, "000001", "示例市示例路1号", OWN_NAME, FIRST }, false },
	{ { "000001", "示例市示例路1号", OWN_NAME, "20211130-00010", "000002", "示例市示例路2号", OTHER_NAME, SECOND }, false },
	/* Somebody's name or code beside the right words, before all and behind all. */
	{ { "000001", "示例市示例路1号", OWN_NAME, "（样例乙集團电气有限公司）", FIRST, "000002", "示例市示例路2号", OTHER_NAME, SECOND }, false },
	{ { "000001", "示例市示例路1号", OWN_NAME, FIRST, "000002", "示例市示例路2号", OTHER_NAME, OWN_CODE, SECOND }, false },
	{ { OTHER_NAME, FIRST, OWN_NAME, "示例市示例路1号 000001", SECOND, OTHER_NAME, "示例市示例路2号 000002" }, false },
	{ { "000001", "示例市示例路1号", OWN_NAME, FIRST, "000002", "示例市示例路2号", OTHER_NAME, SECOND, OWN_NAME }, false },
};

START_TEST(a_sheet_holds_the_batch_and_nobody_else)
{
	struct paper paper = { .page_count = 1 };
	const struct guard_sheet sheet = { TEXT("labels.pdf"), entries, 2 };
	memcpy(paper.lines, sheets[_i].lines, sizeof paper.lines);
	buf_reset(&file);
	paper_write(&paper, &file);
	bool is_good = guard_check_sheet(guard, buf_view(&file), &sheet, paper_diag);
	ck_assert_int_eq(is_good, sheets[_i].is_good);
	ck_assert_uint_eq(diag_count_of(paper_diag, DIAG_GUARD_SHEET), !is_good);
	ck_assert(!guard_check_sheet(guard, text_slice(buf_view(&file), 0, file.size / 2), &sheet, paper_diag));
}
END_TEST

START_TEST(hostile_bytes_are_stopped)
{
	unsigned seed = 3;
	struct text kinds[3] = { text_copy(paper_sheet.arena, buf_view(&file)), NO_TEXT, NO_TEXT };
	post(OWN_NAME, OWN_NAME);
	kinds[1] = text_copy(paper_sheet.arena, buf_view(&file));
	pack("a.csv", TEXT(OWN_CODE "," OWN_NAME "\n"));
	kinds[2] = text_copy(paper_sheet.arena, buf_view(&file));
	for (int round = 0; round < 150; round++) {
		struct text from = kinds[round % 3];
		char *bytes = text_string(paper_sheet.arena, from);
		seed = seed * 1103515245u + 12345u;
		size_t size = round % 2 ? from.size : (seed >> 4) % from.size;
		for (int k = 0; k < 20; k++) {
			seed = seed * 1103515245u + 12345u;
			bytes[(seed >> 8) % from.size] = (char)(seed >> 3);
		}
		ck_assert(!guard_check(guard, (struct text){ bytes, size }, &want, paper_diag));
	}
}
END_TEST

Suite *send_guard_suite(void)
{
	Suite *suite = suite_create("send/guard");
	TCase *tcase = tcase_create("guard");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, the_right_envelope_passes);
	tcase_add_test(tcase, another_password_or_none_stops_it);
	tcase_add_test(tcase, the_own_name_must_be_there);
	tcase_add_test(tcase, the_own_code_must_be_there);
	tcase_add_test(tcase, the_number_must_be_there);
	tcase_add_test(tcase, the_mark_must_be_there);
	tcase_add_test(tcase, pages_must_be_as_many);
	tcase_add_test(tcase, the_filed_copy_must_be_the_recorded_one);
	tcase_add_test(tcase, content_must_be_that_of_the_filed_copy);
	tcase_add_test(tcase, words_must_stand_where_they_were_filed);
	tcase_add_test(tcase, the_code_must_be_this_rows);
	tcase_add_loop_test(tcase, nobody_else_is_named, 0, sizeof others / sizeof *others);
	tcase_add_test(tcase, nobody_else_is_named_beside_the_pages);
	tcase_add_test(tcase, anothers_file_is_stopped);
	tcase_add_test(tcase, mail_is_looked_into);
	tcase_add_test(tcase, packages_are_looked_into);
	tcase_add_test(tcase, a_notice_need_not_hold_everything);
	tcase_add_test(tcase, the_form_for_the_answer_goes_with_it);
	tcase_add_loop_test(tcase, a_wrong_form_is_stopped, 0, sizeof forms / sizeof *forms);
	tcase_add_test(tcase, anothers_form_is_stopped);
	tcase_add_test(tcase, no_other_file_is_within);
	tcase_add_loop_test(tcase, the_form_is_there_once, 0, 3);
	tcase_add_loop_test(tcase, a_sheet_holds_the_batch_and_nobody_else, 0, sizeof sheets / sizeof *sheets);
	tcase_add_test(tcase, hostile_bytes_are_stopped);
	suite_add_tcase(suite, tcase);
	return suite;
}
