/* SPDX-License-Identifier: MIT */
#include "facts/facts.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "facts/bounded.h"
#include "facts/complain.h"
#include "facts/function.h"
#include "facts/lift.h"
#include "facts/listing.h"
#include "facts/lock.h"
#include "facts/number.h"
#include "facts/plain.h"
#include "facts/view.h"
#include "facts/vtab.h"
#include "model/place.h"

enum { KEPT_MOST = 1000 }; /* prepared statements; templates have tens */

struct kept {
	sqlite3_stmt *statement;
	struct facts_asked asked;
	struct facts_cost cost;
	bool is_sqlites; /* once it was not to be read by plain.h, it is not tried again */
};

struct facts {
	struct facts_options options;
	struct arena *arena;
	sqlite3 *db;
	struct view view;
	struct lock lock;
	struct map by_sql; /* → index in statements */
	LIST(struct kept) statements;
	struct buf scratch;
	struct facts_asked asked; /* since facts_forget_asked */
	bool shuns_plain;         /* of tests: SQLite answers all */
	size_t plain_count;
};

/* ---- opening ------------------------------------------------------------------ */

static bool set_up(struct facts *facts)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
	/* One thread asks, so nothing in SQLite needs a lock: once for the program, refused from then on. */
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	return sqlite3_open_v2(":memory:", &facts->db, flags, NULL) == SQLITE_OK && sqlite3_drop_modules(facts->db, NULL) == SQLITE_OK &&
	       vtab_register(facts->db, &facts->view) && function_register(facts->db, &facts->view) &&
	       bounded_register(facts->db, &facts->lock) &&
	       lock_close(&facts->lock, facts->db, &facts->view, facts->arena);
}

struct facts *facts_open(const struct facts_options *options)
{
	struct facts *facts = memory_resize(NULL, sizeof *facts);
	*facts = (struct facts){ .options = *options, .arena = arena_new() };
	buf_init(&facts->scratch, BUF_LIMIT_PAGE);
	view_init(&facts->view, &facts->options, facts->arena);
	if (!set_up(facts)) {
		DIAG(options->diag, DIAG_SQL_UNAVAILABLE, .a = text_from(facts->db ? sqlite3_errmsg(facts->db) : sqlite3_libversion()));
		facts_close(facts);
		return NULL;
	}
	/* Addresses are checked whether or not a page asks for them. */
	if (options->scope == SCOPE_PUBLIC || options->scope == SCOPE_PROVINCE)
		(void)listing_of(&facts->view);
	return facts;
}

void facts_close(struct facts *facts)
{
	if (!facts)
		return;
	for (size_t i = 0; i < facts->statements.count; i++)
		sqlite3_finalize(facts->statements.at[i].statement);
	sqlite3_close(facts->db);
	LIST_FREE(&facts->statements);
	map_clear(&facts->by_sql);
	buf_clear(&facts->scratch);
	arena_free(facts->arena);
	free(facts);
}

void facts_choose_firm(struct facts *facts, int32_t enterprise)
{
	bool is_known = enterprise >= 0 && (size_t)enterprise < facts->view.model->enterprise_count;
	facts->view.firm = is_known ? enterprise : -1;
}

void facts_choose_agency(struct facts *facts, int32_t agency)
{
	bool is_known = agency >= 0 && (size_t)agency < facts->view.model->agency_count;
	facts->view.agency = is_known ? agency : -1;
	view_forget_own(&facts->view);
}

void facts_choose_city(struct facts *facts, int32_t city)
{
	facts->view.own_city = city >= 0 && city < facts->view.model->prefectures.count ? city : -1;
	view_forget_own(&facts->view);
}

/* ---- one statement --------------------------------------------------------------- */

/* A plain SELECT: gives columns, writes nothing, is explained by nobody, waits for as many values as we have. */
static bool is_select(sqlite3_stmt *statement, int values)
{
	return sqlite3_column_count(statement) > 0 && sqlite3_stmt_readonly(statement) && !sqlite3_stmt_isexplain(statement) &&
	       sqlite3_bind_parameter_count(statement) == values;
}

