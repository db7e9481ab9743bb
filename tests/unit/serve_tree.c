/* SPDX-License-Identifier: MIT
 *
 * Nothing outside the folder, whatever lies in it.
 */
#include "serve/tree.h"

#include <check.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

Suite *serve_tree_suite(void);

static const struct {
	const char *path;
	enum tree_kind kind;
	const char *bytes;
} wants[] = {
	{ "in/a.txt", TREE_FILE, "a" },
	{ "in/sub/b.txt", TREE_FILE, "b" },
	{ "in", TREE_FOLDER, "" },
	{ "in/sub", TREE_FOLDER, "" },
	{ "in/none", TREE_NOTHING, "" },
	{ "in/a.txt/x", TREE_NOTHING, "" },
	{ "", TREE_NOTHING, "" },
	{ "in/", TREE_NOTHING, "" },
	{ "in//a.txt", TREE_NOTHING, "" },
	{ "../secret.txt", TREE_NOTHING, "" },
	{ "in/./a.txt", TREE_NOTHING, "" },
	{ "in/sub/../a.txt", TREE_NOTHING, "" },
	{ "in/.hidden", TREE_NOTHING, "" },
	{ "in/to-file", TREE_NOTHING, "" },
	{ "in/to-folder", TREE_NOTHING, "" },
	{ "in/to-folder/secret.txt", TREE_NOTHING, "" },
	{ "in/pipe", TREE_NOTHING, "" },
};

static void put(struct arena *arena, const char *folder, const char *name, const char *bytes)
{
	ck_assert_int_eq(file_write(file_join(arena, folder, text_from(name)), text_from(bytes), 0644), 0);
}

START_TEST(reads_plain_files_only)
{
	char top[] = "/tmp/xingji-tree-XXXXXX";
	struct arena *arena = arena_new();
	struct buf body;
	ck_assert_ptr_nonnull(mkdtemp(top));
	const char *root = file_join(arena, top, TEXT("root")), *in = file_join(arena, root, TEXT("in"));
	ck_assert_int_eq(file_make_folder(file_join(arena, in, TEXT("sub")), 0755), 0);
	put(arena, top, "secret.txt", "secret");
	put(arena, in, "a.txt", "a");
	put(arena, in, ".hidden", "h");
	put(arena, in, "sub/b.txt", "b");
	ck_assert_int_eq(symlink("../../secret.txt", file_join(arena, in, TEXT("to-file"))), 0);
	ck_assert_int_eq(symlink("../..", file_join(arena, in, TEXT("to-folder"))), 0);
	ck_assert_int_eq(mkfifo(file_join(arena, in, TEXT("pipe")), 0600), 0);
	buf_init(&body, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < sizeof wants / sizeof *wants; i++) {
		buf_reset(&body);
		ck_assert_msg(tree_read(root, text_from(wants[i].path), &body) == wants[i].kind, "%s", wants[i].path);
		ck_assert_str_eq(body.at, wants[i].bytes);
	}
	/* The folder itself may be a link: people keep their output where they like. */
	ck_assert_int_eq(symlink("root", file_join(arena, top, TEXT("link"))), 0);
	ck_assert_int_eq(tree_read(file_join(arena, top, TEXT("link")), TEXT("in/a.txt"), NULL), TREE_FILE);
	ck_assert_int_eq(tree_read(file_join(arena, top, TEXT("none")), TEXT("in/a.txt"), NULL), TREE_NOTHING);
	buf_clear(&body);
	file_remove_tree(top);
	arena_free(arena);
}
END_TEST

Suite *serve_tree_suite(void)
{
	Suite *suite = suite_create("serve/tree");
	TCase *tree = tcase_create("tree");
	tcase_add_test(tree, reads_plain_files_only);
	suite_add_tcase(suite, tree);
	return suite;
}
