/* SPDX-License-Identifier: MIT
 *
 * Charts of every kind with data that nobody wants: whatever comes, all numbers are
 * finite, everything lies inside the chart, and no two words overlap.  What they
 * look like in a good case stands in tests/golden/charts/charts.txt.
 */
#include "chart/plot.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"

Suite *chart_plot_suite(void);

#define GOLDEN "tests/golden/charts/charts.txt"
#define SLACK 0.45 /* points; ink is smaller than its em box */

static struct arena *arena, *lasting;
static struct shaper *shaper;
static const struct theme *theme;
static const struct page_style *page;

static void set_up(void)
{
	static const char *const folders[] = { "out/fonts", "/usr/share/fonts", NULL };
	arena = arena_new();
	lasting = arena_new();
	struct sources *sources = sources_new(lasting);
	struct diag *diag = diag_new(lasting, sources);
	theme = theme_load(lasting, sources, diag, &(struct theme_options){ "default", "themes", folders, NULL });
	ck_assert_ptr_nonnull(theme);
	page = theme_page_style(theme, TEXT("report"));
	shaper = shaper_new(theme, diag);
	ck_assert_ptr_nonnull(shaper);
}

static void tear_down(void)
{
	shaper_free(shaper);
	arena_free(arena);
	arena_free(lasting);
}

static struct plot draw(const struct chart *chart, double width, double most)
{
	struct plot_options options = { theme, &page->styles[STYLE_CHART_LABEL], &page->styles[STYLE_CHART_VALUE], width, most, NO_SPAN };
	return plot_chart(arena, shaper, chart, &options);
}

/* ---- what must always hold -------------------------------------------------- */

struct box {
	double left, top, right, bottom;
	struct text text;
};

static struct box box_of(const struct glyph_run *run)
{
	double x = run->glyphs[0].x, y = run->glyphs[0].y;
	return (struct box){ x, y - 0.84 * run->size_pt, x + run->width_pt, y + 0.1 * run->size_pt, run->text };
}

/* Check writes a line per assertion that holds; here are millions. */
#define HOLDS(condition, ...)                     \
	do {                                      \
		if (!(condition))                 \
			ck_abort_msg(__VA_ARGS__); \
	} while (0)

static void check_inside(struct box box, const struct plot *plot, const char *name)
{
	HOLDS(isfinite(box.left) && isfinite(box.top) && isfinite(box.right) && isfinite(box.bottom), "%s: not finite", name);
	HOLDS(box.left >= -SLACK && box.top >= -SLACK && box.right <= plot->width_pt + SLACK && box.bottom <= plot->height_pt + SLACK,
	      "%s: “%.*s” at %.1f %.1f … %.1f %.1f outside of %.1f × %.1f", name, TEXT_ARGS(box.text), box.left, box.top, box.right,
	      box.bottom, plot->width_pt, plot->height_pt);
}

static size_t check_marks(const struct plot *plot, struct box *boxes, const char *name)
{
	size_t count = 0;
	for (size_t i = 0; i < plot->op_count; i++) {
		const struct draw_op *op = &plot->ops[i];
		HOLDS(op->tag == 0 && op->opacity > 0, "%s", name);
		if (op->kind == DRAW_GLYPHS) {
			HOLDS(op->run.count > 0, "%s: empty run", name);
			boxes[count] = box_of(&op->run);
			check_inside(boxes[count++], plot, name);
			continue;
		}
		HOLDS(op->kind == DRAW_PATH && op->path.verb_count > 1 && op->path.verbs[0] == PATH_MOVE, "%s: path", name);
		HOLDS(isfinite(op->path.width_pt) && op->path.pattern <= 6, "%s: path", name);
		for (size_t k = 0; k < op->path.point_count; k++) {
			struct path_point at = op->path.points[k];
			check_inside((struct box){ at.x, at.y, at.x, at.y, TEXT("path") }, plot, name);
		}
	}
	return count;
}