/* Where a second statement starts behind the first; the size of sql when there is none. */
static size_t find_second(struct facts *facts, struct text sql, size_t offset)
{
	while (offset < sql.size) {
		sqlite3_stmt *second = NULL;
		const char *tail = NULL;
		int rc = sqlite3_prepare_v3(facts->db, sql.at + offset, (int)(sql.size - offset), 0, &second, &tail);
		sqlite3_finalize(second);
		if (rc != SQLITE_OK || second)
			break;
		offset = (size_t)(tail - sql.at);
	}
	return offset;
}

/* NULL after complaining. */
static sqlite3_stmt *prepare(struct facts *facts, const struct complaint *complaint)
{
	struct text sql = complaint->sql;
	sqlite3_stmt *statement = NULL;
	const char *tail = NULL;
	if (sql.size > LOCK_SQL_MOST || (sql.size && memchr(sql.at, '\0', sql.size))) {
		complain_at(complaint, DIAG_SQL_TOO_LARGE, -1, 0, 0);
		return NULL;
	}
	int rc = sqlite3_prepare_v3(facts->db, sql.at, (int)sql.size, SQLITE_PREPARE_PERSISTENT, &statement, &tail);
	if (rc != SQLITE_OK) {
		complain_of(complaint, rc);
		return NULL;
	}
	size_t second = statement ? find_second(facts, sql, (size_t)(tail - sql.at)) : 0;
	if (statement && is_select(statement, 0) && second == sql.size)
		return statement;
	bool is_second = statement && second < sql.size;
	complain_at(complaint, is_second ? DIAG_SQL_SECOND_STATEMENT : DIAG_SQL_NOT_ALLOWED, is_second ? (int64_t)second : 0, sql.size, 0);
	sqlite3_finalize(statement);
	return NULL;
}

/* A column without a name of its own is called as it is written, and must stay so. */
static bool shows_parameter(sqlite3_stmt *statement)
{
	for (int i = 0; i < sqlite3_column_count(statement); i++)
		if (strchr(sqlite3_column_name(statement, i), '?'))
			return true;
	return false;
}

/* The query without its values.  NULL, and nothing said, where that is no statement: then the query must be. */
static sqlite3_stmt *prepare_lifted(struct facts *facts, struct text sql, int values)
{
	sqlite3_stmt *statement = NULL;
	const char *tail = NULL;
	if (sql.size > LOCK_SQL_MOST || memchr(sql.at, '\0', sql.size))
		return NULL;
	sqlite3_limit(facts->db, SQLITE_LIMIT_VARIABLE_NUMBER, LIFT_MOST); /* none else may have any (lock.c) */
	int rc = sqlite3_prepare_v3(facts->db, sql.at, (int)sql.size, SQLITE_PREPARE_PERSISTENT, &statement, &tail);
	sqlite3_limit(facts->db, SQLITE_LIMIT_VARIABLE_NUMBER, 0);
	bool is_whole = rc == SQLITE_OK && statement && tail == sql.at + sql.size;
	if (is_whole && is_select(statement, values) && !shows_parameter(statement))
		return statement;
	sqlite3_finalize(statement);
	lock_begin(&facts->lock);
	facts->view.failed_function = NULL;
	return NULL;
}

static struct kept *kept_of(struct facts *facts, struct text sql)
{
	const uint32_t *found = map_find(&facts->by_sql, sql);
	return found ? &facts->statements.at[*found] : NULL;
}

/* Until the next one is kept; NULL: it is not. */
static struct kept *keep(struct facts *facts, struct text sql, struct span place, sqlite3_stmt *statement)
{
	if (!statement || facts->statements.count >= KEPT_MOST)
		return NULL;
	sql = text_copy(facts->arena, sql);
	map_add(&facts->by_sql, sql, (uint32_t)facts->statements.count);
	struct kept *kept = LIST_ADD(&facts->statements);
	*kept = (struct kept){ statement, facts->lock.asked, { .sql = sql, .place = place }, false };
	return kept;
}

