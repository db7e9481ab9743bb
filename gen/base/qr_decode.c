/* SPDX-License-Identifier: MIT
 *
 * ISO/IEC 18004:2015, read backwards.  Nothing is corrected, so every step may demand that all is exactly as it would be
 * written.  x is the column, y the row, both from the top left module.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/qr.h"

enum { LEVELS = 4, VERSIONS = 41, CODEWORDS_MOST = 3706, BLOCK_MOST = 160 };
enum { VERSION_INFORMATION = 7 /* from this version on */, ALIGN_MOST = 7 };

/* Table 9, by level (L M Q H) and version: codewords of correction in a block, and how many blocks there are. */
static const unsigned char corrections[LEVELS][VERSIONS] = {
	{ 0, 7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
	  28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 },
	{ 0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
	  26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28 },
	{ 0, 13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
	  28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 },
	{ 0, 17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
	  30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 },
};
static const unsigned char block_counts[LEVELS][VERSIONS] = {
	{ 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8,
	  8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25 },
	{ 0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
	  17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49 },
	{ 0, 1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20,
	  23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68 },
	{ 0, 1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
	  25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81 },
};

struct reader {
	const struct qr *qr;
	size_t side, version;
	unsigned level, mask;
	unsigned char is_function[QR_SIDE_MOST * QR_SIDE_MOST];
	unsigned char codewords[CODEWORDS_MOST], data[CODEWORDS_MOST];
	size_t codeword_count, data_count;
};

static bool is_dark(const struct reader *reader, size_t x, size_t y)
{
	return reader->qr->modules[y * reader->side + x] & 1;
}

/* ---- what stands in every code of the version ----------------------------------------------- */

/* Marks the module as one that holds no data; is it as it should be? */
static bool expect(struct reader *reader, size_t x, size_t y, bool dark)
{
	reader->is_function[y * reader->side + x] = 1;
	return is_dark(reader, x, y) == dark;
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* A finder pattern about (cx, cy) with the white around it. */
static bool expect_finder(struct reader *reader, size_t cx, size_t cy)
{
	bool is_good = true;
	for (size_t y = 0; y < reader->side; y++)
		for (size_t x = 0; x < reader->side; x++) {
			size_t dx = distance(x, cx), dy = distance(y, cy), ring = dx > dy ? dx : dy;
			if (ring <= 4)
				is_good &= expect(reader, x, y, ring != 2 && ring != 4);
		}
	return is_good;
}

static bool expect_timing(struct reader *reader)
{
	bool is_good = true;
	for (size_t i = 8; i < reader->side - 8; i++)
		is_good &= expect(reader, i, 6, i % 2 == 0) & expect(reader, 6, i, i % 2 == 0);
	return is_good;
}

static size_t alignments(size_t version, size_t at[ALIGN_MOST])
{
	if (version == 1)
		return 0;
	size_t count = version / 7 + 2, step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
	at[0] = 6;
	for (size_t i = count - 1, place = version * 4 + 10; i > 0; i--, place -= step)
		at[i] = place;
	return count;
}

static bool expect_alignments(struct reader *reader)
{
	size_t at[ALIGN_MOST], count = alignments(reader->version, at);
	bool is_good = true;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++) {
			bool is_finder = (i == 0 && (k == 0 || k == count - 1)) || (i == count - 1 && k == 0);
			for (size_t cell = 0; cell < 25 && !is_finder; cell++) {
				size_t x = at[i] + cell % 5 - 2, y = at[k] + cell / 5 - 2;
				size_t dx = distance(x, at[i]), dy = distance(y, at[k]);
				is_good &= expect(reader, x, y, (dx > dy ? dx : dy) != 1);
			}
		}
	return is_good;
}

/* ---- format and version ------------------------------------------------------------------------ */

/* `bits` of data with the remainder that its polynomial leaves behind it (annexes C and D). */
static uint32_t with_remainder(uint32_t bits, uint32_t polynomial, int count)
{
	uint32_t remainder = bits;
	for (int i = 0; i < count; i++)
		remainder = remainder << 1 ^ (remainder >> (count - 1)) * polynomial;
	return bits << count | remainder;
}

static void put_bit(struct reader *reader, uint32_t *bits, int shift, size_t x, size_t y)
{
	reader->is_function[y * reader->side + x] = 1;
	*bits |= (uint32_t)is_dark(reader, x, y) << shift;
}

