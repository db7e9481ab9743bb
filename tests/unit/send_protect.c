/* SPDX-License-Identifier: MIT */
#include "send/protect.h"


#include "send/pdf_pages.h"
#include "send/pdf_words.h"
#include "send/qr.h"
#include "send_fixture.h"

Suite *send_protect_suite(void);

static const char user[] = "abcd2345efgh6789", owner[] = "zyxw9876zyxw9876";
static const char mark_words[] = "示例甲机械有限公司　份号 3F9K　2021-12-20";
static const struct text code = TEXT_INIT("XJ1|SL-0007|0123456789abcdef0123456789abcdef|B1|3F9K");
static const struct paper usual = {
	.lines = { "企业名称：示例甲机械有限公司", "统一社会信用代码：91320000SAMPLE0017", "编号：示诊〔2021〕7号", "fi AV ⽤ 12.5%" },
	.page_count = 3, .code = TEXT_INIT("XJ1|SL-0007|0123456789abcdef0123456789abcdef|B1|3F9K"),
};

static struct buf archive, mark, copy;

static void set_up(void)
{
	paper_open();
	buf_init(&archive, BUF_LIMIT_FILE);
	buf_init(&mark, BUF_LIMIT_FILE);
	buf_init(&copy, BUF_LIMIT_FILE);
	paper_write(&usual, &archive);
	paper_write(&(struct paper){ .artifact = mark_words }, &mark);
}

static void tear_down(void)
{
	buf_clear(&archive);
	buf_clear(&mark);
	buf_clear(&copy);
	paper_close();
}

static bool protect(struct text pdf, struct text with)
{
	const struct protect_job job = { .what = TEXT("示例"), .archive = pdf, .mark = with, .user_password = user,
					 .owner_password = owner };
	return protect_pdf(&job, &copy, paper_diag);
}

static struct pdf_pages read_pages(struct text pdf, const char *password)
{
	struct pdf_pages pages;
	ck_assert(pdf_pages_read(paper_sheet.arena, pdf, password, &pages));
	return pages;
}

