/* SPDX-License-Identifier: MIT */
#include "facts/vtab.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "facts/cell.h"
#include "facts/view.h"
#include "model/parts.h"
#include "model/track.h"

/* What an equality may narrow, by the name of its column. */
enum key { KEY_PARTICIPATION, KEY_ENTERPRISE, KEY_CODE, KEY_TRACK, KEY_ITEM, KEYS, KEY_NONE = KEYS };

static const char *const key_names[KEYS] = {
	[KEY_PARTICIPATION] = "participation_id", [KEY_ENTERPRISE] = "enterprise_id", [KEY_CODE] = "code",
	[KEY_TRACK] = "track_code", [KEY_ITEM] = "item_id",
};

/* One per table and connection: what the module is registered with. */
struct handle {
	const struct table *table;
	struct view *view;
	const struct column **columns; /* those of the scope; live with the view */
};

struct vtab {
	sqlite3_vtab base;
	const struct handle *handle;
};

enum { DIGEST_COLUMNS_MOST = 300 };
enum { ITEM_ID_MOST = 64 }; /* a longer one narrows nothing */

struct cursor {
	sqlite3_vtab_cursor base;
	const struct table *table;
	struct view *view;
	const struct column *const *columns;
	int32_t outer, outer_end;   /* the half-open range that is left */
	int32_t pick;                    /* else from this one those of its enterprise, where is_picked; -1: none */
	bool is_picked, is_over, has_item;
	char item_at[ITEM_ID_MOST]; /* SQLite's value lives only while filtering */
	size_t item_size;
	int32_t inner, inner_end;
	struct row row;
};

/* ---- which rows ------------------------------------------------------------ */

static enum key key_of(const struct table *table, const struct column *column)
{
	static const bool narrows[][KEYS] = {
		[OUTER_ONE] = { false },
		[OUTER_TRACK] = { [KEY_TRACK] = true },
		[OUTER_ENTERPRISE] = { [KEY_ENTERPRISE] = true, [KEY_CODE] = true },
		[OUTER_PARTICIPATION] = { [KEY_PARTICIPATION] = true, [KEY_ENTERPRISE] = true, [KEY_CODE] = true, [KEY_TRACK] = true },
	};
	for (int key = 0; key < KEYS; key++)
		if (strcmp(column->name, key_names[key]) == 0)
			return narrows[table->outer][key] || (key == KEY_ITEM && table->by_item) ? (enum key)key : KEY_NONE;
	return KEY_NONE;
}

static double outer_size(const struct view *view, enum outer outer)
{
	switch (outer) {
	case OUTER_ONE: return 1;
	case OUTER_TRACK: return view->model->campaign.track_count;
	case OUTER_ENTERPRISE: return (double)view->model->enterprise_count;
	case OUTER_PARTICIPATION:
		return view->options->scope == SCOPE_FIRM ? (double)view->model->campaign.track_count
							  : (double)view->model->participation_count;
	}
	return 1;
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
	int where[KEYS], arguments = 0;
	for (int key = 0; key < KEYS; key++)
		where[key] = -1;
	for (int i = 0; i < info->nConstraint; i++) {
		const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
		if (!constraint->usable || constraint->op != SQLITE_INDEX_CONSTRAINT_EQ || constraint->iColumn < 0)
			continue;
		enum key key = key_of(table, vtab->handle->columns[constraint->iColumn]);
		if (key != KEY_NONE && strcmp(sqlite3_vtab_collation(info, i), "BINARY") == 0)
			where[key] = i;
	}
	int held = vtab->handle->view->model->campaign.track_count;
	double tracks = held ? held : 1;
	double outer = outer_size(vtab->handle->view, table->outer), inner = table->guess ? table->guess : 1;
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
	return SQLITE_OK;
}

static struct text text_value(sqlite3_value *value)
{
	const void *at = sqlite3_value_blob(value);
	return (struct text){ at, (size_t)sqlite3_value_bytes(value) };
}

static int32_t firm_by_code(const struct view *view, struct text code)
{
	const uint32_t *index = map_find(&view->model->enterprise_by_code, code);
	return index ? (int32_t)*index : -1;
}

static int track_by_code(const struct view *view, struct text code)
{
	int track = track_by_id(&view->model->campaign, code);
	return track_is_held(&view->model->campaign, track) ? track : -1;
}

static void clip(struct cursor *cursor, int32_t from, int32_t to)
{
	cursor->outer = from > cursor->outer ? from : cursor->outer;
	cursor->outer_end = to < cursor->outer_end ? to : cursor->outer_end;
}