static bool read_format(struct reader *reader)
{
	static const unsigned char levels[LEVELS] = { 1, 0, 3, 2 }; /* 00 is M, 01 L, 10 H, 11 Q */
	uint32_t first = 0, second = 0;
	for (int i = 0; i < 15; i++) {
		size_t n = (size_t)i, side = reader->side;
		if (i < 8)
			put_bit(reader, &first, i, 8, n + (i > 5));
		else
			put_bit(reader, &first, i, i == 8 ? 7 : 14 - n, 8);
		if (i < 8)
			put_bit(reader, &second, i, side - 1 - n, 8);
		else
			put_bit(reader, &second, i, 8, side - 15 + n);
	}
	uint32_t data = (first ^ 0x5412) >> 10;
	if (first != second || first != (with_remainder(data, 0x537, 10) ^ 0x5412))
		return false;
	reader->level = levels[data >> 3];
	reader->mask = data & 7;
	return expect(reader, 8, reader->side - 8, true);
}

static bool read_version(struct reader *reader)
{
	uint32_t first = 0, second = 0;
	if (reader->version < VERSION_INFORMATION)
		return true;
	for (int i = 0; i < 18; i++) {
		size_t a = reader->side - 11 + (size_t)i % 3, b = (size_t)i / 3;
		put_bit(reader, &first, i, a, b);
		put_bit(reader, &second, i, b, a);
	}
	return first == second && first == with_remainder((uint32_t)reader->version, 0x1F25, 12);
}

/* ---- codewords ---------------------------------------------------------------------------------- */

static bool is_inverted(unsigned mask, size_t x, size_t y)
{
	switch (mask) {
	case 0: return (x + y) % 2 == 0;
	case 1: return y % 2 == 0;
	case 2: return x % 3 == 0;
	case 3: return (x + y) % 3 == 0;
	case 4: return (x / 3 + y / 2) % 2 == 0;
	case 5: return x * y % 2 + x * y % 3 == 0;
	case 6: return (x * y % 2 + x * y % 3) % 2 == 0;
	default: return ((x + y) % 2 + x * y % 3) % 2 == 0;
	}
}

/* Two columns at a time from the right, upwards and downwards by turns; the vertical timing pattern is passed over. */
static void read_codewords(struct reader *reader)
{
	size_t bits = 0, side = reader->side;
	bool is_upward = true;
	for (size_t right = side - 1; right >= 1 && right < side; right -= 2, is_upward = !is_upward) {
		if (right == 6)
			right = 5;
		for (size_t i = 0; i < 2 * side; i++) {
			size_t y = is_upward ? side - 1 - i / 2 : i / 2, x = right - i % 2;
			if (reader->is_function[y * side + x] || bits / 8 >= reader->codeword_count)
				continue;
			bool bit = is_dark(reader, x, y) != is_inverted(reader->mask, x, y);
			unsigned char *codeword = &reader->codewords[bits++ / 8];
			*codeword = (unsigned char)(*codeword << 1 | bit);
		}
	}
}

static size_t count_codewords(const struct reader *reader)
{
	size_t modules = 0;
	for (size_t i = 0; i < reader->side * reader->side; i++)
		modules += !reader->is_function[i];
	return modules / 8;
}

/* ---- correction ----------------------------------------------------------------------------------- */

/* In the field of 256 elements with x⁸ + x⁴ + x³ + x² + 1. */
static unsigned multiply(unsigned a, unsigned b)
{
	unsigned product = 0;
	for (int i = 7; i >= 0; i--) {
		product = product << 1 ^ (product >> 7) * 0x11D;
		product ^= (b >> i & 1) * a;
	}
	return product;
}

/* The block's polynomial is zero at every power of 2 that its correction has. */
static bool is_sound(const unsigned char *block, size_t size, size_t correction)
{
	unsigned root = 1;
	for (size_t i = 0; i < correction; i++, root = multiply(root, 2)) {
		unsigned value = 0;
		for (size_t k = 0; k < size; k++)
			value = multiply(value, root) ^ block[k];
		if (value)
			return false;
	}
	return true;
}