/* A kept statement, or one made now, with its values bound; *kept NULL: it is not kept, so the caller must finalize it. */
static sqlite3_stmt *statement_of(struct facts *facts, const struct complaint *complaint, struct kept **kept)
{
	struct lifted lifted;
	struct text sql = complaint->sql;
	buf_reset(&facts->scratch);
	lift(sql, &facts->scratch, &lifted);
	struct text general = buf_view(&facts->scratch);
	*kept = lifted.count ? kept_of(facts, general) : NULL;
	if (!*kept)
		*kept = kept_of(facts, sql);
	sqlite3_stmt *statement = *kept ? (*kept)->statement : NULL;
	/* Compiled for another document, it asks the same of this one. */
	if (*kept)
		asked_join(&facts->asked, &(*kept)->asked);
	if (!statement && lifted.count) {
		statement = prepare_lifted(facts, general, lifted.count);
		*kept = keep(facts, general, complaint->place, statement);
	}
	if (!statement) {
		statement = prepare(facts, complaint);
		*kept = keep(facts, sql, complaint->place, statement);
	}
	/* Of what was compiled now; nothing where it was kept. */
	asked_join(&facts->asked, &facts->lock.asked);
	if (statement && sqlite3_bind_parameter_count(statement) && !lift_bind(&lifted, statement)) {
		complain_of(complaint, sqlite3_errcode(facts->db));
		if (!*kept)
			sqlite3_finalize(statement);
		return NULL;
	}
	return statement;
}

/* `from`: the view's count of rows before it ran. */
static void note_cost(const struct facts *facts, struct kept *kept, int64_t from)
{
	int64_t rows = facts->view.row_count - from;
	int64_t steps = sqlite3_stmt_status(kept->statement, SQLITE_STMTSTATUS_VM_STEP, 1);
	kept->cost.rows = rows > kept->cost.rows ? rows : kept->cost.rows;
	kept->cost.steps = steps > kept->cost.steps ? steps : kept->cost.steps;
}

bool facts_cost(const struct facts *facts, size_t n, struct facts_cost *cost)
{
	if (n >= facts->statements.count)
		return false;
	*cost = facts->statements.at[n].cost;
	return true;
}

void facts_forget_asked(struct facts *facts)
{
	facts->asked = (struct facts_asked){ { 0 } };
}

void facts_asked(const struct facts *facts, struct facts_asked *asked)
{
	asked_join(asked, &facts->asked);
}

void facts_digest(struct facts *facts, const struct facts_asked *asked, struct hash *hash)
{
	const struct asked_tables *tables = &facts->lock.tables;
	for (size_t n = 0; n < tables->count; n++) {
		const struct table *table = tables->tables[n];
		const bool is_known = facts->options.scope == SCOPE_FIRM && table->is_followed;
		if (asked_has(asked, tables->first[n]) && !is_known)
			vtab_digest(&facts->view, table, asked, tables->first[n] + 1, hash);
	}
}

/* ---- its rows ------------------------------------------------------------------------ */

static struct text printed(struct facts *facts, struct arena *arena, const struct value *value)
{
	buf_reset(&facts->scratch);
	if (value->kind == VALUE_INTEGER)
		number_integer(&facts->scratch, value->integer);
	else
		number_plain(&facts->scratch, value->real);
	return text_copy(arena, buf_view(&facts->scratch));
}

static struct value value_of(struct facts *facts, sqlite3_stmt *statement, int column, struct arena *arena)
{
	struct value value = { .text = TEXT("") };
	switch (sqlite3_column_type(statement, column)) {
	case SQLITE_INTEGER:
		value.kind = VALUE_INTEGER;
		value.integer = sqlite3_column_int64(statement, column);
		value.real = (double)value.integer;
		value.text = printed(facts, arena, &value);
		break;
	case SQLITE_FLOAT:
		value.real = sqlite3_column_double(statement, column);
		if (!isfinite(value.real))
			return (struct value){ .text = TEXT("") }; /* as NaN, which SQLite makes NULL itself */
		value.kind = VALUE_REAL;
		value.text = printed(facts, arena, &value);
		break;
	case SQLITE_NULL: break;
	default: {
		/* As a blob: SQLite need not put a NUL behind what is ours. */
		const void *at = sqlite3_column_blob(statement, column);
		value.kind = VALUE_TEXT;
		value.text = text_copy(arena, (struct text){ at, (size_t)sqlite3_column_bytes(statement, column) });
		break;
	}
	}
	return value;
}

