/* SPDX-License-Identifier: MIT
 *
 * The Mustache specification's own tests, read from ../shared/corpus/mustache where
 * that folder exists, and what we add to the language.
 */
#include "compose/mustache.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/utf8.h"
#include "doc/origin.h"

Suite *compose_mustache_suite(void);

/* ---- a small JSON reader, into data ------------------------------------------ */

struct json {
	struct arena *arena;
	struct text text;
	size_t at;
};

static struct datum json_value(struct json *json);

static char json_peek(struct json *json)
{
	while (json->at < json->text.size && strchr(" \t\r\n,:", json->text.at[json->at]))
		json->at++;
	return json->at < json->text.size ? json->text.at[json->at] : '\0';
}

static struct text json_string(struct json *json)
{
	struct buf buf;
	buf_init(&buf, 1 << 20);
	for (json->at++; json->text.at[json->at] != '"'; json->at++) {
		char c = json->text.at[json->at];
		if (c != '\\') {
			buf_byte(&buf, c);
			continue;
		}
		c = json->text.at[++json->at];
		static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
		const char *hit = strchr(from, c);
		if (c == 'u') {
			utf8_write(&buf, (uint32_t)strtoul(text_string(json->arena, text_slice(json->text, json->at + 1, 4)), NULL, 16));
			json->at += 4;
		} else {
			buf_byte(&buf, hit ? to[hit - from] : c);
		}
	}
	json->at++;
	struct text text = text_copy(json->arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

static struct datum json_container(struct json *json, bool is_object)
{
	enum { MOST = 64 };
	struct text *names = ARENA_ARRAY(json->arena, struct text, MOST);
	struct datum *items = ARENA_ARRAY(json->arena, struct datum, MOST);
	size_t count = 0;
	for (json->at++; json_peek(json) != '}' && json_peek(json) != ']' && count < MOST; count++) {
		if (is_object) {
			names[count] = json_string(json);
			json_peek(json);
		}
		items[count] = json_value(json);
	}
	json->at++;
	return is_object ? datum_object(names, items, count) : datum_list(items, count);
}

static struct datum json_value(struct json *json)
{
	char c = json_peek(json);
	if (c == '"')
		return datum_text(json_string(json));
	if (c == '{' || c == '[')
		return json_container(json, c == '{');
	size_t start = json->at;
	while (json->at < json->text.size && !strchr(" \t\r\n,}]", json->text.at[json->at]))
		json->at++;
	struct text word = text_slice(json->text, start, json->at - start);
	if (text_is(word, "null"))
		return (struct datum){ .kind = DATUM_NULL };
	if (text_is(word, "true") || text_is(word, "false"))
		return datum_boolean(text_is(word, "true"));
	return (struct datum){ .kind = DATUM_NUMBER, .text = word, .is_true = true };
}

/* ---- the specification -------------------------------------------------------- */

struct world {
	struct arena *arena;
	const struct datum *partials;
};

static const struct mustache *world_partial(void *context, struct text name)
{
	struct world *world = context;
	struct datum found;
	if (!world->partials || datum_find(world->partials, name, &found) != DATUM_FOUND)
		return NULL;
	return mustache_compile(world->arena, NULL, &(struct mustache_text){ .text = found.text });
}

static struct datum field(const struct datum *datum, const char *name)
{
	struct datum found;
	datum_find(datum, text_from(name), &found);
	return found;
}

static int run_case(struct arena *arena, const struct datum *test)
{
	struct datum data = field(test, "data"), partials = field(test, "partials");
	struct world world = { arena, &partials };
	struct mustache_run run = { .datum = &data, .partial = world_partial, .escape = mustache_escape_html, .context = &world,
				    .arena = arena, .is_lenient = true };
	struct buf out;
	buf_init(&out, 1 << 20);
	mustache_render(mustache_compile(arena, NULL, &(struct mustache_text){ .text = field(test, "template").text }), &run, &out);
	bool same = text_equal(buf_view(&out), field(test, "expected").text);
	if (!same)
		fprintf(stderr, "mustache spec: %.*s\n--- want\n%.*s\n--- got\n%s\n---\n", TEXT_ARGS(field(test, "name").text),
			TEXT_ARGS(field(test, "expected").text), out.at);
	buf_clear(&out);
	return same ? 0 : 1;
}

static const char *const files[] = { "comments.json", "delimiters.json", "interpolation.json", "inverted.json", "partials.json",
				     "sections.json", "~dynamic-names.json", "~inheritance.json" };

START_TEST(passes_the_specification)
{
	struct arena *arena = arena_new();
	char *path = file_join(arena, "../shared/corpus/mustache", text_from(files[_i]));
	struct file_bytes bytes;
	if (file_map(path, 1 << 20, &bytes) != 0) {
		printf("skipped: %s is not here\n", path);
		arena_free(arena);
		return;
	}
	struct json json = { arena, bytes.text, 0 };
	struct datum root = json_value(&json), tests = field(&root, "tests");
	int bad = 0;
	ck_assert_uint_gt(tests.count, 5);
	for (size_t i = 0; i < tests.count; i++)
		bad += run_case(arena, &tests.items[i]);
	ck_assert_int_eq(bad, 0);
	file_release(&bytes);
	arena_free(arena);
}
END_TEST

/* ---- ours ------------------------------------------------------------------------ */

static struct value value_of(const char *text)
{
	int64_t integer;
	struct text view = text_from(text);
	if (text_to_integer(view, &integer))
		return (struct value){ .kind = VALUE_INTEGER, .text = view, .integer = integer };
	return (struct value){ .kind = VALUE_TEXT, .text = view };
}

static struct text asked; /* the last query */

static bool query(void *context, struct text sql, struct span place, struct rows *rows)
{
	struct world *world = context;
	ck_assert_uint_eq(place.source, 1);
	asked = text_copy(world->arena, sql);
	static struct text names[] = { TEXT_INIT("name"), TEXT_INIT("n") };
	static struct value values[4];
	values[0] = value_of("南京市"), values[1] = value_of("3"), values[2] = value_of("苏州市"), values[3] = value_of("0");
	*rows = (struct rows){ names, values, 2, text_contains(sql, TEXT("none")) ? 0 : text_contains(sql, TEXT("one")) ? 1 : 2 };
	return true;
}

static const struct {
	const char *template, *want;
	unsigned flags;
	int kind; /* of the diagnostic expected, -1 none */
} ours[] = {
	{ "{{title}} {{n}}", "a&lt;b 7", 0, -1 },
	{ "{{titel}}", "—", 0, DIAG_TEMPLATE_NAME_NEAR },
	{ "{{xyzzyx}}", "—", 0, DIAG_TEMPLATE_NAME_UNKNOWN },
	{ "{{#nope}}x{{/nope}}", "", 0, DIAG_TEMPLATE_NAME_UNKNOWN },
	{ "{{#zero}}x{{/zero}}{{^zero}}y{{/zero}}", "y", 0, -1 },
	{ "{{missing}}", "—", 0, -1 },
	{ "{{> nothing}}", "", 0, DIAG_TEMPLATE_PARTIAL },
	{ "{{#a}}{{/b}}", "", 0, DIAG_TEMPLATE_SECTION_CLOSE },
	{ "{{#a}}", "", 0, DIAG_TEMPLATE_SECTION_OPEN },
	{ "{{a", "", 0, DIAG_TEMPLATE_TAG_OPEN },
	{ "{{a b}}", "", 0, DIAG_TEMPLATE_TAG_WRONG },
	{ "{{{title}}}", "a<b", 0, -1 },
	{ "{{{title}}}", "", MUSTACHE_NO_RAW, DIAG_TEMPLATE_RAW },
	{ "{{@q}}select 1{{/q}}{{#q}}{{-number}}{{name}}{{n}}{{^-last}}、{{/-last}}{{/q}}", "1南京市3、2苏州市0", 0, -1 },
	{ "{{@q}}select one{{/q}}{{q.name}}有{{q.n}}家", "南京市有3家", 0, -1 },
	{ "{{@q}}select 1{{/q}}{{q.name}}", "—", 0, DIAG_TEMPLATE_MANY_ROWS },
	{ "{{@q}}select none{{/q}}{{q.name}}", "—", 0, DIAG_TEMPLATE_NO_ROW },
	{ "{{@q}}select none{{/q}}{{#q}}x{{/q}}{{^q}}无{{/q}}", "无", 0, -1 },
	{ "{{@q}}select none{{/q}}{{#q.n}}x{{/q.n}}{{^q.n}}无{{/q.n}}", "无", 0, -1 },
	{ "a\n```sql q\nselect one where x = {{evil}} and y = '{{evil}}'\n```\nb {{q.n}}\n", "a\nb 3\n", MUSTACHE_FENCES, -1 },
	{ "{{@q}}select none where x = {{missing}} and y = '{{missing}}'{{/q}}{{^q}}无{{/q}}", "无", 0, -1 },
	{ "{{#list}}{{@q}}select {{.}}{{/q}}{{/list}}{{q.n}}", "—", 0, DIAG_TEMPLATE_NAME_UNKNOWN },
	{ "{{q}}", "—", 0, DIAG_TEMPLATE_NAME_UNKNOWN },
	{ "{{list}}", "—", 0, DIAG_TEMPLATE_NOT_VALUE },
};

START_TEST(speaks_our_dialect)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	struct text text = text_from(ours[_i].template);
	sources_add(sources, TEXT("t.html"), text, "UTF-8");
	static struct text names[] = { TEXT_INIT("title"), TEXT_INIT("n"), TEXT_INIT("zero"), TEXT_INIT("missing"), TEXT_INIT("evil"),
				       TEXT_INIT("list") };
	struct datum two[] = { datum_text(TEXT("x")), datum_text(TEXT("y")) };
	struct datum items[] = { datum_text(TEXT("a<b")), datum_number(arena, 7), datum_number(arena, 0), { .kind = DATUM_NULL },
				 datum_text(TEXT("'; drop --")), datum_list(two, 2) };
	struct datum data = datum_object(names, items, 6);
	struct world world = { arena, NULL };
	struct mustache_run run = { .datum = &data, .diag = diag, .partial = world_partial, .query = query,
				    .escape = mustache_escape_html, .context = &world, .arena = arena };
	const struct mustache *template =
		mustache_compile(arena, diag, &(struct mustache_text){ .text = text, .source = 1, .flags = ours[_i].flags });
	struct buf out;
	buf_init(&out, 1 << 20);
	bool good = mustache_render(template, &run, &out);
	ck_assert_str_eq(out.at, ours[_i].want);
	if (ours[_i].kind >= 0)
		ck_assert_uint_eq(diag_count_of(diag, (enum diag_kind)ours[_i].kind), 1);
	else
		ck_assert(good && diag_count(diag, SEVERITY_ERROR) == 0);
	if (ours[_i].flags & MUSTACHE_FENCES)
		ck_assert_str_eq(text_string(arena, asked), "select one where x = '''; drop --' and y = '''; drop --'\n");
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

START_TEST(bounds_recursion)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena, sources_new(arena));
	static struct text names[] = { TEXT_INIT("loop") };
	struct datum items[] = { datum_text(TEXT("{{>loop}}{{>loop}}")) };
	struct datum partials = datum_object(names, items, 1);
	struct world world = { arena, &partials };
	struct mustache_run run = { .datum = &partials, .diag = diag, .partial = world_partial, .context = &world, .arena = arena };
	struct buf out;
	buf_init(&out, 1 << 20);
	ck_assert(!mustache_render(mustache_compile(arena, diag, &(struct mustache_text){ .text = TEXT("{{>loop}}") }), &run, &out));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_TEMPLATE_DEEP), 1);
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

