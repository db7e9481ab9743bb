/* SPDX-License-Identifier: MIT
 *
 * Lines as text: each case of tests/golden/lines is a header "rule width=em align=…
 * indent=em", the text, a line "----", and the lines as set.  A set line ends with what
 * its adjustment was: + widened, − squeezed, in thousandths of an em, and in brackets
 * how much of it stands between two Han characters; ^ says that its last mark stands in
 * the margin.  ‐ is the hyphen of a divided word.
 */
#include "setting/line.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "setting/quote.h"
#include "setting_fixture.h"

Suite *setting_line_suite(void);

static struct arena *arena;
static struct diag *diag;
static struct shaper *shaper;
static struct typesetter typesetter;

enum { SIZE = 10 };

static void setup(void)
{
	arena = arena_new();
	diag = diag_new(arena, sources_new(arena));
	shaper = shaper_new(fixture_theme(arena), diag);
	typesetter = (struct typesetter){ .arena = arena, .shaper = shaper };
}

static void teardown(void)
{
	typesetter_clear(&typesetter);
	shaper_free(shaper);
	arena_free(arena);
}

static struct piece piece_of(struct text text)
{
	return (struct piece){ .text = text, .font = { .role = ROLE_SONG }, .size_pt = SIZE, .tag = 0, .link = -1 };
}

static void set(struct text text, double width_em, double indent_em, int8_t align)
{
	struct piece piece = piece_of(text);
	typesetter.ops.count = 0;
	line_set_paragraph(&typesetter, &piece, 1, &(struct line_options){
		.width_pt = width_em * SIZE, .first_indent_pt = indent_em * SIZE, .size_pt = SIZE, .line_pt = 16, .align = align });
}

static bool is_divided(size_t line)
{
	const struct set_line *set_line = &typesetter.lines.at[line];
	return set_line->op_count && text_is(typesetter.ops.at[set_line->first_op + set_line->op_count - 1].run.text, "\xC2\xAD");
}

static struct text line_text(size_t line)
{
	const struct set_line *set_line = &typesetter.lines.at[line];
	struct text text = NO_TEXT;
	for (size_t i = 0; i < set_line->op_count - is_divided(line); i++) {
		struct text part = typesetter.ops.at[set_line->first_op + i].run.text;
		text = text.size ? (struct text){ text.at, (size_t)(part.at + part.size - text.at) } : part;
	}
	return text;
}

/* ---- golden paragraphs --------------------------------------------------------- */

static double option(struct text header, const char *name, double standard)
{
	struct text rest = header, word;
	while (text_next(&rest, ' ', &word))
		if (text_starts(word, name))
			return strtod(text_string(arena, text_slice(word, strlen(name), word.size)), NULL);
	return standard;
}

static void write_lines(struct buf *buf, double width_em)
{
	for (size_t i = 0; i < typesetter.lines.count; i++) {
		buf_text(buf, line_text(i));
		const struct set_line *line = &typesetter.lines.at[i];
		buf_format(buf, "%s |%+d", is_divided(i) ? "‐" : "", (int)lround(line->slack_pt * 1000 / SIZE));
		if (fabs(line->glue_pt) > 0.0005 * SIZE)
			buf_format(buf, " (%+d)", (int)lround(line->glue_pt * 1000 / SIZE));
		if (line->right_pt > (width_em + 0.4) * SIZE)
			buf_text(buf, TEXT(" ^"));
		buf_byte(buf, '\n');
	}
}

static void check_case(struct text header, struct text body, struct text want)
{
	struct buf got;
	buf_init(&got, 1 << 20);
	int8_t align = text_contains(header, TEXT("align=left")) ? ALIGN_LEFT : ALIGN_JUSTIFY;
	double width = option(header, "width=", 20);
	set(body, width, option(header, "indent=", 0), align);
	write_lines(&got, width);
	ck_assert_msg(text_equal(buf_view(&got), want), "%.*s\nwant:\n%.*s\ngot:\n%s", TEXT_ARGS(header), TEXT_ARGS(want), got.at);
	buf_clear(&got);
}

