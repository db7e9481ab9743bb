/* SPDX-License-Identifier: MIT */
#include "commands/diff_text.h"

#include "assess/chronicle.h"
#include "assess/rule.h"
#include "base/arena.h"
#include "base/buf.h"

/* A text that grows by parts with "；" between them. */
struct reason {
	const struct diff_words *words;
	struct buf buf;
};

static const char *word(const struct diff_words *words, const char *chinese, const char *english)
{
	return words->language == LANGUAGE_ENGLISH ? english : chinese;
}

static void next_part(struct reason *reason)
{
	if (reason->buf.size)
		buf_string(&reason->buf, word(reason->words, "；", "; "));
}

static struct text finish(struct reason *reason)
{
	struct text text = text_copy(reason->words->arena, buf_view(&reason->buf));
	buf_clear(&reason->buf);
	return text;
}

static struct reason begin(const struct diff_words *words)
{
	struct reason reason = { .words = words };
	buf_init(&reason.buf, BUF_LIMIT_PAGE);
	return reason;
}

/* ---- changes ----------------------------------------------------------------------- */

static const char *const change_words[CHANGES][2] = {
	[CHANGE_OUT] = { "退出", "dropped out" },
	[CHANGE_DOWN] = { "降", "down" },
	[CHANGE_UP] = { "升", "up" },
	[CHANGE_NEW] = { "新达标", "new" },
	[CHANGE_OUTCOME] = { "结论变化", "outcome" },
	[CHANGE_ONLY_BEFORE] = { "仅在 A", "only in A" },
	[CHANGE_ONLY_NOW] = { "仅在 B", "only in B" },
	[CHANGE_NONE] = { "", "" },
};

struct text diff_change(const struct diff_words *words, const struct compare_row *row)
{
	struct reason reason = begin(words);
	const char *const parts[] = {
		change_words[row->change][words->language],
		row->is_renamed ? word(words, "更名", "renamed") : "",
		row->is_moved ? word(words, "迁移", "moved") : "",
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (!*parts[i])
			continue;
		if (reason.buf.size)
			buf_string(&reason.buf, word(words, "、", ", "));
		buf_string(&reason.buf, parts[i]);
	}
	return finish(&reason);
}

/* ---- items ---------------------------------------------------------------------------- */

struct text diff_items(const struct diff_words *words, const struct compare_row *row)
{
	struct reason reason = begin(words);
	for (size_t i = 0; i < row->undo.count; i++) {
		if (i)
			buf_string(&reason.buf, word(words, "、", ", "));
		buf_text(&reason.buf, row->undo.items[i].id);
	}
	return finish(&reason);
}

static void write_items(struct reason *reason, const struct undo *undo)
{
	for (size_t i = 0; i < undo->count; i++) {
		const struct undo_item *item = &undo->items[i];
		buf_string(&reason->buf, i ? word(reason->words, "，", ", ") : "");
		buf_text(&reason->buf, item->id);
		buf_format(&reason->buf, " %s", choice_word(SET_RESULT, item->before));
		if (item->before != item->now)
			buf_format(&reason->buf, "→%s", choice_word(SET_RESULT, item->now));
	}
}

/* ---- what the rules say ------------------------------------------------------------ */

static void write_rounds(struct buf *buf, const struct compiled_rule *rule)
{
	for (int i = 0; i < rule->round_count; i++)
		buf_format(buf, "%s%s", i ? " " : "", choice_xml(SET_ROUND, rule->rounds[i]));
}

static void add_rounds(struct reason *reason, const struct compiled_rule *before, const struct compiled_rule *now)
{
	if (before->round_count == now->round_count &&
	    memcmp(before->rounds, now->rounds, (size_t)now->round_count) == 0)
		return;
	next_part(reason);
	buf_string(&reason->buf, word(reason->words, "计入轮次 ", "rounds "));
	write_rounds(&reason->buf, before);
	buf_string(&reason->buf, "→");
	write_rounds(&reason->buf, now);
}

