/* SPDX-License-Identifier: MIT */
#include "compose/document.h"

#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "compose/claim.h"
#include "compose/claim_words.h"
#include "compose/fence.h"
#include "compose/mustache.h"
#include "compose/phrases.h"
#include "compose/printed.h"
#include "compose/sql.h"
#include "doc/header.h"
#include "doc/markdown.h"
#include "doc/number.h"
#include "doc/origin.h"
#include "doc/values.h"

enum { MOST_QUERIES = 128, MOST_EXTRA = 32 };

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
	{ "picture", offsetof(struct doc, picture), NULL },
};
enum { KEYS = sizeof keys / sizeof *keys, VALUE_LONGEST = 2000 /* bytes: a title of 650 characters */ };
static const char digits_key[] = "digits"; /* "digits: bound": report digits typed by hand */
static const char claims_key[] = "claims"; /* "claims: bound": report words that compare or generalise outside claims */
static const char draft_key[] = "draft";   /* of a text of the site: site_shown.h */

struct header_query {
	struct text list; /* "tracks" of "sql tracks.levels": asked for each of its rows; missing: asked once */
	struct text name;
	const struct mustache *sql;
	struct span span;
};

struct document_template {
	const struct mustache *values[KEYS]; /* of the header, NULL: not given */
	struct span places[KEYS];
	struct header_query queries[MOST_QUERIES];
	size_t query_count;
	bool checks_digits, checks_claims;
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
				      .flags = MUSTACHE_FENCES | MUSTACHE_NO_RAW };
	return mustache_compile(c->arena, c->diag, &text);
}

static size_t find_key(struct text key)
{
	size_t i = 0;
	while (i < KEYS && !text_is(key, keys[i].key))
		i++;
	return i;
}

static void compile_line(const struct compiling *c, const struct document_file *file, const struct header_line *line)
{
	struct document_template *template = c->template;
	size_t key = find_key(line->key);
	if (text_starts(line->key, "sql ") && template->query_count < MOST_QUERIES) {
		struct text list = NO_TEXT, name = text_trim(text_slice(line->key, 4, line->key.size));
		size_t dot = text_find(name, TEXT("."));
		if (dot < name.size) {
			list = text_trim(text_slice(name, 0, dot));
			name = text_trim(text_slice(name, dot + 1, name.size));
		}
		template->queries[template->query_count++] =
			(struct header_query){ list, name, compile_part(c, file, line->value),
					       span_in(file, line->value) };
	} else if (key < KEYS) {
		if (!template->values[key]) {
			template->values[key] = compile_part(c, file, line->value);
			template->places[key] = span_in(file, line->value);
		}
	} else if (text_is(line->key, digits_key) && text_is(line->value, "bound")) {
		template->checks_digits = true;
	} else if (text_is(line->key, claims_key) && text_is(line->value, "bound")) {
		template->checks_claims = true;
	} else if (!text_is(line->key, draft_key)) {
		DIAG(c->diag, DIAG_DOCUMENT_HEADER, .span = span_in(file, line->key), .a = line->key);
	}
}

static void check_private(const struct compiling *c, const struct document_file *file)
{
	if (values_are_in(file->text))
		DIAG(c->diag, DIAG_DOCUMENT_PRIVATE, .span = span_in(file, text_slice(file->text, 0, 0)));
}

static void compile_files(const struct compiling *c, const struct document_content *content)
{
	struct document_template *template = c->template;
	struct buf whole;
	buf_init(&whole, 1 << 20);
	template->bodies = ARENA_ARRAY(c->arena, const struct mustache *, content->file_count);
	template->body_count = content->file_count;
	for (size_t i = 0; i < content->file_count; i++) {
		const struct document_file *file = &content->files[i];
		struct header header;
		check_private(c, file);
		header_read(file->text, &header);
		for (size_t j = 0; j < header.count; j++)
			compile_line(c, file, &header.lines[j]);
		template->bodies[i] = compile_part(c, file, header.body);
		if (template->checks_claims)
			claim_words_check(c->diag, template->bodies[i]);
		buf_format(&whole, "{{>%zu}}\n\n", i);
	}
	template->whole = mustache_compile(c->arena, c->diag, &(struct mustache_text){ .text = text_copy(c->arena, buf_view(&whole)) });
	buf_clear(&whole);
}

