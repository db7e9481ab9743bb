/* SPDX-License-Identifier: MIT
 *
 * What an earlier run kept of the rows of results (check/kept.h), in place of what this program wrote: it is either
 * not taken, and the file is read as ever, or nothing in it can be but what a row can say.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "check/kept.h"
#include "check/load.h"
#include "held.h"
#include "model/observed.h"

#define RESULTS_FOLDER FUZZ_PROVINCE "/2021/results/"
enum { FILES = 2, NAME_MOST = 32 };

/* The first byte of an input. */
enum {
	CHOOSE_FILE = 1,     /* of which the other one is read */
	CHOOSE_DOUBT = 2,    /* read all the same and compared */
	CHOOSE_UNREAD = 4,   /* the file need not be opened */
	CHOOSE_SIZE = 8,     /* and is said to be 256 times as long as the second byte says */
};

static const char *const names[FILES] = { "online.csv", "onsite.xml" };
static struct text good[FILES]; /* what this program writes of them */
static struct arena *ours;        /* of good */
static char rows_read[65];      /* a digest of what the model then holds of them */

/* What is asked of the store in one run. */
static struct asking {
	unsigned choice;
	struct text bytes;
	bool is_making, is_taken, is_different;
} asking;

static int number_of(struct text name)
{
	for (int i = 0; i < FILES; i++)
		if (text_ends(name, names[i]))
			return i;
	return -1;
}

static bool is_asked(struct text name)
{
	return !asking.is_making && number_of(name) == (int)(asking.choice & CHOOSE_FILE);
}

static bool find(void *context, struct arena *arena, struct text name, const char key[65], struct text *bytes,
		 bool *is_doubted)
{
	(void)context;
	(void)key;
	*is_doubted = asking.choice & CHOOSE_DOUBT;
	*bytes = text_copy(arena, asking.bytes);
	return is_asked(name);
}

static void keep(void *context, struct text name, const char key[65], struct text bytes)
{
	(void)context;
	(void)key;
	int number = number_of(name);
	if (asking.is_making && number >= 0)
		good[number] = text_copy(ours, bytes);
	if (is_asked(name) && !bytes.at)
		asking.is_taken = true;
}

static void differs(void *context, struct text name)
{
	(void)context;
	asking.is_different |= is_asked(name);
}

static bool know(void *context, struct text name, const char *real, struct input_known *known)
{
	const struct text *file = held_find(real);
	(void)context;
	if (!is_asked(name) || !(asking.choice & CHOOSE_UNREAD) || !file)
		return false;
	*known = (struct input_known){ .size = (uint32_t)file->size };
	if (asking.choice & CHOOSE_SIZE)
		known->size = asking.bytes.size ? (uint32_t)(unsigned char)asking.bytes.at[0] << 8 : 0;
	hash_of(*file, known->hash);
	return true;
}

static void note(void *context, struct text name, const char *real, const struct input_known *known)
{
	(void)context;
	(void)name;
	(void)real;
	(void)known;
}

static const struct kept_store store = { NULL, "program", find, keep, differs, know, note, false };

static struct model *load(const struct fuzz *fuzz)
{
	const struct load_options options = { .data = FUZZ_PROVINCE, .year = FUZZ_YEAR, .kept = &store };
	return load_model(fuzz->arena, fuzz->sources, fuzz->diag, &options, NULL);
}

static void fail(const char *what)
{
	fprintf(stderr, "fuzz: kept: %s\n", what);
	abort();
}

/* ---- what a model holds ---------------------------------------------------------------------- */

static void add_rows(struct hash *hash, const struct model *model, struct observed_rows rows)
{
	for (size_t i = 0; i < rows.count; i++) {
		const struct observation *row = &rows.at[i];
		const struct remark *remark = row->remark ? &model->remarks[row->remark - 1] : NULL;
		const int64_t numbers[] = { row->date.year, row->date.month, row->date.day, row->item, row->round, row->result,
					    row->source, row->start, row->size, remark ? remark->agency : -2 };
		hash_add(hash, (struct text){ (const char *)numbers, sizeof numbers });
		if (remark) {
			hash_add(hash, remark->note);
			hash_add(hash, TEXT("\n"));
			hash_add(hash, remark->evidence);
		}
	}
	hash_add(hash, TEXT("\n\n"));
}

