/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/diag_store.h"
#include "base/hash.h"
#include "base/nearest.h"

static const struct diag_row rows[] = {
#define DIAG_KIND(kind, code, severity, chinese, english, chinese_remedy, english_remedy) \
	[DIAG_##kind] = { code, SEVERITY_##severity, { chinese, english }, { chinese_remedy, english_remedy } },
#include "base/diag.def"
};
_Static_assert(sizeof rows / sizeof *rows == DIAG_KINDS, "every kind has a row");

static const unsigned char effects[DIAG_KINDS] = {
#define DIAG_COSTS(kind, effect) [DIAG_##kind] = EFFECT_##effect,
#include "base/diag.def"
};

static const char *const words[DIAG_KINDS][2] = {
#define DIAG_WORDS(kind, chinese, english) [DIAG_##kind] = { chinese, english },
#include "base/diag.def"
};

struct diag *diag_new(struct arena *arena, const struct sources *sources)
{
	struct diag *diag = ARENA_NEW(arena, struct diag);
	diag->arena = arena;
	diag->sources = sources;
	return diag;
}

const struct diag_row *diag_row(enum diag_kind kind)
{
	return &rows[kind];
}

const struct diag_row *diag_find(struct text code)
{
	for (size_t kind = 0; kind < DIAG_KINDS; kind++)
		if (text_is(code, rows[kind].code))
			return &rows[kind];
	return NULL;
}

enum diag_effect diag_effect(enum diag_kind kind)
{
	return (enum diag_effect)effects[kind];
}

const char *diag_words(enum diag_kind kind, enum diag_language language)
{
	return words[kind][language];
}

struct text diag_nearest(struct text code)
{
	struct nearest nearest = { .wanted = code };
	for (size_t kind = 0; kind < DIAG_KINDS; kind++)
		nearest_offer(&nearest, text_from(rows[kind].code));
	return nearest_best(&nearest);
}

/* ---- order ---------------------------------------------------------------- */

/* qsort has no context argument; set before anything is compared, by each thread for itself. */
static _Thread_local const struct sources *sorting;

static int compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static struct text inside(struct span span)
{
	const struct source *source = sources_find(sorting, span.source);
	return source ? source->inside : NO_TEXT;
}

static struct text name(struct span span)
{
	const struct source *source = sources_find(sorting, span.source);
	return source ? source->name : NO_TEXT;
}

/* Names as they were typed come last: they decide only between files that are known by the same name. */
static int compare_args(const struct diag_args *a, const struct diag_args *b)
{
	const struct text texts[][2] = {
		{ a->a, b->a }, { a->b, b->b }, { a->c, b->c }, { a->d, b->d }, { a->offending, b->offending },
		{ inside(a->other), inside(b->other) }, { name(a->span), name(b->span) }, { name(a->other), name(b->other) },
	};
	const int64_t numbers[][2] = {
		{ a->span.end, b->span.end }, { a->n, b->n }, { a->other.start, b->other.start }, { a->other.end, b->other.end },
		{ a->participation, b->participation }, { a->column, b->column },
	};
	int order = 0;
	for (size_t i = 0; i < 4 && order == 0; i++)
		order = text_compare(texts[i][0], texts[i][1]);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers && order == 0; i++)
		order = compare_numbers(numbers[i][0], numbers[i][1]);
	for (size_t i = 0; i < DIAG_ALSO && order == 0; i++)
		order = compare_numbers(a->also[i], b->also[i]);
	for (size_t i = 4; i < sizeof texts / sizeof *texts && order == 0; i++)
		order = text_compare(texts[i][0], texts[i][1]);
	return order;
}

/* Causes first: what cost a file, what cost a row, then by severity. */
static int compare_weight(enum diag_kind a, enum diag_kind b)
{
	const enum diag_severity severities[] = { rows[a].severity, rows[b].severity };
	int order = compare_numbers(severities[1], severities[0]);
	return order || severities[0] < SEVERITY_ERROR ? order : compare_numbers(effects[b], effects[a]);
}

