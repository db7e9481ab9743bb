/* SPDX-License-Identifier: MIT */
#include "doc/pipe_table.h"

/* The next cell of a row; "\|" does not end it.  *rest starts behind the opening pipe. */
static bool next_cell(struct text *rest, struct text *cell)
{
	if (!rest->at || text_trim(*rest).size == 0)
		return false;
	size_t end = 0;
	while (end < rest->size && rest->at[end] != '|')
		end += rest->at[end] == '\\' && end + 1 < rest->size ? 2 : 1;
	*cell = text_trim(text_slice(*rest, 0, end));
	*rest = text_slice(*rest, end + 1, rest->size);
	return true;
}

static struct text open_row(struct text line)
{
	line = text_trim(line);
	return text_starts(line, "|") ? text_slice(line, 1, line.size) : line;
}

static size_t count_cells(struct text line)
{
	struct text rest = open_row(line), cell;
	size_t count = 0;
	while (next_cell(&rest, &cell))
		count++;
	return count;
}

/* ":---:" and its like; *kind is what it says of the column. */
static bool is_delimiter(struct text cell, int8_t *kind)
{
	bool left = text_starts(cell, ":"), right = cell.size > 1 && text_ends(cell, ":");
	struct text dashes = text_slice(cell, left, cell.size - left - right);
	for (size_t i = 0; i < dashes.size; i++)
		if (dashes.at[i] != '-')
			return false;
	/* left, right */
	static const enum column_kind kinds[2][2] = { { COLUMN_TEXT, COLUMN_NUMBER }, { COLUMN_TEXT, COLUMN_CENTRED } };
	*kind = (int8_t)kinds[left][right];
	return dashes.size > 0;
}

static bool is_delimiter_row(struct text line)
{
	struct text rest = open_row(line), cell;
	int8_t kind;
	bool any = false;
	while (next_cell(&rest, &cell)) {
		if (!is_delimiter(cell, &kind))
			return false;
		any = true;
	}
	return any && text_starts(text_trim(line), "|");
}

bool pipe_table_is(struct text lines)
{
	struct text head, delimiters;
	return text_next(&lines, '\n', &head) && text_starts(text_trim(head), "|") &&
	       text_next(&lines, '\n', &delimiters) &&
	       is_delimiter_row(delimiters);
}

static bool is_caption(struct text line)
{
	line = text_trim(line);
	return text_starts(line, ":") || text_starts(line, "：");
}

struct table *pipe_table_read(struct arena *arena, struct text lines, pipe_table_cell *read, void *context,
			      struct text *caption)
{
	struct table *table = ARENA_NEW(arena, struct table);
	struct text head, delimiters, line, cell, rest = lines;
	*caption = NO_TEXT;
	text_next(&rest, '\n', &head);
	text_next(&rest, '\n', &delimiters);
	table->column_count = count_cells(head);
	table->columns = ARENA_ARRAY(arena, struct column, table->column_count);
	struct text heads = open_row(head), kinds = open_row(delimiters);
	for (size_t i = 0; i < table->column_count && next_cell(&heads, &cell); i++) {
		struct cell heading = { .text = NO_TEXT };
		read(context, cell, &heading);
		table->columns[i].heading = heading.text;
		if (next_cell(&kinds, &cell))
			is_delimiter(cell, &table->columns[i].kind);
	}
	size_t row_most = 0;
	for (struct text count = rest; text_next(&count, '\n', &line);)
		row_most++;
	table->cells = ARENA_ARRAY(arena, struct cell, row_most * table->column_count);
	while (text_next(&rest, '\n', &line)) {
		if (is_caption(line)) {
			line = text_trim(line);
			*caption = text_trim(text_slice(line, text_starts(line, ":") ? 1 : 3, line.size));
			break;
		}
		struct text cells = open_row(line);
		if (cells.size == 0)
			continue;
		for (size_t i = 0; i < table->column_count && next_cell(&cells, &cell); i++)
			read(context, cell, &table->cells[table->row_count * table->column_count + i]);
		table->row_count++;
	}
	return table;
}
