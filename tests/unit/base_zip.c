/* SPDX-License-Identifier: MIT */
#include "base/zip.h"

#include <check.h>
#include <zlib.h>

#include "base/deflate.h"

Suite *base_zip_suite(void);

START_TEST(knows_the_check_value)
{
	ck_assert_uint_eq(deflate_crc(TEXT("123456789")), 0xcbf43926);
	ck_assert_uint_eq(deflate_crc(NO_TEXT), 0);
}
END_TEST

static uint32_t number_at(const struct buf *buf, size_t offset, size_t bytes)
{
	uint32_t number = 0;
	for (size_t i = bytes; i-- > 0;)
		number = number << 8 | (unsigned char)buf->at[offset + i];
	return number;
}

/* By another hand than the one that packed it. */
static const char *unpacked(const char *at, size_t size)
{
	static char out[64];
	z_stream stream = { .next_in = (unsigned char *)(uintptr_t)at, .avail_in = (unsigned)size, .next_out = (unsigned char *)out, .avail_out = sizeof out - 1 };
	ck_assert_int_eq(inflateInit2(&stream, -15), Z_OK);
	ck_assert_int_eq(inflate(&stream, Z_FINISH), Z_STREAM_END);
	out[stream.total_out] = 0;
	inflateEnd(&stream);
	return out;
}

START_TEST(lays_out_an_archive)
{
	struct buf buf;
	struct zip zip;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_string(&buf, "what was there before");
	zip_init(&zip, &buf);
	zip_add(&zip, "a.txt", TEXT("123456789"));
	zip_add(&zip, "b/c.txt", NO_TEXT);
	zip_close(&zip);
	size_t packed = number_at(&buf, 18, 4), nothing = 5 /* an empty stored block */;
	size_t second = 30 + 5 + packed, directory = second + 30 + 7 + nothing, end = directory + 2 * 46 + 5 + 7;
	ck_assert_uint_eq(buf.size, end + 22);
	ck_assert(memcmp(buf.at, "PK\3\4", 4) == 0 && memcmp(buf.at + second, "PK\3\4", 4) == 0);
	ck_assert(memcmp(buf.at + directory, "PK\1\2", 4) == 0 && memcmp(buf.at + end, "PK\5\6", 4) == 0);
	ck_assert(memcmp(buf.at + 30, "a.txt", 5) == 0);
	ck_assert_str_eq(unpacked(buf.at + 35, packed), "123456789");
	ck_assert_uint_eq(number_at(&buf, 8, 2), 8);
	ck_assert_uint_eq(number_at(&buf, 14, 4), 0xcbf43926);
	ck_assert_uint_eq(number_at(&buf, 22, 4), 9);
	ck_assert_uint_eq(number_at(&buf, directory + 46 + 5 + 42, 4), second);
	ck_assert_uint_eq(number_at(&buf, end + 10, 2), 2);
	ck_assert_uint_eq(number_at(&buf, end + 12, 4), end - directory);
	ck_assert_uint_eq(number_at(&buf, end + 16, 4), directory);
	buf_clear(&buf);
}
END_TEST

Suite *base_zip_suite(void)
{
	Suite *suite = suite_create("base/zip");
	TCase *tcase = tcase_create("zip");
	tcase_add_test(tcase, knows_the_check_value);
	tcase_add_test(tcase, lays_out_an_archive);
	suite_add_tcase(suite, tcase);
	return suite;
}
