/* SPDX-License-Identifier: MIT
 *
 * The life of the list: its versions, what each showed, what changed between them, and
 * the ledger behind the changes.  In scope public only of entries that the list has
 * shown, and only rows that count (assess/chronicle.h); in no scope anything later than
 * the day D.  An enterprise, an agency and a city see their own entries.
 */
#include <assert.h>
#include "assess/chronicle.h"
#include "assess/movement.h"
#include "base/arena.h"
#include "facts/listing.h"
#include "facts/standing.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

static const struct chronicle *chronicle_of(const struct row *row)
{
	return row->view->list->chronicle;
}

static int32_t count_shown(struct view *view)
{
	const struct listing *listing = listing_of(view);
	return listing->count + listing->withdrawn_count;
}

static struct standing standing_at(const struct row *row, size_t version, int32_t participation)
{
	return chronicle_standing(row->view->list, chronicle_of(row), version, participation);
}

static struct text platform_at(const struct row *row, size_t version, int32_t participation)
{
	return chronicle_platform(row->view->list, chronicle_of(row), version, participation);
}

/* ---- versions ------------------------------------------------------------------- */

static int32_t count_versions(struct view *view, int32_t outer)
{
	(void)outer;
	return view->list->chronicle && !view->options->is_list_only
		       ? (int32_t)view->list->chronicle->version_count
		       : 0;
}

static bool load_version(struct row *row)
{
	row->ordinal = row->inner + 1;
	row->extra = &chronicle_of(row)->versions[row->inner];
	return true;
}

static const struct version *version_of(const struct row *row)
{
	return row->extra;
}

static bool is_last(const struct row *row, size_t version)
{
	return version + 1 == chronicle_of(row)->version_count;
}

GETTER(version_date) { (void)column; cell_date(cell, version_of(row)->date); }
GETTER(version_state) { (void)column; cell_word(cell, row->view, SET_STATE, version_of(row)->state); }
GETTER(version_state_note) { (void)column; cell_state_note(cell, row->view, version_of(row)->state); }
GETTER(version_rows) { (void)column; cell_integer(cell, version_of(row)->rows); }
GETTER(version_is_current) { (void)column; cell_integer(cell, is_last(row, (size_t)row->inner)); }

/* When it was and what: how many entries it had is not about those whom the scope sees. */
static const struct column own_version_columns[] = {
	PUBLIC_INTEGER("ordinal", cell_ordinal, 0), PUBLIC_TEXT("date", version_date, 0),
	PUBLIC_TEXT("state", version_state, 0),
	PUBLIC_INTEGER("is_current", version_is_current, 0),
};

/* The list of a version in its own order; made for one version after the other. */
static const int32_t *order_of(struct view *view, int32_t version)
{
	size_t count = view->list->chronicle->version_count;
	if (!view->version_lists) {
		view->version_lists = ARENA_ARRAY(view->arena, int32_t *, count);
		view->version_counts = ARENA_ARRAY(view->arena, int32_t, count);
	}
	if (!view->version_lists[version])
		view->version_lists[version] =
			listing_of_version(view, (size_t)version, &view->version_counts[version]);
	return view->version_lists[version];
}

static int32_t version_count_of(struct view *view, int32_t version)
{
	order_of(view, version);
	return view->version_counts[version];
}

/* Entries of one kind of standing; the rest of the list is valid. */
static int64_t count_kind(const struct row *row, int kind)
{
	const struct chronicle *chronicle = chronicle_of(row);
	int64_t count = 0;
	for (size_t i = 0; i < chronicle->touched_count; i++)
		count += standing_at(row, (size_t)row->inner, chronicle->touched[i]).kind == kind;
	return count;
}

GETTER(version_count) { cell_integer(cell, count_kind(row, column->a)); }
/* Those not yet shown at the last version are no entries at all. */
GETTER(version_listed)
{
	(void)column;
	cell_integer(cell, version_count_of(row->view, row->inner) - count_kind(row, STANDING_WITHDRAWN));
}

