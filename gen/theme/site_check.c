/* SPDX-License-Identifier: MIT */
#include "theme/site_check.h"

#include "base/diag.h"
#include "theme/site.h"

static const struct site_query *find_query(const struct site_query *queries, size_t count, struct text name)
{
	for (size_t i = 0; i < count; i++)
		if (text_equal(queries[i].name, name))
			return &queries[i];
	return NULL;
}

/* A query of a page may not hide one that all pages have: which of them is meant would be a riddle. */
static bool check_hidden_name(const struct site *site, struct diag *diag, const struct site_query *query)
{
	if (!query->name.size)
		return true;
	const struct site_query *hidden = find_query(site->queries, site->query_count, query->name);
	if (hidden)
		DIAG(diag, DIAG_SITE_TWICE, .span = query->span, .a = query->name, .other = hidden->span);
	return !hidden;
}

static bool check_hidden_names(const struct site *site, struct diag *diag, const struct site_page *page)
{
	bool is_good = true;
	for (size_t i = 0; i < page->query_count; i++)
		is_good &= check_hidden_name(site, diag, &page->queries[i]);
	return check_hidden_name(site, diag, &page->repeat) && is_good;
}

/* A card is drawn from a query: one of all pages, or of its page (NULL: it is that of the site). */
static bool check_card(const struct site *site, struct diag *diag, const struct site_page *page)
{
	struct text card = page ? page->card : site->card;
	bool is_own = page && (text_equal(page->repeat.name, card) ||
			       find_query(page->queries, page->query_count, card));
	if (!card.size || is_own || find_query(site->queries, site->query_count, card))
		return true;
	DIAG(diag, DIAG_SITE_BAD_VALUE, .span = page ? page->span : site->span, .a = TEXT("card"), .b = card,
	     .c = TEXT("<query name=\"…\">"));
	return false;
}

bool site_check(const struct site *site, struct diag *diag)
{
	bool is_good = check_card(site, diag, NULL);
	for (size_t i = 0; i < site->page_count; i++) {
		is_good &= check_hidden_names(site, diag, &site->pages[i]);
		is_good &= check_card(site, diag, &site->pages[i]);
	}
	return is_good;
}
