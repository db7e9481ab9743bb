/* SPDX-License-Identifier: MIT */
#include "facts/shown.h"

#include "base/arena.h"
#include "facts/listing.h"
#include "facts/view.h"

static const char **links_of(struct arena *arena, struct view *view)
{
	const struct listing *listing = listing_of(view);
	const char **links = ARENA_ARRAY(arena, const char *, view->model->enterprise_count);
	for (int32_t i = 0; i < listing->page_count; i++)
		links[listing->pages[i]] =
			text_format(arena, "enterprises/%s/", listing->slugs[listing->pages[i]].at).at;
	return links;
}

struct shown_lists shown_lists(struct arena *arena, const struct assessment *assessment)
{
	const struct facts_options options = { .assessment = assessment, .scope = SCOPE_PUBLIC };
	const struct chronicle *chronicle = assessment->chronicle;
	struct arena *scratch = arena_new();
	struct view view;
	view_init(&view, &options, scratch);
	const char **links = links_of(arena, &view);
	struct shown_lists lists =
		{ ARENA_ARRAY(arena, struct shown_entry *, chronicle->version_count),
		  ARENA_ARRAY(arena, size_t, chronicle->version_count) };
	for (size_t version = 0; version < chronicle->version_count; version++) {
		int32_t count;
		const int32_t *order = listing_of_version(&view, version, &count);
		struct shown_entry *entries = ARENA_ARRAY(arena, struct shown_entry, (size_t)count);
		for (int32_t i = 0; i < count; i++)
			entries[i] =
				(struct shown_entry){ order[i],
						      chronicle_standing(assessment, chronicle, version, order[i]),
							   links[view.model->participations[order[i]].enterprise] };
		lists.entries[version] = entries;
		lists.counts[version] = (size_t)count;
	}
	arena_free(scratch);
	return lists;
}
