/* SPDX-License-Identifier: MIT */
#include "doc/header.h"

/* The name of a query may say of which list it is: "sql tracks.levels". */
static bool is_key(struct text key)
{
	bool is_query = text_starts(key, "sql ");
	for (size_t i = 0; i < key.size; i++) {
		char c = key.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool other = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ' ' || (c == '.' && is_query);
		if (!letter && !(other && i))
			return false;
	}
	return key.size > 0;
}

static bool read_line(struct text line, struct header_line *out)
{
	size_t colon = text_find(line, TEXT(":"));
	if (colon == line.size || !is_key(text_slice(line, 0, colon)))
		return false;
	out->key = text_trim(text_slice(line, 0, colon));
	out->value = text_trim(text_slice(line, colon + 1, line.size));
	return true;
}

void header_read(struct text text, struct header *header)
{
	header->count = 0;
	header->body = text;
	struct text rest = text, line;
	while (header->count < HEADER_MOST && text_next(&rest, '\n', &line)) {
		struct text trimmed = text_trim(line);
		bool ends = trimmed.size == 0 || text_is(trimmed, "---");
		if (ends && header->count)
			header->body = rest.at ? rest : text_slice(text, text.size, 0);
		if (ends || !read_line(line, &header->lines[header->count]))
			return;
		header->count++;
		header->body = rest.at ? rest : text_slice(text, text.size, 0);
	}
}

struct text header_find(const struct header *header, const char *key)
{
	for (size_t i = 0; i < header->count; i++)
		if (text_is(header->lines[i].key, key))
			return header->lines[i].value;
	return NO_TEXT;
}
