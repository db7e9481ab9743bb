/* SPDX-License-Identifier: MIT */
#include "send/smtp.h"

#include <assert.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "send/ascii.h"
#include "send/mailbox.h"
#include "send/message.h"

enum { HOST_MOST = 253, PORT_MOST = 65535, SAID_MOST = 1024 };

struct smtp {
	const struct smtp_server *server;
	CURL *curl;
	struct curl_slist *recipients;
	struct text rest;       /* of the text that is being sent */
	/* What the conversation has come to. */
	enum smtp_stage stage;
	int code;               /* of the answer to the last command; 0: not answered yet */
	bool is_let_in;         /* connected, greeted, and with a user known */
	curl_socket_t socket;   /* of the last connection; CURL_SOCKET_BAD: closed */
	bool is_over;           /* we have said QUIT, as curl does after a refusal */
	struct buf said;        /* the answer's words, its lines joined by blanks */
	size_t size_most;
	char error[CURL_ERROR_SIZE];
};

/* ---- the server's address ----------------------------------------------------------------- */

struct place {
	bool is_tls;
	struct text host; /* with brackets where it is a number of IPv6 */
};

static bool is_port(struct text port)
{
	int64_t number;
	return text_to_integer(port, &number) && number >= 1 && number <= PORT_MOST && port.at[0] != '-';
}

static bool is_host(struct text host)
{
	bool is_number6 = text_starts(host, "[") && text_ends(host, "]");
	struct text inner = is_number6 ? text_slice(host, 1, host.size - 2) : host;
	for (size_t i = 0; i < inner.size; i++) {
		char byte = inner.at[i];
		bool is_sound = is_number6 ? ascii_hex(byte) >= 0 || byte == ':' : ascii_is_alnum(byte) || byte == '-';
		if (!is_sound && byte != '.')
			return false;
	}
	return inner.size && inner.size <= HOST_MOST && inner.at[0] != '-' && inner.at[0] != '.';
}

static bool parse_url(const char *string, struct place *place)
{
	struct text url = text_from(string);
	place->is_tls = text_starts(url, "smtps://");
	if (!place->is_tls && !text_starts(url, "smtp://"))
		return false;
	struct text rest = text_slice(url, place->is_tls ? 8 : 7, url.size);
	if (text_ends(rest, "/"))
		rest.size--;
	size_t end = text_starts(rest, "[") ? text_find(rest, TEXT("]")) + 1 : text_find(rest, TEXT(":"));
	place->host = text_slice(rest, 0, end);
	struct text behind = text_slice(rest, end, rest.size);
	if (behind.size && (behind.at[0] != ':' || !is_port(text_slice(behind, 1, behind.size))))
		return false;
	return is_host(place->host);
}

/* 127.0.0.0/8 written as four numbers. */
static bool is_loopback_number(struct text host)
{
	size_t count = 0;
	for (struct text part; text_next(&host, '.', &part); count++) {
		int64_t number;
		if (!text_to_integer(part, &number) || number < 0 || number > 255 || (count == 0 && number != 127))
			return false;
	}
	return count == 4;
}

bool smtp_is_loopback(const struct smtp_server *server)
{
	struct place place;
	if (!parse_url(server->url, &place))
		return false;
	return text_is(place.host, "localhost") || text_is(place.host, "[::1]") || is_loopback_number(place.host);
}

static bool is_secret(const char *string)
{
	for (const char *at = string; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7F)
			return false;
	return *string != '\0';
}

enum smtp_fault smtp_check(const struct smtp_server *server)
{
	struct place place;
	if (!server->url || !parse_url(server->url, &place))
		return SMTP_BAD_URL;
	if (!server->user != !server->password)
		return SMTP_BAD_USER;
	if (server->user && (!is_secret(server->user) || !is_secret(server->password)))
		return SMTP_BAD_USER;
	return server->ca_file && !file_exists(server->ca_file) ? SMTP_BAD_CA : SMTP_GOOD;
}

struct text smtp_fault_words(enum smtp_fault fault)
{
	static const char *const words[SMTP_FAULT_COUNT] = {
		[SMTP_GOOD] = "\x1F",
		[SMTP_BAD_URL] = "应为 smtps://主机:端口 或 smtp://主机:端口\x1F"
			"it must be smtps://HOST:PORT or smtp://HOST:PORT",
		[SMTP_BAD_USER] = "用户名和口令须同时给出，且不含控制字符\x1F"
			"user and password come together and hold no control characters",
		[SMTP_BAD_CA] = "找不到证书文件\x1F" "there is no such file of certificates",
	};
	assert(fault < SMTP_FAULT_COUNT);
	return text_from(words[fault]);
}

