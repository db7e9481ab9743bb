/* SPDX-License-Identifier: MIT
 *
 * Which tasks are done although they need not be, and compared.
 *
 * Of diagnoses one in a hundred, at least one; other ones in each run, since what is drawn depends on the tree before.
 * The first is any of them, so that each is looked at some day; the others are drawn from those with the fewest bytes,
 * a twentieth of all, since a small document depends on the same things as one five times as long (of the 1,000
 * enterprises of `make bench` ten of them take a third of the time).  Report and site are one file after another that
 * take as long as a hundred diagnoses: each in one run of a hundred.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "build/build.h"
#include "build/receipt_inside.h"

enum { SAMPLE = 100, CHEAP = 20 }; /* one of so many */

struct draw {
	uint64_t bytes;
	uint32_t number, task;
};

static uint32_t number_of(const char hex[65])
{
	uint32_t number = 0;
	for (size_t i = 0; i < 8; i++)
		number = number << 4 | (uint32_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
	return number;
}

bool receipt_is_in_sample(const struct receipts *receipts, const char key[65])
{
	return receipts->trust == TRUST_ALL || (receipts->trust == TRUST_SAMPLE && number_of(key) % SAMPLE == 0);
}

bool receipt_scan_is_drawn(const struct receipts *receipts)
{
	char turn[65];
	hash_of(receipts->seal, turn);
	return receipts->trust == TRUST_SAMPLE && number_of(turn) % SAMPLE == 0;
}

static uint32_t draw_number(const char turn[65], const struct receipt_note *note)
{
	struct hash hash;
	char hex[65];
	hash_init(&hash);
	hash_add(&hash, text_from(turn));
	hash_add(&hash, text_from(note->key));
	hash_finish(&hash, hex);
	return number_of(hex);
}

static int compare_numbers(const void *a, const void *b)
{
	const struct draw *one = a, *other = b;
	if (one->number != other->number)
		return one->number < other->number ? -1 : 1;
	return one->task < other->task ? -1 : one->task > other->task;
}

static int compare_bytes(const void *a, const void *b)
{
	const struct draw *one = a, *other = b;
	if (one->bytes != other->bytes)
		return one->bytes < other->bytes ? -1 : 1;
	return compare_numbers(a, b);
}

static uint64_t bytes_of(const struct receipt_note *note)
{
	uint64_t bytes = 0;
	for (size_t i = 0; i < note->count; i++)
		bytes += note->files[i].file.size;
	return bytes;
}

static void draw_diagnoses(struct draw *draws, size_t count, bool *is_drawn)
{
	const size_t drawn = (count + SAMPLE - 1) / SAMPLE, cheap = (count + CHEAP - 1) / CHEAP;
	if (!count)
		return;
	qsort(draws, count, sizeof *draws, compare_numbers);
	is_drawn[draws[0].task] = true;
	qsort(draws, count, sizeof *draws, compare_bytes);
	qsort(draws, cheap, sizeof *draws, compare_numbers);
	for (size_t i = 0, left = drawn - 1; i < cheap && left; i++) {
		left -= !is_drawn[draws[i].task];
		is_drawn[draws[i].task] = true;
	}
}

void receipt_draw_sample(const struct build *build, struct receipt_note *const *notes, bool *is_drawn)
{
	const struct receipts *receipts = build->receipts;
	const struct plan *plan = &build->plan;
	struct draw *draws = ARENA_ARRAY(build->run.arena, struct draw, plan->task_count);
	size_t count = 0;
	char turn[65];
	hash_of(receipts->seal, turn);
	for (size_t i = 0; i < plan->task_count; i++) {
		is_drawn[i] = notes[i] && receipts->trust == TRUST_ALL;
		if (!notes[i] || receipts->trust != TRUST_SAMPLE)
			continue;
		const uint32_t number = draw_number(turn, notes[i]);
		if (plan->tasks[i].kind == TASK_DIAGNOSIS)
			draws[count++] = (struct draw){ bytes_of(notes[i]), number, (uint32_t)i };
		else
			is_drawn[i] = number % SAMPLE == 0;
	}
	draw_diagnoses(draws, count, is_drawn);
}
