/* SPDX-License-Identifier: MIT
 *
 * What was read of the results, kept on the disk: taken again, passed over where it was spoilt, and told of where it is
 * not what the files say.
 */
#define _DEFAULT_SOURCE /* usleep */
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "build/build.h"
#include "build/receipt_inside.h"
#include "model/observed.h"
#include "publish/store.h"

Suite *build_kept_suite(void);

static struct arena *arena;
static char folder[] = "/tmp/xingji-kept-XXXXXX";
static uint64_t clock_ms;

static uint64_t now(void)
{
	return clock_ms;
}

static struct options options = { .data = "data", .year = "2021", .environment = { .milliseconds = now } };
static struct build build;
static struct receipts *receipts;

static void set_up(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void tear_down(void)
{
	file_remove_tree(folder);
	arena_free(arena);
}

/* Files that were not opened. */
static size_t count_unread(void)
{
	size_t count = 0;
	for (uint32_t i = 1; i <= sources_count(build.run.sources); i++)
		count += sources_find(build.run.sources, i)->is_gone;
	return count;
}

/* Reads the sample of the project, and keeps it; how many rows there are. */
static size_t read_all(enum trust trust)
{
	build = (struct build){ .options = &options };
	receipts = receipts_open_reading(&options, folder);
	receipts->trust = trust;
	strcpy(receipts->program, "tests"); /* which load libraries as they go */
	ck_assert_int_eq(receipts_read_data(&build, receipts), 0);
	ck_assert_ptr_nonnull(build.run.model);
	return build.run.model->observation_count;
}

static void close_all(void)
{
	receipts_keep_read(receipts);
	receipts_close(receipts);
	run_close(&build.run);
}

/* Of the files of the last reading: those that were gone through. */
static size_t count_read(void)
{
	size_t count = 0;
	for (size_t i = 0; i < receipts->read.count; i++)
		count += receipts->read.at[i].bytes.size > 0;
	return count;
}

static const char *path_of(size_t index)
{
	return file_join(arena, folder, receipts->read.at[index].file);
}

START_TEST(reads_what_is_not_kept)
{
	struct stat info;
	const size_t rows = read_all(TRUST_NONE), files = count_read();
	close_all();
	ck_assert_uint_ge(files, 20);
	ck_assert_uint_eq(read_all(TRUST_NONE), rows);
	ck_assert_uint_eq(count_read(), 0);
	ck_assert_int_eq(stat(path_of(0), &info), 0);
	ck_assert_uint_eq(info.st_mode & 0777, 0600);
	ck_assert_int_eq(stat(folder, &info), 0);
	ck_assert_uint_eq(info.st_mode & 0777, 0700);
	/* One is cut, one is another's, one is gone, one is of a file that there is not. */
	ck_assert_int_eq(truncate(path_of(0), 1000), 0);
	ck_assert_int_eq(unlink(path_of(1)), 0);
	ck_assert_int_eq(link(path_of(2), path_of(1)), 0);
	ck_assert_int_eq(unlink(path_of(3)), 0);
	ck_assert_int_eq(file_write(file_join(arena, folder, TEXT("other")), TEXT("x"), 0600), 0);
	close_all();
	ck_assert_uint_eq(read_all(TRUST_NONE), rows);
	ck_assert_uint_eq(count_read(), 3);
	close_all();
	ck_assert(!file_exists(file_join(arena, folder, TEXT("other"))));
	ck_assert_uint_eq(read_all(TRUST_ALL), rows);
	ck_assert_uint_eq(count_read() + (size_t)receipts->read_wrong, 0);
	close_all();
}
END_TEST

/* Somebody saves a file, and sets its time back. */
static void save_unseen(const char *path)
{
	struct file_bytes file;
	struct stat info;
	ck_assert_int_eq(stat(path, &info), 0);
	ck_assert_int_eq(file_read(path, BUF_LIMIT_FILE, arena, &file), 0);
	char *bytes = text_string(arena, file.text);
	size_t at = text_find(file.text, TEXT(",符合,"));
	memcpy(bytes + at, ",不合,", strlen(",不合,"));
	ck_assert_int_eq(file_write(path, (struct text){ bytes, file.text.size }, 0644), 0);
	const struct timespec times[] = { info.st_atim, info.st_mtim };
	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

/*
 * A file that lies as it lay is not opened.  What was changed within one tick before the reading began, or since, by
 * whatever time somebody gave it, is.
 */
START_TEST(opens_what_may_be_another)
{
	const char *data = file_join(arena, folder, TEXT("data"));
	ck_assert_int_eq(system(text_format(arena, "cp -R data %s", data).at), 0);
	options.data = data;
	usleep(60000);
	clock_ms = 0;
	const size_t rows = read_all(TRUST_NONE);
	close_all();
	ck_assert_uint_eq(read_all(TRUST_NONE), rows);
	const size_t unread = count_unread();
	ck_assert_uint_ge(unread, 20);
	/* A place in one of them is told as ever. */
	const struct span place = observed_place(&build.run.model->observations[0]);
	ck_assert_uint_gt(place_of(build.run.sources, place).line, 0);
	close_all();
	save_unseen(file_join(arena, data, TEXT("2021/results/self-suzhou.csv")));
	read_all(TRUST_NONE);
	ck_assert_uint_eq(count_unread(), unread - 1);
	ck_assert_uint_eq(diag_count_of(build.run.diag, DIAG_FIELD_NOT_CHOICE), 1);
	/* As if that reading had begun when the copy was made: nothing is settled. */
	clock_ms = 3600000;
	close_all();
	read_all(TRUST_NONE);
	ck_assert_uint_eq(count_unread(), 0);
	close_all();
	options.data = "data";
}
END_TEST

/* Under the right key, with another result in the last row. */
static void forge(void)
{
	const struct receipt_read *one = &receipts->read.at[0];
	struct text bytes;
	ck_assert(store_read(arena, path_of(0), text_from(one->key), &bytes));
	char *other = text_string(arena, bytes);
	other[bytes.size - 3] ^= RESULT_MET << 4 ^ RESULT_UNMET << 4;
	ck_assert_int_eq(store_write(arena, path_of(0), text_from(one->key), (struct text){ other, bytes.size }), 0);
}

START_TEST(tells_what_is_kept_wrongly)
{
	const size_t rows = read_all(TRUST_NONE);
	close_all();
	read_all(TRUST_NONE);
	forge();
	receipts_close(receipts);
	run_close(&build.run);
	ck_assert_uint_eq(read_all(TRUST_ALL), rows);
	ck_assert_int_eq(receipts->read_wrong, 1);
	build.receipts = receipts;
	receipts_tell(&build);
	ck_assert_uint_eq(diag_count_of(build.run.diag, DIAG_RECEIPT_READ_WRONG), 1);
	ck_assert_str_eq(diag_row(DIAG_RECEIPT_READ_WRONG)->code, "receipt-read-wrong");
	close_all();
	ck_assert(!file_exists(folder));
}
END_TEST

Suite *build_kept_suite(void)
{
	Suite *suite = suite_create("build/kept");
	TCase *tcase = tcase_create("kept");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, reads_what_is_not_kept);
	tcase_add_test(tcase, opens_what_may_be_another);
	tcase_add_test(tcase, tells_what_is_kept_wrongly);
	suite_add_tcase(suite, tcase);
	return suite;
}
