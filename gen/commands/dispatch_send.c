/* SPDX-License-Identifier: MIT
 *
 * xingji dispatch send: the messages of a batch to the mail server.  Without --test and --live it only says
 * what it would do.
 *
 * What becomes of each message is in the register before the next one is begun (send/post.h).
 */
#include <stdio.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "build/out.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/dispatch.h"
#include "model/model.h"
#include "publish/lock.h"
#include "publish/tree.h"
#include "send/key.h"
#include "send/mailbox.h"
#include "send/post.h"

enum { PASSWORD_MOST = 1024 };

struct posting {
	struct run *run;
	struct steps steps;
	struct date day;
	struct post_job *jobs;
	size_t count;
	char password[PASSWORD_MOST];
};

static bool is_english(const struct posting *posting)
{
	return posting->run->options->environment.language == LANGUAGE_ENGLISH;
}

/* The half of "中文", U+001F, "English" that is wanted. */
static struct text half(const struct posting *posting, struct text both)
{
	size_t at = text_find(both, TEXT("\037"));
	return is_english(posting) ? text_slice(both, at + 1, both.size) : text_slice(both, 0, at);
}

/* ---- what the loop tells ------------------------------------------------------------------- */

static enum post_note note(void *context, const struct post_job *job, enum send_state state, struct text detail)
{
	static const enum post_note notes[] = {
		[STEPS_NOTED] = POST_NOTED, [STEPS_UNFIT] = POST_OVERTAKEN, [STEPS_FAILED] = POST_NOTE_FAILED,
	};
	struct posting *posting = context;
	struct step_note step = { .state = state, .day = posting->day, .detail = detail };
	const struct copy *copy = copies_find(&posting->steps.copies, job->copy);
	if (copy && date_compare(step.day, copy->since) < 0)
		step.day = copy->since;
	return notes[steps_try(&posting->steps, job->copy, &step)];
}

/* At once: the run may go on for an hour. */
static void tell_unfit(void *context, const struct post_job *job, struct text reason)
{
	const struct posting *posting = context;
	const struct model *model = posting->run->model;
	const uint32_t *found = map_find(&model->enterprise_by_code, job->code);
	struct text name = found ? model->enterprises[*found].name : job->code, words = half(posting, reason);
	say_line(stderr, is_english(posting) ? "not sent: copy %.*s to '%.*s': %.*s" : "没有发：份号 %.*s（%.*s）：%.*s",
		 TEXT_ARGS(job->copy), TEXT_ARGS(name), TEXT_ARGS(words));
}

static void show_progress(void *context, const struct post_tally *tally, uint64_t wait_ms)
{
	const struct posting *posting = context;
	size_t done = tally->accepted + tally->refused + tally->uncertain;
	if (posting->run->options->quiet)
		return;
	if (wait_ms)
		say_line(stderr, is_english(posting) ? "%zu of %zu; waiting %llu s" : "%zu / %zu，等待 %llu 秒", done,
			 tally->to_send, (unsigned long long)(wait_ms / 1000));
	else
		say_line(stderr, "%zu / %zu", done, tally->to_send);
}

/* ---- what is sent, and to which server ------------------------------------------------------- */

/* From delivery.csv as it is now: who mended an address behind prepare does not want the old one written to. */
static bool has_moved(const struct model *model, const struct copy *copy)
{
	const uint32_t *found = map_find(&model->enterprise_by_code, copy->copy->code);
	int32_t index = found ? model->enterprises[*found].delivery : -1;
	const struct delivery *delivery = index >= 0 ? &model->deliveries[index] : NULL;
	return !delivery || delivery->has_question || delivery->channel != copy->channel ||
	       !mailbox_same(text_trim(delivery->mail), copy->copy->address);
}

/* Missing: nothing speaks against sending it. */
static struct text held_reason(const struct posting *posting, int32_t index)
{
	const struct copies *copies = &posting->steps.copies;
	if (copies_replacement(copies, index))
		return TEXT("已备了更正版，旧的不再发\037a correction is prepared: the old one is not sent any more");
	if (has_moved(posting->run->model, &copies->list.at[index]))
		return TEXT("delivery.csv 里的渠道或邮箱现在不同，或有疑问；先作废这一份，再 dispatch prepare\037"
			    "delivery.csv now has another channel or address, or a doubt: void this copy, "
			    "then prepare");
	return NO_TEXT;
}

