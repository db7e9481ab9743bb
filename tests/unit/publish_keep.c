/* SPDX-License-Identifier: MIT
 *
 * What a run leaves of what others made, and what it does to what is not ours.
 */
#define _GNU_SOURCE /* flock */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "publish/output.h"
#include "publish/verify.h"

Suite *publish_keep_suite(void);

static struct arena *arena;
static struct diag *diag;
static char root[] = "/tmp/xingji-test-XXXXXX";
static const char *folder;

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

static const char *in_root(const char *name)
{
	return file_join(arena, root, text_from(name));
}

static const char *in_folder(const char *name)
{
	return file_join(arena, folder, text_from(name));
}

static struct text bytes_of(const char *path)
{
	struct file_bytes bytes;
	ck_assert_int_eq(file_map(path, 1 << 20, &bytes), 0);
	struct text copy = text_copy(arena, bytes.text);
	file_release(&bytes);
	return copy;
}

static bool is_verified(const char *path)
{
	return verify_tree(arena, path, NULL, 0, diag, NULL);
}

/* Keeps everything of the same head, and what does not begin with the context's words of another. */
static bool keeps(const void *context, const struct output_previous *previous)
{
	return previous->is_same_head || !previous->is_whole || !text_starts(previous->path, context);
}

struct trial {
	const char *head, *made, *replaces, *path, *bytes;
	int64_t shard, shards;
};

static bool run(const struct trial *trial)
{
	const struct output_options options = {
		.folder = folder, .keeps = keeps, .context = trial->replaces, .head = text_from(trial->head), .made = text_from(trial->made),
		.shard = trial->shard, .shards = trial->shards,
	};
	struct output *output = output_open(arena, &options, diag);
	bool is_good = output && output_write(output, text_from(trial->path), text_from(trial->bytes)) && output_publish(output, NO_TEXT);
	output_close(output);
	return is_good;
}

#define REPORT(head) { head, "report", "internal/report/", "internal/report/r.pdf", head, 1, 1 }
#define SITE(head)   { head, "site", "public/", "public/index.html", head, 1, 1 }
#define SHARD(head, k) { head, "diagnosis", "internal/diagnosis/", "internal/diagnosis/" #k ".pdf", head #k, k, 3 }

START_TEST(parts_keep_each_other)
{
	ck_assert(run(&(struct trial)REPORT("# a\n")) && run(&(struct trial)SITE("# a\n")));
	ck_assert(is_verified(folder));
	ck_assert(file_exists(in_folder("internal/report/r.pdf")) && file_exists(in_folder("public/index.html")));
	struct text manifest = bytes_of(in_folder("manifest.txt"));
	ck_assert(text_starts(manifest, "# xingji manifest 2\n# a\n# made site\n# made report\n"));
	ck_assert(!text_contains(manifest, TEXT("# kept")));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_OUTPUT_OTHER_INPUTS), 0);
}
END_TEST

START_TEST(what_comes_from_other_inputs_says_so)
{
	ck_assert(run(&(struct trial)REPORT("# a\n")) && run(&(struct trial)SITE("# b\n")));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_OUTPUT_OTHER_INPUTS), 1);
	ck_assert(is_verified(folder));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_KEPT), 1);
	ck_assert(text_contains(bytes_of(in_folder("manifest.txt")), TEXT("# xingji manifest 2\n# a\n# kept\n# made report\n")));
	/* Made again from the new inputs, the old one is gone with its part. */
	ck_assert(run(&(struct trial)REPORT("# b\n")));
	ck_assert(!text_contains(bytes_of(in_folder("manifest.txt")), TEXT("# kept")));
	ck_assert(text_is(bytes_of(in_folder("internal/report/r.pdf")), "# b\n"));
}
END_TEST

