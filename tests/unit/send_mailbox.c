/* SPDX-License-Identifier: MIT */
#include "send/mailbox.h"

#include <check.h>

Suite *send_mailbox_suite(void);

#define TEN "aaaaaaaaaa"
#define SIXTY TEN TEN TEN TEN TEN TEN

static const struct {
	const char *address;
	enum mailbox_fault fault;
} addresses[] = {
	{ "a@example.org", MAILBOX_NONE },
	{ "first.last+tag@sub.example.org", MAILBOX_NONE },
	{ "o'neil_{x}!#$%&*-/=?^`|}~@a-b.cn", MAILBOX_NONE },
	{ "1234567@qq.com", MAILBOX_NONE },
	{ SIXTY "aaaa@example.org", MAILBOX_NONE },
	{ "office@xn--fiqs8s", MAILBOX_NONE },
	{ "", MAILBOX_EMPTY },
	{ "example.org", MAILBOX_NO_AT },
	{ "a@b@c.cn", MAILBOX_NO_AT },
	{ "a@b.cn,c@d.cn", MAILBOX_NO_AT },
	{ "a@b.cn;", MAILBOX_DOMAIN },
	{ "汉@b.cn", MAILBOX_NOT_ASCII },
	{ "a@例子.cn", MAILBOX_NOT_ASCII },
	{ "a＠b.cn", MAILBOX_NOT_ASCII },
	{ "a@b.cn\r\nBcc: x@y.cn", MAILBOX_CONTROL },
	{ "a@b.cn\n", MAILBOX_CONTROL },
	{ "a b@c.cn", MAILBOX_CONTROL },
	{ "a@b.cn\x7f", MAILBOX_CONTROL },
	{ "@b.cn", MAILBOX_LOCAL },
	{ ".a@b.cn", MAILBOX_LOCAL },
	{ "a.@b.cn", MAILBOX_LOCAL },
	{ "a..b@c.cn", MAILBOX_LOCAL },
	{ "\"a\"@b.cn", MAILBOX_LOCAL },
	{ "<a@b.cn", MAILBOX_LOCAL },
	{ "a(b)@c.cn", MAILBOX_LOCAL },
	{ SIXTY "aaaaa@example.org", MAILBOX_LOCAL },
	{ "a@", MAILBOX_DOMAIN },
	{ "a@b..cn", MAILBOX_DOMAIN },
	{ "a@b.cn.", MAILBOX_DOMAIN },
	{ "a@-b.cn", MAILBOX_DOMAIN },
	{ "a@b-.cn", MAILBOX_DOMAIN },
	{ "a@b_c.cn", MAILBOX_DOMAIN },
	{ "a@[127.0.0.1]", MAILBOX_DOMAIN },
	{ "a@b.cn>", MAILBOX_DOMAIN },
	{ "a@" SIXTY "aaaa.cn", MAILBOX_DOMAIN },
	{ "a@" SIXTY "." SIXTY "." SIXTY "." SIXTY ".aaaaaaaaaaaaaaa", MAILBOX_LONG },
};

START_TEST(an_address_is_good_or_has_a_fault)
{
	enum mailbox_fault fault = mailbox_check_address(text_from(addresses[_i].address));
	ck_assert_msg(fault == addresses[_i].fault, "%s: %d", addresses[_i].address, (int)fault);
	/* Every fault is told in both languages. */
	ck_assert(text_contains(mailbox_fault_words(fault), TEXT("\x1F")));
}
END_TEST

START_TEST(a_nul_is_no_address)
{
	ck_assert_int_eq(mailbox_check_address(TEXT("a@b.cn\0x")), MAILBOX_CONTROL);
	ck_assert_int_eq(mailbox_check_address(NO_TEXT), MAILBOX_EMPTY);
}
END_TEST

static const struct {
	const char *text, *name, *address;
	enum mailbox_fault fault;
} parsed[] = {
	{ "示例办公室 <office@example.org>", "示例办公室", "office@example.org", MAILBOX_NONE },
	{ "\"示例, 办公室\" <office@example.org>", "示例, 办公室", "office@example.org", MAILBOX_NONE },
	{ "  office@example.org ", "", "office@example.org", MAILBOX_NONE },
	{ "<office@example.org>", "", "office@example.org", MAILBOX_NONE },
	{ "a <b> c <office@example.org>", "a <b> c", "office@example.org", MAILBOX_NONE },
	{ "a@b.cn <office@example.org>", "a@b.cn", "office@example.org", MAILBOX_NONE },
	{ "office@example.org <", "", "", MAILBOX_CONTROL },
	{ "x <>", "", "", MAILBOX_EMPTY },
	{ "a\rb <office@example.org>", "", "", MAILBOX_NAME },
	{ "a\x80 <office@example.org>", "", "", MAILBOX_NAME },
	{ "", "", "", MAILBOX_EMPTY },
};

START_TEST(name_and_address_are_parsed)
{
	struct mailbox mailbox;
	enum mailbox_fault fault = mailbox_parse(text_from(parsed[_i].text), &mailbox);
	ck_assert_msg(fault == parsed[_i].fault, "%s: %d", parsed[_i].text, (int)fault);
	if (fault == MAILBOX_NONE) {
		ck_assert(text_is(mailbox.name, parsed[_i].name));
		ck_assert(text_is(mailbox.address, parsed[_i].address));
	}
}
END_TEST

START_TEST(the_same_mailbox)
{
	ck_assert(mailbox_same(TEXT("a@Example.ORG"), TEXT("a@example.org")));
	ck_assert(!mailbox_same(TEXT("A@example.org"), TEXT("a@example.org")));
	ck_assert(!mailbox_same(TEXT("a@example.org"), TEXT("a@example.orh")));
	ck_assert(!mailbox_same(TEXT("a@example.org"), TEXT("a@example.or")));
	ck_assert(!mailbox_same(TEXT("a@b"), NO_TEXT));
	ck_assert(text_is(mailbox_domain(TEXT("a@b.cn")), "b.cn"));
}
END_TEST

Suite *send_mailbox_suite(void)
{
	Suite *suite = suite_create("send/mailbox");
	TCase *tests = tcase_create("mailbox");
	tcase_add_loop_test(tests, an_address_is_good_or_has_a_fault, 0, sizeof addresses / sizeof *addresses);
	tcase_add_loop_test(tests, name_and_address_are_parsed, 0, sizeof parsed / sizeof *parsed);
	tcase_add_test(tests, a_nul_is_no_address);
	tcase_add_test(tests, the_same_mailbox);
	suite_add_tcase(suite, tests);
	return suite;
}