struct text smtp_stage_words(enum smtp_stage stage)
{
	static const char *const words[SMTP_STAGE_COUNT] = {
		[SMTP_CONNECT] = "建立连接\x1F" "connecting",
		[SMTP_GREETING] = "等待服务器问候\x1F" "the server's greeting",
		[SMTP_HELLO] = "问候服务器（EHLO）\x1F" "saying hello (EHLO)",
		[SMTP_STARTTLS] = "建立加密连接（STARTTLS）\x1F" "securing the connection (STARTTLS)",
		[SMTP_AUTH] = "登录（AUTH）\x1F" "logging in (AUTH)",
		[SMTP_MAIL] = "告知发件人（MAIL）\x1F" "telling the sender (MAIL)",
		[SMTP_RCPT] = "告知收件人（RCPT）\x1F" "telling the recipient (RCPT)",
		[SMTP_DATA] = "请求发送内容（DATA）\x1F" "asking to send the text (DATA)",
		[SMTP_TEXT] = "发送内容\x1F" "sending the text",
	};
	assert(stage < SMTP_STAGE_COUNT);
	return text_from(words[stage]);
}

/* ---- the conversation ---------------------------------------------------------------------- */

static void enter(struct smtp *smtp, enum smtp_stage stage)
{
	smtp->stage = stage;
	smtp->is_over = false;
	smtp->code = 0;
	buf_reset(&smtp->said);
}

/* A command of ours is on its way.  What is sent within AUTH is none: it holds the password. */
static void hear_own(struct smtp *smtp, struct text line)
{
	static const struct {
		const char *command;
		enum smtp_stage stage;
	} commands[] = {
		{ "EHLO ", SMTP_HELLO }, { "HELO ", SMTP_HELLO }, { "STARTTLS\r\n", SMTP_STARTTLS },
		{ "AUTH ", SMTP_AUTH }, { "MAIL FROM:", SMTP_MAIL }, { "RCPT TO:", SMTP_RCPT },
		{ "DATA\r\n", SMTP_DATA },
	};
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (text_starts(line, commands[i].command))
			enter(smtp, commands[i].stage);
	smtp->is_over |= text_starts(line, "QUIT");
	smtp->is_let_in |= smtp->stage >= SMTP_MAIL || text_starts(line, "NOOP");
	if (text_starts(line, "EHLO "))
		smtp->size_most = 0;
}

/* A line of an answer: `250-words`, and `250 words` for its last. */
static void hear(struct smtp *smtp, struct text line)
{
	line = text_trim(line);
	int64_t code;
	if (smtp->is_over || line.size < 3 || !text_to_integer(text_slice(line, 0, 3), &code) || code < 100)
		return;
	if (smtp->stage == SMTP_CONNECT)
		enter(smtp, SMTP_GREETING);
	struct text words = text_slice(line, 4, line.size);
	int64_t size;
	if (smtp->stage == SMTP_HELLO && text_starts(words, "SIZE ") &&
	    text_to_integer(text_slice(words, 5, words.size), &size) && size > 0)
		smtp->size_most = (size_t)size;
	if (smtp->said.size)
		buf_byte(&smtp->said, ' ');
	buf_text(&smtp->said, words);
	if (line.size > 3 && line.at[3] == '-')
		return;
	smtp->code = (int)code;
	if (smtp->stage == SMTP_DATA && code == 354)
		enter(smtp, SMTP_TEXT);
}

static int listen_to_curl(CURL *curl, curl_infotype type, char *bytes, size_t size, void *context)
{
	(void)curl;
	struct smtp *smtp = context;
	const struct text line = { bytes, size };
	if (type == CURLINFO_HEADER_OUT)
		hear_own(smtp, line);
	else if (type == CURLINFO_HEADER_IN)
		hear(smtp, line);
	return 0;
}

static int note_socket(void *context, curl_socket_t opened, curlsocktype purpose)
{
	(void)purpose;
	struct smtp *smtp = context;
	smtp->socket = opened;
	return CURL_SOCKOPT_OK;
}

static int close_socket(void *context, curl_socket_t socket)
{
	struct smtp *smtp = context;
	if (smtp->socket == socket)
		smtp->socket = CURL_SOCKET_BAD;
	return close(socket);
}

/*
 * After a failure an answer may still be on its way, which the next message must not take for its own; curl keeps
 * such a connection where a time-out ended it.  Nor is its end waited for.
 */
