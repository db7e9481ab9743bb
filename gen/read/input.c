/* SPDX-License-Identifier: MIT */
#include "read/input.h"

#include <errno.h>

#include "base/arena.h"
#include "base/file.h"
#include "read/encoding.h"

/* Small files are copied and let go: nothing breaks when somebody edits them while we run. */
#define COPIED_UP_TO ((size_t)4 << 20)

bool input_exists(const char *path)
{
	return file_exists(path);
}

uint32_t input_add(const struct reader *reader, const char *name, struct text text)
{
	return sources_add(reader->sources, text_from(name), text, "UTF-8");
}

struct span input_absent(const struct reader *reader, const char *path)
{
	return (struct span){ .source = input_add(reader, path, TEXT("")) };
}

static bool map_file(const struct reader *reader, const char *path, struct text *bytes)
{
	struct file_bytes mapped;
	int error = file_map(path, INPUT_LIMIT, &mapped);
	if (error == EFBIG)
		DIAG(reader->diag, DIAG_FILE_TOO_LARGE, .span = input_absent(reader, path), .n = INPUT_LIMIT >> 30);
	else if (error)
		DIAG(reader->diag, DIAG_FILE_UNREADABLE, .span = input_absent(reader, path), .a = text_from(path),
		     .b = text_from(strerror(error)));
	if (error)
		return false;
	*bytes = mapped.text;
	if (mapped.is_mapped && mapped.text.size <= COPIED_UP_TO) {
		*bytes = text_copy(reader->arena, mapped.text);
		file_release(&mapped);
	}
	return true;
}

/* The undecoded bytes are registered so that at least the line of the bad byte can be told. */
static uint32_t refuse(const struct reader *reader, const char *path, struct text bytes, const struct encoding_result *result)
{
	if (result->outcome == ENCODING_UNSUPPORTED) {
		DIAG(reader->diag, DIAG_ENCODING_UNKNOWN, .span = input_absent(reader, path), .a = text_from(result->name));
		return 0;
	}
	uint32_t number = sources_add(reader->sources, text_from(path), bytes, result->name);
	struct span span = { number, (uint32_t)result->offset, (uint32_t)result->offset };
	struct text byte = text_format(reader->arena, "0x%02X", (unsigned)(unsigned char)bytes.at[result->offset]);
	DIAG(reader->diag, result->outcome == ENCODING_BINARY ? DIAG_FILE_BINARY : DIAG_ENCODING_WRONG, .span = span,
	     .a = text_from(result->name), .b = byte, .n = (int64_t)result->offset, .offending = byte);
	return 0;
}

static const char *wanted_encoding(const struct reader *reader, struct text bytes, enum input_kind kind)
{
	if (kind == INPUT_CSV)
		return reader->encoding;
	struct text declared = encoding_of_xml(bytes);
	return declared.size ? text_string(reader->arena, declared) : "UTF-8";
}

uint32_t input_open(const struct reader *reader, const char *path, enum input_kind kind)
{
	struct text bytes;
	if (!map_file(reader, path, &bytes))
		return 0;
	const char *wanted = wanted_encoding(reader, bytes, kind);
	struct encoding_result result = encoding_decode(reader->arena, bytes, wanted);
	if (result.outcome != ENCODING_GOOD)
		return refuse(reader, path, bytes, &result);
	uint32_t number = sources_add(reader->sources, text_from(path), result.text, result.name);
	if (!text_starts(text_from(result.name), "UTF-8"))
		DIAG(reader->diag, DIAG_ENCODING_CHOSEN, .span = { .source = number }, .a = text_from(result.name));
	return number;
}
