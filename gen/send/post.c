/* SPDX-License-Identifier: MIT */
#include "send/post.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "send/mailbox.h"
#include "send/message.h"

/* What is slept at a time, so that an interrupt is seen. */
enum { NAP_MS = 500, DETAIL_MOST = SMTP_TEXT_MOST + 160 };

struct run {
	const struct post_options *options;
	const struct post_job *jobs;
	size_t count;
	struct post_tally *tally;
	struct smtp *smtp;
	struct pace *pace;
	size_t *order;             /* number in pace → job */
	enum send_state *outcomes; /* by job, of this run; SEND_PREPARED: none */
	struct arena *arena, *scratch; /* of the run; of one message */
	unsigned silent;           /* messages in a row without an answer */
};

static bool is_to_send(const struct post_job *job)
{
	return job->state == SEND_PREPARED || job->state == SEND_DEFERRED;
}

/* ---- the file of a message ----------------------------------------------------------------- */

/* Missing when it is the message that the job says. */
static struct text unfit_reason(struct arena *arena, const struct post_job *job, struct text bytes)
{
	char hex[65];
	hash_of(bytes, hex);
	if (!text_is(job->sha256, hex))
		return TEXT("文件与登记的 SHA-256 不符\x1F" "the file does not have the SHA-256 on record");
	struct text rest, header = message_header(bytes, &rest);
	if (!text_equal(message_field(arena, header, "X-Xingji-Copy"), job->copy))
		return TEXT("邮件里的份号不是这一份\x1F" "the message names another copy");
	struct mailbox to;
	bool is_one = message_field_count(header, "To") == 1 && !message_field_count(header, "Cc") &&
		!message_field_count(header, "Bcc");
	if (!is_one || mailbox_parse(message_field(arena, header, "To"), &to) != MAILBOX_NONE ||
	    !mailbox_same(to.address, job->address))
		return TEXT("邮件的收件人不是登记的地址\x1F" "the message is written to another address");
	return NO_TEXT;
}

static void leave(struct run *run, const struct post_job *job, struct text reason)
{
	run->tally->unfit++;
	run->options->unfit(run->options->context, job, reason);
}

/* False after saying why; release what was read. */
static bool load(struct run *run, const struct post_job *job, struct file_bytes *bytes)
{
	arena_clear(run->scratch);
	*bytes = (struct file_bytes){ .text = NO_TEXT };
	if (job->held.size) {
		leave(run, job, job->held);
		return false;
	}
	int error = file_read(job->path, POST_MESSAGE_LIMIT, NULL, bytes);
	struct text reason = error ? file_reason(error) : unfit_reason(run->scratch, job, bytes->text);
	if (!reason.size)
		return true;
	if (!error)
		file_release(bytes);
	leave(run, job, reason);
	return false;
}

static void look_at_files(struct run *run)
{
	for (size_t i = 0; i < run->count && !interrupt_requested(); i++) {
		struct file_bytes bytes;
		if (!is_to_send(&run->jobs[i]) || !load(run, &run->jobs[i], &bytes))
			continue;
		run->tally->bytes += bytes.text.size;
		if (bytes.text.size > run->tally->bytes_most)
			run->tally->bytes_most = bytes.text.size;
		file_release(&bytes);
	}
}

/* ---- what became of it ---------------------------------------------------------------------- */

static enum post_note note(const struct run *run, const struct post_job *job, enum send_state state, const char *detail)
{
	if (run->options->mode != POST_LIVE)
		return POST_NOTED;
	return run->options->note(run->options->context, job, state, text_from(detail));
}

static size_t *tally_of(struct post_tally *tally, enum send_state state)
{
	if (state == SEND_ACCEPTED)
		return &tally->accepted;
	if (state == SEND_DEFERRED)
		return &tally->deferred;
	return state == SEND_REFUSED ? &tally->refused : &tally->uncertain;
}

/* A message that was put off and tried again counts once. */
static void count_outcome(struct run *run, size_t job, enum send_state state)
{
	if (run->outcomes[job] != SEND_PREPARED)
		--*tally_of(run->tally, run->outcomes[job]);
	run->outcomes[job] = state;
	++*tally_of(run->tally, state);
}

