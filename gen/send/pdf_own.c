/* SPDX-License-Identifier: MIT */
#include "send/pdf_own.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/inflate.h"
#include "send/pdf_content.h"

#define HEAD "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n"
enum { DIGITS_MOST = 10, OBJECTS_MOST = 8388607 /* ISO 32000-1, annex C */ };

/* ---- small parts ----------------------------------------------------------------------------- */

/* Moves past the words; false where others stand there. */
static bool skip(struct text text, size_t *at, const char *words)
{
	bool is_there = text_starts(text_slice(text, *at, text.size), words);
	*at += is_there ? strlen(words) : 0;
	return is_there;
}

/* A number as we write one: digits, no sign, no zero in front of others. */
static bool read_number(struct text text, size_t *at, uint32_t *number)
{
	uint64_t value = 0;
	size_t start = *at;
	for (; *at < text.size && *at - start < DIGITS_MOST && text.at[*at] >= '0' && text.at[*at] <= '9'; ++*at)
		value = value * 10 + (uint64_t)(text.at[*at] - '0');
	*number = (uint32_t)value;
	return *at > start && value <= UINT32_MAX && (text.at[start] != '0' || *at == start + 1);
}

static bool is_number(struct text text, uint32_t *number)
{
	size_t at = 0;
	return read_number(text, &at, number) && at == text.size;
}

uint32_t pdf_own_reference(struct text value)
{
	size_t at = 0;
	uint32_t number;
	return read_number(value, &at, &number) && skip(value, &at, " 0 R") && at == value.size ? number : 0;
}

bool pdf_own_is_dict(struct text text)
{
	struct pdf_entry entry;
	size_t at = 0;
	while (pdf_entry_next(text, &at, &entry))
		if (!entry.value.size || text_is(entry.value, ">>") || text_is(entry.value, "]"))
			return false;
	return text_starts(text, "<<") && text_ends(text, ">>") && at == text.size;
}

/* ---- objects of their own -------------------------------------------------------------------- */

/* Behind the dictionary at `at`. */
static size_t end_of_dict(struct text file, size_t at)
{
	size_t depth = 0;
	do {
		struct pdf_token token = pdf_token_next(file, &at);
		if (token.kind == PDF_END)
			return file.size;
		depth += token.kind == PDF_DICT;
		depth -= token.kind == PDF_DICT_END && depth;
	} while (depth);
	return at;
}

/* Which filter matters to nobody here, but one that is no compression would. */
static bool has_known_filter(struct text dict)
{
	struct text filter = pdf_dict_value(dict, "Filter");
	return !filter.size || text_is(filter, "/FlateDecode");
}

/* The object at *at, which ends where the next one begins; moves there. */
static bool read_stream(struct text file, size_t *at, struct pdf_own_stream *stream)
{
	uint32_t size;
	if (!read_number(file, at, &stream->number) || !skip(file, at, " 0 obj\n"))
		return false;
	size_t start = *at;
	*at = end_of_dict(file, start);
	stream->dict = text_slice(file, start, *at - start);
	if (!pdf_own_is_dict(stream->dict) || !skip(file, at, "\nstream") || !has_known_filter(stream->dict))
		return false;
	skip(file, at, "\r"); /* libharu's have it, ours have not */
	if (!skip(file, at, "\n") || !is_number(pdf_dict_value(stream->dict, "Length"), &size) ||
	    size > file.size - *at)
		return false;
	stream->bytes = text_slice(file, *at, size);
	*at += size;
	return skip(file, at, "\nendstream\nendobj\n");
}

/* ---- the table of places --------------------------------------------------------------------- */

/* Nothing that we do not write: an update, an encryption. */
static bool is_our_trailer(struct text dict)
{
	static const char *const known[] = { "/Type", "/Size", "/W", "/DecodeParms", "/Root", "/Info", "/ID", "/Length",
					     "/Filter" };
	struct pdf_entry entry;
	size_t count = 0;
	for (size_t at = 0; pdf_entry_next(dict, &at, &entry); count++) {
		bool is_known = false;
		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			is_known = is_known || text_is(entry.key, known[i]);
		if (!is_known)
			return false;
	}
	return count == sizeof known / sizeof *known && text_is(pdf_dict_value(dict, "Type"), "/XRef") &&
	       text_contains(dict, TEXT(XREF_SHAPE));
}

