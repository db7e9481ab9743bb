/* SPDX-License-Identifier: MIT
 *
 * A file read through its escapes, so that a value is found however it is written.
 *
 * A view is a copy of those stretches of the bytes where something was escaped, with as
 * much of what surrounds them as the longest hunted value may need.
 */
#ifndef XINGJI_PUBLISH_LEAK_VIEW_H
#define XINGJI_PUBLISH_LEAK_VIEW_H

#include "base/buf.h"
#include "base/list.h"

/* Ties the view to the file: from byte `at` on, the view shows what stands from byte `place` of the file on. */
struct leak_mark {
	size_t at, place;
};

struct leak_pieces;

struct leak_view {
	struct buf bytes;
	LIST(struct leak_mark) marks; /* by `at`, ascending */
	struct leak_pieces *known;    /* runs that it knows are left out, in view `number`; NULL: all are wanted */
	unsigned number;
};

void leak_view_init(struct leak_view *view);
void leak_view_clear(struct leak_view *view);

/*
 * Each replaces the view; false when there is nothing of the kind.  `margin`: bytes of the
 * surroundings to keep.
 *
 * escapes   &#20013; &#x4e2d; &amp; … , %E4%B8%AD, \u4e2d \x4e \/ \346 of JSON, scripts and PDF, \4e2d of
 *           style sheets, "" of CSV
 * markup    the text between the tags; tags within a line leave no gap, comments neither
 * base64    runs of its alphabet (RFC 4648, both kinds), decoded from each of four starts, each between zeros
 * hex       runs of hexadecimal digits, from both starts, in the same way
 */
bool leak_view_escapes(struct leak_view *view, struct text bytes, size_t margin);
bool leak_view_markup(struct leak_view *view, struct text bytes);
bool leak_view_base64(struct leak_view *view, struct text bytes);
bool leak_view_hex(struct leak_view *view, struct text bytes);
/* Where in the bytes the view's byte `offset` comes from. */
size_t leak_view_place(const struct leak_view *view, size_t offset);

#endif
