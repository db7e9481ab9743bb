/* SPDX-License-Identifier: MIT
 *
 * Records as HTML: one article each, its fields a list of terms.
 */
#ifndef XINGJI_RENDER_HTML_RECORDS_H
#define XINGJI_RENDER_HTML_RECORDS_H

#include "doc/doc.h"

struct buf;

/* NODE_RECORDS's table; empty fields are left out. */
void html_records_write(struct buf *out, const struct table *table);

#endif
