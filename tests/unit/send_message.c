/* SPDX-License-Identifier: MIT
 *
 * What others wrote, read: fields, parameters, parts, transfer encodings, reports.
 */
#include "send/message.h"

#include <check.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "send/dsn.h"
#include "send/transfer.h"

Suite *send_message_suite(void);

static struct arena *arena;

static void set_up(void)
{
	arena = arena_new();
}

static void tear_down(void)
{
	arena_free(arena);
}

static const struct {
	const char *header, *name, *value;
	size_t count;
} fields[] = {
	{ "To: a@b.cn\r\nX: y\r\n", "To", "a@b.cn", 1 },
	{ "to : a@b.cn\nX: y\n", "TO", "a@b.cn", 1 },
	{ "X: To: no\r\n To: no\r\nTo:yes", "To", "yes", 1 },
	{ "Tomorrow: no\r\n", "To", "", 0 },
	{ "To: a\r\n b\r\n\tc\r\nX: d\r\n", "To", "a b c", 1 },
	{ "To: a\x01\x1b" "b\r\n", "To", "a  b", 1 },
	{ "To: a\r\nTo: b\r\nTo: c\r\n", "To", "a", 3 },
	{ "To:\r\nX: d\r\n", "To", "", 1 },
	{ "To:\r\n a@b.cn\r\n", "To", "a@b.cn", 1 },
	{ "", "To", "", 0 },
	{ "To", "To", "", 0 },
	{ " To: continues nothing\r\n", "To", "", 0 },
};

START_TEST(a_field)
{
	struct text header = text_from(fields[_i].header);
	struct text value = message_field(arena, header, fields[_i].name);
	ck_assert_msg(text_is(value, fields[_i].value), "%s: %.*s", fields[_i].header, TEXT_ARGS(value));
	ck_assert_uint_eq(message_field_count(header, fields[_i].name), fields[_i].count);
}
END_TEST

static const struct {
	const char *value, *word, *boundary;
} parameters[] = {
	{ "multipart/report; boundary=abc", "multipart/report", "abc" },
	{ "multipart/report; a=b; Boundary = \"a b\" ; c=d", "multipart/report", "a b" },
	{ "multipart/report; a=\"; boundary=no\"; boundary=yes", "multipart/report", "yes" },
	{ "multipart/report; boundary=\"a\\\"b\"", "multipart/report", "a\"b" },
	{ "multipart/report; boundary=\"open", "multipart/report", "open" },
	{ "multipart/report; boundary", "multipart/report", "" },
	{ "multipart/report; boundaryx=a", "multipart/report", "" },
	{ "text/plain", "text/plain", "" },
	{ ";;;boundary=;", "", "" },
};

START_TEST(a_parameter)
{
	struct text value = text_from(parameters[_i].value), found = message_parameter(arena, value, "boundary");
	ck_assert(text_is(message_word(value), parameters[_i].word));
	ck_assert_msg(text_is(found, parameters[_i].boundary), "%s: %.*s", parameters[_i].value, TEXT_ARGS(found));
}
END_TEST

static const struct {
	const char *body, *parts[4];
} parts[] = {
	{ "before\r\n--b\r\none\r\n--b\r\ntwo\r\n--b--\r\n--b\r\nno\r\n", { "one\r\n", "two\r\n" } },
	{ "--b\none\n--b  \ntwo", { "one\n", "two" } },
	{ "--b\n--b\n--b--", { "", "" } },
	{ "--bc\none\n", { NULL } },
	{ " --b\none\n", { NULL } },
	{ "--b--\n--b\none\n", { NULL } },
	{ "--b", { "" } },
	{ "", { NULL } },
};

START_TEST(the_parts_of_a_body)
{
	struct text rest = text_from(parts[_i].body), part;
	size_t count = 0;
	for (; message_next_part(&rest, TEXT("b"), &part); count++) {
		ck_assert_uint_lt(count, 4);
		ck_assert_ptr_nonnull(parts[_i].parts[count]);
		ck_assert_msg(text_is(part, parts[_i].parts[count]), "%s: %.*s", parts[_i].body, TEXT_ARGS(part));
	}
	ck_assert_ptr_null(parts[_i].parts[count]);
}
END_TEST

static const struct {
	const char *encoded, *plain;
	bool is_quoted;
} encodings[] = {
	{ "", "", false }, { "YQ==", "a", false }, { "YWI=", "ab", false }, { "YWJj", "abc", false }, { "YW\r\nJ j!ZA==xx", "abcd", false },
	{ "Y", "", false }, { "+/+/", "\xfb\xff\xbf", false },
	{ "a=3Db", "a=b", true }, { "a=\r\nb", "ab", true }, { "a= \t\nb", "ab", true }, { "a=e6=98=9F", "a星", true },
	{ "a=", "a=", true }, { "a=4", "a=4", true }, { "a=xy", "a=xy", true }, { "=\n", "", true },
};

