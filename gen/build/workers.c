/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "build/workers.h"

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
#include "base/diag.h"
#include "base/interrupt.h"
#include "base/memory.h"

enum { JOBS_MOST = 256, POLL_MS = 100 };

/* Seen by all processes. */
struct shared {
	atomic_size_t next, done;
	atomic_bool has_failed, has_stopped;
};

struct process {
	pid_t pid;
	int pipe; /* read end, -1 once closed */
	struct buf report;
	enum workers_result end; /* once its pipe is closed */
};

static void work(const struct workers *workers, struct shared *shared)
{
	for (;;) {
		size_t index = atomic_fetch_add(&shared->next, 1);
		if (index >= workers->count || interrupt_requested() || atomic_load(&shared->has_stopped))
			return;
		if (!workers->task(workers->context, index)) {
			atomic_store(&shared->has_failed, true);
			if (workers->stops && workers->stops(workers->context))
				atomic_store(&shared->has_stopped, true);
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
	bool sent = !report.overflowed && write_all(fd, buf_view(&report));
	_exit(sent ? 0 : 1);
}

static bool start(const struct workers *workers, struct shared *shared, struct process *process)
{
	int ends[2];
	if (pipe(ends))
		return false;
	pid_t parent = getpid();
	process->pid = fork();
	if (process->pid < 0) {
		close(ends[0]);
		close(ends[1]);
		return false;
	}
	if (process->pid == 0) {
		interrupt_forked(parent);
		memory_leave_to_parent();
		close(ends[0]);
		child(workers, shared, ends[1]);
	}
	close(ends[1]);
	process->pipe = ends[0];
	process->end = WORKERS_DONE;
	buf_init(&process->report, BUF_LIMIT_FILE);
	return true;
}

static enum workers_result end_of(pid_t pid)
{
	int status = 0;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return WORKERS_DIED;
	if (WIFEXITED(status) && WEXITSTATUS(status) == MEMORY_EXIT)
		return WORKERS_NO_MEMORY;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return WORKERS_KILLED;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? WORKERS_DONE : WORKERS_DIED;
}

/* Takes what the pipe holds; at its end sees what became of the process, and lets the others stop where that is bad. */
static void drain(struct process *process, struct shared *shared)
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
	process->end = end_of(process->pid);
	if (process->end != WORKERS_DONE)
		atomic_store(&shared->has_stopped, true);
}

/* Without poll (it needs memory) one pipe after the other: slower, the same in the end. */
static size_t poll_pipes(struct process *processes, size_t count, struct shared *shared)
{
	struct pollfd fds[JOBS_MOST];
	size_t open = 0;
	for (size_t i = 0; i < count; i++) {
		fds[i] = (struct pollfd){ .fd = processes[i].pipe, .events = POLLIN };
		open += processes[i].pipe >= 0;
	}
	int ready = open ? poll(fds, (nfds_t)count, POLL_MS) : 0;
	bool is_blind = ready < 0 && errno != EINTR;
	for (size_t i = 0; (ready > 0 || is_blind) && i < count; i++)
		if (processes[i].pipe >= 0 && (is_blind || fds[i].revents))
			drain(&processes[i], shared);
	return open;
}

/* They have nothing to put away. */
static void kill_all(const struct process *processes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (processes[i].pipe >= 0)
			kill(processes[i].pid, SIGKILL);
}

static enum workers_result collect(const struct workers *workers, struct shared *shared, struct process *processes, size_t count)
{
	enum workers_result result = WORKERS_DONE;
	while (poll_pipes(processes, count, shared)) {
		if (workers->progress)
			workers->progress(workers->context, atomic_load(&shared->done));
		if (interrupt_requested())
			kill_all(processes, count);
	}
	for (size_t i = 0; i < count; i++) {
		enum workers_result end = processes[i].end;
		if (end == WORKERS_DONE && (processes[i].report.overflowed || !workers->receive(workers->context, buf_view(&processes[i].report))))
			end = WORKERS_DIED;
		result = end > result ? end : result;
		buf_clear(&processes[i].report);
	}
	return result;
}

static enum workers_result run_forked(const struct workers *workers, struct shared *shared)
{
	struct process processes[JOBS_MOST];
	size_t jobs = (size_t)workers->jobs < JOBS_MOST ? (size_t)workers->jobs : JOBS_MOST, started = 0;
	if (jobs > workers->count)
		jobs = workers->count;
	while (started < jobs && start(workers, shared, &processes[started]))
		started++;
	if (started == 0)
		work(workers, shared);
	return collect(workers, shared, processes, started);
}

enum workers_result workers_run(const struct workers *workers)
{
	/* cppcheck-suppress invalidFunctionArg ; -1 goes with MAP_ANONYMOUS */
	struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		memory_end();
	enum workers_result result = WORKERS_DONE;
	if (workers->jobs > 1)
		result = run_forked(workers, shared);
	else
		work(workers, shared);
	if (workers->progress)
		workers->progress(workers->context, atomic_load(&shared->done));
	bool failed = atomic_load(&shared->has_failed);
	munmap(shared, sizeof *shared);
	if (interrupt_requested())
		return WORKERS_INTERRUPTED;
	return result == WORKERS_DONE && failed ? WORKERS_FAILED : result;
}

bool workers_report(enum workers_result result, struct diag *diag)
{
	if (result == WORKERS_DIED)
		DIAG(diag, DIAG_WORKER_DIED, .n = 0);
	if (result == WORKERS_KILLED)
		DIAG(diag, DIAG_WORKER_KILLED, .n = 0);
	if (result == WORKERS_NO_MEMORY)
		DIAG(diag, DIAG_OUT_OF_MEMORY, .n = 0);
	if (result == WORKERS_INTERRUPTED)
		DIAG(diag, DIAG_INTERRUPTED, .n = 0);
	return result == WORKERS_DONE;
}