static void check_plot(const struct plot *plot, const char *name)
{
	struct box *boxes = ARENA_ARRAY(arena, struct box, plot->op_count);
	size_t count = check_marks(plot, boxes, name);
	HOLDS(isfinite(plot->height_pt) && plot->height_pt > 0, "%s: height", name);
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++) {
			bool apart = boxes[i].right <= boxes[j].left + SLACK || boxes[j].right <= boxes[i].left + SLACK ||
				     boxes[i].bottom <= boxes[j].top + SLACK || boxes[j].bottom <= boxes[i].top + SLACK;
			HOLDS(apart, "%s: “%.*s” (%.1f %.1f … %.1f %.1f) overlaps “%.*s” (%.1f %.1f … %.1f %.1f)", name,
			      TEXT_ARGS(boxes[i].text), boxes[i].left, boxes[i].top, boxes[i].right, boxes[i].bottom,
			      TEXT_ARGS(boxes[j].text), boxes[j].left, boxes[j].top, boxes[j].right, boxes[j].bottom);
		}
}

/* ---- nasty data --------------------------------------------------------------- */

static const char *const kind_names[CHART_KINDS] = {
	[CHART_BAR] = "bar", [CHART_STACKED] = "stacked", [CHART_HORIZONTAL] = "horizontal", [CHART_STACKED_HORIZONTAL] = "stacked-horizontal",
	[CHART_LINE] = "line", [CHART_RADAR] = "radar", [CHART_DONUT] = "donut", [CHART_HEAT] = "heat", [CHART_FUNNEL] = "funnel",
	[CHART_SLOPE] = "slope", [CHART_COMPARE] = "compare", [CHART_TILES] = "tiles",
};
static const size_t category_counts[] = { 0, 1, 2, 3, 6, 13, 40, 500 };
static const size_t series_counts[] = { 0, 1, 2, 3, 8 };
enum { VALUES_PLAIN, VALUES_ZERO, VALUES_EQUAL, VALUES_HUGE, VALUES_NEGATIVE, VALUES_MIXED, VALUES_MISSING, VALUES_HOLES, VALUES_INFINITE,
       VALUES_TINY, VALUES_FALLING, VALUE_KINDS };
enum { WORDS_SHORT, WORDS_LONG, WORDS_YEARS, WORDS_EMPTY, WORDS_LATIN, WORDS_HOSTILE, WORD_KINDS };
static const double sizes[][2] = { { 451.5, 600 }, { 451.5, 160 }, { 300, 400 }, { 150, 300 }, { 60, 40 } };
#define COUNT(array) (sizeof(array) / sizeof *(array))

static double value_of(int kind, size_t s, size_t c)
{
	double plain = (double)((s * 37 + c * 53) % 97) + 1;
	switch (kind) {
	case VALUES_ZERO: return 0;
	case VALUES_EQUAL: return 42;
	case VALUES_HUGE: return c % 3 == 0 ? 1.5e300 : plain * 1e9;
	case VALUES_NEGATIVE: return -plain;
	case VALUES_MIXED: return (c + s) % 2 ? -plain : plain;
	case VALUES_MISSING: return (double)NAN;
	case VALUES_HOLES: return (c + s) % 3 ? plain : (double)NAN;
	case VALUES_INFINITE: return c % 2 ? (double)INFINITY : -(double)INFINITY;
	case VALUES_TINY: return plain * 1e-12;
	case VALUES_FALLING: return 1000 / (double)((c + 1) * (c + 1) * (s + 1));
	default: return plain;
	}
}

static struct text words_of(int kind, size_t i)
{
	switch (kind) {
	case WORDS_LONG:
		return text_format(arena, "%zu江苏某某某某某某工业互联网平台科技（集团）股份有限公司第二分公司第三车间自动化控制系统及其上位机软件", i);
	case WORDS_YEARS: return text_format(arena, "%zu年", 2001 + i);
	case WORDS_EMPTY: return NO_TEXT;
	case WORDS_LATIN: return text_format(arena, "Supervisory-Control-And-Data-Acquisition%zu with many words in it", i);
	case WORDS_HOSTILE: return text_format(arena, "<b>&%zu\n\t*x*%%s，。）", i);
	default: return text_format(arena, "类%zu", i);
	}
}

