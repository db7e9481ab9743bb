/* SPDX-License-Identifier: MIT
 *
 * What comes with a program is found beside it, wherever it was moved to.
 */
#include "build/folders.h"

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "build/options.h"

Suite *build_folders_suite(void);

static struct arena *arena;
static char top[] = "/tmp/xingji-folders-XXXXXX";

static const char *at(const char *path)
{
	return file_join(arena, top, text_from(path));
}

/* An installation, a checkout, an empty folder to work in and one with texts of its own. */
static void set_up(void)
{
	static const char *const folders[] = {
		"prefix/bin", "prefix/share/xingji/content", "prefix/share/xingji/themes/default", "prefix/share/xingji/models", "prefix/share/xingji/lists",
		"prefix/share/xingji/fonts",
		"tree/out/bin", "tree/out/asan/bin", "tree/out/fonts", "tree/content", "tree/themes", "tree/data/models", "bare/bin",
		"empty", "own/content", "own/data/models",
	};
	arena = arena_new();
	memcpy(top + sizeof top - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(top));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		ck_assert_int_eq(file_make_folder(at(folders[i]), 0755), 0);
}

static void tear_down(void)
{
	file_remove_tree(top);
	arena_free(arena);
}

static const struct {
	const char *program, *work, *content, *more_themes, *models, *shared; /* what is below top, with a '/' first */
} wants[] = {
	{ "/prefix/bin/xingji", "empty", "/prefix/share/xingji/content", "/prefix/share/xingji/themes", "/prefix/share/xingji/models", "/prefix/share/xingji/lists" },
	{ "/prefix/bin/xingji (deleted)", "empty", "/prefix/share/xingji/content", "/prefix/share/xingji/themes", "/prefix/share/xingji/models", "/prefix/share/xingji/lists" },
	{ "/prefix/bin/xingji", "own", "content", "/prefix/share/xingji/themes", NULL, "/prefix/share/xingji/lists" },
	{ "/tree/out/bin/xingji", "empty", "/tree/content", "/tree/themes", "/tree/data/models", "/tree/data" },
	{ "/tree/out/asan/bin/xingji", "empty", "/tree/content", "/tree/themes", "/tree/data/models", "/tree/data" },
	{ "/bare/bin/xingji", "empty", "content", "/bare/share/xingji/themes", NULL, NULL },
	{ NULL, "empty", "content", NULL, NULL, NULL },
};

static void expect(const char *wanted, const char *found)
{
	const char *full = wanted && wanted[0] == '/' ? at(wanted + 1) : wanted;
	if (!full)
		ck_assert_ptr_null(found);
	else
		ck_assert_str_eq(found, full);
}

START_TEST(finds_what_came_with_the_program)
{
	const struct options options = { .environment.program = wants[_i].program ? at(wants[_i].program + 1) : NULL };
	ck_assert_int_eq(chdir(at(wants[_i].work)), 0);
	expect(wants[_i].content, folders_content(arena, &options));
	expect(wants[_i].more_themes, folders_more_themes(arena, &options));
	expect(wants[_i].models, folders_models(arena, &options));
	expect(wants[_i].shared, folders_shared(arena, &options));
	ck_assert_str_eq(folders_themes(&options), "themes");
}
END_TEST

START_TEST(an_option_comes_first)
{
	const struct options options = { .environment.program = at("prefix/bin/xingji"), .content = "c", .themes = "t", .fonts = "f" };
	ck_assert_int_eq(chdir(at("own")), 0);
	ck_assert_str_eq(folders_content(arena, &options), "c");
	ck_assert(text_is(folders_content_places(arena, &options), "c"));
	ck_assert_str_eq(folders_themes(&options), "t");
	ck_assert_ptr_null(folders_more_themes(arena, &options));
	const char *const *fonts = folders_fonts(arena, &options);
	ck_assert_str_eq(fonts[0], "f");
	ck_assert_str_eq(fonts[1], "out/fonts");
	expect("/prefix/share/xingji/fonts", fonts[2]);
}
END_TEST

START_TEST(says_where_it_looked)
{
	const struct options options = { .environment.program = at("bare/bin/xingji") };
	ck_assert_int_eq(chdir(at("empty")), 0);
	struct text wanted = text_format(arena, "content, %s/bare/share/xingji/content", top);
	ck_assert(text_equal(folders_content_places(arena, &options), wanted));
}
END_TEST

Suite *build_folders_suite(void)
{
	Suite *suite = suite_create("build/folders");
	TCase *folders = tcase_create("folders");
	tcase_add_checked_fixture(folders, set_up, tear_down);
	tcase_add_loop_test(folders, finds_what_came_with_the_program, 0, sizeof wants / sizeof *wants);
	tcase_add_test(folders, an_option_comes_first);
	tcase_add_test(folders, says_where_it_looked);
	suite_add_tcase(suite, folders);
	return suite;
}
