/* SPDX-License-Identifier: MIT
 *
 * A chunk is a slice: the label of a group and up to CHUNK lines of its entries.  On
 * paper the head is repeated over each column of entries; in the structure the table
 * has one entry a row.
 */
#include "layout/item_list.h"

#include <math.h>

#include "layout/caption.h"
#include "layout/table.h"
#include "layout/words.h"
#include "setting/quote.h"

enum {
	SIDE_MOST = 4,
	ENTRY_COLUMNS_MOST = 24,
	GROUPS_LAST = 4,
	CHUNK = 24, /* lines; spans in the structure stay below 128 */
};
enum part { PART_CLASS, PART_GROUP, PART_NOTE, PARTS };
static const char *const part_names[PARTS] = { "class", "group", "note" };

struct entry_column {
	size_t column;
	double x, width; /* from the entry's left edge */
};

struct item_list {
	struct flow *flow;
	const struct node *node;
	const struct table *table;
	const struct style *style;
	size_t parts[PARTS]; /* column, or column_count */
	struct entry_column entries[ENTRY_COLUMNS_MOST];
	size_t entry_count, side;      /* columns of an entry; entries side by side */
	double label_pt, entry_pt, gap_pt, step_pt; /* step: from one entry's left edge to the next one's */
	int32_t tag;
	size_t flow_table;             /* index into flow.tables */
};

static struct text cell_text(const struct item_list *list, size_t row, size_t column)
{
	return column < list->table->column_count ? list->table->cells[row * list->table->column_count + column].text : NO_TEXT;
}

static struct piece piece_of(const struct item_list *list, struct text text, int32_t tag)
{
	return piece_from(list->style, text, tag, list->node->span);
}

static double width_of(const struct item_list *list, struct text text)
{
	struct piece piece = piece_of(list, quotes_curl_text(list->flow->arena, text), -1);
	piece.font.is_bold = true;
	return shape_text(list->flow->typesetter.shaper, piece.text, piece.font, piece.span)->width * piece.size_pt;
}

/* Most rows say what the row above says. */
static double widest_of(const struct item_list *list, size_t column)
{
	struct text above = NO_TEXT;
	double widest = 0;
	for (size_t row = 0; row < list->table->row_count; row++) {
		struct text text = cell_text(list, row, column);
		if (row == 0 || !text_equal(text, above))
			widest = fmax(widest, width_of(list, text));
		above = text;
	}
	return widest;
}

/* ---- what goes where ------------------------------------------------------------------- */

static bool read_columns(struct item_list *list)
{
	for (size_t i = 0; i < PARTS; i++)
		list->parts[i] = list->table->column_count;
	for (size_t i = 0; i < list->table->column_count; i++) {
		size_t p = 0;
		while (p < PARTS && !text_is(list->table->columns[i].heading, part_names[p]))
			p++;
		if (p < PARTS)
			list->parts[p] = i;
		else if (list->entry_count < ENTRY_COLUMNS_MOST)
			list->entries[list->entry_count++].column = i;
		else
			return false;
	}
	return list->entry_count > 0;
}

/* As PDF writes lengths: the way from cell to cell is then the same in all lines, and costs no bytes. */
static double to_hundredth(double length_pt)
{
	return floor(length_pt * 100) / 100;
}

/* Widths from what stands in the cells; false when not even one entry fits beside the labels. */
static bool solve_widths(struct item_list *list)
{
	double em = list->style->size_pt, page = list->flow->width_pt, x = 0;
	bool has_groups = list->parts[PART_GROUP] < list->table->column_count;
	list->gap_pt = em * 2;
	for (size_t i = 0; i < list->entry_count; i++) {
		struct entry_column *entry = &list->entries[i];
		entry->width = width_of(list, list->table->columns[entry->column].heading);
		entry->width = fmax(entry->width, widest_of(list, entry->column));
		entry->x = x;
		x += entry->width + (i + 1 < list->entry_count ? em * 0.7 : 0);
	}
	list->entry_pt = x;
	list->label_pt = has_groups ? fmin(widest_of(list, list->parts[PART_GROUP]), page * 0.26) + em * 1.2 : 0;
	double room = page - list->label_pt;
	double side = floor((room + list->gap_pt) / (list->entry_pt + list->gap_pt));
	if (!(side >= 1))
		return false;
	list->side = side > SIDE_MOST ? SIDE_MOST : (size_t)side;
	list->step_pt = (room + list->gap_pt) / (double)list->side;
	/* What is over goes between the columns of an entry, the last excepted. */
	double over = (list->step_pt - list->gap_pt - list->entry_pt) / (double)list->entry_count;
	for (size_t i = 0; i < list->entry_count; i++)
		list->entries[i].x = to_hundredth(list->entries[i].x + over * (double)i);
	list->step_pt = to_hundredth(list->step_pt);
	return true;
}

