/* SPDX-License-Identifier: MIT
 *
 * Diagnoses: what each depends on, which need not be made, and what is noted of those that were.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "build/as_of.h"
#include "build/build.h"
#include "build/receipt_inside.h"
#include "theme/theme.h"

enum { SAMPLE = 100 }; /* of so many documents one is made all the same */

static void add_text(struct hash *hash, struct text text)
{
	const uint64_t size = text.size;
	hash_add(hash, (struct text){ (const char *)&size, sizeof size });
	hash_add(hash, text);
}

static void add_digest(struct hash *hash, const struct receipt_digest *digest)
{
	hash_add(hash, (struct text){ (const char *)digest->at, sizeof digest->at });
}

/* ---- what all of them depend on ---------------------------------------------------------- */

/* Texts of content/ itself; its folders belong to remarks, site, reports and what is sent. */
static bool is_common_text(const struct source *source)
{
	struct text inside = source->inside;
	return text_starts(inside, "content/") &&
	       !text_contains(text_slice(inside, strlen("content/"), inside.size), TEXT("/"));
}

static void add_options(struct hash *hash, const struct build *build)
{
	const struct options *options = build->options;
	const char *const flags[] = { options->draft,    options->archive,     options->keep_going,
				      options->tear_out, options->reply_forms, options->pictures };
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		add_text(hash, text_from(flags[i] ? "+" : "-"));
}

/* False where something is not to be known, so that nothing may be reused. */
static bool find_setup(struct build *build, char setup[65])
{
	const struct sources *sources = build->run.sources;
	const char *hyphens = build->press.theme->hyphens.file;
	struct hash hash;
	char stamp[160] = "";
	struct buf day;
	hash_init(&hash);
	add_text(&hash, text_from(build->receipts->program));
	add_text(&hash, text_from(build->press.theme->hash));
	add_options(&hash, build);
	buf_init(&day, 64);
	date_write_iso(&day, build->run.today);
	add_text(&hash, buf_view(&day));
	buf_clear(&day);
	if (hyphens && !footprint_of_file(hyphens, stamp))
		return false;
	add_text(&hash, text_from(stamp));
	for (uint32_t i = 1; i <= sources_count(sources); i++) {
		const struct source *source = sources_find(sources, i);
		if (!is_common_text(source))
			continue;
		add_text(&hash, source->inside);
		add_text(&hash, source->text);
	}
	hash_finish(&hash, setup);
	return build->receipts->program[0] != '\0';
}

static void set_up(struct build *build)
{
	struct receipts *receipts = build->receipts;
	receipts->is_off = receipts->is_off || !plan_has(&build->plan, TASK_DIAGNOSIS) ||
			   !receipt_data_open(&build->run, &receipts->data) || !find_setup(build, receipts->setup);
}

/* ---- what one depends on ------------------------------------------------------------------- */

static void add_datum(struct hash *hash, const struct datum *datum)
{
	const uint64_t fixed[] = { (uint64_t)datum->kind, datum->is_true, datum->count };
	hash_add(hash, (struct text){ (const char *)fixed, sizeof fixed });
	add_text(hash, datum->text);
	for (size_t i = 0; i < datum->count; i++) {
		add_text(hash, datum->names ? datum->names[i] : NO_TEXT);
		add_datum(hash, &datum->items[i]);
	}
}

static void add_issue(struct hash *hash, const struct build *then, const struct issue *issue)
{
	const struct datum datum = issued_datum(then->scratch, &then->run, issue);
	add_datum(hash, &datum);
}

/* The build as of the day as which the document left the house, and may be made again; NULL: it is made as of today. */
static struct build *find_then(struct build *build, int32_t enterprise, struct issue *issue)
{
	const struct subject subject = { enterprise, NULL };
	return issued_stands(&build->run, &build->issued, subject, issue) ? as_of(build, issue->day) : NULL;
}

static void find_key(struct build *build, int32_t enterprise, char key[65])
{
	const struct receipts *receipts = build->receipts;
	const struct subject subject = { enterprise, NULL };
	const uint32_t *remarks =
	    map_find(&build->press.remarks_by_code, build->run.model->enterprises[enterprise].code);
	struct issue issue;
	struct build *then = find_then(build, enterprise, &issue);
	struct hash hash;
	hash_init(&hash);
	add_text(&hash, text_from(receipts->setup));
	add_digest(&hash, &receipts->data.common);
	add_digest(&hash, &receipts->data.own[enterprise]);
	add_text(&hash, make_diagnosis_path(build->scratch, build->run.model, enterprise));
	add_text(&hash, remarks ? build->press.remarks[*remarks].text : NO_TEXT);
	if (then) {
		add_issue(&hash, then, &issue);
		add_text(&hash, issued_last(&build->issued, build->run.model, subject)->document->sha256);
	}
	issue = issued_anew(build->scratch, &build->run, &build->issued, subject);
	add_issue(&hash, build, &issue);
	hash_finish(&hash, key);
}