/* The participations of one enterprise, or none; those already picked must be the same enterprise's. */
static void pick_firm(struct cursor *cursor, int32_t enterprise)
{
	const struct model *model = cursor->view->model;
	if (!view_owns_enterprise(cursor->view, enterprise))
		enterprise = -1;
	cursor->is_picked = true;
	cursor->pick = -1;
	if (enterprise >= 0 && (size_t)enterprise < model->enterprise_count)
		cursor->pick = parts_first(&model->enterprises[enterprise]);
}

static void narrow_firm(struct cursor *cursor, int64_t enterprise)
{
	bool is_known = enterprise >= 0 && (uint64_t)enterprise < cursor->view->model->enterprise_count;
	if (cursor->table->outer == OUTER_PARTICIPATION)
		pick_firm(cursor, is_known ? (int32_t)enterprise : -1);
	else if (is_known)
		clip(cursor, (int32_t)enterprise, (int32_t)enterprise + 1);
	else
		clip(cursor, 0, 0);
}

static void narrow_track(struct cursor *cursor, int track)
{
	if (track < 0)
		clip(cursor, 0, 0);
	else if (cursor->table->outer == OUTER_TRACK)
		clip(cursor, track, track + 1);
	else
		clip(cursor, cursor->view->first_of_track[track], cursor->view->first_of_track[track + 1]);
}

static void narrow_item(struct cursor *cursor, struct text id)
{
	cursor->has_item = id.size <= ITEM_ID_MOST;
	cursor->item_size = cursor->has_item ? id.size : 0;
	if (cursor->item_size)
		memcpy(cursor->item_at, id.at, id.size);
}

/* A value of another type narrows nothing: SQLite compares every row itself. */
static void narrow(struct cursor *cursor, enum key key, sqlite3_value *value)
{
	int type = sqlite3_value_type(value);
	if (type == SQLITE_NULL) {
		cursor->is_over = true;
	} else if (key == KEY_PARTICIPATION || key == KEY_ENTERPRISE) {
		int64_t index = sqlite3_value_int64(value);
		if (type != SQLITE_INTEGER)
			return;
		if (key == KEY_ENTERPRISE)
			narrow_firm(cursor, index);
		else if (index >= 0 && index < INT32_MAX)
			clip(cursor, (int32_t)index, (int32_t)index + 1);
		else
			clip(cursor, 0, 0);
	} else if (type == SQLITE_TEXT && key == KEY_CODE) {
		narrow_firm(cursor, firm_by_code(cursor->view, text_value(value)));
	} else if (type == SQLITE_TEXT && key == KEY_TRACK) {
		narrow_track(cursor, track_by_code(cursor->view, text_value(value)));
	} else if (type == SQLITE_TEXT && key == KEY_ITEM) {
		narrow_item(cursor, text_value(value));
	}
}

/* ---- whose rows ------------------------------------------------------------------- */

/* The one place that decides it; what a row is about, its table's load has said. */
static bool is_own(const struct view *view, enum about about, const struct row *row)
{
	enum facts_scope scope = view->options->scope;
	if (scope == SCOPE_PUBLIC || scope == SCOPE_PROVINCE)
		return true;
	switch (about) {
	case ABOUT_UNSAID: return false;
	case ABOUT_NOBODY: return true;
	case ABOUT_ENTERPRISE: return view_owns_enterprise(view, row->enterprise);
	case ABOUT_AGENCY: return view_knows_agency(view, row->agency);
	case ABOUT_EITHER:
		return row->enterprise >= 0 ? view_owns_enterprise(view, row->enterprise) : view_owns_agency(view, row->agency);
	}
	return false;
}

/* Without counting its inner rows: most participations are somebody else's. */
static bool may_skip(const struct cursor *cursor, int32_t outer)
{
	return cursor->table->outer == OUTER_PARTICIPATION &&
	       !view_owns_enterprise(cursor->view, cursor->view->model->participations[outer].enterprise);
}

/* ---- the two loops -------------------------------------------------------------- */

static const struct catalogue *catalogue_of_outer(const struct cursor *cursor, int32_t outer)
{
	int track = cursor->table->outer == OUTER_TRACK ? outer : cursor->view->model->participations[outer].track;
	return cursor->view->assessment->rules[track]->catalogue;
}

static void start_inner(struct cursor *cursor, int32_t outer)
{
	const struct table *table = cursor->table;
	cursor->inner = 0;
	cursor->inner_end = table->count ? table->count(cursor->view, outer) : 1;
	if (table->outer == OUTER_TRACK && !cursor->view->model->catalogues[outer])
		cursor->inner_end = 0;
	if (!cursor->has_item || cursor->inner_end == 0)
		return;
	const uint32_t *item = map_find(&catalogue_of_outer(cursor, outer)->item_by_id, (struct text){ cursor->item_at, cursor->item_size });
	cursor->inner = item ? (int32_t)*item : 0;
	cursor->inner_end = item ? cursor->inner + 1 : 0;
}

