/* SPDX-License-Identifier: MIT */
#include "layout/record.h"

#include <math.h>

#include "layout/block.h"
#include "layout/paragraph.h"

/* Columns with a part to play; -1: there is none of that name. */
enum part { PART_NUMBER, PART_TITLE, PART_CODE, PART_MARK, PART_RISK, PART_META, PARTS };
static const char *const part_names[PARTS] = { "number", "title", "code", "mark", "risk", "meta" };

struct records {
	struct flow *flow;
	const struct node *node;
	const struct table *table;
	size_t parts[PARTS]; /* column, or column_count */
	double label_pt;     /* width of the labels with the gap behind them */
	const struct style *title, *meta, *text;
};

static void parts_find(struct records *records)
{
	const struct table *table = records->table;
	for (size_t p = 0; p < PARTS; p++) {
		size_t *column = &records->parts[p];
		while (*column < table->column_count && !text_is(table->columns[*column].heading, part_names[p]))
			++*column;
	}
}

static bool is_field(const struct records *records, size_t column)
{
	for (size_t p = 0; p < PARTS; p++)
		if (records->parts[p] == column)
			return false;
	return true;
}

static struct text part_text(const struct records *records, size_t row, enum part part)
{
	const struct table *table = records->table;
	size_t column = records->parts[part];
	return column < table->column_count ? table->cells[row * table->column_count + column].text : NO_TEXT;
}

static struct piece piece_of(const struct records *records, const struct style *style, struct text text, int32_t tag)
{
	return piece_from(style, text, tag, records->node->span);
}

static double width_of(const struct records *records, struct piece piece)
{
	return shape_text(records->flow->typesetter.shaper, piece.text, piece.font, piece.span)->width * piece.size_pt;
}

/* Four characters, or what the widest label needs up to a third of the column. */
static double find_label(const struct records *records)
{
	double widest = records->text->size_pt * 4;
	for (size_t i = 0; i < records->table->column_count; i++) {
		if (!is_field(records, i))
			continue;
		struct piece piece = piece_of(records, records->text, records->table->columns[i].heading, -1);
		piece.font.role = ROLE_HEI;
		widest = fmax(widest, width_of(records, piece));
	}
	return fmin(widest, records->flow->width_pt / 3) + records->text->size_pt * 0.7;
}

/* ---- the risk: a word, and bars that tell it without colour --------------------------- */

static const struct {
	const char *word, *colour;
	size_t bars;
} risks[] = { { "高", "risk-high", 3 }, { "中", "risk-medium", 2 }, { "低", "risk-low", 1 } };
enum { BARS = 3 };

struct risk {
	struct piece word;
	double word_pt, width_pt; /* the word's width, and all with the bars */
	size_t bars;
};
#define BAR_STEP 4.2

static struct risk risk_find(const struct records *records, struct text word, int32_t tag)
{
	struct risk risk = { .word = piece_of(records, records->title, word, tag) };
	risk.word.size_pt -= 1;
	for (size_t i = 0; i < sizeof risks / sizeof *risks; i++) {
		if (!text_starts(word, risks[i].word))
			continue;
		risk.word.colour = flow_colour(records->flow, risks[i].colour);
		risk.bars = risks[i].bars;
	}
	risk.word_pt = width_of(records, risk.word);
	risk.width_pt = risk.word_pt + (risk.bars ? 5 + BAR_STEP * BARS : 0);
	return risk;
}

/* At the right end of a line of the title. */
static void risk_draw(struct flow *flow, const struct risk *risk, const struct style *style)
{
	double x = flow->x_pt + flow->width_pt - risk->word_pt, base = line_baseline(style->size_pt, style->line_pt);
	line_set_text(&flow->typesetter, &risk->word, (struct path_point){ x, base });
	for (size_t i = 0; risk->bars && i < BARS; i++) {
		double height = style->size_pt * (0.3 + 0.225 * (double)i);
		double left = x - 5 - BAR_STEP * (double)(BARS - i);
		flow_fill(flow, (struct rectangle){ left, base + 0.5 - height, BAR_STEP - 1.4, height },
			  i < risk->bars ? risk->word.colour : flow_colour(flow, "hairline"));
	}
}

/* ---- head -------------------------------------------------------------------------------- */

static void head_piece(struct records *records, struct text text, double size_pt, struct colour colour, int32_t tag)
{
	if (!text.size)
		return;
	struct flow *flow = records->flow;
	struct piece piece = piece_of(records, records->title, text, tag), space = piece;
	piece.size_pt = size_pt;
	piece.colour = colour;
	space.text = TEXT("\u2002");
	if (flow->typesetter.pieces.count)
		LIST_PUSH(&flow->typesetter.pieces, space);
	LIST_PUSH(&flow->typesetter.pieces, piece);
}

static struct text outline_title(struct records *records, size_t row)
{
	struct text number = part_text(records, row, PART_NUMBER), title = part_text(records, row, PART_TITLE);
	struct text code = part_text(records, row, PART_CODE);
	return text_format(records->flow->arena, "%.*s%s%.*s%s%.*s", TEXT_ARGS(number), number.size ? " " : "",
	                   TEXT_ARGS(title),
			   code.size ? " " : "", TEXT_ARGS(code));
}

