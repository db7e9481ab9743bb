/* SPDX-License-Identifier: MIT
 *
 * Rows become slices; where a page ends between them, emit.c draws the head again.
 * A row taller than a page is cut into slices of a line each.
 */
#include "layout/table.h"

#include <math.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "layout/caption.h"
#include "layout/cell.h"
#include "layout/column.h"
#include "layout/paragraph.h"
#include "layout/words.h"

/* A column as set: its place, and where the decimal points of its numbers stand. */
struct set_column {
	double x, width;
	double point;      /* from x; numbers only */
	struct text heading;
};

struct table_work { /* a table while it is being set */
	struct flow *flow;
	const struct node *node;
	const struct table *table;
	struct style head, cell; /* in the table's size */
	double pad_x, pad_y;
	struct set_column *columns;
	double most_row;         /* taller rows fit no page: they are cut */
	double tallest;
	int32_t tag;
	size_t flow_table;       /* index into flow.tables */
};

enum { COLUMNS_MOST = 64 };

/* ---- cells as given ---------------------------------------------------------------- */

static const struct cell *cell_at(const struct table *table, size_t row, size_t column)
{
	return &table->cells[row * table->column_count + column];
}

static bool is_total(const struct table *table, size_t row)
{
	return row + table->total_rows >= table->row_count;
}

static struct piece cell_piece(const struct table_work *work, size_t row, size_t column)
{
	const struct cell *cell = cell_at(work->table, row, column);
	struct piece piece = piece_from(&work->cell, cell->text, -1, cell->span.source ? cell->span : work->node->span);
	if (cell->is_strong || is_total(work->table, row))
		piece.font.is_bold = true;
	return piece;
}

static double text_width(struct table_work *work, struct piece piece, struct text part)
{
	return shape_text(work->flow->typesetter.shaper, part, piece.font, piece.span)->width * piece.size_pt;
}

/* ---- widths --------------------------------------------------------------------------- */

struct extents {
	double least, most, whole, rest; /* whole and rest: of numbers, before and from the point */
};

/* Returns the widths of what may wrap, with its mark, or zeros. */
static struct line_extent extents_add(struct table_work *work, struct extents *extents, size_t row, size_t column)
{
	struct piece piece = cell_piece(work, row, column);
	bool has_note = cell_at(work->table, row, column)->note_mark;
	double mark = has_note ? piece.size_pt : 0; /* room for two digits */
	if (work->table->columns[column].kind == COLUMN_NUMBER && cell_is_numeric(piece.text)) {
		struct text whole = cell_whole_part(piece.text);
		double before = text_width(work, piece, whole);
		extents->whole = fmax(extents->whole, before);
		extents->rest = fmax(extents->rest, text_width(work, piece, text_slice(piece.text, whole.size, piece.text.size)) + mark);
		return (struct line_extent){ 0, 0, 0 };
	}
	struct line_extent extent = line_measure(&work->flow->typesetter, &piece);
	double em = piece.size_pt, few = em * 4;
	/* Text that may wrap still wants four characters a line. */
	extents->least = fmax(extents->least, fmin(fmax(extent.least_pt, few), extent.most_pt) + mark);
	extents->most = fmax(extents->most, extent.most_pt + mark);
	return (struct line_extent){ extent.most_pt + mark, extent.least_pt, extent.calm_pt };
}

