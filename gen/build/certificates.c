/* SPDX-License-Identifier: MIT */
#include "build/certificates.h"

#include <errno.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "build/batch_lists.h"
#include "build/build.h"
#include "build/certificate_list.h"
#include "build/record.h"
#include "build/steps.h"
#include "build/workers.h"
#include "model/parts.h"
#include "model/track.h"
#include "publish/register.h"
#include "publish/slot.h"
#include "send/guard.h"

#define PREFIX_MISSING "示例证字"
#define EXAMPLE        "示例"

struct making {
	struct build *build;
	const char *next; /* the folder while it is made */
	struct text prefix;
	struct guard *guard;
	struct certificate_list list;
	struct certificates_result *result;
};

/* ---- one certificate ------------------------------------------------------------------------ */

static const struct level *level_of(const struct model *model, const struct recorded_certificate *certificate,
	int *most)
{
	static const struct level none = { 0 };
	int track = track_by_id(&model->campaign, record_track_id(certificate->track));
	const struct catalogue *catalogue = track < 0 ? NULL : model->catalogues[track];
	int64_t level = 0;
	*most = catalogue ? catalogue->level_count : 0;
	text_to_integer(certificate->level, &level);
	return catalogue && level > 0 && level <= *most ? &catalogue->levels[level] : &none;
}

/* "示例证字〔2021〕0001号"; missing stays missing. */
static struct text number_words(struct arena *arena, const struct making *making, struct text number)
{
	if (!number.size)
		return NO_TEXT;
	int64_t year = making->build->run.model->campaign.year;
	const char *dash = memchr(number.at, '-', number.size);
	struct text serial = dash ? text_slice(number, (size_t)(dash - number.at) + 1, number.size) : number;
	return text_format(arena, "%.*s〔%lld〕%.*s号", TEXT_ARGS(making->prefix), (long long)year, TEXT_ARGS(serial));
}

/* "工业互联网平台安全防护", with the platform behind it where the enterprise has several. */
static struct text track_name(struct arena *arena, const struct model *model, struct text word)
{
	int track = track_by_id(&model->campaign, record_track_id(word));
	struct text id, platform;
	if (track < 0)
		return word;
	if (!track_split(word, &id, &platform))
		platform = NO_TEXT;
	return parts_word(arena, model->campaign.tracks[track].name, platform);
}

enum { MEMBERS = 19 };

/* `certificate` as content/certificate.md and each of `entries` as content/plaques.md know it. */
static struct datum datum_of(struct arena *arena, const struct making *making, const struct listed_certificate *listed)
{
	const struct model *model = making->build->run.model;
	const struct recorded_certificate *certificate = &listed->certificate;
	int most;
	const struct level *level = level_of(model, certificate, &most);
	int64_t stars = 0;
	text_to_integer(certificate->level, &stars);
	const struct {
		struct text name;
		struct datum item;
	} members[] = {
		{ TEXT("number"), datum_text(number_words(arena, making, certificate->number)) },
		{ TEXT("was"), datum_text(number_words(arena, making, certificate->was)) },
		{ TEXT("now"), datum_text(number_words(arena, making, listed->now)) },
		{ TEXT("name"), datum_text(certificate->name) }, { TEXT("city"), datum_text(certificate->city) },
		{ TEXT("track"), datum_text(record_track_word(arena, &model->campaign, certificate->track)) },
		{ TEXT("track_name"), datum_text(track_name(arena, model, certificate->track)) },
		{ TEXT("level"), datum_number(arena, stars) }, { TEXT("most"), datum_number(arena, most) },
		{ TEXT("label"), datum_text(certificate->label) }, { TEXT("level_name"), datum_text(level->name) },
		{ TEXT("year"), datum_number(arena, model->campaign.year) },
		{ TEXT("day"), datum_text(forms_day(arena, certificate->day)) },
		{ TEXT("date"), datum_text(certificate->date) },
		{ TEXT("page"), datum_text(listed->page) },
		{ TEXT("is_valid"), datum_boolean(listed->is_valid) },
		{ TEXT("is_replaced"), datum_boolean(listed->now.size > 0) },
		{ TEXT("is_example"), datum_boolean(text_contains(making->prefix, TEXT(EXAMPLE))) },
		{ TEXT("has_stars"), datum_boolean(most > 0) },
	};
	_Static_assert(sizeof members / sizeof *members == MEMBERS, "as many as there is room for");
	struct text *names = ARENA_ARRAY(arena, struct text, MEMBERS);
	struct datum *items = ARENA_ARRAY(arena, struct datum, MEMBERS);
	for (size_t i = 0; i < MEMBERS; i++) {
		names[i] = members[i].name;
		items[i] = members[i].item;
	}
	return datum_object(names, items, MEMBERS);
}

