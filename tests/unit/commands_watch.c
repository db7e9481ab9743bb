/* SPDX-License-Identifier: MIT
 *
 * Whether something has been saved, by a clock of the test's own: how soon it is known, and what is not looked at.
 */
#include "commands/watch.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

Suite *commands_watch_suite(void);

static char folder[64], path[128], other[128];
static struct options options;
static struct watch *watch;
static uint64_t now, before;

static const char *at(char *room, const char *name)
{
	snprintf(room, 128, "%s/%s", folder, name);
	return room;
}

static void write_file(const char *name, const char *words)
{
	ck_assert_int_eq(file_write(at(path, name), text_from(words), 0600), 0);
}

static void move(const char *from, const char *to)
{
	ck_assert_int_eq(rename(at(path, from), at(other, to)), 0);
}

static void set_up(void)
{
	static char data[128], texts[128];
	snprintf(folder, sizeof folder, "/tmp/xingji-watch-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(data, sizeof data, "%s/data", folder);
	snprintf(texts, sizeof texts, "%s/texts", folder);
	ck_assert_int_eq(mkdir(data, 0700), 0);
	ck_assert_int_eq(mkdir(texts, 0700), 0);
	write_file("data/a.csv", "1\n");
	options = (struct options){ .data = data, .content = texts, .themes = texts };
	now = 1000;
	watch = watch_open(&options);
	before = watch_look(watch, now);
}

static void tear_down(void)
{
	watch_close(watch);
	file_remove_tree(folder);
}

/* So many milliseconds after the last look: is there something new?  From then on it is what is known. */
static bool is_new_after(unsigned milliseconds)
{
	watch_look(watch, now);
	now += milliseconds;
	uint64_t seen = watch_look(watch, now);
	bool is_new = seen != before;
	before = seen;
	return is_new;
}

START_TEST(what_was_put_into_place_is_known_at_once)
{
	ck_assert_int_ge(watch_descriptor(watch), 0);
	write_file("data/a.tmp", "2\n");
	move("data/a.csv", "data/a.bak.tmp");
	move("data/a.tmp", "data/a.csv");
	unlink(at(path, "data/a.bak.tmp"));
	ck_assert(!is_new_after(WATCH_CLOSED_MS - 1));
	ck_assert_int_le(watch_wait_ms(watch, now), WATCH_CLOSED_MS);
	ck_assert(is_new_after(1 + WATCH_CLOSED_MS));
	ck_assert(!is_new_after(WATCH_LONG_MS));
	ck_assert_int_gt(watch_wait_ms(watch, now), WATCH_POLL_MS);
}
END_TEST

START_TEST(what_is_being_written_gets_its_time)
{
	int file = open(at(path, "data/a.csv"), O_WRONLY | O_TRUNC);
	ck_assert_int_eq(write(file, "3", 1), 1);
	ck_assert(!is_new_after(WATCH_OPEN_MS - 1));
	ck_assert_int_eq(write(file, "4", 1), 1);
	ck_assert(!is_new_after(WATCH_OPEN_MS - 1));
	close(file);
	ck_assert(is_new_after(WATCH_CLOSED_MS));
}
END_TEST

START_TEST(what_never_ends_is_looked_at_all_the_same)
{
	int file = open(at(path, "data/a.csv"), O_WRONLY | O_APPEND);
	bool is_new = false;
	for (unsigned waited = 0; waited <= WATCH_MOST_MS; waited += 100) {
		ck_assert_int_eq(write(file, "5", 1), 1);
		is_new |= is_new_after(100);
	}
	close(file);
	ck_assert(is_new);
}
END_TEST

START_TEST(what_has_gone_gets_its_time)
{
	unlink(at(path, "data/a.csv"));
	ck_assert(!is_new_after(WATCH_OPEN_MS - 1));
	write_file("data/a.csv", "another\n");
	ck_assert(is_new_after(WATCH_CLOSED_MS));
}
END_TEST

START_TEST(lock_files_are_nothing)
{
	write_file("data/~$a.csv", "lock");
	write_file("data/wps1.tmp", "half");
	ck_assert(!is_new_after(WATCH_OPEN_MS));
	ck_assert_int_gt(watch_wait_ms(watch, now), WATCH_POLL_MS);
}
END_TEST

START_TEST(new_folders_are_watched)
{
	ck_assert_int_eq(mkdir(at(path, "data/results"), 0700), 0);
	ck_assert(is_new_after(WATCH_CLOSED_MS));
	write_file("data/results/b.csv", "1\n");
	ck_assert(is_new_after(WATCH_CLOSED_MS));
	move("data/results", "data/results-2");
	ck_assert(is_new_after(WATCH_OPEN_MS));
	write_file("data/results-2/b.csv", "2\n");
	ck_assert(is_new_after(WATCH_CLOSED_MS));
	write_file("texts/a.md", "words\n");
	ck_assert(is_new_after(WATCH_CLOSED_MS));
}
END_TEST

START_TEST(the_whole_folder_comes_back)
{
	move("data", "away");
	ck_assert(is_new_after(WATCH_OPEN_MS));
	ck_assert_int_le(watch_wait_ms(watch, now), WATCH_POLL_MS);
	write_file("away/a.csv", "not ours any more\n");
	ck_assert(!is_new_after(WATCH_CLOSED_MS));
	move("away", "data");
	bool is_new = is_new_after(WATCH_POLL_MS);
	ck_assert(is_new_after(WATCH_POLL_MS) || is_new);
	write_file("data/a.csv", "ours again\n");
	ck_assert(is_new_after(WATCH_CLOSED_MS));
}
END_TEST

/* More at once than the system keeps for us: it says so, and all is looked at. */
START_TEST(more_than_is_kept)
{
	long kept = 16384;
	FILE *file = fopen("/proc/sys/fs/inotify/max_queued_events", "r");
	if (file && fscanf(file, "%ld", &kept) != 1)
		kept = 16384;
	if (file)
		fclose(file);
	if (kept > 100000)
		return;
	/* Alternating, or equal ones would be taken together. */
	for (long i = 0; i < kept / 2 + 10; i++) {
		chmod(at(path, "data/a.csv"), 0600);
		chmod(at(path, "texts"), 0700);
	}
	write_file("data/a.csv", "the last\n");
	ck_assert(is_new_after(WATCH_CLOSED_MS));
	write_file("data/a.csv", "and after it\n");
	ck_assert(is_new_after(WATCH_CLOSED_MS));
}
END_TEST

START_TEST(without_help_it_looks_again_and_again)
{
	struct rlimit limit, none;
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	watch_close(watch);
	none = (struct rlimit){ .rlim_cur = 0, .rlim_max = limit.rlim_max };
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	watch = watch_open(&options);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	ck_assert_int_eq(watch_descriptor(watch), -1);
	before = watch_look(watch, now);
	write_file("data/a.csv", "2\n");
	ck_assert(!is_new_after(WATCH_POLL_MS)); /* seen, but it may go on */
	ck_assert_int_le(watch_wait_ms(watch, now), WATCH_POLL_MS);
	ck_assert(is_new_after(WATCH_POLL_MS));
}
END_TEST

Suite *commands_watch_suite(void)
{
	Suite *suite = suite_create("commands/watch");
	TCase *tcase = tcase_create("saved");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, what_was_put_into_place_is_known_at_once);
	tcase_add_test(tcase, what_is_being_written_gets_its_time);
	tcase_add_test(tcase, what_never_ends_is_looked_at_all_the_same);
	tcase_add_test(tcase, what_has_gone_gets_its_time);
	tcase_add_test(tcase, lock_files_are_nothing);
	tcase_add_test(tcase, new_folders_are_watched);
	tcase_add_test(tcase, the_whole_folder_comes_back);
	tcase_add_test(tcase, more_than_is_kept);
	tcase_add_test(tcase, without_help_it_looks_again_and_again);
	suite_add_tcase(suite, tcase);
	return suite;
}
