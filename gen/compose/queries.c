/* SPDX-License-Identifier: MIT */
#include "compose/queries.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/list.h"
#include "base/nearest.h"
#include "compose/claim_words.h"
#include "compose/mustache.h"

struct queries {
	struct arena *arena;
	struct diag *diag;
	struct mustache_query *at;
	size_t count, room;
};

struct queries *queries_new(struct arena *arena, struct diag *diag)
{
	struct queries *queries = ARENA_NEW(arena, struct queries);
	queries->arena = arena;
	queries->diag = diag;
	return queries;
}

/* ---- finding -------------------------------------------------------------------------- */

static bool sees(uint32_t group, const struct mustache_query *query)
{
	return query->group == QUERIES_SHARED || query->group == group;
}

static struct mustache_query *find(const struct queries *queries, uint32_t group, struct text name)
{
	for (size_t i = 0; i < queries->count; i++)
		if (sees(group, &queries->at[i]) && text_equal(queries->at[i].name, name))
			return &queries->at[i];
	return NULL;
}

const struct mustache_query *queries_find(const struct queries *queries, uint32_t group, struct text name)
{
	return find(queries, group, name);
}

void queries_offer(const struct queries *queries, uint32_t group, struct nearest *nearest)
{
	for (size_t i = 0; i < queries->count; i++)
		if (sees(group, &queries->at[i]))
			nearest_offer(nearest, queries->at[i].name);
}

/* ---- adding --------------------------------------------------------------------------- */

/* A shared name holds in every text, so that none may have it for a query of its own. */
static const struct mustache_query *same_name(const struct queries *queries, const struct mustache_query *query)
{
	for (size_t i = 0; i < queries->count; i++) {
		const struct mustache_query *other = &queries->at[i];
		if (text_equal(other->name, query->name) && (sees(query->group, other) || sees(other->group, query)))
			return other;
	}
	return NULL;
}

void queries_add(struct queries *queries, const struct mustache_query *query)
{
	const struct mustache_query *other = same_name(queries, query);
	if (other) {
		DIAG(queries->diag, DIAG_QUERY_TWICE, .span = query->place, .a = query->name, .other = other->place);
		return;
	}
	if (queries->count == queries->room) {
		struct mustache_query *old = queries->at;
		queries->room = queries->room ? 2 * queries->room : 64;
		queries->at = ARENA_ARRAY(queries->arena, struct mustache_query, queries->room);
		for (size_t i = 0; i < queries->count; i++)
			queries->at[i] = old[i];
	}
	queries->at[queries->count++] = *query;
}

/* ---- reading -------------------------------------------------------------------------- */

enum line_kind { LINE_SQL, LINE_EMPTY, LINE_COMMENT, LINE_NAME, LINE_FOR, LINE_CLAIMS };

/* *value: what stands behind "-- name:", "-- for:" and "-- claims:". */
static enum line_kind kind_of(struct text line, struct text *value)
{
	line = text_trim(line);
	if (!text_starts(line, "--"))
		return line.size ? LINE_SQL : LINE_EMPTY;
	struct text said = text_trim(text_slice(line, 2, line.size));
	size_t colon = text_find(said, TEXT(":"));
	*value = colon < said.size ? text_trim(text_slice(said, colon + 1, said.size)) : NO_TEXT;
	if (text_starts(said, "name:"))
		return LINE_NAME;
	if (text_starts(said, "claims:"))
		return LINE_CLAIMS;
	return text_starts(said, "for:") ? LINE_FOR : LINE_COMMENT;
}

static bool is_name(struct text name)
{
	for (size_t i = 0; i < name.size; i++) {
		char c = name.at[i];
		bool is_latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
		bool is_letter = is_latin || (unsigned char)c >= 0x80;
		if (!is_letter && !(i && c >= '0' && c <= '9'))
			return false;
	}
	return name.size > 0;
}

struct reading {
	struct queries *queries;
	const struct mustache_text *file;
	struct mustache_query query; /* the one being read; no name: none yet */
	struct diag *diag;
	struct text sql;             /* so far; no bytes: none yet */
	bool is_lost;                /* SQL before the first name: said once */
	bool is_free;                /* what it compares or generalises needs no claims */
};

static struct span span_in(const struct reading *reading, struct text part)
{
	if (!reading->file->source)
		return NO_SPAN;
	size_t start = reading->file->offset + (size_t)(part.at - reading->file->text.at);
	return (struct span){ reading->file->source, (uint32_t)start, (uint32_t)(start + part.size) };
}

