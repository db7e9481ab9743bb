/* SPDX-License-Identifier: MIT
 *
 * The ICC profile of sRGB, for documents that must say what their colours mean.
 */
#ifndef XINGJI_RENDER_SRGB_H
#define XINGJI_RENDER_SRGB_H

struct buf;

/*
 * Appends an ICC version 2 display profile: the primaries and the curve of IEC
 * 61966-2-1 (1,024 points), white adapted to D50.  Always the same bytes.
 */
void srgb_write_profile(struct buf *output);

#endif
