/* SPDX-License-Identifier: MIT */
#include "doc/markdown.h"

#define CMARK_NO_SHORT_NAMES /* our nodes are NODE_… too */
#include <cmark.h>

#include "base/buf.h"
#include "base/diag.h"
#include "doc/attributes.h"
#include "doc/inline.h"
#include "doc/link.h"
#include "doc/origin.h"
#include "doc/pipe_table.h"
#include "doc/prepare.h"
#include "doc/seek.h"
#include "doc/values.h"

enum { DEEPEST = 40 /* blocks in blocks, marks in marks */, MOST_CONTAINERS = 8 };

struct reader {
	struct arena *arena;
	const struct markdown_options *options;
	struct text text;        /* the part being read: options->text or a footnote */
	size_t offset;           /* where it stands in options->text; SIZE_MAX when it is a copy */
	size_t first_line;       /* of the part, in lines of options->text */
	const struct prepared *whole, *prepared;
	struct span block;       /* of the block being read */
	size_t block_start;      /* where it begins in options->text */
	struct seek seek;        /* in it */
	cmark_node *skip_until;  /* inlines before this one are not converted */
	unsigned depth;
};

/* ---- places ------------------------------------------------------------------------ */

static struct span span_at(const struct reader *reader, size_t offset, size_t size)
{
	if (reader->options->origin)
		return origin_of(reader->options->origin, offset, size);
	if (!reader->options->source)
		return NO_SPAN;
	return (struct span){ reader->options->source, (uint32_t)offset, (uint32_t)(offset + size) };
}

/* Byte offset of a line (from 0, of the part). */
static size_t line_start(const struct reader *reader, size_t line)
{
	line += reader->first_line;
	size_t count = reader->whole->lines.count;
	return reader->whole->lines.at[line < count ? line : count - 1];
}

/* The lines [first, last) of the part as they stand in the source. */
static struct text lines_between(const struct reader *reader, size_t first, size_t last)
{
	size_t start = line_start(reader, first), end = line_start(reader, last);
	return text_slice(reader->options->text, start, end > start ? end - start : 0);
}

static struct span span_of_text(const struct reader *reader, struct text part)
{
	return span_at(reader, (size_t)(part.at - reader->options->text.at), part.size);
}

static void enter_block(struct reader *reader, cmark_node *block)
{
	size_t first = (size_t)cmark_node_get_start_line(block), last = (size_t)cmark_node_get_end_line(block);
	if (first == 0)
		return;
	struct text lines = lines_between(reader, first - 1, last < first ? first : last), line;
	if (!lines.at)
		return;
	reader->block_start = (size_t)(lines.at - reader->options->text.at);
	reader->seek = (struct seek){ .text = lines };
	text_next(&lines, '\n', &line), line = text_trim(line);
	reader->block = line.size ? span_of_text(reader, line) : span_at(reader, reader->block_start, 0);
}

/* Where `what` stands in the block being read; the block when it is not found as written. */
static struct span place_in_block(void *context, struct text what)
{
	struct reader *reader = context;
	size_t at = seek_next(&reader->seek, what);
	return at < reader->seek.text.size ? span_at(reader, reader->block_start + at, what.size) : reader->block;
}

static void complain(struct reader *reader, enum diag_kind kind, struct text what)
{
	DIAG(reader->options->diag, kind, .span = place_in_block(reader, what), .a = what);
}

/* ---- small things --------------------------------------------------------------------- */

static struct node *add(struct reader *reader, struct node *parent, enum node_kind kind)
{
	struct node *node = node_new(reader->arena, kind);
	node->span = reader->block;
	node_append(parent, node);
	return node;
}

static struct text fill(struct reader *reader, const char *literal)
{
	struct text text = text_from(literal);
	struct text filled = values_fill(reader->arena, reader->options->values, text);
	return filled.at == text.at ? text_copy(reader->arena, text) : filled;
}

static struct inline_options inline_options(struct reader *reader)
{
	return (struct inline_options){
		.arena = reader->arena, .diag = reader->options->diag, .values = reader->options->values, .span = reader->block,
		.place = place_in_block, .context = reader,
		.checks_digits = reader->options->checks_digits, .free_source = reader->options->free_source,
	};
}

