/* SPDX-License-Identifier: MIT
 *
 * What is no text in a cell becomes a blank, wherever it stands in it.
 */
#include "compose/fence.h"

#include <check.h>
#include <string.h>

#include "base/arena.h"

Suite *compose_fence_suite(void);

enum { LONGEST = 20 };

static char shown(char byte)
{
	bool is_control = (unsigned char)byte < ' ' || byte == 0x7f;
	return is_control && byte != '\n' ? ' ' : byte;
}

START_TEST(cells_have_no_control_characters)
{
	struct arena *arena = arena_new();
	const struct fence_context context = { .arena = arena };
	for (size_t size = 1; size <= LONGEST; size++)
		for (size_t at = 0; at < size; at++)
			for (int byte = 0; byte <= 0xFF; byte++) {
				char text[LONGEST];
				memset(text, at % 2 ? 'a' : '\xE6', sizeof text);
				text[at] = (char)byte;
				struct value value = { .kind = VALUE_TEXT, .text = { text, size } };
				struct text cell = fence_cell(&context, &value);
				ck_assert_uint_eq(cell.size, size);
				for (size_t i = 0; i < size; i++)
					ck_assert_int_eq(cell.at[i], shown(text[i]));
			}
	arena_free(arena);
}
END_TEST

Suite *compose_fence_suite(void)
{
	Suite *suite = suite_create("compose/fence");
	TCase *tcase = tcase_create("fence");
	tcase_set_timeout(tcase, 20);
	tcase_add_test(tcase, cells_have_no_control_characters);
	suite_add_tcase(suite, tcase);
	return suite;
}
