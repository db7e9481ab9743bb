/* SPDX-License-Identifier: MIT
 *
 * A trace as one JSON object; the keys are documented in trace.h.
 */
#include "assess/rule.h"
#include "assess/trace.h"
#include "base/buf.h"

static const char *const outcomes[OUTCOMES] = {
	[OUTCOME_UNFINISHED] = "unfinished", [OUTCOME_NOT_REACHED] = "not-reached", [OUTCOME_REACHED] = "reached",
};

/* Starts a member or an element: a comma unless it is the first one of its object or array. */
static void next(struct buf *buf)
{
	char last = buf->size ? buf->at[buf->size - 1] : '{';
	if (last != '{' && last != '[')
		buf_byte(buf, ',');
}

static void key(struct buf *buf, const char *name)
{
	next(buf);
	buf_format(buf, "\"%s\":", name);
}

static void text(struct buf *buf, const char *name, struct text value)
{
	key(buf, name);
	buf_json(buf, value);
}

static void string(struct buf *buf, const char *name, const char *value)
{
	text(buf, name, text_from(value));
}

static void number(struct buf *buf, const char *name, int64_t value)
{
	key(buf, name);
	buf_format(buf, "%lld", (long long)value);
}

static void null(struct buf *buf, const char *name)
{
	key(buf, name);
	buf_string(buf, "null");
}

static void number_if(struct buf *buf, const char *name, bool is_known, int64_t value)
{
	if (is_known)
		number(buf, name, value);
	else
		null(buf, name);
}

static void truth(struct buf *buf, const char *name, bool value)
{
	key(buf, name);
	buf_string(buf, value ? "true" : "false");
}

static void sum(struct buf *buf, const char *name, decimal_sum value)
{
	key(buf, name);
	buf_byte(buf, '"');
	trace_write_sum(value, buf);
	buf_byte(buf, '"');
}

static void decimal(struct buf *buf, const char *name, struct decimal value)
{
	key(buf, name);
	buf_byte(buf, '"');
	decimal_write(buf, value);
	buf_byte(buf, '"');
}

static void open_list(struct buf *buf, const char *name)
{
	key(buf, name);
	buf_byte(buf, '[');
}

static void item_ids(const struct trace *trace, const char *name, struct trace_list list, struct buf *buf)
{
	open_list(buf, name);
	for (size_t i = 0; i < list.count; i++) {
		next(buf);
		buf_json(buf, trace->catalogue->items[list.at[i]].id);
	}
	buf_byte(buf, ']');
}

static void place_members(const struct place *place, struct buf *buf)
{
	if (place->line == 0) {
		null(buf, "file");
		null(buf, "line");
		null(buf, "column");
		return;
	}
	text(buf, "file", place->file);
	number(buf, "line", place->line);
	number(buf, "column", place->column);
}

static void write_head(const struct trace *trace, struct buf *buf)
{
	const struct decision *decision = trace->decision;
	bool is_finished = decision->outcome != OUTCOME_UNFINISHED;
	text(buf, "enterprise", trace->enterprise ? trace->enterprise->code : NO_TEXT);
	text(buf, "name", trace->enterprise ? trace->enterprise->name : NO_TEXT);
	string(buf, "track", choice_xml(SET_TRACK, trace->participation->track));
	number(buf, "year", trace->model->campaign.year);
	string(buf, "method", choice_xml(SET_METHOD, trace->ruler->method));
	open_list(buf, "rounds");
	for (int i = 0; i < trace->ruler->round_count; i++) {
		next(buf);
		buf_json(buf, text_from(choice_xml(SET_ROUND, trace->ruler->rounds[i])));
	}
	buf_byte(buf, ']');
	string(buf, "outcome", outcomes[decision->outcome]);
	string(buf, "outcome_word", outcome_word((enum outcome)decision->outcome));
	number(buf, "level", decision->level);
	if (is_finished) {
		text(buf, "level_label", rule_label(trace->ruler, decision->level));
		text(buf, "level_name", rule_name(trace->ruler, decision->level));
	} else {
		null(buf, "level_label");
		null(buf, "level_name");
	}
}

