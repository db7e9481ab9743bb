/* SPDX-License-Identifier: MIT
 *
 * Tasks in processes: each is done once whatever became of the others, a failed world stops
 * the rest, a report that is too long is no report, what became of a process is told by its cause,
 * and nobody works on for a parent that was killed.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS, usleep */
#include "build/workers.h"

#include <check.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/interrupt.h"
#include "base/memory.h"

Suite *build_workers_suite(void);

enum { TASKS = 400, TASK_US = 5000, SOON_US = 100000, LONG_US = 200000, ENDLESS = -1 };

struct tally {
	atomic_int begun[TASKS];
	atomic_int total;
	int refuse; /* this task says no; -1: none */
	int lacks_memory, is_killed; /* in this task; -1: in none */
	int pause;  /* microseconds a task */
};

static struct tally *tally;

static void set_up(void)
{
	tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(tally, MAP_FAILED);
	tally->refuse = tally->lacks_memory = tally->is_killed = -1;
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
	if ((int)index == tally->lacks_memory)
		memory_end();
	if ((int)index == tally->is_killed)
		raise(SIGKILL);
	while (tally->pause == ENDLESS)
		usleep(TASK_US); /* which a signal breaks off */
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

/* What a person is told may not depend on the number of processes. */
START_TEST(tries_the_rest_after_a_refusal)
{
	struct workers workers = some(_i);
	tally->refuse = 3;
	ck_assert_int_eq(workers_run(&workers), WORKERS_FAILED);
	for (int i = 0; i < TASKS; i++)
		ck_assert_int_eq(atomic_load(&tally->begun[i]), 1);
}
END_TEST

static bool stops(void *context)
{
	(void)context;
	return true;
}

START_TEST(stops_where_the_world_failed)
{
	struct workers workers = some(_i);
	workers.stops = stops;
	tally->refuse = 3;
	tally->pause = TASK_US;
	ck_assert_int_eq(workers_run(&workers), WORKERS_FAILED);
	ck_assert_int_lt(atomic_load(&tally->total), TASKS / 2);
}
END_TEST

START_TEST(tells_want_of_memory)
{
	struct workers workers = some(_i);
	tally->lacks_memory = 2;
	tally->pause = TASK_US;
	ck_assert_int_eq(workers_run(&workers), WORKERS_NO_MEMORY);
	ck_assert_int_lt(atomic_load(&tally->total), TASKS / 2);
}
END_TEST

START_TEST(tells_a_killed_process)
{
	struct workers workers = some(_i);
	tally->is_killed = 2;
	tally->pause = TASK_US;
	ck_assert_int_eq(workers_run(&workers), WORKERS_KILLED);
	ck_assert_int_lt(atomic_load(&tally->total), TASKS / 2);
}
END_TEST

/* What a build does: catches, and has an output to put away. */
static _Noreturn void run_caught(const struct workers *workers)
{
	interrupt_catch();
	interrupt_defer();
	_exit((int)workers_run(workers));
}

static void wait_for_tasks(int least)
{
	while (atomic_load(&tally->total) < least)
		usleep(1000);
}

/* Tasks that take far longer than anybody waits. */
START_TEST(stops_with_the_first_signal)
{
	struct workers workers = some(2);
	tally->pause = ENDLESS;
	pid_t parent = fork();
	if (parent == 0)
		run_caught(&workers);
	wait_for_tasks(2);
	kill(parent, _i);
	int status = 0;
	usleep(SOON_US * 3);
	ck_assert_int_eq(waitpid(parent, &status, WNOHANG), parent);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), WORKERS_INTERRUPTED);
}
END_TEST

/* In one process a task is not left; unheard for a second, the signal ends it, and a second signal does at once. */
START_TEST(never_waits_for_a_task)
{
	struct workers workers = some(1);
	tally->pause = ENDLESS;
	pid_t parent = fork();
	if (parent == 0)
		run_caught(&workers);
	wait_for_tasks(1);
	kill(parent, SIGINT);
	usleep(SOON_US);
	int status = 0;
	ck_assert_int_eq(waitpid(parent, &status, WNOHANG), 0);
	if (_i)
		kill(parent, SIGTERM);
	usleep(_i ? SOON_US : 12 * SOON_US);
	ck_assert_int_eq(waitpid(parent, &status, WNOHANG), parent);
	if (_i)
		ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	else
		ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 3);
}
END_TEST

/* The write end of the pipe stands for whatever a process inherits: a lock, an open file. */
START_TEST(no_process_outlives_its_parent)
{
	int ends[2];
	char byte;
	ck_assert_int_eq(pipe(ends), 0);
	tally->pause = ENDLESS;
	pid_t parent = fork();
	if (parent == 0) {
		struct workers workers = some(2);
		_exit((int)workers_run(&workers));
	}
	close(ends[1]);
	wait_for_tasks(2);
	kill(parent, SIGKILL);
	waitpid(parent, NULL, 0);
	struct pollfd end = { .fd = ends[0], .events = POLLIN };
	ck_assert_int_eq(poll(&end, 1, SOON_US / 1000), 1);
	ck_assert_int_eq(read(ends[0], &byte, 1), 0);
	close(ends[0]);
}
END_TEST

static void report_too_much(void *context, struct buf *records)
{
	report(context, records);
	buf_repeat(records, 'x', BUF_LIMIT_FILE);
}

START_TEST(a_report_too_long_is_told)
{
	struct workers workers = some(2);
	workers.report = report_too_much;
	ck_assert_int_eq(workers_run(&workers), WORKERS_DIED);
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

Suite *build_workers_suite(void)
{
	Suite *suite = suite_create("build/workers");
	TCase *workers = tcase_create("workers");
	tcase_add_checked_fixture(workers, set_up, tear_down);
	tcase_add_loop_test(workers, does_each_task_once, 1, 4);
	tcase_add_loop_test(workers, tells_want_of_memory, 2, 4);
	tcase_add_loop_test(workers, tells_a_killed_process, 2, 4);
	tcase_add_loop_test(workers, stops_with_the_first_signal, SIGINT, SIGINT + 1);
	tcase_add_loop_test(workers, stops_with_the_first_signal, SIGTERM, SIGTERM + 1);
	tcase_add_loop_test(workers, never_waits_for_a_task, 0, 2);
	tcase_add_test(workers, no_process_outlives_its_parent);
	tcase_add_loop_test(workers, tries_the_rest_after_a_refusal, 1, 4);
	tcase_add_loop_test(workers, stops_where_the_world_failed, 1, 3);
	tcase_add_test(workers, a_report_too_long_is_told);
	tcase_add_test(workers, ends_with_a_killed_parent);
	suite_add_tcase(suite, workers);
	return suite;
}
