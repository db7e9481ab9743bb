/* SPDX-License-Identifier: MIT */
#include "build/steps.h"

#include "base/arena.h"
#include "base/file.h"
#include "build/record.h"
#include "build/run.h"
#include "publish/register.h"

const char *steps_register(struct run *run)
{
	struct text name = text_format(run->arena, "%lld/" REGISTER_NAME, (long long)run->model->campaign.year);
	return file_join(run->arena, run_data_folder(run->options), name);
}

static bool append_line(struct run *run, struct copy *copy, const struct step_note *step, int64_t *after)
{
	struct recorded *line = ARENA_NEW(run->arena, struct recorded);
	*line = (struct recorded){ .day = step->day, .event = EVENT_STATE };
	line->step = (struct recorded_step){
		.copy = copy->copy->copy, .state = send_state_word(step->state),
		.date = record_iso(run->arena, step->day),
		.detail = step->detail, .scan = step->scan, .day = step->day,
	};
	const struct register_entry entry = {
		.event = { .day = step->day, .kind = choice_xml(SET_EVENT, EVENT_STATE), .write = record_write_step,
			   .context = line },
		.after = *after,
	};
	if (!register_append(run->arena, steps_register(run), &entry, after, run->diag))
		return false;
	copy->state = step->state;
	copy->since = step->day;
	return true;
}

bool steps_append(struct run *run, struct copy *copy, const struct step_note *step, int64_t *after)
{
	if (copy->state == SEND_CLAIMED && step->state == SEND_VOID) {
		const struct step_note unknown = { .state = SEND_UNCERTAIN, .day = copy->since };
		if (!append_line(run, copy, &unknown, after))
			return false;
	}
	if (send_state_follows(copy->state, step->state) && date_compare(step->day, copy->since) >= 0)
		return append_line(run, copy, step, after);
	DIAG(run->diag, DIAG_DISPATCH_STEP, .a = copy->copy->copy, .b = send_state_chinese(copy->state),
	     .c = send_state_chinese(step->state), .d = record_iso(run->arena, copy->since));
	return false;
}
