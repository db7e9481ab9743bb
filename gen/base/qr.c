/* SPDX-License-Identifier: MIT
 *
 * A code is drawn for every page of a site, so this one does what is asked of it and no more: level M, the smallest
 * version, letters and digits by themselves where that pays.  The tests hold it against libqrencode, whose choices
 * of mode and mask it shares, module by module; with qr_decode.c it shares nothing.
 */
#include "base/qr.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/qr_words.h"

enum { MASKS = 8, LINE_WORDS = 3 };

/* ---- modules -------------------------------------------------------------------------- */

/* A row or column by bits, the first lowest. */
struct line {
	uint64_t word[LINE_WORDS];
};

struct lines {
	struct line dark[QR_SIDE_MOST], is_data[QR_SIDE_MOST]; /* is_data: not of a pattern */
};

/* The same modules by rows and by columns: what is bad about a line is asked of both. */
struct matrix {
	size_t side, version;
	struct lines rows, columns;
};

static bool bit_of(const struct line *line, size_t at)
{
	return line->word[at / 64] >> (at % 64) & 1;
}

static void set_in(struct lines *lines, size_t line, size_t at, bool is_dark)
{
	const uint64_t bit = UINT64_C(1) << (at % 64);
	uint64_t *dark = &lines->dark[line].word[at / 64];
	lines->is_data[line].word[at / 64] &= ~bit;
	*dark = (*dark & ~bit) | (uint64_t)is_dark << (at % 64);
}

static void set_pattern(struct matrix *matrix, size_t x, size_t y, bool is_dark)
{
	set_in(&matrix->rows, y, x, is_dark);
	set_in(&matrix->columns, x, y, is_dark);
}

/* Squares within squares about a module: a finder pattern (radius 4, with its white) or an alignment pattern (2). */
static void draw_rings(struct matrix *matrix, size_t cx, size_t cy, size_t radius)
{
	for (size_t y = cy < radius ? 0 : cy - radius; y <= cy + radius && y < matrix->side; y++)
		for (size_t x = cx < radius ? 0 : cx - radius; x <= cx + radius && x < matrix->side; x++) {
			size_t dx = x > cx ? x - cx : cx - x, dy = y > cy ? y - cy : cy - y, ring = dx > dy ? dx : dy;
			set_pattern(matrix, x, y, radius == 4 ? ring != 2 && ring != 4 : ring != 1);
		}
}

static void draw_alignments(struct matrix *matrix)
{
	size_t at[7], count = matrix->version / 7 + 2, place = matrix->side - 7;
	size_t step = (matrix->version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
	if (matrix->version < 2)
		return;
	at[0] = 6;
	for (size_t i = count; i-- > 1; place -= step)
		at[i] = place;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++)
			if ((i || (k && k < count - 1)) && (k || i < count - 1))
				draw_rings(matrix, at[i], at[k], 2);
}

/* `bits` with the remainder of its polynomial behind it (annexes C and D of the standard). */
static uint32_t with_remainder(uint32_t bits, uint32_t polynomial, unsigned count)
{
	uint32_t value = bits << count;
	for (unsigned i = 32; i-- > count;)
		if (value >> i & 1)
			value ^= polynomial << (i - count);
	return bits << count | value;
}

static void draw_version(struct matrix *matrix)
{
	uint32_t bits = with_remainder((uint32_t)matrix->version, 0x1F25, 12);
	for (size_t i = 0; matrix->version >= 7 && i < 18; i++) {
		bool is_dark = bits >> i & 1;
		set_pattern(matrix, matrix->side - 11 + i % 3, i / 3, is_dark);
		set_pattern(matrix, i / 3, matrix->side - 11 + i % 3, is_dark);
	}
}

/* Level M is 00. */
static void draw_format(struct matrix *matrix, uint32_t mask)
{
	const size_t side = matrix->side;
	uint32_t bits = with_remainder(mask, 0x537, 10) ^ 0x5412;
	for (size_t i = 0; i < 15; i++) {
		bool is_dark = bits >> i & 1;
		if (i < 8) {
			set_pattern(matrix, side - 1 - i, 8, is_dark);
			set_pattern(matrix, 8, i + (i > 5), is_dark);
		} else {
			set_pattern(matrix, 8, side - 15 + i, is_dark);
			set_pattern(matrix, i == 8 ? 7 : 14 - i, 8, is_dark);
		}
	}
	set_pattern(matrix, 8, side - 8, true);
}

