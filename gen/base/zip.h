/* SPDX-License-Identifier: MIT
 *
 * A ZIP archive written into a buffer: files deflated, under one fixed date
 * (1980-01-01), so that the same contents give the same bytes.
 */
#ifndef XINGJI_BASE_ZIP_H
#define XINGJI_BASE_ZIP_H

#include "base/buf.h"

enum { ZIP_FILES_MOST = 64 };

struct deflater;

struct zip {
	struct buf *buf; /* the archive so far; borrowed */
	struct deflater *deflater; /* from zip_init to zip_close */
	struct zip_file {
		const char *name;
		uint32_t crc, size, packed, offset;
	} files[ZIP_FILES_MOST];
	size_t count;
};

/* The archive begins at the buffer's start; zip_close must follow. */
void zip_init(struct zip *zip, struct buf *buf);
/* `name`: ASCII, '/' between folders, borrowed until zip_close.  At most ZIP_FILES_MOST files, together under 4 GB. */
void zip_add(struct zip *zip, const char *name, struct text bytes);
/* Writes the directory and gives back what zip_init took; then the buffer holds the archive.  Overflow is the buffer's. */
void zip_close(struct zip *zip);

#endif
