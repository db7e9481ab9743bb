/* SPDX-License-Identifier: MIT
 *
 * Documents as HTML: the report in one file, and the texts of the site.
 */
#include "base/buf.h"
#include "build/build.h"
#include "chart/plot.h"
#include "render/canvas.h"
#include "render/html.h"
#include "setting/quote_doc.h"
#include "theme/theme.h"

/* Charts on the web: as wide as the text column of document.css, no taller than a small screen. */
#define FIGURE_WIDTH_PT 480.0
#define FIGURE_MOST_PT 420.0
#define PX_PER_PT (96.0 / 72.0)

/* RFC 4648. */
static void write_base64(struct buf *out, struct text bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.size; i += 3) {
		size_t count = bytes.size - i < 3 ? bytes.size - i : 3;
		uint32_t three = 0;
		for (size_t j = 0; j < 3; j++)
			three = three << 8 | (j < count ? (unsigned char)bytes.at[i + j] : 0);
		for (size_t j = 0; j < 4; j++)
			buf_byte(out, j <= count ? digits[three >> (18 - 6 * j) & 63] : '=');
	}
}

/*
 * As an image within the file: word processors (WPS, LibreOffice) open the page too, and
 * of SVG elements they would show nothing but the loose words.
 */
static void write_image(struct buf *out, struct text svg, const struct node *node, const struct svg_options *options)
{
	buf_format(out, "<img width=\"%.0f\" height=\"%.0f\" alt=\"", options->width_pt * PX_PER_PT, options->height_pt * PX_PER_PT);
	buf_html(out, node->chart->alternative.size ? node->chart->alternative : options->title);
	buf_string(out, "\" src=\"data:image/svg+xml;base64,");
	write_base64(out, svg);
	buf_string(out, "\">");
}

static void write_figure(void *context, const struct node *node, struct buf *out)
{
	struct build *build = context;
	const struct page_style *style = theme_page_style(build->press.theme, TEXT("report"));
	const struct plot_options options = {
		.theme = build->press.theme, .label = &style->styles[STYLE_CHART_LABEL], .value = &style->styles[STYLE_CHART_VALUE],
		.width_pt = FIGURE_WIDTH_PT, .most_height_pt = FIGURE_MOST_PT, .span = node->span,
	};
	struct plot plot = plot_chart(build->scratch, build->press.shaper, node->chart, &options);
	const struct svg_options svg = {
		.theme = build->press.theme, .id = node->id, .alternative = node->chart->alternative,
		.title = text_format(build->scratch, "%.*s %.*s", TEXT_ARGS(node->number), TEXT_ARGS(node->title)),
		.width_pt = plot.width_pt, .height_pt = plot.height_pt,
	};
	struct buf image;
	buf_init(&image, BUF_LIMIT_FILE);
	svg_write_figure(&image, plot.ops, plot.op_count, &svg);
	write_image(out, text_trim(buf_view(&image)), node, &svg);
	buf_clear(&image);
}

bool make_html(struct build *build, const struct doc *doc, struct text path)
{
	const struct html_options options = {
		.frame = build->press.frame.text, .css = build->press.frame_css.text, .theme = build->press.theme, .figure = write_figure, .context = build,
	};
	struct buf page;
	buf_init(&page, BUF_LIMIT_FILE);
	quotes_curl_doc(build->scratch, doc);
	html_write(&page, doc, &options);
	bool good = output_write(build->edition.output, path, buf_view(&page));
	buf_clear(&page);
	return good;
}

void make_html_body(void *context, const struct doc *doc, struct buf *out)
{
	struct build *build = context;
	const struct html_options options = { .theme = build->press.theme };
	quotes_curl_doc(build->scratch, doc);
	html_write(out, doc, &options);
}
