/* SPDX-License-Identifier: MIT
 *
 * JSON written and read: what RFC 8259 allows, and what it does not.
 */
#include <check.h>
#include <signal.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json_read.h"
#include "base/json_write.h"

Suite *base_json_suite(void);

static struct arena *arena;
static struct buf out;
static struct json_write json;

static void set_up(void)
{
	arena = arena_new();
	buf_init(&out, BUF_LIMIT_PAGE);
	json_write_init(&json, &out);
}

static void tear_down(void)
{
	buf_clear(&out);
	arena_free(arena);
}

/* ---- writing --------------------------------------------------------------------------- */

static void write_one(enum json_layout layout)
{
	json_write_object(&json, layout);
	json_write_named_text(&json, "a\"", TEXT("x\n星"));
	json_write_named_integer(&json, "n", INT64_MIN);
	json_write_key(&json, TEXT("list"));
	json_write_list(&json, layout);
	json_write_number(&json, TEXT("0.50"));
	json_write_bool(&json, true);
	json_write_bool(&json, false);
	json_write_null(&json);
	json_write_close(&json);
	json_write_key(&json, TEXT("none"));
	json_write_object(&json, layout);
	json_write_close(&json);
	json_write_close(&json);
	json_write_end(&json);
}

START_TEST(layouts)
{
	static const char *const want[] = {
		[JSON_TIGHT] = "{\"a\\\"\":\"x\\n星\",\"n\":-9223372036854775808,\"list\":[0.50,true,false,null],\"none\":{}}",
		[JSON_SPACED] = "{\"a\\\"\": \"x\\n星\", \"n\": -9223372036854775808, \"list\": [0.50, true, false, null], \"none\": {}}",
		[JSON_LINES] = "{\n\"a\\\"\": \"x\\n星\",\n\"n\": -9223372036854775808,\n\"list\": [\n0.50,\ntrue,\nfalse,\nnull\n],\n\"none\": {\n}\n}",
	};
	write_one((enum json_layout)_i);
	ck_assert_str_eq(out.at, want[_i]);
	struct json_read read;
	json_read_init(&read, arena, buf_view(&out));
	ck_assert(json_read_skip(&read) && json_read_end(&read));
}
END_TEST

/* What would not be JSON is a bug of the caller. */
START_TEST(a_member_without_a_name)
{
	json_write_object(&json, JSON_TIGHT);
	json_write_null(&json);
}
END_TEST

START_TEST(a_name_without_a_value)
{
	json_write_object(&json, JSON_TIGHT);
	json_write_key(&json, TEXT("a"));
	json_write_close(&json);
}
END_TEST

START_TEST(a_name_in_a_list)
{
	json_write_list(&json, JSON_TIGHT);
	json_write_key(&json, TEXT("a"));
}
END_TEST

START_TEST(something_left_open)
{
	json_write_list(&json, JSON_TIGHT);
	json_write_end(&json);
}
END_TEST

START_TEST(two_values_alone)
{
	json_write_null(&json);
	json_write_null(&json);
}
END_TEST

/* ---- reading --------------------------------------------------------------------------- */

static bool is_read(struct text text)
{
	struct json_read read;
	json_read_init(&read, arena, text);
	json_read_skip(&read);
	return json_read_end(&read);
}

static const char *const good[] = {
	"{}", "[]", " [ ] ", "0", "-0", "10", "-1.50e+3", "1E5", "\"\"", "true", "false", "null", "\t\r\n[1 , 2]\n",
	"{\"a\":1,\"a\":2}", "[[[{\"a\":[{}]}]]]", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u661f\\uD83D\\uDE00\"", "\"\x7f星\"",
};

START_TEST(what_is_json)
{
	ck_assert(is_read(text_from(good[_i])));
}
END_TEST

static const char *const bad[] = {
	"", " ", "{", "[", "]", "[1", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}", "[1}", "{\"a\":1]", "01", "-", "+1",
	".5", "1.", "1e", "1e+", "0x1", "tru", "truth", "nul", "NaN", "'a'", "\"a", "\"\\\"", "\"\n\"", "\"\t\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud83d\"",
	"\"\\ud83d\\u0041\"", "\"\\ude00\"", "\"\xff\"", "1 2", "{} {}", "\xEF\xBB\xBF{}", "// a\n1",
};

