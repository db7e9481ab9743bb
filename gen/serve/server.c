/* SPDX-License-Identifier: MIT */
#include "serve/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

/* Whose a polled descriptor is, beside the connections by their numbers. */
enum { OWNER_LISTENER = SERVER_CONNECTIONS_MOST, OWNER_ALSO };

/* Waiting: the request is whole, what it asks for is being made. */
enum stage { STAGE_ASKING, STAGE_WAITING, STAGE_ANSWERING };

struct connection {
	int socket; /* -1: free */
	enum stage stage;
	size_t sent;
	uint64_t deadline;
	uint64_t since; /* accepted, or waiting, or when bytes of the answer last went out */
	struct buf in, out;
};

struct server {
	struct server_options options;
	int socket;
	struct buf body;
	struct connection connections[SERVER_CONNECTIONS_MOST];
};

static bool make_ready(int socket)
{
	int flags = fcntl(socket, F_GETFL);
	return flags >= 0 && fcntl(socket, F_SETFL, flags | O_NONBLOCK) == 0 && fcntl(socket, F_SETFD, FD_CLOEXEC) == 0;
}

static int listen_at(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
	if (listener < 0)
		return -1;
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, SERVER_CONNECTIONS_MOST) == 0 && make_ready(listener))
		return listener;
	int error = errno;
	close(listener);
	errno = error;
	return -1;
}

struct server *server_open(const struct server_options *options)
{
	int listener = listen_at(options->port);
	if (listener < 0)
		return NULL;
	struct server *server = memory_resize(NULL, sizeof *server);
	*server = (struct server){ .options = *options, .socket = listener };
	buf_init(&server->body, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < SERVER_CONNECTIONS_MOST; i++) {
		server->connections[i].socket = -1;
		buf_init(&server->connections[i].in, HTTP_HEAD_MOST + 1024);
		buf_init(&server->connections[i].out, BUF_LIMIT_PAGE + HTTP_HEAD_MOST);
	}
	return server;
}

int server_port(const struct server *server)
{
	struct sockaddr_in address = { 0 };
	socklen_t size = sizeof address;
	return getsockname(server->socket, (struct sockaddr *)&address, &size) == 0 ? ntohs(address.sin_port) : -1;
}

static void hang_up(struct connection *connection)
{
	close(connection->socket);
	connection->socket = -1;
	buf_clear(&connection->in);
	buf_clear(&connection->out);
}

/* Nothing to answer yet. */
static void put_off(struct connection *connection, uint64_t now)
{
	if (connection->stage == STAGE_ASKING) {
		connection->since = now;
		connection->deadline = now + SERVER_ANSWER_MS;
	}
	connection->stage = STAGE_WAITING;
}

static void answer(struct server *server, struct connection *connection, enum http_status status,
		   struct http_request *request)
{
	struct http_answer answer = { .status = status };
	uint64_t now = server->options.milliseconds();
	buf_reset(&server->body);
	request->waited_ms = connection->stage == STAGE_WAITING ? now - connection->since : 0;
	if (status == HTTP_OK)
		server->options.answer(server->options.context, request, &answer, &server->body);
	if (answer.status == HTTP_LATER) {
		put_off(connection, now);
		return;
	}
	if (server->body.overflowed) {
		answer.status = HTTP_UNAVAILABLE;
		buf_reset(&server->body);
	}
	if (server->body.size == 0 && answer.status != HTTP_OK) {
		answer.type = TEXT("text/plain; charset=utf-8");
		buf_format(&server->body, "%s\n", http_status_line(answer.status));
	}
	answer.size = server->body.size;
	buf_reset(&connection->out);
	http_write_head(&answer, &connection->out);
	if (status != HTTP_OK || !request->is_head)
		buf_text(&connection->out, buf_view(&server->body));
	connection->stage = STAGE_ANSWERING;
	connection->sent = 0;
	connection->since = now;
	connection->deadline = now + SERVER_ANSWER_MS;
}

/* Answers what has been asked, if it has been asked in full. */
static void consider(struct server *server, struct connection *connection)
{
	struct http_request request;
	enum http_status status = http_parse(buf_view(&connection->in), &request);
	if (status != HTTP_INCOMPLETE)
		answer(server, connection, status, &request);
}

static void receive(struct server *server, struct connection *connection)
{
	char bytes[1024];
	ssize_t size = recv(connection->socket, bytes, sizeof bytes, 0);
	if (size <= 0) {
		if (size == 0 || (errno != EAGAIN && errno != EINTR))
			hang_up(connection);
		return;
	}
	buf_add(&connection->in, bytes, (size_t)size);
	consider(server, connection);
}

