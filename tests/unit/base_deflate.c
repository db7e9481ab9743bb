/* SPDX-License-Identifier: MIT
 *
 * What we compress, read back by zlib, which had no part in it.
 */
#include "base/deflate.h"

#include <check.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "support/dice.h"

Suite *base_deflate_suite(void);

static void expect_back(struct text packed, struct text bytes)
{
	unsigned char *back = memory_resize(NULL, bytes.size + 1);
	uLongf size = bytes.size + 1;
	ck_assert_int_eq(uncompress(back, &size, (const Bytef *)packed.at, packed.size), Z_OK);
	ck_assert_uint_eq(size, bytes.size);
	ck_assert(!bytes.size || memcmp(back, bytes.at, size) == 0);
	free(back);
}

static size_t packed_size(struct deflater *deflater, struct text bytes, size_t turn)
{
	struct buf packed;
	buf_init(&packed, BUF_LIMIT_PAGE);
	ck_assert(deflater_add_turning(deflater, bytes, turn, &packed));
	expect_back(buf_view(&packed), bytes);
	size_t size = packed.size;
	buf_clear(&packed);
	return size;
}

/* ---- texts ------------------------------------------------------------------ */

enum kind { NOISE, LINES, RUNS, SKEWED, FAR_APART, PIECES, KINDS };

/* Of any length and from any distance there is, with a few bytes between. */
static void add_piece(struct buf *buf)
{
	for (uint32_t i = 0, end = buf->size < 40000 ? 4 : dice_roll(10); i < end; i++)
		buf_byte(buf, (char)dice_roll(256));
	size_t distance = 1 + dice_roll(buf->size < 32768 ? (uint32_t)buf->size : 32768);
	size_t length = 3 + dice_roll(4) * dice_roll(100);
	for (size_t i = 0; i < length; i++)
		buf_byte(buf, buf->at[buf->size - distance]);
}

/* As many bytes as asked for; of each kind another side of the encoder is tried. */
static void add_text(struct buf *buf, enum kind kind, size_t size)
{
	char block[600];
	for (size_t i = 0; i < sizeof block; i++)
		block[i] = (char)dice_roll(256);
	while (buf->size < size)
		switch (kind) {
		case NOISE: buf_byte(buf, (char)dice_roll(256)); break;
		case LINES: buf_format(buf, "<</S/TD/P %u 0 R/Pg 9 0 R/K %u>>\n", dice_roll(40), dice_roll(9999)); break;
		case RUNS: buf_repeat(buf, (char)('a' + dice_roll(3)), 1 + dice_roll(700)); break;
		case SKEWED: /* each byte half as often as the one before: codes that want to be too long */
			buf_byte(buf, (char)__builtin_ctz(dice_roll(1U << 30) | 1U << 29));
			break;
		case FAR_APART: /* the same again from about the farthest distance there is */
			buf_add(buf, block, sizeof block);
			for (size_t i = 0, end = 32000 + dice_roll(900); i < end; i++)
				buf_byte(buf, (char)dice_roll(256));
			break;
		case PIECES: add_piece(buf); break;
		case KINDS: return;
		}
	buf->size = size;
}

START_TEST(comes_back)
{
	static const size_t sizes[] = { 0, 1, 2, 3, 4, 7, 8, 9, 12, 40, 257, 258, 259, 300, 
		511, 513, 4000, 32767, 32768, 32769, 65535, 65536, 65537, 140000 };
	struct deflater *deflater = deflater_new();
	struct buf text;
	buf_init(&text, BUF_LIMIT_PAGE);
	dice_start(88172645463325252u + (unsigned)_i);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		buf_reset(&text);
		add_text(&text, (enum kind)_i, sizes[i]);
		size_t size = packed_size(deflater, buf_view(&text), 0);
		ck_assert_uint_le(size, sizes[i] + 5 * (sizes[i] / 65535 + 1) + 6); /* never worse than as it is */
		packed_size(deflater, buf_view(&text), sizes[i] / 3);
		packed_size(deflater, buf_view(&text), sizes[i]);
	}
	buf_clear(&text);
	deflater_free(deflater);
}
END_TEST

