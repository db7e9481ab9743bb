/* SPDX-License-Identifier: MIT
 *
 * Stop-gap until read/xml.h: elements and attributes without entities.
 */
#include "theme/tree.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"

struct scanner {
	struct arena *arena;
	struct sources *sources;
	uint32_t source;
	struct text text;
	size_t at;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name(char c)
{
	return c && !is_space(c) && c != '=' && c != '>' && c != '/' && c != '<';
}

static char peek(const struct scanner *s)
{
	return s->at < s->text.size ? s->text.at[s->at] : 0;
}

static void skip_spaces(struct scanner *s)
{
	while (is_space(peek(s)))
		s->at++;
}

static struct text scan_name(struct scanner *s)
{
	size_t start = s->at;
	while (is_name(peek(s)))
		s->at++;
	return text_slice(s->text, start, s->at - start);
}

static void skip_past(struct scanner *s, const char *end)
{
	struct text rest = text_slice(s->text, s->at, s->text.size);
	s->at += text_find(rest, text_from(end)) + strlen(end);
}

static void scan_attributes(struct scanner *s, struct xml_element *element)
{
	element->attributes = ARENA_ARRAY(s->arena, struct xml_attribute, 24);
	for (skip_spaces(s); is_name(peek(s)) && element->attribute_count < 24; skip_spaces(s)) {
		struct xml_attribute *attribute = &element->attributes[element->attribute_count++];
		attribute->name = scan_name(s);
		skip_past(s, "\"");
		size_t start = s->at;
		while (peek(s) && peek(s) != '"')
			s->at++;
		attribute->value = text_slice(s->text, start, s->at - start);
		attribute->span = span_of(s->sources, s->source, attribute->value);
		s->at++;
	}
}

static struct xml_element *scan_element(struct scanner *s, int depth)
{
	for (;;) {
		skip_past(s, "<");
		if (s->at >= s->text.size || peek(s) == '/' || depth > 16)
			return NULL;
		if (peek(s) == '!')
			skip_past(s, "-->");
		else if (peek(s) == '?')
			skip_past(s, "?>");
		else
			break;
	}
	struct xml_element *element = ARENA_NEW(s->arena, struct xml_element), **end = &element->first;
	element->name = scan_name(s);
	element->span = span_of(s->sources, s->source, element->name);
	scan_attributes(s, element);
	bool is_empty = peek(s) == '/';
	skip_past(s, ">");
	while (!is_empty && (*end = scan_element(s, depth + 1)) != NULL)
		end = &(*end)->next;
	if (!is_empty)
		skip_past(s, ">");
	return element;
}

const struct xml_element *tree_load(struct arena *arena, struct sources *sources, struct diag *diag, const char *path, struct text *bytes)
{
	struct file_bytes file;
	int error = file_map(path, (size_t)1 << 20, &file);
	if (error) {
		DIAG(diag, DIAG_FILE_UNREADABLE, .a = text_from(path), .b = text_from(strerror(error)));
		return NULL;
	}
	*bytes = text_copy(arena, file.text);
	file_release(&file);
	struct scanner s = { arena, sources, sources_add(sources, text_from(path), *bytes, "UTF-8"), *bytes, 0 };
	return scan_element(&s, 0);
}
