/* SPDX-License-Identifier: MIT
 *
 * More connections than there are places: half-open ones, and ones that never take their answer.
 */
#include "serve/server.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

Suite *serve_server_suite(void);

enum { MANY = SERVER_CONNECTIONS_MOST + 4, LARGE = 5 << 20 };

static uint64_t milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* "/large" is more than the kernel takes at once; "/later" is ready when it is asked for often enough, "/never" never. */
static void answer(void *context, const struct http_request *request, struct http_answer *answer, struct buf *body)
{
	static int asked;
	(void)context;
	answer->type = TEXT("text/plain");
	if (strcmp(request->path, "never") == 0 || (strcmp(request->path, "later") == 0 && ++asked < 20)) {
		answer->status = HTTP_LATER;
		return;
	}
	buf_repeat(body, 'x', strcmp(request->path, "large") == 0 ? LARGE : 5);
}

static int tick(void *context)
{
	(void)context;
	return getppid() != 1 ? 20 : -1;
}

static struct sockaddr_in address = { .sin_family = AF_INET };
static pid_t child;

static void set_up(void)
{
	const struct server_options options = { .milliseconds = milliseconds, .answer = answer, .tick = tick };
	struct server *server = server_open(&options);
	ck_assert_ptr_nonnull(server);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address.sin_port = htons((uint16_t)server_port(server));
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		server_run(server);
		_exit(0);
	}
	server_close(server);
}

static void tear_down(void)
{
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static int ask(const char *words)
{
	struct timeval limit = { .tv_sec = SERVER_REQUEST_MS / 1000 };
	int number = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_ge(number, 0);
	setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	ck_assert_int_eq(connect(number, (struct sockaddr *)&address, sizeof address), 0);
	ck_assert_int_eq(send(number, words, strlen(words), MSG_NOSIGNAL), (ssize_t)strlen(words));
	return number;
}

static const char *const crowds[] = { "GET / HT", "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n" };

START_TEST(does_not_keep_an_honest_one_waiting)
{
	char bytes[16] = "";
	uint64_t start = milliseconds();
	for (int i = 0; i < MANY; i++)
		ask(crowds[_i]);
	int honest = ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
	ck_assert_int_eq(recv(honest, bytes, 15, MSG_WAITALL), 15);
	ck_assert_str_eq(bytes, "HTTP/1.1 200 OK");
	ck_assert_uint_lt(milliseconds() - start, SERVER_REQUEST_MS * 9 / 10);
}
END_TEST

START_TEST(lets_an_answer_that_moves_be)
{
	static char bytes[1 << 16];
	size_t size = 0;
	int slow = ask(crowds[1]);
	for (int i = 0; i < MANY; i++)
		ask(crowds[0]);
	for (ssize_t more; (more = recv(slow, bytes, sizeof bytes, 0)) > 0;)
		size += (size_t)more;
	ck_assert_uint_gt(size, LARGE);
}
END_TEST

/* What is not ready yet is answered when it is, others meanwhile; one who hangs up leaves his place. */
START_TEST(waits_for_what_is_being_made)
{
	char bytes[16] = "";
	int gone[MANY], later = ask("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
	uint64_t start = milliseconds();
	int honest = ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
	ck_assert_int_eq(recv(honest, bytes, 15, MSG_WAITALL), 15);
	ck_assert_uint_lt(milliseconds() - start, 300);
	ck_assert_int_eq(recv(later, bytes, 15, MSG_WAITALL), 15);
	ck_assert_str_eq(bytes, "HTTP/1.1 200 OK");
	ck_assert_uint_lt(milliseconds() - start, 20 * SERVER_TICK_MS);
	for (int i = 0; i < MANY; i++)
		gone[i] = ask("GET /never HTTP/1.1\r\nHost: localhost\r\n\r\n");
	for (int i = 0; i < MANY; i++)
		close(gone[i]);
	honest = ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
	ck_assert_int_eq(recv(honest, bytes, 15, MSG_WAITALL), 15);
}
END_TEST

START_TEST(does_not_take_a_port_twice)
{
	const struct server_options options = { .port = ntohs(address.sin_port), .milliseconds = milliseconds, .answer = answer, .tick = tick };
	ck_assert_ptr_null(server_open(&options));
}
END_TEST

Suite *serve_server_suite(void)
{
	Suite *suite = suite_create("serve/server");
	TCase *server = tcase_create("server");
	tcase_add_checked_fixture(server, set_up, tear_down);
	tcase_set_timeout(server, 30);
	tcase_add_loop_test(server, does_not_keep_an_honest_one_waiting, 0, 2);
	tcase_add_test(server, lets_an_answer_that_moves_be);
	tcase_add_test(server, waits_for_what_is_being_made);
	tcase_add_test(server, does_not_take_a_port_twice);
	suite_add_tcase(suite, server);
	return suite;
}
