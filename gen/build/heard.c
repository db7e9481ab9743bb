/* SPDX-License-Identifier: MIT */
#include "build/heard.h"

#include "base/arena.h"
#include "base/file.h"
#include "build/build.h"
#include "compose/site.h"
#include "theme/site.h"

static const struct rows *copy_rows(struct arena *arena, const struct rows *rows)
{
	struct rows *copy = ARENA_NEW(arena, struct rows);
	size_t count = rows->row_count * rows->column_count;
	*copy = (struct rows){ ARENA_ARRAY(arena, struct text, rows->column_count),
			       ARENA_ARRAY(arena, struct value, count), rows->column_count, rows->row_count };
	for (size_t i = 0; i < rows->column_count; i++)
		copy->names[i] = text_copy(arena, rows->names[i]);
	for (size_t i = 0; i < count; i++) {
		copy->values[i] = rows->values[i];
		copy->values[i].text = text_copy(arena, rows->values[i].text);
	}
	return copy;
}

static struct text find_query(const struct site_query *queries, size_t count, struct text name)
{
	for (size_t i = 0; i < count; i++)
		if (text_equal(queries[i].name, name))
			return text_trim(queries[i].sql);
	return NO_TEXT;
}

/* What "late.total" and "late" name on the page: a query of its own, its row, or one that all pages have. */
static struct text query_of(const struct site *site, const struct site_page *page, struct text subject)
{
	struct text name = text_slice(subject, 0, text_find(subject, TEXT(".")));
	struct text query = find_query(page->queries, page->query_count, name);
	if (!query.size)
		query = find_query(&page->repeat, 1, name);
	return query.size ? query : find_query(site->queries, site->query_count, name);
}

static struct heard_claim *find_place(struct heard *heard, struct span span)
{
	for (size_t i = 0; i < heard->claims.count; i++) {
		struct heard_claim *claim = &heard->claims.at[i];
		if (claim->span.source == span.source && claim->span.start == span.start)
			return claim;
	}
	return NULL;
}

static void hear(void *context, const struct site_claim *said)
{
	struct heard *heard = context;
	struct arena *arena = heard->build->scratch;
	if (!said->rows || !heard->is_wanted(heard->context, said->subject, said->words))
		return;
	struct heard_claim *known = find_place(heard, said->span);
	if (known) {
		known->pages++;
		return;
	}
	struct text query = said->query.size ? text_copy(arena, said->query)
					     : query_of(heard->build->press.site, said->page, said->subject);
	const struct heard_claim first = {
		.path = text_copy(arena, said->path), .kind = said->kind, .subject = said->subject,
		.words = text_copy(arena, said->words), .span = said->span, .rows = copy_rows(arena, said->rows),
		.query = query, .pages = 1,
	};
	LIST_PUSH(&heard->claims, first);
}

static bool drop(void *context, struct text path, struct text bytes)
{
	(void)context, (void)path, (void)bytes;
	return true;
}

bool heard_on_site(struct heard *heard)
{
	struct build *build = heard->build;
	build->plan.parts = PART_SITE;
	if (!file_is_folder(file_join(build->scratch, build->press.content, TEXT("site"))))
		return true; /* texts of a report alone: there is no site */
	if (!press_open_looks(build) || !files_load(build))
		return false;
	const struct site_options options = {
		.site = build->press.site, .theme = build->press.theme, .sources = build->run.sources,
		.diag = build->run.diag, .source = edition_source(build, SCOPE_PUBLIC), .html = make_html_body,
		.html_context = build, .write = drop, .heard = hear, .heard_context = heard,
	};
	return site_compose(build->scratch, &options);
}

void heard_clear(struct heard *heard)
{
	LIST_FREE(&heard->claims);
}
