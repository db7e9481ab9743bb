/* SPDX-License-Identifier: MIT
 *
 * Rendering.  The state is a stack of contexts, a stack of arguments of the parents
 * now open, and the indentation that lines of the template now get.
 */
#include "compose/mustache.h"

#include "base/arena.h"
#include "base/buf.h"
#include "compose/mustache_render.h"
#include "compose/sql.h"
#include "doc/origin.h"

void mustache_escape_html(void *context, struct buf *out, const struct datum *value)
{
	(void)context;
	buf_html(out, value->text);
}

static struct span node_span(const struct renderer *r, const struct tag_node *node)
{
	return r->template->source ? (struct span){ r->template->source, node->start, node->end } : NO_SPAN;
}

void renderer_complain(struct renderer *r, enum diag_kind kind, const struct tag_node *node, struct text a,
		       struct text b)
{
	if (r->run->diag)
		DIAG(r->run->diag, kind, .span = node_span(r, node), .a = a, .b = b);
	if (diag_row(kind)->severity >= SEVERITY_ERROR)
		r->is_good = false;
}

/* Nothing more is rendered. */
static void give_up(struct renderer *r, enum diag_kind kind, const struct tag_node *node)
{
	if (!r->is_over)
		renderer_complain(r, kind, node, node->name.whole, NO_TEXT);
	r->is_over = true;
	r->is_good = false;
}

/* ---- output ------------------------------------------------------------------ */

static void mark_origin(struct renderer *r, uint32_t start, uint32_t end, bool is_literal)
{
	if (r->run->origin && !r->in_query)
		origin_add(r->run->origin, r->out->size, r->template->source ? (struct span){ r->template->source, start, end } : NO_SPAN,
			   is_literal);
}

static void put_indent(struct renderer *r)
{
	if (!r->in_line)
		buf_text(r->out, r->indent);
	r->in_line = false;
}

/* One line of template text, or what is left of it, with its end. */
static void put_line(struct renderer *r, struct text line, size_t offset, bool starts_line)
{
	size_t lost = 0;
	while (starts_line && lost < r->dedent && lost < line.size && (line.at[lost] == ' ' || line.at[lost] == '\t'))
		lost++;
	line = text_slice(line, lost, line.size);
	bool is_empty = line.size == 0 || line.at[0] == '\n' || text_is(line, "\r\n");
	if (starts_line && !is_empty)
		put_indent(r);
	mark_origin(r, (uint32_t)(offset + lost), (uint32_t)(offset + lost + line.size), true);
	buf_text(r->out, line);
}

static void put_text(struct renderer *r, const struct tag_node *node)
{
	if (r->indent.size == 0 && r->dedent == 0) {
		mark_origin(r, node->start, node->end, true);
		buf_text(r->out, node->text);
		return;
	}
	bool starts_line = node->starts_line;
	for (size_t at = 0; at < node->text.size; starts_line = true) {
		const char *hit = memchr(node->text.at + at, '\n', node->text.size - at);
		size_t size = hit ? (size_t)(hit - node->text.at) + 1 - at : node->text.size - at;
		put_line(r, text_slice(node->text, at, size), node->start + at, starts_line);
		at += size;
	}
}

static void put_escaped(struct renderer *r, const struct datum *datum, bool is_raw)
{
	if (r->in_query)
		sql_value(r->out, datum);
	else if (is_raw || !r->run->escape)
		buf_text(r->out, datum->text);
	else
		r->run->escape(r->run->context, r->out, datum);
}

static void put_value(struct renderer *r, const struct tag_node *node)
{
	struct datum datum = renderer_find(r, node, false);
	bool is_scalar = datum.kind == DATUM_TEXT || datum.kind == DATUM_NUMBER || datum.kind == DATUM_BOOLEAN;
	if (node->starts_line)
		put_indent(r);
	mark_origin(r, node->start, node->end, false);
	if (!is_scalar && !r->run->is_lenient) {
		if (datum.kind != DATUM_NULL)
			renderer_complain(r, DIAG_TEMPLATE_NOT_VALUE, node, node->name.whole, NO_TEXT);
		datum = (struct datum){ .kind = DATUM_NULL, .text = TEXT("—") };
	}
	put_escaped(r, &datum, node->kind == TAG_RAW);
}