static const struct column version_columns[] = {
	PUBLIC_INTEGER("ordinal", cell_ordinal, 0), PUBLIC_TEXT("date", version_date, 0), PUBLIC_TEXT("state", version_state, 0),
	PUBLIC_INTEGER("is_current", version_is_current, 0), PUBLIC_INTEGER("listed", version_listed, 0),
	PUBLIC_INTEGER("corrected", version_count, STANDING_CORRECTED), PUBLIC_INTEGER("withdrawn", version_count, STANDING_WITHDRAWN),
	PUBLIC_INTEGER("entries", version_rows, 0), PUBLIC_TEXT("state_note", version_state_note, 0),
};

/* ---- what a version showed ---------------------------------------------------------- */

static int32_t count_version_listed(struct view *view, int32_t outer)
{
	return count_versions(view, outer) * count_shown(view);
}

/* The row's enterprise under the name that it had then. */
static const struct enterprise *firm_at(const struct row *row, int32_t version, struct standing standing)
{
	struct view *view = row->view;
	const struct chronicle *chronicle = chronicle_of(row);
	const struct enterprise *now =
		&view->model->enterprises[view->model->participations[row->participation].enterprise];
	struct text name = chronicle_name(view->model, standing, row->participation);
	if (text_equal(name, now->name))
		return now;
	if (!view->version_firms)
		view->version_firms =
			ARENA_ARRAY(view->arena, struct enterprise *,
				    chronicle->version_count * chronicle->touched_count);
	size_t place = (size_t)version * chronicle->touched_count + (size_t)chronicle->touched_of[row->participation];
	struct enterprise **then = &view->version_firms[place];
	if (!*then) {
		*then = ARENA_NEW(view->arena, struct enterprise);
		**then = *now;
		(*then)->name = name;
	}
	return *then;
}

static bool load_version_listed(struct row *row)
{
	int32_t count = count_shown(row->view), version = row->inner / count;
	if (row->inner % count >= version_count_of(row->view, version))
		return false;
	int32_t participation = order_of(row->view, version)[row->inner % count];
	struct standing standing = standing_at(row, (size_t)version, participation);
	row_set_participation(row, participation);
	row->platform = platform_at(row, (size_t)version, participation);
	row->records[ENTITY_ENTERPRISE] = firm_at(row, version, standing);
	row->ordinal = row->inner % count + 1;
	row->level = standing.level;
	row->movement = (int8_t)movement_of(standing.level, row->decision->earlier_level);
	return true;
}

static struct standing standing_of(const struct row *row)
{
	return standing_at(row, (size_t)(row->inner / count_shown(row->view)), row->participation);
}

GETTER(shown_version)
{
	(void)column;
	cell_date(cell, chronicle_of(row)->versions[row->inner / count_shown(row->view)].date);
}

GETTER(shown_is_current) { (void)column; cell_integer(cell, is_last(row, (size_t)(row->inner / count_shown(row->view)))); }
GETTER(shown_status) { (void)column; cell_word(cell, row->view, SET_STANDING, standing_of(row).kind); }
GETTER(shown_status_code) { (void)column; cell_text(cell, row->view->codes[SET_STANDING][standing_of(row).kind]); }

/* The level that the list showed at first, where it shows another now. */
GETTER(shown_first_label)
{
	(void)column;
	struct standing standing = standing_of(row);
	if (standing.level != standing.decided)
		cell_text(cell, level_label(row->catalogue, standing.decided));
}

/* The row of the ledger that made it what it is; NULL for an entry that is as it was first. */
static const struct ledger *turn_of(const struct row *row)
{
	struct standing standing = standing_of(row);
	return standing.row >= 0 ? &row->view->model->ledger[standing.row] : NULL;
}

GETTER(shown_since)
{
	(void)column;
	const struct ledger *turn = turn_of(row);
	if (turn)
		cell_date(cell, turn->date);
}

