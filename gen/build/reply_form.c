/* SPDX-License-Identifier: MIT */
#include "build/reply_form.h"

#include "base/arena.h"
#include "build/form.h"
#include "facts/print.h"
#include "model/model.h"
#include "model/schema.h"
#include "read/xlsx.h"

/*
 * In the order of the columns of ENTITY_ANSWER, up to the department; the rest is for the enterprise.
 * What nobody looked at asks for no answer.
 */
static const char items_query[] =
	"select (select code from firm), track, item_id, area_id || ' ' || area, requirement, result,"
	" coalesce(note, ''), risk, coalesce(advice, ''), coalesce(advice_department, '')"
	" from findings f where result <> '未评' order by (select t.ordinal from tracks t where t.track_code = f.track_code), f.ordinal";
static const char firm_query[] =
	"select name, code, (select year from campaign), (select title from campaign), copy_number from firm";
enum { FIRM_NAME, FIRM_CODE, FIRM_YEAR, FIRM_TITLE, FIRM_NUMBER };
enum { FIXED = FIELD_answer_department }; /* columns that only say what was found */

static bool ask(const struct reply_form *form, struct arena *arena, const char *sql, struct rows *rows)
{
	return facts_query(form->facts, arena, text_from(sql), (struct span){ 0 }, rows);
}

/* The day until which the answer is awaited: the end of the stage, behind it as many days as the campaign gives. */
static struct date reply_day(const struct reply_form *form)
{
	const struct campaign *campaign = &form->model->campaign;
	for (size_t i = 0; i < campaign->stage_count; i++) {
		const struct stage *stage = &campaign->stages[i];
		if (text_is(stage->id, "rectify") && date_compare(stage->deadline, form->today) >= 0)
			return stage->deadline;
	}
	return date_from_days(date_days(form->today) + (int32_t)campaign->sending.reply_days);
}

/* ---- the head -------------------------------------------------------------------------------- */

enum { HEAD_LINES = 3 };

static void write_head(const struct reply_form *form, struct arena *arena, const struct value *firm,
		       struct text head[HEAD_LINES])
{
	struct buf day;
	struct date until = reply_day(form);
	struct text number = form->number.size ? form->number : firm[FIRM_NUMBER].text;
	buf_init(&day, BUF_LIMIT_PAGE);
	buf_string(&day, "请于");
	date_write_cn(&day, until);
	buf_string(&day, "前报送");
	head[0] = text_format(arena, "%.*s年度整改反馈表", TEXT_ARGS(firm[FIRM_YEAR].text));
	head[1] = text_format(arena, "企业名称：%.*s　统一社会信用代码：%.*s　诊断书份号：%.*s", TEXT_ARGS(firm[FIRM_NAME].text),
			      TEXT_ARGS(firm[FIRM_CODE].text), TEXT_ARGS(number));
	head[2] = text_format(arena, "灰色各列不要改动，白色各列由企业填写，填法见“" XLSX_GUIDE "”。%.*s。", TEXT_ARGS(buf_view(&day)));
	buf_clear(&day);
}

/* ---- the sheets ------------------------------------------------------------------------------ */

static struct workbook_column column_of(const struct field *field, size_t index, struct arena *arena)
{
	struct workbook_column column = form_column(field, arena);
	column.is_date = field->type == FIELD_DATE;
	column.is_fixed = index < FIXED;
	return column;
}

/* The answers behind what was found: as many columns as the entity has. */
static struct rows widen(struct arena *arena, const struct rows *found)
{
	const struct entity *entity = schema_entity(ENTITY_ANSWER);
	struct rows rows = { .column_count = entity->field_count, .row_count = found->row_count };
	rows.names = ARENA_ARRAY(arena, struct text, rows.column_count);
	rows.values = ARENA_ARRAY(arena, struct value, rows.column_count * rows.row_count + 1);
	for (size_t i = 0; i < rows.column_count; i++)
		rows.names[i] = text_from(entity->fields[i].heading);
	for (size_t row = 0; row < rows.row_count; row++)
		for (size_t i = 0; i < found->column_count; i++)
			rows.values[row * rows.column_count + i] = found->values[row * found->column_count + i];
	return rows;
}

