/* SPDX-License-Identifier: MIT
 *
 * What was sent, as it stands on the day D: every copy, and by city how many enterprises are due, were
 * reached, were not.
 * For the province alone.
 */
#include "base/arena.h"
#include "facts/columns.h"
#include "facts/view.h"
#include "model/copies.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

struct outcome_counts {
	int64_t due, received, missing, overdue;
};

struct dispatched {
	const struct copy *copies;
	size_t count;
	struct outcome_counts cities[CITIES_MOST + 1]; /* the last: of no known city */
};

/* ---- counting ------------------------------------------------------------------------------- */

static void count_outcomes(const struct view *view, const struct copies *copies, struct dispatched *dispatched)
{
	const struct model *model = view->model;
	for (size_t i = 0; i < model->enterprise_count; i++) {
		const struct enterprise *enterprise = &model->enterprises[i];
		struct outcome_counts *counts = &dispatched->cities[enterprise->city >= 0 ? enterprise->city
			: CITIES_MOST];
		const struct copies_outcome outcome = copies_outcome(copies, enterprise->code, view->options->today,
								     model->campaign.sending.reply_days);
		counts->due += outcome.is_due;
		counts->received += outcome.is_received;
		counts->missing += outcome.is_due && !outcome.is_received;
		counts->overdue += outcome.is_overdue;
	}
}

static const struct dispatched *dispatched_of(struct view *view)
{
	if (view->dispatched)
		return view->dispatched;
	struct dispatched *dispatched = ARENA_NEW(view->arena, struct dispatched);
	*dispatched = (struct dispatched){ 0 };
	struct copies copies = copies_standing(view->model->recorded, view->model->recorded_count,
		view->options->today);
	count_outcomes(view, &copies, dispatched);
	dispatched->copies = LIST_SETTLE(view->arena, &copies.list);
	dispatched->count = copies.list.count;
	copies_clear(&copies);
	return view->dispatched = dispatched;
}

/* ---- copies ------------------------------------------------------------------------------------ */

static int32_t count_copies(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)dispatched_of(view)->count;
}

static const struct copy *copy_of(const struct row *row)
{
	return row->extra;
}

static bool load_copy(struct row *row)
{
	row->extra = &dispatched_of(row->view)->copies[row->inner];
	const uint32_t *found = map_find(&row->view->model->enterprise_by_code, copy_of(row)->copy->code);
	if (found)
		row_set_enterprise(row, (int32_t)*found);
	return true;
}

/* a: offset in struct recorded_copy. */
GETTER(copy_text)
{
	struct text text;
	memcpy(&text, (const char *)copy_of(row)->copy + column->a, sizeof text);
	cell_text(cell, text);
}

GETTER(copy_batch) { (void)column; cell_text(cell, copy_of(row)->batch); }
GETTER(copy_channel) { (void)column; cell_word(cell, row->view, SET_CHANNEL, copy_of(row)->channel); }
GETTER(copy_prepared) { (void)column; cell_date(cell, copy_of(row)->day); }
GETTER(copy_state) { (void)column; cell_text(cell, send_state_chinese(copy_of(row)->state)); }
GETTER(copy_state_code) { (void)column; cell_text(cell, send_state_word(copy_of(row)->state)); }
GETTER(copy_since) { (void)column; cell_date(cell, copy_of(row)->since); }
GETTER(copy_received) { (void)column; cell_date(cell, copy_of(row)->received); }
GETTER(copy_detail) { (void)column; cell_text(cell, copy_of(row)->detail); }

GETTER(copy_is_overdue)
{
	(void)column;
	int64_t days = row->view->model->campaign.sending.reply_days;
	cell_integer(cell, copies_is_overdue(copy_of(row), row->view->options->today, days));
}

#define COPY_TEXT(name, member) TEXT_COLUMN(name, copy_text, (int)offsetof(struct recorded_copy, member))