static struct chart *make_chart(enum chart_kind kind, size_t categories, size_t series, int values, int words)
{
	struct chart *chart = ARENA_NEW(arena, struct chart);
	*chart = (struct chart){ .kind = (int8_t)kind, .category_count = categories, .series_count = series, .unit = TEXT("家"),
				 .categories = ARENA_ARRAY(arena, struct text, categories), .series = ARENA_ARRAY(arena, struct chart_series, series) };
	for (size_t c = 0; c < categories; c++)
		chart->categories[c] = words_of(words, c);
	for (size_t s = 0; s < series; s++) {
		struct chart_series *one = &chart->series[s];
		one->name = words_of(words, s + 100);
		one->values = ARENA_ARRAY(arena, double, categories);
		for (size_t c = 0; c < categories; c++)
			one->values[c] = value_of(values, s, c);
	}
	if (categories > 2 && (values + words) % 2)
		chart->highlight = chart->categories[1];
	chart->most = values == VALUES_PLAIN && words == WORDS_SHORT ? 100 : 0;
	chart->palette = (int8_t)((categories + series) % PALETTES);
	chart->line = value_of(values, 0, 1);
	chart->line_name = (categories + series) % 2 ? words_of(words, 7) : NO_TEXT;
	return chart;
}

/* One kind with all counts and values; words and sizes take turns. */
START_TEST(survives_anything)
{
	enum chart_kind kind = (enum chart_kind)_i;
	unsigned turn = 0;
	for (size_t c = 0; c < COUNT(category_counts); c++)
		for (size_t s = 0; s < COUNT(series_counts); s++)
			for (int v = 0; v < VALUE_KINDS; v++)
				for (int w = 0; w < WORD_KINDS; w++) {
					if (category_counts[c] == 500 && (w + v) % 4)
						continue; /* slow to check: each word against each */
					const double *size = sizes[turn++ % COUNT(sizes)];
					struct chart *chart = make_chart(kind, category_counts[c], series_counts[s], v, w);
					char name[120];
					snprintf(name, sizeof name, "%s, %zu categories, %zu series, values %d, words %d, %.0f × %.0f", kind_names[kind],
						 category_counts[c], series_counts[s], v, w, size[0], size[1]);
					struct plot plot = draw(chart, size[0], size[1]);
					check_plot(&plot, name);
					arena_clear(arena);
				}
}
END_TEST

START_TEST(says_long_numbers_as_given)
{
	struct chart *chart = make_chart((enum chart_kind)_i, 3, 1, VALUES_HUGE, WORDS_SHORT);
	chart->series[0].labels = ARENA_ARRAY(arena, struct text, 3);
	for (size_t c = 0; c < 3; c++)
		chart->series[0].labels[c] = TEXT("123,456,789,012,345,678,901,234,567,890,123,456,789,012,345 万元");
	struct plot plot = draw(chart, 300, 400);
	check_plot(&plot, kind_names[_i]);
}
END_TEST

START_TEST(keeps_to_the_height)
{
	struct chart *chart = make_chart((enum chart_kind)_i, 40, 2, VALUES_PLAIN, WORDS_SHORT);
	struct plot plot = draw(chart, 451.5, 300);
	ck_assert_msg(plot.height_pt <= 300 + SLACK, "%s: %.1f", kind_names[_i], plot.height_pt);
}
END_TEST

START_TEST(refuses_what_nobody_can_read)
{
	struct chart *chart = make_chart((enum chart_kind)_i, 100000, 1, VALUES_PLAIN, WORDS_SHORT);
	struct plot plot = draw(chart, 451.5, 300);
	check_plot(&plot, kind_names[_i]);
	ck_assert_uint_lt(plot.op_count, 10);
}
END_TEST

