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
	child->before = parent->last;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

/* Makes the neighbours of `node` neighbours of each other, or of what stands between them from now on. */
static void bridge(struct node *node, struct node *first, struct node *last)
{
	struct node *parent = node->parent;
	*(node->before ? &node->before->next : &parent->first) = first;
	*(node->next ? &node->next->before : &parent->last) = last;
	node->parent = node->next = node->before = NULL;
}

void node_replace(struct node *old, struct node *replacement)
{
	replacement->parent = old->parent;
	replacement->next = old->next;
	replacement->before = old->before;
	bridge(old, replacement, replacement);
}

void node_insert_after(struct node *node, struct node *added)
{
	added->parent = node->parent;
	added->before = node;
	added->next = node->next;
	*(node->next ? &node->next->before : &node->parent->last) = added;
	node->next = added;
}

void node_remove(struct node *node)
{
	bridge(node, node->next, node->before);
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
