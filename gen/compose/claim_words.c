/* SPDX-License-Identifier: MIT */
#include "compose/claim_words.h"

#include <stdint.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "compose/claim.h"
#include "compose/mustache_nodes.h"

/* ---- the words ------------------------------------------------------------------------- */

#define BIT(kind) (UINT32_C(1) << CLAIM_##kind)
enum {
	GREATEST = BIT(MAX) | BIT(TOP) | BIT(ORDERED),
	EXTREME = BIT(MAX) | BIT(MIN) | BIT(TOP) | BIT(ORDERED),
	EACH = BIT(ALL) | BIT(EQUAL) | BIT(NONE) | BIT(MAX) | BIT(MIN) | BIT(TOP) | BIT(ORDERED),
	NOTHING = BIT(NONE) | BIT(EMPTY) | BIT(ZERO) | BIT(ALL) | BIT(MIN),
	PART = BIT(MOST),
	UPWARDS = BIT(RISES) | BIT(MORE),
	DOWNWARDS = BIT(FALLS) | BIT(LESS),
};

/*
 * A word, what may say it, and phrases in which it says nothing of the kind: names, definitions, what is
 * to be done.  The phrases are separated by blanks.  A longer word stands before one that it contains.
 */
static const struct claim_phrase {
	const char *word;
	uint32_t kinds;
	const char *innocent;
} words[] = {
	{ "绝大多数", PART, "" },
	{ "大多数", PART, "" },
	{ "多数", PART, "少数服从多数" },
	{ "过半数", PART, "" },
	{ "超过半数", PART, "" },
	{ "普遍", PART | BIT(ALL), "普遍适用" },
	{ "无一", NOTHING, "无一遗漏地" },
	{ "尚无", NOTHING, "尚无后续结果的" },
	{ "没有", NOTHING, "有没有 没有的 没有填写 没有级别，也 没有随 不等于没有 期限仍没有" },
	{ "全部", BIT(ALL) | BIT(EQUAL) | BIT(ZERO), "全部条目 全部名单 全部记录 全部版本 >全部< 全部工作 全部过程类 全部过程域 全部行业 全部任务 全部附件 全部问题 全部结果 全部完成核查的企业 全部参培家次 全部适用 须全部 应全部" },
	{ "首次", BIT(FIRST), "首次核查 首次公布 >首次列入< \"首次列入\"" },
	{ "依次", BIT(ORDERED), "依次采信 依次比较 依次进行" },
	{ "并列", EXTREME | BIT(EQUAL), "并列入 并列出" },
	{ "最高人民", 0, "最高人民" },
	{ "最近", 0, "最近" },
	{ "最后", 0, "最后" },
	{ "最终", 0, "最终" },
	{ "最新", 0, "最新" },
	{ "最早", EXTREME, "" },
	{ "最高", GREATEST, "最高级别 最高档 最高一级" },
	{ "最多", GREATEST, "至多 最多列 最多可" },
	{ "最大", GREATEST, "最大限度" },
	{ "最好", GREATEST, "最好在" },
	{ "最少", BIT(MIN), "所需满足的最少条目 最少条目" },
	{ "最低", BIT(MIN), "最低级 最低要求 最低工资" },
	{ "最小", BIT(MIN), "最小权限 最小化" },
	{ "最弱", BIT(MIN), "" },
	{ "最薄弱", EXTREME, "" },
	{ "最突出", EXTREME, "" },
	{ "最集中", EXTREME, "" },
	{ "最", EXTREME, "最短提升路径 最短路径" },
	{ "居首", GREATEST, "" },
	{ "居末", BIT(MIN) | BIT(ALL), "" },
	{ "均衡", 0, "均衡" },
	{ "平均", 0, "平均" },
	{ "均", EACH, "年均 人均 机均 户均 均值 均须 均应 均可 均以 均按 均由 均指 均不得 均依次采信 均为登记的" },
	{ "都", EACH | NOTHING, "首都 成都 都市 都可 都要 都应 都须" },
	{ "明显提升", UPWARDS, "" },
	{ "有所提升", UPWARDS, "" },
	{ "有所提高", UPWARDS, "" },
	{ "提升了", UPWARDS, "" },
	{ "提升至", UPWARDS, "" },
	{ "提升幅度", EXTREME | BIT(EQUAL), "" },
	{ "明显下降", DOWNWARDS, "" },
	{ "有所下降", DOWNWARDS, "" },
	{ "下降了", DOWNWARDS, "" },
	{ "下降至", DOWNWARDS, "" },
	{ "不低于", BIT(ALL) | UPWARDS, "不低于规定 不低于要求 不低于全省平均" },
	{ "高于", UPWARDS | BIT(ALL) | NOTHING, "高于规定 的核定级别高于" },
	{ "低于", DOWNWARDS | BIT(ALL) | NOTHING, "低于规定 家低于" },
	{ "不大于", DOWNWARDS | BIT(SAME), "" },
	{ "大于", UPWARDS, "" },
};
#undef BIT
enum { WORDS = sizeof words / sizeof *words };

