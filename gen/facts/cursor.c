/* SPDX-License-Identifier: MIT */
#include "facts/cursor.h"

#include <stdlib.h>

#include "facts/view.h"
#include "model/parts.h"
#include "model/track.h"

enum { PASS_LEAST = 64 }; /* rows of which a pass is made by columns; fewer are loaded */

static const char *const key_names[KEYS] = {
	[KEY_PARTICIPATION] = "participation_id", [KEY_ENTERPRISE] = "enterprise_id", [KEY_CODE] = "code",
	[KEY_TRACK] = "track_code", [KEY_ITEM] = "item_id",
};

/* ---- which rows ------------------------------------------------------------ */

enum key cursor_key(const struct table *table, const struct column *column)
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

double cursor_outer_size(const struct view *view, enum outer outer)
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

void cursor_narrow_part(struct cursor *cursor, int64_t participation)
{
	if (participation >= 0 && participation < INT32_MAX)
		clip(cursor, (int32_t)participation, (int32_t)participation + 1);
	else
		clip(cursor, 0, 0);
}

void cursor_narrow(struct cursor *cursor, enum key key, sqlite3_value *value)
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
		else
			cursor_narrow_part(cursor, index);
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
	row_begin(row, cursor->view, outer, inner);
	return cursor->table->load(row) && is_own(cursor->view, cursor->table->about, row);
}

void cursor_advance(struct cursor *cursor)
{
	if (cursor->is_pass) {
		cursor->view->row_count++;
		cursor->is_over |= cursor->outer >= cursor->outer_end;
		cursor->row.outer = cursor->outer++;
		return;
	}
	while (!cursor->is_over) {
		while (cursor->inner < cursor->inner_end)
			if (load(cursor, cursor->inner++))
				return;
		if (!next_outer(cursor))
			cursor->is_over = true;
	}
}

void cursor_start(struct cursor *cursor)
{
	struct view *view = cursor->view;
	cursor->outer = cursor->inner = cursor->inner_end = 0;
	cursor->outer_end = (int32_t)cursor_outer_size(view, cursor->table->outer);
	cursor->is_over = cursor->is_picked = cursor->has_item = cursor->is_pass = false;
	cursor->alike = NULL;
	if (cursor->table->outer != OUTER_PARTICIPATION || view->options->scope != SCOPE_FIRM)
		return;
	cursor->outer_end = (int32_t)view->model->participation_count;
	pick_firm(cursor, view->firm);
}

/* Of many rows the columns, each made once for all queries; of few the rows. */
void cursor_choose(struct cursor *cursor, const char *used)
{
	if (!cursor->coded)
		return;
	if (cursor->table->is_counted)
		cursor->alike = coded_alike(cursor->coded, strtoull(used, NULL, 16));
	else if (cursor->is_picked)
		return;
	if (cursor->alike || cursor->table->outer == OUTER_ONE)
		cursor->outer_end = cursor->alike ? cursor->alike->count : coded_rows(cursor->coded);
	cursor->is_pass = cursor->alike || cursor->outer_end - cursor->outer >= PASS_LEAST;
	if (!cursor->is_pass && cursor->table->outer == OUTER_ONE)
		cursor->outer_end = 1;
	else if (cursor->is_pass && !cursor->alike)
		coded_make(cursor->coded, strtoull(used, NULL, 16));
}

const struct coded_value *cursor_coded(const struct cursor *cursor, int column)
{
	int32_t at = cursor->row.outer;
	return coded_value(cursor->coded, (size_t)column, cursor->alike ? cursor->alike->first[at] : at);
}
