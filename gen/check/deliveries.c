/* SPDX-License-Identifier: MIT
 *
 * delivery.csv: how each enterprise is reached.
 *
 * What is doubtful stops nothing but the envelopes that it is about: it is a warning, and the row has a
 * question.  An envelope that went to the wrong enterprise cannot be called back.
 */
#include "base/arena.h"
#include "check/sheet.h"
#include "check/tables.h"
#include "read/clean.h"
#include "send/mailbox.h"

enum { POSTCODE_DIGITS = 6 };

struct deliveries {
	struct check *check;
	LIST(struct delivery) list;
	struct map by_enterprise; /* key: the credit code */
	struct map by_mail, by_address;
};

static bool is_by_mail(const struct delivery *row)
{
	return row->channel == CHANNEL_NOTICE || row->channel == CHANNEL_ATTACHMENT;
}

static bool is_by_post(const struct delivery *row)
{
	return row->channel == CHANNEL_PAPER || row->channel == CHANNEL_MEDIUM;
}

#define QUESTION(check, row, kind, ...) ((row)->has_question = true, PROBLEM(check, kind, __VA_ARGS__))

/* ---- mail ---------------------------------------------------------------------------- */

/* Of what was typed only blanks at the ends: what cleaning takes away besides could be a second header line. */
static struct text trim_blanks(struct text cell)
{
	while (cell.size && cell.at[0] == ' ')
		cell = text_slice(cell, 1, cell.size);
	while (cell.size && cell.at[cell.size - 1] == ' ')
		cell.size--;
	return cell;
}

static void check_mail(struct check *check, const struct record *record, struct delivery *row)
{
	struct value value = record->values[FIELD_delivery_mail];
	enum mailbox_fault fault = mailbox_check_address(trim_blanks(value.text));
	bool is_blank = clean_is_missing(row->mail);
	if (is_blank && is_by_mail(row))
		QUESTION(check, row, DIAG_DELIVERY_INCOMPLETE, .span = row->place, .a = TEXT("电子邮箱"),
			 .b = text_from(choice_word(SET_CHANNEL, row->channel)));
	if (is_blank || fault == MAILBOX_NONE)
		return;
	PROBLEM(check, DIAG_DELIVERY_MAIL, .span = value.span, .b = mailbox_fault_words(fault));
	row->has_question |= is_by_mail(row);
	row->mail = NO_TEXT;
}

static void check_attachment(struct check *check, const struct record *record, struct delivery *row)
{
	if (row->channel == CHANNEL_ATTACHMENT && check->model->campaign.sending.mail_attachment != YESNO_YES)
		QUESTION(check, row, DIAG_DELIVERY_ATTACHMENT, .span = record->values[FIELD_delivery_channel].span);
}

/* ---- post ---------------------------------------------------------------------------- */

/* The city or county of any province whose full name comes first in the address; -1: it names none. */
static int32_t first_city(const struct check *check, struct text address, struct text *name)
{
	const struct prefectures *all = &check->everywhere;
	const struct campaign *campaign = &check->model->campaign;
	size_t first = address.size;
	int32_t city = MISSING;
	*name = NO_TEXT;
	for (int32_t i = 0; i < all->count; i++) {
		size_t at = text_find(address, all->at[i].name);
		if (at >= first)
			continue;
		first = at;
		*name = all->at[i].name;
		city = MISSING;
		for (int32_t own = 0; own < check->model->prefectures.count; own++)
			if (text_equal(check->model->prefectures.at[own].code, all->at[i].code))
				city = own;
	}
	for (size_t i = 0; i < campaign->region_count; i++)
		if (campaign->regions[i].name.size && text_find(address, campaign->regions[i].name) < first) {
			first = text_find(address, campaign->regions[i].name);
			*name = campaign->regions[i].name;
			city = campaign->regions[i].city;
		}
	return city;
}

static void check_city(struct check *check, const struct record *record, struct delivery *row)
{
	struct text named;
	int32_t city = first_city(check, row->address, &named);
	const struct enterprise *enterprise = &check->model->enterprises[row->enterprise];
	if (!named.size || enterprise->city < 0 || city == enterprise->city)
		return;
	PROBLEM(check, DIAG_DELIVERY_CITY, .span = record->values[FIELD_delivery_address].span,
		.other = enterprise->place,
		.a = named, .b = check->model->prefectures.at[enterprise->city].name);
	row->has_question |= is_by_post(row);
}

