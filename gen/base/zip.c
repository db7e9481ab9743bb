/* SPDX-License-Identifier: MIT */
#include "base/zip.h"

#include <assert.h>
#include <string.h>

enum { VERSION = 20, FIRST_DAY = 0x21 /* 1980-01-01 */ };

void zip_init(struct zip *zip, struct buf *buf)
{
	buf_reset(buf);
	*zip = (struct zip){ .buf = buf };
}

/* Four bits at a time: what we write is small. */
uint32_t zip_crc(struct text bytes)
{
	static const uint32_t table[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
		0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	uint32_t crc = 0xffffffff;
	for (size_t i = 0; i < bytes.size; i++) {
		crc ^= (unsigned char)bytes.at[i];
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return ~crc;
}

static void add_number(struct buf *buf, uint32_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_byte(buf, (char)(value >> 8 * i & 0xff));
}

/* What the local header and the directory say alike. */
static void add_common(struct buf *buf, const struct zip_file *file)
{
	add_number(buf, VERSION, 2);
	add_number(buf, 0, 2); /* flags */
	add_number(buf, 0, 2); /* stored */
	add_number(buf, 0, 2); /* midnight */
	add_number(buf, FIRST_DAY, 2);
	add_number(buf, file->crc, 4);
	add_number(buf, file->size, 4);
	add_number(buf, file->size, 4);
	add_number(buf, (uint32_t)strlen(file->name), 2);
	add_number(buf, 0, 2); /* no extra field */
}

void zip_add(struct zip *zip, const char *name, struct text bytes)
{
	assert(zip->count < ZIP_FILES_MOST && bytes.size < UINT32_MAX - zip->buf->size);
	struct zip_file *file = &zip->files[zip->count++];
	*file = (struct zip_file){ name, zip_crc(bytes), (uint32_t)bytes.size, (uint32_t)zip->buf->size };
	buf_add(zip->buf, "PK\3\4", 4);
	add_common(zip->buf, file);
	buf_string(zip->buf, name);
	buf_text(zip->buf, bytes);
}

void zip_close(struct zip *zip)
{
	struct buf *buf = zip->buf;
	uint32_t start = (uint32_t)buf->size;
	for (size_t i = 0; i < zip->count; i++) {
		buf_add(buf, "PK\1\2", 4);
		add_number(buf, VERSION, 2);
		add_common(buf, &zip->files[i]);
		add_number(buf, 0, 2); /* comment */
		add_number(buf, 0, 2); /* disk */
		add_number(buf, 0, 2); /* attributes */
		add_number(buf, 0, 4);
		add_number(buf, zip->files[i].offset, 4);
		buf_string(buf, zip->files[i].name);
	}
	uint32_t end = (uint32_t)buf->size;
	buf_add(buf, "PK\5\6", 4);
	add_number(buf, 0, 4);
	add_number(buf, (uint32_t)zip->count, 2);
	add_number(buf, (uint32_t)zip->count, 2);
	add_number(buf, end - start, 4);
	add_number(buf, start, 4);
	add_number(buf, 0, 2);
}