/* By all that a complaint says, so that the order does not depend on who came first. */
static int compare_items(const void *left, const void *right)
{
	const struct diag_item *a = left, *b = right;
	int order = compare_weight(a->kind, b->kind);
	if (order == 0)
		order = text_compare(inside(a->args.span), inside(b->args.span));
	if (order == 0)
		order = compare_numbers(a->args.span.start, b->args.span.start);
	if (order == 0)
		order = compare_numbers(a->kind, b->kind);
	return order ? order : compare_args(&a->args, &b->args);
}

/* ---- draw ops ------------------------------------------------------------------ */

void diag_texts(struct diag_args *args, struct text *texts[DIAG_TEXTS])
{
	struct text *all[DIAG_TEXTS] = { &args->a, &args->b, &args->c, &args->d, &args->offending };
	memcpy(texts, all, sizeof all);
}

static void hash_text(struct hash *hash, struct text text)
{
	uint64_t size = text.size;
	hash_add(hash, (struct text){ (const char *)&size, sizeof size });
	hash_add(hash, text);
}

/* Files by name: what is missing is opened again by everyone who misses it. */
static void hash_span(struct hash *hash, struct span span)
{
	const uint32_t range[2] = { span.start, span.end };
	hash_text(hash, name(span));
	hash_add(hash, (struct text){ (const char *)range, sizeof range });
}

static struct diag_mark mark_of(enum diag_kind kind, struct diag_args *args)
{
	const int64_t numbers[] = { (int64_t)kind, args->n, args->participation, args->column };
	struct text *texts[DIAG_TEXTS];
	struct hash hash;
	char hex[65];
	hash_init(&hash);
	hash_add(&hash, (struct text){ (const char *)numbers, sizeof numbers });
	hash_add(&hash, (struct text){ (const char *)args->also, sizeof args->also });
	hash_span(&hash, args->span);
	hash_span(&hash, args->other);
	diag_texts(args, texts);
	for (size_t i = 0; i < DIAG_TEXTS; i++)
		hash_text(&hash, *texts[i]);
	hash_finish(&hash, hex);
	struct diag_mark mark;
	memcpy(mark.hex, hex, sizeof mark.hex);
	return mark;
}

static bool ends_line(char byte)
{
	return byte == '\n' || byte == '\r';
}

/* A place of whole lines has no value of its own: what is wrong with a row stands in the texts. */
static bool is_of_lines(const struct diag *diag, struct span span)
{
	const struct source *source = sources_find(diag->sources, span.source);
	struct text text = sources_text(diag->sources, span.source);
	if (!source || span.end > text.size)
		return false;
	bool is_at_start = span.start == 0 || ends_line(text.at[span.start - 1]);
	return is_at_start && (span.end == text.size || ends_line(text.at[span.end]));
}

/* What is missing in another table, or which encodings there are: one fact, whichever files tell of it. */
static bool is_of_all_files(enum diag_kind kind)
{
	return kind == DIAG_ENCODING_CHOSEN || kind == DIAG_ITEM_UNKNOWN || kind == DIAG_AGENCY_UNKNOWN ||
	       kind == DIAG_ENTERPRISE_UNKNOWN || kind == DIAG_PARTICIPATION_UNKNOWN;
}

/* What is equal in complaints of one group.  That results stand there twice is one fact of their file. */
static struct diag_mark group_of(const struct diag *diag, enum diag_kind kind, struct diag_args *args)
{
	struct diag_args common = { .a = args->a, .b = args->b, .c = args->c, .d = args->d, .n = args->n,
				    .column = args->column, .offending = args->offending };
	bool is_of_text = !is_of_all_files(kind) && kind != DIAG_RESULT_TWICE;
	if (!common.offending.size && is_of_text && !is_of_lines(diag, args->span))
		common.offending = span_text(diag->sources, args->span);
	if (kind == DIAG_AGENCY_UNKNOWN)
		common.a = NO_TEXT; /* in whichever column */
	if (kind == DIAG_ENTERPRISE_UNKNOWN || kind == DIAG_PARTICIPATION_UNKNOWN)
		common.n = 0; /* rows of one file */
	if (!is_of_all_files(kind))
		common.span.source = args->span.source;
	return mark_of(kind, &common);
}

