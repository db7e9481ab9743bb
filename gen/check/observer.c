/* SPDX-License-Identifier: MIT */
#include "check/observer.h"

#include "base/arena.h"
#include "check/rows.h"
#include "check/tables.h"
#include "model/observed.h"
#include "model/parts.h"

void observer_start(struct observer *observer)
{
	memset(observer->memos, 0, sizeof observer->memos);
	observer->next_item = 0;
}

/* ---- remembering ------------------------------------------------------------------------- */

static size_t slot_of(struct text cell)
{
	if (cell.size == 0)
		return 0;
	const unsigned char *at = (const unsigned char *)cell.at;
	size_t first = at[0], middle = at[cell.size / 2], last = at[cell.size - 1];
	return (cell.size + first * 3 + middle * 5 + last * 7) % MEMO_SLOTS;
}

static bool recall(const struct memo *memo, struct text cell, int32_t *value)
{
	size_t slot = slot_of(cell);
	if (cell.size == 0 || !text_equal(cell, (struct text){ memo->slots[slot].cell, memo->slots[slot].size }))
		return false;
	*value = memo->slots[slot].value;
	return true;
}

static void remember(struct memo *memo, struct text cell, int32_t value)
{
	size_t slot = slot_of(cell);
	if (cell.size == 0 || cell.size > MEMO_CELL_LARGEST)
		return;
	memcpy(memo->slots[slot].cell, cell.at, cell.size);
	memo->slots[slot].size = (uint8_t)cell.size;
	memo->slots[slot].value = value;
}

/* ---- the columns --------------------------------------------------------------------------- */

static const struct field *field_of(const struct record *record, enum observation_field which)
{
	return &record->entity->fields[which];
}

static int32_t take_enterprise(struct observer *observer, const struct record *record)
{
	struct value value = record->values[FIELD_observation_enterprise];
	struct memo *memo = &observer->memos[FIELD_observation_enterprise];
	int32_t found;
	if (recall(memo, value.text, &found))
		return found;
	found = field_enterprise(observer->check, field_of(record, FIELD_observation_enterprise), value);
	if (found >= 0)
		remember(memo, value.text, found);
	return found;
}

typedef int word_parser(struct check *check, const struct field *field, struct value value);

static int8_t take_word(struct observer *observer, const struct record *record, enum observation_field which,
	word_parser *parse)
{
	struct value value = record->values[which];
	struct memo *memo = &observer->memos[which];
	int32_t found;
	observer->check->platform = NO_TEXT;
	if (recall(memo, value.text, &found))
		return (int8_t)found;
	found = parse(observer->check, field_of(record, which), value);
	if (found >= 0 && !observer->check->platform.size)
		remember(memo, value.text, found);
	return (int8_t)found;
}

static struct date unpack(int32_t packed)
{
	return (struct date){ (int16_t)(packed >> 16), (uint8_t)(packed >> 8), (uint8_t)packed };
}

static struct date take_date(struct observer *observer, const struct record *record)
{
	struct value value = record->values[FIELD_observation_date];
	struct memo *memo = &observer->memos[FIELD_observation_date];
	int32_t packed;
	if (value.text.size == 0)
		return (struct date){ 0 };
	if (recall(memo, value.text, &packed))
		return unpack(packed);
	const struct field *field = field_of(record, FIELD_observation_date);
	struct date date = field_date(observer->check, field, value);
	rows_check_year(observer->check, field, value.span, date);
	if (!date_is_missing(date))
		remember(memo, value.text, date.year << 16 | date.month << 8 | date.day);
	return date;
}

static int32_t take_item(struct observer *observer, const struct record *record)
{
	struct check *check = observer->check;
	struct value value = record->values[FIELD_observation_item];
	const struct catalogue *catalogue = check->track >= 0 ? check->catalogues[check->track] : NULL;
	int32_t guess = observer->next_item;
	if (catalogue && guess < catalogue->item_count && text_equal(catalogue->items[guess].id, value.text)) {
		observer->next_item = guess + 1;
		return guess;
	}
	const uint32_t *hit = catalogue ? map_find(&catalogue->item_by_id, value.text) : NULL;
	int32_t found = hit ? (int32_t)*hit : field_item(check, field_of(record, FIELD_observation_item), value);
	observer->next_item = found + 1;
	return found;
}

static struct text take_text(struct observer *observer, const struct record *record, enum observation_field which)
{
	if (record->values[which].text.size == 0)
		return NO_TEXT;
	return field_text(observer->check, field_of(record, which), record->values[which]);
}

static struct remark written_in(const struct record *record)
{
	return (struct remark){ .note = record->values[FIELD_observation_note].text,
				.evidence = record->values[FIELD_observation_evidence].text, .agency = MISSING };
}

/* The number of what note and evidence say; *has_note: there is a note. */
static uint32_t take_remark(struct observer *observer, const struct record *record, int32_t agency, bool *has_note)
{
	struct check *check = observer->check;
	struct text note = record->values[FIELD_observation_note].text;
	struct text evidence = record->values[FIELD_observation_evidence].text;
	*has_note = false;
	if (!note.size && !evidence.size && agency < 0)
		return 0;
	uint32_t known = remarking_find(&observer->remarking, (struct remark){ note, evidence, agency });
	if (known) {
		*has_note = note.size > 0;
		return known;
	}
	size_t since = check->problems.count;
	struct remark remark = { .agency = agency };
	remark.note = take_text(observer, record, FIELD_observation_note);
	remark.evidence = take_text(observer, record, FIELD_observation_evidence);
	bool is_sound = check->problems.count == since;
	bool is_as_written = is_sound && text_equal(remark.note, note) && text_equal(remark.evidence, evidence);
	*has_note = remark.note.size > 0;
	return remarking_add(&observer->remarking, check->reader.arena, remark, is_as_written);
}

