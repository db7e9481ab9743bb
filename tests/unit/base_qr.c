/* SPDX-License-Identifier: MIT */
#include "base/qr.h"

#include <check.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

Suite *base_qr_suite(void);

static struct arena *arena;
static struct buf out;

static void set_up(void)
{
	arena = arena_new();
	buf_init(&out, BUF_LIMIT_PAGE);
}

static void tear_down(void)
{
	buf_clear(&out);
	arena_free(arena);
}

static const struct text ours = TEXT_INIT("XJ1|示2021-0007|0123456789abcdef0123456789ABCDEF|20211220-1|3F9K");

static bool reads_as(const struct qr *qr, struct text text)
{
	buf_reset(&out);
	return qr_decode(qr, &out) && text_equal(buf_view(&out), text);
}

START_TEST(what_is_encoded_is_read)
{
	struct qr qr;
	ck_assert(qr_encode(arena, ours, &qr));
	ck_assert(reads_as(&qr, ours));
	ck_assert(!qr_encode(arena, NO_TEXT, &qr));
	ck_assert(!qr_encode(arena, TEXT("a\0b"), &qr));
	ck_assert(!qr_encode(arena, (struct text){ text_string(arena, ours), QR_TEXT_MOST + 1 }, &qr));
}
END_TEST

/* ---- every version, level, mask and mode that the library makes ------------------------------ */

static const QRecLevel levels[] = { QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H };
enum { LETTERS = 45 };

/* Text of the mode's characters, different for each seed. */
static struct text text_for(QRencodeMode mode, size_t size, unsigned seed)
{
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	char *at = arena_alloc(arena, size + 1);
	for (size_t i = 0; i < size; i++) {
		seed = seed * 1103515245u + 12345u;
		unsigned random = seed >> 16;
		if (mode == QR_MODE_NUM)
			at[i] = (char)('0' + random % 10);
		else
			at[i] = mode == QR_MODE_AN ? letters[random % LETTERS] : (char)(1 + random % 255);
	}
	return (struct text){ at, size };
}

static struct qr made(struct text text, QRencodeMode mode, int version, QRecLevel level)
{
	QRinput *input = QRinput_new2(version, level);
	ck_assert_int_eq(QRinput_append(input, mode, (int)text.size, (const unsigned char *)text.at), 0);
	QRcode *code = QRcode_encodeInput(input);
	ck_assert_ptr_nonnull(code);
	size_t side = (size_t)code->width;
	unsigned char *modules = arena_alloc(arena, side * side);
	for (size_t i = 0; i < side * side; i++)
		modules[i] = code->data[i] & 1;
	QRcode_free(code);
	QRinput_free(input);
	return (struct qr){ side, modules };
}

/* The three bits of the mask beside the lower left finder pattern, as they stand there. */
static unsigned mask_bits(const struct qr *qr)
{
	unsigned bits = 0;
	for (size_t x = 2; x < 5; x++)
		bits = bits << 1 | qr->modules[8 * qr->side + x];
	return bits;
}

START_TEST(each_version_and_level_is_read)
{
	static const QRencodeMode modes[] = { QR_MODE_NUM, QR_MODE_AN, QR_MODE_8 };
	int version = _i + 1;
	for (size_t level = 0; level < 4; level++)
		for (size_t mode = 0; mode < 3; mode++)
			for (unsigned size = 1; size < 4; size++) {
				struct text text = text_for(modes[mode], size + (size_t)_i * 5, (unsigned)_i * 7 + size);
				struct qr qr = made(text, modes[mode], version, levels[level]);
				ck_assert_uint_eq(qr.side, (size_t)version * 4 + 17);
				ck_assert_msg(reads_as(&qr, text), "version %d level %zu mode %zu", version, level, mode);
			}
}
END_TEST

START_TEST(all_masks_are_read)
{
	unsigned seen = 0;
	for (unsigned seed = 0; seed < 400; seed++) {
		struct text text = text_for(QR_MODE_8, 30, seed);
		struct qr qr = made(text, QR_MODE_8, 5, levels[seed % 4]);
		ck_assert(reads_as(&qr, text));
		seen |= 1u << mask_bits(&qr);
	}
	ck_assert_uint_eq(seen, 0xFF);
}
END_TEST

/* ---- ours against the library's ---------------------------------------------------------------- */

