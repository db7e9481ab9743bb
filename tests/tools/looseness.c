/* SPDX-License-Identifier: MIT
 *
 * How far apart do the lines of a document set their Han characters?
 *	looseness DATA YEAR report|CREDIT-CODE|all
 *
 * The documents are composed and laid out; of each line the blank that stands between
 * neighbouring Han characters beyond what the type size gives is counted, in thousandths
 * of an em, as a histogram with the loosest lines below.  Lines without such blank are
 * set solid and count as 0.  And what laying out costs, in CPU time.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "build/build.h"
#include "layout/layout.h"

enum { WORST = 8, BUCKETS = 10 };

static const int limits[BUCKETS] = { 0, 10, 25, 50, 75, 100, 150, 200, 300, 1000 };

struct worst {
	int looseness;
	char text[200];
};

struct count {
	size_t lines, documents, of[BUCKETS];
	double sum, seconds;
	struct worst worst[WORST];
};

static bool is_han(struct text text, uint32_t at)
{
	size_t offset = at;
	uint32_t character = at < text.size ? utf8_next(text, &offset) : 0;
	return character >= 0x4E00 && character <= 0x9FFF;
}

/* The smallest blank between two Han characters of the run, in 1/1000 em; -1 when there are no two. */
static int looseness(const struct glyph_run *run)
{
	double least = 1e9;
	for (size_t i = 0; i + 1 < run->count; i++) {
		const struct placed_glyph *glyph = &run->glyphs[i];
		if (is_han(run->text, glyph->cluster) && is_han(run->text, glyph[1].cluster))
			least = fmin(least, glyph[1].x - glyph->x - run->size_pt);
	}
	return least > 1e8 ? -1 : (int)lround(least * 1000 / run->size_pt);
}

static void note(struct count *count, int value, struct text text)
{
	size_t bucket = 0;
	while (bucket + 1 < BUCKETS && value > limits[bucket])
		bucket++;
	count->lines++;
	count->of[bucket]++;
	count->sum += value > 0 ? value : 0;
	struct worst own = { .looseness = value };
	snprintf(own.text, sizeof own.text, "%.*s", TEXT_ARGS(text));
	for (size_t i = 0; i < WORST; i++)
		if (own.looseness > count->worst[i].looseness) {
			struct worst pushed = count->worst[i];
			count->worst[i] = own;
			own = pushed;
		}
}

/* A run of one manner stands for its line: of a line of several the widest counts. */
static void count_pages(struct count *count, const struct pages *pages)
{
	for (size_t i = 0; i < pages->count; i++)
		for (size_t k = 0; k < pages->pages[i].op_count; k++) {
			const struct draw_op *op = &pages->pages[i].ops[k];
			int value = op->kind == DRAW_GLYPHS && op->tag >= 0 && op->run.width_pt > 10 * op->run.size_pt ? looseness(&op->run) : -1;
			if (value >= 0)
				note(count, value, op->run.text);
		}
}

static void print(const struct count *count)
{
	double documents = (double)count->documents, lines = (double)count->lines;
	printf("%zu documents, %.2f CPU ms of layout each\n", count->documents, count->seconds * 1000 / fmax(documents, 1));
	printf("%zu lines, %.1f thousandths of an em on average\n", count->lines, count->sum / fmax(lines, 1));
	for (size_t i = 0; i < BUCKETS; i++)
		printf("  up to %4d: %6zu  %5.1f %%\n", limits[i], count->of[i], 100.0 * (double)count->of[i] / fmax(lines, 1));
	for (size_t i = 0; i < WORST && count->worst[i].looseness > 0; i++)
		printf("  %4d  %s\n", count->worst[i].looseness, count->worst[i].text);
}

static double cpu_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void count_document(struct count *count, struct build *build, const struct doc *doc)
{
	if (doc) {
		double start = cpu_seconds();
		const struct pages *pages = layout_document(build->scratch, build->press.shaper, build->press.theme, doc, build->run.diag);
		count->seconds += cpu_seconds() - start;
		count->documents++;
		count_pages(count, pages);
	}
	arena_clear(build->scratch);
}

static void count_all(struct count *count, struct build *build, const char *what)
{
	if (strcmp(what, "report") == 0) {
		count_document(count, build, make_report_document(build));
		return;
	}
	for (int32_t i = 0; i < (int32_t)build->run.model->enterprise_count; i++)
		if (strcmp(what, "all") == 0 || text_is(build->run.model->enterprises[i].code, what))
			count_document(count, build, make_diagnosis_document(build, i));
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	/* What ships with the program lies around this one too. */
	const struct options options = { .data = argv[1], .year = argv[2], .environment = { .processors = 1, .program = realpath(argv[0], NULL) } };
	struct build build = { .options = &options, .plan.parts = strcmp(argv[3], "report") == 0 ? PART_REPORT : PART_DIAGNOSIS };
	struct count count = { 0 };
	build.scratch = arena_new();
	if (run_open(&build.run, &options) || !build.run.model)
		return 3;
	press_choose_folders(&build);
	if (!press_open(&build))
		return 3;
	count_all(&count, &build, argv[3]);
	print(&count);
	return EXIT_SUCCESS;
}