START_TEST(shrinks_what_repeats)
{
	struct deflater *deflater = deflater_new();
	struct buf text;
	buf_init(&text, BUF_LIMIT_PAGE);
	dice_start(4711);
	add_text(&text, LINES, 50000);
	ck_assert_uint_lt(packed_size(deflater, buf_view(&text), 0), 50000 / 6);
	buf_reset(&text);
	add_text(&text, FAR_APART, 66000); /* 600 bytes come again, if 32,768 back is near enough */
	size_t with = packed_size(deflater, buf_view(&text), 0);
	ck_assert_uint_lt(with, 66000 - 400);
	buf_clear(&text);
	deflater_free(deflater);
}
END_TEST

/* What stands before a turn is written as it stands: what is behind is as large as alone. */
START_TEST(figures_stand_for_themselves)
{
	struct deflater *deflater = deflater_new();
	struct buf text, figures;
	buf_init(&text, BUF_LIMIT_PAGE);
	buf_init(&figures, BUF_LIMIT_PAGE);
	dice_start(8);
	for (int i = 0; i < 3000; i++)
		buf_format(&figures, "%d %d ", i, 40 * i);
	size_t searched = packed_size(deflater, buf_view(&figures), 0);
	size_t standing = packed_size(deflater, buf_view(&figures), figures.size);
	ck_assert_uint_gt(standing, searched + 1000);
	ck_assert_uint_lt(standing, figures.size / 2);
	add_text(&text, LINES, 50000);
	size_t words = packed_size(deflater, buf_view(&text), 0);
	buf_text(&figures, buf_view(&text));
	size_t both = packed_size(deflater, buf_view(&figures), figures.size - text.size);
	ck_assert_uint_lt(both, standing + words + 20);
	ck_assert_uint_gt(both, standing + words - 200);
	buf_clear(&text);
	buf_clear(&figures);
	deflater_free(deflater);
}
END_TEST

/* The same bytes again from just inside, at and just beyond the edge of the window. */
START_TEST(keeps_to_the_window)
{
	struct deflater *deflater = deflater_new();
	struct buf text;
	buf_init(&text, BUF_LIMIT_PAGE);
	dice_start(31);
	for (size_t distance = 32766; distance <= 32770; distance++) {
		buf_reset(&text);
		add_text(&text, NOISE, distance);
		for (size_t i = 0; i < 600; i++)
			buf_byte(&text, text.at[i]);
		packed_size(deflater, buf_view(&text), 0);
	}
	buf_clear(&text);
	deflater_free(deflater);
}
END_TEST

START_TEST(does_not_remember)
{
	struct deflater *deflater = deflater_new(), *fresh = deflater_new();
	struct buf text, one, two;
	buf_init(&text, BUF_LIMIT_PAGE);
	buf_init(&one, BUF_LIMIT_PAGE);
	buf_init(&two, BUF_LIMIT_PAGE);
	dice_start(99);
	for (int kind = 0; kind < KINDS; kind++) {
		buf_reset(&text);
		buf_reset(&one);
		buf_reset(&two);
		add_text(&text, (enum kind)kind, 5000);
		for (int again = 0; again < 2; again++) {
			buf_reset(&one);
			ck_assert(deflater_add(deflater, DEFLATE_FAST, buf_view(&text), &one));
		}
		ck_assert(deflater_add(fresh, DEFLATE_FAST, buf_view(&text), &two));
		ck_assert(text_equal(buf_view(&one), buf_view(&two)));
	}
	buf_clear(&text);
	buf_clear(&one);
	buf_clear(&two);
	deflater_free(deflater);
	deflater_free(fresh);
}
END_TEST

/* ---- marks ------------------------------------------------------------------ */

static struct text marked(struct deflater *deflater, struct text bytes, const struct deflate_marks *marks,
			  struct buf *packed)
{
	buf_reset(packed);
	ck_assert(deflater_add_marked(deflater, bytes, marks, packed));
	expect_back(buf_view(packed), bytes);
	return buf_view(packed);
}

