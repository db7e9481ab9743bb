/* SPDX-License-Identifier: MIT */
#include "doc/plain_text.h"

#include "base/buf.h"
#include "base/diag.h"

enum { INDENT = 2, DEEPEST = 8 /* lists within lists */ };

struct writing {
	struct buf *out;
	struct diag *diag;
	size_t depth;          /* of lists */
	bool is_behind_marker; /* "1. " stands there: what comes first in the item goes on behind it */
	bool is_good;
};

typedef void write_node(struct writing *writing, const struct node *node);

static void refuse(struct writing *writing, const struct node *node)
{
	DIAG(writing->diag, DIAG_DOCUMENT_PLAIN, .span = node->span);
	writing->is_good = false;
}

static void write_all(struct writing *writing, const struct node *parent, write_node *const table[NODE_KINDS])
{
	for (const struct node *node = parent->first; node; node = node->next) {
		if (table[node->kind])
			table[node->kind](writing, node);
		else
			refuse(writing, node);
	}
}

/* ---- within a line ------------------------------------------------------------------------- */

static write_node *const inlines[NODE_KINDS];

static void write_words(struct writing *writing, struct text text)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char byte = (unsigned char)text.at[i];
		buf_byte(writing->out, byte < ' ' || byte == 0x7F ? ' ' : text.at[i]);
	}
}

static void write_text(struct writing *writing, const struct node *node)
{
	write_words(writing, node->text);
}

static void write_inlines(struct writing *writing, const struct node *node)
{
	write_all(writing, node, inlines);
}

static void write_break(struct writing *writing, const struct node *node)
{
	(void)node;
	buf_byte(writing->out, '\n');
	buf_repeat(writing->out, ' ', writing->depth * INDENT);
}

/* An address that its own words name is told once. */
static void write_link(struct writing *writing, const struct node *link)
{
	size_t before = writing->out->size;
	write_inlines(writing, link);
	struct text words = text_slice(buf_view(writing->out), before, writing->out->size - before);
	if (!link->target.size || text_starts(link->target, "#") || text_contains(words, link->target))
		return;
	buf_string(writing->out, "（");
	write_words(writing, link->target);
	buf_string(writing->out, "）");
}

static write_node *const inlines[NODE_KINDS] = {
	[NODE_TEXT] = write_text, [NODE_CODE_SPAN] = write_text, [NODE_REFERENCE] = write_text,
	[NODE_STRONG] = write_inlines, [NODE_EMPHASIS] = write_inlines, [NODE_DOTTED] = write_inlines,
	[NODE_LINK] = write_link,
	[NODE_BREAK] = write_break,
};

/* ---- line by line ---------------------------------------------------------------------------- */

static write_node *const blocks[NODE_KINDS];

static void write_blocks(struct writing *writing, const struct node *node)
{
	write_all(writing, node, blocks);
}

/* An empty line before what is in no list. */
static void begin_line(struct writing *writing)
{
	if (writing->is_behind_marker) {
		writing->is_behind_marker = false;
		return;
	}
	if (!writing->depth && writing->out->size)
		buf_byte(writing->out, '\n');
	buf_repeat(writing->out, ' ', writing->depth * INDENT);
}

static void write_paragraph(struct writing *writing, const struct node *node)
{
	begin_line(writing);
	buf_text(writing->out, node->number);
	if (text_ends(node->number, "."))
		buf_byte(writing->out, ' ');
	write_inlines(writing, node);
	buf_byte(writing->out, '\n');
}

static void write_rule(struct writing *writing, const struct node *node)
{
	(void)node;
	begin_line(writing);
	buf_string(writing->out, "----\n");
}

static void write_list(struct writing *writing, const struct node *list)
{
	int number = list->start;
	if (writing->depth == DEEPEST) {
		refuse(writing, list);
		return;
	}
	if (writing->is_behind_marker || (!writing->depth && writing->out->size))
		buf_byte(writing->out, '\n');
	for (const struct node *item = list->first; item; item = item->next) {
		buf_repeat(writing->out, ' ', writing->depth++ * INDENT);
		if (list->is_ordered)
			buf_format(writing->out, "%d. ", number++);
		else
			buf_string(writing->out, "- ");
		writing->is_behind_marker = true;
		write_blocks(writing, item);
		if (writing->is_behind_marker)
			buf_byte(writing->out, '\n');
		writing->is_behind_marker = false;
		writing->depth--;
	}
}

static write_node *const blocks[NODE_KINDS] = {
	[NODE_HEADING] = write_paragraph, [NODE_PARAGRAPH] = write_paragraph, [NODE_LIST] = write_list,
	[NODE_QUOTE] = write_blocks, [NODE_GROUP] = write_blocks, [NODE_RULE] = write_rule,
};

bool plain_text_write(const struct node *root, struct diag *diag, struct buf *out)
{
	struct writing writing = { .out = out, .diag = diag, .is_good = true };
	write_blocks(&writing, root);
	return writing.is_good;
}
