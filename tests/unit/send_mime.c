/* SPDX-License-Identifier: MIT
 *
 * A message to the letter, and what is never written.  That others read what was meant: tests/send/written.py.
 */
#include "send/mime.h"

#include <check.h>
#include <signal.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "send/mime_words.h"
#include "send/transfer.h"

Suite *send_mime_suite(void);

static struct buf out;
static struct mail_attachment attachment;
static struct mail mail;

static void set_up(void)
{
	buf_init(&out, BUF_LIMIT_PAGE);
	attachment = (struct mail_attachment){ TEXT("诊断书.pdf"), TEXT("application/pdf"), TEXT("%PDF") };
	mail = (struct mail){
		.from = { TEXT("示例办公室"), TEXT("office@example.org") },
		.to = { TEXT("Example"), TEXT("a@b.cn") },
		.date = { 2021, 12, 20 },
		.message_id = TEXT("2021-1.b1@example.org"),
		.copy = TEXT("2021-1"),
		.subject = TEXT("通知"),
		.body = TEXT("您好：\n请领取。\n"),
		.attachments = &attachment,
	};
}

static void tear_down(void)
{
	buf_clear(&out);
}

START_TEST(a_message_without_attachments)
{
	mail_write(&out, &mail);
	ck_assert_str_eq(out.at,
		"Date: Mon, 20 Dec 2021 09:00:00 +0800\r\n"
		"From: =?UTF-8?B?56S65L6L5Yqe5YWs5a6k?= <office@example.org>\r\n"
		"To: \"Example\" <a@b.cn>\r\n"
		"Subject: =?UTF-8?B?6YCa55+l?=\r\n"
		"Message-ID: <2021-1.b1@example.org>\r\n"
		"X-Xingji-Copy: 2021-1\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"X-Auto-Response-Suppress: OOF, AutoReply\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: base64\r\n"
		"\r\n"
		"5oKo5aW977yaDQror7fpooblj5bjgIINCg==\r\n");
	ck_assert_uint_eq(mail_size(&mail), out.size);
}
END_TEST

START_TEST(a_name_is_told_three_ways)
{
	mail.attachment_count = 1;
	mail_write(&out, &mail);
	ck_assert_ptr_nonnull(strstr(out.at,
		"Content-Type: application/pdf;\r\n name=\"=?UTF-8?B?6K+K5pat5LmmLnBkZg==?=\"\r\n"
		"Content-Disposition: attachment;\r\n"
		" filename*=UTF-8''%E8%AF%8A%E6%96%AD%E4%B9%A6.pdf;\r\n"
		" filename=\"attachment-1.pdf\"\r\n"
		"Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n"));
	ck_assert_uint_eq(mail_size(&mail), out.size);
}
END_TEST

START_TEST(the_boundary_follows_from_the_content)
{
	mail.attachment_count = 1;
	mail_write(&out, &mail);
	struct text first = buf_view(&out);
	struct buf again;
	buf_init(&again, BUF_LIMIT_PAGE);
	mail_write(&again, &mail);
	ck_assert(text_equal(first, buf_view(&again)));
	buf_reset(&again);
	attachment.bytes = TEXT("%PDG");
	mail_write(&again, &mail);
	size_t at = text_find(first, TEXT("boundary=\"")) + 10;
	ck_assert(!text_contains(buf_view(&again), text_slice(first, at, 34)));
	buf_clear(&again);
}
END_TEST

static const struct {
	const char *name, *fallback;
} fallbacks[] = {
	{ "2021年度（一）.pdf", "\"2021-7.pdf\"" },
	{ "诊断书-91320100XX00000197.pdf", "\"91320100XX00000197-7.pdf\"" },
	{ "../..诊.pdf", "\"attachment-7.pdf\"" },
	{ "诊断书", "\"attachment-7\"" },
	{ "诊断书.一", "\"attachment-7\"" },
	{ "诊断书.verylongending", "\"attachment-7\"" },
	{ "a \"b\".pdf", "\"ab-7.pdf\"" },
	{ ".诊", "\"attachment-7\"" },
};

START_TEST(the_ascii_form_of_a_name)
{
	mime_write_filename(&out, text_from(fallbacks[_i].name), 7);
	const char *at = strstr(out.at, "filename=");
	ck_assert_ptr_nonnull(at);
	ck_assert_str_eq(at + 9, fallbacks[_i].fallback);
}
END_TEST

/* However much stands before it, no character is cut and no line or word is too long. */
START_TEST(no_character_is_cut)
{
	char text[400];
	size_t size = (size_t)_i, decoded = 0;
	memset(text, 'a', size);
	for (int k = 0; k < 40; k++, size += 4)
		memcpy(text + size, "𠮷", 4);
	buf_string(&out, "Subject: ");
	mime_write_text(&out, (struct text){ text, size });
	struct arena *arena = arena_new();
	struct text rest = buf_view(&out);
	for (struct text line; text_next(&rest, '\n', &line);) {
		ck_assert_uint_le(text_trim(line).size, MIME_WORD_LINE);
		struct text word = text_slice(line, text_find(line, TEXT("=?")), line.size);
		ck_assert_uint_le(text_trim(word).size, MIME_WORD_MOST);
		word = text_slice(word, 10, word.size);
		struct text piece = transfer_read_base64(arena, text_slice(word, 0, text_find(word, TEXT("?"))));
		ck_assert_uint_eq(utf8_check(piece), piece.size);
		ck_assert(text_equal(piece, text_slice((struct text){ text, size }, decoded, piece.size)));
		decoded += piece.size;
	}
	ck_assert_uint_eq(decoded, size);
	arena_free(arena);
}
END_TEST

