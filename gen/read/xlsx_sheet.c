/* SPDX-License-Identifier: MIT */
#include "read/xlsx_sheet.h"

#include "base/arena.h"
#include "read/csv.h"
#include "read/package.h"

struct merge {
	uint32_t first, last; /* rows */
	uint32_t column;
};

struct reading {
	struct package *package;
	struct text part;
	const struct xlsx_shared *shared;
	struct xlsx_sheet *sheet;
	uint32_t rows;             /* to be read */
	uint32_t row, next_row;    /* of the open <row> (from 0), of one that does not say */
	uint32_t column, next_column;
	bool is_hidden, is_counted; /* the row; its being so */
	enum { TYPE_NUMBER, TYPE_SHARED, TYPE_STRING, TYPE_DATE, TYPE_BOOLEAN } type;
	struct xlsx_form form;
	bool has_formula, has_value; /* the cell */
	bool is_wanted;            /* the text in the open element belongs to the cell */
	size_t phonetic;           /* depth of an open <rPh>, or 0 */
	struct span open;          /* start tag of the element whose text is wanted */
	struct buf text;           /* of the cell */
	LIST(struct merge) merges;
	bool is_damaged;
};

static bool is_letter(char c)
{
	return (c & ~0x20) >= 'A' && (c & ~0x20) <= 'Z';
}

bool xlsx_place(struct text ref, uint32_t *row, uint32_t *column)
{
	size_t at = 0;
	uint32_t letters = 0, number = 0;
	for (; at < ref.size && is_letter(ref.at[at]) && letters <= XLSX_COLUMNS_MOST; at++)
		letters = letters * 26 + (uint32_t)((ref.at[at] & ~0x20) - 'A') + 1;
	for (; at < ref.size && ref.at[at] >= '0' && ref.at[at] <= '9' && number <= XLSX_ROWS_MOST; at++)
		number = number * 10 + (uint32_t)(ref.at[at] - '0');
	if (at != ref.size || !letters || !number || letters > XLSX_COLUMNS_MOST || number > XLSX_ROWS_MOST)
		return false;
	*row = number - 1;
	*column = letters - 1;
	return true;
}

static struct text attribute(const struct xml_event *event, const char *name)
{
	for (size_t i = 0; i < event->attribute_count; i++)
		if (!event->attributes[i].uri.size && text_is(event->attributes[i].name, name))
			return event->attributes[i].value;
	return NO_TEXT;
}

static bool is_damaged(struct reading *reading)
{
	reading->is_damaged = true;
	return false;
}

static void note(struct reading *reading, enum xlsx_fault fault, uint32_t row, uint32_t column)
{
	if (reading->sheet->faults[fault].count++ == 0) {
		reading->sheet->faults[fault].row = row;
		reading->sheet->faults[fault].column = column;
	}
}

/* ---- rows and cells --------------------------------------------------------------------- */

static bool start_row(struct reading *reading, const struct xml_event *event)
{
	struct text ref = attribute(event, "r"), hidden = attribute(event, "hidden");
	int64_t number = reading->next_row + (int64_t)1;
	if ((ref.size && !text_to_integer(ref, &number)) || number <= reading->next_row || number > XLSX_ROWS_MOST)
		return is_damaged(reading);
	reading->row = (uint32_t)number - 1;
	reading->next_row = reading->row + 1;
	reading->next_column = 0;
	reading->is_hidden = text_is(hidden, "1") || text_is(hidden, "true");
	reading->is_counted = false;
	return reading->row < reading->rows;
}