static const struct golden {
	const char *path;
	size_t least;
} goldens[] = { { "tests/golden/lines/paragraphs.txt", 8 }, { "tests/golden/lines/rules.txt", 80 } };

START_TEST(golden_paragraphs)
{
	const struct golden *golden = &goldens[_i];
	struct file_bytes bytes;
	ck_assert_int_eq(file_map(golden->path, 1 << 20, &bytes), 0);
	struct text rest = bytes.text;
	size_t count = 0;
	while (rest.size) {
		size_t end = text_find(rest, TEXT("\n====\n"));
		struct text part = text_slice(rest, 0, end < rest.size ? end + 1 : end);
		size_t line = text_find(part, TEXT("\n")), divider = text_find(part, TEXT("\n----\n"));
		struct text header = text_slice(part, 0, line);
		check_case(header, text_slice(part, line + 1, divider - line - 1), text_slice(part, divider + 6, part.size));
		rest = text_slice(rest, end + 6, rest.size);
		count++;
	}
	ck_assert_uint_ge(count, golden->least);
	file_release(&bytes);
}
END_TEST

/* ---- rules ------------------------------------------------------------------------ */

static const char hard[] =
	"根据《工业控制系统信息安全防护指南》（以下简称“《指南》”），企业应当“立查立改”：一是落实责任，二是补齐短板，三是跟踪问效……"
	"截至2024年11月30日，共检查324项、符合231项，符合率71.3%，温度25℃、费用¥3,200；详见GB/T 41400—2022——《成熟度模型》。";

static bool is_one_of(const char *list, struct text text, bool at_end)
{
	size_t size = text.size;
	if (size < 3)
		return false;
	struct text character = at_end ? text_slice(text, size - 3, 3) : text_slice(text, 0, 3);
	return text_find(text_from(list), character) < strlen(list);
}

START_TEST(no_prohibited_edges_at_any_width)
{
	for (int width = 6; width < 60; width++) {
		set(TEXT(hard), width, 2, ALIGN_JUSTIFY);
		for (size_t i = 0; i < typesetter.lines.count; i++) {
			struct text line = line_text(i);
			ck_assert_msg(i == 0 || !is_one_of("，。、；：？！）》”", line, false), "width %d: %.*s", width, TEXT_ARGS(line));
			ck_assert_msg(!is_one_of("（《“", line, true), "width %d: %.*s", width, TEXT_ARGS(line));
			ck_assert(i == 0 || !text_starts(line, "%"));
			ck_assert(i == 0 || !text_starts(line, "℃"));
			ck_assert(!text_ends(line, "¥"));
		}
	}
}
END_TEST

START_TEST(justified_lines_end_at_the_edge)
{
	set(TEXT(hard), 22, 2, ALIGN_JUSTIFY);
	for (size_t i = 0; i + 1 < typesetter.lines.count; i++)
		ck_assert_double_eq_tol(typesetter.lines.at[i].right_pt, 220, 0.05);
	ck_assert_double_lt(typesetter.lines.at[typesetter.lines.count - 1].right_pt, 220.1);
}
END_TEST

START_TEST(last_line_has_two_characters)
{
	for (int width = 8; width < 40; width++) {
		set(TEXT("企业应当建立健全工业控制系统信息安全管理制度明确各部门职责并定期检查落实情况及时整改发现的问题"), width, 2, ALIGN_JUSTIFY);
		ck_assert_uint_ge(line_text(typesetter.lines.count - 1).size, 6);
	}
}
END_TEST

static double width_of(const char *text)
{
	set(text_from(text), 100, 0, ALIGN_LEFT);
	return (typesetter.lines.at[0].right_pt - typesetter.lines.at[0].left_pt) / SIZE;
}

START_TEST(punctuation_closes_up)
{
	double plain = width_of("甲乙丙丁");
	ck_assert_double_eq_tol(plain, 4, 1e-3);
	ck_assert_double_eq_tol(width_of("甲），乙"), 3.5, 1e-3);  /* 4 em less half between the marks */
	ck_assert_double_eq_tol(width_of("甲：“乙"), 3.5, 1e-3);
	ck_assert_double_eq_tol(width_of("（（甲乙"), 3, 1e-3);   /* and half an em at the line's start */
	ck_assert_double_eq_tol(width_of("甲乙。"), 2.5, 1e-3);     /* half an em at the line's end */
	ck_assert_double_eq_tol(width_of("“甲”"), 2, 1e-3);
}
END_TEST

