/* SPDX-License-Identifier: MIT */
#include "build/planned.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "build/manifest_head.h"
#include "build/years.h"
#include "build/say.h"
#include "publish/image.h"
#include "theme/theme.h"

static enum diag_kind complaint_of(enum image_state state)
{
	if (state == IMAGE_EXPOSED)
		return DIAG_PLAN_EXPOSED;
	if (state == IMAGE_UNREADABLE)
		return DIAG_PLAN_UNREADABLE;
	return state == IMAGE_OTHER_PROGRAM ? DIAG_PLAN_PROGRAM : DIAG_PLAN_DAMAGED;
}

/* The data as they lie in the model: every pointer holds, nothing is read yet. */
static void take_model(struct build *build, const struct planned *planned)
{
	build->planned = planned;
	build->edition.newest = planned->newest;
	build->run = planned->run;
	build->run.options = build->options;
	build->plan.tasks = planned->tasks;
	build->plan.task_count = planned->task_count;
}

static int take_inputs(struct build *build)
{
	int code = run_open(&build->run, build->options);
	if (code)
		return code;
	/* No complaint: those become part of the output, which is the same. */
	bool is_english = build->options->environment.language == LANGUAGE_ENGLISH;
	say_line(stderr, "%s", is_english ? "the addresses of plans are taken: the data are read again, slower"
					  : "保留给计划的地址已被占用，改为重新读取数据，较慢");
	if (build->plan.parts & PART_SITE && build->run.model)
		build->edition.newest = years_newest(&build->run);
	if (run_is_good(&build->run) && plan_tasks(&build->plan, &build->run))
		return 0;
	return run_report(&build->run);
}

/* Every job lies among the tasks: the book fits the model. */
static bool fits(const struct build *build)
{
	const struct plan_book *book = build->book;
	size_t next = 0;
	for (size_t i = 0; i < book->job_count; i++) {
		if (book->jobs[i].first != next || book->jobs[i].count > build->plan.task_count - next)
			return false;
		next += book->jobs[i].count;
	}
	return next == build->plan.task_count;
}

static int open_model(struct build *build, struct run *bare)
{
	const struct plan_book *book = build->book;
	struct image image;
	const char *path = file_join(bare->arena, book->folder, TEXT(PLAN_MODEL));
	enum image_state state = image_open(&image, path, book->binary, book->model);
	if (state == IMAGE_TAKEN)
		return take_inputs(build);
	if (state == IMAGE_SOUND) {
		take_model(build, image.root);
		return 0;
	}
	DIAG(bare->diag, complaint_of(state), .a = text_from(path), .b = file_reason(image.error));
	return run_report(bare);
}

int planned_open(struct build *build, struct plan_book *book, struct arena *books)
{
	struct run bare;
	const struct options *given = build->options;
	const char *folder = given->plan ? given->plan : given->arguments[0];
	const char *decided = plan_book_decided(given);
	if (given->trust)
		return say_usage(given, "计划的每一份都从头做，不沿用，无可抽查",
				 "a job of a plan takes nothing over, so there is nothing to compare", "--trust");
	if (decided)
		return say_usage(given, "计划里已经定下这个选项", "the plan has decided this option",
				 decided);
	run_open_bare(&bare, given);
	if (!plan_book_load(book, books, folder, given, bare.diag)) {
		int code = run_report(&bare);
		run_close(&bare);
		return code;
	}
	build->options = &book->options;
	build->book = book;
	int code = plan_parse(&build->plan, build->options);
	build->plan.only = -1;
	if (!code)
		code = open_model(build, &bare);
	if (!code && !fits(build)) {
		DIAG(build->run.diag, DIAG_PLAN_DAMAGED, .a = text_from(book->folder));
		code = run_report(&build->run);
	}
	run_close(&bare);
	return code;
}

/* "content/diagnosis.md" of "# input <hash> content/diagnosis.md"; of another line all of it. */
static struct text subject_of(struct text line)
{
	enum { BEFORE = 8 + 64 + 1 }; /* "# input ", a hash, a blank */
	return text_starts(line, "# input ") ? text_slice(line, BEFORE, line.size) : text_slice(line, 2, line.size);
}

/* The lines of the head that are not of the data, or all. */
static bool is_compared(const struct build *build, struct text line)
{
	struct text subject = subject_of(line);
	return !build->planned || !text_starts(line, "# input ") || text_starts(subject, "content/") ||
	       text_starts(subject, "themes/");
}

/* The first line of one head that the other lacks: they are sorted by hashes, so a file that changed has moved. */
static struct text find_missing(const struct build *build, struct text head, struct text other)
{
	struct map lines = { 0 };
	struct text line, missing = NO_TEXT;
	while (text_next(&other, '\n', &line))
		map_add(&lines, line, 1);
	while (!missing.size && text_next(&head, '\n', &line))
		if (line.size && is_compared(build, line) && !map_find(&lines, line))
			missing = line;
	map_clear(&lines);
	return missing;
}

bool planned_compare(struct build *build)
{
	struct buf now;
	buf_init(&now, BUF_LIMIT_FILE);
	if (build->planned)
		manifest_head_write_around(build, &now);
	else
		manifest_head_write(build, &now);
	struct text differs = find_missing(build, build->book->head, buf_view(&now));
	if (!differs.size)
		differs = find_missing(build, buf_view(&now), build->book->head);
	if (differs.size)
		DIAG(build->run.diag, DIAG_PLAN_INPUT, .a = text_copy(build->run.arena, subject_of(differs)));
	buf_clear(&now);
	return !differs.size;
}

struct text planned_ranges(struct arena *arena, const size_t *jobs, size_t count)
{
	struct text words = NO_TEXT;
	for (size_t i = 0; i < count;) {
		size_t first = i;
		while (i + 1 < count && jobs[i + 1] == jobs[i] + 1)
			i++;
		words = text_format(arena, "%.*s%s%zu", TEXT_ARGS(words), words.size ? "," : "", jobs[first]);
		if (i > first)
			words = text_format(arena, "%.*s-%zu", TEXT_ARGS(words), jobs[i]);
		i++;
	}
	return words;
}
