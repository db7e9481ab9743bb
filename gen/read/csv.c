/* SPDX-License-Identifier: MIT */
#include "read/csv.h"

#include "base/arena.h"
#include "read/csv_scan.h"
#include "read/input.h"

void csv_init(struct csv *csv, const struct reader *reader, uint32_t source, char separator)
{
	sources_text(reader->sources, source);
	csv_init_borrowed(csv, reader, source, separator);
}

void csv_init_borrowed(struct csv *csv, const struct reader *reader, uint32_t source, char separator)
{
	csv->reader = reader;
	csv->source = source;
	csv->text = sources_find(reader->sources, source) ? sources_find(reader->sources, source)->text : NO_TEXT;
	csv->offset = 0;
	csv->separator = separator;
	csv->is_silent = false;
	csv->width = 0;
	csv->row = csv->count = csv->total = csv->told = csv->losses = 0;
	memset(csv->untold, 0, sizeof csv->untold);
	csv_stops_forget(&csv->near);
	memset(csv->stops, 0, sizeof csv->stops);
	csv->stops[(unsigned char)separator] = csv->stops['\n'] = csv->stops['\r'] = 1;
}

/* What a reader of records may complain about, in the order of csv.untold. */
static const enum diag_kind complaints[CSV_COMPLAINTS] = {
	DIAG_CSV_QUOTE_UNTERMINATED, DIAG_CSV_ROW_SWALLOWED, DIAG_CSV_TEXT_AFTER_QUOTE, DIAG_CSV_CELL_TOO_LONG,
};

static void report(struct csv *csv, enum diag_kind kind, size_t start, size_t end)
{
	struct span span = { csv->source, (uint32_t)start, (uint32_t)end };
	struct diag_args args = { .span = span, .n = CSV_CELL_LARGEST >> 10, .column = (uint32_t)csv->total + 1 };
	if (csv->is_silent)
		return;
	csv->losses += kind != DIAG_CSV_TEXT_AFTER_QUOTE;
	if (csv->told++ < CSV_TOLD_MOST) {
		diag_report(csv->reader->diag, kind, args);
		return;
	}
	if (diag_count_more(csv->reader->diag, kind, args))
		return;
	for (size_t i = 0; i < CSV_COMPLAINTS; i++)
		csv->untold[i] += complaints[i] == kind;
}

/* At the end of the file: how many are in no group that was told. */
static void report_untold(struct csv *csv)
{
	for (size_t i = 0; i < CSV_COMPLAINTS; i++) {
		if (csv->untold[i])
			DIAG(csv->reader->diag, DIAG_MORE_OF_KIND, .span = { .source = csv->source },
			     .a = text_from(diag_row(complaints[i])->code), .n = csv->untold[i]);
		csv->untold[i] = 0;
	}
}

/* Apart from add_cell, which is done for every cell there is. */
static __attribute__((noinline)) void note_beyond(struct csv *csv, struct text text, struct span span)
{
	if (text_trim(text).size && csv->beyond.end == 0)
		csv->beyond = span;
}

static inline void add_cell(struct csv *csv, struct text text, size_t start, size_t end)
{
	struct span span = { csv->source, (uint32_t)start, (uint32_t)end };
	if (csv->total++ < CSV_CELLS_MOST)
		csv->cells[csv->count++] = (struct csv_cell){ text, span };
	else
		note_beyond(csv, text, span);
}

static inline size_t read_plain(struct csv *csv, size_t start, size_t text_start)
{
	size_t end = csv_scan_kept(csv->text, text_start, csv->separator, &csv->near);
	struct text text = { csv->text.at + text_start, end - text_start };
	if (text.size > CSV_CELL_LARGEST) {
		report(csv, DIAG_CSV_CELL_TOO_LONG, start, start + 1);
		text.size = 0;
	}
	add_cell(csv, text, start, end);
	return end;
}

/* ---- quoted cells ------------------------------------------------------------------ */

struct quoted {
	size_t open, close;  /* offsets of the quotes; close is the text's size when there is none */
	bool has_doubled, has_line_end;
};

static struct quoted find_close(const struct csv *csv, size_t open)
{
	struct quoted quoted = { .open = open, .close = csv->text.size };
	size_t most = open + 1 + CSV_CELL_LARGEST;
	size_t limit = most < csv->text.size ? most : csv->text.size;
	const char *bytes = csv->text.at;
	for (size_t at = open + 1; at < limit; at++) {
		const char *quote = memchr(bytes + at, '"', limit - at);
		if (!quote)
			break;
		at = (size_t)(quote - bytes);
		if (at + 1 < csv->text.size && bytes[at + 1] == '"') {
			quoted.has_doubled = true;
			at++;
			continue;
		}
		quoted.close = at;
		break;
	}
	size_t end = quoted.close < limit ? quoted.close : limit;
	quoted.has_line_end = memchr(bytes + open, '\n', end - open) || memchr(bytes + open, '\r', end - open);
	return quoted;
}