static void columns_solve(struct table_work *work)
{
	enum { WORD_EM = 10 }; /* longer is no word but a sentence, which may be divided anywhere */
	struct flow *flow = work->flow;
	size_t count = work->table->column_count, rows = work->table->row_count + 1;
	struct column_need *needs = ARENA_ARRAY(flow->arena, struct column_need, count);
	struct extents *extents = ARENA_ARRAY(flow->arena, struct extents, count);
	for (size_t i = 0; i < count; i++) {
		float *texts = ARENA_ARRAY(flow->arena, float, rows);
		float *calm = ARENA_ARRAY(flow->arena, float, rows);
		work->columns[i].heading = cell_heading(flow->arena, &work->table->columns[i]);
		struct piece head = piece_from(&work->head, work->columns[i].heading, -1, work->node->span);
		struct line_extent extent = line_measure(&flow->typesetter, &head);
		extents[i].least = fmax(extent.least_pt, fmin(extent.most_pt, work->head.size_pt * 4));
		texts[0] = (float)(extents[i].most = extent.most_pt);
		for (size_t row = 1; row < rows; row++) {
			struct line_extent cell = extents_add(work, &extents[i], row - 1, i);
			texts[row] = (float)cell.most_pt;
			calm[row] = cell.calm_pt <= work->cell.size_pt * WORD_EM ? (float)cell.calm_pt : 0;
		}
		double number = extents[i].whole + extents[i].rest;
		double pads = work->pad_x * (i == 0 || i + 1 == count ? 1 : 2);
		needs[i] = (struct column_need){ fmax(extents[i].least, number) + pads, fmax(extents[i].most, number) + pads,
		                                 work->table->columns[i].share, pads, work->cell.size_pt / 2, texts, calm, 0 };
	}
	if (!column_solve(needs, count, flow->width_pt, rows))
		DIAG(flow->diag, DIAG_TABLE_TOO_WIDE, .span = work->node->span, .a = work->node->title, .n = (int64_t)count);
	double x = flow->x_pt;
	for (size_t i = 0; i < count; i++) {
		struct set_column *column = &work->columns[i];
		double left = i == 0 ? 0 : work->pad_x, right = i + 1 == count ? 0 : work->pad_x;
		column->x = x + left;
		column->width = fmax(needs[i].width_pt - left - right, work->cell.size_pt);
		column->point = column->width - extents[i].rest;
		x += needs[i].width_pt;
	}
}

/* ---- cells ------------------------------------------------------------------------------ */

struct set_cell {
	size_t first_line, line_count; /* in the row's lines */
};

struct set_row {
	LIST(struct set_line) lines;
	struct set_cell cells[COLUMNS_MOST];
	size_t tallest; /* lines */
	bool has_note_marks;
	bool is_head;   /* headings are words, whatever digits they hold */
};

static int8_t column_align(const struct table_work *work, size_t column)
{
	static const int8_t aligns[] = { [COLUMN_TEXT] = ALIGN_LEFT, [COLUMN_CENTRED] = ALIGN_CENTRE, [COLUMN_NUMBER] = ALIGN_RIGHT, [COLUMN_RISK] = ALIGN_CENTRE };
	return aligns[work->table->columns[column].kind];
}

static void risk_paint(const struct flow *flow, struct piece *piece)
{
	static const struct {
		const char *word, *colour;
	} risks[] = { { "高", "risk-high" }, { "中", "risk-medium" }, { "低", "risk-low" } };
	for (size_t i = 0; i < sizeof risks / sizeof *risks; i++)
		if (text_starts(piece->text, risks[i].word)) {
			piece->colour = flow_colour(flow, risks[i].colour);
			piece->font = (struct shape_font){ ROLE_HEI, true };
		}
}

/* Sets a piece with its footnote mark into a cell; the lines are remembered relative to the row. */
static void cell_set(struct table_work *work, struct set_row *row, size_t column, const struct piece pieces[2])
{
	const struct piece piece = pieces[0];
	struct flow *flow = work->flow;
	const struct set_column *place = &work->columns[column];
	struct line_options options = { .x_pt = place->x, .width_pt = place->width, .size_pt = piece.size_pt,
	                                .line_pt = work->cell.line_pt, .align = column_align(work, column) };
	if (options.align == ALIGN_RIGHT && !row->is_head && cell_is_numeric(piece.text)) {
		double before = text_width(work, piece, cell_whole_part(piece.text));
		options.x_pt = place->x + place->point - before;
		options.width_pt = place->width - place->point + before + 0.1;
		options.align = ALIGN_LEFT;
	}
	line_set_paragraph(&flow->typesetter, pieces, pieces[1].text.size ? 2 : 1, &options);
	row->has_note_marks = row->has_note_marks || pieces[1].text.size;
	size_t count = flow->typesetter.lines.count;
	row->cells[column] = (struct set_cell){ row->lines.count, count };
	for (size_t i = 0; i < count; i++)
		LIST_PUSH(&row->lines, flow->typesetter.lines.at[i]);
	if (count > row->tallest)
		row->tallest = count;
}

