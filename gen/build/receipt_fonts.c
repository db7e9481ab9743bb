/* SPDX-License-Identifier: MIT
 *
 * The cut bases of the faces, from one run to the next (render/fonts.h): where few documents are made, cutting faces
 * is most of it.  They lie in out/.<year>.fonts.receipts, sealed with program and theme, of which the faces' tables
 * are a part (theme/theme.h); what a document gets of a face does not depend on its base.
 */
#include "base/arena.h"
#include "base/hash.h"
#include "build/build.h"
#include "build/receipt_inside.h"
#include "publish/store.h"
#include "render/fonts.h"
#include "theme/theme.h"

static struct text seal_of(const struct build *build)
{
	return text_format(build->receipts->arena, "fonts %s %s", build->receipts->program, build->press.theme->hash);
}

void receipts_take_fonts(struct build *build)
{
	struct receipts *receipts = build->receipts;
	struct text kept;
	if (!receipts || !receipts->fonts || !receipts->program[0] || receipts->has_looked_for_fonts ||
	    receipts->trust == TRUST_ALL)
		return;
	receipts->has_looked_for_fonts = true;
	if (store_read(receipts->arena, receipts->fonts, seal_of(build), &kept))
		(void)fonts_read_bases(build->press.fonts, kept);
}

/* Also those that had to grow, so that they need not the next time. */
void receipt_write_fonts(const struct build *build)
{
	const struct receipts *receipts = build->receipts;
	struct buf bases;
	if (!receipts->program[0] || !build->press.fonts || !fonts_were_cut(build->press.fonts))
		return;
	buf_init(&bases, BUF_LIMIT_FILE);
	if (fonts_write_bases(build->press.fonts, &bases))
		(void)store_write(receipts->arena, receipts->fonts, seal_of(build), buf_view(&bases));
	buf_clear(&bases);
}
