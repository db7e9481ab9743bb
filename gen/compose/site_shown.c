/* SPDX-License-Identifier: MIT */
#include "compose/site_shown.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "compose/site.h"
#include "doc/header.h"
#include "theme/site.h"

/* The day as of which everything is shown: --date, or the last day of which the list or its ledger knows. */
static bool ask_day(struct arena *arena, const struct site_options *options, struct text *day)
{
	struct rows rows;
	struct text sql = TEXT("select max(generated, coalesce((select max(date) from versions), generated)) from campaign");
	if (!options->source.query(options->source.context, arena, sql, NO_SPAN, &rows))
		return false;
	*day = rows.row_count ? rows.values[0].text : NO_TEXT;
	return true;
}

static struct span span_in(const struct site_file *file, struct text part)
{
	size_t start = (size_t)(part.at - file->text.at);
	return (struct span){ file->source, (uint32_t)start, (uint32_t)(start + part.size) };
}

/* False when the date cannot be read. */
static bool is_due(struct arena *arena, const struct site_options *options, const struct site_file *file, bool *is_shown)
{
	struct header header;
	struct date date;
	struct text day;
	header_read(file->text, &header);
	struct text draft = header_find(&header, "draft"), dated = header_find(&header, "date");
	if (draft.size && !text_is(draft, "no"))
		*is_shown = false;
	if (!dated.size)
		return true;
	if (!date_parse_iso(dated, &date)) {
		DIAG(options->diag, DIAG_SITE_TEXT_DATE, .span = span_in(file, dated), .a = dated);
		return false;
	}
	if (!ask_day(arena, options, &day))
		return false;
	if (day.size && text_compare(dated, day) > 0) {
		*is_shown = false;
		DIAG(options->diag, DIAG_SITE_TEXT_LATER, .span = span_in(file, dated), .a = dated, .b = day);
	}
	return true;
}

const bool *site_shown(struct arena *arena, const struct site_options *options, const struct site *site)
{
	bool *shown = ARENA_ARRAY(arena, bool, site->page_count), is_good = true;
	for (size_t i = 0; i < site->page_count; i++) {
		const struct site_file *file = site_content(site, site->pages[i].content);
		shown[i] = true;
		is_good &= !file || is_due(arena, options, file, &shown[i]);
	}
	return is_good ? shown : NULL;
}

struct document_file site_text(struct arena *arena, const struct site *site, const struct site_file *file)
{
	struct text base = text_slice(file->name, 0, file->name.size - strlen(".md"));
	const struct site_file *queries = site_content(site, text_format(arena, "%.*s.sql", TEXT_ARGS(base)));
	struct document_file text = { .text = file->text, .source = file->source };
	if (queries)
		text.sql = queries->text, text.sql_source = queries->source;
	return text;
}
