/* SPDX-License-Identifier: MIT
 *
 * The wide check of UTF-8 says what the plain one says, wherever in a text it goes wrong.
 */
#include "base/utf8.h"

#include <check.h>
#include <stdlib.h>

#include "base/utf8_x86.h"

Suite *base_utf8_suite(void);

static uint32_t state;

static uint32_t draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

/* By characters alone. */
static size_t check_plainly(struct text text)
{
	for (size_t at = 0, next = 0; at < text.size; at = next)
		if (utf8_next(text, &next) == UTF8_BAD)
			return at;
	return text.size;
}

/* Characters of each length at the edges of what is allowed, and of what is not. */
static const char *const pieces[] = {
	"a",        ",",        "\n",        "0",        "苏",        "州",        "符合",      "\xC2\x80",
	"\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "𠀀",
};
static const char *const faults[] = {
	"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC3" "a", "\xE0\x9F\xBF", "\xE4\xB8", "\xE4" "ab", "\xED\xA0\x80",
	"\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x90\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF", "\xFE",
};

static size_t fill(char *text, size_t most, bool is_bad)
{
	size_t size = 0, fault = is_bad && most ? draw((uint32_t)most) : SIZE_MAX;
	while (size < most) {
		const char *piece = pieces[draw(sizeof pieces / sizeof *pieces)];
		if (size >= fault) {
			piece = faults[draw(sizeof faults / sizeof *faults)];
			fault = SIZE_MAX;
		}
		size_t part = strlen(piece) < most - size ? strlen(piece) : most - size; /* the last may be cut */
		memcpy(text + size, piece, part);
		size += part;
	}
	return size;
}

START_TEST(says_what_characters_say)
{
	state = (uint32_t)_i;
	for (size_t size = 0; size < 200; size++) {
		char *bytes = malloc(size + 1); /* of just this size, so that a sanitizer sees what is read behind it */
		struct text text = { bytes, fill(bytes, size, draw(2)) };
		size_t good = check_plainly(text);
		ck_assert_uint_eq(utf8_check(text), good);
		if (utf8_x86_is_here()) {
			size_t skipped = utf8_x86_skip((const unsigned char *)bytes, size);
			ck_assert_uint_le(skipped, good);
			ck_assert_uint_le(good - skipped, 18);
			text = text_slice(text, skipped, size);
			ck_assert_uint_eq(check_plainly(text), good - skipped);
		}
		free(bytes);
	}
}
END_TEST

Suite *base_utf8_suite(void)
{
	Suite *suite = suite_create("base/utf8");
	TCase *tcase = tcase_create("check");
	tcase_add_loop_test(tcase, says_what_characters_say, 0, 40);
	suite_add_tcase(suite, tcase);
	return suite;
}
