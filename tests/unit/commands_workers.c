/* SPDX-License-Identifier: MIT
 *
 * Tasks in processes: each is done once, a refusal stops the rest, and nobody works on for a parent that was killed.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS, usleep */
#include "commands/workers.h"

#include <check.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

Suite *commands_workers_suite(void);

enum { TASKS = 400, TASK_US = 5000, SOON_US = 100000, LONG_US = 200000 };

struct tally {
	atomic_int begun[TASKS];
	atomic_int total;
	int refuse; /* this task says no; -1: none */
	int pause;  /* microseconds a task */
};

static struct tally *tally;

static void set_up(void)
{
	tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(tally, MAP_FAILED);
	tally->refuse = -1;
}

static void tear_down(void)
{
	munmap(tally, sizeof *tally);
}

static bool task(void *context, size_t index)
{
	(void)context;
	atomic_fetch_add(&tally->begun[index], 1);
	atomic_fetch_add(&tally->total, 1);
	usleep((useconds_t)tally->pause);
	return (int)index != tally->refuse;
}

static void report(void *context, struct buf *records)
{
	(void)context;
	buf_add(records, "r", 1);
}

static bool receive(void *context, struct text records)
{
	(void)context;
	return text_is(records, "r");
}

static struct workers some(int jobs)
{
	return (struct workers){ .count = TASKS, .jobs = jobs, .task = task, .report = report, .receive = receive };
}

START_TEST(does_each_task_once)
{
	struct workers workers = some(_i);
	ck_assert_int_eq(workers_run(&workers), WORKERS_DONE);
	for (int i = 0; i < TASKS; i++)
		ck_assert_int_eq(atomic_load(&tally->begun[i]), 1);
}
END_TEST

START_TEST(stops_at_a_refusal)
{
	struct workers workers = some(_i);
	tally->refuse = 3;
	tally->pause = TASK_US;
	ck_assert_int_eq(workers_run(&workers), WORKERS_FAILED);
	ck_assert_int_lt(atomic_load(&tally->total), TASKS / 2);
}
END_TEST

START_TEST(ends_with_a_killed_parent)
{
	tally->pause = TASK_US;
	pid_t parent = fork();
	if (parent == 0) {
		struct workers workers = some(2);
		workers_run(&workers);
		_exit(0);
	}
	while (atomic_load(&tally->total) < 2)
		usleep(TASK_US);
	kill(parent, SIGKILL);
	waitpid(parent, NULL, 0);
	usleep(SOON_US);
	int total = atomic_load(&tally->total);
	ck_assert_int_lt(total, TASKS);
	usleep(LONG_US);
	ck_assert_int_eq(atomic_load(&tally->total), total);
}
END_TEST

Suite *commands_workers_suite(void)
{
	Suite *suite = suite_create("commands/workers");
	TCase *workers = tcase_create("workers");
	tcase_add_checked_fixture(workers, set_up, tear_down);
	tcase_add_loop_test(workers, does_each_task_once, 1, 4);
	tcase_add_loop_test(workers, stops_at_a_refusal, 1, 3);
	tcase_add_test(workers, ends_with_a_killed_parent);
	suite_add_tcase(suite, workers);
	return suite;
}
