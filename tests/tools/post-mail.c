/* SPDX-License-Identifier: MIT
 *
 * Drives gen/send's mail without a register, for tests/send/mail.
 *
 *	post-mail write SPEC FOLDER            a message a line of SPEC into FOLDER/<copy>.eml; prints copy, size
 *	post-mail post BATCH STATES OPTION=…   sends; BATCH: copy, code, address, path, sha256 by tabs; STATES: what
 *	                                       was noted, a line each, on the disk before the call returns
 *	post-mail reports FOLDER               delivery reports, a line each
 *
 * SPEC: copy, Message-ID, date, from name, from, to name, to, subject, path of the text, then for each
 * attachment name, type and path.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/list.h"
#include "base/map.h"
#include "send/dsn.h"
#include "send/mime.h"
#include "send/post.h"

static struct arena *arena;

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "post-mail: %s\n", what);
	exit(9);
}

static struct text read_whole(struct text path)
{
	struct file_bytes bytes;
	if (file_read(text_string(arena, path), BUF_LIMIT_FILE, NULL, &bytes) != 0)
		give_up(text_string(arena, path));
	return bytes.text;
}

static struct text field(struct text *line)
{
	struct text piece = NO_TEXT;
	text_next(line, '\t', &piece);
	return piece;
}

/* ---- write --------------------------------------------------------------------------------- */

static void write_one(struct text line, const char *folder)
{
	struct mail_attachment attachments[MAIL_ATTACHMENTS_MOST];
	struct mail mail = { .attachments = attachments };
	mail.copy = field(&line);
	mail.message_id = field(&line);
	if (!date_parse_iso(field(&line), &mail.date))
		give_up("no date");
	mail.from.name = field(&line);
	mail.from.address = field(&line);
	mail.to.name = field(&line);
	mail.to.address = field(&line);
	mail.subject = field(&line);
	mail.body = read_whole(field(&line));
	while (line.size && mail.attachment_count < MAIL_ATTACHMENTS_MOST) {
		struct mail_attachment *attachment = &attachments[mail.attachment_count++];
		attachment->name = field(&line);
		attachment->type = field(&line);
		attachment->bytes = read_whole(field(&line));
	}
	enum mail_fault fault = mail_check(&mail);
	if (fault != MAIL_GOOD) {
		printf("%.*s\t-%d\n", TEXT_ARGS(mail.copy), (int)fault);
		return;
	}
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	mail_write(&buf, &mail);
	if (file_write(text_string(arena, text_format(arena, "%s/%.*s.eml", folder, TEXT_ARGS(mail.copy))), buf_view(&buf), 0600) != 0)
		give_up("cannot write");
	printf("%.*s\t%zu\n", TEXT_ARGS(mail.copy), mail_size(&mail));
	buf_clear(&buf);
}

/* ---- post ---------------------------------------------------------------------------------- */

static int states;

static uint64_t milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void nap(uint64_t ms)
{
	const struct timespec time = { .tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000 * 1000000) };
	nanosleep(&time, NULL);
}

static enum post_note note(void *context, const struct post_job *job, enum send_state state, struct text detail)
{
	(void)context;
	struct text line = text_format(arena, "%.*s\t%.*s\t%.*s\n", TEXT_ARGS(job->copy), TEXT_ARGS(send_state_word(state)),
		TEXT_ARGS(detail));
	bool is_good = write(states, line.at, line.size) == (ssize_t)line.size && fsync(states) == 0;
	return is_good ? POST_NOTED : POST_NOTE_FAILED;
}

static void unfit(void *context, const struct post_job *job, struct text reason)
{
	(void)context;
	printf("unfit\t%.*s\t%.*s\n", TEXT_ARGS(job->copy), TEXT_ARGS(text_slice(reason, 0, text_find(reason, TEXT("\x1F")))));
}

static void progress(void *context, const struct post_tally *tally, uint64_t wait_ms)
{
	(void)context, (void)tally;
	if (wait_ms)
		printf("wait\t%" PRIu64 "\n", wait_ms);
	fflush(stdout);
}

/* The value of NAME=value; NULL without. */
static const char *option(int count, char **arguments, const char *name)
{
	size_t size = strlen(name);
	for (int i = 0; i < count; i++)
		if (strncmp(arguments[i], name, size) == 0 && arguments[i][size] == '=')
			return arguments[i] + size + 1;
	return NULL;
}

static uint64_t number(int count, char **arguments, const char *name, uint64_t otherwise)
{
	const char *value = option(count, arguments, name);
	return value ? strtoull(value, NULL, 10) : otherwise;
}

