/* SPDX-License-Identifier: MIT */
#include "render/srgb.h"

#include "base/buf.h"

#include <stdint.h>

enum { CURVE_POINTS = 1024, HEADER_SIZE = 128, TAGS = 9 };

struct tag {
	char name[5];
	uint32_t offset, size;
};

static void put(struct buf *out, uint32_t value, int size)
{
	while (size-- > 0)
		buf_byte(out, (char)(value >> (8 * size) & 0xFF));
}

static void put_zeros(struct buf *out, size_t count)
{
	while (count-- > 0)
		buf_byte(out, 0);
}

/* Up to a multiple of four, where the next tag begins. */
static void pad(struct buf *out, size_t start)
{
	put_zeros(out, (4 - (out->size - start) % 4) % 4);
}

/* In 1/65536. */
static void put_xyz(struct buf *out, const int32_t xyz[3])
{
	buf_string(out, "XYZ ");
	put(out, 0, 4);
	for (int i = 0; i < 3; i++)
		put(out, (uint32_t)xyz[i], 4);
}

/*
 * x^(1/5) of a number from 0 to 1 by Newton's steps: no library's pow decides our bytes,
 * only IEEE's four operations do.
 */
static double fifth_root(double x)
{
	double root = 1;
	for (int i = 0; i < 60 && x > 0; i++)
		root = (4 * root + x / (root * root * root * root)) / 5;
	return root;
}

/* IEC 61966-2-1: from the stored value to light; x^2.4 = x² · (x^(1/5))². */
static double light(double value)
{
	if (value <= 0.04045)
		return value / 12.92;
	double x = (value + 0.055) / 1.055, root = fifth_root(x);
	return x * x * root * root;
}

static void put_curve(struct buf *out)
{
	buf_string(out, "curv");
	put(out, 0, 4);
	put(out, CURVE_POINTS, 4);
	for (int i = 0; i < CURVE_POINTS; i++)
		put(out, (uint32_t)(light((double)i / (CURVE_POINTS - 1)) * 65535 + 0.5), 2);
}

static void put_description(struct buf *out)
{
	static const char name[] = "sRGB IEC61966-2.1";
	buf_string(out, "desc");
	put(out, 0, 4);
	put(out, sizeof name, 4);
	buf_add(out, name, sizeof name);
	put_zeros(out, 4 + 4 + 2 + 1 + 67); /* no names in Unicode or Macintosh script */
}

static void put_text(struct buf *out, const char *text)
{
	buf_string(out, "text");
	put(out, 0, 4);
	buf_string(out, text);
	buf_byte(out, 0);
}

static void put_tags(struct buf *out, struct tag tags[TAGS], size_t start)
{
	static const int32_t white[3] = { 62289, 65536, 71372 }; /* D65 */
	/* The primaries adapted to D50 by Bradford's method, as in every sRGB profile. */
	static const int32_t red[3] = { 28578, 14581, 912 }, green[3] = { 25242, 46981, 6361 }, blue[3] = { 9376, 3974, 46799 };
	static const char names[TAGS][5] = { "desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC" };
	static const int32_t *const xyz[TAGS] = { [2] = white, [3] = red, [4] = green, [5] = blue };
	for (int i = 0; i < TAGS; i++) {
		memcpy(tags[i].name, names[i], sizeof names[i]);
		tags[i].offset = (uint32_t)(out->size - start);
		if (i > 6) { /* one curve for all three */
			tags[i].offset = tags[6].offset;
			tags[i].size = tags[6].size;
			continue;
		}
		if (i == 0)
			put_description(out);
		else if (i == 1)
			put_text(out, "public domain");
		else if (xyz[i])
			put_xyz(out, xyz[i]);
		else
			put_curve(out);
		tags[i].size = (uint32_t)(out->size - start) - tags[i].offset;
		pad(out, start);
	}
}

static void put_header(struct buf *out, uint32_t size)
{
	static const int32_t d50[3] = { 63190, 65536, 54061 };
	put(out, size, 4);
	put(out, 0, 4);
	put(out, 0x02100000, 4);
	buf_string(out, "mntrRGB XYZ ");
	for (int i = 0; i < 6; i++) /* a date that never changes: 2021-01-01 00:00:00 */
		put(out, i == 0 ? 2021 : i < 3, 2);
	buf_string(out, "acsp");
	put_zeros(out, 4 + 4 + 4 + 4 + 8 + 4);
	for (int i = 0; i < 3; i++)
		put(out, (uint32_t)d50[i], 4);
	put_zeros(out, HEADER_SIZE - 80);
}

void srgb_write_profile(struct buf *output)
{
	struct tag tags[TAGS];
	struct buf body;
	buf_init(&body, 1 << 16);
	put_zeros(&body, HEADER_SIZE + 4 + TAGS * 12);
	put_tags(&body, tags, 0);
	put_header(output, (uint32_t)body.size);
	put(output, TAGS, 4);
	for (int i = 0; i < TAGS; i++) {
		buf_add(output, tags[i].name, 4);
		put(output, tags[i].offset, 4);
		put(output, tags[i].size, 4);
	}
	size_t head = HEADER_SIZE + 4 + TAGS * 12;
	buf_add(output, body.at + head, body.size - head);
	buf_clear(&body);
}
