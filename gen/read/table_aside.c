/* SPDX-License-Identifier: MIT */
#include "read/table_aside.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "read/clean.h"
#include "read/input.h"
#include "read/table.h"

enum { CODE_SIZE = 18 };

/* Letters and digits of the length of a credit code; what is wrong with it is not asked here. */
static bool is_code(struct arena *arena, struct text cell)
{
	if (cell.size < CODE_SIZE || cell.size > (size_t)4 * CODE_SIZE)
		return false;
	struct text code = clean_spaces(arena, clean_code(arena, cell));
	size_t letters = 0;
	while (letters < code.size && ((code.at[letters] >= '0' && code.at[letters] <= '9') ||
				       ((code.at[letters] | 0x20) >= 'a' && (code.at[letters] | 0x20) <= 'z')))
		letters++;
	return code.size == CODE_SIZE && letters == CODE_SIZE;
}

static bool has_code(const struct table *table)
{
	const struct csv *csv = &table->csv;
	for (size_t i = 0; i < csv->count; i++)
		if (is_code(csv->reader->arena, csv->cells[i].text))
			return true;
	return false;
}

/* The first cell that holds anything, cleaned; *is_only tells whether it is the only one. */
static struct text first_cell(const struct table *table, bool *is_only)
{
	const struct csv *csv = &table->csv;
	struct text first = NO_TEXT;
	*is_only = true;
	for (size_t i = 0; i < csv->count; i++) {
		if (clean_is_blank(csv->cells[i].text))
			continue;
		if (first.size) {
			*is_only = false;
			break;
		}
		first = clean_text(csv->reader->arena, csv->cells[i].text);
	}
	return first;
}

static bool has_han(struct text text)
{
	for (size_t offset = 0; offset < text.size;)
		if (utf8_is_han(utf8_next(text, &offset)))
			return true;
	return false;
}

/* Words of who explains how to fill in a cell. */
static bool is_instruction(struct text cell)
{
	static const char *const words[] = {
		"必填", "选填", "可不填", "填写", "请填", "示例：", "示例:", "例如", "如：", "如:", "格式", "下拉",
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_contains(cell, text_from(words[i])))
			return true;
	return false;
}

/* Between header and data stands what each column wants: 必填, 选填, 格式如 2021-09-05. */
static bool is_instructions(const struct table *table)
{
	const struct csv *csv = &table->csv;
	size_t filled = 0, instructions = 0;
	for (size_t i = 0; i < csv->count; i++) {
		filled += !clean_is_blank(csv->cells[i].text);
		instructions += is_instruction(csv->cells[i].text);
	}
	return instructions > 0 && instructions * 2 >= filled;
}

static bool is_one_of(struct text cell, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(cell, words[i]))
			return true;
	return false;
}

static bool starts_with_one_of(struct text cell, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_starts(cell, words[i]))
			return true;
	return false;
}

/* The words stand in a column that may hold any, and the row has all that one of data must have. */
static bool is_whole_row(const struct table *table)
{
	const struct csv *csv = &table->csv;
	bool is_free = false;
	int first = 0;
	while ((size_t)first < csv->count && clean_is_blank(csv->cells[first].text))
		first++;
	for (size_t i = 0; i < table->entity->field_count; i++) {
		const struct field *field = &table->entity->fields[i];
		int column = table->column_of[i];
		is_free |= column == first && !field->is_required && field->type == FIELD_TEXT;
		if (field->is_required && (column < 0 || (size_t)column >= csv->count || clean_is_blank(csv->cells[column].text)))
			return false;
	}
	return is_free;
}

#define WORDS(list) list, sizeof list / sizeof *list

bool table_is_aside(const struct table *table)
{
	static const char *const totals[] = { "合计", "总计", "小计", "共计", "全省", "全省合计" };
	static const char *const samples[] = { "示例行", "填写示例", "样例", "样例行", "示例" };
	static const char *const notes[] = { "填写说明", "填表说明", "填报说明", "注：", "注:", "说明：", "说明:", "备注：", "备注:" };
	static const char *const remarks[] = { "备注", "说明", "填表", "填报", "制表", "审核", "联系人" };
	struct text cell = table->csv.count ? table->csv.cells[0].text : NO_TEXT;
	/* Nearly every row begins with a code in ASCII. */
	if (cell.size && (unsigned char)cell.at[0] > ' ' && (unsigned char)cell.at[0] < 0x80)
		return false;
	bool is_only;
	struct text first = first_cell(table, &is_only);
	/* One cell of words in a table whose rows begin with a code. */
	enum field_type type = table->entity->fields[0].type;
	bool begins_with_code = type == FIELD_CREDIT || type == FIELD_ENTERPRISE;
	bool is_remark = is_only && (starts_with_one_of(first, WORDS(remarks)) ||
				     (begins_with_code && table->column_of[0] == 0 && has_han(first)));
	bool is_instruction_row = !table->has_rows && is_instructions(table);
	bool is_meant = is_remark || is_one_of(first, WORDS(totals)) || is_one_of(first, WORDS(samples)) ||
			starts_with_one_of(first, WORDS(notes));
	return (is_instruction_row || (is_meant && !is_whole_row(table))) && !has_code(table);
}