START_TEST(gaps_between_han_and_latin)
{
	double latin = width_of("PLC"), number = width_of("24");
	ck_assert_double_eq_tol(width_of("用PLC"), 1 + 0.25 + latin, 1e-3);
	ck_assert_double_eq_tol(width_of("用 PLC"), 1 + 0.25 + latin, 1e-3);
	ck_assert_double_eq_tol(width_of("共24家"), 2 + 0.5 + number, 1e-3);
	ck_assert_double_eq_tol(width_of("，24"), 1 + number, 1e-3);
	ck_assert_double_eq_tol(width_of("PLC"), latin, 1e-3);
}
END_TEST

START_TEST(words_and_pairs_stay_whole)
{
	for (int width = 9; width < 40; width++) {
		set(TEXT("系统采用Modbus/TCP协议——速率100Mbps……延迟10.5ms，见GB/T41400"), width, 0, ALIGN_LEFT);
		for (size_t i = 0; i < typesetter.lines.count; i++) {
			struct text line = line_text(i);
			ck_assert(!text_ends(line, "Modbus") && !text_ends(line, "10") && !text_ends(line, "10."));
			ck_assert(!text_starts(line, "…") || text_starts(line, "……"));
			ck_assert(!text_ends(line, "—") || text_ends(line, "——"));
		}
	}
}
END_TEST

/* A sign that belongs to what follows, whether that is written in digits or in characters. */
START_TEST(signs_stay_with_what_follows)
{
	static const char *const signs[] = { "￥", "¥", "$", "€", "＄", "±", "≥", "#", "№", NULL };
	for (size_t s = 0; signs[s]; s++)
		for (int width = 5; width < 20; width++) {
			struct text sign = text_from(signs[s]);
			set(text_format(arena, "核定经费%.*s三千元整押金%.*s两百元其余%.*s若干另计%.*s一百", TEXT_ARGS(sign), TEXT_ARGS(sign), TEXT_ARGS(sign), TEXT_ARGS(sign)),
			    width, 0, ALIGN_JUSTIFY);
			for (size_t i = 0; i < typesetter.lines.count; i++)
				ck_assert_msg(!text_ends(line_text(i), signs[s]), "width %d: %.*s", width, TEXT_ARGS(line_text(i)));
		}
}
END_TEST

/* From the left edge of the character at that byte to the next one's, in em. */
static double advance_at(size_t offset)
{
	double from = NAN, to = NAN;
	const char *at = typesetter.ops.at[0].run.text.at + offset;
	for (size_t m = 0; m < typesetter.ops.count; m++) {
		const struct glyph_run *run = &typesetter.ops.at[m].run;
		for (size_t i = 0; i < run->count; i++) {
			const char *here = run->text.at + run->glyphs[i].cluster;
			from = here == at ? run->glyphs[i].x : from;
			to = here == at + 3 ? run->glyphs[i].x : to;
		}
	}
	return (to - from) / SIZE;
}

