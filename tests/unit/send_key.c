/* SPDX-License-Identifier: MIT */
#include "send/key.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"

Suite *send_key_suite(void);

static struct arena *arena;
static struct diag *diag;
static char folder[] = "/tmp/xingji-key-XXXXXX";
static char path[64];

static void set_up(void)
{
	arena = arena_new();
	diag = diag_new(arena, sources_new(arena));
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/year.key", folder);
}

static void tear_down(void)
{
	file_remove_tree(folder);
	arena_free(arena);
}

static const struct text year = TEXT_INIT("2021"), code = TEXT_INIT("91320000SAMPLE0017");

/* What the file says; for tests only. */
static struct text file_text(void)
{
	struct file_bytes bytes;
	ck_assert_int_eq(file_read(path, 4096, arena, &bytes), 0);
	return text_copy(arena, bytes.text);
}

START_TEST(a_key_is_made_and_read)
{
	struct key key, again;
	struct stat status;
	char one[KEY_PASSWORD_SIZE], two[KEY_PASSWORD_SIZE];
	ck_assert(key_new(path, diag));
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_uint_eq(status.st_mode & 0777, 0600);
	ck_assert(key_load(path, &key, diag));
	ck_assert(key_load(path, &again, diag));
	key_password(&key, year, code, one);
	key_password(&again, year, code, two);
	ck_assert_str_eq(one, two);
	ck_assert_uint_eq(strlen(one), 16);
	ck_assert_uint_eq(strspn(one, "23456789abcdefghijkmnpqrstuvwxyz"), 16);
	ck_assert_str_eq(key.fingerprint, again.fingerprint);
	ck_assert_uint_eq(strlen(key.fingerprint), 10);
	ck_assert(!text_contains(file_text(), text_from(key.fingerprint)));
}
END_TEST

START_TEST(passwords_differ_by_key_year_and_code)
{
	/* A year and a code that join to the same characters are other ones. */
	static const struct text years[] = { TEXT_INIT("2021"), TEXT_INIT("2022"), TEXT_INIT("20219") };
	static const struct text codes[] = { TEXT_INIT("91320000SAMPLE0017"), TEXT_INIT("91320000SAMPLE0018"),
	                                     TEXT_INIT("1320000SAMPLE0017") };
	enum { KEYS = 2, ALL = KEYS * 9 };
	char passwords[ALL][KEY_PASSWORD_SIZE];
	size_t count = 0;
	for (int k = 0; k < KEYS; k++) {
		struct key key = { .bytes = { (unsigned char)(k + 1) } };
		for (size_t y = 0; y < 3; y++)
			for (size_t c = 0; c < 3; c++)
				key_password(&key, years[y], codes[c], passwords[count++]);
	}
	for (size_t i = 0; i < ALL; i++)
		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(passwords[i], passwords[j]);
}
END_TEST

/* Lists that were printed must stay true: what follows from a key never changes. */
START_TEST(a_password_is_the_same_for_ever)
{
	struct key key = { .bytes = { 1, 2, 3 } };
	char password[KEY_PASSWORD_SIZE];
	key_password(&key, year, code, password);
	ck_assert_str_eq(password, "4xsc3sj72yarhqz7"); /* hashlib.blake2b of Python says the same */
}
END_TEST

START_TEST(a_key_is_never_replaced)
{
	ck_assert(key_new(path, diag));
	struct text before = file_text();
	ck_assert(!key_new(path, diag));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_KEY_EXISTS), 1);
	ck_assert(text_equal(before, file_text()));
	ck_assert(!key_new("/nowhere/at/all/year.key", diag));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_FILE_UNWRITABLE), 1);
}
END_TEST

