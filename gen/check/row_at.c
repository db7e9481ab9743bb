/* SPDX-License-Identifier: MIT */
#include "check/row_at.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "check/mended.h"
#include "check/results_xml.h"

/* ---- which table ----------------------------------------------------------------------------- */

static bool is_filled_in(enum entity_kind kind)
{
	static const enum entity_kind kinds[] = {
		ENTITY_CITY,        ENTITY_ENTERPRISE,    ENTITY_PARTICIPATION, ENTITY_AGENCY,
		ENTITY_OBSERVATION, ENTITY_RECTIFICATION, ENTITY_NOMINATION,    ENTITY_LEDGER,
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i] == kind)
			return true;
	return false;
}

/* "2021/enterprises.xlsx[企业]" → "enterprises", or where it is called by a sheet "企业". */
static struct text part_between(struct text text, char from, char to)
{
	size_t start = 0, end = text.size;
	for (size_t i = 0; from && i < text.size; i++)
		if (text.at[i] == from)
			start = i + 1;
	for (size_t i = start; i < text.size; i++)
		if (text.at[i] == to) {
			end = i;
			break;
		}
	return text_slice(text, start, end - start);
}

/* The table that a file or sheet holds, by its name inside the data; ENTITIES: none that people fill in for a year.
 */
static enum entity_kind table_of(struct text inside)
{
	struct text rest = inside, data, year;
	if (!text_next(&rest, '/', &data) || !text_is(data, "data") || !text_next(&rest, '/', &year))
		return ENTITIES;
	if (text_starts(rest, "results/"))
		return ENTITY_OBSERVATION;
	if (text_starts(rest, MENDED_FOLDER "/"))
		return mended_table(part_between(rest, '[', ']'));
	const struct entity *entity = schema_find(part_between(rest, 0, '.'));
	enum entity_kind kind = entity ? (enum entity_kind)(entity - schema_entity((enum entity_kind)0)) : ENTITIES;
	return entity && is_filled_in(kind) ? kind : ENTITIES;
}

size_t row_key_fields(enum entity_kind kind)
{
	static const size_t counts[ENTITIES] = {
		[ENTITY_PARTICIPATION] = FIELD_participation_track + 1,
		[ENTITY_OBSERVATION] = FIELD_observation_item + 1,
		[ENTITY_RECTIFICATION] = FIELD_rectification_item + 1,
		[ENTITY_NOMINATION] = FIELD_nomination_code + 1,
		[ENTITY_LEDGER] = FIELD_ledger_kind + 1,
	};
	return counts[kind] ? counts[kind] : 1;
}

/* ---- what a row says --------------------------------------------------------------------------- */

struct text row_mark(struct arena *arena, const struct record *record)
{
	struct hash hash;
	char hex[65];
	hash_init(&hash);
	hash_add(&hash, text_from(record->entity->name));
	for (size_t i = 0; i < record->entity->field_count; i++) {
		hash_add(&hash, TEXT("\x1F"));
		hash_add(&hash, text_trim(record->values[i].text));
	}
	hash_finish(&hash, hex);
	return text_copy(arena, (struct text){ hex, ROW_MARK });
}

/* An empty cell is a place of no length; at a row's end all that are missing are at the same one. */
size_t row_at_field(const struct row_at *row, struct span place)
{
	size_t count = row->is_row ? schema_entity(row->kind)->field_count : 0, found = FIELDS_MOST, matches = 0;
	for (size_t i = 0; i < count; i++) {
		struct span own = row->cells[i].span;
		bool is_within = own.source == place.source && own.start == place.start && own.end >= place.end;
		if (!row->cells[i].is_given || !is_within || (own.end > own.start && place.end == place.start))
			continue;
		found = i;
		matches++;
	}
	return matches == 1 ? found : FIELDS_MOST;
}

/* ---- the rows of one file ------------------------------------------------------------------------ */

struct wanted {
	struct span span;
	size_t index;
};

/* The places in one file, in its order; what lies before `next` has its row. */
struct looking {
	struct arena *arena;
	const struct wanted *wanted;
	size_t count, next;
	enum entity_kind kind;
	uint32_t row;
	struct row_at *rows;
	const struct sources *sources;
};

static struct row_at row_of(const struct looking *looking, const struct record *record)
{
	struct row_at row = { .is_row = true,
			      .kind = looking->kind,
			      .place = record->place,
			      .row = looking->row,
			      .mark = row_mark(looking->arena, record) };
	for (size_t i = 0; i < record->entity->field_count; i++)
		row.cells[i] = (struct row_cell){ text_copy(looking->arena, record->values[i].text),
						  record->values[i].span, record->values[i].is_given };
	return row;
}

