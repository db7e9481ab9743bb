/* SPDX-License-Identifier: MIT */
#include "check/sense.h"

#include "base/arena.h"
#include "check/node.h"
#include "model/address.h"

bool sense_is_outside(const struct campaign *campaign, struct date date)
{
	return !date_is_missing(date) && (date.year < campaign->year || date.year > campaign->year + 1);
}

/* ---- stages ---------------------------------------------------------------------------- */

/* One complaint for all of them: they were copied together. */
static void sense_stages(struct check *check, const struct xml_node *root)
{
	const struct campaign *campaign = &check->model->campaign;
	struct arena *arena = check->reader.arena;
	struct span first = NO_SPAN;
	struct text list = NO_TEXT;
	size_t i = 0;
	for (const struct xml_node *node = xmltree_child(root, "stage"); node; node = xmltree_next(node), i++) {
		const struct stage *stage = &campaign->stages[i];
		if (!sense_is_outside(campaign, stage->deadline))
			continue;
		if (!list.size)
			first = node_value(node, "deadline").span;
		struct text date = check_iso(check, stage->deadline);
		list = text_format(arena, "%.*s%s%.*s %.*s", TEXT_ARGS(list), list.size ? "、" : "",
				   TEXT_ARGS(stage->name), TEXT_ARGS(date));
	}
	if (list.size)
		PROBLEM(check, DIAG_STAGE_YEAR, .span = first, .a = list, .n = campaign->year);
}

/* ---- publication ------------------------------------------------------------------------- */

struct dated {
	struct date date;
	struct text heading;
	struct span span;
};

static struct dated dated_of(const struct xml_node *node, const char *attribute, struct date date, int field)
{
	struct text heading = text_from(schema_entity(ENTITY_PUBLICATION)->fields[field].heading);
	return (struct dated){ date, heading, node_value(node, attribute).span };
}

static void sense_order(struct check *check, const struct dated *first, const struct dated *second)
{
	const struct campaign *campaign = &check->model->campaign;
	bool is_told = sense_is_outside(campaign, first->date) || sense_is_outside(campaign, second->date);
	bool is_missing = date_is_missing(first->date) || date_is_missing(second->date);
	if (is_told || is_missing || date_compare(first->date, second->date) <= 0)
		return;
	PROBLEM(check, DIAG_PUBLICATION_ORDER, .span = first->span, .a = first->heading, .c = second->heading,
		.b = check_iso(check, first->date), .d = check_iso(check, second->date));
}

/* While the list is only proposed its date is that of the proposal, and objections end after it. */
static void sense_publication(struct check *check, const struct xml_node *node)
{
	const struct campaign *campaign = &check->model->campaign;
	const struct publication *publication = &campaign->publication;
	const struct dated proposed = dated_of(node, "proposed", publication->proposed, FIELD_publication_proposed);
	const struct dated until =
		dated_of(node, "objection-until", publication->objection_until, FIELD_publication_objection_until);
	const struct dated date = dated_of(node, "date", publication->date, FIELD_publication_date);
	const struct dated *all[] = { &proposed, &until, &date };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (sense_is_outside(campaign, all[i]->date))
			PROBLEM(check, DIAG_PUBLICATION_YEAR, .span = all[i]->span, .a = all[i]->heading,
				.b = check_iso(check, all[i]->date), .n = campaign->year);
	bool is_final = publication->state == STATE_PUBLISHED;
	sense_order(check, &proposed, &until);
	sense_order(check, &proposed, &date);
	sense_order(check, is_final ? &until : &date, is_final ? &date : &until);
	/* Levels are valid for years: only a date before the list itself is wrong. */
	const struct dated valid = dated_of(node, "valid-until", publication->valid_until, FIELD_publication_valid_until);
	bool is_missing = date_is_missing(valid.date) || date_is_missing(date.date);
	if (!is_missing && date_compare(date.date, valid.date) > 0)
		PROBLEM(check, DIAG_PUBLICATION_ORDER, .span = date.span, .a = date.heading, .c = valid.heading,
			.b = check_iso(check, date.date), .d = check_iso(check, valid.date));
}

/* Names that are set aside for examples (RFC 2606). */
static bool is_example(struct text url)
{
	static const char *const hosts[] = { "example.org", "example.com", "example.net" };
	size_t start = text_find(url, TEXT("://"));
	struct text host = text_slice(url, start < url.size ? start + strlen("://") : 0, url.size), part;
	if (!text_next(&host, '/', &part))
		return false;
	struct text name = part;
	text_next(&name, ':', &part);
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
		if (text_ends(part, hosts[i]))
			return true;
	return text_ends(part, ".example") || text_ends(part, ".invalid") || text_ends(part, ".test");
}

static void sense_address(struct check *check, const struct xml_node *node)
{
	const struct campaign *campaign = &check->model->campaign;
	struct text url = campaign->publication.base_url.size ? node_value(node, "base-url").text : NO_TEXT;
	int64_t other = address_other_year(url, campaign->year);
	if (campaign->publication.state == STATE_PUBLISHED && is_example(url))
		PROBLEM(check, DIAG_URL_EXAMPLE, .span = node_value(node, "base-url").span, .a = url);
	if (other)
		PROBLEM(check, DIAG_URL_YEAR, .span = node_value(node, "base-url").span, .a = url, .n = campaign->year,
			.b = text_format(check->reader.arena, "%lld", (long long)other), .c = address_of_root(url));
}

/* ---- title --------------------------------------------------------------------------------- */

static bool is_digit(struct text text, size_t at)
{
	return at < text.size && text.at[at] >= '0' && text.at[at] <= '9';
}

enum { YEAR_LEAST = 1949, YEAR_MOST = 2199 };

