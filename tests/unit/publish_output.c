/* SPDX-License-Identifier: MIT */
#include "publish/output.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "publish/leak.h"
#include "publish/verify.h"

Suite *publish_output_suite(void);

static struct arena *arena;
static struct diag *diag;
static char root[] = "/tmp/xingji-test-XXXXXX";
static char *folder;

static void set_up(void)
{
	arena = arena_new();
	diag = diag_new(arena, sources_new(arena));
	strcpy(root + strlen(root) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
	folder = file_join(arena, root, TEXT("out/2021"));
}

static void tear_down(void)
{
	file_remove_tree(root);
	arena_free(arena);
}

static bool is_verified(const char *path)
{
	return verify_tree(arena, path, NULL, 0, diag, NULL);
}

static struct output *open_output(void)
{
	struct output *output = output_open(arena, &(struct output_options){ .folder = folder }, diag);
	ck_assert_ptr_nonnull(output);
	return output;
}

static void publish(const char *path, const char *bytes)
{
	struct output *output = open_output();
	ck_assert(output_write(output, text_from(path), text_from(bytes)));
	ck_assert(output_publish(output, TEXT("# head\n")));
	output_close(output);
}

START_TEST(replaces_at_once_and_verifies)
{
	publish("public/index.html", "one");
	ck_assert(is_verified(folder));
	publish("public/other.html", "two");
	ck_assert(is_verified(folder));
	ck_assert(!file_exists(file_join(arena, folder, TEXT("public/index.html"))));
	ck_assert(!file_exists(file_join(arena, root, TEXT("out/.2021.next"))));
}
END_TEST

/* ---- the tree before the last becomes the next -------------------------------------------------- */

static const char *at(const char *path)
{
	return file_join(arena, root, text_from(path));
}

static void put(const char *path, const char *bytes)
{
	ck_assert_int_eq(file_write(at(path), text_from(bytes), 0666), 0);
}

static bool holds(const char *path, const char *bytes)
{
	struct file_bytes file;
	if (file_read(at(path), BUF_LIMIT_FILE, arena, &file))
		return false;
	return text_is(file.text, bytes);
}

static unsigned mode_of(const char *path)
{
	struct stat info;
	ck_assert_int_eq(lstat(at(path), &info), 0);
	return info.st_mode & 0777;
}

/* "a=1 b/c=2": taken from the tree before where `taken` names it. */
static void publish_files(const char *files, const char *taken)
{
	struct output *output = open_output();
	struct text rest = text_from(files), one, path;
	while (text_next(&rest, ' ', &one)) {
		text_next(&one, '=', &path);
		if (text_contains(text_from(taken), path)) {
			struct output_file file = { .path = path, .size = one.size };
			hash_of(one, file.hash);
			ck_assert(output_take(output, &file));
		} else {
			ck_assert(output_write(output, path, one));
		}
	}
	ck_assert(output_publish(output, TEXT("# head\n")));
	output_close(output);
}

/* What stands in it counts for nothing: neither is it published, nor are other files written through it. */
START_TEST(the_tree_before_the_last_is_renewed)
{
	static const char three[] = "internal/a=1 internal/b/c=2 public/d/e=3 public/f=4 public/g/h=5 public/i=6 public/j/k=7";
	publish_files(three, "");
	publish_files("internal/a=1 internal/b/c=2 public/d/e=3 public/f=4 public/g/h=5 public/i=6 public/l/m/n=8",
		      "internal/a internal/b/c public/d/e public/f public/g/h public/i");
	ck_assert_int_eq(file_make_folder(at("elsewhere"), 0755), 0);
	put("elsewhere/h", "mine");
	put("out/.2021.old/public/stranger", "x");
	/* A folder is a link, a file a folder, a folder a file, a link another file; one has what is not its own. */
	ck_assert_int_eq(file_remove_tree(at("out/.2021.old/public/g")), 0);
	ck_assert_int_eq(symlink(at("elsewhere"), at("out/.2021.old/public/g")), 0);
	ck_assert_int_eq(unlink(at("out/.2021.old/public/f")), 0);
	ck_assert_int_eq(file_make_folder(at("out/.2021.old/public/f/deep"), 0755), 0);
	ck_assert_int_eq(file_remove_tree(at("out/.2021.old/public/d")), 0);
	put("out/.2021.old/public/d", "no folder");
	ck_assert_int_eq(unlink(at("out/.2021.old/internal/b/c")), 0);
	put("out/.2021.old/internal/b/c", "9");
	ck_assert_int_eq(chmod(at("out/.2021.old/internal"), 0777), 0);
	publish_files("internal/a=1 internal/b/c=2 public/d/e=3 public/f=4 public/g/h=5 public/i=X public/l=8",
		      "internal/a internal/b/c public/d/e public/f public/g/h");
	ck_assert(is_verified(folder) && holds("elsewhere/h", "mine"));
	ck_assert(holds("out/2021/internal/b/c", "2") && holds("out/2021/public/i", "X") && holds("out/2021/public/f", "4"));
	ck_assert(holds("out/2021/public/d/e", "3") && holds("out/2021/public/g/h", "5") && holds("out/2021/public/l", "8"));
	ck_assert(!file_exists(at("out/2021/public/j")) && !file_exists(at("out/2021/public/stranger")));
	ck_assert_uint_eq(mode_of("out/2021/internal"), 0700);
	/* The tree that was seen until now has what it had: public/i was one file in all three. */
	ck_assert(holds("out/.2021.old/public/i", "6") && holds("out/.2021.old/public/l/m/n", "8"));
	ck_assert(is_verified(at("out/.2021.old")));
}
END_TEST

START_TEST(unpublished_output_leaves_the_previous)
{
	publish("public/index.html", "one");
	struct output *output = open_output();
	ck_assert(output_write(output, TEXT("public/index.html"), TEXT("two")));
	output_close(output);
	ck_assert(is_verified(folder));
	ck_assert(!file_exists(file_join(arena, root, TEXT("out/.2021.next"))));
}
END_TEST

/* What came before the workers is not sent home by each of them, to be hashed again as if it had been written twice. */
START_TEST(workers_send_home_what_they_made)
{
	struct buf records;
	struct output *output = open_output();
	buf_init(&records, BUF_LIMIT_PAGE);
	ck_assert(output_write(output, TEXT("public/before"), TEXT("a")));
	output_export_from_here(output);
	ck_assert(output_write(output, TEXT("public/made"), TEXT("b")));
	output_export(output, &records);
	ck_assert(text_contains(buf_view(&records), TEXT("public/made")));
	ck_assert(!text_contains(buf_view(&records), TEXT("public/before")));
	buf_clear(&records);
	output_close(output);
}
END_TEST

START_TEST(internal_files_are_private)
{
	publish("internal/diagnosis/a.pdf", "x");
	struct stat info;
	ck_assert_int_eq(stat(file_join(arena, folder, TEXT("internal/diagnosis/a.pdf")), &info), 0);
	ck_assert_uint_eq(info.st_mode & 0777, 0600);
	ck_assert_int_eq(stat(file_join(arena, folder, TEXT("internal")), &info), 0);
	ck_assert_uint_eq(info.st_mode & 0777, 0700);
	ck_assert_int_eq(stat(file_join(arena, folder, TEXT("manifest.txt")), &info), 0);
	ck_assert_uint_eq(info.st_mode & 0777, 0600); /* it names them */
	publish("public/index.html", "x");
	ck_assert_int_eq(stat(file_join(arena, folder, TEXT("manifest.txt")), &info), 0);
	ck_assert_uint_eq(info.st_mode & 0777, 0644);
}
END_TEST

static const char *const bad_paths[] = { "../x", "public/../x", "/etc/x", "public//x", "", "public/.hidden", "public/a\nb", "public\\x" };

START_TEST(refuses_unsound_paths)
{
	struct output *output = open_output();
	ck_assert(!output_write(output, text_from(bad_paths[_i]), TEXT("x")));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_OUTPUT_PATH), 1);
	output_close(output);
}
END_TEST