/* The register knows days, not hours: what was put off on Monday has waited three days on Thursday. */
static uint64_t waited_ms(const struct posting *posting, const struct copy *copy)
{
	int32_t days = date_is_missing(copy->deferred) ? 0 : date_days(posting->day) - date_days(copy->deferred);
	return days > 0 ? (uint64_t)days * 24 * 3600 * 1000 : 0;
}

static void add_jobs(struct posting *posting)
{
	struct run *run = posting->run;
	const struct copies *copies = &posting->steps.copies;
	long long year = (long long)run->model->campaign.year;
	posting->jobs = ARENA_ARRAY(run->arena, struct post_job, copies->list.count);
	for (size_t i = 0; i < copies->list.count; i++) {
		const struct copy *copy = &copies->list.at[i];
		bool is_mail = copy->channel == CHANNEL_NOTICE || copy->channel == CHANNEL_ATTACHMENT;
		if (!is_mail || !text_is(copy->batch, run->options->batch))
			continue;
		posting->jobs[posting->count++] = (struct post_job){
			.copy = copy->copy->copy, .code = copy->copy->code, .address = copy->copy->address,
			.sha256 = copy->copy->file_sha256, .state = copy->state,
			.held = held_reason(posting, (int32_t)i), .waited_ms = waited_ms(posting, copy),
			.path = text_format(run->arena, "%s/%lld/" TREE_DISPATCH "%.*s/%.*s",
				out_folder(run->options), year,
					    TEXT_ARGS(copy->batch), TEXT_ARGS(copy->copy->file)).at,
		};
	}
}

/* The first line of the file; never from the command line, where everybody on the machine can read it. */
static bool read_password(struct posting *posting)
{
	const char *path = posting->run->options->password_file;
	struct file_bytes bytes;
	struct text line;
	if (!path)
		return true;
	int error = file_read(path, PASSWORD_MOST, NULL, &bytes);
	if (error) {
		DIAG(posting->run->diag, DIAG_FILE_UNREADABLE, .a = text_from(path), .b = file_reason(error));
		return false;
	}
	struct text rest = bytes.text;
	text_next(&rest, '\n', &line);
	line = text_trim(line);
	snprintf(posting->password, sizeof posting->password, "%.*s", TEXT_ARGS(line));
	file_release(&bytes);
	return true;
}

static bool choose(struct posting *posting, struct post_options *post)
{
	const struct options *options = posting->run->options;
	struct mailbox sender;
	int64_t live = 0;
	post->mode = options->live ? POST_LIVE : POST_DRY;
	post->mode = options->test ? POST_TEST : post->mode;
	post->test_address = text_from(options->test);
	post->server = (struct smtp_server){ .url = options->smtp, .ca_file = options->ca, .user = options->user,
					     .password = options->password_file ? posting->password : NULL };
	if (options->live && (!text_to_integer(text_from(options->live), &live) || live < 1)) {
		say_usage(options, "--live 后面写这一批的邮件数", "--live takes the number of messages", options->live);
		return false;
	}
	post->live_count = (size_t)live;
	if (options->test && mailbox_check_address(post->test_address) != MAILBOX_NONE) {
		say_usage(options, "不是电子邮箱", "no mail address", options->test);
		return false;
	}
	enum smtp_fault fault = smtp_check(&post->server);
	if (fault != SMTP_GOOD) {
		struct text words = half(posting, smtp_fault_words(fault));
		say_line(stderr, "--smtp: %.*s", TEXT_ARGS(words));
		return false;
	}
	/* A relay of the office's own on this machine keeps the pace itself. */
	post->pace.per_minute = smtp_is_loopback(&post->server) ? 0 : PACE_PER_MINUTE;
	if (mailbox_parse(posting->run->model->campaign.sending.sender, &sender) != MAILBOX_NONE) {
		say_usage(options, "campaign.xml 的 <delivery> 没有写 sender",
			"<delivery> of campaign.xml has no sender", "sender");
		return false;
	}
	post->sender = sender.address;
	return true;
}

/* ---- the run ------------------------------------------------------------------------------------ */

static void say_tally(const struct posting *posting, const struct post_options *post, const struct post_tally *tally)
{
	bool english = is_english(posting);
	say_line(stdout, english ? "messages %zu, to send %zu, settled %zu" : "邮件 %zu 封，待发 %zu 封，已有结果 %zu 封",
		tally->jobs,
		 tally->to_send, tally->settled + tally->was_claimed);
	if (post->mode == POST_DRY) {
		say_line(stdout, english ? "nothing was sent: --test ADDR tries it, --live %zu sends"
			: "没有发出：--test 地址 先试，--live %zu 真正发出",
			 tally->jobs);
		return;
	}
	say_line(stdout, english ? "accepted %zu, put off %zu, refused %zu, uncertain %zu, unfit %zu, left out %zu"
		 : "已收下 %zu，暂时失败 %zu，拒收 %zu，不确定 %zu，文件不对 %zu，未发 %zu", tally->accepted, tally->deferred,
		 tally->refused, tally->uncertain + tally->was_claimed, tally->unfit, tally->stopped);
}