/* ---- the whole --------------------------------------------------------------------------------- */

/* Whose track is not known: it may be any that the enterprise takes part in. */
static void blame_all_of(struct check *check, int32_t enterprise, size_t since)
{
	EACH_PART(part, check->model, &check->model->enterprises[enterprise])
		check->has_rejected_results[part] = true;
	problems_blame(check, since, BLAME_ENTERPRISE, enterprise);
}

void observer_blame(struct observer *observer, int32_t enterprise, int32_t participation, size_t since)
{
	struct check *check = observer->check;
	if (observer->seen || observer->is_half_read)
		check->problems.count = since;
	if (check->problems.count == since)
		return;
	if (participation < 0 && enterprise >= 0 && check->has_rejected_results)
		blame_all_of(check, enterprise, since);
	else
		problems_blame(check, since, participation < 0 ? BLAME_LEFT_OUT : BLAME_PARTICIPATION, participation);
	problems_report(check);
}

struct observer_head observer_head(struct observer *observer, const struct record *record, struct value name)
{
	struct check *check = observer->check;
	struct observer_head head = { .enterprise = MISSING, .agency = MISSING };
	if (observer->seen)
		return head;
	head.enterprise = take_enterprise(observer, record);
	if (name.is_given)
		tables_compare_name(check, head.enterprise, name);
	head.track = take_word(observer, record, FIELD_observation_track, field_track);
	head.participation = tables_participation(check, head.enterprise, head.track, record->values[FIELD_observation_enterprise].span);
	head.round = take_word(observer, record, FIELD_observation_round, field_choice);
	head.date = take_date(observer, record);
	return head;
}

/* Which cells are which is not sure behind an open quote, so that others of its round may be missing too. */
static void take_half(struct observer *observer, struct span place, int32_t participation)
{
	LIST_PUSH(&observer->check->half_read, place);
	if (participation >= 0)
		observer->check->has_rejected_results[participation] = true;
}

void observer_take(struct observer *observer, const struct record *record, const struct observer_head *head, size_t since)
{
	if (observer->seen) {
		observer->seen(observer->context, record);
		observer_blame(observer, MISSING, MISSING, since);
		return;
	}
	struct gathered_row row = { { .round = head->round, .date = head->date }, head->participation };
	observed_set_place(&row.seen, record->place);
	observer->check->track = head->track;
	row.seen.item = take_item(observer, record);
	row.seen.result = take_word(observer, record, FIELD_observation_result, field_choice);
	bool has_note;
	row.seen.remark = take_remark(observer, record, head->agency, &has_note);
	if (row.seen.result == RESULT_NOT_APPLICABLE && !has_note)
		PROBLEM(observer->check, DIAG_NOT_APPLICABLE_UNEXPLAINED, .span = record->values[FIELD_observation_result].span);
	if (observer->is_half_read)
		take_half(observer, record->place, row.participation);
	const bool is_taken = row.participation >= 0 && row.seen.round >= 0 && row.seen.item >= 0 && row.seen.result >= 0;
	if (observer->kept.store)
		kept_row(observer, written_in(record), is_taken ? &row : NULL);
	if (is_taken)
		gathered_add(&observer->gathered, &row);
	else if (row.participation >= 0)
		observer->check->has_rejected_results[row.participation] = true;
	observer_blame(observer, head->enterprise, row.participation, since);
}

/* ---- what was met before ------------------------------------------------------------------------- */

/* The item of the cell, by its id as it stands in the catalogue; -1: it is none. */
static int32_t known_item(const struct observer *observer, int8_t track, struct text cell)
{
	const struct catalogue *catalogue = observer->check->catalogues[track];
	const int32_t guess = observer->next_item;
	if (catalogue && guess < catalogue->item_count && text_equal(catalogue->items[guess].id, cell))
		return guess;
	const uint32_t *hit = catalogue ? map_find(&catalogue->item_by_id, cell) : NULL;
	return hit ? (int32_t)*hit : MISSING;
}

bool observer_take_known(struct observer *observer, const struct observer_head *head, const struct observer_row *row)
{
	const struct remark written = { row->note, row->evidence, head->agency };
	struct gathered_row taken = { { .round = head->round, .date = head->date }, head->participation };
	int32_t date = 0, result;
	if (!recall(&observer->memos[FIELD_observation_result], row->result, &result))
		return false;
	if (row->date.size && !recall(&observer->memos[FIELD_observation_date], row->date, &date))
		return false;
	taken.seen.item = known_item(observer, head->track, row->item);
	if (taken.seen.item < 0 || (result == RESULT_NOT_APPLICABLE && !row->note.size))
		return false;
	if (row->note.size || row->evidence.size || head->agency >= 0) {
		taken.seen.remark = remarking_find(&observer->remarking, written);
		if (!taken.seen.remark)
			return false;
	}
	taken.seen.result = (int8_t)result;
	if (row->has_date)
		taken.seen.date = unpack(date);
	observed_set_place(&taken.seen, row->place);
	observer->check->track = head->track;
	observer->next_item = taken.seen.item + 1;
	if (observer->kept.store)
		kept_row(observer, written, &taken);
	gathered_add(&observer->gathered, &taken);
	return true;
}
