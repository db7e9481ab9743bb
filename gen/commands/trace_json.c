/* SPDX-License-Identifier: MIT
 *
 * A trace as one JSON object; the keys are documented in trace_print.h.
 */
#include "assess/rule.h"
#include "base/buf.h"
#include "base/json_write.h"
#include "commands/trace_print.h"
#include "model/parts.h"
#include "model/remarks.h"
#include "model/track.h"

static const char *const outcomes[OUTCOMES] = {
	[OUTCOME_UNFINISHED] = "unfinished", [OUTCOME_NOT_REACHED] = "not-reached", [OUTCOME_REACHED] = "reached",
};

static void string(struct json_write *json, const char *name, const char *value)
{
	json_write_named_text(json, name, text_from(value));
}

static void null(struct json_write *json, const char *name)
{
	json_write_key(json, text_from(name));
	json_write_null(json);
}

static void number_if(struct json_write *json, const char *name, bool is_known, int64_t value)
{
	if (is_known)
		json_write_named_integer(json, name, value);
	else
		null(json, name);
}

static void truth(struct json_write *json, const char *name, bool value)
{
	json_write_key(json, text_from(name));
	json_write_bool(json, value);
}

/* What was printed into `buf` as a text; empties it. */
static void printed(struct json_write *json, const char *name, struct buf *buf)
{
	json_write_named_text(json, name, buf_view(buf));
	buf_clear(buf);
}

static void sum(struct json_write *json, const char *name, decimal_sum value)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	trace_write_sum(value, &buf);
	printed(json, name, &buf);
}

static void decimal(struct json_write *json, const char *name, struct decimal value)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	decimal_write(&buf, value);
	printed(json, name, &buf);
}

static void date_or_null(struct json_write *json, const char *name, struct date date)
{
	struct buf buf;
	if (date_is_missing(date)) {
		null(json, name);
		return;
	}
	buf_init(&buf, BUF_LIMIT_PAGE);
	date_write_iso(&buf, date);
	printed(json, name, &buf);
}

static void percent(struct json_write *json, const char *name, const struct tally *total)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	trace_write_percent(tally_met(total), tally_applicable(total), &buf);
	printed(json, name, &buf);
}

static void open_list(struct json_write *json, const char *name)
{
	json_write_key(json, text_from(name));
	json_write_list(json, JSON_TIGHT);
}

static void open_object(struct json_write *json, const char *name)
{
	json_write_key(json, text_from(name));
	json_write_object(json, JSON_TIGHT);
}

static void item_ids(const struct trace *trace, const char *name, struct trace_list list, struct json_write *json)
{
	open_list(json, name);
	for (size_t i = 0; i < list.count; i++) {
		json_write_text(json, trace->catalogue->items[list.at[i]].id);
	}
	json_write_close(json);
}

static void place_members(const struct place *place, struct json_write *json)
{
	if (place->line == 0) {
		null(json, "file");
		null(json, "line");
		null(json, "column");
		return;
	}
	json_write_named_text(json, "file", place->file);
	json_write_named_integer(json, "line", place->line);
	json_write_named_integer(json, "column", place->column);
}

static void write_head(const struct trace *trace, struct json_write *json)
{
	const struct decision *decision = trace->decision;
	bool is_finished = decision->outcome != OUTCOME_UNFINISHED;
	json_write_named_text(json, "enterprise", trace->enterprise ? trace->enterprise->code : NO_TEXT);
	json_write_named_text(json, "name", trace->enterprise ? trace->enterprise->name : NO_TEXT);
	json_write_named_text(json, "track", track_id(&trace->model->campaign, trace->participation->track));
	if (parts_platform(trace->participation).size)
		json_write_named_text(json, "platform", trace->participation->platform);
	json_write_named_integer(json, "year", trace->model->campaign.year);
	string(json, "method", choice_xml(SET_METHOD, trace->rule->method));
	open_list(json, "rounds");
	for (int i = 0; i < trace->rule->round_count; i++) {
		json_write_text(json, text_from(choice_xml(SET_ROUND, trace->rule->rounds[i])));
	}
	json_write_close(json);
	string(json, "outcome", outcomes[decision->outcome]);
	string(json, "outcome_word", outcome_word((enum outcome)decision->outcome));
	json_write_named_integer(json, "level", decision->level);
	if (is_finished) {
		json_write_named_text(json, "level_label", rule_label(trace->rule, decision->level));
		json_write_named_text(json, "level_name", rule_name(trace->rule, decision->level));
	} else {
		null(json, "level_label");
		null(json, "level_name");
	}
}

