/* SPDX-License-Identifier: MIT */
#include "read/input.h"

#include <errno.h>

#include "base/arena.h"
#include "base/beneath.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/moment.h"
#include "read/encoding.h"

bool input_exists(const char *path)
{
	return file_exists(path);
}

const char *input_table(struct arena *arena, const char *folder, const char *file, const char **also)
{
	struct text stem = text_slice(text_from(file), 0, text_find(text_from(file), TEXT(".csv")));
	const char *text = file_join(arena, folder, text_from(file));
	const char *workbook = file_join(arena, folder, text_format(arena, "%.*s.xlsx", TEXT_ARGS(stem)));
	bool has_text = file_exists(text), has_workbook = file_exists(workbook);
	if (also)
		*also = has_text && has_workbook ? workbook : NULL;
	if (has_text)
		return text;
	return has_workbook ? workbook : NULL;
}

bool input_has_table(struct arena *arena, const char *folder, const char *file)
{
	return input_table(arena, folder, file, NULL) != NULL;
}

uint32_t input_add(const struct reader *reader, const char *name, struct text text)
{
	return sources_add(reader->sources, text_from(name), text, "UTF-8");
}

struct span input_absent(const struct reader *reader, const char *path)
{
	return (struct span){ .source = input_add(reader, path, TEXT("")) };
}

/* "data/2021" of "data/2021/results/x.csv": the part of reader->beneath in which a file lies; NULL when it lies in none. */
static const char *part_of(const struct reader *reader, const char *path)
{
	size_t size = strlen(reader->beneath);
	while (path[size] == '/')
		size++;
	const char *slash = strchr(path + size, '/');
	return slash ? text_string(reader->arena, (struct text){ path, (size_t)(slash - path) }) : NULL;
}

/* 0 or an errno; *folder is what no link may leave. */
static int find_real(const struct reader *reader, const char *path, struct beneath *found, const char **folder)
{
	*found = (struct beneath){ .real = path };
	*folder = reader->beneath;
	int error = *folder ? beneath_find(reader->arena, *folder, path, found) : 0;
	const char *part = error == EXDEV && reader->has_parts ? part_of(reader, path) : NULL;
	if (!part)
		return error;
	*folder = part;
	return beneath_find(reader->arena, part, path, found);
}

const char *input_real(const struct reader *reader, const char *path)
{
	struct beneath found;
	const char *folder;
	return find_real(reader, path, &found, &folder) ? NULL : text_string(reader->arena, text_from(found.real));
}

/* The path without links in *real; false after reporting one that leaves. */
static bool follow(const struct reader *reader, const char *path, const char **real, int *error)
{
	struct beneath found;
	const char *folder;
	*error = find_real(reader, path, &found, &folder);
	*real = found.real;
	if (*error == EXDEV)
		DIAG(reader->diag, DIAG_FILE_LINK_LEAVES, .span = input_absent(reader, found.link), .a = text_from(found.link),
		     .b = text_from(found.target), .c = text_from(folder));
	return *error != EXDEV;
}

static void report_unread(const struct reader *reader, const char *path, int error)
{
	struct span span = input_absent(reader, path);
	if (error == EFBIG && reader->largest)
		DIAG(reader->diag, DIAG_FILE_TEXT_TOO_LARGE, .span = span, .n = (int64_t)(reader->largest >> 20));
	else if (error == EFBIG)
		DIAG(reader->diag, DIAG_FILE_TOO_LARGE, .span = span, .n = INPUT_LIMIT >> 30);
	else if (error == EISDIR)
		DIAG(reader->diag, DIAG_FILE_FOLDER, .span = span);
	else if (error == EAGAIN)
		DIAG(reader->diag, DIAG_FILE_CHANGED, .span = span, .a = text_from(path));
	else
		DIAG(reader->diag, DIAG_FILE_UNREADABLE, .span = span, .a = text_from(path), .b = file_reason(error));
}

/* A file that is being saved is read once more: mostly that was all. */
static int read_real(const struct reader *reader, const char *real, struct arena *arena, struct file_bytes *bytes)
{
	int error = EAGAIN;
	for (int tries = 0; tries < 2 && error == EAGAIN; tries++)
		error = file_read(real, reader->largest ? reader->largest : INPUT_LIMIT, arena, bytes);
	return error;
}

bool input_read(const struct reader *reader, const char *path, struct file_bytes *bytes)
{
	const char *real;
	int error;
	if (!follow(reader, path, &real, &error))
		return false;
	if (!error || error == EAGAIN)
		error = read_real(reader, real, reader->arena, bytes);
	if (error)
		report_unread(reader, path, error);
	return error == 0;
}

static bool is_inside(struct text part, struct text whole)
{
	return whole.at && part.at >= whole.at && part.at <= whole.at + whole.size;
}

