/* SPDX-License-Identifier: MIT
 *
 * Template text to nodes, in four steps: find the tags, pair the opening with the
 * closing ones, decide which stand alone on their lines, make the nodes.
 */
#include "compose/mustache_nodes.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/list.h"

enum { DEEPEST = 100 /* nested sections: more is a mistake, and rendering recurses */ };

struct tag {
	enum tag_kind kind;
	size_t start, end;           /* the tag itself */
	size_t trim_start, trim_end; /* with the white space and line end that go with it */
	struct text name;
	size_t pair;                 /* index of the other one of a pair */
	bool is_standalone;
	struct text indent;
};

struct compiler {
	struct arena *arena;
	struct diag *diag;
	struct text text;
	uint32_t source;
	size_t offset;
	unsigned flags;
	struct text open, close; /* delimiters now in force */
	LIST(struct tag) tags;
	bool is_good;
};

static struct span span_here(const struct compiler *compiler, size_t start, size_t end)
{
	if (!compiler->source)
		return NO_SPAN;
	return (struct span){ compiler->source, (uint32_t)(compiler->offset + start),
	                      (uint32_t)(compiler->offset + end) };
}

static void complain(struct compiler *compiler, enum diag_kind kind, const struct tag *tag)
{
	compiler->is_good = false;
	if (compiler->diag)
		DIAG(compiler->diag, kind, .span = span_here(compiler, tag->start, tag->end), .a = tag->name);
}

/* ---- tags ------------------------------------------------------------------ */

static bool has_at(const struct compiler *compiler, size_t at, struct text what)
{
	return compiler->text.size - at >= what.size && memcmp(compiler->text.at + at, what.at, what.size) == 0;
}

static size_t find_from(const struct compiler *compiler, size_t at, struct text what)
{
	struct text rest = text_slice(compiler->text, at, compiler->text.size);
	return at + text_find(rest, what);
}

static enum tag_kind kind_of_sigil(char sigil)
{
	static const struct {
		char sigil;
		enum tag_kind kind;
	} sigils[] = {
		{ '#', TAG_SECTION }, { '^', TAG_INVERTED }, { '/', TAG_CLOSE }, { '>', TAG_PARTIAL },
		{ '<', TAG_PARENT },
		{ '$', TAG_BLOCK }, { '@', TAG_QUERY }, { '?', TAG_CLAIM },
		{ '!', TAG_COMMENT }, { '=', TAG_DELIMITERS }, { '&', TAG_RAW },
		{ '{', TAG_RAW },
	};
	for (size_t i = 0; i < sizeof sigils / sizeof *sigils; i++)
		if (sigils[i].sigil == sigil)
			return sigils[i].kind;
	return TAG_VALUE;
}

/* {{=<% %>=}}: both parts without spaces and "=", separated by white space. */
static bool set_delimiters(struct compiler *compiler, struct text inside)
{
	if (!text_ends(inside, "="))
		return false;
	inside = text_trim(text_slice(inside, 0, inside.size - 1));
	size_t gap = 0, second;
	while (gap < inside.size && !strchr(" \t\r\n", inside.at[gap]))
		gap++;
	for (second = gap; second < inside.size && strchr(" \t\r\n", inside.at[second]);)
		second++;
	struct text open = text_slice(inside, 0, gap), close = text_slice(inside, second, inside.size);
	if (!open.size || !close.size || text_contains(open, TEXT("=")) || text_contains(close, TEXT("=")) ||
	    text_contains(close, TEXT(" ")))
		return false;
	compiler->open = open;
	compiler->close = close;
	return true;
}

static bool is_name(struct text name)
{
	for (size_t i = 0; i < name.size; i++)
		if ((unsigned char)name.at[i] <= ' ')
			return false;
	return name.size > 0;
}

/* "max" of "max cities.rate", and what is behind it. */
static struct text kind_in(struct text name)
{
	return text_slice(name, 0, text_find(name, TEXT(" ")));
}

static struct text subject_in(struct text name)
{
	return text_trim(text_slice(name, kind_in(name).size, name.size));
}

/* What stands in the tag is what its kind wants; new delimiters hold from here on. */
static bool take_name(struct compiler *compiler, const struct tag *tag)
{
	if (tag->kind == TAG_DELIMITERS)
		return set_delimiters(compiler, tag->name);
	if (tag->kind == TAG_PARTIAL)
		return tag->name.size > 0;
	if (tag->kind == TAG_CLAIM)
		return is_name(kind_in(tag->name)) && is_name(subject_in(tag->name));
	return tag->kind == TAG_COMMENT || is_name(tag->name);
}