/* Codewords of the blocks stand by turns, those of correction behind all data; the last blocks may have one more of data. */
static bool take_blocks(struct reader *reader)
{
	size_t count = block_counts[reader->level][reader->version], correction = corrections[reader->level][reader->version];
	size_t size = reader->codeword_count / count, longer = reader->codeword_count % count, data = size - correction;
	for (size_t b = 0; b < count; b++) {
		unsigned char block[BLOCK_MOST];
		size_t used = 0, behind = data * count;
		for (size_t i = 0; i < data; i++)
			block[used++] = reader->codewords[i * count + b];
		if (b >= count - longer)
			block[used++] = reader->codewords[behind + b - (count - longer)];
		memcpy(reader->data + reader->data_count, block, used);
		reader->data_count += used;
		for (size_t i = 0; i < correction; i++)
			block[used++] = reader->codewords[behind + longer + i * count + b];
		if (!is_sound(block, used, correction))
			return false;
	}
	return true;
}

/* ---- text ------------------------------------------------------------------------------------------- */

struct bits {
	const unsigned char *at;
	size_t count, used; /* bits */
	bool is_over;
};

static unsigned take(struct bits *bits, size_t count)
{
	unsigned value = 0;
	if (bits->count - bits->used < count) {
		bits->is_over = true;
		return 0;
	}
	for (; count; count--, bits->used++)
		value = value << 1 | (bits->at[bits->used / 8] >> (7 - bits->used % 8) & 1);
	return value;
}

static void take_numbers(struct bits *bits, size_t count, struct buf *out)
{
	static const unsigned char widths[] = { 0, 4, 7, 10 };
	static const unsigned limits[] = { 0, 10, 100, 1000 };
	for (size_t digits; count && !bits->is_over; count -= digits) {
		digits = count < 3 ? count : 3;
		unsigned value = take(bits, widths[digits]);
		bits->is_over |= value >= limits[digits];
		for (unsigned unit = limits[digits] / 10; unit && !bits->is_over; unit /= 10)
			buf_byte(out, (char)('0' + value / unit % 10));
	}
}

static void take_letters(struct bits *bits, size_t count, struct buf *out)
{
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	for (; count > 1 && !bits->is_over; count -= 2) {
		unsigned value = take(bits, 11);
		bits->is_over |= value >= 45 * 45;
		buf_byte(out, letters[value / 45 % 45]);
		buf_byte(out, letters[value % 45]);
	}
	if (count && !bits->is_over) {
		unsigned value = take(bits, 6);
		bits->is_over |= value >= 45;
		buf_byte(out, letters[value % 45]);
	}
}

static bool take_text(const struct reader *reader, struct buf *out)
{
	static const unsigned char widths[3][3] = { { 10, 9, 8 }, { 12, 11, 16 }, { 14, 13, 16 } };
	struct bits bits = { .at = reader->data, .count = reader->data_count * 8 };
	size_t size_class = (size_t)(reader->version > 9) + (reader->version > 26);
	while (!bits.is_over && bits.count - bits.used >= 4) {
		unsigned mode = take(&bits, 4);
		if (mode == 0)
			break;
		if (mode != 1 && mode != 2 && mode != 4)
			return false;
		size_t count = take(&bits, widths[size_class][mode / 2]);
		if (mode == 1)
			take_numbers(&bits, count, out);
		else if (mode == 2)
			take_letters(&bits, count, out);
		for (; mode == 4 && count && !bits.is_over; count--)
			buf_byte(out, (char)take(&bits, 8));
	}
	return !bits.is_over && !out->overflowed;
}

static bool read(struct reader *reader, struct buf *out)
{
	size_t far = reader->side - 4;
	if (!expect_finder(reader, 3, 3) || !expect_finder(reader, far, 3) || !expect_finder(reader, 3, far) ||
	    !expect_timing(reader) || !expect_alignments(reader) || !read_format(reader) || !read_version(reader))
		return false;
	reader->codeword_count = count_codewords(reader);
	read_codewords(reader);
	return take_blocks(reader) && take_text(reader, out);
}

bool qr_decode(const struct qr *qr, struct buf *out)
{
	if (qr->side < QR_SIDE_LEAST || qr->side > QR_SIDE_MOST || qr->side % 4 != 1)
		return false;
	struct reader *reader = memory_resize(NULL, sizeof *reader);
	size_t before = out->size;
	memset(reader, 0, sizeof *reader);
	reader->qr = qr;
	reader->side = qr->side;
	reader->version = (qr->side - 17) / 4;
	bool is_read = read(reader, out);
	free(reader);
	if (is_read)
		return true;
	out->size = before;
	out->at[before] = '\0';
	return false;
}