static struct text undouble(const struct csv *csv, struct text text)
{
	char *copy = arena_alloc(csv->reader->arena, text.size);
	size_t size = 0;
	for (size_t i = 0; i < text.size; i++) {
		copy[size++] = text.at[i];
		if (text.at[i] == '"')
			i++;
	}
	return (struct text){ copy, size };
}

enum { CODE_SIZE = 18 }; /* a credit code, with which rows begin */

static bool begins_with_code(struct text line, char separator)
{
	if (line.size <= CODE_SIZE || line.at[CODE_SIZE] != separator)
		return false;
	for (size_t i = 0; i < CODE_SIZE; i++)
		if (!((line.at[i] >= '0' && line.at[i] <= '9') || (line.at[i] >= 'A' && line.at[i] <= 'Z') ||
		      (line.at[i] >= 'a' && line.at[i] <= 'z')))
			return false;
	return true;
}

static bool is_row(const struct csv *csv, struct text line)
{
	size_t separators = 0;
	for (size_t i = 0; i < line.size; i++)
		separators += line.at[i] == csv->separator;
	return separators + 1 >= csv->width || begins_with_code(line, csv->separator);
}

/* Two stray quotes lines apart look like one cell of many lines: behind a line end in it stand rows. */
static bool swallows_row(const struct csv *csv, const struct quoted *quoted)
{
	struct text rest = text_slice(csv->text, quoted->open + 1, quoted->close - quoted->open - 1), line;
	bool is_first = true;
	if (csv->width < 3 || !quoted->has_line_end)
		return false;
	char line_end = memchr(rest.at, '\n', rest.size) ? '\n' : '\r';
	while (text_next(&rest, line_end, &line)) {
		if (!is_first && is_row(csv, line))
			return true;
		is_first = false;
	}
	return false;
}

/*
 * A quote that swallowed whole lines and then ended before other text was in
 * truth never closed: what ended it was the opening quote of a later cell.
 */
static size_t read_quoted(struct csv *csv, size_t open)
{
	struct quoted quoted = find_close(csv, open);
	size_t after = quoted.close + 1, size = csv->text.size;
	while (after < size && csv->text.at[after] == ' ')
		after++;
	bool is_clean = quoted.close < size && (after >= size || csv->stops[(unsigned char)csv->text.at[after]]);
	if (quoted.close == size || (!is_clean && quoted.has_line_end)) {
		report(csv, DIAG_CSV_QUOTE_UNTERMINATED, open, open + 1);
		return read_plain(csv, open, open + 1);
	}
	if (swallows_row(csv, &quoted)) {
		report(csv, DIAG_CSV_ROW_SWALLOWED, open, open + 1);
		return read_plain(csv, open, open + 1);
	}
	struct text text = text_slice(csv->text, open + 1, quoted.close - open - 1);
	if (quoted.has_doubled)
		text = undouble(csv, text);
	if (is_clean) {
		after = after < size ? after : size;
		add_cell(csv, text, open, after);
		return after;
	}
	size_t end = csv_scan(csv->text, after, csv->separator);
	report(csv, DIAG_CSV_TEXT_AFTER_QUOTE, after, end);
	struct text rest = text_slice(csv->text, quoted.close + 1, end - quoted.close - 1);
	if (rest.size > CSV_CELL_LARGEST)
		rest.size = 0;
	if (!csv->is_silent)
		text = text_format(csv->reader->arena, "%.*s%.*s", TEXT_ARGS(text), TEXT_ARGS(rest));
	add_cell(csv, text, open, end);
	return end;
}

bool csv_next(struct csv *csv)
{
	size_t at = csv->offset, size = csv->text.size;
	const char *bytes = csv->text.at;
	csv->count = csv->total = 0;
	csv->beyond = (struct span){ 0 };
	if (at >= size) {
		report_untold(csv);
		return false;
	}
	csv->row++;
	for (;; at++) {
		at = at < size && bytes[at] == '"' ? read_quoted(csv, at) : read_plain(csv, at, at);
		if (at >= size || bytes[at] != csv->separator)
			break;
	}
	csv->span = (struct span){ csv->source, (uint32_t)csv->offset, (uint32_t)at };
	if (at < size && bytes[at] == '\r' && at + 1 < size && bytes[at + 1] == '\n')
		at++;
	csv->offset = at + 1;
	return true;
}

size_t csv_skip(struct csv *csv, size_t until)
{
	size_t rows = 0;
	while (csv->offset < until && until <= csv->text.size) {
		const char *start = csv->text.at + csv->offset;
		const char *feed = memchr(start, '\n', until - csv->offset);
		if (!feed)
			break;
		size_t size = (size_t)(feed - start);
		const char *returned = memchr(start, '\r', size);
		if (memchr(start, '"', size) || (returned && returned + 1 != feed))
			break;
		csv->offset += size + 1;
		rows++;
	}
	csv->row += rows;
	return rows;
}
