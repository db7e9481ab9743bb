/* SPDX-License-Identifier: MIT */
#include "send/mime_words.h"

#include "base/buf.h"
#include "send/ascii.h"
#include "send/transfer.h"

/* Longer plain words are encoded, because those can be folded anywhere. */
enum { PLAIN_MOST = 60, SECTION_MOST = 48, STEM_MOST = 40, ENDING_MOST = 8 };

#define WORD_BEGIN "=?UTF-8?B?"
#define WORD_END "?="

static size_t column_of(const struct buf *buf)
{
	size_t column = 0;
	while (column < buf->size && buf->at[buf->size - 1 - column] != '\n')
		column++;
	return column;
}

/* Goes to a line of its own where so much more would not fit; it begins with the blank that the fold takes. */
static void fold_before(struct buf *buf, size_t size, size_t most)
{
	buf_string(buf, column_of(buf) + 1 + size > most ? "\r\n " : " ");
}

/* Printable ASCII that nobody takes for an encoded-word and no fold changes. */
static bool is_plain(struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] < ' ' || text.at[i] > '~' || (text.at[i] == ' ' && (i == 0 || text.at[i - 1] == ' ')))
			return false;
	return text.size <= PLAIN_MOST && !text_ends(text, " ") && !text_contains(text, TEXT("=?"));
}

/* As many whole characters as fit into so many bytes. */
static struct text whole_characters(struct text text, size_t most)
{
	size_t size = text.size < most ? text.size : most;
	while (size < text.size && ((unsigned char)text.at[size] & 0xC0) == 0x80)
		size--;
	return text_slice(text, 0, size);
}

static void write_words(struct buf *buf, struct text text)
{
	while (text.size) {
		size_t taken = column_of(buf) + sizeof WORD_BEGIN - 1 + sizeof WORD_END - 1;
		struct text piece = whole_characters(text, (MIME_WORD_LINE - taken) / 4 * 3);
		buf_string(buf, WORD_BEGIN);
		transfer_write_base64(buf, piece);
		buf_string(buf, WORD_END);
		text = text_slice(text, piece.size, text.size);
		if (text.size)
			buf_string(buf, "\r\n ");
	}
}

static void write_quoted(struct buf *buf, struct text text)
{
	buf_byte(buf, '"');
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] == '"' || text.at[i] == '\\')
			buf_byte(buf, '\\');
		buf_byte(buf, text.at[i]);
	}
	buf_byte(buf, '"');
}

void mime_write_text(struct buf *buf, struct text text)
{
	if (is_plain(text))
		buf_text(buf, text);
	else
		write_words(buf, text);
}

void mime_write_mailbox(struct buf *buf, struct text name, struct text address)
{
	if (name.size) {
		if (is_plain(name))
			write_quoted(buf, name);
		else
			write_words(buf, name);
		/* A line with an encoded-word is shorter (RFC 2047 §2). */
		fold_before(buf, address.size + 2, is_plain(name) ? MIME_LINE : MIME_WORD_LINE);
	}
	buf_byte(buf, '<');
	buf_text(buf, address);
	buf_byte(buf, '>');
}

/* Encoded-words inside quotes are against RFC 2047 §5, and what Foxmail, QQ Mail and Outlook write and read. */
void mime_write_name(struct buf *buf, struct text name)
{
	buf_string(buf, ";\r\n name=");
	if (is_plain(name)) {
		write_quoted(buf, name);
		return;
	}
	buf_byte(buf, '"');
	write_words(buf, name);
	buf_byte(buf, '"');
}

/* RFC 2231 §7, attribute-char. */
static void write_percent(struct buf *buf, struct text text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (ascii_is_alnum(text.at[i]) || (text.at[i] && strchr("-._~", text.at[i])))
			buf_byte(buf, text.at[i]);
		else
			buf_format(buf, "%%%02X", (unsigned)(unsigned char)text.at[i]);
	}
}

/* So many whole characters that they are written as at most SECTION_MOST. */
static struct text section_of(struct text text)
{
	size_t size = 0, written = 0;
	while (size < text.size) {
		size_t end = size + 1;
		while (end < text.size && ((unsigned char)text.at[end] & 0xC0) == 0x80)
			end++;
		written += ascii_is_alnum(text.at[size]) ? 1 : 3 * (end - size);
		if (written > SECTION_MOST)
			break;
		size = end;
	}
	return text_slice(text, 0, size);
}

static void write_extended(struct buf *buf, struct text name)
{
	struct text section = section_of(name);
	if (section.size == name.size) {
		buf_string(buf, "\r\n filename*=UTF-8''");
		write_percent(buf, name);
		buf_byte(buf, ';');
		return;
	}
	for (unsigned number = 0; name.size; number++) {
		section = section_of(name);
		buf_format(buf, "\r\n filename*%u*=%s", number, number ? "" : "UTF-8''");
		write_percent(buf, section);
		buf_byte(buf, ';');
		name = text_slice(name, section.size, name.size);
	}
}

/* What of it is ASCII and stands in the name of a file on every system. */
static size_t write_safe(struct buf *buf, struct text text, size_t most)
{
	size_t written = 0;
	for (size_t i = 0; i < text.size && written < most; i++) {
		bool is_joint = text.at[i] && strchr("-_.", text.at[i]);
		if (ascii_is_alnum(text.at[i]) || (is_joint && written)) {
			buf_byte(buf, text.at[i]);
			written++;
		}
	}
	return written;
}

static void write_fallback(struct buf *buf, struct text name, size_t number)
{
	size_t dot = name.size;
	while (dot && name.at[dot - 1] != '.')
		dot--;
	struct text ending = dot > 1 ? text_slice(name, dot, name.size) : NO_TEXT;
	struct text stem = dot > 1 ? text_slice(name, 0, dot - 1) : name;
	buf_byte(buf, '"');
	if (!write_safe(buf, stem, STEM_MOST))
		buf_string(buf, "attachment");
	buf_format(buf, "-%zu", number);
	if (ending.size && ending.size <= ENDING_MOST && ascii_is_alnum(ending.at[0])) {
		buf_byte(buf, '.');
		write_safe(buf, ending, ENDING_MOST);
	}
	buf_byte(buf, '"');
}

void mime_write_filename(struct buf *buf, struct text name, size_t number)
{
	buf_byte(buf, ';');
	if (!is_plain(name) || text_contains(name, TEXT("\""))) {
		write_extended(buf, name);
		buf_string(buf, "\r\n filename=");
		write_fallback(buf, name, number);
		return;
	}
	buf_string(buf, "\r\n filename=");
	write_quoted(buf, name);
}
