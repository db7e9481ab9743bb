/* SPDX-License-Identifier: MIT */
#include "compose/document.h"

#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/utf8.h"
#include "compose/claim_hear.h"
#include "compose/claim_words.h"
#include "compose/fence.h"
#include "compose/mustache.h"
#include "compose/phrases.h"
#include "compose/printed.h"
#include "compose/queries.h"
#include "doc/header.h"
#include "doc/markdown.h"
#include "doc/number.h"
#include "doc/origin.h"
#include "doc/values.h"

enum {
	MOST_EXTRA = 32,
	FIRST_FILE = 1, /* its group: partials and remarks name what it may name */
};

/* What the header of the first file may say of the document. */
static const struct {
	const char *key;
	size_t field; /* in struct doc */
	const char *otherwise;
} keys[] = {
	{ "title", offsetof(struct doc, title), NULL },
	{ "subject", offsetof(struct doc, subject), NULL },
	{ "author", offsetof(struct doc, author), NULL },
	{ "date", offsetof(struct doc, date), NULL },
	{ "language", offsetof(struct doc, language), "zh-CN" },
	{ "style", offsetof(struct doc, page_style), "report" },
	{ "numbering", offsetof(struct doc, numbering), "chinese" },
	{ "running-head", offsetof(struct doc, running_head), NULL },
	{ "watermark", offsetof(struct doc, watermark), NULL },
	{ "mark", offsetof(struct doc, mark), NULL },
	{ "issuer", offsetof(struct doc, issuer), NULL },
	{ "issue-number", offsetof(struct doc, issue_number), NULL },
	{ "copies-to", offsetof(struct doc, copies_to), NULL },
	{ "printer", offsetof(struct doc, printer), NULL },
	{ "printed", offsetof(struct doc, printed), NULL },
	{ "attachments", offsetof(struct doc, attaches), "yes" },
	{ "lists", offsetof(struct doc, lists), NULL },
	{ "picture", offsetof(struct doc, picture), NULL },
};
enum { KEYS = sizeof keys / sizeof *keys, VALUE_LONGEST = 2000 /* bytes: a title of 650 characters */ };
static const char digits_key[] = "digits"; /* "digits: bound": report digits typed by hand */
static const char claims_key[] = "claims"; /* "claims: free WHY": words that compare or generalise need no claims */
static const char draft_key[] = "draft";   /* of a text of the site: site_shown.h */

struct document_template {
	const struct mustache *values[KEYS]; /* of the header, NULL: not given */
	struct span places[KEYS];
	struct queries *queries;
	bool checks_digits;
	const struct mustache *whole;  /* {{>0}} {{>1}} … */
	const struct mustache **bodies;
	size_t body_count;
	const struct text *partial_names;
	const struct mustache **partials;
	size_t partial_count;
	struct phrases phrases;
};

/* ---- compiling ---------------------------------------------------------------------- */

struct compiling {
	struct arena *arena;
	struct diag *diag;
	struct document_template *template;
	uint32_t group; /* of the file that is being compiled: 1, 2 … */
	bool is_free;   /* so is its "claims" */
};

static struct span span_in(const struct document_file *file, struct text part)
{
	if (!file->source)
		return NO_SPAN;
	uint32_t start = (uint32_t)(part.at - file->text.at);
	return (struct span){ file->source, start, start + (uint32_t)part.size };
}

static const struct mustache *compile_part(const struct compiling *c, const struct document_file *file, struct text part)
{
	struct mustache_text text = { .text = part, .source = file->source, .offset = part.at ? (size_t)(part.at - file->text.at) : 0,
				      .flags = MUSTACHE_FENCES | MUSTACHE_NO_RAW, .group = c->group };
	return mustache_compile(c->arena, c->diag, &text);
}

static size_t find_key(struct text key)
{
	size_t i = 0;
	while (i < KEYS && !text_is(key, keys[i].key))
		i++;
	return i;
}

/* "sql name: select …", "sql list.name: select …": how queries were written before they had files. */
static void compile_query(const struct compiling *c, const struct document_file *file, const struct header_line *line)
{
	struct mustache_query query = { .place = span_in(file, line->key), .span = span_in(file, line->value),
					.is_named = true };
	query.name = text_trim(text_slice(line->key, 4, line->key.size));
	size_t dot = text_find(query.name, TEXT("."));
	if (dot < query.name.size) {
		query.list = text_trim(text_slice(query.name, 0, dot));
		query.name = text_trim(text_slice(query.name, dot + 1, query.name.size));
	}
	query.sql = compile_part(c, file, line->value);
	queries_add(c->template->queries, &query);
}

