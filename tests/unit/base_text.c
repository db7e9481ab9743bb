/* SPDX-License-Identifier: MIT */
#include <check.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"

Suite *base_text_suite(void);

static void expect(struct buf *buf, const char *wanted)
{
	ck_assert_str_eq(buf->at, wanted);
	buf_clear(buf);
}

START_TEST(slices_and_splits)
{
	struct text rest = TEXT("a||b"), piece;
	ck_assert(text_next(&rest, '|', &piece) && text_is(piece, "a"));
	ck_assert(text_next(&rest, '|', &piece) && piece.size == 0);
	ck_assert(text_next(&rest, '|', &piece) && text_is(piece, "b"));
	ck_assert(!text_next(&rest, '|', &piece));
	ck_assert(text_is(text_trim(TEXT(" \t x y\r\n")), "x y"));
	ck_assert_uint_eq(text_find(TEXT("aab"), TEXT("ab")), 1);
	ck_assert_uint_eq(text_find(TEXT("aab"), TEXT("ba")), 3);
	ck_assert(text_compare(TEXT("a"), TEXT("ab")) < 0);
	ck_assert(text_equal(NO_TEXT, TEXT("")));
}
END_TEST

/* Where it begins first, looked for at every place: also where texts are of two letters, and much only begins well. */
START_TEST(finds_parts)
{
	uint32_t state = (uint32_t)_i + 1;
	char bytes[400], part_bytes[24];
	for (size_t size = 0; size < sizeof bytes; size += 1 + size / 12) {
		for (size_t i = 0; i < sizeof bytes; i++) {
			state = state * 1664525 + 1013904223;
			bytes[i] = (state >> 16) % 40 < (uint32_t)_i ? 'b' : 'a';
		}
		for (size_t part_size = 1; part_size < sizeof part_bytes; part_size++) {
			for (size_t i = 0; i < part_size; i++) {
				state = state * 1664525 + 1013904223;
				part_bytes[i] = i && i + 1 < part_size && (state >> 16) % 16 == 0 ? 'b' : 'a';
			}
			const struct text text = { bytes, size }, part = { part_bytes, part_size };
			size_t at = 0;
			while (at + part_size <= size && memcmp(bytes + at, part_bytes, part_size) != 0)
				at++;
			ck_assert_uint_eq(text_find(text, part), at + part_size <= size ? at : size);
		}
	}
	ck_assert_uint_eq(text_find(NO_TEXT, TEXT("a")), 0);
	ck_assert_uint_eq(text_find(NO_TEXT, NO_TEXT), 0);
	ck_assert_uint_eq(text_find(TEXT("a"), NO_TEXT), 0);
}
END_TEST

/* Of every size, equal and with one byte that differs. */
START_TEST(compares_each_byte)
{
	char one[72], other[73];
	for (size_t size = 0; size < sizeof one; size++) {
		memset(one, 'a', sizeof one);
		memset(other, 'a', sizeof other);
		other[size] = 'b'; /* behind it */
		ck_assert(text_equal((struct text){ one, size }, (struct text){ other, size }));
		ck_assert(!size || !text_equal((struct text){ one, size }, (struct text){ other, size - 1 }));
		for (size_t at = 0; at < size; at++) {
			one[at] ^= 0x40;
			ck_assert(!text_equal((struct text){ one, size }, (struct text){ other, size }));
			one[at] ^= 0x40;
		}
	}
}
END_TEST

START_TEST(reads_integers)
{
	int64_t value;
	ck_assert(text_to_integer(TEXT("-42"), &value) && value == -42);
	ck_assert(!text_to_integer(TEXT(""), &value));
	ck_assert(!text_to_integer(TEXT("-"), &value));
	ck_assert(!text_to_integer(TEXT("1 "), &value));
	ck_assert(!text_to_integer(TEXT("9223372036854775808"), &value));
}
END_TEST

START_TEST(buffer_refuses_more_than_its_limit)
{
	struct buf buf;
	buf_init(&buf, 5);
	buf_string(&buf, "abc");
	buf_string(&buf, "def");
	ck_assert(buf.overflowed);
	buf_string(&buf, "d");
	expect(&buf, "abc");
}
END_TEST

