/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* MAP_ANONYMOUS, MADV_REMOVE */
#include "check/readers.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/moment.h"
#include "check/folder.h"
#include "check/observer.h"

enum {
	READERS_MOST = 256,
	FOLDERS_DEEP = 8,
	SMALL = 128, /* a file of such a part of the least is read here, while others read */
	PAGE = 4096,
};

struct reader_file {
	const char *path, *real;
	size_t size;       /* of the file, and of the room for what its rows said, which is less */
	size_t room_start;
};

enum { NOBODY, FINISHED, REFUSED };

/* Seen by all processes. */
struct reader_outcome {
	atomic_int state;
	size_t size;       /* bytes in the room of the file */
	bool is_new;       /* they were not found, but written down */
	bool is_noted;     /* nothing was told of the file */
	char key[65];
	struct input_known known;
	struct moment moment;
};

struct readers_shared {
	atomic_size_t next;
	struct reader_outcome outcomes[];
};

static struct reader_outcome *outcome_of(const struct readers *readers, const struct reader_file *file)
{
	return &readers->shared->outcomes[file - readers->files];
}

static char *room_of(const struct readers *readers, const struct reader_file *file)
{
	return (char *)readers->shared + file->room_start;
}

/* ---- in a reader ------------------------------------------------------------------------------------ */

static void leave(struct readers *readers, struct text bytes)
{
	struct reader_outcome *outcome = outcome_of(readers, readers->reading);
	if (bytes.size > readers->reading->size) {
		outcome->state = REFUSED;
		return;
	}
	memcpy(room_of(readers, readers->reading), bytes.at, bytes.size);
	outcome->size = bytes.size;
}

static bool find(void *context, struct arena *arena, struct text name, const char key[65], struct text *bytes,
		 bool *is_doubted)
{
	struct readers *readers = context;
	const struct kept_store *outer = readers->outer;
	if (!outer || !outer->find(outer->context, arena, name, key, bytes, is_doubted))
		return false;
	leave(readers, *bytes);
	return true;
}

static void keep(void *context, struct text name, const char key[65], struct text bytes)
{
	struct readers *readers = context;
	struct reader_outcome *outcome = outcome_of(readers, readers->reading);
	(void)name;
	memcpy(outcome->key, key, sizeof outcome->key);
	outcome->is_new = bytes.size > 0;
	if (outcome->is_new)
		leave(readers, bytes);
}

/* Who began the readers has to see that for itself. */
static void differs(void *context, struct text name)
{
	struct readers *readers = context;
	(void)name;
	outcome_of(readers, readers->reading)->state = REFUSED;
}

static bool known(void *context, struct text name, const char *real, struct input_known *input)
{
	(void)context, (void)name, (void)real, (void)input;
	return false;
}

static void note(void *context, struct text name, const char *real, const struct input_known *input)
{
	struct readers *readers = context;
	struct reader_outcome *outcome = outcome_of(readers, readers->reading);
	(void)name, (void)real;
	outcome->known = *input;
	outcome->is_noted = true;
}

static void read_file(struct readers *readers, struct reader_file *file)
{
	struct reader_outcome *outcome = outcome_of(readers, file);
	struct moment before, after;
	readers->reading = file;
	if (moment_of(file->real, &before))
		return;
	const char *slash = strrchr(file->path, '/');
	readers->read(readers->context, file->path, text_from(slash ? slash + 1 : file->path));
	problems_report_merged(readers->observer->check);
	outcome->moment = before;
	const bool is_same = !moment_of(file->real, &after) && moment_equal(&before, &after);
	const bool is_left = outcome->state == NOBODY && outcome->is_noted && outcome->size && is_same;
	atomic_store(&outcome->state, is_left ? FINISHED : REFUSED);
}

/* What is told goes nowhere, texts go at once, and rows are only written down. */
static _Noreturn void work(struct readers *readers, int pipe)
{
	struct check *check = readers->observer->check;
	readers->outer = check->kept;
	readers->own = (struct kept_store){ readers, readers->outer ? readers->outer->program : "", find, keep, differs,
					    known, note, .is_fleeting = !readers->outer };
	check->kept = &readers->own;
	readers->observer->gathered.is_passing = true;
	sources_keep(check->reader.sources, 0);
	for (size_t i; (i = atomic_fetch_add(&readers->shared->next, 1)) < readers->count;) {
		read_file(readers, &readers->files[i]);
		while (write(pipe, "", 1) < 0 && errno == EINTR)
			continue;
	}
	_exit(0);
}

/* ---- which files --------------------------------------------------------------------------------------- */

static bool is_for_readers(const struct readers *readers, struct text name, const char *path, const char *real)
{
	const struct check *check = readers->observer->check;
	const struct kept_store *store = check->kept;
	const struct text inside = sources_inside(check->reader.sources, text_from(path));
	struct input_known ignored;
	if (!folder_has_suffix(name, ".csv") && !folder_has_suffix(name, ".xml"))
		return false;
	return !store || !store->known(store->context, inside, real, &ignored);
}

typedef LIST(struct reader_file) reader_files;

