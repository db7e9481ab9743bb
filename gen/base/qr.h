/* SPDX-License-Identifier: MIT
 *
 * QR codes (ISO/IEC 18004) as a matrix of modules: made by qr.c, as libqrencode would make them (the tests hold one
 * against the other), and read by qr_decode.c, which shares nothing with it, so that what was drawn can be proved to
 * say what it should.
 *
 * In base/, since both layout (which draws them) and send (which reads them back) need it.
 */
#ifndef XINGJI_BASE_QR_H
#define XINGJI_BASE_QR_H

#include <stdbool.h>

#include "base/text.h"

struct arena;
struct buf;

enum {
	QR_SIDE_LEAST = 21, QR_SIDE_MOST = 177, /* modules: versions 1 to 40 */
	QR_QUIET = 4,                           /* modules of white that a code needs around it */
	QR_TEXT_MOST = 1024,                    /* bytes: more than is printed in a size that telephones read */
};

struct qr {
	size_t side;                  /* modules */
	const unsigned char *modules; /* side × side, by rows from the top; 1 is dark */
};

/* Medium level of correction (15 %).  In arena.  False when the text is empty, has a NUL or is too long. */
bool qr_encode(struct arena *arena, struct text text, struct qr *qr);
/*
 * Appends the code for an SVG: its side with the white around it, a blank, and a path of its dark modules
 * by rows, to be stroked one wide: "33 M4 4.5h7m1 0h2M4 5.5h1".  2 kB for an address.
 */
void qr_write_path(const struct qr *qr, struct buf *out);
/*
 * Appends what the modules say to out.  Nothing is corrected: false for one wrong module among
 * format, version or data (whose Reed–Solomon syndromes must all be zero), for a pattern that does
 * not stand where the standard has it, for another mode than numeric, alphanumeric and byte, and
 * for an impossible side.  Any bytes may be given as modules.
 */
bool qr_decode(const struct qr *qr, struct buf *out);

#endif
