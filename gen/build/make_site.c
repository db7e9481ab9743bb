/* SPDX-License-Identifier: MIT
 *
 * The public site: the only code that opens scope public, and nothing but that scope.
 */
#include "build/build.h"
#include "compose/site.h"

static bool write(void *context, struct text path, struct text bytes)
{
	struct build *build = context;
	struct text full = text_format(build->scratch, TREE_PUBLIC "%.*s", TEXT_ARGS(path));
	return output_write(build->edition.output, full, bytes);
}

struct site_options make_site_options(struct build *build)
{
	bool is_root = build->edition.year_count > 0;
	return (struct site_options){
		.site = is_root ? build->press.years : build->press.site,
		.is_over_years = is_root,
		.theme = build->press.theme,
		.sources = build->run.sources,
		.diag = build->run.diag,
		.source = edition_source(build, SCOPE_PUBLIC),
		.html = make_html_body,
		.html_context = build,
		.card = make_card,
		.card_context = build,
		.write = write,
		.write_context = build,
	};
}

bool make_site(struct build *build)
{
	const struct site_options options = make_site_options(build);
	return site_compose(build->scratch, &options);
}
