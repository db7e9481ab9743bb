/* SPDX-License-Identifier: MIT */
#include "facts/lock.h"

#include "base/interrupt.h"
#include "facts/function.h"

enum { STEPS_PER_WORK = 1000, BYTES_PER_WORK = 64 << 10 /* as long as a thousand steps take */ };
#define TEXT_MOST (4 << 20)                /* the index of the search, for 20,000 enterprises, has 0.3 MB */
#define TEXT_PER_WORK 1024                 /* of a thousand steps, some dozens move the largest text */
#define HEAP_MOST ((sqlite3_int64)1 << 30) /* all connections of the process: sorting 100,000 enterprises fits */
#define WORK_LEAST INT64_C(50000)          /* 50 million steps: seconds, whatever the data */
#define STEPS_PER_RECORD 200               /* an honest query over every observation, several times */

/* Pure functions of SQLite's own.  Left out: the clock, randomness, files, the machine, and what makes long texts from short ones. */
static const char *const functions[] = {
	"abs", "avg", "coalesce", "count", "cume_dist", "dense_rank", "first_value", "glob", "group_concat", "ifnull", "iif",
	"instr", "lag", "last_value", "lead", "length", "like", "lower", "ltrim", "max", "min", "nth_value", "ntile", "nullif",
	"percent_rank", "rank", "replace", "round", "row_number", "rtrim", "sign", "substr", "substring", "sum", "total", "trim",
	"typeof", "unicode", "upper",
};

static bool is_allowed_function(const char *name)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (sqlite3_stricmp(functions[i], name) == 0)
			return true;
	return function_is_ours(name);
}

static void note(char room[64], const char *name)
{
	sqlite3_snprintf(64, room, "%s", name);
}

/*
 * Reading a column names the table as SQLite knows it, whatever alias or WITH stands
 * around it.  A reference without columns (count(*)) names what was written, which
 * may be a WITH of the statement; it is refused only where it could be a table that
 * SQLite adds by itself, all others having been dropped.
 */
static bool may_read(struct lock *lock, const char *table, const char *column)
{
	const bool is_known = asked_add(&lock->tables, text_from(table), text_from(column), &lock->asked);
	if (!column[0])
		return sqlite3_strnicmp(table, "sqlite_", 7) != 0 && sqlite3_strnicmp(table, "pragma_", 7) != 0;
	return is_known;
}

static int authorize(void *aux, int action, const char *first, const char *second, const char *database, const char *trigger)
{
	struct lock *lock = aux;
	(void)database, (void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE: return SQLITE_OK;
	case SQLITE_READ:
		if (first && may_read(lock, first, second ? second : ""))
			return SQLITE_OK;
		note(lock->table, first ? first : "");
		return SQLITE_DENY;
	case SQLITE_FUNCTION:
		if (second && is_allowed_function(second))
			return SQLITE_OK;
		note(lock->function, second ? second : "");
		return SQLITE_DENY;
	default: return SQLITE_DENY;
	}
}

/* The largest piece of memory that SQLite asked for since this was asked last. */
static int largest_piece(void)
{
	int now = 0, largest = 0;
	return sqlite3_status(SQLITE_STATUS_MALLOC_SIZE, &now, &largest, 1) == SQLITE_OK ? largest : 0;
}

static bool is_used_up(struct lock *lock)
{
	lock->is_worn_out |= lock->work > lock->work_most;
	return lock->is_worn_out;
}

static int watch(void *aux)
{
	struct lock *lock = aux;
	int piece = largest_piece();
	if (piece > lock->largest)
		lock->largest = piece;
	lock->work += 1 + lock->largest / TEXT_PER_WORK;
	return is_used_up(lock) || interrupt_requested();
}

bool lock_spend(struct lock *lock, uint64_t bytes)
{
	lock->bytes += bytes;
	lock->work += (int64_t)(lock->bytes / BYTES_PER_WORK);
	lock->bytes %= BYTES_PER_WORK;
	return !is_used_up(lock);
}

static void set_limits(sqlite3 *db)
{
	static const struct {
		int limit, value;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, TEXT_MOST }, { SQLITE_LIMIT_SQL_LENGTH, LOCK_SQL_MOST }, { SQLITE_LIMIT_COLUMN, 500 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 200 }, { SQLITE_LIMIT_COMPOUND_SELECT, 50 }, { SQLITE_LIMIT_VDBE_OP, 100 * 1000 },
		{ SQLITE_LIMIT_FUNCTION_ARG, 50 }, { SQLITE_LIMIT_ATTACHED, 0 }, { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 300 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, 0 }, { SQLITE_LIMIT_TRIGGER_DEPTH, 0 }, { SQLITE_LIMIT_WORKER_THREADS, 0 },
	};
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		sqlite3_limit(db, limits[i].limit, limits[i].value);
}

/* Double-quoted words are names, never silently texts; nothing is loaded or written. */
static bool set_switches(sqlite3 *db)
{
	static const struct {
		int option, value;
	} switches[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 }, { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 }, { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 }, { SQLITE_DBCONFIG_DQS_DDL, 0 }, { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 }, { SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
	};
	for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
		if (sqlite3_db_config(db, switches[i].option, switches[i].value, NULL) != SQLITE_OK)
			return false;
	return true;
}

bool lock_close(struct lock *lock, sqlite3 *db, const struct view *view, struct arena *arena)
{
	const struct model *model = view->model;
	int64_t records = (int64_t)(model->observation_count + model->enterprise_count + model->participation_count);
	*lock = (struct lock){ .work_most = WORK_LEAST + records * STEPS_PER_RECORD / STEPS_PER_WORK };
	asked_open(&lock->tables, arena, view->options->scope);
	/* Sorting stays in memory: only read/ and publish/ touch the disk. */
	if (sqlite3_exec(db, "pragma temp_store = memory", NULL, NULL, NULL) != SQLITE_OK || !set_switches(db))
		return false;
	set_limits(db);
	sqlite3_hard_heap_limit64(HEAP_MOST);
	sqlite3_progress_handler(db, STEPS_PER_WORK, watch, lock);
	return sqlite3_set_authorizer(db, authorize, lock) == SQLITE_OK;
}

void lock_begin(struct lock *lock)
{
	lock->work = 0;
	lock->bytes = 0;
	lock->largest = 0;
	(void)largest_piece();
	lock->is_worn_out = false;
	lock->asked = (struct facts_asked){ { 0 } };
	lock->table[0] = lock->function[0] = '\0';
}
