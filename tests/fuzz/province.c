/* SPDX-License-Identifier: MIT
 *
 * One file of a small province (tests/fuzz/province) replaced by the input; the others stand in
 * memory.  Everything is read again in each run, since every file is judged by those before it.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "assess/assess.h"
#include "assess/chronicle.h"
#include "assess/past.h"
#include "assess/trace.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/json_write.h"
#include "check/drop.h"
#include "check/load.h"
#include "commands/trace_print.h"
#include "held.h"

#define FOLDER FUZZ_PROVINCE
enum { YEAR = FUZZ_YEAR, YEAR_LIST_ONLY = 2020, COMPLAINTS_MOST = 10000 };

static struct text *replaced, original;

static void see_that_it_is_read(const struct fuzz *fuzz, const char *path);

void fuzz_make_province(const struct fuzz *fuzz, const char *name)
{
	char path[128];
	held_load(FOLDER);
	/* Nothing is judged by these but what they say themselves: a third of the time where they are not the point. */
	static const char *const idle[] = {
		"2020/campaign.xml", "2020/listed.csv", "2021/rectifications.csv", "2021/nominations.csv", "2021/ledger.csv", "2021/cities.csv",
		"2021/results/readme.txt", "2021/results/~$online.csv",
		"2021/scan-map.csv", "2021/scans/91320100XX00000197/scan.xml", "2021/scans/91320100XX00000272/oscal.xml",
	};
	bool is_earlier = text_starts(text_from(name), "2020/"), is_scan = text_starts(text_from(name), "2021/scan");
	for (size_t i = 0; i < sizeof idle / sizeof *idle; i++) {
		snprintf(path, sizeof path, FOLDER "/%s", idle[i]);
		if (!fuzz_is_whole() && !text_is(text_from(name), idle[i]) && !(is_earlier && text_starts(text_from(idle[i]), "2020/")) &&
		    !(is_scan && text_starts(text_from(idle[i]), "2021/scan")))
			held_forget(path);
	}
	snprintf(path, sizeof path, FOLDER "/%s", name);
	replaced = held_find(path);
	if (!replaced) {
		fprintf(stderr, "fuzz: no %s\n", path);
		exit(3);
	}
	original = *replaced;
	see_that_it_is_read(fuzz, path);
}

struct text fuzz_original(void)
{
	return original;
}

static struct model *load(const struct fuzz *fuzz, int64_t year, struct load_full *full)
{
	const struct load_options options = { .data = FOLDER, .year = year, .is_earlier = year && year != YEAR };
	return load_model(fuzz->arena, fuzz->sources, fuzz->diag, &options, full);
}

static const struct assessment *assess(const struct fuzz *fuzz, const struct model *model)
{
	const struct assessment *assessment = assess_model(fuzz->arena, model, fuzz->diag);
	return chronicle_assessment(fuzz->arena, assessment, chronicle_new(fuzz->arena, assessment, (struct date){ 0 }, fuzz->diag));
}

/* Errors, warnings and notes where `input` is the file, as one number. */
static size_t count_complaints(const struct fuzz *fuzz, struct text input)
{
	struct load_full full;
	struct diag *diag = diag_new(fuzz->arena, fuzz->sources);
	const struct fuzz apart = { .arena = fuzz->arena, .sources = fuzz->sources, .diag = diag };
	*replaced = input;
	load_release(load(&apart, YEAR, &full));
	*replaced = original;
	size_t serious = diag_count(diag, SEVERITY_ERROR) * COMPLAINTS_MOST + diag_count(diag, SEVERITY_WARNING);
	return serious * COMPLAINTS_MOST + diag_count(diag, SEVERITY_NOTE);
}

/* Readers that go past held.c would be asked about the same files for ever. */
static void see_that_it_is_read(const struct fuzz *fuzz, const char *path)
{
	if (count_complaints(fuzz, original) != count_complaints(fuzz, TEXT("\xFF\xFF")))
		return;
	fprintf(stderr, "fuzz: what stands in place of %s changes nothing\n", path);
	exit(3);
}

/* Inputs of odd size go the way of --keep-going. */
void fuzz_province(const struct fuzz *fuzz, struct text input)
{
	struct load_full full;
	*replaced = input;
	struct model *model = load(fuzz, YEAR, &full);
	if (model && input.size % 2)
		drop_touched(model, fuzz->arena, fuzz->diag);
	if (model)
		assess(fuzz, model);
	load_release(model);
	*replaced = original;
}

/* ---- everything ------------------------------------------------------------------------- */

static void add_earlier_years(const struct fuzz *fuzz, struct model *model, const struct load_full *full)
{
	for (size_t i = 0; i < full->count; i++) {
		if (full->years[i].is_listed)
			continue;
		struct model *earlier = load(fuzz, full->years[i].year, NULL);
		struct earlier *rows;
		if (!earlier)
			continue;
		size_t count = assess_listings(fuzz->arena, assess(fuzz, earlier), &rows);
		load_add_earlier(model, fuzz->arena, &(struct load_rows){ &earlier->campaign, rows, count });
		load_release(earlier);
	}
}

static void explain(const struct fuzz *fuzz, const struct assessment *assessment)
{
	struct buf buf;
	struct json_write json;
	buf_init(&buf, BUF_LIMIT_FILE);
	json_write_init(&json, &buf);
	json_write_list(&json, JSON_LINES);
	for (size_t i = 0; i < assessment->model->participation_count; i++) {
		const struct trace *trace = trace_new(fuzz->arena, assessment, i, fuzz->sources, NULL);
		trace_write_json(trace, &json);
		trace_write_text(trace, LANGUAGE_CHINESE, &buf);
		trace_write_text(trace, LANGUAGE_ENGLISH, &buf);
	}
	json_write_close(&json);
	buf_clear(&buf);
}

void fuzz_assess_all(const struct fuzz *fuzz, const struct model *model)
{
	explain(fuzz, assess(fuzz, model));
}

static void show_past(const struct fuzz *fuzz, struct model *later)
{
	struct model *own = load(fuzz, YEAR_LIST_ONLY, NULL), *past;
	const struct past_options options = { .later = later, .own = own, .year = YEAR_LIST_ONLY };
	past_assess(fuzz->arena, &options, fuzz->diag, &past);
	/* The catalogues go with the model that uses them now. */
	memset(own ? own->catalogues : later->catalogues, 0, sizeof later->catalogues);
	load_release(own);
	load_release(past);
}

/* An empty input stands for a file that is not there.  Inputs of odd size leave it to load_model to find the year. */
void fuzz_whole_province(const struct fuzz *fuzz, struct text input)
{
	struct load_full full;
	struct load_year *years;
	*replaced = input.size ? input : NO_TEXT;
	load_shown_years(fuzz->arena, FOLDER, &years);
	struct model *model = load(fuzz, input.size % 2 ? 0 : YEAR, &full);
	if (model) {
		add_earlier_years(fuzz, model, &full);
		explain(fuzz, assess(fuzz, model));
		drop_touched(model, fuzz->arena, fuzz->diag);
		explain(fuzz, assess(fuzz, model));
		show_past(fuzz, model);
	}
	load_release(model);
	*replaced = original;
}