/* The next number of four digits that may be a year, from *at on; 0: there is none. */
static int64_t next_year(struct text title, size_t *at)
{
	while (*at < title.size) {
		size_t start = *at;
		int64_t year;
		while (is_digit(title, *at))
			++*at;
		bool is_year = *at - start == 4 && text_to_integer(text_slice(title, start, 4), &year);
		if (is_year && year >= YEAR_LEAST && year <= YEAR_MOST)
			return year;
		*at += *at == start;
	}
	return 0;
}

/* One that names several may speak of a plan or a standard beside its own year. */
static void sense_title(struct check *check, const struct xml_node *root)
{
	const struct campaign *campaign = &check->model->campaign;
	int64_t other = 0;
	size_t at = 0;
	for (int64_t year; (year = next_year(campaign->title, &at)) != 0;) {
		if (year == campaign->year)
			return;
		other = other ? other : year;
	}
	if (other)
		PROBLEM(check, DIAG_TITLE_YEAR, .span = node_value(root, "title").span, .n = campaign->year,
			.a = text_format(check->reader.arena, "%lld", (long long)other));
}

void sense_campaign(struct check *check, const struct xml_node *root)
{
	const struct xml_node *publication = xmltree_child(root, "publication");
	sense_title(check, root);
	sense_stages(check, root);
	if (!publication)
		return;
	sense_publication(check, publication);
	sense_address(check, publication);
}

/* ---- ledger ---------------------------------------------------------------------------------- */

/* The day on which a list was shown first; missing where none is known. */
static struct date first_shown(const struct campaign *campaign)
{
	struct date date = campaign->publication.date, proposed = campaign->publication.proposed;
	bool is_proposed = !date_is_missing(proposed) && (date_is_missing(date) || date_compare(proposed, date) < 0);
	return is_proposed ? proposed : date;
}

/* After the next year, and the levels are not known to be valid then: the year may be mistyped. */
static bool is_too_late(const struct campaign *campaign, struct date date)
{
	struct date until = campaign->publication.valid_until;
	return date.year > campaign->year + 1 && (date_is_missing(until) || date_compare(date, until) > 0);
}

void sense_ledger(struct check *check)
{
	const struct model *model = check->model;
	struct date first = first_shown(&model->campaign);
	for (size_t i = 0; i < model->ledger_count; i++) {
		const struct ledger *row = &model->ledger[i];
		size_t since = check->problems.count;
		if (!date_is_missing(first) && date_compare(row->date, first) < 0)
			PROBLEM(check, DIAG_LEDGER_EARLY, .span = row->place, .a = check_iso(check, row->date),
				.b = check_iso(check, first));
		if (is_too_late(&model->campaign, row->date))
			PROBLEM(check, DIAG_LEDGER_YEAR, .span = row->place, .a = check_iso(check, row->date),
				.n = model->campaign.year + 1);
		if (!row->reason.size)
			PROBLEM(check, DIAG_LEDGER_NO_REASON, .span = row->place,
				.a = model->enterprises[row->enterprise].name,
				.b = text_from(choice_word(SET_LEDGER, row->kind)));
		problems_blame(check, since, BLAME_PARTICIPATION, row->participation);
	}
}

/* ---- a year that has not begun ------------------------------------------------------------------ */

static bool has_begun(const struct check *check)
{
	const struct model *model = check->model;
	const char *enterprises = schema_entity(ENTITY_ENTERPRISE)->file;
	if (model->enterprise_count || model->participation_count || model->observation_count ||
	    check->no_enterprises.rows)
		return true;
	for (size_t i = 0; i < check->waiting.count; i++)
		if (check->waiting.at[i].kind == DIAG_FILE_NO_ROWS && text_is(check->waiting.at[i].args.a, enterprises))
			return false;
	return true; /* its table could not be read, which was said */
}

/* At the table with which a year begins, since that has to come first. */
static void report_empty(struct check *check)
{
	struct text list = NO_TEXT;
	struct span place = NO_SPAN;
	for (size_t i = 0; i < check->waiting.count; i++) {
		const struct problem *problem = &check->waiting.at[i];
		if (problem->kind == DIAG_COMMITMENT_MISSING)
			continue;
		list = text_format(check->reader.arena, "%.*s%s%.*s", TEXT_ARGS(list), list.size ? "、" : "",
				   TEXT_ARGS(problem->args.a));
		if (text_is(problem->args.a, schema_entity(ENTITY_ENTERPRISE)->file))
			place = problem->args.span;
	}
	PROBLEM(check, DIAG_YEAR_EMPTY, .span = place, .a = list);
}

/* What is told of it in place of its having no row: true when something leans on it. */
static bool is_leant_on(const struct unfilled *table, const struct problem *problem)
{
	return table->rows && problem->kind == DIAG_FILE_NO_ROWS && problem->args.span.source == table->header.source;
}

static void report_leant_on(struct check *check, const struct unfilled *table, enum entity_kind entity)
{
	if (table->rows)
		PROBLEM(check, DIAG_TABLE_UNFILLED, .span = table->header, .other = table->first,
			.a = text_from(schema_entity(entity)->file), .n = table->rows);
}

void sense_year(struct check *check)
{
	report_leant_on(check, &check->no_enterprises, ENTITY_ENTERPRISE);
	report_leant_on(check, &check->no_participations, ENTITY_PARTICIPATION);
	if (!has_begun(check))
		report_empty(check);
	else
		for (size_t i = 0; i < check->waiting.count; i++)
			if (!is_leant_on(&check->no_enterprises, &check->waiting.at[i]) &&
			    !is_leant_on(&check->no_participations, &check->waiting.at[i]))
				LIST_PUSH(&check->problems, check->waiting.at[i]);
	check->waiting.count = 0;
}