/* For this enterprise and for nobody else, on one page, with the address of its own page. */
static bool is_sound(const struct making *making, const struct listed_certificate *listed, struct text bytes)
{
	const struct recorded_certificate *certificate = &listed->certificate;
	const struct guard_want want = {
		.envelope = certificate->number, .name = certificate->name, .credit_code = certificate->code,
		.lacks_code = true, .page_count = 1, .qr = listed->page,
		.mark = number_words(making->build->run.arena, making, certificate->number),
	};
	return guard_check(making->guard, bytes, &want, making->build->run.diag);
}

static bool make_file(void *context, size_t index)
{
	struct making *making = context;
	struct build *build = making->build;
	const struct listed_certificate *listed = &making->list.at[index];
	static const struct text names[] = { TEXT_INIT("certificate") };
	struct buf pdf;
	if (!listed->is_valid)
		return true;
	struct text file = text_format(build->run.arena, "%.*s.pdf", TEXT_ARGS(listed->certificate.number));
	const struct datum items[] = { datum_of(build->scratch, making, listed) };
	const struct datum extra = datum_object(names, items, 1);
	buf_init(&pdf, BUF_LIMIT_PAGE);
	bool is_good = forms_make(build, &(struct form_wish){ FORM_CERTIFICATE, file, &extra }, &pdf);
	arena_clear(build->scratch);
	is_good = is_good && is_sound(making, listed, buf_view(&pdf)) &&
		  batch_write(&build->run, making->next, file, buf_view(&pdf));
	buf_clear(&pdf);
	return is_good;
}

static void write_report(void *context, struct buf *records)
{
	const struct making *making = context;
	diag_export(making->build->run.diag, records);
}

static bool receive_report(void *context, struct text records)
{
	struct making *making = context;
	return diag_import(making->build->run.diag, records);
}

static bool world_failed(void *context)
{
	const struct making *making = context;
	return diag_count(making->build->run.diag, SEVERITY_WORLD) > 0;
}

static bool make_files(struct making *making)
{
	struct build *build = making->build;
	const struct workers workers = {
		.count = making->list.count, .jobs = making->list.count ? build->options->environment.processors : 1,
		.context = making, .task = make_file, .stops = world_failed, .report = write_report,
			.receive = receive_report,
	};
	diag_export_from_here(build->run.diag);
	return workers_report(workers_run(&workers), build->run.diag);
}

/* ---- the list of plaques ----------------------------------------------------------------------- */

static struct rows rows_of(struct arena *arena, const struct table *table)
{
	struct rows rows = { .column_count = table->column_count, .row_count = table->row_count };
	rows.names = ARENA_ARRAY(arena, struct text, table->column_count);
	rows.values = ARENA_ARRAY(arena, struct value, table->column_count * table->row_count);
	for (size_t i = 0; i < table->column_count; i++)
		rows.names[i] = table->columns[i].heading;
	for (size_t i = 0; i < table->column_count * table->row_count; i++)
		rows.values[i] = (struct value){ .kind = VALUE_TEXT, .text = table->cells[i].text };
	return rows;
}

