/* SPDX-License-Identifier: MIT */
#include "build/steps.h"

#include "base/arena.h"
#include "base/file.h"
#include "build/record.h"
#include "build/run.h"
#include "check/recorded.h"
#include "publish/register.h"

const char *steps_register(struct run *run)
{
	struct text name = text_format(run->arena, "%lld/" REGISTER_NAME, (long long)run->model->campaign.year);
	return file_join(run->arena, run_data_folder(run->options), name);
}

void steps_open(struct steps *steps, struct run *run)
{
	const struct model *model = run->model;
	*steps = (struct steps){ .run = run, .after = (int64_t)model->recorded_count };
	steps->copies = copies_standing(model->recorded, model->recorded_count, (struct date){ 0 });
}

void steps_close(struct steps *steps)
{
	copies_clear(&steps->copies);
}

/* ---- what others wrote ------------------------------------------------------------------------ */

bool steps_catch_up(struct steps *steps)
{
	struct run *run = steps->run;
	const struct reader reader = { .arena = run->arena, .sources = run->sources, .diag = run->diag };
	const char *path = steps_register(run);
	struct recorded *lines;
	size_t count = recorded_read(&reader, path, &lines);
	struct copies_fault fault;
	if ((int64_t)count < steps->after) {
		DIAG(run->diag, DIAG_REGISTER_GROWN, .a = text_from(path), .n = (int64_t)count);
		return false;
	}
	for (size_t i = (size_t)steps->after; i < count; i++)
		copies_take(&steps->copies, &lines[i], &fault); /* the reader has taken them all once: they fit */
	steps->after = (int64_t)count;
	return !diag_count(run->diag, SEVERITY_WORLD);
}

/* ---- one step ----------------------------------------------------------------------------------- */

/* False with *has_grown: it was not, since the register has lines that are not taken yet. */
static bool append_line(struct steps *steps, struct text number, const struct step_note *step, bool *has_grown)
{
	struct run *run = steps->run;
	struct recorded *line = ARENA_NEW(run->arena, struct recorded);
	struct copies_fault fault;
	*line = (struct recorded){ .day = step->day, .event = EVENT_STATE };
	line->step = (struct recorded_step){
		.copy = number, .state = send_state_word(step->state), .date = record_iso(run->arena, step->day),
		.detail = step->detail, .scan = step->scan, .day = step->day,
	};
	const struct register_entry entry = {
		.event = { .day = step->day, .kind = choice_xml(SET_EVENT, EVENT_STATE), .write = record_write_step,
			   .context = line },
		.after = steps->after, .has_grown = has_grown,
	};
	return register_append(run->arena, steps_register(run), &entry, &steps->after, run->diag) &&
	       copies_take(&steps->copies, line, &fault);
}

static bool may_follow(const struct copy *copy, const struct step_note *step)
{
	return copy && send_state_follows(copy->state, step->state) && date_compare(step->day, copy->since) >= 0;
}

static enum steps_end append(struct steps *steps, struct text number, const struct step_note *step)
{
	const struct copy *copy;
	bool has_grown = true;
	while (may_follow(copy = copies_find(&steps->copies, number), step)) {
		int64_t after = steps->after;
		if (append_line(steps, copy->copy->copy, step, &has_grown))
			return STEPS_NOTED;
		steps->after = after;
		if (!has_grown || !steps_catch_up(steps))
			return STEPS_FAILED;
	}
	return STEPS_UNFIT;
}

enum steps_end steps_try(struct steps *steps, struct text number, const struct step_note *step)
{
	const struct copy *copy = copies_find(&steps->copies, number);
	if (copy && copy->state == SEND_CLAIMED && step->state == SEND_VOID) {
		const struct step_note unknown = { .state = SEND_UNCERTAIN, .day = copy->since };
		enum steps_end end = append(steps, number, &unknown);
		if (end == STEPS_FAILED)
			return end;
	}
	return append(steps, number, step);
}

bool steps_append(struct steps *steps, struct text number, const struct step_note *step)
{
	enum steps_end end = steps_try(steps, number, step);
	const struct copy *copy = copies_find(&steps->copies, number);
	if (end == STEPS_UNFIT)
		DIAG(steps->run->diag, DIAG_DISPATCH_STEP, .a = number,
		     .b = copy ? send_state_chinese(copy->state) : NO_TEXT, .c = send_state_chinese(step->state),
		     .d = copy ? record_iso(steps->run->arena, copy->since) : NO_TEXT);
	return end == STEPS_NOTED;
}
