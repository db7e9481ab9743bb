/* SPDX-License-Identifier: MIT */
#include "layout/block.h"

#include <math.h>

#include "base/buf.h"
#include "base/clamp.h"
#include "base/interrupt.h"
#include "layout/contents.h"
#include "layout/cover.h"
#include "layout/figure.h"
#include "layout/fit.h"
#include "layout/item_list.h"
#include "layout/panel.h"
#include "layout/paragraph.h"
#include "layout/place.h"
#include "layout/qr_code.h"
#include "layout/record.h"
#include "layout/table.h"

static void block_set(struct flow *flow, const struct node *node);

enum { DEPTH_MOST = 24 }; /* deeper blocks are left out: a page has no room for them */

/* ---- text ----------------------------------------------------------------------- */

static const char *const heading_types[] = { "H1", "H1", "H2", "H3", "H4", "H5", "H6" };

const char *block_heading_type(struct flow *flow, int level)
{
	flow->tag_level = level > flow->tag_level + 1 ? flow->tag_level + 1 : level;
	return heading_types[flow->tag_level];
}

/* A head that runs in: 结论。 in 黑 before the sentences of its paragraph.  Returns its size in bytes, or 0. */
static size_t run_in_head(struct flow *flow, const struct node *paragraph)
{
	enum { LONGEST = 60 }; /* bytes: longer ones are sentences */
	const struct node *first = paragraph->first;
	if (!first || first->kind != NODE_STRONG || !first->next || flow->body != flow_style(flow, STYLE_BODY))
		return 0;
	struct buf words;
	buf_init(&words, 1 << 16);
	node_plain_text(first, &words);
	struct text head = buf_view(&words);
	bool is_head = head.size <= LONGEST && (text_ends(head, "。") || text_ends(head, "："));
	size_t size = is_head ? head.size : 0;
	buf_clear(&words);
	return size;
}

struct run_in {
	int32_t paragraph, heading; /* tags */
};

/* Gives the first `size` bytes of the pieces since `first` to the heading. */
static void run_in_tag(struct flow *flow, size_t first, size_t size, struct run_in tags)
{
	for (size_t i = first; i < flow->typesetter.pieces.count && size > 0; i++) {
		struct piece *piece = &flow->typesetter.pieces.at[i];
		if (piece->tag != tags.paragraph || piece->text.size > size)
			return;
		piece->tag = tags.heading;
		size -= piece->text.size;
	}
}

static void paragraph_set(struct flow *flow, const struct node *node)
{
	const struct style *style = node->flags & NODE_SMALL ? flow_style(flow, STYLE_NOTE) : flow->body;
	struct flow_paragraph how = flow_paragraph_from(style);
	if (flow->body == flow_style(flow, STYLE_LIST))
		how.indent_pt = 0; /* the list has moved the column */
	if (flow->label.text.size) {
		LIST_PUSH(&flow->typesetter.pieces, flow->label);
		flow->label.text = NO_TEXT;
	}
	size_t first = flow->typesetter.pieces.count, head = run_in_head(flow, node);
	int32_t heading = head ? flow_tag(flow, heading_types[flow->tag_level + 1], flow->tag) : -1;
	int32_t tag = flow_tag(flow, "P", flow->tag);
	piece_collect(&flow->typesetter, node, style, tag);
	if (flow->typesetter.pieces.count == 0)
		return;
	if (head)
		run_in_tag(flow, first, head, (struct run_in){ tag, heading });
	/* What announces a list or a table stays with it; one with a number may float away. */
	bool floats = node->next && (node->next->kind == NODE_TABLE || node->next->kind == NODE_CHART) &&
	              node->next->number.size;
	bool announces = node->next && !floats &&
	                 text_ends(text_trim(flow->typesetter.pieces.at[flow->typesetter.pieces.count - 1].text), "：");
	paragraph_add(flow, &how);
	if (announces)
		flow->slices.at[flow->slices.count - 1].flags |= SLICE_KEEP;
}

static struct text heading_title(struct flow *flow, const struct node *node)
{
	struct buf words;
	buf_init(&words, 1 << 16);
	buf_text(&words, node->number);
	if (node->number.size && !text_ends(node->number, "、") && !text_ends(node->number, "）"))
		buf_byte(&words, ' ');
	node_plain_text(node, &words);
	struct text title = text_copy(flow->arena, buf_view(&words));
	buf_clear(&words);
	return title;
}

