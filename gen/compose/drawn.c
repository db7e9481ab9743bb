/* SPDX-License-Identifier: MIT */
#include "compose/drawn.h"

#include "compose/fence.h"

bool drawn_is_label(struct text name)
{
	return text_is(name, "label") || text_is(name, "标签");
}

static bool read_number(const struct value *value, double *number)
{
	if (value->kind == VALUE_TEXT)
		return fence_number(value->text, number);
	*number = value->real;
	return value->kind != VALUE_NULL;
}

bool drawn_is_worth(const struct rows *rows, size_t end, int64_t least)
{
	int64_t count = 0;
	double first = 0;
	bool differs = false;
	for (size_t i = 0; i < rows->row_count * rows->column_count; i++) {
		size_t column = i % rows->column_count;
		double number;
		if (column == 0 || column >= end || drawn_is_label(rows->names[column]) ||
		    !read_number(&rows->values[i], &number))
			continue;
		first = count++ ? first : number;
		differs = differs || number < first || number > first;
	}
	return count >= least && differs;
}