static void add_catalogue(struct reason *reason, const struct catalogue *before, const struct catalogue *now)
{
	if (strcmp(before->hash, now->hash) == 0)
		return;
	next_part(reason);
	buf_format(&reason->buf, "%s %.*s→%.*s", word(reason->words, "条目目录", "catalogue"), TEXT_ARGS(before->id),
		   TEXT_ARGS(now->id));
	if (text_equal(before->id, now->id))
		buf_string(&reason->buf, word(reason->words, "（内容不同）", " (its contents differ)"));
}

static void write_decimal(struct buf *buf, bool is_there, struct decimal value)
{
	if (is_there)
		decimal_write(buf, value);
	else
		buf_string(buf, "—");
}

/* The share that a level asks for, where it differs, with what the later side has. */
static void add_share(struct reason *reason, const struct undo_side sides[2], int level)
{
	const struct rule *before = sides[0].rule->written, *now = sides[1].rule->written;
	bool had = before->has_share[level], has = now->has_share[level];
	if (had == has && (!has || decimal_compare(before->share[level], now->share[level]) == 0))
		return;
	next_part(reason);
	buf_format(&reason->buf, "%.*s%s ", TEXT_ARGS(rule_label(sides[1].rule, level)),
		   word(reason->words, "的比例", ": share"));
	write_decimal(&reason->buf, had, before->share[level]);
	buf_string(&reason->buf, "→");
	write_decimal(&reason->buf, has, now->share[level]);
	decimal_sum got = sides[1].decision->share_got[level], of = sides[1].decision->share_of[level];
	buf_string(&reason->buf, word(reason->words, "（现为 ", " (is "));
	write_decimal(&reason->buf, of > 0, of > 0 ? decimal_ratio(got, of, 4) : decimal_from(0));
	buf_string(&reason->buf, word(reason->words, "）", ")"));
}

static void add_rule(struct reason *reason, const struct undo_side sides[2])
{
	const struct compiled_rule *before = sides[0].rule, *now = sides[1].rule;
	int most = before->level_count < now->level_count ? before->level_count : now->level_count;
	add_catalogue(reason, before->catalogue, now->catalogue);
	if (before->method != now->method) {
		next_part(reason);
		buf_format(&reason->buf, "%s %s→%s", word(reason->words, "评定方法", "method"),
			   choice_xml(SET_METHOD, before->method), choice_xml(SET_METHOD, now->method));
	}
	add_rounds(reason, before, now);
	if (now->method != METHOD_THRESHOLD)
		return;
	bool had = before->method == METHOD_THRESHOLD; /* no other method gives credit for a part */
	if (!had || decimal_compare(before->written->partial, now->written->partial) != 0) {
		next_part(reason);
		buf_string(&reason->buf, word(reason->words, "部分符合得分 ", "credit of 部分符合 "));
		write_decimal(&reason->buf, had, before->written->partial);
		buf_string(&reason->buf, "→");
		decimal_write(&reason->buf, now->written->partial);
	}
	for (int level = 1; level <= most; level++)
		add_share(reason, sides, level);
}

/* ---- why --------------------------------------------------------------------------------- */

