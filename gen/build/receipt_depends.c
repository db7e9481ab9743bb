/* SPDX-License-Identifier: MIT
 *
 * What a task depends on: its name, its key, and what it sees of the facts (receipt.h).
 */
#include "base/arena.h"
#include "base/buf.h"
#include "build/as_of.h"
#include "build/build.h"
#include "build/receipt_inside.h"
#include "theme/theme.h"

enum { SUBJECTS_MOST = 2 }; /* of a task: an enterprise; the report and its public edition */

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

/* The number of processes changes no byte, nor does it how many are made to be compared. */
void receipt_add_options(struct hash *hash, const struct options *options)
{
#define OPTION(member, name, argument, chinese, english, use) \
	if (strcmp(name, "jobs") != 0 && strcmp(name, "trust") != 0) { \
		add_text(hash, text_from(options->member ? "+" : "-")); \
		add_text(hash, text_from(options->member)); \
	}
#include "build/options.def"
#undef OPTION
	for (size_t i = 0; i < options->argument_count; i++)
		add_text(hash, text_from(options->arguments[i]));
	add_text(hash, text_from(options->environment.language == LANGUAGE_ENGLISH ? "en" : "zh"));
}

/* Of the options that change a diagnosis. */
static void add_diagnosis_options(struct hash *hash, const struct options *options)
{
	const char *const flags[] = { options->draft,    options->archive,     options->keep_going,
				      options->tear_out, options->reply_forms, options->pictures };
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		add_text(hash, text_from(flags[i] ? "+" : "-"));
}

/* Texts of content/ itself; its folders belong to remarks, site, reports and what is sent. */
static bool is_common_text(struct text inside)
{
	return text_starts(inside, "content/") &&
	       !text_contains(text_slice(inside, strlen("content/"), inside.size), TEXT("/"));
}

static bool is_text(struct text inside)
{
	return text_starts(inside, "themes/") ||
	       (text_starts(inside, "content/") && !text_starts(inside, "content/remarks/"));
}

bool receipt_is_steady(const struct build *build, uint32_t source)
{
	return source == 0 || is_text(sources_find(build->run.sources, source)->inside);
}

/* False where something is not to be known. */
static bool add_press(struct hash *hash, const struct build *build)
{
	const char *hyphens = build->press.theme->hyphens.file;
	char stamp[160] = "";
	struct buf day;
	add_text(hash, text_from(build->receipts->program));
	add_text(hash, text_from(build->press.theme->hash));
	buf_init(&day, 64);
	date_write_iso(&day, build->run.today);
	add_text(hash, buf_view(&day));
	buf_clear(&day);
	if (hyphens && !footprint_of_file(hyphens, stamp))
		return false;
	add_text(hash, text_from(stamp));
	return build->receipts->program[0] != '\0';
}

static bool find_setup(const struct build *build, char setup[65])
{
	const struct sources *sources = build->run.sources;
	struct hash hash;
	hash_init(&hash);
	add_diagnosis_options(&hash, build->options);
	bool is_known = add_press(&hash, build);
	for (uint32_t i = 1; i <= sources_count(sources); i++) {
		const struct source *source = sources_find(sources, i);
		if (!is_common_text(source->inside))
			continue;
		add_text(&hash, source->inside);
		add_text(&hash, source->text);
	}
	hash_finish(&hash, setup);
	return is_known;
}

/* All texts; and of the other sources, which are numbered with them, how they are called. */
static bool find_whole_setup(const struct build *build, char setup[65])
{
	const struct sources *sources = build->run.sources;
	struct hash hash;
	hash_init(&hash);
	receipt_add_options(&hash, build->options);
	bool is_known = add_press(&hash, build);
	for (uint32_t i = 1; i <= sources_count(sources); i++) {
		const struct source *source = sources_find(sources, i);
		add_text(&hash, source->inside);
		if (is_text(source->inside))
			add_text(&hash, source->text);
	}
	hash_finish(&hash, setup);
	return is_known;
}

/* What facts_options has beside the options (edition.c).  Not of a year that others followed, which shows their lists. */
static void find_facts(const struct build *build, char facts[65])
{
	struct hash hash;
	if (build->edition.newest)
		return;
	hash_init(&hash);
	add_digest(&hash, &build->receipts->data.facts);
	add_text(&hash, text_from(build->run.is_list_only ? "+" : "-"));
	hash_finish(&hash, facts);
}

bool receipt_depends_open(struct build *build)
{
	struct receipts *receipts = build->receipts;
	const bool by_enterprise = plan_has(&build->plan, TASK_DIAGNOSIS);
	if (!receipt_data_open(&build->run, by_enterprise, &receipts->data) || !find_setup(build, receipts->setup) ||
	    !find_whole_setup(build, receipts->whole_setup))
		return false;
	if (by_enterprise)
		find_facts(build, receipts->facts);
	return true;
}

/* ---- what one depends on ------------------------------------------------------------------- */

struct text receipt_name(struct build *build, const struct task *task)
{
	switch (task->kind) {
	case TASK_DIAGNOSIS: return make_diagnosis_path(build->scratch, build->run.model, task->enterprise);
	case TASK_SITE: return TEXT("site");
	case TASK_REPORT: return TEXT("report");
	case TASK_CITY:
	case TASK_AGENCY: break;
	}
	return NO_TEXT;
}