struct diag_slot *diag_slot(const struct diag *diag, const struct diag_mark *mark)
{
	size_t i = (size_t)text_hash((struct text){ mark->hex, sizeof mark->hex }) & (diag->slot_capacity - 1);
	while (diag->slots[i].is_used && memcmp(&diag->slots[i].mark, mark, sizeof *mark) != 0)
		i = (i + 1) & (diag->slot_capacity - 1);
	return &diag->slots[i];
}

static void grow_slots(struct diag *diag)
{
	const struct diag_slot *old = diag->slots;
	size_t count = diag->slot_capacity;
	diag->slot_capacity = count ? count * 2 : 256;
	diag->slots = ARENA_ARRAY(diag->arena, struct diag_slot, diag->slot_capacity);
	for (size_t i = 0; i < count; i++)
		if (old[i].is_used)
			*diag_slot(diag, &old[i].mark) = old[i];
}

/* A new slot, counted; NULL when this was said before. */
static struct diag_slot *count_new(struct diag *diag, enum diag_kind kind, const struct diag_mark *mark,
				   const struct diag_mark *group)
{
	if (diag->slot_count * 2 >= diag->slot_capacity)
		grow_slots(diag);
	struct diag_slot *slot = diag_slot(diag, mark);
	if (slot->is_used)
		return NULL;
	*slot = (struct diag_slot){ .mark = *mark, .kind = (uint16_t)kind, .is_used = true,
				    .group = diag_group(diag, group) };
	diag->groups[slot->group].count++;
	diag->slot_count++;
	diag->by_kind[kind]++;
	return slot;
}

void diag_count_mark(struct diag *diag, enum diag_kind kind, const struct diag_mark *mark,
		     const struct diag_mark *group)
{
	count_new(diag, kind, mark, group);
}

bool diag_count_more(struct diag *diag, enum diag_kind kind, struct diag_args args)
{
	const struct diag_mark mark = group_of(diag, kind, &args);
	uint32_t group = diag_group_find(diag, &mark);
	enum diag_severity severity = rows[kind].severity;
	diag->by_kind[kind]++;
	diag->errors_told += severity == SEVERITY_ERROR;
	if (severity == SEVERITY_ERROR && args.participation == 0)
		diag->general_errors++;
	if (group)
		diag->groups[group - 1].count++;
	else
		diag->untold[severity]++;
	return group != 0;
}

/* ---- collecting ------------------------------------------------------------- */

/* Errors and trouble with the world always have room: they decide the run, and the readers bound their number. */
static bool has_limit(enum diag_severity severity)
{
	return severity == SEVERITY_WARNING || severity == SEVERITY_NOTE;
}

void diag_sort(struct diag *diag)
{
	if (diag->is_sorted || diag->count == 0)
		return;
	sorting = diag->sources;
	qsort(diag->items, diag->count, sizeof *diag->items, compare_items);
	memset(diag->kept, 0, sizeof diag->kept);
	size_t count = 0;
	for (size_t i = 0; i < diag->count; i++) {
		enum diag_severity severity = rows[diag->items[i].kind].severity;
		if (has_limit(severity) && diag->kept[severity] == DIAG_SHOWN_MOST) {
			diag_slot(diag, &diag->items[i].mark)->is_kept = false;
			continue;
		}
		diag->items[count++] = diag->items[i];
		if (++diag->kept[severity] == DIAG_SHOWN_MOST) {
			diag->last[severity] = diag->items[i];
			diag->has_last[severity] = has_limit(severity);
		}
	}
	diag->count = count;
	diag->is_sorted = true;
}

