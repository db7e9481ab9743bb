/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* flock */
#include "publish/register.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"

Suite *publish_register_suite(void);

enum { WRITERS = 4, LINES_EACH = 25 };

static struct arena *arena;
static struct diag *diag;
static char root[] = "/tmp/xingji-test-XXXXXX";
static char *path;

static void set_up(void)
{
	arena = arena_new();
	diag = diag_new(arena, sources_new(arena));
	strcpy(root + strlen(root) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
	path = file_join(arena, root, TEXT(REGISTER_NAME));
}

static void tear_down(void)
{
	file_remove_tree(root);
	arena_free(arena);
}

static void write_about(const void *context, struct json_write *json)
{
	json_write_named_text(json, "about", text_from(context));
}

static bool append_after(int64_t after, const char *about, int64_t *n)
{
	const struct register_entry entry = { .event = { { 2021, 12, 20 }, "dispatched", write_about, about }, .after = after };
	return register_append(arena, path, &entry, n, diag);
}

static bool append(const char *about)
{
	return append_after(REGISTER_ANY, about, NULL);
}

static struct text contents(void)
{
	struct file_bytes bytes;
	ck_assert_int_eq(file_read(path, SIZE_MAX / 2, NULL, &bytes), 0);
	struct text copy = text_copy(arena, bytes.text);
	file_release(&bytes);
	return copy;
}

static struct chain read_chain(void)
{
	struct chain chain;
	chain_init(&chain, arena, contents());
	chain_read(&chain);
	return chain;
}

static void put(struct text bytes)
{
	ck_assert_int_eq(file_write(path, bytes, 0644), 0);
}

START_TEST(only_grows)
{
	int64_t n;
	mode_t mask = umask(022);
	ck_assert(append_after(0, "甲", &n) && n == 1);
	umask(mask);
	struct text first = contents();
	ck_assert(append_after(1, "乙", &n) && n == 2);
	struct text both = contents();
	ck_assert(both.size > first.size && text_equal(text_slice(both, 0, first.size), first));
	ck_assert_int_eq(read_chain().n, 2);
	ck_assert_int_eq(read_chain().fault, CHAIN_SOUND);
	/* As readable as the tables beside it, and nothing left beside it. */
	struct stat info;
	struct text *names;
	size_t count;
	ck_assert(stat(path, &info) == 0 && (info.st_mode & 0777) == 0644);
	ck_assert(file_list(arena, root, NULL, &names, &count) == 0 && count == 1);
}
END_TEST

START_TEST(adds_nothing_to_what_has_grown_or_is_broken)
{
	ck_assert(append("甲") && append("乙"));
	struct text before = contents();
	ck_assert(!append_after(1, "丙", NULL));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_REGISTER_GROWN), 1);
	ck_assert(text_equal(contents(), before));
	char *broken = text_string(arena, before);
	broken[text_find(before, TEXT("甲"))] ^= 1;
	put((struct text){ broken, before.size });
	ck_assert(!append("丙"));
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 2);
	ck_assert(text_equal(contents(), (struct text){ broken, before.size }));
}
END_TEST

/* Whatever part of a line a power cut left: cut off, and the next line stands where it stood. */
START_TEST(cuts_off_what_was_never_finished)
{
	ck_assert(append("甲"));
	size_t first = contents().size;
	ck_assert(append("乙"));
	struct text both = contents();
	for (size_t size = first + 1; size + 1 < both.size; size += 7) {
		put(text_slice(both, 0, size));
		ck_assert(append("丙"));
		ck_assert_int_eq(read_chain().n, 2);
		ck_assert_int_eq(read_chain().fault, CHAIN_SOUND);
		ck_assert(text_equal(text_slice(contents(), 0, first), text_slice(both, 0, first)));
		ck_assert(text_contains(contents(), TEXT("丙")) && !text_contains(contents(), TEXT("乙")));
	}
	/* A whole line that only lost its end is data. */
	put(text_slice(both, 0, both.size - 1));
	ck_assert(append("丁"));
	ck_assert_int_eq(read_chain().n, 3);
	ck_assert(text_equal(text_slice(contents(), 0, both.size), both));
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 0);
}
END_TEST

