/* SPDX-License-Identifier: MIT */
#include "compose/site_claims.h"

#include "compose/claim_words.h"
#include "theme/site.h"

static void check_queries(struct diag *diag, const struct site_query *queries, size_t count)
{
	for (size_t i = 0; i < count; i++)
		claim_words_check_sql(diag, queries[i].sql, queries[i].span);
}

static void check_page(struct diag *diag, const struct site_page *page)
{
	const struct text words[] = { page->title, page->description, page->menu, page->foot };
	const struct span places[] = { page->title_span, page->description_span, page->menu_span, page->foot_span };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		claim_words_check_line(diag, words[i], places[i]);
	check_queries(diag, &page->repeat, page->repeat.name.size > 0);
	check_queries(diag, page->queries, page->query_count);
}

void site_claims_check(struct diag *diag, const struct site *site)
{
	check_queries(diag, site->queries, site->query_count);
	for (size_t i = 0; i < site->asset_count; i++)
		check_queries(diag, site->assets[i].queries, site->assets[i].query_count);
	for (size_t i = 0; i < site->page_count; i++)
		check_page(diag, &site->pages[i]);
}
