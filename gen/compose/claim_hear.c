/* SPDX-License-Identifier: MIT */
#include "compose/claim_hear.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/nearest.h"
#include "compose/claim.h"
#include "compose/mustache.h"

static enum claim_kind find_kind(struct diag *diag, const struct mustache_claim *claim)
{
	enum claim_kind kind = claim_kind_of(claim->kind);
	if (kind < CLAIM_KINDS)
		return kind;
	struct nearest nearest = { .wanted = claim->kind };
	for (enum claim_kind known = 0; known < CLAIM_KINDS; known++)
		nearest_offer(&nearest, claim_word(known));
	DIAG(diag, DIAG_CLAIM_KIND, .span = claim->span, .a = claim->kind, .b = nearest_best(&nearest));
	return kind;
}

bool claim_hear(struct arena *arena, struct diag *diag, const struct mustache_claim *claim, struct text words)
{
	enum claim_kind kind = find_kind(diag, claim);
	if (kind == CLAIM_KINDS || kind == CLAIM_PLAIN)
		return kind == CLAIM_PLAIN;
	struct claim_judgement judgement = claim_judge(arena, kind, claim->rows, words);
	if (judgement.result == CLAIM_FALSE)
		DIAG(diag, DIAG_CLAIM_FALSE, .span = claim->span, .a = words, .b = judgement.why, .c = claim->subject);
	else if (judgement.result == CLAIM_NO_COLUMN)
		DIAG(diag, DIAG_CLAIM_COLUMNS, .span = claim->span, .a = claim->subject, .b = claim->kind,
		     .c = text_from(claim_columns(kind)));
	return judgement.result == CLAIM_TRUE;
}

/* ---- pages ------------------------------------------------------------------------------ */

/* What buf_html writes for a character, and what templates write by hand. */
static const struct {
	const char *entity, *character;
} entities[] = {
	{ "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" }, { "&nbsp;", " " },
};

/* Appends what is read at *at of html, which it moves past. */
static void read_at(struct buf *out, struct text html, size_t *at)
{
	struct text rest = { html.at + *at, html.size - *at };
	if (rest.at[0] == '<') {
		struct text close = text_from(text_starts(rest, "<!--") ? "-->" : ">");
		size_t end = text_find(rest, close);
		*at += end < rest.size ? end + close.size : rest.size;
		return;
	}
	for (size_t i = 0; rest.at[0] == '&' && i < sizeof entities / sizeof *entities; i++)
		if (text_starts(rest, entities[i].entity)) {
			buf_string(out, entities[i].character);
			*at += strlen(entities[i].entity);
			return;
		}
	buf_byte(out, rest.at[0]);
	*at += 1;
}

struct text claim_read_html(struct arena *arena, struct text html)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t at = 0; at < html.size;)
		read_at(&buf, html, &at);
	struct text words = text_copy(arena, text_trim(buf_view(&buf)));
	buf_clear(&buf);
	return words;
}
