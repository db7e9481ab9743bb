/* SPDX-License-Identifier: MIT */
#include "doc/inline.h"

#include "base/diag.h"
#include "base/utf8.h"
#include "doc/values.h"

static const char soft[] = "soft"; /* name of a break not settled yet */

static struct node *add(const struct inline_options *options, struct node *parent, enum node_kind kind)
{
	struct node *node = node_new(options->arena, kind);
	node->span = options->span;
	node_append(parent, node);
	return node;
}

static struct span place_of_text(const struct inline_options *options, struct text what)
{
	return options->place ? options->place(options->context, what) : options->span;
}

/* ---- digits typed by hand ---------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters and signs that make digits part of a name: GB/T 41400-2022, PA01, A4. */
static bool is_of_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '/' || c == '_' || c == '#';
}

/* True when a Latin letter stands before the digits with at most one space between. */
static bool follows_name(struct text text, size_t at)
{
	if (at && text.at[at - 1] == ' ')
		at--;
	return at && is_of_name(text.at[at - 1]);
}

static void check_digits(const struct inline_options *options, struct text text)
{
	size_t in_title = 0;
	for (size_t at = 0; at < text.size;) {
		if (text_starts(text_slice(text, at, text.size), "《"))
			in_title = 1;
		else if (text_starts(text_slice(text, at, text.size), "》"))
			in_title = 0;
		if (!is_digit(text.at[at])) {
			at++;
			continue;
		}
		size_t start = at;
		while (at < text.size && (is_digit(text.at[at]) || text.at[at] == '.' || text.at[at] == '-'))
			at++;
		if (!in_title && !follows_name(text, start) && !(at < text.size && is_of_name(text.at[at]))) {
			struct text digits = text_slice(text, start, at - start);
			struct span span = place_of_text(options, digits);
			if (!options->free_source || span.source != options->free_source)
				DIAG(options->diag, DIAG_DOC_DIGIT, .span = span, .a = digits);
		}
	}
}

/* ---- references ----------------------------------------------------------------------- */

static void add_plain(const struct inline_options *options, struct text literal, struct node *parent)
{
	if (!literal.size)
		return;
	if (options->checks_digits)
		check_digits(options, literal);
	struct text text = values_fill(options->arena, options->values, literal);
	if (text.size)
		add(options, parent, NODE_TEXT)->text = text;
}

static bool is_id_character(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
	       (c >= 0xF0000 && c != UTF8_BAD && c != VALUES_MARK);
}

/* Size of "@tbl-name" at `at`, or 0.  A letter or digit before it makes it an address. */
static size_t reference_size(struct text text, size_t at)
{
	struct text rest = text_slice(text, at, text.size);
	if (!text_starts(rest, "@tbl-") && !text_starts(rest, "@fig-") && !text_starts(rest, "@sec-"))
		return 0;
	if (at && (is_of_name(text.at[at - 1]) || is_digit(text.at[at - 1])))
		return 0;
	size_t end = 5, next = end;
	while (next < rest.size && is_id_character(utf8_next(rest, &next)))
		end = next;
	return end > 5 ? end : 0;
}

/* Size of "[^name]" at `at`, or 0. */
static size_t note_size(struct text text, size_t at)
{
	struct text rest = text_slice(text, at, text.size);
	if (!text_starts(rest, "[^"))
		return 0;
	size_t close = text_find(rest, TEXT("]"));
	return close > 2 && close < rest.size ? close + 1 : 0;
}

static const char dotted[] = "]{.emphasis-mark}";

/* Size of "[words]{.emphasis-mark}" at `at`, or 0. */
static size_t dotted_size(struct text text, size_t at)
{
	struct text rest = text_slice(text, at + 1, text.size);
	size_t close = text_find(rest, TEXT("]"));
	if (close == 0 || !text_starts(text_slice(rest, close, rest.size), dotted))
		return 0;
	return 1 + close + sizeof dotted - 1;
}

