/* SPDX-License-Identifier: MIT */
#include "facts/coded.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/map.h"
#include "facts/cell.h"

enum {
	SMALL = 1024,          /* numbers below are found without a map: levels, counts, yes and no */
	DIRECT_MOST = 1 << 20, /* pairs of numbers that are looked up in an array */
	LAST_BIT = 63,         /* of SQLite's mask: that column and all behind it */
};
static const uint32_t UNSEEN = UINT32_MAX;

struct coded_column {
	uint32_t *codes;             /* by row; NULL until the column is looked at */
	struct coded_value *values;  /* by code */
	uint32_t count;
};

struct group {
	struct alike alike;
	uint64_t used;
	struct group *next;
};

struct coded {
	struct view *view;
	const struct table *table;
	const struct column *const *columns;
	size_t column_count;
	int32_t row_count;
	struct coded_column *made; /* by column */
	struct group *groups;      /* those asked for so far */
	struct coded *next;        /* of the view */
};

void row_begin(struct row *row, struct view *view, int32_t outer, int32_t inner)
{
	/* All but `local`, which is large and set by who uses it. */
	memset(row, 0, offsetof(struct row, local));
	row->view = view;
	row->outer = outer;
	row->inner = inner;
	row->track = row->level = row->city = row->round = row->element = row->movement = -1;
	row->participation = row->item = row->area = row->class = row->enterprise = row->agency = -1;
}

/* A counted table has no other row than those of coded_alike, whose number the cursor has. */
void cell_alike(const struct row *row, const struct column *column, struct cell *cell)
{
	(void)row, (void)column;
	cell_integer(cell, 1);
}

static int32_t count_rows(struct view *view, const struct table *table)
{
	switch (table->outer) {
	case OUTER_ONE: return table->count(view, 0);
	case OUTER_ENTERPRISE: return (int32_t)view->model->enterprise_count;
	case OUTER_PARTICIPATION: return (int32_t)view->model->participation_count;
	case OUTER_TRACK: break;
	}
	return 0;
}

struct coded *coded_new(struct view *view, const struct table *table, const struct column *const *columns)
{
	struct coded *coded = ARENA_NEW(view->arena, struct coded);
	size_t count = 0;
	while (columns[count])
		count++;
	*coded = (struct coded){ .view = view, .table = table, .columns = columns, .column_count = count, .row_count = -1,
				 .made = ARENA_ARRAY(view->arena, struct coded_column, count) };
	coded->next = view->coded;
	view->coded = coded;
	return coded;
}

struct coded *coded_find(const struct view *view, const struct table *table)
{
	struct coded *coded = view->coded;
	while (coded && coded->table != table)
		coded = coded->next;
	return coded;
}

/* Asked late: what the list shows is made when it is first looked at. */
int32_t coded_rows(const struct coded *coded)
{
	return coded->row_count >= 0 ? coded->row_count : count_rows(coded->view, coded->table);
}

/* ---- one column ------------------------------------------------------------------- */

/* The values of a column while it is made. */
struct coding {
	struct arena *arena;
	const struct column *column;
	struct coded_column *made;
	struct map texts, numbers;
	uint32_t null, small[SMALL];
	LIST(struct coded_value) values;
};

static uint32_t add_value(struct coding *coding, const struct cell *cell)
{
	struct coded_value *value = LIST_ADD(&coding->values);
	*value = (struct coded_value){ .kind = cell->kind };
	if (cell->kind == VALUE_TEXT)
		value->text = cell->is_small ? text_copy(coding->arena, cell->text) : cell->text;
	else if (cell->kind == VALUE_INTEGER)
		value->integer = cell->integer;
	else if (cell->kind == VALUE_REAL)
		value->real = cell->real;
	return (uint32_t)coding->values.count - 1;
}

static uint32_t code_once(struct coding *coding, uint32_t *code, const struct cell *cell)
{
	if (*code == UNSEEN)
		*code = add_value(coding, cell);
	return *code;
}

static uint32_t code_text(struct coding *coding, const struct cell *cell)
{
	const uint32_t *found = map_find(&coding->texts, cell->text);
	if (found)
		return *found;
	uint32_t code = add_value(coding, cell);
	return map_add(&coding->texts, coding->values.at[code].text, code);
}