static struct attributes split_attributes(struct reader *reader, struct text *text)
{
	return attributes_split(reader->arena, text,
				&(struct attributes_options){ reader->options->diag, reader->options->values, reader->block });
}

static void set_attributes(struct node *node, const struct attributes *attributes)
{
	node->id = attributes->id;
	node->flags |= attributes->flags;
	node->attributes = attributes->pairs;
	node->attribute_count = attributes->count;
	node->note = attributes_find(node, "note");
}

/* ---- inlines ---------------------------------------------------------------------------- */

static void read_inlines(struct reader *reader, cmark_node *from, struct node *parent);

static void read_link(struct reader *reader, cmark_node *inlined, struct node *parent)
{
	struct text target = fill(reader, cmark_node_get_url(inlined));
	if (!link_is_safe(target)) {
		complain(reader, DIAG_DOC_LINK, target);
		read_inlines(reader, cmark_node_first_child(inlined), parent);
		return;
	}
	struct node *link = add(reader, parent, NODE_LINK);
	link->target = target;
	read_inlines(reader, cmark_node_first_child(inlined), link);
}

static void read_inline(struct reader *reader, cmark_node *inlined, struct node *parent)
{
	struct inline_options options = inline_options(reader);
	cmark_node *child = cmark_node_first_child(inlined);
	struct text literal = text_from(cmark_node_get_literal(inlined));
	switch ((int)cmark_node_get_type(inlined)) {
	case CMARK_NODE_TEXT:
		inline_text(&options, text_copy(reader->arena, literal), parent);
		break;
	case CMARK_NODE_SOFTBREAK:
		inline_soft_break(&options, parent);
		break;
	case CMARK_NODE_LINEBREAK:
		add(reader, parent, NODE_BREAK);
		break;
	case CMARK_NODE_CODE:
		add(reader, parent, NODE_CODE_SPAN)->text = fill(reader, literal.at);
		break;
	case CMARK_NODE_EMPH:
		read_inlines(reader, child, add(reader, parent, NODE_EMPHASIS));
		break;
	case CMARK_NODE_STRONG:
		read_inlines(reader, child, add(reader, parent, NODE_STRONG));
		break;
	case CMARK_NODE_LINK:
		read_link(reader, inlined, parent);
		break;
	case CMARK_NODE_IMAGE:
		complain(reader, DIAG_DOC_IMAGE, TEXT("!["));
		read_inlines(reader, child, parent);
		break;
	default: /* raw HTML */
		complain(reader, DIAG_DOC_HTML, literal);
		add(reader, parent, NODE_TEXT)->text = fill(reader, literal.at);
	}
}

static void read_inlines(struct reader *reader, cmark_node *from, struct node *parent)
{
	if (reader->depth == DEEPEST) {
		complain(reader, DIAG_DOC_DEEP, NO_TEXT);
		return;
	}
	reader->depth++;
	for (cmark_node *at = from; at; at = cmark_node_next(at))
		read_inline(reader, at, parent);
	reader->depth--;
}

/* ---- tables -------------------------------------------------------------------------------- */

static void read_cell(void *context, struct text raw, struct cell *cell)
{
	struct reader *reader = context;
	struct prepared prepared;
	prepared_init(&prepared, reader->arena, raw);
	cmark_node *root = cmark_parse_document(prepared.text.at, prepared.text.size, CMARK_OPT_DEFAULT);
	cmark_consolidate_text_nodes(root);
	struct node *holder = node_new(reader->arena, NODE_PARAGRAPH);
	cmark_node *paragraph = cmark_node_first_child(root);
	if (paragraph && cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH)
		read_inlines(reader, cmark_node_first_child(paragraph), holder);
	else if (paragraph)
		inline_text(&(struct inline_options){ .arena = reader->arena, .values = reader->options->values }, raw, holder);
	struct buf text;
	buf_init(&text, BUF_LIMIT_PAGE);
	node_plain_text(holder, &text);
	cell->text = text_copy(reader->arena, buf_view(&text));
	cell->span = span_of_text(reader, raw);
	const struct node *first = holder->first;
	cell->is_strong = first && first == holder->last && first->kind == NODE_STRONG;
	for (const struct node *at = first; at; at = node_after(holder, at))
		if (at->kind == NODE_LINK)
			cell->target = at->target;
	for (struct node *at = holder->first; at; at = at->next)
		if (at->kind == NODE_FOOTNOTE_MARK)
			cell->note_mark = at;
	buf_clear(&text);
	cmark_node_free(root);
	prepared_clear(&prepared);
}

