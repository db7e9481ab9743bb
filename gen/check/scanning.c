/* SPDX-License-Identifier: MIT */
#include "check/scanning.h"

#include "base/arena.h"
#include "check/field.h"
#include "check/rows.h"
#include "check/scan_map.h"
#include "model/parts.h"
#include "model/track.h"
#include "read/clean.h"
#include "read/scan.h"

/* ---- words ------------------------------------------------------------------------------------- */

/* Index of a word, or -1 for none; known from then on. */
static int32_t word_of(struct scanning *scanning, struct text text, bool is_rule)
{
	struct arena *arena = scanning->check->reader.arena;
	text = clean_text(arena, text);
	if (!text.size)
		return MISSING;
	const uint32_t *found = map_find(&scanning->word_index, text);
	if (found)
		return (int32_t)*found;
	struct scan_word word = { text_copy(arena, text), is_rule };
	map_add(&scanning->word_index, word.text, (uint32_t)scanning->words.count);
	LIST_PUSH(&scanning->words, word);
	LIST_PUSH(&scanning->matches, ((struct scan_matches){ 0 }));
	return (int32_t)scanning->words.count - 1;
}

/* Each word meets each row of the map once, however many hosts speak of it. */
static struct scan_matches matches_of(struct scanning *scanning, int32_t word)
{
	const struct model *model = scanning->check->model;
	struct scan_matches *matches = &scanning->matches.at[word];
	if (matches->is_known)
		return *matches;
	matches->is_known = true;
	matches->first = (uint32_t)scanning->rows.count;
	for (size_t i = 0; i < model->scan_map_count; i++)
		if (scan_map_matches(model->scan_map[i].rule, scanning->words.at[word].text))
			LIST_PUSH(&scanning->rows, (int32_t)i);
	matches->count = (uint32_t)scanning->rows.count - matches->first;
	return *matches;
}

/* ---- answers -------------------------------------------------------------------------------------- */

static struct scan *scan_of_host(struct scanning *scanning, uint32_t host)
{
	while (scanning->scans.count <= scanning->first_scan + host)
		LIST_PUSH(&scanning->scans, ((struct scan){ .enterprise = scanning->enterprise }));
	return &scanning->scans.at[scanning->first_scan + host];
}

static int8_t answer_of(struct scanning *scanning, const struct scan_said *said)
{
	int answer = choice_find(SET_SCAN, said->answer);
	if (answer != CHOICE_MISSING)
		return (int8_t)answer;
	PROBLEM(scanning->check, DIAG_SCAN_ANSWER_UNKNOWN, .span = said->span, .a = said->answer.size ? said->answer
		: TEXT("—"));
	return SCAN_UNKNOWN;
}

static void match(struct scanning *scanning, int32_t word, const struct scan_result *result)
{
	struct scan_matches matches = { 0 };
	if (word >= 0)
		matches = matches_of(scanning, word);
	for (uint32_t i = 0; i < matches.count; i++) {
		struct scan_pending pending = { *result, scanning->rows.at[matches.first + i],
			(uint64_t)scanning->answers };
		LIST_PUSH(&scanning->pending, pending);
	}
}

static void say(void *context, const struct scan_said *said)
{
	struct scanning *scanning = context;
	struct scan *scan = scan_of_host(scanning, said->host);
	struct scan_result result = { .scan = (int32_t)(scanning->first_scan + said->host), .place = said->span };
	result.answer = answer_of(scanning, said);
	scan->answers[result.answer]++;
	scan->unmapped++;
	scanning->answers++;
	result.rule = word_of(scanning, said->rule, true);
	match(scanning, result.rule, &result);
	for (size_t i = 0; i < said->ident_count; i++) {
		int32_t ident = word_of(scanning, said->idents[i], true);
		if (result.rule < 0)
			result.rule = ident;
		match(scanning, ident, &result);
	}
}

/* ---- the end of a test ---------------------------------------------------------------------------- */

/* With several platforms in the track the folder that the file lies in has to be called like one of them. */
static int32_t part_of(struct scanning *scanning, int track)
{
	const struct model *model = scanning->check->model;
	const struct enterprise *enterprise = &model->enterprises[scanning->enterprise];
	struct parts_found found = parts_find(model, enterprise, track, scanning->platform);
	if (found.count > 1 && found.part < 0 && !scanning->is_open) {
		scanning->is_open = true;
		PROBLEM(scanning->check, DIAG_SCAN_PLATFORM, .span = { .source = scanning->number },
			.a = enterprise->name, .b = track_label(&model->campaign, track));
	}
	return found.part;
}