/* ---- sections ------------------------------------------------------------------- */

static bool push(struct renderer *r, const struct tag_node *node, struct frame frame)
{
	if (r->frame_count == MOST_FRAMES) {
		give_up(r, DIAG_TEMPLATE_DEEP, node);
		return false;
	}
	r->frames[r->frame_count++] = frame;
	return true;
}

static void render_section(struct renderer *r, size_t index)
{
	const struct tag_node *node = &r->template->nodes[index];
	struct datum datum = renderer_find(r, node, true);
	if (!datum_is_true(&datum))
		return;
	bool is_list = datum.kind == DATUM_LIST || datum.kind == DATUM_ROWS;
	size_t count = datum_count(&datum), height = r->frame_count;
	for (size_t i = 0; i < count && !r->is_over; i++) {
		struct frame frame = { .datum = datum_item(&datum, i), .index = i, .count = is_list ? count : 0 };
		frame.list = is_list ? node->name.whole : NO_TEXT;
		if (push(r, node, frame))
			renderer_walk(r, index + 1, node->after);
		r->frame_count = height;
	}
}

static void render_inverted(struct renderer *r, size_t index)
{
	const struct tag_node *node = &r->template->nodes[index];
	struct datum datum = renderer_find(r, node, true);
	if (datum_is_true(&datum))
		return;
	size_t height = r->frame_count;
	renderer_walk(r, index + 1, node->after);
	r->frame_count = height;
}

/* ---- templates in templates -------------------------------------------------------- */

/* Renders nodes of another template (or of this one) with a further indentation and its own dedent. */
static void render_other(struct renderer *r, const struct argument *what, struct text indent, size_t dedent)
{
	const struct mustache *template = r->template;
	struct text outer_indent = r->indent;
	size_t outer_dedent = r->dedent, after = what->node;
	if (indent.size)
		r->indent = r->indent.size ? text_format(r->run->arena, "%.*s%.*s", TEXT_ARGS(r->indent), TEXT_ARGS(indent)) : indent;
	r->dedent = dedent;
	r->template = what->template;
	bool is_whole = what->node == SIZE_MAX;
	if (!is_whole)
		after = what->template->nodes[what->node].after;
	renderer_walk(r, is_whole ? 0 : what->node + 1, is_whole ? what->template->count : after);
	r->template = template;
	r->indent = outer_indent;
	r->dedent = outer_dedent;
}

static const struct mustache *find_template(struct renderer *r, const struct tag_node *node)
{
	struct text name = node->name.whole;
	if (node->name.is_dynamic) {
		struct datum datum = renderer_find(r, node, false);
		name = datum.text;
	}
	const struct mustache *template = r->run->partial && name.size ? r->run->partial(r->run->context, name) : NULL;
	if (!template && !r->run->is_lenient && !(node->name.is_dynamic && !name.size))
		renderer_complain(r, DIAG_TEMPLATE_PARTIAL, node, name, NO_TEXT);
	return template && template->is_good ? template : NULL;
}

static struct text less_dedent(const struct renderer *r, struct text indent)
{
	return text_slice(indent, r->dedent, indent.size);
}

static void render_partial(struct renderer *r, size_t index)
{
	const struct tag_node *node = &r->template->nodes[index];
	const struct mustache *template = find_template(r, node);
	if (template)
		render_other(r, &(struct argument){ .template = template, .node = SIZE_MAX }, less_dedent(r, node->indent), 0);
}

