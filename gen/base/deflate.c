/* SPDX-License-Identifier: MIT */
#include "base/deflate.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/deflate_match.h"

struct deflater {
	struct libdeflate_compressor *compressor; /* of DEFLATE_SMALL; NULL until it is needed */
	unsigned char *room;                      /* for one stream, before its size is known */
	size_t size;
	struct deflate_matcher matcher;
	struct deflate_bits bits;
};

/* 5 makes what 6 makes within 0.2 %; below 5 text grows by 3 % (`make bench`, size of a diagnosis). */
enum { LEVEL = 5 };

struct deflater *deflater_new(void)
{
	struct deflater *deflater = memory_resize(NULL, sizeof *deflater);
	*deflater = (struct deflater){ 0 };
	return deflater;
}

void deflater_free(struct deflater *deflater)
{
	if (!deflater)
		return;
	libdeflate_free_compressor(deflater->compressor);
	deflate_matcher_clear(&deflater->matcher);
	free(deflater->bits.at);
	free(deflater->room);
	free(deflater);
}

/* ---- small ---------------------------------------------------------------- */

static bool add_small(struct deflater *deflater, struct text bytes, struct buf *output)
{
	if (!deflater->compressor)
		deflater->compressor = libdeflate_alloc_compressor(LEVEL);
	if (!deflater->compressor)
		return false;
	size_t most = libdeflate_deflate_compress_bound(deflater->compressor, bytes.size);
	if (most > deflater->size) {
		deflater->room = memory_resize(deflater->room, most);
		deflater->size = most;
	}
	const char *at = bytes.size ? bytes.at : "";
	size_t size = libdeflate_deflate_compress(deflater->compressor, at, bytes.size, deflater->room, deflater->size);
	buf_add(output, deflater->room, size);
	return size > 0 && !output->overflowed;
}

/* ---- fast ----------------------------------------------------------------- */

/* What the matcher found, as a block that ends at step `turn` and one that begins there. */
static bool add_found(struct deflater *deflater, struct text bytes, size_t turn, struct buf *output)
{
	const struct deflate_matcher *matcher = &deflater->matcher;
	const unsigned char *at = (const unsigned char *)bytes.at;
	struct deflate_block block = { .bytes = at, .steps = matcher->steps, .step_count = turn };
	deflater->bits.size = 0;
	for (size_t i = 0; i < turn; i++)
		block.size += matcher->steps[i].literals + matcher->steps[i].length;
	if (turn)
		deflate_block_write(&deflater->bits, &block);
	block = (struct deflate_block){ .bytes = at + block.size, .size = bytes.size - block.size, .steps = matcher->steps + turn,
					.step_count = matcher->step_count - turn, .is_last = true };
	deflate_block_write(&deflater->bits, &block);
	deflate_bits_end(&deflater->bits);
	buf_add(output, deflater->bits.at, deflater->bits.size);
	return !output->overflowed;
}

static bool add_fast(struct deflater *deflater, struct text bytes, size_t turn, struct buf *output)
{
	if (bytes.size >= DEFLATE_MATCH_MOST)
		return add_small(deflater, bytes, output);
	return add_found(deflater, bytes, deflate_match(&deflater->matcher, bytes, turn), output);
}

/* ---- frames --------------------------------------------------------------- */

bool deflater_add_raw(struct deflater *deflater, enum deflate_effort effort, struct text bytes, struct buf *output)
{
	return effort == DEFLATE_FAST ? add_fast(deflater, bytes, 0, output) : add_small(deflater, bytes, output);
}

/* RFC 1950: deflate with 32 KiB, no dictionary; then the check. */
static void begin_zlib(struct buf *output)
{
	buf_add(output, "\x78\x9C", 2);
}

static bool end_zlib(struct text bytes, struct buf *output)
{
	uint32_t check = libdeflate_adler32(1, bytes.size ? bytes.at : "", bytes.size);
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_byte(output, (char)(check >> shift & 0xFF));
	return !output->overflowed;
}

bool deflater_add(struct deflater *deflater, enum deflate_effort effort, struct text bytes, struct buf *output)
{
	begin_zlib(output);
	return deflater_add_raw(deflater, effort, bytes, output) && end_zlib(bytes, output);
}

bool deflater_add_turning(struct deflater *deflater, struct text bytes, size_t turn, struct buf *output)
{
	begin_zlib(output);
	return add_fast(deflater, bytes, turn, output) && end_zlib(bytes, output);
}

bool deflater_add_marked(struct deflater *deflater, struct text bytes, const struct deflate_marks *marks,
			 struct buf *output)
{
	if (bytes.size >= DEFLATE_MATCH_MOST)
		return deflater_add(deflater, DEFLATE_SMALL, bytes, output);
	deflate_match_marked(&deflater->matcher, bytes, marks);
	begin_zlib(output);
	return add_found(deflater, bytes, 0, output) && end_zlib(bytes, output);
}

uint32_t deflate_crc(struct text bytes)
{
	return libdeflate_crc32(0, bytes.size ? bytes.at : "", bytes.size);
}