static enum pace_news news_of(const struct smtp_reply *reply)
{
	if (reply->code == 554 && reply->result == SMTP_REFUSED)
		return PACE_BULK;
	if (reply->result == SMTP_DEFERRED && reply->code == 421)
		return PACE_LATER_REST;
	return reply->result == SMTP_DEFERRED || reply->result == SMTP_NOT_BEGUN ? PACE_LATER : PACE_OVER;
}

/* In words of the register; `550 5.1.1 no such user`. */
static void describe(char detail[DETAIL_MOST], const struct smtp_reply *reply, bool is_given_up)
{
	char code[16] = "";
	if (reply->code)
		snprintf(code, sizeof code, "%d ", reply->code);
	const char *why = "";
	if (is_given_up)
		why = "72 小时内未能送出：";
	else if (reply->result == SMTP_UNCERTAIN)
		why = "内容已开始发送，没有收到最终应答：";
	else if (reply->result == SMTP_NOT_BEGUN)
		why = "没有发出：";
	else if (reply->result == SMTP_REFUSED && !reply->code)
		why = "大于服务器的限制：";
	snprintf(detail, DETAIL_MOST, "%s%s%s", why, code, reply->text);
}

static enum send_state state_of(enum smtp_result result)
{
	static const enum send_state states[SMTP_RESULT_COUNT] = {
		[SMTP_ACCEPTED] = SEND_ACCEPTED,
		[SMTP_DEFERRED] = SEND_DEFERRED,
		[SMTP_REFUSED] = SEND_REFUSED,
		[SMTP_UNCERTAIN] = SEND_UNCERTAIN,
		[SMTP_NOT_BEGUN] = SEND_DEFERRED,
	};
	return states[result];
}

/* Notes it and tells the pace; false when it could not be noted. */
static bool settle(struct run *run, size_t number, const struct smtp_reply *reply)
{
	size_t job = run->order[number];
	enum send_state state = state_of(reply->result);
	/* A test is one try each. */
	enum pace_news news = run->options->mode == POST_LIVE ? news_of(reply) : PACE_OVER;
	bool is_given_up = !pace_tell(run->pace, number, news, run->options->clock.milliseconds());
	if (is_given_up)
		state = SEND_REFUSED;
	char detail[DETAIL_MOST];
	describe(detail, reply, is_given_up);
	bool is_silent = reply->result == SMTP_UNCERTAIN || reply->result == SMTP_NOT_BEGUN;
	run->silent = is_silent ? run->silent + 1 : 0;
	count_outcome(run, job, state);
	/* Who withdrew it while it was on its way has said what it is now. */
	return note(run, &run->jobs[job], state, detail) != POST_NOTE_FAILED;
}

/* ---- the run --------------------------------------------------------------------------------- */

/* POST_FINISHED: go on. */
static enum post_end send_one(struct run *run, size_t number, struct smtp_reply *reply)
{
	const struct post_options *options = run->options;
	const struct post_job *job = &run->jobs[run->order[number]];
	struct file_bytes bytes;
	if (!load(run, job, &bytes)) {
		pace_tell(run->pace, number, PACE_OVER, 0);
		return POST_FINISHED;
	}
	enum post_note claim = note(run, job, SEND_CLAIMED, NULL);
	bool is_noted = claim == POST_NOTED;
	if (claim == POST_OVERTAKEN) {
		leave(run, job, TEXT("发送期间另有登记改变了它的状态\x1F" "its state was changed while others were sent"));
		pace_tell(run->pace, number, PACE_OVER, 0);
		file_release(&bytes);
		return POST_FINISHED;
	}
	if (is_noted) {
		const struct smtp_letter letter = {
			.from = options->sender,
			.to = options->mode == POST_LIVE ? job->address : options->test_address,
			.bytes = bytes.text,
		};
		smtp_send(run->smtp, &letter, reply);
		is_noted = settle(run, number, reply);
	}
	file_release(&bytes);
	if (!is_noted)
		return POST_UNNOTED;
	if (options->progress)
		options->progress(options->context, run->tally, 0);
	if (reply->result == SMTP_NOT_BEGUN && reply->code >= 500)
		return POST_UNREACHABLE;
	return run->silent >= POST_SILENT_MOST ? POST_SILENT : POST_FINISHED;
}

