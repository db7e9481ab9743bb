/* SPDX-License-Identifier: MIT */
#include "read/xmltree.h"

#include "base/arena.h"
#include "base/buf.h"
#include "read/input.h"

struct build {
	struct arena *arena;
	struct xml_node *root, *current;
	struct xml_node *last[XML_DEPTH_MOST + 2]; /* the youngest node at each depth: where siblings are hung */
};

static const struct xml_attribute *copy_attributes(struct arena *arena, const struct xml_event *event)
{
	struct xml_attribute *copy = ARENA_ARRAY(arena, struct xml_attribute, event->attribute_count);
	for (size_t i = 0; i < event->attribute_count; i++) {
		copy[i] = event->attributes[i];
		copy[i].name = text_copy(arena, copy[i].name);
		copy[i].value = text_copy(arena, copy[i].value);
	}
	return copy;
}

static void add_node(struct build *build, const struct xml_event *event)
{
	struct xml_node *node = ARENA_NEW(build->arena, struct xml_node);
	*node = (struct xml_node){
		.name = text_copy(build->arena, event->name),
		.span = event->span,
		.text_span = { event->span.source, event->span.end, event->span.end },
		.attributes = copy_attributes(build->arena, event),
		.attribute_count = event->attribute_count,
		.parent = build->current,
	};
	struct xml_node *older = build->last[event->depth];
	if (!build->current)
		build->root = node;
	else if (older && older->parent == build->current)
		older->next = node;
	else
		build->current->first = node;
	build->last[event->depth] = node;
	build->current = node;
}

static void add_text(struct build *build, const struct xml_event *event)
{
	struct xml_node *node = build->current;
	struct text text = text_trim(event->text);
	if (node->text.size == 0) {
		node->text = text_copy(build->arena, text);
		node->text_span = event->span;
	} else {
		node->text = text_format(build->arena, "%.*s %.*s", TEXT_ARGS(node->text), TEXT_ARGS(text));
	}
}

static bool on_event(void *context, const struct xml_event *event)
{
	struct build *build = context;
	switch (event->kind) {
	case XML_START:
		add_node(build, event);
		break;
	case XML_TEXT:
		add_text(build, event);
		break;
	case XML_END:
		build->current = build->current->parent;
		break;
	}
	return true;
}

struct xml_node *xmltree_parse(const struct reader *reader, uint32_t number)
{
	if (sources_find(reader->sources, number)->text.size > XMLTREE_LIMIT) {
		DIAG(reader->diag, DIAG_XML_TOO_LARGE, .span = { .source = number }, .n = XMLTREE_LIMIT >> 20);
		return NULL;
	}
	struct build build = { .arena = reader->arena };
	return xml_parse(reader, number, on_event, &build) ? build.root : NULL;
}

struct xml_node *xmltree_load(const struct reader *reader, const char *path)
{
	uint32_t number = input_open(reader, path, INPUT_XML);
	return number ? xmltree_parse(reader, number) : NULL;
}

const struct xml_node *xmltree_child(const struct xml_node *node, const char *name)
{
	const struct xml_node *child = node ? node->first : NULL;
	while (child && !text_is(child->name, name))
		child = child->next;
	return child;
}

const struct xml_node *xmltree_next(const struct xml_node *node)
{
	const struct xml_node *next = node->next;
	while (next && !text_equal(next->name, node->name))
		next = next->next;
	return next;
}

const struct xml_attribute *xmltree_attribute(const struct xml_node *node, const char *name)
{
	for (size_t i = 0; node && i < node->attribute_count; i++)
		if (text_is(node->attributes[i].name, name))
			return &node->attributes[i];
	return NULL;
}