/* A number is told apart by its bytes. */
static uint32_t code_number(struct coding *coding, const struct cell *cell)
{
	struct { int64_t kind, integer; double real; } bytes = { (int64_t)cell->kind, 0, 0 };
	const struct text key = { (const char *)&bytes, sizeof bytes };
	if (cell->kind == VALUE_INTEGER)
		bytes.integer = cell->integer;
	else
		bytes.real = cell->real;
	const uint32_t *found = map_find(&coding->numbers, key);
	return found ? *found : map_add(&coding->numbers, text_copy(coding->arena, key), add_value(coding, cell));
}

static uint32_t code_of(struct coding *coding, const struct cell *cell)
{
	if (cell->kind == VALUE_NULL)
		return code_once(coding, &coding->null, cell);
	if (cell->kind == VALUE_TEXT)
		return code_text(coding, cell);
	bool is_small = cell->kind == VALUE_INTEGER && cell->integer >= 0 && cell->integer < SMALL;
	return is_small ? code_once(coding, &coding->small[cell->integer], cell) : code_number(coding, cell);
}

static void load_row(struct coded *coded, int32_t number, struct row *row)
{
	bool is_inner = coded->table->outer == OUTER_ONE;
	row_begin(row, coded->view, is_inner ? 0 : number, is_inner ? number : 0);
	bool is_there = coded->table->load(row);
	assert(is_there);
	(void)is_there;
}

static void begin_column(struct coded *coded, size_t index, struct coding *coding)
{
	*coding = (struct coding){ .arena = coded->view->arena, .column = coded->columns[index],
				   .made = &coded->made[index], .null = UNSEEN };
	memset(coding->small, 0xff, sizeof coding->small);
	coding->made->codes = ARENA_ARRAY(coded->view->arena, uint32_t, (size_t)coded->row_count + 1);
}

static void end_column(struct coding *coding)
{
	coding->made->count = (uint32_t)coding->values.count;
	coding->made->values = LIST_SETTLE(coding->arena, &coding->values);
	LIST_FREE(&coding->values);
	map_clear(&coding->texts);
	map_clear(&coding->numbers);
}

static void pass_rows(struct coded *coded, struct coding *codings, size_t count)
{
	struct row row;
	for (int32_t i = 0; i < coded->row_count; i++) {
		load_row(coded, i, &row);
		for (size_t j = 0; j < count; j++) {
			struct cell cell;
			cell.kind = VALUE_NULL;
			cell.is_small = false;
			codings[j].column->get(&row, codings[j].column, &cell);
			codings[j].made->codes[i] = code_of(&codings[j], &cell);
		}
	}
}

static bool is_same(const struct column *a, const struct column *b)
{
	return a->get == b->get && a->has_field == b->has_field && a->entity == b->entity && a->field == b->field &&
	       a->a == b->a && a->b == b->b;
}

/* Takes the column from a table that has the same rows and was asked for it already. */
static bool borrow(struct coded *coded, size_t index)
{
	for (const struct coded *kin = coded->view->coded; kin; kin = kin->next)
		for (size_t i = 0; kin->table->load == coded->table->load && i < kin->column_count; i++)
			if (kin->made[i].codes && is_same(kin->columns[i], coded->columns[index])) {
				coded->made[index] = kin->made[i];
				return true;
			}
	return false;
}

/* Makes those that are not there: each row is loaded once for all. */
static void make_columns(struct coded *coded, const size_t *wanted, size_t count)
{
	struct coding *codings = memory_resize(NULL, (count + 1) * sizeof *codings);
	size_t left = 0;
	coded->row_count = coded_rows(coded);
	for (size_t i = 0; i < count; i++)
		if (!coded->made[wanted[i]].codes && !borrow(coded, wanted[i]))
			begin_column(coded, wanted[i], &codings[left++]);
	if (left)
		pass_rows(coded, codings, left);
	for (size_t i = 0; i < left; i++)
		end_column(&codings[i]);
	free(codings);
}

static const struct coded_column *column_of(struct coded *coded, size_t index)
{
	if (!coded->made[index].codes)
		make_columns(coded, &index, 1);
	return &coded->made[index];
}

static bool is_used(uint64_t used, size_t column)
{
	return used >> (column < LAST_BIT ? column : LAST_BIT) & 1;
}

/* Of those that share the last bit none is known to be looked at. */
void coded_make(struct coded *coded, uint64_t used)
{
	size_t wanted[LAST_BIT], count = 0;
	for (size_t i = 0; i < coded->column_count && i < LAST_BIT; i++)
		if (is_used(used, i) && coded->columns[i]->get != cell_alike)
			wanted[count++] = i;
	make_columns(coded, wanted, count);
}

const struct coded_value *coded_value(struct coded *coded, size_t column, int32_t row)
{
	const struct coded_column *made = column_of(coded, column);
	return &made->values[made->codes[row]];
}