/* "bound", as is every text that says nothing of it, or "free" with a reason. */
static void compile_claims(struct compiling *c, const struct document_file *file, const struct header_line *line)
{
	bool has_reason = claim_words_are_free(line->value);
	if (!has_reason && !text_is(line->value, "bound"))
		DIAG(c->diag, DIAG_DOCUMENT_CLAIMS, .span = span_in(file, line->value), .a = line->value);
	c->is_free = has_reason;
}

static void compile_line(struct compiling *c, const struct document_file *file, const struct header_line *line)
{
	struct document_template *template = c->template;
	size_t key = find_key(line->key);
	if (text_starts(line->key, "sql ")) {
		compile_query(c, file, line);
	} else if (key < KEYS) {
		if (!template->values[key]) {
			template->values[key] = compile_part(c, file, line->value);
			template->places[key] = span_in(file, line->value);
		}
	} else if (text_is(line->key, digits_key) && text_is(line->value, "bound")) {
		template->checks_digits = true;
	} else if (text_is(line->key, claims_key)) {
		compile_claims(c, file, line);
	} else if (!text_is(line->key, draft_key)) {
		DIAG(c->diag, DIAG_DOCUMENT_HEADER, .span = span_in(file, line->key), .a = line->key);
	}
}

static void check_private(const struct compiling *c, const struct document_file *file)
{
	if (values_are_in(file->text))
		DIAG(c->diag, DIAG_DOCUMENT_PRIVATE, .span = span_in(file, text_slice(file->text, 0, 0)));
}

/* Queries may still stand in a text, where whoever changes its words meets them. */
static void note_queries_in_text(const struct compiling *c, const struct document_file *file,
				 const struct header *header)
{
	struct text rest = header->body, line, first = NO_TEXT;
	long long count = 0;
	for (size_t i = header->count; i-- > 0;)
		if (text_starts(header->lines[i].key, "sql "))
			count++, first = header->lines[i].key;
	for (bool opens = false, opened; text_next(&rest, '\n', &line); opens = opened) {
		opened = text_starts(line, "```") && !text_starts(line, "```sql ");
		bool is_sql = text_starts(line, "select ") || text_starts(line, "with ");
		if (text_starts(line, "```sql ") || (opens && is_sql))
			first = count++ ? first : line;
	}
	if (count)
		DIAG(c->diag, DIAG_QUERY_IN_TEXT, .span = span_in(file, first), .n = count);
}

static void read_queries(const struct compiling *c, struct text sql, uint32_t source, uint32_t group)
{
	const struct mustache_text file = { .text = sql, .source = source, .group = group };
	if (sql.size)
		queries_read(c->template->queries, &file);
}

/* Nothing can be claimed in a header: its queries are read as those in files are, and what it prints is words. */
static void check_words_of_header(const struct compiling *c, const struct document_file *file,
				  const struct header *header)
{
	for (size_t i = 0; i < header->count; i++) {
		const struct header_line *line = &header->lines[i];
		if (text_starts(line->key, "sql "))
			claim_words_check_sql(c->diag, line->value, span_in(file, line->value));
		else if (find_key(line->key) < KEYS)
			claim_words_check_line(c->diag, line->value, span_in(file, line->value));
	}
}

static void compile_files(struct compiling *c, const struct document_content *content)
{
	struct document_template *template = c->template;
	struct buf whole;
	buf_init(&whole, 1 << 20);
	template->bodies = ARENA_ARRAY(c->arena, const struct mustache *, content->file_count);
	template->body_count = content->file_count;
	for (size_t i = 0; i < content->file_count; i++) {
		const struct document_file *file = &content->files[i];
		struct header header;
		c->group = (uint32_t)i + 1;
		c->is_free = false;
		check_private(c, file);
		read_queries(c, file->sql, file->sql_source, c->group);
		header_read(file->text, &header);
		note_queries_in_text(c, file, &header);
		for (size_t j = 0; j < header.count; j++)
			compile_line(c, file, &header.lines[j]);
		template->bodies[i] = compile_part(c, file, header.body);
		if (!c->is_free) {
			check_words_of_header(c, file, &header);
			claim_words_check(c->diag, template->bodies[i], CLAIM_MARKDOWN);
		}
		buf_format(&whole, "{{>%zu}}\n\n", i);
	}
	template->whole = mustache_compile(c->arena, c->diag, &(struct mustache_text){ .text = text_copy(c->arena, buf_view(&whole)) });
	buf_clear(&whole);
}

