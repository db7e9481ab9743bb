/* SPDX-License-Identifier: MIT
 *
 * The texts that staff write for the public, and what is told of them.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "publish/leak_hunt.h"

struct text leak_what(struct leak *leak, const struct leak_match *match)
{
	const char *what = leak->values.at[match->value].what;
	if (leak_encoder_words[match->form])
		return text_format(leak->arena, "%s（%s）", what, leak_encoder_words[match->form]);
	return match->is_respelt ? text_format(leak->arena, "%s（写法不同）", what) : text_from(what);
}

struct span leak_source_span(const struct leak_source *source, size_t start, size_t end)
{
	struct span place = source->place;
	if (source->is_within)
		return place;
	return (struct span){ place.source, place.start + (uint32_t)start, place.start + (uint32_t)end };
}

void leak_search_sources(struct leak_search *search)
{
	struct leak *leak = search->leak;
	for (size_t i = 0; i < leak->sources.count; i++) {
		leak_search_source(search, &leak->sources.at[i]);
		if (leak->sources.at[i].is_prose)
			leak_prose_read(search, &leak->sources.at[i]);
	}
}

void leak_tell_finds(struct leak_search *search)
{
	for (size_t i = 0; i < search->finds.count; i++) {
		const struct leak_find *find = &search->finds.at[i];
		const struct leak_value *value = &search->leak->values.at[find->match.value];
		struct span place = leak_source_span(find->source, find->match.start, find->match.end);
		DIAG(search->diag, DIAG_LEAK_SOURCE, .span = place, .a = text_from(find->source->what),
		     .b = leak_what(search->leak, &find->match), .c = utf8_prefix(value->value, 2), .n = (int64_t)value->copies);
	}
	LIST_FREE(&search->finds);
}