START_TEST(shards_gather_in_one_folder)
{
	ck_assert(run(&(struct trial)SITE("# a\n")) && run(&(struct trial)SHARD("# a\n", 1)));
	ck_assert(!is_verified(folder));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_SHARD), 2);
	ck_assert(run(&(struct trial)SHARD("# a\n", 3)) && run(&(struct trial)SHARD("# a\n", 2)));
	/* A tree that is not finished is kept for nobody. */
	ck_assert(!file_exists(in_root("out/.2021.old")));
	ck_assert(is_verified(folder));
	ck_assert(run(&(struct trial)SHARD("# a\n", 2)) && is_verified(folder));
	ck_assert(file_exists(in_root("out/.2021.old")));
	ck_assert(file_exists(in_folder("manifest-1-of-3.txt")) && file_exists(in_folder("manifest.txt")));
}
END_TEST

/* Until all shards of the new inputs are there, nothing of the old ones is lost. */
START_TEST(shards_of_new_inputs_replace_the_old)
{
	ck_assert(run(&(struct trial){ "# a\n", "diagnosis", "internal/diagnosis/", "internal/diagnosis/gone.pdf", "x", 1, 1 }));
	ck_assert(run(&(struct trial)SHARD("# b\n", 1)) && run(&(struct trial)SHARD("# b\n", 2)));
	ck_assert(file_exists(in_folder("internal/diagnosis/gone.pdf")));
	ck_assert(!is_verified(folder));
	ck_assert(run(&(struct trial)SHARD("# b\n", 3)));
	ck_assert(!file_exists(in_folder("internal/diagnosis/gone.pdf")));
	ck_assert(!file_exists(in_folder("manifest.txt")));
	ck_assert(is_verified(folder));
}
END_TEST

START_TEST(a_shard_of_what_is_whole_adds_nothing)
{
	ck_assert(run(&(struct trial){ "# a\n", "all", "", "internal/diagnosis/1.pdf", "# a\n1", 1, 1 }));
	ck_assert(run(&(struct trial)SHARD("# a\n", 1)));
	ck_assert(!file_exists(in_folder("manifest-1-of-3.txt")));
	ck_assert(is_verified(folder));
}
END_TEST

START_TEST(shards_merge_by_copying)
{
	const char *merged = in_root("merged");
	file_make_folder(file_join(arena, merged, TEXT("internal/diagnosis")), 0700);
	chmod(merged, 0755);
	static const struct trial shards[] = { SHARD("# a\n", 1), SHARD("# a\n", 2), SHARD("# a\n", 3) };
	for (size_t i = 0; i < 3; i++) {
		folder = in_root(text_format(arena, "out%zu/2021", i).at);
		ck_assert(run(&shards[i]));
		ck_assert(!is_verified(folder));
		const char *names[] = { shards[i].path, manifest_name(arena, shards[i].shard, 3) };
		for (size_t j = 0; j < 2; j++)
			ck_assert_int_eq(rename(in_folder(names[j]), file_join(arena, merged, text_from(names[j]))), 0);
		ck_assert(is_verified(merged) == (i == 2));
	}
	file_write(file_join(arena, merged, TEXT("internal/diagnosis/2.pdf")), TEXT("x"), 0600);
	file_write(file_join(arena, merged, TEXT("manifest-02-of-3.txt")), TEXT("x"), 0600);
	ck_assert(!is_verified(merged));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_DIFFERS), 1);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_EXTRA), 1);
}
END_TEST

START_TEST(what_was_altered_is_not_published_again)
{
	ck_assert(run(&(struct trial)REPORT("# a\n")));
	file_write(in_folder("internal/report/r.pdf"), TEXT("altered"), 0600);
	ck_assert(!run(&(struct trial)SITE("# a\n")));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_OUTPUT_ALTERED), 1);
	ck_assert(!file_exists(in_folder("public")));
	/* Also where a link with the same bytes took its place. */
	unlink(in_folder("internal/report/r.pdf"));
	file_write(in_root("same"), TEXT("# a\n"), 0600);
	ck_assert_int_eq(symlink(in_root("same"), in_folder("internal/report/r.pdf")), 0);
	ck_assert(!run(&(struct trial)SITE("# a\n")));
	ck_assert(!file_exists(in_root("out/.2021.next")));
}
END_TEST

