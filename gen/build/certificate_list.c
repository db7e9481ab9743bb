/* SPDX-License-Identifier: MIT */
#include "build/certificate_list.h"

#include <assert.h>

#include "assess/chronicle.h"
#include "base/arena.h"
#include "base/list.h"
#include "base/map.h"
#include "build/record.h"
#include "build/run.h"
#include "facts/shown.h"

struct listing {
	struct run *run;
	LIST(struct listed_certificate) all;
	LIST(struct recorded_certificate) fresh;
	struct map numbers; /* of certificate → its place in all */
	struct map holders; /* "code track" → the place of its last */
	LIST(uint32_t) last_of; /* what holders counts */
	struct certificate_list *list;
};

static struct text holder(struct run *run, struct text code, struct text track)
{
	return text_format(run->arena, "%.*s %.*s", TEXT_ARGS(code), TEXT_ARGS(track));
}

/* One that was recorded or is new; it is the last of its holder from now on. */
static void add(struct listing *listing, const struct recorded_certificate *certificate)
{
	uint32_t place = (uint32_t)listing->all.count;
	LIST_PUSH(&listing->all, ((struct listed_certificate){ .certificate = *certificate, .is_valid = true }));
	map_add(&listing->numbers, certificate->number, place);
	uint32_t next = (uint32_t)listing->last_of.count;
	uint32_t at = map_add(&listing->holders, holder(listing->run, certificate->code, certificate->track), next);
	if (at == next)
		LIST_PUSH(&listing->last_of, place);
	else
		listing->last_of.at[at] = place;
	const uint32_t *old = map_find(&listing->numbers, certificate->was);
	if (certificate->was.size && old) {
		listing->all.at[*old].is_valid = false;
		listing->all.at[*old].now = certificate->number;
	}
}

static void take_line(struct listing *listing, const struct recorded *line)
{
	for (size_t i = 0; i < line->certificate_count; i++) {
		const struct recorded_certificate *certificate = &line->certificates[i];
		const uint32_t *found = map_find(&listing->numbers, certificate->number);
		assert(!found || listing->all.at);
		if (found && certificate->state.size)
			listing->all.at[*found].is_valid = false;
		else if (!found && !certificate->state.size)
			add(listing, certificate);
	}
}

/* The last certificate of the entry; NULL: it never had one. */
static struct listed_certificate *last_of(struct listing *listing, const struct recorded_entry *entry)
{
	const uint32_t *found = map_find(&listing->holders, holder(listing->run, entry->code, entry->track));
	if (!found)
		return NULL;
	assert(listing->last_of.at && listing->all.at);
	return &listing->all.at[listing->last_of.at[*found]];
}

static bool is_the_same(const struct recorded_certificate *certificate, const struct recorded_entry *entry)
{
	return text_equal(certificate->level, entry->level) && text_equal(certificate->label, entry->label) &&
	       text_equal(certificate->name, entry->name);
}

/* The next that nobody ever had. */
static struct text next_number(struct listing *listing)
{
	struct text number;
	size_t running = listing->all.count;
	do
		number = text_format(listing->run->arena, "%lld-%04zu",
				     (long long)listing->run->model->campaign.year, ++running);
	while (map_find(&listing->numbers, number));
	return number;
}

static void certify(struct listing *listing, const struct recorded_entry *entry)
{
	struct run *run = listing->run;
	const struct listed_certificate *last = last_of(listing, entry);
	if (last && last->is_valid && is_the_same(&last->certificate, entry))
		return;
	const struct recorded_certificate certificate = {
		.number = next_number(listing),
		.code = entry->code, .track = entry->track, .name = entry->name, .city = entry->city,
			.level = entry->level,
		.label = entry->label, .date = record_iso(run->arena, run->today), .day = run->today,
		.was = last ? last->certificate.number : NO_TEXT,
	};
	listing->list->replaced += last != NULL;
	listing->list->added++;
	add(listing, &certificate);
	LIST_PUSH(&listing->fresh, certificate);
}

