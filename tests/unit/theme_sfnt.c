/* SPDX-License-Identifier: MIT
 *
 * A font file is the world's: cut anywhere and with any byte changed it must not
 * lead the reader outside of its bytes.
 */
#include "theme/sfnt.h"

#include <check.h>

#include "base/arena.h"
#include "base/buf.h"

Suite *theme_sfnt_suite(void);

static struct buf font;

static void add(unsigned value, int size)
{
	while (size-- > 0)
		buf_byte(&font, (char)(value >> (size * 8)));
}

static void add_record(unsigned id, unsigned size, unsigned offset)
{
	static const unsigned head[] = { 3, 1, 0x409 };
	for (int i = 0; i < 3; i++)
		add(head[i], 2);
	add(id, 2);
	add(size, 2);
	add(offset, 2);
}

/* A collection of one face with a name table: family "A星", style "B". */
static void set_up(void)
{
	buf_init(&font, 4096);
	buf_string(&font, "ttcf");
	add(0x10000, 4);
	add(1, 4);
	add(16, 4);
	add(0x10000, 4);
	add(1, 2);
	add(0, 4);
	add(0, 2);
	buf_string(&font, "name");
	add(0, 4);
	add(44, 4);
	add(36, 4);
	add(0, 2);
	add(2, 2);
	add(30, 2);
	add_record(1, 4, 0);
	add_record(2, 2, 4);
	add('A', 2);
	add(0x661F, 2);
	add('B', 2);
}

static void tear_down(void)
{
	buf_clear(&font);
}

START_TEST(reads_names)
{
	struct arena *arena = arena_new();
	struct sfnt_names names;
	ck_assert_uint_eq(sfnt_count(buf_view(&font)), 1);
	ck_assert(sfnt_names(arena, buf_view(&font), 0, &names));
	ck_assert(text_is(names.family, "A星"));
	ck_assert(text_is(names.style, "B"));
	ck_assert(!sfnt_names(arena, buf_view(&font), 1, &names));
	ck_assert_uint_eq(sfnt_directory(buf_view(&font), 0).size, 28);
	ck_assert_uint_eq(sfnt_count(TEXT("not a font")), 0);
	ck_assert_uint_eq(sfnt_count(NO_TEXT), 0);
	arena_free(arena);
}
END_TEST

START_TEST(survives_damage)
{
	struct arena *arena = arena_new();
	struct sfnt_names names;
	for (size_t size = 0; size <= font.size; size++) {
		struct text cut = text_copy(arena, text_slice(buf_view(&font), 0, size));
		for (size_t i = 0; i < sfnt_count(cut) && i < 4; i++)
			sfnt_names(arena, cut, i, &names);
	}
	for (size_t at = 0; at < font.size; at++)
		for (int bit = 0; bit < 8; bit++) {
			font.at[at] = (char)(font.at[at] ^ (1 << bit));
			struct text changed = text_copy(arena, buf_view(&font));
			for (size_t i = 0; i < sfnt_count(changed) && i < 4; i++)
				sfnt_names(arena, changed, i, &names);
			font.at[at] = (char)(font.at[at] ^ (1 << bit));
		}
	arena_free(arena);
}
END_TEST

Suite *theme_sfnt_suite(void)
{
	Suite *suite = suite_create("theme/sfnt");
	TCase *tcase = tcase_create("sfnt");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, reads_names);
	tcase_add_test(tcase, survives_damage);
	suite_add_tcase(suite, tcase);
	return suite;
}