/* Two sets of lines by processes that all want to be first. */
START_TEST(takes_turns)
{
	for (int i = 0; i < WRITERS; i++)
		if (fork() == 0) {
			bool is_good = true;
			for (int j = 0; j < LINES_EACH; j++)
				is_good &= append(text_format(arena, "%d-%d", i, j).at);
			_exit(is_good ? 0 : 1);
		}
	for (int i = 0; i < WRITERS; i++) {
		int status;
		ck_assert(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	ck_assert_int_eq(read_chain().fault, CHAIN_SOUND);
	ck_assert_int_eq(read_chain().n, WRITERS * LINES_EACH);
	for (int i = 0; i < WRITERS; i++)
		for (int j = 0; j < LINES_EACH; j++)
			ck_assert(text_contains(contents(), text_format(arena, "\"about\":\"%d-%d\"", i, j)));
}
END_TEST

START_TEST(does_not_wait_for_ever)
{
	ck_assert(append("甲"));
	int fd = open(path, O_RDWR | O_CLOEXEC);
	ck_assert(fd >= 0 && flock(fd, LOCK_EX) == 0);
	const struct register_entry entry = { .event = { { 2021, 12, 20 }, "state", NULL, NULL }, .after = REGISTER_ANY, .patience_ms = 60 };
	ck_assert(!register_append(arena, path, &entry, NULL, diag));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_REGISTER_BUSY), 1);
	close(fd);
	ck_assert(register_append(arena, path, &entry, NULL, diag));
	ck_assert_int_eq(read_chain().n, 2);
}
END_TEST

/* No room for the line: told, and what was there is whole. */
START_TEST(leaves_what_was_there_on_a_full_disk)
{
	ck_assert(append("甲"));
	struct text before = contents();
	struct rlimit limit;
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &limit);
	struct rlimit less = { before.size + 20, limit.rlim_max };
	setrlimit(RLIMIT_FSIZE, &less);
	bool is_added = append("乙");
	setrlimit(RLIMIT_FSIZE, &limit);
	ck_assert(!is_added);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_WORLD), 1);
	ck_assert(text_equal(contents(), before));
}
END_TEST

START_TEST(follows_no_link)
{
	char *other = file_join(arena, root, TEXT("other"));
	ck_assert_int_eq(file_write(other, TEXT("示例\n"), 0644), 0);
	ck_assert_int_eq(symlink(other, path), 0);
	ck_assert(!append("甲"));
	ck_assert_uint_eq(diag_count(diag, SEVERITY_WORLD), 1);
}
END_TEST

START_TEST(knows_what_it_was)
{
	char hash[65];
	ck_assert(append("甲") && append("乙") && append("丙"));
	struct text all = contents();
	for (size_t i = 0; i <= all.size; i++) {
		bool is_end = i == 0 || i == all.size || all.at[i - 1] == '\n' || all.at[i] == '\n';
		hash_of(text_slice(all, 0, i), hash);
		ck_assert_msg(register_begins_with(all, text_from(hash)) == is_end, "%zu bytes", i);
	}
}
END_TEST

Suite *publish_register_suite(void)
{
	Suite *suite = suite_create("publish/register");
	TCase *tcase = tcase_create("register");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, only_grows);
	tcase_add_test(tcase, adds_nothing_to_what_has_grown_or_is_broken);
	tcase_add_test(tcase, cuts_off_what_was_never_finished);
	tcase_add_test(tcase, takes_turns);
	tcase_add_test(tcase, does_not_wait_for_ever);
	tcase_add_test(tcase, leaves_what_was_there_on_a_full_disk);
	tcase_add_test(tcase, follows_no_link);
	tcase_add_test(tcase, knows_what_it_was);
	suite_add_tcase(suite, tcase);
	return suite;
}