GETTER(shown_reason)
{
	(void)column;
	const struct ledger *turn = turn_of(row);
	if (turn)
		cell_text(cell, turn->reason);
}

static const struct column version_listed_columns[] = {
	PUBLIC_TEXT("version", shown_version, 0), PUBLIC_INTEGER("is_current", shown_is_current, 0),
	PUBLIC_INTEGER("ordinal", cell_ordinal, 0), LISTED_ENTRY_COLUMNS, PUBLIC_TEXT("code", cell_shown_code, 0),
	PUBLIC_TEXT("status_code", shown_status_code, 0), PUBLIC_TEXT("status", shown_status, 0),
	PUBLIC_TEXT("first_label", shown_first_label, 0), PUBLIC_TEXT("since", shown_since, 0), PUBLIC_TEXT("reason", shown_reason, 0),
};

/* ---- what the ledger made of the list that is shown now --------------------------------- */

static int32_t count_touched(struct view *view, int32_t outer)
{
	(void)outer;
	return view->list->chronicle ? (int32_t)view->list->chronicle->touched_count : 0;
}

/* In the order of the list: the touched entries are few, the list may be long. */
static const int32_t *altered_of(struct view *view)
{
	if (!view->altered)
		view->altered = listing_of_touched(view);
	return view->altered;
}

static bool load_altered(struct row *row)
{
	struct standing standing = row_set_entry(row, altered_of(row->view)[row->inner]);
	row->ordinal = row->inner + 1;
	return standing.kind != STANDING_VALID && standing.kind != STANDING_ABSENT;
}

/* Of the scope's own participations, which are few: the outer loop runs over them. */
static bool load_own_altered(struct row *row)
{
	const struct chronicle *chronicle = chronicle_of(row);
	if (!chronicle || chronicle->touched_of[row->outer] < 0)
		return false;
	struct standing standing = row_set_entry(row, row->outer);
	return standing.kind != STANDING_VALID && standing.kind != STANDING_ABSENT;
}

static bool load_own_listed(struct row *row)
{
	if (!assessment_lists(row->view->list, row->outer))
		return false;
	row_set_entry(row, row->outer);
	return true;
}

GETTER(altered_is_withdrawn)
{
	(void)column;
	cell_integer(cell, standing_of_entry(row->view, row->participation).kind == STANDING_WITHDRAWN);
}

GETTER(altered_is_added)
{
	(void)column;
	cell_integer(cell, standing_of_entry(row->view, row->participation).is_added);
}

GETTER(altered_is_corrected)
{
	(void)column;
	struct standing standing = standing_of_entry(row->view, row->participation);
	cell_integer(cell, standing.level != standing.decided);
}

#define ALTERED_FLAGS \
	PUBLIC_INTEGER("is_withdrawn", altered_is_withdrawn, 0), PUBLIC_INTEGER("is_corrected", altered_is_corrected, 0), \
	PUBLIC_INTEGER("is_added", altered_is_added, 0)
#define KEYS FIELD("code", ENTERPRISE, enterprise, code), INTEGER_COLUMN("participation_id", cell_participation_id, 0)

static const struct column altered_columns[] = {
	PUBLIC_INTEGER("ordinal", cell_ordinal, 0), LISTED_ENTRY_COLUMNS, ALTERED_FLAGS, STANDING_COLUMNS,
};
static const struct column full_altered_columns[] = {
	PUBLIC_INTEGER("ordinal", cell_ordinal, 0), LISTED_ENTRY_COLUMNS, ALTERED_FLAGS, STANDING_COLUMNS, KEYS,
};
static const struct column own_altered_columns[] = { LISTED_ENTRY_COLUMNS, ALTERED_FLAGS, STANDING_COLUMNS, KEYS };
static const struct column own_listed_columns[] = { LISTED_ENTRY_COLUMNS, STANDING_COLUMNS, KEYS };