static void check_needed(struct check *check, struct delivery *row)
{
	static const char *const lacking[2][2] = { { "地址、收件人", "地址" }, { "收件人", NULL } };
	const char *what = lacking[row->address.size != 0][row->recipient.size != 0];
	if (is_by_post(row) && what)
		QUESTION(check, row, DIAG_DELIVERY_INCOMPLETE, .span = row->place, .a = text_from(what),
			 .b = text_from(choice_word(SET_CHANNEL, row->channel)));
}

static void check_post(struct check *check, const struct record *record, struct delivery *row)
{
	bool is_digits = row->postcode.size == POSTCODE_DIGITS;
	for (size_t i = 0; i < row->postcode.size; i++)
		is_digits &= row->postcode.at[i] >= '0' && row->postcode.at[i] <= '9';
	if (row->postcode.size && !is_digits) {
		PROBLEM(check, DIAG_DELIVERY_POSTCODE, .span = record->values[FIELD_delivery_postcode].span);
		row->has_question |= is_by_post(row);
	}
	check_needed(check, row);
	if (row->address.size)
		check_city(check, record, row);
}

/* ---- one address of two enterprises ----------------------------------------------------- */

/* Which of the two is right nobody can tell but a person: both wait. */
static void check_shared(struct deliveries *deliveries, struct map *map, struct text cell, struct span span)
{
	struct check *check = deliveries->check;
	uint32_t last = (uint32_t)deliveries->list.count - 1;
	uint32_t first = cell.size ? map_add(map, field_code(check, cell), last) : last;
	if (first == last)
		return;
	struct delivery *row = &deliveries->list.at[last], *older = &deliveries->list.at[first];
	PROBLEM(check, DIAG_DELIVERY_SHARED, .span = span, .other = older->place,
		.a = check->model->enterprises[row->enterprise].name,
			.b = check->model->enterprises[older->enterprise].name);
	bool is_mail = map == &deliveries->by_mail;
	row->has_question |= is_mail ? is_by_mail(row) : is_by_post(row);
	older->has_question |= is_mail ? is_by_mail(older) : is_by_post(older);
}

/* ---- rows ------------------------------------------------------------------------------- */

static void take(struct deliveries *deliveries, const struct record *record, struct delivery *row)
{
	struct check *check = deliveries->check;
	struct text code = check->model->enterprises[row->enterprise].code;
	uint32_t next = (uint32_t)deliveries->list.count, found = map_add(&deliveries->by_enterprise, code, next);
	if (found != next) {
		struct delivery *older = &deliveries->list.at[found];
		bool is_equal = sheet_equal(record->entity, row, older);
		sheet_report_twice(check, is_equal, row->place, older->place);
		older->has_question |= !is_equal;
		return;
	}
	check_attachment(check, record, row);
	check_mail(check, record, row);
	check_post(check, record, row);
	LIST_PUSH(&deliveries->list, *row);
	check_shared(deliveries, &deliveries->by_mail, row->mail, record->values[FIELD_delivery_mail].span);
	check_shared(deliveries, &deliveries->by_address, row->address, record->values[FIELD_delivery_address].span);
}

static void settle(struct deliveries *deliveries)
{
	struct model *model = deliveries->check->model;
	model->deliveries = LIST_SETTLE(deliveries->check->reader.arena, &deliveries->list);
	model->delivery_count = deliveries->list.count;
	for (size_t i = 0; i < model->delivery_count; i++)
		model->enterprises[model->deliveries[i].enterprise].delivery = (int32_t)i;
	LIST_FREE(&deliveries->list);
	map_clear(&deliveries->by_enterprise);
	map_clear(&deliveries->by_mail);
	map_clear(&deliveries->by_address);
}

void tables_read_deliveries(struct check *check)
{
	struct deliveries deliveries = { .check = check };
	struct sheet sheet;
	struct record record;
	if (!sheet_open(&sheet, check, ENTITY_DELIVERY, false))
		return;
	while (sheet_next(&sheet, &record)) {
		struct delivery row = { .place = record.place };
		size_t since = check->problems.count;
		field_fill(check, &record, &row);
		tables_compare_name(check, row.enterprise, table_name(&sheet.table));
		if (row.enterprise >= 0 && row.channel >= 0)
			take(&deliveries, &record, &row);
		problems_blame(check, since, BLAME_LEFT_OUT, 0);
		problems_report(check);
	}
	sheet_close(&sheet);
	settle(&deliveries);
}