START_TEST(one_run_at_a_time)
{
	struct output *first = open_output();
	ck_assert_ptr_null(output_open(arena, &(struct output_options){ .folder = folder }, diag));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_OUTPUT_BUSY), 1);
	output_close(first);
	output_close(open_output());
}
END_TEST

START_TEST(verify_names_every_difference)
{
	struct output *output = open_output();
	ck_assert(output_write(output, TEXT("public/a"), TEXT("a")) && output_write(output, TEXT("public/b"), TEXT("b")));
	ck_assert(output_publish(output, NO_TEXT));
	output_close(output);
	file_write(file_join(arena, folder, TEXT("public/a")), TEXT("A"), 0644);
	unlink(file_join(arena, folder, TEXT("public/b")));
	file_write(file_join(arena, folder, TEXT("public/c")), TEXT("c"), 0644);
	ck_assert(!is_verified(folder));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_DIFFERS), 1);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_MISSING), 1);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_EXTRA), 1);
}
END_TEST

static const struct {
	const char *bytes;
	size_t hits;
} leaks[] = {
	{ "<p>南京示例机电有限公司</p>", 1 },
	{ "<p>南京示例机电</p>", 0 },
	{ "A &amp; B 示例公司", 1 },
	{ "苏州南京示例机电有限公司分公司", 0 }, /* inside the name of a listed one */
	{ "913201000000000001 x 913201000000000001", 2 },
	{ "internal", 0 },
	{ "三台防火墙的策略各不相同", 1 },
	{ "由市工业和信息化局现场核查", 0 }, /* words of the site */
	{ "有制度", 0 },
};

