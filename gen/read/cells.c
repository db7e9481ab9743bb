/* SPDX-License-Identifier: MIT */
#include "read/cells.h"

#include <stdlib.h>

#include "base/arena.h"
#include "read/clean.h"
#include "read/input.h"
#include "read/table.h"

/* What of a table is needed to read it again. */
struct watched {
	struct reader reader;
	uint32_t source;
	char separator;
	size_t width;
	size_t header;          /* offset of its row */
	int16_t name_column;    /* of the enterprise's name, or -1 */
	struct text *headings;  /* by column, width of them */
};

enum { SCRATCH_MOST = 1 << 20 }; /* bytes of undoubled quotes that may gather before they are given back */

/* The last cell that starts at or before the place. */
static size_t find_cell(const struct csv *csv, uint32_t offset)
{
	size_t low = 0, high = csv->count;
	while (low + 1 < high) {
		size_t middle = (low + high) / 2;
		if (csv->cells[middle].span.start <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static size_t find_last(const struct csv *csv, size_t first, uint32_t end)
{
	size_t last = first;
	while (last + 1 < csv->count && csv->cells[last].span.end < end)
		last++;
	return last;
}

static struct text enterprise_of(const struct watched *watched, const struct csv *csv)
{
	if (watched->name_column < 0 || (size_t)watched->name_column >= csv->count)
		return NO_TEXT;
	struct arena *arena = watched->reader.arena;
	return text_copy(arena, clean_text(arena, csv->cells[watched->name_column].text));
}

/* A place of no length behind a row's last cell is where a cell is missing: in the next column, which may be any. */
static struct sheet_cell locate(const struct watched *watched, const struct csv *csv, struct span span, uint32_t row)
{
	size_t first = find_cell(csv, span.start), last = find_last(csv, first, span.end);
	const struct span *own = &csv->cells[first].span;
	bool is_behind = span.start == span.end && span.start == own->end && own->end > own->start;
	bool is_header = csv->span.start <= watched->header; /* or a title above it */
	struct sheet_cell cell = { .row = row, .column = (uint32_t)first + 1 + is_behind,
				   .last_column = (uint32_t)last + 1 + is_behind };
	if (!is_header && !is_behind && first == last && first < watched->width)
		cell.heading = watched->headings[first];
	if (!is_header)
		cell.enterprise = enterprise_of(watched, csv);
	return cell;
}

/* Offsets 0 to 0 are the file as a whole. */
static bool is_whole_file(struct span span)
{
	return span.start == 0 && span.end == 0;
}

static void find_cells(const void *table, const struct span *spans, struct sheet_cell *cells, size_t count)
{
	const struct watched *watched = table;
	struct reader reader = watched->reader;
	struct csv csv;
	size_t next = 0;
	reader.arena = arena_new();
	sources_borrow(reader.sources, watched->source);
	csv_init_borrowed(&csv, &reader, watched->source, watched->separator);
	csv.is_silent = true;
	for (uint32_t row = 1; next < count; row++) {
		if (csv.offset > watched->header)
			row += (uint32_t)csv_skip(&csv, spans[next].start);
		if (!csv_next(&csv))
			break;
		for (; next < count && spans[next].start < csv.offset; next++)
			if (!is_whole_file(spans[next]))
				cells[next] = locate(watched, &csv, spans[next], row);
		if (csv.span.start == watched->header)
			csv.width = watched->width;
		if (arena_used(reader.arena) > SCRATCH_MOST)
			arena_clear(reader.arena);
	}
	sources_give_back(reader.sources, watched->source);
	arena_free(reader.arena);
}

static int16_t name_column(const struct table *table)
{
	for (size_t i = 0; i < table->entity->field_count; i++)
		if (text_is(text_from(table->entity->fields[i].heading), "企业名称"))
			return table->column_of[i];
	return table->name_column;
}

/* ---- of what was passed over ---------------------------------------------------------------- */

struct unread {
	struct reader reader;
	uint32_t source;
	enum entity_kind kind;
};

/* Whatever there was to tell of its header was told when it was read. */
static void find_unread(const void *table, const struct span *spans, struct sheet_cell *cells, size_t count)
{
	const struct unread *unread = table;
	struct reader reader = unread->reader;
	struct table *opened = memory_resize(NULL, sizeof *opened);
	reader.diag = diag_new(reader.arena, reader.sources);
	if (table_open_source(opened, &reader, unread->source, unread->kind)) {
		const struct source *source = sources_find(reader.sources, unread->source);
		source->find_cells(source->table, spans, cells, count);
	}
	free(opened);
}

void cells_watch_unread(const struct reader *reader, uint32_t source, enum entity_kind kind)
{
	struct unread *unread = ARENA_NEW(reader->arena, struct unread);
	*unread = (struct unread){ *reader, source, kind };
	sources_set_cells(reader->sources, source, find_unread, unread);
}

void cells_watch(const struct table *table)
{
	struct arena *arena = table->csv.reader->arena;
	struct watched *watched = ARENA_NEW(arena, struct watched);
	*watched = (struct watched){
		.reader = *table->csv.reader, .source = table->csv.source, .separator = table->csv.separator,
		.width = table->width, .header = table->header.start, .name_column = name_column(table),
		.headings = ARENA_ARRAY(arena, struct text, table->width),
	};
	for (size_t i = 0; i < table->width; i++)
		watched->headings[i] = text_copy(arena, clean_text(arena, table->csv.cells[i].text));
	sources_set_cells(table->csv.reader->sources, table->csv.source, find_cells, watched);
}
