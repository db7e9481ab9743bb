/* SPDX-License-Identifier: MIT
 *
 * The commands: one file each, one row each in the table of commands.c.
 *
 * A command gets parsed options and returns an exit code; it never calls exit.
 */
#ifndef XINGJI_COMMANDS_COMMANDS_H
#define XINGJI_COMMANDS_COMMANDS_H

#include <stddef.h>

#include "build/options.h"

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

/*
 * The row of a table of formats, each beginning with its name, that --format asks for: the first
 * where it asks for none; -1 when no row has that name.
 */
int format_find(const void *formats, size_t count, size_t size, const char *asked);
#define FORMAT_FIND(formats, asked) \
	format_find((formats), sizeof(formats) / sizeof *(formats), sizeof *(formats), (asked))

int command_build(const struct options *options);
int command_plan(const struct options *options);
int command_merge(const struct options *options);
int command_check(const struct options *options);
int command_explain(const struct options *options);
int command_query(const struct options *options);
int command_diff(const struct options *options);
int command_new(const struct options *options);
/* The part of it that makes a catalogue. */
int new_model(const struct options *options);
int command_serve(const struct options *options);
int command_publish(const struct options *options);
int command_status(const struct options *options);
int command_dispatch(const struct options *options);
int command_certificates(const struct options *options);
int command_key(const struct options *options);
int command_register(const struct options *options);
int command_verify(const struct options *options);
int command_template(const struct options *options);
int command_manual(const struct options *options);

/* dictionary.c: data/README.md on standard output, from the schema. */
void dictionary_print(void);

/* help.c: everything printed about the program itself, from the tables. */
void help_print(const struct command *command, enum diag_language language);

#endif
