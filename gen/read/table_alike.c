/* SPDX-License-Identifier: MIT */
#include "read/table_alike.h"

bool table_alike_open(struct table_alike *alike, const struct table *table, size_t columns)
{
	*alike = (struct table_alike){ .columns = columns };
	return columns > 0 && table->width > columns && table->width - columns <= TABLE_ALIKE_CELLS;
}

/* A row that begins otherwise than with a code may be a header again, a remark, or blank. */
void table_alike_begin(struct table_alike *alike, const struct table *table)
{
	const struct csv *csv = &table->csv;
	alike->head = NO_TEXT;
	const bool is_sound = table->fault == DIAG_KINDS && !table->is_half_read;
	if (!is_sound || csv->count <= alike->columns || !table_begins_with_code(table))
		return;
	const size_t end = csv->cells[alike->columns].span.start;
	alike->head = (struct text){ csv->text.at + csv->span.start, end - csv->span.start };
}

/* The cell at `at`; its end in *end, which is never that of the text.  False for one that is not plain. */
static inline bool take_cell(struct table *table, size_t at, size_t column, struct text *cell)
{
	struct csv *csv = &table->csv;
	const size_t end = csv_scan_kept(csv->text, at, csv->separator, &csv->near);
	*cell = (struct text){ csv->text.at + at, end - at };
	return end < csv->text.size &&
	       (end == at || (*cell->at != '"' && table->is_filled[column] && end - at <= CSV_CELL_LARGEST));
}

bool table_alike_find(struct table_alike *alike, struct table *table)
{
	struct csv *csv = &table->csv;
	const char *bytes = csv->text.at;
	const size_t start = csv->offset, size = csv->text.size, head = alike->head.size, last = table->width - 1;
	size_t at = start + head;
	if (!head || start >= size || head >= size - start || memcmp(bytes + start, alike->head.at, head) != 0)
		return false;
	for (size_t column = alike->columns; column <= last; column++) {
		struct text *cell = &alike->cells[column - alike->columns];
		if (!take_cell(table, at, column, cell))
			return false;
		at += cell->size;
		if ((column < last) != (bytes[at] == csv->separator))
			return false;
		at += column < last;
	}
	alike->place = (struct span){ csv->source, (uint32_t)start, (uint32_t)at };
	alike->next = at + 1 + (bytes[at] == '\r' && at + 1 < size && bytes[at + 1] == '\n');
	return true;
}

void table_alike_take(const struct table_alike *alike, struct table *table)
{
	table->csv.offset = alike->next;
	table->csv.row++;
	table->rows++;
}