static bool read_trailer(struct pdf_own *own, struct text dict)
{
	struct text id = pdf_dict_value(dict, "ID");
	size_t at = 1;
	own->root = pdf_own_reference(pdf_dict_value(dict, "Root"));
	own->info = pdf_own_reference(pdf_dict_value(dict, "Info"));
	own->id = text_starts(id, "[") ? pdf_token_next(id, &at).raw : NO_TEXT;
	return is_our_trailer(dict) && is_number(pdf_dict_value(dict, "Size"), &own->count) && own->count > 1 &&
	       own->count <= OBJECTS_MOST && own->root && own->root < own->count && own->info &&
	       own->info < own->count && text_starts(own->id, "<");
}

static bool read_places(struct pdf_own *own, const struct pdf_own_stream *table)
{
	struct buf rows;
	if (!read_trailer(own, table->dict))
		return false;
	own->places = ARENA_ARRAY(own->arena, struct xref_place, own->count);
	buf_init(&rows, (size_t)own->count * XREF_STORED);
	bool is_good = inflate_add(INFLATE_ZLIB, table->bytes, &rows) &&
		       xref_read(buf_view(&rows), own->places, own->count);
	buf_clear(&rows);
	return is_good;
}

/* "startxref\n123\n%%EOF\n" ends the file; moves *end to its start. */
static bool find_table(struct text file, size_t *end, uint32_t *start)
{
	static const char word[] = "startxref\n";
	size_t tail = sizeof word - 1 + DIGITS_MOST + sizeof "\n%%EOF\n" - 1;
	size_t from = file.size > tail ? file.size - tail : 0;
	*end = from + text_find(text_slice(file, from, tail), text_from(word));
	size_t at = *end;
	return skip(file, &at, word) && read_number(file, &at, start) && skip(file, &at, "\n%%EOF\n") &&
	       at == file.size && *start < *end;
}

/* ---- the file -------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
	const struct xref_place *x = a, *y = b;
	return (x->where > y->where) - (x->where < y->where);
}

/* One object behind the other from the head to the end, each where the table says. */
static bool read_streams(struct pdf_own *own, struct text file, size_t end)
{
	size_t count = 0, at = own->head.size;
	for (uint32_t i = 0; i < own->count; i++)
		count += own->places[i].kind == XREF_STREAM;
	struct xref_place *order = ARENA_ARRAY(own->arena, struct xref_place, count + 1);
	own->streams = ARENA_ARRAY(own->arena, struct pdf_own_stream, count + 1);
	count = 0;
	for (uint32_t i = 0; i < own->count; i++)
		if (own->places[i].kind == XREF_STREAM)
			order[count++] = own->places[i];
	qsort(order, count, sizeof *order, by_place);
	for (size_t i = 0; i < count; i++) {
		struct pdf_own_stream *stream = &own->streams[i];
		if (order[i].where != at || !read_stream(text_slice(file, 0, end), &at, stream))
			return false;
		struct xref_place *place = stream->number < own->count ? &own->places[stream->number] : NULL;
		if (!place || place->kind != XREF_STREAM || place->where != order[i].where)
			return false;
	}
	own->stream_count = count ? count - 1 : 0; /* the last is the table */
	return count > 0 && at == end;
}

/* Every object that is held is held by an object stream, and those hold no others. */
static bool read_holders(struct pdf_own *own)
{
	uint32_t held = 0, wanted = 0, count;
	for (size_t i = 0; i < own->stream_count; i++) {
		struct pdf_own_stream *stream = &own->streams[i];
		if (own->places[stream->number].index != 0) /* a generation, which ours have not */
			return false;
		if (!text_is(pdf_dict_value(stream->dict, "Type"), "/ObjStm"))
			continue;
		if (!is_number(pdf_dict_value(stream->dict, "N"), &count) || !count || count > UINT16_MAX)
			return false;
		stream->held_count = (uint16_t)count;
		wanted += count;
	}
	for (uint32_t i = 0; i < own->count; i++) {
		const struct xref_place *place = &own->places[i];
		if (place->kind > XREF_HELD)
			return false;
		if (place->kind != XREF_HELD)
			continue;
		const struct pdf_own_stream *holder = pdf_own_stream(own, place->where);
		if (!holder || place->index >= holder->held_count)
			return false;
		held++;
	}
	return held == wanted;
}

