/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "commands/workers.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

enum { JOBS_MOST = 256, POLL_MS = 100 };

/* Seen by all processes. */
struct shared {
	atomic_size_t next, done;
	atomic_bool has_failed;
	pid_t parent; /* of the workers; 0: the tasks run in the calling process */
};

struct process {
	pid_t pid;
	int pipe; /* read end, -1 once closed */
	struct buf report;
};

static volatile sig_atomic_t interrupted;

static void note_interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

void workers_catch_interrupts(void)
{
	struct sigaction action = { .sa_handler = note_interrupt };
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

bool workers_interrupted(void)
{
	return interrupted;
}

/* Killed or out of memory: nobody waits for the rest, and the lock of the output is held as long as a worker lives. */
static bool is_orphan(const struct shared *shared)
{
	return shared->parent && getppid() != shared->parent;
}

static void work(const struct workers *workers, struct shared *shared)
{
	for (;;) {
		size_t index = atomic_fetch_add(&shared->next, 1);
		if (index >= workers->count || interrupted || atomic_load(&shared->has_failed) || is_orphan(shared))
			return;
		if (!workers->task(workers->context, index)) {
			atomic_store(&shared->has_failed, true);
			return;
		}
		atomic_fetch_add(&shared->done, 1);
	}
}

static bool write_all(int fd, struct text bytes)
{
	while (bytes.size) {
		ssize_t size = write(fd, bytes.at, bytes.size);
		if (size < 0 && errno != EINTR)
			return false;
		if (size > 0)
			bytes = text_slice(bytes, (size_t)size, bytes.size);
	}
	return true;
}

static _Noreturn void child(const struct workers *workers, struct shared *shared, int fd)
{
	struct buf report;
	buf_init(&report, BUF_LIMIT_FILE);
	work(workers, shared);
	workers->report(workers->context, &report);
	bool sent = write_all(fd, buf_view(&report));
	_exit(sent ? 0 : 1);
}

static bool start(const struct workers *workers, struct shared *shared, struct process *process)
{
	int ends[2];
	if (pipe(ends))
		return false;
	process->pid = fork();
	if (process->pid < 0) {
		close(ends[0]);
		close(ends[1]);
		return false;
	}
	if (process->pid == 0) {
		close(ends[0]);
		child(workers, shared, ends[1]);
	}
	close(ends[1]);
	process->pipe = ends[0];
	buf_init(&process->report, BUF_LIMIT_FILE);
	return true;
}

/* Takes what the pipe holds; closes it at its end. */
static void drain(struct process *process)
{
	char bytes[65536];
	ssize_t size = read(process->pipe, bytes, sizeof bytes);
	if (size > 0) {
		buf_add(&process->report, bytes, (size_t)size);
		return;
	}
	if (size < 0 && errno == EINTR)
		return;
	close(process->pipe);
	process->pipe = -1;
}

static size_t poll_pipes(struct process *processes, size_t count)
{
	struct pollfd fds[JOBS_MOST];
	size_t open = 0;
	for (size_t i = 0; i < count; i++) {
		fds[i] = (struct pollfd){ .fd = processes[i].pipe, .events = POLLIN };
		open += processes[i].pipe >= 0;
	}
	if (open && poll(fds, (nfds_t)count, POLL_MS) > 0)
		for (size_t i = 0; i < count; i++)
			if (processes[i].pipe >= 0 && fds[i].revents)
				drain(&processes[i]);
	return open;
}

static bool wait_for(const struct process *process)
{
	int status = 0;
	while (waitpid(process->pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static enum workers_result collect(const struct workers *workers, struct shared *shared, struct process *processes, size_t count)
{
	enum workers_result result = WORKERS_DONE;
	bool told = false;
	while (poll_pipes(processes, count)) {
		if (workers->progress)
			workers->progress(workers->context, atomic_load(&shared->done));
		for (size_t i = 0; interrupted && !told && i < count; i++)
			kill(processes[i].pid, SIGTERM);
		told = interrupted;
	}
	for (size_t i = 0; i < count; i++) {
		bool ended_well = wait_for(&processes[i]);
		if (!ended_well || !workers->receive(workers->context, buf_view(&processes[i].report)))
			result = WORKERS_DIED;
		buf_clear(&processes[i].report);
	}
	return result;
}

static enum workers_result run_forked(const struct workers *workers, struct shared *shared)
{
	struct process processes[JOBS_MOST];
	size_t jobs = (size_t)workers->jobs < JOBS_MOST ? (size_t)workers->jobs : JOBS_MOST, started = 0;
	shared->parent = getpid();
	if (jobs > workers->count)
		jobs = workers->count;
	while (started < jobs && start(workers, shared, &processes[started]))
		started++;
	if (started == 0 && jobs)
		return WORKERS_DIED;
	return collect(workers, shared, processes, started);
}

enum workers_result workers_run(const struct workers *workers)
{
	/* cppcheck-suppress invalidFunctionArg ; -1 goes with MAP_ANONYMOUS */
	struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return WORKERS_DIED;
	enum workers_result result = WORKERS_DONE;
	if (workers->jobs > 1)
		result = run_forked(workers, shared);
	else
		work(workers, shared);
	if (workers->progress)
		workers->progress(workers->context, atomic_load(&shared->done));
	bool failed = atomic_load(&shared->has_failed);
	munmap(shared, sizeof *shared);
	if (interrupted)
		return WORKERS_INTERRUPTED;
	return result != WORKERS_DONE ? result : failed ? WORKERS_FAILED : WORKERS_DONE;
}