/* ---- drawing --------------------------------------------------------------------------- */

static int32_t cell_tag(struct flow *flow, const char *type, int32_t row, const char *scope)
{
	int32_t tag = flow_tag(flow, type, row);
	flow->typesetter.tags.at[tag].scope = scope;
	return tag;
}

static double entry_left(const struct item_list *list, size_t side)
{
	return list->flow->x_pt + list->label_pt + list->step_pt * (double)side;
}

static void text_draw(struct item_list *list, struct piece piece, double x, double top)
{
	line_set_text(&list->flow->typesetter, &piece,
	              (struct path_point){ x, top + line_baseline(list->style->size_pt, list->style->line_pt) });
}

static const struct {
	struct text word;
	const char *colour;
	bool is_bold;
} looks[] = {
	{ TEXT_INIT("高"), "risk-high", true }, { TEXT_INIT("中"), "risk-medium", false },
	{ TEXT_INIT("低"), "risk-low", false },
	{ TEXT_INIT("不符合"), "risk-high", true }, { TEXT_INIT("部分符合"), "risk-medium", true },
	{ TEXT_INIT("不适用"), "soft", false }, { TEXT_INIT("—"), "soft", false },
};

/* What the signs of a result say to who hears them; the legend above the list says the same. */
static const struct {
	struct text sign, word;
} spoken[] = {
	{ TEXT_INIT("●"), TEXT_INIT("符合") }, { TEXT_INIT("◐"), TEXT_INIT("部分符合") },
	{ TEXT_INIT("○"), TEXT_INIT("不符合") }, { TEXT_INIT("－"), TEXT_INIT("不适用") },
	{ TEXT_INIT("·"), TEXT_INIT("没有评估") },
};

static struct text spoken_as(struct text text)
{
	for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++)
		if (text_equal(text, spoken[i].sign))
			return spoken[i].word;
	return NO_TEXT;
}

static struct piece entry_piece(const struct item_list *list, struct text text, int32_t tag)
{
	struct piece piece = piece_of(list, text, tag);
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		if (text_equal(text, looks[i].word)) {
			piece.colour = flow_colour(list->flow, looks[i].colour);
			piece.font.is_bold = looks[i].is_bold;
		}
	return piece;
}

static void entry_draw(struct item_list *list, size_t row, int32_t tag, struct path_point at)
{
	for (size_t i = 0; i < list->entry_count; i++) {
		const struct entry_column *entry = &list->entries[i];
		int32_t cell = cell_tag(list->flow, "TD", tag, NULL);
		struct text words = cell_text(list, row, entry->column);
		list->flow->typesetter.tags.at[cell].actual_text = spoken_as(words);
		text_draw(list, entry_piece(list, words, cell), at.x + entry->x, at.y);
	}
}

