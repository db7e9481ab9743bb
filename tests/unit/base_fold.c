/* SPDX-License-Identifier: MIT */
#include "base/fold.h"

#include <check.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

Suite *base_fold_suite(void);

static const struct {
	const char *text, *folded;
} cases[] = {
	{ "", "" },
	{ "Abc-12 X", "abc12x" },
	{ "ＡＢｃ－１２　Ｘ", "abc12x" },
	{ "南京（示例）", "南京示例" },
	{ "南 京(示例)【】〔〕「」", "南京示例" },
	{ "南\u00A0京\u3000示\u200B例\uFEFF\u00AD\u2060", "南京示例" },
	{ "南·京・示•例、。，；：！？…—–-", "南京示例" },
	{ "蘇州輪胎機械廠電氣", "苏州轮胎机械厂电气" },
	{ "羣峯綫衞為爲產裡", "群峰线卫为为产里" },
	{ "⼯⽰⻋", "工示车" },         /* radicals */
	{ "\uF9B5\uFA0A", "例见" },      /* compatibility: 例 見 */
	{ "堃昇喆镕", "堃昇喆镕" },       /* names keep what is no other form of anything */
	{ "𠮷\U0001D7D9\U0001D7D8", "𠮷10" },
	{ "é\u0301", "é" },
	{ "a\tb\r\nc", "abc" },
	{ "a\x02" "b\x7F", "a\1b\1" },
	{ "a\xFF\xE4\xB8" "b", "a\1\1\1b" },
	{ "\xE4\xB8\xAD\xE4\xB8", "中\1\1" },
};

START_TEST(folds)
{
	char out[64];
	struct text text = text_from(cases[_i].text);
	bool is_utf8 = true;
	size_t size = fold_write(text, out, &is_utf8);
	ck_assert_uint_le(size, text.size);
	ck_assert_msg(text_is((struct text){ out, size }, cases[_i].folded), "%s: %.*s", cases[_i].text, (int)size, out);
	ck_assert(is_utf8 == (utf8_check(text) == text.size));
}
END_TEST

/* Character by character it is the same as at a stroke, and folding twice changes nothing. */
START_TEST(folds_each_character_once_and_for_all)
{
	struct buf in;
	buf_init(&in, BUF_LIMIT_PAGE);
	for (uint32_t character = 1; character < 0x30000; character++) {
		char out[8];
		size_t at = 0;
		bool is_utf8 = true;
		if (character >= 0xD800 && character < 0xE000)
			continue;
		uint32_t folded = fold_character(character);
		buf_reset(&in);
		utf8_write(&in, character);
		struct text written = { out, fold_write(buf_view(&in), out, &is_utf8) };
		bool is_same = (written.size ? utf8_next(written, &at) : 0) == folded && at == written.size && is_utf8;
		if (!is_same || (folded && fold_character(folded) != folded))
			ck_abort_msg("U+%04X", (unsigned)character);
	}
	buf_clear(&in);
}
END_TEST

Suite *base_fold_suite(void)
{
	Suite *suite = suite_create("base/fold");
	TCase *tcase = tcase_create("fold");
	tcase_add_loop_test(tcase, folds, 0, sizeof cases / sizeof *cases);
	tcase_add_test(tcase, folds_each_character_once_and_for_all);
	suite_add_tcase(suite, tcase);
	return suite;
}
