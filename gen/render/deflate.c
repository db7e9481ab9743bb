/* SPDX-License-Identifier: MIT */
#include "render/deflate.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"

struct deflater {
	z_stream streams[DEFLATE_EFFORTS];
	bool is_open[DEFLATE_EFFORTS];
};

static const struct {
	int level, strategy;
} efforts[DEFLATE_EFFORTS] = {
	[DEFLATE_FAST] = { 1, Z_DEFAULT_STRATEGY },
	[DEFLATE_SMALL] = { 6, Z_DEFAULT_STRATEGY },
};

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
	for (int i = 0; i < DEFLATE_EFFORTS; i++)
		if (deflater->is_open[i])
			deflateEnd(&deflater->streams[i]);
	free(deflater);
}

static z_stream *stream_for(struct deflater *deflater, enum deflate_effort effort)
{
	z_stream *stream = &deflater->streams[effort];
	if (deflater->is_open[effort])
		return deflateReset(stream) == Z_OK ? stream : NULL;
	int status = deflateInit2(stream, efforts[effort].level, Z_DEFLATED, MAX_WBITS, MAX_MEM_LEVEL, efforts[effort].strategy);
	deflater->is_open[effort] = status == Z_OK;
	return status == Z_OK ? stream : NULL;
}

bool deflater_add(struct deflater *deflater, enum deflate_effort effort, struct text bytes, struct buf *output)
{
	z_stream *stream = stream_for(deflater, effort);
	if (!stream || bytes.size > UINT32_MAX)
		return false;
	/* zlib's interface takes its input without const and does not write to it. */
	memcpy(&stream->next_in, &bytes.at, sizeof bytes.at);
	stream->avail_in = (uInt)bytes.size;
	int status = Z_OK;
	while (status == Z_OK) {
		unsigned char chunk[32768];
		stream->next_out = chunk;
		stream->avail_out = sizeof chunk;
		status = deflate(stream, Z_FINISH);
		buf_add(output, chunk, sizeof chunk - stream->avail_out);
	}
	return status == Z_STREAM_END && !output->overflowed;
}