/* True when `phrase` stands around the word at `at`. */
static bool stands_around(struct text text, size_t at, struct text phrase, struct text word)
{
	size_t within = text_find(phrase, word);
	return at >= within && text_equal(text_slice(text, at - within, phrase.size), phrase);
}

static bool is_innocent(struct text text, size_t at, const struct claim_phrase *word)
{
	struct text rest = text_from(word->innocent), phrase;
	while (text_next(&rest, ' ', &phrase))
		if (phrase.size && stands_around(text, at, phrase, text_from(word->word)))
			return true;
	return false;
}

/* A bit for the last two of a character's three bytes, which tell all but a few apart. */
struct firsts {
	uint64_t bits[64];
	bool is_made;
};

static uint64_t *bits_of(struct firsts *firsts, const char *at, uint64_t *bit)
{
	*bit = UINT64_C(1) << ((unsigned char)at[2] & 63);
	return &firsts->bits[(unsigned char)at[1] & 63];
}

/*
 * May one of the words begin so?  Most characters of all texts and queries begin none, and to look for each word at
 * each of them took half of what compiling a report's texts takes.
 */
static bool may_begin(struct text rest)
{
	static struct firsts firsts;
	uint64_t bit;
	for (size_t i = 0; !firsts.is_made && i < WORDS; i++) {
		uint64_t *bits = bits_of(&firsts, words[i].word, &bit);
		*bits |= bit;
	}
	firsts.is_made = true;
	if (rest.size < 3 || (unsigned char)rest.at[0] < 0x80)
		return false;
	const uint64_t *bits = bits_of(&firsts, rest.at, &bit);
	return *bits & bit;
}

/* The word that begins at `at` and means what it says; NULL: none.  *size: to go on by. */
static const struct claim_phrase *word_at(struct text text, size_t at, size_t *size)
{
	struct text rest = text_slice(text, at, text.size);
	const bool may = may_begin(rest);
	for (size_t i = 0; may && i < WORDS; i++) {
		if (!text_starts(rest, words[i].word))
			continue;
		*size = strlen(words[i].word);
		return is_innocent(text, at, &words[i]) ? NULL : &words[i];
	}
	size_t next = at;
	utf8_next(text, &next);
	*size = next - at;
	return NULL;
}

bool claim_words_are_in(struct text text)
{
	for (size_t at = 0, size; at < text.size; at += size)
		if (word_at(text, at, &size))
			return true;
	return false;
}

/* ---- in SQL ------------------------------------------------------------------------------ */

/* What stands between quotes in SQL; in: what ends it, 0 outside. */
struct quoting {
	char in;
};

/* True when what stands at `at` is within a literal, which may be printed. */
static bool is_literal(struct quoting *quoting, struct text sql, size_t at)
{
	char c = sql.at[at];
	if (quoting->in == c)
		quoting->in = 0;
	else if (!quoting->in && (c == '\'' || c == '"'))
		quoting->in = c;
	else if (!quoting->in && text_starts(text_slice(sql, at, sql.size), "--"))
		quoting->in = '\n';
	return quoting->in == '\'';
}