START_TEST(bounds_what_it_makes)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena, sources_new(arena));
	static struct text names[] = { TEXT_INIT("list") };
	struct datum ten[10], list = datum_list(ten, 10);
	for (size_t i = 0; i < 10; i++)
		ten[i] = datum_text(TEXT("x"));
	struct datum data = datum_object(names, &list, 1);
	struct world world = { arena, NULL };
	struct mustache_run run = { .datum = &data, .diag = diag, .partial = world_partial, .context = &world, .arena = arena };
	struct buf out;
	buf_init(&out, 500);
	const struct mustache_text text = { .text = TEXT("{{#list}}{{#list}}{{#list}}{{.}}{{/list}}{{/list}}{{/list}}") };
	ck_assert(!mustache_render(mustache_compile(arena, diag, &text), &run, &out));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_TEMPLATE_LARGE), 1);
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

/* A template that is given no facts cannot ask for any. */
START_TEST(asks_only_where_it_may)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena, sources_new(arena));
	struct datum data = datum_object(NULL, NULL, 0);
	struct mustache_run run = { .datum = &data, .diag = diag, .arena = arena };
	struct buf out;
	buf_init(&out, 1 << 20);
	ck_assert(!mustache_render(mustache_compile(arena, diag, &(struct mustache_text){ .text = TEXT("甲{{@q}}select 1{{/q}}") }), &run, &out));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_TEMPLATE_QUERY), 1);
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