/* The tag whose opening delimiter stands at `start`; moves *at behind it. */
static void read_tag(struct compiler *compiler, size_t start, size_t *at)
{
	struct tag tag = { .start = start, .pair = SIZE_MAX };
	size_t inside = start + compiler->open.size;
	char sigil = inside < compiler->text.size ? compiler->text.at[inside] : '\0';
	tag.kind = kind_of_sigil(sigil);
	bool has_sigil = tag.kind != TAG_VALUE;
	size_t from = inside + has_sigil, end = find_from(compiler, from, compiler->close);
	if (sigil == '{') {
		size_t brace = find_from(compiler, from, TEXT("}"));
		end = brace < compiler->text.size && has_at(compiler, brace + 1, compiler->close) ? brace
		                                                                                  : compiler->text.size;
	}
	if (end >= compiler->text.size) {
		tag.end = start + compiler->open.size;
		complain(compiler, DIAG_TEMPLATE_TAG_OPEN, &tag);
		*at = compiler->text.size;
		return;
	}
	tag.end = end + (sigil == '{') + compiler->close.size;
	tag.name = text_trim(text_slice(compiler->text, from, end - from));
	if (!take_name(compiler, &tag))
		complain(compiler, DIAG_TEMPLATE_TAG_WRONG, &tag);
	if (tag.kind == TAG_RAW && (compiler->flags & MUSTACHE_NO_RAW))
		complain(compiler, DIAG_TEMPLATE_RAW, &tag);
	LIST_PUSH(&compiler->tags, tag);
	*at = tag.end;
}

static size_t line_end(struct text text, size_t at)
{
	const char *hit = at < text.size ? memchr(text.at + at, '\n', text.size - at) : NULL;
	return hit ? (size_t)(hit - text.at) + 1 : text.size;
}

enum inside { INSIDE_NOTHING, INSIDE_QUERY, INSIDE_FENCE };

/*
 * A fence line at `at`: "```sql name" opens a query, "```" closes an open one, "query: name" in
 * another fence names one.  Other lines give false.
 */
static bool read_fence(struct compiler *compiler, size_t *at, enum inside *inside)
{
	size_t end = line_end(compiler->text, *at);
	struct text line = text_trim(text_slice(compiler->text, *at, end - *at));
	struct tag tag = { .start = *at, .end = end, .pair = SIZE_MAX, .is_standalone = true };
	if (*inside == INSIDE_QUERY && text_is(line, "```")) {
		tag.kind = TAG_CLOSE;
		*inside = INSIDE_NOTHING;
	} else if (*inside == INSIDE_NOTHING && text_starts(line, "```sql ")) {
		tag.kind = TAG_QUERY;
		tag.name = text_trim(text_slice(line, 7, line.size));
		*inside = INSIDE_QUERY;
	} else if (*inside == INSIDE_FENCE && text_starts(line, "query:")) {
		tag.kind = TAG_ASK;
		tag.name = text_trim(text_slice(line, 6, line.size));
		tag.start = (size_t)(line.at - compiler->text.at);
		tag.end = tag.start + line.size;
	} else {
		if (*inside != INSIDE_QUERY && text_starts(line, "```"))
			*inside = *inside == INSIDE_FENCE && text_is(line, "```") ? INSIDE_NOTHING : INSIDE_FENCE;
		return false;
	}
	if (tag.kind != TAG_CLOSE && !is_name(tag.name))
		complain(compiler, DIAG_TEMPLATE_TAG_WRONG, &tag);
	LIST_PUSH(&compiler->tags, tag);
	*at = tag.kind == TAG_ASK ? tag.end : end;
	return true;
}

static void find_tags(struct compiler *compiler)
{
	enum inside inside = INSIDE_NOTHING;
	bool fences = (compiler->flags & MUSTACHE_FENCES) != 0;
	for (size_t at = 0; at < compiler->text.size;) {
		bool at_line = at == 0 || compiler->text.at[at - 1] == '\n';
		if (fences && at_line && read_fence(compiler, &at, &inside))
			continue;
		size_t stop = fences ? line_end(compiler->text, at) : compiler->text.size;
		size_t start = at + text_find(text_slice(compiler->text, at, stop - at), compiler->open);
		if (start >= stop)
			at = stop;
		else
			read_tag(compiler, start, &at);
	}
}

/* ---- pairs ------------------------------------------------------------------- */

static bool opens(enum tag_kind kind)
{
	return kind == TAG_SECTION || kind == TAG_INVERTED || kind == TAG_PARENT || kind == TAG_BLOCK ||
	       kind == TAG_QUERY || kind == TAG_CLAIM;
}

/* What {{/…}} has to say: of a claim its kind alone. */
static struct text closing_name(const struct tag *open)
{
	return open->kind == TAG_CLAIM ? kind_in(open->name) : open->name;
}

