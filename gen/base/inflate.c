/* SPDX-License-Identifier: MIT */
#include "base/inflate.h"

#define ZLIB_CONST /* what is read is const */
#include <limits.h>
#include <zlib.h>

#include "base/buf.h"

/* zlib's own code for "raw", "zlib" and "gzip". */
static const int window_bits[] = { [INFLATE_RAW] = -MAX_WBITS, [INFLATE_ZLIB] = MAX_WBITS, [INFLATE_GZIP] = MAX_WBITS + 16 };

bool inflate_add(enum inflate_kind kind, struct text bytes, struct buf *out)
{
	z_stream stream = { 0 };
	unsigned char block[16384];
	int result = Z_OK;
	if (bytes.size > UINT_MAX || inflateInit2(&stream, window_bits[kind]) != Z_OK)
		return false;
	stream.next_in = (const unsigned char *)bytes.at;
	stream.avail_in = (unsigned)bytes.size;
	while (result == Z_OK && !out->overflowed) {
		stream.next_out = block;
		stream.avail_out = sizeof block;
		result = inflate(&stream, Z_NO_FLUSH);
		if (result == Z_OK || result == Z_STREAM_END)
			buf_add(out, block, sizeof block - stream.avail_out);
	}
	inflateEnd(&stream);
	return result == Z_STREAM_END && !out->overflowed;
}

/* ---- ZIP (PKWARE APPNOTE.TXT) --------------------------------------------------- */

enum { END_SIZE = 22, ENTRY_SIZE = 46, LOCAL_SIZE = 30, STORED = 0, DEFLATED = 8, ENCRYPTED = 1 };

static uint32_t number_at(struct text bytes, size_t offset, size_t size)
{
	uint32_t number = 0;
	for (size_t i = size; i-- > 0 && offset + size <= bytes.size;)
		number = number << 8 | (unsigned char)bytes.at[offset + i];
	return number;
}

bool inflate_is_zip(struct text bytes)
{
	return bytes.size >= 4 && memcmp(bytes.at, "PK\3\4", 4) == 0;
}

/* Where the central directory begins; bytes.size when there is none. */
static size_t find_directory(struct text zip)
{
	if (zip.size < END_SIZE)
		return zip.size;
	size_t last = zip.size - END_SIZE, first = last > 65535 ? last - 65535 : 0;
	for (size_t at = last + 1; at-- > first;)
		if (memcmp(zip.at + at, "PK\5\6", 4) == 0)
			return number_at(zip, at + 16, 4);
	return zip.size;
}

bool inflate_next_member(struct text zip, size_t *offset, struct inflate_member *member, bool *is_damaged)
{
	*is_damaged = true;
	size_t at = *offset ? *offset : find_directory(zip);
	struct text entry = text_slice(zip, at, zip.size);
	if (entry.size >= END_SIZE && memcmp(entry.at, "PK\5\6", 4) == 0)
		*is_damaged = (size_t)number_at(entry, 12, 4) + number_at(entry, 16, 4) != at; /* the directory ends where it says */
	if (entry.size < ENTRY_SIZE || memcmp(entry.at, "PK\1\2", 4) != 0)
		return false;
	uint32_t method = number_at(entry, 10, 2), size = number_at(entry, 20, 4), name = number_at(entry, 28, 2), local = number_at(entry, 42, 4);
	struct text head = text_slice(zip, local, zip.size);
	if (head.size < LOCAL_SIZE || memcmp(head.at, "PK\3\4", 4) != 0 || (method != STORED && method != DEFLATED) || number_at(entry, 8, 2) & ENCRYPTED)
		return false;
	size_t start = LOCAL_SIZE + number_at(head, 26, 2) + number_at(head, 28, 2);
	*member = (struct inflate_member){
		.name = text_slice(entry, ENTRY_SIZE, name), .bytes = text_slice(head, start, size), .is_deflated = method == DEFLATED,
		.time = number_at(entry, 14, 2) << 16 | number_at(entry, 12, 2), .crc = number_at(entry, 16, 4),
	};
	if (member->bytes.size != size)
		return false;
	*offset = at + ENTRY_SIZE + name + number_at(entry, 30, 2) + number_at(entry, 32, 2);
	*is_damaged = false;
	return true;
}

bool inflate_member_add(const struct inflate_member *member, struct buf *out)
{
	if (member->is_deflated)
		return inflate_add(INFLATE_RAW, member->bytes, out);
	buf_text(out, member->bytes);
	return !out->overflowed;
}
