/* SPDX-License-Identifier: MIT */
#include "doc/doc.h"

#include "base/buf.h"

struct node *node_new(struct arena *arena, enum node_kind kind)
{
	struct node *node = ARENA_NEW(arena, struct node);
	node->kind = kind;
	return node;
}

void node_append(struct node *parent, struct node *child)
{
	child->parent = parent;
	child->next = NULL;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

/* The sibling before node, NULL for the first. */
static struct node *previous(const struct node *node)
{
	struct node *at = node->parent->first;
	if (at == node)
		return NULL;
	while (at->next != node)
		at = at->next;
	return at;
}

void node_replace(struct node *old, struct node *replacement)
{
	struct node *parent = old->parent, *before = previous(old);
	replacement->parent = parent;
	replacement->next = old->next;
	if (before)
		before->next = replacement;
	else
		parent->first = replacement;
	if (parent->last == old)
		parent->last = replacement;
	old->parent = old->next = NULL;
}

void node_remove(struct node *node)
{
	struct node *parent = node->parent, *before = previous(node);
	if (before)
		before->next = node->next;
	else
		parent->first = node->next;
	if (parent->last == node)
		parent->last = before;
	node->parent = node->next = NULL;
}

struct node *node_after(const struct node *root, const struct node *node)
{
	if (node->first)
		return node->first;
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

size_t table_naming_column(const struct table *table)
{
	for (size_t i = 0; i < table->column_count && i < 2 && table->column_count > 1; i++)
		if (table->columns[i].kind == COLUMN_TEXT)
			return i;
	return table->column_count;
}

void node_plain_text(const struct node *node, struct buf *buf)
{
	for (const struct node *at = node; at; at = node_after(node, at)) {
		if (at->kind == NODE_TEXT || at->kind == NODE_CODE_SPAN || at->kind == NODE_REFERENCE || at->kind == NODE_CODE)
			buf_text(buf, at->text);
		else if (at->kind == NODE_BREAK)
			buf_byte(buf, ' ');
	}
}