START_TEST(transfer_encodings)
{
	struct text encoded = text_from(encodings[_i].encoded);
	struct text plain = message_decoded(arena, encoded, encodings[_i].is_quoted ? TEXT("Quoted-Printable") : TEXT("BASE64"));
	ck_assert_msg(text_is(plain, encodings[_i].plain), "%s: %.*s", encodings[_i].encoded, TEXT_ARGS(plain));
	ck_assert(text_equal(message_decoded(arena, encoded, TEXT("8bit")), encoded));
}
END_TEST

START_TEST(base64_there_and_back)
{
	char bytes[200];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 37 + (size_t)_i);
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	const struct text whole = { bytes, (size_t)_i };
	transfer_write_base64_lines(&buf, whole);
	ck_assert(text_equal(transfer_read_base64(arena, buf_view(&buf)), whole));
	buf_clear(&buf);
}
END_TEST

START_TEST(shown_is_cut_at_a_character)
{
	ck_assert(text_is(message_shown(arena, TEXT("星级星级"), 7), "星级"));
	ck_assert(text_is(message_shown(arena, TEXT("a\x1b[1mb\xff"), 40), "a·[1mb·"));
}
END_TEST

/* ---- reports: what the makers write is in tests/send/reports ---------------------------------- */

#define REPORTS "tests/send/reports"

/* Cut anywhere, a report is whole or not understood, and never names another message or address. */
START_TEST(a_report_cut_anywhere)
{
	struct text *names;
	size_t count;
	ck_assert_int_eq(file_list(arena, REPORTS, ".eml", &names, &count), 0);
	ck_assert_uint_gt(count, 20);
	for (size_t i = 0; i < count; i++) {
		struct file_bytes bytes;
		ck_assert_int_eq(file_read(file_join(arena, REPORTS, names[i]), 100000, NULL, &bytes), 0);
		for (size_t size = 0; size < bytes.text.size; size += 3) {
			struct arena *scratch = arena_new();
			struct dsn dsn = { .file = names[i] };
			dsn_parse(scratch, text_slice(bytes.text, 0, size), &dsn);
			for (size_t k = 0; k < dsn.recipient_count; k++)
				ck_assert(text_contains(TEXT("gone@firm.example other@firm.example"), dsn.recipients[k].address));
			ck_assert(dsn.fault == DSN_NONE || !dsn.recipient_count);
			arena_free(scratch);
		}
		file_release(&bytes);
	}
}
END_TEST

START_TEST(more_recipients_than_anybody_has)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_string(&buf, "In-Reply-To: <a@b>\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n");
	for (int i = 0; i < 1000; i++)
		buf_format(&buf, "Final-Recipient: rfc822;a%d@b.cn\nAction: failed\n\n", i);
	struct dsn dsn = { .file = TEXT("a.eml") };
	dsn_parse(arena, buf_view(&buf), &dsn);
	ck_assert_int_eq(dsn.fault, DSN_NONE);
	ck_assert_uint_eq(dsn.recipient_count, DSN_RECIPIENTS_MOST);
	ck_assert(text_is(dsn.message_id, "a@b"));
	buf_clear(&buf);
}
END_TEST

START_TEST(words)
{
	for (unsigned fault = 0; fault < DSN_FAULT_COUNT; fault++)
		ck_assert(text_contains(dsn_fault_words((enum dsn_fault)fault), TEXT("\x1F")));
	ck_assert(text_is(dsn_action_chinese(DSN_DELIVERED), "送达"));
	struct dsn *dsns;
	size_t count;
	ck_assert_int_ne(dsn_read_folder(arena, REPORTS "/nothing", &dsns, &count), 0);
}
END_TEST

Suite *send_message_suite(void)
{
	Suite *suite = suite_create("send/message");
	TCase *tests = tcase_create("message");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, a_field, 0, sizeof fields / sizeof *fields);
	tcase_add_loop_test(tests, a_parameter, 0, sizeof parameters / sizeof *parameters);
	tcase_add_loop_test(tests, the_parts_of_a_body, 0, sizeof parts / sizeof *parts);
	tcase_add_loop_test(tests, transfer_encodings, 0, sizeof encodings / sizeof *encodings);
	tcase_add_loop_test(tests, base64_there_and_back, 0, 120);
	tcase_add_test(tests, shown_is_cut_at_a_character);
	tcase_add_test(tests, a_report_cut_anywhere);
	tcase_add_test(tests, more_recipients_than_anybody_has);
	tcase_add_test(tests, words);
	suite_add_tcase(suite, tests);
	return suite;
}
