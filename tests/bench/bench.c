/* SPDX-License-Identifier: MIT
 *
 * Speed of the stages on their own, in CPU time: CSV and XML in MB/s, reading and
 * checking a whole year, decisions per second.  Prints one line each; never a test.
 * usage: bench DATA YEAR
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "assess/assess.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "check/load.h"
#include "read/csv.h"
#include "read/input.h"
#include "read/xml.h"

static double cpu_seconds(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 + (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
}

static void bench_csv(void)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	for (int i = 0; buf.size < ((size_t)64 << 20); i++)
		buf_format(&buf, "913201000000%06d,工控,线上核查,PA%02d-1-01,符合,,,2021-10-08\n", i % 1000000, i % 40 + 1);
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct reader reader = { .arena = arena, .sources = sources, .diag = diag_new(arena, sources) };
	struct csv *csv = ARENA_NEW(arena, struct csv);
	csv_init(csv, &reader, input_add(&reader, "bench.csv", buf_view(&buf)), ',');
	double start = cpu_seconds();
	size_t records = 0;
	while (csv_next(csv))
		records++;
	double seconds = cpu_seconds() - start;
	printf("CSV reader            %8.0f MB/s   %.1f million records/s\n", (double)buf.size / 1e6 / seconds, (double)records / 1e6 / seconds);
	buf_clear(&buf);
	arena_free(arena);
}

static void bench_load(const char *data, int64_t year)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	const struct load_options options = { .data = data, .year = year };
	double start = cpu_seconds();
	struct model *model = load_model(arena, sources, diag, &options, NULL);
	double seconds = cpu_seconds() - start;
	if (!model)
		exit(1);
	size_t bytes = 0;
	for (uint32_t i = 1; i <= sources_count(sources); i++)
		bytes += sources_find(sources, i)->text.size;
	printf("read and check a year %8.0f MB/s   %.2f million observations/s (%zu enterprises, %.1f MB)\n", (double)bytes / 1e6 / seconds,
	       (double)model->observation_count / 1e6 / seconds, model->enterprise_count, (double)bytes / 1e6);
	start = cpu_seconds();
	assess_model(arena, model, diag);
	seconds = cpu_seconds() - start;
	printf("decisions             %8.0f /s     %.2f million observations/s\n", (double)model->participation_count / seconds,
	       (double)model->observation_count / 1e6 / seconds);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	int64_t year;
	if (argc != 3 || !text_to_integer(text_from(argv[2]), &year))
		return 2;
	bench_csv();
	bench_load(argv[1], year);
	return 0;
}