static void keep(struct diag *diag, const struct diag_item *item)
{
	enum diag_severity severity = rows[item->kind].severity;
	if (diag->count == diag->capacity) {
		size_t capacity = diag->capacity ? diag->capacity * 2 : 64;
		struct diag_item *grown = ARENA_ARRAY(diag->arena, struct diag_item, capacity);
		if (diag->count)
			memcpy(grown, diag->items, diag->count * sizeof *grown);
		diag->items = grown;
		diag->capacity = capacity;
	}
	diag->items[diag->count++] = *item;
	diag->is_sorted = false;
	if (++diag->kept[severity] == 2 * (size_t)DIAG_SHOWN_MOST && has_limit(severity))
		diag_sort(diag);
}

/* One of the numbers 1 + participation of an error; 0 is none. */
static void touch(struct diag *diag, int32_t number)
{
	if (number <= 0 || number == PARTICIPATION_LEFT_OUT)
		return;
	size_t had = diag->touched_capacity;
	if ((size_t)number > had) {
		bool *touched = ARENA_ARRAY(diag->arena, bool, diag->touched_capacity = 2 * (size_t)number);
		if (had)
			memcpy(touched, diag->touched, had * sizeof *touched);
		diag->touched = touched;
	}
	diag->touched[number - 1] = true;
}

void diag_concern_left_out(struct diag *diag, bool is_so)
{
	diag->is_of_left_out = is_so;
}

void diag_report(struct diag *diag, enum diag_kind kind, struct diag_args args)
{
	if (diag->is_of_left_out && args.participation == 0)
		args.participation = PARTICIPATION_LEFT_OUT;
	enum diag_severity severity = rows[kind].severity;
	sorting = diag->sources;
	diag->told++;
	diag->errors_told += severity == SEVERITY_ERROR;
	struct diag_item item = { .kind = kind, .args = args, .mark = mark_of(kind, &args) };
	const struct diag_mark group = group_of(diag, kind, &args);
	struct diag_slot *slot = count_new(diag, kind, &item.mark, &group);
	if (!slot)
		return;
	item.group = slot->group;
	if (severity == SEVERITY_ERROR) {
		diag->general_errors += args.participation == 0;
		touch(diag, args.participation);
		for (size_t i = 0; i < DIAG_ALSO; i++)
			touch(diag, args.also[i]);
	}
	if (diag->has_last[severity] && compare_items(&item, &diag->last[severity]) > 0)
		return;
	slot->is_kept = true;
	struct text *texts[DIAG_TEXTS];
	diag_texts(&item.args, texts);
	for (size_t i = 0; i < DIAG_TEXTS; i++)
		*texts[i] = text_copy(diag->arena, *texts[i]);
	keep(diag, &item);
}

/* ---- counts ----------------------------------------------------------------- */

size_t diag_count(const struct diag *diag, enum diag_severity severity)
{
	size_t count = 0;
	for (size_t kind = 0; kind < DIAG_KINDS; kind++)
		if (rows[kind].severity == severity)
			count += diag->by_kind[kind];
	return count;
}

size_t diag_told(const struct diag *diag)
{
	return diag->told;
}

size_t diag_errors_told(const struct diag *diag)
{
	return diag->errors_told;
}

size_t diag_rest(const struct diag *diag, enum diag_severity severity, size_t listed)
{
	return diag_count(diag, severity) - diag->untold[severity] - listed;
}

size_t diag_count_of(const struct diag *diag, enum diag_kind kind)
{
	return diag->by_kind[kind];
}

bool diag_touches(const struct diag *diag, size_t participation)
{
	return participation < diag->touched_capacity && diag->touched[participation];
}

bool diag_has_general_error(const struct diag *diag)
{
	return diag->general_errors > 0;
}