/* ---- what changed between two versions -------------------------------------------------- */

/*
 * From each version to each later one.  Rows run over (from, to, touched entry); of a ledger
 * so long that they could not be numbered only the latest versions are compared.
 */
static int32_t count_compared(struct view *view)
{
	const struct chronicle *chronicle = view->list->chronicle;
	int64_t most = chronicle && chronicle->touched_count ? INT32_MAX / (int64_t)chronicle->touched_count : 0;
	int64_t compared = most ? (int64_t)chronicle->version_count : 0;
	while (compared * compared > most)
		compared--;
	return (int32_t)compared;
}

static int32_t count_changes(struct view *view, int32_t outer)
{
	(void)outer;
	int32_t compared = count_compared(view);
	return compared ? compared * compared * (int32_t)view->list->chronicle->touched_count : 0;
}

static size_t version_at(const struct row *row, bool is_to)
{
	const struct chronicle *chronicle = chronicle_of(row);
	int32_t compared = count_compared(row->view), pair = row->inner / (int32_t)chronicle->touched_count;
	assert(compared > 0); /* else there are no rows */
	return chronicle->version_count - (size_t)compared + (size_t)(is_to ? pair % compared : pair / compared);
}

static bool load_change(struct row *row)
{
	const struct chronicle *chronicle = chronicle_of(row);
	int32_t participation = chronicle->touched[row->inner % (int32_t)chronicle->touched_count];
	size_t from = version_at(row, false), to = version_at(row, true);
	if (from >= to)
		return false;
	struct standing before = standing_at(row, from, participation), after = standing_at(row, to, participation);
	bool is_other = before.kind != after.kind || before.level != after.level || before.renamed != after.renamed;
	if (!is_other || after.kind == STANDING_ABSENT)
		return false;
	row_set_participation(row, participation);
	row->platform = platform_at(row, to, participation);
	return true;
}

GETTER(change_date) { cell_date(cell, chronicle_of(row)->versions[version_at(row, column->a)].date); }
GETTER(change_is_step) { (void)column; cell_integer(cell, version_at(row, true) == version_at(row, false) + 1); }
GETTER(change_status) { cell_word(cell, row->view, SET_STANDING, standing_at(row, version_at(row, column->a), row->participation).kind); }
GETTER(change_label)
{
	struct standing standing = standing_at(row, version_at(row, column->a), row->participation);
	if (standing.kind != STANDING_ABSENT)
		cell_text(cell, level_label(row->catalogue, standing.level));
}

static const struct column change_columns[] = {
	PUBLIC_TEXT("version_from", change_date, false), PUBLIC_TEXT("version_to", change_date, true), PUBLIC_INTEGER("is_step", change_is_step, 0),
	PUBLIC_TEXT("slug", cell_slug, 0), PUBLIC_TEXT("link", cell_link, 0), FIELD("name", ENTERPRISE, enterprise, name),
	FIELD("city", ENTERPRISE, enterprise, city), TRACK_COLUMNS, PUBLIC_TEXT("status_before", change_status, false),
	PUBLIC_TEXT("label_before", change_label, false), PUBLIC_TEXT("status_after", change_status, true),
	PUBLIC_TEXT("label_after", change_label, true),
};

/* ---- the ledger ------------------------------------------------------------------------------ */

static int32_t count_rows(struct view *view, int32_t outer)
{
	(void)outer;
	return view->list->chronicle ? (int32_t)view->list->chronicle->row_count : 0;
}

static void set_ledger(struct row *row, int32_t index)
{
	const struct ledger *ledger = &row->view->model->ledger[index];
	row->ordinal = index + 1;
	row->records[ENTITY_LEDGER] = ledger;
	row_set_participation(row, ledger->participation);
}

static bool load_row(struct row *row)
{
	set_ledger(row, chronicle_of(row)->rows[row->inner]);
	return listing_of(row->view)->slugs[row->view->model->participations[row->participation].enterprise].at[0] != '\0';
}

