/* SPDX-License-Identifier: MIT */
#include "layout/cell.h"

#include "layout/paragraph.h"
#include "layout/words.h"

struct text cell_heading(struct arena *arena, const struct column *column)
{
	if (!column->unit.size)
		return column->heading;
	return text_format(arena, WORDS_UNIT, TEXT_ARGS(column->heading), TEXT_ARGS(column->unit));
}

struct text cell_whole_part(struct text number)
{
	for (size_t i = 0; i < number.size; i++)
		if (number.at[i] == '.')
			return text_slice(number, 0, i);
	size_t end = number.size;
	/* 12% and 12.5% align on the place of the point. */
	while (end > 0 && !(number.at[end - 1] >= '0' && number.at[end - 1] <= '9'))
		end--;
	return end ? text_slice(number, 0, end) : number;
}

bool cell_is_numeric(struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] >= '0' && text.at[i] <= '9')
			return true;
	return false;
}

struct piece cell_note_mark(struct flow *flow, const struct cell *cell, struct piece piece)
{
	const struct node *mark = cell->note_mark;
	if (!mark || !mark->number.size)
		return (struct piece){ .text = NO_TEXT };
	struct piece own = piece;
	piece_note_mark(&flow->typesetter, mark, &own);
	return own;
}