static const char *const guide[] = {
	"1. 每行是一项待整改问题。灰色各列是核定结果和建议，请不要改动、增删或调换次序；也不要改动表头各行。",
	"2. 责任部门：已按建议填好，请改为本企业负责的部门。",
	"3. 整改措施：写已经做的或计划做的，一两句话即可。",
	"4. 计划完成日期、实际完成日期：填日期，如 2021-10-15。没有完成的，实际完成日期不填。",
	"5. 整改状态：从下拉列表中选。已整改：全部完成（必须填实际完成日期）；部分整改：完成了一部分；未整改：尚未开始或没有完成。",
	"6. 佐证材料：写材料的名称或编号，几件用顿号隔开；材料本身按要求另送，不要插入本表。",
	"7. 没有进展的行可以空着，按没有反馈计。",
	"8. 存为 .xlsx 报送。整改状态是企业的报告，是否整改到位以之后的整改复核、现场核查为准。",
	"9. 本表只供本企业使用，请勿转发其他单位。",
};

static struct workbook_sheet guide_sheet(struct arena *arena)
{
	size_t count = sizeof guide / sizeof *guide;
	static struct text names[] = { TEXT_INIT("怎样填写") };
	static const struct workbook_column columns[] = { { .is_text = true } };
	struct rows rows = { .names = names, .column_count = 1, .row_count = count };
	rows.values = ARENA_ARRAY(arena, struct value, count);
	for (size_t i = 0; i < count; i++)
		rows.values[i] = (struct value){ .kind = VALUE_TEXT, .text = text_from(guide[i]) };
	return (struct workbook_sheet){ .rows = rows, .form = { .name = TEXT(XLSX_GUIDE), .columns = columns } };
}

static void write_workbook(struct arena *arena, const struct rows *rows, const struct text head[HEAD_LINES],
			   struct buf *buf)
{
	const struct entity *entity = schema_entity(ENTITY_ANSWER);
	struct workbook_column columns[FIELDS_MOST];
	for (size_t i = 0; i < entity->field_count; i++)
		columns[i] = column_of(&entity->fields[i], i, arena);
	const struct workbook_sheet sheets[] = {
		{ .rows = *rows, .form = { text_from(entity->heading), columns, head, HEAD_LINES } },
		guide_sheet(arena),
	};
	workbook_write_sheets(sheets, sizeof sheets / sizeof *sheets, buf);
}

/* The head as lines of one cell above the table, as a spreadsheet would save it. */
static void write_csv(struct arena *arena, const struct rows *rows, const struct text head[HEAD_LINES], struct buf *buf)
{
	struct rows all = *rows;
	struct buf table;
	buf_init(&table, BUF_LIMIT_FILE);
	print_csv(&all, &table);
	struct text text = text_copy(arena, buf_view(&table));
	buf_clear(&table);
	buf_string(buf, "\xEF\xBB\xBF");
	for (int i = 0; i < HEAD_LINES; i++)
		buf_format(buf, "%.*s\r\n", TEXT_ARGS(head[i]));
	buf_text(buf, text_starts(text, "\xEF\xBB\xBF") ? text_slice(text, 3, text.size - 3) : text);
}

bool reply_form_write(const struct reply_form *form, struct arena *arena, struct buf *buf, size_t *count)
{
	struct rows found, firm;
	struct text head[HEAD_LINES];
	if (!ask(form, arena, items_query, &found) || !ask(form, arena, firm_query, &firm) || firm.row_count == 0)
		return false;
	*count = found.row_count;
	buf_reset(buf);
	write_head(form, arena, firm.values, head);
	struct rows rows = widen(arena, &found);
	if (form->is_csv)
		write_csv(arena, &rows, head, buf);
	else
		write_workbook(arena, &rows, head, buf);
	return true;
}
