/* SPDX-License-Identifier: MIT */
#include "send/cipher.h"

#include <check.h>

#include "base/buf.h"

Suite *send_cipher_suite(void);

static struct cipher *cipher;
static struct buf first, second;

static void set_up(void)
{
	cipher = cipher_new("abcd2345efgh6789", "zyxw9876zyxw9876", CIPHER_PRINT | CIPHER_READ_ALOUD | CIPHER_PRINT_FINE);
	buf_init(&first, BUF_LIMIT_PAGE);
	buf_init(&second, BUF_LIMIT_PAGE);
}

static void tear_down(void)
{
	cipher_free(cipher);
	buf_clear(&first);
	buf_clear(&second);
}

/* Equal plain text must not be seen to be equal: a vector at random before each. */
START_TEST(the_same_bytes_are_never_the_same_again)
{
	struct text bytes = TEXT("示例甲机械有限公司，示例甲机械有限公司，示例甲机械有限公司");
	cipher_add(cipher, bytes, &first);
	cipher_add(cipher, bytes, &second);
	ck_assert_uint_eq(first.size, second.size);
	for (size_t at = 0; at < first.size; at += 16)
		ck_assert(!text_contains(buf_view(&second), text_slice(buf_view(&first), at, 16)));
	ck_assert(!text_contains(buf_view(&first), TEXT("示例")));
}
END_TEST

/* A vector and whole blocks, the last never without filling. */
START_TEST(sizes_are_those_of_whole_blocks)
{
	static const size_t sizes[][2] = { { 0, 32 }, { 1, 32 }, { 15, 32 }, { 16, 48 }, { 17, 48 }, { 31, 48 }, { 32, 64 } };
	static const char bytes[32];
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		buf_reset(&first);
		buf_string(&first, "before");
		cipher_add(cipher, (struct text){ bytes, sizes[i][0] }, &first);
		ck_assert_uint_eq(first.size, strlen("before") + sizes[i][1]);
		ck_assert_uint_eq(cipher_size(sizes[i][0]), sizes[i][1]);
		ck_assert(text_starts(buf_view(&first), "before"));
	}
}
END_TEST

/* With the same passwords, too: salts and key are at random. */
START_TEST(no_two_files_have_anything_in_common)
{
	static const char *const names[] = { "/U<", "/UE<", "/O<", "/OE<", "/Perms<" };
	struct cipher *other = cipher_new("abcd2345efgh6789", "zyxw9876zyxw9876", CIPHER_PRINT | CIPHER_READ_ALOUD | CIPHER_PRINT_FINE);
	cipher_write_dict(cipher, &first);
	cipher_write_dict(other, &second);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t at = text_find(buf_view(&first), text_from(names[i])) + strlen(names[i]);
		ck_assert_uint_lt(at + 32, first.size);
		ck_assert(!text_contains(buf_view(&second), text_slice(buf_view(&first), at, 32)));
	}
	ck_assert(text_contains(buf_view(&first), TEXT("/V 5/R 6/Length 256/P -1340/EncryptMetadata true")));
	cipher_free(other);
}
END_TEST

START_TEST(a_full_buffer_is_left_at_its_limit)
{
	struct buf small;
	buf_init(&small, 40);
	cipher_add(cipher, TEXT("0123456789012345678901234567890123456789"), &small);
	ck_assert(small.overflowed);
	buf_clear(&small);
}
END_TEST

Suite *send_cipher_suite(void)
{
	Suite *suite = suite_create("send/cipher");
	TCase *tcase = tcase_create("cipher");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, the_same_bytes_are_never_the_same_again);
	tcase_add_test(tcase, sizes_are_those_of_whole_blocks);
	tcase_add_test(tcase, no_two_files_have_anything_in_common);
	tcase_add_test(tcase, a_full_buffer_is_left_at_its_limit);
	suite_add_tcase(suite, tcase);
	return suite;
}
