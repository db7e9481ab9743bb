/* SPDX-License-Identifier: MIT */
#include "layout/qr_code.h"

#include <assert.h>
#include <math.h>

#include "base/qr.h"

#define POINTS_PER_MM (72 / 25.4)

static void fill_run(struct flow *flow, const struct rectangle *run, int32_t tag)
{
	flow_fill(flow, *run, (struct colour){ 0, 0, 0 }); /* not the theme's ink: readers want the contrast */
	flow->typesetter.ops.at[flow->typesetter.ops.count - 1].tag = tag;
}

static void fill_row(struct flow *flow, const struct qr *qr, size_t row, double module_pt, int32_t tag)
{
	const unsigned char *modules = qr->modules + row * qr->side;
	double quiet = QR_QUIET * module_pt;
	for (size_t x = 0, end; x < qr->side; x = end) {
		for (end = x; end < qr->side && modules[end] == modules[x];)
			end++;
		const struct rectangle run = {
			flow->x_pt + quiet + (double)x * module_pt, quiet + (double)row * module_pt,
			(double)(end - x) * module_pt, module_pt,
		};
		if (modules[x])
			fill_run(flow, &run, tag);
	}
}

void qr_code_set(struct flow *flow, const struct node *node)
{
	struct qr qr;
	bool is_encoded = qr_encode(flow->arena, node->text, &qr); /* it was when the fence was filled */
	assert(is_encoded);
	(void)is_encoded;
	double module_pt = round(node->level * POINTS_PER_MM / (double)qr.side * 100) / 100;
	int32_t tag = flow_tag(flow, "Figure", flow->tag);
	flow->typesetter.tags.at[tag].alternative = node->title;
	flow->typesetter.tags.at[tag].id = node->id;
	size_t first = flow->typesetter.ops.count;
	uint32_t first_slice = (uint32_t)flow->slices.count;
	for (size_t row = 0; row < qr.side; row++)
		fill_row(flow, &qr, row, module_pt, tag);
	flow_slice(flow, first, ((double)qr.side + 2.0 * QR_QUIET) * module_pt);
	flow_round(flow, first_slice);
}