static void write_earlier(const struct decision *decision, struct buf *buf)
{
	if (decision->earlier_year == 0) {
		null(buf, "earlier");
	} else {
		key(buf, "earlier");
		buf_byte(buf, '{');
		number(buf, "year", decision->earlier_year);
		number(buf, "level", decision->earlier_level);
		text(buf, "label", decision->earlier_label);
		buf_byte(buf, '}');
	}
	if (decision->movement == MOVEMENT_NONE)
		null(buf, "movement");
	else
		string(buf, "movement", movement_word((enum movement)decision->movement));
}

static void write_levels(const struct trace *trace, struct buf *buf)
{
	const struct decision *decision = trace->decision;
	const struct participation *participation = trace->participation;
	bool is_given = trace->ruler->method == METHOD_GIVEN;
	number_if(buf, "given", is_given && participation->given >= 0, participation->given);
	number_if(buf, "given_differs", decision->given_differs >= 0, decision->given_differs);
	number_if(buf, "stated_target", participation->target >= 0, participation->target);
	number_if(buf, "target", decision->target > 0, decision->target);
	number_if(buf, "next", decision->next > 0, decision->next);
	key(buf, "round_levels");
	buf_byte(buf, '{');
	for (int r = 0; r < ROUNDS; r++)
		number_if(buf, choice_xml(SET_ROUND, r), decision->round_level[r] >= 0, decision->round_level[r]);
	buf_byte(buf, '}');
}

static void write_shares(const struct trace *trace, struct buf *buf)
{
	open_list(buf, "shares");
	for (int n = 1; trace->ruler->method == METHOD_THRESHOLD && n <= trace->ruler->level_count; n++) {
		const struct trace_share *share = &trace->shares[n];
		next(buf);
		buf_byte(buf, '{');
		number(buf, "level", n);
		sum(buf, "numerator", share->numerator);
		sum(buf, "denominator", share->denominator);
		if (share->denominator > 0)
			decimal(buf, "share", decimal_ratio(share->numerator, share->denominator, DECIMAL_SCALE));
		else
			null(buf, "share");
		if (share->has_required)
			decimal(buf, "required", share->required);
		else
			null(buf, "required");
		truth(buf, "reached", share->is_reached);
		item_ids(trace, "failed_vetoes", share->failed_vetoes, buf);
		buf_byte(buf, '}');
	}
	buf_byte(buf, ']');
}

static void write_observations(const struct trace *trace, int32_t item, struct buf *buf)
{
	const struct trace_observation *counted = NULL;
	size_t first = trace->first_of_item[item], end = trace->first_of_item[item + 1];
	for (size_t i = first; i < end; i++)
		if (trace->observations[i].is_counted)
			counted = &trace->observations[i];
	if (counted && counted->place.line) {
		key(buf, "counted");
		buf_byte(buf, '{');
		place_members(&counted->place, buf);
		buf_byte(buf, '}');
	} else {
		null(buf, "counted");
	}
	open_list(buf, "observations");
	for (size_t i = first; i < end; i++) {
		const struct observation *seen = trace->observations[i].observation;
		next(buf);
		buf_byte(buf, '{');
		string(buf, "round", choice_xml(SET_ROUND, seen->round));
		string(buf, "result", choice_word(SET_RESULT, seen->result));
		key(buf, "date");
		if (date_is_missing(seen->date)) {
			buf_string(buf, "null");
		} else {
			buf_byte(buf, '"');
			date_write_iso(buf, seen->date);
			buf_byte(buf, '"');
		}
		text(buf, "note", seen->note);
		place_members(&trace->observations[i].place, buf);
		buf_byte(buf, '}');
	}
	buf_byte(buf, ']');
}