static void heading_set(struct flow *flow, const struct node *node)
{
	int level = (int)clamp(node->level, 1, 4);
	const struct style *style = flow_style(flow, (enum style_kind)(STYLE_H1 + level - 1));
	/*
	 * GB/T 9704-2012, 7.3.4: annexes begin on a page of their own; elsewhere where that leaves no
	 * page half empty.
	 */
	bool is_annex = level == 1 && (node->flags & NODE_ANNEX);
	if ((node->flags & NODE_NEW_PAGE) || (is_annex && flow->page->numbers_outside))
		flow->next_flags |= SLICE_NEW_PAGE;
	else if (is_annex)
		flow->next_flags |= SLICE_OPENS;
	int32_t tag = flow_tag(flow, block_heading_type(flow, level), flow->tag);
	flow->typesetter.tags.at[tag].id = node->id;
	flow_anchor(flow, node->id);
	LIST_PUSH(&flow->outline,
	          ((struct flow_outline){ heading_title(flow, node), level, (uint32_t)flow->slices.count }));
	if (node->number.size) {
		bool is_closed = text_ends(node->number, "、") || text_ends(node->number, "）");
		LIST_PUSH(&flow->typesetter.pieces, piece_from(style, node->number, tag, node->span));
		struct text gap = text_ends(node->number, ".") ? TEXT(" ") : TEXT("\u3000");
		if (!is_closed)
			LIST_PUSH(&flow->typesetter.pieces, piece_from(style, gap, tag, node->span));
	}
	piece_collect(&flow->typesetter, node, style, tag);
	struct flow_paragraph how = flow_paragraph_from(style);
	how.keeps_with_next = true;
	how.is_balanced = style->first_indent_em <= 0;
	uint32_t first = paragraph_add(flow, &how);
	struct slice *slice = &flow->slices.at[first];
	slice->flags |= SLICE_SNAP_END | (level <= 2 ? SLICE_BARRIER : 0);
	slice->lead_pt = style->line_pt * (double)(flow->slices.count - first) + style->after_pt;
}

static void rule_set(struct flow *flow)
{
	size_t first = flow->typesetter.ops.count;
	flow_rule(flow, (struct path_point){ flow->x_pt, 0 }, flow->width_pt, flow_colour(flow, "hairline"), 0.5);
	struct slice *slice = flow_slice(flow, first, 0.5);
	slice->before_pt = slice->after_pt = flow_style(flow, STYLE_BODY)->line_pt / 2;
}

/* ---- lists ------------------------------------------------------------------------ */

static struct text item_label(struct flow *flow, const struct node *list, int number)
{
	if (list->is_ordered)
		return text_format(flow->arena, "%d.", number);
	return flow->depth > 3 ? TEXT("–") : TEXT("•");
}

/* The label hangs to the left of the column, half an em before the text. */
static void label_hang(struct flow *flow, struct piece label, const struct style *style)
{
	double width = shape_text(flow->typesetter.shaper, label.text, label.font, label.span)->width * label.size_pt;
	double x = flow->x_pt - fmax(width + style->size_pt * 0.45, style->size_pt * 1.1);
	line_set_text(&flow->typesetter, &label,
	              (struct path_point){ x, line_baseline(style->size_pt, style->line_pt) });
}

static void item_set(struct flow *flow, const struct node *item, struct text words, bool runs_in)
{
	const struct style *style = flow->body;
	int32_t outer = flow->tag, tag = flow_tag(flow, "LI", outer);
	struct piece label = piece_from(style, words, flow_tag(flow, "Lbl", tag), item->span);
	if (text_is(words, "•"))
		label.font = (struct shape_font){ ROLE_HEI, true }; /* a bullet that weighs enough */
	flow->tag = flow_tag(flow, "LBody", tag);
	size_t first_op = flow->typesetter.ops.count;
	uint32_t first_slice = (uint32_t)flow->slices.count;
	flow->label = runs_in ? label : (struct piece){ 0 };
	if (!runs_in)
		label_hang(flow, label, style);
	size_t label_end = flow->typesetter.ops.count;
	if (item->first && item->first->kind >= NODE_TEXT)
		paragraph_set(flow, item); /* a tight item: inlines without a paragraph */
	else
		block_set_children(flow, item);
	flow->tag = outer;
	flow->label.text = NO_TEXT;
	if (runs_in || first_slice == flow->slices.count)
		return;
	/* The label belongs to the item's first line. */
	struct slice *slice = &flow->slices.at[first_slice];
	if (slice->first_op == label_end) {
		slice->op_count += label_end - first_op;
		slice->first_op = first_op;
	}
}

