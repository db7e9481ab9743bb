/* SPDX-License-Identifier: MIT */
#include "compose/printed.h"

#include "compose/mustache.h"

void printed_clear(struct printed *printed)
{
	LIST_FREE(&printed->queries);
	LIST_FREE(&printed->values);
	LIST_FREE(&printed->claims);
}

void printed_add_query(struct printed *printed, const struct rows *rows, struct text query)
{
	struct printed_query asked = { rows, query };
	LIST_PUSH(&printed->queries, asked);
}

const struct rows *printed_rows(const struct printed *printed, struct text query)
{
	for (size_t i = 0; i < printed->queries.count; i++)
		if (text_equal(printed->queries.at[i].query, query))
			return printed->queries.at[i].rows;
	return NULL;
}

void printed_add_value(struct printed *printed, size_t offset, struct span span, const struct datum *value)
{
	struct printed_value noted = { .offset = offset, .span = span, .text = value->text, .rows = value->rows };
	if (value->rows)
		LIST_PUSH(&printed->values, noted);
}

static struct text query_of(const struct printed *printed, const struct rows *rows)
{
	for (size_t i = printed->queries.count; i-- > 0;)
		if (printed->queries.at[i].rows == rows)
			return printed->queries.at[i].query;
	return NO_TEXT;
}

void printed_add_claim(struct printed *printed, const struct mustache_claim *claim, struct text words)
{
	struct printed_claim noted = { .span = claim->span, .kind = claim->kind, .subject = claim->subject,
				       .words = words, .query = query_of(printed, claim->answer),
				       .rows = claim->answer };
	LIST_PUSH(&printed->claims, noted);
}

/* The line at *at without its end; *at moves behind it. */
static struct text next_line(struct text text, size_t *at)
{
	const char *end = memchr(text.at + *at, '\n', text.size - *at);
	struct text line = text_slice(text, *at, end ? (size_t)(end - text.at) - *at : text.size - *at);
	*at += line.size + (end != NULL);
	return line;
}

void printed_finish(struct printed *printed, struct text made)
{
	size_t kept = 0, next = 0;
	bool is_fenced = false;
	for (size_t at = 0; at < made.size && next < printed->values.count;) {
		struct text line = next_line(made, &at);
		bool is_mark = text_starts(text_trim(line), "```");
		bool is_body = is_fenced && !is_mark;
		if (is_mark)
			is_fenced = !is_fenced;
		for (; next < printed->values.count && printed->values.at[next].offset < at; next++) {
			struct printed_value *value = &printed->values.at[next];
			value->query = query_of(printed, value->rows);
			if (!is_body && value->query.size)
				printed->values.at[kept++] = *value;
		}
	}
	printed->values.count = kept;
}