static bool start_cell(struct reading *reading, const struct xml_event *event)
{
	static const struct {
		const char *name;
		int type;
	} types[] = { { "s", TYPE_SHARED }, { "str", TYPE_STRING }, { "inlineStr", TYPE_STRING }, { "e", TYPE_STRING },
		      { "d", TYPE_DATE }, { "b", TYPE_BOOLEAN }, { "n", TYPE_NUMBER } };
	struct text ref = attribute(event, "r"), type = attribute(event, "t"), style = attribute(event, "s");
	uint32_t row = reading->row;
	int64_t number;
	reading->column = reading->next_column;
	if (ref.size && !xlsx_place(ref, &row, &reading->column))
		return is_damaged(reading);
	if (row != reading->row || reading->column < reading->next_column || reading->column >= XLSX_COLUMNS_MOST)
		return is_damaged(reading);
	reading->next_column = reading->column + 1;
	reading->type = TYPE_NUMBER;
	for (size_t i = 0; i < sizeof types / sizeof *types && type.size; i++)
		if (text_is(type, types[i].name))
			reading->type = (unsigned)types[i].type;
	reading->form = (struct xlsx_form){ 0 };
	bool has_style = style.size && text_to_integer(style, &number) && number >= 0;
	if (has_style && (uint64_t)number < reading->shared->forms.count)
		reading->form = reading->shared->forms.at[number];
	reading->has_formula = reading->has_value = false;
	buf_reset(&reading->text);
	return true;
}

/* Excel writes a date as 2021-09-05T00:00:00 only where it was asked to. */
static void write_iso(struct text text, struct buf *buf)
{
	buf_text(buf, text_ends(text, "T00:00:00") ? text_slice(text, 0, text.size - strlen("T00:00:00")) : text);
}

static bool write_value(struct reading *reading)
{
	struct text text = buf_view(&reading->text);
	struct buf *bytes = &reading->sheet->bytes;
	const struct xlsx_shared *shared = reading->shared;
	struct xlsx_string string;
	int64_t number = -1;
	switch (reading->type) {
	case TYPE_SHARED:
		text_to_integer(text_trim(text), &number);
		if (number < 0 || (uint64_t)number >= shared->strings.count)
			return is_damaged(reading);
		string = shared->strings.at[number];
		buf_text(bytes, text_slice(buf_view(&shared->bytes), string.at, string.size));
		break;
	case TYPE_NUMBER:
		xlsx_write_number(text, reading->form, shared->is_1904, bytes);
		break;
	case TYPE_STRING:
		xlsx_write_string(text, bytes);
		break;
	case TYPE_DATE:
		write_iso(text_trim(text), bytes);
		break;
	case TYPE_BOOLEAN:
		buf_string(bytes, text_is(text_trim(text), "0") ? "FALSE" : "TRUE");
		break;
	}
	return true;
}

static bool end_cell(struct reading *reading)
{
	struct xlsx_sheet *sheet = reading->sheet;
	size_t start = sheet->bytes.size;
	bool is_blank = text_trim(buf_view(&reading->text)).size == 0;
	bool lacks_value = is_blank && reading->has_formula && reading->type == TYPE_NUMBER;
	if (lacks_value)
		note(reading, XLSX_FORMULA_EMPTY, reading->row, reading->column);
	if (!lacks_value && reading->text.size && !write_value(reading))
		return false;
	size_t size = sheet->bytes.size - start;
	bool is_long = size > CSV_CELL_LARGEST;
	if (is_long) {
		note(reading, XLSX_CELL_LONG, reading->row, reading->column);
		sheet->bytes.size = start;
		size = 0;
	}
	if (size == 0 && !lacks_value && !is_long)
		return true;
	if (reading->is_hidden && !reading->is_counted) {
		note(reading, XLSX_HIDDEN, reading->row, reading->column);
		reading->is_counted = true;
	}
	struct xlsx_cell *cell = LIST_ADD(&sheet->cells);
	*cell = (struct xlsx_cell){ reading->row, (uint16_t)reading->column, (uint32_t)start, (uint32_t)size };
	return (sheet->cells.count < XLSX_CELLS_MOST && !sheet->bytes.overflowed) || is_damaged(reading);
}

static bool start_merge(struct reading *reading, const struct xml_event *event)
{
	struct text ref = attribute(event, "ref"), first, last;
	struct merge merge;
	uint32_t column;
	first = text_slice(ref, 0, text_find(ref, TEXT(":")));
	last = text_slice(ref, first.size + 1, ref.size);
	if (!xlsx_place(first, &merge.first, &merge.column) || !xlsx_place(last, &merge.last, &column))
		return true; /* nothing is merged then, as in Excel */
	if (merge.last > merge.first)
		LIST_PUSH(&reading->merges, merge);
	return reading->merges.count < XLSX_CELLS_MOST || is_damaged(reading);
}

