/* SPDX-License-Identifier: MIT
 *
 * The rows of a city or an agency as a workbook.  Which sheets there are, and what they ask, says
 * content/rows-city.sql or rows-agency.sql: "-- 名称" begins a sheet, its query follows.
 */
#include "base/arena.h"
#include "build/handout.h"
#include "compose/workbook.h"

enum { NAME_LONGEST = 31 * 3 }; /* bytes: a sheet's name has at most 31 characters */

/* Cuts the next sheet off `rest`; false at the end. */
static bool next_sheet(struct text *rest, struct text *name, struct text *query)
{
	struct text line;
	*name = NO_TEXT;
	while (!name->size && text_next(rest, '\n', &line))
		if (text_starts(line, "-- "))
			*name = text_trim(text_slice(line, 3, line.size));
	*query = (struct text){ rest->at, 0 };
	while (name->size && rest->size && !text_starts(*rest, "-- ")) {
		text_next(rest, '\n', &line);
		query->size = (size_t)(line.at + line.size - query->at);
	}
	*query = text_trim(*query);
	return name->size > 0;
}

/* A number is one, a code is a text, and a sentence takes several lines. */
static const struct workbook_column *columns_of(struct arena *arena, const struct rows *rows)
{
	enum { SENTENCE = 60 };
	struct workbook_column *columns = ARENA_ARRAY(arena, struct workbook_column, rows->column_count);
	for (size_t i = 0; i < rows->column_count; i++) {
		columns[i].is_text = true;
		for (size_t row = 0; row < rows->row_count; row++) {
			const struct value *value = &rows->values[row * rows->column_count + i];
			columns[i].is_text &= value->kind == VALUE_TEXT || value->kind == VALUE_NULL;
			columns[i].is_wrapped |= value->kind == VALUE_TEXT && value->text.size > SENTENCE;
		}
	}
	return columns;
}

bool handout_write_rows(struct build *build, enum facts_scope scope, struct buf *buf)
{
	struct document_file file = scope == SCOPE_CITY ? build->press.rows_city : build->press.rows_agency;
	struct facts *facts = edition_facts(build, scope);
	struct workbook_sheet *sheets = ARENA_ARRAY(build->scratch, struct workbook_sheet, WORKBOOK_SHEETS_MOST);
	struct text rest = file.text, name, query;
	size_t count = 0;
	while (next_sheet(&rest, &name, &query)) {
		struct span place = span_of(build->run.sources, file.source, query);
		if (count == WORKBOOK_SHEETS_MOST || name.size > NAME_LONGEST) {
			DIAG(build->run.diag, DIAG_PACK_SHEET, .span = place, .a = name, .n = WORKBOOK_SHEETS_MOST);
			return false;
		}
		struct workbook_sheet *sheet = &sheets[count++];
		if (!facts || !facts_query(facts, build->scratch, query, place, &sheet->rows))
			return false;
		sheet->form = (struct workbook_form){
			.name = name, .columns = columns_of(build->scratch, &sheet->rows),
		};
	}
	if (!count) {
		DIAG(build->run.diag, DIAG_PACK_SHEET, .span = { .source = file.source }, .a = TEXT("—"),
		     .n = WORKBOOK_SHEETS_MOST);
		return false;
	}
	workbook_write_sheets(sheets, count, buf);
	return true;
}