struct pdf_own_stream *pdf_own_stream(struct pdf_own *own, uint32_t number)
{
	size_t low = 0, high = own->stream_count;
	if (number >= own->count || own->places[number].kind != XREF_STREAM)
		return NULL;
	while (low < high) { /* they lie in the order of their places */
		size_t middle = low + (high - low) / 2;
		uint32_t there = own->places[own->streams[middle].number].where;
		if (there == own->places[number].where)
			return &own->streams[middle];
		if (there < own->places[number].where)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool pdf_own_open(struct arena *arena, struct text file, struct pdf_own *own)
{
	size_t end;
	uint32_t start;
	struct pdf_own_stream table = { 0 };
	*own = (struct pdf_own){ .arena = arena, .head = text_slice(file, 0, sizeof HEAD - 1) };
	if (!text_is(own->head, HEAD) || file.size > UINT32_MAX || !find_table(file, &end, &start))
		return false;
	size_t at = start;
	return read_stream(text_slice(file, 0, end), &at, &table) && at == end && read_places(own, &table) &&
	       read_streams(own, file, end) && own->streams[own->stream_count].number == table.number &&
	       read_holders(own);
}

/* ---- objects in object streams ------------------------------------------------------------------ */

/* "1 0 2 338 …" and behind them, from `first` on, the texts in that order, a line's end after each. */
static bool split(const struct pdf_own *own, struct pdf_own_stream *stream, struct text bytes, uint32_t first)
{
	struct text bodies = text_slice(bytes, first, bytes.size);
	uint32_t number, offset, before = 0;
	size_t at = 0;
	for (uint32_t i = 0; i < stream->held_count; i++) {
		if (!read_number(bytes, &at, &number) || !skip(bytes, &at, " ") || !read_number(bytes, &at, &offset) ||
		    !skip(bytes, &at, " ") || number >= own->count || own->places[number].kind != XREF_HELD ||
		    own->places[number].where != stream->number || own->places[number].index != i)
			return false;
		if (i ? offset <= before : offset != 0)
			return false;
		if (i)
			stream->held[i - 1] = text_slice(bodies, before, offset - before);
		stream->numbers[i] = number;
		before = offset;
	}
	if (at != first || before >= bodies.size)
		return false;
	stream->held[stream->held_count - 1] = text_slice(bodies, before, bodies.size);
	for (uint32_t i = 0; i < stream->held_count; i++) {
		struct text *text = &stream->held[i];
		if (text->size < 2 || text->at[text->size - 1] != '\n')
			return false;
		text->size--;
	}
	return true;
}

static bool unpack(struct pdf_own *own, struct pdf_own_stream *stream)
{
	struct buf bytes;
	uint32_t first;
	if (stream->held)
		return true;
	if (!text_is(pdf_dict_value(stream->dict, "Filter"), "/FlateDecode") ||
	    !is_number(pdf_dict_value(stream->dict, "First"), &first))
		return false;
	buf_init(&bytes, BUF_LIMIT_PAGE);
	bool is_good = inflate_add(INFLATE_ZLIB, stream->bytes, &bytes) && first <= bytes.size;
	struct text copy = text_copy(own->arena, buf_view(&bytes));
	buf_clear(&bytes);
	stream->held = ARENA_ARRAY(own->arena, struct text, stream->held_count);
	stream->numbers = ARENA_ARRAY(own->arena, uint32_t, stream->held_count);
	is_good = is_good && split(own, stream, copy, first);
	if (!is_good)
		stream->held = NULL;
	return is_good;
}

struct text pdf_own_object(struct pdf_own *own, uint32_t number)
{
	if (!number || number >= own->count || own->places[number].kind != XREF_HELD)
		return NO_TEXT;
	struct pdf_own_stream *stream = pdf_own_stream(own, own->places[number].where);
	return stream && unpack(own, stream) ? stream->held[own->places[number].index] : NO_TEXT;
}