static void write_earlier(const struct decision *decision, struct json_write *json)
{
	if (decision->earlier_year == 0) {
		null(json, "earlier");
	} else {
		open_object(json, "earlier");
		json_write_named_integer(json, "year", decision->earlier_year);
		json_write_named_integer(json, "level", decision->earlier_level);
		json_write_named_text(json, "label", decision->earlier_label);
		json_write_close(json);
	}
	if (decision->movement == MOVEMENT_NONE)
		null(json, "movement");
	else
		string(json, "movement", movement_word((enum movement)decision->movement));
}

static void text_or_null(struct json_write *json, const char *name, struct text text)
{
	if (text.size)
		json_write_named_text(json, name, text);
	else
		null(json, name);
}

/* null where the row has none. */
static void label_if(const struct trace *trace, struct json_write *json, const char *name, bool has_level, int level)
{
	text_or_null(json, name, has_level ? rule_label(trace->rule, level) : NO_TEXT);
}

static void write_turns(const struct trace *trace, struct json_write *json)
{
	open_list(json, "ledger");
	for (size_t i = 0; i < trace->turn_count; i++) {
		const struct trace_turn *turn = &trace->turns[i];
		int kind = turn->row->kind;
		bool is_correction = kind == LEDGER_CORRECTION, is_renamed = kind == LEDGER_RENAMED;
		json_write_object(json, JSON_TIGHT);
		date_or_null(json, "date", turn->row->date);
		string(json, "kind", choice_xml(SET_LEDGER, turn->row->kind));
		string(json, "kind_word", choice_word(SET_LEDGER, turn->row->kind));
		label_if(trace, json, "before", is_correction, turn->before);
		label_if(trace, json, "after", is_correction || turn->row->kind == LEDGER_ADDED, turn->after);
		text_or_null(json, "former_name", turn->former);
		text_or_null(json, "name", is_renamed ? turn->row->name : NO_TEXT);
		text_or_null(json, "reason", turn->row->reason);
		json_write_close(json);
	}
	json_write_close(json);
}

static void write_standing(const struct trace *trace, struct json_write *json)
{
	struct standing standing = trace->standing;
	if (!trace->is_entry) {
		null(json, "list");
		return;
	}
	open_object(json, "list");
	string(json, "status", choice_xml(SET_STANDING, standing.kind));
	string(json, "status_word", choice_word(SET_STANDING, standing.kind));
	json_write_named_integer(json, "level", standing.level);
	json_write_named_text(json, "level_label", rule_label(trace->rule, standing.level));
	json_write_named_integer(json, "first_level", standing.decided);
	text_or_null(json, "former_name", trace->former);
	date_or_null(json, "since", trace->turn ? trace->turn->date : (struct date){ 0 });
	text_or_null(json, "reason", trace->turn ? trace->turn->reason : NO_TEXT);
	json_write_close(json);
}

static void write_levels(const struct trace *trace, struct json_write *json)
{
	const struct decision *decision = trace->decision;
	const struct participation *participation = trace->participation;
	bool is_given = trace->rule->method == METHOD_GIVEN;
	number_if(json, "given", is_given && participation->given >= 0, participation->given);
	number_if(json, "given_differs", decision->given_differs >= 0, decision->given_differs);
	number_if(json, "stated_target", participation->target >= 0, participation->target);
	number_if(json, "target", decision->target > 0, decision->target);
	number_if(json, "next", decision->next > 0, decision->next);
	open_object(json, "round_levels");
	for (int r = 0; r < ROUNDS; r++)
		number_if(json, choice_xml(SET_ROUND, r), decision->round_level[r] >= 0, decision->round_level[r]);
	json_write_close(json);
}