/* Any text, marked wherever five bytes stand, in pieces that leave some of it out. */
START_TEST(marks_of_many_pieces)
{
	enum { PIECES_MOST = 400, KIND_COUNT = 1024 };
	struct deflater *deflater = deflater_new();
	struct buf text, packed;
	buf_init(&text, BUF_LIMIT_PAGE);
	buf_init(&packed, BUF_LIMIT_PAGE);
	dice_start(77 + (unsigned)_i);
	for (int again = 0; again < 3; again++) {
		struct deflate_piece pieces[PIECES_MOST];
		struct deflate_mark *marks = memory_resize(NULL, PIECES_MOST * 300 * sizeof *marks);
		size_t mark_count = 0;
		buf_reset(&text);
		for (size_t p = 0; p < PIECES_MOST; p++) {
			for (uint32_t i = 0, end = dice_roll(12); i < end; i++)
				buf_byte(&text, (char)dice_roll(256));
			uint32_t start = (uint32_t)text.size, size = dice_roll(300), kind = 0, few = 0;
			for (uint32_t i = 0; i < size; i++) { /* of four letters, so there are 1,024 kinds of five */
				uint32_t letter = dice_roll(_i ? 4 : 16) % 4;
				buf_byte(&text, (char)letter);
				kind = (kind << 2 | letter) % KIND_COUNT;
				if (i >= 4)
					marks[mark_count + few++] = (struct deflate_mark){ i - 4, kind };
			}
			pieces[p] = (struct deflate_piece){ start, few, marks + mark_count };
			mark_count += few;
		}
		const struct deflate_marks all = { pieces, PIECES_MOST, KIND_COUNT };
		size_t size = marked(deflater, buf_view(&text), &all, &packed).size;
		ck_assert_uint_lt(size, 2 * text.size / 5);
		free(marks);
	}
	buf_clear(&text);
	buf_clear(&packed);
	deflater_free(deflater);
}
END_TEST

/* Marks of what stands once change nothing, whatever their kinds are called; marks of what repeats save bytes. */
START_TEST(marks_mean_what_repeats)
{
	static const char outline[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	struct deflater *deflater = deflater_new();
	struct buf text, some, all;
	buf_init(&text, BUF_LIMIT_PAGE);
	buf_init(&some, BUF_LIMIT_PAGE);
	buf_init(&all, BUF_LIMIT_PAGE);
	dice_start(5);
	struct deflate_mark few[400], many[2000];
	uint32_t few_count = 0, many_count = 0;
	for (uint32_t i = 0; i < 30; i++) {
		for (uint32_t k = 0; k < 20; k++) { /* here and there a mark of a kind of its own */
			if (k % 3 == 0)
				many[many_count++] = (struct deflate_mark){ (uint32_t)text.size, 1000 + i * 20 + k };
			buf_byte(&text, (char)dice_roll(256));
		}
		for (uint32_t k = 0; k < 8; k++) {
			few[few_count++] = (struct deflate_mark){ (uint32_t)text.size + k, k };
			many[many_count++] = (struct deflate_mark){ (uint32_t)text.size + k, 7 - k };
		}
		buf_add(&text, outline, 12 + i % 20);
	}
	buf_string(&text, "....");
	const struct deflate_piece some_marks = { 0, few_count, few }, all_marks = { 0, many_count, many };
	const struct deflate_marks none = { NULL, 0, 0 }, fewer = { &some_marks, 1, 8 }, more = { &all_marks, 1, 2000 };
	size_t without = marked(deflater, buf_view(&text), &none, &some).size;
	ck_assert_uint_lt(marked(deflater, buf_view(&text), &fewer, &some).size, without - 100);
	ck_assert(text_equal(marked(deflater, buf_view(&text), &more, &all), buf_view(&some)));
	buf_clear(&text);
	buf_clear(&some);
	buf_clear(&all);
	deflater_free(deflater);
}
END_TEST

START_TEST(says_when_there_is_no_room)
{
	struct deflater *deflater = deflater_new();
	struct buf small;
	buf_init(&small, 10);
	ck_assert(!deflater_add(deflater, DEFLATE_FAST, TEXT("0123456789abcdefghij"), &small));
	ck_assert(!deflater_add(deflater, DEFLATE_SMALL, TEXT("0123456789abcdefghij"), &small));
	buf_clear(&small);
	deflater_free(deflater);
}
END_TEST

Suite *base_deflate_suite(void)
{
	Suite *suite = suite_create("base/deflate");
	TCase *tcase = tcase_create("deflate");
	tcase_add_loop_test(tcase, comes_back, 0, KINDS);
	tcase_add_test(tcase, shrinks_what_repeats);
	tcase_add_test(tcase, figures_stand_for_themselves);
	tcase_add_test(tcase, keeps_to_the_window);
	tcase_add_test(tcase, does_not_remember);
	tcase_add_test(tcase, marks_mean_what_repeats);
	tcase_add_loop_test(tcase, marks_of_many_pieces, 0, 2);
	tcase_add_test(tcase, says_when_there_is_no_room);
	suite_add_tcase(suite, tcase);
	return suite;
}
