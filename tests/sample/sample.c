/* SPDX-License-Identifier: MIT */
/*
 * sample --models DIR --enterprises N --out DIR [--seed S]
 *
 * Write an invented province: OUT/2021 (campaign, registers, results) and OUT/2020/listed.csv.  README.md
 * tells what it is like; places.c holds its tables, province.c who takes part, verdicts.c what was found,
 * registers*.c and results.c the files.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "catalogue.h"
#include "dates.h"
#include "province.h"
#include "registers.h"
#include "results.h"
#include "rng.h"
#include "sheet.h"
#include "verdicts.h"

enum { STATUS_USAGE = 2, STATUS_WORLD = 3, PATH_TEXT_MAX = 4096, ENTERPRISES_MAX = 999999, LEVELS_TOLD = 6 };

static const char usage[] = "usage: sample --models DIR --enterprises N --out DIR [--seed S]\n";

struct options {
	const char *models, *out;
	size_t enterprises;
	uint64_t seed;
};

/* What the closing line tells. */
struct tally {
	size_t enterprises, participations[TRACK_COUNT], levels[TRACK_COUNT][LEVELS_TOLD];
	size_t starless, unfinished;
};

/* The files that grow with the enterprises. */
struct files {
	struct sheet *enterprises, *participations, *listed;
	struct results results;
};

static bool number_parse(const char *text, uint64_t *number)
{
	char *rest;
	errno = 0;
	unsigned long long value = strtoull(text, &rest, 10);
	*number = value;
	return errno == 0 && rest != text && *rest == '\0' && text[0] >= '0' && text[0] <= '9';
}

static bool options_parse(struct options *options, int count, char *arguments[])
{
	uint64_t enterprises = 0;
	*options = (struct options){.seed = 2021};
	for (int i = 1; i + 1 < count; i += 2) {
		const char *value = arguments[i + 1];
		if (strcmp(arguments[i], "--models") == 0)
			options->models = value;
		else if (strcmp(arguments[i], "--out") == 0)
			options->out = value;
		else if (strcmp(arguments[i], "--enterprises") == 0 && number_parse(value, &enterprises))
			options->enterprises = enterprises > ENTERPRISES_MAX ? 0 : (size_t)enterprises;
		else if (strcmp(arguments[i], "--seed") != 0 || !number_parse(value, &options->seed))
			return false;
	}
	return count % 2 == 1 && options->models != NULL && options->out != NULL && options->enterprises > 0;
}

/* Write base/name into path and make that folder; an empty name stands for base itself. */
static bool folder_make(char path[PATH_TEXT_MAX], const char *base, const char *name)
{
	int size = snprintf(path, PATH_TEXT_MAX, "%s%s%s", base, name[0] == '\0' ? "" : "/", name);
	if (size > 0 && size < PATH_TEXT_MAX && (mkdir(path, 0777) == 0 || errno == EEXIST))
		return true;
	fprintf(stderr, "sample: cannot make %s/%s: %s\n", base, name, strerror(errno));
	return false;
}

static bool files_open(struct files *files, const char *year, const char *earlier)
{
	*files = (struct files){.enterprises = sheet_open(year, "enterprises.csv", SHEET_UTF8)};
	files->participations = sheet_open(year, "participations.csv", SHEET_UTF8);
	files->listed = sheet_open(earlier, "listed.csv", SHEET_UTF8);
	results_init(&files->results, year);
	if (files->enterprises == NULL || files->participations == NULL || files->listed == NULL)
		return false;
	sheet_text_line(files->enterprises, registers_enterprise_heading);
	sheet_text_line(files->participations, registers_participation_heading);
	sheet_text_line(files->listed, registers_listed_heading);
	return true;
}

static bool files_close(struct files *files)
{
	bool is_whole = sheet_close(files->enterprises);
	is_whole = sheet_close(files->participations) && is_whole;
	is_whole = sheet_close(files->listed) && is_whole;
	return results_close(&files->results) && is_whole;
}

/* A recheck with nothing to recheck did not take place. */
static void recheck_settle(struct participation *part, const struct catalogue *catalogue,
						   const struct verdicts *verdicts)
{
	for (size_t i = 0; i < catalogue->count; i++)
		if (verdicts->seen[ROUND_RECHECK][i] != VERDICT_NONE)
			return;
	part->has[ROUND_RECHECK] = false;
	part->day[ROUND_RECHECK] = part->rectified_day = DATES_NEVER;
}

