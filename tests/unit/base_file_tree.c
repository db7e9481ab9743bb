/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* mkdtemp */
#include "base/file.h"

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"

Suite *base_file_tree_suite(void);

static struct arena *arena;
static char root[] = "/tmp/xingji-tree-XXXXXX";

static void set_up(void)
{
	arena = arena_new();
	memcpy(root + sizeof root - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(root));
}

static void tear_down(void)
{
	file_remove_tree(root);
	arena_free(arena);
}

static const char *in_root(const char *path)
{
	return file_join(arena, root, text_from(path));
}

static void write_in(const char *folder, const char *name)
{
	ck_assert_int_eq(file_make_folder(in_root(folder), 0755), 0);
	ck_assert_int_eq(file_write(file_join(arena, in_root(folder), text_from(name)), text_from(name), 0644), 0);
}

/* Folders of one file each, as a site has them, and some that hold more, nothing, another file or a folder. */
START_TEST(a_tree_is_removed_whatever_its_folders_hold)
{
	for (int i = 0; i < 40; i++)
		write_in(text_format(arena, "tree/pages/%d", i).at, "index.html");
	write_in("tree/pages/more", "index.html");
	write_in("tree/pages/more", "other.html");
	write_in("tree/pages/deep", "index.html");
	write_in("tree/pages/deep/index.html.d", "index.html");
	write_in("tree/pages/different", "page.html");
	write_in("tree/pages/folder/index.html", "inner");
	ck_assert_int_eq(file_make_folder(in_root("tree/pages/empty"), 0755), 0);
	ck_assert_int_eq(file_remove_tree(in_root("tree")), 0);
	ck_assert(!file_exists(in_root("tree")));
	ck_assert_int_eq(file_remove_tree(in_root("tree")), 0);
}
END_TEST

START_TEST(no_link_is_gone_through)
{
	write_in("outside", "index.html");
	for (int i = 0; i < 20; i++) {
		write_in(text_format(arena, "tree/%02d", i).at, "index.html");
		ck_assert_int_eq(symlink("../outside", in_root(text_format(arena, "tree/%02dlink", i).at)), 0);
	}
	ck_assert_int_eq(symlink("../../outside/index.html", in_root("tree/00/zz")), 0);
	ck_assert_int_eq(file_remove_tree(in_root("tree")), 0);
	ck_assert(!file_exists(in_root("tree")));
	ck_assert(file_exists(in_root("outside/index.html")));
}
END_TEST

START_TEST(entries_come_with_what_they_are)
{
	struct file_entry *entries;
	size_t count;
	write_in("list/b", "x");
	write_in("list", "a");
	ck_assert_int_eq(symlink("b", in_root("list/c")), 0);
	ck_assert_int_eq(file_list_entries(arena, in_root("list"), &entries, &count), 0);
	ck_assert_uint_eq(count, 3);
	ck_assert(text_is(entries[0].name, "a") && !entries[0].is_folder);
	ck_assert(text_is(entries[1].name, "b") && entries[1].is_folder);
	ck_assert(text_is(entries[2].name, "c") && !entries[2].is_folder);
	ck_assert_int_ne(file_list_entries(arena, in_root("missing"), &entries, &count), 0);
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(file_sync_tree(in_root("list"), 0), 0);
	ck_assert_int_ne(file_sync_tree(in_root("missing"), 0), 0);
}
END_TEST

START_TEST(a_small_file_is_copied_and_a_large_one_mapped)
{
	char room[4];
	struct file_bytes bytes;
	write_in("look", "four");
	write_in("look", "larger");
	ck_assert_int_eq(file_look(in_root("look/four"), room, sizeof room, &bytes), 0);
	ck_assert(text_is(bytes.text, "four") && !bytes.is_mapped && bytes.text.at == room);
	ck_assert_int_eq(file_look(in_root("look/larger"), room, sizeof room, &bytes), 0);
	ck_assert(text_is(bytes.text, "larger") && bytes.is_mapped);
	file_release(&bytes);
	ck_assert_int_ne(file_look(in_root("look"), room, sizeof room, &bytes), 0);
	ck_assert_int_ne(file_look(in_root("look/none"), room, sizeof room, &bytes), 0);
}
END_TEST

Suite *base_file_tree_suite(void)
{
	Suite *suite = suite_create("base/file_tree");
	TCase *tcase = tcase_create("tree");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, a_tree_is_removed_whatever_its_folders_hold);
	tcase_add_test(tcase, no_link_is_gone_through);
	tcase_add_test(tcase, entries_come_with_what_they_are);
	tcase_add_test(tcase, a_small_file_is_copied_and_a_large_one_mapped);
	suite_add_tcase(suite, tcase);
	return suite;
}