static void draw_patterns(struct matrix *matrix)
{
	const size_t side = matrix->side;
	for (size_t y = 0; y < side; y++)
		for (size_t i = 0; i * 64 < side; i++) {
			size_t left = side - i * 64;
			uint64_t all = left < 64 ? (UINT64_C(1) << left) - 1 : UINT64_MAX;
			matrix->rows.is_data[y].word[i] = matrix->columns.is_data[y].word[i] = all;
		}
	for (size_t i = 8; i < side - 8; i++) {
		set_pattern(matrix, i, 6, i % 2 == 0);
		set_pattern(matrix, 6, i, i % 2 == 0);
	}
	draw_alignments(matrix);
	draw_rings(matrix, 3, 3, 4);
	draw_rings(matrix, side - 4, 3, 4);
	draw_rings(matrix, 3, side - 4, 4);
	draw_version(matrix);
	draw_format(matrix, 0);
}

/* Two columns at a time from the right, upwards and downwards by turns; the vertical timing pattern is passed over. */
static void draw_codewords(struct matrix *matrix, const struct qr_words *words)
{
	const size_t side = matrix->side, count = words->count * 8;
	size_t bit = 0;
	bool is_upward = true;
	for (size_t right = side - 1; right < side; right -= 2, is_upward = !is_upward) {
		right -= right == 6;
		for (size_t i = 0; i < 2 * side && bit < count; i++) {
			size_t y = is_upward ? side - 1 - i / 2 : i / 2, x = right - i % 2;
			if (!bit_of(&matrix->rows.is_data[y], x))
				continue;
			uint64_t dark = words->bytes[bit / 8] >> (7 - bit % 8) & 1;
			matrix->rows.dark[y].word[x / 64] |= dark << (x % 64);
			matrix->columns.dark[x].word[y / 64] |= dark << (y % 64);
			bit++;
		}
		if (right < 2)
			break;
	}
}

/* ---- masks ------------------------------------------------------------------------------ */

enum { PERIOD = 12, DEMERIT_RUN = 3, DEMERIT_SQUARE = 3, DEMERIT_FINDER = 40, DEMERIT_SHARE = 10 };

/*
 * What a mask inverts, the first module of a line lowest: rows 0 to 11, after which all of it repeats, and so do its
 * columns.  By rows those of table 10 of the standard, in its order; behind them masks 1, 2 and 4 by columns: of the
 * others rows and columns are the same.
 */
static const uint16_t inverted[][PERIOD] = {
	{ 0x555, 0xAAA, 0x555, 0xAAA, 0x555, 0xAAA, 0x555, 0xAAA, 0x555, 0xAAA, 0x555, 0xAAA },
	{ 0xFFF, 0x000, 0xFFF, 0x000, 0xFFF, 0x000, 0xFFF, 0x000, 0xFFF, 0x000, 0xFFF, 0x000 },
	{ 0x249, 0x249, 0x249, 0x249, 0x249, 0x249, 0x249, 0x249, 0x249, 0x249, 0x249, 0x249 },
	{ 0x249, 0x924, 0x492, 0x249, 0x924, 0x492, 0x249, 0x924, 0x492, 0x249, 0x924, 0x492 },
	{ 0x1C7, 0x1C7, 0xE38, 0xE38, 0x1C7, 0x1C7, 0xE38, 0xE38, 0x1C7, 0x1C7, 0xE38, 0xE38 },
	{ 0xFFF, 0x041, 0x249, 0x555, 0x249, 0x041, 0xFFF, 0x041, 0x249, 0x555, 0x249, 0x041 },
	{ 0xFFF, 0x1C7, 0x6DB, 0x555, 0xB6D, 0xC71, 0xFFF, 0x1C7, 0x6DB, 0x555, 0xB6D, 0xC71 },
	{ 0x555, 0xE38, 0xC71, 0xAAA, 0x1C7, 0x38E, 0x555, 0xE38, 0xC71, 0xAAA, 0x1C7, 0x38E },
	{ 0x555, 0x555, 0x555, 0x555, 0x555, 0x555, 0x555, 0x555, 0x555, 0x555, 0x555, 0x555 },
	{ 0xFFF, 0x000, 0x000, 0xFFF, 0x000, 0x000, 0xFFF, 0x000, 0x000, 0xFFF, 0x000, 0x000 },
	{ 0x333, 0x333, 0x333, 0xCCC, 0xCCC, 0xCCC, 0x333, 0x333, 0x333, 0xCCC, 0xCCC, 0xCCC },
};
static const unsigned char by_columns[MASKS] = { 0, 8, 9, 3, 10, 5, 6, 7 };

static void invert_lines(struct lines *lines, size_t side, const uint16_t patterns[PERIOD])
{
	for (size_t i = 0; i < side; i++) {
		uint64_t pattern = patterns[i % PERIOD];
		for (size_t word = 0; word * 64 < side; word++) {
			/* Bits 0, 12, 24 and so on: the pattern over and over. */
			uint64_t all = pattern * UINT64_C(0x1001001001001001);
			lines->dark[i].word[word] ^= all & lines->is_data[i].word[word];
			pattern = (pattern >> 64 % PERIOD | pattern << (PERIOD - 64 % PERIOD)) & ((1u << PERIOD) - 1);
		}
	}
}

