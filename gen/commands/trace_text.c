/* SPDX-License-Identifier: MIT
 *
 * A trace for a terminal: the answer, why, clause by clause, and what to do.  Of items that are met only the number.
 */
#include "assess/rule.h"
#include "base/buf.h"
#include "base/plain.h"
#include "commands/trace_print.h"
#include "model/parts.h"

enum word {
#define WORD(name, chinese, english) WORD_##name,
#include "commands/trace_words.def"
#undef WORD
	WORDS
};

static const char *const words[WORDS][2] = {
#define WORD(name, chinese, english) [WORD_##name] = { chinese, english },
#include "commands/trace_words.def"
#undef WORD
};

static const char *const methods[METHODS][2] = {
	[METHOD_MIN_OF_PA] = { "各过程域级别的最低者", "the lowest level of any process area" },
	[METHOD_THRESHOLD] = { "加权得分率达到各级要求，且否决项全部符合", "the weighted share that each level asks for, and every veto item met" },
	[METHOD_GIVEN] = { "以核定级别为准", "the level as stated" },
};

static const char *const english_outcomes[OUTCOMES] = {
	[OUTCOME_UNFINISHED] = "unfinished", [OUTCOME_NOT_REACHED] = "no level", [OUTCOME_REACHED] = "level reached",
};

static const char *const english_movements[MOVEMENTS] = {
	[MOVEMENT_NONE] = "", [MOVEMENT_NEW] = "new", [MOVEMENT_UP] = "up",
	[MOVEMENT_KEPT] = "kept", [MOVEMENT_DOWN] = "down", [MOVEMENT_OUT] = "out",
};

enum { AREA_COLUMNS = 30, ID_COLUMNS = 14 };

struct writer {
	const struct trace *trace;
	struct buf *buf;
	enum diag_language language;
};

static void put(const struct writer *w, enum word word)
{
	buf_string(w->buf, words[word][w->language]);
}

static void put_number(const struct writer *w, int64_t number)
{
	buf_format(w->buf, "%lld", (long long)number);
}

/* A word of the fixed vocabularies: as data/FORMATS.md §4 writes it, or its name in XML. */
static void put_choice(const struct writer *w, enum choice_set set, int value)
{
	buf_string(w->buf, w->language == LANGUAGE_CHINESE ? choice_word(set, value) : choice_xml(set, value));
}

static void put_padded(const struct writer *w, struct text text, int columns)
{
	columns -= plain_columns(text);
	plain_write(w->buf, text);
	buf_repeat(w->buf, ' ', columns > 0 ? (size_t)columns : 0);
}

static void put_title(const struct writer *w, enum word title)
{
	put(w, title);
	put(w, WORD_COLON);
}

static void end_line(const struct writer *w)
{
	buf_byte(w->buf, '\n');
}

/* A title that stands alone on its line. */
static void put_heading(const struct writer *w, enum word heading)
{
	put(w, heading);
	buf_string(w->buf, w->language == LANGUAGE_CHINESE ? "：\n" : ":\n");
}

static const struct item *item_at(const struct writer *w, int32_t index)
{
	return &w->trace->catalogue->items[index];
}

static void put_ids(const struct writer *w, const int32_t *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_string(w->buf, i ? " " : "");
		plain_write(w->buf, item_at(w, items[i])->id);
	}
	if (count == 0)
		put(w, WORD_NONE);
}

/* 2星 规范防护级 */
static void put_level(const struct writer *w, int level)
{
	struct text label = rule_label(w->trace->rule, level), name = rule_name(w->trace->rule, level);
	plain_write(w->buf, label);
	if (!text_equal(label, name)) {
		buf_byte(w->buf, ' ');
		plain_write(w->buf, name);
	}
}

static void put_word(const struct writer *w, struct text word)
{
	plain_write(w->buf, word);
	buf_string(w->buf, word.size ? "  " : "");
}

static void put_head(const struct writer *w)
{
	const struct trace *trace = w->trace;
	const struct track *track = &trace->model->campaign.tracks[trace->participation->track];
	put_word(w, trace->enterprise ? trace->enterprise->name : NO_TEXT);
	put_word(w, trace->enterprise ? trace->enterprise->code : NO_TEXT);
	put_word(w, w->language == LANGUAGE_CHINESE ? track->label : track->id);
	put_word(w, parts_platform(trace->participation));
	put_number(w, trace->model->campaign.year);
	end_line(w);
}

