/* SPDX-License-Identifier: MIT
 *
 * 版头 and 版记 of an official document (GB/T 9704-2012, 7.2 and 7.4), when the
 * document's header names them: `issuer`, `issue-number`; `copies-to`, `printer`, `printed`.
 *
 *   版头   发文机关标志 red, its top 35 mm below the type area's; two lines further 发文字号;
 *          4 mm below it a red rule as wide as the type area; two lines further the title
 *   版记   at the foot of the last page: rules of 0.35 mm outside and 0.25 mm inside, 抄送 and
 *          印发机关和印发日期 in 4 号 one character in; the last rule lies on the type area's foot
 */
#ifndef XINGJI_LAYOUT_LETTERHEAD_H
#define XINGJI_LAYOUT_LETTERHEAD_H

#include "layout/flow.h"

/* Whether there is anything to set; a page style that is not official is reported and has none. */
bool letterhead_is_wanted(const struct flow *flow);
/* 版头 with the title below; what stands at the document's start when it has no cover, or in the cover's place. */
void letterhead_set(struct flow *flow, struct text title);
/* 版记, at the document's end. */
void letterhead_set_imprint(struct flow *flow);

#endif