START_TEST(remembers_origins)
{
	struct arena *arena = arena_new();
	struct text text = TEXT("一{{title}}二\n三");
	static struct text names[] = { TEXT_INIT("title") };
	struct datum items[] = { datum_text(TEXT("很长的标题")) };
	struct datum data = datum_object(names, items, 1);
	struct origin origin = { 0 };
	struct mustache_run run = { .datum = &data, .arena = arena, .origin = &origin };
	struct buf out;
	buf_init(&out, 1 << 20);
	ck_assert(mustache_render(mustache_compile(arena, NULL, &(struct mustache_text){ .text = text, .source = 1 }), &run, &out));
	size_t at = text_find(buf_view(&out), TEXT("三"));
	struct span span = origin_of(&origin, at, 3);
	ck_assert_uint_eq(span.start, text_find(text, TEXT("三")));
	ck_assert_uint_eq(span.end - span.start, 3);
	span = origin_of(&origin, text_find(buf_view(&out), TEXT("标题")), 6);
	ck_assert_uint_eq(span.start, 3);
	ck_assert_uint_eq(span.end, 12);
	origin_clear(&origin);
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

Suite *compose_mustache_suite(void)
{
	Suite *suite = suite_create("compose/mustache");
	TCase *tcase = tcase_create("all");
	tcase_add_loop_test(tcase, passes_the_specification, 0, (int)(sizeof files / sizeof *files));
	tcase_add_loop_test(tcase, speaks_our_dialect, 0, (int)(sizeof ours / sizeof *ours));
	tcase_add_test(tcase, bounds_recursion);
	tcase_add_test(tcase, bounds_what_it_makes);
	tcase_add_test(tcase, asks_only_where_it_may);
	tcase_add_test(tcase, remembers_origins);
	suite_add_tcase(suite, tcase);
	return suite;
}
