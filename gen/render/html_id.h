/* SPDX-License-Identifier: MIT
 *
 * Ids as they stand in attributes of HTML.
 */
#ifndef XINGJI_RENDER_HTML_ID_H
#define XINGJI_RENDER_HTML_ID_H

#include "base/text.h"

struct buf;

/* Escaped, with hyphens for spaces, which HTML does not allow. */
void html_id_write(struct buf *out, struct text id);

#endif
