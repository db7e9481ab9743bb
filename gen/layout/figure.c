/* SPDX-License-Identifier: MIT */
#include "layout/figure.h"

#include <math.h>

#include "chart/plot.h"
#include "layout/caption.h"

void figure_set(struct flow *flow, const struct node *node)
{
	if (!node->chart)
		return;
	double page = flow_page_height(flow->page, flow->flags & SLICE_LANDSCAPE);
	struct plot plot = plot_chart(flow->arena, flow->typesetter.shaper, node->chart, &(struct plot_options){
		.theme = flow->theme, .label = flow_style(flow, STYLE_CHART_LABEL),
		.value = flow_style(flow, STYLE_CHART_VALUE),
		.width_pt = flow->width_pt, .most_height_pt = page * 0.45, .span = node->span });
	flow_anchor(flow, node->id);
	int32_t outer = flow->tag, tag = flow_tag(flow, "Figure", outer);
	struct text alternative = node->chart->alternative.size ? node->chart->alternative : node->title;
	if (node->chart->numbers.size)
		alternative = text_format(flow->arena, "%.*s%.*s", TEXT_ARGS(alternative),
		                          TEXT_ARGS(node->chart->numbers));
	flow->typesetter.tags.at[tag].alternative = alternative.size ? alternative : node->number;
	flow->typesetter.tags.at[tag].id = node->id;
	size_t first = flow->typesetter.ops.count;
	uint32_t first_slice = (uint32_t)flow->slices.count;
	for (size_t i = 0; i < plot.op_count; i++) {
		struct draw_op op = plot.ops[i];
		op.tag = op.tag == 0 ? tag : -1;
		LIST_PUSH(&flow->typesetter.ops, op);
	}
	double shift = flow->x_pt + fmax(flow->width_pt - plot.width_pt, 0) / 2;
	flow_move(flow->typesetter.ops.at + first, plot.op_count, (struct path_point){ shift, 0 });
	struct slice *slice = flow_slice(flow, first, plot.height_pt);
	slice->before_pt = fmax(slice->before_pt, 8);
	slice->after_pt = 4;
	if (caption_set(flow, node, node->note.size > 0)) {
		struct slice *caption = &flow->slices.at[first_slice + 1];
		const struct style *style = flow_style(flow, STYLE_CAPTION);
		caption->before_pt = 4;
		flow->slices.at[first_slice].flags |= SLICE_KEEP;
		flow->slices.at[flow->slices.count - 1].after_pt = style->before_pt;
	}
	if (node->note.size) {
		flow->slices.at[flow->slices.count - 1].flags |= SLICE_KEEP;
		caption_set_note(flow, node);
	}
	flow_round(flow, first_slice);
	slice = &flow->slices.at[first_slice];
	slice->flags |= SLICE_FLOAT;
	slice->whole_count = slice->block_count = (uint32_t)flow->slices.count - first_slice;
	slice->block = BLOCK_FIGURE;
}
