/* SPDX-License-Identifier: MIT */
#include "compose/site_style.h"

#include "base/buf.h"
#include "compose/mustache.h"
#include "compose/site_colours.h"

bool site_style(struct arena *arena, struct diag *diag, const struct document_file *sheet, const struct theme *theme,
		struct buf *css)
{
	size_t start = css->size;
	const struct mustache_text text = { .text = sheet->text, .source = sheet->source, .flags = MUSTACHE_NO_RAW };
	const struct datum colours = site_colours(arena, theme);
	const struct mustache_run run = { .datum = &colours, .escape = mustache_escape_html, .arena = arena,
					  .is_lenient = true, .diag = diag };
	if (mustache_render(mustache_compile(arena, diag, &text), &run, css))
		return true;
	css->size = start;
	return false;
}