static void hang_up(struct smtp *smtp)
{
	if (smtp->socket != CURL_SOCKET_BAD)
		shutdown(smtp->socket, SHUT_RDWR);
}

static size_t give_text(char *room, size_t size, size_t count, void *context)
{
	struct smtp *smtp = context;
	struct text piece = text_slice(smtp->rest, 0, size * count);
	if (piece.size)
		memcpy(room, piece.at, piece.size);
	smtp->rest = text_slice(smtp->rest, piece.size, smtp->rest.size);
	return piece.size;
}

static size_t take_nothing(char *bytes, size_t size, size_t count, void *context)
{
	(void)bytes, (void)context;
	return size * count;
}

/* ---- one transfer --------------------------------------------------------------------------- */

static void set_server(struct smtp *smtp)
{
	const struct smtp_server *server = smtp->server;
	struct buf url;
	buf_init(&url, BUF_LIMIT_PAGE);
	buf_string(&url, server->url);
	if (url.at[url.size - 1] != '/')
		buf_byte(&url, '/');
	buf_string(&url, server->hello ? server->hello : "");
	curl_easy_setopt(smtp->curl, CURLOPT_URL, url.at);
	buf_clear(&url);
	bool may_be_plain = smtp_is_loopback(server) && !server->user;
	curl_easy_setopt(smtp->curl, CURLOPT_USE_SSL, (long)(may_be_plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
	curl_easy_setopt(smtp->curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(smtp->curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(smtp->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (server->ca_file)
		curl_easy_setopt(smtp->curl, CURLOPT_CAINFO, server->ca_file);
	if (server->user) {
		curl_easy_setopt(smtp->curl, CURLOPT_USERNAME, server->user);
		curl_easy_setopt(smtp->curl, CURLOPT_PASSWORD, server->password);
	}
}

static void set_manners(struct smtp *smtp)
{
	const struct smtp_server *server = smtp->server;
	curl_easy_setopt(smtp->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(smtp->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(smtp->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(smtp->curl, CURLOPT_CONNECTTIMEOUT, (long)SMTP_CONNECT_S);
	const long reply_s = server->reply_s ? server->reply_s : SMTP_REPLY_S;
	const long message_s = server->message_s ? server->message_s : SMTP_MESSAGE_S;
	curl_easy_setopt(smtp->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, reply_s);
	curl_easy_setopt(smtp->curl, CURLOPT_TIMEOUT, message_s);
	curl_easy_setopt(smtp->curl, CURLOPT_ERRORBUFFER, smtp->error);
	curl_easy_setopt(smtp->curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(smtp->curl, CURLOPT_DEBUGFUNCTION, listen_to_curl);
	curl_easy_setopt(smtp->curl, CURLOPT_DEBUGDATA, smtp);
	curl_easy_setopt(smtp->curl, CURLOPT_SOCKOPTFUNCTION, note_socket);
	curl_easy_setopt(smtp->curl, CURLOPT_SOCKOPTDATA, smtp);
	curl_easy_setopt(smtp->curl, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
	curl_easy_setopt(smtp->curl, CURLOPT_CLOSESOCKETDATA, smtp);
	curl_easy_setopt(smtp->curl, CURLOPT_READFUNCTION, give_text);
	curl_easy_setopt(smtp->curl, CURLOPT_READDATA, smtp);
	curl_easy_setopt(smtp->curl, CURLOPT_WRITEFUNCTION, take_nothing);
}

struct smtp *smtp_open(const struct smtp_server *server)
{
	assert(smtp_check(server) == SMTP_GOOD);
	struct smtp *smtp = memory_resize(NULL, sizeof *smtp);
	*smtp = (struct smtp){ .server = server, .socket = CURL_SOCKET_BAD };
	buf_init(&smtp->said, SAID_MOST);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	smtp->curl = curl_easy_init();
	if (smtp->curl) {
		set_server(smtp);
		set_manners(smtp);
	}
	return smtp;
}

/* False where it failed and the connection was an old one: the server may have closed it long ago. */
static bool perform(struct smtp *smtp, bool is_fresh)
{
	enter(smtp, SMTP_CONNECT);
	smtp->is_let_in = false;
	smtp->error[0] = '\0';
	if (!smtp->curl)
		return true;
	curl_easy_setopt(smtp->curl, CURLOPT_FRESH_CONNECT, is_fresh ? 1L : 0L);
	CURLcode outcome = curl_easy_perform(smtp->curl);
	if (outcome != CURLE_OK)
		hang_up(smtp);
	if (outcome != CURLE_OK && !smtp->error[0])
		snprintf(smtp->error, sizeof smtp->error, "%s", curl_easy_strerror(outcome));
	long connections = 1;
	curl_easy_getinfo(smtp->curl, CURLINFO_NUM_CONNECTS, &connections);
	return connections > 0 || outcome == CURLE_OK;
}

/* A whole command was answered so, or, for code 0, was not. */
static enum smtp_result judge(enum smtp_stage stage, int code)
{
	int kind = code / 100;
	/* 5xx to MAIL speaks of the sender, and so of all messages, but for these two. */
	bool is_of_message = stage > SMTP_MAIL || (stage == SMTP_MAIL && (kind == 4 || code == 552 || code == 554));
	if (stage == SMTP_TEXT && kind == 2)
		return SMTP_ACCEPTED;
	if (is_of_message && kind == 4)
		return SMTP_DEFERRED;
	if (is_of_message && kind == 5)
		return SMTP_REFUSED;
	return stage == SMTP_TEXT ? SMTP_UNCERTAIN : SMTP_NOT_BEGUN;
}

static void tell(struct smtp_reply *reply, struct text words)
{
	struct arena *arena = arena_new();
	struct text shown = message_shown(arena, words, SMTP_TEXT_MOST - 1);
	memcpy(reply->text, shown.at, shown.size);
	reply->text[shown.size] = '\0';
	arena_free(arena);
}

static void conclude(const struct smtp *smtp, struct smtp_reply *reply)
{
	*reply = (struct smtp_reply){ .stage = smtp->stage, .code = smtp->code };
	reply->result = judge(smtp->stage, smtp->code);
	bool is_answer = smtp->code >= 400 || reply->result == SMTP_ACCEPTED;
	tell(reply, is_answer || !smtp->error[0] ? buf_view(&smtp->said) : text_from(smtp->error));
}

void smtp_hello(struct smtp *smtp, struct smtp_reply *reply)
{
	if (smtp->curl) {
		curl_easy_setopt(smtp->curl, CURLOPT_UPLOAD, 0L);
		curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
		curl_easy_setopt(smtp->curl, CURLOPT_NOBODY, 1L);
		curl_easy_setopt(smtp->curl, CURLOPT_CUSTOMREQUEST, "NOOP");
	}
	if (!perform(smtp, false))
		perform(smtp, true);
	conclude(smtp, reply);
	if (smtp->is_let_in)
		reply->result = SMTP_ACCEPTED; /* also by servers that know no NOOP */
}

static void set_letter(struct smtp *smtp, const struct smtp_letter *letter)
{
	struct arena *arena = arena_new();
	curl_slist_free_all(smtp->recipients);
	smtp->recipients = curl_slist_append(NULL, text_string(arena, letter->to));
	curl_easy_setopt(smtp->curl, CURLOPT_CUSTOMREQUEST, NULL);
	curl_easy_setopt(smtp->curl, CURLOPT_NOBODY, 0L);
	curl_easy_setopt(smtp->curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, text_string(arena, letter->from));
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, smtp->recipients);
	curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)letter->bytes.size);
	arena_free(arena);
}

void smtp_send(struct smtp *smtp, const struct smtp_letter *letter, struct smtp_reply *reply)
{
	assert(mailbox_check_address(letter->from) == MAILBOX_NONE);
	assert(mailbox_check_address(letter->to) == MAILBOX_NONE);
	if (smtp->size_most && letter->bytes.size > smtp->size_most) {
		*reply = (struct smtp_reply){ .result = SMTP_REFUSED, .stage = SMTP_MAIL };
		snprintf(reply->text, sizeof reply->text, "SIZE %zu > %zu", letter->bytes.size, smtp->size_most);
		return;
	}
	if (smtp->curl)
		set_letter(smtp, letter);
	smtp->rest = letter->bytes;
	bool is_final = perform(smtp, false);
	/* An idle connection was closed by the other side: nothing of the text has left, so once more on a new one. */
	if (!is_final && smtp->stage <= SMTP_MAIL && (!smtp->code || smtp->code == 421)) {
		smtp->rest = letter->bytes;
		perform(smtp, true);
	}
	conclude(smtp, reply);
}

void smtp_close(struct smtp *smtp)
{
	if (!smtp)
		return;
	curl_easy_cleanup(smtp->curl);
	curl_slist_free_all(smtp->recipients);
	buf_clear(&smtp->said);
	free(smtp);
	curl_global_cleanup();
}