/* ---- events ----------------------------------------------------------------------------- */

static bool on_start(struct reading *reading, const struct xml_event *event)
{
	struct text name = event->name;
	reading->is_wanted = false;
	if (text_is(name, "c"))
		return start_cell(reading, event);
	if (text_is(name, "v") || (text_is(name, "t") && !reading->phonetic)) {
		reading->is_wanted = true;
		reading->open = event->span;
	} else if (text_is(name, "row")) {
		return start_row(reading, event);
	} else if (text_is(name, "f")) {
		reading->has_formula = true;
	} else if (text_is(name, "rPh")) {
		reading->phonetic = event->depth;
	} else if (text_is(name, "mergeCell")) {
		return start_merge(reading, event);
	}
	return true;
}

static bool on_end(struct reading *reading, const struct xml_event *event)
{
	/* Only white space: not handed over, but between two runs of a rich text it counts. */
	if (reading->is_wanted && text_is(event->name, "t") && event->span.start > reading->open.end)
		buf_byte(&reading->text, ' ');
	reading->is_wanted = false;
	if (reading->phonetic == event->depth)
		reading->phonetic = 0;
	return text_is(event->name, "c") ? end_cell(reading) : true;
}

static bool on_event(void *context, const struct xml_event *event)
{
	struct reading *reading = context;
	if (event->kind == XML_START)
		return on_start(reading, event);
	if (event->kind == XML_END)
		return on_end(reading, event);
	if (reading->is_wanted)
		buf_text(&reading->text, event->text);
	reading->is_wanted = false;
	return true;
}

/* ---- merged ranges ---------------------------------------------------------------------- */

static int compare_cells(const void *left, const void *right)
{
	const struct xlsx_cell *a = left, *b = right;
	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

static const struct xlsx_cell *find_cell(const struct xlsx_sheet *sheet, size_t count, uint32_t row, uint32_t column)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct xlsx_cell *cell = &sheet->cells.at[middle];
		if (cell->row < row || (cell->row == row && cell->column < column))
			low = middle + 1;
		else
			high = middle;
	}
	const struct xlsx_cell *cell = low < count ? &sheet->cells.at[low] : NULL;
	return cell && cell->row == row && cell->column == column ? cell : NULL;
}

/*
 * A value that stands once for several rows belongs to each of them.  One that is merged along its row
 * is a title or a remark and stays where it is.
 */
static bool fill_merges(struct reading *reading)
{
	struct xlsx_sheet *sheet = reading->sheet;
	size_t count = sheet->cells.count;
	uint32_t last_row = count ? sheet->cells.at[count - 1].row : 0;
	for (size_t i = 0; i < reading->merges.count; i++) {
		const struct merge *merge = &reading->merges.at[i];
		const struct xlsx_cell *top = find_cell(sheet, count, merge->first, merge->column);
		if (!top)
			continue;
		struct xlsx_cell cell = *top;
		note(reading, XLSX_MERGED, cell.row, cell.column);
		for (cell.row++; cell.row <= merge->last && cell.row <= last_row; cell.row++) {
			if (!find_cell(sheet, count, cell.row, cell.column))
				LIST_PUSH(&sheet->cells, cell);
			if (sheet->cells.count >= XLSX_CELLS_MOST)
				return is_damaged(reading);
		}
	}
	if (sheet->cells.count > count)
		qsort(sheet->cells.at, sheet->cells.count, sizeof *sheet->cells.at, compare_cells);
	return true;
}

bool xlsx_sheet_read(struct package *package, struct text part, const struct xlsx_shared *shared, uint32_t rows,
		     struct xlsx_sheet *sheet)
{
	struct reading reading = { .package = package, .part = part, .shared = shared, .sheet = sheet, .rows = rows };
	*sheet = (struct xlsx_sheet){ 0 };
	buf_init(&sheet->bytes, BUF_LIMIT_FILE / 2);
	buf_init(&reading.text, XML_TEXT_LARGEST);
	bool is_good = package_parse(package, part, on_event, &reading);
	is_good = is_good && !reading.is_damaged && fill_merges(&reading);
	if (reading.is_damaged)
		package_damaged(package, part);
	buf_clear(&reading.text);
	LIST_FREE(&reading.merges);
	return is_good;
}

