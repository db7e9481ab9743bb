/* SPDX-License-Identifier: MIT
 *
 * Options in, exit code out.  The only file that sees the environment, the locale,
 * the terminal and exit; everything else gets what it needs passed in.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "commands/commands.h"

/* Chinese unless the locale names another language: the users are province staff. */
static enum diag_language language_of_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return strncmp(value, "en", 2) == 0 ? LANGUAGE_ENGLISH : LANGUAGE_CHINESE;
	}
	return LANGUAGE_CHINESE;
}

/* Against a clock that nobody sets. */
static uint64_t milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void sleep_for(uint64_t duration_ms)
{
	const struct timespec time = { (time_t)(duration_ms / 1000), (long)(duration_ms % 1000 * 1000000) };
	nanosleep(&time, NULL);
}

/* The first of that name in PATH, as a shell finds it; NULL when there is none. */
static char *search_path(const char *name)
{
	const char *at = getenv("PATH");
	while (at && *at) {
		size_t size = strcspn(at, ":");
		char path[PATH_MAX];
		if (size && snprintf(path, sizeof path, "%.*s/%s", (int)size, at, name) < (int)sizeof path && access(path, X_OK) == 0)
			return realpath(path, NULL);
		at += size + (at[size] == ':');
	}
	return NULL;
}

/* This program's own file.  The kernel knows it; where there is no /proc, the name by which it was called tells. */
static const char *own_file(const char *called)
{
	static char path[PATH_MAX];
	ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
	if (size > 0 && path[0] == '/') {
		path[size] = '\0';
		return path;
	}
	char *found = NULL;
	if (called)
		found = strchr(called, '/') ? realpath(called, NULL) : search_path(called);
	bool fits = found && strlen(found) < sizeof path;
	if (fits)
		memcpy(path, found, strlen(found) + 1);
	free(found);
	return fits ? path : NULL;
}

int main(int argc, char **argv)
{
	memory_prepare();
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	bool has_terminal = isatty(STDERR_FILENO) == 1;
	struct environment environment = {
		.language = language_of_locale(),
		.has_terminal = has_terminal,
		.has_colour = has_terminal && !getenv("NO_COLOR"),
		.processors = processors > 0 && processors < 1024 ? (int)processors : 1,
		.job_slurm = getenv("SLURM_ARRAY_TASK_ID"),
		.job_kubernetes = getenv("JOB_COMPLETION_INDEX"),
		.program = own_file(argc ? argv[0] : NULL),
		.milliseconds = milliseconds,
		.sleep = sleep_for,
	};
	/* Files and folders get the modes that the program names, whatever the user's mask. */
	umask(022);
	/* A closed pipe is an error of write, not a sudden death. */
	signal(SIGPIPE, SIG_IGN);
	int code = commands_main(argc, argv, &environment);
	if (fflush(stdout) && code == EXIT_CLEAN)
		code = EXIT_WORLD;
	exit(code);
}