/* ---- what a reader must be able to tell ------------------------------------------ */

/* How light a mark is in grey upon white, 0 … 1. */
static double lightness(const struct draw_op *op)
{
	double light = 0.299 * op->colour.red + 0.587 * op->colour.green + 0.114 * op->colour.blue;
	return (light * op->opacity + 255 * (255 - op->opacity)) / 255 / 255;
}

/* The fills of the legend's keys, in order; series many of them. */
static void find_keys(const struct plot *plot, const struct draw_op **keys, size_t series)
{
	size_t count = 0;
	for (size_t i = 0; i < plot->op_count && count < series; i++)
		if (plot->ops[i].kind == DRAW_PATH && plot->ops[i].path.is_filled)
			keys[count++] = &plot->ops[i];
	ck_assert_uint_eq(count, series);
}

/* Levels get darker step by step, risks lighter, without a hatch; a black-and-white printer keeps them apart. */
START_TEST(orders_what_has_an_order)
{
	enum { LEVELS = 6, RISKS = 3 };
	const struct draw_op *keys[LEVELS];
	for (int stacked = 0; stacked < 2; stacked++) {
		enum chart_kind kind = stacked ? CHART_STACKED : CHART_STACKED_HORIZONTAL;
		struct chart *chart = make_chart(kind, 4, LEVELS, VALUES_PLAIN, WORDS_SHORT);
		chart->palette = PALETTE_LEVELS;
		struct plot plot = draw(chart, 451.5, 300);
		find_keys(&plot, keys, LEVELS);
		for (size_t i = 0; i < LEVELS; i++) {
			ck_assert_int_eq(keys[i]->path.pattern, 0);
			ck_assert(i == 0 || lightness(keys[i]) < lightness(keys[i - 1]) - 0.1);
		}
		chart = make_chart(kind, 4, RISKS, VALUES_PLAIN, WORDS_SHORT);
		chart->palette = PALETTE_RISK;
		plot = draw(chart, 451.5, 300);
		find_keys(&plot, keys, RISKS);
		for (size_t i = 0; i < RISKS; i++) {
			ck_assert_int_eq(keys[i]->path.pattern, 0);
			ck_assert(i == 0 || lightness(keys[i]) > lightness(keys[i - 1]) + 0.2);
		}
	}
}
END_TEST

static const struct draw_op *find_text(const struct plot *plot, const char *words)
{
	for (size_t i = 0; i < plot->op_count; i++)
		if (plot->ops[i].kind == DRAW_GLYPHS && text_is(plot->ops[i].run.text, words))
			return &plot->ops[i];
	return NULL;
}

/* Rates between which the average stands; the line is drawn at it, named, and goes through no number. */
START_TEST(draws_what_all_are_compared_with)
{
	enum { ROWS = 5 };
	static const double rates[ROWS] = { 100, 83, 81.5, 80, 60 };
	struct chart *chart = make_chart(CHART_HORIZONTAL, ROWS, 1, VALUES_PLAIN, WORDS_SHORT);
	memcpy(chart->series[0].values, rates, sizeof rates);
	chart->line = 82.5;
	chart->line_name = TEXT("全省 82.5%");
	struct plot plot = draw(chart, 451.5, 300);
	check_plot(&plot, "compared");
	ck_assert_ptr_nonnull(find_text(&plot, "全省 82.5%"));
	size_t pieces = 0;
	for (size_t i = 0; i < plot.op_count; i++) {
		const struct path *path = &plot.ops[i].path;
		if (plot.ops[i].kind != DRAW_PATH || path->is_filled || !(path->dash_pt[0] > 0))
			continue;
		pieces++;
		for (size_t k = 0; k < plot.op_count; k++) {
			if (plot.ops[k].kind != DRAW_GLYPHS)
				continue;
			struct box box = box_of(&plot.ops[k].run);
			bool is_beside = path->points[0].x < box.left || path->points[0].x > box.right;
			ck_assert_msg(is_beside || path->points[1].y < box.top + 1 || path->points[0].y > box.bottom - 1,
			              "the line goes through %.*s", TEXT_ARGS(box.text));
		}
	}
	ck_assert_uint_gt(pieces, 1);
}
END_TEST

