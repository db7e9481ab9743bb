/* SPDX-License-Identifier: MIT
 *
 * A ZIP archive written into a buffer: files stored as they are, under one fixed date
 * (1980-01-01), so that the same contents give the same bytes.
 */
#ifndef XINGJI_BASE_ZIP_H
#define XINGJI_BASE_ZIP_H

#include "base/buf.h"

enum { ZIP_FILES_MOST = 16 };

struct zip {
	struct buf *buf; /* the archive so far; borrowed */
	struct zip_file {
		const char *name;
		uint32_t crc, size, offset;
	} files[ZIP_FILES_MOST];
	size_t count;
};

/* The archive begins at the buffer's start. */
void zip_init(struct zip *zip, struct buf *buf);
/* `name`: ASCII, '/' between folders, borrowed until zip_close.  At most ZIP_FILES_MOST files, together under 4 GB. */
void zip_add(struct zip *zip, const char *name, struct text bytes);
/* Writes the directory; then the buffer holds the archive.  Overflow is the buffer's. */
void zip_close(struct zip *zip);
/* CRC-32 as ZIP, PNG and gzip have it. */
uint32_t zip_crc(struct text bytes);

#endif
