/* SPDX-License-Identifier: MIT */
#include "base/chain.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"

/* How a line ends, so that what its own hash covers is known before it is read. */
#define OWN_KEY "sha256"
enum { OWN_SIZE = sizeof ",\"" OWN_KEY "\":\"" - 1 + 64 + sizeof "\"}" - 1 };

void chain_init(struct chain *chain, struct arena *arena, struct text text)
{
	*chain = (struct chain){ .arena = arena, .text = text };
	memset(chain->hash, '0', sizeof chain->hash - 1);
}

/* ---- reading ---------------------------------------------------------------------- */

struct chain_members {
	struct text n, day, kind, previous, own;
};

static bool read_members(const struct chain *chain, struct chain_members *members)
{
	const struct {
		const char *key;
		struct text *value;
	} known[] = {
		{ "n", &members->n }, { "day", &members->day }, { "kind", &members->kind },
		{ "previous", &members->previous }, { OWN_KEY, &members->own },
	};
	struct json_read json;
	struct text key;
	*members = (struct chain_members){ 0 };
	json_read_init(&json, chain->arena, chain->line);
	if (!json_read_object(&json))
		return false;
	while (json_read_member(&json, &key)) {
		size_t i = 0;
		while (i < sizeof known / sizeof *known && !text_is(key, known[i].key))
			i++;
		if (i == sizeof known / sizeof *known)
			json_read_skip(&json);
		else
			json_read_scalar(&json, known[i].value);
	}
	return json_read_end(&json);
}

/* Does the line end as one with a hash of its own, whatever that is called? */
static bool ends_with_hash(struct text line)
{
	if (line.size < OWN_SIZE)
		return false;
	struct text end = text_slice(line, line.size - OWN_SIZE, OWN_SIZE);
	for (size_t i = 0; i < 64; i++)
		if (!strchr("0123456789abcdef", end.at[OWN_SIZE - 66 + i]))
			return false;
	return end.at[0] == ',' && !text_contains(end, TEXT("previous"));
}

static bool fits_itself(struct text line, struct text own)
{
	char hash[65];
	if (own.size == 0)
		return !ends_with_hash(line);
	if (line.size < OWN_SIZE)
		return false;
	hash_of(text_slice(line, 0, line.size - OWN_SIZE), hash);
	return text_is(own, hash);
}

/* Sets day and kind of a line whose members can be read. */
static enum chain_fault judge(struct chain *chain)
{
	struct chain_members members;
	struct date day;
	int64_t n;
	if (!read_members(chain, &members) || !text_to_integer(members.n, &n) || !date_parse_iso(members.day, &day) ||
	    !members.kind.size)
		return CHAIN_NO_LINE;
	if (!fits_itself(chain->line, members.own))
		return CHAIN_CHANGED;
	if (n != chain->n + 1)
		return CHAIN_NUMBER;
	if (!text_is(members.previous, chain->hash))
		return CHAIN_PREVIOUS;
	chain->day = day;
	chain->kind = members.kind;
	return CHAIN_SOUND;
}

bool chain_next(struct chain *chain)
{
	struct text rest = text_slice(chain->text, chain->taken, chain->text.size);
	size_t end = text_find(rest, TEXT("\n"));
	bool is_finished = end < rest.size;
	if (chain->fault || rest.size == 0)
		return false;
	chain->line = text_slice(rest, 0, end);
	chain->fault = judge(chain);
	if (chain->fault == CHAIN_NO_LINE && !is_finished)
		chain->fault = CHAIN_TORN;
	if (chain->fault)
		return false;
	chain->taken += end + is_finished;
	chain->n++;
	hash_of(chain->line, chain->hash);
	return true;
}

void chain_read(struct chain *chain)
{
	while (chain_next(chain))
		;
}

void chain_report(const struct chain *chain, struct text file, struct span span, struct diag *diag)
{
	static const enum diag_kind kinds[] = {
		[CHAIN_TORN] = DIAG_REGISTER_TORN, [CHAIN_NO_LINE] = DIAG_REGISTER_LINE,
		[CHAIN_NUMBER] = DIAG_REGISTER_NUMBER,
		[CHAIN_PREVIOUS] = DIAG_REGISTER_PREVIOUS, [CHAIN_CHANGED] = DIAG_REGISTER_CHANGED,
	};
	/* The whole line would be the offending text, and may be megabytes. */
	if (chain->fault)
		DIAG(diag, kinds[chain->fault], .span = span, .a = file, .n = chain->n + 1, .offending = TEXT("…"));
}

/* ---- writing ---------------------------------------------------------------------- */

void chain_write(const struct chain *after, const struct chain_event *event, struct buf *buf)
{
	struct json_write json;
	char own[65];
	size_t start = buf->size;
	struct text day = { 0 };
	struct buf iso;
	buf_init(&iso, 32);
	date_write_iso(&iso, event->day);
	day = buf_view(&iso);
	json_write_init(&json, buf);
	json_write_object(&json, JSON_TIGHT);
	json_write_named_integer(&json, "n", after->n + 1);
	json_write_named_text(&json, "day", day);
	json_write_named_text(&json, "kind", text_from(event->kind));
	if (event->write)
		event->write(event->context, &json);
	json_write_named_text(&json, "previous", text_from(after->hash));
	hash_of(text_slice(buf_view(buf), start, buf->size), own);
	json_write_named_text(&json, OWN_KEY, text_from(own));
	json_write_close(&json);
	json_write_end(&json);
	buf_byte(buf, '\n');
	buf_clear(&iso);
}
