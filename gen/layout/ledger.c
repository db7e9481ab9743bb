/* SPDX-License-Identifier: MIT
 *
 * A chunk is a slice: the label of a group and up to CHUNK lines of its entries.  On
 * paper the head is repeated over each column of entries; in the structure the table
 * has one entry a row.
 */
#include "layout/ledger.h"

#include <math.h>

#include "layout/caption.h"
#include "layout/table.h"
#include "layout/words.h"

enum { SIDE_MOST = 4, ENTRY_COLUMNS_MOST = 24, GROUPS_LAST = 4, CHUNK = 24 /* lines; spans in the structure stay below 128 */ };
enum part { PART_CLASS, PART_GROUP, PART_NOTE, PARTS };
static const char *const part_names[PARTS] = { "class", "group", "note" };

struct entry_column {
	size_t column;
	double x, width; /* from the entry's left edge */
};

struct ledger {
	struct flow *flow;
	const struct node *node;
	const struct table *table;
	const struct style *style;
	size_t parts[PARTS]; /* column, or column_count */
	struct entry_column entries[ENTRY_COLUMNS_MOST];
	size_t entry_count, side;      /* columns of an entry; entries side by side */
	double label_pt, entry_pt, gap_pt, step_pt; /* step: from one entry's left edge to the next one's */
	int32_t tag;
	size_t notional;               /* index into flow.tables */
};

static struct text cell_text(const struct ledger *ledger, size_t row, size_t column)
{
	return column < ledger->table->column_count ? ledger->table->cells[row * ledger->table->column_count + column].text : NO_TEXT;
}

static struct piece piece_of(const struct ledger *ledger, struct text text, int32_t tag)
{
	return piece_from(ledger->style, text, tag, ledger->node->span);
}

static double width_of(const struct ledger *ledger, struct text text)
{
	struct piece piece = piece_of(ledger, text, -1);
	piece.font.is_bold = true;
	return shape_text(ledger->flow->typesetter.shaper, piece.text, piece.font, piece.span)->width * piece.size_pt;
}

/* ---- what goes where ------------------------------------------------------------------- */

static bool read_columns(struct ledger *ledger)
{
	for (size_t i = 0; i < PARTS; i++)
		ledger->parts[i] = ledger->table->column_count;
	for (size_t i = 0; i < ledger->table->column_count; i++) {
		size_t p = 0;
		while (p < PARTS && !text_is(ledger->table->columns[i].heading, part_names[p]))
			p++;
		if (p < PARTS)
			ledger->parts[p] = i;
		else if (ledger->entry_count < ENTRY_COLUMNS_MOST)
			ledger->entries[ledger->entry_count++].column = i;
		else
			return false;
	}
	return ledger->entry_count > 0;
}

/* Widths from what stands in the cells; false when not even one entry fits beside the labels. */
static bool solve_widths(struct ledger *ledger)
{
	double em = ledger->style->size_pt, page = ledger->flow->width_pt, x = 0;
	bool has_groups = ledger->parts[PART_GROUP] < ledger->table->column_count;
	ledger->gap_pt = em * 2;
	for (size_t i = 0; i < ledger->entry_count; i++) {
		struct entry_column *entry = &ledger->entries[i];
		entry->width = width_of(ledger, ledger->table->columns[entry->column].heading);
		for (size_t row = 0; row < ledger->table->row_count; row++)
			entry->width = fmax(entry->width, width_of(ledger, cell_text(ledger, row, entry->column)));
		entry->x = x;
		x += entry->width + (i + 1 < ledger->entry_count ? em * 0.7 : 0);
	}
	ledger->entry_pt = x;
	for (size_t row = 0; has_groups && row < ledger->table->row_count; row++)
		ledger->label_pt = fmax(ledger->label_pt, width_of(ledger, cell_text(ledger, row, ledger->parts[PART_GROUP])));
	ledger->label_pt = has_groups ? fmin(ledger->label_pt, page * 0.26) + em * 1.2 : 0;
	double room = page - ledger->label_pt;
	double side = floor((room + ledger->gap_pt) / (ledger->entry_pt + ledger->gap_pt));
	if (!(side >= 1))
		return false;
	ledger->side = side > SIDE_MOST ? SIDE_MOST : (size_t)side;
	ledger->step_pt = (room + ledger->gap_pt) / (double)ledger->side;
	/* What is over goes between the columns of an entry, the last excepted. */
	double over = (ledger->step_pt - ledger->gap_pt - ledger->entry_pt) / (double)ledger->entry_count;
	for (size_t i = 0; i < ledger->entry_count; i++)
		ledger->entries[i].x += over * (double)i;
	return true;
}

/* ---- drawing --------------------------------------------------------------------------- */

static int32_t cell_tag(struct flow *flow, const char *type, int32_t row, const char *scope)
{
	int32_t tag = flow_tag(flow, type, row);
	flow->typesetter.tags.at[tag].scope = scope;
	return tag;
}

static double entry_left(const struct ledger *ledger, size_t side)
{
	return ledger->flow->x_pt + ledger->label_pt + ledger->step_pt * (double)side;
}