START_TEST(what_is_none)
{
	ck_assert_msg(!is_read(text_from(bad[_i])), "%s", bad[_i]);
}
END_TEST

START_TEST(a_byte_of_nothing_is_none)
{
	ck_assert(!is_read(TEXT("[1]\0")));
	ck_assert(!is_read(TEXT("\"a\0b\"")));
}
END_TEST

START_TEST(texts_lose_their_escapes)
{
	struct json_read read;
	struct text plain = NO_TEXT, escaped = NO_TEXT;
	struct text text = TEXT("[\"星\", \"a\\u0000\\ud83d\\ude00\\n\\/\"]");
	json_read_init(&read, arena, text);
	ck_assert(json_read_list(&read));
	ck_assert(json_read_element(&read) && json_read_scalar(&read, &plain));
	ck_assert(json_read_element(&read) && json_read_scalar(&read, &escaped));
	ck_assert(!json_read_element(&read) && json_read_end(&read));
	ck_assert(plain.at == text.at + 2 && text_is(plain, "星"));
	ck_assert(text_equal(escaped, TEXT("a\0\xF0\x9F\x98\x80\n/")));
}
END_TEST

START_TEST(values_in_their_order)
{
	struct json_read read;
	struct text name = NO_TEXT, value = NO_TEXT;
	json_read_init(&read, arena, TEXT("{\"skip\": [1, {\"x\": []}], \"n\": -1.5, \"t\": true}"));
	ck_assert(json_read_object(&read));
	ck_assert(json_read_member(&read, &name) && text_is(name, "skip") && json_read_skip(&read));
	ck_assert(json_read_member(&read, &name) && text_is(name, "n") && json_read_scalar(&read, &value));
	ck_assert(text_is(value, "-1.5"));
	ck_assert(json_read_member(&read, &name) && json_read_scalar(&read, &value) && text_is(value, "true"));
	ck_assert(!json_read_end(&read));
	ck_assert(!json_read_member(&read, &name) && json_read_end(&read));
}
END_TEST

START_TEST(another_kind_than_expected_is_a_fault_that_stays)
{
	struct json_read read;
	struct text name;
	json_read_init(&read, arena, TEXT("[1]"));
	ck_assert(!json_read_object(&read));
	ck_assert(!json_read_list(&read) && !json_read_element(&read) && !json_read_member(&read, &name) && !json_read_skip(&read) && !json_read_end(&read));
}
END_TEST

START_TEST(nested_no_deeper_than_allowed)
{
	for (size_t depth = JSON_DEEPEST; depth <= JSON_DEEPEST + 1; depth++) {
		buf_reset(&out);
		buf_repeat(&out, '[', depth);
		buf_repeat(&out, ']', depth);
		ck_assert(is_read(buf_view(&out)) == (depth == JSON_DEEPEST));
	}
}
END_TEST

Suite *base_json_suite(void)
{
	Suite *suite = suite_create("base/json");
	TCase *tests = tcase_create("all");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, layouts, 0, JSON_LINES + 1);
	tcase_add_test_raise_signal(tests, a_member_without_a_name, SIGABRT);
	tcase_add_test_raise_signal(tests, a_name_without_a_value, SIGABRT);
	tcase_add_test_raise_signal(tests, a_name_in_a_list, SIGABRT);
	tcase_add_test_raise_signal(tests, something_left_open, SIGABRT);
	tcase_add_test_raise_signal(tests, two_values_alone, SIGABRT);
	tcase_add_loop_test(tests, what_is_json, 0, sizeof good / sizeof *good);
	tcase_add_loop_test(tests, what_is_none, 0, sizeof bad / sizeof *bad);
	tcase_add_test(tests, a_byte_of_nothing_is_none);
	tcase_add_test(tests, texts_lose_their_escapes);
	tcase_add_test(tests, values_in_their_order);
	tcase_add_test(tests, another_kind_than_expected_is_a_fault_that_stays);
	tcase_add_test(tests, nested_no_deeper_than_allowed);
	suite_add_tcase(suite, tests);
	return suite;
}
