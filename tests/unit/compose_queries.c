/* SPDX-License-Identifier: MIT
 *
 * Named queries in files beside the texts: who may name them, with which values they are asked, how
 * often, and what is said of wrong ones.
 */
#include "compose/queries.h"

#include <check.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "compose/document.h"

Suite *compose_queries_suite(void);

/* ---- canned answers ------------------------------------------------------------- */

/* What is asked is answered with itself: one row, `sql` and the count of questions; some with rows. */
struct fake {
	char asked[1000]; /* every question, with a bar behind it */
	int count;
	struct span place; /* of the last */
};

static bool answer(void *context, struct arena *arena, struct text sql, struct span place, struct rows *rows)
{
	struct fake *fake = context;
	static struct text names[] = { TEXT_INIT("code"), TEXT_INIT("said") };
	sql = text_copy(arena, text_trim(sql));
	strncat(fake->asked, sql.at, sizeof fake->asked - strlen(fake->asked) - 2);
	strcat(fake->asked, "|");
	fake->count++;
	fake->place = place;
	size_t count = text_starts(sql, "select list") ? 2 : 1;
	*rows = (struct rows){ names, ARENA_ARRAY(arena, struct value, 2 * count), 2, count };
	for (size_t i = 0; i < count; i++) {
		rows->values[2 * i] = (struct value){ .kind = VALUE_TEXT, .text = i ? TEXT("b") : TEXT("a") };
		rows->values[2 * i + 1] = (struct value){ .kind = VALUE_TEXT, .text = sql };
	}
	return !text_starts(sql, "select wrong");
}

/* ---- one document ------------------------------------------------------------------ */

struct bench {
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct fake fake;
	struct buf text; /* all that can be read in it */
};

static struct document_file add_file(struct bench *b, const char *name, const char *text)
{
	struct document_file file = { .text = text_from(text) };
	file.source = sources_add(b->sources, text_from(name), file.text, "UTF-8");
	return file;
}

static void compose(struct bench *b, const char *text, const char *sql, const char *second, const char *second_sql, const char *common)
{
	*b = (struct bench){ .arena = arena_new() };
	b->sources = sources_new(b->arena);
	b->diag = diag_new(b->arena, b->sources);
	struct document_file files[2] = { { .source = 0 } };
	files[0] = add_file(b, "a.md", text);
	if (second)
		files[1] = add_file(b, "b.md", second);
	const char *const queries[2] = { sql, second_sql };
	for (int i = 0; i < 2; i++) {
		if (!queries[i])
			continue;
		struct document_file file = add_file(b, i ? "b.sql" : "a.sql", queries[i]);
		files[i].sql = file.text;
		files[i].sql_source = file.source;
	}
	struct document_content all = { .files = files, .file_count = second ? 2 : 1 };
	if (common)
		all.shared = add_file(b, "common.sql", common);
	struct compose_source source = { answer, &b->fake, 4 };
	const struct document_template *template = document_compile(b->arena, b->diag, &all);
	struct doc *doc = document_compose(b->arena, &(struct document_options){ .template = template, .source = &source, .diag = b->diag });
	buf_init(&b->text, 1 << 20);
	node_plain_text(doc->root, &b->text);
}

static void finish(struct bench *b)
{
	buf_clear(&b->text);
	arena_free(b->arena);
}

/* Errors and warnings besides those about phrases, of which these documents have none. */
static size_t complaints(const struct bench *b)
{
	return diag_count(b->diag, SEVERITY_ERROR) + diag_count(b->diag, SEVERITY_WARNING) - diag_count_of(b->diag, DIAG_DOCUMENT_PHRASE_MISSING);
}

START_TEST(asks_what_is_named)
{
	struct bench b;
	compose(&b, "title: {{one.said}}\n---\n{{one.said}}，{{one.said}}。\n", "-- what it is\n-- name: one\nselect 1\n", NULL, NULL, NULL);
	ck_assert_str_eq(b.text.at, "select 1，select 1。");
	ck_assert_str_eq(b.fake.asked, "select 1|"); /* once for header and text */
	ck_assert_uint_eq(complaints(&b), 0);
	ck_assert_str_eq(text_string(b.arena, span_text(b.sources, b.fake.place)), "select 1");
	finish(&b);
}
END_TEST