/* ---- in a template ----------------------------------------------------------------------- */

enum { DEEPEST = 100 /* claims within claims */ };

struct reading {
	struct diag *diag;
	const struct mustache *template;
	size_t ends[DEEPEST];    /* the first node behind each open claim */
	uint32_t kinds[DEEPEST]; /* that are open with it */
	size_t depth;
	enum claim_markup markup;
	bool in_body, in_head;   /* of a fence */
	enum empty_part { NOT_EMPTY, EMPTY_KEY, EMPTY_VALUE } empty; /* where in empty="…" of a fence's head */
	bool is_printed;         /* the body of the fence: words, and no query */
	size_t query_end;        /* the first node behind the query in which a node stands; else it is behind that */
	struct quoting quoting;  /* in that query, or in the fence */
	const char *until;       /* what ends the part of a page that nobody reads; NULL: in none */
};

static bool is_read_on_page(struct reading *reading, struct text text, size_t at)
{
	static const struct {
		const char *begin, *end;
	} parts[] = { { "<!--", "-->" }, { "<script", "</script" }, { "<style", "</style" } };
	struct text rest = text_slice(text, at, text.size);
	for (size_t i = 0; !reading->until && i < sizeof parts / sizeof *parts; i++)
		if (text_starts(rest, parts[i].begin))
			reading->until = parts[i].end;
	if (reading->until && text_starts(rest, reading->until))
		reading->until = NULL;
	return !reading->until;
}

/* A fence begins or ends with the line `rest`. */
static void turn_fence(struct reading *reading, struct text rest)
{
	reading->in_head = !reading->in_body;
	reading->in_body = !reading->in_body;
	reading->empty = NOT_EMPTY;
	reading->is_printed = text_starts(rest, "```cover") || text_starts(rest, "```signature");
	reading->quoting = (struct quoting){ 0 };
}

/* Of the head of a fence: that its words empty="…" are said only where its query has no rows. */
static void follow_empty(struct reading *reading, struct text text, size_t at)
{
	bool is_quote = text.at[at] == '"';
	if (text_starts(text_slice(text, at, text.size), " empty=\""))
		reading->empty = EMPTY_KEY;
	else if (is_quote)
		reading->empty = reading->empty == EMPTY_KEY ? EMPTY_VALUE : NOT_EMPTY;
}

enum heard { UNHEARD, HEARD, HEARD_IN_QUERY };

/* What stands at `at` of a Markdown node; follows the fences, which begin and end lines. */
static enum heard hear_prose(struct reading *reading, struct text text, size_t at, bool starts_line)
{
	struct text rest = text_slice(text, at, text.size);
	if (starts_line && text_starts(rest, "```"))
		turn_fence(reading, rest);
	if (text.at[at] == '\n')
		reading->in_head = false;
	if (reading->in_head)
		follow_empty(reading, text, at);
	/* Attributes, too: notes below tables, names of lines, what is said instead of no rows. */
	if (reading->in_head || !reading->in_body || reading->is_printed)
		return HEARD;
	return is_literal(&reading->quoting, text, at) ? HEARD_IN_QUERY : UNHEARD;
}

static enum heard hear_at(struct reading *reading, const struct tag_node *node, size_t at, bool starts_line)
{
	if (node < reading->template->nodes + reading->query_end)
		return is_literal(&reading->quoting, node->text, at) ? HEARD_IN_QUERY : UNHEARD;
	if (reading->markup == CLAIM_HTML)
		return is_read_on_page(reading, node->text, at) ? HEARD : UNHEARD;
	return hear_prose(reading, node->text, at, starts_line);
}

