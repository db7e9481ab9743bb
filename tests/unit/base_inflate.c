/* SPDX-License-Identifier: MIT
 *
 * Streams of all three kinds and ZIP files: sound ones, cut ones, damaged ones.
 */
#include "base/inflate.h"

#include <check.h>

#include "base/buf.h"
#include "base/zip.h"

Suite *base_inflate_suite(void);

/* "abcabcabcabc" as each of the three, by another program. */
static const struct {
	enum inflate_kind kind;
	struct text bytes;
} streams[] = {
	{ INFLATE_RAW, TEXT_INIT("\x4b\x4c\x4a\x4e\x84\x21\x00") },
	{ INFLATE_ZLIB, TEXT_INIT("\x78\xda\x4b\x4c\x4a\x4e\x84\x21\x00\x1d\xe0\x04\x99") },
	{ INFLATE_GZIP, TEXT_INIT("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x4b\x4c\x4a\x4e\x84\x21\x00\x34\x2a\x6e\x5a\x0c\x00\x00\x00") },
};

static struct buf out;

static void set_up(void)
{
	buf_init(&out, BUF_LIMIT_PAGE);
}

static void tear_down(void)
{
	buf_clear(&out);
}

START_TEST(every_kind_appends)
{
	buf_string(&out, "before ");
	ck_assert(inflate_add(streams[_i].kind, streams[_i].bytes, &out));
	ck_assert_str_eq(out.at, "before abcabcabcabc");
}
END_TEST

START_TEST(no_kind_is_taken_for_another)
{
	for (int kind = INFLATE_RAW; kind <= INFLATE_GZIP; kind++)
		ck_assert_int_eq(inflate_add((enum inflate_kind)kind, streams[_i].bytes, &out), kind == (int)streams[_i].kind);
}
END_TEST

START_TEST(cut_off_anywhere_it_is_refused)
{
	for (size_t size = 0; size < streams[_i].bytes.size; size++)
		ck_assert(!inflate_add(streams[_i].kind, text_slice(streams[_i].bytes, 0, size), &out));
}
END_TEST

START_TEST(no_more_than_the_buffer_may_hold)
{
	struct buf small;
	buf_init(&small, 11);
	ck_assert(!inflate_add(streams[_i].kind, streams[_i].bytes, &small));
	ck_assert(small.overflowed);
	buf_clear(&small);
}
END_TEST

static void pack(struct buf *packed)
{
	struct zip zip;
	zip_init(&zip, packed);
	zip_add(&zip, "a.txt", TEXT("one"));
	zip_add(&zip, "b/c.txt", TEXT("two two two two"));
	zip_close(&zip);
}

START_TEST(members_in_the_order_of_the_directory)
{
	struct buf packed;
	struct inflate_member member;
	size_t offset = 0;
	bool is_damaged = true;
	buf_init(&packed, BUF_LIMIT_PAGE);
	pack(&packed);
	ck_assert(inflate_is_zip(buf_view(&packed)));
	while (inflate_next_member(buf_view(&packed), &offset, &member, &is_damaged)) {
		buf_text(&out, member.name);
		buf_byte(&out, '=');
		ck_assert(inflate_member_add(&member, &out));
		buf_byte(&out, ';');
	}
	ck_assert(!is_damaged);
	ck_assert_str_eq(out.at, "a.txt=one;b/c.txt=two two two two;");
	buf_clear(&packed);
}
END_TEST

/* What it may say of a file that lost bytes at its end or front is only: damaged. */
START_TEST(a_damaged_file_is_said_to_be_so)
{
	struct buf packed;
	buf_init(&packed, BUF_LIMIT_PAGE);
	pack(&packed);
	struct text all = buf_view(&packed);
	for (size_t cut = 1; cut <= all.size; cut++) {
		const struct text parts[] = { text_slice(all, 0, all.size - cut), text_slice(all, cut, all.size) };
		for (size_t i = 0; i < 2; i++) {
			struct inflate_member member;
			size_t offset = 0;
			bool is_damaged = false;
			while (inflate_next_member(parts[i], &offset, &member, &is_damaged))
				ck_assert(member.bytes.at >= parts[i].at && member.bytes.at + member.bytes.size <= parts[i].at + parts[i].size);
			ck_assert_msg(is_damaged, "%zu %zu", i, cut);
		}
	}
	buf_clear(&packed);
}
END_TEST

Suite *base_inflate_suite(void)
{
	Suite *suite = suite_create("base/inflate");
	TCase *tests = tcase_create("all");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, every_kind_appends, 0, 3);
	tcase_add_loop_test(tests, no_kind_is_taken_for_another, 0, 3);
	tcase_add_loop_test(tests, cut_off_anywhere_it_is_refused, 0, 3);
	tcase_add_loop_test(tests, no_more_than_the_buffer_may_hold, 0, 3);
	tcase_add_test(tests, members_in_the_order_of_the_directory);
	tcase_add_test(tests, a_damaged_file_is_said_to_be_so);
	suite_add_tcase(suite, tests);
	return suite;
}
