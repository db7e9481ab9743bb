/* SPDX-License-Identifier: MIT */
#include "send/message.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/plain.h"
#include "send/ascii.h"
#include "send/transfer.h"

/* A field longer than this is nobody's id, address or state. */
enum { FIELD_MOST = 4096, BOUNDARY_MOST = 70 };

/* Begins with it, case ignored. */
static bool begins(struct text text, struct text with)
{
	if (text.size < with.size)
		return false;
	for (size_t i = 0; i < with.size; i++)
		if (ascii_lower(text.at[i]) != ascii_lower(with.at[i]))
			return false;
	return true;
}

/* The line at the beginning of *rest without its end (CRLF, LF or CR); false when nothing is left. */
static bool next_line(struct text *rest, struct text *line)
{
	if (!rest->size)
		return false;
	size_t size = 0;
	while (size < rest->size && rest->at[size] != '\n' && rest->at[size] != '\r')
		size++;
	*line = text_slice(*rest, 0, size);
	size_t end = size + (size < rest->size && rest->at[size] == '\r');
	*rest = text_slice(*rest, end + (end < rest->size && rest->at[end] == '\n'), rest->size);
	return true;
}

struct text message_header(struct text bytes, struct text *rest)
{
	*rest = bytes;
	for (struct text line; next_line(rest, &line);)
		if (!line.size)
			return text_slice(bytes, 0, (size_t)(line.at - bytes.at));
	return bytes;
}

/* The next field of the name: its value with all its lines. */
static bool next_field(struct text *rest, struct text name, struct text *value)
{
	bool is_found = false;
	for (struct text before = *rest, line; next_line(rest, &line); before = *rest) {
		bool continues = line.size && (line.at[0] == ' ' || line.at[0] == '\t');
		if (is_found && !continues) {
			*rest = before;
			return true;
		}
		if (is_found) {
			value->size = (size_t)(line.at + line.size - value->at);
		} else if (!continues && begins(line, name)) {
			struct text behind = text_slice(line, name.size, line.size);
			struct text trimmed = text_trim(behind);
			is_found = trimmed.size && trimmed.at[0] == ':';
			*value = is_found ? text_slice(trimmed, 1, trimmed.size) : NO_TEXT;
		}
	}
	return is_found;
}

struct text message_field(struct arena *arena, struct text header, const char *name)
{
	struct text value;
	if (!next_field(&header, text_from(name), &value))
		return NO_TEXT;
	value = text_trim(text_slice(value, 0, FIELD_MOST));
	char *out = arena_room(arena, value.size + 1);
	size_t size = 0;
	for (size_t i = 0; i < value.size; i++) {
		bool is_blank = (unsigned char)value.at[i] <= ' ' || value.at[i] == 0x7F;
		bool is_fold = value.at[i] == '\r' || value.at[i] == '\n';
		if (!is_fold)
			out[size++] = is_blank ? ' ' : value.at[i];
	}
	out[size] = '\0';
	return (struct text){ out, size };
}

size_t message_field_count(struct text header, const char *name)
{
	size_t count = 0;
	for (struct text value; next_field(&header, text_from(name), &value);)
		count++;
	return count;
}

struct text message_word(struct text value)
{
	return text_trim(text_slice(value, 0, text_find(value, TEXT(";"))));
}

/* Without its quotes and backslashes. */
static struct text unquoted(struct arena *arena, struct text value)
{
	char *out = arena_room(arena, value.size + 1);
	size_t size = 0;
	bool is_quoted = value.size && value.at[0] == '"';
	for (size_t i = is_quoted; i < value.size; i++) {
		if (is_quoted ? value.at[i] == '"' : value.at[i] == ';' || value.at[i] == ' ')
			break;
		if (is_quoted && value.at[i] == '\\' && i + 1 < value.size)
			i++;
		out[size++] = value.at[i];
	}
	out[size] = '\0';
	return (struct text){ out, size };
}

/* Behind the next ; that stands outside quotes. */
static struct text behind_semicolon(struct text value)
{
	bool is_quoted = false;
	for (size_t i = 0; i < value.size; i++) {
		if (is_quoted && value.at[i] == '\\')
			i++;
		else if (value.at[i] == '"')
			is_quoted = !is_quoted;
		else if (value.at[i] == ';' && !is_quoted)
			return text_trim(text_slice(value, i + 1, value.size));
	}
	return NO_TEXT;
}

struct text message_parameter(struct arena *arena, struct text value, const char *name)
{
	struct text wanted = text_from(name);
	while ((value = behind_semicolon(value)).size) {
		if (!begins(value, wanted))
			continue;
		struct text behind = text_trim(text_slice(value, wanted.size, value.size));
		if (behind.size && behind.at[0] == '=')
			return unquoted(arena, text_trim(text_slice(behind, 1, behind.size)));
	}
	return NO_TEXT;
}

/* 1 a line between parts, 2 the last one, 0 none. */
static int delimiter(struct text line, struct text boundary)
{
	if (!text_starts(line, "--") || line.size < 2 + boundary.size ||
	    !text_equal(text_slice(line, 2, boundary.size), boundary))
		return 0;
	struct text behind = text_trim(text_slice(line, 2 + boundary.size, line.size));
	if (!behind.size)
		return 1;
	return text_is(behind, "--") ? 2 : 0;
}

bool message_next_part(struct text *rest, struct text boundary, struct text *part)
{
	if (!boundary.size || boundary.size > BOUNDARY_MOST)
		return false;
	struct text line;
	int found = 0;
	while (!found && next_line(rest, &line))
		found = delimiter(line, boundary);
	if (found != 1)
		return false;
	const struct text begin = *rest;
	struct text before = *rest;
	for (; next_line(rest, &line); before = *rest) {
		if (!delimiter(line, boundary))
			continue;
		*part = text_slice(begin, 0, begin.size - before.size);
		*rest = before; /* the same line opens the next part */
		return true;
	}
	*part = begin;
	return true;
}

bool message_is(struct text text, const char *word)
{
	return text.size == strlen(word) && begins(text, text_from(word));
}

struct text message_decoded(struct arena *arena, struct text body, struct text encoding)
{
	if (message_is(encoding, "base64"))
		return transfer_read_base64(arena, body);
	if (message_is(encoding, "quoted-printable"))
		return transfer_read_quoted(arena, body);
	return body;
}

struct text message_shown(struct arena *arena, struct text text, size_t most)
{
	struct buf plain;
	buf_init(&plain, BUF_LIMIT_PAGE);
	plain_write(&plain, text_slice(text, 0, most * 2));
	size_t size = plain.size < most ? plain.size : most;
	while (size < plain.size && ((unsigned char)plain.at[size] & 0xC0) == 0x80)
		size--;
	struct text shown = text_copy(arena, text_slice(buf_view(&plain), 0, size));
	buf_clear(&plain);
	return shown;
}