static void render_parent(struct renderer *r, size_t index)
{
	const struct tag_node *node = &r->template->nodes[index];
	const struct mustache *template = find_template(r, node);
	if (!template)
		return;
	size_t height = r->argument_count;
	for (size_t i = index + 1; i < node->after; i = r->template->nodes[i].after) {
		if (r->template->nodes[i].kind != TAG_BLOCK)
			continue;
		if (r->argument_count == MOST_ARGUMENTS) {
			give_up(r, DIAG_TEMPLATE_DEEP, node);
			break;
		}
		r->arguments[r->argument_count++] = (struct argument){ r->template->nodes[i].name.whole, r->template, i };
	}
	render_other(r, &(struct argument){ .template = template, .node = SIZE_MAX }, less_dedent(r, node->indent), 0);
	r->argument_count = height;
}

/* The outermost argument of that name wins: the most derived template says what stands here. */
static void render_block(struct renderer *r, size_t index)
{
	const struct tag_node *node = &r->template->nodes[index];
	for (size_t i = 0; i < r->argument_count; i++) {
		const struct argument *argument = &r->arguments[i];
		if (!text_equal(argument->name, node->name.whole))
			continue;
		if (argument->template == r->template && argument->node == index)
			break; /* the argument itself, rendered where its own default would stand */
		r->in_line = !node->is_standalone && node->indent.size;
		render_other(r, argument, less_dedent(r, node->indent), argument->template->nodes[argument->node].own_indent);
		r->in_line = false;
		return;
	}
	renderer_walk(r, index + 1, node->after);
}

/* ---- queries ------------------------------------------------------------------------- */

const struct rows *renderer_ask(struct renderer *r, size_t from, size_t to, struct span span)
{
	struct buf sql, *out = r->out;
	buf_init(&sql, (size_t)1 << 20);
	struct text indent = r->indent;
	size_t dedent = r->dedent;
	bool was_in_query = r->in_query, was_in_line = r->in_line;
	/* cppcheck-suppress autoVariables ; put back below */
	r->out = &sql;
	r->in_query = true;
	r->in_line = false;
	r->indent = NO_TEXT;
	r->dedent = 0;
	renderer_walk(r, from, to);
	r->out = out;
	r->in_query = was_in_query;
	r->in_line = was_in_line;
	r->indent = indent;
	r->dedent = dedent;
	struct rows *rows = ARENA_NEW(r->run->arena, struct rows);
	bool is_good = !r->is_over && r->run->query(r->run->context, buf_view(&sql), span, rows);
	r->is_good = r->is_good && is_good;
	buf_clear(&sql);
	return is_good ? rows : NULL;
}

/* Binds the rows of the query, in a frame of their own, until the section ends. */
static void render_query(struct renderer *r, size_t index)
{
	const struct tag_node *node = &r->template->nodes[index];
	if (!r->run->query) {
		renderer_complain(r, DIAG_TEMPLATE_QUERY, node, node->name.whole, NO_TEXT);
		return;
	}
	struct span span = node_span(r, node);
	if (node->after > index + 1 && r->template->source) {
		span.start = r->template->nodes[index + 1].start;
		span.end = r->template->nodes[node->after - 1].end;
	}
	const struct rows *rows = renderer_ask(r, index + 1, node->after, span);
	struct text *name = ARENA_NEW(r->run->arena, struct text);
	struct datum *item = ARENA_NEW(r->run->arena, struct datum);
	*name = node->name.whole;
	*item = datum_rows(rows ? rows : &renderer_unanswered);
	push(r, node, (struct frame){ .datum = datum_object(name, item, 1) });
}

/* ---- claims -------------------------------------------------------------------------- */

/* A value is one row of it: a count that was taken, or NULL. */
static const struct rows *row_of_value(const struct renderer *r, const struct datum *datum)
{
	struct rows *rows = ARENA_NEW(r->run->arena, struct rows);
	struct value *value = ARENA_NEW(r->run->arena, struct value);
	*value = (struct value){ .kind = datum->kind == DATUM_NULL ? VALUE_NULL : VALUE_TEXT, .text = datum->text };
	if (datum->kind != DATUM_NULL && text_to_integer(datum->text, &value->integer)) {
		value->kind = VALUE_INTEGER;
		value->real = (double)value->integer;
	}
	*rows = (struct rows){ ARENA_NEW(r->run->arena, struct text), value, 1, 1 };
	rows->names[0] = TEXT("value");
	return rows;
}

