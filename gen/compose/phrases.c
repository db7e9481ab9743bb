/* SPDX-License-Identifier: MIT */
#include "compose/phrases.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "compose/mustache.h"

static const char *const names[PHRASES] = {
	[PHRASE_EMPTY_TABLE] = "empty-table", [PHRASE_EMPTY_CHART] = "empty-chart", [PHRASE_CHART_FEW] = "chart-few",
	[PHRASE_CHART_EQUAL] = "chart-equal", [PHRASE_CHART_ONE] = "chart-one", [PHRASE_CHART_MANY] = "chart-many",
};

static size_t find_name(struct text name)
{
	size_t i = 0;
	while (i < PHRASES && !text_is(name, names[i]))
		i++;
	return i;
}

static struct span span_in(struct text whole, struct text part, uint32_t source)
{
	if (!source)
		return NO_SPAN;
	uint32_t start = (uint32_t)(part.at - whole.at);
	return (struct span){ source, start, start + (uint32_t)part.size };
}

void phrases_read(struct phrases *phrases, struct arena *arena, struct diag *diag, struct text text, uint32_t source)
{
	struct text rest = text, line;
	*phrases = (struct phrases){ { NULL } };
	while (text_next(&rest, '\n', &line)) {
		line = text_trim(line);
		if (line.size == 0 || line.at[0] == '#')
			continue;
		size_t colon = text_find(line, TEXT(":")), index = find_name(text_trim(text_slice(line, 0, colon)));
		struct text wording = text_trim(text_slice(line, colon + 1, line.size));
		if (index == PHRASES || wording.size == 0)
			DIAG(diag, DIAG_DOCUMENT_PHRASE_UNKNOWN, .span = span_in(text, line, source), .a = text_slice(line, 0, colon));
		else
			phrases->templates[index] = mustache_compile(
				arena, diag,
				&(struct mustache_text){ .text = wording, .source = source, .offset = (size_t)(wording.at - text.at) });
	}
	for (size_t i = 0; i < PHRASES; i++)
		if (!phrases->templates[i])
			DIAG(diag, DIAG_DOCUMENT_PHRASE_MISSING, .span = span_in(text, text_slice(text, 0, 0), source), .a = text_from(names[i]));
}

struct text phrases_say(const struct phrases *phrases, enum phrase phrase, struct arena *arena, struct diag *diag, const struct datum *datum)
{
	if (!phrases->templates[phrase])
		return NO_TEXT;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	mustache_render(phrases->templates[phrase], &(struct mustache_run){ .datum = datum, .diag = diag, .arena = arena }, &buf);
	struct text said = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return said;
}