START_TEST(a_cut_manifest_stops_parts_only)
{
	ck_assert(run(&(struct trial)REPORT("# a\n")));
	struct text manifest = bytes_of(in_folder("manifest.txt"));
	file_write(in_folder("manifest.txt"), text_slice(manifest, 0, manifest.size - 10), 0600);
	ck_assert(!run(&(struct trial)SITE("# a\n")));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_OUTPUT_MANIFEST), 1);
	struct output *output = output_open(arena, &(struct output_options){ .folder = folder, .keeps = keeps, .context = "", .makes_all = true }, diag);
	ck_assert(output && output_publish(output, TEXT("# b\n")));
	output_close(output);
	ck_assert(is_verified(folder));
}
END_TEST

/* ---- what is not ours -------------------------------------------------------------- */

START_TEST(what_is_not_ours_is_left_alone)
{
	file_make_folder(folder, 0755);
	ck_assert(run(&(struct trial)SITE("# a\n"))); /* empty: ours */
	file_write(in_folder("notes.txt"), TEXT("mine"), 0644);
	ck_assert(!run(&(struct trial)SITE("# a\n")));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_OUTPUT_STRANGERS), 1);
	ck_assert(text_is(bytes_of(in_folder("notes.txt")), "mine"));
	unlink(in_folder("notes.txt"));
	file_write(in_folder("public/.~lock.index.html#"), TEXT("x"), 0644);
	ck_assert(run(&(struct trial)SITE("# a\n")));
	file_write(in_folder("manifest.txt"), TEXT("mine"), 0644);
	ck_assert(!run(&(struct trial)SITE("# a\n")));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_OUTPUT_FOREIGN), 1);
	folder = in_root("file");
	file_write(folder, TEXT("mine"), 0644);
	ck_assert(!run(&(struct trial)SITE("# a\n")));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_OUTPUT_FOREIGN), 2);
	ck_assert(text_is(bytes_of(folder), "mine"));
}
END_TEST

START_TEST(foreign_siblings_are_left_alone)
{
	ck_assert(run(&(struct trial)SITE("# a\n")));
	file_make_folder(in_root("out/.2021.next"), 0755);
	file_write(in_root("out/.2021.next/mine"), TEXT("x"), 0644);
	ck_assert(!run(&(struct trial)SITE("# b\n")));
	ck_assert(file_exists(in_root("out/.2021.next/mine")));
	ck_assert(text_is(bytes_of(in_folder("public/index.html")), "# a\n"));
}
END_TEST

START_TEST(a_link_is_followed)
{
	file_make_folder(in_root("web/site"), 0755);
	file_make_folder(in_root("out"), 0755);
	ck_assert_int_eq(symlink("../web/site", folder), 0);
	ck_assert(run(&(struct trial)SITE("# a\n")) && run(&(struct trial)SITE("# b\n")));
	struct stat info;
	ck_assert(lstat(folder, &info) == 0 && S_ISLNK(info.st_mode));
	ck_assert(text_is(bytes_of(in_root("web/site/public/index.html")), "# b\n"));
	ck_assert(file_exists(in_root("web/.site.old")) && !file_exists(in_root("out/.2021.old")));
	ck_assert(is_verified(folder));
}
END_TEST

/* ---- one at a time ------------------------------------------------------------------ */

START_TEST(the_loser_touches_nothing)
{
	ck_assert(run(&(struct trial)SITE("# a\n")));
	struct output *winner = output_open(arena, &(struct output_options){ .folder = folder }, diag);
	ck_assert(output_write(winner, TEXT("public/index.html"), TEXT("new")));
	ck_assert(!run(&(struct trial)SITE("# b\n")));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_OUTPUT_BUSY), 1);
	ck_assert(file_exists(in_root("out/.2021.next/public/index.html")));
	ck_assert(output_publish(winner, TEXT("# c\n")));
	output_close(winner);
	ck_assert(is_verified(folder));
	ck_assert(text_is(bytes_of(in_folder("public/index.html")), "new"));
}
END_TEST

