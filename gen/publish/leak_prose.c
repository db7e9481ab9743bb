/* SPDX-License-Identifier: MIT
 *
 * What nobody can be sure of and somebody must look at: a name in a shorter form, and a word
 * that judges, beside a name.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "publish/leak_hunt.h"

enum {
	CALLED_MOST = 2, /* enterprises that a shortened name may mean: more, and it is a word */
};

struct called {
	struct text name;
	enum leak_manner manner;
	uint32_t count;  /* of enterprises that are not listed and called so */
	bool is_other;   /* it may mean another, or nobody: not hunted */
};

struct mention {
	size_t start, end;
	bool is_hunted;
};

struct leak_prose {
	LIST(struct called) called;
	LIST(struct text) known;
	LIST(struct mention) mentions; /* in the source that is read now */
	struct map present;
	struct leak_index *index;
	struct leak_folded text;
	bool is_learnt;
};

/* With a name beside them; those in the row of an enterprise need none. */
static const struct {
	const char *word;
	bool is_plain;
} judgements[] = {
	{ "未达标", true }, { "不达标", true }, { "得分", true }, { "分数", false }, { "评分", false },
	{ "不符合", false }, { "不合格", false }, { "未通过", false }, { "退出", false }, { "落选", false },
};

struct leak_prose *leak_prose_new(struct arena *arena)
{
	struct leak_prose *prose = ARENA_NEW(arena, struct leak_prose);
	prose->index = leak_index_new(LEAK_WIDE);
	return prose;
}

void leak_prose_free(struct leak_prose *prose)
{
	if (!prose)
		return;
	LIST_FREE(&prose->called);
	LIST_FREE(&prose->known);
	LIST_FREE(&prose->mentions);
	map_clear(&prose->present);
	leak_index_free(prose->index);
	leak_folded_free(&prose->text);
}

void leak_prose_add(struct leak_prose *prose, struct text name, bool is_hunted)
{
	uint32_t number = (uint32_t)prose->called.count, index;
	leak_folded_set(&prose->text, name);
	if (prose->text.size < LEAK_WIDE)
		return;
	index = map_add(&prose->present, name, number);
	if (index == number) {
		LIST_PUSH(&prose->called, ((struct called){ .name = name, .manner = leak_manner_of(name, false) }));
		leak_index_add(prose->index, leak_folded_text(&prose->text), number);
	}
	prose->called.at[index].count += is_hunted;
	prose->called.at[index].is_other |= !is_hunted;
}

void leak_prose_know(struct leak_prose *prose, struct text ordinary)
{
	LIST_PUSH(&prose->known, ordinary);
}

static void found_in_known(void *context, uint32_t number, size_t start)
{
	struct leak_prose *prose = context;
	struct called *called = &prose->called.at[number];
	called->is_other |= leak_stands_folded(leak_folded_text(&prose->text), start, called->name);
}

static void learn(struct leak_prose *prose)
{
	for (size_t i = 0; i < prose->known.count; i++) {
		leak_folded_set(&prose->text, prose->known.at[i]);
		leak_index_search(prose->index, leak_folded_text(&prose->text), found_in_known, prose);
	}
	prose->is_learnt = true;
}

static void found(void *context, uint32_t number, size_t start)
{
	struct leak_prose *prose = context;
	const struct called *called = &prose->called.at[number];
	struct mention mention = { .is_hunted = !called->is_other && called->count && called->count <= CALLED_MOST };
	if (!leak_stands_folded(leak_folded_text(&prose->text), start, called->name))
		return;
	mention.start = leak_folded_place(&prose->text, start);
	if (leak_is_written(prose->text.raw, mention.start, called->name, called->manner, &mention.end))
		LIST_PUSH(&prose->mentions, mention);
}

static int compare_mentions(const void *left, const void *right)
{
	const struct mention *a = left, *b = right;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->end < b->end) - (a->end > b->end);
}

