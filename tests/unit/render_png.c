/* SPDX-License-Identifier: MIT
 *
 * Files read back by libpng (through Cairo): what was drawn is what is seen.
 */
#define _GNU_SOURCE /* memmem */
#include "render/png.h"

#include <cairo.h>
#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/deflate.h"

Suite *render_png_suite(void);

enum { SIDE = 40 };

static uint32_t pixels[SIDE * SIDE];
static struct buf out;

static void setup(void) { buf_init(&out, BUF_LIMIT_PAGE); }
static void teardown(void) { buf_clear(&out); }

static struct png picture(struct text words)
{
	return (struct png){ .pixels = (const unsigned char *)pixels, .width = SIDE - 1, .height = SIDE, .stride = SIDE * 4, .words = words };
}

struct reading {
	struct text rest;
};

static cairo_status_t give(void *context, unsigned char *bytes, unsigned int size)
{
	struct reading *reading = context;
	if (reading->rest.size < size)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(bytes, reading->rest.at, size);
	reading->rest = text_slice(reading->rest, size, reading->rest.size);
	return CAIRO_STATUS_SUCCESS;
}

/* The largest distance of a channel from what was drawn. */
static int distance(void)
{
	struct reading reading = { buf_view(&out) };
	cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(give, &reading);
	ck_assert_int_eq(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
	ck_assert_uint_eq(reading.rest.size, 0);
	ck_assert_int_eq(cairo_image_surface_get_width(surface), SIDE - 1);
	ck_assert_int_eq(cairo_image_surface_get_height(surface), SIDE);
	const unsigned char *seen = cairo_image_surface_get_data(surface);
	int most = 0;
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE - 1; x++)
			for (int i = 0; i < 3; i++) {
				int by = seen[y * cairo_image_surface_get_stride(surface) + x * 4 + i] - (int)(pixels[y * SIDE + x] >> (8 * i) & 255);
				most = abs(by) > most ? abs(by) : most;
			}
	cairo_surface_destroy(surface);
	return most;
}

START_TEST(few_colours_are_kept)
{
	static const uint32_t colours[] = { 0xFFFFFFFF, 0x00000000, 0xFF1F3A68, 0x12936800 };
	for (int i = 0; i < SIDE * SIDE; i++)
		pixels[i] = colours[i * i % 7 % 4];
	struct png png = picture(NO_TEXT);
	ck_assert(png_write(&png, &out));
	ck_assert_int_eq(distance(), 0);
	ck_assert_ptr_null(memmem(out.at, out.size, "iTXt", 4));
}
END_TEST

/* Runs of one colour, with one pixel at each of its places that differs in one channel. */
START_TEST(runs_end_where_they_do)
{
	for (int i = 0; i < SIDE * SIDE; i++) {
		int y = i / SIDE, x = i % SIDE;
		pixels[i] = 0xFF000000u | (y % 3 ? 0x1F3A68 : 0) | (uint32_t)(x == y) << (8 * (y % 3));
	}
	struct png png = picture(NO_TEXT);
	ck_assert(png_write(&png, &out));
	ck_assert_int_eq(distance(), 0);
}
END_TEST

START_TEST(many_colours_are_rounded)
{
	for (int i = 0; i < SIDE * SIDE; i++)
		pixels[i] = _i ? (uint32_t)i * UINT32_C(0x9E3779B1) >> 8 : (uint32_t)(i % 300) * 0x10101u & 0xFFFFFF;
	pixels[0] = 0xFFFFFF;
	pixels[1] = 0;
	struct png png = picture(NO_TEXT);
	ck_assert(png_write(&png, &out));
	ck_assert_int_le(distance(), _i ? 26 : 5); /* of 6 shades, of 32 */
	struct buf again;
	buf_init(&again, BUF_LIMIT_PAGE);
	ck_assert(png_write(&png, &again));
	ck_assert(text_equal(buf_view(&out), buf_view(&again)));
	buf_clear(&again);
}
END_TEST

START_TEST(tells_its_words)
{
	struct png png = picture(TEXT("江苏省\n名单"));
	ck_assert(png_write(&png, &out));
	size_t at = text_find(buf_view(&out), TEXT("iTXt"));
	ck_assert_uint_eq(at, 8 + 25 + 4); /* the second chunk */
	struct text chunk = text_slice(buf_view(&out), at, 4 + 18 + 16);
	ck_assert(text_ends(chunk, "江苏省\n名单"));
	uint32_t crc = 0;
	for (size_t i = 0; i < 4; i++)
		crc = crc << 8 | (unsigned char)chunk.at[chunk.size + i];
	ck_assert_uint_eq(crc, deflate_crc(chunk));
	distance();
}
END_TEST

START_TEST(a_full_buffer_fails)
{
	struct png png = picture(NO_TEXT);
	for (size_t limit = 0; limit < 90; limit += 11) {
		struct buf small;
		buf_init(&small, limit);
		ck_assert(!png_write(&png, &small));
		buf_clear(&small);
	}
}
END_TEST

Suite *render_png_suite(void)
{
	Suite *suite = suite_create("render/png");
	TCase *tcase = tcase_create("png");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, few_colours_are_kept);
	tcase_add_test(tcase, runs_end_where_they_do);
	tcase_add_loop_test(tcase, many_colours_are_rounded, 0, 2);
	tcase_add_test(tcase, tells_its_words);
	tcase_add_test(tcase, a_full_buffer_fails);
	suite_add_tcase(suite, tcase);
	return suite;
}
