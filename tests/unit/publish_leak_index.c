/* SPDX-License-Identifier: MIT
 *
 * The index against the plain search for each string at each place.
 */
#include "publish/leak_index.h"

#include <check.h>
#include <stdlib.h>

#include "base/list.h"

Suite *publish_leak_index_suite(void);

enum { STRINGS = 300, LONGEST = 40, TEXT_SIZE = 3000, ROUNDS = 25 };

struct occurrence {
	uint32_t number;
	size_t start;
};

struct trial {
	char strings[STRINGS][LONGEST];
	size_t sizes[STRINGS];
	char text[TEXT_SIZE];
	size_t text_size;
	LIST(struct occurrence) found;
	size_t handed; /* by the index, whether they stand there or not */
	unsigned seed;
};

static unsigned next_random(struct trial *trial)
{
	trial->seed = trial->seed * 1103515245u + 12345u;
	return trial->seed >> 16;
}

/* Few letters: strings share most of their keys, and stand where nobody put them. */
static void fill(struct trial *trial, char *at, size_t size, unsigned letters)
{
	for (size_t i = 0; i < size; i++)
		at[i] = (char)('a' + next_random(trial) % letters);
}

static bool stands_at(const struct trial *trial, size_t number, size_t start)
{
	size_t size = trial->sizes[number];
	return start <= trial->text_size && size <= trial->text_size - start &&
	       memcmp(trial->text + start, trial->strings[number], size) == 0;
}

static void make(struct trial *trial, size_t key_size, unsigned letters)
{
	for (size_t i = 0; i < STRINGS; i++) {
		trial->sizes[i] = key_size + next_random(trial) % (i % 3 ? LONGEST - key_size : 5);
		fill(trial, trial->strings[i], trial->sizes[i], letters);
		size_t alike = trial->sizes[i] / 3;
		if (i % 4 == 3 && alike <= trial->sizes[i - 1]) /* as names are */
			memcpy(trial->strings[i], trial->strings[i - 1], alike);
	}
	trial->text_size = next_random(trial) % 4 ? TEXT_SIZE : next_random(trial) % 64;
	fill(trial, trial->text, trial->text_size, letters);
	for (size_t i = 0; i < STRINGS; i++) {
		size_t room = trial->text_size > trial->sizes[i] ? trial->text_size - trial->sizes[i] : 0;
		if (room && i % 2)
			memcpy(trial->text + next_random(trial) % (room + 1), trial->strings[i], trial->sizes[i]);
	}
	/* At both ends, where no whole word can be read. */
	if (trial->text_size >= LONGEST) {
		memcpy(trial->text, trial->strings[0], trial->sizes[0]);
		memcpy(trial->text + trial->text_size - trial->sizes[1], trial->strings[1], trial->sizes[1]);
	}
}

static void found(void *context, uint32_t number, size_t start)
{
	struct trial *trial = context;
	trial->handed++;
	if (stands_at(trial, number, start))
		LIST_PUSH(&trial->found, ((struct occurrence){ number, start }));
}

static int compare(const void *left, const void *right)
{
	const struct occurrence *a = left, *b = right;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

/* Every string at every place, once, in the order of compare. */
static void expect_same(struct trial *trial)
{
	size_t at = 0;
	if (trial->found.count)
		qsort(trial->found.at, trial->found.count, sizeof *trial->found.at, compare);
	for (size_t start = 0; start < trial->text_size; start++)
		for (uint32_t number = 0; number < STRINGS; number++) {
			if (!stands_at(trial, number, start))
				continue;
			const struct occurrence *next = &trial->found.at[at];
			ck_assert_msg(at < trial->found.count && next->number == number && next->start == start,
				      "string %u of %zu bytes at %zu of %zu", number, trial->sizes[number], start,
				      trial->text_size);
			at++;
		}
	ck_assert_uint_eq(at, trial->found.count);
}

static void search(struct trial *trial, struct leak_index *index)
{
	trial->found.count = 0;
	leak_index_search(index, (struct text){ trial->text, trial->text_size }, found, trial);
	expect_same(trial);
}

START_TEST(every_string_is_found_wherever_it_stands)
{
	static struct trial trial;
	trial.seed = (unsigned)_i * 7919u + 1;
	for (size_t key_size = 6; key_size <= 8; key_size += 2) {
		struct leak_index *index = leak_index_new(key_size);
		make(&trial, key_size, _i % 5 ? 26 : 3);
		for (uint32_t i = 0; i < STRINGS; i++)
			leak_index_add(index, (struct text){ trial.strings[i], trial.sizes[i] }, i);
		for (int shift = 0; shift < 5; shift++) {
			search(&trial, index);
			/* Another place of the same bytes: what is looked at begins elsewhere. */
			if (trial.text_size)
				memmove(trial.text, trial.text + 1, --trial.text_size);
		}
		leak_index_free(index);
	}
	LIST_FREE(&trial.found);
}
END_TEST

/* What begins alike is told apart before anything is compared. */
START_TEST(few_are_compared_for_nothing)
{
	static struct trial trial;
	struct leak_index *index = leak_index_new(8);
	trial.seed = 5;
	for (uint32_t i = 0; i < STRINGS; i++) {
		trial.sizes[i] = LONGEST;
		fill(&trial, trial.strings[i], LONGEST, 26);
		memcpy(trial.strings[i] + 12, trial.strings[0] + 12, LONGEST - 12);
		leak_index_add(index, (struct text){ trial.strings[i], LONGEST }, i);
	}
	trial.text_size = TEXT_SIZE;
	for (size_t i = 0; i < TEXT_SIZE; i++)
		trial.text[i] = trial.strings[0][12 + i % (LONGEST - 12)];
	leak_index_search(index, (struct text){ trial.text, trial.text_size }, found, &trial);
	ck_assert_uint_lt(trial.handed, STRINGS);
	leak_index_free(index);
	LIST_FREE(&trial.found);
}
END_TEST

Suite *publish_leak_index_suite(void)
{
	Suite *suite = suite_create("publish/leak_index");
	TCase *tcase = tcase_create("index");
	tcase_add_loop_test(tcase, every_string_is_found_wherever_it_stands, 0, ROUNDS);
	tcase_add_test(tcase, few_are_compared_for_nothing);
	suite_add_tcase(suite, tcase);
	return suite;
}