/* The text that was made of a file's bytes; what of them it does not need is given back. */
static uint32_t add_file(const struct reader *reader, const char *path, struct file_bytes *bytes,
			 const struct encoding_result *result)
{
	char hash[65];
	struct text text = result->text;
	bool is_whole = text.size == bytes->text.size && text.at == bytes->text.at;
	bool is_marked = text_starts(bytes->text, "\xEF\xBB\xBF") && text.at == bytes->text.at + 3 &&
			 text.size == bytes->text.size - 3;
	if (!is_whole && !is_marked)
		hash_of(bytes->text, hash);
	if (!is_inside(text, bytes->text))
		file_release(bytes);
	uint32_t number = sources_add(reader->sources, text_from(path), text, result->name);
	if (is_marked)
		sources_set_marked(reader->sources, number);
	else
		sources_set_hash(reader->sources, number, is_whole ? NULL : hash);
	return number;
}

/* What a file that is no text is in truth, by its first bytes. */
static enum diag_kind binary_kind(struct text bytes)
{
	if (text_starts(bytes, "PK\x03\x04"))
		return DIAG_FILE_WORKBOOK;
	return text_starts(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") ? DIAG_FILE_OLD_WORKBOOK : DIAG_FILE_BINARY;
}

/* The undecoded bytes are registered so that at least the line of the bad byte can be told. */
static uint32_t refuse(const struct reader *reader, const char *path, enum input_kind kind, struct text bytes, const struct encoding_result *result)
{
	if (result->outcome == ENCODING_UNSUPPORTED) {
		DIAG(reader->diag, DIAG_ENCODING_UNKNOWN, .span = input_absent(reader, path), .a = text_from(result->name));
		return 0;
	}
	uint32_t number = sources_add(reader->sources, text_from(path), bytes, result->name);
	struct span span = { number, (uint32_t)result->offset, (uint32_t)result->offset };
	struct text byte = text_format(reader->arena, "0x%02X", (unsigned)(unsigned char)bytes.at[result->offset]);
	if (result->outcome == ENCODING_MIXED) {
		DIAG(reader->diag, DIAG_ENCODING_MIXED, .span = span, .n = place_of(reader->sources, span).line);
		return 0;
	}
	bool is_against_mark = result->outcome == ENCODING_BAD && kind == INPUT_XML && text_starts(bytes, "\xEF\xBB\xBF");
	enum diag_kind fault = is_against_mark ? DIAG_ENCODING_MARK : DIAG_ENCODING_WRONG;
	DIAG(reader->diag, result->outcome == ENCODING_BINARY ? binary_kind(bytes) : fault, .span = span,
	     .a = text_from(result->name), .b = byte, .n = (int64_t)result->offset, .offending = byte);
	return 0;
}

bool input_encoding_next(struct text *rest, struct text *file, struct text *encoding)
{
	struct text part;
	if (!rest->size || !text_next(rest, ',', &part))
		return false;
	size_t equals = part.size;
	while (equals && part.at[equals - 1] != '=')
		equals--;
	*file = equals ? text_trim(text_slice(part, 0, equals - 1)) : NO_TEXT;
	*encoding = text_trim(text_slice(part, equals, part.size));
	return true;
}

static bool lies_in(const char *folder, const char *path, struct text name)
{
	size_t size = folder ? strlen(folder) : 0;
	while (size && folder[size - 1] == '/')
		size--;
	if (!size || strncmp(path, folder, size) != 0 || path[size] != '/')
		return false;
	while (path[size] == '/')
		size++;
	return text_is(name, path + size);
}

/* What was asked for this file, else for all of them; NULL: nothing. */
static const char *asked_encoding(const struct reader *reader, const char *path, bool is_csv)
{
	struct text rest = text_from(reader->encoding), file, encoding, found = NO_TEXT;
	bool is_own = false;
	while (input_encoding_next(&rest, &file, &encoding)) {
		bool is_this = lies_in(reader->folder, path, file) || lies_in(reader->beneath, path, file);
		if (!is_this && (file.size || is_own || !is_csv))
			continue;
		found = encoding;
		is_own |= is_this;
	}
	return found.at ? text_string(reader->arena, found) : NULL;
}

static const char *wanted_encoding(const struct reader *reader, const char *path, struct text bytes,
				   enum input_kind kind)
{
	const char *asked = reader->encoding ? asked_encoding(reader, path, kind == INPUT_CSV) : NULL;
	if (asked || kind == INPUT_CSV)
		return asked;
	struct text declared = encoding_of_xml(bytes);
	return declared.size ? text_string(reader->arena, declared) : "UTF-8";
}

/* Decoded copies lie in the arena; those of a passing file in pages of their own, which *bytes then are. */
static struct encoding_result decode_bytes(struct arena *arena, const struct file_bytes *bytes, const char *wanted,
					   bool is_passing)
{
	struct arena *copies = is_passing ? arena_new() : arena;
	struct encoding_result result = encoding_decode(copies, bytes->text, wanted);
	if (is_passing && result.outcome == ENCODING_GOOD && !is_inside(result.text, bytes->text)) {
		char *pages = result.text.size ? memory_pages(result.text.size) : NULL;
		if (pages)
			memcpy(pages, result.text.at, result.text.size);
		result.text = pages ? (struct text){ pages, result.text.size } : TEXT("");
	}
	if (is_passing)
		arena_free(copies);
	return result;
}

static uint32_t decode(const struct reader *reader, const char *path, struct file_bytes *bytes, enum input_kind kind,
		       bool is_passing)
{
	if (kind == INPUT_LINES)
		return add_file(reader, path, bytes, &(struct encoding_result){ .text = bytes->text, .name = "UTF-8" });
	const char *wanted = wanted_encoding(reader, path, bytes->text, kind);
	struct encoding_result result = decode_bytes(reader->arena, bytes, wanted, is_passing);
	if (result.outcome != ENCODING_GOOD)
		return refuse(reader, path, kind, bytes->text, &result);
	uint32_t number = add_file(reader, path, bytes, &result);
	if (!text_starts(text_from(result.name), "UTF-8"))
		DIAG(reader->diag, DIAG_ENCODING_CHOSEN, .span = { .source = number }, .a = text_from(result.name));
	return number;
}

uint32_t input_open(const struct reader *reader, const char *path, enum input_kind kind)
{
	struct file_bytes bytes;
	return input_read(reader, path, &bytes) ? decode(reader, path, &bytes, kind, false) : 0;
}

/* ---- files that are passed through ------------------------------------------------ */

/* A file whose text was let go, or can be. */
struct passing {
	struct reader reader;
	const char *real, *wanted; /* its path without links, and what to decode it from; NULL: what it looks like */
	const char *path;          /* of one that was passed over, whose bytes will say what to decode it from; or NULL */
	enum input_kind kind;
	struct moment moment;      /* when it was read first */
	struct file_bytes bytes;   /* what the text lies in */
};

/* Of a text that was decoded the bytes are gone, and it has pages of its own. */
static void own_text(struct passing *passing, struct text text)
{
	if (!is_inside(text, passing->bytes.text))
		passing->bytes = (struct file_bytes){ text, text.size > 0 };
}

static void release_passing(void *context)
{
	struct passing *passing = context;
	file_release(&passing->bytes);
}

static bool read_again(void *context, struct text *text)
{
	struct passing *passing = context;
	struct moment before, after;
	if (moment_of(passing->real, &before) || !moment_equal(&before, &passing->moment))
		return false;
	if (read_real(&passing->reader, passing->real, NULL, &passing->bytes))
		return false;
	if (passing->path)
		passing->wanted = wanted_encoding(&passing->reader, passing->path, passing->bytes.text, passing->kind);
	struct encoding_result result = decode_bytes(NULL, &passing->bytes, passing->wanted, true);
	if (result.outcome == ENCODING_GOOD && !is_inside(result.text, passing->bytes.text))
		file_release(&passing->bytes);
	own_text(passing, result.text);
	*text = result.text;
	bool is_same = !moment_of(passing->real, &after) && moment_equal(&after, &passing->moment);
	if (result.outcome == ENCODING_GOOD && is_same)
		return true;
	*text = NO_TEXT;
	release_passing(passing);
	return false;
}

uint32_t input_open_passing(const struct reader *reader, const char *path, enum input_kind kind)
{
	if (arena_is_whole(reader->arena))
		return input_open(reader, path, kind);
	struct passing *passing = ARENA_NEW(reader->arena, struct passing);
	const char *real;
	int error;
	passing->reader = *reader;
	if (!follow(reader, path, &real, &error))
		return 0;
	if (!error || error == EAGAIN)
		error = moment_of(real, &passing->moment);
	if (!error)
		error = read_real(reader, real, NULL, &passing->bytes);
	if (error) {
		report_unread(reader, path, error);
		return 0;
	}
	passing->real = text_string(reader->arena, text_from(real));
	passing->wanted = wanted_encoding(reader, path, passing->bytes.text, kind);
	uint32_t number = decode(reader, path, &passing->bytes, kind, true);
	if (!number)
		return 0;
	own_text(passing, sources_find(reader->sources, number)->text);
	sources_set_again(reader->sources, number, (struct source_again){ read_again, release_passing, passing });
	return number;
}

uint32_t input_pass_over(const struct reader *reader, const char *path, enum input_kind kind,
			 const struct input_known *known, const struct moment *moment)
{
	const char *real = arena_is_whole(reader->arena) ? NULL : input_real(reader, path);
	struct passing *passing = real ? ARENA_NEW(reader->arena, struct passing) : NULL;
	if (!passing || moment_of(real, &passing->moment))
		return 0;
	if (moment && !moment_equal(moment, &passing->moment))
		return 0;
	passing->reader = *reader;
	passing->real = real;
	passing->path = text_string(reader->arena, text_from(path));
	passing->kind = kind;
	const char *hash = known->hash[0] ? known->hash : NULL;
	return sources_add_unread(reader->sources, text_from(path), known->is_marked, hash,
				  (struct source_again){ read_again, release_passing, passing });
}

bool input_list(const struct reader *reader, const char *folder, const char *suffix, struct input_names *names)
{
	const char *real;
	*names = (struct input_names){ 0 };
	if (!follow(reader, folder, &real, &names->error))
		return false;
	if (names->error == 0)
		names->error = file_list(reader->arena, real, suffix, &names->at, &names->count);
	return true;
}
