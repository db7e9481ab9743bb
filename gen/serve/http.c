/* SPDX-License-Identifier: MIT */
#include "serve/http.h"

#include "base/buf.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- requests --------------------------------------------------------------------- */

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Percent signs undone; false for a broken one and for bytes that no file of a site has in its name. */
static bool decode(struct text target, char *path, size_t *size)
{
	for (size_t i = 0; i < target.size; i++) {
		int byte = (unsigned char)target.at[i];
		if (byte == '%') {
			int high = i + 2 < target.size ? hex_value(target.at[i + 1]) : -1;
			int low = i + 2 < target.size ? hex_value(target.at[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			byte = high * 16 + low;
			i += 2;
		}
		if (byte < ' ' || byte == 0x7F || byte == '\\')
			return false;
		path[(*size)++] = (char)byte;
	}
	path[*size] = '\0';
	return utf8_check((struct text){ path, *size }) == *size;
}

/* No "//", no part that starts with '.': so no "..", and nothing hidden. */
static bool is_plain_path(struct text path)
{
	size_t start = 0;
	for (size_t i = 0; i <= path.size; i++) {
		if (i < path.size && path.at[i] != '/')
			continue;
		if (i == start ? i < path.size : path.at[start] == '.')
			return false;
		start = i + 1;
	}
	return true;
}

static enum http_status read_target(struct text target, struct http_request *request)
{
	if (target.size > HTTP_TARGET_MOST)
		return HTTP_TARGET_LONG;
	if (target.size == 0 || target.at[0] != '/')
		return HTTP_BAD;
	size_t mark = text_find(target, TEXT("?")), size = 0;
	request->query = text_slice(target, mark + 1 < target.size ? mark + 1 : target.size, target.size);
	if (!decode(text_slice(target, 1, mark - 1), request->path, &size))
		return HTTP_BAD;
	return is_plain_path((struct text){ request->path, size }) ? HTTP_OK : HTTP_NOT_FOUND;
}

static enum http_status read_line(struct text line, struct http_request *request)
{
	struct text method, target;
	if (!text_next(&line, ' ', &method) || !text_next(&line, ' ', &target))
		return HTTP_BAD;
	if (!text_starts(line, "HTTP/1."))
		return text_starts(line, "HTTP/") ? HTTP_WRONG_VERSION : HTTP_BAD;
	if (line.size != strlen("HTTP/1.1"))
		return HTTP_BAD;
	request->is_head = text_is(method, "HEAD");
	if (!request->is_head && !text_is(method, "GET"))
		return HTTP_WRONG_METHOD;
	return read_target(target, request);
}

/* ASCII case does not matter in names of fields and hosts. */
static bool is_word(struct text text, const char *word)
{
	if (text.size != strlen(word))
		return false;
	for (size_t i = 0; i < text.size; i++)
		if ((text.at[i] >= 'A' && text.at[i] <= 'Z' ? text.at[i] + 32 : text.at[i]) != word[i])
			return false;
	return true;
}

static bool is_this_machine(struct text host)
{
	static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };
	size_t colon = host.size;
	while (colon > 0 && host.at[colon - 1] >= '0' && host.at[colon - 1] <= '9')
		colon--;
	bool has_port = colon > 0 && colon < host.size && host.at[colon - 1] == ':';
	struct text name = has_port ? text_slice(host, 0, colon - 1) : host;
	for (size_t i = 0; i < COUNT(names); i++)
		if (is_word(name, names[i]))
			return true;
	return false;
}

static enum http_status read_fields(struct text fields)
{
	int hosts = 0;
	struct text line;
	while (text_next(&fields, '\n', &line) && line.size > 1) {
		size_t colon = text_find(line, TEXT(":"));
		struct text name = text_slice(line, 0, colon), value = text_trim(text_slice(line, colon + 1, line.size));
		if (colon == line.size || colon == 0 || text_contains(name, TEXT(" ")))
			return HTTP_BAD;
		if (is_word(name, "host") && (++hosts > 1 || !is_this_machine(value)))
			return HTTP_FORBIDDEN;
		if (is_word(name, "transfer-encoding") || (is_word(name, "content-length") && !text_is(value, "0")))
			return HTTP_BAD;
	}
	return hosts == 1 ? HTTP_OK : HTTP_BAD;
}

static bool has_strange_byte(struct text head)
{
	for (size_t i = 0; i < head.size; i++) {
		unsigned char c = (unsigned char)head.at[i];
		bool is_line_end = (c == '\r' && i + 1 < head.size && head.at[i + 1] == '\n') || (c == '\n' && i > 0 && head.at[i - 1] == '\r');
		if ((c < ' ' && c != '\t' && !is_line_end) || c == 0x7F)
			return true;
	}
	return false;
}

enum http_status http_parse(struct text head, struct http_request *request)
{
	size_t end = text_find(head, TEXT("\r\n\r\n"));
	if (end == head.size)
		return head.size >= HTTP_HEAD_MOST ? HTTP_HEAD_LONG : HTTP_INCOMPLETE;
	if (end > HTTP_HEAD_MOST)
		return HTTP_HEAD_LONG;
	head = text_slice(head, 0, end + 2);
	if (has_strange_byte(head))
		return HTTP_BAD;
	size_t first = text_find(head, TEXT("\r\n"));
	request->path[0] = '\0';
	request->query = NO_TEXT;
	request->is_head = false;
	enum http_status status = read_line(text_slice(head, 0, first), request);
	return status == HTTP_OK ? read_fields(text_slice(head, first + 2, head.size)) : status;
}

/* ---- answers ----------------------------------------------------------------------------- */

static const struct {
	const char *suffix;
	struct text type;
} types[] = {
	{ ".html", TEXT_INIT("text/html; charset=utf-8") },
	{ ".css", TEXT_INIT("text/css; charset=utf-8") },
	{ ".js", TEXT_INIT("text/javascript; charset=utf-8") },
	{ ".json", TEXT_INIT("application/json") },
	{ ".csv", TEXT_INIT("text/csv; charset=utf-8") },
	{ ".svg", TEXT_INIT("image/svg+xml") },
	{ ".png", TEXT_INIT("image/png") },
	{ ".pdf", TEXT_INIT("application/pdf") },
	{ ".txt", TEXT_INIT("text/plain; charset=utf-8") },
	{ ".xml", TEXT_INIT("application/xml") },
	{ ".atom", TEXT_INIT("application/atom+xml") },
	{ ".xlsx", TEXT_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") },
};

struct text http_type(struct text path)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (text_ends(path, types[i].suffix))
			return types[i].type;
	return TEXT("application/octet-stream");
}

static const struct {
	enum http_status status;
	const char *line;
} lines[] = {
	{ HTTP_OK, "200 OK" }, { HTTP_MOVED, "301 Moved Permanently" }, { HTTP_BAD, "400 Bad Request" }, { HTTP_FORBIDDEN, "403 Forbidden" },
	{ HTTP_NOT_FOUND, "404 Not Found" }, { HTTP_WRONG_METHOD, "405 Method Not Allowed" }, { HTTP_TARGET_LONG, "414 URI Too Long" },
	{ HTTP_HEAD_LONG, "431 Request Header Fields Too Large" }, { HTTP_UNAVAILABLE, "503 Service Unavailable" },
	{ HTTP_WRONG_VERSION, "505 HTTP Version Not Supported" },
};

const char *http_status_line(enum http_status status)
{
	for (size_t i = 0; i < COUNT(lines); i++)
		if (lines[i].status == status)
			return lines[i].line;
	return "500 Internal Server Error";
}

void http_write_head(const struct http_answer *answer, struct buf *out)
{
	buf_format(out, "HTTP/1.1 %s\r\nContent-Type: %.*s\r\nContent-Length: %zu\r\n", http_status_line(answer->status),
		   TEXT_ARGS(answer->type), answer->size);
	if (answer->status == HTTP_MOVED)
		buf_format(out, "Location: %.*s\r\n", TEXT_ARGS(answer->place));
	if (answer->status == HTTP_WRONG_METHOD)
		buf_string(out, "Allow: GET, HEAD\r\n");
	buf_string(out, "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; "
			"form-action 'self'; frame-ancestors 'none'\r\n"
			"X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n"
			"Cross-Origin-Resource-Policy: same-origin\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n");
}