START_TEST(a_key_that_others_read_is_refused)
{
	struct key key;
	ck_assert(key_new(path, diag));
	static const mode_t modes[] = { 0640, 0604, 0660, 0610, 0601 };
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		ck_assert_int_eq(chmod(path, modes[i]), 0);
		ck_assert(!key_load(path, &key, diag));
		ck_assert(key.bytes[0] == 0 && key.bytes[31] == 0);
	}
	ck_assert_uint_ge(diag_count_of(diag, DIAG_KEY_OPEN), 1);
}
END_TEST

/* Cut, lengthened, or one character another. */
START_TEST(a_damaged_key_is_refused)
{
	struct key key;
	ck_assert(key_new(path, diag));
	struct text whole = file_text();
	for (size_t i = 0; i < whole.size; i++) {
		char *bytes = text_string(arena, whole);
		bytes[i] = bytes[i] == 'a' ? 'b' : 'a';
		ck_assert_int_eq(file_write(path, (struct text){ bytes, whole.size }, 0600), 0);
		ck_assert_msg(!key_load(path, &key, diag), "byte %zu", i);
		ck_assert_int_eq(file_write(path, text_slice(whole, 0, i), 0600), 0);
		ck_assert(!key_load(path, &key, diag));
	}
	struct text longer = text_format(arena, "%.*s\n", TEXT_ARGS(whole));
	ck_assert_int_eq(file_write(path, longer, 0600), 0);
	ck_assert(!key_load(path, &key, diag));
	ck_assert_uint_ge(diag_count_of(diag, DIAG_KEY_DAMAGED), 1);
	ck_assert_int_eq(file_write(path, whole, 0600), 0);
	ck_assert(key_load(path, &key, diag));
	ck_assert(!key_load(folder, &key, diag));
	ck_assert(!key_load("/nowhere/year.key", &key, diag));
}
END_TEST

START_TEST(owner_passwords_are_random)
{
	char one[KEY_OWNER_SIZE], two[KEY_OWNER_SIZE];
	key_owner_password(one);
	key_owner_password(two);
	ck_assert_uint_eq(strlen(one), KEY_OWNER_SIZE - 1);
	ck_assert_str_ne(one, two);
	key_wipe_bytes(one, sizeof one);
	ck_assert_str_eq(one, "");
}
END_TEST

/* Neither the key nor a part of it is in any message. */
START_TEST(no_message_holds_the_key)
{
	struct key key;
	struct buf told;
	ck_assert(key_new(path, diag) && key_load(path, &key, diag));
	struct text whole = file_text(), hex = text_slice(whole, text_find(whole, TEXT("\n")) + 1, 64);
	ck_assert(!key_new(path, diag));
	ck_assert_int_eq(file_write(path, text_slice(whole, 0, whole.size - 4), 0600), 0);
	ck_assert(!key_load(path, &key, diag));
	ck_assert_int_eq(chmod(path, 0644), 0);
	ck_assert(!key_load(path, &key, diag));
	buf_init(&told, BUF_LIMIT_PAGE);
	diag_write(diag, DIAG_FORMAT_JSONL, LANGUAGE_ENGLISH, &told);
	ck_assert(told.size > 0);
	for (size_t i = 0; i + 8 <= hex.size; i += 4)
		ck_assert(!text_contains(buf_view(&told), text_slice(hex, i, 8)));
	buf_clear(&told);
}
END_TEST

Suite *send_key_suite(void)
{
	Suite *suite = suite_create("send/key");
	TCase *tcase = tcase_create("key");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, a_key_is_made_and_read);
	tcase_add_test(tcase, passwords_differ_by_key_year_and_code);
	tcase_add_test(tcase, a_password_is_the_same_for_ever);
	tcase_add_test(tcase, a_key_is_never_replaced);
	tcase_add_test(tcase, a_key_that_others_read_is_refused);
	tcase_add_test(tcase, a_damaged_key_is_refused);
	tcase_add_test(tcase, owner_passwords_are_random);
	tcase_add_test(tcase, no_message_holds_the_key);
	suite_add_tcase(suite, tcase);
	return suite;
}
