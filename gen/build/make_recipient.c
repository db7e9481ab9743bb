/* SPDX-License-Identifier: MIT
 *
 * The page of a recipient mark as a PDF, to be laid over a finished document.
 */
#include "base/buf.h"
#include "build/build.h"
#include "layout/recipient.h"
#include "render/canvas.h"

bool make_recipient(struct build *build, struct text words, struct span span, struct buf *pdf)
{
	const struct recipient recipient = { .words = words, .span = span };
	const struct pages *pages = recipient_set(build->scratch, build->press.shaper, build->press.theme, &recipient);
	struct canvas *canvas = haru_canvas_new(build->press.theme, build->press.fonts, pdf);
	bool is_good = canvas_paint(canvas, pages);
	if (!is_good)
		DIAG(build->run.diag, DIAG_PDF_FAILED, .a = words, .b = text_from(canvas_error(canvas)));
	canvas_free(canvas);
	return is_good;
}
