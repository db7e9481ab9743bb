/* SPDX-License-Identifier: MIT */
#include "check/node.h"

#include "read/clean.h"

static bool is_among(struct text name, const char *words)
{
	struct text rest = text_from(words), word;
	while (text_next(&rest, ' ', &word))
		if (word.size && text_equal(word, name))
			return true;
	return false;
}

static bool is_field(struct text attribute, const char *field)
{
	if (attribute.size != strlen(field))
		return false;
	for (size_t i = 0; i < attribute.size; i++)
		if (attribute.at[i] != (field[i] == '_' ? '-' : field[i]))
			return false;
	return true;
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
		bool is_known = is_among(attribute->name, others);
		for (size_t j = 0; entity && j < entity->field_count; j++) {
			if (!is_field(attribute->name, entity->fields[j].name))
				continue;
			record.values[j] = value_of(attribute);
			is_known = true;
		}
		if (!is_known)
			PROBLEM(check, DIAG_XML_ATTRIBUTE_UNKNOWN, .span = attribute->name_span, .a = attribute->name, .b = node->name);
	}
	return record;
}

void node_check_children(struct check *check, const struct xml_node *node, const char *known)
{
	for (const struct xml_node *child = node->first; child; child = child->next)
		if (!is_among(child->name, known))
			PROBLEM(check, DIAG_XML_ELEMENT_UNKNOWN, .span = child->span, .a = child->name);
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
