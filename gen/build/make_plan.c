/* SPDX-License-Identifier: MIT
 *
 * xingji plan: the data are read, checked and decided once, into memory that others can take over (publish/image.h);
 * texts and theme are tried as a build does, so that no job fails of them.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "build/manifest_head.h"
#include "build/out.h"
#include "build/part.h"
#include "build/plan_cut.h"
#include "build/planned.h"
#include "build/progress.h"
#include "build/say.h"
#include "build/years.h"
#include "publish/image.h"
#include "publish/program.h"
#include "publish/slot.h"
#include "render/fonts.h"

/* The plan while it is made. */
struct making {
	struct build build;
	struct arena *arena; /* beside the image, in which no path of the plan may stand */
	struct plan_book book;
	struct plan_cut cut;
	struct planned *planned; /* at the start of the image */
	const char *model, *next; /* model.bin and what it is called until the plan is complete */
	char model_hash[65], program[65];
};

static bool fail(struct making *making, const char *path, int error)
{
	DIAG(making->build.run.diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
	return false;
}

static bool is_ours(struct text name)
{
	return text_is(name, PLAN_BOOK) || text_is(name, PLAN_BOOK ".next") || text_is(name, PLAN_PARTS) ||
	       text_starts(name, PLAN_MODEL);
}

/* An empty folder or an older plan, whose parts stay: those that fit the new one are as good. */
static bool open_folder(struct making *making)
{
	struct run *run = &making->build.run;
	const char *folder = making->book.folder;
	struct text *names;
	size_t count;
	if (file_exists(folder) && !file_list(making->arena, folder, NULL, &names, &count))
		for (size_t i = 0; i < count; i++)
			if (!is_ours(names[i])) {
				DIAG(run->diag, DIAG_PLAN_FOLDER, .a = text_from(folder), .b = names[i]);
				return false;
			}
	const char *parts = file_join(making->arena, folder, TEXT(PLAN_PARTS));
	int error = file_make_folder(parts, SECRET_FOLDER);
	return !error || fail(making, parts, error);
}

/* What the jobs need beside model and decisions. */
static void settle(struct making *making)
{
	struct build *build = &making->build;
	struct run *run = &build->run;
	uint64_t *characters = ARENA_ARRAY(run->arena, uint64_t, FONTS_SET_WORDS);
	characters_collect(run->sources, 0, characters);
	if (plan_has(&build->plan, TASK_SITE))
		build->edition.newest = years_newest(run);
	run_settle(run);
	*making->planned = (struct planned){
		.tasks = build->plan.tasks, .task_count = build->plan.task_count,
		.source_count = sources_count(run->sources), .characters = characters,
		.newest = build->edition.newest,
	};
	making->planned->run = *run;
	making->planned->run.options = NULL;
}

static bool write_model(struct making *making)
{
	struct run *run = &making->build.run;
	settle(making);
	if (!arena_is_whole(run->arena)) {
		DIAG(run->diag, DIAG_PLAN_LARGE, .n = (int64_t)(arena_room_taken(run->arena) >> 20));
		return false;
	}
	arena_leave_room(run->arena);
	const struct image_contents contents = { .used = arena_room_taken(run->arena), .root = making->planned,
						 .program = making->program };
	int error = image_write(making->arena, making->next, &contents, making->model_hash);
	return !error || fail(making, making->next, error);
}

/* The model first: a book always has the model that it names, or none at all. */
static bool write_book(struct making *making)
{
	struct build *build = &making->build;
	struct plan_book *book = &making->book;
	const char *path = file_join(making->arena, book->folder, TEXT(PLAN_BOOK));
	struct buf head, text;
	buf_init(&head, BUF_LIMIT_FILE);
	buf_init(&text, BUF_LIMIT_FILE);
	manifest_head_write(build, &head);
	book->head = buf_view(&head);
	book->model = making->model_hash;
	book->binary = making->program;
	plan_cut(book, making->arena, &build->plan, &build->run, making->cut);
	plan_book_write(book, build->options, &text);
	const struct text whole = buf_view(&text);
	int error = rename(making->next, making->model) ? errno : image_write_beside(making->arena, path, &whole, 1);
	if (!error)
		error = file_sync_folder(book->folder);
	buf_clear(&head);
	buf_clear(&text);
	return !error || fail(making, path, error);
}

static bool make(struct making *making)
{
	struct build *build = &making->build;
	if (!open_folder(making) || !write_model(making))
		return false;
	progress_stage(build->options, "检查字体和正文", "looking at fonts and texts");
	press_choose_folders(build);
	return press_open(build) && write_book(making);
}

static int finish(struct making *making, bool is_done)
{
	const struct options *options = making->build.options;
	static const char english[] =
		"%s: %zu jobs, 0 to %zu; each: xingji build --plan %s --job J; then: xingji merge %s";
	static const char chinese[] = "%s：共 %zu 份，编号 0 到 %zu；每份运行 "
				      "xingji build --plan %s --job 编号，最后运行 xingji merge %s";
	const char *folder = making->book.folder;
	size_t jobs = making->book.job_count;
	int code = build_report(&making->build, is_done);
	if (!is_done)
		unlink(making->next);
	else if (!options->quiet)
		say_line(stderr, options->environment.language == LANGUAGE_ENGLISH ? english : chinese, folder, jobs,
			 jobs ? jobs - 1 : 0, folder, folder);
	return code;
}

/* Of this machine, not of the command line. */
static int say_trouble(const struct options *options, const char *chinese, const char *english)
{
	say_line(stderr, "xingji: %s", options->environment.language == LANGUAGE_ENGLISH ? english : chinese);
	return EXIT_WORLD;
}

/* The run lies in the image, the struct that leads to all of it first. */
static int open_run(struct making *making)
{
	struct build *build = &making->build;
	size_t size;
	void *room = image_reserve(&size);
	if (!room)
		return say_trouble(build->options, "保留给计划的地址已被占用，不能做计划",
				   "the addresses of plans are taken, no plan can be made");
	struct arena *arena = arena_new_within(room, size);
	making->planned = ARENA_NEW(arena, struct planned);
	int code = run_open_in(&build->run, plan_book_keep(arena, build->options), arena);
	build->run.options = build->options;
	return code;
}

static int check_options(struct making *making)
{
	const struct options *options = making->build.options;
	struct options as_out = *options;
	int code = plan_parse(&making->build.plan, options);
	if (!code && making->build.plan.parts == PART_PACKS)
		code = say_usage(options, "资料包在合并之后用 xingji build packs 生成",
				 "packs are made after the merge: xingji build packs", "packs");
	if (!code && !options->output)
		code = say_usage(options, "缺少计划的文件夹：-o P", "the folder of the plan is missing: -o P",
				 "plan");
	if (!code)
		code = plan_cut_parse(&making->cut, options);
	as_out.out = options->output;
	if (!code)
		code = out_check(&as_out);
	if (!code && !program_hash(options->environment.program, making->program))
		code = say_trouble(options, "读不到程序自己的文件", "the program's own file cannot be read");
	return code;
}

int build_plan(const struct options *options)
{
	struct making making = { .build = { .options = options, .scratch = arena_new() }, .arena = arena_new(),
				 .book.folder = options->output };
	struct build *build = &making.build;
	int code = check_options(&making);
	if (!code) {
		interrupt_catch();
		progress_stage(options, "读取和检查数据", "reading and checking the data");
		code = open_run(&making);
	}
	if (!code) {
		making.model = file_join(making.arena, options->output, TEXT(PLAN_MODEL));
		making.next = file_join(making.arena, options->output, TEXT(PLAN_MODEL ".next"));
		bool is_good = run_is_good(&build->run) && plan_tasks(&build->plan, &build->run);
		code = finish(&making, is_good && make(&making));
	}
	build_close(build);
	if (build->run.arena)
		run_close(&build->run);
	arena_free(making.arena);
	return code;
}
