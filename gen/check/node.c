/* SPDX-License-Identifier: MIT */
#include "check/node.h"

#include "base/arena.h"
#include "base/nearest.h"
#include "read/clean.h"

static bool is_among(struct text name, const char *words)
{
	struct text rest = text_from(words), word;
	while (text_next(&rest, ' ', &word))
		if (word.size && text_equal(word, name))
			return true;
	return false;
}

/* A field whose name would be a word of C has '_' behind it. */
static size_t size_of_name(const char *field)
{
	size_t size = strlen(field);
	return size && field[size - 1] == '_' ? size - 1 : size;
}

static bool is_field(struct text attribute, const char *field)
{
	if (attribute.size != size_of_name(field))
		return false;
	for (size_t i = 0; i < attribute.size; i++)
		if (attribute.at[i] != (field[i] == '_' ? '-' : field[i]))
			return false;
	return true;
}

struct text node_hint(struct check *check, const struct nearest *nearest, struct text known)
{
	struct text best = nearest_best(nearest), list = known.size ? known : TEXT("—");
	struct arena *arena = check->reader.arena;
	if (best.size)
		return text_format(arena, "最接近的是 %.*s\x1Fthe nearest is %.*s", TEXT_ARGS(best), TEXT_ARGS(best));
	return text_format(arena, "可用的有 %.*s\x1Fknown: %.*s", TEXT_ARGS(list), TEXT_ARGS(list));
}

static void offer_words(struct nearest *nearest, const char *words)
{
	struct text rest = text_from(words), word;
	while (text_next(&rest, ' ', &word))
		if (word.size)
			nearest_offer(nearest, word);
}

struct text node_nearest(struct check *check, struct text name, const char *known)
{
	struct nearest nearest = { .wanted = name };
	offer_words(&nearest, known);
	return node_hint(check, &nearest, text_from(known));
}

/* The names of the fields as attributes, and the others, separated by blanks. */
static struct text attribute_names(struct check *check, const struct entity *entity, const char *others)
{
	struct text names = text_from(others);
	for (size_t i = 0; entity && i < entity->field_count; i++)
		names = text_format(check->reader.arena, "%.*s%s%.*s", TEXT_ARGS(names), names.size ? " " : "",
				    (int)size_of_name(entity->fields[i].name), entity->fields[i].name);
	char *plain = text_string(check->reader.arena, names);
	for (char *at = plain; *at; at++)
		if (*at == '_')
			*at = '-';
	return (struct text){ plain, names.size };
}

/* Written with a prefix it belongs to somebody else's namespace. */
static bool is_foreign(const struct check *check, const struct xml_attribute *attribute)
{
	struct text written = span_text(check->reader.sources, attribute->name_span);
	return written.size && memchr(written.at, ':', written.size);
}

static void report_attribute(struct check *check, const struct xml_node *node, const struct xml_attribute *attribute,
			     struct text names)
{
	if (is_foreign(check, attribute)) {
		PROBLEM(check, DIAG_XML_ATTRIBUTE_UNKNOWN, .span = attribute->name_span, .a = attribute->name,
			.b = node->name);
		return;
	}
	PROBLEM(check, DIAG_ATTRIBUTE_UNKNOWN, .span = attribute->name_span, .a = attribute->name, .b = node->name,
		.c = node_nearest(check, attribute->name, names.at));
}

static struct value value_of(const struct xml_attribute *attribute)
{
	return (struct value){ attribute->value, attribute->span, true };
}

struct record node_record(struct check *check, const struct xml_node *node, const struct entity *entity, const char *others)
{
	struct record record = { .entity = entity, .place = node->span };
	for (size_t i = 0; i < node->attribute_count; i++) {
		const struct xml_attribute *attribute = &node->attributes[i];
		bool is_known = is_among(attribute->name, others), is_ours = !is_foreign(check, attribute);
		for (size_t j = 0; entity && is_ours && j < entity->field_count; j++) {
			if (!is_field(attribute->name, entity->fields[j].name))
				continue;
			record.values[j] = value_of(attribute);
			is_known = true;
		}
		if (!is_known)
			report_attribute(check, node, attribute, attribute_names(check, entity, others));
	}
	return record;
}

/* Where a tag lost its <, the element is words, and nothing of it would take effect. */
static void check_stray(struct check *check, const struct xml_node *node)
{
	struct text words = clean_text(check->reader.arena, node->text);
	if (words.size)
		PROBLEM(check, DIAG_XML_TEXT_STRAY, .span = node->text_span, .a = node->name);
}

void node_check_children(struct check *check, const struct xml_node *node, const char *known)
{
	check_stray(check, node);
	for (const struct xml_node *child = node->first; child; child = child->next) {
		if (is_among(child->name, known))
			continue;
		PROBLEM(check, DIAG_ELEMENT_UNKNOWN, .span = child->span, .a = child->name, .b = node->name,
			.c = node_nearest(check, child->name, known));
	}
}

struct value node_value(const struct xml_node *node, const char *name)
{
	const struct xml_attribute *attribute = xmltree_attribute(node, name);
	return attribute ? value_of(attribute) : (struct value){ .span = node->span };
}

struct text node_text(struct check *check, const struct xml_node *node, const char *name, const char *heading)
{
	struct value value = node_value(node, name);
	struct text text = clean_text(check->reader.arena, value.text);
	if (text.size == 0 && heading)
		PROBLEM(check, DIAG_FIELD_MISSING, .span = value.span, .a = text_from(heading));
	return text;
}