static const struct column copy_columns[] = {
	COPY_TEXT("copy", copy), TEXT_COLUMN("batch", copy_batch, 0), COPY_TEXT("code", code),
	FIELD("name", ENTERPRISE, enterprise, name), CODE("city_code", ENTERPRISE, enterprise, city),
	FIELD("city", ENTERPRISE, enterprise, city), TEXT_COLUMN("channel", copy_channel, 0),
		COPY_TEXT("address", address),
	COPY_TEXT("document", number), COPY_TEXT("sha256", sha256), COPY_TEXT("was", was),
	TEXT_COLUMN("prepared", copy_prepared, 0), TEXT_COLUMN("state_code", copy_state_code, 0),
	TEXT_COLUMN("state", copy_state, 0), TEXT_COLUMN("since", copy_since, 0),
	TEXT_COLUMN("received", copy_received, 0), TEXT_COLUMN("detail", copy_detail, 0),
	INTEGER_COLUMN("is_overdue", copy_is_overdue, 0),
};

/* ---- cities --------------------------------------------------------------------------------------- */

static bool load_city(struct row *row)
{
	row->city = (int8_t)row->inner;
	row->extra = &dispatched_of(row->view)->cities[row->inner];
	return true;
}

/* a: offset in struct outcome_counts. */
GETTER(outcome_number)
{
	int64_t number;
	memcpy(&number, (const char *)row->extra + column->a, sizeof number);
	cell_integer(cell, number);
}

#define OUTCOME(name, member) INTEGER_COLUMN(name, outcome_number, (int)offsetof(struct outcome_counts, member))

static const struct column city_columns[] = {
	CITY_COLUMNS, OUTCOME("due", due), OUTCOME("received", received), OUTCOME("missing", missing),
	OUTCOME("overdue", overdue),
};

/* ---- how each is reached ---------------------------------------------------------------------------- */

static bool load_sending(struct row *row)
{
	row->records[ENTITY_SENDING] = &row->view->model->campaign.sending;
	return true;
}

static const struct column sending_columns[] = {
	FIELD("default_channel", SENDING, sending, default_), FIELD("mail_attachment", SENDING, sending,
		mail_attachment),
	FIELD("reply_days", SENDING, sending, reply_days), FIELD("sender", SENDING, sending, sender),
};

static int32_t count_deliveries(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->delivery_count;
}

static bool load_delivery(struct row *row)
{
	const struct delivery *delivery = &row->view->model->deliveries[row->inner];
	row->records[ENTITY_DELIVERY] = delivery;
	row_set_enterprise(row, delivery->enterprise);
	return true;
}

static const struct column delivery_columns[] = {
	FIELD("code", ENTERPRISE, enterprise, code), FIELD("name", ENTERPRISE, enterprise, name),
	FIELD("channel", DELIVERY, delivery, channel), FIELD("unit", DELIVERY, delivery, unit),
	FIELD("department", DELIVERY, delivery, department), FIELD("recipient", DELIVERY, delivery, recipient),
	FIELD("address", DELIVERY, delivery, address), FIELD("postcode", DELIVERY, delivery, postcode),
	FIELD("mail", DELIVERY, delivery, mail), FIELD("note", DELIVERY, delivery, note),
};

#define PROVINCE(name, columns) name, IN_PROVINCE, COLUMNS_OF(columns)

const struct table tables_dispatch[] = {
	{ PROVINCE("dispatches", copy_columns), .count = count_copies, .load = load_copy, .guess = 100 },
	{ PROVINCE("dispatch_summary", city_columns), .count = count_cities, .load = load_city, .guess = 13 },
	{ PROVINCE("sending", sending_columns), .load = load_sending, .guess = 1 },
	{ PROVINCE("deliveries", delivery_columns), .count = count_deliveries, .load = load_delivery, .guess = 100,
	  .whole = WHOLE(DELIVERY) },
	{ 0 },
};