/* Lines that meet in a point have one label there, so no leaders fan out; of the stressed one a label of its own. */
START_TEST(joins_names_at_one_point)
{
	enum { LINES = 4 };
	static const double before[LINES] = { 6, 6, 6, 1 }, after[LINES] = { 9, 7, 8, 2 };
	static const char *const names[LINES] = { "甲市", "乙市", "丙市", "丁市" };
	struct chart *chart = make_chart(CHART_SLOPE, LINES, 2, VALUES_PLAIN, WORDS_SHORT);
	memcpy(chart->series[0].values, before, sizeof before);
	memcpy(chart->series[1].values, after, sizeof after);
	for (size_t i = 0; i < LINES; i++)
		chart->categories[i] = text_from(names[i]);
	chart->highlight = TEXT("丙市");
	struct plot plot = draw(chart, 451.5, 300);
	check_plot(&plot, "slope");
	ck_assert_ptr_nonnull(find_text(&plot, "甲市、乙市  6"));
	const struct draw_op *stressed = find_text(&plot, "丙市  6");
	ck_assert_ptr_nonnull(stressed);
	ck_assert(stressed->run.glyphs[0].y < find_text(&plot, "甲市、乙市  6")->run.glyphs[0].y);
}
END_TEST

/* Heads of several lines: none of one character. */
START_TEST(breaks_heads_evenly)
{
	struct chart *chart = make_chart(CHART_HEAT, 4, 14, VALUES_PLAIN, WORDS_SHORT);
	for (size_t s = 0; s < 14; s++)
		chart->series[s].name = s % 2 ? TEXT("供应链安全保障") : TEXT("安全规划与架构");
	struct plot plot = draw(chart, 451.5, 300);
	check_plot(&plot, "heads");
	ck_assert_ptr_nonnull(find_text(&plot, "供应链"));
	ck_assert_ptr_nonnull(find_text(&plot, "与架构"));
	ck_assert_ptr_null(find_text(&plot, "障"));
}
END_TEST

/* Typed quotes are shown as on paper. */
START_TEST(curls_quotes)
{
	struct chart *chart = make_chart(CHART_HORIZONTAL, 4, 1, VALUES_PLAIN, WORDS_SHORT);
	chart->categories[0] = TEXT("\"优\"级");
	struct plot plot = draw(chart, 451.5, 300);
	ck_assert_ptr_nonnull(find_text(&plot, "“优”级"));
}
END_TEST

/* ---- golden ------------------------------------------------------------------- */

static void write_path(struct buf *buf, const struct path *path)
{
	static const char verbs[] = { [PATH_MOVE] = 'M', [PATH_LINE] = 'L', [PATH_CURVE] = 'C', [PATH_CLOSE] = 'Z' };
	size_t point = 0;
	buf_format(buf, " %s width ", path->is_filled ? "fill" : "stroke");
	buf_fixed(buf, path->width_pt, 2);
	buf_format(buf, " pattern %d", path->pattern);
	for (size_t i = 0; i < path->verb_count; i++) {
		buf_format(buf, " %c", verbs[path->verbs[i]]);
		size_t count = path->verbs[i] == PATH_CLOSE ? 0 : path->verbs[i] == PATH_CURVE ? 3 : 1;
		for (size_t k = 0; k < count; k++, point++) {
			buf_byte(buf, ' ');
			buf_fixed(buf, path->points[point].x, 1);
			buf_byte(buf, ' ');
			buf_fixed(buf, path->points[point].y, 1);
		}
	}
}