/* Which queries does a text name? */
static void check_queries(const struct document_template *template)
{
	for (size_t i = 0; i < KEYS; i++)
		if (template->values[i])
			queries_note(template->queries, template->values[i]);
	for (size_t i = 0; i < template->body_count; i++)
		queries_note(template->queries, template->bodies[i]);
	for (size_t i = 0; i < template->partial_count; i++)
		queries_note(template->queries, template->partials[i]);
	queries_check(template->queries);
}

const struct document_template *document_compile(struct arena *arena, struct diag *diag, const struct document_content *content)
{
	struct document_template *template = ARENA_NEW(arena, struct document_template);
	struct compiling c = { arena, diag, template, QUERIES_SHARED, false };
	template->queries = queries_new(arena, diag);
	read_queries(&c, content->shared.text, content->shared.source, QUERIES_SHARED);
	compile_files(&c, content);
	c.group = FIRST_FILE;
	struct text *names = ARENA_ARRAY(arena, struct text, content->partial_count);
	template->partials = ARENA_ARRAY(arena, const struct mustache *, content->partial_count);
	template->partial_names = names;
	template->partial_count = content->partial_count;
	for (size_t i = 0; i < content->partial_count; i++) {
		check_private(&c, &content->partials[i]);
		names[i] = content->partials[i].name;
		template->partials[i] = compile_part(&c, &content->partials[i], content->partials[i].text);
		claim_words_check(c.diag, template->partials[i], CLAIM_MARKDOWN);
	}
	check_queries(template);
	phrases_read(&template->phrases, arena, diag, content->phrases.text, content->phrases.source);
	return template;
}

/* ---- composing ------------------------------------------------------------------------- */

struct composing {
	struct arena *arena;
	const struct document_options *options;
	const struct mustache *remarks;
	struct values values;
	struct origin origin;
	struct text names[MOST_EXTRA + 1];
	struct datum items[MOST_EXTRA + 1];
	struct datum base;
	struct map asked;              /* the SQL that was asked → which of answers */
	LIST(struct rows) answers;
	bool has_too_many;
};

static const struct mustache *find_partial(void *context, struct text name)
{
	const struct composing *c = context;
	const struct document_template *template = c->options->template;
	int64_t index;
	if (text_to_integer(name, &index))
		return index >= 0 && (size_t)index < template->body_count ? template->bodies[index] : NULL;
	if (text_is(name, "remarks"))
		return c->remarks;
	for (size_t i = 0; i < template->partial_count; i++)
		if (text_equal(template->partial_names[i], name))
			return template->partials[i];
	return NULL;
}

/* The same question is asked once: a query for the rows of a list is named in several loops over it. */
static bool ask(void *context, struct text sql, struct span place, struct rows *rows)
{
	struct composing *c = context;
	const struct compose_source *source = c->options->source;
	const uint32_t *known = map_find(&c->asked, sql);
	if (c->options->printed)
		printed_add_query(c->options->printed, rows, text_copy(c->arena, text_trim(sql)));
	if (known) {
		*rows = c->answers.at[*known];
		return true;
	}
	if (!source->query(source->context, c->arena, sql, place, rows))
		return false;
	map_add(&c->asked, text_copy(c->arena, sql), (uint32_t)c->answers.count);
	LIST_PUSH(&c->answers, *rows);
	return true;
}

/* The same for tables and figures, whose rows are remembered as they were answered. */
static bool ask_for_fence(void *context, struct arena *arena, struct text sql, struct span place, struct rows *rows)
{
	const struct composing *c = context;
	const struct compose_source *source = c->options->source;
	bool good = source->query(source->context, arena, sql, place, rows);
	if (good && c->options->printed) {
		struct rows *answered = ARENA_NEW(arena, struct rows);
		*answered = *rows;
		printed_add_query(c->options->printed, answered, sql);
	}
	return good;
}

/* A value goes into the Markdown as one private character. */
static void escape_document(void *context, struct buf *out, const struct datum *value)
{
	struct composing *c = context;
	struct stored_value stored = { value->text, value->kind == DATUM_NUMBER, value->kind == DATUM_NULL };
	if (c->options->printed)
		printed_add_value(c->options->printed, out->size, origin_of(&c->origin, out->size, 0), value);
	c->has_too_many = !values_add(&c->values, out, stored) || c->has_too_many;
}

/* What is missing stays out of the header: no watermark "—". */
static void escape_header(void *context, struct buf *out, const struct datum *value)
{
	(void)context;
	if (value->kind != DATUM_NULL)
		buf_text(out, value->text);
}

/* The made Markdown of a claim as it is read. */
static struct text read_claim(struct composing *c, struct text made)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t at = 0; at < made.size; at++)
		if (made.at[at] != '*' && made.at[at] != '\n')
			buf_byte(&buf, made.at[at]);
	struct text words = values_fill(c->arena, &c->values, text_copy(c->arena, text_trim(buf_view(&buf))));
	buf_clear(&buf);
	return words;
}