static void deliver(const struct server *server, struct connection *connection)
{
	const struct buf *out = &connection->out;
	ssize_t size = send(connection->socket, out->at + connection->sent, out->size - connection->sent, MSG_NOSIGNAL);
	if (size < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	connection->sent += size > 0 ? (size_t)size : 0;
	connection->since = server->options.milliseconds();
	if (size < 0)
		hang_up(connection);
	else if (connection->sent == out->size) {
		shutdown(connection->socket, SHUT_WR);
		hang_up(connection);
	}
}

/*
 * The place for one more: a free one; else that of the one that has been asking for
 * longest, for a request of one line never takes long; else of an answer that nobody
 * has taken anything of for a while; else of the one that has waited longest: a page that waits
 * for news asks again.  NULL: all are busy.
 */
static struct connection *find_place(struct server *server)
{
	struct connection *asking = NULL, *stuck = NULL, *waiting = NULL;
	uint64_t now = server->options.milliseconds();
	for (size_t i = 0; i < SERVER_CONNECTIONS_MOST; i++) {
		struct connection *connection = &server->connections[i];
		if (connection->socket < 0)
			return connection;
		if (connection->stage == STAGE_ASKING && (!asking || connection->since < asking->since))
			asking = connection;
		bool is_stuck = connection->stage == STAGE_ANSWERING && now - connection->since >= SERVER_STUCK_MS;
		if (is_stuck && (!stuck || connection->since < stuck->since))
			stuck = connection;
		if (connection->stage == STAGE_WAITING && (!waiting || connection->since < waiting->since))
			waiting = connection;
	}
	if (!asking)
		asking = stuck ? stuck : waiting;
	return asking;
}

/* One at a time: who has asked meanwhile is read before the next comes in and might take its place. */
static void take_in(struct server *server)
{
	struct connection *connection = find_place(server);
	int socket = connection ? accept(server->socket, NULL, NULL) : -1;
	if (socket < 0)
		return;
	if (connection->socket >= 0)
		hang_up(connection);
	connection->socket = socket;
	connection->stage = STAGE_ASKING;
	connection->since = server->options.milliseconds();
	connection->deadline = connection->since + SERVER_REQUEST_MS;
	buf_reset(&connection->in);
	if (!make_ready(connection->socket))
		hang_up(connection);
}

/* What a connection is polled for; one that waits has nothing more to say than that it is gone. */
static short events_of(const struct connection *connection)
{
	return connection->stage == STAGE_ANSWERING ? POLLOUT : POLLIN;
}

/* Connections, then what wakes the loop without being one; the listener comes last, and only while there is room. */
static nfds_t describe(struct server *server, struct pollfd *polled, size_t *owners)
{
	int also[SERVER_ALSO_MOST];
	size_t more = server->options.also ? server->options.also(server->options.context, also) : 0;
	nfds_t count = 0;
	for (size_t i = 0; i < SERVER_CONNECTIONS_MOST; i++) {
		const struct connection *connection = &server->connections[i];
		if (connection->socket < 0)
			continue;
		owners[count] = i;
		polled[count++] = (struct pollfd){ .fd = connection->socket, .events = events_of(connection) };
	}
	for (size_t i = 0; i < more; i++) {
		owners[count] = OWNER_ALSO;
		polled[count++] = (struct pollfd){ .fd = also[i], .events = POLLIN };
	}
	owners[count] = OWNER_LISTENER;
	polled[count] = (struct pollfd){ .fd = server->socket, .events = POLLIN };
	return count + (find_place(server) ? 1 : 0);
}

static void see_whether_gone(struct connection *connection)
{
	char bytes[1024];
	ssize_t size = recv(connection->socket, bytes, sizeof bytes, 0);
	if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR))
		hang_up(connection);
}

static void attend(struct server *server, size_t owner)
{
	if (owner == OWNER_ALSO)
		return; /* its own tick looks */
	if (owner == OWNER_LISTENER)
		take_in(server);
	else if (server->connections[owner].stage == STAGE_ANSWERING)
		deliver(server, &server->connections[owner]);
	else if (server->connections[owner].stage == STAGE_ASKING)
		receive(server, &server->connections[owner]);
	else
		see_whether_gone(&server->connections[owner]);
}

/* Asks again for those that wait; true when some got their answer, which may make way for others. */
static bool ask_again(struct server *server)
{
	size_t answered = 0, left = 0;
	for (size_t i = 0; i < SERVER_CONNECTIONS_MOST; i++) {
		struct connection *connection = &server->connections[i];
		if (connection->socket >= 0 && connection->stage == STAGE_WAITING) {
			consider(server, connection);
			if (connection->stage == STAGE_WAITING)
				left++;
			else
				answered++;
		}
	}
	return answered && left;
}

bool server_run(struct server *server)
{
	struct pollfd polled[SERVER_CONNECTIONS_MOST + SERVER_ALSO_MOST + 1];
	size_t owners[SERVER_CONNECTIONS_MOST + SERVER_ALSO_MOST + 1];
	int wait_ms;
	while ((wait_ms = server->options.tick(server->options.context)) >= 0) {
		while (ask_again(server))
			continue;
		if (wait_ms > SERVER_TICK_MS)
			wait_ms = SERVER_TICK_MS;
		nfds_t count = describe(server, polled, owners);
		if (poll(polled, count, wait_ms) < 0 && errno != EINTR)
			return false;
		for (nfds_t i = 0; i < count; i++)
			if (polled[i].revents)
				attend(server, owners[i]);
		uint64_t now = server->options.milliseconds();
		for (size_t i = 0; i < SERVER_CONNECTIONS_MOST; i++)
			if (server->connections[i].socket >= 0 && server->connections[i].deadline < now)
				hang_up(&server->connections[i]);
	}
	return true;
}

void server_close(struct server *server)
{
	if (!server)
		return;
	for (size_t i = 0; i < SERVER_CONNECTIONS_MOST; i++) {
		if (server->connections[i].socket >= 0)
			close(server->connections[i].socket);
		buf_clear(&server->connections[i].in);
		buf_clear(&server->connections[i].out);
	}
	close(server->socket);
	buf_clear(&server->body);
	free(server);
}