const struct document_template *document_compile(struct arena *arena, struct diag *diag, const struct document_content *content)
{
	struct document_template *template = ARENA_NEW(arena, struct document_template);
	struct compiling c = { arena, diag, template };
	compile_files(&c, content);
	struct text *names = ARENA_ARRAY(arena, struct text, content->partial_count);
	template->partials = ARENA_ARRAY(arena, const struct mustache *, content->partial_count);
	template->partial_names = names;
	template->partial_count = content->partial_count;
	for (size_t i = 0; i < content->partial_count; i++) {
		check_private(&c, &content->partials[i]);
		names[i] = content->partials[i].name;
		template->partials[i] = compile_part(&c, &content->partials[i], content->partials[i].text);
	}
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
	struct text names[MOST_EXTRA + MOST_QUERIES + 1];
	struct datum items[MOST_EXTRA + MOST_QUERIES + 1];
	struct datum base;
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

static bool ask(void *context, struct text sql, struct span place, struct rows *rows)
{
	const struct composing *c = context;
	const struct compose_source *source = c->options->source;
	if (c->options->printed)
		printed_add_query(c->options->printed, rows, text_copy(c->arena, text_trim(sql)));
	return source->query(source->context, c->arena, sql, place, rows);
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

static enum claim_kind find_claim_kind(const struct composing *c, const struct mustache_claim *claim)
{
	enum claim_kind kind = claim_kind_of(claim->kind);
	if (kind < CLAIM_KINDS)
		return kind;
	struct nearest nearest = { .wanted = claim->kind };
	for (enum claim_kind known = 0; known < CLAIM_KINDS; known++)
		nearest_offer(&nearest, claim_word(known));
	DIAG(c->options->diag, DIAG_CLAIM_KIND, .span = claim->span, .a = claim->kind, .b = nearest_best(&nearest));
	return kind;
}

/* Whatever is claimed is held against the rows that it speaks of, as it was printed. */
static bool hear_claim(void *context, const struct mustache_claim *claim)
{
	struct composing *c = context;
	struct text words = read_claim(c, claim->printed);
	enum claim_kind kind = find_claim_kind(c, claim);
	if (kind == CLAIM_KINDS || kind == CLAIM_PLAIN)
		return kind == CLAIM_PLAIN;
	struct claim_judgement judgement = claim_judge(c->arena, kind, claim->rows, words);
	if (c->options->printed)
		printed_add_claim(c->options->printed, claim, words);
	if (judgement.result == CLAIM_FALSE)
		DIAG(c->options->diag, DIAG_CLAIM_FALSE, .span = claim->span, .a = words, .b = judgement.why, .c = claim->subject);
	else if (judgement.result == CLAIM_NO_COLUMN)
		DIAG(c->options->diag, DIAG_CLAIM_COLUMNS, .span = claim->span, .a = claim->subject, .b = claim->kind,
		     .c = text_from(claim_columns(kind)));
	return judgement.result == CLAIM_TRUE;
}

static void escape_sql(void *context, struct buf *out, const struct datum *value)
{
	(void)context;
	sql_value(out, value);
}

static struct mustache_run make_run(struct composing *c, mustache_escape *escape)
{
	return (struct mustache_run){ .datum = &c->base, .diag = c->options->diag, .partial = find_partial, .query = ask,
				      .escape = escape, .context = c, .arena = c->arena };
}

static void add_name(struct composing *c, struct text name, struct datum item)
{
	c->names[c->base.count] = name;
	c->items[c->base.count++] = item;
}

/* inner: the row within which the line is rendered, or NULL. */
static struct text render_line(struct composing *c, const struct mustache *template, mustache_escape *escape,
			       const struct datum *inner)
{
	struct buf buf;
	buf_init(&buf, 1 << 20);
	struct mustache_run run = make_run(c, escape);
	run.inner = inner;
	mustache_render(template, &run, &buf);
	struct text line = text_trim(text_copy(c->arena, buf_view(&buf)));
	buf_clear(&buf);
	return line;
}

static struct datum ask_header(struct composing *c, const struct header_query *query, const struct datum *inner)
{
	struct rows *rows = ARENA_NEW(c->arena, struct rows);
	ask(c, render_line(c, query->sql, escape_sql, inner), query->span, rows);
	return datum_rows(rows);
}

/* What a row already has beside its columns, and one more. */
static struct datum with_name(struct arena *arena, const struct datum *beside, struct text name, struct datum item)
{
	size_t count = beside ? beside->count : 0;
	struct text *names = ARENA_ARRAY(arena, struct text, count + 1);
	struct datum *items = ARENA_ARRAY(arena, struct datum, count + 1);
	for (size_t i = 0; i < count; i++) {
		names[i] = beside->names[i];
		items[i] = beside->items[i];
	}
	names[count] = name;
	items[count] = item;
	return datum_object(names, items, count + 1);
}

/* The list that a header's query is of: an earlier query of a header; NULL after reporting. */
static struct datum *find_list(struct composing *c, const struct header_query *query)
{
	struct nearest nearest = { .wanted = query->list };
	for (size_t i = 0; i < c->base.count; i++) {
		if (c->items[i].kind != DATUM_ROWS)
			continue;
		if (text_equal(c->names[i], query->list))
			return &c->items[i];
		nearest_offer(&nearest, c->names[i]);
	}
	struct text best = nearest_best(&nearest);
	enum diag_kind kind = best.size ? DIAG_TEMPLATE_NAME_NEAR : DIAG_TEMPLATE_NAME_UNKNOWN;
	DIAG(c->options->diag, kind, .span = query->span, .a = query->list, .b = best);
	return NULL;
}

/* Asks for each row of the list; the answer is one more name of that row. */
static void bind_rows(struct composing *c, const struct header_query *query)
{
	struct datum *list = find_list(c, query);
	if (!list)
		return;
	size_t count = datum_count(list);
	struct datum *beside = ARENA_ARRAY(c->arena, struct datum, count);
	for (size_t i = 0; i < count; i++) {
		struct datum row = datum_item(list, i);
		beside[i] = with_name(c->arena, row.beside, query->name, ask_header(c, query, &row));
	}
	list->beside = beside;
}

/* Names for header and body: what the caller gives, then the header's queries in order. */
static void bind_names(struct composing *c)
{
	const struct document_template *template = c->options->template;
	const struct datum *extra = c->options->extra;
	c->base = datum_object(c->names, c->items, 0);
	add_name(c, TEXT("has_remarks"), datum_boolean(text_trim(c->options->remarks.text).size > 0));
	for (size_t i = 0; extra && i < extra->count && i < MOST_EXTRA; i++)
		add_name(c, extra->names[i], extra->items[i]);
	for (size_t i = 0; i < template->query_count; i++) {
		const struct header_query *query = &template->queries[i];
		if (query->list.size)
			bind_rows(c, query);
		else
			add_name(c, query->name, ask_header(c, query, NULL));
	}
}

static void fill_header(struct composing *c, struct doc *doc)
{
	const struct document_template *template = c->options->template;
	for (size_t i = 0; i < KEYS; i++) {
		struct text value = text_from(keys[i].otherwise);
		if (template->values[i])
			value = render_line(c, template->values[i], escape_header, NULL);
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
					    .diag = c->options->diag, .checks_digits = template->checks_digits };
	buf_clear(&buf);
	struct node *root = markdown_parse(c->arena, &options);
	const struct compose_source source = { ask_for_fence, c };
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
							       .flags = MUSTACHE_FENCES | MUSTACHE_NO_RAW });
	bind_names(c);
	fill_header(c, doc);
	doc->root = compose_tree(c, doc);
	number_document(arena, options->diag, doc);
	values_clear(&c->values);
	origin_clear(&c->origin);
	return doc;
}