static void add_special(const struct inline_options *options, struct text whole, struct node *parent)
{
	if (text_ends(whole, dotted)) {
		struct node *node = add(options, parent, NODE_DOTTED);
		node->span = place_of_text(options, whole);
		add_plain(options, text_slice(whole, 1, whole.size - sizeof dotted), node);
		return;
	}
	bool is_reference = whole.at[0] == '@';
	struct text id = is_reference ? text_slice(whole, 1, whole.size) : text_slice(whole, 2, whole.size - 3);
	struct node *node = add(options, parent, is_reference ? NODE_REFERENCE : NODE_FOOTNOTE_MARK);
	node->target = values_fill(options->arena, options->values, id);
	node->span = place_of_text(options, whole);
}

static size_t special_size(struct text text, size_t at)
{
	if (text.at[at] == '@')
		return reference_size(text, at);
	if (text.at[at] != '[')
		return 0;
	size_t note = note_size(text, at);
	return note ? note : dotted_size(text, at);
}

void inline_text(const struct inline_options *options, struct text literal, struct node *parent)
{
	size_t from = 0;
	for (size_t at = 0; at < literal.size;) {
		size_t size = special_size(literal, at);
		if (!size) {
			at++;
			continue;
		}
		add_plain(options, text_slice(literal, from, at - from), parent);
		add_special(options, text_slice(literal, at, size), parent);
		at += size;
		from = at;
	}
	add_plain(options, text_slice(literal, from, literal.size), parent);
}

/* ---- soft breaks ------------------------------------------------------------------------ */

void inline_soft_break(const struct inline_options *options, struct node *parent)
{
	add(options, parent, NODE_BREAK)->name = text_from(soft);
}

static bool has_text(const struct node *node)
{
	return node->text.size && (node->kind == NODE_TEXT || node->kind == NODE_CODE_SPAN || node->kind == NODE_REFERENCE);
}

static uint32_t last_character(struct text text)
{
	size_t start = text.size;
	while (start && ((unsigned char)text.at[--start] & 0xC0) == 0x80)
		;
	return utf8_next(text, &start);
}

/* References and footnote marks are made of Chinese and set closely. */
static uint32_t next_character(const struct node *block, const struct node *at)
{
	while ((at = node_after(block, at))) {
		size_t offset = 0;
		if (has_text(at))
			return utf8_next(at->text, &offset);
		if (at->kind == NODE_REFERENCE || at->kind == NODE_FOOTNOTE_MARK)
			return 0x8868;
	}
	return 0;
}

static bool is_chinese(uint32_t c)
{
	return c == 0 || utf8_width(c) == 2 || (c >= 0x2014 && c <= 0x2026);
}

/* The texts before and behind a break that is gone become one; the first is left.  Else what comes next. */
static struct node *join_texts(struct arena *arena, struct node *before, struct node *behind)
{
	if (!before || !behind || before->kind != NODE_TEXT || behind->kind != NODE_TEXT)
		return behind;
	before->text = text_format(arena, "%.*s%.*s", TEXT_ARGS(before->text), TEXT_ARGS(behind->text));
	node_remove(behind);
	return before;
}

void inline_settle(struct arena *arena, struct node *block)
{
	uint32_t before = 0;
	for (struct node *at = block->first, *next; at; at = next) {
		next = node_after(block, at);
		if (has_text(at))
			before = last_character(at->text);
		else if (at->kind == NODE_REFERENCE || at->kind == NODE_FOOTNOTE_MARK)
			before = 0x8868;
		if (at->kind != NODE_BREAK || at->name.at != soft)
			continue;
		uint32_t after = next_character(block, at);
		at->name = NO_TEXT;
		struct node *left = at->before, *right = at->next;
		if (is_chinese(before) || is_chinese(after)) {
			node_remove(at);
			at = left;
		} else {
			at->kind = NODE_TEXT;
			at->text = TEXT(" ");
			at = join_texts(arena, left, at);
		}
		if (right)
			next = join_texts(arena, at, right);
	}
}

bool inline_is_empty(const struct node *block)
{
	for (const struct node *at = block->first; at; at = node_after(block, at))
		if ((has_text(at) && text_trim(at->text).size) || at->kind == NODE_REFERENCE || at->kind == NODE_FOOTNOTE_MARK)
			return false;
	return true;
}