static void read_table(struct reader *reader, struct text lines, struct node *parent)
{
	struct node *node = add(reader, parent, NODE_TABLE);
	struct text caption;
	node->table = pipe_table_read(reader->arena, lines, read_cell, reader, &caption);
	struct attributes attributes = split_attributes(reader, &caption);
	set_attributes(node, &attributes);
	node->title = values_fill(reader->arena, reader->options->values, caption);
}

/* ---- blocks --------------------------------------------------------------------------------- */

static void read_blocks(struct reader *reader, cmark_node *parent_block, struct node *parent);

static void read_paragraph(struct reader *reader, cmark_node *block, struct node *parent)
{
	struct text lines = lines_between(reader, (size_t)cmark_node_get_start_line(block) - 1, (size_t)cmark_node_get_end_line(block));
	if (!reader->skip_until && pipe_table_is(lines)) {
		read_table(reader, lines, parent);
		return;
	}
	struct node *node = add(reader, parent, NODE_PARAGRAPH);
	read_inlines(reader, reader->skip_until ? reader->skip_until : cmark_node_first_child(block), node);
	reader->skip_until = NULL;
	inline_settle(reader->arena, node);
	if (inline_is_empty(node))
		node_remove(node);
}

static void read_heading(struct reader *reader, cmark_node *block, struct node *parent)
{
	struct node *node = add(reader, parent, NODE_HEADING);
	node->level = cmark_node_get_heading_level(block);
	if (node->level > 4) {
		complain(reader, DIAG_DOC_HEADING_DEEP, NO_TEXT);
		node->level = 4;
	}
	cmark_node *last = cmark_node_last_child(block);
	if (last && cmark_node_get_type(last) == CMARK_NODE_TEXT) {
		struct text literal = text_copy(reader->arena, text_from(cmark_node_get_literal(last)));
		struct text rest = literal;
		struct attributes attributes = split_attributes(reader, &rest);
		set_attributes(node, &attributes);
		if (rest.size != literal.size && text_ends(text_trim(literal), "}"))
			cmark_node_set_literal(last, text_string(reader->arena, text_slice(literal, 0, (size_t)(rest.at - literal.at) + rest.size)));
	}
	read_inlines(reader, cmark_node_first_child(block), node);
	inline_settle(reader->arena, node);
}

static void read_list(struct reader *reader, cmark_node *block, struct node *parent)
{
	struct node *node = add(reader, parent, NODE_LIST);
	node->is_ordered = cmark_node_get_list_type(block) == CMARK_ORDERED_LIST;
	node->start = node->is_ordered ? cmark_node_get_list_start(block) : 0;
	for (cmark_node *item = cmark_node_first_child(block); item; item = cmark_node_next(item)) {
		enter_block(reader, item);
		read_blocks(reader, item, add(reader, node, NODE_ITEM));
	}
}

static void add_literals(cmark_node *from, struct buf *out, unsigned depth)
{
	for (cmark_node *at = from; at && depth < DEEPEST && cmark_node_get_type(at) != CMARK_NODE_SOFTBREAK; at = cmark_node_next(at)) {
		if (cmark_node_get_literal(at))
			buf_string(out, cmark_node_get_literal(at));
		add_literals(cmark_node_first_child(at), out, depth + 1);
	}
}

