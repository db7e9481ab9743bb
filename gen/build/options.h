/* SPDX-License-Identifier: MIT
 *
 * What a person asked for: the options of all commands, and what main.c found outside.
 *
 * The command line (commands/) fills them in from the table options.def; here they are read
 * only.  Only main.c sees the environment itself.
 */
#ifndef XINGJI_BUILD_OPTIONS_H
#define XINGJI_BUILD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

#define XINGJI_VERSION "0.1.0"

enum exit_code { EXIT_CLEAN = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_WORLD = 3 };

/* What main.c learned from the outside. */
struct environment {
	enum diag_language language;
	bool has_terminal;   /* standard error is a terminal */
	bool has_colour;     /* and NO_COLOR is not set */
	int processors;
	const char *job_slurm, *job_kubernetes; /* SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX; NULL: not set */
	const char *program; /* its own file, links resolved: what came with it lies beside it (folders.h); NULL: not known */
	uint64_t (*milliseconds)(void); /* since some moment; never goes back; for time limits and pace only */
	void (*sleep)(uint64_t milliseconds); /* may return early, as after a signal */
};

/* Which commands an option belongs to. */
enum option_use {
	FOR_BUILD = 1 << 0, FOR_CHECK = 1 << 1, FOR_EXPLAIN = 1 << 2, FOR_QUERY = 1 << 3, FOR_VERIFY = 1 << 4, FOR_TEMPLATE = 1 << 5,
	FOR_SERVE = 1 << 6, FOR_DIFF = 1 << 7, FOR_NEW = 1 << 8, FOR_PUBLISH = 1 << 9, FOR_REGISTER = 1 << 10,
	FOR_STATUS = 1 << 11, FOR_DISPATCH = 1 << 12, FOR_PLAN = 1 << 13, FOR_MERGE = 1 << 14,
	FOR_DATA = FOR_BUILD | FOR_PLAN | FOR_CHECK | FOR_EXPLAIN | FOR_QUERY | FOR_DIFF,
	FOR_PRINT = FOR_CHECK | FOR_EXPLAIN | FOR_QUERY | FOR_DIFF,
	FOR_ALL = FOR_DATA | FOR_VERIFY | FOR_TEMPLATE | FOR_SERVE | FOR_NEW | FOR_PUBLISH | FOR_REGISTER | FOR_STATUS |
		  FOR_DISPATCH | FOR_MERGE,
};

enum { ARGUMENTS_MOST = 8 };

struct options {
#define OPTION(member, name, argument, chinese, english, use) const char *member;
#include "build/options.def"
#undef OPTION
	const char *arguments[ARGUMENTS_MOST]; /* what is not an option, after the command's name */
	size_t argument_count;
	struct environment environment;
};

#endif