static void list_set(struct flow *flow, const struct node *node)
{
	const struct style *style = flow_style(flow, STYLE_LIST), *outer_body = flow->body;
	bool runs_in = style->indent_em <= 0 && flow->depth <= 2;
	double indent = runs_in ? 0 : fmax(style->indent_em, 2) * style->size_pt, x = flow->x_pt;
	double width = flow->width_pt;
	int32_t outer = flow->tag;
	if (width - indent > style->size_pt * 8) {
		flow->x_pt += indent;
		flow->width_pt -= indent;
	}
	flow->body = style;
	flow->tag = flow_tag(flow, "L", outer);
	int number = node->start > 0 ? node->start : 1;
	for (const struct node *item = node->first; item; item = item->next)
		item_set(flow, item, item_label(flow, node, number++), runs_in);
	flow->tag = outer;
	flow->body = outer_body;
	flow->x_pt = x;
	flow->width_pt = width;
}

/* ---- quotes, callouts, code ---------------------------------------------------------- */

static void quote_set(struct flow *flow, const struct node *node)
{
	const struct style *outer_body = flow->body;
	int32_t outer = flow->tag;
	flow->tag = flow_tag(flow, "BlockQuote", outer);
	flow->body = flow_style(flow, STYLE_QUOTE);
	block_set_children(flow, node);
	flow->body = outer_body;
	flow->tag = outer;
}

static const struct {
	const char *name, *colour;
} callout_colours[] = {
	{ "note", "accent" }, { "warning", "risk-medium" }, { "danger", "risk-high" }, { "good", "good" },
	{ "tip", "good" },
	{ "important", "risk-high" }, { "caution", "risk-medium" },
};

static struct colour callout_colour(const struct flow *flow, struct text name)
{
	for (size_t i = 0; i < sizeof callout_colours / sizeof *callout_colours; i++)
		if (text_is(name, callout_colours[i].name))
			return flow_colour(flow, callout_colours[i].colour);
	return flow_colour(flow, "accent");
}

/* Everything set between begin and end stands on one ground. */
static int32_t ground_begin(struct flow *flow, struct flow_ground ground)
{
	int32_t outer = flow->ground;
	LIST_PUSH(&flow->grounds, ground);
	flow->ground = (int32_t)flow->grounds.count - 1;
	return outer;
}

static void ground_end(struct flow *flow, int32_t outer, uint32_t first, double space)
{
	double pad = flow->grounds.at[flow->ground].pad_pt;
	flow->ground = outer;
	if (first == flow->slices.count)
		return;
	struct slice *head = &flow->slices.at[first], *tail = &flow->slices.at[flow->slices.count - 1];
	head->before_pt = space + pad;
	tail->after_pt = space + pad;
	flow_round(flow, first);
}

static void callout_set(struct flow *flow, const struct node *node)
{
	const struct style *title = flow_style(flow, STYLE_CALLOUT_TITLE), *outer_body = flow->body;
	int32_t outer = flow->tag;
	struct colour colour = callout_colour(flow, node->name);
	int32_t outer_ground = ground_begin(flow, (struct flow_ground){
		.x_pt = flow->x_pt, .width_pt = flow->width_pt, .pad_pt = 6, .fill = flow_colour(flow, "accent-soft"),
		.bar = colour,
		.has_fill = true, .has_bar = true });
	uint32_t first = (uint32_t)flow->slices.count;
	flow->tag = flow_tag(flow, "Sect", outer);
	struct text words = node->title.size ? node->title : node->text;
	if (words.size) {
		struct piece piece = piece_from(title, words, flow_tag(flow, "P", flow->tag), node->span);
		piece.colour = colour;
		struct flow_paragraph how = flow_paragraph_from(title);
		how.keeps_with_next = node->first != NULL;
		LIST_PUSH(&flow->typesetter.pieces, piece);
		paragraph_add(flow, &how);
	}
	flow->body = flow_style(flow, STYLE_CALLOUT);
	double x = flow->x_pt, width = flow->width_pt;
	block_set_children(flow, node);
	flow->x_pt = x;
	flow->width_pt = width;
	flow->body = outer_body;
	flow->tag = outer;
	ground_end(flow, outer_ground, first, 8);
}

