/* SPDX-License-Identifier: MIT
 *
 * One wish at a time: whoever asks gets what he asked for, and who wants something else waits.
 */
#include "commands/line.h"

#include <check.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/handing.h"

Suite *commands_line_suite(void);

static int desk[2]; /* its end is desk[1] */
static struct line line;
static struct buf body;

static void set_up(void)
{
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, desk), 0);
	line_init(&line, 'p');
	buf_init(&body, BUF_LIMIT_PAGE);
}

static void tear_down(void)
{
	line_close(&line);
	buf_clear(&body);
	close(desk[0]);
	close(desk[1]);
}

static enum http_status ask(const char *path, uint64_t now_ms)
{
	buf_reset(&body);
	return line_ask(&line, desk[0], path, now_ms, &body).status;
}

/* Whoever makes pages: the next wish must be that path, and is answered by its own name. */
static void make(int maker, const char *path)
{
	char wish[64] = "";
	const struct line_reply reply = { .status = HTTP_OK, .size = strlen(path) };
	ck_assert_int_gt(read(maker, wish, sizeof wish - 1), 0);
	ck_assert_uint_eq(strcspn(wish, "\n"), strlen(path));
	ck_assert_int_eq(strncmp(wish, path, strlen(path)), 0);
	ck_assert_int_eq(write(maker, &reply, sizeof reply), (ssize_t)sizeof reply);
	ck_assert_int_eq(write(maker, path, strlen(path)), (ssize_t)strlen(path));
}

START_TEST(gives_what_was_asked)
{
	char letter;
	ck_assert_int_eq(ask("/a", 0), HTTP_LATER);
	int maker = handing_take(desk[1], &letter);
	ck_assert_int_eq(letter, 'p');
	make(maker, "/a");
	ck_assert_int_eq(ask("/b", 1), HTTP_LATER); /* another's is neither given nor dropped */
	ck_assert_uint_eq(body.size, 0);
	ck_assert_int_eq(ask("/a", 2), HTTP_OK);
	ck_assert(text_is(buf_view(&body), "/a"));
	ck_assert_int_eq(ask("/b", 3), HTTP_LATER);
	make(maker, "/b");
	ck_assert_int_eq(ask("/b", 4), HTTP_OK);
	ck_assert(text_is(buf_view(&body), "/b"));
	close(maker);
}
END_TEST

/* What nobody fetches makes room for the next. */
START_TEST(drops_what_nobody_fetches)
{
	char letter;
	ck_assert_int_eq(ask("/a", 0), HTTP_LATER);
	int maker = handing_take(desk[1], &letter);
	make(maker, "/a");
	line_hear(&line, 1);
	ck_assert_int_eq(ask("/b", 1000), HTTP_LATER);
	make(maker, "/b");
	ck_assert_int_eq(ask("/b", 1001), HTTP_OK);
	ck_assert(text_is(buf_view(&body), "/b"));
	close(maker);
}
END_TEST

Suite *commands_line_suite(void)
{
	Suite *suite = suite_create("commands/line");
	TCase *tcase = tcase_create("line");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, gives_what_was_asked);
	tcase_add_test(tcase, drops_what_nobody_fetches);
	suite_add_tcase(suite, tcase);
	return suite;
}