/* ---- rows that look alike ----------------------------------------------------------- */

/* The groups so far, each told apart by one more column. */
static uint32_t tell_apart(uint32_t *group_of, uint32_t groups, const struct coded_column *by, int32_t rows)
{
	uint64_t pairs = (uint64_t)groups * by->count;
	bool is_direct = pairs <= DIRECT_MOST;
	uint32_t *direct = is_direct ? memory_resize(NULL, (size_t)(pairs + 1) * sizeof *direct) : NULL;
	uint64_t *keys = is_direct ? NULL : memory_resize(NULL, (size_t)rows * sizeof *keys);
	struct map map = { 0 };
	uint32_t count = 0;
	if (is_direct)
		memset(direct, 0xff, (size_t)(pairs + 1) * sizeof *direct);
	for (int32_t i = 0; i < rows; i++) {
		uint64_t pair = (uint64_t)group_of[i] * by->count + by->codes[i];
		if (is_direct) {
			if (direct[pair] == UNSEEN)
				direct[pair] = count++;
			group_of[i] = direct[pair];
			continue;
		}
		keys[count] = pair;
		group_of[i] = map_add(&map, (struct text){ (const char *)&keys[count], sizeof *keys }, count);
		count += group_of[i] == count;
	}
	map_clear(&map);
	free(keys);
	free(direct);
	return count;
}

/* All columns at the first question: others will ask for the rest, and each row is loaded once for all of them. */
static void make_group(struct coded *coded, struct group *group)
{
	coded_make(coded, group->next ? group->used : UINT64_MAX);
	const int32_t rows = coded->row_count;
	uint32_t *group_of = memory_resize(NULL, ((size_t)rows + 1) * sizeof *group_of), count = rows > 0;
	memset(group_of, 0, ((size_t)rows + 1) * sizeof *group_of);
	for (size_t i = 0; coded->columns[i]; i++)
		if (is_used(group->used, i) && coded->columns[i]->get != cell_alike)
			count = tell_apart(group_of, count, column_of(coded, i), rows);
	int32_t *first = ARENA_ARRAY(coded->view->arena, int32_t, count + 1);
	int32_t *many = ARENA_ARRAY(coded->view->arena, int32_t, count + 1);
	for (int32_t i = 0; i < rows; i++)
		if (many[group_of[i]]++ == 0)
			first[group_of[i]] = i;
	free(group_of);
	group->alike = (struct alike){ (int32_t)count, first, many };
}

const struct alike *coded_alike(struct coded *coded, uint64_t used)
{
	struct group *group = coded->groups;
	while (group && group->used != used)
		group = group->next;
	if (group)
		return &group->alike;
	group = ARENA_NEW(coded->view->arena, struct group);
	*group = (struct group){ .used = used, .next = coded->groups };
	coded->groups = group;
	make_group(coded, group);
	return &group->alike;
}

/* ---- their digest ---------------------------------------------------------------------- */

static void digest_value(const struct coded_value *value, struct hash *hash)
{
	const bool is_text = value->kind == VALUE_TEXT;
	const struct { int64_t kind, integer; double real; uint64_t size; } fixed = {
		(int64_t)value->kind, value->kind == VALUE_INTEGER ? value->integer : 0,
		value->kind == VALUE_REAL ? value->real : 0, is_text ? value->text.size : 0,
	};
	hash_add(hash, (struct text){ (const char *)&fixed, sizeof fixed });
	if (is_text)
		hash_add(hash, value->text);
}

/* Values are numbered in the order in which rows have them, so that equal columns have equal codes. */
static void digest_column(const struct coded *coded, const struct coded_column *column, struct hash *hash)
{
	const uint64_t count = column->count;
	hash_add(hash, (struct text){ (const char *)&count, sizeof count });
	for (uint32_t i = 0; i < column->count; i++)
		digest_value(&column->values[i], hash);
	hash_add(hash, (struct text){ (const char *)column->codes, (size_t)coded->row_count * sizeof *column->codes });
}

void coded_digest(struct coded *coded, const size_t *columns, size_t count, struct hash *hash)
{
	make_columns(coded, columns, count);
	const uint64_t rows = (uint64_t)coded->row_count;
	hash_add(hash, (struct text){ (const char *)&rows, sizeof rows });
	for (size_t i = 0; i < count; i++)
		if (coded->columns[columns[i]]->get != cell_alike)
			digest_column(coded, &coded->made[columns[i]], hash);
}