/* scope: "Column", "Row", or NULL for a cell that heads nothing. */
static int32_t cell_tag(struct table_work *work, int32_t row_tag, const char *scope)
{
	int32_t tag = flow_tag(work->flow, scope ? "TH" : "TD", row_tag);
	work->flow->typesetter.tags.at[tag].scope = scope;
	return tag;
}

static void cell_link(struct table_work *work, struct piece *piece, const struct cell *cell)
{
	struct flow *flow = work->flow;
	if (!cell->target.size)
		return;
	piece->tag = flow_tag(flow, "Link", piece->tag);
	piece->link = piece_link(&flow->typesetter, cell->target, cell->text);
	piece->colour = flow_colour(flow, "accent");
}

/* Moves every line of the row to its height: lines of one cell follow each other. */
static void row_place(struct table_work *work, const struct set_row *row, double line_pt)
{
	struct draw_op *ops = work->flow->typesetter.ops.at;
	for (size_t c = 0; c < work->table->column_count; c++)
		for (size_t i = 0; i < row->cells[c].line_count; i++) {
			const struct set_line *line = &row->lines.at[row->cells[c].first_line + i];
			flow_move(ops + line->first_op, line->op_count,
				  (struct path_point){ 0, work->pad_y + (double)i * line_pt });
		}
}

/* ---- rows --------------------------------------------------------------------------------- */

static void row_cut(struct table_work *work, const struct set_row *row)
{
	struct flow *flow = work->flow;
	for (size_t i = 0; i < row->tallest; i++) {
		size_t first = flow->typesetter.ops.count;
		double top = i == 0 ? work->pad_y : 0, bottom = i + 1 == row->tallest ? work->pad_y : 0;
		for (size_t c = 0; c < work->table->column_count; c++) {
			if (i >= row->cells[c].line_count)
				continue;
			const struct set_line *line = &row->lines.at[row->cells[c].first_line + i];
			for (size_t m = 0; m < line->op_count; m++) {
				struct draw_op op = flow->typesetter.ops.at[line->first_op + m];
				flow_move(&op, 1, (struct path_point){ 0, top });
				LIST_PUSH(&flow->typesetter.ops, op);
			}
		}
		struct slice *slice = flow_slice(flow, first, work->cell.line_pt + top + bottom);
		slice->table = (int32_t)work->flow_table;
		slice->flags |= i == 0 || i + 2 == row->tallest ? SLICE_KEEP : 0;
	}
}

static void row_slice(struct table_work *work, struct set_row *row, size_t first_op, double line_pt)
{
	struct flow *flow = work->flow;
	double height = line_pt * (double)row->tallest + 2 * work->pad_y;
	work->tallest = fmax(work->tallest, (double)row->tallest);
	if (height > work->most_row && row->tallest > 3) {
		row_cut(work, row);
		return;
	}
	row_place(work, row, line_pt);
	struct slice *slice = flow_slice(flow, first_op, height);
	slice->table = (int32_t)work->flow_table;
}