static int end_code(const struct posting *posting, enum post_end end, const struct smtp_reply *reply)
{
	bool english = is_english(posting);
	static const char *const words[POST_END_COUNT][2] = {
		[POST_LEFT] = { "还有没发完的，过后用同样的命令再运行", "some are left: run the same command later" },
		[POST_COUNT] = { "--live 的数目与这一批的邮件数不同，没有发出",
			"--live is not the number of messages of the batch: nothing was sent" },
		[POST_UNREACHABLE] = { "邮件服务器没有接通，没有发出", "the server could not be reached: nothing was sent" },
		[POST_SILENT] = { "接连几封没有应答，已停止", "several messages in a row got no answer: stopped" },
		[POST_UNNOTED] = { "不能登记，已停止", "a state could not be recorded: stopped" },
		[POST_INTERRUPTED] = { "已按要求停止，可用同样的命令接着发", "stopped as asked; the same command goes on" },
	};
	if (words[end][0])
		say_line(stderr, "%s", words[end][english]);
	if ((end == POST_UNREACHABLE || end == POST_SILENT) && reply->text[0])
		say_line(stderr, "  %s", reply->text);
	if (end == POST_COUNT)
		return EXIT_USAGE;
	return end == POST_FINISHED || end == POST_LEFT ? EXIT_CLEAN : EXIT_WORLD;
}

static int send(struct posting *posting)
{
	const struct options *options = posting->run->options;
	struct post_options post = {
		.pace = { .patience_ms = PACE_PATIENCE_MS },
		.clock = { options->environment.milliseconds, options->environment.sleep },
		.context = posting, .note = note,
		.unfit = tell_unfit, .progress = show_progress,
	};
	struct post_tally tally = { 0 };
	struct smtp_reply reply = { 0 };
	if (!choose(posting, &post))
		return EXIT_USAGE;
	interrupt_catch();
	interrupt_defer();
	enum post_end end = post_run(&post, posting->jobs, posting->count, &tally, &reply);
	if (end != POST_COUNT && end != POST_UNREACHABLE)
		say_tally(posting, &post, &tally);
	fflush(stdout);
	return end_code(posting, end, &reply);
}

static int send_batch(struct run *run)
{
	struct posting posting = { .run = run };
	int code = 0;
	if (!dispatch_day(run, &posting.day))
		return EXIT_USAGE;
	steps_open(&posting.steps, run);
	add_jobs(&posting);
	if (!posting.count)
		DIAG(run->diag, DIAG_DISPATCH_BATCH, .a = text_from(run->options->batch));
	else if (read_password(&posting))
		code = send(&posting);
	key_wipe_bytes(posting.password, sizeof posting.password);
	steps_close(&posting.steps);
	return code;
}

/* A run that sends is alone: what another one has CLAIMED is on its way, and not what a death left. */
static int send_alone(struct run *run)
{
	const struct options *options = run->options;
	long long year = (long long)run->model->campaign.year;
	const char *path = text_format(run->arena, "%s/.%lld.send.lock", out_folder(options), year).at;
	struct text holder;
	struct lock lock;
	int error, code = EXIT_WORLD;
	if (!options->live || options->test)
		return send_batch(run);
	switch (lock_take(run->arena, path, &lock, &holder, &error)) {
	case LOCK_TAKEN:
		code = send_batch(run);
		lock_release(&lock);
		break;
	case LOCK_BUSY:
		DIAG(run->diag, DIAG_DISPATCH_SENDING, .n = year, .a = holder.size ? holder : TEXT("—"));
		break;
	case LOCK_FAILED:
		DIAG(run->diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
		break;
	}
	return code;
}

int dispatch_send(const struct options *options)
{
	struct run run;
	if (!options->batch || !options->smtp)
		return say_usage(options, "请用 --batch 写明批次，用 --smtp 写明邮件服务器", "name the batch and the server",
				 options->batch ? "--smtp" : "--batch");
	int code = run_open(&run, options);
	if (!code && run.model)
		code = send_alone(&run);
	int told = run_report_errors(&run);
	run_close(&run);
	return code ? code : told;
}
