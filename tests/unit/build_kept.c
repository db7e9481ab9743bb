/* SPDX-License-Identifier: MIT
 *
 * What was read of the results, kept on the disk: taken again, passed over where it was spoilt, and told of where it is
 * not what the files say.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "build/build.h"
#include "build/receipt_inside.h"
#include "publish/store.h"

Suite *build_kept_suite(void);

static struct arena *arena;
static char folder[] = "/tmp/xingji-kept-XXXXXX";
static const struct options options = { .data = "data", .year = "2021" };
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
	tcase_add_test(tcase, tells_what_is_kept_wrongly);
	suite_add_tcase(suite, tcase);
	return suite;
}
