/* SPDX-License-Identifier: MIT */
#include "facts/vtab.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "facts/asked.h"
#include "facts/cell.h"
#include "facts/cursor.h"
#include "facts/view.h"

/* One per table and connection: what the module is registered with. */
struct handle {
	const struct table *table;
	struct view *view;
	const struct column **columns; /* those of the scope; live with the view */
	struct coded *coded;           /* of a table that is coded or counted; else NULL */
};

struct vtab {
	sqlite3_vtab base;
	const struct handle *handle;
};

enum {
	DIGEST_COLUMNS_MOST = 300,
	ALIKE_GUESS = 300, /* rows of a counted table, for SQLite's planner */
};

/* Which columns are looked at, for cursor_choose. */
static int note_used(sqlite3_index_info *info)
{
	info->idxStr = sqlite3_mprintf("%llx", (unsigned long long)info->colUsed);
	info->needToFreeIdxStr = 1;
	return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

/* Which rows are alike follows from the columns that are looked at, and SQLite compares those itself. */
static int plan_counted(sqlite3_index_info *info)
{
	info->estimatedRows = ALIKE_GUESS;
	info->estimatedCost = ALIKE_GUESS;
	return note_used(info);
}

/* The rows of one outer index come in the order of `ordinal`: then SQLite need not keep them and sort. */
static bool comes_in_order(const struct handle *handle, const sqlite3_index_info *info)
{
	static const int alone[] = { [OUTER_TRACK] = 1 << KEY_TRACK, [OUTER_ENTERPRISE] = 1 << KEY_ENTERPRISE,
		                     [OUTER_PARTICIPATION] = 1 << KEY_PARTICIPATION };
	bool is_alone = handle->table->outer == OUTER_ONE || info->idxNum & alone[handle->table->outer];
	return is_alone && info->nOrderBy == 1 && !info->aOrderBy[0].desc && info->aOrderBy[0].iColumn >= 0 &&
	       handle->columns[info->aOrderBy[0].iColumn]->get == cell_inner_ordinal;
}

static int best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
	const struct vtab *vtab = (const struct vtab *)base;
	const struct table *table = vtab->handle->table;
	if (table->is_counted)
		return plan_counted(info);
	int where[KEYS], arguments = 0;
	for (int key = 0; key < KEYS; key++)
		where[key] = -1;
	for (int i = 0; i < info->nConstraint; i++) {
		const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
		if (!constraint->usable || constraint->op != SQLITE_INDEX_CONSTRAINT_EQ || constraint->iColumn < 0)
			continue;
		enum key key = cursor_key(table, vtab->handle->columns[constraint->iColumn]);
		if (key != KEY_NONE && strcmp(sqlite3_vtab_collation(info, i), "BINARY") == 0)
			where[key] = i;
	}
	int held = vtab->handle->view->model->campaign.track_count;
	double tracks = held ? held : 1;
	double outer = cursor_outer_size(vtab->handle->view, table->outer), inner = table->guess ? table->guess : 1;
	for (int key = 0; key < KEYS; key++) {
		if (where[key] < 0)
			continue;
		info->aConstraintUsage[where[key]].argvIndex = ++arguments;
		info->idxNum |= 1 << key;
		if (key == KEY_ITEM)
			inner = 1;
		else
			outer = key == KEY_TRACK ? outer / tracks : 1;
	}
	info->orderByConsumed = comes_in_order(vtab->handle, info);
	outer = outer < 1 ? 1 : outer;
	info->estimatedRows = (sqlite3_int64)(outer * inner);
	info->estimatedCost = 1 + outer * inner;
	return vtab->handle->coded ? note_used(info) : SQLITE_OK;
}

/* ---- SQLite's call-backs ------------------------------------------------------------ */

static int filter(sqlite3_vtab_cursor *base, int plan, const char *used, int count, sqlite3_value **values)
{
	struct cursor *cursor = (struct cursor *)base;
	cursor_start(cursor);
	for (int key = 0, i = 0; key < KEYS && i < count; key++)
		if (plan & 1 << key)
			cursor_narrow(cursor, (enum key)key, values[i++]);
	cursor_choose(cursor, used);
	cursor_advance(cursor);
	return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base)
{
	cursor_advance((struct cursor *)base);
	return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *base)
{
	return ((struct cursor *)base)->is_over;
}

