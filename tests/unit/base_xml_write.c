/* SPDX-License-Identifier: MIT
 *
 * XML that is well formed whatever is put into it.
 */
#include "base/xml_write.h"

#include <check.h>
#include <signal.h>

#include "base/buf.h"

Suite *base_xml_write_suite(void);

static struct buf out;
static struct xml_write xml;

static void set_up(void)
{
	buf_init(&out, BUF_LIMIT_PAGE);
	xml_write_init(&xml, &out);
}

static void tear_down(void)
{
	buf_clear(&out);
}

#define HOSTILE "a<b>&\"'\x01\xff\xEF\xBF\xBE\xEF\xBF\xBF\x7f]]>星"
#define HARMLESS "a&lt;b&gt;&amp;&quot;&#39;\xEF\xBF\xBD]]&gt;星"

START_TEST(a_document)
{
	xml_write_instruction(&xml, "xml", "version=\"1.0\"");
	xml_write_line(&xml);
	xml_write_open(&xml, "a");
	xml_write_attribute(&xml, "b", TEXT(HOSTILE));
	xml_write_value(&xml, "c");
	xml_write_string(&xml, "<");
	xml_write_format(&xml, "%d", 7);
	xml_write_fixed(&xml, 1.5, 2);
	xml_write_value_end(&xml);
	xml_write_attribute_format(&xml, "d", "%s&%zu", "x", (size_t)1);
	xml_write_line(&xml);
	xml_write_open(&xml, "empty");
	xml_write_close(&xml);
	xml_write_element(&xml, "text", TEXT(HOSTILE));
	xml_write_element(&xml, "none", NO_TEXT);
	xml_write_close(&xml);
	xml_write_end(&xml);
	ck_assert_str_eq(out.at, "<?xml version=\"1.0\"?>\n<a b=\"" HARMLESS "\" c=\"&lt;71.5\" d=\"x&amp;1\">\n<empty/><text>" HARMLESS "</text><none></none></a>");
}
END_TEST

/* Longer than what is formatted without memory. */
START_TEST(a_long_format)
{
	char long_one[200] = "";
	memset(long_one, '<', sizeof long_one - 1);
	xml_write_open(&xml, "a");
	xml_write_format(&xml, "%s", long_one);
	xml_write_close(&xml);
	ck_assert_uint_eq(out.size, strlen("<a></a>") + strlen("&lt;") * (sizeof long_one - 1));
}
END_TEST

/* What would not be XML is a bug of the caller. */
START_TEST(an_element_left_open)
{
	xml_write_open(&xml, "a");
	xml_write_end(&xml);
}
END_TEST

START_TEST(an_element_closed_twice)
{
	xml_write_open(&xml, "a");
	xml_write_close(&xml);
	xml_write_close(&xml);
}
END_TEST

START_TEST(an_attribute_behind_the_content)
{
	xml_write_open(&xml, "a");
	xml_write_string(&xml, "x");
	xml_write_attribute(&xml, "b", NO_TEXT);
}
END_TEST

START_TEST(an_element_in_a_value)
{
	xml_write_open(&xml, "a");
	xml_write_value(&xml, "b");
	xml_write_open(&xml, "c");
}
END_TEST

START_TEST(a_value_left_open)
{
	xml_write_open(&xml, "a");
	xml_write_value(&xml, "b");
	xml_write_close(&xml);
}
END_TEST

Suite *base_xml_write_suite(void)
{
	Suite *suite = suite_create("base/xml_write");
	TCase *tests = tcase_create("all");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_document);
	tcase_add_test(tests, a_long_format);
	tcase_add_test_raise_signal(tests, an_element_left_open, SIGABRT);
	tcase_add_test_raise_signal(tests, an_element_closed_twice, SIGABRT);
	tcase_add_test_raise_signal(tests, an_attribute_behind_the_content, SIGABRT);
	tcase_add_test_raise_signal(tests, an_element_in_a_value, SIGABRT);
	tcase_add_test_raise_signal(tests, a_value_left_open, SIGABRT);
	suite_add_tcase(suite, tests);
	return suite;
}