/* With "for" it sees the row and whatever the row stands in, but nothing further in; without, the document only. */
START_TEST(sees_its_row)
{
	struct bench b;
	compose(&b, "{{#list}}{{#inner}}{{of.said}}、{{of.said}}。{{/inner}}{{/list}}{{#list}}{{of.said}}{{/list}}\n",
		"-- name: list\nselect list\n\n-- name: inner\nselect list inner\n-- name: of\n-- for: list\nselect of {{code}} and {{two.said}}\n"
		"-- name: two\n-- for: list\nselect two of {{code}}\n",
		NULL, NULL, NULL);
	ck_assert_str_eq(b.fake.asked, "select list|select list inner|select two of 'a'|select of 'a' and 'select two of ''a'''|"
				       "select two of 'b'|select of 'b' and 'select two of ''b'''|");
	ck_assert_uint_eq(complaints(&b), 0);
	finish(&b);
	compose(&b, "{{#list}}{{of.said}}{{/list}}\n", "-- name: list\nselect list\n-- name: of\nselect of {{code}}\n", NULL, NULL, NULL);
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_TEMPLATE_NAME_UNKNOWN), 1); /* no row without "for" */
	finish(&b);
}
END_TEST

START_TEST(gives_fences_their_sql)
{
	struct bench b;
	compose(&b, "{{#list}}\n```table 表{{code}} {#tbl-{{code}}}\nquery: rows\n```\n\n{{/list}}\nquery: rows\n",
		"-- name: list\nselect list\n-- name: rows\n-- for: list\nselect\n  rows\n\n  of {{code}}\n", NULL, NULL, NULL);
	ck_assert_str_eq(b.fake.asked, "select list|select\n  rows\n\n  of 'a'|select\n  rows\n\n  of 'b'|");
	ck_assert_ptr_nonnull(strstr(b.text.at, "query: rows")); /* outside a fence it is a line like any other */
	ck_assert_uint_eq(complaints(&b), 0);
	ck_assert_str_eq(text_string(b.arena, span_text(b.sources, b.fake.place)), "select\n  rows\n\n  of {{code}}");
	finish(&b);
}
END_TEST

/* A text sees its own queries and those that are shared; what is shared sees the shared ones only. */
START_TEST(keeps_texts_apart)
{
	struct bench b;
	compose(&b, "{{own.said}}{{all.said}}\n", "-- name: own\nselect first\n", "{{own.said}}\n", "-- name: own\nselect second\n",
		"-- name: all\nselect all\n");
	ck_assert_str_eq(b.text.at, "select firstselect allselect second");
	ck_assert_uint_eq(complaints(&b), 0);
	finish(&b);
	compose(&b, "{{own.said}}\n", "-- name: own\nselect first\n", "{{own.said}}\n", NULL, NULL);
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_TEMPLATE_NAME_UNKNOWN), 1);
	finish(&b);
	compose(&b, "{{all.said}}{{own.said}}\n", "-- name: own\nselect first\n", NULL, NULL, "-- name: all\nselect {{own.said}}\n");
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_TEMPLATE_NAME_UNKNOWN), 1);
	finish(&b);
}
END_TEST