static void give_coded(const struct cursor *cursor, sqlite3_context *context, int index)
{
	if (cursor->columns[index]->get == cell_alike) {
		sqlite3_result_int64(context, cursor->alike->rows[cursor->row.outer]);
		return;
	}
	const struct coded_value *value = cursor_coded(cursor, index);
	switch (value->kind) {
	case VALUE_NULL: break;
	case VALUE_INTEGER: sqlite3_result_int64(context, value->integer); break;
	case VALUE_REAL: sqlite3_result_double(context, value->real); break;
	case VALUE_TEXT:
		sqlite3_result_text64(context, value->text.at, value->text.size, SQLITE_STATIC, SQLITE_UTF8);
		break;
	}
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int index)
{
	const struct cursor *cursor = (const struct cursor *)base;
	const struct column *of = cursor->columns[index];
	struct cell cell;
	if (cursor->is_pass) {
		give_coded(cursor, context, index);
		return SQLITE_OK;
	}
	cell.kind = VALUE_NULL;
	cell.is_small = false;
	of->get(&cursor->row, of, &cell);
	switch (cell.kind) {
	case VALUE_NULL: break;
	case VALUE_INTEGER: sqlite3_result_int64(context, cell.integer); break;
	case VALUE_REAL: sqlite3_result_double(context, cell.real); break;
	case VALUE_TEXT:
		sqlite3_result_text64(context, cell.text.at, cell.text.size, cell.is_small ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8);
		break;
	}
	return SQLITE_OK;
}

/* What goes into a digest, gathered: most cells are smaller than what a digest takes at once. */
struct gathering {
	struct hash *hash;
	size_t used;
	char bytes[4096];
};

static void hand_over(struct gathering *gathering)
{
	hash_add(gathering->hash, (struct text){ gathering->bytes, gathering->used });
	gathering->used = 0;
}

static void gather(struct gathering *gathering, const void *bytes, size_t size)
{
	if (size > sizeof gathering->bytes - gathering->used)
		hand_over(gathering);
	if (size > sizeof gathering->bytes) {
		hash_add(gathering->hash, (struct text){ bytes, size });
		return;
	}
	if (size)
		memcpy(gathering->bytes + gathering->used, bytes, size);
	gathering->used += size;
}

/* Its kind, its number or how long its text is, and that. */
static void digest_cell(const struct row *row, const struct column *column, struct gathering *gathering)
{
	struct cell cell = { .kind = VALUE_NULL };
	column->get(row, column, &cell);
	const char kind = (char)cell.kind;
	const uint64_t size = cell.text.size;
	gather(gathering, &kind, sizeof kind);
	if (cell.kind == VALUE_INTEGER)
		gather(gathering, &cell.integer, sizeof cell.integer);
	if (cell.kind == VALUE_REAL)
		gather(gathering, &cell.real, sizeof cell.real);
	if (cell.kind != VALUE_TEXT)
		return;
	gather(gathering, &size, sizeof size);
	gather(gathering, cell.text.at, cell.text.size);
}

static void digest_rows(struct cursor *cursor, const struct column *const *columns, size_t count, struct hash *hash)
{
	struct gathering gathering = { .hash = hash };
	uint64_t rows = 0;
	cursor_start(cursor);
	for (cursor_advance(cursor); !cursor->is_over; cursor_advance(cursor), rows++)
		for (size_t i = 0; i < count; i++)
			digest_cell(&cursor->row, columns[i], &gathering);
	gather(&gathering, &rows, sizeof rows);
	hand_over(&gathering);
}

void vtab_digest(struct view *view, const struct table *table, const struct facts_asked *asked, size_t first,
		 struct hash *hash)
{
	struct column_walk walk = { .table = table, .scope = view->options->scope };
	const struct column *columns[DIGEST_COLUMNS_MOST], *column;
	size_t numbers[DIGEST_COLUMNS_MOST], count = 0;
	struct coded *coded = coded_find(view, table);
	for (size_t number = 0; (column = column_next(&walk)); number++) {
		assert(count < DIGEST_COLUMNS_MOST);
		if (!asked_has(asked, first + number))
			continue;
		numbers[count] = number;
		columns[count++] = column;
	}
	hash_add(hash, (struct text){ table->name, strlen(table->name) + 1 });
	if (coded)
		coded_digest(coded, numbers, count, hash);
	else
		digest_rows(&(struct cursor){ .table = table, .view = view }, columns, count, hash);
}

