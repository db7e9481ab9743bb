/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

Suite *base_arena_suite(void);

enum { ROOM = 1 << 20, LARGE = 300 << 10 };

static unsigned char *room;

static void set_up(void)
{
	room = calloc(1, ROOM);
	ck_assert_ptr_nonnull(room);
}

static void tear_down(void)
{
	free(room);
}

static bool is_in_room(const void *at)
{
	return (const unsigned char *)at >= room && (const unsigned char *)at < room + ROOM;
}

START_TEST(all_of_it_lies_in_its_room)
{
	struct arena *arena = arena_new_within(room, ROOM);
	ck_assert(is_in_room(arena) && arena_is_whole(arena));
	for (int i = 0; i < 2000; i++)
		ck_assert(is_in_room(memset(arena_alloc(arena, 100), 1, 100)));
	ck_assert(is_in_room(arena_room(arena, LARGE)));
	ck_assert(arena_is_whole(arena));
	ck_assert_uint_gt(arena_room_taken(arena), LARGE + 200000);
	ck_assert_uint_le(arena_room_taken(arena), ROOM);
	arena_free(arena); /* the room is its owner's: nothing of it is freed */
}
END_TEST

START_TEST(what_does_not_fit_lies_elsewhere_and_is_told)
{
	struct arena *arena = arena_new_within(room, ROOM);
	int first_outside = -1;
	for (int i = 0; i < 6; i++) {
		void *at = memset(arena_alloc(arena, LARGE), 1, LARGE);
		if (first_outside < 0 && !is_in_room(at))
			first_outside = i;
		ck_assert(is_in_room(at) == (first_outside < 0));
		ck_assert(arena_is_whole(arena) == (first_outside < 0));
	}
	ck_assert_int_gt(first_outside, 0);
	arena_clear(arena);
	ck_assert_ptr_nonnull(arena_alloc(arena, LARGE));
	arena_free(arena);
}
END_TEST

START_TEST(a_room_that_was_left_stays_as_it_is)
{
	struct arena *arena = arena_new_within(room, ROOM);
	memset(arena_alloc(arena, 100), 7, 100);
	arena_leave_room(arena);
	size_t taken = arena_room_taken(arena);
	unsigned char *copy = malloc(ROOM);
	ck_assert_ptr_nonnull(copy);
	/* But for the arena itself, which goes on counting. */
	memcpy(copy, room, ROOM);
	for (int i = 0; i < 2000; i++)
		ck_assert(!is_in_room(memset(arena_alloc(arena, 100), 1, 100)));
	ck_assert_uint_eq(arena_room_taken(arena), taken);
	size_t changed = 0;
	for (size_t i = 0; i < ROOM; i++)
		changed += copy[i] != room[i];
	ck_assert_uint_lt(changed, 64);
	arena_free(arena);
	free(copy);
}
END_TEST

START_TEST(one_of_its_own_has_no_room)
{
	struct arena *arena = arena_new();
	ck_assert(!arena_is_whole(arena));
	ck_assert_uint_eq(arena_room_taken(arena), 0);
	arena_free(arena);
}
END_TEST

Suite *base_arena_suite(void)
{
	Suite *suite = suite_create("base/arena");
	TCase *tcase = tcase_create("arena");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, all_of_it_lies_in_its_room);
	tcase_add_test(tcase, what_does_not_fit_lies_elsewhere_and_is_told);
	tcase_add_test(tcase, a_room_that_was_left_stays_as_it_is);
	tcase_add_test(tcase, one_of_its_own_has_no_room);
	suite_add_tcase(suite, tcase);
	return suite;
}