/* Does the row change what the list shows? */
GETTER(row_changes)
{
	(void)column;
	int8_t kind = ((const struct ledger *)row->records[ENTITY_LEDGER])->kind;
	cell_integer(cell, kind != LEDGER_OBJECTION && kind != LEDGER_UPHELD);
}

GETTER(row_new_name)
{
	(void)column;
	const struct ledger *ledger = row->records[ENTITY_LEDGER];
	if (ledger->kind == LEDGER_RENAMED)
		cell_text(cell, ledger->name);
}

#define LEDGER_COLUMNS \
	PUBLIC_INTEGER("ordinal", cell_ordinal, 0), FIELD("date", LEDGER, ledger, date), FIELD("name", ENTERPRISE, enterprise, name), \
	FIELD("city", ENTERPRISE, enterprise, city), TRACK_COLUMNS, CODE("kind_code", LEDGER, ledger, kind), FIELD("kind", LEDGER, ledger, kind), \
	PUBLIC_INTEGER("changes", row_changes, 0), FIELD("level", LEDGER, ledger, level), FIELD_AS("level_label", cell_label, LEDGER, ledger, level), \
	FIELD_AS("new_name", row_new_name, LEDGER, ledger, name), FIELD("reason", LEDGER, ledger, reason)

static const struct column ledger_columns[] = { LEDGER_COLUMNS, PUBLIC_TEXT("slug", cell_slug, 0), PUBLIC_TEXT("link", cell_link, 0) };

static int32_t count_all_rows(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->ledger_count;
}

/* Also about who is not on the list; what is later than the day D does not exist. */
static bool load_any_row(struct row *row)
{
	struct date today = row->view->options->today;
	set_ledger(row, row->inner);
	return date_is_missing(today) || date_compare(row->view->model->ledger[row->inner].date, today) <= 0;
}

static const struct column full_columns[] = {
	LEDGER_COLUMNS, FIELD("code", ENTERPRISE, enterprise, code), FIELD("note", LEDGER, ledger, note),
	INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

#define PUBLIC(name, columns) name, IN_PUBLIC, COLUMNS_OF(columns)
#define OWN(name, columns) name, IN_OWN, COLUMNS_OF(columns), OUTER_PARTICIPATION, .about = ABOUT_ENTERPRISE

const struct table tables_ledger[] = {
	{ "versions", IN_PUBLIC | IN_PROVINCE, COLUMNS_OF(version_columns), .count = count_versions,
	  .load = load_version, .guess = 5 },
	{ "versions", IN_OWN, COLUMNS_OF(own_version_columns), .count = count_versions, .load = load_version,
	  .guess = 5, .about = ABOUT_NOBODY },
	{ PUBLIC("version_listed", version_listed_columns), .count = count_version_listed,
	  .load = load_version_listed, .guess = 2000, .whole = WHOLE(ENTERPRISE) | WHOLE(PARTICIPATION) },
	{ PUBLIC("altered", altered_columns), .count = count_touched, .load = load_altered, .guess = 20 },
	{ "altered", IN_PROVINCE, COLUMNS_OF(full_altered_columns), .count = count_touched,
	  .load = load_altered, .guess = 20 },
	{ OWN("altered", own_altered_columns), .load = load_own_altered },
	{ OWN("listed", own_listed_columns), .load = load_own_listed },
	{ PUBLIC("version_changes", change_columns), .count = count_changes, .load = load_change, .guess = 20 },
	{ PUBLIC("ledger", ledger_columns), .count = count_rows, .load = load_row, .guess = 20,
	  .whole = WHOLE(LEDGER) },
	{ "ledger", IN_OWN | IN_PROVINCE, COLUMNS_OF(full_columns), .count = count_all_rows,
	  .load = load_any_row, .guess = 20, .about = ABOUT_ENTERPRISE, .whole = WHOLE(LEDGER), FOLLOWED },
	{ 0 },
};