/* "[!note] 标题" on the first line of a quotation makes a callout. */
static bool open_callout(struct reader *reader, cmark_node *block, struct node *node)
{
	cmark_node *paragraph = cmark_node_first_child(block);
	if (!paragraph || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
		return false;
	cmark_node *at = cmark_node_first_child(paragraph);
	struct text first = text_from(at && cmark_node_get_type(at) == CMARK_NODE_TEXT ? cmark_node_get_literal(at) : NULL);
	size_t close = text_find(first, TEXT("]"));
	if (!text_starts(first, "[!") || close >= first.size || close < 3)
		return false;
	struct buf title;
	buf_init(&title, BUF_LIMIT_PAGE);
	buf_text(&title, text_slice(first, close + 1, first.size));
	add_literals(cmark_node_next(at), &title, 0);
	while (at && cmark_node_get_type(at) != CMARK_NODE_SOFTBREAK)
		at = cmark_node_next(at);
	node->kind = NODE_CALLOUT;
	node->name = text_copy(reader->arena, text_slice(first, 2, close - 2));
	node->title = text_trim(values_fill(reader->arena, reader->options->values, text_copy(reader->arena, buf_view(&title))));
	buf_clear(&title);
	reader->skip_until = at;
	if (!at) /* the title is all of the paragraph */
		cmark_node_free(paragraph);
	return true;
}

static void read_quote(struct reader *reader, cmark_node *block, struct node *parent)
{
	struct node *node = add(reader, parent, NODE_QUOTE);
	open_callout(reader, block, node);
	read_blocks(reader, block, node);
}

static void read_code(struct reader *reader, cmark_node *block, struct node *parent)
{
	struct text info = text_trim(text_copy(reader->arena, text_from(cmark_node_get_fence_info(block))));
	if (info.size == 0) {
		add(reader, parent, NODE_CODE)->text = fill(reader, cmark_node_get_literal(block));
		return;
	}
	struct text kind = attributes_first_word(&info);
	if (text_is(kind, "pagebreak")) {
		add(reader, parent, NODE_PAGE_BREAK)->name = info;
		return;
	}
	struct node *node = add(reader, parent, NODE_FENCE);
	struct attributes attributes = split_attributes(reader, &info);
	set_attributes(node, &attributes);
	node->name = kind;
	node->title = values_fill(reader->arena, reader->options->values, info);
	node->text = text_copy(reader->arena, text_from(cmark_node_get_literal(block)));
	size_t first = (size_t)cmark_node_get_start_line(block), last = (size_t)cmark_node_get_end_line(block);
	struct text body = last > first + 1 ? lines_between(reader, first, last - 1) : lines_between(reader, first - 1, first);
	body = text_trim(body);
	node->body = span_of_text(reader, body);
	if (reader->options->origin && body.size) /* the piece at its start may end before it does */
		node->body = span_join(node->body, span_at(reader, (size_t)(body.at - reader->options->text.at) + body.size - 1, 1));
}

/* ---- marks: ::: and ---page--- ------------------------------------------------------------------ */

static const struct {
	const char *name;
	unsigned flags;
} containers[] = { { "group", 0 }, { "small", NODE_SMALL }, { "page", 0 }, { "place", 0 } };

/* "::: place NAME" too. */
static bool open_container(struct reader *reader, struct text name, struct node **parent)
{
	struct text word = attributes_first_word(&name);
	size_t i = 0;
	while (i < sizeof containers / sizeof *containers && !text_is(word, containers[i].name))
		i++;
	if (i == sizeof containers / sizeof *containers || (name.size > 0) != text_is(word, "place"))
		return false;
	*parent = add(reader, *parent, NODE_GROUP);
	(*parent)->flags = containers[i].flags;
	(*parent)->name = text_from(containers[i].name);
	(*parent)->title = text_copy(reader->arena, name);
	return true;
}

/* Handles a mark line; *parent becomes the container now open, `bottom` is where this level started. */
static void read_mark(struct reader *reader, struct text mark, struct node **parent, const struct node *bottom)
{
	mark = text_trim(mark);
	if (text_starts(mark, "---page")) {
		struct text name = text_trim(text_slice(mark, 7, mark.size - 10));
		if (name.size && !text_is(name, "landscape") && !text_is(name, "portrait"))
			complain(reader, DIAG_DOC_MARK, mark);
		add(reader, *parent, NODE_PAGE_BREAK)->name = text_copy(reader->arena, name);
		return;
	}
	struct text name = text_trim(text_slice(mark, 3, mark.size));
	if (name.size == 0 && *parent != bottom)
		*parent = (*parent)->parent;
	else if (name.size == 0 || !open_container(reader, name, parent))
		complain(reader, DIAG_DOC_MARK, mark);
}

static void read_html(struct reader *reader, cmark_node *block, struct node **parent, const struct node *bottom)
{
	struct text literal = text_trim(text_from(cmark_node_get_literal(block)));
	if (text_starts(literal, prepared_mark.at)) {
		size_t end = text_find(literal, TEXT("-->"));
		read_mark(reader, text_slice(literal, prepared_mark.size, end - prepared_mark.size), parent, bottom);
		return;
	}
	complain(reader, DIAG_DOC_HTML, literal);
	add(reader, add(reader, *parent, NODE_PARAGRAPH), NODE_TEXT)->text = text_trim(fill(reader, literal.at));
}

static void read_block(struct reader *reader, cmark_node *block, struct node **parent, const struct node *bottom)
{
	enter_block(reader, block);
	switch ((int)cmark_node_get_type(block)) {
	case CMARK_NODE_PARAGRAPH:
		read_paragraph(reader, block, *parent);
		break;
	case CMARK_NODE_HEADING:
		read_heading(reader, block, *parent);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		read_quote(reader, block, *parent);
		break;
	case CMARK_NODE_LIST:
		read_list(reader, block, *parent);
		break;
	case CMARK_NODE_CODE_BLOCK:
		read_code(reader, block, *parent);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		add(reader, *parent, NODE_RULE);
		break;
	default:
		read_html(reader, block, parent, bottom);
	}
}

static void read_blocks(struct reader *reader, cmark_node *parent_block, struct node *parent)
{
	if (reader->depth == DEEPEST) {
		complain(reader, DIAG_DOC_DEEP, NO_TEXT);
		return;
	}
	reader->depth++;
	struct node *now = parent;
	for (cmark_node *at = cmark_node_first_child(parent_block), *next; at; at = next) {
		next = cmark_node_next(at);
		read_block(reader, at, &now, parent);
	}
	if (now != parent)
		DIAG(reader->options->diag, DIAG_DOC_MARK_OPEN, .span = now->span, .a = now->name);
	reader->depth--;
}

/* ---- whole texts ------------------------------------------------------------------------------------ */

static void read_prepared(struct reader *reader, struct node *parent)
{
	const struct buf *text = &reader->prepared->text;
	cmark_node *root = cmark_parse_document(text->at, text->size, CMARK_OPT_DEFAULT);
	cmark_consolidate_text_nodes(root);
	read_blocks(reader, root, parent);
	cmark_node_free(root);
}

static void read_note(struct reader *reader, const struct prepared_note *note, struct node *root)
{
	struct prepared prepared;
	prepared_init(&prepared, reader->arena, note->text);
	/* cppcheck-suppress autoVariables ; taken back below */
	reader->prepared = &prepared;
	reader->first_line = note->line;
	reader->block = span_of_text(reader, note->id);
	struct node *node = add(reader, root, NODE_FOOTNOTE);
	node->id = values_fill(reader->arena, reader->options->values, note->id);
	read_prepared(reader, node);
	reader->prepared = reader->whole;
	prepared_clear(&prepared);
}

struct node *markdown_parse(struct arena *arena, const struct markdown_options *options)
{
	struct prepared whole;
	prepared_init(&whole, arena, options->text);
	struct reader reader = { .arena = arena, .options = options, .whole = &whole, .prepared = &whole };
	struct node *root = node_new(arena, NODE_DOCUMENT);
	root->span = span_at(&reader, 0, 0);
	if (whole.open_fence)
		DIAG(options->diag, DIAG_DOC_FENCE_OPEN,
		     .span = span_of_text(&reader, text_trim(lines_between(&reader, whole.open_fence - 1, whole.open_fence))));
	read_prepared(&reader, root);
	for (size_t i = 0; i < whole.notes.count; i++)
		read_note(&reader, &whole.notes.at[i], root);
	prepared_clear(&whole);
	return root;
}