START_TEST(opens_with_its_password_only)
{
	struct pdf_pages pages;
	struct arena *arena = paper_sheet.arena;
	ck_assert(protect(buf_view(&archive), buf_view(&mark)));
	ck_assert(pdf_pages_read(arena, buf_view(&copy), user, &pages));
	ck_assert(pages.is_encrypted);
	ck_assert(pdf_pages_read(arena, buf_view(&copy), owner, &pages));
	static const char *const wrong[] = { "", "abcd2345efgh678", "ABCD2345EFGH6789", "示例" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		ck_assert(!pdf_pages_read(arena, buf_view(&copy), wrong[i], &pages));
	ck_assert(!text_contains(buf_view(&copy), text_from(user)));
}
END_TEST

/* Each page is what was filed, between a "q" and the mark. */
START_TEST(pages_are_those_of_the_archive_copy)
{
	struct text before = text_copy(paper_sheet.arena, buf_view(&archive));
	ck_assert(protect(buf_view(&archive), buf_view(&mark)));
	ck_assert(text_equal(before, buf_view(&archive)));
	struct pdf_pages filed = read_pages(buf_view(&archive), NULL), pages = read_pages(buf_view(&copy), user);
	ck_assert_uint_eq(pages.count, 3);
	ck_assert_str_eq(pages.resources, filed.resources);
	for (size_t i = 0; i < pages.count; i++) {
		ck_assert_uint_eq(pages.pages[i].part_count, filed.pages[i].part_count + 2);
		for (size_t k = 0; k < filed.pages[i].part_count; k++)
			ck_assert(text_equal(pages.pages[i].parts[k + 1], filed.pages[i].parts[k]));
	}
}
END_TEST

START_TEST(the_mark_is_on_every_page)
{
	ck_assert(protect(buf_view(&archive), buf_view(&mark)));
	struct pdf_pages pages = read_pages(buf_view(&copy), user);
	for (size_t i = 0; i < pages.count; i++) {
		ck_assert(text_contains(pages.pages[i].words, text_from(mark_words)));
		ck_assert(text_contains(pages.pages[i].words, TEXT("示例甲机械有限公司")));
	}
	buf_reset(&copy);
	ck_assert(protect(buf_view(&archive), NO_TEXT));
	ck_assert(!text_contains(read_pages(buf_view(&copy), user).pages[0].words, TEXT("3F9K")));
}
END_TEST

/* What is drawn by the mark is no tagged content: its form has none, and stands in an artifact. */
START_TEST(the_mark_is_an_artifact)
{
	struct buf open;
	buf_init(&open, BUF_LIMIT_FILE);
	paper_write(&(struct paper){ .lines = { mark_words } }, &open); /* tagged, as a paragraph */
	ck_assert(protect(buf_view(&archive), buf_view(&open)));
	buf_reset(&open);
	ck_assert(protect_open(buf_view(&copy), user, &open));
	struct text whole = buf_view(&open);
	size_t form = text_find(whole, TEXT("/Subtype /Form"));
	ck_assert_uint_lt(form, whole.size);
	struct text rest = text_slice(whole, form, whole.size);
	struct text body = text_slice(rest, 0, text_find(rest, TEXT("endstream")));
	ck_assert(text_contains(body, TEXT("TJ")));
	ck_assert(!text_contains(body, TEXT("BDC")) && !text_contains(body, TEXT("EMC")));
	struct pdf_pages pages = read_pages(buf_view(&copy), user);
	struct text last = pages.pages[0].parts[pages.pages[0].part_count - 1];
	ck_assert(text_starts(last, "\nQ\n/Artifact<<"));
	buf_clear(&open);
}
END_TEST

/* PDF/A forbids encryption: the archive copy says that it is PDF/A, the protected one does not. */
START_TEST(the_copy_does_not_claim_to_be_an_archive_file)
{
	struct buf open;
	struct paper filed = usual;
	filed.is_filed = true;
	buf_init(&open, BUF_LIMIT_FILE);
	buf_reset(&archive);
	paper_write(&filed, &archive);
	ck_assert(protect_open(buf_view(&archive), "", &open));
	ck_assert(text_contains(buf_view(&open), TEXT("<pdfaid:part>2")));
	buf_reset(&open);
	ck_assert(protect(buf_view(&archive), buf_view(&mark)));
	ck_assert(protect_open(buf_view(&copy), user, &open));
	ck_assert(text_contains(buf_view(&open), TEXT("<x:xmpmeta")));
	ck_assert(!text_contains(buf_view(&open), TEXT("pdfaid:part>")));
	ck_assert(!text_contains(buf_view(&open), TEXT("pdfaid:conformance>")));
	buf_clear(&open);
}
END_TEST

/* Files are within, by their names, in order; nothing of them stands in the copy in plain. */
START_TEST(files_are_attached)
{
	static const struct protect_attachment files[] = {
		{ TEXT_INIT("答复表-3F9K.csv"), TEXT_INIT("答复用"), "text/csv", TEXT_INIT("编号,答复\n1,ANSWER-CANARY\n") },
		{ TEXT_INIT("empty.txt"), { NULL, 0 }, "text/plain", TEXT_INIT("") },
	};
	const struct protect_job job = { .what = TEXT("示例"), .archive = buf_view(&archive), .mark = buf_view(&mark),
					 .user_password = user, .owner_password = owner, .attachments = files,
					 .attachment_count = 2 };
	struct buf open;
	buf_init(&open, BUF_LIMIT_FILE);
	ck_assert(protect_pdf(&job, &copy, paper_diag));
	ck_assert(!text_contains(buf_view(&copy), TEXT("ANSWER-CANARY")));
	ck_assert(!text_contains(buf_view(&copy), TEXT("empty.txt")));
	struct pdf_pages pages = read_pages(buf_view(&copy), user);
	ck_assert_uint_eq(pages.file_count, 2);
	ck_assert(text_equal(pages.files[0], files[0].bytes) && text_equal(pages.files[1], files[1].bytes));
	ck_assert(text_contains(pages.beside, files[0].name) && text_contains(pages.beside, files[0].description));
	ck_assert(text_contains(pages.beside, files[1].name));
	ck_assert(protect_open(buf_view(&copy), user, &open));
	ck_assert(text_contains(buf_view(&open), TEXT("/Subtype /text#2fcsv")));
	ck_assert(text_contains(buf_view(&open), TEXT("/F (3F9K.csv)")));
	buf_clear(&open);
}
END_TEST

START_TEST(what_is_no_pdf_is_refused)
{
	static const struct text bad[] = { TEXT_INIT(""), TEXT_INIT("%PDF-1.7\n"), TEXT_INIT("hello") };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert(!protect(bad[i], NO_TEXT));
	ck_assert(!protect(text_slice(buf_view(&archive), 0, archive.size / 2), NO_TEXT));
	ck_assert(!protect(buf_view(&archive), TEXT("%PDF-1.7\n")));
	ck_assert(!protect(buf_view(&archive), buf_view(&archive))); /* a mark has one page */
	ck_assert_uint_eq(copy.size, 0);
	ck_assert_uint_ge(diag_count_of(paper_diag, DIAG_PROTECT_FAILED), 1);
	ck_assert(protect(buf_view(&archive), NO_TEXT));
	struct text once = text_copy(paper_sheet.arena, buf_view(&copy));
	buf_reset(&copy);
	ck_assert(!protect(once, NO_TEXT)); /* encrypted already */
	ck_assert_uint_eq(copy.size, 0);
}
END_TEST

/* ---- reading back ------------------------------------------------------------------------------------- */

START_TEST(words_are_read_as_they_are_seen)
{
	struct pdf_pages pages = read_pages(buf_view(&archive), NULL);
	for (size_t i = 0; i < 3; i++) {
		ck_assert(text_contains(pages.pages[i].words, text_from(usual.lines[0])));
		ck_assert(text_contains(pages.pages[i].words, text_from(usual.lines[1])));
		ck_assert(text_contains(pages.pages[i].actual, TEXT("fi AV")));
	}
	ck_assert(text_contains(pages.beside, TEXT("示例诊断书")));
	ck_assert(text_contains(pages.beside, TEXT("二维码"))); /* alternative text */
}
END_TEST

static const struct pdf_font *find_latin(void *context, struct text name)
{
	static const struct pdf_font latin = { .is_wide = false };
	(void)context;
	return text_is(name, "/F1") ? &latin : NULL;
}

static void draw_nothing(void *context, struct text name)
{
	(void)context;
	(void)name;
}

/* What is seen and what the file says instead are both read; after the part the two go on together. */
START_TEST(another_text_given_for_a_part_is_read_too)
{
	struct pdf_words words = { .find_font = find_latin, .draw_form = draw_nothing };
	buf_init(&words.shown, BUF_LIMIT_PAGE);
	buf_init(&words.actual, BUF_LIMIT_PAGE);
	pdf_words_read(&words, TEXT("BT /F1 9 Tf /Span<</ActualText<FEFF7532>>>BDC [(a)-9(\\142)]TJ /P BMC <63>Tj EMC EMC (d)Tj ET"));
	ck_assert_str_eq(words.shown.at, "abcd\n");
	ck_assert_str_eq(words.actual.at, "甲d\n");
	buf_clear(&words.shown);
	buf_clear(&words.actual);
}
END_TEST

START_TEST(drawn_codes_are_read)
{
	struct buf out;
	size_t read;
	buf_init(&out, BUF_LIMIT_PAGE);
	struct pdf_pages pages = read_pages(buf_view(&archive), NULL);
	ck_assert_uint_eq(qr_read_content(pages.pages[0].parts[0], &out, &read), 0);
	ck_assert_uint_eq(qr_read_content(pages.pages[2].parts[0], &out, &read), 1);
	ck_assert_uint_eq(read, 1);
	ck_assert(text_equal(text_trim(buf_view(&out)), code));
	buf_clear(&out);
}
END_TEST

START_TEST(payloads_are_ours_or_not)
{
	struct qr_payload payload = { TEXT("SL-0007"), TEXT("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
	                              TEXT("B1"), TEXT("3F9K") }, again;
	struct text text = qr_payload(paper_sheet.arena, &payload);
	ck_assert(text_equal(text, code));
	ck_assert(qr_payload_parse(text, &again));
	ck_assert(text_equal(again.number, payload.number) && text_equal(again.copy, payload.copy));
	static const struct text others[] = { TEXT_INIT(""), TEXT_INIT("https://example.org/"), TEXT_INIT("XJ1|a|b|c|d"),
		TEXT_INIT("XJ1|a|0123456789abcdef0123456789abcdef|c"), TEXT_INIT("XJ1|a|0123456789abcdef0123456789abcdef|c|d|e"),
		TEXT_INIT("XJ1||0123456789abcdef0123456789abcdef|c|d"), TEXT_INIT("XJ2|a|0123456789abcdef0123456789abcdef|c|d") };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		ck_assert(!qr_payload_parse(others[i], &again));
}
END_TEST

/* Any bytes: nothing but an answer.  Cut anywhere, one byte another, in the file as it is and in its plain form. */
START_TEST(hostile_bytes_are_read_or_not)
{
	struct buf plain, out;
	unsigned seed = 7;
	buf_init(&plain, BUF_LIMIT_FILE);
	buf_init(&out, BUF_LIMIT_FILE);
	ck_assert(protect_open(buf_view(&archive), "", &plain));
	struct arena *arena = arena_new();
	for (int round = 0; round < 400; round++) {
		struct text from = round % 2 ? buf_view(&plain) : buf_view(&archive);
		char *bytes = text_string(arena, from);
		for (int k = 0; k <= round % 5; k++) {
			seed = seed * 1103515245u + 12345u;
			bytes[(seed >> 8) % from.size] = (char)(seed >> 3);
		}
		struct text changed = { bytes, round % 7 ? from.size : (seed >> 4) % from.size };
		struct pdf_pages pages;
		size_t read;
		buf_reset(&out);
		if (pdf_pages_read(arena, changed, "", &pages) && pages.pages[0].part_count)
			qr_read_content(pages.pages[0].parts[0], &out, &read);
		qr_read_content(changed, &out, &read);
		arena_clear(arena);
	}
	arena_free(arena);
	buf_clear(&plain);
	buf_clear(&out);
}
END_TEST

Suite *send_protect_suite(void)
{
	Suite *suite = suite_create("send/protect");
	TCase *tcase = tcase_create("protect");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, opens_with_its_password_only);
	tcase_add_test(tcase, pages_are_those_of_the_archive_copy);
	tcase_add_test(tcase, the_mark_is_on_every_page);
	tcase_add_test(tcase, the_mark_is_an_artifact);
	tcase_add_test(tcase, the_copy_does_not_claim_to_be_an_archive_file);
	tcase_add_test(tcase, files_are_attached);
	tcase_add_test(tcase, what_is_no_pdf_is_refused);
	tcase_add_test(tcase, words_are_read_as_they_are_seen);
	tcase_add_test(tcase, another_text_given_for_a_part_is_read_too);
	tcase_add_test(tcase, drawn_codes_are_read);
	tcase_add_test(tcase, payloads_are_ours_or_not);
	tcase_add_test(tcase, hostile_bytes_are_read_or_not);
	suite_add_tcase(suite, tcase);
	return suite;
}
