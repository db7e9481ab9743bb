/* SPDX-License-Identifier: MIT
 *
 * The public site: the only code that opens scope public, and nothing but that scope.
 */
#include "commands/build.h"
#include "compose/site.h"

static bool query(void *context, struct arena *arena, struct text sql, struct span place, struct rows *rows)
{
	return facts_query(context, arena, sql, place, rows);
}

static bool write(void *context, struct text path, struct text bytes)
{
	struct build *build = context;
	return output_write(build->output, text_format(build->scratch, "public/%.*s", TEXT_ARGS(path)), bytes);
}

bool make_site(struct build *build)
{
	struct facts *facts = build_facts(build, SCOPE_PUBLIC);
	if (!facts)
		return false;
	const struct site_options options = {
		.theme_folder = build->theme_folder,
		.default_folder = NULL,
		.content = build->content,
		.theme = build->theme,
		.sources = build->run.sources,
		.diag = build->run.diag,
		.source = { .query = query, .context = facts },
		.write = write,
		.write_context = build,
	};
	return site_compose(build->scratch, &options);
}