static void write_item(const struct trace *trace, int32_t index, struct buf *buf)
{
	const struct item *item = &trace->catalogue->items[index];
	const struct effective *effective = &trace->decision->items[index];
	next(buf);
	buf_byte(buf, '{');
	text(buf, "id", item->id);
	number(buf, "level", item->level);
	string(buf, "result", choice_word(SET_RESULT, effective->result));
	if (effective->round < 0)
		null(buf, "round");
	else
		string(buf, "round", choice_xml(SET_ROUND, effective->round));
	write_observations(trace, index, buf);
	truth(buf, "applicable", effective->result != RESULT_NOT_APPLICABLE);
	truth(buf, "met", effective->result == RESULT_MET);
	decimal(buf, "weight", item->weight);
	string(buf, "risk", choice_word(SET_RISK, trace->ruler->item_risks[index]));
	truth(buf, "veto", item->veto == YESNO_YES);
	buf_byte(buf, '}');
}

static void write_areas(const struct trace *trace, struct buf *buf)
{
	open_list(buf, "areas");
	for (int32_t a = 0; a < trace->catalogue->area_count; a++) {
		const struct area *area = &trace->catalogue->areas[a];
		next(buf);
		buf_byte(buf, '{');
		text(buf, "id", area->id);
		text(buf, "name", area->name);
		text(buf, "class", trace->catalogue->classes[area->class].id);
		text(buf, "class_name", trace->catalogue->classes[area->class].name);
		number_if(buf, "level", trace->decision->area_level[a] >= 0, trace->decision->area_level[a]);
		open_list(buf, "items");
		for (int32_t i = area->first_item; i < area->first_item + area->item_count; i++)
			write_item(trace, i, buf);
		buf_string(buf, "]}");
	}
	buf_byte(buf, ']');
	open_list(buf, "limiting_areas");
	for (size_t i = 0; i < trace->limiting_areas.count; i++) {
		next(buf);
		buf_json(buf, trace->catalogue->areas[trace->limiting_areas.at[i]].id);
	}
	buf_byte(buf, ']');
}

static void write_way(const struct trace *trace, struct buf *buf)
{
	const struct decision *decision = trace->decision;
	open_list(buf, "way_up");
	for (size_t i = 0; i < decision->way_count; i++) {
		int32_t index = decision->way[i].item;
		const struct item *item = &trace->catalogue->items[index];
		next(buf);
		buf_byte(buf, '{');
		text(buf, "item", item->id);
		sum(buf, "gain", trace->ruler->method == METHOD_THRESHOLD
					 ? rule_gain(trace->ruler, index, decision->items[index].result)
					 : 0);
		truth(buf, "veto", item->veto == YESNO_YES);
		string(buf, "risk", choice_word(SET_RISK, trace->ruler->item_risks[index]));
		number_if(buf, "advice_days", item->advice_days >= 0, item->advice_days);
		text(buf, "department", item->advice_department);
		buf_byte(buf, '}');
	}
	buf_byte(buf, ']');
	truth(buf, "has_way_up", decision->has_way_up);
}

static void write_compliance(const struct tally *total, struct buf *buf)
{
	struct decimal rate;
	key(buf, "compliance");
	buf_byte(buf, '{');
	number(buf, "met", tally_met(total));
	number(buf, "applicable", tally_applicable(total));
	number(buf, "total", tally_total(total));
	if (tally_rate(total, &rate)) {
		decimal(buf, "rate", rate);
		key(buf, "rate_percent");
		buf_byte(buf, '"');
		trace_write_percent(tally_met(total), tally_applicable(total), buf);
		buf_byte(buf, '"');
	} else {
		null(buf, "rate");
		null(buf, "rate_percent");
	}
	buf_byte(buf, '}');
}

void trace_write_json(const struct trace *trace, struct buf *buf)
{
	const struct decision *decision = trace->decision;
	buf_byte(buf, '{');
	write_head(trace, buf);
	write_earlier(decision, buf);
	write_levels(trace, buf);
	write_shares(trace, buf);
	write_areas(trace, buf);
	item_ids(trace, "deciding_items", trace->deciding_items, buf);
	item_ids(trace, "gap", (struct trace_list){ decision->gap, decision->gap_count }, buf);
	item_ids(trace, "findings", (struct trace_list){ decision->findings, decision->finding_count }, buf);
	write_way(trace, buf);
	write_compliance(&decision->total, buf);
	buf_byte(buf, '}');
	buf_byte(buf, '\n');
}
