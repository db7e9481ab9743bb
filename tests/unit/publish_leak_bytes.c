/* SPDX-License-Identifier: MIT
 *
 * The wide scans find what the plain ones find, wherever in a text and however near to its end.
 */
#include "publish/leak_bytes.h"

#include <check.h>
#include <stdlib.h>

Suite *publish_leak_bytes_suite(void);

/* Of just this size, so that a sanitizer sees what is read behind it; one byte in `rare` is none of the common ones. */
static struct text make_text(uint32_t *state, size_t size, const char *common, unsigned rare)
{
	static const char others[] = "&%\\\"\"+-/_ .\n<>=;@[`{:g\xE5\xB7\x80\xC1\xFF\x7F";
	char *at = malloc(size + 1);
	for (size_t i = 0; i < size; i++) {
		*state = *state * 1664525 + 1013904223;
		bool is_rare = (*state >> 16) % rare == 0;
		at[i] = is_rare ? others[(*state >> 8) % (sizeof others - 1)] : common[(*state >> 20) % strlen(common)];
	}
	return (struct text){ at, size };
}

static bool is_escape(struct text text, size_t at)
{
	if (text.at[at] == '"')
		return at + 1 < text.size && text.at[at + 1] == '"';
	return text.at[at] != '\0' && strchr("&%\\", text.at[at]);
}

START_TEST(finds_escapes)
{
	uint32_t state = (uint32_t)_i + 1;
	for (size_t size = 0; size < 150; size++) {
		struct text text = make_text(&state, size, "a \"b", _i % 2 ? 40 : 7);
		for (size_t at = 0; at <= size; at++) {
			size_t first = at;
			while (first < size && !is_escape(text, first))
				first++;
			ck_assert_uint_eq(leak_bytes_escape(text, at), first);
			ck_assert_uint_eq(leak_bytes_escape_plain(text, at), first);
		}
		free((void *)(uintptr_t)text.at);
	}
}
END_TEST

static bool is_digit(char byte, enum leak_digits digits)
{
	static const char *const all[] = {
		[LEAK_SIXES] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_",
		[LEAK_FOURS] = "0123456789abcdefABCDEF",
	};
	return byte != '\0' && strchr(all[digits], byte);
}

/* As the header says it, slowly; no digit stands before `at`. */
static size_t first_run(struct text text, size_t at, enum leak_digits digits)
{
	for (size_t end; at < text.size; at = end + 1) {
		for (end = at; end < text.size && is_digit(text.at[end], digits);)
			end++;
		if (end - at >= LEAK_RUN_LEAST)
			return at;
	}
	return text.size;
}

START_TEST(finds_runs)
{
	uint32_t state = (uint32_t)_i + 1;
	const enum leak_digits digits = _i % 2 ? LEAK_FOURS : LEAK_SIXES;
	for (size_t size = 0; size < 400; size += 1 + size / 40) {
		struct text text = make_text(&state, size, "0aF9c3", 6 + (unsigned)_i % 5 * 4);
		for (size_t at = 0; at <= size; at++) {
			if (at && is_digit(text.at[at - 1], digits))
				continue;
			ck_assert_uint_eq(leak_bytes_run(text, at, digits), first_run(text, at, digits));
			ck_assert_uint_eq(leak_bytes_run_plain(text, at, 0, digits), first_run(text, at, digits));
		}
		free((void *)(uintptr_t)text.at);
	}
}
END_TEST

/* Every byte, among digits and not, is one or is none. */
START_TEST(knows_every_digit)
{
	for (int byte = 0; byte < 256; byte++)
		for (enum leak_digits digits = LEAK_SIXES; digits <= LEAK_FOURS; digits++) {
			char bytes[96];
			memset(bytes, ' ', sizeof bytes);
			memset(bytes + 20, '7', LEAK_RUN_LEAST);
			bytes[25] = (char)byte;
			const struct text text = { bytes, sizeof bytes };
			const size_t wanted = is_digit((char)byte, digits) ? 20 : sizeof bytes;
			ck_assert_uint_eq(leak_bytes_run(text, 0, digits), wanted);
		}
}
END_TEST

/* Up to four ranges are told apart; of more, what lies between the last is taken with them. */
START_TEST(finds_what_lies_in_ranges)
{
	uint32_t state = (uint32_t)_i + 1;
	bool wanted[256] = { false };
	unsigned changes = 0;
	for (int k = 0; k < _i; k++) {
		state = state * 1664525 + 1013904223;
		for (unsigned byte = state >> 24, size = state >> 16 & 15; byte < 256 && size-- > 0; byte++)
			wanted[byte] = true;
	}
	for (int byte = 0; byte < 256; byte++)
		changes += wanted[byte] && (byte == 255 || !wanted[byte + 1]);
	const struct leak_ranges ranges = leak_ranges_of(wanted);
	for (int start = 0; start < 256 && _i; start += 64) {
		char bytes[64];
		for (int i = 0; i < 64; i++)
			bytes[i] = (char)(start + i);
		const uint64_t mask = leak_bytes_within(bytes, &ranges);
		ck_assert_uint_eq(mask, leak_bytes_within_plain(bytes, &ranges));
		for (int i = 0; i < 64; i++)
			ck_assert(wanted[start + i] ? mask >> i & 1 : changes > LEAK_RANGES || !(mask >> i & 1));
	}
}
END_TEST

Suite *publish_leak_bytes_suite(void)
{
	Suite *suite = suite_create("publish/leak_bytes");
	TCase *tcase = tcase_create("bytes");
	tcase_add_loop_test(tcase, finds_escapes, 0, 10);
	tcase_add_loop_test(tcase, finds_runs, 0, 20);
	tcase_add_test(tcase, knows_every_digit);
	tcase_add_loop_test(tcase, finds_what_lies_in_ranges, 0, 20);
	suite_add_tcase(suite, tcase);
	return suite;
}