void xlsx_sheet_clear(struct xlsx_sheet *sheet)
{
	buf_clear(&sheet->bytes);
	LIST_FREE(&sheet->cells);
}

struct text xlsx_sheet_text(const struct xlsx_sheet *sheet, const struct xlsx_cell *cell)
{
	return text_slice(buf_view(&sheet->bytes), cell->at, cell->size);
}

/* ---- CSV -------------------------------------------------------------------------------- */

/* A header stands among the first rows: every row reaches as far as those, for an empty cell is not a missing one. */
static uint32_t width_of(const struct xlsx_sheet *sheet)
{
	uint32_t width = 1, first = sheet->cells.count ? sheet->cells.at[0].row : 0;
	for (size_t i = 0; i < sheet->cells.count && sheet->cells.at[i].row < first + XLSX_HEAD_ROWS; i++)
		if (sheet->cells.at[i].column >= width)
			width = sheet->cells.at[i].column + (uint32_t)1;
	return width < CSV_CELLS_MOST ? width : CSV_CELLS_MOST;
}

static bool needs_quotes(struct text text)
{
	static const bool special[256] = {
		[','] = true, [';'] = true, ['\t'] = true, ['"'] = true, ['\r'] = true, ['\n'] = true, ['\0'] = true,
	};
	for (size_t i = 0; i < text.size; i++)
		if (special[(unsigned char)text.at[i]])
			return true;
	return false;
}

static void write_cell(struct text text, struct buf *csv)
{
	if (!needs_quotes(text)) {
		buf_text(csv, text);
		return;
	}
	buf_byte(csv, '"');
	for (size_t i = 0; i < text.size; i++) {
		char c = text.at[i];
		bool is_pair = c == '\r' && i + 1 < text.size && text.at[i + 1] == '\n';
		if (c == '\n' || (c == '\r' && !is_pair))
			buf_string(csv, "\u2028");
		else if (c != '\r')
			buf_byte(csv, c);
		if (c == '"')
			buf_byte(csv, c);
	}
	buf_byte(csv, '"');
}

static void place_faults(struct xlsx_sheet *sheet, const struct xlsx_cell *cell, size_t start, size_t end)
{
	for (size_t i = 0; i < XLSX_FAULTS; i++) {
		bool is_first = sheet->faults[i].row == cell->row && sheet->faults[i].column == cell->column;
		if (sheet->faults[i].count && is_first)
			sheet->faults[i].span = (struct span){ 0, (uint32_t)start, (uint32_t)end };
	}
}

/* One row from cell number `at`; the number behind its last. */
static size_t write_row(struct xlsx_sheet *sheet, size_t at, uint32_t width, struct buf *csv)
{
	uint32_t row = sheet->cells.at[at].row, column = 0;
	for (; at < sheet->cells.count && sheet->cells.at[at].row == row; at++) {
		const struct xlsx_cell *cell = &sheet->cells.at[at];
		/* Of those that read/csv.h does not keep the first is enough to be told. */
		uint32_t wanted = cell->column < CSV_CELLS_MOST ? cell->column : CSV_CELLS_MOST;
		bool is_again = at && cell[-1].row == row && cell[-1].column == cell->column;
		if (column > wanted || is_again)
			continue;
		buf_repeat(csv, ',', wanted - column);
		size_t start = csv->size;
		write_cell(xlsx_sheet_text(sheet, cell), csv);
		place_faults(sheet, cell, start, csv->size);
		if (wanted == CSV_CELLS_MOST)
			wanted++; /* those behind it are passed over */
		column = wanted;
	}
	if (column + 1 < width)
		buf_repeat(csv, ',', width - column - 1);
	buf_byte(csv, '\n');
	return at;
}

void xlsx_sheet_write(struct xlsx_sheet *sheet, struct buf *csv)
{
	uint32_t width = width_of(sheet), row = 0;
	for (size_t at = 0; at < sheet->cells.count && !csv->overflowed; row++) {
		buf_repeat(csv, '\n', sheet->cells.at[at].row - row);
		row = sheet->cells.at[at].row;
		at = write_row(sheet, at, width, csv);
	}
}
