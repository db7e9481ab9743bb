/* SPDX-License-Identifier: MIT
 *
 * Whoever asks for memory that there is not, ourselves or a library, ends the program with its cause; a size that no
 * machine has is an ordinary failure.
 */
#include "base/memory.h"

#include <check.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

Suite *base_memory_suite(void);

#define ROOM ((size_t)1 << 40)
#define TOO_MUCH ((size_t)1 << 42)

static void from_arena(void) { arena_alloc(arena_new(), TOO_MUCH); }
static void *volatile kept; /* or the compiler leaves the request out */
static void from_malloc(void) { kept = malloc(TOO_MUCH); }
static void from_calloc(void) { kept = calloc(1 << 20, TOO_MUCH >> 20); }
static void from_realloc(void) { kept = realloc(malloc(8), TOO_MUCH); }
static void from_aligned(void) { void *block = NULL; kept = posix_memalign(&block, 64, TOO_MUCH) ? NULL : block; }
static void silently(void) { memory_leave_to_parent(); kept = malloc(TOO_MUCH); }
static void by_checking(void) { memory_check(); }

static const struct {
	void (*ask)(void);
	size_t room;
	const char *says;
} cases[] = {
	{ from_arena, ROOM, "out of memory" }, { from_malloc, ROOM, "out of memory" }, { from_calloc, ROOM, "out of memory" },
	{ from_realloc, ROOM, "out of memory" }, { from_aligned, ROOM, "out of memory" }, { silently, ROOM, "" },
	{ by_checking, 0, "out of memory" },
};

START_TEST(ends_the_program_with_the_cause)
{
	int ends[2], status;
	char said[512] = "";
	ck_assert_int_eq(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		struct rlimit limit = { cases[_i].room, cases[_i].room };
		dup2(ends[1], STDERR_FILENO);
		setrlimit(RLIMIT_AS, &limit);
		cases[_i].ask();
		_exit(0);
	}
	close(ends[1]);
	ssize_t size = read(ends[0], said, sizeof said - 1);
	close(ends[0]);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), MEMORY_EXIT);
	ck_assert_int_eq(size > 0, cases[_i].says[0] != '\0');
	ck_assert_ptr_nonnull(strstr(said, cases[_i].says));
}
END_TEST

START_TEST(refuses_what_no_machine_has)
{
	volatile size_t size = SIZE_MAX - 4096; /* volatile: gcc knows that it cannot be had */
	ck_assert_ptr_null(malloc(size));
	ck_assert_ptr_null(calloc(size / 2, 4));
	memory_check();
}
END_TEST

Suite *base_memory_suite(void)
{
	Suite *suite = suite_create("base/memory");
	TCase *memory = tcase_create("memory");
#ifndef __SANITIZE_ADDRESS__ /* has its own malloc, and wants more room than any limit */
	tcase_add_loop_test(memory, ends_the_program_with_the_cause, 0, sizeof cases / sizeof *cases);
	tcase_add_test(memory, refuses_what_no_machine_has);
#else
	(void)ends_the_program_with_the_cause;
	(void)refuses_what_no_machine_has;
#endif
	suite_add_tcase(suite, memory);
	return suite;
}