static void text_draw(struct ledger *ledger, struct piece piece, double x, double top)
{
	line_set_text(&ledger->flow->typesetter, &piece,
	              (struct path_point){ x, top + line_baseline(ledger->style->size_pt, ledger->style->line_pt) });
}

static const struct {
	const char *word, *colour;
	bool is_bold;
} looks[] = {
	{ "高", "risk-high", true }, { "中", "risk-medium", false }, { "低", "risk-low", false }, { "不符合", "risk-high", true },
	{ "部分符合", "risk-medium", true }, { "不适用", "soft", false }, { "—", "soft", false },
};

static struct piece entry_piece(const struct ledger *ledger, struct text text, int32_t tag)
{
	struct piece piece = piece_of(ledger, text, tag);
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		if (text_is(text, looks[i].word)) {
			piece.colour = flow_colour(ledger->flow, looks[i].colour);
			piece.font.is_bold = looks[i].is_bold;
		}
	return piece;
}

static void entry_draw(struct ledger *ledger, size_t row, int32_t tag, struct path_point at)
{
	for (size_t i = 0; i < ledger->entry_count; i++) {
		const struct entry_column *entry = &ledger->entries[i];
		int32_t cell = cell_tag(ledger->flow, "TD", tag, NULL);
		text_draw(ledger, entry_piece(ledger, cell_text(ledger, row, entry->column), cell), at.x + entry->x, at.y);
	}
}

/* The label of a group on as many lines as it needs; returns their height. */
static double label_draw(struct ledger *ledger, size_t row, int32_t tag)
{
	struct flow *flow = ledger->flow;
	struct piece pieces[2] = { piece_of(ledger, cell_text(ledger, row, ledger->parts[PART_GROUP]), tag) };
	struct text note = cell_text(ledger, row, ledger->parts[PART_NOTE]);
	size_t count = 1;
	pieces[0].font.is_bold = true;
	if (note.size) {
		pieces[1] = piece_of(ledger, text_format(flow->arena, "\n%.*s", TEXT_ARGS(note)), tag);
		pieces[1].colour = flow_colour(flow, "soft");
		count = 2;
	}
	line_set_paragraph(&flow->typesetter, pieces, count, &(struct line_options){
		.x_pt = flow->x_pt, .width_pt = ledger->label_pt - ledger->style->size_pt, .size_pt = ledger->style->size_pt,
		.line_pt = ledger->style->line_pt, .align = ALIGN_LEFT });
	for (size_t i = 0; i < flow->typesetter.lines.count; i++) {
		const struct set_line *line = &flow->typesetter.lines.at[i];
		flow_move(flow->typesetter.ops.at + line->first_op, line->op_count,
		          (struct path_point){ 0, (double)i * ledger->style->line_pt });
	}
	return (double)flow->typesetter.lines.count * ledger->style->line_pt;
}

#define PAD 1.3

static struct slice *slice_close(struct ledger *ledger, size_t first, double height)
{
	struct slice *slice = flow_slice(ledger->flow, first, height);
	slice->table = (int32_t)ledger->notional;
	return slice;
}

/* Rows [from, to) of one group, down the columns. */
static void chunk_set(struct ledger *ledger, size_t from, size_t to, enum slice_rule rule)
{
	struct flow *flow = ledger->flow;
	size_t first = flow->typesetter.ops.count, lines = (to - from + ledger->side - 1) / ledger->side;
	bool has_groups = ledger->label_pt > 0;
	double height = (double)lines * ledger->style->line_pt;
	int32_t tag = flow_tag(flow, "TR", ledger->tag), label = -1;
	if (has_groups) {
		label = cell_tag(flow, "TH", tag, "Row");
		flow->typesetter.tags.at[label].row_span = (int8_t)(to - from);
		height = fmax(height, label_draw(ledger, from, label));
	}
	for (size_t row = from; row < to; row++) {
		size_t i = row - from;
		tag = i ? flow_tag(flow, "TR", ledger->tag) : tag;
		entry_draw(ledger, row, tag, (struct path_point){ entry_left(ledger, i / lines), (double)(i % lines) * ledger->style->line_pt });
	}
	flow_move(flow->typesetter.ops.at + first, flow->typesetter.ops.count - first,
	          (struct path_point){ 0, PAD });
	slice_close(ledger, first, height + 2 * PAD)->rule = (uint8_t)rule;
}

/* A class over its groups: a band that says its name. */
static void class_set(struct ledger *ledger, size_t row)
{
	struct flow *flow = ledger->flow;
	size_t first = flow->typesetter.ops.count;
	int32_t tag = cell_tag(flow, "TH", flow_tag(flow, "TR", ledger->tag), "Column");
	flow->typesetter.tags.at[tag].column_span = (int8_t)(ledger->entry_count + (ledger->label_pt > 0));
	double height = ledger->style->line_pt + 2 * PAD;
	flow_fill(flow, (struct rectangle){ flow->x_pt, 0, flow->width_pt, height }, flow_colour(flow, "accent-soft"));
	struct piece piece = piece_of(ledger, cell_text(ledger, row, ledger->parts[PART_CLASS]), tag);
	piece.font.is_bold = true;
	piece.colour = flow_colour(flow, "accent");
	text_draw(ledger, piece, flow->x_pt + 3, PAD);
	slice_close(ledger, first, height)->flags |= SLICE_KEEP;
}