/* A query gives words for a text to print, wherever: no claim around it holds them against rows. */
static void read_text(struct reading *reading, const struct tag_node *node)
{
	uint32_t kinds = reading->depth ? reading->kinds[reading->depth - 1] : 0;
	const uint32_t empty_kind = UINT32_C(1) << CLAIM_EMPTY;
	bool is_plain = (kinds & UINT32_C(1) << CLAIM_PLAIN) != 0, starts_line = node->starts_line;
	for (size_t at = 0, size = 1; at < node->text.size; at += size) {
		enum heard heard = hear_at(reading, node, at, starts_line);
		starts_line = node->text.at[at] == '\n';
		const struct claim_phrase *word = word_at(node->text, at, &size);
		uint32_t bound = kinds | (reading->empty == EMPTY_VALUE ? empty_kind : 0);
		bool is_bound = heard == HEARD && word && (word->kinds & bound);
		if (!word || !heard || is_plain || is_bound)
			continue;
		uint32_t start = node->start + (uint32_t)at;
		struct span span = { reading->template->source, start, start + (uint32_t)size };
		DIAG(reading->diag, DIAG_CLAIM_UNBOUND, .span = span.source ? span : NO_SPAN,
		     .a = text_from(word->word));
	}
}

static void open_claim(struct reading *reading, const struct tag_node *node)
{
	enum claim_kind kind = claim_kind_of(node->claim);
	uint32_t outer = reading->depth ? reading->kinds[reading->depth - 1] : 0;
	if (reading->depth == DEEPEST)
		return;
	reading->ends[reading->depth] = node->after;
	/* Of one that there is not, which is told, nothing more is said. */
	reading->kinds[reading->depth++] = outer | (kind < CLAIM_KINDS ? UINT32_C(1) << kind : UINT32_MAX);
}

static void open_query(struct reading *reading, size_t index)
{
	if (index < reading->query_end)
		return; /* within another */
	reading->query_end = reading->template->nodes[index].after;
	reading->quoting = (struct quoting){ 0 };
}

void claim_words_check(struct diag *diag, const struct mustache *template, enum claim_markup markup)
{
	struct reading reading = { .diag = diag, .template = template, .markup = markup };
	for (size_t i = 0; i < template->count; i++) {
		const struct tag_node *node = &template->nodes[i];
		while (reading.depth && reading.ends[reading.depth - 1] <= i)
			reading.depth--;
		if (node->kind == TAG_CLAIM)
			open_claim(&reading, node);
		else if (node->kind == TAG_QUERY)
			open_query(&reading, i);
		else if (node->kind == TAG_TEXT)
			read_text(&reading, node);
	}
}

/* ---- where there are no claims -------------------------------------------------------------- */

/* start: of the text in its source.  quoting NULL: all of it is printed. */
static void read_unbound(struct diag *diag, struct text text, struct span start, struct quoting *quoting)
{
	for (size_t at = 0, size; at < text.size; at += size) {
		const struct claim_phrase *word = word_at(text, at, &size);
		if ((quoting && !is_literal(quoting, text, at)) || !word)
			continue;
		uint32_t from = start.start + (uint32_t)at;
		struct span span = { start.source, from, from + (uint32_t)size };
		DIAG(diag, DIAG_CLAIM_UNBOUND, .span = span.source ? span : NO_SPAN, .a = text_from(word->word));
	}
}

void claim_words_check_query(struct diag *diag, const struct mustache *sql)
{
	struct quoting quoting = { 0 };
	for (size_t i = 0; i < sql->count; i++)
		if (sql->nodes[i].kind == TAG_TEXT)
			read_unbound(diag, sql->nodes[i].text, (struct span){ sql->source, sql->nodes[i].start, 0 },
				     &quoting);
}

void claim_words_check_sql(struct diag *diag, struct text sql, struct span span)
{
	read_unbound(diag, sql, span, &(struct quoting){ 0 });
}

void claim_words_check_line(struct diag *diag, struct text line, struct span span)
{
	read_unbound(diag, line, span, NULL);
}

bool claim_words_are_free(struct text value)
{
	return text_starts(value, "free ") && text_trim(text_slice(value, 5, value.size)).size;
}
