/* SPDX-License-Identifier: MIT
 *
 * Options in, exit code out.  The only file that sees the environment, the locale,
 * the terminal and exit; everything else gets what it needs passed in.
 */
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
		.milliseconds = milliseconds,
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
