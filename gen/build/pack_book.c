/* SPDX-License-Identifier: MIT
 *
 * The workbook of a pack: for every table the owner's own rows that have a problem, as they stand; what
 * lies in no row; what became of the pack before.
 */
#include "base/arena.h"
#include "base/list.h"
#include "base/personal.h"
#include "build/form.h"
#include "build/packs.h"
#include "check/row_at.h"
#include "compose/workbook.h"

/* As check/mended.h and read/table_columns.c know them. */
static const char *const beside[] = { "问题", "处理", "出处" };
enum { BESIDE = sizeof beside / sizeof *beside };
#define SHEET_MISSING "缺少的材料"
#define SHEET_OTHER "其他问题"
#define SHEET_SINCE "上次以来"

struct book {
	struct arena *arena;
	const struct run *run;
	const struct pack *pack;
	struct workbook_sheet sheets[WORKBOOK_SHEETS_MOST];
	size_t count;
};

typedef LIST(struct workbook_note) note_list;
typedef LIST(struct value) value_list;

static bool is_in_row(const struct pack_problem *problem)
{
	return problem->row->is_row && !owner_is_missing(problem->line->kind);
}

static struct value text_value(struct text text)
{
	return (struct value){ .kind = VALUE_TEXT, .text = text };
}

/* ---- the rows of a table -------------------------------------------------------------------------- */

/* "1. …\n2. …", or the one alone. */
static struct text list_up(const struct book *book, const struct pack_problem *problems, size_t count, bool is_remedy)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	for (size_t i = 0; i < count; i++) {
		const struct diag_line *line = problems[i].line;
		if (count > 1)
			buf_format(&buf, "%s%zu. ", i ? "\n" : "", i + 1);
		if (!is_remedy && line->heading.size)
			buf_format(&buf, "【%.*s】", TEXT_ARGS(line->heading));
		buf_text(&buf, is_remedy ? line->remedy : line->message);
	}
	struct text copy = text_copy(book->arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

/* Codes that are somebody's own number are shown nowhere. */
static bool is_masked(const struct field *field, struct text cell)
{
	bool is_code = field->type == FIELD_CREDIT || field->type == FIELD_ENTERPRISE ||
		       (field->type == FIELD_TEXT && text_is(text_from(field->name), "code"));
	return is_code && personal_looks(text_trim(cell));
}

static struct text masked(const struct book *book, struct text cell)
{
	char *copy = text_string(book->arena, cell);
	personal_mask(copy, cell.size);
	return text_from(copy);
}

/* What is told at one cell; missing: nothing is wrong with it. */
static struct text note_at(const struct book *book, const struct pack_problem *problems, size_t count, size_t field)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	const struct row_at *row = problems[0].row;
	for (size_t i = 0; i < count; i++) {
		const struct diag_line *line = problems[i].line;
		if (row_at_field(row, line->args.span) != field)
			continue;
		buf_format(&buf, "%s%.*s\n处理：%.*s\n原处：%.*s", buf.size ? "\n" : "", TEXT_ARGS(line->message),
			   TEXT_ARGS(line->remedy), TEXT_ARGS(problems[i].place));
	}
	if (is_masked(&schema_entity(row->kind)->fields[field], row->cells[field].text))
		buf_format(&buf,
			   "%s这一格像是个人的证件号码，中间各位已用 * 遮盖；请填写正确的代码，不要把号码写回来",
			   buf.size ? "\n" : "");
	struct text copy = text_copy(book->arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

/* "enterprises.csv 第12行 #0123456789ab": by the mark the row is found when it comes back (check/mended.h). */
static struct text origin_of(const struct book *book, const struct pack_problem *problem)
{
	struct text file = text_slice(problem->place, 0, text_find(problem->place, TEXT(" ")));
	uint32_t row = problem->row->row ? problem->row->row : problem->line->line;
	return text_format(book->arena, "%.*s 第%u行 #%.*s", TEXT_ARGS(file), row, TEXT_ARGS(problem->row->mark));
}

static void add_row(const struct book *book, const struct pack_problem *problems, size_t count, size_t number,
		    value_list *values, note_list *notes)
{
	const struct row_at *row = problems[0].row;
	const struct entity *entity = schema_entity(row->kind);
	for (size_t i = 0; i < entity->field_count; i++) {
		struct text cell = row->cells[i].text, note = note_at(book, problems, count, i);
		LIST_PUSH(values, text_value(is_masked(&entity->fields[i], cell) ? masked(book, cell) : cell));
		if (note.size)
			LIST_PUSH(notes, ((struct workbook_note){ number, i, note }));
	}
	LIST_PUSH(values, text_value(list_up(book, problems, count, false)));
	LIST_PUSH(values, text_value(list_up(book, problems, count, true)));
	LIST_PUSH(values, text_value(origin_of(book, &problems[0])));
}

static void add_sheet(struct book *book, const char *name, const struct rows *rows,
		      const struct workbook_column *columns, const note_list *notes)
{
	book->sheets[book->count++] = (struct workbook_sheet){
		.rows = *rows,
		.form = { .name = text_from(name), .columns = columns },
		.notes = LIST_SETTLE(book->arena, notes),
		.note_count = notes->count,
	};
}

static void add_table(struct book *book, enum entity_kind kind)
{
	const struct entity *entity = schema_entity(kind);
	const struct pack *pack = book->pack;
	size_t width = entity->field_count + BESIDE;
	struct text *names = ARENA_ARRAY(book->arena, struct text, width);
	struct workbook_column *columns = ARENA_ARRAY(book->arena, struct workbook_column, width);
	value_list values = { 0 };
	note_list notes = { 0 };
	struct rows rows = { .names = names, .column_count = width };
	for (size_t i = 0; i < width; i++) {
		names[i] = text_from(i < entity->field_count ? entity->fields[i].heading
							     : beside[i - entity->field_count]);
		columns[i] = i < entity->field_count
				     ? form_column(&entity->fields[i], book->arena)
				     : (struct workbook_column){ .is_text = true, .is_wrapped = true };
	}
	/* The problems of a row stand one behind the other, but for those that are no row's. */
	struct pack_problem *own = ARENA_ARRAY(book->arena, struct pack_problem, pack->count);
	size_t count = 0;
	for (size_t i = 0; i < pack->count; i++)
		if (is_in_row(&pack->problems[i]) && pack->problems[i].row->kind == kind)
			own[count++] = pack->problems[i];
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && own[end].row->place.source == own[i].row->place.source &&
				  own[end].row->place.start == own[i].row->place.start;)
			end++;
		add_row(book, &own[i], end - i, rows.row_count++, &values, &notes);
	}
	rows.values = LIST_SETTLE(book->arena, &values);
	if (rows.row_count)
		add_sheet(book, entity->heading, &rows, columns, &notes);
	LIST_FREE(&values);
	LIST_FREE(&notes);
}