/* Spaces at the start of a line of code become an indent: line setting drops them. */
static void code_line_set(struct flow *flow, struct text line, int32_t tag, struct span span)
{
	const struct style *style = flow_style(flow, STYLE_CODE);
	struct flow_paragraph how = flow_paragraph_from(style);
	size_t columns = 0, start = 0;
	for (; start < line.size && (line.at[start] == ' ' || line.at[start] == '\t'); start++)
		columns += line.at[start] == '\t' ? 4 : 1;
	how.indent_pt += (double)columns * style->size_pt / 2;
	struct piece piece = piece_from(style, text_slice(line, start, line.size), tag, span);
	piece.is_code = true;
	LIST_PUSH(&flow->typesetter.pieces, piece);
	uint32_t first = paragraph_add(flow, &how);
	for (uint32_t i = first; i < flow->slices.count; i++)
		flow->slices.at[i].before_pt = flow->slices.at[i].after_pt = 0;
}

static void code_set(struct flow *flow, const struct node *node)
{
	int32_t tag = flow_tag(flow, "P", flow->tag);
	int32_t outer = ground_begin(flow, (struct flow_ground){
		.x_pt = flow->x_pt, .width_pt = flow->width_pt, .pad_pt = 4, .fill = flow_colour(flow, "accent-soft"),
		.has_fill = true });
	uint32_t first = (uint32_t)flow->slices.count;
	struct text rest = text_ends(node->text, "\n") ? text_slice(node->text, 0, node->text.size - 1) : node->text;
	struct text line;
	while (text_next(&rest, '\n', &line))
		code_line_set(flow, line, tag, node->span);
	ground_end(flow, outer, first, flow_style(flow, STYLE_CODE)->before_pt);
}

/* ---- structure ------------------------------------------------------------------------- */

/*
 * Groups are torn where that leaves less of a hole; of what is signed its lower half, at least, stands on one
 * page with its signatures.
 */
static void group_keep(struct flow *flow, const struct node *node, uint32_t first)
{
	const double most_share = 0.25; /* of a page's height */
	uint32_t end = (uint32_t)flow->slices.count;
	struct slice *slices = flow->slices.at;
	double height = 0, below = 0;
	for (uint32_t i = first; i < end; i++)
		height += slices[i].height_pt;
	slices[first].group_count = end - first;
	if (!node->last || node->last->kind != NODE_SIGNATURE)
		return;
	double most = fmin(height / 2, most_share * flow_page_height(flow->page, flow->flags & SLICE_LANDSCAPE));
	for (uint32_t i = end - 1; i > first && below < most; i--) {
		below += slices[i].height_pt;
		slices[i - 1].flags |= below < most ? SLICE_KEEP : 0;
	}
}

static void group_set(struct flow *flow, const struct node *node)
{
	if (text_is(node->name, "place") && place_set(flow, node))
		return;
	int32_t outer = flow->tag;
	uint32_t first = (uint32_t)flow->slices.count;
	const struct style *outer_body = flow->body;
	if (node->flags & NODE_SMALL)
		flow->body = flow_style(flow, STYLE_NOTE);
	flow->tag = flow_tag(flow, "Sect", outer);
	flow_anchor(flow, node->id);
	for (const struct node *child = node->first; child; child = child->next) {
		/* The last paragraph never stands alone on the next page. */
		if (!child->next && child->kind == NODE_PARAGRAPH && first < flow->slices.count)
			flow->slices.at[flow->slices.count - 1].flags |= SLICE_KEEP;
		block_set(flow, child);
	}
	flow->tag = outer;
	flow->body = outer_body;
	if (first < flow->slices.count)
		group_keep(flow, node, first);
	if (text_is(node->name, "page"))
		fit_page(flow, first);
}