static bool write_plaques(struct making *making)
{
	struct build *build = making->build;
	static const struct text names[] = { TEXT_INIT("entries") };
	struct datum *entries = ARENA_ARRAY(build->scratch, struct datum, making->list.count);
	for (size_t i = 0; i < making->list.count; i++)
		entries[i] = datum_of(build->scratch, making, &making->list.at[i]);
	const struct datum items[] = { datum_list(entries, making->list.count) };
	const struct datum extra = datum_object(names, items, 1);
	const struct form_wish wish = { FORM_PLAQUES, TEXT("plaques.pdf"), &extra };
	struct buf bytes;
	buf_init(&bytes, BUF_LIMIT_FILE);
	const struct table *table;
	bool is_good = forms_make_table(build, &wish, &bytes, &table) &&
		       batch_write(&build->run, making->next, wish.what, buf_view(&bytes));
	if (is_good && table) {
		const struct rows rows = rows_of(build->scratch, table);
		certificate_list_csv(&rows, &bytes);
		is_good = batch_write(&build->run, making->next, TEXT("plaques.csv"), buf_view(&bytes));
		workbook_write(&rows, &bytes);
		is_good = is_good && batch_write(&build->run, making->next, TEXT("plaques.xlsx"), buf_view(&bytes));
	}
	buf_clear(&bytes);
	arena_clear(build->scratch);
	return is_good;
}

/* ---- all of it ------------------------------------------------------------------------------------ */

static void know_names(struct making *making)
{
	const struct model *model = making->build->run.model;
	making->guard = guard_new(making->build->run.arena);
	for (size_t i = 0; i < model->enterprise_count; i++)
		guard_add_enterprise(making->guard, model->enterprises[i].name, model->enterprises[i].code);
	guard_allow(making->guard, model->campaign.publisher);
}

static bool record(struct making *making)
{
	struct run *run = &making->build->run;
	const struct recorded line = { .certificates = making->list.fresh,
		.certificate_count = making->list.fresh_count };
	if (!line.certificate_count)
		return true;
	const struct register_entry entry = {
		.event = { .day = run->today, .kind = choice_xml(SET_EVENT, EVENT_CERTIFIED),
			   .write = record_write_certificates, .context = &line },
		.after = (int64_t)run->model->recorded_count,
	};
	return register_append(run->arena, steps_register(run), &entry, NULL, run->diag);
}

static bool fail(struct making *making, const char *path, int error)
{
	DIAG(making->build->run.diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
	return false;
}

/* On the disk, on record, then in its place. */
static bool settle(struct making *making, const char *home)
{
	const char *path = making->result->path;
	int error = file_sync_tree(making->next, 0);
	if (error)
		return fail(making, making->next, error);
	if (!record(making))
		return false;
	if (file_exists(path) && (error = file_remove_tree(path)) != 0)
		return fail(making, path, error);
	error = rename(making->next, path) ? errno : file_sync_folder(home);
	return !error || fail(making, path, error);
}

static bool make(struct making *making, const char *folder)
{
	struct build *build = making->build;
	struct arena *arena = build->run.arena;
	const char *home = text_format(arena, "%s/%.*s", folder, (int)strlen(TREE_INTERNAL) - 1, TREE_INTERNAL).at;
	making->result->path = text_format(arena, "%s/%.*s", folder, (int)strlen(TREE_CERTIFICATES) - 1,
					   TREE_CERTIFICATES).at;
	making->next = text_format(arena, "%s/%.*s", folder, (int)strlen(TREE_CERTIFICATES_NEXT) - 1,
				   TREE_CERTIFICATES_NEXT).at;
	int error = file_exists(making->next) ? file_remove_tree(making->next) : 0;
	if (!error)
		error = file_make_folder(making->next, SECRET_FOLDER);
	if (error)
		return fail(making, making->next, error);
	know_names(making);
	bool is_good = make_files(making) && write_plaques(making) && settle(making, home);
	guard_free(making->guard);
	if (!is_good && file_exists(making->next))
		file_remove_tree(making->next);
	return is_good;
}

bool certificates_make(struct build *build, const char *folder, struct certificates_result *result)
{
	struct run *run = &build->run;
	struct making making = { .build = build, .result = result,
		.prefix = run->model->campaign.publication.certificate };
	*result = (struct certificates_result){ 0 };
	if (!making.prefix.size)
		making.prefix = TEXT(PREFIX_MISSING);
	if (!certificate_list_make(run, &making.list))
		return false;
	result->count = making.list.valid_count;
	result->added = making.list.added;
	result->replaced = making.list.replaced;
	result->voided = making.list.voided;
	if (!forms_load(build, FORM_CERTIFICATE, FORM_PLAQUES) || !press_open_faces(build))
		return false;
	bool is_good = make(&making, folder);
	edition_close_facts(&build->edition);
	press_close(&build->press);
	return is_good;
}