/* The headings as a row at height `top`: they stand at the foot of their row.  Returns its height. */
static double heads_place(struct table_work *work, double top, int32_t row_tag)
{
	struct flow *flow = work->flow;
	struct set_row row = { .tallest = 1, .is_head = true };
	for (size_t c = 0; c < work->table->column_count; c++) {
		int32_t tag = row_tag < 0 ? -1 : cell_tag(work, row_tag, "Column");
		struct piece pieces[2] = { piece_from(&work->head, work->columns[c].heading, tag, work->node->span), { .text = NO_TEXT } };
		cell_set(work, &row, c, pieces);
	}
	for (size_t c = 0; c < work->table->column_count; c++)
		for (size_t i = 0; i < row.cells[c].line_count; i++) {
			const struct set_line *line = &row.lines.at[row.cells[c].first_line + i];
			double down = (double)(row.tallest - row.cells[c].line_count + i) * work->cell.line_pt;
			flow_move(flow->typesetter.ops.at + line->first_op, line->op_count,
				  (struct path_point){ 0, top + work->pad_y + down });
		}
	double height = work->cell.line_pt * (double)row.tallest + 2 * work->pad_y;
	LIST_FREE(&row.lines);
	return height;
}

static void head_set(struct table_work *work)
{
	struct flow *flow = work->flow;
	size_t first = flow->typesetter.ops.count;
	double height = heads_place(work, 0, flow_tag(flow, "TR", work->tag));
	struct slice *slice = flow_slice(flow, first, height);
	slice->flags |= SLICE_KEEP;
	slice->rule = RULE_THICK;
	slice->table = (int32_t)work->flow_table;
}

static void body_row_set(struct table_work *work, size_t index)
{
	struct flow *flow = work->flow;
	struct set_row row = { .tallest = 1 };
	size_t first = flow->typesetter.ops.count;
	int32_t tag = flow_tag(flow, "TR", work->tag);
	size_t naming = table_naming_column(work->table);
	for (size_t c = 0; c < work->table->column_count; c++) {
		struct piece piece = cell_piece(work, index, c);
		piece.tag = cell_tag(work, tag, c == naming && cell_at(work->table, index, c)->text.size ? "Row" : NULL);
		if (work->table->columns[c].kind == COLUMN_RISK)
			risk_paint(flow, &piece);
		struct piece mark = cell_note_mark(flow, cell_at(work->table, index, c), piece);
		cell_link(work, &piece, cell_at(work->table, index, c));
		struct piece pieces[2] = { piece, mark };
		cell_set(work, &row, c, pieces);
	}
	uint32_t slice = (uint32_t)flow->slices.count;
	row_slice(work, &row, first, work->cell.line_pt);
	for (; row.has_note_marks && slice < flow->slices.count; slice++)
		paragraph_add_notes(flow, slice);
	LIST_FREE(&row.lines);
}

/* Rules above rows, once it is known whether rows wrap. */
static void body_rules(struct table_work *work, const uint32_t *starts)
{
	uint8_t between = work->tallest > 1 ? RULE_HAIR : RULE_NONE;
	for (size_t row = 0; row < work->table->row_count; row++) {
		struct slice *slice = &work->flow->slices.at[starts[row]];
		bool is_first_total = is_total(work->table, row) && (row == 0 || !is_total(work->table, row - 1));
		slice->rule = row == 0 || is_first_total ? RULE_THIN : between;
	}
}

/* Three rows at least on either side of a page's end; totals stay with what they sum up. */
static void body_keeps(struct table_work *work, const uint32_t *starts, uint32_t end)
{
	enum { ROWS_LEAST = 3 };
	struct flow *flow = work->flow;
	size_t count = work->table->row_count;
	for (size_t row = 0; row < count; row++) {
		uint32_t last = (row + 1 < count ? starts[row + 1] : end) - 1;
		bool keeps = row + 1 < ROWS_LEAST || row + ROWS_LEAST >= count || (row + 1 < count && is_total(work->table, row + 1));
		if (row + 1 < count && keeps)
			flow->slices.at[last].flags |= SLICE_KEEP;
	}
}

