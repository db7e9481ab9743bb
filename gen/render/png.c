/* SPDX-License-Identifier: MIT */
#include "render/png.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/deflate.h"

enum { COLOURS = 256, SLOTS = 1024, RGB = 0xFFFFFF, EIGHT = 8 };

/* Colours in the order in which they are met; slots hold 1 + their number. */
struct palette {
	uint32_t colours[COLOURS];
	uint16_t slots[SLOTS];
	size_t count;
	unsigned shades; /* a channel; 0: all of them */
};

static uint32_t rounded(uint32_t colour, unsigned shades)
{
	uint32_t result = 0;
	if (!shades)
		return colour & RGB;
	for (unsigned shift = 0; shift < 24; shift += 8) {
		uint32_t shade = ((colour >> shift & 255) * (shades - 1) + 127) / 255;
		result |= (shade * 255 + (shades - 1) / 2) / (shades - 1) << shift;
	}
	return result;
}

/* The number of a colour; COLOURS: there is no room for one more. */
static size_t number_of(struct palette *palette, uint32_t colour)
{
	size_t slot = (colour * UINT32_C(0x9E3779B1)) >> 22;
	while (palette->slots[slot] && palette->colours[palette->slots[slot] - 1] != colour)
		slot = (slot + 1) % SLOTS;
	if (palette->slots[slot])
		return palette->slots[slot] - 1u;
	if (palette->count == COLOURS)
		return COLOURS;
	palette->colours[palette->count++] = colour;
	palette->slots[slot] = (uint16_t)palette->count;
	return palette->count - 1;
}

/* How many of the next pixels are of the last colour, by eights: most of a page is its ground. */
static int count_alike(const unsigned char *from, int most, uint32_t last)
{
	const uint64_t two = last | (uint64_t)last << 32;
	uint64_t words[EIGHT / 2];
	int count = 0;
	for (; count + EIGHT <= most; count += EIGHT, from += sizeof words) {
		memcpy(words, from, sizeof words);
		uint64_t differs = (words[0] ^ two) | (words[1] ^ two) | (words[2] ^ two) | (words[3] ^ two);
		if (differs & (RGB | (uint64_t)RGB << 32))
			break;
	}
	return count;
}

/* Rows of numbers, each behind a 0: no filter, which suits numbers that mean nothing.  False: too many colours. */
static bool number_pixels(const struct png *png, struct palette *palette, unsigned char *rows)
{
	uint32_t last = 0, pixel;
	size_t number = number_of(palette, 0);
	for (int y = 0; y < png->height; y++) {
		const unsigned char *from = png->pixels + (size_t)y * png->stride;
		*rows++ = 0;
		for (int x = 0; x < png->width; x++, from += sizeof pixel) {
			int alike = count_alike(from, png->width - x, last);
			memset(rows, (int)number, (size_t)alike);
			rows += alike;
			from += (size_t)alike * sizeof pixel;
			x += alike;
			if (x == png->width)
				break;
			memcpy(&pixel, from, sizeof pixel);
			if ((pixel & RGB) != last) {
				last = pixel & RGB;
				number = number_of(palette, rounded(last, palette->shades));
			}
			if (number == COLOURS)
				return false;
			*rows++ = (unsigned char)number;
		}
	}
	return true;
}

static void add_number(struct buf *out, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_byte(out, (char)(number >> shift & 255));
}

/* Opens a chunk; its bytes follow, then end_chunk with what this returned. */
static size_t begin_chunk(struct buf *out, const char *type)
{
	size_t start = out->size;
	add_number(out, 0);
	buf_string(out, type);
	return start;
}

static void end_chunk(struct buf *out, size_t start)
{
	if (out->overflowed)
		return;
	struct text body = text_slice(buf_view(out), start + 4, out->size);
	uint32_t size = (uint32_t)(body.size - 4);
	for (int i = 0; i < 4; i++)
		out->at[start + (size_t)i] = (char)(size >> (24 - 8 * i) & 255);
	add_number(out, deflate_crc(body));
}

static void add_header(const struct png *png, struct buf *out)
{
	buf_add(out, "\x89PNG\r\n\x1A\n", 8);
	size_t start = begin_chunk(out, "IHDR");
	add_number(out, (uint32_t)png->width);
	add_number(out, (uint32_t)png->height);
	buf_add(out, "\x08\x03\0\0\0", 5); /* 8 bits, palette, deflate, the five filters, not interlaced */
	end_chunk(out, start);
}

static void add_words(struct text words, struct buf *out)
{
	if (!words.size)
		return;
	size_t start = begin_chunk(out, "iTXt");
	buf_add(out, PNG_WORDS "\0\0\0zh\0", sizeof PNG_WORDS "\0\0\0zh\0"); /* not compressed; no translated keyword */
	buf_text(out, words);
	end_chunk(out, start);
}

static void add_palette(const struct palette *palette, struct buf *out)
{
	size_t start = begin_chunk(out, "PLTE");
	for (size_t i = 0; i < palette->count; i++)
		for (int shift = 16; shift >= 0; shift -= 8)
			buf_byte(out, (char)(palette->colours[i] >> shift & 255));
	end_chunk(out, start);
}

static bool add_rows(struct text rows, struct buf *out)
{
	struct deflater *deflater = deflater_new();
	size_t start = begin_chunk(out, "IDAT");
	bool is_good = deflater_add(deflater, DEFLATE_SMALL, rows, out);
	end_chunk(out, start);
	deflater_free(deflater);
	return is_good;
}

bool png_write(const struct png *png, struct buf *out)
{
	static const unsigned shades[] = { 0, 32, 16, 8, 6 };
	size_t size = ((size_t)png->width + 1) * (size_t)png->height;
	unsigned char *rows = memory_resize(NULL, size);
	struct palette palette;
	size_t i = 0;
	do
		palette = (struct palette){ .shades = shades[i++] };
	while (!number_pixels(png, &palette, rows)); /* 6 × 6 × 6 colours always fit */
	add_header(png, out);
	add_words(png->words, out);
	add_palette(&palette, out);
	bool is_good = add_rows((struct text){ (const char *)rows, size }, out);
	end_chunk(out, begin_chunk(out, "IEND"));
	free(rows);
	return is_good && !out->overflowed;
}
