/* SPDX-License-Identifier: MIT
 *
 * QR codes and recipient marks as lists of draw ops: what is drawn says what it should, and stands where it may.
 */
#include "layout/qr_code.h"

#include <check.h>
#include <math.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/qr.h"
#include "layout/layout.h"
#include "layout/recipient.h"

Suite *layout_qr_code_suite(void);

static struct arena *arena;
static struct diag *diag;
static struct theme *theme;
static struct shaper *shaper;

static void setup(void)
{
	static const char *const folders[] = { "out/fonts", "/usr/share/fonts", NULL };
	arena = arena_new();
	struct sources *sources = sources_new(arena);
	diag = diag_new(arena, sources);
	theme = theme_load(arena, sources, diag, &(struct theme_options){ "default", "themes", folders, NULL });
	ck_assert_ptr_nonnull(theme);
	shaper = shaper_new(theme, diag);
	ck_assert_ptr_nonnull(shaper);
}

static void teardown(void)
{
	shaper_free(shaper);
	arena_free(arena);
}

/* The dark modules as the rectangles of the figure say, from the code's left upper corner. */
static struct qr drawn(const struct pages *pages, double *side_pt)
{
	const struct page *page = &pages->pages[0];
	double left = 1e9, top = 1e9, right = 0, module = 0;
	for (size_t i = 0; i < page->op_count; i++) {
		const struct draw_op *op = &page->ops[i];
		if (op->kind != DRAW_PATH || op->tag < 0)
			continue;
		ck_assert_str_eq(pages->tags[op->tag].type, "Figure");
		ck_assert(text_equal(pages->tags[op->tag].alternative, TEXT("回证")));
		left = fmin(left, op->path.points[0].x);
		top = fmin(top, op->path.points[0].y);
		right = fmax(right, op->path.points[2].x);
		module = op->path.points[2].y - op->path.points[0].y;
	}
	size_t side = (size_t)lround((right - left) / module);
	unsigned char *modules = arena_alloc(arena, side * side);
	for (size_t i = 0; i < page->op_count; i++) {
		const struct path_point *points = page->ops[i].path.points;
		if (page->ops[i].kind != DRAW_PATH || page->ops[i].tag < 0)
			continue;
		size_t y = (size_t)lround((points[0].y - top) / module);
		for (double x = points[0].x + module / 2; x < points[2].x; x += module)
			modules[y * side + (size_t)((x - left) / module)] = 1;
	}
	*side_pt = right - left;
	return (struct qr){ side, modules };
}

START_TEST(a_code_is_drawn_as_it_reads)
{
	static const struct text text = TEXT_INIT("XJ1|SL-0007|0123456789abcdef0123456789abcdef|B1|3F9K");
	struct doc doc = { .root = node_new(arena, NODE_DOCUMENT), .title = TEXT("试"), .language = TEXT("zh-CN"),
			   .page_style = TEXT("report"), .numbering = TEXT("chinese") };
	struct node *node = node_new(arena, NODE_QR);
	struct buf out;
	double side_pt;
	node->text = text;
	node->title = TEXT("回证");
	node->level = 30;
	node_append(doc.root, node);
	struct qr qr = drawn(layout_document(arena, shaper, theme, &doc, diag), &side_pt);
	buf_init(&out, BUF_LIMIT_PAGE);
	ck_assert(qr_decode(&qr, &out));
	ck_assert(text_equal(buf_view(&out), text));
	ck_assert_double_eq_tol(side_pt, 30 * 72 / 25.4, 0.5); /* a module is a whole number of 1/100 pt */
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 0);
	buf_clear(&out);
}
END_TEST

/* ---- the mark ------------------------------------------------------------------------------- */

/* Where the line begins and ends; all of it is an artifact. */
static void measure(struct text words, double *left, double *right, double *size)
{
	const struct pages *pages = recipient_set(arena, shaper, theme, &(struct recipient){ .words = words });
	const struct page *page = &pages->pages[0];
	ck_assert_uint_eq(pages->count, 1);
	ck_assert_uint_gt(page->op_count, 0);
	*left = page->width_pt;
	*right = 0;
	for (size_t i = 0; i < page->op_count; i++) {
		const struct draw_op *op = &page->ops[i];
		ck_assert_int_eq(op->kind, DRAW_GLYPHS);
		ck_assert_int_eq(op->tag, -1);
		ck_assert_double_eq_tol(op->run.glyphs[0].y, page->height_pt - RECIPIENT_FOOT_PT, 0.01);
		*left = fmin(*left, op->run.glyphs[0].x);
		*right = fmax(*right, op->run.glyphs[0].x + op->run.width_pt);
		*size = op->run.size_pt;
	}
	ck_assert_double_eq_tol(page->width_pt, 595.28, 0.01);
}

START_TEST(a_mark_is_one_line_in_the_middle_of_the_foot)
{
	double left, right, size, longest_left, longest_right, least;
	measure(TEXT("示例甲机械制造有限公司　份号 3F9K　2021-12-20"), &left, &right, &size);
	ck_assert_double_eq_tol(size, 7, 0.001);
	ck_assert_double_eq_tol(left, 595.28 - right, 0.5);
	struct buf words;
	buf_init(&words, BUF_LIMIT_PAGE);
	for (int i = 0; i < 10; i++)
		buf_string(&words, "示例甲机械制造有限公司");
	measure(buf_view(&words), &longest_left, &longest_right, &least);
	ck_assert_double_lt(least, size);
	ck_assert_double_ge(longest_left, 27);
	ck_assert_double_le(longest_right, 595.28 - 27);
	buf_clear(&words);
}
END_TEST

Suite *layout_qr_code_suite(void)
{
	Suite *suite = suite_create("layout/qr-code");
	TCase *tcase = tcase_create("qr-code");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_code_is_drawn_as_it_reads);
	tcase_add_test(tcase, a_mark_is_one_line_in_the_middle_of_the_foot);
	suite_add_tcase(suite, tcase);
	return suite;
}