static void invert(struct matrix *matrix, unsigned mask)
{
	invert_lines(&matrix->rows, matrix->side, inverted[mask]);
	invert_lines(&matrix->columns, matrix->side, inverted[by_columns[mask]]);
}

/* How many are set; not every processor that we may assume has an instruction for it. */
static inline int bits_in(uint64_t word)
{
	word -= word >> 1 & UINT64_C(0x5555555555555555);
	word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
	word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
	return (int)(word * UINT64_C(0x0101010101010101) >> 56);
}

/* Runs of one colour, light and dark by turns; the first is light and may be empty. */
static size_t list_runs(const struct line *line, size_t side, int *runs)
{
	size_t count = 0, from = 0;
	bool is_dark = line->word[0] & 1;
	if (is_dark)
		runs[count++] = 0;
	for (size_t at = 0; at < side; is_dark = !is_dark) {
		uint64_t rest = (is_dark ? ~line->word[at / 64] : line->word[at / 64]) >> (at % 64);
		size_t most = 64 - at % 64, size = rest ? (size_t)__builtin_ctzll(rest) : most;
		while (size == most && at + most < side) {
			uint64_t word = is_dark ? ~line->word[(at + most) / 64] : line->word[(at + most) / 64];
			size += word ? (size_t)__builtin_ctzll(word) : 64;
			most += 64;
		}
		at = at + size < side ? at + size : side;
		runs[count++] = (int)(at - from);
		from = at;
	}
	return count;
}

/* 1:1:3:1:1 with white before or behind, as a finder pattern; beside the edge there is enough of it. */
static bool is_like_finder(const int *runs, size_t count, size_t at)
{
	int unit = runs[at] / 3;
	if (at < 3 || at + 2 >= count || runs[at] % 3)
		return false;
	if (runs[at - 2] != unit || runs[at - 1] != unit || runs[at + 1] != unit || runs[at + 2] != unit)
		return false;
	return at == 3 || runs[at - 3] >= 4 * unit || at + 4 >= count || runs[at + 3] >= 4 * unit;
}

static int rate_runs(const struct line *line, size_t side)
{
	int runs[QR_SIDE_MOST + 1], demerit = 0;
	size_t count = list_runs(line, side, runs);
	for (size_t i = 0; i < count; i++) {
		if (runs[i] >= 5)
			demerit += DEMERIT_RUN + runs[i] - 5;
		if (i % 2 && is_like_finder(runs, count, i))
			demerit += DEMERIT_FINDER;
	}
	return demerit;
}

/*
 * The same of a line in one word, by all its modules at once; what lies outside it is light.  1:1:3:1:1 in units of
 * more than one module has six dark ones behind two light ones, and at least four modules before and behind them (the
 * corners of every code have none on one side): such a line goes the other way.
 */
static int rate_line(const struct line *line, size_t side)
{
	const uint64_t dark = line->word[0];
	assert(side > 9); /* the smallest code has 21 */
	uint64_t six = dark & dark >> 1 & dark >> 2;
	six &= six >> 3;
	six &= ~(dark << 1) & ~(dark << 2) & ~UINT64_C(15);
	if (side > 64 || six & ((UINT64_C(1) << (side - 9)) - 1))
		return rate_runs(line, side);
	const uint64_t alike = ~(dark ^ dark >> 1) & ((UINT64_C(1) << (side - 1)) - 1);
	const uint64_t pairs = alike & alike >> 1, five = pairs & pairs >> 2;
	uint64_t finder = dark & ~(dark >> 1) & dark >> 2 & dark >> 3 & dark >> 4 & ~(dark >> 5) & dark >> 6;
	uint64_t before = dark << 1, behind = dark >> 7;
	finder &= ~before & ~behind;
	before |= before << 1 | before << 2 | before << 3;
	behind |= behind >> 1 | behind >> 2 | behind >> 3;
	finder &= ~before | ~behind;
	return bits_in(five) + (DEMERIT_RUN - 1) * bits_in(five & ~(five << 1)) +
	       DEMERIT_FINDER * bits_in(finder);
}