/* For SQLite, which keeps the rows of an OR apart by it; lock.c refuses it to queries. */
static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *id)
{
	const struct row *row = &((const struct cursor *)base)->row;
	*id = (sqlite3_int64)row->outer << 32 | row->inner;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **made)
{
	const struct vtab *vtab = (const struct vtab *)base;
	struct cursor *cursor = memory_resize(NULL, sizeof *cursor);
	memset(cursor, 0, sizeof *cursor);
	cursor->table = vtab->handle->table;
	cursor->view = vtab->handle->view;
	cursor->columns = vtab->handle->columns;
	cursor->coded = vtab->handle->coded;
	*made = &cursor->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
	free(base);
	return SQLITE_OK;
}

static void write_declaration(const struct column *const *columns, struct buf *buf)
{
	static const char *const types[] = { [COLUMN_TEXT] = "text", [COLUMN_INTEGER] = "integer", [COLUMN_REAL] = "real" };
	buf_string(buf, "create table t(");
	for (size_t i = 0; columns[i]; i++)
		buf_format(buf, "%s\"%s\" %s", i ? ", " : "", columns[i]->name, types[column_type(columns[i])]);
	buf_byte(buf, ')');
}

static int connect_table(sqlite3 *db, void *aux, int count, const char *const *arguments, sqlite3_vtab **made, char **error)
{
	const struct handle *handle = aux;
	struct buf declaration;
	(void)count, (void)arguments, (void)error;
	buf_init(&declaration, BUF_LIMIT_PAGE);
	write_declaration(handle->columns, &declaration);
	int rc = sqlite3_declare_vtab(db, declaration.at);
	buf_clear(&declaration);
	if (rc != SQLITE_OK)
		return rc;
	struct vtab *vtab = memory_resize(NULL, sizeof *vtab);
	*vtab = (struct vtab){ .handle = handle };
	*made = &vtab->base;
	return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *base)
{
	free(base);
	return SQLITE_OK;
}

/* No xCreate: the tables are simply there, and can be neither made nor dropped. */
static const sqlite3_module module = {
	.iVersion = 1, .xConnect = connect_table, .xBestIndex = best_index, .xDisconnect = disconnect_table, .xDestroy = disconnect_table,
	.xOpen = open_cursor, .xClose = close_cursor, .xFilter = filter, .xNext = next, .xEof = is_at_end, .xColumn = column,
	.xRowid = row_id,
};

/* Declaring columns is a CREATE to the authorizer, so it is done before the lock is closed. */
static bool connect_now(sqlite3 *db, const struct table *table)
{
	char sql[128];
	sqlite3_stmt *statement = NULL;
	sqlite3_snprintf((int)sizeof sql, sql, "select 1 from \"%w\"", table->name);
	int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	sqlite3_finalize(statement);
	return rc == SQLITE_OK;
}

/* The columns of a table in the scope, ended by NULL. */
static const struct column **columns_of(struct view *view, const struct table *table)
{
	const struct column_walk start = { .table = table, .scope = view->options->scope };
	size_t count = 0;
	for (struct column_walk walk = start; column_next(&walk);)
		count++;
	const struct column **columns = ARENA_ARRAY(view->arena, const struct column *, count + 1);
	struct column_walk walk = start;
	for (size_t i = 0; i < count; i++)
		columns[i] = column_next(&walk);
	return columns;
}

bool vtab_register(sqlite3 *db, struct view *view)
{
	const struct table *table;
	for (size_t n = 0; (table = table_of(view->options->scope, n)); n++) {
		struct handle *handle = ARENA_NEW(view->arena, struct handle);
		*handle = (struct handle){ table, view, columns_of(view, table), NULL };
		if (table->is_counted || (table->is_coded && view->options->scope == SCOPE_PROVINCE))
			handle->coded = coded_new(view, table, (const struct column *const *)handle->columns);
		if (sqlite3_create_module_v2(db, table->name, &module, handle, NULL) != SQLITE_OK || !connect_now(db, table))
			return false;
	}
	return true;
}
