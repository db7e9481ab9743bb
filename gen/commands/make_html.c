/* SPDX-License-Identifier: MIT
 *
 * Documents as HTML: the report in one file, and the texts of the site.
 */
#include "base/buf.h"
#include "commands/build.h"
#include "layout/plot.h"
#include "render/canvas.h"
#include "render/html.h"
#include "theme/theme.h"

/* Charts on the web: as wide as the text column of document.css, no taller than a small screen. */
#define FIGURE_WIDTH_PT 480.0
#define FIGURE_MOST_PT 420.0

static void write_figure(void *context, const struct node *node, struct buf *out)
{
	struct build *build = context;
	const struct page_style *style = theme_page_style(build->theme, TEXT("report"));
	const struct plot_options options = {
		.theme = build->theme, .label = &style->styles[STYLE_CHART_LABEL], .value = &style->styles[STYLE_CHART_VALUE],
		.width_pt = FIGURE_WIDTH_PT, .most_height_pt = FIGURE_MOST_PT, .span = node->span,
	};
	struct plot plot = plot_chart(build->scratch, build->shaper, node->chart, &options);
	const struct svg_options svg = {
		.theme = build->theme, .id = node->id, .alternative = node->chart->alternative,
		.title = text_format(build->scratch, "%.*s %.*s", TEXT_ARGS(node->number), TEXT_ARGS(node->title)),
		.width_pt = plot.width_pt, .height_pt = plot.height_pt,
	};
	svg_write_figure(out, plot.marks, plot.mark_count, &svg);
}

bool make_html(struct build *build, const struct doc *doc, struct text path)
{
	const struct html_options options = {
		.frame = build->frame.text, .css = build->frame_css.text, .theme = build->theme, .figure = write_figure, .context = build,
	};
	struct buf page;
	buf_init(&page, BUF_LIMIT_FILE);
	html_write(&page, doc, &options);
	bool good = output_write(build->output, path, buf_view(&page));
	buf_clear(&page);
	return good;
}

void make_html_body(void *context, const struct doc *doc, struct buf *out)
{
	struct build *build = context;
	const struct html_options options = { .theme = build->theme };
	html_write(out, doc, &options);
}