/* Headings over the labels and over each column of entries; only the first stand in the structure. */
static double head_draw(struct ledger *ledger, double top, int32_t row)
{
	struct flow *flow = ledger->flow;
	struct text group = ledger->node->name;
	if (ledger->label_pt > 0) {
		struct piece piece = piece_of(ledger, group, row < 0 ? -1 : cell_tag(flow, "TH", row, "Column"));
		piece.font.is_bold = true;
		text_draw(ledger, piece, flow->x_pt, top + PAD);
	}
	for (size_t side = 0; side < ledger->side; side++)
		for (size_t i = 0; i < ledger->entry_count; i++) {
			int32_t tag = row < 0 || side ? -1 : cell_tag(flow, "TH", row, "Column");
			struct piece piece = piece_of(ledger, ledger->table->columns[ledger->entries[i].column].heading, tag);
			piece.font.is_bold = true;
			text_draw(ledger, piece, entry_left(ledger, side) + ledger->entries[i].x, top + PAD);
		}
	return ledger->style->line_pt + 2 * PAD;
}

/* The caption and head of further pages: 续表. */
static void continuation_set(struct ledger *ledger)
{
	struct flow *flow = ledger->flow;
	const struct style *style = flow_style(flow, STYLE_CAPTION);
	size_t first = flow->typesetter.ops.count;
	struct text words = text_format(flow->arena, "%s%.*s　%.*s", WORDS_CONTINUED, TEXT_ARGS(ledger->node->number), TEXT_ARGS(ledger->node->title));
	struct piece piece = piece_from(style, words, -1, ledger->node->span);
	line_set_text(&flow->typesetter, &piece,
	              (struct path_point){ flow->x_pt, line_baseline(style->size_pt, style->line_pt) });
	double caption = style->line_pt + style->after_pt, height = head_draw(ledger, caption, -1);
	struct flow_table *table = &flow->tables.at[ledger->notional];
	table->first_op = first;
	table->op_count = flow->typesetter.ops.count - first;
	table->caption_pt = caption;
	table->head_pt = caption + height;
}

static bool is_same(const struct ledger *ledger, size_t a, size_t b, enum part part)
{
	return text_equal(cell_text(ledger, a, ledger->parts[part]), cell_text(ledger, b, ledger->parts[part]));
}

static void body_set(struct ledger *ledger)
{
	size_t count = ledger->table->row_count, most = CHUNK * ledger->side;
	bool has_classes = ledger->parts[PART_CLASS] < ledger->table->column_count;
	for (size_t from = 0, to; from < count; from = to) {
		bool begins = has_classes && (from == 0 || !is_same(ledger, from, from - 1, PART_CLASS));
		if (begins)
			class_set(ledger, from);
		for (to = from + 1; to < count && to - from < most; to++)
			if (!is_same(ledger, from, to, PART_CLASS) || !is_same(ledger, from, to, PART_GROUP))
				break;
		chunk_set(ledger, from, to, begins ? RULE_NONE : RULE_HAIR);
	}
}

void ledger_set(struct flow *flow, const struct node *node)
{
	struct ledger ledger = { .flow = flow, .node = node, .table = node->table, .style = flow_style(flow, STYLE_LEDGER) };
	if (!node->table || node->table->row_count == 0)
		return;
	if (!read_columns(&ledger) || !solve_widths(&ledger)) {
		table_set(flow, node);
		return;
	}
	flow_anchor(flow, node->id);
	int32_t outer = flow->tag;
	uint32_t block = (uint32_t)flow->slices.count;
	ledger.tag = flow->tag = flow_tag(flow, "Table", outer);
	flow->typesetter.tags.at[ledger.tag].id = node->id;
	if (!caption_set(flow, node, true))
		flow->next_before_pt = fmax(flow->next_before_pt, 6);
	flow->tag = outer;
	LIST_PUSH(&flow->tables, ((struct flow_table){ .x_pt = flow->x_pt, .width_pt = flow->width_pt }));
	ledger.notional = flow->tables.count - 1;
	size_t first = flow->typesetter.ops.count;
	double height = head_draw(&ledger, 0, flow_tag(flow, "TR", ledger.tag));
	struct slice *head = slice_close(&ledger, first, height);
	head->flags |= SLICE_KEEP;
	head->rule = RULE_THICK;
	continuation_set(&ledger);
	flow->tables.at[ledger.notional].first_body = (uint32_t)flow->slices.count;
	uint32_t body = (uint32_t)flow->slices.count;
	body_set(&ledger);
	flow->slices.at[body].rule = RULE_THIN;
	flow->tables.at[ledger.notional].end = (uint32_t)flow->slices.count;
	/* The last page of a ledger holds a few groups at least. */
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