static void write_plot(struct buf *buf, const struct plot *plot)
{
	for (size_t i = 0; i < plot->op_count; i++) {
		const struct draw_op *op = &plot->ops[i];
		buf_format(buf, "#%02x%02x%02x/%d", op->colour.red, op->colour.green, op->colour.blue, op->opacity);
		if (op->kind == DRAW_GLYPHS) {
			buf_format(buf, " text %.*s at ", TEXT_ARGS(op->run.text));
			buf_fixed(buf, op->run.glyphs[0].x, 1);
			buf_byte(buf, ' ');
			buf_fixed(buf, op->run.glyphs[0].y, 1);
			buf_string(buf, " size ");
			buf_fixed(buf, op->run.size_pt, 1);
		} else {
			write_path(buf, &op->path);
		}
		buf_byte(buf, '\n');
	}
}

static struct chart *golden_chart(enum chart_kind kind)
{
	bool is_single = kind == CHART_DONUT || kind == CHART_FUNNEL || kind == CHART_HORIZONTAL;
	struct chart *chart = make_chart(kind, 4, kind == CHART_TILES ? 3 : 2 - is_single, VALUES_PLAIN, WORDS_SHORT);
	chart->highlight = kind == CHART_SLOPE || kind == CHART_HORIZONTAL ? chart->categories[2] : NO_TEXT;
	chart->most = kind == CHART_RADAR ? 100 : 0;
	chart->palette = kind == CHART_STACKED_HORIZONTAL ? PALETTE_RISK : PALETTE_SERIES;
	chart->line_name = NO_TEXT;
	for (size_t c = 0; kind == CHART_TILES && c < chart->category_count; c++) {
		chart->series[1].values[c] = (double)(c % 3 + 1);
		chart->series[2].values[c] = (double)(c / 3 + 1);
	}
	return chart;
}

START_TEST(looks_as_agreed)
{
	struct buf first, second;
	buf_init(&first, BUF_LIMIT_PAGE);
	buf_init(&second, BUF_LIMIT_PAGE);
	for (int kind = 0; kind < CHART_KINDS; kind++)
		for (int time = 0; time < 2; time++) {
			struct plot plot = draw(golden_chart((enum chart_kind)kind), 320, 400);
			buf_format(time ? &second : &first, "\n== %s %.1f x %.1f\n", kind_names[kind], plot.width_pt, plot.height_pt);
			write_plot(time ? &second : &first, &plot);
		}
	ck_assert_str_eq(first.at, second.at);
	struct file_bytes golden;
	ck_assert_int_eq(file_map(GOLDEN, (size_t)1 << 20, &golden), 0);
	if (!text_equal(golden.text, buf_view(&first))) {
		file_write("out/chart_plot.golden", buf_view(&first), 0644);
		ck_abort_msg("charts changed; see: diff " GOLDEN " out/chart_plot.golden");
	}
	file_release(&golden);
	buf_clear(&first);
	buf_clear(&second);
}
END_TEST

Suite *chart_plot_suite(void)
{
	Suite *suite = suite_create("chart/plot");
	TCase *tcase = tcase_create("plot");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, survives_anything, 0, CHART_KINDS);
	tcase_add_loop_test(tcase, says_long_numbers_as_given, 0, CHART_KINDS);
	tcase_add_loop_test(tcase, keeps_to_the_height, 0, CHART_KINDS);
	tcase_add_loop_test(tcase, refuses_what_nobody_can_read, 0, CHART_KINDS);
	tcase_add_test(tcase, orders_what_has_an_order);
	tcase_add_test(tcase, draws_what_all_are_compared_with);
	tcase_add_test(tcase, joins_names_at_one_point);
	tcase_add_test(tcase, breaks_heads_evenly);
	tcase_add_test(tcase, curls_quotes);
	tcase_add_test(tcase, looks_as_agreed);
	suite_add_tcase(suite, tcase);
	return suite;
}
