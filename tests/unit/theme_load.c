/* SPDX-License-Identifier: MIT */
#include "theme/theme.h"

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"

Suite *theme_load_suite(void);

static struct arena *arena;
static struct sources *sources;
static struct diag *diag;
static char folder[64];

static const char *const font_folders[] = { "out/fonts", "/usr/share/fonts", NULL };
static const char *const no_folders[] = { "/nonexistent", NULL };

static void set_up(void)
{
	arena = arena_new();
	sources = sources_new(arena);
	diag = diag_new(arena, sources);
	memcpy(folder, "/tmp/xingji-theme-XXXXXX", sizeof "/tmp/xingji-theme-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void tear_down(void)
{
	file_remove_tree(folder);
	arena_free(arena);
}

static struct theme *load(const char *name, const char *themes, const char *const *fonts)
{
	return theme_load(arena, sources, diag,
			  &(struct theme_options){ .name_or_folder = name, .themes = themes, .font_folders = fonts });
}

/* A theme of its own that inherits the default and says `xml`. */
static struct theme *load_child(const char *xml)
{
	char *child = file_join(arena, folder, TEXT("child"));
	char cwd[512];
	ck_assert_ptr_nonnull(getcwd(cwd, sizeof cwd));
	ck_assert_int_eq(file_make_folder(child, 0700), 0);
	struct text text = text_format(arena, "<theme inherit=\"%s/themes/default\">%s</theme>", cwd, xml);
	ck_assert_int_eq(file_write(file_join(arena, child, TEXT("theme.xml")), text, 0600), 0);
	return load("child", folder, font_folders);
}

START_TEST(loads_the_default)
{
	struct theme *theme = load("default", "themes", font_folders);
	struct buf buf;
	buf_init(&buf, 100000);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &buf);
	ck_assert_msg(theme != NULL, "%s", buf.at);
	ck_assert_msg(buf.size == 0, "%s", buf.at);
	buf_clear(&buf);
	for (int role = 0; role < ROLES; role++)
		for (int bold = 0; bold < 2; bold++)
			ck_assert_int_ge(theme->role_faces[role][bold][0], 0);
	const struct face *song = &theme->faces[theme->role_faces[ROLE_SONG][0][0]];
	ck_assert(text_is(song->family, "Noto Serif CJK SC"));
	ck_assert_int_eq(song->index, 2);
	ck_assert(text_ends(text_from(song->file), "/NotoSerifCJK-Regular.ttc"));
	ck_assert_uint_eq(strlen(theme->hash), 64);
}
END_TEST

START_TEST(sets_official_pages_as_the_standard_says)
{
	struct theme *theme = load("default", "themes", font_folders);
	const struct page_style *page = theme_page_style(theme, TEXT("official"));
	ck_assert_ptr_nonnull(page);
	double mm = 72 / 25.4;
	ck_assert_double_eq_tol(page->top_pt, 37 * mm, 1e-6);
	ck_assert_double_eq_tol(page->inner_pt, 28 * mm, 1e-6);
	ck_assert_double_eq_tol(page->width_pt - page->inner_pt - page->outer_pt, 156 * mm, 1e-6);
	ck_assert_double_eq_tol(page->height_pt - page->top_pt - page->bottom_pt, 225 * mm, 1e-6);
	ck_assert_double_eq_tol(page->styles[STYLE_BODY].size_pt, 16, 1e-9);
	ck_assert_double_eq_tol(page->styles[STYLE_BODY].line_pt, 28.99, 1e-9);
	ck_assert_int_eq(page->styles[STYLE_BODY].role, ROLE_FANG);
	ck_assert_int_eq(page->styles[STYLE_H2].role, ROLE_KAI);
	ck_assert_double_eq_tol(page->styles[STYLE_PAGE_NUMBER].size_pt, 14, 1e-9);
	ck_assert(page->numbers_outside);
	ck_assert_ptr_null(theme_page_style(theme, TEXT("no such")));
}
END_TEST

/* WCAG 2.1 relative luminance, with x^2.4 by x^2 · x^0.4 through square roots close enough for a bound. */
static double linear(uint8_t part)
{
	double x = part / 255.0;
	if (x <= 0.03928)
		return x / 12.92;
	double base = (x + 0.055) / 1.055, root = base; /* root → base^(2/5) by Newton: r^5 = base^2 */
	for (int i = 0; i < 60; i++)
		root -= (root * root * root * root * root - base * base) / (5 * root * root * root * root);
	return base * base * root;
}

static double luminance(struct colour colour)
{
	return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

static double contrast(struct colour a, struct colour b)
{
	double x = luminance(a), y = luminance(b);
	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static const struct theme_colour *colour_of(const struct theme *theme, const char *name)
{
	for (size_t i = 0; i < theme->colour_count; i++)
		if (text_is(theme->colours[i].name, name))
			return &theme->colours[i];
	ck_abort_msg("no colour %s", name);
	return NULL;
}

START_TEST(text_colours_are_readable)
{
	static const char *const names[] = { "ink", "soft", "accent", "star", "risk-high", "risk-medium", "risk-low", "good" };
	struct theme *theme = load("default", "themes", font_folders);
	const struct theme_colour *ground = colour_of(theme, "ground"), *tint = colour_of(theme, "accent-soft");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct theme_colour *colour = colour_of(theme, names[i]);
		ck_assert_msg(contrast(colour->light, ground->light) >= 4.5, "%s", names[i]);
		ck_assert_msg(contrast(colour->dark, ground->dark) >= 4.5, "%s dark", names[i]);
		if (strcmp(names[i], "star") != 0)
			ck_assert_msg(contrast(colour->light, tint->light) >= 4.5, "%s on tint", names[i]);
	}
}
END_TEST

START_TEST(inherits_attribute_by_attribute)
{
	struct theme *theme = load_child("<colour name=\"accent\" light=\"#004d40\"/>"
					 "<page name=\"report\"><style name=\"h1\" size=\"20\"/></page>");
	ck_assert_ptr_nonnull(theme);
	struct colour accent = theme_colour(theme, "accent");
	ck_assert_int_eq(accent.green, 0x4d);
	ck_assert_int_eq(colour_of(theme, "accent")->dark.red, 0x9d);
	const struct style *h1 = &theme_page_style(theme, TEXT("report"))->styles[STYLE_H1];
	ck_assert_double_eq(h1->size_pt, 20);
	ck_assert_double_eq(h1->line_pt, 27);
	ck_assert_int_eq(h1->colour.green, 0x4d); /* the colour's name was inherited, not its value */
	struct theme *parent = load("default", "themes", font_folders);
	ck_assert_str_ne(parent->hash, theme->hash);
}
END_TEST

static const struct {
	const char *xml;
	enum diag_kind kind;
} wrong[] = {
	{ "<colour name=\"accent\" light=\"blue\"/>", DIAG_THEME_BAD_VALUE },
	{ "<colour name=\"accent\" light=\"#12345g\"/>", DIAG_THEME_BAD_VALUE },
	{ "<colour name=\"x\" light=\"#123456\"/>", DIAG_THEME_INCOMPLETE },
	{ "<colour/>", DIAG_THEME_INCOMPLETE },
	{ "<color name=\"accent\"/>", DIAG_THEME_UNKNOWN_NAME },
	{ "<role name=\"sung\" regular=\"song\"/>", DIAG_THEME_UNKNOWN_NAME },
	{ "<role name=\"song\" regular=\"comic\"/>", DIAG_THEME_INCOMPLETE },
	{ "<role name=\"song\" regular=\" \"/>", DIAG_THEME_INCOMPLETE },
	{ "<role name=\"song\" regular=\"song hei kai fang song-bold\"/>", DIAG_THEME_BAD_VALUE },
	{ "<face id=\"song\" family=\"Noto Serif CJK CS\"/>", DIAG_FONT_OTHER_FAMILY },
	{ "<face id=\"song\" file=\"nowhere.ttc\"/>", DIAG_FONT_MISSING },
	{ "<page name=\"report\"><style name=\"h9\"/></page>", DIAG_THEME_UNKNOWN_NAME },
	{ "<page name=\"report\"><style name=\"h1\" size=\"-1\"/></page>", DIAG_THEME_BAD_VALUE },
	{ "<page name=\"report\"><style name=\"h1\" size=\"0\"/></page>", DIAG_THEME_BAD_VALUE },
	{ "<page name=\"report\"><style name=\"h1\" size=\"9e9\"/></page>", DIAG_THEME_BAD_VALUE },
	{ "<page name=\"report\"><style name=\"h1\" bold=\"maybe\"/></page>", DIAG_THEME_UNKNOWN_NAME },
	{ "<page name=\"report\"><style name=\"h1\" colour=\"puce\"/></page>", DIAG_THEME_INCOMPLETE },
	{ "<page name=\"report\"><style name=\"h1\" weight=\"9\"/></page>", DIAG_THEME_UNKNOWN_NAME },
	{ "<page name=\"report\" inner=\"300mm\"/>", DIAG_THEME_BAD_VALUE },
	{ "<page name=\"memo\" paper=\"A4\"/>", DIAG_THEME_INCOMPLETE },
	{ "<page name=\"report\" paper=\"letter\"/>", DIAG_THEME_UNKNOWN_NAME },
};

START_TEST(reports_wrong_entries)
{
	ck_assert_msg(load_child(wrong[_i].xml) == NULL, "%s", wrong[_i].xml);
	ck_assert_msg(diag_count_of(diag, wrong[_i].kind) >= 1, "%s", wrong[_i].xml);
}
END_TEST

START_TEST(reports_missing_fonts_and_themes)
{
	ck_assert_ptr_null(load("default", "themes", no_folders));
	ck_assert_uint_ge(diag_count_of(diag, DIAG_FONT_MISSING), 7);
	ck_assert_ptr_null(load("nonesuch", "themes", font_folders));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_THEME_MISSING), 1);
}
END_TEST

