/* SPDX-License-Identifier: MIT
 *
 * xingji dispatch received, answered, returned, void: what people learned of a copy, into the register.
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/dispatch.h"
#include "model/model.h"

static const struct {
	const char *word;
	enum send_state state;
} notes[] = { { "received", SEND_DELIVERED }, { "answered", SEND_ANSWERED }, { "returned", SEND_RETURNED },
	{ "void", SEND_VOID } };

/* ---- which copy ----------------------------------------------------------------------------- */

static struct text code_of(const struct model *model, struct text wanted)
{
	int32_t enterprise = run_find_enterprise(model, wanted);
	return enterprise >= 0 ? model->enterprises[enterprise].code : wanted;
}

static bool can_become(const struct copy *copy, enum send_state state)
{
	if (state == SEND_DELIVERED || state == SEND_RETURNED)
		return copies_is_open(copy);
	return state == SEND_ANSWERED ? copies_is_open(copy) || copy->state == SEND_DELIVERED
		: copy->state != SEND_VOID;
}

/* The one that the enterprise has open; where several are, a person has to say which. */
static const struct copy *choose(struct run *run, const struct copies *copies, struct text wanted,
				 enum send_state state)
{
	const struct copy *chosen = copies_find(copies, wanted);
	struct text code = code_of(run->model, wanted), numbers = NO_TEXT;
	int64_t count = 0;
	if (chosen)
		return chosen;
	for (int32_t i = copies_last_of(copies, code); i >= 0; i = copies->list.at[i].before) {
		const struct copy *copy = &copies->list.at[i];
		chosen = chosen ? chosen : copy;
		if (!can_become(copy, state))
			continue;
		chosen = count++ ? chosen : copy;
		numbers = text_format(run->arena, "%.*s%s%.*s", TEXT_ARGS(numbers), numbers.size ? "、" : "",
				      TEXT_ARGS(copy->copy->copy));
	}
	if (!chosen)
		DIAG(run->diag, DIAG_DISPATCH_NOBODY, .a = wanted);
	if (count > 1)
		DIAG(run->diag, DIAG_DISPATCH_SEVERAL, .a = wanted, .b = numbers, .n = count);
	return count > 1 ? NULL : chosen;
}

/* ---- noting ------------------------------------------------------------------------------------ */

static bool read_scan(struct run *run, struct text *hash)
{
	struct file_bytes bytes;
	char hex[65];
	*hash = NO_TEXT;
	if (!run->options->file)
		return true;
	int error = file_map(run->options->file, SIZE_MAX / 2, &bytes);
	if (error) {
		DIAG(run->diag, DIAG_FILE_UNREADABLE, .a = text_from(run->options->file), .b = file_reason(error));
		return false;
	}
	hash_of(bytes.text, hex);
	file_release(&bytes);
	*hash = text_copy(run->arena, text_from(hex));
	return true;
}

/* What came back or was answered had been handed over, of which nobody wrote a line. */
static bool hand_over(struct steps *steps, const struct copy *copy, const struct step_note *step)
{
	bool is_by_mail = copy->channel == CHANNEL_NOTICE || copy->channel == CHANNEL_ATTACHMENT;
	bool needs_it = step->state == SEND_RETURNED || step->state == SEND_ANSWERED;
	const struct step_note handed = { .state = SEND_ACCEPTED, .day = copy->since };
	return copy->state != SEND_PREPARED || is_by_mail || !needs_it || date_compare(step->day, copy->since) < 0 ||
	       steps_append(steps, copy->copy->copy, &handed);
}

static void note(struct steps *steps, const struct copy *copy, const struct step_note *step)
{
	struct text number = copy->copy->copy;
	if (!hand_over(steps, copy, step) || !steps_append(steps, number, step))
		return;
	bool is_english = steps->run->options->environment.language == LANGUAGE_ENGLISH;
	say_line(stdout, is_english ? "recorded: %.*s %.*s (line %lld)" : "已登记：份号 %.*s %.*s（第 %lld 行）",
		 TEXT_ARGS(number), TEXT_ARGS(send_state_chinese(step->state)), (long long)steps->after);
}

/* All of a batch that are still here. */
static void void_batch(struct steps *steps, const struct step_note *step)
{
	struct run *run = steps->run;
	bool is_known = false;
	for (size_t i = 0; i < steps->copies.list.count; i++) {
		const struct copy *copy = &steps->copies.list.at[i];
		if (!text_is(copy->batch, run->options->batch))
			continue;
		is_known = true;
		bool is_here = copy->state == SEND_PREPARED || copy->state == SEND_DEFERRED;
		if (is_here && !steps_append(steps, copy->copy->copy, step))
			return;
	}
	if (!is_known)
		DIAG(run->diag, DIAG_DISPATCH_BATCH, .a = text_from(run->options->batch));
}

static int note_step(struct run *run, struct step_note *step)
{
	const struct options *options = run->options;
	struct steps steps;
	steps_open(&steps, run);
	const char *wanted = options->copy ? options->copy : options->arguments[1];
	if (step->state == SEND_VOID && options->batch) {
		void_batch(&steps, step);
	} else {
		const struct copy *copy = choose(run, &steps.copies, text_from(wanted), step->state);
		if (copy)
			note(&steps, copy, step);
	}
	steps_close(&steps);
	return 0;
}

/* The date stands behind the code; of a withdrawal it may be left out. */
static int choose_day(struct run *run, const char *written, struct date *day)
{
	if (!written)
		return dispatch_day(run, day) ? 0 : EXIT_USAGE;
	if (date_parse(text_from(written), day) == DATE_GOOD)
		return 0;
	return say_usage(run->options, "日期应写成 2021-12-08", "a day is written 2021-12-08", written);
}

static int run_note(struct run *run, enum send_state state)
{
	const struct options *options = run->options;
	struct step_note step = { .state = state, .detail = text_from(options->detail) };
	const char *date = options->argument_count > 2 ? options->arguments[2] : NULL;
	int code = choose_day(run, date, &step.day);
	if (!code && read_scan(run, &step.scan))
		code = note_step(run, &step);
	return code;
}

int dispatch_note(const struct options *options)
{
	struct run run;
	size_t which = 0;
	while (!text_is(text_from(options->arguments[0]), notes[which].word))
		which++;
	bool is_void = notes[which].state == SEND_VOID;
	if (options->argument_count < 3 && !is_void)
		return say_usage(options, "缺少日期（签收、答复或退回的那一天）", "the day is missing", options->arguments[0]);
	if (is_void && options->argument_count < 2 && !options->batch && !options->copy)
		return say_usage(options, "请写信用代码，或用 --copy、--batch", "a code, --copy or --batch",
			options->arguments[0]);
	int code = run_open(&run, options);
	if (!code && run.model)
		code = run_note(&run, notes[which].state);
	if (!code) {
		fflush(stdout);
		code = run_report_errors(&run);
	}
	run_close(&run);
	return code;
}
