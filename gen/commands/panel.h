/* SPDX-License-Identifier: MIT
 *
 * What the parts of the preview have in common: the bar from which they are reached, the frame of its own pages, their
 * style sheets and the script that reloads.
 *
 *	/                  the site: 网站            /__pages/           its documents: 文书 (paper.h)
 *	/__problems/       what is wrong: 问题       /__problems/owners/ the same by who mends it
 *	/__state/          progress: 进展            /__state/agencies/  the same by agency
 *	/__theme.css       the theme's style sheet   /__preview.css      what these pages add
 *	/__reload.js       reloads on a new site     /__watch.js         reloads on a new reading
 *
 * What the scripts ask for ends in "&wait": it is answered when there is something to tell.
 *
 * The bar is put into pages as they are served and stands in no file.
 */
#ifndef XINGJI_COMMANDS_PANEL_H
#define XINGJI_COMMANDS_PANEL_H

#include "base/buf.h"
#include "commands/reading.h"

#define PANEL_PROBLEMS_ROOT "__problems"
#define PANEL_STATE_ROOT "__state"

enum panel_place { PANEL_SITE, PANEL_PAPER, PANEL_PROBLEMS, PANEL_STATE, PANEL_PLACES };

/* What the bar tells; all members set by the preview. */
struct panel {
	enum diag_language language;
	const struct reading *data, *site; /* of the data; what the last build of the site added */
	bool is_reading;
	bool has_site;                     /* there are pages to be shown */
	bool is_behind;                    /* they are not of what was read last, which does not allow any */
	bool is_proven;                    /* the whole site was built of the same inputs, searched and compared */
	bool has_failed;                   /* that, or making one of its pages, did not end well */
	unsigned site_number, number;      /* count generations of pages; readings and builds that have ended */
};

/* The pages that the preview makes itself, of what was read. */
struct panel_page {
	enum panel_place place;
	enum reading_part part;
	const char *path;
};
/* NULL: there is none at that path. */
const struct panel_page *panel_find(struct text path);

/* Appends the whole page; `body` of none until something was read: a page that waits. */
void panel_write_page(const struct panel *panel, const struct panel_page *page, struct buf *body);
/* For an address of the site while there is none, or of a document while the data are bad: why, and what is wrong. */
void panel_write_nothing(const struct panel *panel, enum panel_place place, struct buf *body);
/* For a page that its text, theme or data do not let be made. */
void panel_write_failure(const struct panel *panel, enum panel_place place, struct buf *body);
/* Appends bar and script, for the end of a page of the site or of a document. */
void panel_write_bar(const struct panel *panel, enum panel_place place, struct buf *body);

/*
 * Style sheets, scripts and what the scripts ask for; false for any other path.  `type` is a path by which
 * http_type knows what was appended.
 */
bool panel_answer(const struct panel *panel, struct text path, struct text query, struct text *type, struct buf *body);

#endif