/* ---- the other sheets ------------------------------------------------------------------------------- */

/* Rows of plain sentences. */
static void add_list(struct book *book, const char *name, const char *const *headings, size_t width,
		     const value_list *values)
{
	struct text *names = ARENA_ARRAY(book->arena, struct text, width);
	struct workbook_column *columns = ARENA_ARRAY(book->arena, struct workbook_column, width);
	for (size_t i = 0; i < width; i++) {
		names[i] = text_from(headings[i]);
		columns[i] = (struct workbook_column){ .is_text = true, .is_wrapped = true };
	}
	const struct rows rows = { .names = names,
				   .column_count = width,
				   .values = LIST_SETTLE(book->arena, values),
				   .row_count = values->count / width };
	if (rows.row_count)
		add_sheet(book, name, &rows, columns, &(note_list){ 0 });
}

static void add_rest(struct book *book, bool is_missing)
{
	static const char *const headings[] = { "问题", "处理", "出处" };
	value_list values = { 0 };
	for (size_t i = 0; i < book->pack->count; i++) {
		const struct pack_problem *problem = &book->pack->problems[i];
		if (is_in_row(problem) || owner_is_missing(problem->line->kind) != is_missing)
			continue;
		LIST_PUSH(&values, text_value(problem->line->message));
		LIST_PUSH(&values, text_value(problem->line->remedy));
		LIST_PUSH(&values, text_value(problem->place));
	}
	add_list(book, is_missing ? SHEET_MISSING : SHEET_OTHER, headings, 3, &values);
	LIST_FREE(&values);
}

static void push_since(value_list *values, const char *state, const struct text cells[3])
{
	LIST_PUSH(values, text_value(text_from(state)));
	for (size_t i = 0; i < 3; i++)
		LIST_PUSH(values, text_value(cells[i]));
}

static void add_since(struct book *book)
{
	static const char *const headings[] = { "状态", "问题", "位置", "首次发出" };
	const struct pack *pack = book->pack;
	value_list values = { 0 };
	for (size_t i = 0; i < pack->mended_count; i++)
		push_since(&values, "已改正",
			   (const struct text[]){ pack->mended[i].message, pack->mended[i].place,
						  pack->mended[i].first });
	for (size_t state = 0; pack->has_past && state < 2; state++)
		for (size_t i = 0; i < pack->count; i++) {
			const struct pack_problem *problem = &pack->problems[i];
			if (problem->is_new == (state == 1))
				push_since(&values, state ? "新增" : "仍未改",
					   (const struct text[]){ problem->line->message, problem->place,
								  problem->first });
		}
	add_list(book, SHEET_SINCE, headings, 4, &values);
	LIST_FREE(&values);
}

void pack_book_write(struct arena *arena, const struct run *run, const struct pack *pack, struct buf *buf)
{
	static const enum entity_kind kinds[] = {
		ENTITY_ENTERPRISE,    ENTITY_PARTICIPATION, ENTITY_AGENCY, ENTITY_OBSERVATION,
		ENTITY_RECTIFICATION, ENTITY_NOMINATION,    ENTITY_CITY,   ENTITY_LEDGER,
	};
	struct book *book = ARENA_NEW(arena, struct book);
	book->arena = arena;
	book->run = run;
	book->pack = pack;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		add_table(book, kinds[i]);
	add_rest(book, true);
	add_rest(book, false);
	add_since(book);
	workbook_write_sheets(book->sheets, book->count, buf);
}