/* ---- what is never written --------------------------------------------------------------------- */

static const struct text bad_lines[] = {
	TEXT_INIT(""), TEXT_INIT(" "), TEXT_INIT("a\r\nBcc: x@y.cn"), TEXT_INIT("a\nb"), TEXT_INIT("a\rb"), TEXT_INIT("a\0b"),
	TEXT_INIT("a\x7f"), TEXT_INIT("a\x1b[1m"), TEXT_INIT("a\xc2\x85" "b"), TEXT_INIT("a\xe2\x80\xa8" "b"), TEXT_INIT("\xff"),
	TEXT_INIT("\xf0\xa0\xae"), TEXT_INIT("\xed\xa0\x80"),
};

START_TEST(no_line_ends_in_a_header)
{
	const struct text bad = bad_lines[_i];
	ck_assert_int_eq(mail_check(&mail), MAIL_GOOD);
	mail.subject = bad;
	ck_assert_int_eq(mail_check(&mail), MAIL_SUBJECT);
	set_up();
	mail.copy = bad;
	ck_assert_int_eq(mail_check(&mail), MAIL_COPY);
	set_up();
	mail.message_id = bad;
	ck_assert_int_eq(mail_check(&mail), MAIL_MESSAGE_ID);
	set_up();
	mail.to.address = bad;
	ck_assert_int_eq(mail_check(&mail), MAIL_TO);
	set_up();
	mail.attachment_count = 1;
	attachment.name = bad;
	ck_assert_int_eq(mail_check(&mail), MAIL_ATTACHMENT_NAME);
	set_up();
	mail.attachment_count = 1;
	attachment.type = bad;
	ck_assert_int_eq(mail_check(&mail), MAIL_ATTACHMENT_TYPE);
	if (_i < 2)
		return; /* a name may be missing */
	set_up();
	mail.from.name = bad;
	bool is_separator = text_contains(bad, TEXT("\xe2\x80\xa8"));
	ck_assert(is_separator || mail_check(&mail) == MAIL_FROM);
}
END_TEST

static const struct text bad_names[] = {
	TEXT_INIT("a/b.pdf"), TEXT_INIT("a\\b.pdf"), TEXT_INIT(".htaccess"), TEXT_INIT("a.pdf "), TEXT_INIT("a\xe2\x80\xae" "fdp.exe"),
	TEXT_INIT(".."), TEXT_INIT("a\xe2\x80\x8b.pdf"),
};

START_TEST(no_name_that_leads_elsewhere)
{
	mail.attachment_count = 1;
	attachment.name = bad_names[_i];
	ck_assert_int_eq(mail_check(&mail), MAIL_ATTACHMENT_NAME);
	ck_assert(text_contains(mail_fault_words(mail_check(&mail)), TEXT("\x1F")));
}
END_TEST

START_TEST(bounds)
{
	char long_name[801];
	memset(long_name, 'x', sizeof long_name);
	mail.attachment_count = 1;
	attachment.name = (struct text){ long_name, 200 };
	ck_assert_int_eq(mail_check(&mail), MAIL_GOOD);
	attachment.name.size = 201;
	ck_assert_int_eq(mail_check(&mail), MAIL_ATTACHMENT_NAME);
	set_up();
	mail.subject = (struct text){ long_name, 401 };
	ck_assert_int_eq(mail_check(&mail), MAIL_SUBJECT);
	set_up();
	mail.attachment_count = MAIL_ATTACHMENTS_MOST + 1;
	ck_assert_int_eq(mail_check(&mail), MAIL_ATTACHMENTS);
	set_up();
	mail.body = TEXT("a\rb");
	ck_assert_int_eq(mail_check(&mail), MAIL_BODY);
	mail.body = TEXT("a\0b");
	ck_assert_int_eq(mail_check(&mail), MAIL_BODY);
	mail.body = NO_TEXT;
	ck_assert_int_eq(mail_check(&mail), MAIL_BODY);
	set_up();
	mail.date.year = 0;
	ck_assert_int_eq(mail_check(&mail), MAIL_DATE);
}
END_TEST

START_TEST(a_bad_message_is_a_bug)
{
	mail.subject = TEXT("a\r\nBcc: x@y.cn");
	mail_write(&out, &mail);
}
END_TEST

Suite *send_mime_suite(void)
{
	Suite *suite = suite_create("send/mime");
	TCase *tests = tcase_create("mime");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_message_without_attachments);
	tcase_add_test(tests, a_name_is_told_three_ways);
	tcase_add_test(tests, the_boundary_follows_from_the_content);
	tcase_add_loop_test(tests, the_ascii_form_of_a_name, 0, sizeof fallbacks / sizeof *fallbacks);
	tcase_add_loop_test(tests, no_character_is_cut, 0, 64);
	tcase_add_loop_test(tests, no_line_ends_in_a_header, 0, sizeof bad_lines / sizeof *bad_lines);
	tcase_add_loop_test(tests, no_name_that_leads_elsewhere, 0, sizeof bad_names / sizeof *bad_names);
	tcase_add_test(tests, bounds);
	tcase_add_test_raise_signal(tests, a_bad_message_is_a_bug, SIGABRT);
	suite_add_tcase(suite, tests);
	return suite;
}
