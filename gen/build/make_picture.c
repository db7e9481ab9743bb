/* SPDX-License-Identifier: MIT
 *
 * Pages as pictures: the results of the diagnoses for messages, and any page for the preview.
 *
 * A picture for a telephone shows the page without the white at its sides, so that its letters
 * are a fifth larger at the same width.  It tells no words beside what is drawn: who blacks
 * something out before passing it on shall not send it along unseen.
 */
#include "base/buf.h"
#include "build/build.h"
#include "layout/page.h"
#include "render/canvas.h"

#define PICTURE_WIDTH_PX 1080.0 /* of the common telephones */
#define MARGIN_PT 24.0          /* of white that stays around the type area */

bool make_picture(struct build *build, const struct pages *pages, const struct picture_options *options,
		  struct text name, struct buf *png)
{
	struct canvas *canvas = cairo_canvas_png(build->press.theme, options, png);
	bool is_good = canvas_paint(canvas, pages);
	if (!is_good)
		DIAG(build->run.diag, DIAG_PICTURE_FAILED, .a = name, .b = text_from(canvas_error(canvas)));
	canvas_free(canvas);
	return is_good;
}

static double without_margin(double pt)
{
	return pt > MARGIN_PT ? pt - MARGIN_PT : 0;
}

/* The type area with head, page number and a little white around; odd pages have their inner margin at the left. */
static struct picture_area area_of(const struct page_style *style, const struct page *page, size_t index)
{
	if (!style)
		return (struct picture_area){ 0, 0, page->width_pt, page->height_pt };
	bool is_odd = index % 2 == 0;
	double left = without_margin(is_odd ? style->inner_pt : style->outer_pt);
	double right = without_margin(is_odd ? style->outer_pt : style->inner_pt);
	double top = without_margin(style->head_pt), bottom = without_margin(style->foot_pt);
	return (struct picture_area){ left, top, page->width_pt - left - right, page->height_pt - top - bottom };
}

/* The pages that the document names by their headings, ascending; where it names none, the first. */
static size_t find_pages(const struct doc *doc, const struct pages *pages, size_t found[PICTURES_MOST])
{
	size_t count = 0;
	for (size_t i = 0; doc->picture.size && i < pages->outline_count && count < PICTURES_MOST; i++) {
		const struct outline_entry *entry = &pages->outline[i];
		if (text_contains(entry->title, doc->picture) && (count == 0 || found[count - 1] != entry->page))
			found[count++] = entry->page;
	}
	if (count == 0)
		found[count++] = 0;
	return count;
}

bool make_pictures(struct build *build, const struct doc *doc, const struct pages *pages, int32_t enterprise)
{
	const struct page_style *style = theme_page_style(build->press.theme, doc->page_style);
	size_t found[PICTURES_MOST], count = find_pages(doc, pages, found);
	bool is_good = true;
	struct buf png;
	buf_init(&png, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < count && is_good; i++) {
		struct text path = make_picture_path(build->scratch, build->run.model, enterprise, i + 1);
		struct picture_options options = { .page = found[i], .area = area_of(style, &pages->pages[found[i]], found[i]) };
		options.dpi = PICTURE_WIDTH_PX / options.area.width_pt * 72;
		buf_reset(&png);
		is_good = make_picture(build, pages, &options, path, &png) &&
			  output_write(build->edition.output, path, buf_view(&png));
	}
	buf_clear(&png);
	return is_good;
}
