/* SPDX-License-Identifier: MIT */
#include "check/check.h"

#include "base/arena.h"
#include "base/buf.h"
#include "model/parts.h"

static bool is_merged(enum diag_kind kind)
{
	static const enum diag_kind kinds[] = {
		DIAG_ENTERPRISE_UNKNOWN, DIAG_PARTICIPATION_UNKNOWN, DIAG_TRACK_NOT_HELD, DIAG_XML_ATTRIBUTE_UNKNOWN,
		DIAG_NAME_DIFFERS, DIAG_ELEMENT_UNKNOWN, DIAG_ATTRIBUTE_UNKNOWN, DIAG_SCAN_ANSWER_UNKNOWN,
		DIAG_DATE_HOLIDAY, DIAG_PLATFORM_WHICH, DIAG_PLATFORM_UNKNOWN,
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i] == kind)
			return true;
	return false;
}

/* Counts one more row for a subject that was met before in this file. */
static bool count_again(struct check *check, struct text key)
{
	const uint32_t *found = map_find(&check->merged_by_subject, key);
	if (found)
		check->merged.at[*found].args.n++;
	return found != NULL;
}

static void merge(struct check *check, struct problem problem)
{
	struct arena *arena = check->reader.arena;
	struct buf key;
	buf_init(&key, BUF_LIMIT_PAGE);
	buf_format(&key, "%d %u %.*s %.*s", problem.kind, problem.args.span.source, TEXT_ARGS(problem.args.a), TEXT_ARGS(problem.args.b));
	if (!count_again(check, buf_view(&key))) {
		map_add(&check->merged_by_subject, text_copy(arena, buf_view(&key)), (uint32_t)check->merged.count);
		problem.args.a = text_copy(arena, problem.args.a);
		problem.args.b = text_copy(arena, problem.args.b);
		problem.args.n = 1;
		/* What a row got wrong concerns the row; what campaign or catalogue did, everybody. */
		bool is_of_all = problem.kind == DIAG_ELEMENT_UNKNOWN || problem.kind == DIAG_ATTRIBUTE_UNKNOWN;
		is_of_all |= problem.args.participation != 0; /* or whom it says itself */
		problem.blame = is_of_all ? BLAME_EVERYBODY : BLAME_LEFT_OUT;
		LIST_PUSH(&check->merged, problem);
	}
	buf_clear(&key);
}

void problem_add(struct check *check, enum diag_kind kind, struct diag_args args)
{
	check->complained++;
	if (is_merged(kind))
		merge(check, (struct problem){ .kind = kind, .args = args });
	else
		LIST_PUSH(&check->problems, ((struct problem){ .kind = kind, .args = args }));
}

void problem_add_counted(struct check *check, enum diag_kind kind, struct diag_args args)
{
	LIST_PUSH(&check->merged, ((struct problem){ .kind = kind, .args = args, .blame = BLAME_LEFT_OUT }));
}

void problem_wait(struct check *check, enum diag_kind kind, struct diag_args args)
{
	LIST_PUSH(&check->waiting, ((struct problem){ .kind = kind, .args = args }));
}

void problems_blame(struct check *check, size_t since, enum blame blame, int32_t index)
{
	for (size_t i = since; i < check->problems.count; i++) {
		check->problems.at[i].blame = blame;
		check->problems.at[i].index = index;
	}
}

void problem_blame_parts(const struct model *model, const struct enterprise *enterprise, struct diag_args *args)
{
	size_t count = 0;
	args->participation = PARTICIPATION_LEFT_OUT;
	EACH_PART(part, model, enterprise) {
		if (count == 0)
			args->participation = part + 1;
		else if (count <= DIAG_ALSO)
			args->also[count - 1] = part + 1;
		count++;
	}
	if (count > 1 + DIAG_ALSO)
		args->participation = 0;
}

static bool touch(const struct check *check, int32_t participation)
{
	if (participation <= 0 || participation == PARTICIPATION_LEFT_OUT || !check->is_touched || check->is_touched[participation - 1])
		return false;
	return check->is_touched[participation - 1] = true;
}

/*
 * A column in the wrong place makes a complaint a row.  Past the limit of a kind in
 * one file only the first that touches a participation is told; the rest is counted.
 */
static bool may_report(struct check *check, const struct problem *problem)
{
	bool is_error = diag_row(problem->kind)->severity == SEVERITY_ERROR;
	bool is_first = is_error && touch(check, problem->args.participation);
	for (size_t i = 0; i < DIAG_ALSO; i++)
		is_first |= is_error && touch(check, problem->args.also[i]);
	if (++check->told[problem->kind] <= TOLD_MOST || is_first)
		return true;
	if (diag_count_more(check->reader.diag, problem->kind, problem->args))
		return false;
	check->held_back[problem->kind]++;
	check->held_back_source = problem->args.span.source;
	return false;
}

static void report(struct check *check, struct problem *problem)
{
	switch (problem->blame) {
	case BLAME_EVERYBODY:
		break;
	case BLAME_ENTERPRISE:
		problem_blame_parts(check->model, &check->model->enterprises[problem->index], &problem->args);
		break;
	case BLAME_PARTICIPATION:
		problem->args.participation = 1 + (check->sorted ? check->sorted[problem->index] : problem->index);
		break;
	case BLAME_LEFT_OUT:
		problem->args.participation = PARTICIPATION_LEFT_OUT;
		break;
	}
	if (may_report(check, problem))
		diag_report(check->reader.diag, problem->kind, problem->args);
}

void problems_report(struct check *check)
{
	for (size_t i = 0; i < check->problems.count; i++)
		report(check, &check->problems.at[i]);
	check->problems.count = 0;
}

void problems_report_merged(struct check *check)
{
	problems_report(check);
	for (size_t i = 0; i < check->merged.count; i++)
		report(check, &check->merged.at[i]);
	check->merged.count = 0;
	map_clear(&check->merged_by_subject);
	for (size_t kind = 0; kind < DIAG_KINDS; kind++)
		if (check->held_back[kind])
			DIAG(check->reader.diag, DIAG_MORE_OF_KIND, .span = { .source = check->held_back_source },
			     .a = text_from(diag_row((enum diag_kind)kind)->code), .n = check->held_back[kind]);
	memset(check->told, 0, sizeof check->told);
	memset(check->held_back, 0, sizeof check->held_back);
}

/* Sources are numbered as they are opened, so the rows lie in order. */
bool check_is_half_read(const struct check *check, struct span row)
{
	size_t low = 0, high = check->half_read.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct span *at = &check->half_read.at[middle];
		if (at->source < row.source || (at->source == row.source && at->start < row.start))
			low = middle + 1;
		else
			high = middle;
	}
	return low < check->half_read.count && check->half_read.at[low].source == row.source &&
	       check->half_read.at[low].start == row.start;
}

bool check_is_in_named_folder(const struct check *check, struct span place)
{
	for (size_t i = 0; i < check->named_folders.count; i++)
		if (place.source >= check->named_folders.at[i].first && place.source <= check->named_folders.at[i].last)
			return true;
	return false;
}

struct text check_iso(const struct check *check, struct date date)
{
	struct buf buf;
	buf_init(&buf, 32);
	date_write_iso(&buf, date);
	struct text copy = text_copy(check->reader.arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}