static void write_shares(const struct trace *trace, struct json_write *json)
{
	open_list(json, "shares");
	for (int n = 1; trace->rule->method == METHOD_THRESHOLD && n <= trace->rule->level_count; n++) {
		const struct trace_share *share = &trace->shares[n];
		json_write_object(json, JSON_TIGHT);
		json_write_named_integer(json, "level", n);
		sum(json, "numerator", share->numerator);
		sum(json, "denominator", share->denominator);
		if (share->denominator > 0)
			decimal(json, "share", decimal_ratio(share->numerator, share->denominator, DECIMAL_SCALE));
		else
			null(json, "share");
		if (share->has_required)
			decimal(json, "required", share->required);
		else
			null(json, "required");
		truth(json, "reached", share->is_reached);
		item_ids(trace, "failed_vetoes", share->failed_vetoes, json);
		json_write_close(json);
	}
	json_write_close(json);
}

static void write_observations(const struct trace *trace, int32_t item, struct json_write *json)
{
	const struct trace_observation *counted = NULL;
	size_t first = trace->first_of_item[item], end = trace->first_of_item[item + 1];
	for (size_t i = first; i < end; i++)
		if (trace->observations[i].is_counted)
			counted = &trace->observations[i];
	if (counted && counted->place.line) {
		open_object(json, "counted");
		place_members(&counted->place, json);
		json_write_close(json);
	} else {
		null(json, "counted");
	}
	open_list(json, "observations");
	for (size_t i = first; i < end; i++) {
		const struct observation *seen = trace->observations[i].observation;
		json_write_object(json, JSON_TIGHT);
		string(json, "round", choice_xml(SET_ROUND, seen->round));
		string(json, "result", choice_word(SET_RESULT, seen->result));
		date_or_null(json, "date", seen->date);
		json_write_named_text(json, "note", remark_of(trace->model, seen)->note);
		place_members(&trace->observations[i].place, json);
		json_write_close(json);
	}
	json_write_close(json);
}

static void write_item(const struct trace *trace, int32_t index, struct json_write *json)
{
	const struct item *item = &trace->catalogue->items[index];
	const struct effective *effective = &trace->decision->items[index];
	json_write_object(json, JSON_TIGHT);
	json_write_named_text(json, "id", item->id);
	json_write_named_integer(json, "level", item->level);
	string(json, "result", choice_word(SET_RESULT, effective->result));
	if (effective->round < 0)
		null(json, "round");
	else
		string(json, "round", choice_xml(SET_ROUND, effective->round));
	write_observations(trace, index, json);
	truth(json, "applicable", effective->result != RESULT_NOT_APPLICABLE);
	truth(json, "met", effective->result == RESULT_MET);
	decimal(json, "weight", item->weight);
	string(json, "risk", choice_word(SET_RISK, trace->rule->item_risks[index]));
	truth(json, "veto", item->veto == YESNO_YES);
	json_write_close(json);
}

static void write_areas(const struct trace *trace, struct json_write *json)
{
	open_list(json, "areas");
	for (int32_t a = 0; a < trace->catalogue->area_count; a++) {
		const struct area *area = &trace->catalogue->areas[a];
		json_write_object(json, JSON_TIGHT);
		json_write_named_text(json, "id", area->id);
		json_write_named_text(json, "name", area->name);
		json_write_named_text(json, "class", trace->catalogue->classes[area->class].id);
		json_write_named_text(json, "class_name", trace->catalogue->classes[area->class].name);
		number_if(json, "level", trace->decision->area_level[a] >= 0, trace->decision->area_level[a]);
		open_list(json, "items");
		for (int32_t i = area->first_item; i < area->first_item + area->item_count; i++)
			write_item(trace, i, json);
		json_write_close(json);
		json_write_close(json);
	}
	json_write_close(json);
	open_list(json, "limiting_areas");
	for (size_t i = 0; i < trace->limiting_areas.count; i++) {
		json_write_text(json, trace->catalogue->areas[trace->limiting_areas.at[i]].id);
	}
	json_write_close(json);
}