static void wait_for(const struct run *run, uint64_t wait_ms)
{
	const struct post_options *options = run->options;
	if (options->progress && wait_ms > 1000)
		options->progress(options->context, run->tally, wait_ms);
	uint64_t end_ms = options->clock.milliseconds() + wait_ms, now_ms;
	while (!interrupt_requested() && (now_ms = options->clock.milliseconds()) < end_ms)
		options->clock.sleep(end_ms - now_ms < NAP_MS ? end_ms - now_ms : NAP_MS);
}

static enum post_end send_all(struct run *run, struct smtp_reply *reply)
{
	for (;;) {
		size_t number = 0;
		uint64_t wait_ms;
		if (interrupt_requested())
			return POST_INTERRUPTED;
		enum pace_step step = pace_next(run->pace, run->options->clock.milliseconds(), &number, &wait_ms);
		if (step == PACE_WAIT) {
			wait_for(run, wait_ms);
		} else if (step == PACE_SEND) {
			enum post_end end = send_one(run, number, reply);
			if (end != POST_FINISHED)
				return end;
		} else {
			return pace_left(run->pace) ? POST_LEFT : POST_FINISHED;
		}
	}
}

static enum post_end connect_and_send(struct run *run, struct smtp_reply *reply)
{
	const struct post_options *options = run->options;
	/* A message is waited for: one that is cut off is uncertain. */
	interrupt_notice(POST_INTERRUPT_S);
	run->smtp = smtp_open(&options->server);
	run->pace = pace_new(&options->pace, run->tally->to_send);
	run->order = ARENA_ARRAY(run->arena, size_t, run->count);
	run->outcomes = ARENA_ARRAY(run->arena, enum send_state, run->count);
	for (size_t i = 0; i < run->count; i++)
		if (is_to_send(&run->jobs[i])) {
			struct text address = options->mode == POST_LIVE ? run->jobs[i].address : options->test_address;
			run->order[pace_add(run->pace, address, run->jobs[i].waited_ms)] = i;
		}
	smtp_hello(run->smtp, reply);
	enum post_end end = reply->result == SMTP_ACCEPTED ? send_all(run, reply) : POST_UNREACHABLE;
	run->tally->stopped = pace_stopped(run->pace);
	pace_free(run->pace);
	smtp_close(run->smtp);
	return end;
}

/* What was on its way when a run ended; nobody knows whether it arrived. */
static bool name_uncertain(struct run *run)
{
	for (size_t i = 0; i < run->count; i++) {
		if (run->jobs[i].state != SEND_CLAIMED)
			continue;
		if (note(run, &run->jobs[i], SEND_UNCERTAIN, "上次运行在发送这一份时中断") == POST_NOTE_FAILED)
			return false;
	}
	return true;
}

static void count_jobs(struct run *run)
{
	run->tally->jobs = run->count;
	for (size_t i = 0; i < run->count; i++) {
		run->tally->to_send += is_to_send(&run->jobs[i]);
		run->tally->was_claimed += run->jobs[i].state == SEND_CLAIMED;
	}
	run->tally->settled = run->count - run->tally->to_send - run->tally->was_claimed;
}

enum post_end post_run(const struct post_options *options, const struct post_job *jobs, size_t count,
		       struct post_tally *tally, struct smtp_reply *reply)
{
	*tally = (struct post_tally){ .jobs = count };
	*reply = (struct smtp_reply){ .result = SMTP_NOT_BEGUN };
	if (options->mode == POST_LIVE && options->live_count != count)
		return POST_COUNT;
	struct run run = { .options = options, .jobs = jobs, .count = count, .tally = tally };
	count_jobs(&run);
	if (!name_uncertain(&run))
		return POST_UNNOTED;
	enum post_end end = POST_FINISHED;
	run.arena = arena_new();
	run.scratch = arena_new();
	if (options->mode == POST_DRY)
		look_at_files(&run);
	else if (tally->to_send)
		end = connect_and_send(&run, reply);
	arena_free(run.scratch);
	arena_free(run.arena);
	return end;
}