static const struct {
	const char *text, *sql;
	enum diag_kind kind;
	const char *place; /* what is pointed at */
} mistakes[] = {
	{ "{{onee.said}}", "-- name: one\nselect 1\n-- name: two\nselect {{one.said}}\n", DIAG_TEMPLATE_NAME_NEAR, "{{onee.said}}" },
	{ "```table 表\nquery: twoo\n```\n", "-- name: two\nselect 1\n", DIAG_QUERY_NEAR, "query: twoo" },
	{ "```table 表\nquery: elsewhere\n```\n", NULL, DIAG_QUERY_UNKNOWN, "query: elsewhere" },
	{ "```table 表\nquery:\n```\n", NULL, DIAG_TEMPLATE_TAG_WRONG, "query:" },
	{ "甲", "-- name: one\nselect 1\n", DIAG_QUERY_UNNAMED, "one" },
	{ "甲", "-- name: one\nselect {{two.said}}\n-- name: two\nselect {{one.said}}\n", DIAG_QUERY_UNNAMED, "one" },
	{ "{{one.said}}", "-- name: one\nselect 1\n-- name: one\nselect 2\n", DIAG_QUERY_TWICE, "one" },
	{ "{{one.said}}", "-- name: one\nselect {{two.said}}\n-- name: two\nselect {{one.said}}\n", DIAG_QUERY_LOOP, "{{one.said}}" },
	{ "{{one.said}}", "-- name: one\n-- nothing\n", DIAG_QUERY_EMPTY, "one" },
	{ "甲", "select 1\nfrom x\n", DIAG_QUERY_NAMELESS, "select 1" },
	{ "甲", "-- name: two words\nselect 1\n", DIAG_QUERY_NAME, "-- name: two words" },
	{ "{{one.said}}", "-- name: one\nselect 1\n-- for: list\n", DIAG_QUERY_FOR, "-- for: list" },
	{ "{{one.said}}", "-- name: one\n-- for: list\nselect 1\n", DIAG_QUERY_OUTSIDE, "{{one.said}}" },
	{ "{{one.said}}", "-- name: one\nselect {{on.said}}\n", DIAG_TEMPLATE_NAME_NEAR, "{{on.said}}" },
	{ "{{one.said}}", "-- name: one\nselect {{#one}}\n", DIAG_TEMPLATE_SECTION_OPEN, "{{#one}}" },
};

START_TEST(points_at_mistakes)
{
	struct bench b;
	compose(&b, mistakes[_i].text, mistakes[_i].sql, NULL, NULL, NULL);
	ck_assert_uint_ge(diag_count_of(b.diag, mistakes[_i].kind), 1);
	struct buf out, want;
	buf_init(&out, 1 << 20);
	buf_init(&want, 1000);
	diag_write(b.diag, DIAG_FORMAT_JSONL, LANGUAGE_ENGLISH, &out);
	buf_string(&want, "\"text\":");
	buf_json(&want, text_from(mistakes[_i].place));
	ck_assert_msg(text_contains(buf_view(&out), buf_view(&want)), "%s: %s", mistakes[_i].place, out.at);
	buf_clear(&want);
	buf_clear(&out);
	finish(&b);
}
END_TEST

/* A query that has been complained of is one mistake, however often it is named. */
START_TEST(complains_once)
{
	struct bench b;
	compose(&b, "{{one.said}}{{one.code}}{{#one}}{{said}}{{/one}}{{^one}}无{{/one}}\n", "-- name: one\nselect wrong\n", NULL, NULL, NULL);
	ck_assert_int_eq(b.fake.count, 1);
	ck_assert_uint_eq(complaints(&b), 0); /* it is the facts that complain, and these do not */
	finish(&b);
}
END_TEST

START_TEST(folds)
{
	struct arena *arena = arena_new();
	ck_assert_str_eq(queries_fold(arena, TEXT("select a,\n  b\n  -- why\n\nfrom c")).at, "select a, b from c");
	ck_assert_str_eq(queries_fold(arena, TEXT("select a -- one\nfrom c")).at, "select a -- one\nfrom c");
	arena_free(arena);
}
END_TEST

Suite *compose_queries_suite(void)
{
	Suite *suite = suite_create("compose/queries");
	TCase *tcase = tcase_create("all");
	tcase_add_test(tcase, asks_what_is_named);
	tcase_add_test(tcase, sees_its_row);
	tcase_add_test(tcase, gives_fences_their_sql);
	tcase_add_test(tcase, keeps_texts_apart);
	tcase_add_loop_test(tcase, points_at_mistakes, 0, (int)(sizeof mistakes / sizeof *mistakes));
	tcase_add_test(tcase, complains_once);
	tcase_add_test(tcase, folds);
	suite_add_tcase(suite, tcase);
	return suite;
}
