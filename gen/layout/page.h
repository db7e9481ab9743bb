/* SPDX-License-Identifier: MIT
 *
 * What layout hands to render: pages of placed draw ops (setting/draw_op.h), and the logical structure.
 *
 * Coordinates are points from the page's top left corner, y down.  Draw ops
 * are painted in order; one tag may have some on several pages.  Plain data in an arena,
 * const once made.
 */
#ifndef XINGJI_LAYOUT_PAGE_H
#define XINGJI_LAYOUT_PAGE_H

#include "base/text.h"
#include "setting/draw_op.h"

struct page {
	double width_pt, height_pt;
	const struct draw_op *ops;
	size_t op_count;
	struct text label; /* as printed: "1", "ii" */
};

struct outline_entry {
	struct text title;
	int level;     /* 1 … */
	uint32_t page; /* 0-based */
	double y;
};

struct anchor {
	struct text id;
	uint32_t page; /* 0-based */
	double y;
};

struct attachment;

struct pages {
	const struct page *pages;
	size_t count;
	const struct tag *tags; /* parents stand before children; children in reading order */
	size_t tag_count;
	const struct outline_entry *outline;
	size_t outline_count;
	const struct anchor *anchors;
	size_t anchor_count;
	struct text title, author, subject, language, date; /* metadata; date ISO */
	const struct attachment *attachments; /* doc/doc.h */
	size_t attachment_count;
};

#endif