/* The caption that stands above the head on further pages: 续表 2-1. */
static void continuation_set(struct table_work *work)
{
	struct flow *flow = work->flow;
	const struct style *style = flow_style(flow, STYLE_CAPTION);
	size_t first = flow->typesetter.ops.count;
	double caption = 0;
	if (work->node->number.size || work->node->title.size) {
		struct text words = text_format(flow->arena, "%s%.*s%s%.*s", WORDS_CONTINUED, TEXT_ARGS(work->node->number),
						work->node->title.size ? "　" : "", TEXT_ARGS(work->node->title));
		struct piece piece = piece_from(style, words, -1, work->node->span);
		caption = style->line_pt + style->after_pt;
		struct line_options options = { .x_pt = flow->x_pt, .width_pt = flow->width_pt, .size_pt = style->size_pt,
		                                .line_pt = style->line_pt, .align = style->align };
		line_set_paragraph(&flow->typesetter, &piece, 1, &options);
		/* One line only: a long title is told in full where the table begins. */
		flow->typesetter.ops.count = flow->typesetter.lines.at[0].first_op + flow->typesetter.lines.at[0].op_count;
	}
	double height = heads_place(work, caption, -1);
	struct flow_table *table = &flow->tables.at[work->flow_table];
	table->first_op = first;
	table->op_count = flow->typesetter.ops.count - first;
	table->caption_pt = caption;
	table->head_pt = caption + height;
}

static void body_set(struct table_work *work)
{
	struct flow *flow = work->flow;
	size_t count = work->table->row_count;
	uint32_t *starts = ARENA_ARRAY(flow->arena, uint32_t, count);
	flow->tables.at[work->flow_table].first_body = (uint32_t)flow->slices.count;
	flow_reserve(flow, count, count * work->table->column_count);
	for (size_t row = 0; row < count; row++) {
		starts[row] = (uint32_t)flow->slices.count;
		body_row_set(work, row);
	}
	const uint32_t end = flow->tables.at[work->flow_table].end = (uint32_t)flow->slices.count;
	body_rules(work, starts);
	body_keeps(work, starts, end);
	flow->slices.at[end - 1].after_pt = flow_style(flow, STYLE_CAPTION)->before_pt + 2;
}

#define ROW_OVER 0.2 /* points by which a row may differ from others of its size: equal tables are seen to be equal */
/*
 * What each row grows so that the table fits a page, or with the spaces around it comes nearer to a multiple of
 * the grid's pitch; the spaces do the rest.
 */
static double rows_over(const struct table_work *work, uint32_t first, uint32_t rows)
{
	const struct flow *flow = work->flow;
	double pitch = flow->page->line_pt, total = 0, page = flow_page_height(flow->page, flow->flags & SLICE_LANDSCAPE);
	const struct slice *slices = flow->slices.at;
	uint32_t last = (uint32_t)flow->slices.count - 1;
	for (uint32_t i = first; i <= last; i++)
		total += slices[i].height_pt + (i == first ? 0 : fmax(slices[i].before_pt, slices[i - 1].after_pt));
	double over = (page - total - 0.1) / rows;
	if (over < 0)
		return over >= -ROW_OVER ? over : 0;
	total += slices[first].before_pt + slices[last].after_pt;
	over = pitch > 0 ? (round(total / pitch) * pitch - total) / rows : 0;
	return fmin(fmax(over, -ROW_OVER), ROW_OVER);
}

static void rows_round(struct table_work *work, uint32_t first)
{
	struct flow *flow = work->flow;
	const struct flow_table *table = &flow->tables.at[work->flow_table];
	uint32_t head = table->first_body - 1, rows = table->end - head;
	struct slice *slices = flow->slices.at;
	double over = rows == work->table->row_count + 1 ? rows_over(work, first, rows) : 0;
	for (uint32_t i = head; over != 0 && i < table->end; i++) {
		flow_move(flow->typesetter.ops.at + slices[i].first_op, slices[i].op_count,
		          (struct path_point){ 0, over / 2 });
		slices[i].height_pt += over;
	}
}