static void add_undo(struct reason *reason, const struct compare_row *row, const struct undo_side sides[2])
{
	static const char *const intro[UNDO_KINDS][2] = {
		[UNDO_NOTHING] = { "没有哪些条目能够改变", "no items would change it" },
		[UNDO_EACH] = { "结果变化（任一项改回即复原）：", "results (any one put back undoes it): " },
		[UNDO_TOGETHER] = { "结果变化（须一并改回才复原）：", "results (put back together they undo it): " },
		[UNDO_MET] = { "规则之变；较低一方须符合：", "the rule; the lower side would have to meet: " },
		[UNDO_STATED] = { "核定级别 ", "the stated level " },
		[UNDO_UNOBSERVED] = { "", "" },
	};
	const struct undo *undo = &row->undo;
	bool is_by_results = undo->kind == UNDO_EACH || undo->kind == UNDO_TOGETHER;
	if (is_by_results || undo->kind == UNDO_UNOBSERVED)
		add_rounds(reason, sides[0].rule, sides[1].rule);
	else if (undo->kind != UNDO_STATED)
		add_rule(reason, sides);
	next_part(reason);
	buf_string(&reason->buf, intro[undo->kind][reason->words->language]);
	if (undo->kind == UNDO_STATED)
		buf_format(&reason->buf, "%.*s→%.*s", TEXT_ARGS(rule_label(sides[0].rule, sides[0].decision->level)),
			   TEXT_ARGS(rule_label(sides[1].rule, sides[1].decision->level)));
	if (undo->kind == UNDO_UNOBSERVED && sides[1].decision->outcome == OUTCOME_UNFINISHED)
		buf_string(&reason->buf, word(reason->words, "B 中没有计入轮次的结果", "no counted result in B"));
	else if (undo->kind == UNDO_UNOBSERVED)
		buf_string(&reason->buf, word(reason->words, "A 中没有计入轮次的结果", "no counted result in A"));
	write_items(reason, undo);
}

/* The last row of the ledger that changed what a side shows of an entry. */
static void add_ledger(struct reason *reason, const struct compare_side *side, const struct compare_entry *entry)
{
	if (!side->decided || !entry || !side->shown->chronicle)
		return;
	const struct chronicle *chronicle = side->shown->chronicle;
	const struct decision *decided = &side->decided->decisions[entry->participation];
	if (decided->level == entry->level || chronicle->version_count == 0)
		return;
	struct standing standing =
		chronicle_standing(side->decided, chronicle, chronicle->version_count - 1, entry->participation);
	if (standing.row < 0)
		return;
	const struct ledger *row = &side->decided->model->ledger[standing.row];
	next_part(reason);
	buf_format(&reason->buf, "%s %s ", side == reason->words->now ? "B" : "A",
		   word(reason->words, "的名单变动", "ledger:"));
	date_write_iso(&reason->buf, row->date);
	buf_format(&reason->buf, " %s", choice_word(SET_LEDGER, row->kind));
	if (row->reason.size)
		buf_format(&reason->buf, "（%.*s）", TEXT_ARGS(row->reason));
}

static struct undo_side side_of(const struct compare_side *side, const struct compare_entry *entry)
{
	const struct participation *participation = &side->decided->model->participations[entry->participation];
	return (struct undo_side){ side->decided->rules[participation->track],
				   &side->decided->decisions[entry->participation] };
}

static void add_change(struct reason *reason, const char *what, struct text before, struct text now)
{
	next_part(reason);
	buf_format(&reason->buf, "%s %.*s→%.*s", what, TEXT_ARGS(before), TEXT_ARGS(now));
}

struct text diff_reason(const struct diff_words *words, const struct compare_row *row)
{
	struct reason reason = begin(words);
	bool has_results = words->before->decided && words->now->decided;
	if (!row->before || !row->now) {
		buf_string(&reason.buf, row->before ? word(words, "B 中没有这一家次", "not in B")
						    : word(words, "A 中没有这一家次", "not in A"));
	} else if (has_results && (compare_is_of_level(row->change) || row->change == CHANGE_OUTCOME)) {
		const struct undo_side sides[2] =
			{ side_of(words->before, row->before), side_of(words->now, row->now) };
		if (!row->is_by_ledger)
			add_undo(&reason, row, sides);
	}
	if (!has_results && row->before && row->now && compare_is_of_level(row->change))
		buf_string(&reason.buf, word(words, "A 是已公布的名单，不含结果", "A is a published list, without results"));
	if (compare_is_of_level(row->change)) {
		add_ledger(&reason, words->before, row->before);
		add_ledger(&reason, words->now, row->now);
	}
	bool has_both = row->before && row->now;
	if (has_both && row->is_renamed)
		add_change(&reason, word(words, "更名", "renamed"), row->before->name, row->now->name);
	if (has_both && row->is_moved)
		add_change(&reason, word(words, "迁移", "moved"), row->before->city, row->now->city);
	return finish(&reason);
}