START_TEST(the_old_tree_stays_until_the_next_run)
{
	ck_assert(run(&(struct trial)SITE("# a\n")) && run(&(struct trial)SITE("# b\n")));
	ck_assert(text_is(bytes_of(in_root("out/.2021.old/public/index.html")), "# a\n"));
	ck_assert(run(&(struct trial)SITE("# c\n")));
	ck_assert(text_is(bytes_of(in_root("out/.2021.old/public/index.html")), "# b\n"));
}
END_TEST

/* As a run without exchange leaves it that is killed between its renames. */
START_TEST(half_a_replacement_is_healed)
{
	ck_assert(run(&(struct trial)SITE("# a\n")) && run(&(struct trial)REPORT("# a\n")));
	ck_assert_int_eq(file_remove_tree(in_root("out/.2021.old")), 0);
	ck_assert_int_eq(rename(folder, in_root("out/.2021.old")), 0);
	ck_assert(run(&(struct trial)SITE("# b\n")));
	ck_assert(file_exists(in_folder("internal/report/r.pdf")));
	ck_assert(is_verified(folder));
}
END_TEST

/* ---- verify ------------------------------------------------------------------------- */

static void append(const char *name, const char *text)
{
	FILE *file = fopen(in_folder(name), "a");
	fputs(text, file);
	fclose(file);
}

static void empty_manifest(void)
{
	file_write(in_folder("manifest.txt"), NO_TEXT, 0600);
}

static void cut_manifest(void)
{
	struct text manifest = bytes_of(in_folder("manifest.txt"));
	size_t at = text_find(manifest, TEXT("# end "));
	file_write(in_folder("manifest.txt"), text_slice(manifest, 0, at), 0600);
}

static void extend_manifest(void)
{
	append("manifest.txt", "# more\n");
}

static void change_head(void)
{
	struct text manifest = bytes_of(in_folder("manifest.txt"));
	char *changed = text_string(arena, manifest);
	strstr(changed, "# a")[2] = 'b';
	file_write(in_folder("manifest.txt"), (struct text){ changed, manifest.size }, 0600);
}

static void spoil_line(void)
{
	struct text manifest = bytes_of(in_folder("manifest.txt"));
	char *changed = text_string(arena, manifest);
	memcpy(strstr(changed, "public/index.html") - 10, "not a hash", 10);
	file_write(in_folder("manifest.txt"), (struct text){ changed, manifest.size }, 0600);
}

static void open_internal(void)
{
	chmod(in_folder("internal/report/r.pdf"), 0644);
}

static void open_internal_folder(void)
{
	chmod(in_folder("internal"), 0755);
}

static void close_public(void)
{
	chmod(in_folder("public"), 0700);
}

static void link_file(void)
{
	rename(in_folder("public/index.html"), in_root("same"));
	ck_assert_int_eq(symlink(in_root("same"), in_folder("public/index.html")), 0);
}

static void link_folder(void)
{
	rename(in_folder("public"), in_root("same"));
	ck_assert_int_eq(symlink(in_root("same"), in_folder("public")), 0);
}

static void link_round(void)
{
	ck_assert(symlink(".", in_folder("public/l1")) == 0 && symlink(".", in_folder("public/l2")) == 0);
}

static void add_folder(void)
{
	file_make_folder(in_folder("public/empty"), 0755);
}

static void make_fifo(void)
{
	unlink(in_folder("public/index.html"));
	mkfifo(in_folder("public/index.html"), 0644);
}

static void change_byte(void)
{
	file_write(in_folder("public/index.html"), TEXT("x"), 0644);
}

static const struct {
	void (*change)(void);
	enum diag_kind kind;
} changes[] = {
	{ empty_manifest, DIAG_VERIFY_NO_MANIFEST }, { cut_manifest, DIAG_VERIFY_CUT }, { extend_manifest, DIAG_VERIFY_CUT }, { change_head, DIAG_VERIFY_CUT },
	{ spoil_line, DIAG_VERIFY_LINE },
	{ open_internal, DIAG_VERIFY_MODE }, { open_internal_folder, DIAG_VERIFY_MODE }, { close_public, DIAG_VERIFY_MODE }, { link_file, DIAG_VERIFY_KIND },
	{ link_folder, DIAG_VERIFY_EXTRA }, { link_round, DIAG_VERIFY_EXTRA }, { add_folder, DIAG_VERIFY_FOLDER }, { make_fifo, DIAG_VERIFY_KIND },
	{ change_byte, DIAG_VERIFY_DIFFERS },
};

