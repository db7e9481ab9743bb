/* SPDX-License-Identifier: MIT
 *
 * Receipts as lines of text, in the store and between processes.
 *
 *	run <inputs> <tree> <newest> <coarse> <took> <code> <bytes said>
 *	also <stamp> <path>
 *	<what it said>
 *	check <program> <digest> <each number of the summary>
 *	task <key> <among> <facts> <files> <bytes reported> <bytes of what was asked> <name>
 *	file <sha256> <size> <stamp> <path>
 *	<what was asked>
 *	<what it reported>
 */
#include "base/arena.h"
#include "base/buf.h"
#include "build/receipt_inside.h"

enum { SUMMARY_NUMBERS = sizeof(struct crosscheck_summary) / sizeof(uint64_t) };
_Static_assert(sizeof(struct crosscheck_summary) == SUMMARY_NUMBERS * sizeof(uint64_t), "it has nothing but such numbers");

void receipt_write_run(struct buf *buf, const struct receipt_run *run)
{
	buf_format(buf, "run %s %s %lld %d %lld %lld %zu\n", run->inputs, run->tree, (long long)run->newest_ns,
		   run->is_coarse, (long long)run->took_ms, (long long)run->code, run->said.size);
	buf_format(buf, "also %.*s\n", TEXT_ARGS(run->also));
	buf_text(buf, run->said);
	buf_byte(buf, '\n');
}

void receipt_write_check(struct buf *buf, const struct receipt_check *check)
{
	uint64_t numbers[SUMMARY_NUMBERS];
	memcpy(numbers, &check->summary, sizeof numbers);
	buf_format(buf, "check %s %s", check->program, check->digest);
	for (size_t i = 0; i < SUMMARY_NUMBERS; i++)
		buf_format(buf, " %llu", (unsigned long long)numbers[i]);
	buf_byte(buf, '\n');
}

void receipt_write_note(struct buf *buf, const struct receipt_note *note)
{
	buf_format(buf, "task %s %s %s %zu %zu %zu %.*s\n", note->key, note->among, note->facts[0] ? note->facts : "-",
		   note->count, note->words.size, note->asked.size, TEXT_ARGS(note->name));
	for (size_t i = 0; i < note->count; i++) {
		const struct receipt_file *file = &note->files[i];
		buf_format(buf, "file %s %llu %.*s %.*s\n", file->file.hash, (unsigned long long)file->file.size,
			   TEXT_ARGS(file->stamp.size ? file->stamp : TEXT("-")), TEXT_ARGS(file->file.path));
	}
	buf_text(buf, note->asked);
	buf_byte(buf, '\n');
	buf_text(buf, note->words);
	buf_byte(buf, '\n');
}

/* ---- reading ---------------------------------------------------------------------------- */

static bool next_hash(struct text *line, char hash[65])
{
	struct text word;
	if (!text_next(line, ' ', &word) || word.size != 64)
		return false;
	memcpy(hash, word.at, 64);
	hash[64] = '\0';
	return true;
}

/* Or "-". */
static bool next_facts(struct text *line, char facts[65])
{
	const bool is_none = text_starts(*line, "- ");
	if (!is_none)
		return next_hash(line, facts);
	facts[0] = '\0';
	*line = text_slice(*line, 2, line->size);
	return true;
}

static bool next_number(struct text *line, int64_t *number)
{
	struct text word;
	return text_next(line, ' ', &word) && text_to_integer(word, number);
}

static bool read_file(struct text line, struct receipt_file *file)
{
	int64_t size;
	struct text word;
	if (!text_next(&line, ' ', &word) || !text_is(word, "file") || !next_hash(&line, file->file.hash) ||
	    !next_number(&line, &size) || size < 0 || !text_next(&line, ' ', &file->stamp) || !line.size)
		return false;
	file->file.size = (uint64_t)size;
	file->file.path = line;
	if (text_is(file->stamp, "-"))
		file->stamp = NO_TEXT;
	return true;
}

