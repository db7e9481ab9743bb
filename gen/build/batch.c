/* SPDX-License-Identifier: MIT */
#include "build/batch.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "build/batch_lists.h"
#include "build/batch_sheets.h"
#include "build/build.h"
#include "build/envelope_make.h"
#include "build/envelopes.h"
#include "build/leaving.h"
#include "build/record.h"
#include "build/steps.h"
#include "build/workers.h"
#include "publish/register.h"
#include "publish/slot.h"

static const struct text nothing = TEXT_INIT("-"); /* in a worker's report */

struct batch {
	struct build *build;
	const struct batch_options *options;
	struct batch_result *result;
	const char *next; /* the folder while it is made */
	struct steps steps;    /* the copies on record */
	struct envelopes envelopes;
	struct envelope_maker *maker;
	struct text key;       /* its fingerprint */
	bool *is_made;         /* by envelope */
	struct envelope *kept; /* those whose files are there */
	size_t kept_count;
};

_Static_assert(CHANNELS == sizeof((struct batch_result *)0)->copies / sizeof(size_t), "one count a channel");

static bool fail(struct batch *batch, const char *path, int error)
{
	DIAG(batch->build->run.diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
	return false;
}

/* ---- files ------------------------------------------------------------------------------- */

bool batch_write(struct run *run, const char *folder, struct text name, struct text bytes)
{
	const char *path = file_join(run->arena, folder, name);
	const char *slash = strrchr(path, '/');
	int error = file_make_folder(text_format(run->arena, "%.*s", (int)(slash - path), path).at, SECRET_FOLDER);
	if (!error)
		error = file_write(path, bytes, SECRET_FILE);
	if (error)
		DIAG(run->diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
	return !error;
}

/* Of one envelope; a doubt was told and stops it alone.  False: the disk. */
static bool make_file(void *context, size_t index)
{
	struct batch *batch = context;
	struct run *run = &batch->build->run;
	struct envelope *envelope = &batch->envelopes.at[index];
	struct buf bytes;
	char hash[65];
	bool is_good = true;
	buf_init(&bytes, BUF_LIMIT_PAGE);
	if (envelope_make(batch->maker, envelope, &bytes)) {
		hash_of(buf_view(&bytes), hash);
		envelope->copy.file_sha256 = text_copy(run->arena, text_from(hash));
		is_good = batch_write(run, batch->next, envelope->copy.file, buf_view(&bytes));
		batch->is_made[index] = is_good;
	}
	buf_clear(&bytes);
	return is_good;
}

/*
 * What a worker made, a line each: "<index> <sha256> <file>", of the form for the answer the same two or "-" twice,
 * and of every form the same two; an empty one; what it complained of.
 */
static void write_report(void *context, struct buf *records)
{
	struct batch *batch = context;
	for (size_t i = 0; i < batch->envelopes.count; i++) {
		const struct envelope *envelope = &batch->envelopes.at[i];
		if (!batch->is_made[i])
			continue;
		const struct recorded_copy *copy = &envelope->copy;
		struct text hash = copy->form.size ? copy->form_sha256 : nothing;
		buf_format(records, "%zu %.*s %.*s %.*s %.*s", i, TEXT_ARGS(copy->file_sha256), TEXT_ARGS(copy->file),
			   TEXT_ARGS(hash), TEXT_ARGS(copy->form.size ? copy->form : nothing));
		for (size_t j = 0; j < envelope->form_count; j++)
			buf_format(records, " %.*s %.*s", TEXT_ARGS(envelope->forms[j].sha256),
				   TEXT_ARGS(envelope->forms[j].file));
		buf_byte(records, '\n');
	}
	buf_byte(records, '\n');
	diag_export(batch->build->run.diag, records);
}

/* "<sha256> <file>"; nothing is left missing. */
static bool receive_file(struct arena *arena, struct text *line, struct text *hash, struct text *file)
{
	if (!text_next(line, ' ', hash) || !text_next(line, ' ', file))
		return false;
	*hash = text_equal(*hash, nothing) ? NO_TEXT : text_copy(arena, *hash);
	*file = text_equal(*file, nothing) ? NO_TEXT : text_copy(arena, *file);
	return true;
}

/* Of every form. */
static bool receive_forms(struct arena *arena, struct text line, struct envelope *envelope)
{
	envelope->form_count = 0;
	while (line.size) {
		struct envelope_form *form = &envelope->forms[envelope->form_count];
		if (envelope->form_count++ == ENVELOPE_FORMS || !receive_file(arena, &line, &form->sha256, &form->file))
			return false;
	}
	return true;
}

static bool receive_report(void *context, struct text records)
{
	struct batch *batch = context;
	struct arena *arena = batch->build->run.arena;
	struct text line, number;
	int64_t index;
	while (text_next(&records, '\n', &line) && line.size) {
		if (!text_next(&line, ' ', &number) || !text_to_integer(number, &index) || index < 0 ||
		    (size_t)index >= batch->envelopes.count)
			return false;
		struct envelope *envelope = &batch->envelopes.at[index];
		if (!receive_file(arena, &line, &envelope->copy.file_sha256, &envelope->copy.file) ||
		    !receive_file(arena, &line, &envelope->copy.form_sha256, &envelope->copy.form) ||
		    !receive_forms(arena, line, envelope))
			return false;
		batch->is_made[index] = true;
	}
	return diag_import(batch->build->run.diag, records);
}

static bool world_failed(void *context)
{
	const struct batch *batch = context;
	return diag_count(batch->build->run.diag, SEVERITY_WORLD) > 0;
}

static bool run_workers(struct batch *batch)
{
	struct diag *diag = batch->build->run.diag;
	int processors = batch->build->options->environment.processors;
	const struct workers workers = {
		.count = batch->envelopes.count, .jobs = batch->envelopes.count > 1 ? processors : 1, .context = batch,
		.task = make_file, .stops = world_failed, .report = write_report, .receive = receive_report,
	};
	diag_export_from_here(diag);
	return workers_report(workers_run(&workers), diag);
}

static bool make_sheets(struct batch *batch)
{
	const struct batch_contents contents = { .run = &batch->build->run, .folder = batch->next, .at = batch->kept,
						 .count = batch->kept_count, .day = batch->options->day };
	return batch_sheets_write(batch->build, &contents, batch->result->batch, envelope_maker_guard(batch->maker));
}

static bool make_files(struct batch *batch)
{
	struct arena *arena = batch->build->run.arena;
	batch->is_made = ARENA_ARRAY(arena, bool, batch->envelopes.count);
	batch->kept = ARENA_ARRAY(arena, struct envelope, batch->envelopes.count);
	const struct envelope_maker_options options = {
		.folder = batch->options->folder, .key = batch->options->key, .next = batch->next,
		.batch = batch->result->batch, .day = batch->options->day,
	};
	batch->maker = envelope_maker_open(batch->build, &options);
	bool is_good = batch->maker && run_workers(batch);
	if (is_good)
		batch->key = text_copy(arena, envelope_maker_key(batch->maker));
	for (size_t i = 0; i < batch->envelopes.count && is_good; i++)
		if (batch->is_made[i])
			batch->kept[batch->kept_count++] = batch->envelopes.at[i];
	is_good = is_good && make_sheets(batch);
	envelope_maker_close(batch->maker);
	batch->result->doubtful = is_good ? batch->envelopes.count - batch->kept_count : 0;
	return is_good;
}

/* ---- the register ------------------------------------------------------------------------- */

/* "<code> <sha256>" of every document that is on record. */
static void note_documents(struct run *run, struct map *known)
{
	const struct model *model = run->model;
	for (size_t i = 0; i < model->recorded_count; i++)
		for (size_t j = 0; j < model->recorded[i].document_count; j++) {
			const struct recorded_document *document = &model->recorded[i].documents[j];
			map_add(known, text_format(run->arena, "%.*s %.*s", TEXT_ARGS(document->code),
						   TEXT_ARGS(document->sha256)), 1);
		}
}

static bool is_on_record(struct run *run, const struct map *known, const struct recorded_document *document)
{
	return map_find(known, text_format(run->arena, "%.*s %.*s", TEXT_ARGS(document->code),
					   TEXT_ARGS(document->sha256)));
}

/* One line for all copies: either all are recorded or none is. */
static bool record(struct batch *batch)
{
	struct run *run = &batch->build->run;
	struct recorded line = { .event = EVENT_DISPATCHED, .batch = batch->result->batch, .key = batch->key };
	line.copies = ARENA_ARRAY(run->arena, struct recorded_copy, batch->kept_count);
	line.documents = ARENA_ARRAY(run->arena, struct recorded_document, batch->kept_count);
	struct map known = { 0 };
	note_documents(run, &known);
	for (size_t i = 0; i < batch->kept_count; i++) {
		const struct envelope *envelope = &batch->kept[i];
		line.copies[line.copy_count++] = envelope->copy;
		if (!is_on_record(run, &known, envelope->document))
			line.documents[line.document_count++] = *envelope->document;
	}
	map_clear(&known);
	const struct register_entry entry = {
		.event = { .day = batch->options->day, .kind = choice_xml(SET_EVENT, EVENT_DISPATCHED),
			   .write = record_write_batch, .context = &line },
		.after = batch->steps.after,
	};
	return register_append(run->arena, steps_register(run), &entry, NULL, run->diag);
}

/*
 * A message of an earlier batch that is here still would tell the enterprise what is no longer so.  All are looked
 * at, also what a run left that was killed before it had withdrawn them.
 */
static bool void_outdated(struct batch *batch)
{
	struct steps *steps = &batch->steps;
	for (size_t i = 0; i < steps->copies.list.count; i++) {
		const struct copy *copy = &steps->copies.list.at[i];
		const struct copy *now = copies_replacement(&steps->copies, (int32_t)i);
		bool is_mail = copy->channel == CHANNEL_NOTICE || copy->channel == CHANNEL_ATTACHMENT;
		bool is_here = copy->state == SEND_PREPARED || copy->state == SEND_DEFERRED;
		if (!now || !is_mail || !is_here)
			continue;
		const struct date day = batch->options->day;
		const struct step_note step = {
			.state = SEND_VOID, .day = date_compare(day, copy->since) < 0 ? copy->since : day,
			.detail = text_format(batch->build->run.arena, "由更正版 %.*s 取代",
					      TEXT_ARGS(now->copy->copy)),
		};
		if (!steps_append(steps, copy->copy->copy, &step))
			return false;
	}
	return true;
}

/* ---- mending ------------------------------------------------------------------------------- */

static bool has_batch(const struct model *model, struct text name)
{
	for (size_t i = 0; i < model->recorded_count; i++)
		if (text_equal(model->recorded[i].batch, name))
			return true;
	return false;
}

static const char *dispatch_folder(struct arena *arena, const char *folder)
{
	return text_format(arena, "%s/%.*s", folder, (int)strlen(TREE_DISPATCH) - 1, TREE_DISPATCH).at;
}

bool batch_mend(struct build *build, const char *folder)
{
	struct run *run = &build->run;
	struct text *names;
	size_t count;
	const char *home = dispatch_folder(run->arena, folder);
	if (!file_is_folder_here(home) || file_list(run->arena, home, ".next", &names, &count))
		return true;
	for (size_t i = 0; i < count; i++) {
		struct text batch = text_slice(names[i], 1, names[i].size - 1 - strlen(".next"));
		const char *from = file_join(run->arena, home, names[i]), *to = file_join(run->arena, home, batch);
		int error = 0;
		if (!text_starts(names[i], "."))
			continue;
		if (!has_batch(run->model, batch) || file_exists(to))
			error = file_remove_tree(from);
		else if (rename(from, to))
			error = errno;
		if (!error)
			error = file_sync_folder(home);
		if (error) {
			DIAG(run->diag, DIAG_FILE_UNWRITABLE, .a = text_from(from), .b = file_reason(error));
			return false;
		}
	}
	return true;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void count_copies(struct batch *batch)
{
	for (size_t i = 0; i < batch->kept_count; i++) {
		batch->result->copies[batch->kept[i].channel]++;
		batch->result->corrected += batch->kept[i].copy.was.size > 0;
	}
}

static bool write_lists(struct batch *batch)
{
	const struct batch_contents contents = { .run = &batch->build->run, .folder = batch->next, .at = batch->kept,
						 .count = batch->kept_count, .copies = &batch->steps.copies,
						 .day = batch->options->day };
	return batch_lists_write(&contents, &batch->result->overdue);
}

static bool settle(struct batch *batch, const char *home)
{
	struct run *run = &batch->build->run;
	const char *path = batch->result->path;
	int error = file_sync_tree(batch->next, 0);
	if (error)
		return fail(batch, batch->next, error);
	if (!record(batch))
		return false;
	/* From here on the copies are recorded: what goes wrong now the next run mends. */
	error = rename(batch->next, path) ? errno : file_sync_folder(home);
	if (error)
		DIAG(run->diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
	if (steps_catch_up(&batch->steps))
		void_outdated(batch);
	return true;
}

static bool make(struct batch *batch)
{
	struct arena *arena = batch->build->run.arena;
	const char *home = dispatch_folder(arena, batch->options->folder);
	struct text name = batch->result->batch;
	batch->next = text_format(arena, "%s/.%.*s.next", home, TEXT_ARGS(name)).at;
	batch->result->path = file_join(arena, home, name);
	if (file_exists(batch->result->path))
		return fail(batch, batch->result->path, EEXIST);
	int error = file_make_folder(batch->next, SECRET_FOLDER);
	if (error)
		return fail(batch, batch->next, error);
	bool is_good = make_files(batch);
	if (is_good && batch->kept_count)
		is_good = write_lists(batch) && settle(batch, home);
	else
		batch->result->batch = NO_TEXT;
	if (file_exists(batch->next) && (!is_good || !batch->kept_count))
		file_remove_tree(batch->next);
	count_copies(batch);
	return is_good;
}

bool batch_prepare(struct build *build, const struct batch_options *options, struct batch_result *result)
{
	struct arena *arena = build->run.arena;
	struct batch batch = { .build = build, .options = options, .result = result };
	*result = (struct batch_result){ 0 };
	steps_open(&batch.steps, &build->run);
	if (!void_outdated(&batch)) {
		steps_close(&batch.steps);
		return false;
	}
	const struct copies *copies = &batch.steps.copies;
	const struct leaving leaving = leaving_find(build, options->folder);
	const struct envelope_day day = { options->day, envelopes_next_batch(arena, copies, options->day) };
	batch.envelopes = envelopes_plan(build, &leaving, copies, &day, options->only);
	result->batch = day.batch;
	result->sent = batch.envelopes.sent;
	result->held = batch.envelopes.held;
	result->missing = batch.envelopes.missing;
	bool is_good = true;
	if (batch.envelopes.count)
		is_good = make(&batch);
	else
		result->batch = NO_TEXT;
	steps_close(&batch.steps);
	return is_good;
}