static void add_among(struct build *build, int32_t enterprise, uint64_t asked, struct hash *hash)
{
	struct facts *facts = edition_facts(build, SCOPE_FIRM);
	if (!facts)
		return;
	facts_choose_firm(facts, enterprise);
	facts_digest(facts, asked, hash);
}

static void find_among(struct build *build, int32_t enterprise, uint64_t asked, char among[65])
{
	struct issue issue;
	struct build *then = find_then(build, enterprise, &issue);
	struct hash hash;
	hash_init(&hash);
	if (then && then != build)
		add_among(then, enterprise, asked, &hash);
	add_among(build, enterprise, asked, &hash);
	hash_finish(&hash, among);
}

/* ---- files as they lie ----------------------------------------------------------------------- */

static bool has_hash(const struct receipts *receipts, const struct receipt_file *file)
{
	struct file_bytes bytes;
	char hash[65] = "";
	if (file_map(file_join(receipts->arena, receipts->target, file->file.path), SIZE_MAX / 2, &bytes))
		return false;
	hash_of(bytes.text, hash);
	file_release(&bytes);
	return strcmp(hash, file->file.hash) == 0;
}

/* As it was left: by its stamp, else by its bytes. */
static bool is_as_left(const struct receipts *receipts, struct receipt_file *file)
{
	char stamp[160];
	if (!footprint_of_file(file_join(receipts->arena, receipts->target, file->file.path), stamp))
		return false;
	if (text_is(file->stamp, stamp))
		return true;
	file->stamp = text_copy(receipts->arena, text_from(stamp));
	return has_hash(receipts, file);
}

void receipts_look(struct build *build)
{
	struct receipts *receipts = build->receipts;
	for (size_t i = 0; receipts && i < receipts->before.count; i++) {
		struct receipt_note *note = &receipts->before.at[i];
		note->is_there = true;
		for (size_t j = 0; j < note->count && note->is_there; j++)
			note->is_there = is_as_left(receipts, &note->files[j]);
	}
}

/* ---- taking over ------------------------------------------------------------------------------- */

static bool is_in_sample(const struct receipts *receipts, const struct receipt_note *note)
{
	unsigned number = 0;
	for (size_t i = 0; i < 8; i++)
		number = number << 4 | (unsigned)(note->key[i] <= '9' ? note->key[i] - '0' : note->key[i] - 'a' + 10);
	return receipts->trust == TRUST_ALL || (receipts->trust == TRUST_SAMPLE && number % SAMPLE == 0);
}

/* The note by which the task need not be done; NULL: it is to be done. */
static struct receipt_note *find_note(struct build *build, const struct task *task)
{
	struct receipts *receipts = build->receipts;
	char digest[65];
	if (task->kind != TASK_DIAGNOSIS)
		return NULL;
	struct text path = make_diagnosis_path(build->scratch, build->run.model, task->enterprise);
	const uint32_t *found = map_find(&receipts->by_path, path);
	struct receipt_note *note = found ? &receipts->before.at[*found] : NULL;
	if (!note || !note->is_there)
		return NULL;
	find_key(build, task->enterprise, digest);
	if (strcmp(digest, note->key) != 0)
		return NULL;
	find_among(build, task->enterprise, note->asked, digest);
	return strcmp(digest, note->among) == 0 ? note : NULL;
}

static bool take(struct build *build, const struct receipt_note *note)
{
	bool is_taken = true;
	for (size_t i = 0; i < note->count && is_taken; i++)
		is_taken = output_take(build->edition.output, &note->files[i].file);
	return is_taken;
}

static void decide(struct build *build, size_t index)
{
	struct receipts *receipts = build->receipts;
	struct plan *plan = &build->plan;
	struct receipt_note *note = find_note(build, &plan->tasks[index]);
	arena_clear(build->scratch);
	if (note && is_in_sample(receipts, note))
		receipts->expected[index] = 1 + (uint32_t)(note - receipts->before.at);
	else if (note && take(build, note)) {
		receipts->taken[receipts->taken_count++] = (uint32_t)index;
		LIST_PUSH(&receipts->made, *note);
		return;
	}
	plan->left[plan->left_count++] = (uint32_t)index;
}