static size_t find_subjects(const struct build *build, const struct task *task, struct subject subjects[SUBJECTS_MOST])
{
	size_t count = 0;
	if (task->kind == TASK_DIAGNOSIS)
		subjects[count++] = (struct subject){ task->enterprise, NULL };
	if (task->kind == TASK_REPORT)
		subjects[count++] = (struct subject){ -1, RECORDED_REPORT };
	if (task->kind == TASK_REPORT && build->press.report_public)
		subjects[count++] = (struct subject){ -1, RECORDED_REPORT_PUBLIC };
	return count;
}

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
static struct build *find_then(struct build *build, struct subject subject, struct issue *issue)
{
	return issued_stands(&build->run, &build->issued, subject, issue) ? as_of(build, issue->day) : NULL;
}

static void add_subject(struct build *build, struct subject subject, struct hash *hash)
{
	struct issue issue;
	struct build *then = find_then(build, subject, &issue);
	if (then) {
		add_issue(hash, then, &issue);
		add_text(hash, issued_last(&build->issued, build->run.model, subject)->document->sha256);
	}
	issue = issued_anew(build->scratch, &build->run, &build->issued, subject);
	add_issue(hash, build, &issue);
}

static void add_enterprise(struct build *build, int32_t enterprise, struct hash *hash)
{
	const struct text code = build->run.model->enterprises[enterprise].code;
	const uint32_t *remarks = map_find(&build->press.remarks_by_code, code);
	add_digest(hash, &build->receipts->data.own[enterprise]);
	add_text(hash, remarks ? build->press.remarks[*remarks].text : NO_TEXT);
}

void receipt_key(struct build *build, const struct task *task, char key[65])
{
	const struct receipts *receipts = build->receipts;
	const bool is_diagnosis = task->kind == TASK_DIAGNOSIS;
	struct subject subjects[SUBJECTS_MOST];
	struct hash hash;
	hash_init(&hash);
	add_text(&hash, text_from(is_diagnosis ? receipts->setup : receipts->whole_setup));
	add_text(&hash, receipt_name(build, task));
	add_digest(&hash, &receipts->data.common);
	if (is_diagnosis)
		add_enterprise(build, task->enterprise, &hash);
	for (size_t i = 0, count = find_subjects(build, task, subjects); i < count; i++)
		add_subject(build, subjects[i], &hash);
	hash_finish(&hash, key);
}

/* ---- what it sees of the facts --------------------------------------------------------------- */

void receipt_forget_asked(struct build *build)
{
	for (struct build *then = build; then; then = then->earlier_day)
		for (int scope = 0; scope < SCOPES; scope++)
			if (then->edition.facts[scope])
				facts_forget_asked(then->edition.facts[scope]);
}

static void write_scope(const struct build *build, int scope, struct buf *buf)
{
	struct facts_asked asked = { { 0 } };
	for (const struct build *then = build; then; then = then->earlier_day)
		if (then->edition.facts[scope])
			facts_asked(then->edition.facts[scope], &asked);
	size_t start = buf->size;
	buf_format(buf, "%d:", scope);
	size_t end = buf->size;
	facts_asked_write(&asked, buf);
	if (buf->size == end)
		buf->size = start;
	else
		buf_byte(buf, ' ');
}

struct text receipt_asked(struct build *build)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (int scope = 0; scope < SCOPES; scope++)
		write_scope(build, scope, &buf);
	struct text asked = text_copy(build->receipts->arena, buf_view(&buf));
	buf_clear(&buf);
	return asked;
}

static bool next_scope(struct text *rest, enum facts_scope *scope, struct facts_asked *asked)
{
	struct text word, number;
	int64_t index;
	if (!text_next(rest, ' ', &word) || !text_next(&word, ':', &number) || !text_to_integer(number, &index) ||
	    index < 0 || index >= SCOPES)
		return false;
	*scope = (enum facts_scope)index;
	return facts_asked_read(word, asked);
}

static bool add_seen(struct build *build, const struct task *task, struct text asked, struct hash *hash)
{
	while (asked.size) {
		enum facts_scope scope;
		struct facts_asked columns;
		if (!next_scope(&asked, &scope, &columns))
			return false;
		struct facts *facts = edition_facts(build, scope);
		if (!facts)
			return false;
		if (scope == SCOPE_FIRM)
			facts_choose_firm(facts, task->enterprise);
		facts_digest(facts, &columns, hash);
	}
	return true;
}

bool receipt_among(struct build *build, const struct task *task, struct text asked, char among[65])
{
	struct subject subjects[SUBJECTS_MOST];
	struct issue issue;
	struct hash hash;
	hash_init(&hash);
	bool is_known = true;
	for (size_t i = 0, count = find_subjects(build, task, subjects); i < count; i++) {
		struct build *then = find_then(build, subjects[i], &issue);
		if (then && then != build)
			is_known &= add_seen(then, task, asked, &hash);
	}
	is_known &= add_seen(build, task, asked, &hash);
	hash_finish(&hash, among);
	return is_known;
}

/* A diagnosis says words of its own results alone, which are in its key; report and site are looked at. */
bool receipt_is_among_the_same(const struct build *build, const struct task *task, const struct receipt_note *note)
{
	const char *facts = build->receipts->facts;
	return task->kind == TASK_DIAGNOSIS && facts[0] && strcmp(note->facts, facts) == 0;
}
