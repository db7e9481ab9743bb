/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "compose/document.h"
#include "compose/mustache.h"
#include "compose/queries.h"
#include "doc/header.h"
#include "doc/link.h"
#include "doc/markdown.h"
#include "doc/number.h"
#include "layout/layout.h"
#include "render/canvas.h"
#include "render/fonts.h"
#include "render/html.h"
#include "setting/shape.h"
#include "theme/theme.h"

void fuzz_header(const struct fuzz *fuzz, struct text input)
{
	struct header header;
	(void)fuzz;
	header_read(input, &header);
	header_find(&header, "title");
	link_is_safe(header.body);
}

void fuzz_markdown(const struct fuzz *fuzz, struct text input)
{
	unsigned choice = fuzz_choice(&input);
	uint32_t source = fuzz_source(fuzz, input);
	if (!source)
		return;
	struct text text = sources_find(fuzz->sources, source)->text;
	struct doc doc = { .title = TEXT("标题"), .numbering = choice & 2 ? TEXT("decimal") : TEXT("chinese") };
	doc.root = markdown_parse(fuzz->arena, &(struct markdown_options){ .text = text, .source = source, .diag = fuzz->diag, .checks_digits = choice & 1 });
	number_document(fuzz->arena, fuzz->diag, &doc);
	struct buf html;
	buf_init(&html, BUF_LIMIT_FILE);
	html_write(&html, &doc, &(struct html_options){ .css = TEXT("") });
	buf_clear(&html);
}

/* Every partial is the template itself: recursion must be bounded. */
static const struct mustache *self_partial(void *context, struct text name)
{
	const struct mustache *const *template = context;
	return name.size % 2 ? *template : NULL;
}

static bool no_rows(void *context, struct text sql, struct span place, struct rows *rows)
{
	(void)context;
	(void)place;
	*rows = (struct rows){ 0 };
	return sql.size % 2;
}

void fuzz_mustache(const struct fuzz *fuzz, struct text input)
{
	static const struct text names[] = { TEXT_INIT("a"), TEXT_INIT("b"), TEXT_INIT("list") };
	unsigned choice = fuzz_choice(&input);
	uint32_t source = fuzz_source(fuzz, input);
	if (!source)
		return;
	struct datum items[] = { datum_text(TEXT("<值>")), datum_boolean(true), { .kind = DATUM_NULL } };
	struct datum list[] = { datum_object(names, items, 2), datum_object(names, items, 1) };
	items[2] = datum_list(list, 2);
	const struct datum top = datum_object(names, items, 3);
	const struct mustache_text text = { .text = sources_find(fuzz->sources, source)->text, .source = source, .flags = choice & 3u };
	const struct mustache *template = mustache_compile(fuzz->arena, fuzz->diag, &text);
	const struct mustache_run run = {
		.datum = &top, .diag = fuzz->diag, .partial = self_partial, .query = no_rows, .arena = fuzz->arena,
		.escape = choice & 4 ? NULL : mustache_escape_html, .context = &template, .is_lenient = !(choice & 8),
	};
	struct buf out;
	buf_init(&out, BUF_LIMIT_PAGE);
	mustache_render(template, &run, &out);
	buf_clear(&out);
}

/* ---- whole documents ------------------------------------------------------------------ */

static struct theme *theme;
static struct shaper *shaper;
static struct fonts *fonts;

/* They live until the process ends. */
void fuzz_make_looks(const struct fuzz *fuzz, const char *name)
{
	static const char *const folders[] = { "out/fonts", "/usr/share/fonts", NULL };
	static struct arena *arena;
	(void)fuzz;
	(void)name;
	arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	theme = theme_load(arena, sources, diag, &(struct theme_options){ .name_or_folder = "default", .themes = "themes", .font_folders = folders });
	shaper = theme ? shaper_new(theme, diag) : NULL;
	fonts = shaper ? fonts_new(theme, diag) : NULL;
	if (!fonts) {
		fprintf(stderr, "fuzz: the default theme cannot be used\n");
		exit(3);
	}
}

static struct value value_of(struct text word)
{
	struct decimal number;
	struct value value = { .kind = word.size ? VALUE_TEXT : VALUE_NULL, .text = word };
	if (decimal_parse(word, &number)) {
		value.kind = VALUE_REAL;
		value.real = (double)number.units / 1e9;
		value.integer = number.units / 1000000000;
	}
	return value;
}

/*
 * Three columns, whose values are the words of the query itself: so charts and tables see any text and number.  The
 * query dies when this returns, the rows do not.
 */
static bool echo_query(void *context, struct arena *arena, struct text sql, struct span place, struct rows *rows)
{
	enum { COLUMNS = 3 };
	(void)context;
	(void)place;
	struct text *names = ARENA_ARRAY(arena, struct text, COLUMNS), word;
	sql = text_copy(arena, sql);
	names[0] = TEXT("类别");
	names[1] = TEXT("a");
	names[2] = TEXT("b");
	struct value *values = ARENA_ARRAY(arena, struct value, sql.size + COLUMNS);
	size_t count = 0;
	while (text_next(&sql, ' ', &word))
		values[count++] = value_of(word);
	*rows = (struct rows){ .names = names, .column_count = COLUMNS, .values = values, .row_count = count / COLUMNS };
	return true;
}

void fuzz_document(const struct fuzz *fuzz, struct text input)
{
	uint32_t source = fuzz_source(fuzz, input);
	if (!source)
		return;
	const struct document_file file = { .name = TEXT("input"), .text = sources_find(fuzz->sources, source)->text, .source = source };
	const struct document_content content = { .files = &file, .file_count = 1 };
	const struct compose_source facts = { .query = echo_query, .drawn_least = 4 };
	const struct document_options options = { .template = document_compile(fuzz->arena, fuzz->diag, &content), .source = &facts, .diag = fuzz->diag };
	const struct doc *doc = document_compose(fuzz->arena, &options);
	const struct pages *pages = layout_document(fuzz->arena, shaper, theme, doc, fuzz->diag);
	struct buf pdf;
	buf_init(&pdf, BUF_LIMIT_FILE);
	struct canvas *canvas = haru_canvas_new(theme, fonts, &pdf);
	if (!canvas_paint(canvas, pages)) {
		fprintf(stderr, "fuzz: %s\n", canvas_error(canvas));
		abort();
	}
	canvas_free(canvas);
	buf_clear(&pdf);
}

/* The text names queries as the seeds call them: in its header, as values, for a list, in a fence, in claims. */
void fuzz_queries(const struct fuzz *fuzz, struct text input)
{
	static const char text[] = "title: {{campaign.a}}\n---\n# {{overview.a}}\n\n{{#tracks}}{{a}}{{weak.b}}{{?max rates}}最高{{/max}}{{/tracks}}\n"
				   "\n```table 表\nquery: cities\n```\n\n{{#parts}}{{#stars}}{{b}}{{/stars}}{{/parts}}{{?zero a.b}}没有{{/zero}}\n";
	uint32_t source = fuzz_source(fuzz, input);
	if (!source)
		return;
	struct text queries = sources_find(fuzz->sources, source)->text;
	const struct document_file file = { .name = TEXT("input"), .text = text_from(text), .sql = queries, .sql_source = source };
	const struct document_content content = { .files = &file, .file_count = 1 };
	const struct compose_source facts = { .query = echo_query, .drawn_least = 4 };
	const struct document_options options = { .template = document_compile(fuzz->arena, fuzz->diag, &content), .source = &facts, .diag = fuzz->diag };
	document_compose(fuzz->arena, &options);
	queries_fold(fuzz->arena, queries);
}