/* In one tag with the enterprise of the record: there is neither a beginning nor an end of another between them. */
static bool is_ahead(const struct looking *looking, const struct record *record, struct span place)
{
	struct span tag = record->values[0].span;
	struct text text = sources_text(looking->sources, place.source);
	if (!record->values[0].is_given || tag.end >= record->place.start)
		return false;
	uint32_t from = place.start < tag.start ? place.start + 1 : tag.start,
		 to = place.start < tag.start ? tag.start : place.start;
	struct text between = text_slice(text, from, to > from ? to - from : 0);
	return !text_contains(between, TEXT("<")) && !text_contains(between, TEXT(">"));
}

/* Every place up to the record's end, of which those in it are its. */
static void take(struct looking *looking, const struct record *record, struct span reach)
{
	struct row_at row = { .is_row = false };
	for (; looking->next < looking->count && looking->wanted[looking->next].span.start <= reach.end;
	     looking->next++) {
		const struct wanted *wanted = &looking->wanted[looking->next];
		bool is_before = wanted->span.start < reach.start;
		if ((is_before && !is_ahead(looking, record, wanted->span)) ||
		    (wanted->span.start == 0 && wanted->span.end == 0))
			continue;
		if (!row.is_row)
			row = row_of(looking, record);
		looking->rows[wanted->index] = row;
		looking->rows[wanted->index].is_row = !is_before;
		looking->rows[wanted->index].is_ahead = is_before;
	}
}

static void see(void *context, const struct record *record)
{
	/* From the start tag to the end of what is told of it: its texts lie behind it. */
	struct span reach = record->place;
	for (size_t i = 0; i < record->entity->field_count; i++)
		if (record->values[i].is_given && record->values[i].span.end > reach.end)
			reach.end = record->values[i].span.end;
	take(context, record, reach);
}

static void look_in_table(struct looking *looking, const struct reader *reader, uint32_t source)
{
	struct table *table = memory_resize(NULL, sizeof *table);
	if (table_open_source(table, reader, source, looking->kind))
		while (looking->next < looking->count && table_next(table)) {
			struct record record = record_from_table(table);
			looking->row = (uint32_t)table->csv.row;
			take(looking, &record, record.place);
		}
	free(table);
}

static void look_in(struct looking *looking, struct sources *sources)
{
	uint32_t source = looking->wanted[0].span.source;
	const struct source *file = sources_find(sources, source);
	looking->kind = file ? table_of(file->inside) : ENTITIES;
	for (size_t i = 0; i < looking->count; i++)
		looking->rows[looking->wanted[i].index].kind = looking->kind;
	if (looking->kind == ENTITIES || !file->text.size)
		return;
	/* What is wrong was told when it was read. */
	const struct reader reader = { .arena = looking->arena,
				       .sources = sources,
				       .diag = diag_new(looking->arena, sources) };
	if (text_ends(file->inside, ".xml") || text_ends(file->inside, ".XML"))
		results_see_xml(&reader, source, see, looking);
	else
		look_in_table(looking, &reader, source);
}

/* ---- all ---------------------------------------------------------------------------------------- */

static int compare(const void *left, const void *right)
{
	const struct wanted *a = left, *b = right;
	if (a->span.source != b->span.source)
		return a->span.source < b->span.source ? -1 : 1;
	if (a->span.start != b->span.start)
		return a->span.start < b->span.start ? -1 : 1;
	return a->index < b->index ? -1 : a->index > b->index;
}

void rows_at(struct arena *arena, struct sources *sources, const struct span *spans, size_t count,
	     struct row_at *rows)
{
	struct wanted *wanted = ARENA_ARRAY(arena, struct wanted, count);
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		rows[i] = (struct row_at){ .kind = ENTITIES };
		if (spans[i].source)
			wanted[used++] = (struct wanted){ spans[i], i };
	}
	if (used)
		qsort(wanted, used, sizeof *wanted, compare);
	for (size_t i = 0, end; i < used; i = end) {
		for (end = i + 1; end < used && wanted[end].span.source == wanted[i].span.source;)
			end++;
		struct looking looking = {
			.arena = arena, .wanted = &wanted[i], .count = end - i, .rows = rows, .sources = sources
		};
		look_in(&looking, sources);
	}
}