/* Whatever is claimed is held against the rows that it speaks of, as it was printed. */
static bool hear_claim(void *context, const struct mustache_claim *claim)
{
	struct composing *c = context;
	struct text words = read_claim(c, claim->printed);
	bool is_held = claim_hear(c->arena, c->options->diag, claim, words);
	if (c->options->printed && claim->rows)
		printed_add_claim(c->options->printed, claim, words);
	return is_held;
}

static struct mustache_run make_run(struct composing *c, mustache_escape *escape)
{
	return (struct mustache_run){ .datum = &c->base, .diag = c->options->diag, .partial = find_partial, .query = ask,
				      .queries = c->options->template->queries, .escape = escape, .context = c,
				      .arena = c->arena, .drawn_least = c->options->source->drawn_least };
}

static void add_name(struct composing *c, struct text name, struct datum item)
{
	c->names[c->base.count] = name;
	c->items[c->base.count++] = item;
}

static struct text render_line(struct composing *c, const struct mustache *template, mustache_escape *escape)
{
	struct buf buf;
	buf_init(&buf, 1 << 20);
	struct mustache_run run = make_run(c, escape);
	mustache_render(template, &run, &buf);
	struct text line = text_trim(text_copy(c->arena, buf_view(&buf)));
	buf_clear(&buf);
	return line;
}

/* Names for header and body, besides queries: what the caller gives. */
static void bind_names(struct composing *c)
{
	const struct datum *extra = c->options->extra;
	c->base = datum_object(c->names, c->items, 0);
	add_name(c, TEXT("has_remarks"), datum_boolean(text_trim(c->options->remarks.text).size > 0));
	for (size_t i = 0; extra && i < extra->count && i < MOST_EXTRA; i++)
		add_name(c, extra->names[i], extra->items[i]);
}

static void fill_header(struct composing *c, struct doc *doc)
{
	const struct document_template *template = c->options->template;
	for (size_t i = 0; i < KEYS; i++) {
		struct text value = text_from(keys[i].otherwise);
		if (template->values[i])
			value = render_line(c, template->values[i], escape_header);
		if (value.size > VALUE_LONGEST) {
			DIAG(c->options->diag, DIAG_DOCUMENT_LONG, .span = template->places[i], .a = text_from(keys[i].key), .n = VALUE_LONGEST);
			value = text_slice(value, 0, utf8_check(text_slice(value, 0, VALUE_LONGEST)));
		}
		memcpy((char *)doc + keys[i].field, &value, sizeof value);
	}
}

static struct node *compose_tree(struct composing *c, struct doc *doc)
{
	const struct document_template *template = c->options->template;
	struct mustache_run run = make_run(c, escape_document);
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	run.origin = &c->origin;
	run.claim = hear_claim;
	mustache_render(template->whole, &run, &buf);
	if (c->options->printed)
		printed_finish(c->options->printed, buf_view(&buf));
	struct markdown_options options = { .text = text_copy(c->arena, buf_view(&buf)), .origin = &c->origin, .values = &c->values,
					    .diag = c->options->diag, .checks_digits = template->checks_digits,
					    .free_source = c->options->remarks.source };
	buf_clear(&buf);
	struct node *root = markdown_parse(c->arena, &options);
	const struct compose_source source = { ask_for_fence, c, c->options->source->drawn_least };
	fence_fill_all(&(struct fence_context){ .arena = c->arena, .diag = c->options->diag, .source = &source,
						.values = &c->values, .phrases = &template->phrases, .doc = doc },
		       root);
	if (c->has_too_many)
		DIAG(c->options->diag, DIAG_DOCUMENT_VALUES, .span = root->span);
	return root;
}

struct doc *document_compose(struct arena *arena, const struct document_options *options)
{
	struct composing *c = ARENA_NEW(arena, struct composing);
	struct doc *doc = ARENA_NEW(arena, struct doc);
	c->arena = arena;
	c->options = options;
	c->remarks = mustache_compile(arena, options->diag,
				      &(struct mustache_text){ .text = options->remarks.text, .source = options->remarks.source,
							       .flags = MUSTACHE_FENCES | MUSTACHE_NO_RAW,
							       .group = FIRST_FILE });
	bind_names(c);
	fill_header(c, doc);
	doc->root = compose_tree(c, doc);
	number_document(arena, options->diag, doc);
	values_clear(&c->values);
	origin_clear(&c->origin);
	map_clear(&c->asked);
	LIST_FREE(&c->answers);
	return doc;
}
