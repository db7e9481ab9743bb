/* SPDX-License-Identifier: MIT */
#include "build/form.h"

#include "base/arena.h"
#include "model/choice.h"

/* What a spreadsheet may take for numbers it must not: all but dates and numbers is text. */
struct workbook_column form_column(const struct field *field, struct arena *arena)
{
	bool is_number = field->type == FIELD_DATE || field->type == FIELD_NUMBER || field->type == FIELD_DECIMAL;
	struct workbook_column column = { .is_text = !is_number };
	if (field->type != FIELD_CHOICE)
		return column;
	struct buf choices;
	buf_init(&choices, BUF_LIMIT_PAGE);
	for (int i = 0; i < choice_count(field->set); i++)
		buf_format(&choices, "%s%s", i ? "," : "", choice_word(field->set, i));
	column.choices = text_copy(arena, buf_view(&choices));
	buf_clear(&choices);
	return column;
}