/* As folder_visit goes, and nothing is reported. */
static void find_files(const struct readers *readers, const char *folder, const struct input_names *names, int depth,
		       reader_files *files)
{
	const struct reader *reader = &readers->observer->check->reader;
	const size_t least = readers->observer->check->readers_least;
	for (size_t i = 0; i < names->count; i++) {
		const char *path = file_join(reader->arena, folder, names->at[i]);
		const char *real = folder_is_passed_over(names->at[i]) ? NULL : input_real(reader, path);
		struct input_names inner = { .count = 0 };
		struct moment moment;
		if (real && file_is_folder(real)) {
			if (depth < FOLDERS_DEEP && !file_list(reader->arena, real, NULL, &inner.at, &inner.count))
				find_files(readers, path, &inner, depth + 1, files);
		} else if (real && is_for_readers(readers, names->at[i], path, real) && !moment_of(real, &moment) &&
			   moment.size >= least / SMALL && moment.size && moment.size <= UINT32_MAX) {
			LIST_PUSH(files, ((struct reader_file){ path, real, (size_t)moment.size, 0 }));
		}
	}
}

/* ---- in this process ---------------------------------------------------------------------------------- */

static size_t pages(size_t size)
{
	return (size + PAGE - 1) / PAGE * PAGE;
}

/* Room is only promised: what nobody writes to costs nothing. */
static bool find_room(struct readers *readers)
{
	size_t size = pages(sizeof *readers->shared + readers->count * sizeof *readers->shared->outcomes);
	for (size_t i = 0; i < readers->count; i++) {
		readers->files[i].room_start = size;
		size += pages(readers->files[i].size);
	}
	const int flags = MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE;
	/* cppcheck-suppress invalidFunctionArg ; -1 goes with MAP_ANONYMOUS */
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
	readers->shared = at == MAP_FAILED ? NULL : at;
	readers->shared_size = size;
	return readers->shared != NULL;
}

static void begin(struct readers *readers, const int ends[2], int wished)
{
	const pid_t parent = getpid();
	for (readers->started = 0; readers->started < wished; readers->started++) {
		const pid_t pid = fork();
		if (pid < 0)
			break;
		if (pid == 0) {
			interrupt_forked(parent);
			memory_leave_to_parent();
			close(ends[0]);
			work(readers, ends[1]);
		}
		readers->pids[readers->started] = pid;
	}
}

/* As for what is kept (kept_open): errors of the tables decide of which rows nothing is said. */
static bool may_read(const struct check *check)
{
	return check->readers > 1 && !check->mended && !diag_count(check->reader.diag, SEVERITY_ERROR) &&
	       !arena_is_whole(check->reader.arena);
}

void readers_start(struct readers *readers, const char *folder, const struct input_names *names)
{
	struct check *check = readers->observer->check;
	reader_files files = { 0 };
	size_t sum = 0;
	int ends[2];
	readers->pipe = -1;
	if (!may_read(check))
		return;
	find_files(readers, folder, names, 0, &files);
	readers->files = LIST_SETTLE(check->reader.arena, &files);
	readers->count = files.count;
	LIST_FREE(&files);
	for (size_t i = 0; i < readers->count; i++)
		if (!kept_is_known(check, readers->files[i].path, readers->files[i].real))
			sum += readers->files[i].size;
	const bool is_alone = readers->count < 2 && check->readers_least >= READERS_LEAST; /* a test asks for less */
	if (!readers->count || is_alone || sum < check->readers_least || !find_room(readers) || pipe(ends))
		return;
	const int wished = check->readers < READERS_MOST ? check->readers : READERS_MOST;
	readers->pids = ARENA_ARRAY(check->reader.arena, pid_t, (size_t)wished);
	begin(readers, ends, (size_t)wished < readers->count ? wished : (int)readers->count);
	close(ends[1]);
	readers->pipe = ends[0];
}

/* Until it is finished, or nobody is left who could. */
static bool wait_for(struct readers *readers, struct reader_outcome *outcome)
{
	char bytes[64];
	while (atomic_load(&outcome->state) == NOBODY && readers->pipe >= 0) {
		const ssize_t got = read(readers->pipe, bytes, sizeof bytes);
		if (got > 0 || (got < 0 && errno == EINTR))
			continue;
		close(readers->pipe);
		readers->pipe = -1;
	}
	return atomic_load(&outcome->state) == FINISHED;
}

static struct reader_file *find_file(struct readers *readers, const char *path)
{
	for (size_t i = readers->next; i < readers->count; i++)
		if (strcmp(readers->files[i].path, path) == 0) {
			readers->next = i + 1;
			return &readers->files[i];
		}
	return NULL;
}

bool readers_take(struct readers *readers, const struct kept_file *file)
{
	struct reader_file *mine = readers->shared && !readers->reading ? find_file(readers, file->path) : NULL;
	if (!mine)
		return false;
	struct reader_outcome *outcome = outcome_of(readers, mine);
	bool is_taken = wait_for(readers, outcome);
	if (is_taken) {
		const struct text bytes = { room_of(readers, mine), outcome->size };
		const struct kept_left left = { bytes, &outcome->known, &outcome->moment, outcome->key,
						outcome->is_new };
		is_taken = kept_take_left(readers->observer, file, &left);
	}
	(void)madvise(room_of(readers, mine), pages(mine->size), MADV_REMOVE);
	return is_taken;
}

void readers_end(struct readers *readers)
{
	if (readers->pipe >= 0)
		close(readers->pipe);
	for (int i = 0; i < readers->started; i++) {
		kill(readers->pids[i], SIGKILL); /* it has nothing to put away, and mostly is gone */
		while (waitpid(readers->pids[i], NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	if (readers->shared)
		munmap(readers->shared, readers->shared_size);
}