static void pair_tags(struct compiler *compiler)
{
	size_t stack[DEEPEST], depth = 0;
	for (size_t i = 0; i < compiler->tags.count; i++) {
		struct tag *tag = &compiler->tags.at[i];
		if (opens(tag->kind)) {
			if (depth == DEEPEST) {
				complain(compiler, DIAG_TEMPLATE_DEEP, tag);
				return;
			}
			stack[depth++] = i;
		} else if (tag->kind == TAG_CLOSE) {
			struct tag *open = depth ? &compiler->tags.at[stack[depth - 1]] : NULL;
			bool is_fence = open && tag->name.size == 0 && open->kind == TAG_QUERY && open->is_standalone;
			if (!open || (!is_fence && !text_equal(closing_name(open), tag->name))) {
				compiler->is_good = false;
				if (compiler->diag)
					DIAG(compiler->diag, DIAG_TEMPLATE_SECTION_CLOSE,
					     .span = span_here(compiler, tag->start, tag->end),
					     .a = tag->name, .b = open ? closing_name(open) : NO_TEXT,
					     .other = open ? span_here(compiler, open->start, open->end) : NO_SPAN);
				return;
			}
			tag->pair = stack[--depth];
			open->pair = i;
		}
	}
	while (depth)
		complain(compiler, DIAG_TEMPLATE_SECTION_OPEN, &compiler->tags.at[stack[--depth]]);
}

/* ---- standing alone -------------------------------------------------------------- */

static bool is_blank(struct text text, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (text.at[i] != ' ' && text.at[i] != '\t')
			return false;
	return true;
}

/* Several tags share a line and still stand alone when they only open or close parents and arguments. */
static bool group_stands(const struct compiler *compiler, size_t first, size_t last)
{
	const struct tag *tags = compiler->tags.at;
	if (first == last)
		return tags[first].kind != TAG_VALUE && tags[first].kind != TAG_RAW;
	size_t depth = 0;
	for (size_t i = first; i <= last; i++) {
		const struct tag *open = tags[i].kind == TAG_CLOSE && tags[i].pair != SIZE_MAX ? &tags[tags[i].pair] : &tags[i];
		if (open->kind != TAG_PARENT && open->kind != TAG_BLOCK)
			return false;
		if (tags[i].kind != TAG_CLOSE) {
			/* A block that opens and closes here is a position in the line, not a line. */
			if (tags[i].kind == TAG_BLOCK && depth == 0 && tags[i].pair <= last)
				return false;
			depth++;
		} else if (depth) {
			depth--;
		}
	}
	return true;
}

static void stand_group(struct compiler *compiler, size_t first, size_t last)
{
	struct text text = compiler->text;
	struct tag *tags = compiler->tags.at;
	size_t start = tags[first].start, end = tags[last].end;
	while (start && text.at[start - 1] != '\n' && (text.at[start - 1] == ' ' || text.at[start - 1] == '\t'))
		start--;
	bool left = start == 0 || text.at[start - 1] == '\n';
	if (left)
		tags[first].indent = text_slice(text, start, tags[first].start - start);
	while (end < text.size && (text.at[end] == ' ' || text.at[end] == '\t'))
		end++;
	bool right = end == text.size || text.at[end] == '\n' ||
	             (text.at[end] == '\r' && end + 1 < text.size && text.at[end + 1] == '\n');
	if (!left || !right || !group_stands(compiler, first, last))
		return;
	for (size_t i = first; i <= last; i++) {
		tags[i].is_standalone = true;
		tags[i].trim_end = i < last ? tags[i + 1].start : line_end(text, end);
	}
	tags[first].trim_start = start;
}

static void stand_alone(struct compiler *compiler)
{
	struct tag *tags = compiler->tags.at;
	for (size_t i = 0; i < compiler->tags.count; i++) {
		tags[i].trim_start = tags[i].start;
		tags[i].trim_end = tags[i].end;
	}
	for (size_t first = 0, last; first < compiler->tags.count; first = last + 1) {
		last = first;
		if (tags[first].is_standalone) /* a fence line */
			continue;
		while (last + 1 < compiler->tags.count && !tags[last + 1].is_standalone &&
		       is_blank(compiler->text, tags[last].end, tags[last + 1].start))
			last++;
		stand_group(compiler, first, last);
	}
}

/* ---- nodes ------------------------------------------------------------------------- */

static struct tag_name split_name(struct compiler *compiler, struct text name)
{
	struct tag_name split = { .whole = name };
	if (text_starts(name, "*")) {
		split.is_dynamic = true;
		split.whole = name = text_trim(text_slice(name, 1, name.size));
	}
	if (text_is(name, "."))
		return split;
	size_t count = 1;
	for (size_t i = 0; i < name.size; i++)
		count += name.at[i] == '.';
	split.parts = ARENA_ARRAY(compiler->arena, struct text, count);
	struct text rest = name;
	while (split.count < count && text_next(&rest, '.', &split.parts[split.count]))
		split.count++;
	return split;
}

