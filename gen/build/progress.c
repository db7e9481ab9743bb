/* SPDX-License-Identifier: MIT */
#include "build/progress.h"

#include <stdio.h>

static const char *current = "";

void progress_stage(const struct options *options, const char *chinese, const char *english)
{
	current = options->environment.language == LANGUAGE_ENGLISH ? english : chinese;
	if (options->quiet)
		return;
	if (options->environment.has_terminal)
		fprintf(stderr, "\r\033[K%s", current);
	else
		fprintf(stderr, "%s\n", current);
	fflush(stderr);
}

void progress_count(const struct options *options, size_t done, size_t total)
{
	if (options->quiet || !options->environment.has_terminal)
		return;
	fprintf(stderr, "\r\033[K%s %zu/%zu", current, done, total);
	fflush(stderr);
}

void progress_end(const struct options *options)
{
	if (!options->quiet && options->environment.has_terminal)
		fputs("\r\033[K", stderr);
}
