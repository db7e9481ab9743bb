/* SPDX-License-Identifier: MIT */
#include "base/chain.h"

#include <check.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"

Suite *base_chain_suite(void);

static struct arena *arena;
static struct buf buf;

static void set_up(void)
{
	arena = arena_new();
	buf_init(&buf, BUF_LIMIT_PAGE);
}

static void tear_down(void)
{
	buf_clear(&buf);
	arena_free(arena);
}

static struct chain read_text(struct text text)
{
	struct chain chain;
	chain_init(&chain, arena, text);
	chain_read(&chain);
	return chain;
}

static void write_about(const void *context, struct json_write *json)
{
	json_write_named_text(json, "about", text_from(context));
}

/* Three lines, about 甲, "乙" and 丙. */
static void write_three(void)
{
	static const char *const about[] = { "甲", "\"乙\"\n", "丙" };
	for (int i = 0; i < 3; i++) {
		struct chain before = read_text(buf_view(&buf));
		const struct chain_event event = { { 2021, 12, (uint8_t)(20 + i) }, "published", write_about, about[i] };
		chain_write(&before, &event, &buf);
	}
}

static struct text line_at(int number)
{
	struct text rest = buf_view(&buf), line = NO_TEXT;
	for (int i = 0; i <= number; i++)
		text_next(&rest, '\n', &line);
	return line;
}

START_TEST(carries_number_day_kind_and_hash)
{
	char hash[65];
	write_three();
	struct chain chain;
	chain_init(&chain, arena, buf_view(&buf));
	for (int i = 0; i < 3; i++) {
		ck_assert(chain_next(&chain));
		ck_assert_int_eq(chain.n, i + 1);
		ck_assert_int_eq(chain.day.day, 20 + i);
		ck_assert(text_is(chain.kind, "published"));
		ck_assert(text_equal(chain.line, line_at(i)));
		hash_of(line_at(i), hash);
		ck_assert_str_eq(chain.hash, hash);
		struct text member = text_format(arena, "\"previous\":\"%s\"", hash);
		ck_assert(i == 2 || text_contains(line_at(i + 1), member));
	}
	ck_assert(!chain_next(&chain) && chain.fault == CHAIN_SOUND && chain.taken == buf.size);
	ck_assert(text_contains(line_at(0), TEXT("\"previous\":\"0000000000000000000000000000000000000000000000000000000000000000\"")));
	ck_assert_int_eq(read_text(NO_TEXT).n, 0);
}
END_TEST

/* What is made of the three lines, and at which line that is noticed. */
static const struct {
	const char *why;
	const char *format; /* of the lines 1, 2, 3 and of half a line */
	enum chain_fault fault;
	int64_t sound;      /* lines before it */
} cases[] = {
	{ "as it is", "%1$s\n%2$s\n%3$s\n", CHAIN_SOUND, 3 },
	{ "without its last line end", "%1$s\n%2$s\n%3$s", CHAIN_SOUND, 3 },
	{ "a line taken out", "%1$s\n%3$s\n%4$s", CHAIN_NUMBER, 1 },
	{ "the first taken out", "%2$s\n%3$s\n%4$s", CHAIN_NUMBER, 0 },
	{ "lines that changed places", "%1$s\n%3$s\n%2$s\n", CHAIN_NUMBER, 1 },
	{ "a line twice", "%1$s\n%2$s\n%2$s\n%3$s\n", CHAIN_NUMBER, 2 },
	{ "an empty line", "%1$s\n\n%2$s\n%3$s\n", CHAIN_NO_LINE, 1 },
	{ "a line that is cut", "%1$s\n%4$s\n%3$s\n", CHAIN_NO_LINE, 1 },
	{ "the last line is cut", "%1$s\n%2$s\n%4$s\n", CHAIN_NO_LINE, 2 },
	{ "the last line was never finished", "%1$s\n%2$s\n%4$s", CHAIN_TORN, 2 },
	{ "two lines in one", "%1$s\n%2$s%3$s\n", CHAIN_NO_LINE, 1 },
	{ "another line end", "%1$s\r\n%2$s\n%3$s\n", CHAIN_CHANGED, 0 },
	{ "a blank behind", "%1$s\n%2$s \n%3$s\n", CHAIN_CHANGED, 1 },
	{ "no object", "%1$s\n[]\n", CHAIN_NO_LINE, 1 },
};