/* The label of a group on as many lines as it needs; returns their height. */
static double label_draw(struct item_list *list, size_t row, int32_t tag)
{
	struct flow *flow = list->flow;
	struct piece pieces[2] = { piece_of(list, cell_text(list, row, list->parts[PART_GROUP]), tag) };
	struct text note = cell_text(list, row, list->parts[PART_NOTE]);
	size_t count = 1;
	pieces[0].font.is_bold = true;
	if (note.size) {
		pieces[1] = piece_of(list, text_format(flow->arena, "\n%.*s", TEXT_ARGS(note)), tag);
		pieces[1].colour = flow_colour(flow, "soft");
		count = 2;
	}
	line_set_paragraph(&flow->typesetter, pieces, count, &(struct line_options){
		.x_pt = flow->x_pt, .width_pt = list->label_pt - list->style->size_pt, .size_pt = list->style->size_pt,
		.line_pt = list->style->line_pt, .align = ALIGN_LEFT });
	for (size_t i = 0; i < flow->typesetter.lines.count; i++) {
		const struct set_line *line = &flow->typesetter.lines.at[i];
		flow_move(flow->typesetter.ops.at + line->first_op, line->op_count,
		          (struct path_point){ 0, (double)i * list->style->line_pt });
	}
	return (double)flow->typesetter.lines.count * list->style->line_pt;
}

#define PAD 1.3

static struct slice *slice_close(struct item_list *list, size_t first, double height)
{
	struct slice *slice = flow_slice(list->flow, first, height);
	slice->table = (int32_t)list->flow_table;
	return slice;
}

/* Rows [from, to) of one group, down the columns. */
static void chunk_set(struct item_list *list, size_t from, size_t to, enum slice_rule rule)
{
	struct flow *flow = list->flow;
	size_t first = flow->typesetter.ops.count, lines = (to - from + list->side - 1) / list->side;
	bool has_groups = list->label_pt > 0;
	double height = (double)lines * list->style->line_pt;
	int32_t tag = flow_tag(flow, "TR", list->tag), label = -1;
	if (has_groups) {
		label = cell_tag(flow, "TH", tag, "Row");
		flow->typesetter.tags.at[label].row_span = (int8_t)(to - from);
		height = fmax(height, label_draw(list, from, label));
	}
	for (size_t row = from; row < to; row++) {
		size_t i = row - from;
		tag = i ? flow_tag(flow, "TR", list->tag) : tag;
		entry_draw(list, row, tag,
		           (struct path_point){ entry_left(list, i / lines),
		                                (double)(i % lines) * list->style->line_pt });
	}
	flow_move(flow->typesetter.ops.at + first, flow->typesetter.ops.count - first,
	          (struct path_point){ 0, PAD });
	slice_close(list, first, height + 2 * PAD)->rule = (uint8_t)rule;
}

/* A class over its groups: a band that says its name. */
static void class_set(struct item_list *list, size_t row)
{
	struct flow *flow = list->flow;
	size_t first = flow->typesetter.ops.count;
	int32_t tag = cell_tag(flow, "TH", flow_tag(flow, "TR", list->tag), "Column");
	flow->typesetter.tags.at[tag].column_span = (int8_t)(list->entry_count + (list->label_pt > 0));
	double height = list->style->line_pt + 2 * PAD;
	flow_fill(flow, (struct rectangle){ flow->x_pt, 0, flow->width_pt, height }, flow_colour(flow, "accent-soft"));
	struct piece piece = piece_of(list, cell_text(list, row, list->parts[PART_CLASS]), tag);
	piece.font.is_bold = true;
	piece.colour = flow_colour(flow, "accent");
	text_draw(list, piece, flow->x_pt + 3, PAD);
	slice_close(list, first, height)->flags |= SLICE_KEEP;
}

/* Headings over the labels and over each column of entries; only the first stand in the structure. */
static double head_draw(struct item_list *list, double top, int32_t row)
{
	struct flow *flow = list->flow;
	struct text group = list->node->name;
	if (list->label_pt > 0) {
		struct piece piece = piece_of(list, group, row < 0 ? -1 : cell_tag(flow, "TH", row, "Column"));
		piece.font.is_bold = true;
		text_draw(list, piece, flow->x_pt, top + PAD);
	}
	for (size_t side = 0; side < list->side; side++)
		for (size_t i = 0; i < list->entry_count; i++) {
			int32_t tag = row < 0 || side ? -1 : cell_tag(flow, "TH", row, "Column");
			struct piece piece = piece_of(list, list->table->columns[list->entries[i].column].heading, tag);
			piece.font.is_bold = true;
			text_draw(list, piece, entry_left(list, side) + list->entries[i].x, top + PAD);
		}
	return list->style->line_pt + 2 * PAD;
}

