/* SPDX-License-Identifier: MIT
 *
 * All that a comparison depends on, as one digest: what is expected, and the files that are read.
 */
#include "base/hash.h"
#include "publish/crosscheck.h"
#include "publish/crosscheck_report.h"
#include "publish/output.h"
#include "publish/tree.h"

static void add_text(struct hash *hash, struct text text)
{
	const uint64_t size = text.size;
	hash_add(hash, (struct text){ (const char *)&size, sizeof size });
	hash_add(hash, text);
}

static void add_number(struct hash *hash, int64_t number)
{
	hash_add(hash, (struct text){ (const char *)&number, sizeof number });
}

static void add_expected(struct hash *hash, const struct crosscheck_expected *expected)
{
	const struct text texts[] = { expected->name,  expected->city,     expected->track,
				      expected->label, expected->movement, expected->industry };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		add_text(hash, texts[i]);
	for (size_t i = 0; i < sizeof expected->sums / sizeof *expected->sums; i++)
		add_text(hash, text_from(expected->sums[i]));
	add_number(hash, expected->value);
	add_number(hash, expected->is_of_enterprises);
	add_number(hash, (int64_t)expected->roll);
}

static void add_report(struct hash *hash, const struct crosscheck_options *options)
{
	for (size_t i = 0; i < options->cell_count; i++) {
		const struct crosscheck_cell *cell = &options->cells[i];
		add_text(hash, text_from(cell->table));
		add_text(hash, cell->row);
		add_text(hash, cell->column);
		add_number(hash, cell->value);
		add_number(hash, cell->is_public);
	}
	for (size_t i = 0; i < options->passage_count; i++) {
		add_text(hash, text_from(options->passages[i].heading));
		add_text(hash, options->passages[i].prefixes);
	}
	for (size_t i = 0; i < options->phrase_count; i++) {
		const struct crosscheck_phrase *phrase = &options->phrases[i];
		add_text(hash, phrase->before);
		add_text(hash, text_from(phrase->after));
		add_text(hash, text_from(phrase->picture));
		add_text(hash, phrase->series);
		add_number(hash, phrase->value);
		add_number(hash, phrase->is_public_only);
	}
}

static void add_roll(struct hash *hash, const struct crosscheck_roll *roll)
{
	add_text(hash, roll->date);
	add_number(hash, (int64_t)roll->count);
	for (size_t i = 0; i < roll->count; i++) {
		for (int field = 0; field < CROSSCHECK_FIELDS; field++)
			add_text(hash, roll->entries[i].of[field]);
		add_number(hash, roll->entries[i].is_withdrawn);
	}
}

void crosscheck_digest(struct output *output, const struct crosscheck_options *options, char digest[65])
{
	struct hash hash;
	size_t count;
	const struct output_file *files = output_files(output, &count);
	hash_init(&hash);
	const size_t counts[] = { options->expected_count, options->cell_count, options->passage_count,
				  options->phrase_count,   options->roll_count, options->track_count };
	hash_add(&hash, (struct text){ (const char *)counts, sizeof counts });
	for (size_t i = 0; i < options->expected_count; i++)
		add_expected(&hash, &options->expected[i]);
	add_report(&hash, options);
	for (size_t i = 0; i < options->roll_count; i++)
		add_roll(&hash, &options->rolls[i]);
	for (size_t i = 0; i < options->track_count; i++) {
		add_text(&hash, options->track_ids[i]);
		add_text(&hash, options->tracks[i]);
	}
	for (size_t i = 0; i < count; i++)
		if (text_starts(files[i].path, TREE_PUBLIC) || text_starts(files[i].path, TREE_REPORTS)) {
			add_text(&hash, files[i].path);
			add_text(&hash, text_from(files[i].hash));
		}
	struct text kept[CROSSCHECK_EDITIONS], bytes;
	const size_t kept_count = crosscheck_editions_kept(output, kept);
	for (size_t i = 0; i < kept_count; i++) {
		add_text(&hash, kept[i]);
		add_text(&hash, output_map(output, kept[i], &bytes) ? bytes : TEXT(""));
	}
	hash_finish(&hash, digest);
}
