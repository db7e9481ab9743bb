/* SPDX-License-Identifier: MIT */
#include "base/zip.h"

#include <assert.h>
#include <string.h>

#include "base/deflate.h"

enum { VERSION = 20, METHOD_DEFLATED = 8, FIRST_DAY = 0x21 /* 1980-01-01 */ };

void zip_init(struct zip *zip, struct buf *buf)
{
	buf_reset(buf);
	*zip = (struct zip){ .buf = buf, .deflater = deflater_new() };
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
	add_number(buf, METHOD_DEFLATED, 2);
	add_number(buf, 0, 2); /* midnight */
	add_number(buf, FIRST_DAY, 2);
	add_number(buf, file->crc, 4);
	add_number(buf, file->packed, 4);
	add_number(buf, file->size, 4);
	add_number(buf, (uint32_t)strlen(file->name), 2);
	add_number(buf, 0, 2); /* no extra field */
}

void zip_add(struct zip *zip, const char *name, struct text bytes)
{
	assert(zip->count < ZIP_FILES_MOST && bytes.size < UINT32_MAX - zip->buf->size);
	struct zip_file *file = &zip->files[zip->count++];
	struct buf packed;
	buf_init(&packed, BUF_LIMIT_FILE);
	if (!deflater_add_raw(zip->deflater, DEFLATE_SMALL, bytes, &packed))
		zip->buf->overflowed = true;
	*file = (struct zip_file){ name, deflate_crc(bytes), (uint32_t)bytes.size, (uint32_t)packed.size, (uint32_t)zip->buf->size };
	buf_add(zip->buf, "PK\3\4", 4);
	add_common(zip->buf, file);
	buf_string(zip->buf, name);
	buf_text(zip->buf, buf_view(&packed));
	buf_clear(&packed);
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
	deflater_free(zip->deflater);
	zip->deflater = NULL;
}