static void page_break_set(struct flow *flow, const struct node *node)
{
	flow->next_flags |= SLICE_NEW_PAGE;
	if (text_is(node->name, "landscape"))
		flow->flags |= SLICE_LANDSCAPE;
	else if (text_is(node->name, "portrait"))
		flow->flags &= ~(unsigned)SLICE_LANDSCAPE;
	if (flow->depth <= 2)
		flow->width_pt = flow_page_width(flow->page, flow->flags & SLICE_LANDSCAPE);
}

static void nothing_set(struct flow *flow, const struct node *node)
{
	(void)flow;
	(void)node;
}

static void rule_node_set(struct flow *flow, const struct node *node)
{
	(void)node;
	rule_set(flow);
}

/* Inlines that stand among blocks are a paragraph of their own. */
static void stray_set(struct flow *flow, const struct node *node)
{
	struct node holder = *node;
	holder.next = NULL;
	struct node paragraph = { .kind = NODE_PARAGRAPH, .first = &holder, .last = &holder, .span = node->span };
	paragraph_set(flow, &paragraph);
}

static void (*const typesetters[NODE_KINDS])(struct flow *, const struct node *) = {
	[NODE_DOCUMENT] = block_set_children, [NODE_HEADING] = heading_set, [NODE_PARAGRAPH] = paragraph_set,
	[NODE_LIST] = list_set, [NODE_ITEM] = block_set_children, [NODE_QUOTE] = quote_set, [NODE_CODE] = code_set,
	[NODE_RULE] = rule_node_set, [NODE_TABLE] = table_set, [NODE_CHART] = figure_set, [NODE_CALLOUT] = callout_set,
	[NODE_PANEL] = panel_set, [NODE_STARS] = panel_set_stars, [NODE_COVER] = cover_set, [NODE_CONTENTS] = contents_set,
	[NODE_LIST_OF] = contents_set, [NODE_PAGE_BREAK] = page_break_set, [NODE_FOOTNOTE] = nothing_set,
	[NODE_FENCE] = code_set, [NODE_GROUP] = group_set, [NODE_SIGNATURE] = panel_set_signature,
	[NODE_RECORDS] = record_set, [NODE_ITEM_LIST] = item_list_set, [NODE_QR] = qr_code_set,
	[NODE_TEXT] = stray_set, [NODE_STRONG] = stray_set, [NODE_EMPHASIS] = stray_set, [NODE_DOTTED] = stray_set,
	[NODE_CODE_SPAN] = stray_set,
	[NODE_LINK] = stray_set, [NODE_REFERENCE] = stray_set, [NODE_FOOTNOTE_MARK] = stray_set, [NODE_BREAK] = nothing_set,
};

/* One block of any kind. */
static void block_set(struct flow *flow, const struct node *node)
{
	if (flow->depth >= DEPTH_MOST)
		return;
	flow->depth++;
	if (node->kind != NODE_HEADING && node->kind != NODE_GROUP && node->kind != NODE_TABLE &&
	    node->kind != NODE_CHART &&
	    node->kind != NODE_ITEM_LIST)
		flow_anchor(flow, node->id);
	typesetters[node->kind](flow, node);
	flow->depth--;
}

void block_set_children(struct flow *flow, const struct node *node)
{
	bool is_outermost = flow->depth == 0; /* an interrupt may cut a document only between its outermost blocks */
	bool follows_heading = false;
	for (const struct node *child = node->first; child && !(is_outermost && interrupt_requested());
	     child = child->next) {
		/* Lines to sign on stay with what stands before them: nobody signs an empty page. */
		if (child->kind == NODE_SIGNATURE && flow->slices.count > 0)
			flow->slices.at[flow->slices.count - 1].flags |= SLICE_KEEP;
		block_set(flow, child);
		/* A heading with nothing but the key to its list ends no page. */
		if (follows_heading && child->next && child->next->kind == NODE_ITEM_LIST)
			flow->slices.at[flow->slices.count - 1].flags |= SLICE_KEEP;
		follows_heading = child->kind == NODE_HEADING;
	}
}