START_TEST(verify_sees_it)
{
	ck_assert(run(&(struct trial)REPORT("# a\n")) && run(&(struct trial)SITE("# a\n")));
	ck_assert(is_verified(folder));
	changes[_i].change();
	ck_assert(!is_verified(folder));
	ck_assert_uint_ge(diag_count_of(diag, changes[_i].kind), 1);
}
END_TEST

#define INPUT_A "# input ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb data/2021/a.csv\n" /* "a" */

START_TEST(verify_compares_the_inputs)
{
	const struct verify_root given = { "data", in_root("data"), true, { { 0 } } }, found = { "data", in_root("data"), false, { { 0 } } };
	file_make_folder(in_root("data/2021"), 0755);
	file_write(in_root("data/2021/a.csv"), TEXT("a"), 0644);
	ck_assert(run(&(struct trial)SITE(INPUT_A)));
	ck_assert(verify_tree(arena, folder, &given, 1, diag, NULL));
	file_write(in_root("data/2021/a.csv"), TEXT("b"), 0644);
	file_write(in_root("data/2021/b.csv"), TEXT("b"), 0644);
	ck_assert(verify_tree(arena, folder, &found, 1, diag, NULL));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_INPUTS), 1);
	ck_assert(!verify_tree(arena, folder, &given, 1, diag, NULL));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_INPUT), 1);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_INPUT_NEW), 1);
}
END_TEST

#define INPUT_REGIONS "# input ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb data/regions.csv\n"

/* What the data folder lacks came with the program; once it has its own, that one counts.  Other files beside the years are no inputs. */
START_TEST(verify_looks_where_the_program_brought_it)
{
	const struct verify_root given = { "data", in_root("data"), true, { { "data", in_root("shipped") } } };
	file_make_folder(in_root("data"), 0755);
	file_make_folder(in_root("shipped"), 0755);
	file_write(in_root("shipped/regions.csv"), TEXT("a"), 0644);
	file_write(in_root("data/other.csv"), TEXT("b"), 0644);
	ck_assert(run(&(struct trial)SITE(INPUT_REGIONS)));
	ck_assert(verify_tree(arena, folder, &given, 1, diag, NULL));
	file_write(in_root("data/regions.csv"), TEXT("b"), 0644);
	ck_assert(!verify_tree(arena, folder, &given, 1, diag, NULL));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_VERIFY_INPUT), 1);
}
END_TEST

Suite *publish_keep_suite(void)
{
	Suite *suite = suite_create("publish/keep");
	TCase *tcase = tcase_create("keep");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, parts_keep_each_other);
	tcase_add_test(tcase, what_comes_from_other_inputs_says_so);
	tcase_add_test(tcase, shards_gather_in_one_folder);
	tcase_add_test(tcase, shards_of_new_inputs_replace_the_old);
	tcase_add_test(tcase, a_shard_of_what_is_whole_adds_nothing);
	tcase_add_test(tcase, shards_merge_by_copying);
	tcase_add_test(tcase, what_was_altered_is_not_published_again);
	tcase_add_test(tcase, a_cut_manifest_stops_parts_only);
	tcase_add_test(tcase, what_is_not_ours_is_left_alone);
	tcase_add_test(tcase, foreign_siblings_are_left_alone);
	tcase_add_test(tcase, a_link_is_followed);
	tcase_add_test(tcase, the_loser_touches_nothing);
	tcase_add_test(tcase, the_old_tree_stays_until_the_next_run);
	tcase_add_test(tcase, half_a_replacement_is_healed);
	tcase_add_loop_test(tcase, verify_sees_it, 0, (int)(sizeof changes / sizeof *changes));
	tcase_add_test(tcase, verify_compares_the_inputs);
	tcase_add_test(tcase, verify_looks_where_the_program_brought_it);
	suite_add_tcase(suite, tcase);
	return suite;
}
