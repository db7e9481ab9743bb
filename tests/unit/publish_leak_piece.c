/* SPDX-License-Identifier: MIT
 *
 * Many pages in one scan, of the same few lines in ever other order: what is known of a line that was looked through
 * must never hide what stands there now, so the scan finds what a scan of each page by itself does.
 */
#include "publish/leak_piece.h"

#include <check.h>

#include "base/arena.h"
#include "base/diag.h"
#include "publish/leak.h"
#include "publish/leak_hunt.h"

Suite *publish_leak_piece_suite(void);

#define SAME "<p class=\"note\">谁的页上都有的一行文字，一样长短。</p>\n"

/* Values whole, in halves that a line end parts, in the wrong company, and in other alphabets. */
static const char *const lines[] = {
	SAME, SAME, "\n", "  \n", "</ul>\n", "<li>又一行文字，后面没有名称，也很常见的那一种</li>\n",
	"<td>这一行说的是某某企业，全名在下一行：南京示例凯顺环保\n", "<td>这一行说的是某某企业，全名在下一行：苏州示例凯顺环保\n",
	"<td>这一行的最后一个字是别的，末一字节却一样：水坝\n",
	"设备集团有限公司，以及行末别的一些话，凑够长度</td>\n", "南京示例凯顺环保</td>\n", "<td>设备集团有限公司</td>\n",
	"<a href=\"../enterprises/91320100XX00\n", "00246G/\">又是一行：凑够一个片段的长度才行</a>\n",
	"<i data-x=\"5Y2X5Lqs56S65L6L5Yev6aG6546v5L+d6K6+5aSH6ZuG5Zui5pyJ6ZmQ5YWs5Y+4\"></i>\n",
	"<i data-x=\"393133323031303058583030303032343647\"></i>\n", "南京示例凯顺环保设备集团有限公司\n",
	"泵房控制器的远程维护口令", "多年没有更换（示例）\n", "泵房控制器的<b>远程维护口令</b>多年没有更换（示例），见下一页\n",
};

enum { PAGES = 60, PAGE_LINES = 14, ROUNDS = 6 };

static struct arena *arena;

static void set_up(void)
{
	arena = arena_new();
}

static void tear_down(void)
{
	arena_free(arena);
}

static uint32_t next_number(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 16;
}

static struct text make_page(uint32_t *state)
{
	struct text page = TEXT("<!DOCTYPE html>\n");
	for (size_t i = 0; i < PAGE_LINES; i++)
		page = text_format(arena, "%.*s%s", TEXT_ARGS(page), lines[next_number(state) % (sizeof lines / sizeof *lines)]);
	return page;
}

static size_t count_finds(const struct leak_given *pages, size_t count)
{
	struct diag *diag = diag_new(arena, sources_new(arena));
	struct leak *leak = leak_new(arena);
	leak_add(leak, TEXT("南京示例凯顺环保设备集团有限公司"), "name");
	leak_add(leak, TEXT("91320100XX0000246G"), "code");
	leak_add_remark(leak, TEXT("泵房控制器的远程维护口令多年没有更换（示例）"), "note", 1);
	leak_scan_given(leak, pages, count, diag);
	leak_free(leak);
	return diag_errors_told(diag);
}

START_TEST(what_was_seen_hides_nothing)
{
	struct leak_given pages[PAGES];
	uint32_t state = (uint32_t)_i + 1;
	size_t alone = 0;
	for (size_t i = 0; i < PAGES; i++) {
		pages[i] = (struct leak_given){ text_format(arena, "public/%zu.html", i), make_page(&state) };
		alone += count_finds(&pages[i], 1);
	}
	ck_assert_uint_gt(alone, PAGES / 2);
	ck_assert_uint_eq(count_finds(pages, PAGES), alone);
}
END_TEST

/* The name, wherever a line ends in it; 16 characters of three bytes. */
START_TEST(a_name_is_found_over_the_end_of_a_line)
{
	static const struct text name = TEXT_INIT("南京示例凯顺环保设备集团有限公司");
	struct text first = text_slice(name, 0, 3 * (size_t)_i), second = text_slice(name, first.size, name.size);
	struct text page = text_format(arena, SAME "<td>这一行说的是某某企业，全名也在下一行：%.*s\n%.*s</td>\n" SAME,
				       TEXT_ARGS(first), TEXT_ARGS(second));
	ck_assert_uint_eq(count_finds(&(struct leak_given){ TEXT("public/a.html"), page }, 1), 1);
}
END_TEST

/* A line is known behind the same bytes alone, and with what was in it. */
START_TEST(a_line_is_known_by_what_stands_before_it)
{
	static const struct text text = TEXT_INIT(SAME SAME SAME "<p>另一行文字，也有这一行的长短，而且还要更长一些</p>\n" SAME);
	struct leak_pieces pieces = { .known = NULL };
	struct leak_folded folded = { .at = NULL }, whole = { .at = NULL };
	leak_folded_set(&whole, text);
	for (int round = 0; round < 2; round++) {
		leak_pieces_cut(&pieces, &folded, text);
		ck_assert_uint_eq(pieces.list.count, 6);
		ck_assert_uint_eq(folded.size, whole.size);
		ck_assert_int_eq(memcmp(folded.at, whole.at, whole.size), 0);
		for (size_t i = 0; i < 5; i++) { /* of the second nothing was said: the third is the same, behind the same */
			ck_assert_int_eq(pieces.list.at[i].is_known, round);
			ck_assert_int_eq(pieces.list.at[i].has_keys, round && (i == 1 || i == 2));
			if (!round && i != 1)
				leak_pieces_know(&pieces, &folded, i, i == 2);
		}
	}
	leak_folded_free(&folded);
	leak_folded_free(&whole);
	leak_pieces_free(&pieces);
}
END_TEST

START_TEST(a_run_is_known_in_its_view)
{
	struct leak_pieces pieces = { .known = NULL };
	ck_assert(!leak_pieces_had_run(&pieces, 1, TEXT("enterprises/0b43c2df6090")));
	ck_assert(leak_pieces_had_run(&pieces, 1, TEXT("enterprises/0b43c2df6090")));
	ck_assert(!leak_pieces_had_run(&pieces, 2, TEXT("enterprises/0b43c2df6090")));
	ck_assert(!leak_pieces_had_run(&pieces, 1, TEXT("enterprises/0b43c2df6091")));
	leak_pieces_forget(&pieces);
	ck_assert(!leak_pieces_had_run(&pieces, 1, TEXT("enterprises/0b43c2df6090")));
	leak_pieces_free(&pieces);
}
END_TEST

Suite *publish_leak_piece_suite(void)
{
	Suite *suite = suite_create("publish/leak_piece");
	TCase *tcase = tcase_create("leak_piece");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, what_was_seen_hides_nothing, 0, ROUNDS);
	tcase_add_loop_test(tcase, a_name_is_found_over_the_end_of_a_line, 0, 17);
	tcase_add_test(tcase, a_line_is_known_by_what_stands_before_it);
	tcase_add_test(tcase, a_run_is_known_in_its_view);
	suite_add_tcase(suite, tcase);
	return suite;
}