static struct style sized(const struct style *style, bool is_small)
{
	struct style own = *style;
	if (is_small) {
		own.size_pt -= 1;
		own.line_pt -= 1.5;
	}
	return own;
}

/*
 * A small table is not torn; where a larger one is, paginate.c weighs.  With a number
 * it may move to the next page while text goes on.
 */
static void table_block(struct table_work *work, uint32_t first)
{
	const double whole_share = 0.25; /* of a page's height */
	struct flow *flow = work->flow;
	uint32_t count = (uint32_t)flow->slices.count - first;
	double height = 0, page = flow_page_height(flow->page, flow->flags & SLICE_LANDSCAPE);
	for (uint32_t i = first; i < flow->slices.count; i++)
		height += flow->slices.at[i].height_pt;
	struct slice *slice = &flow->slices.at[first];
	slice->block = BLOCK_TABLE;
	slice->block_count = count;
	if (height <= whole_share * page)
		slice->whole_count = count;
	if (work->node->number.size && flow->ground < 0)
		slice->flags |= SLICE_FLOAT;
}

static void table_set_here(struct flow *flow, const struct node *node)
{
	struct table_work work = { .flow = flow, .node = node, .table = node->table };
	bool is_small = node->flags & NODE_SMALL;
	work.head = sized(flow_style(flow, STYLE_TABLE_HEAD), is_small);
	work.cell = sized(flow_style(flow, STYLE_TABLE_CELL), is_small);
	work.pad_x = work.cell.size_pt * 0.6;
	work.pad_y = work.cell.size_pt * (node->flags & NODE_DENSE ? 0.14 : 0.26);
	double page = flow_page_height(flow->page, flow->flags & SLICE_LANDSCAPE);
	work.columns = ARENA_ARRAY(flow->arena, struct set_column, node->table->column_count);
	flow_anchor(flow, node->id);
	int32_t outer = flow->tag;
	work.tag = flow->tag = flow_tag(flow, "Table", outer);
	flow->typesetter.tags.at[work.tag].id = node->id;
	columns_solve(&work);
	uint32_t first = (uint32_t)flow->slices.count;
	if (!caption_set(flow, node, true))
		flow->next_before_pt = fmax(flow->next_before_pt, 6);
	flow->tag = outer;
	LIST_PUSH(&flow->tables, ((struct flow_table){ .x_pt = flow->x_pt, .width_pt = flow->width_pt }));
	work.flow_table = flow->tables.count - 1;
	head_set(&work);
	continuation_set(&work);
	work.most_row = page - flow->tables.at[work.flow_table].head_pt - 2 * work.pad_y;
	body_set(&work);
	if (node->note.size)
		flow->slices.at[flow->slices.count - 1].flags |= SLICE_KEEP;
	caption_set_note(flow, node);
	rows_round(&work, first);
	flow_round(flow, first);
	table_block(&work, first);
}

void table_set(struct flow *flow, const struct node *node)
{
	const struct table *table = node->table;
	if (!table || table->column_count == 0)
		return;
	if (table->column_count > COLUMNS_MOST) {
		DIAG(flow->diag, DIAG_TABLE_COLUMNS, .span = node->span, .a = node->title, .n = (int64_t)table->column_count);
		flow_anchor(flow, node->id); /* what refers to it is no error of its own */
		return;
	}
	unsigned flags = flow->flags;
	double x = flow->x_pt, width = flow->width_pt;
	if ((node->flags & NODE_LANDSCAPE) && !(flags & SLICE_LANDSCAPE)) {
		flow->flags |= SLICE_LANDSCAPE;
		flow->x_pt = 0;
		flow->width_pt = flow_page_width(flow->page, true);
	}
	table_set_here(flow, node);
	flow->flags = flags;
	flow->x_pt = x;
	flow->width_pt = width;
}