static void participation_write(struct files *files, struct participation *part, const struct catalogue *catalogue)
{
	static struct verdicts verdicts;
	struct rng rng;
	rng_init(&rng, part->enterprise->seed, STREAM_VERDICTS, part->enterprise->index * TRACK_COUNT + part->track);
	verdicts_draw(&verdicts, catalogue, part, &rng);
	recheck_settle(part, catalogue, &verdicts);
	registers_participation(files->participations, part, catalogue);
	results_write(&files->results, part, catalogue, &verdicts);
}

static void tally_add(struct tally *tally, const struct enterprise *enterprise)
{
	const struct profile *profile = &enterprise->profile;
	tally->enterprises++;
	tally->unfinished += !profile->is_finished;
	tally->starless += profile->level[TRACK_ICS] <= 0 && profile->level[TRACK_PLATFORM] <= 0;
	for (unsigned track = 0; track < TRACK_COUNT; track++) {
		if (profile->level[track] == TRACK_ABSENT)
			continue;
		tally->participations[track]++;
		tally->levels[track][profile->level[track]]++;
	}
}

static void enterprises_write(struct files *files, struct province *province, size_t count,
							  const struct catalogue catalogues[TRACK_COUNT], struct tally *tally)
{
	for (size_t index = 0; index < count; index++) {
		struct enterprise enterprise;
		province_enterprise(province, index, &enterprise);
		registers_enterprise(files->enterprises, &enterprise);
		registers_listed(files->listed, &enterprise, catalogues);
		tally_add(tally, &enterprise);
		for (unsigned track = 0; track < TRACK_COUNT; track++) {
			struct participation part = {.track = (enum track)track};
			if (province_participation(province, &enterprise, catalogues[track].top, &part))
				participation_write(files, &part, &catalogues[track]);
		}
	}
}

static void tally_tell(const struct tally *tally, const struct results *results)
{
	const size_t *ics = tally->levels[TRACK_ICS], *platform = tally->levels[TRACK_PLATFORM], *rows = results->rows;
	fprintf(stderr,
			"sample: %zu enterprises; ics %zu (levels 0-5: %zu %zu %zu %zu %zu %zu), platform %zu (%zu %zu %zu); "
			"%zu without a star, %zu of them unfinished; results %zu self %zu online %zu recheck %zu onsite; "
			"%zu rectifications\n",
			tally->enterprises, tally->participations[TRACK_ICS], ics[0], ics[1], ics[2], ics[3], ics[4], ics[5],
			tally->participations[TRACK_PLATFORM], platform[0], platform[1], platform[2], tally->starless,
			tally->unfinished, rows[ROUND_SELF], rows[ROUND_ONLINE], rows[ROUND_RECHECK], rows[ROUND_ONSITE],
			results->rectification_rows);
}

/* Everything that is written, in the order in which it is read. */
static bool province_write(const struct options *options, const struct catalogue catalogues[TRACK_COUNT])
{
	char out[PATH_TEXT_MAX], year[PATH_TEXT_MAX], earlier[PATH_TEXT_MAX], results[PATH_TEXT_MAX];
	if (!folder_make(out, options->out, "") || !folder_make(year, out, "2021") || !folder_make(earlier, out, "2020") ||
		!folder_make(results, year, "results"))
		return false;
	static struct province province;
	static struct files files;
	struct tally tally = {0};
	province_init(&province, options->seed);
	bool is_open = files_open(&files, year, earlier);
	if (is_open)
		enterprises_write(&files, &province, options->enterprises, catalogues, &tally);
	bool is_whole = files_close(&files) && is_open && registers_write(year, &province, options->enterprises) &&
					registers_nominations(year, &province, options->enterprises);
	if (is_whole)
		tally_tell(&tally, &files.results);
	return is_whole;
}

int main(int count, char *arguments[])
{
	static const char *const model_ids[TRACK_COUNT] = {"ics-2021", "platform-2018"};
	static struct catalogue catalogues[TRACK_COUNT];
	struct options options;
	if (!options_parse(&options, count, arguments)) {
		fputs(usage, stderr);
		return STATUS_USAGE;
	}
	bool is_whole = true;
	for (unsigned track = 0; track < TRACK_COUNT && is_whole; track++)
		is_whole = catalogue_load(&catalogues[track], options.models, model_ids[track]);
	is_whole = is_whole && province_write(&options, catalogues);
	for (unsigned track = 0; track < TRACK_COUNT; track++)
		catalogue_clear(&catalogues[track]);
	if (!is_whole)
		fputs("sample: not everything could be written\n", stderr);
	return is_whole ? EXIT_SUCCESS : STATUS_WORLD;
}