struct collected {
	LIST(struct value) values;
	size_t row_count, size;
};

/* SQLITE_DONE, or what stopped it; a reported limit gives SQLITE_OK. */
static int collect(struct facts *facts, sqlite3_stmt *statement, const struct complaint *complaint, struct arena *arena,
		   struct collected *collected)
{
	enum { ROWS_GUESS = 16 };
	int rc, columns = sqlite3_column_count(statement);
	LIST_RESERVE(&collected->values, ROWS_GUESS * (size_t)columns);
	while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
		collected->row_count++;
		for (int i = 0; i < columns; i++) {
			struct value value = value_of(facts, statement, i, arena);
			collected->size += sizeof value + value.text.size;
			LIST_PUSH(&collected->values, value);
		}
		if (collected->row_count <= LOCK_ROWS_MOST && collected->size <= LOCK_ANSWER_MOST)
			continue;
		complain_at(complaint, DIAG_SQL_TOO_MANY_ROWS, -1, 0, LOCK_ROWS_MOST);
		return SQLITE_OK;
	}
	return rc;
}

static void name_columns(sqlite3_stmt *statement, struct arena *arena, struct rows *rows)
{
	rows->column_count = (size_t)sqlite3_column_count(statement);
	rows->names = ARENA_ARRAY(arena, struct text, rows->column_count);
	for (size_t i = 0; i < rows->column_count; i++)
		rows->names[i] = text_copy(arena, text_from(sqlite3_column_name(statement, (int)i)));
}

static void keep_rows(sqlite3_stmt *statement, const struct collected *collected, struct arena *arena,
		      struct rows *rows)
{
	name_columns(statement, arena, rows);
	rows->row_count = collected->row_count;
	rows->values = ARENA_ARRAY(arena, struct value, collected->values.count);
	if (collected->values.count)
		memcpy(rows->values, collected->values.at, collected->values.count * sizeof *rows->values);
}

/* What SQLite has compiled, and so found to be right, answered without it where it is plain. */
static bool answer_plainly(struct facts *facts, struct arena *arena, struct text sql, struct kept *kept,
			   struct rows *rows)
{
	if (!kept || kept->is_sqlites || facts->shuns_plain)
		return false;
	int64_t from = facts->view.row_count;
	sql = text_copy(arena, sql);
	const struct plain *plain = plain_read(arena, &facts->view, sql);
	kept->is_sqlites = !plain || !plain_answer(plain, &facts->view, arena, rows);
	if (kept->is_sqlites)
		return false;
	name_columns(kept->statement, arena, rows);
	note_cost(facts, kept, from);
	facts->plain_count++;
	return true;
}

void facts_use_plain(struct facts *facts, bool is_used)
{
	facts->shuns_plain = !is_used;
}

size_t facts_plain_count(const struct facts *facts)
{
	return facts->plain_count;
}

bool facts_query(struct facts *facts, struct arena *arena, struct text sql, struct span place, struct rows *rows)
{
	const struct complaint complaint = { facts->db, &facts->view, &facts->lock, sql, place };
	struct collected collected = { 0 };
	struct kept *kept;
	*rows = (struct rows){ 0 };
	lock_begin(&facts->lock);
	facts->view.failed_function = NULL;
	sqlite3_stmt *statement = statement_of(facts, &complaint, &kept);
	if (!statement)
		return false;
	if (answer_plainly(facts, arena, sql, kept, rows))
		return true;
	lock_begin(&facts->lock);
	int64_t from = facts->view.row_count;
	int rc = collect(facts, statement, &complaint, arena, &collected);
	if (rc == SQLITE_DONE)
		keep_rows(statement, &collected, arena, rows);
	else if (rc != SQLITE_OK)
		complain_of(&complaint, rc);
	LIST_FREE(&collected.values);
	sqlite3_reset(statement);
	if (kept)
		note_cost(facts, kept, from);
	else
		sqlite3_finalize(statement);
	return rc == SQLITE_DONE;
}