/* The query that was being read is whole. */
static void end_query(struct reading *reading)
{
	if (!reading->query.name.size)
		return;
	if (reading->sql.size) {
		struct mustache_text text = *reading->file;
		text.offset += (size_t)(reading->sql.at - text.text.at);
		text.text = reading->sql;
		reading->query.span = span_in(reading, reading->sql);
		reading->query.sql = mustache_compile(reading->queries->arena, reading->diag, &text);
		if (!reading->is_free)
			claim_words_check_query(reading->diag, reading->query.sql);
		queries_add(reading->queries, &reading->query);
	} else {
		DIAG(reading->diag, DIAG_QUERY_EMPTY, .span = reading->query.place, .a = reading->query.name);
	}
	reading->query = (struct mustache_query){ 0 };
	reading->sql = NO_TEXT;
	reading->is_free = false;
}

static void take_line(struct reading *reading, struct text line)
{
	struct text value = NO_TEXT;
	switch (kind_of(line, &value)) {
	case LINE_NAME:
		end_query(reading);
		reading->is_lost = !is_name(value);
		if (is_name(value))
			reading->query = (struct mustache_query){ .name = value, .place = span_in(reading, value),
								  .group = reading->file->group };
		else
			DIAG(reading->diag, DIAG_QUERY_NAME, .span = span_in(reading, text_trim(line)), .a = value);
		return;
	case LINE_FOR:
		if (is_name(value) && reading->query.name.size && !reading->sql.size)
			reading->query.list = value;
		else
			DIAG(reading->diag, DIAG_QUERY_FOR, .span = span_in(reading, text_trim(line)), .a = value);
		return;
	case LINE_CLAIMS:
		reading->is_free = claim_words_are_free(value) && reading->query.name.size && !reading->sql.size;
		if (!reading->is_free)
			DIAG(reading->diag, DIAG_DOCUMENT_CLAIMS, .span = span_in(reading, text_trim(line)),
			     .a = value);
		return;
	case LINE_SQL:
		if (!reading->query.name.size) {
			if (!reading->is_lost)
				DIAG(reading->diag, DIAG_QUERY_NAMELESS, .span = span_in(reading, text_trim(line)));
			reading->is_lost = true;
			return;
		}
		line = text_trim(line);
		if (!reading->sql.size)
			reading->sql = line;
		reading->sql.size = (size_t)(line.at + line.size - reading->sql.at);
		return;
	case LINE_EMPTY:
	case LINE_COMMENT:
		return;
	}
}

void queries_read(struct queries *queries, const struct mustache_text *file)
{
	struct reading reading = { .queries = queries, .file = file, .diag = queries->diag };
	struct text rest = file->text, line;
	while (text_next(&rest, '\n', &line))
		take_line(&reading, line);
	end_query(&reading);
}

/* ---- who is named ----------------------------------------------------------------------- */

struct noting {
	struct queries *queries;
	uint32_t group;
};

static void note_name(void *context, struct text name)
{
	const struct noting *noting = context;
	struct mustache_query *query = find(noting->queries, noting->group, name);
	if (!query || query->is_named)
		return;
	query->is_named = true;
	queries_note(noting->queries, query->sql);
	struct mustache_query *list = query->list.size ? find(noting->queries, noting->group, query->list) : NULL;
	if (list && !list->is_named)
		note_name(context, list->name);
}

void queries_note(struct queries *queries, const struct mustache *text)
{
	struct noting noting = { queries, mustache_group(text) };
	mustache_each_name(text, note_name, &noting);
}

void queries_check(struct queries *queries)
{
	for (size_t i = 0; i < queries->count; i++)
		if (queries->at[i].is_named)
			queries_note(queries, queries->at[i].sql);
	for (size_t i = 0; i < queries->count; i++)
		if (!queries->at[i].is_named)
			DIAG(queries->diag, DIAG_QUERY_UNNAMED, .span = queries->at[i].place, .a = queries->at[i].name);
}

/* ---- for one line ------------------------------------------------------------------------- */

struct text queries_fold(struct arena *arena, struct text sql)
{
	struct buf folded;
	buf_init(&folded, sql.size + 1);
	struct text rest = sql, line;
	bool ends_in_comment = false;
	while (text_next(&rest, '\n', &line)) {
		line = text_trim(line);
		if (text_starts(line, "--") || !line.size)
			continue;
		if (folded.size)
			buf_byte(&folded, ends_in_comment ? '\n' : ' ');
		buf_text(&folded, line);
		ends_in_comment = text_contains(line, TEXT("--"));
	}
	struct text text = text_copy(arena, buf_view(&folded));
	buf_clear(&folded);
	return text;
}