/* The caption and head of further pages: 续表. */
static void continuation_set(struct item_list *list)
{
	struct flow *flow = list->flow;
	const struct style *style = flow_style(flow, STYLE_CAPTION);
	size_t first = flow->typesetter.ops.count;
	struct text words = text_format(flow->arena, "%s%.*s　%.*s", WORDS_CONTINUED, TEXT_ARGS(list->node->number),
	                                TEXT_ARGS(list->node->title));
	struct piece piece = piece_from(style, words, -1, list->node->span);
	line_set_text(&flow->typesetter, &piece,
	              (struct path_point){ flow->x_pt, line_baseline(style->size_pt, style->line_pt) });
	double caption = style->line_pt + style->after_pt, height = head_draw(list, caption, -1);
	struct flow_table *table = &flow->tables.at[list->flow_table];
	table->first_op = first;
	table->op_count = flow->typesetter.ops.count - first;
	table->caption_pt = caption;
	table->head_pt = caption + height;
}

static bool is_same(const struct item_list *list, size_t a, size_t b, enum part part)
{
	return text_equal(cell_text(list, a, list->parts[part]), cell_text(list, b, list->parts[part]));
}

static void body_set(struct item_list *list)
{
	size_t count = list->table->row_count, most = CHUNK * list->side;
	bool has_classes = list->parts[PART_CLASS] < list->table->column_count;
	for (size_t from = 0, to; from < count; from = to) {
		bool begins = has_classes && (from == 0 || !is_same(list, from, from - 1, PART_CLASS));
		if (begins)
			class_set(list, from);
		for (to = from + 1; to < count && to - from < most; to++)
			if (!is_same(list, from, to, PART_CLASS) || !is_same(list, from, to, PART_GROUP))
				break;
		chunk_set(list, from, to, begins ? RULE_NONE : RULE_HAIR);
	}
}

void item_list_set(struct flow *flow, const struct node *node)
{
	struct item_list list = { .flow = flow, .node = node, .table = node->table,
	                          .style = flow_style(flow, STYLE_ITEM_LIST) };
	if (!node->table || node->table->row_count == 0)
		return;
	if (!read_columns(&list) || !solve_widths(&list)) {
		table_set(flow, node);
		return;
	}
	flow_anchor(flow, node->id);
	int32_t outer = flow->tag;
	uint32_t block = (uint32_t)flow->slices.count;
	list.tag = flow->tag = flow_tag(flow, "Table", outer);
	flow->typesetter.tags.at[list.tag].id = node->id;
	if (!caption_set(flow, node, true))
		flow->next_before_pt = fmax(flow->next_before_pt, 6);
	flow->tag = outer;
	LIST_PUSH(&flow->tables, ((struct flow_table){ .x_pt = flow->x_pt, .width_pt = flow->width_pt }));
	list.flow_table = flow->tables.count - 1;
	size_t first = flow->typesetter.ops.count;
	double height = head_draw(&list, 0, flow_tag(flow, "TR", list.tag));
	struct slice *head = slice_close(&list, first, height);
	head->flags |= SLICE_KEEP;
	head->rule = RULE_THICK;
	continuation_set(&list);
	flow->tables.at[list.flow_table].first_body = (uint32_t)flow->slices.count;
	uint32_t body = (uint32_t)flow->slices.count;
	body_set(&list);
	flow->slices.at[body].rule = RULE_THIN;
	flow->tables.at[list.flow_table].end = (uint32_t)flow->slices.count;
	/* The last page of an item list holds a few groups at least. */
	for (uint32_t i = (uint32_t)flow->slices.count - 1, kept = 0; i > body && kept < GROUPS_LAST; i--, kept++)
		flow->slices.at[i - 1].flags |= SLICE_KEEP;
	struct slice *last = &flow->slices.at[flow->slices.count - 1];
	last->after_pt = flow_style(flow, STYLE_CAPTION)->before_pt + 2;
	if (node->note.size)
		last->flags |= SLICE_KEEP;
	caption_set_note(flow, node);
	flow->slices.at[block].block = BLOCK_TABLE;
	flow->slices.at[block].block_count = (uint32_t)flow->slices.count - block;
}
