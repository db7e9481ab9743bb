/* SPDX-License-Identifier: MIT */
#include "base/diag_place.h"

#include <stdlib.h>

#include "base/arena.h"

static int compare_spans(const void *left, const void *right)
{
	const struct span *a = left, *b = right;
	if (a->source != b->source)
		return a->source < b->source ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->end > b->end) - (a->end < b->end);
}

/* Sorted, each once. */
static size_t collect(const struct diag *diag, struct span *spans)
{
	size_t count = 0, kept = 0;
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag_args *args = &diag->items[i].args;
		if (args->span.source)
			spans[count++] = args->span;
		if (args->other.source)
			spans[count++] = args->other;
	}
	qsort(spans, count, sizeof *spans, compare_spans);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || compare_spans(&spans[kept - 1], &spans[i]) != 0)
			spans[kept++] = spans[i];
	return kept;
}

/* What lies at a place of a text that is there. */
static struct text text_at(const struct diag *diag, const struct source *source, struct span span)
{
	if (!source || span.end <= span.start)
		return NO_TEXT;
	struct text text = text_slice(source->text, span.start, span.end - span.start);
	return text_copy(diag->arena, text_slice(text, 0, DIAG_TEXT_MOST));
}

/*
 * Those of one file.  It is read again for all of it if it was let go, and given back: the files of which something is
 * told may be as large together as all that is kept of them.
 */
static void find_in(const struct diag *diag, const struct span *spans, struct diag_site *sites, size_t count)
{
	struct arena *scratch = arena_new();
	struct place *places = ARENA_ARRAY(scratch, struct place, count);
	struct sheet_cell *cells = ARENA_ARRAY(scratch, struct sheet_cell, count);
	const struct source *source = sources_find(diag->sources, spans->source);
	sources_borrow(diag->sources, spans->source);
	places_copy(diag->sources, spans, places, count, diag->arena);
	sheet_cells_of(diag->sources, spans, cells, count);
	for (size_t i = 0; i < count; i++)
		sites[i] = (struct diag_site){ spans[i], places[i], cells[i], text_at(diag, source, spans[i]),
					       source && source->find_cells };
	sources_give_back(diag->sources, spans->source);
	arena_free(scratch);
}

static struct diag_sites find_sites(const struct diag *diag, const struct span *spans, size_t count)
{
	struct diag_site *sites = ARENA_ARRAY(diag->arena, struct diag_site, count);
	for (size_t start = 0, end; start < count; start = end) {
		for (end = start + 1; end < count && spans[end].source == spans[start].source;)
			end++;
		find_in(diag, &spans[start], &sites[start], end - start);
	}
	return (struct diag_sites){ sites, count };
}

static int compare_site(const void *span, const void *site)
{
	return compare_spans(span, &((const struct diag_site *)site)->span);
}

static const struct diag_site *look_up(const struct diag_sites *sites, struct span span)
{
	return sites->count ? bsearch(&span, sites->at, sites->count, sizeof *sites->at, compare_site) : NULL;
}

/* Leaves of the spans those that are not known, and says how many. */
static size_t leave_unknown(const struct diag_sites *sites, struct span *spans, size_t count)
{
	size_t left = 0;
	for (size_t i = 0; i < count; i++)
		if (!look_up(sites, spans[i]))
			spans[left++] = spans[i];
	return left;
}

/* Two lists without a place in common as one. */
static struct diag_sites merge(struct arena *arena, const struct diag_sites *known, const struct diag_sites *found)
{
	const size_t count = known->count + found->count;
	struct diag_site *sites = ARENA_ARRAY(arena, struct diag_site, count);
	for (size_t i = 0, k = 0, f = 0; i < count; i++) {
		const bool is_known = f == found->count ||
				      (k < known->count && compare_spans(&known->at[k].span, &found->at[f].span) < 0);
		sites[i] = is_known ? known->at[k++] : found->at[f++];
	}
	return (struct diag_sites){ sites, count };
}

struct diag_sites diag_sites_find(struct diag *diag)
{
	struct arena *scratch = arena_new();
	struct span *spans = ARENA_ARRAY(scratch, struct span, 2 * diag->count);
	size_t count = leave_unknown(&diag->sites, spans, collect(diag, spans));
	if (count) {
		const struct diag_sites found = find_sites(diag, spans, count);
		diag->sites = merge(diag->arena, &diag->sites, &found);
	}
	arena_free(scratch);
	return diag->sites;
}

const struct diag_site *diag_site(const struct diag_sites *sites, struct span span)
{
	static const struct diag_site nowhere = { .place = { .length = 1 } };
	const struct diag_site *found = look_up(sites, span);
	return found ? found : &nowhere;
}