static void head_set(struct records *records, size_t row, int level)
{
	struct flow *flow = records->flow;
	const struct style *style = records->title;
	int32_t tag = flow_tag(flow, block_heading_type(flow, level), flow->tag);
	LIST_PUSH(&flow->outline,
	          ((struct flow_outline){ outline_title(records, row), level, (uint32_t)flow->slices.count }));
	size_t first = flow->typesetter.ops.count;
	flow_rule(flow, (struct path_point){ flow->x_pt, -records->title->before_pt / 2 }, flow->width_pt,
	          flow_colour(flow, "hairline"), 0.5);
	struct colour soft = flow_colour(flow, "soft");
	head_piece(records, part_text(records, row, PART_NUMBER), style->size_pt, flow_colour(flow, "accent"), tag);
	head_piece(records, part_text(records, row, PART_TITLE), style->size_pt, style->colour, tag);
	head_piece(records, part_text(records, row, PART_CODE), style->size_pt - 1.5, soft, tag);
	head_piece(records, part_text(records, row, PART_MARK), style->size_pt - 1.5, flow_colour(flow, "risk-high"),
	           tag);
	struct text word = part_text(records, row, PART_RISK);
	struct risk risk = word.size ? risk_find(records, word, tag) : (struct risk){ 0 };
	struct flow_paragraph how = flow_paragraph_from(style);
	how.keeps_with_next = true;
	how.right_pt += word.size ? risk.width_pt + style->size_pt : 0;
	uint32_t index = paragraph_add(flow, &how);
	struct slice *slice = &flow->slices.at[index];
	slice->op_count += slice->first_op - first;
	slice->first_op = first;
	slice = &flow->slices.at[flow->slices.count - 1];
	if (word.size && slice->first_op + slice->op_count == flow->typesetter.ops.count) {
		risk_draw(flow, &risk, style);
		slice->op_count = flow->typesetter.ops.count - slice->first_op;
	}
}

/* ---- fields ------------------------------------------------------------------------------- */

static void meta_set(struct records *records, size_t row)
{
	struct flow *flow = records->flow;
	struct text words = part_text(records, row, PART_META);
	if (!words.size)
		return;
	struct flow_paragraph how = flow_paragraph_from(records->meta);
	how.keeps_with_next = true;
	LIST_PUSH(&flow->typesetter.pieces, piece_of(records, records->meta, words, flow_tag(flow, "P", flow->tag)));
	paragraph_add(flow, &how);
}

/* The label stands beside the first line of its text and is read before it. */
static void field_set(struct records *records, struct text label, struct text words, int32_t list)
{
	enum { WHOLE = 5 }; /* lines: longer texts may be torn */
	struct flow *flow = records->flow;
	const struct style *style = records->text;
	int32_t item = flow_tag(flow, "LI", list);
	struct piece piece = piece_of(records, style, label, flow_tag(flow, "Lbl", item));
	piece.font.role = ROLE_HEI;
	size_t first_op = flow->typesetter.ops.count;
	line_set_text(&flow->typesetter, &piece,
	              (struct path_point){ flow->x_pt, line_baseline(style->size_pt, style->line_pt) });
	LIST_PUSH(&flow->typesetter.pieces, piece_of(records, style, words, flow_tag(flow, "LBody", item)));
	struct flow_paragraph how = flow_paragraph_from(style);
	how.indent_pt += records->label_pt;
	uint32_t first = paragraph_add(flow, &how), end = (uint32_t)flow->slices.count;
	struct slice *slice = &flow->slices.at[first];
	slice->op_count += slice->first_op - first_op;
	slice->first_op = first_op;
	for (uint32_t i = first; i + 1 < end && end - first <= WHOLE; i++)
		flow->slices.at[i].flags |= SLICE_KEEP;
}

static void fields_set(struct records *records, size_t row)
{
	struct flow *flow = records->flow;
	const struct table *table = records->table;
	int32_t list = -1;
	for (size_t i = 0; i < table->column_count; i++) {
		struct text words = text_trim(table->cells[row * table->column_count + i].text);
		if (!is_field(records, i) || !words.size)
			continue;
		list = list < 0 ? flow_tag(flow, "L", flow->tag) : list;
		field_set(records, table->columns[i].heading, words, list);
	}
}

static void one_set(struct records *records, size_t row, int level)
{
	enum {
		LAST = 2,  /* lines that go overleaf with what stands before them */
		WHOLE = 9, /* lines: shorter records are never torn */
	};
	struct flow *flow = records->flow;
	int32_t outer = flow->tag;
	uint32_t first = (uint32_t)flow->slices.count;
	flow->tag = flow_tag(flow, "Sect", outer);
	head_set(records, row, level);
	meta_set(records, row);
	fields_set(records, row);
	flow->tag = outer;
	uint32_t end = (uint32_t)flow->slices.count;
	uint32_t kept = end - first <= WHOLE ? end - first : LAST + 1;
	struct slice *slices = flow->slices.at;
	slices[first].before_pt = row ? slices[first].before_pt : 1.6 * slices[first].before_pt;
	for (uint32_t i = end > first + kept ? end - kept : first; i + 1 < end; i++)
		slices[i].flags |= SLICE_KEEP;
	slices[end - 1].flags &= ~(unsigned)SLICE_KEEP;
	slices[first].flags |= row ? SLICE_LOOSE : 0;
	slices[end - 1].after_pt = records->title->before_pt;
}

void record_set(struct flow *flow, const struct node *node)
{
	const struct table *table = node->table;
	if (!table || table->row_count == 0)
		return;
	struct records records = { .flow = flow, .node = node, .table = table,
	                           .title = flow_style(flow, STYLE_RECORD_TITLE),
				   .meta = flow_style(flow, STYLE_RECORD_META),
				   .text = flow_style(flow, STYLE_RECORD_TEXT) };
	parts_find(&records);
	records.label_pt = find_label(&records);
	int level = flow->tag_level + 1 > 4 ? 4 : flow->tag_level + 1, outer = flow->tag_level;
	uint32_t first = (uint32_t)flow->slices.count;
	for (size_t row = 0; row < table->row_count; row++)
		one_set(&records, row, level);
	flow->tag_level = outer;
	flow_round(flow, first);
}