static void settle_pending(struct scanning *scanning, const struct scan_target *target)
{
	const struct model *model = scanning->check->model;
	const struct text sources[] = { target->format, target->tool, target->benchmark, target->profile };
	uint64_t mapped = 0;
	for (size_t i = 0; i < scanning->pending.count; i++) {
		struct scan_pending *pending = &scanning->pending.at[i];
		const struct scan_map *row = &model->scan_map[pending->row];
		if (!scan_map_has_source(row, sources, sizeof sources / sizeof *sources))
			continue;
		scanning->is_used[pending->row] = true;
		scanning->scans.at[pending->result.scan].unmapped -= mapped != pending->answer;
		mapped = pending->answer;
		pending->result.item = row->item;
		pending->result.participation = part_of(scanning, row->track);
		if (pending->result.participation >= 0)
			LIST_PUSH(&scanning->results, pending->result);
	}
	scanning->pending.count = 0;
}

static int64_t answers_of(const struct scan *scan)
{
	int64_t sum = 0;
	for (int i = 0; i < SCAN_ANSWERS; i++)
		sum += scan->answers[i];
	return sum;
}

/* Hosts that nothing looked at were not scanned; that a whole test says nothing is told of its first host. */
static void end_test(struct scanning *scanning, const struct scan_target *target)
{
	int64_t answers = 0;
	settle_pending(scanning, target);
	for (size_t i = scanning->first_scan; i < scanning->scans.count; i++) {
		struct scan *scan = &scanning->scans.at[i];
		int64_t own = answers_of(scan);
		answers += own;
		scanning->unmapped += scan->unmapped;
		if (!own)
			scan->enterprise = MISSING;
		else if (!scan->host.size) {
			scan->host = scanning->file;
			PROBLEM(scanning->check, DIAG_SCAN_NO_HOST, .span = scan->place, .a = scan->host);
		}
	}
	if (!answers)
		PROBLEM(scanning->check, DIAG_SCAN_EMPTY, .span = target->span,
			.a = scanning->scans.at[scanning->first_scan].host.size
				? scanning->scans.at[scanning->first_scan].host : scanning->file);
	scanning->first_scan = scanning->scans.count;
}

static struct text kept(struct scanning *scanning, struct text text)
{
	return text_copy(scanning->check->reader.arena, clean_text(scanning->check->reader.arena, text));
}

/* One day, said once a test. */
static struct date day_of(struct scanning *scanning, const struct scan_target *target)
{
	const struct field *field = &schema_entity(ENTITY_SCAN)->fields[FIELD_scan_date];
	if (target->host)
		return scanning->scans.at[scanning->first_scan].date;
	struct text day = text_copy(scanning->check->reader.arena, target->day);
	struct date date = field_date(scanning->check, field, (struct value){ day, target->span, day.size > 0 });
	rows_check_date(scanning->check, date, "", target->span, text_from(field->heading));
	return date;
}

static void close_host(void *context, const struct scan_target *target)
{
	struct scanning *scanning = context;
	scan_of_host(scanning, target->host);
	struct scan scan = scanning->scans.at[scanning->first_scan + target->host];
	scan.place = target->span;
	scan.date = day_of(scanning, target);
	scan.host = kept(scanning, target->name);
	scan.address = kept(scanning, target->address);
	scan.tool = kept(scanning, target->tool);
	scan.benchmark = kept(scanning, target->benchmark.size ? target->benchmark : target->profile);
	scanning->scans.at[scanning->first_scan + target->host] = scan;
	word_of(scanning, scan.host, false);
	word_of(scanning, scan.address, false);
	for (size_t i = 0; i < target->other_count; i++)
		word_of(scanning, target->others[i], false);
	if (target->is_last)
		end_test(scanning, target);
}

void scanning_file(struct scanning *scanning, uint32_t number)
{
	struct check *check = scanning->check;
	const struct scan_sink sink = { scanning, say, close_host };
	scanning->first_scan = scanning->scans.count;
	scanning->answers = scanning->unmapped = 0;
	scanning->pending.count = 0;
	scanning->number = number;
	scanning->is_open = false;
	struct scan_file file = scan_read(&check->reader, number, &sink);
	if (file.is_whole && !file.tests)
		PROBLEM(check, DIAG_SCAN_NO_TEST, .span = file.root_span, .a = file.root);
	if (scanning->unmapped && check->model->scan_map_count)
		PROBLEM(check, DIAG_SCAN_UNMAPPED, .span = { .source = number }, .n = scanning->unmapped,
			.a = text_format(check->reader.arena, "%lld", (long long)scanning->answers));
}

/* ---- handing over --------------------------------------------------------------------------------- */

static int compare_results(const void *left, const void *right)
{
	const struct scan_result *a = left, *b = right;
	if (a->participation != b->participation)
		return a->participation < b->participation ? -1 : 1;
	if (a->item != b->item)
		return a->item < b->item ? -1 : 1;
	if (a->host != b->host)
		return a->host < b->host ? -1 : 1;
	if (a->scan != b->scan)
		return a->scan < b->scan ? -1 : 1;
	if (a->place.start != b->place.start)
		return a->place.start < b->place.start ? -1 : 1;
	return (a->rule > b->rule) - (a->rule < b->rule);
}

