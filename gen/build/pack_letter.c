/* SPDX-License-Identifier: MIT
 *
 * The letter of a pack: what is wrong by kind, by when it is to be mended, what became of the last one.
 * The words are content/letter.md's; here are the facts that only the packs know.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "build/packs.h"
#include "layout/page.h"

enum {
	KINDS_SHOWN = 8,
	WORKING_DAYS = 5,
	MESSAGE_LONGEST = 60, /* characters: what lists twenty items does so in the workbook */
};

struct kind {
	const struct pack_problem *first;
	size_t count;
};

struct letter {
	const struct packs *packs;
	const struct pack *pack;
	struct kind *kinds; /* the worst and most frequent first */
	size_t kind_count;
};

static int compare_kinds(const void *left, const void *right)
{
	const struct kind *a = left, *b = right;
	enum diag_severity one = diag_row(a->first->line->kind)->severity,
			   other = diag_row(b->first->line->kind)->severity;
	if (one != other)
		return one < other ? 1 : -1;
	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	return text_compare(a->first->line->code, b->first->line->code);
}

static void count_kinds(struct arena *arena, struct letter *letter)
{
	const struct pack *pack = letter->pack;
	letter->kinds = ARENA_ARRAY(arena, struct kind, pack->count);
	for (size_t i = 0; i < pack->count; i++) {
		size_t j = 0;
		while (j < letter->kind_count && letter->kinds[j].first->line->kind != pack->problems[i].line->kind)
			j++;
		if (j == letter->kind_count)
			letter->kinds[letter->kind_count++] = (struct kind){ .first = &pack->problems[i] };
		letter->kinds[j].count++;
	}
	qsort(letter->kinds, letter->kind_count, sizeof *letter->kinds, compare_kinds);
}

/* ---- when ---------------------------------------------------------------------------------------------- */

/* The stage whose deadline is the next; one that ends on the day leaves no time to mend.  NULL: all are over. */
static const struct stage *next_stage(const struct campaign *campaign, struct date day)
{
	const struct stage *next = NULL;
	for (size_t i = 0; i < campaign->stage_count; i++) {
		const struct stage *stage = &campaign->stages[i];
		bool is_open = !date_is_missing(stage->deadline) && date_compare(stage->deadline, day) > 0;
		if (is_open && (!next || date_compare(stage->deadline, next->deadline) < 0))
			next = stage;
	}
	return next;
}

/* Mondays to Fridays; which of them are holidays nobody told the program. */
static struct date after_working_days(struct date day, int count)
{
	int32_t days = date_days(day);
	while (count > 0) {
		days++;
		int32_t weekday = (days + 3) % 7; /* 1970-01-01 was a Thursday; 0: Monday */
		count -= weekday < 5;
	}
	return date_from_days(days);
}

static struct text chinese_date(struct arena *arena, struct date date)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	date_write_cn(&buf, date);
	struct text copy = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

/* ---- what the text sees --------------------------------------------------------------------------------- */

/* Is every bracket and quotation that begins in it ended? */
static bool is_closed(struct text text)
{
	static const char *const pairs[][2] = { { "（", "）" }, { "“", "”" } };
	int open = 0;
	for (size_t at = 0; at < text.size; at++)
		for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
			struct text rest = text_slice(text, at, text.size);
			open += text_starts(rest, pairs[i][0]) - text_starts(rest, pairs[i][1]);
		}
	return open == 0;
}

/* A long one ends where something new begins: before what it lists. */
static struct text shortened(struct arena *arena, struct text message)
{
	static const char *const ends[] = { "；", "，", "：" };
	struct text begin = utf8_prefix(message, MESSAGE_LONGEST);
	if (begin.size == message.size)
		return message;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		for (size_t at = begin.size; at-- > 1;)
			if (text_starts(text_slice(begin, at, begin.size), ends[i]) && is_closed(text_slice(begin, 0, at)))
				return text_slice(begin, 0, at);
	return text_format(arena, "%.*s……", TEXT_ARGS(begin));
}

static struct datum kind_datum(struct arena *arena, const struct kind *kind)
{
	static const struct text names[] = { TEXT_INIT("message"), TEXT_INIT("remedy"), TEXT_INIT("count"),
					     TEXT_INIT("is_single"), TEXT_INIT("is_error") };
	struct datum *items = ARENA_ARRAY(arena, struct datum, 5);
	items[0] = datum_text(shortened(arena, kind->first->line->message));
	items[1] = datum_text(kind->first->line->remedy);
	items[2] = datum_number(arena, (int64_t)kind->count);
	items[3] = datum_boolean(kind->count == 1);
	items[4] = datum_boolean(diag_row(kind->first->line->kind)->severity == SEVERITY_ERROR);
	return datum_object(names, items, 5);
}