/* White space before the first line of the tag's contents that has any. */
static struct text first_indent(const struct compiler *compiler, const struct tag *tag)
{
	size_t stop = tag->pair == SIZE_MAX ? compiler->text.size : compiler->tags.at[tag->pair].trim_start;
	size_t at = tag->trim_end, end = at;
	while (end < stop && (compiler->text.at[end] == ' ' || compiler->text.at[end] == '\t'))
		end++;
	bool is_empty = end >= stop || compiler->text.at[end] == '\n' || compiler->text.at[end] == '\r';
	return is_empty ? NO_TEXT : text_slice(compiler->text, at, end - at);
}

static struct tag_node make_node(struct compiler *compiler, const struct tag *tag)
{
	struct text text = compiler->text;
	struct tag_node node = { .kind = tag->kind, .is_standalone = tag->is_standalone, .indent = tag->indent,
				 .start = (uint32_t)(compiler->offset + tag->start),
				 .end = (uint32_t)(compiler->offset + tag->end) };
	node.starts_line = tag->trim_start == 0 || text.at[tag->trim_start - 1] == '\n';
	bool is_claim = tag->kind == TAG_CLAIM;
	node.claim = is_claim ? kind_in(tag->name) : NO_TEXT;
	node.name = split_name(compiler, is_claim ? subject_in(tag->name) : tag->name);
	if (tag->kind == TAG_BLOCK && tag->is_standalone) {
		struct text own = first_indent(compiler, tag);
		node.own_indent = own.size;
		if (own.size)
			node.indent = own;
	} else if ((tag->kind == TAG_PARTIAL || tag->kind == TAG_PARENT) && !tag->is_standalone) {
		node.indent = NO_TEXT;
	}
	return node;
}

static void add_text(struct compiler *compiler, struct mustache *template, size_t start, size_t end)
{
	if (start >= end)
		return;
	struct tag_node *node = &template->nodes[template->count++];
	*node = (struct tag_node){ .kind = TAG_TEXT };
	node->start = (uint32_t)(compiler->offset + start);
	node->end = (uint32_t)(compiler->offset + end);
	node->text = text_slice(compiler->text, start, end - start);
	node->starts_line = start == 0 || compiler->text.at[start - 1] == '\n';
	node->after = template->count;
}

static void make_nodes(struct compiler *compiler, struct mustache *template)
{
	size_t opened[DEEPEST] = { 0 }, depth = 0, at = 0;
	template->nodes = ARENA_ARRAY(compiler->arena, struct tag_node, 2 * compiler->tags.count + 1);
	for (size_t i = 0; i < compiler->tags.count; i++) {
		const struct tag *tag = &compiler->tags.at[i];
		add_text(compiler, template, at, tag->trim_start);
		at = tag->trim_end;
		if (tag->kind == TAG_COMMENT || tag->kind == TAG_DELIMITERS)
			continue;
		if (tag->kind == TAG_CLOSE) {
			template->nodes[opened[--depth]].after = template->count;
			continue;
		}
		size_t index = template->count++;
		template->nodes[index] = make_node(compiler, tag);
		template->nodes[index].after = template->count;
		if (opens(tag->kind))
			opened[depth++] = index;
	}
	add_text(compiler, template, at, compiler->text.size);
}

const struct mustache *mustache_compile(struct arena *arena, struct diag *diag, const struct mustache_text *text)
{
	struct compiler compiler = { .arena = arena, .diag = diag, .text = text->text, .source = text->source,
				     .offset = text->offset, .flags = text->flags, .open = TEXT("{{"),
				     .close = TEXT("}}"), .is_good = true };
	struct mustache *template = ARENA_NEW(arena, struct mustache);
	template->text = text->text;
	template->source = text->source;
	template->group = text->group;
	find_tags(&compiler);
	pair_tags(&compiler);
	if (compiler.is_good) {
		stand_alone(&compiler);
		make_nodes(&compiler, template);
	}
	template->is_good = compiler.is_good;
	LIST_FREE(&compiler.tags);
	return template;
}

uint32_t mustache_group(const struct mustache *template)
{
	return template->group;
}

void mustache_each_name(const struct mustache *template, void (*take)(void *context, struct text name), void *context)
{
	for (size_t i = 0; i < template->count; i++) {
		const struct tag_node *node = &template->nodes[i];
		if (node->name.count)
			take(context, node->name.parts[0]);
	}
}