/* Whatever is not in force on this day has no certificate. */
static void void_others(struct listing *listing, const struct map *in_force)
{
	for (size_t i = 0; i < listing->all.count; i++) {
		struct listed_certificate *listed = &listing->all.at[i];
		struct recorded_certificate certificate = listed->certificate;
		if (!listed->is_valid || map_find(in_force, holder(listing->run, certificate.code, certificate.track)))
			continue;
		listed->is_valid = false;
		certificate.state = TEXT(RECORDED_VOID);
		LIST_PUSH(&listing->fresh, certificate);
		listing->list->voided++;
	}
}

static void find_pages(struct listing *listing, const struct recorded *now)
{
	struct run *run = listing->run;
	struct text base = run->model->campaign.publication.base_url;
	for (size_t i = 0; i < now->entry_count && base.size; i++) {
		struct listed_certificate *last = last_of(listing, &now->entries[i]);
		if (last)
			last->page = text_format(run->arena, "%.*s%.*s", TEXT_ARGS(base),
				TEXT_ARGS(now->entries[i].address));
	}
}

static bool is_withdrawn(const struct recorded_entry *entry)
{
	return text_is(entry->status, choice_word(SET_STANDING, STANDING_WITHDRAWN));
}

static bool is_allowed(struct run *run)
{
	const struct chronicle *chronicle = run->shown->chronicle;
	if (chronicle->state != STATE_PUBLISHED) {
		DIAG(run->diag, DIAG_CERTIFICATE_STATE, .a = record_iso(run->arena, run->today),
		     .b = text_from(choice_word(SET_STATE, chronicle->state)));
		return false;
	}
	for (size_t i = 0; i < run->model->recorded_count; i++) {
		const struct recorded *line = &run->model->recorded[i];
		if (line->event == EVENT_CERTIFIED && date_compare(line->day, run->today) > 0) {
			DIAG(run->diag, DIAG_CERTIFICATE_EARLIER, .a = record_iso(run->arena, run->today),
			     .b = record_iso(run->arena, line->day));
			return false;
		}
	}
	return true;
}

/* The public list of this day, and nothing else, says who has a certificate of what. */
static void compare(struct listing *listing)
{
	struct run *run = listing->run;
	const struct shown_lists lists = shown_lists(run->arena, run->shown);
	const struct recorded now = record_version(run, run->arena, &lists, run->shown->chronicle->version_count - 1);
	struct map in_force = { 0 };
	for (size_t i = 0; i < now.entry_count; i++)
		if (!is_withdrawn(&now.entries[i]))
			map_add(&in_force, holder(run, now.entries[i].code, now.entries[i].track), 0);
	void_others(listing, &in_force);
	for (size_t i = 0; i < now.entry_count; i++)
		if (!is_withdrawn(&now.entries[i]))
			certify(listing, &now.entries[i]);
	find_pages(listing, &now);
	map_clear(&in_force);
}

bool certificate_list_make(struct run *run, struct certificate_list *list)
{
	struct listing listing = { .run = run, .list = list };
	*list = (struct certificate_list){ 0 };
	if (!is_allowed(run))
		return false;
	for (size_t i = 0; i < run->model->recorded_count; i++)
		take_line(&listing, &run->model->recorded[i]);
	compare(&listing);
	list->count = listing.all.count;
	list->at = LIST_SETTLE(run->arena, &listing.all);
	list->fresh_count = listing.fresh.count;
	list->fresh = LIST_SETTLE(run->arena, &listing.fresh);
	for (size_t i = 0; i < list->count; i++)
		list->valid_count += list->at[i].is_valid;
	LIST_FREE(&listing.all);
	LIST_FREE(&listing.fresh);
	LIST_FREE(&listing.last_of);
	map_clear(&listing.numbers);
	map_clear(&listing.holders);
	return true;
}

static void write_row(struct buf *buf, const struct rows *rows, size_t row)
{
	for (size_t i = 0; i < rows->column_count; i++) {
		if (i)
			buf_byte(buf, ',');
		buf_csv(buf, row ? rows->values[(row - 1) * rows->column_count + i].text : rows->names[i]);
	}
	buf_string(buf, "\r\n");
}

void certificate_list_csv(const struct rows *rows, struct buf *buf)
{
	buf_reset(buf);
	buf_string(buf, "\xEF\xBB\xBF");
	for (size_t row = 0; row <= rows->row_count; row++)
		write_row(buf, rows, row);
}