/* What is shown of straight quotes that people type: the whole paragraph on one line. */
START_TEST(straight_quotes_among_han_are_curled)
{
	static const struct {
		const char *typed, *shown;
	} cases[] = {
		{ "规定仍为\"试行\"版本", "规定仍为“试行”版本" },
		{ "柜门上挂着'正在检修'，写着\"禁止合闸\"。", "柜门上挂着‘正在检修’，写着“禁止合闸”。" },
		{ "\"试行\"", "“试行”" },
		{ "安装\"S7-1200\"设备", "安装“S7-1200”设备" },
		{ "他说\"挂'禁止合闸'牌\"。", "他说“挂‘禁止合闸’牌”。" },
		{ "屏幕19\"和21\"之间", "屏幕19\"和21\"之间" },
		{ "仍为\"试行版本", "仍为\"试行版本" },
		{ "甲\"乙\"丙\"丁", "甲“乙”丙\"丁" },
		{ "写作\"\"空", "写作\"\"空" },
		{ "使用it's、don't", "使用it's、don't" },
		{ "a \"quick\" fox", "a \"quick\" fox" },
		{ "甲\"乙\n丙\"丁", "甲\"乙\n丙\"丁" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct text shown = quotes_curl_text(arena, text_from(cases[i].typed));
		ck_assert_msg(text_is(shown, cases[i].shown), "%s: %.*s", cases[i].typed, TEXT_ARGS(shown));
	}
}
END_TEST

/* The line has the curled ones, too, in glyphs and in what is copied out, without gaps; pieces are one paragraph; code is code. */
START_TEST(curled_quotes_are_set_as_chinese_marks)
{
	set(TEXT("规定仍为\"试行\"版本"), 30, 0, ALIGN_LEFT);
	ck_assert(text_is(line_text(0), "规定仍为“试行”版本"));
	struct piece curled = piece_of(TEXT("规定仍为“试行”版本")), typed = piece_of(TEXT("规定仍为\"试行\"版本"));
	ck_assert_double_eq_tol(line_measure(&typesetter, &typed).most_pt, line_measure(&typesetter, &curled).most_pt, 1e-6);
	struct piece pieces[] = { piece_of(TEXT("仍为\"")), piece_of(TEXT("试行")), piece_of(TEXT("\"，'")), piece_of(TEXT("\"试\"")) };
	pieces[3].is_code = true;
	const struct piece *shown = quotes_curl(arena, pieces, 4);
	ck_assert(text_is(shown[0].text, "仍为“") && text_is(shown[2].text, "”，'") && text_is(shown[3].text, "\"试\""));
	ck_assert(text_is(pieces[0].text, "仍为\""));
}
END_TEST

/* 着重号: below every Han character and no mark, in the middle, between the line and the next; the text is one run. */
START_TEST(dots_stand_below_han)
{
	struct piece pieces[] = { piece_of(TEXT("须逐项")), piece_of(TEXT("核对，A1无误")), piece_of(TEXT("后签。")) };
	pieces[1].is_dotted = true;
	typesetter.ops.count = 0;
	line_set_paragraph(&typesetter, pieces, 3, &(struct line_options){
		.width_pt = 300, .size_pt = SIZE, .line_pt = 16, .align = ALIGN_LEFT });
	size_t dots = 0;
	double baseline = line_baseline(SIZE, 16);
	for (size_t i = 0; i < typesetter.ops.count; i++) {
		const struct draw_op *op = &typesetter.ops.at[i];
		if (op->kind != DRAW_PATH)
			continue;
		const struct path_point *right = &op->path.points[0], *left = &op->path.points[6];
		double middle = (left->x + right->x) / 2, bottom = op->path.points[3].y, top = op->path.points[9].y;
		ck_assert_int_eq(op->tag, -1);
		ck_assert(top > baseline + 0.12 * SIZE && bottom < 16 + 0.12 * SIZE);
		if (dots < 2)
			ck_assert_double_eq_tol(middle, (3.5 + (double)dots) * SIZE, 1e-6);
		dots++;
	}
	ck_assert_uint_eq(dots, 4); /* 核对无误 */
}
END_TEST

/* A dash typed as one character is two em wide, without gaps, in every role, wherever the line gives way. */
START_TEST(a_dash_of_two_keeps_its_width)
{
	for (double width = 12.5; width < 13.5; width += 0.25) {
		set(TEXT("甲乙，丙丁⸺戊己，庚辛壬癸，子丑寅卯辰巳午未"), width, 0, ALIGN_JUSTIFY);
		struct piece piece = piece_of(TEXT("甲⸺乙"));
		ck_assert_double_eq_tol(line_measure(&typesetter, &piece).most_pt, 4 * SIZE, 1e-6);
		ck_assert_double_ge(advance_at(text_find(typesetter.ops.at[0].run.text, TEXT("⸺"))), 2 - 1e-6);
	}
	for (int8_t role = 0; role < ROLES; role++) {
		struct piece piece = piece_of(TEXT("甲⸺乙"));
		piece.font.role = role;
		ck_assert_double_eq_tol(line_measure(&typesetter, &piece).most_pt, 4 * SIZE, 1e-6);
	}
}
END_TEST

/* Where a line must give way, blanks beside brackets close up first, those beside commas next, full stops last. */
START_TEST(marks_close_up_in_their_order)
{
	static const char words[] = "甲乙（丙丁）戊己，庚辛。壬癸子丑";
	enum { CLOSE = 15, COMMA = 24, STOP = 33 };
	static const struct {
		double width, close, comma, stop;
	} cases[] = { { 16, 1, 1, 1 }, { 15.8, 0.9, 1, 1 }, { 15.5, 0.75, 1, 1 }, { 15.3, 0.75, 0.8, 1 }, { 15.25, 0.75, 0.75, 1 }, { 15.15, 0.75, 0.75, 0.9 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		set(TEXT(words), cases[i].width, 0, ALIGN_JUSTIFY);
		ck_assert_msg(typesetter.lines.count == 1, "width %g", cases[i].width);
		ck_assert_double_eq_tol(advance_at(CLOSE), cases[i].close, 0.02);
		ck_assert_double_eq_tol(advance_at(COMMA), cases[i].comma, 0.02);
		ck_assert_double_eq_tol(advance_at(STOP), cases[i].stop, 0.02);
	}
}
END_TEST

static void check_edges(const char *const *starts, const char *const *ends)
{
	for (size_t i = 0; i < typesetter.lines.count; i++) {
		struct text line = line_text(i);
		for (size_t k = 0; i > 0 && starts[k]; k++)
			ck_assert_msg(!text_starts(line, starts[k]), "%.*s", TEXT_ARGS(line));
		for (size_t k = 0; i + 1 < typesetter.lines.count && ends[k]; k++)
			ck_assert_msg(!text_ends(line, ends[k]), "%.*s", TEXT_ARGS(line));
	}
}

START_TEST(numbers_stay_with_what_they_count)
{
	static const char *const starts[] = { "日", "月1", "项", "星", "页", "%", "V", "家", "℃", "章", NULL };
	static const char *const ends[] = { "图", "表", "第", "附", "附件", "±", "−", "¥", "12.", "220", "220 ", "2021-", NULL };
	for (int width = 24; width < 60; width++) {
		set(TEXT("截至2021年11月30日共检查 324 项，达到 3 星的 22 家，见图 2-3 和表 1-2，载于第 3 页、第十二章与附件 1。"
			 "符合率85.6%，偏差−3至±0.5，费用¥100，供电 220 V，温度25℃，时间为2021-11-30。"), width, 2, ALIGN_JUSTIFY);
		check_edges(starts, ends);
	}
}
END_TEST

START_TEST(a_hyphen_is_a_soft_one)
{
	set(TEXT("已经有了security的制度"), 6, 0, ALIGN_JUSTIFY);
	ck_assert(is_divided(0));
	ck_assert(text_ends(line_text(0), "se") && text_starts(line_text(1), "curity"));
	ck_assert_double_eq_tol(typesetter.lines.at[0].right_pt, 60, 0.05);
}
END_TEST

START_TEST(words_are_divided_only_where_a_line_would_be_too_loose)
{
	for (int width = 8; width < 60; width++) {
		set(TEXT("企业应当对控制系统的全部工程文件实施configuration管理，并由专人负责定期检查。"), width, 0, ALIGN_JUSTIFY);
		double most = 0;
		bool divides = false;
		for (size_t i = 0; i < typesetter.lines.count; i++) {
			most = fmax(most, typesetter.lines.at[i].glue_pt);
			divides = divides || is_divided(i);
		}
		ck_assert_msg(width < 16 || divides || most <= 0.2 * SIZE, "width %d: %f", width, most);
	}
}
END_TEST

/* Where there is another way: these paragraphs have one, at these widths. */
START_TEST(not_two_lines_in_a_row_are_divided)
{
	static const char *const texts[] = {
		"系统采用authentication机制与configuration管理并实施monitoring以及documentation和verification措施包括registration与synchronization",
		"The administrator configuration documentation requires authentication, authorization and communication verification of the organization",
		"工程文件configuration与documentation由administrator集中管理并定期verification，另有communication与authorization",
	};
	static const struct {
		int text, width;
	} cases[] = { { 0, 16 }, { 0, 19 }, { 1, 25 }, { 2, 24 } };
	size_t divided = 0;
	for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
		set(text_from(texts[cases[c].text]), cases[c].width, 0, ALIGN_JUSTIFY);
		for (size_t i = 0; i + 1 < typesetter.lines.count; i++) {
			divided += is_divided(i);
			ck_assert_msg(!is_divided(i) || !is_divided(i + 1), "text %d, width %d, line %zu", cases[c].text, cases[c].width, i);
		}
	}
	ck_assert_uint_gt(divided, 3);
}
END_TEST

START_TEST(long_words_are_cut_to_fit)
{
	set(TEXT("地址https://www.example.gov.cn/a/very/long/path/without/any/space?x=1&y=22222222222222222222222222222222222222"), 12, 0, ALIGN_JUSTIFY);
	for (size_t i = 0; i < typesetter.lines.count; i++)
		ck_assert_double_le(typesetter.lines.at[i].right_pt, 120.2);
}
END_TEST

START_TEST(forced_breaks_and_empty_texts)
{
	set(TEXT("甲\n乙\n"), 10, 0, ALIGN_JUSTIFY);
	ck_assert_uint_eq(typesetter.lines.count, 2);
	set(TEXT(""), 10, 0, ALIGN_JUSTIFY);
	ck_assert_uint_eq(typesetter.lines.count, 1);
	set(TEXT("\n\n甲"), 10, 0, ALIGN_JUSTIFY);
	ck_assert_uint_eq(typesetter.lines.count, 3);
	set(TEXT("   "), 10, 0, ALIGN_JUSTIFY);
	ck_assert_uint_eq(typesetter.lines.count, 1);
}
END_TEST

START_TEST(huge_paragraphs_take_linear_time)
{
	struct buf buf;
	buf_init(&buf, 1 << 24);
	for (int i = 0; i < 60000; i++)
		buf_string(&buf, i % 7 ? "安" : i % 3 ? "，" : "PA01");
	set(buf_view(&buf), 40, 2, ALIGN_JUSTIFY);
	ck_assert_uint_gt(typesetter.lines.count, 1000);
	buf_reset(&buf);
	buf_repeat(&buf, 'x', 200000);
	set(buf_view(&buf), 40, 2, ALIGN_JUSTIFY);
	ck_assert_uint_gt(typesetter.lines.count, 1000);
	buf_clear(&buf);
}
END_TEST

Suite *setting_line_suite(void)
{
	Suite *suite = suite_create("setting/line");
	TCase *tcase = tcase_create("line");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 20);
	tcase_add_loop_test(tcase, golden_paragraphs, 0, sizeof goldens / sizeof *goldens);
	tcase_add_test(tcase, no_prohibited_edges_at_any_width);
	tcase_add_test(tcase, justified_lines_end_at_the_edge);
	tcase_add_test(tcase, last_line_has_two_characters);
	tcase_add_test(tcase, punctuation_closes_up);
	tcase_add_test(tcase, gaps_between_han_and_latin);
	tcase_add_test(tcase, words_and_pairs_stay_whole);
	tcase_add_test(tcase, numbers_stay_with_what_they_count);
	tcase_add_test(tcase, signs_stay_with_what_follows);
	tcase_add_test(tcase, marks_close_up_in_their_order);
	tcase_add_test(tcase, straight_quotes_among_han_are_curled);
	tcase_add_test(tcase, curled_quotes_are_set_as_chinese_marks);
	tcase_add_test(tcase, a_dash_of_two_keeps_its_width);
	tcase_add_test(tcase, dots_stand_below_han);
	tcase_add_test(tcase, a_hyphen_is_a_soft_one);
	tcase_add_test(tcase, words_are_divided_only_where_a_line_would_be_too_loose);
	tcase_add_test(tcase, not_two_lines_in_a_row_are_divided);
	tcase_add_test(tcase, long_words_are_cut_to_fit);
	tcase_add_test(tcase, forced_breaks_and_empty_texts);
	tcase_add_test(tcase, huge_paragraphs_take_linear_time);
	suite_add_tcase(suite, tcase);
	return suite;
}
