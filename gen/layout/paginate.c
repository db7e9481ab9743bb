/* SPDX-License-Identifier: MIT
 *
 * The cheapest row of pages (search.c), gone once more with a pager that notes down what stands where.
 */
#include "layout/paginate.h"

#include "layout/search.h"
#include "layout/spread.h"

static void run(struct pagination *pagination, const struct flow *flow, double spacing)
{
	struct search_steps way = { 0 };
	struct pager pager = search_pager(pagination, flow, spacing);
	uint32_t first = 0;
	search_pages(&way, flow, spacing);
	for (size_t i = 0; i < way.steps.count; i++) {
		search_go(&pager, first, &way.steps.at[i]);
		first = way.steps.at[i].next;
	}
	pager_finish(&pager);
	LIST_FREE(&way.steps);
}

static bool ends_nearly_empty(const struct pagination *pagination, const struct flow *flow)
{
	const struct placed_page *last = &pagination->pages.at[pagination->pages.count - 1];
	return pagination->pages.count > 1 && last->used_pt < 0.14 * flow_page_height(flow->page, last->is_landscape);
}

/* Whether pages keep to their grid.  Tight spaces leave it: not where lines are counted (GB/T 9704). */
static bool tighten(struct pagination *pagination, const struct flow *flow)
{
	const double tight_spacing = 0.72;
	if (flow->page->numbers_outside || !ends_nearly_empty(pagination, flow))
		return true;
	struct pagination tight = { 0 };
	run(&tight, flow, tight_spacing);
	bool is_tight = tight.pages.count < pagination->pages.count;
	if (is_tight) {
		struct pagination swap = *pagination;
		*pagination = tight;
		tight = swap;
	}
	pagination_clear(&tight);
	return !is_tight;
}

void paginate(struct pagination *pagination, const struct flow *flow)
{
	run(pagination, flow, 1);
	spread_pages(pagination, flow, tighten(pagination, flow));
}

void pagination_clear(struct pagination *pagination)
{
	LIST_FREE(&pagination->placed);
	LIST_FREE(&pagination->pages);
	LIST_FREE(&pagination->called);
}