/* By libqrencode, asked as little as ours is. */
static struct qr by_library(struct text text)
{
	QRcode *code = QRcode_encodeString(text_string(arena, text), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	ck_assert_ptr_nonnull(code);
	size_t side = (size_t)code->width;
	unsigned char *modules = arena_alloc(arena, side * side);
	for (size_t i = 0; i < side * side; i++)
		modules[i] = code->data[i] & 1;
	QRcode_free(code);
	return (struct qr){ side, modules };
}

static void expect_as_library(struct text text)
{
	struct qr ours_made;
	ck_assert(qr_encode(arena, text, &ours_made));
	struct qr theirs = by_library(text);
	bool is_same = ours_made.side == theirs.side;
	is_same = is_same && memcmp(ours_made.modules, theirs.modules, theirs.side * theirs.side) == 0;
	ck_assert_msg(is_same, "another code for \"%.*s\" of %zu bytes", TEXT_ARGS(text), text.size);
	arena_clear(arena);
}

/* Stretches of one kind each, digits, letters, signs, small letters and any bytes, so that each mode pays somewhere. */
static struct text mixed(size_t size, unsigned *seed)
{
	static const char *const kinds[] = { "0123456789", "ABCXYZ", "$%*+-./: ", "abcxyz_", "A1", "0a" };
	char *at = arena_alloc(arena, size + 1);
	for (size_t i = 0; i < size;) {
		*seed = *seed * 1103515245u + 12345u;
		const char *kind = kinds[(*seed >> 16) % 6];
		size_t most = 1 + (*seed >> 20) % 24;
		bool is_any = (*seed >> 27) % 8 == 0;
		for (size_t k = 0; k < most && i < size; k++) {
			*seed = *seed * 1103515245u + 12345u;
			at[i++] = is_any ? (char)(1 + (*seed >> 16) % 255) : kind[(*seed >> 16) % strlen(kind)];
		}
	}
	return (struct text){ at, size };
}

START_TEST(every_code_is_as_the_library_makes_it)
{
	unsigned seed = 77 + (unsigned)_i;
	for (int round = 0; round < 40; round++) {
		seed = seed * 1103515245u + 12345u;
		size_t most = round < 30 ? 90 : QR_TEXT_MOST;
		expect_as_library(mixed(1 + (seed >> 16) % most, &seed));
	}
	char address[80];
	for (unsigned page = 0; page < 40; page++) {
		seed = seed * 1103515245u + 12345u;
		int size = snprintf(address, sizeof address, "https://example.org/stars/2021/enterprises/%06x%06x/",
				    seed >> 8, page * 2654435761u >> 8);
		expect_as_library((struct text){ address, (size_t)size });
	}
}
END_TEST

/* ---- what is no code ---------------------------------------------------------------------------- */

START_TEST(no_module_may_differ)
{
	struct qr qr;
	ck_assert(qr_encode(arena, ours, &qr));
	unsigned char *modules = arena_alloc(arena, qr.side * qr.side);
	memcpy(modules, qr.modules, qr.side * qr.side);
	struct qr other = { qr.side, modules };
	size_t unread = 0;
	for (size_t i = 0; i < qr.side * qr.side; i++) {
		modules[i] ^= 1;
		buf_reset(&out);
		if (!qr_decode(&other, &out))
			unread++;
		else
			ck_assert(text_equal(buf_view(&out), ours)); /* one of the few bits behind the last codeword */
		modules[i] ^= 1;
	}
	ck_assert_uint_ge(unread, qr.side * qr.side - 7);
}
END_TEST

START_TEST(hostile_modules_are_refused)
{
	unsigned seed = 1;
	size_t most = QR_SIDE_MOST + 4;
	unsigned char *modules = arena_alloc(arena, most * most);
	for (size_t side = 0; side <= most; side++) {
		for (size_t i = 0; i < side * side; i++)
			modules[i] = (unsigned char)((seed = seed * 1103515245u + 12345u) >> 16);
		buf_reset(&out);
		ck_assert(!qr_decode(&(struct qr){ side, modules }, &out));
		ck_assert_uint_eq(out.size, 0);
	}
}
END_TEST

Suite *base_qr_suite(void)
{
	Suite *suite = suite_create("base/qr");
	TCase *tcase = tcase_create("qr");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, what_is_encoded_is_read);
	tcase_add_loop_test(tcase, every_code_is_as_the_library_makes_it, 0, 10);
	tcase_add_loop_test(tcase, each_version_and_level_is_read, 0, 40);
	tcase_add_test(tcase, all_masks_are_read);
	tcase_add_test(tcase, no_module_may_differ);
	tcase_add_test(tcase, hostile_modules_are_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
