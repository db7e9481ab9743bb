/* SPDX-License-Identifier: MIT
 *
 * The wide scans find what the plain one finds, wherever in a text and however near to its end; and who passes over
 * records finds himself where who reads them does.
 */
#include "read/csv_scan.h"

#include <check.h>
#include <stdlib.h>

#include "base/arena.h"
#include "read/csv.h"
#include "read/input.h"

Suite *read_csv_scan_suite(void);

START_TEST(finds_what_bytes_find)
{
	static const char bytes[] = { ',', ';', '\t', '\n', '\r', 'a', '"', '\xE5',
				      '\x2D', '\x8A', '\xAC', '\0', 'a', 'b', ' ', '\x0B' };
	static const char separators[] = { ',', ';', '\t' };
	uint32_t state = (uint32_t)_i + 1;
	for (size_t size = 0; size < 200; size++) {
		char *text = malloc(size + 1); /* of just this size, so that a sanitizer sees what is read behind it */
		for (size_t i = 0; i < size; i++) {
			state = state * 1664525 + 1013904223;
			text[i] = bytes[state >> 24 & 7 ? 5 + (state >> 16) % 11 : (state >> 16) % 16];
		}
		struct csv_stops stops;
		csv_stops_forget(&stops);
		for (size_t at = 0; at <= size; at++) {
			struct text whole = { text, size };
			char separator = separators[at / 7 % 3];
			ck_assert_uint_eq(csv_scan(whole, at, separator), csv_scan_bytes(whole, at, separator));
			ck_assert_uint_eq(csv_scan_kept(whole, at, separator, &stops), csv_scan_bytes(whole, at, separator));
			whole.size = at + (size - at) / 2;
			ck_assert_uint_eq(csv_scan_kept(whole, at, separator, &stops), csv_scan_bytes(whole, at, separator));
		}
		free(text);
	}
}
END_TEST

/* Each place of a text of short records, some quoted and over several lines, found by passing over and by reading. */
START_TEST(passes_over_what_it_would_read)
{
	static const char *const pieces[] = { "a", ",", "苏州", "\n", "\r\n", "\r", "\"", "\"b\nc\"", ",\"d\"\"e\",", "1,2\n", "\n3,4\n5,6\n" };
	struct arena *arena = arena_new();
	struct reader reader = { .arena = arena, .sources = sources_new(arena) };
	struct csv *read = ARENA_NEW(arena, struct csv), *passed = ARENA_NEW(arena, struct csv);
	uint32_t state = (uint32_t)_i * 77 + 1;
	char *bytes = ARENA_ARRAY(arena, char, 2000);
	size_t size = 0;
	for (int i = 0; i < 150; i++) {
		state = state * 1664525 + 1013904223;
		const char *piece = pieces[(state >> 16) % (_i % 3 ? 11 : 6)];
		memcpy(bytes + size, piece, strlen(piece));
		size += strlen(piece);
	}
	uint32_t number = input_add(&reader, "a.csv", (struct text){ bytes, size });
	for (size_t until = 0; until < size; until += 5) {
		csv_init(read, &reader, number, ',');
		csv_init(passed, &reader, number, ',');
		read->is_silent = passed->is_silent = true;
		while (csv_next(read) && read->offset <= until)
			;
		do
			csv_skip(passed, until);
		while (csv_next(passed) && passed->offset <= until);
		ck_assert_uint_eq(passed->row, read->row);
		ck_assert_uint_eq(passed->offset, read->offset);
		ck_assert_uint_eq(passed->count, read->count);
		ck_assert_uint_eq(passed->span.start, read->span.start);
	}
	arena_free(arena);
}
END_TEST

Suite *read_csv_scan_suite(void)
{
	Suite *suite = suite_create("read/csv_scan");
	TCase *tcase = tcase_create("scan");
	tcase_add_loop_test(tcase, finds_what_bytes_find, 0, 20);
	tcase_add_loop_test(tcase, passes_over_what_it_would_read, 0, 60);
	suite_add_tcase(suite, tcase);
	return suite;
}