static void write_way(const struct trace *trace, struct json_write *json)
{
	const struct decision *decision = trace->decision;
	open_list(json, "way_up");
	for (size_t i = 0; i < decision->way_count; i++) {
		int32_t index = decision->way[i].item;
		const struct item *item = &trace->catalogue->items[index];
		json_write_object(json, JSON_TIGHT);
		json_write_named_text(json, "item", item->id);
		sum(json, "gain", trace->rule->method == METHOD_THRESHOLD
					 ? rule_gain(trace->rule, index, decision->items[index].result)
					 : 0);
		truth(json, "veto", item->veto == YESNO_YES);
		string(json, "risk", choice_word(SET_RISK, trace->rule->item_risks[index]));
		number_if(json, "advice_days", item->advice_days >= 0, item->advice_days);
		json_write_named_text(json, "department", item->advice_department);
		json_write_close(json);
	}
	json_write_close(json);
	truth(json, "has_way_up", decision->has_way_up);
}

static void write_settling(const struct trace_observation *settling, struct json_write *json)
{
	if (!settling) {
		null(json, "settled_by");
		return;
	}
	open_object(json, "settled_by");
	string(json, "round", choice_xml(SET_ROUND, settling->observation->round));
	string(json, "result", choice_word(SET_RESULT, settling->observation->result));
	date_or_null(json, "date", settling->observation->date);
	place_members(&settling->place, json);
	json_write_close(json);
}

static void write_closures(const struct trace *trace, struct json_write *json)
{
	open_list(json, "rectifications");
	for (size_t i = 0; i < trace->closure_count; i++) {
		const struct closure *closure = &trace->closures[i];
		json_write_object(json, JSON_TIGHT);
		json_write_named_text(json, "item", trace->catalogue->items[closure->item].id);
		string(json, "status", choice_word(SET_STATUS, closure->status));
		date_or_null(json, "finished", trace->model->rectifications[closure->last].finished);
		string(json, "state", choice_xml(SET_CLOSURE, closure->state));
		write_settling(trace_settling(trace, closure), json);
		json_write_close(json);
	}
	json_write_close(json);
}

static void write_scans(const struct trace *trace, struct json_write *json)
{
	open_list(json, "scans");
	for (size_t i = 0; i < trace->scanned_count; i++) {
		const struct scanned *scanned = &trace->scanned[i];
		struct text rules[SCANNED_RULES_NAMED];
		size_t count = scanned_rules(trace->model, scanned, rules);
		json_write_object(json, JSON_TIGHT);
		json_write_named_text(json, "item", trace->catalogue->items[scanned->item].id);
		json_write_named_integer(json, "hosts", scanned->hosts);
		json_write_named_integer(json, "failed", scanned->failed);
		json_write_named_integer(json, "passed", scanned->passed);
		json_write_named_integer(json, "silent", scanned->silent);
		json_write_named_integer(json, "failed_rules", scanned->failed_rules);
		open_list(json, "rules");
		for (size_t k = 0; k < count; k++)
			json_write_text(json, rules[k]);
		json_write_close(json);
		truth(json, "contradicts", scanned->failed &&
			trace->decision->items[scanned->item].result == RESULT_MET);
		json_write_close(json);
	}
	json_write_close(json);
}

static void write_compliance(const struct tally *total, struct json_write *json)
{
	struct decimal rate;
	open_object(json, "compliance");
	json_write_named_integer(json, "met", tally_met(total));
	json_write_named_integer(json, "applicable", tally_applicable(total));
	json_write_named_integer(json, "total", tally_total(total));
	if (tally_rate(total, &rate)) {
		decimal(json, "rate", rate);
		percent(json, "rate_percent", total);
	} else {
		null(json, "rate");
		null(json, "rate_percent");
	}
	json_write_close(json);
}

void trace_write_json(const struct trace *trace, struct json_write *json)
{
	const struct decision *decision = trace->decision;
	json_write_object(json, JSON_TIGHT);
	write_head(trace, json);
	write_earlier(decision, json);
	write_standing(trace, json);
	write_turns(trace, json);
	write_levels(trace, json);
	write_shares(trace, json);
	write_areas(trace, json);
	item_ids(trace, "deciding_items", trace->deciding_items, json);
	item_ids(trace, "gap", (struct trace_list){ decision->gap, decision->gap_count }, json);
	item_ids(trace, "findings", (struct trace_list){ decision->findings, decision->finding_count }, json);
	write_way(trace, json);
	write_compliance(&decision->total, json);
	write_closures(trace, json);
	write_scans(trace, json);
	json_write_close(json);
}