/* Names and values one beside the other. */
struct member {
	const char *name;
	struct datum value;
};

static struct datum object_of(struct arena *arena, const struct member *members, size_t count)
{
	struct text *names = ARENA_ARRAY(arena, struct text, count);
	struct datum *items = ARENA_ARRAY(arena, struct datum, count);
	for (size_t i = 0; i < count; i++) {
		names[i] = text_from(members[i].name);
		items[i] = members[i].value;
	}
	return datum_object(names, items, count);
}

static struct datum letter_datum(struct arena *arena, const struct letter *letter, size_t shown)
{
	const struct pack *pack = letter->pack;
	const struct run *run = &letter->packs->build->run;
	const struct stage *stage = next_stage(&run->model->campaign, run->today);
	struct datum *kinds = ARENA_ARRAY(arena, struct datum, shown);
	for (size_t i = 0; i < shown; i++)
		kinds[i] = kind_datum(arena, &letter->kinds[i]);
	struct date until = stage ? stage->deadline : after_working_days(run->today, WORKING_DAYS);
	const struct member members[] = {
		{ "to", datum_text(pack->owner.name) },
		{ "is_city", datum_boolean(pack->owner.kind == OWNER_CITY) },
		{ "is_agency", datum_boolean(pack->owner.kind == OWNER_AGENCY) },
		{ "total", datum_number(arena, (int64_t)pack->count) },
		{ "errors", datum_number(arena, (int64_t)pack->errors) },
		{ "kind_count", datum_number(arena, (int64_t)letter->kind_count) },
		{ "kinds", datum_list(kinds, shown) },
		{ "more", datum_number(arena, (int64_t)(letter->kind_count - shown)) },
		{ "until", datum_text(chinese_date(arena, until)) },
		{ "stage", stage ? datum_text(stage->name) : datum_text(NO_TEXT) },
		{ "working_days", datum_number(arena, WORKING_DAYS) },
		{ "has_past", datum_boolean(pack->has_past) },
		{ "mended", datum_number(arena, (int64_t)pack->mended_count) },
		{ "open", datum_number(arena, (int64_t)pack->open) },
		{ "fresh", datum_number(arena, (int64_t)pack->fresh) },
		{ "book", datum_text(TEXT(PACK_BOOK)) },
	};
	return object_of(arena, members, sizeof members / sizeof *members);
}

/* ---- one page --------------------------------------------------------------------------------------------- */

static bool choose_owner(struct build *build, const struct pack *pack, enum facts_scope *scope)
{
	*scope = pack->owner.kind == OWNER_CITY ? SCOPE_CITY : SCOPE_AGENCY;
	struct facts *facts = edition_facts(build, *scope);
	if (facts && *scope == SCOPE_CITY)
		facts_choose_city(facts, pack->owner.index);
	else if (facts)
		facts_choose_agency(facts, pack->owner.index);
	return facts != NULL;
}

/* As many kinds as one page takes: the rest is in the workbook, and the letter says how many. */
bool pack_letter_write(const struct packs *packs, const struct pack *pack, struct buf *pdf, struct buf *html)
{
	struct build *build = packs->build;
	struct letter letter = { .packs = packs, .pack = pack };
	enum facts_scope scope;
	if (!choose_owner(build, pack, &scope))
		return false;
	count_kinds(build->scratch, &letter);
	size_t shown = letter.kind_count < KINDS_SHOWN ? letter.kind_count : KINDS_SHOWN;
	const struct doc *doc = NULL;
	const struct pages *pages = NULL;
	for (;; shown--) {
		struct datum datum = letter_datum(build->scratch, &letter, shown);
		doc = make_letter_document(build, scope, &datum);
		pages = make_pages(build, doc);
		if (pages->count <= 1 || shown == 0)
			break;
	}
	if (pages->count > 1)
		DIAG(build->run.diag, DIAG_PACK_LETTER_LONG, .span = doc->root->span, .a = pack->folder,
		     .n = (int64_t)pages->count);
	make_html_body(build, doc, html);
	return pages->count <= 1 &&
	       make_pdf(build, pages, text_format(build->scratch, "%.*s/%s", TEXT_ARGS(pack->folder), PACK_LETTER),
			pdf);
}
