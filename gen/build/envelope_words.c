/* SPDX-License-Identifier: MIT */
#include "build/envelope_words.h"

#include "base/file.h"
#include "base/list.h"
#include "build/build.h"
#include "model/place.h"
#include "send/guard.h"

static bool is_below(struct text path, const char *folder)
{
	size_t size = folder ? strlen(folder) : 0;
	return size && text_starts(path, folder) && path.size > size && path.at[size] == '/';
}

static bool is_of_all(const struct build *build, struct text name)
{
	const char *remarks = file_join(build->scratch, build->press.content, TEXT("remarks"));
	if (is_below(name, remarks))
		return false;
	return is_below(name, build->press.content) || is_below(name, build->press.theme_folder) ||
	       is_below(name, build->press.default_folder) || text_starts(name, "data/models/") ||
	       text_ends(name, "/campaign.xml");
}

void envelope_words_know(struct build *build, struct guard *guard)
{
	const struct sources *sources = build->run.sources;
	LIST(struct text) texts = { 0 };
	for (int i = 0; i < INDUSTRIES; i++)
		LIST_PUSH(&texts, text_from(industries[i].name));
	for (uint32_t number = 1; number <= sources_count(sources); number++) {
		const struct source *source = sources_find(sources, number);
		if (is_of_all(build, source->name))
			LIST_PUSH(&texts, source->text);
	}
	guard_know(guard, texts.at, texts.count, build->run.diag);
	LIST_FREE(&texts);
	arena_clear(build->scratch);
}