/* So many bytes and the end of their line. */
static bool next_bytes(struct text *rest, int64_t size, struct text *bytes)
{
	if (size < 0 || (size_t)size >= rest->size || rest->at[size] != '\n')
		return false;
	*bytes = text_slice(*rest, 0, (size_t)size);
	*rest = text_slice(*rest, (size_t)size + 1, rest->size);
	return true;
}

static bool read_task(struct arena *arena, struct text line, struct text *rest, struct receipt_note *note)
{
	int64_t count, words, asked;
	*note = (struct receipt_note){ .count = 0 };
	if (!next_hash(&line, note->key) || !next_hash(&line, note->among) ||
	    !next_facts(&line, note->facts) || !next_number(&line, &count) ||
	    !next_number(&line, &words) || !next_number(&line, &asked) || !line.size || count < 1 ||
	    (size_t)count > rest->size)
		return false;
	note->name = line;
	note->files = ARENA_ARRAY(arena, struct receipt_file, (size_t)count);
	for (; note->count < (size_t)count; note->count++) {
		struct text next;
		if (!text_next(rest, '\n', &next) || !read_file(next, &note->files[note->count]))
			return false;
	}
	return next_bytes(rest, asked, &note->asked) && next_bytes(rest, words, &note->words);
}

static bool read_run(struct text line, struct text *rest, struct receipt_run *run)
{
	int64_t is_coarse, size;
	struct text also;
	if (!next_hash(&line, run->inputs) || !next_hash(&line, run->tree) || !next_number(&line, &run->newest_ns) ||
	    !next_number(&line, &is_coarse) || !next_number(&line, &run->took_ms) ||
	    !next_number(&line, &run->code) || !next_number(&line, &size) || size < 0 ||
	    !text_next(rest, '\n', &also) || !text_starts(also, "also ") || (size_t)size >= rest->size)
		return false;
	run->is_coarse = is_coarse != 0;
	run->also = text_slice(also, strlen("also "), also.size);
	run->said = text_slice(*rest, 0, (size_t)size);
	*rest = text_slice(*rest, (size_t)size + 1, rest->size);
	return true;
}

static bool read_check(struct text line, struct receipt_check *check)
{
	uint64_t numbers[SUMMARY_NUMBERS];
	int64_t number;
	if (!next_hash(&line, check->program) || !next_hash(&line, check->digest))
		return false;
	for (size_t i = 0; i < SUMMARY_NUMBERS; i++) {
		if (!next_number(&line, &number))
			return false;
		numbers[i] = (uint64_t)number;
	}
	memcpy(&check->summary, numbers, sizeof numbers);
	return true;
}

/* Of a process that compared. */
static void read_wrong(struct text line, struct receipts *receipts)
{
	int64_t count = 0;
	if (!next_number(&line, &count) || count == 0)
		return;
	receipts->wrong_count += count;
	if (!receipts->wrong.size || text_compare(line, receipts->wrong) < 0)
		receipts->wrong = line;
}

void receipt_read(struct receipts *receipts, struct text lines, bool is_store)
{
	struct text line;
	lines = text_copy(receipts->arena, lines);
	while (text_next(&lines, '\n', &line)) {
		struct text word = NO_TEXT;
		struct receipt_note note;
		text_next(&line, ' ', &word);
		if (is_store && text_is(word, "run"))
			receipts->has_run = read_run(line, &lines, &receipts->run);
		if (is_store && text_is(word, "check") && !read_check(line, &receipts->checked))
			receipts->checked = (struct receipt_check){ .digest = "" };
		if (text_is(word, "wrong") && !is_store)
			read_wrong(line, receipts);
		if (!text_is(word, "task") || !read_task(receipts->arena, line, &lines, &note))
			continue;
		if (is_store) {
			map_add(&receipts->by_name, note.name, (uint32_t)receipts->before.count);
			LIST_PUSH(&receipts->before, note);
		} else {
			LIST_PUSH(&receipts->made, note);
		}
	}
}
