/* SPDX-License-Identifier: MIT
 *
 * Share cards of the site: words to a page of marks to PNG.  The words come from scope public
 * (make_site.c), and the file tells them in letters, so that the leak scan reads what is drawn.
 */
#include "base/buf.h"
#include "build/build.h"
#include "layout/card.h"
#include "render/canvas.h"

static bool draw(struct build *build, const struct site_card *words, struct arena *arena, struct buf *png)
{
	const struct card card = { words->over, words->title, words->line, words->note, words->span };
	size_t before = diag_errors_told(build->run.diag);
	const struct pages *pages = card_set(arena, build->press.shaper, build->press.theme, &card);
	if (!pages) {
		DIAG(build->run.diag, DIAG_CARD_FULL, .span = words->span, .a = words->title);
		return false;
	}
	const struct picture_options options = { .dpi = CARD_DPI, .has_words = true };
	return make_picture(build, pages, &options, words->title, png) && diag_errors_told(build->run.diag) == before;
}

bool make_card(void *context, const struct site_card *words, struct buf *png)
{
	struct build *build = context;
	if (!press_open_shaper(build))
		return false;
	struct arena *arena = arena_new();
	bool is_good = draw(build, words, arena, png);
	arena_free(arena);
	return is_good;
}