/* Folders come by name, enterprises by the table: two spellings of a code are two folders. */
static void settle_scans(struct scanning *scanning, int32_t *moved)
{
	struct model *model = scanning->check->model;
	struct arena *arena = scanning->check->reader.arena;
	size_t *ends = ARENA_ARRAY(arena, size_t, model->enterprise_count + 1);
	for (size_t i = 0; i < scanning->scans.count; i++)
		if (scanning->scans.at[i].enterprise >= 0)
			ends[scanning->scans.at[i].enterprise + 1]++;
	for (size_t i = 0; i < model->enterprise_count; i++) {
		model->enterprises[i].first_scan = (int32_t)ends[i];
		model->enterprises[i].scan_count = (int32_t)ends[i + 1];
		ends[i + 1] += ends[i];
	}
	model->scan_count = ends[model->enterprise_count];
	model->scans = ARENA_ARRAY(arena, struct scan, model->scan_count);
	for (size_t i = 0; i < scanning->scans.count; i++) {
		const struct scan *scan = &scanning->scans.at[i];
		moved[i] = scan->enterprise < 0 ? MISSING : (int32_t)ends[scan->enterprise]++;
		if (moved[i] >= 0)
			model->scans[moved[i]] = *scan;
	}
}

/* The first scan of each host; the first of each host and benchmark, and the latest of these. */
static void group_scans(struct check *check, const struct enterprise *enterprise, uint32_t *first, uint32_t *latest)
{
	struct scan *scans = &check->model->scans[enterprise->first_scan];
	struct map hosts = { 0 }, looks = { 0 };
	for (uint32_t k = 0; k < (uint32_t)enterprise->scan_count; k++) {
		struct text look = text_format(check->reader.arena, "%.*s\x1F%.*s", TEXT_ARGS(scans[k].host),
			TEXT_ARGS(scans[k].benchmark));
		scans[k].first_of_host = enterprise->first_scan + (int32_t)map_add(&hosts, scans[k].host, k);
		first[k] = map_add(&looks, look, k);
		if (first[k] == k || date_compare(scans[k].date, scans[latest[first[k]]].date) > 0)
			latest[first[k]] = k;
	}
	map_clear(&hosts);
	map_clear(&looks);
}

/* Of the same host and benchmark the latest counts; those of one day, or without one, all do. */
static void find_older(struct check *check, const struct enterprise *enterprise)
{
	size_t count = (size_t)enterprise->scan_count;
	struct scan *scans = &check->model->scans[enterprise->first_scan];
	uint32_t *first = ARENA_ARRAY(check->reader.arena, uint32_t, count);
	uint32_t *latest = ARENA_ARRAY(check->reader.arena, uint32_t, count);
	group_scans(check, enterprise, first, latest);
	for (size_t k = 0; k < count; k++) {
		const struct scan *newer = &scans[latest[first[k]]];
		scans[k].is_older = !date_is_missing(scans[k].date) && date_compare(scans[k].date, newer->date) < 0;
		if (scans[k].is_older)
			PROBLEM(check, DIAG_SCAN_OLDER, .span = scans[k].place, .a = scans[k].host,
				.b = check_iso(check, newer->date),
				.other = newer->place);
	}
}

static void settle_result(const struct model *model, const int32_t *moved, struct scan_result *result)
{
	result->scan = moved[result->scan];
	result->host = model->scans[result->scan].first_of_host;
}

void scanning_settle(struct scanning *scanning)
{
	struct check *check = scanning->check;
	struct model *model = check->model;
	struct arena *arena = check->reader.arena;
	int32_t *moved = ARENA_ARRAY(arena, int32_t, scanning->scans.count);
	settle_scans(scanning, moved);
	for (size_t i = 0; i < model->enterprise_count; i++)
		if (model->enterprises[i].scan_count)
			find_older(check, &model->enterprises[i]);
	for (size_t i = 0; i < scanning->results.count; i++)
		settle_result(model, moved, &scanning->results.at[i]);
	if (scanning->results.count)
		qsort(scanning->results.at, scanning->results.count, sizeof *scanning->results.at, compare_results);
	model->scan_results = LIST_SETTLE(arena, &scanning->results);
	model->scan_result_count = scanning->results.count;
	model->scan_words = LIST_SETTLE(arena, &scanning->words);
	model->scan_word_count = scanning->words.count;
	for (size_t i = 0; i < model->scan_map_count && scanning->files; i++)
		if (!scanning->is_used[i])
			PROBLEM(check, DIAG_SCAN_MAP_IDLE, .span = model->scan_map[i].place,
				.a = model->scan_map[i].rule);
}

void scanning_clear(struct scanning *scanning)
{
	map_clear(&scanning->word_index);
	LIST_FREE(&scanning->words);
	LIST_FREE(&scanning->matches);
	LIST_FREE(&scanning->rows);
	LIST_FREE(&scanning->scans);
	LIST_FREE(&scanning->results);
	LIST_FREE(&scanning->pending);
}
