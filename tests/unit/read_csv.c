/* SPDX-License-Identifier: MIT
 *
 * Runs tests/spec/csv.txt and, where it is present, the csv-spectrum collection.
 */
#include "read/csv.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "read/input.h"

Suite *read_csv_suite(void);

#define SPEC "tests/spec/csv.txt"
#define SPECTRUM "../shared/corpus/csv-spectrum"

static struct reader reader;

static void start(void)
{
	reader = (struct reader){ .arena = arena_new() };
	reader.sources = sources_new(reader.arena);
	reader.diag = diag_new(reader.arena, reader.sources);
}

static void finish(void)
{
	arena_free(reader.arena);
}

static struct text load(const char *path)
{
	struct file_bytes bytes;
	if (file_map(path, INPUT_LIMIT, &bytes))
		return NO_TEXT;
	struct text copy = text_copy(reader.arena, bytes.text);
	file_release(&bytes);
	return copy;
}

static struct text replace(struct text text, const char *from, const char *to)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	while (text.size) {
		size_t at = text_find(text, text_from(from));
		buf_text(&buf, text_slice(text, 0, at));
		if (at == text.size)
			break;
		buf_string(&buf, to);
		text = text_slice(text, at + strlen(from), text.size);
	}
	struct text copy = text_copy(reader.arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

/* The lines under "---- name" up to the next heading, without the last line end. */
static struct text part(struct text spec, const char *name)
{
	struct text head = text_format(reader.arena, "\n---- %s\n", name);
	size_t at = text_find(spec, head);
	if (at == spec.size)
		return NO_TEXT;
	struct text rest = text_slice(spec, at + head.size, spec.size);
	size_t end = text_find(rest, TEXT("\n----"));
	rest = text_slice(rest, 0, end);
	while (text_ends(rest, "\n"))
		rest.size--;
	return rest;
}

static void write_cells(struct csv *csv, struct buf *buf)
{
	while (csv_next(csv)) {
		for (size_t i = 0; i < csv->count; i++) {
			struct place place = place_of(reader.sources, csv->cells[i].span);
			buf_format(buf, "%s%u:%u ", i ? " | " : "", place.line, place.column);
			buf_text(buf, replace(replace(csv->cells[i].text, "\n", "↵"), "\r", "␍"));
		}
		buf_byte(buf, '\n');
	}
}

static struct text complaints(void)
{
	struct buf json, list;
	buf_init(&json, BUF_LIMIT_PAGE);
	buf_init(&list, BUF_LIMIT_PAGE);
	diag_write(reader.diag, DIAG_FORMAT_CSV, LANGUAGE_ENGLISH, &json);
	struct text rest = buf_view(&json), line;
	text_next(&rest, '\n', &line);
	while (text_next(&rest, '\n', &line) && line.size) {
		struct text cells[5] = { NO_TEXT };
		for (size_t i = 0; i < 5; i++)
			text_next(&line, ',', &cells[i]);
		buf_format(&list, "%.*s:%.*s %.*s\n", TEXT_ARGS(cells[3]), TEXT_ARGS(cells[4]), TEXT_ARGS(cells[0]));
	}
	struct text copy = text_copy(reader.arena, buf_view(&list));
	buf_clear(&json);
	buf_clear(&list);
	return copy;
}

static void run_case(struct text spec)
{
	struct text name = text_slice(spec, 0, text_find(spec, TEXT("\n")));
	struct text input = replace(replace(replace(part(spec, "input"), "⇥", "\t"), "␍", "\r"), "␊", "");
	struct text separator = replace(part(spec, "separator"), "⇥", "\t");
	struct csv *csv = arena_alloc(reader.arena, sizeof *csv);
	csv_init(csv, &reader, input_add(&reader, "t.csv", input), separator.size ? separator.at[0] : ',');
	struct buf cells;
	buf_init(&cells, BUF_LIMIT_PAGE);
	write_cells(csv, &cells);
	struct text want = text_format(reader.arena, "%.*s\n", TEXT_ARGS(part(spec, "cells")));
	ck_assert_msg(text_equal(buf_view(&cells), want), "%.*s gives\n%s", TEXT_ARGS(name), cells.at);
	struct text wanted = part(spec, "complaints");
	wanted = text_format(reader.arena, "%.*s%s", TEXT_ARGS(wanted), wanted.size ? "\n" : "");
	ck_assert_msg(text_equal(complaints(), wanted), "%.*s complains\n%s", TEXT_ARGS(name), complaints().at);
	buf_clear(&cells);
}

START_TEST(follows_the_specification)
{
	struct text spec = load(SPEC);
	ck_assert_msg(spec.size > 0, "%s is missing", SPEC);
	size_t cases = 0;
	for (;;) {
		size_t at = text_find(spec, TEXT("\n#### "));
		if (at == spec.size)
			break;
		spec = text_slice(spec, at + 6, spec.size);
		reader.sources = sources_new(reader.arena);
		reader.diag = diag_new(reader.arena, reader.sources);
		run_case(text_slice(spec, 0, text_find(spec, TEXT("\n#### "))));
		cases++;
	}
	ck_assert_uint_ge(cases, 15);
}
END_TEST

/* ---- csv-spectrum --------------------------------------------------------------------- */

/* location_coordinates.json is wrong upstream. */
static const char *const spectrum[] = {
	"comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf",
	"quotes_and_newlines", "simple", "simple_crlf", "utf8",
};

/* The collection's JSON: an array of objects of strings; written in its shortest form. */
static struct text shortest_json(struct text json)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	bool in_string = false;
	for (size_t i = 0; i < json.size; i++) {
		char c = json.at[i];
		if (in_string && c == '\\') {
			buf_byte(&buf, c);
			buf_byte(&buf, json.at[++i]);
			continue;
		}
		in_string ^= c == '"';
		if (in_string || !strchr(" \t\r\n", c))
			buf_byte(&buf, c);
	}
	struct text copy = text_copy(reader.arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

static struct text json_of_csv(struct text input)
{
	struct csv *csv = arena_alloc(reader.arena, sizeof *csv);
	csv_init(csv, &reader, input_add(&reader, "t.csv", input), ',');
	ck_assert(csv_next(csv));
	struct text heads[CSV_CELLS_MOST];
	size_t count = csv->count;
	for (size_t i = 0; i < count; i++)
		heads[i] = csv->cells[i].text;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t row = 0; csv_next(csv); row++) {
		buf_string(&buf, row ? ",{" : "[{");
		for (size_t i = 0; i < csv->count && i < count; i++) {
			buf_string(&buf, i ? "," : "");
			buf_json(&buf, heads[i]);
			buf_byte(&buf, ':');
			buf_json(&buf, csv->cells[i].text);
		}
		buf_byte(&buf, '}');
	}
	buf_byte(&buf, ']');
	struct text copy = replace(buf_view(&buf), "\\u000d", "\\r");
	buf_clear(&buf);
	return copy;
}

START_TEST(reads_csv_spectrum)
{
	if (!file_is_folder(SPECTRUM)) {
		puts(SPECTRUM " is not here: skipped");
		return;
	}
	struct text csv = load(text_format(reader.arena, SPECTRUM "/csvs/%s.csv", spectrum[_i]).at);
	struct text json = load(text_format(reader.arena, SPECTRUM "/json/%s.json", spectrum[_i]).at);
	ck_assert(csv.size && json.size);
	struct text want = shortest_json(json), have = json_of_csv(csv);
	ck_assert_msg(text_equal(want, have), "%s:\nwant %s\nhave %s", spectrum[_i], want.at, have.at);
	ck_assert_uint_eq(diag_count(reader.diag, SEVERITY_ERROR), 0);
}
END_TEST

/* ---- bounds ------------------------------------------------------------------------------ */

START_TEST(bounds_cells_and_work)
{
	struct buf file;
	buf_init(&file, BUF_LIMIT_FILE);
	buf_repeat(&file, 'x', CSV_CELL_LARGEST + 1);
	buf_string(&file, ",y\n\"");
	buf_repeat(&file, 'x', CSV_CELL_LARGEST + 1);
	buf_string(&file, "\",y\n");
	buf_repeat(&file, ',', 1 << 20);
	struct csv *csv = arena_alloc(reader.arena, sizeof *csv);
	csv_init(csv, &reader, input_add(&reader, "t.csv", buf_view(&file)), ',');
	ck_assert(csv_next(csv) && csv->count == 2 && csv->cells[0].text.size == 0 && text_is(csv->cells[1].text, "y"));
	ck_assert(csv_next(csv) && csv->count == 2);
	ck_assert(csv_next(csv) && csv->count == CSV_CELLS_MOST && csv->total == (1 << 20) + 1);
	ck_assert(!csv_next(csv));
	ck_assert_uint_eq(diag_count_of(reader.diag, DIAG_CSV_CELL_TOO_LONG), 2);
	ck_assert_str_eq(diag_row(DIAG_CSV_CELL_TOO_LONG)->code, "csv-cell-too-long");
	ck_assert_uint_eq(diag_count_of(reader.diag, DIAG_CSV_QUOTE_UNTERMINATED), 1);
	buf_clear(&file);
}
END_TEST

/* Every line opens a quote that is never closed: must not become quadratic. */
START_TEST(survives_many_quotes)
{
	struct buf file;
	buf_init(&file, BUF_LIMIT_FILE);
	for (int i = 0; i < 200000; i++)
		buf_string(&file, i % 2 ? "\"\"\"\"\"a,b\n" : "\"\"\"a\"\",\"\n");
	struct csv *csv = arena_alloc(reader.arena, sizeof *csv);
	csv_init(csv, &reader, input_add(&reader, "t.csv", buf_view(&file)), ',');
	size_t rows = 0;
	while (csv_next(csv))
		rows++;
	ck_assert_uint_gt(rows, 1000);
	buf_clear(&file);
}
END_TEST

Suite *read_csv_suite(void)
{
	Suite *suite = suite_create("read/csv");
	TCase *tcase = tcase_create("csv");
	tcase_add_checked_fixture(tcase, start, finish);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, follows_the_specification);
	tcase_add_loop_test(tcase, reads_csv_spectrum, 0, (int)(sizeof spectrum / sizeof *spectrum));
	tcase_add_test(tcase, bounds_cells_and_work);
	tcase_add_test(tcase, survives_many_quotes);
	suite_add_tcase(suite, tcase);
	return suite;
}