/* Squares of two by two modules in one colour: a line and the next are alike, and each like itself one further. */
static int rate_squares(const struct matrix *matrix)
{
	int count = 0;
	for (size_t y = 1; y < matrix->side; y++) {
		const uint64_t *above = matrix->rows.dark[y - 1].word, *here = matrix->rows.dark[y].word;
		for (size_t i = 0; i * 64 < matrix->side; i++) {
			uint64_t next = here[i] >> 1, next_above = above[i] >> 1, left = matrix->side - i * 64;
			if (i + 1 < LINE_WORDS) {
				next |= here[i + 1] << 63;
				next_above |= above[i + 1] << 63;
			}
			uint64_t same = ~(here[i] ^ above[i]) & ~(here[i] ^ next) & ~(above[i] ^ next_above);
			if (left <= 64)
				same &= (UINT64_C(1) << (left - 1)) - 1;
			count += bits_in(same);
		}
	}
	return count * DEMERIT_SQUARE;
}

static int rate_share(const struct matrix *matrix)
{
	int count = 0, area = (int)(matrix->side * matrix->side);
	assert(area > 0);
	for (size_t y = 0; y < matrix->side; y++)
		for (size_t i = 0; i * 64 < matrix->side; i++)
			count += bits_in(matrix->rows.dark[y].word[i]);
	return abs((200 * count + area) / area / 2 - 50) / 5 * DEMERIT_SHARE;
}

/* What is bad about the code as it is; once that is `most`, it does not matter how much more. */
static int rate(const struct matrix *matrix, int most)
{
	int demerit = rate_share(matrix) + rate_squares(matrix);
	for (size_t i = 0; i < matrix->side && demerit < most; i++)
		demerit += rate_line(&matrix->rows.dark[i], matrix->side) +
			   rate_line(&matrix->columns.dark[i], matrix->side);
	return demerit;
}

static void choose_mask(struct matrix *matrix)
{
	unsigned best = 0;
	int least = INT_MAX;
	for (unsigned mask = 0; mask < MASKS; mask++) {
		invert(matrix, mask);
		draw_format(matrix, mask);
		int demerit = rate(matrix, least);
		if (demerit < least) {
			least = demerit;
			best = mask;
		}
		invert(matrix, mask);
	}
	invert(matrix, best);
	draw_format(matrix, best);
}

/* ---- the whole ---------------------------------------------------------------------------- */

static void write_modules(const struct matrix *matrix, unsigned char *modules)
{
	for (size_t y = 0; y < matrix->side; y++)
		for (size_t x = 0; x < matrix->side; x++)
			modules[y * matrix->side + x] = bit_of(&matrix->rows.dark[y], x);
}

bool qr_encode(struct arena *arena, struct text text, struct qr *qr)
{
	*qr = (struct qr){ .side = 0 };
	if (!text.size || text.size > QR_TEXT_MOST || memchr(text.at, '\0', text.size))
		return false;
	struct qr_words words;
	if (!qr_words_make(arena, text, &words))
		return false;
	struct matrix *matrix = ARENA_NEW(arena, struct matrix);
	matrix->version = words.version;
	matrix->side = words.version * 4 + 17;
	draw_patterns(matrix);
	draw_codewords(matrix, &words);
	choose_mask(matrix);
	unsigned char *modules = arena_alloc(arena, matrix->side * matrix->side);
	write_modules(matrix, modules);
	*qr = (struct qr){ matrix->side, modules };
	return true;
}

/* At most three digits: nothing on a code is further than its side with the white around it. */
static size_t write_number(char *out, size_t number)
{
	size_t size = (size_t)1 + (number >= 10) + (number >= 100);
	for (size_t i = size; i-- > 0; number /= 10)
		out[i] = (char)('0' + number % 10);
	return size;
}

/* One run of dark modules, `from` to `to` of its row; end: of the run before it there, SIZE_MAX: none. */
static void write_run(struct buf *out, size_t row, size_t from, size_t to, size_t end)
{
	char bytes[16];
	size_t size = 1;
	bytes[0] = end == SIZE_MAX ? 'M' : 'm';
	size += write_number(bytes + size, end == SIZE_MAX ? from + QR_QUIET : from - end);
	bytes[size++] = ' ';
	size += write_number(bytes + size, end == SIZE_MAX ? row + QR_QUIET : 0);
	if (end == SIZE_MAX) {
		bytes[size++] = '.';
		bytes[size++] = '5';
	}
	bytes[size++] = 'h';
	size += write_number(bytes + size, to - from);
	buf_add(out, bytes, size);
}

void qr_write_path(const struct qr *qr, struct buf *out)
{
	buf_format(out, "%zu ", qr->side + 2 * (size_t)QR_QUIET);
	for (size_t row = 0; row < qr->side; row++) {
		const unsigned char *modules = qr->modules + row * qr->side;
		size_t end = SIZE_MAX;
		for (size_t at = 0, from; at < qr->side; end = at) {
			for (from = at; from < qr->side && !modules[from];)
				from++;
			for (at = from; at < qr->side && modules[at];)
				at++;
			if (from == at)
				break;
			write_run(out, row, from, at, end);
		}
	}
}