START_TEST(leaks_are_found_in_one_pass)
{
	struct output *output = open_output();
	struct leak *leak = leak_new(arena);
	leak_add(leak, TEXT("南京示例机电有限公司"), "name");
	leak_add(leak, TEXT("A & B 示例公司"), "name");
	leak_add(leak, TEXT("913201000000000001"), "code");
	leak_add(leak, TEXT("短"), "name");
	leak_add_remark(leak, TEXT("防火墙的策略各不相同"), "note", 1);
	leak_add_remark(leak, TEXT("市工业和信息化局"), "note", 1);
	leak_add_remark(leak, TEXT("有制度"), "note", 1);
	leak_know(leak, TEXT("市工业和信息化局现场核查；南京示例机电有限公司"));
	leak_allow(leak, TEXT("苏州南京示例机电有限公司分公司"));
	output_write(output, TEXT("public/index.html"), text_from(leaks[_i].bytes));
	output_write(output, TEXT("internal/x"), TEXT("南京示例机电有限公司"));
	struct leak_summary summary;
	ck_assert(leak_scan(leak, output, diag, &summary) == (leaks[_i].hits == 0));
	ck_assert_uint_eq(summary.hits, leaks[_i].hits);
	ck_assert_uint_eq(summary.files, 1);
	ck_assert_uint_eq(summary.too_short, 2);
	leak_free(leak);
	output_close(output);
}
END_TEST

Suite *publish_output_suite(void)
{
	Suite *suite = suite_create("publish/output");
	TCase *tcase = tcase_create("output");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, replaces_at_once_and_verifies);
	tcase_add_test(tcase, the_tree_before_the_last_is_renewed);
	tcase_add_test(tcase, workers_send_home_what_they_made);
	tcase_add_test(tcase, unpublished_output_leaves_the_previous);
	tcase_add_test(tcase, internal_files_are_private);
	tcase_add_loop_test(tcase, refuses_unsound_paths, 0, (int)(sizeof bad_paths / sizeof *bad_paths));
	tcase_add_test(tcase, one_run_at_a_time);
	tcase_add_test(tcase, verify_names_every_difference);
	tcase_add_loop_test(tcase, leaks_are_found_in_one_pass, 0, (int)(sizeof leaks / sizeof *leaks));
	suite_add_tcase(suite, tcase);
	return suite;
}