/* ，2星 → 1星: what the row changed; of a 增补 what it brought. */
static void put_change(const struct writer *w, const struct trace_turn *turn)
{
	bool is_correction = turn->row->kind == LEDGER_CORRECTION;
	bool is_renamed = turn->row->kind == LEDGER_RENAMED && turn->former.size;
	if (turn->row->kind != LEDGER_ADDED && !is_renamed && !is_correction)
		return;
	put(w, WORD_COMMA);
	plain_write(w->buf, is_renamed ? turn->former : rule_label(w->trace->rule, turn->before));
	if (turn->row->kind == LEDGER_ADDED)
		return;
	put(w, WORD_BECOMES);
	plain_write(w->buf, is_renamed ? turn->row->name : rule_label(w->trace->rule, turn->after));
}

/* What happened on the list, a row of the ledger a line; the reason is the one that is public. */
static void put_turns(const struct writer *w)
{
	for (size_t i = 0; i < w->trace->turn_count; i++) {
		const struct trace_turn *turn = &w->trace->turns[i];
		put_title(w, WORD_LEDGER);
		date_write_iso(w->buf, turn->row->date);
		buf_byte(w->buf, ' ');
		put_choice(w, SET_LEDGER, turn->row->kind);
		put_change(w, turn);
		if (turn->row->reason.size)
			put(w, WORD_COLON);
		plain_write(w->buf, turn->row->reason);
		end_line(w);
	}
}

static void put_standing(const struct writer *w)
{
	struct standing standing = w->trace->standing;
	bool has_level = standing.kind != STANDING_WITHDRAWN && standing.kind != STANDING_ABSENT;
	if (standing.kind == STANDING_VALID)
		return;
	put(w, WORD_NOW);
	if (has_level) {
		put_level(w, standing.level);
		put(w, WORD_OPENING);
	}
	put_choice(w, SET_STANDING, standing.kind);
	if (has_level)
		put(w, WORD_CLOSING);
}

static void put_result(const struct writer *w)
{
	const struct decision *decision = w->trace->decision;
	bool is_chinese = w->language == LANGUAGE_CHINESE;
	put_title(w, WORD_RESULT);
	buf_string(w->buf, is_chinese ? outcome_word((enum outcome)decision->outcome) : english_outcomes[decision->outcome]);
	if (decision->outcome == OUTCOME_REACHED) {
		put(w, WORD_COMMA);
		put_level(w, decision->level);
	}
	if (decision->movement != MOVEMENT_NONE) {
		put(w, WORD_COMMA);
		buf_string(w->buf, is_chinese ? movement_word((enum movement)decision->movement)
					      : english_movements[decision->movement]);
	}
	if (decision->earlier_year) {
		put(w, WORD_OPENING);
		put_number(w, decision->earlier_year);
		put(w, WORD_COLON);
		plain_write(w->buf, decision->earlier_label);
		put(w, WORD_CLOSING);
	}
	put_standing(w);
	end_line(w);
	put_turns(w);
}

static void put_rounds(const struct writer *w)
{
	const struct compiled_rule *rule = w->trace->rule;
	const struct decision *decision = w->trace->decision;
	put_title(w, WORD_METHOD);
	buf_string(w->buf, choice_xml(SET_METHOD, rule->method));
	put(w, WORD_COMMA);
	buf_string(w->buf, methods[rule->method][w->language]);
	end_line(w);
	put_title(w, WORD_ROUNDS);
	for (int i = 0; i < rule->round_count; i++) {
		buf_string(w->buf, i ? " > " : "");
		put_choice(w, SET_ROUND, rule->rounds[i]);
	}
	end_line(w);
	put_title(w, WORD_ALONE);
	for (int r = 0; r < ROUNDS; r++) {
		buf_string(w->buf, r ? "  " : "");
		put_choice(w, SET_ROUND, r);
		buf_byte(w->buf, ' ');
		plain_write(w->buf, decision->round_level[r] < 0 ? TEXT("—") : rule_label(rule, decision->round_level[r]));
	}
	end_line(w);
}

static void put_compliance(const struct writer *w)
{
	const struct tally *total = &w->trace->decision->total;
	put_title(w, WORD_COMPLIANCE);
	if (tally_applicable(total) > 0)
		trace_write_percent(tally_met(total), tally_applicable(total), w->buf);
	else
		buf_string(w->buf, "—");
	put(w, WORD_OPENING);
	buf_format(w->buf, "%d/%d", tally_met(total), tally_applicable(total));
	put(w, WORD_COMMA);
	put(w, WORD_NOT_APPLICABLE);
	put_number(w, total->by_result[RESULT_NOT_APPLICABLE]);
	put(w, WORD_CLOSING);
	end_line(w);
}

static void put_notes(const struct writer *w)
{
	const struct decision *decision = w->trace->decision;
	if (decision->given_differs >= 0) {
		put_title(w, WORD_DIFFERS);
		put_level(w, decision->given_differs);
		end_line(w);
	}
	if (decision->target > 0) {
		put_title(w, WORD_MEASURED);
		put_level(w, decision->target);
		end_line(w);
	}
}

