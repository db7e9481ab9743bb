/* SPDX-License-Identifier: MIT */
#include "theme/site.h"

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"

Suite *theme_site_suite(void);

static struct arena *arena;
static struct sources *sources;
static struct diag *diag;
static char folder[64];

static void set_up(void)
{
	arena = arena_new();
	sources = sources_new(arena);
	diag = diag_new(arena, sources);
	memcpy(folder, "/tmp/xingji-site-XXXXXX", sizeof "/tmp/xingji-site-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void tear_down(void)
{
	file_remove_tree(folder);
	arena_free(arena);
}

static void put(const char *name, const char *text)
{
	ck_assert_int_eq(file_write(file_join(arena, folder, text_from(name)), text_from(text), 0600), 0);
}

static struct site *load(const char *inherited, const char *content)
{
	return site_load(arena, sources, diag, &(struct site_folders){ .theme = folder, .inherited = inherited, .content = content });
}

START_TEST(loads_the_default)
{
	struct site *site = site_load(arena, sources, diag, &(struct site_folders){ .theme = "themes/default", .inherited = "themes/default", .content = "content" });
	struct buf buf;
	buf_init(&buf, 100000);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &buf);
	ck_assert_msg(site != NULL && buf.size == 0, "%s", buf.at);
	buf_clear(&buf);
	ck_assert_uint_ge(site->page_count, 15);
	ck_assert_uint_eq(site->asset_count, 4);
	ck_assert(text_is(site->pages[0].path, "index.html"));
	ck_assert_int_eq(site->pages[0].above, -1);
	ck_assert_uint_gt(site->phrases.text.size, 0);
}
END_TEST

/* What is wrong in site.xml, and the complaint. */
static const struct {
	const char *xml;
	enum diag_kind kind;
} wrong[] = {
	{ "<site><paeg/></site>", DIAG_SITE_UNKNOWN_NAME },
	{ "<sites/>", DIAG_XML_ROOT },
	{ "<site></site>", DIAG_SITE_INCOMPLETE },
	{ "<site><page id='a' path='a.html' template='a.html'/></site>", DIAG_SITE_INCOMPLETE },
	{ "<site><page id='a' path='a.html' template='a.html' title='A' colour='red'/></site>", DIAG_SITE_UNKNOWN_NAME },
	{ "<site><page id='a' path='a.html' template='b.html' title='A'/></site>", DIAG_SITE_FILE_UNKNOWN },
	{ "<site><page id='a' path='a.html' template='../default/a.html' title='A'/></site>", DIAG_SITE_FILE_UNKNOWN },
	{ "<site><page id='a' path='a.html' template='a.html' title='A' text='../a.md'/></site>", DIAG_SITE_FILE_UNKNOWN },
	{ "<site><page id='a' path='../a.html' template='a.html' title='A'/></site>", DIAG_SITE_PATH_WRONG },
	{ "<site><page id='a' path='/etc/a.html' template='a.html' title='A'/></site>", DIAG_SITE_PATH_WRONG },
	{ "<site><page id='a' path='a//b.html' template='a.html' title='A'/></site>", DIAG_SITE_PATH_WRONG },
	{ "<site><page id='a' path='a/.git/b' template='a.html' title='A'/></site>", DIAG_SITE_PATH_WRONG },
	{ "<site><page id='a' path='a/' template='a.html' title='A'/></site>", DIAG_SITE_PATH_WRONG },
	{ "<site><page id='a' path='A B.html' template='a.html' title='A'/></site>", DIAG_SITE_PATH_WRONG },
	{ "<site><page id='a' path='{slug.html' template='a.html' title='A'><repeat name='r'>select 1</repeat></page></site>", DIAG_SITE_PATH_WRONG },
	{ "<site><page id='a' path='{}.html' template='a.html' title='A'><repeat name='r'>select 1</repeat></page></site>", DIAG_SITE_PATH_WRONG },
	{ "<site><page id='a' path='{slug}.html' template='a.html' title='A'/></site>", DIAG_SITE_INCOMPLETE },
	{ "<site><page id='a' path='a.html' template='a.html' title='A'><repeat name='r'>select 1</repeat></page></site>", DIAG_SITE_INCOMPLETE },
	{ "<site><page id='a' path='a.html' template='a.html' title='A'><query name='q' by='x'>select 1</query></page></site>", DIAG_SITE_INCOMPLETE },
	{ "<site><page id='a' path='a.html' template='a.html' title='A'><query name='q'/></page></site>", DIAG_SITE_INCOMPLETE },
	{ "<site><page id='a' path='a.html' template='a.html' title='A'><query name='page'>select 1</query></page></site>", DIAG_SITE_BAD_VALUE },
	{ "<site><page id='a' path='a.html' template='a.html' title='A'><query name='a.b'>select 1</query></page></site>", DIAG_SITE_BAD_VALUE },
	{ "<site><page id='a' path='a.html' template='a.html' title='A' parent='b'/></site>", DIAG_SITE_BAD_VALUE },
	{ "<site><page id='a' path='a.html' template='a.html' title='A' parent='a'/></site>", DIAG_SITE_BAD_VALUE },
	{ "<site><page id='a' path='{x}.html' template='a.html' title='A' menu='M'><repeat name='r'>select 1</repeat></page></site>", DIAG_SITE_BAD_VALUE },
	{ "<site><page id='a' path='a.html' template='a.html' title='A'/><page id='a' path='b.html' template='a.html' title='A'/></site>", DIAG_SITE_TWICE },
	{ "<site><query name='q'>select 1</query><page id='a' path='a.html' template='a.html' title='A'><query name='q'>select 1</query></page></site>",
	  DIAG_SITE_TWICE },
	{ "<site><page id='a' path='{x}.html' template='a.html' title='A'><repeat name='r'>select 1</repeat><repeat name='s'>select 1</repeat></page></site>",
	  DIAG_SITE_TWICE },
	{ "<site><asset name='s' file='s.css'/><page id='a' path='a.html' template='a.html' title='A'/></site>", DIAG_SITE_FILE_UNKNOWN },
	{ "<site><asset name='s' file='a.html' template='maybe'/><page id='a' path='a.html' template='a.html' title='A'/></site>", DIAG_SITE_BAD_VALUE },
	{ "<site><asset name='s' file='a.html'><query name='q'>select 1</query></asset><page id='a' path='a.html' template='a.html' title='A'/></site>",
	  DIAG_SITE_INCOMPLETE },
	{ "<site><asset name='s' file='a.html'><repeat name='q'>select 1</repeat></asset><page id='a' path='a.html' template='a.html' title='A'/></site>",
	  DIAG_SITE_UNKNOWN_NAME },
	{ "<site card='c'><page id='a' path='a.html' template='a.html' title='A'><query name='c'>select 1</query></page></site>", DIAG_SITE_BAD_VALUE },
	{ "<site><page id='a' path='a.html' template='a.html' title='A' card='c'/></site>", DIAG_SITE_BAD_VALUE },
	{ "<site title='c'><page id='a' path='a.html' template='a.html' title='A'/></site>", DIAG_SITE_UNKNOWN_NAME },
	{ "<!DOCTYPE site><site/>", DIAG_XML_DOCTYPE },
};

START_TEST(complains_with_a_place)
{
	put("a.html", "A");
	put("site.xml", wrong[_i].xml);
	ck_assert_ptr_null(load(NULL, NULL));
	struct buf buf;
	buf_init(&buf, 100000);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &buf);
	ck_assert_msg(diag_count_of(diag, wrong[_i].kind) == 1, "%s", buf.at);
	ck_assert_msg(text_contains(buf_view(&buf), TEXT("site.xml:1:")), "%s", buf.at);
	buf_clear(&buf);
}
END_TEST