/* Finds what the claim is about; a reason (of kind "plain") is no name. */
static void find_subject(struct renderer *r, const struct tag_node *node, struct mustache_claim *claim)
{
	if (text_is(node->claim, "plain"))
		return;
	struct datum datum = renderer_find(r, node, true);
	claim->answer = datum.rows;
	claim->rows = datum.kind == DATUM_ROWS ? datum.rows : row_of_value(r, &datum);
}

static void render_claim(struct renderer *r, size_t index)
{
	const struct tag_node *node = &r->template->nodes[index];
	size_t start = r->out->size, height = r->frame_count;
	struct mustache_claim claim = { .kind = node->claim, .subject = node->name.whole, .span = node_span(r, node) };
	bool is_heard = r->run->claim && !r->in_query;
	if (is_heard)
		find_subject(r, node, &claim);
	else if (!r->run->is_lenient)
		renderer_complain(r, DIAG_CLAIM_PLACE, node, node->claim, NO_TEXT);
	renderer_walk(r, index + 1, node->after);
	r->frame_count = height;
	claim.printed = text_slice(buf_view(r->out), start, r->out->size - start);
	bool is_known = is_heard && claim.answer != &renderer_unanswered;
	if (is_known && !r->is_over && text_trim(claim.printed).size && !r->run->claim(r->run->context, &claim))
		r->is_good = false;
}

/* ---- the walk --------------------------------------------------------------------------- */

static void render_node(struct renderer *r, size_t index)
{
	const struct tag_node *node = &r->template->nodes[index];
	switch (node->kind) {
	case TAG_TEXT:
		put_text(r, node);
		break;
	case TAG_VALUE:
	case TAG_RAW:
		put_value(r, node);
		break;
	case TAG_SECTION:
		render_section(r, index);
		break;
	case TAG_INVERTED:
		render_inverted(r, index);
		break;
	case TAG_PARTIAL:
		render_partial(r, index);
		break;
	case TAG_PARENT:
		render_parent(r, index);
		break;
	case TAG_BLOCK:
		render_block(r, index);
		break;
	case TAG_QUERY:
		render_query(r, index);
		break;
	case TAG_CLAIM:
		render_claim(r, index);
		break;
	case TAG_ASK:
		renderer_put_query(r, &r->template->nodes[index]);
		break;
	case TAG_CLOSE:
	case TAG_COMMENT:
	case TAG_DELIMITERS:
		break;
	}
}

void renderer_walk(struct renderer *r, size_t from, size_t to)
{
	if (from >= to)
		return;
	if (r->depth == DEEPEST) {
		give_up(r, DIAG_TEMPLATE_DEEP, &r->template->nodes[from]);
		return;
	}
	r->depth++;
	for (size_t i = from; i < to && !r->is_over; i = r->template->nodes[i].after) {
		if (++r->steps > MOST_STEPS || r->out->overflowed)
			give_up(r, DIAG_TEMPLATE_LARGE, &r->template->nodes[i]);
		else
			render_node(r, i);
	}
	r->depth--;
}

bool mustache_render(const struct mustache *template, const struct mustache_run *run, struct buf *out)
{
	if (!template->is_good)
		return false;
	struct renderer *r = memory_resize(NULL, sizeof *r);
	r->run = run;
	r->template = template;
	r->out = out;
	r->frame_count = 1;
	r->frames[0] = (struct frame){ .datum = *run->datum };
	r->argument_count = 0;
	r->indent = NO_TEXT;
	r->dedent = 0;
	r->in_query = r->is_over = r->in_line = false;
	r->asking = NULL;
	r->depth = 0;
	r->steps = 0;
	r->is_good = true;
	renderer_walk(r, 0, template->count);
	if (out->overflowed && r->is_good && template->count)
		give_up(r, DIAG_TEMPLATE_LARGE, &template->nodes[template->count - 1]);
	bool is_good = r->is_good && !out->overflowed;
	free(r);
	return is_good;
}