/*   1星  8/10 = 0.8，要求 0.8，达到 */
static void put_share(const struct writer *w, int level)
{
	enum { SHOWN_DIGITS = 6 };
	const struct trace_share *share = &w->trace->shares[level];
	buf_string(w->buf, "  ");
	put_padded(w, rule_label(w->trace->rule, level), ID_COLUMNS);
	trace_write_sum(share->numerator, w->buf);
	buf_byte(w->buf, '/');
	trace_write_sum(share->denominator, w->buf);
	if (share->denominator > 0) {
		buf_string(w->buf, " = ");
		decimal_write(w->buf, decimal_ratio(share->numerator, share->denominator, SHOWN_DIGITS));
	}
	put(w, WORD_COMMA);
	if (share->has_required) {
		put(w, WORD_REQUIRED);
		decimal_write(w->buf, share->required);
		put(w, WORD_COMMA);
		put(w, share->is_reached ? WORD_REACHED : WORD_MISSED);
	} else {
		put(w, WORD_NO_SHARE);
	}
	if (share->failed_vetoes.count) {
		put(w, WORD_COMMA);
		put_title(w, WORD_VETOES);
		put_ids(w, share->failed_vetoes.at, share->failed_vetoes.count);
	}
	end_line(w);
}

static bool is_limiting(const struct trace *trace, int32_t area)
{
	for (size_t i = 0; i < trace->limiting_areas.count; i++)
		if (trace->limiting_areas.at[i] == area)
			return true;
	return false;
}

static void put_area(const struct writer *w, int32_t index)
{
	const struct trace *trace = w->trace;
	const struct area *area = &trace->catalogue->areas[index];
	int32_t open = 0;
	for (int32_t i = area->first_item; i < area->first_item + area->item_count; i++)
		open += rule_is_open(trace->decision->items[i].result);
	buf_string(w->buf, "  ");
	put_padded(w, area->id, ID_COLUMNS);
	put_padded(w, area->name, AREA_COLUMNS);
	if (trace->decision->area_level[index] < 0)
		put(w, WORD_LEFT_OUT);
	else
		plain_write(w->buf, rule_label(trace->rule, trace->decision->area_level[index]));
	if (open) {
		buf_string(w->buf, "  ");
		put(w, WORD_OPEN);
		put_number(w, open);
	}
	if (is_limiting(trace, index))
		put(w, WORD_LOWEST);
	end_line(w);
}

static void put_why(const struct writer *w)
{
	end_line(w);
	if (w->trace->rule->method == METHOD_THRESHOLD) {
		put_heading(w, WORD_SHARES);
		for (int n = 1; n <= w->trace->rule->level_count; n++)
			put_share(w, n);
		return;
	}
	put_heading(w, WORD_AREAS);
	for (int32_t a = 0; a < w->trace->catalogue->area_count; a++)
		put_area(w, a);
}

/*     * 现场核查 不符合 2021-11-02 data/2021/results/a.csv:12:3 */
static void put_observation(const struct writer *w, const struct trace_observation *seen)
{
	buf_string(w->buf, seen->is_counted ? "    * " : "      ");
	put_choice(w, SET_ROUND, seen->observation->round);
	buf_byte(w->buf, ' ');
	put_choice(w, SET_RESULT, seen->observation->result);
	if (!date_is_missing(seen->observation->date)) {
		buf_byte(w->buf, ' ');
		date_write_iso(w->buf, seen->observation->date);
	}
	if (seen->place.line) {
		buf_byte(w->buf, ' ');
		plain_write(w->buf, seen->place.file);
		buf_format(w->buf, ":%u:%u", seen->place.line, seen->place.column);
	}
	end_line(w);
}

static void put_deciding(const struct writer *w)
{
	const struct trace *trace = w->trace;
	if (trace->deciding_items.count == 0)
		return;
	end_line(w);
	put_title(w, WORD_DECIDING);
	put_number(w, (int64_t)trace->deciding_items.count);
	end_line(w);
	for (size_t k = 0; k < trace->deciding_items.count; k++) {
		int32_t item = trace->deciding_items.at[k];
		buf_string(w->buf, "  ");
		put_padded(w, item_at(w, item)->id, ID_COLUMNS);
		put_word(w, rule_label(trace->rule, trace->rule->item_levels[item]));
		put_choice(w, SET_RESULT, trace->decision->items[item].result);
		if (trace->first_of_item[item] == trace->first_of_item[item + 1]) {
			put(w, WORD_COMMA);
			put(w, WORD_NOBODY);
		}
		end_line(w);
		for (size_t i = trace->first_of_item[item]; i < trace->first_of_item[item + 1]; i++)
			put_observation(w, &trace->observations[i]);
	}
}

