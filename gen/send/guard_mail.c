/* SPDX-License-Identifier: MIT
 *
 * A mail read back: RFC 5322, 2045–2047.  Shares nothing with what writes mails, and takes them as
 * mail programs do: with either line end, any folding, and parts of which the last may lack its
 * end.
 */
#include "base/arena.h"
#include "send/guard_parts.h"

enum { HEAD_MOST = 1 << 20 /* bytes of a header */, BOUNDARY_MOST = 200, WORD_HEAD_MOST = 70, NESTED_MOST = 6 };

/* ---- decoding ----------------------------------------------------------------------------------- */

static int six_bits(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found = c ? strchr(digits, c) : NULL;
	return found ? (int)(found - digits) : -1;
}

static void add_base64(struct text text, struct buf *out)
{
	uint32_t bits = 0;
	unsigned count = 0;
	for (size_t i = 0; i < text.size; i++) {
		int digit = six_bits(text.at[i]);
		if (digit < 0)
			continue;
		bits = bits << 6 | (uint32_t)digit;
		count += 6;
		if (count >= 8) {
			count -= 8;
			buf_byte(out, (char)(bits >> count));
		}
	}
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* In words of headers "_" is a blank. */
static void add_quoted(struct text text, bool is_word, struct buf *out)
{
	for (size_t i = 0; i < text.size; i++) {
		struct text rest = text_slice(text, i, text.size);
		const bool may_be = rest.size > 2 && rest.at[0] == '=';
		const int high = may_be ? hex_digit(rest.at[1]) : -1, low = may_be ? hex_digit(rest.at[2]) : -1;
		if (text_starts(rest, "=\r\n")) {
			i += 2;
		} else if (text_starts(rest, "=\n")) {
			i += 1;
		} else if (high >= 0 && low >= 0) {
			buf_byte(out, (char)(high << 4 | low));
			i += 2;
		} else {
			buf_byte(out, is_word && rest.at[0] == '_' ? ' ' : rest.at[0]);
		}
	}
}

/* =?charset?B?…?= at the start of text; the bytes that it takes, 0: it is none. */
static size_t add_encoded_word(struct text text, struct buf *out)
{
	struct text head = text_slice(text, 2, WORD_HEAD_MOST);
	size_t mark = text_find(head, TEXT("?"));
	if (mark + 3 > head.size || head.at[mark + 2] != '?')
		return 0;
	char encoding = (char)(head.at[mark + 1] | 0x20);
	size_t start = 2 + mark + 3;
	struct text rest = text_slice(text, start, text.size);
	size_t size = text_find(rest, TEXT("?="));
	if (size == rest.size || (encoding != 'b' && encoding != 'q'))
		return 0;
	struct text word = text_slice(rest, 0, size);
	if (encoding == 'b')
		add_base64(word, out);
	else
		add_quoted(word, true, out);
	return start + size + 2;
}

static void add_header(struct text header, struct buf *out)
{
	for (size_t i = 0; i < header.size;) {
		struct text rest = text_slice(header, i, header.size);
		size_t taken = text_starts(rest, "=?") ? add_encoded_word(rest, out) : 0;
		if (!taken)
			buf_byte(out, rest.at[0]);
		i += taken ? taken : 1;
	}
	buf_byte(out, '\n');
}

/* ---- headers --------------------------------------------------------------------------------------- */

/* Splits at the first empty line. */
static struct text header_of(struct text mail, struct text *body)
{
	size_t crlf = text_find(mail, TEXT("\r\n\r\n")), lf = text_find(mail, TEXT("\n\n"));
	size_t size = crlf < lf ? crlf : lf, gap = crlf < lf ? 4 : 2;
	if (text_starts(mail, "\r\n") || text_starts(mail, "\n")) { /* a part without headers */
		size = 0;
		gap = mail.at[0] == '\n' ? 1 : 2;
	}
	*body = text_slice(mail, size + gap, mail.size);
	return text_slice(mail, 0, size);
}

static bool same_letters(struct text text, const char *lower)
{
	size_t size = strlen(lower);
	for (size_t i = 0; i < size; i++)
		if (i >= text.size || (text.at[i] | (text.at[i] >= 'A' && text.at[i] <= 'Z') << 5) != lower[i])
			return false;
	return true;
}

/* The field's value with its folded lines. */
static struct text field(struct text header, const char *lower_name)
{
	for (size_t at = 0; at < header.size;) {
		struct text rest = text_slice(header, at, header.size);
		size_t end = text_find(rest, TEXT("\n"));
		while (end + 1 < rest.size && (rest.at[end + 1] == ' ' || rest.at[end + 1] == '\t'))
			end += 1 + text_find(text_slice(rest, end + 1, rest.size), TEXT("\n"));
		size_t size = strlen(lower_name);
		if (same_letters(rest, lower_name) && size < rest.size && rest.at[size] == ':')
			return text_trim(text_slice(rest, size + 1, end - size - 1));
		at += end + 1;
	}
	return NO_TEXT;
}

static bool find_boundary(struct text type, struct text *boundary)
{
	static const char name[] = "boundary=";
	size_t at = 0;
	while (at < type.size && !same_letters(text_slice(type, at, type.size), name))
		at++;
	struct text rest = text_slice(type, at + sizeof name - 1, type.size);
	if (at >= type.size || !rest.size)
		return false;
	bool is_quoted = rest.at[0] == '"';
	rest = text_slice(rest, is_quoted, rest.size);
	size_t size = 0;
	while (size < rest.size && !strchr(is_quoted ? "\"" : "; \t\r\n", rest.at[size]))
		size++;
	*boundary = text_slice(rest, 0, size);
	return size > 0 && size <= BOUNDARY_MOST;
}

bool guard_is_mail(struct text bytes)
{
	struct text body, header = header_of(text_slice(bytes, 0, HEAD_MOST), &body);
	return field(header, "mime-version").size > 0 || field(header, "content-type").size > 0;
}

/* ---- parts -------------------------------------------------------------------------------------------- */

static void read_entity(struct guard_parts *parts, struct text entity);

/* The start of the next line that is a delimiter, and in *behind the line after it; text.size when there is none. */
static size_t find_delimiter(struct text text, size_t at, struct text boundary, size_t *behind)
{
	while (at < text.size) {
		struct text line = text_slice(text, at, text.size);
		size_t end = text_find(line, TEXT("\n"));
		if (text_starts(line, "--") && text_equal(text_slice(line, 2, boundary.size), boundary)) {
			*behind = at + end + 1 > text.size ? text.size : at + end + 1;
			return at;
		}
		at += end + 1;
	}
	*behind = text.size;
	return text.size;
}

static void read_multipart(struct guard_parts *parts, struct text body, struct text boundary)
{
	size_t behind, at = find_delimiter(body, 0, boundary, &behind);
	guard_parts_read_inner(parts, text_slice(body, 0, at)); /* what stands before and behind is shown by some */
	while (at < body.size && !parts->trouble) {
		bool is_last = text_starts(text_slice(body, at + 2 + boundary.size, 2), "--");
		size_t start = behind;
		at = find_delimiter(body, start, boundary, &behind);
		struct text part = text_slice(body, start, at - start);
		if (is_last)
			guard_parts_read_inner(parts, part);
		else
			read_entity(parts, part);
	}
}

static void read_entity(struct guard_parts *parts, struct text entity)
{
	struct text body, header = header_of(entity, &body), boundary = NO_TEXT;
	struct text type = field(header, "content-type"), encoding = field(header, "content-transfer-encoding");
	add_header(header, &parts->shown);
	if (same_letters(type, "multipart/")) {
		if (++parts->depth > NESTED_MOST || !find_boundary(type, &boundary))
			guard_parts_fail(parts, "邮件的分段读不出\x1Fthe parts of the mail cannot be read");
		else
			read_multipart(parts, body, boundary);
		parts->depth--;
		return;
	}
	struct buf decoded;
	buf_init(&decoded, BUF_LIMIT_FILE);
	if (same_letters(encoding, "base64"))
		add_base64(body, &decoded);
	else if (same_letters(encoding, "quoted-printable"))
		add_quoted(body, false, &decoded);
	else
		buf_text(&decoded, body);
	guard_parts_read_inner(parts, buf_view(&decoded));
	buf_clear(&decoded);
}

void guard_read_mail(struct guard_parts *parts, struct text mail)
{
	read_entity(parts, mail);
}
