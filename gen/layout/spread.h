/* SPDX-License-Identifier: MIT
 *
 * White on a page goes where it is least seen.
 *
 * What a page has over at its foot, because the next chunk does not fit, becomes whole lines of the
 * grid around its tables and figures, one each, and a little space between findings: pages end alike
 * and text stays on its grid.  Tables and figures then stand in the middle between the text above and
 * below; at a page's top or foot they take their line on the one side where there is text.  Pages
 * that end a part stay as they are, and nothing moves to another page.
 */
#ifndef XINGJI_LAYOUT_SPREAD_H
#define XINGJI_LAYOUT_SPREAD_H

#include "layout/paginate.h"

/* Moves what is placed down its page; `snaps`: text keeps to the page's grid.  Time: what is placed. */
void spread_pages(struct pagination *pagination, const struct flow *flow, bool snaps);

#endif
