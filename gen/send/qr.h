/* SPDX-License-Identifier: MIT
 *
 * What the QR code on our papers says, and reading it back from the finished page.
 *
 * "XJ1|<number>|<first 32 hexadecimal digits of the archive copy's SHA-256>|<batch>|<copy>": ASCII, and nothing of it tells a finding
 * or a name, so that whoever scans a lost sheet learns only whom to ask.
 */
#ifndef XINGJI_SEND_QR_H
#define XINGJI_SEND_QR_H

#include "base/qr.h"

struct buf;

struct qr_payload {
	struct text number; /* of the document, without '|' as the others */
	struct text sha256; /* of the archive copy, in hexadecimal digits; the first 32 are taken */
	struct text batch;
	struct text copy;   /* the copy's number (model/copy_number.h) */
};

/* In arena.  Asserts that no part has a '|' or other than printable ASCII. */
struct text qr_payload(struct arena *arena, const struct qr_payload *payload);
/*
 * The parts of a text that was read, borrowed from it.  False when it is none of ours.
 */
bool qr_payload_parse(struct text text, struct qr_payload *payload);

/*
 * Finds the codes in a page's content stream as our documents draw them: squares of one colour, a run of dark modules a path, all
 * within one marked content.  Each that can be read is appended to out as a line; returns how many things
 * looked like a code, *read how many of them could be read.
 */
size_t qr_read_content(struct text content, struct buf *out, size_t *read);

#endif
