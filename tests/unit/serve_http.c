/* SPDX-License-Identifier: MIT
 *
 * Requests as browsers send them, and as nobody should.
 */
#include "serve/http.h"

#include <check.h>

#include "base/buf.h"

Suite *serve_http_suite(void);

#define HOST "\r\nHost: 127.0.0.1:8321\r\n\r\n"

static const struct {
	const char *head;
	enum http_status status;
	const char *path; /* when it is good */
} requests[] = {
	{ "GET / HTTP/1.1" HOST, HTTP_OK, "" },
	{ "HEAD /a/b.html HTTP/1.1" HOST, HTTP_OK, "a/b.html" },
	{ "GET /a/b/?q=%2e%2e/ HTTP/1.0" HOST, HTTP_OK, "a/b/" },
	{ "GET /%E5%8D%97.csv HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n", HTTP_OK, "南.csv" },
	{ "GET / HTTP/1.1\r\nhost: [::1]:80\r\nContent-Length: 0\r\n\r\n", HTTP_OK, "" },
	{ "", HTTP_INCOMPLETE, NULL },
	{ "GET / HTTP/1.1\r\nHost: localhost\r\n", HTTP_INCOMPLETE, NULL },
	{ "GET /../etc/passwd HTTP/1.1" HOST, HTTP_NOT_FOUND, NULL },
	{ "GET /a/../../b HTTP/1.1" HOST, HTTP_NOT_FOUND, NULL },
	{ "GET /%2e%2e/b HTTP/1.1" HOST, HTTP_NOT_FOUND, NULL },
	{ "GET /a%2f..%2fb HTTP/1.1" HOST, HTTP_NOT_FOUND, NULL },
	{ "GET /.git/config HTTP/1.1" HOST, HTTP_NOT_FOUND, NULL },
	{ "GET //a HTTP/1.1" HOST, HTTP_NOT_FOUND, NULL },
	{ "GET /a//b HTTP/1.1" HOST, HTTP_NOT_FOUND, NULL },
	{ "GET /a\\..\\b HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET /a%00 HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET /a%0d%0aX: y HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET /%0d%0aX HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET /%C0%AE%C0%AE/ HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET /% HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET /%4 HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET /%zz HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET http://127.0.0.1/ HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET a HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET  HTTP/1.1" HOST, HTTP_BAD, NULL },
	{ "POST / HTTP/1.1" HOST, HTTP_WRONG_METHOD, NULL },
	{ "get / HTTP/1.1" HOST, HTTP_WRONG_METHOD, NULL },
	{ "GET / HTTP/2.0" HOST, HTTP_WRONG_VERSION, NULL },
	{ "GET / HTTP/1.1 x" HOST, HTTP_BAD, NULL },
	{ "GET / FTP/1.1" HOST, HTTP_BAD, NULL },
	{ "GET /\r\n\r\n", HTTP_BAD, NULL },
	{ "\r\n\r\n", HTTP_BAD, NULL },
	{ "GET / HTTP/1.1\r\n\r\n", HTTP_BAD, NULL },
	{ "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", HTTP_FORBIDDEN, NULL },
	{ "GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n", HTTP_FORBIDDEN, NULL },
	{ "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", HTTP_FORBIDDEN, NULL },
	{ "GET / HTTP/1.1\r\nHost: localhost:\r\n\r\n", HTTP_FORBIDDEN, NULL },
	{ "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", HTTP_BAD, NULL },
	{ "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabcde", HTTP_BAD, NULL },
	{ "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", HTTP_BAD, NULL },
	{ "GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", HTTP_BAD, NULL },
	{ "GET / HTTP/1.1\r\nHost: localhost\r\nX: \x01\r\n\r\n", HTTP_BAD, NULL },
	{ "GET / HTTP/1.1\r\nHost: localhost\r\nX\r\n\r\n", HTTP_BAD, NULL },
};

START_TEST(takes_plain_requests_only)
{
	struct http_request request;
	enum http_status status = http_parse(text_from(requests[_i].head), &request);
	ck_assert_msg(status == requests[_i].status, "%s: %d", requests[_i].head, (int)status);
	if (requests[_i].path)
		ck_assert_str_eq(request.path, requests[_i].path);
}
END_TEST

START_TEST(bounds_what_it_takes)
{
	struct http_request request;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_repeat(&buf, 'a', HTTP_HEAD_MOST);
	ck_assert_int_eq(http_parse(buf_view(&buf), &request), HTTP_HEAD_LONG);
	buf_reset(&buf);
	buf_string(&buf, "GET /");
	buf_repeat(&buf, 'a', HTTP_TARGET_MOST - 1);
	buf_string(&buf, " HTTP/1.1" HOST);
	ck_assert_int_eq(http_parse(buf_view(&buf), &request), HTTP_OK);
	ck_assert_uint_eq(strlen(request.path), HTTP_TARGET_MOST - 1);
	buf_reset(&buf);
	buf_string(&buf, "GET /");
	buf_repeat(&buf, 'a', HTTP_TARGET_MOST);
	buf_string(&buf, " HTTP/1.1" HOST);
	ck_assert_int_eq(http_parse(buf_view(&buf), &request), HTTP_TARGET_LONG);
	buf_clear(&buf);
}
END_TEST

START_TEST(answers_with_the_policy)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	const struct http_answer answer = { .status = HTTP_OK, .type = http_type(TEXT("a/index.html")), .size = 12 };
	http_write_head(&answer, &buf);
	ck_assert(text_starts(buf_view(&buf), "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 12\r\n"));
	ck_assert(text_contains(buf_view(&buf), TEXT("Content-Security-Policy: default-src 'none';")));
	ck_assert(text_contains(buf_view(&buf), TEXT("\r\nCross-Origin-Resource-Policy: same-origin\r\n")));
	ck_assert(text_ends(buf_view(&buf), "\r\n\r\n"));
	ck_assert(text_is(http_type(TEXT("x.bin")), "application/octet-stream"));
	ck_assert_str_eq(http_status_line((enum http_status)999), "500 Internal Server Error");
	buf_clear(&buf);
}
END_TEST

Suite *serve_http_suite(void)
{
	Suite *suite = suite_create("serve/http");
	TCase *http = tcase_create("http");
	tcase_add_loop_test(http, takes_plain_requests_only, 0, sizeof requests / sizeof *requests);
	tcase_add_test(http, bounds_what_it_takes);
	tcase_add_test(http, answers_with_the_policy);
	suite_add_tcase(suite, http);
	return suite;
}