START_TEST(single_files_stand_before_the_inherited)
{
	put("home.html", "mine");
	struct site *site = load("themes/default", "content");
	ck_assert_ptr_nonnull(site);
	ck_assert(text_is(site_file(site, TEXT("home.html"))->text, "mine"));
	ck_assert_uint_gt(site_file(site, TEXT("layout.html"))->text.size, 100);
	ck_assert_ptr_null(site_file(site, TEXT("theme.xml")));
	ck_assert_ptr_null(site_file(site, TEXT("../default/home.html")));
	ck_assert_ptr_null(site_content(site, TEXT("home.html")));
}
END_TEST

START_TEST(files_must_be_text)
{
	put("site.xml", "<site><page id='a' path='a.html' template='a.html' title='A'/></site>");
	put("a.html", "\xFF\xFE\x80");
	ck_assert_ptr_null(load(NULL, NULL));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_ENCODING_WRONG), 1);
}
END_TEST

START_TEST(folders_must_exist)
{
	ck_assert_ptr_null(site_load(arena, sources, diag, &(struct site_folders){ .theme = "/nonexistent" }));
	ck_assert_uint_gt(diag_count(diag, SEVERITY_WORLD), 0);
}
END_TEST

Suite *theme_site_suite(void)
{
	Suite *suite = suite_create("theme/site");
	TCase *tests = tcase_create("site");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, loads_the_default);
	tcase_add_loop_test(tests, complains_with_a_place, 0, sizeof wrong / sizeof *wrong);
	tcase_add_test(tests, single_files_stand_before_the_inherited);
	tcase_add_test(tests, files_must_be_text);
	tcase_add_test(tests, folders_must_exist);
	suite_add_tcase(suite, tests);
	return suite;
}
