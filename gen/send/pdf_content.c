/* SPDX-License-Identifier: MIT */
#include "send/pdf_content.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { DEPTH_MOST = 32, OCTAL_MOST = 3 };

/* ---- characters ------------------------------------------------------------------------- */

enum { REGULAR, BLANK, DELIMITER };
static const unsigned char classes[256] = {
	['\0'] = BLANK, ['\t'] = BLANK, ['\n'] = BLANK, ['\f'] = BLANK, ['\r'] = BLANK, [' '] = BLANK,
	['('] = DELIMITER, [')'] = DELIMITER, ['<'] = DELIMITER, ['>'] = DELIMITER,
	['['] = DELIMITER, [']'] = DELIMITER, ['{'] = DELIMITER, ['}'] = DELIMITER,
	['/'] = DELIMITER, ['%'] = DELIMITER,
};

static bool is_blank(char c)
{
	return classes[(unsigned char)c] == BLANK;
}

static bool is_regular(char c)
{
	return classes[(unsigned char)c] == REGULAR;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* ---- tokens ----------------------------------------------------------------------------- */

static size_t skip_blank(struct text text, size_t at)
{
	while (at < text.size) {
		if (text.at[at] == '%')
			while (at < text.size && text.at[at] != '\n' && text.at[at] != '\r')
				at++;
		else if (is_blank(text.at[at]))
			at++;
		else
			break;
	}
	return at;
}

static size_t end_of_literal(struct text text, size_t at)
{
	size_t depth = 0;
	for (; at < text.size; at++) {
		if (text.at[at] == '\\')
			at++;
		else if (text.at[at] == '(')
			depth++;
		else if (text.at[at] == ')' && --depth == 0)
			return at + 1;
	}
	return text.size;
}

static size_t end_of_hex(struct text text, size_t at)
{
	const char *end = memchr(text.at + at, '>', text.size - at);
	return end ? (size_t)(end - text.at) + 1 : text.size;
}

static size_t end_of_regular(struct text text, size_t at)
{
	while (at < text.size && is_regular(text.at[at]))
		at++;
	return at;
}

static enum pdf_token_kind kind_of_regular(char c)
{
	return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' ? PDF_NUMBER : PDF_WORD;
}

struct pdf_token pdf_token_next(struct text text, size_t *offset)
{
	size_t start = skip_blank(text, *offset), end = start + 1;
	enum pdf_token_kind kind = PDF_WORD;
	if (start >= text.size) {
		*offset = text.size;
		return (struct pdf_token){ PDF_END, NO_TEXT };
	}
	char c = text.at[start], next = '\0';
	if (end < text.size)
		next = text.at[end];
	if (c == '(') {
		kind = PDF_STRING;
		end = end_of_literal(text, start);
	} else if ((c == '<' || c == '>') && next == c) {
		kind = c == '<' ? PDF_DICT : PDF_DICT_END;
		end++;
	} else if (c == '<') {
		kind = PDF_STRING;
		end = end_of_hex(text, start);
	} else if (c == '[' || c == ']') {
		kind = c == '[' ? PDF_ARRAY : PDF_ARRAY_END;
	} else if (c == '/') {
		kind = PDF_NAME;
		end = end_of_regular(text, end);
	} else if (is_regular(c)) {
		kind = kind_of_regular(c);
		end = end_of_regular(text, end);
	}
	*offset = end > text.size ? text.size : end;
	return (struct pdf_token){ kind, text_slice(text, start, *offset - start) };
}

/* ---- strings ------------------------------------------------------------------------------ */

static void hex_bytes(struct text raw, struct buf *out)
{
	int high = -1;
	for (size_t i = 1; i < raw.size; i++) {
		int digit = hex_digit(raw.at[i]);
		if (digit < 0)
			continue;
		if (high >= 0)
			buf_byte(out, (char)(high << 4 | digit));
		high = high >= 0 ? -1 : digit;
	}
	if (high >= 0)
		buf_byte(out, (char)(high << 4));
}

/* What stands behind a backslash at `at`; returns where it ends. */
static size_t escape(struct text raw, size_t at, struct buf *out)
{
	static const char letters[] = "nrtbf", meanings[] = "\n\r\t\b\f";
	const char *letter = raw.at[at] ? strchr(letters, raw.at[at]) : NULL;
	unsigned value = 0;
	size_t count = 0;
	while (count < OCTAL_MOST && at + count < raw.size && raw.at[at + count] >= '0' && raw.at[at + count] <= '7')
		value = value * 8 + (unsigned)(raw.at[at + count++] - '0');
	if (count) {
		buf_byte(out, (char)value);
		return at + count;
	}
	if (raw.at[at] == '\r')
		return at + 1 + (at + 1 < raw.size && raw.at[at + 1] == '\n');
	if (letter)
		buf_byte(out, meanings[letter - letters]);
	else if (raw.at[at] != '\n')
		buf_byte(out, raw.at[at]);
	return at + 1;
}

void pdf_string_bytes(struct text raw, struct buf *out)
{
	if (raw.size && raw.at[0] == '<') {
		hex_bytes(raw, out);
		return;
	}
	size_t end = raw.size > 1 && raw.at[raw.size - 1] == ')' ? raw.size - 1 : raw.size;
	for (size_t at = 1; at < end;) {
		char c = raw.at[at++];
		if (c == '\\' && at < end) {
			at = escape(text_slice(raw, 0, end), at, out);
		} else if (c == '\r') { /* a line's end is a line feed, however written */
			buf_byte(out, '\n');
			at += at < end && raw.at[at] == '\n';
		} else {
			buf_byte(out, c);
		}
	}
}

static void utf16_words(struct text bytes, bool is_little, struct buf *out)
{
	uint32_t high = 0;
	for (size_t i = 0; i + 1 < bytes.size; i += 2) {
		uint32_t first = (unsigned char)bytes.at[i], second = (unsigned char)bytes.at[i + 1];
		uint32_t unit = is_little ? second << 8 | first : first << 8 | second;
		if (unit >= 0xD800 && unit < 0xDC00) {
			high = unit;
			continue;
		}
		if (unit >= 0xDC00 && unit < 0xE000)
			unit = high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD;
		high = 0;
		utf8_write(out, unit);
	}
}

void pdf_string_words(struct text raw, struct buf *out)
{
	struct buf bytes;
	buf_init(&bytes, BUF_LIMIT_PAGE);
	pdf_string_bytes(raw, &bytes);
	struct text text = buf_view(&bytes);
	if (text_starts(text, "\xFE\xFF"))
		utf16_words(text_slice(text, 2, text.size), false, out);
	else if (text_starts(text, "\xFF\xFE"))
		utf16_words(text_slice(text, 2, text.size), true, out);
	else if (text_starts(text, "\xEF\xBB\xBF"))
		buf_text(out, text_slice(text, 3, text.size));
	else
		for (size_t i = 0; i < text.size; i++)
			utf8_write(out, (unsigned char)text.at[i]);
	buf_clear(&bytes);
}

double pdf_number(struct text raw)
{
	double value = 0, scale = 1;
	bool is_negative = text_starts(raw, "-"), is_behind = false;
	for (size_t i = is_negative || text_starts(raw, "+"); i < raw.size; i++) {
		char c = raw.at[i];
		if (c == '.' && !is_behind) {
			is_behind = true;
			continue;
		}
		if (c < '0' || c > '9')
			break;
		scale = is_behind ? scale / 10 : scale;
		value = is_behind ? value + (c - '0') * scale : value * 10 + (c - '0');
	}
	return is_negative ? -value : value;
}

/* ---- operations --------------------------------------------------------------------------- */

/* Behind the token that was read at `start`, when it opens something behind its end. */
static size_t end_of_value(struct text text, struct pdf_token token, size_t at)
{
	size_t depth = token.kind == PDF_ARRAY || token.kind == PDF_DICT;
	while (depth && depth < DEPTH_MOST) {
		token = pdf_token_next(text, &at);
		if (token.kind == PDF_END)
			break;
		depth += token.kind == PDF_ARRAY || token.kind == PDF_DICT;
		depth -= token.kind == PDF_ARRAY_END || token.kind == PDF_DICT_END;
	}
	return at;
}

/* Behind the EI that ends the bytes of an inline image. */
static size_t end_of_image(struct text content, size_t at)
{
	while (at + 3 < content.size) {
		struct text rest = text_slice(content, at + 1, content.size);
		size_t found = text_find(rest, TEXT("EI"));
		if (found == rest.size)
			break;
		size_t start = at + 1 + found, end = start + 2;
		if (is_blank(content.at[start - 1]) && (end == content.size || !is_regular(content.at[end])))
			return end;
		at = start;
	}
	return content.size;
}

static void push(struct pdf_operation *operation, struct text operand)
{
	if (operation->count == PDF_OPERANDS) {
		memmove(operation->operands, operation->operands + 1, (PDF_OPERANDS - 1) * sizeof operand);
		operation->count--;
	}
	operation->operands[operation->count++] = operand;
}

static bool is_operator(struct pdf_token token)
{
	return token.kind == PDF_WORD && !text_is(token.raw, "true") && !text_is(token.raw, "false") &&
	       !text_is(token.raw, "null");
}

bool pdf_operation_next(struct text content, size_t *offset, struct pdf_operation *operation)
{
	size_t first = skip_blank(content, *offset);
	*operation = (struct pdf_operation){ .count = 0 };
	for (;;) {
		struct pdf_token token = pdf_token_next(content, offset);
		if (token.kind == PDF_END)
			return false;
		if (is_operator(token)) {
			if (text_is(token.raw, "ID"))
				*offset = end_of_image(content, *offset);
			operation->operator = token.raw;
			operation->whole = text_slice(content, first, *offset - first);
			return true;
		}
		size_t start = *offset - token.raw.size;
		*offset = end_of_value(content, token, *offset);
		push(operation, text_slice(content, start, *offset - start));
	}
}

/* Behind the value whose first token was read, at its own depth; a reference is three tokens. */
static size_t end_of_entry(struct text dict, struct pdf_token token, size_t at)
{
	size_t end = end_of_value(dict, token, at);
	if (token.kind != PDF_NUMBER || pdf_token_next(dict, &at).kind != PDF_NUMBER)
		return end;
	return text_is(pdf_token_next(dict, &at).raw, "R") ? at : end;
}

bool pdf_entry_next(struct text dict, size_t *offset, struct pdf_entry *entry)
{
	if (*offset == 0 && pdf_token_next(dict, offset).kind != PDF_DICT)
		return false;
	struct pdf_token key = pdf_token_next(dict, offset);
	if (key.kind != PDF_NAME)
		return false;
	struct pdf_token value = pdf_token_next(dict, offset);
	size_t start = *offset - value.raw.size;
	*offset = end_of_entry(dict, value, *offset);
	*entry = (struct pdf_entry){ key.raw, text_slice(dict, start, *offset - start) };
	return true;
}

struct text pdf_dict_value(struct text dict, const char *name)
{
	struct pdf_entry entry;
	for (size_t at = 0; pdf_entry_next(dict, &at, &entry);)
		if (text_is(text_slice(entry.key, 1, entry.key.size), name))
			return entry.value;
	return NO_TEXT;
}