static void put_step(const struct writer *w, size_t number)
{
	const struct trace *trace = w->trace;
	int32_t index = trace->decision->way[number].item;
	const struct item *item = item_at(w, index);
	buf_format(w->buf, "%4zu. ", number + 1);
	put_padded(w, item->id, ID_COLUMNS);
	put(w, WORD_RISK);
	put_choice(w, SET_RISK, trace->rule->item_risks[index]);
	if (trace->rule->method == METHOD_THRESHOLD) {
		buf_string(w->buf, "  ");
		put(w, WORD_GAIN);
		trace_write_sum(rule_gain(trace->rule, index, trace->decision->items[index].result), w->buf);
		if (trace->decision->way[number].is_veto) {
			buf_string(w->buf, "  ");
			put(w, WORD_VETO);
		}
	}
	if (item->advice_days >= 0) {
		buf_string(w->buf, "  ");
		put_number(w, item->advice_days);
		put(w, WORD_DAYS);
	}
	buf_string(w->buf, item->advice_department.size ? "  " : "");
	plain_write(w->buf, item->advice_department);
	end_line(w);
}

static void put_next(const struct writer *w)
{
	const struct decision *decision = w->trace->decision;
	end_line(w);
	put_title(w, WORD_WAY);
	if (decision->next == 0)
		put(w, WORD_AT_TOP);
	else
		put_level(w, decision->next);
	if (decision->next && !decision->has_way_up) {
		put(w, WORD_COMMA);
		put(w, WORD_NO_WAY);
	}
	end_line(w);
	for (size_t i = 0; i < decision->way_count; i++)
		put_step(w, i);
	put_title(w, WORD_GAP);
	put_ids(w, decision->gap, decision->gap_count);
	end_line(w);
	put_title(w, WORD_FINDINGS);
	put_ids(w, decision->findings, decision->finding_count);
	end_line(w);
}

static void put_share_of(const struct writer *w, int64_t part, int64_t whole)
{
	buf_byte(w->buf, ' ');
	put_number(w, part);
	put(w, WORD_OPENING);
	trace_write_percent(part, whole, w->buf);
	put(w, WORD_CLOSING);
}

/*   PA01-3-01     企业报告已整改 2021-10-15，待复核 */
static void put_closure(const struct writer *w, const struct closure *closure)
{
	const struct rectification *claim = &w->trace->model->rectifications[closure->last];
	const struct trace_observation *settling = trace_settling(w->trace, closure);
	buf_string(w->buf, "  ");
	put_padded(w, item_at(w, closure->item)->id, ID_COLUMNS);
	put(w, WORD_CLAIMED);
	put_choice(w, SET_STATUS, closure->status);
	buf_string(w->buf, date_is_missing(claim->finished) ? "" : " ");
	date_write_iso(w->buf, claim->finished);
	put(w, WORD_COMMA);
	put_choice(w, SET_CLOSURE, closure->state);
	end_line(w);
	if (settling)
		put_observation(w, settling);
}

/* What the enterprise reports and what was confirmed: two numbers, each with its share. */
static void put_closures(const struct writer *w)
{
	struct closure_count count = { 0 };
	for (const struct closure *at = w->trace->closures, *end = at + w->trace->closure_count; at < end; at++)
		closure_add(&count, at, &w->trace->model->rectifications[at->last], false);
	if (!count.tasks)
		return;
	end_line(w);
	put_title(w, WORD_TASKS);
	put_number(w, count.tasks);
	put(w, WORD_COMMA);
	put(w, WORD_CLAIMED);
	put_choice(w, SET_STATUS, STATUS_DONE);
	put_share_of(w, count.by_status[STATUS_DONE], count.tasks);
	put(w, WORD_COMMA);
	put_choice(w, SET_CLOSURE, CLOSURE_CONFIRMED);
	put_share_of(w, count.by_state[CLOSURE_CONFIRMED], count.tasks);
	end_line(w);
	for (size_t i = 0; i < w->trace->closure_count; i++)
		put_closure(w, &w->trace->closures[i]);
}

void trace_write_text(const struct trace *trace, enum diag_language language, struct buf *buf)
{
	const struct writer writer = { trace, buf, language };
	put_head(&writer);
	put_result(&writer);
	put_rounds(&writer);
	put_compliance(&writer);
	put_notes(&writer);
	put_why(&writer);
	put_deciding(&writer);
	put_next(&writer);
	put_closures(&writer);
	trace_write_scans(trace, language, buf);
}
