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
#include "build/build.h"
#include "build/envelope_make.h"
#include "build/envelopes.h"
#include "build/leaving.h"
#include "build/record.h"
#include "publish/register.h"
#include "publish/slot.h"

struct batch {
	struct build *build;
	const struct batch_options *options;
	struct batch_result *result;
	const char *next; /* the folder while it is made */
	struct copies copies;
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
static bool make_file(struct batch *batch, struct envelope_maker *maker, struct envelope *envelope)
{
	struct run *run = &batch->build->run;
	struct buf bytes;
	char hash[65];
	buf_init(&bytes, BUF_LIMIT_PAGE);
	bool is_made = envelope_make(maker, envelope, &bytes), is_good = true;
	if (is_made) {
		hash_of(buf_view(&bytes), hash);
		envelope->copy.file_sha256 = text_copy(run->arena, text_from(hash));
		is_good = batch_write(run, batch->next, envelope->copy.file, buf_view(&bytes));
		batch->kept[batch->kept_count++] = *envelope;
	} else {
		batch->result->doubtful++;
	}
	buf_clear(&bytes);
	return is_good;
}

static bool make_files(struct batch *batch, const struct envelopes *envelopes)
{
	struct envelope_maker *maker =
		envelope_maker_open(batch->build, batch->options->folder, batch->options->key, batch->result->batch);
	bool is_good = maker != NULL;
	batch->kept = ARENA_ARRAY(batch->build->run.arena, struct envelope, envelopes->count);
	for (size_t i = 0; i < envelopes->count && is_good; i++)
		is_good = make_file(batch, maker, &envelopes->at[i]);
	envelope_maker_close(maker);
	return is_good;
}

/* ---- the register ------------------------------------------------------------------------- */

static bool is_on_record(const struct model *model, const struct recorded_document *document)
{
	for (size_t i = 0; i < model->recorded_count; i++)
		for (size_t j = 0; j < model->recorded[i].document_count; j++) {
			const struct recorded_document *known = &model->recorded[i].documents[j];
			if (text_equal(known->sha256, document->sha256) && text_equal(known->code, document->code))
				return true;
		}
	return false;
}

static const char *register_path(struct run *run)
{
	struct text name = text_format(run->arena, "%lld/" REGISTER_NAME, (long long)run->model->campaign.year);
	return file_join(run->arena, run_data_folder(run->options), name);
}

/* One line for all copies: either all are recorded or none is. */
static bool record(struct batch *batch)
{
	struct run *run = &batch->build->run;
	struct recorded line = { .event = EVENT_DISPATCHED, .batch = batch->result->batch };
	line.copies = ARENA_ARRAY(run->arena, struct recorded_copy, batch->kept_count);
	line.documents = ARENA_ARRAY(run->arena, struct recorded_document, batch->kept_count);
	for (size_t i = 0; i < batch->kept_count; i++) {
		const struct envelope *envelope = &batch->kept[i];
		line.copies[line.copy_count++] = envelope->copy;
		if (!is_on_record(run->model, envelope->document))
			line.documents[line.document_count++] = *envelope->document;
	}
	const struct register_entry entry = {
		.event = { .day = batch->options->day, .kind = choice_xml(SET_EVENT, EVENT_DISPATCHED),
			   .write = record_write_batch, .context = &line },
		.after = (int64_t)run->model->recorded_count,
	};
	return register_append(run->arena, register_path(run), &entry, NULL, run->diag);
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
						 .count = batch->kept_count, .copies = &batch->copies,
						 .day = batch->options->day };
	return batch_lists_write(&contents, &batch->result->overdue);
}

static bool settle(struct batch *batch, const char *home)
{
	struct run *run = &batch->build->run;
	const char *path = batch->result->path;
	int error = file_sync_tree(batch->next);
	if (error)
		return fail(batch, batch->next, error);
	if (!record(batch))
		return false;
	/* From here on the copies are recorded: what goes wrong now the next run mends. */
	error = rename(batch->next, path) ? errno : file_sync_folder(home);
	if (error)
		DIAG(run->diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
	return true;
}

static bool make(struct batch *batch, const struct envelopes *envelopes)
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
	bool is_good = make_files(batch, envelopes);
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
	batch.copies = copies_standing(build->run.model->recorded, build->run.model->recorded_count, (struct date){ 0 });
	const struct leaving leaving = leaving_find(build, options->folder);
	const struct envelope_day day = { options->day, envelopes_next_batch(arena, &batch.copies, options->day) };
	struct envelopes envelopes = envelopes_plan(build, &leaving, &batch.copies, &day, options->only);
	result->batch = day.batch;
	result->sent = envelopes.sent;
	result->held = envelopes.held;
	bool is_good = true;
	if (envelopes.count)
		is_good = make(&batch, &envelopes);
	else
		result->batch = NO_TEXT;
	copies_clear(&batch.copies);
	return is_good;
}