bool receipts_reuse(struct build *build)
{
	struct receipts *receipts = build->receipts;
	struct plan *plan = &build->plan;
	plan->left = ARENA_ARRAY(build->run.arena, uint32_t, plan->task_count);
	if (!receipts) {
		for (size_t i = 0; i < plan->task_count; i++)
			plan->left[plan->left_count++] = (uint32_t)i;
		return true;
	}
	set_up(build);
	receipts->expected = ARENA_ARRAY(build->run.arena, uint32_t, plan->task_count);
	receipts->taken = ARENA_ARRAY(build->run.arena, uint32_t, plan->task_count);
	for (size_t i = 0; i < plan->task_count; i++)
		if (receipts->is_off)
			plan->left[plan->left_count++] = (uint32_t)i;
		else
			decide(build, i);
	receipts->exported = receipts->made.count;
	return run_is_good(&build->run);
}

/* ---- noting --------------------------------------------------------------------------------------- */

static struct facts *open_facts(const struct build *build)
{
	return build->edition.facts[SCOPE_FIRM];
}

void receipts_begin(struct build *build, size_t task)
{
	struct receipts *receipts = build->receipts;
	if (!receipts || receipts->is_off || build->plan.tasks[task].kind != TASK_DIAGNOSIS)
		return;
	for (struct build *then = build; then; then = then->earlier_day)
		if (open_facts(then))
			facts_forget_asked(open_facts(then));
	receipts->told = diag_told(build->run.diag);
	(void)output_made(build->edition.output, &receipts->files);
}

static uint64_t asked_of(const struct build *build)
{
	uint64_t asked = 0;
	for (const struct build *then = build; then; then = then->earlier_day)
		if (open_facts(then))
			asked |= facts_asked(open_facts(then));
	return asked;
}

static void compare(struct receipts *receipts, const struct receipt_note *made, size_t task)
{
	const struct receipt_note *was =
	    receipts->expected[task] ? &receipts->before.at[receipts->expected[task] - 1] : NULL;
	bool is_same = !was || was->count == made->count;
	for (size_t i = 0; was && i < was->count && is_same; i++)
		is_same = strcmp(was->files[i].file.hash, made->files[i].file.hash) == 0 &&
			  text_equal(was->files[i].file.path, made->files[i].file.path);
	if (is_same)
		return;
	receipts->wrong_count++;
	struct text path = made->files[0].file.path;
	if (!receipts->wrong.size || text_compare(path, receipts->wrong) < 0)
		receipts->wrong = path;
}

void receipts_end(struct build *build, size_t task, bool is_good)
{
	struct receipts *receipts = build->receipts;
	struct receipt_note note = { .count = 0 };
	size_t count;
	if (!receipts || receipts->is_off || build->plan.tasks[task].kind != TASK_DIAGNOSIS || !is_good)
		return;
	const struct output_file *files = output_made(build->edition.output, &count);
	if (count - receipts->files < 1 || count - receipts->files > RECEIPT_FILES_MOST)
		return;
	for (size_t i = receipts->files; i < count; i++)
		note.files[note.count++].file = files[i];
	compare(receipts, &note, task);
	if (diag_told(build->run.diag) != receipts->told)
		return;
	int32_t enterprise = build->plan.tasks[task].enterprise;
	note.asked = asked_of(build);
	find_key(build, enterprise, note.key);
	find_among(build, enterprise, note.asked, note.among);
	LIST_PUSH(&receipts->made, note);
}

void receipts_export(struct build *build, struct buf *records)
{
	struct receipts *receipts = build->receipts;
	if (!receipts)
		return;
	for (; receipts->exported < receipts->made.count; receipts->exported++)
		receipt_write_note(records, &receipts->made.at[receipts->exported]);
	buf_format(records, "wrong %lld %.*s\n", (long long)receipts->wrong_count, TEXT_ARGS(receipts->wrong));
}

bool receipts_import(struct build *build, struct text records)
{
	if (build->receipts)
		receipt_read(build->receipts, records, false);
	return true;
}

/* ---- what was not as it should have been ------------------------------------------------------------- */

bool receipts_hold(struct build *build)
{
	struct receipts *receipts = build->receipts;
	if (!receipts || !receipts->wrong_count)
		return true;
	build->plan.left_count = receipts->taken_count;
	for (size_t i = 0; i < receipts->taken_count; i++)
		build->plan.left[i] = receipts->taken[i];
	return false;
}

void receipts_tell(struct build *build)
{
	const struct receipts *receipts = build->receipts;
	if (receipts && receipts->wrong_count)
		DIAG(build->run.diag, DIAG_RECEIPT_WRONG, .a = receipts->wrong, .n = receipts->wrong_count);
}