static size_t read_jobs(struct text batch, struct text noted, struct post_job **jobs)
{
	LIST(struct post_job) list = { 0 };
	struct map copies = { 0 };
	for (struct text line; text_next(&batch, '\n', &line);) {
		if (!line.size)
			continue;
		struct post_job job = { .copy = field(&line) };
		job.code = field(&line);
		job.address = field(&line);
		job.path = text_string(arena, field(&line));
		job.sha256 = field(&line);
		map_add(&copies, job.copy, (uint32_t)list.count);
		LIST_PUSH(&list, job);
	}
	for (struct text line; text_next(&noted, '\n', &line);) {
		const uint32_t *at = map_find(&copies, field(&line));
		enum send_state state = send_state_of(field(&line));
		if (!at || state == SEND_STATE_COUNT)
			continue;
		if (!send_state_follows(list.at[*at].state, state))
			give_up("a state that does not follow");
		list.at[*at].state = state;
	}
	map_clear(&copies);
	*jobs = list.at;
	return list.count;
}

static const char *const ends[POST_END_COUNT] = {
	"finished", "left", "count", "unreachable", "silent", "unnoted", "interrupted",
};

static void print_outcome(enum post_end end, const struct post_tally *tally, const struct smtp_reply *reply)
{
	printf("end\t%s\n", ends[end]);
	printf("tally\tjobs=%zu to_send=%zu settled=%zu was_claimed=%zu accepted=%zu deferred=%zu refused=%zu uncertain=%zu "
	       "unfit=%zu stopped=%zu bytes=%zu most=%zu\n", tally->jobs, tally->to_send, tally->settled, tally->was_claimed,
	       tally->accepted, tally->deferred, tally->refused, tally->uncertain, tally->unfit, tally->stopped, tally->bytes,
	       tally->bytes_most);
	printf("reply\t%d\t%d\t%s\n", (int)reply->stage, reply->code, reply->text);
}

static int post(int count, char **arguments)
{
	struct post_job *jobs;
	states = open(arguments[1], O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	size_t job_count = read_jobs(read_whole(text_from(arguments[0])), read_whole(text_from(arguments[1])), &jobs);
	const char *mode = option(count, arguments, "mode"), *test = option(count, arguments, "test");
	const struct post_options options = {
		.mode = test ? POST_TEST : mode && strcmp(mode, "dry") == 0 ? POST_DRY : POST_LIVE,
		.test_address = text_from(test),
		.live_count = number(count, arguments, "live", job_count),
		.sender = TEXT("office@example.org"),
		.server = {
			.url = option(count, arguments, "url"),
			.ca_file = option(count, arguments, "ca"),
			.user = option(count, arguments, "user"),
			.password = option(count, arguments, "password"),
			.hello = "example.org",
			.reply_s = (unsigned)number(count, arguments, "reply", 5),
			.message_s = (unsigned)number(count, arguments, "message", 20),
		},
		.pace = {
			.per_minute = (unsigned)number(count, arguments, "rate", 0),
			.patience_ms = number(count, arguments, "patience", 0),
		},
		.clock = { milliseconds, nap },
		.note = note, .unfit = unfit, .progress = progress,
	};
	enum smtp_fault fault = smtp_check(&options.server);
	if (options.mode != POST_DRY && fault != SMTP_GOOD) {
		printf("fault\t%d\n", (int)fault);
		free(jobs);
		return 2;
	}
	struct post_tally tally;
	struct smtp_reply reply;
	enum post_end end = post_run(&options, jobs, job_count, &tally, &reply);
	print_outcome(end, &tally, &reply);
	free(jobs);
	return end == POST_FINISHED ? 0 : 1;
}

/* ---- reports ------------------------------------------------------------------------------- */

static int reports(const char *folder)
{
	struct dsn *dsns;
	size_t count;
	if (dsn_read_folder(arena, folder, &dsns, &count) != 0)
		give_up("no such folder");
	for (size_t i = 0; i < count; i++) {
		const struct dsn *dsn = &dsns[i];
		printf("%.*s\t%d\t%.*s\t%.*s", TEXT_ARGS(dsn->file), (int)dsn->fault, TEXT_ARGS(dsn->message_id), TEXT_ARGS(dsn->copy));
		for (size_t k = 0; k < dsn->recipient_count; k++)
			printf("\t%.*s\t%d\t%.*s\t%.*s", TEXT_ARGS(dsn->recipients[k].address), (int)dsn->recipients[k].action,
			       TEXT_ARGS(dsn->recipients[k].status), TEXT_ARGS(dsn->recipients[k].diagnostic));
		putchar('\n');
	}
	return 0;
}

int main(int argc, char **argv)
{
	arena = arena_new();
	signal(SIGPIPE, SIG_IGN);
	interrupt_catch();
	interrupt_defer();
	int code = 2;
	if (argc == 4 && strcmp(argv[1], "write") == 0) {
		struct text spec = read_whole(text_from(argv[2]));
		for (struct text line; text_next(&spec, '\n', &line);)
			if (line.size)
				write_one(line, argv[3]);
		code = 0;
	} else if (argc > 4 && strcmp(argv[1], "post") == 0) {
		code = post(argc - 2, argv + 2);
	} else if (argc == 3 && strcmp(argv[1], "reports") == 0) {
		code = reports(argv[2]);
	}
	arena_free(arena);
	return code;
}