START_TEST(tells_what_is_wrong)
{
	struct text lines[3], made;
	const char *one, *two, *three, *half;
	write_three();
	for (int i = 0; i < 3; i++)
		lines[i] = text_copy(arena, line_at(i));
	one = lines[0].at, two = lines[1].at, three = lines[2].at;
	half = text_string(arena, text_slice(lines[1], 0, lines[1].size / 2));
	struct buf bytes;
	buf_init(&bytes, BUF_LIMIT_PAGE);
	for (const char *at = cases[_i].format; *at; at++) {
		const char *const parts[] = { one, two, three, half };
		if (*at == '%') {
			buf_string(&bytes, parts[at[1] - '1']);
			at += 3;
		} else {
			buf_byte(&bytes, *at);
		}
	}
	made = buf_view(&bytes);
	struct chain chain = read_text(made);
	ck_assert_msg(chain.fault == cases[_i].fault, "%s: fault %d", cases[_i].why, chain.fault);
	ck_assert_msg(chain.n == cases[_i].sound, "%s: %lld sound", cases[_i].why, (long long)chain.n);
	buf_clear(&bytes);
}
END_TEST

/* Every byte of every line: a change is noticed in that line, in the last one too. */
START_TEST(notices_every_byte)
{
	write_three();
	char *bytes = text_string(arena, buf_view(&buf));
	int64_t line = 0;
	for (size_t i = 0; i < buf.size; i++) {
		if (bytes[i] == '\n') {
			line++;
			continue;
		}
		char before = bytes[i];
		bytes[i] = (char)(before == 'a' ? 'b' : 'a');
		struct chain chain = read_text((struct text){ bytes, buf.size });
		ck_assert_msg(chain.fault != CHAIN_SOUND && chain.fault != CHAIN_TORN, "byte %zu", i);
		ck_assert_msg(chain.n == line || chain.n == line + 1, "byte %zu: line %lld, not %lld", i, (long long)chain.n, (long long)line);
		bytes[i] = before;
	}
}
END_TEST

/* A line without a hash of its own is held by the one behind it. */
START_TEST(goes_by_the_line_before)
{
	static const char first[] = "{\"n\":1,\"day\":\"2021-11-30\",\"kind\":\"published\",\"previous\":"
				    "\"0000000000000000000000000000000000000000000000000000000000000000\"}";
	char hash[65];
	hash_of(TEXT(first), hash);
	struct text good = text_format(arena, "%s\n{\"previous\":\"%s\",\"kind\":\"x\",\"n\":2,\"day\":\"2021-12-01\"}\n", first, hash);
	ck_assert_int_eq(read_text(good).fault, CHAIN_SOUND);
	ck_assert_int_eq(read_text(good).n, 2);
	hash[0] = hash[0] == '0' ? '1' : '0';
	struct text other = text_format(arena, "%s\n{\"n\":2,\"day\":\"2021-12-01\",\"kind\":\"x\",\"previous\":\"%s\"}\n", first, hash);
	ck_assert_int_eq(read_text(other).fault, CHAIN_PREVIOUS);
	ck_assert_int_eq(read_text(other).n, 1);
}
END_TEST

START_TEST(reports_each_fault_as_itself)
{
	static const enum diag_kind kinds[] = { [CHAIN_TORN] = DIAG_REGISTER_TORN, [CHAIN_NO_LINE] = DIAG_REGISTER_LINE,
						[CHAIN_NUMBER] = DIAG_REGISTER_NUMBER, [CHAIN_PREVIOUS] = DIAG_REGISTER_PREVIOUS,
						[CHAIN_CHANGED] = DIAG_REGISTER_CHANGED };
	for (int fault = CHAIN_SOUND; fault <= CHAIN_CHANGED; fault++) {
		struct diag *diag = diag_new(arena, sources_new(arena));
		const struct chain chain = { .fault = (enum chain_fault)fault, .n = 4 };
		chain_report(&chain, TEXT("x"), NO_SPAN, diag);
		ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), fault > CHAIN_TORN);
		ck_assert_uint_eq(diag_count(diag, SEVERITY_WARNING), fault == CHAIN_TORN);
		ck_assert(fault == CHAIN_SOUND || diag_count_of(diag, kinds[fault]) == 1);
	}
}
END_TEST

Suite *base_chain_suite(void)
{
	Suite *suite = suite_create("base/chain");
	TCase *tcase = tcase_create("chain");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, carries_number_day_kind_and_hash);
	tcase_add_loop_test(tcase, tells_what_is_wrong, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tcase, notices_every_byte);
	tcase_add_test(tcase, goes_by_the_line_before);
	tcase_add_test(tcase, reports_each_fault_as_itself);
	suite_add_tcase(suite, tcase);
	return suite;
}