/* Moves to the next outer index; false when there is none. */
static bool next_outer(struct cursor *cursor)
{
	int32_t outer = -1;
	if (cursor->is_picked) {
		while (cursor->pick >= 0 && outer < 0) {
			int32_t pick = cursor->pick;
			cursor->pick = cursor->view->model->participations[pick].next;
			if (pick >= cursor->outer && pick < cursor->outer_end)
				outer = pick;
		}
	} else if (cursor->outer < cursor->outer_end) {
		outer = cursor->outer++;
	}
	if (outer < 0)
		return false;
	cursor->row.outer = outer;
	cursor->inner = cursor->inner_end = 0;
	if (!may_skip(cursor, outer))
		start_inner(cursor, outer);
	return true;
}

static bool load(struct cursor *cursor, int32_t inner)
{
	struct row *row = &cursor->row;
	int32_t outer = row->outer;
	cursor->view->row_count++;
	/* All but `local`, which is large and set by who uses it. */
	memset(row, 0, offsetof(struct row, local));
	row->view = cursor->view;
	row->outer = outer;
	row->inner = inner;
	row->track = row->level = row->city = row->round = row->element = row->movement = -1;
	row->participation = row->item = row->area = row->class = row->enterprise = row->agency = -1;
	return cursor->table->load(row) && is_own(cursor->view, cursor->table->about, row);
}

/* To the next row from where the loops stand. */
static void advance(struct cursor *cursor)
{
	while (!cursor->is_over) {
		while (cursor->inner < cursor->inner_end)
			if (load(cursor, cursor->inner++))
				return;
		if (!next_outer(cursor))
			cursor->is_over = true;
	}
}

static void start(struct cursor *cursor)
{
	struct view *view = cursor->view;
	cursor->outer = cursor->inner = cursor->inner_end = 0;
	cursor->outer_end = (int32_t)outer_size(view, cursor->table->outer);
	cursor->is_over = cursor->is_picked = cursor->has_item = false;
	if (cursor->table->outer != OUTER_PARTICIPATION || view->options->scope != SCOPE_FIRM)
		return;
	cursor->outer_end = (int32_t)view->model->participation_count;
	pick_firm(cursor, view->firm);
}

/* ---- SQLite's call-backs ------------------------------------------------------------ */

static int filter(sqlite3_vtab_cursor *base, int plan, const char *name, int count, sqlite3_value **values)
{
	struct cursor *cursor = (struct cursor *)base;
	(void)name;
	start(cursor);
	for (int key = 0, i = 0; key < KEYS && i < count; key++)
		if (plan & 1 << key)
			narrow(cursor, (enum key)key, values[i++]);
	advance(cursor);
	return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base)
{
	advance((struct cursor *)base);
	return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *base)
{
	return ((struct cursor *)base)->is_over;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int index)
{
	const struct cursor *cursor = (const struct cursor *)base;
	const struct column *of = cursor->columns[index];
	struct cell cell;
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

static void digest_cell(const struct row *row, const struct column *column, struct hash *hash)
{
	struct cell cell = { .kind = VALUE_NULL };
	column->get(row, column, &cell);
	const struct { int64_t kind, integer; double real; uint64_t size; } fixed = {
		(int64_t)cell.kind, cell.kind == VALUE_INTEGER ? cell.integer : 0,
		cell.kind == VALUE_REAL ? cell.real : 0,
		cell.kind == VALUE_TEXT ? cell.text.size : 0,
	};
	hash_add(hash, (struct text){ (const char *)&fixed, sizeof fixed });
	if (cell.kind == VALUE_TEXT)
		hash_add(hash, cell.text);
}

void vtab_digest(struct view *view, const struct table *table, struct hash *hash)
{
	struct cursor cursor = { .table = table, .view = view };
	const struct column *columns[DIGEST_COLUMNS_MOST];
	size_t count = 0;
	for (struct column_walk walk = { .table = table, .scope = view->options->scope }; count < DIGEST_COLUMNS_MOST; count++)
		if (!(columns[count] = column_next(&walk)))
			break;
	assert(count < DIGEST_COLUMNS_MOST);
	hash_add(hash, (struct text){ table->name, strlen(table->name) + 1 });
	start(&cursor);
	for (advance(&cursor); !cursor.is_over; advance(&cursor))
		for (size_t i = 0; i < count; i++)
			digest_cell(&cursor.row, columns[i], hash);
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
		*handle = (struct handle){ table, view, columns_of(view, table) };
		if (sqlite3_create_module_v2(db, table->name, &module, handle, NULL) != SQLITE_OK || !connect_now(db, table))
			return false;
	}
	return true;
}