static void digest_of(const struct model *model, char digest[65])
{
	struct hash hash;
	hash_init(&hash);
	for (size_t i = 0; i < model->participation_count; i++) {
		add_rows(&hash, model, observed_of(model, &model->participations[i], false));
		add_rows(&hash, model, observed_of(model, &model->participations[i], true));
	}
	hash_finish(&hash, digest);
}

/* What no cell can say, no kept row may. */
static void expect_possible(const struct fuzz *fuzz, const struct model *model, const struct participation *own,
			    struct observed_rows rows)
{
	const struct catalogue *catalogue = model->catalogues[own->track];
	for (size_t i = 0; i < rows.count; i++) {
		const struct observation *row = &rows.at[i];
		struct date date = row->date;
		if (!catalogue || row->item < 0 || row->item >= catalogue->item_count || row->round < 0 || row->round >= ROUNDS ||
		    row->result < 0 || row->result >= RESULTS || row->remark > model->remark_count)
			fail("a row that is none");
		if (date.year ? date_compare(date_from_days(date_days(date)), date) != 0 : date.month || date.day)
			fail("a date that is none");
		span_text(fuzz->sources, observed_place(row));
	}
}

static void expect_texts(const struct model *model)
{
	for (size_t i = 0; i < model->remark_count; i++) {
		const struct text texts[] = { model->remarks[i].note, model->remarks[i].evidence };
		for (size_t j = 0; j < 2; j++)
			if (utf8_check(texts[j]) < texts[j].size || memchr(texts[j].at ? texts[j].at : "", '\0', texts[j].size))
				fail("a remark that is no text");
		if (model->remarks[i].agency >= (int32_t)model->agency_count)
			fail("an agency that is none");
	}
}

/* ---- the target --------------------------------------------------------------------------------- */

void fuzz_make_kept(const struct fuzz *fuzz, const char *name)
{
	(void)name;
	held_load(FUZZ_PROVINCE);
	ours = arena_new();
	asking = (struct asking){ .is_making = true };
	struct model *model = load(fuzz);
	if (!model || !good[0].size || !good[1].size) {
		fprintf(stderr, "fuzz: nothing is kept of the results in %s\n", FUZZ_PROVINCE);
		exit(3);
	}
	digest_of(model, rows_read);
	load_release(model);
}

/* What this program writes, as an input. */
void fuzz_print_kept(unsigned choice)
{
	putchar((int)choice);
	fwrite(good[choice & CHOOSE_FILE].at, 1, good[choice & CHOOSE_FILE].size, stdout);
}

void fuzz_kept(const struct fuzz *fuzz, struct text input)
{
	const unsigned choice = fuzz_choice(&input);
	char digest[65];
	asking = (struct asking){ .choice = choice, .bytes = input };
	struct model *model = load(fuzz);
	if (!model)
		fail("the province is not read");
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct participation *own = &model->participations[i];
		expect_possible(fuzz, model, own, observed_of(model, own, false));
		expect_possible(fuzz, model, own, observed_of(model, own, true));
	}
	expect_texts(model);
	digest_of(model, digest);
	bool is_good = text_equal(input, good[choice & CHOOSE_FILE]), is_size = (choice & CHOOSE_UNREAD) && (choice & CHOOSE_SIZE);
	if (is_good && !is_size && (choice & CHOOSE_DOUBT ? asking.is_different : !asking.is_taken))
		fail("what this program wrote is not taken");
	if ((is_good || !asking.is_taken || choice & CHOOSE_DOUBT) && !is_size && strcmp(digest, rows_read) != 0)
		fail("other rows than were read");
	if (!is_good && (choice & CHOOSE_DOUBT) && !asking.is_different)
		fail("what differs is not told");
	fuzz_assess_all(fuzz, model);
	load_release(model);
}