START_TEST(reports_a_file_that_is_no_font)
{
	static const struct text bytes[] = { TEXT_INIT("not a font at all"), TEXT_INIT("OTTO\0\377"), { "", 0 } };
	const char *const own[] = { folder, "out/fonts", "/usr/share/fonts", NULL };
	for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
		ck_assert_int_eq(file_write(file_join(arena, folder, TEXT("LXGWWenKai-Regular.ttf")), bytes[i], 0600), 0);
		diag = diag_new(arena, sources);
		ck_assert_ptr_null(load("default", "themes", own));
		ck_assert_uint_ge(diag_count_of(diag, DIAG_FONT_DAMAGED), 1);
	}
}
END_TEST

START_TEST(refuses_a_loop)
{
	char *child = file_join(arena, folder, TEXT("loop"));
	ck_assert_int_eq(file_make_folder(child, 0700), 0);
	ck_assert_int_eq(file_write(file_join(arena, child, TEXT("theme.xml")), TEXT("<theme inherit=\"loop\"/>"), 0600), 0);
	ck_assert_ptr_null(load("loop", folder, font_folders));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_THEME_LOOP), 1);
}
END_TEST

Suite *theme_load_suite(void)
{
	Suite *suite = suite_create("theme/load");
	TCase *tcase = tcase_create("load");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, loads_the_default);
	tcase_add_test(tcase, sets_official_pages_as_the_standard_says);
	tcase_add_test(tcase, text_colours_are_readable);
	tcase_add_test(tcase, inherits_attribute_by_attribute);
	tcase_add_loop_test(tcase, reports_wrong_entries, 0, (int)(sizeof wrong / sizeof *wrong));
	tcase_add_test(tcase, reports_missing_fonts_and_themes);
	tcase_add_test(tcase, reports_a_file_that_is_no_font);
	tcase_add_test(tcase, refuses_a_loop);
	suite_add_tcase(suite, tcase);
	return suite;
}
