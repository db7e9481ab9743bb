/* SPDX-License-Identifier: MIT */
#include "doc/plain_text.h"

#include <check.h>

#include "base/buf.h"
#include "base/diag.h"
#include "doc/markdown.h"

Suite *doc_plain_text_suite(void);

static const struct {
	const char *in, *want;
	bool is_refused;
} cases[] = {
	{ "贵单位：\n\n第一行\n第二行。\n\n末段", "贵单位：\n\n第一行第二行。\n\n末段\n", false },
	{ "示例厅\\\n电话 1", "示例厅\n电话 1\n", false },
	{ "**重**点、*强*调、`代码`", "重点、强调、代码\n", false },
	{ "# 标题\n\n> 引文\n\n---\n\n后文", "标题\n\n引文\n\n----\n\n后文\n", false },
	{ "请：\n\n1. 甲；\n2. 乙\\\n   丙。\n\n后文", "请：\n\n1. 甲；\n2. 乙\n  丙。\n\n后文\n", false },
	{ "- 甲\n  - 乙\n  - 丙\n- 丁", "- 甲\n  - 乙\n  - 丙\n- 丁\n", false },
	{ "- 甲\n\n  乙", "- 甲\n  乙\n", false },
	{ "[平台](https://example.org/a)，[https://example.org/b](https://example.org/b)",
	  "平台（https://example.org/a），https://example.org/b\n", false },
	{ "::: small\n小字\n:::", "小字\n", false },
	{ "前文\n\n| a |\n|---|\n| 1 |\n\n后文", "前文\n\n后文\n", true },
	{ "```qr\nx\n```", "", true },
	{ "甲[^a]\n\n[^a]: 脚注", "甲\n", true },
	{ "", "", false },
};

START_TEST(is_what_a_mail_says)
{
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	struct buf out;
	buf_init(&out, BUF_LIMIT_PAGE);
	const struct markdown_options options = { .text = text_from(cases[_i].in), .diag = diag };
	const struct node *root = markdown_parse(arena, &options);
	ck_assert_int_eq(plain_text_write(root, diag, &out), !cases[_i].is_refused);
	ck_assert_str_eq(out.at, cases[_i].want);
	ck_assert_int_eq(diag_count(diag, SEVERITY_ERROR) > 0, cases[_i].is_refused);
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

/* A name of a line and "Bcc: …" stays one line. */
START_TEST(keeps_what_a_value_holds_within_its_line)
{
	struct arena *arena = arena_new();
	struct node *root = node_new(arena, NODE_DOCUMENT), *paragraph = node_new(arena, NODE_PARAGRAPH);
	struct node *text = node_new(arena, NODE_TEXT);
	struct buf out;
	buf_init(&out, BUF_LIMIT_PAGE);
	text->text = TEXT("甲\r\nBcc: x\x7F\ty");
	node_append(root, paragraph);
	node_append(paragraph, text);
	ck_assert(plain_text_write(root, NULL, &out));
	ck_assert_str_eq(out.at, "甲  Bcc: x  y\n");
	buf_clear(&out);
	arena_free(arena);
}
END_TEST

Suite *doc_plain_text_suite(void)
{
	Suite *suite = suite_create("doc/plain_text");
	TCase *tcase = tcase_create("all");
	tcase_add_loop_test(tcase, is_what_a_mail_says, 0, sizeof cases / sizeof *cases);
	tcase_add_test(tcase, keeps_what_a_value_holds_within_its_line);
	suite_add_tcase(suite, tcase);
	return suite;
}
