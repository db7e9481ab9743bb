/* SPDX-License-Identifier: MIT
 *
 * The commands: one file each, one row each in the table of commands.c.
 *
 * A command gets parsed options and returns an exit code; it never calls exit.
 * Only main.c sees the environment; what it found stands in struct environment.
 */
#ifndef XINGJI_COMMANDS_COMMANDS_H
#define XINGJI_COMMANDS_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

#define XINGJI_VERSION "0.1.0"
#ifndef XINGJI_SHARE
#define XINGJI_SHARE "/usr/local/share/xingji" /* where make install puts themes, content and fonts */
#endif

enum exit_code { EXIT_CLEAN = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_WORLD = 3 };

/* What main.c learned from the outside. */
struct environment {
	enum diag_language language;
	bool has_terminal;   /* standard error is a terminal */
	bool has_colour;     /* and NO_COLOR is not set */
	int processors;
	uint64_t (*milliseconds)(void); /* since some moment; never goes back; for time limits only */
};

/* Which commands an option belongs to. */
enum option_use {
	FOR_BUILD = 1 << 0, FOR_CHECK = 1 << 1, FOR_EXPLAIN = 1 << 2, FOR_QUERY = 1 << 3, FOR_VERIFY = 1 << 4, FOR_TEMPLATE = 1 << 5,
	FOR_SERVE = 1 << 6,
	FOR_DATA = FOR_BUILD | FOR_CHECK | FOR_EXPLAIN | FOR_QUERY,
	FOR_PRINT = FOR_CHECK | FOR_EXPLAIN | FOR_QUERY,
	FOR_ALL = FOR_DATA | FOR_VERIFY | FOR_TEMPLATE | FOR_SERVE,
};

enum { ARGUMENTS_MOST = 8 };

struct options {
#define OPTION(member, name, argument, chinese, english, use) const char *member;
#include "commands/options.def"
#undef OPTION
	const char *arguments[ARGUMENTS_MOST]; /* what is not an option, after the command's name */
	size_t argument_count;
	struct environment environment;
};

struct command {
	const char *name;
	const char *arguments;         /* "ID|CODE", "" */
	const char *summary[2];        /* by enum diag_language */
	enum option_use use;
	size_t least, most;            /* arguments */
	int (*run)(const struct options *options);
};

extern const struct command commands[];
extern const size_t command_count;

/* Parse argv[1…] and run; the whole program apart from the environment. */
int commands_main(int argc, char **argv, const struct environment *environment);

int command_build(const struct options *options);
int command_check(const struct options *options);
int command_explain(const struct options *options);
int command_query(const struct options *options);
int command_serve(const struct options *options);
int command_verify(const struct options *options);
int command_template(const struct options *options);
int command_manual(const struct options *options);

/* dictionary.c: data/README.md on standard output, from the schema. */
void dictionary_print(void);

/* help.c: everything printed about the program itself, from the tables. */
void help_print(const struct command *command, enum diag_language language);
/* "unknown option '--x'" in the chosen language on standard error; returns EXIT_USAGE. */
int help_complain(const struct options *options, const char *chinese, const char *english, const char *subject);

#endif
