/* SPDX-License-Identifier: MIT
 *
 * Quotes of documents that are shown as HTML: paired over the pieces of a paragraph, never across two; code and cells stay.
 */
#include "setting/quote_doc.h"

#include <check.h>

#include "doc/doc.h"

Suite *setting_quote_doc_suite(void);

static struct arena *arena;

static void set_up(void)
{
	arena = arena_new();
}

static void tear_down(void)
{
	arena_free(arena);
}

static struct node *add(struct node *parent, enum node_kind kind, const char *text)
{
	struct node *node = node_new(arena, kind);
	node->text = text_from(text);
	node_append(parent, node);
	return node;
}

START_TEST(curls_prose_and_captions)
{
	struct doc doc = { .root = node_new(arena, NODE_DOCUMENT) };
	struct node *paragraph = add(doc.root, NODE_PARAGRAPH, "");
	struct node *first = add(paragraph, NODE_TEXT, "达到\""), *strong = add(paragraph, NODE_STRONG, "");
	struct node *inside = add(strong, NODE_TEXT, "优秀"), *code = add(paragraph, NODE_CODE_SPAN, "\"码\"");
	struct node *last = add(paragraph, NODE_TEXT, "\"级");
	/* A quote that is alone in its paragraph has no partner in the next. */
	struct node *alone = add(add(doc.root, NODE_PARAGRAPH, ""), NODE_TEXT, "\"甲");
	struct node *next = add(add(doc.root, NODE_PARAGRAPH, ""), NODE_TEXT, "乙\"");
	struct node *table = add(doc.root, NODE_TABLE, "");
	struct cell cell = { .text = TEXT("\"丙\"公司") };
	struct column column = { .heading = TEXT("企业") };
	const struct table cells = { .columns = &column, .cells = &cell, .column_count = 1, .row_count = 1 };
	table->table = &cells;
	table->title = TEXT("\"丁\"表");
	table->note = TEXT("见'戊'");
	quotes_curl_doc(arena, &doc);
	ck_assert(text_is(first->text, "达到“") && text_is(inside->text, "优秀") && text_is(last->text, "”级"));
	ck_assert(text_is(code->text, "\"码\""));
	ck_assert(text_is(alone->text, "\"甲") && text_is(next->text, "乙\""));
	ck_assert(text_is(cell.text, "\"丙\"公司"));
	ck_assert(text_is(table->title, "“丁”表") && text_is(table->note, "见‘戊’"));
}
END_TEST

Suite *setting_quote_doc_suite(void)
{
	Suite *suite = suite_create("setting/quote_doc");
	TCase *tcase = tcase_create("quotes");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, curls_prose_and_captions);
	suite_add_tcase(suite, tcase);
	return suite;
}