/* Whether the whole name was found there, of which an error tells. */
static bool is_within_find(const struct leak_search *search, const struct leak_source *source,
			   const struct mention *mention)
{
	for (size_t i = search->finds.count; i-- > 0 && search->finds.at[i].source == source;)
		if (search->finds.at[i].match.start <= mention->start && mention->start < search->finds.at[i].match.end)
			return true;
	return false;
}

static void tell_short_names(const struct leak_prose *prose, struct leak_search *search,
			     const struct leak_source *source)
{
	size_t told = 0;
	for (size_t i = 0; i < prose->mentions.count; i++) {
		const struct mention *mention = &prose->mentions.at[i];
		if (!mention->is_hunted || mention->start < told || is_within_find(search, source, mention))
			continue;
		struct span place = leak_source_span(source, mention->start, mention->end);
		DIAG(search->diag, DIAG_LEAK_SHORTENED, .span = place, .a = text_from(source->what),
		     .b = text_slice(source->text, mention->start, mention->end - mention->start));
		told = mention->end;
	}
}

/* ---- words that judge -------------------------------------------------------------------- */

static bool begins_block(struct text line)
{
	line = text_trim(line);
	return !line.size || strchr("#|>*+-", line.at[0]) || (line.at[0] >= '0' && line.at[0] <= '9');
}

/* The end of the paragraph, item or row of a table that begins at `start`. */
static size_t block_end(struct text text, size_t start)
{
	for (size_t at = start, next; at < text.size; at = next) {
		const char *end = memchr(text.at + at, '\n', text.size - at);
		next = end ? (size_t)(end - text.at) + 1 : text.size;
		if (at > start && begins_block(text_slice(text, at, next - at)))
			return at;
	}
	return text.size;
}

static bool names_somebody(const struct leak_prose *prose, const struct leak_search *search,
			   const struct leak_source *source, size_t start, size_t end)
{
	for (size_t i = 0; i < prose->mentions.count; i++)
		if (prose->mentions.at[i].start >= start && prose->mentions.at[i].start < end)
			return true;
	for (size_t i = search->finds.count; i-- > 0 && search->finds.at[i].source == source;)
		if (search->finds.at[i].match.start >= start && search->finds.at[i].match.start < end)
			return true;
	return false;
}

static void judge_block(struct leak_prose *prose, struct leak_search *search, const struct leak_source *source,
			size_t start, size_t end)
{
	bool is_named = names_somebody(prose, search, source, start, end);
	if (!is_named && !source->is_of_firm)
		return;
	leak_folded_set(&prose->text, text_slice(source->text, start, end - start));
	for (size_t i = 0; i < sizeof judgements / sizeof *judgements; i++) {
		struct text word = text_from(judgements[i].word);
		size_t at = text_find(leak_folded_text(&prose->text), word);
		if (at == prose->text.size || !(is_named || judgements[i].is_plain))
			continue;
		size_t first = start + leak_folded_place(&prose->text, at);
		struct span place = leak_source_span(source, first, first + word.size);
		DIAG(search->diag, DIAG_LEAK_JUDGEMENT, .span = place, .a = text_from(source->what), .b = word);
	}
}

void leak_prose_read(struct leak_search *search, const struct leak_source *source)
{
	struct leak_prose *prose = search->leak->prose;
	if (!prose->is_learnt)
		learn(prose);
	prose->mentions.count = 0;
	leak_folded_set(&prose->text, source->text);
	leak_index_search(prose->index, leak_folded_text(&prose->text), found, prose);
	if (prose->mentions.count)
		qsort(prose->mentions.at, prose->mentions.count, sizeof *prose->mentions.at, compare_mentions);
	tell_short_names(prose, search, source);
	for (size_t start = 0, end; start < source->text.size; start = end) {
		end = block_end(source->text, start);
		judge_block(prose, search, source, start, end);
	}
}
