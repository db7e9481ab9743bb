/* SPDX-License-Identifier: MIT */
#include "publish/leak.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/list.h"
#include "base/map.h"
#include "publish/output.h"

struct hunted {
	struct text value;
	const char *what;
	uint32_t next; /* 1 + index of another value with the same key, 0 = none */
	bool is_remark, is_known;
};

struct leak {
	struct arena *arena;
	LIST(struct hunted) values;
	LIST(struct text) allowed, known;
	struct map by_key;  /* first LEAK_KEY bytes → 1 + index */
	struct map present; /* values already added */
	unsigned char first_bytes[65536 / 8]; /* a bit per pair of first bytes: most positions end here */
	size_t too_short;
};

struct leak *leak_new(struct arena *arena)
{
	struct leak *leak = ARENA_NEW(arena, struct leak);
	leak->arena = arena;
	return leak;
}

static size_t pair_of(const char *at)
{
	return (size_t)(unsigned char)at[0] << 8 | (unsigned char)at[1];
}

/* What is hunted anyway is not spared for being a remark as well. */
static void add_form(struct leak *leak, struct text value, const char *what, bool is_remark)
{
	const uint32_t *present = map_find(&leak->present, value);
	if (present) {
		leak->values.at[*present - 1].is_remark &= is_remark;
		return;
	}
	value = text_copy(leak->arena, value);
	uint32_t number = (uint32_t)leak->values.count + 1;
	map_add(&leak->present, value, number);
	struct text key = text_slice(value, 0, LEAK_KEY);
	uint32_t head = map_add(&leak->by_key, key, number);
	struct hunted hunted = { .value = value, .what = what, .is_remark = is_remark };
	if (head != number) {
		hunted.next = leak->values.at[head - 1].next;
		leak->values.at[head - 1].next = number;
	}
	LIST_PUSH(&leak->values, hunted);
	size_t pair = pair_of(value.at);
	leak->first_bytes[pair / 8] |= (unsigned char)(1u << pair % 8);
}

static void add_forms(struct leak *leak, struct text value, const char *what, bool is_remark)
{
	value = text_trim(value);
	if (value.size < (is_remark ? LEAK_REMARK : LEAK_KEY)) {
		leak->too_short++;
		return;
	}
	add_form(leak, value, what, is_remark);
	struct buf escaped;
	buf_init(&escaped, BUF_LIMIT_PAGE);
	buf_html(&escaped, value);
	add_form(leak, buf_view(&escaped), what, is_remark);
	buf_reset(&escaped);
	buf_json(&escaped, value);
	add_form(leak, text_slice(buf_view(&escaped), 1, escaped.size - 2), what, is_remark);
	buf_clear(&escaped);
}

void leak_add(struct leak *leak, struct text value, const char *what)
{
	add_forms(leak, value, what, false);
}

void leak_add_remark(struct leak *leak, struct text value, const char *what)
{
	add_forms(leak, value, what, true);
}

void leak_know(struct leak *leak, struct text text)
{
	if (text.size)
		LIST_PUSH(&leak->known, text);
}

void leak_allow(struct leak *leak, struct text value)
{
	if (value.size)
		LIST_PUSH(&leak->allowed, text_copy(leak->arena, value));
}

/* Does one of the allowed texts cover the hit?  Only asked for hits, so slowness does not matter. */
static bool is_allowed(const struct leak *leak, struct text bytes, size_t at, size_t size)
{
	for (size_t i = 0; i < leak->allowed.count; i++) {
		struct text allowed = leak->allowed.at[i];
		if (allowed.size < size)
			continue;
		size_t from = at + size > allowed.size ? at + size - allowed.size : 0;
		for (; from <= at && from + allowed.size <= bytes.size; from++)
			if (memcmp(bytes.at + from, allowed.at, allowed.size) == 0)
				return true;
	}
	return false;
}

static void report(struct diag *diag, const struct hunted *hunted, struct text path, size_t offset)
{
	DIAG(diag, DIAG_LEAK, .a = path, .b = text_from(hunted->what), .n = (int64_t)offset, .c = text_slice(hunted->value, 0, 6));
}

/* What to do with a value that stands at an offset of the bytes; returns whether it is a leak. */
typedef bool found_value(struct hunted *hunted, struct text bytes, size_t offset, const void *context);

static size_t scan_bytes(const struct leak *leak, struct text bytes, found_value *found, const void *context)
{
	size_t hits = 0;
	for (size_t i = 0; i + LEAK_KEY <= bytes.size; i++) {
		size_t pair = pair_of(bytes.at + i);
		if (!(leak->first_bytes[pair / 8] & 1u << pair % 8))
			continue;
		const uint32_t *head = map_find(&leak->by_key, text_slice(bytes, i, LEAK_KEY));
		for (uint32_t number = head ? *head : 0; number; number = leak->values.at[number - 1].next) {
			struct hunted *hunted = &leak->values.at[number - 1];
			if (bytes.size - i >= hunted->value.size && memcmp(bytes.at + i, hunted->value.at, hunted->value.size) == 0)
				hits += found(hunted, bytes, i, context);
		}
	}
	return hits;
}

struct search {
	const struct leak *leak;
	struct text path;
	struct diag *diag;
};

static bool found_in_output(struct hunted *hunted, struct text bytes, size_t offset, const void *context)
{
	const struct search *search = context;
	if (hunted->is_known || is_allowed(search->leak, bytes, offset, hunted->value.size))
		return false;
	report(search->diag, hunted, search->path, offset);
	return true;
}

static bool found_in_known(struct hunted *hunted, struct text bytes, size_t offset, const void *context)
{
	(void)bytes, (void)offset, (void)context;
	hunted->is_known = hunted->is_remark;
	return false;
}

/* What is or may be given out. */
static bool is_for_outside(struct text path)
{
	return text_starts(path, "public/") || text_starts(path, "internal/report/report-public.");
}

bool leak_scan(struct leak *leak, struct output *output, struct diag *diag, struct leak_summary *summary)
{
	size_t count;
	const struct output_file *files = output_files(output, &count);
	*summary = (struct leak_summary){ .values = leak->values.count, .too_short = leak->too_short };
	for (size_t i = 0; i < leak->known.count; i++)
		scan_bytes(leak, leak->known.at[i], found_in_known, NULL);
	for (size_t i = 0; i < count; i++) {
		struct text bytes;
		if (!is_for_outside(files[i].path) || !output_map(output, files[i].path, &bytes))
			continue;
		summary->files++;
		summary->bytes += bytes.size;
		const struct search search = { leak, files[i].path, diag };
		summary->hits += scan_bytes(leak, files[i].path, found_in_output, &search);
		summary->hits += scan_bytes(leak, bytes, found_in_output, &search);
	}
	map_clear(&leak->by_key);
	map_clear(&leak->present);
	LIST_FREE(&leak->values);
	LIST_FREE(&leak->allowed);
	LIST_FREE(&leak->known);
	return summary->hits == 0;
}
