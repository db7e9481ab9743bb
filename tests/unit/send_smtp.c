/* SPDX-License-Identifier: MIT
 *
 * Which servers may be spoken to and how; the conversation itself: tests/send/answers.py.
 */
#include "send/smtp.h"

#include <check.h>

Suite *send_smtp_suite(void);

static const struct {
	const char *url;
	enum smtp_fault fault;
	bool is_loopback;
} urls[] = {
	{ "smtps://mail.example.org:465", SMTP_GOOD, false },
	{ "smtp://mail.example.org", SMTP_GOOD, false },
	{ "smtp://127.0.0.1:25", SMTP_GOOD, true },
	{ "smtp://127.1.2.3:25/", SMTP_GOOD, true },
	{ "smtp://localhost:25", SMTP_GOOD, true },
	{ "smtps://[::1]:465", SMTP_GOOD, true },
	/* Only looks like this machine: plain text would leave it. */
	{ "smtp://127.0.0.1.example.org:25", SMTP_GOOD, false },
	{ "smtp://127.example.org", SMTP_GOOD, false },
	{ "smtp://localhost.example.org:25", SMTP_GOOD, false },
	{ "smtp://127.0.0.256:25", SMTP_GOOD, false },
	{ "smtp://128.0.0.1:25", SMTP_GOOD, false },
	{ "smtp://10.127.0.1:25", SMTP_GOOD, false },
	{ "smtp://[::2]:25", SMTP_GOOD, false },
	{ "smtp://notlocalhost:25", SMTP_GOOD, false },
	{ "http://mail.example.org", SMTP_BAD_URL, false },
	{ "smtp://user:word@mail.example.org:25", SMTP_BAD_URL, false },
	{ "smtp://mail.example.org:25@127.0.0.1", SMTP_BAD_URL, false },
	{ "smtp://mail.example.org:0", SMTP_BAD_URL, false },
	{ "smtp://mail.example.org:65536", SMTP_BAD_URL, false },
	{ "smtp://mail.example.org:", SMTP_BAD_URL, false },
	{ "smtp://mail.example.org/a", SMTP_BAD_URL, false },
	{ "smtp://mail.example.org\r\nX", SMTP_BAD_URL, false },
	{ "smtp://", SMTP_BAD_URL, false },
	{ "smtp://[::1", SMTP_BAD_URL, false },
	{ "smtp://[]:25", SMTP_BAD_URL, false },
	{ "", SMTP_BAD_URL, false },
};

START_TEST(a_server)
{
	const struct smtp_server server = { .url = urls[_i].url };
	ck_assert_msg(smtp_check(&server) == urls[_i].fault, "%s", urls[_i].url);
	ck_assert_msg(smtp_is_loopback(&server) == urls[_i].is_loopback, "%s", urls[_i].url);
	ck_assert(text_contains(smtp_fault_words(urls[_i].fault), TEXT("\x1F")));
}
END_TEST

START_TEST(user_and_password_come_together)
{
	struct smtp_server server = { .url = "smtps://mail.example.org", .user = "a", .password = "b" };
	ck_assert_int_eq(smtp_check(&server), SMTP_GOOD);
	server.password = "";
	ck_assert_int_eq(smtp_check(&server), SMTP_BAD_USER);
	server.password = "b\r\nDATA";
	ck_assert_int_eq(smtp_check(&server), SMTP_BAD_USER);
	server.password = NULL;
	ck_assert_int_eq(smtp_check(&server), SMTP_BAD_USER);
	server = (struct smtp_server){ .url = "smtps://mail.example.org", .ca_file = "tests/nothing.pem" };
	ck_assert_int_eq(smtp_check(&server), SMTP_BAD_CA);
	server.url = NULL;
	ck_assert_int_eq(smtp_check(&server), SMTP_BAD_URL);
}
END_TEST

START_TEST(each_stage_has_words)
{
	ck_assert(text_contains(smtp_stage_words((enum smtp_stage)_i), TEXT("\x1F")));
}
END_TEST

Suite *send_smtp_suite(void)
{
	Suite *suite = suite_create("send/smtp");
	TCase *tests = tcase_create("smtp");
	tcase_add_loop_test(tests, a_server, 0, sizeof urls / sizeof *urls);
	tcase_add_test(tests, user_and_password_come_together);
	tcase_add_loop_test(tests, each_stage_has_words, 0, SMTP_STAGE_COUNT);
	suite_add_tcase(suite, tests);
	return suite;
}