START_TEST(escapes)
{
	struct buf buf;
	buf_init(&buf, 1000);
	buf_json(&buf, TEXT("a\"b\\\n\x01星"));
	expect(&buf, "\"a\\\"b\\\\\\n\\u0001星\"");
	buf_json(&buf, TEXT("\xc2\x9b" "\x7f\u202e\u2066\u061c\u2028·\r\xff"));
	expect(&buf, "\"\\u009b\\u007f\\u202e\\u2066\\u061c\\u2028·\\u000d\uFFFD\"");
	buf_html(&buf, TEXT("a\xc2\x9b" "b\xc2\x85" "\xff\n"));
	expect(&buf, "ab\uFFFD\n");
	buf_html(&buf, TEXT("<a href='x'>&\x01\"</a>"));
	expect(&buf, "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
	buf_csv(&buf, TEXT("=1+2"));
	expect(&buf, "\"'=1+2\"");
	buf_csv(&buf, TEXT("a,\"b\""));
	expect(&buf, "\"a,\"\"b\"\"\"");
	buf_csv(&buf, TEXT("苏州市"));
	expect(&buf, "苏州市");
}
END_TEST

/* Every character of ASCII and some others, among those that most texts are of: what stands for it, and they stay. */
START_TEST(escapes_among_what_stays)
{
	static const char *const others[] = {
		"\x7f", "\xc2\x85", "·", "、", "一", "倀", "訿", "鿿", "\xef\xbf\xbe", "𠀀", "\xe5\xb7", "\xe8", "\xe9",
	};
	static const size_t count = sizeof others / sizeof *others;
	struct buf plain, html, json, want;
	buf_init(&plain, 1000), buf_init(&html, 1000), buf_init(&json, 1000), buf_init(&want, 1000);
	for (size_t i = 1; i < 0x80 + count; i++) {
		const char one[] = { (char)i, '\0' };
		struct text subject = i < 0x80 ? (struct text){ one, 1 } : text_from(others[i - 0x80]);
		buf_reset(&plain), buf_reset(&want), buf_reset(&html), buf_reset(&json);
		buf_html(&plain, subject), buf_json(&json, subject);
		/* Alone it has nothing to be passed over with but itself: known to be escaped or not. */
		bool is_marked = i == 0x7F || (i < 0x20 && i != '\n' && i != '\t') || (i < 0x7F && strchr("&<>\"'", (int)i));
		ck_assert(i >= 0x80 || is_marked != text_equal(buf_view(&plain), subject));
		buf_format(&want, "苏州a/%.*s5 ·%.*s州", TEXT_ARGS(buf_view(&plain)), TEXT_ARGS(buf_view(&plain)));
		buf_reset(&plain);
		buf_format(&plain, "苏州a/%.*s5 ·%.*s州", TEXT_ARGS(subject), TEXT_ARGS(subject));
		buf_html(&html, buf_view(&plain));
		ck_assert_str_eq(html.at, want.at);
		ck_assert(i >= 0x80 || (i == '"' || i == '\\' || i < 0x20 || i == 0x7F) == (json.size != 3));
	}
	buf_clear(&plain), buf_clear(&html), buf_clear(&json), buf_clear(&want);
}
END_TEST

START_TEST(writes_fixed_numbers)
{
	static const struct {
		double value;
		int digits;
		const char *text;
	} cases[] = { { 1.5, 2, "1.5" }, { -0.001, 2, "0" }, { 0.1 + 0.2, 4, "0.3" }, { -12.345, 3, "-12.345" }, { 100, 0, "100" }, { 1.05, 3, "1.05" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf buf;
		buf_init(&buf, 100);
		buf_fixed(&buf, cases[i].value, cases[i].digits);
		expect(&buf, cases[i].text);
	}
}
END_TEST

START_TEST(checks_utf8)
{
	static const struct {
		const char *bytes;
		size_t good;
	} cases[] = {
		{ "plain ascii text", 16 }, { "星级", 6 }, { "\xF0\xA0\x80\x80", 4 }, { "a\xC0\x80", 1 }, { "ab\xED\xA0\x80", 2 },
		{ "\xF5\x80\x80\x80", 0 }, { "abc\xE6\x98", 3 }, { "\xF0\x80\x80\x80", 0 },
		/* Runs of Han characters with each of their bytes wrong or missing, and what lies beside E4 to E9. */
		{ "星级一二三四五六ascii企业", 35 }, { "星\xE4\x41\x80", 3 }, { "星\xE9\x80\x41", 3 }, { "星级\xE4\x80", 6 },
		{ "星级\xE4", 6 }, { "，。、星", 12 }, { "\xE3\x80\x41", 0 }, { "\xEA\x80\x80\xEA\x80", 3 }, { "星\x80", 3 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_uint_eq(utf8_check(text_from(cases[i].bytes)), cases[i].good);
	/* What lies behind the end is not looked at. */
	ck_assert_uint_eq(utf8_check(text_slice(TEXT("级星"), 0, 5)), 3);
	ck_assert_uint_eq(utf8_count(TEXT("星a级")), 3);
	ck_assert(text_is(utf8_prefix(TEXT("星a级"), 2), "星a"));
	ck_assert_int_eq(utf8_width(0x661F), 2);
	ck_assert_int_eq(utf8_width('a'), 1);
	ck_assert_int_eq(utf8_width(0x200B), 0);
	ck_assert(utf8_is_han(0x20000) && utf8_is_han(0x3007) && !utf8_is_han('a'));
}
END_TEST

START_TEST(a_settled_map_lies_in_the_arena)
{
	struct arena *arena = arena_new();
	struct map map = { 0 };
	map_settle(&map, arena); /* an empty one has nothing to move */
	for (uint32_t i = 0; i < 40; i++)
		map_add(&map, text_format(arena, "key %u", i), i);
	size_t before = arena_used(arena);
	map_settle(&map, arena);
	ck_assert_uint_gt(arena_used(arena), before);
	before = arena_used(arena);
	map_settle(&map, arena);
	ck_assert_uint_eq(arena_used(arena), before);
	/* It goes on growing, and what the arena has is not freed. */
	for (uint32_t i = 0; i < 400; i++)
		ck_assert_uint_eq(map_add(&map, text_format(arena, "key %u", i), i), i);
	ck_assert_uint_eq(*map_find(&map, TEXT("key 399")), 399);
	map_clear(&map);
	arena_free(arena);
}
END_TEST

START_TEST(maps_keep_the_first)
{
	struct map map = { 0 };
	struct arena *arena = arena_new();
	ck_assert_ptr_null(map_find(&map, TEXT("x")));
	for (uint32_t i = 0; i < 5000; i++)
		ck_assert_uint_eq(map_add(&map, text_format(arena, "key %u", i), i), i);
	ck_assert_uint_eq(map_add(&map, TEXT("key 7"), 99), 7);
	for (uint32_t i = 0; i < 5000; i++)
		ck_assert_uint_eq(*map_find(&map, text_format(arena, "key %u", i)), i);
	ck_assert_ptr_null(map_find(&map, TEXT("key")));
	map_clear(&map);
	arena_free(arena);
}
END_TEST

START_TEST(arenas_zero_and_align)
{
	struct arena *arena = arena_new();
	for (size_t size = 1; size < 300000; size = size * 3 + 1) {
		unsigned char *at = arena_alloc(arena, size);
		ck_assert_uint_eq((uintptr_t)at % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			ck_assert_uint_eq(at[i], 0);
		memset(at, 0xFF, size);
	}
	arena_clear(arena);
	ck_assert_uint_eq(arena_used(arena), 0);
	ck_assert_uint_eq(*(unsigned char *)arena_alloc(arena, 1), 0);
	arena_free(arena);
}
END_TEST

START_TEST(hashes_as_the_standard_says)
{
	char hex[65];
	hash_of(TEXT("abc"), hex);
	ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	hash_of(TEXT(""), hex);
	ck_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	hash_of(TEXT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), hex);
	ck_assert_str_eq(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
END_TEST

/* The processor's own instructions and ours, whole and in pieces of every size. */
START_TEST(hashes_the_same_in_every_way)
{
	char bytes[1000], whole[65], portable[65], pieces[65];
	struct hash hash;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 7 + i / 64);
	for (size_t size = 0; size < 300; size++) {
		struct text text = { bytes + size % 5, size };
		hash_of(text, whole);
		hash_init(&hash);
		hash.is_portable = true;
		hash_add(&hash, text);
		hash_finish(&hash, portable);
		hash_init(&hash);
		for (size_t at = 0; at < size; at += 1 + size % 97)
			hash_add(&hash, text_slice(text, at, 1 + size % 97));
		hash_finish(&hash, pieces);
		ck_assert_str_eq(whole, portable);
		ck_assert_str_eq(whole, pieces);
	}
	hash_init(&hash);
	memset(bytes, 'a', sizeof bytes);
	for (int i = 0; i < 1000; i++)
		hash_add(&hash, (struct text){ bytes, sizeof bytes });
	hash_finish(&hash, whole);
	ck_assert_str_eq(whole, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

/* What is passed over without being read is what every form leaves as it is. */
START_TEST(escapes_nothing_but_what_a_form_names)
{
	static void (*const forms[])(struct buf *, struct text) = { buf_html, buf_xml, buf_json, buf_csv };
	struct buf plain, made;
	for (uint32_t character = 0x4000; character < 0xD000; character++) {
		buf_init(&plain, BUF_LIMIT_PAGE);
		utf8_write(&plain, character);
		for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
			buf_init(&made, BUF_LIMIT_PAGE);
			forms[i](&made, buf_view(&plain));
			const size_t frame = i == 2; /* JSON's quotes */
			ck_assert_uint_eq(made.size, plain.size + 2 * frame);
			ck_assert_mem_eq(made.at + frame, plain.at, plain.size);
			buf_clear(&made);
		}
		buf_clear(&plain);
	}
	buf_init(&made, BUF_LIMIT_PAGE);
	buf_html(&made, TEXT("a<b>&\"'\x01\\\x7f中\xE4\xB8z\xE4"));
	expect(&made, "a&lt;b&gt;&amp;&quot;&#39;\\中\uFFFD\uFFFDz\uFFFD");
	buf_init(&made, BUF_LIMIT_PAGE);
	buf_json(&made, TEXT("a<b>&\"'\x01\\\x7f中\xEC\xB8"));
	expect(&made, "\"a<b>&\\\"'\\u0001\\\\\\u007f中\uFFFD\uFFFD\"");
	buf_init(&made, BUF_LIMIT_PAGE);
	buf_csv(&made, TEXT("中;\"文"));
	expect(&made, "\"中;\"\"文\"");
}
END_TEST

Suite *base_text_suite(void)
{
	Suite *suite = suite_create("base/text");
	TCase *tcase = tcase_create("text");
	tcase_add_test(tcase, slices_and_splits);
	tcase_add_test(tcase, compares_each_byte);
	tcase_add_loop_test(tcase, finds_parts, 0, 30);
	tcase_add_test(tcase, reads_integers);
	tcase_add_test(tcase, buffer_refuses_more_than_its_limit);
	tcase_add_test(tcase, escapes);
	tcase_add_test(tcase, escapes_among_what_stays);
	tcase_add_test(tcase, writes_fixed_numbers);
	tcase_add_test(tcase, checks_utf8);
	tcase_add_test(tcase, maps_keep_the_first);
	tcase_add_test(tcase, a_settled_map_lies_in_the_arena);
	tcase_add_test(tcase, arenas_zero_and_align);
	tcase_add_test(tcase, hashes_as_the_standard_says);
	tcase_add_test(tcase, hashes_the_same_in_every_way);
	tcase_add_test(tcase, escapes_nothing_but_what_a_form_names);
	suite_add_tcase(suite, tcase);
	return suite;
}
