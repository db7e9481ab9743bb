/* SPDX-License-Identifier: MIT
 *
 * Does the text layer of a PDF say what the document says, in reading order?
 *	pdftotext -raw FILE.pdf FILE.txt; reading-order DATA YEAR WHAT FILE.txt
 * WHAT: report, a credit code, draft:CODE or tear-out:CODE
 *
 * The document is composed again and its blocks are looked for one after the other,
 * white space and page furniture left out.  Tables, charts and footnotes may stand
 * later than where they are called (they float), their cells in order; a paragraph may
 * be interrupted by one that floated to the top of its second page.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "build/build.h"
#include "setting/quote.h"

struct reading {
	struct arena *arena;
	struct text text;  /* of the PDF, stripped */
	size_t at;         /* the flow has been found up to here */
	size_t blocks, cells, interrupted, missing;
};

static bool is_space(uint32_t character)
{
	return character <= ' ' || character == 0x3000 || character == 0xA0 || character == 0xAD || (character >= 0x2000 && character <= 0x200B) || character == 0x202F;
}

static struct text strip(struct arena *arena, struct text text)
{
	char *copy = arena_alloc(arena, text.size + 1);
	size_t size = 0;
	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		if (is_space(utf8_next(text, &at)))
			continue;
		memcpy(copy + size, text.at + start, at - start);
		size += at - start;
	}
	copy[size] = '\0';
	return (struct text){ copy, size };
}

/* The same, with its straight quotes as pages show them. */
static struct text shown(struct arena *arena, struct text text)
{
	return strip(arena, quotes_curl_text(arena, text));
}

static size_t find_from(struct text text, struct text wanted, size_t from)
{
	size_t found = text_find(text_slice(text, from, text.size), wanted);
	return found == text.size - from ? text.size : from + found;
}

/* Everything but running heads and page numbers, page after page. */
static struct text without_furniture(struct arena *arena, struct text text, const struct doc *doc)
{
	struct buf buf;
	struct text page, head = strip(arena, doc->running_head), mark = strip(arena, doc->mark);
	buf_init(&buf, BUF_LIMIT_FILE);
	while (text_next(&text, '\f', &page)) {
		struct text line;
		while (text_next(&page, '\n', &line)) {
			struct text plain = strip(arena, line);
			bool is_head = head.size && text_starts(plain, head.at) && (plain.size == head.size || text_ends(plain, mark.at));
			bool is_number = (text_starts(plain, "第") && text_ends(plain, "页") && plain.size < 30) || (text_starts(plain, "—") && text_ends(plain, "—") && plain.size < 14);
			if (!is_head && !is_number)
				buf_text(&buf, plain);
		}
	}
	struct text made = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return made;
}

static void complain(struct reading *reading, struct text wanted, size_t from)
{
	struct text after = text_slice(reading->text, from, from + 120 < reading->text.size ? from + 120 : reading->text.size);
	reading->missing++;
	printf("  missing: %.*s\n    after: %.*s\n", TEXT_ARGS(wanted), TEXT_ARGS(after));
}

/* The end of `wanted` at or after `from`, or the text's size + 1: whole, else in two parts. */
static size_t look(struct reading *reading, struct text wanted, size_t from)
{
	enum { LEAST = 6 };
	size_t found = find_from(reading->text, wanted, from);
	if (found < reading->text.size)
		return found + wanted.size;
	for (size_t size = wanted.size; size-- > LEAST + 1;) {
		if (((unsigned char)wanted.at[size] & 0xC0) == 0x80 || wanted.size - size < LEAST)
			continue;
		found = find_from(reading->text, text_slice(wanted, 0, size), from);
		if (found == reading->text.size)
			continue;
		struct text rest = text_slice(wanted, size, wanted.size);
		found = find_from(reading->text, rest, found + size);
		reading->interrupted += found < reading->text.size;
		return found < reading->text.size ? found + rest.size : reading->text.size + 1;
	}
	return reading->text.size + 1;
}

/* Expects text in the flow: moves on past it. */
static void expect(struct reading *reading, struct text text)
{
	struct text wanted = shown(reading->arena, text);
	if (!wanted.size)
		return;
	size_t end = look(reading, wanted, reading->at);
	reading->blocks++;
	if (end > reading->text.size)
		complain(reading, wanted, reading->at);
	else
		reading->at = end;
}

static struct text joined(struct arena *arena, struct text a, struct text b)
{
	return text_format(arena, "%.*s%.*s", TEXT_ARGS(a), TEXT_ARGS(b));
}

/* A caption, if any, and the cells in order from there; the flow does not move. */
static void expect_float(struct reading *reading, const struct node *node)
{
	struct text caption = shown(reading->arena, joined(reading->arena, node->number, node->title));
	size_t at = caption.size ? look(reading, caption, reading->at) : reading->at;
	reading->blocks++;
	if (at > reading->text.size) {
		complain(reading, caption, reading->at);
		return;
	}
	const struct table *table = node->kind == NODE_CHART ? NULL : node->table;
	for (size_t i = 0; table && i < table->column_count * table->row_count; i++) {
		struct text cell = shown(reading->arena, table->cells[i].text);
		size_t end = cell.size ? look(reading, cell, at) : at;
		reading->cells++;
		if (end > reading->text.size)
			complain(reading, cell, at);
		else
			at = end;
	}
}

static void expect_pairs(struct reading *reading, const struct node *node)
{
	const struct table *table = node->table;
	for (size_t row = 0; row < table->row_count; row++) {
		struct text key = table->cells[row * table->column_count].text, value = table->column_count > 1 ? table->cells[row * table->column_count + 1].text : NO_TEXT;
		bool is_named = !text_is(key, "title") && !text_is(key, "subtitle") && !text_is(key, "mark") && !text_is(key, "name") && !text_is(key, "copy");
		if (node->kind == NODE_COVER && !value.size)
			continue;
		if (is_named)
			expect(reading, key);
		expect(reading, value);
	}
}

/* The text of a paragraph, in one piece between footnote marks. */
static void expect_inlines(struct reading *reading, const struct node *node)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	if (node->kind == NODE_HEADING)
		buf_text(&buf, node->number);
	for (const struct node *at = node; at; at = node_after(node, at)) {
		if (at->kind == NODE_TEXT || at->kind == NODE_CODE_SPAN || at->kind == NODE_REFERENCE)
			buf_text(&buf, at->text);
		if (at->kind == NODE_FOOTNOTE_MARK) {
			expect(reading, text_copy(reading->arena, buf_view(&buf)));
			buf.size = 0;
		}
	}
	expect(reading, text_copy(reading->arena, buf_view(&buf)));
	buf_clear(&buf);
}

static void expect_block(struct reading *reading, const struct node *node);

static void expect_children(struct reading *reading, const struct node *node)
{
	for (const struct node *child = node->first; child; child = child->next)
		expect_block(reading, child);
}

/* Footnotes stand at the foot of some page from here on. */
static void expect_footnote(struct reading *reading, const struct node *node)
{
	size_t at = reading->at;
	reading->at = 0;
	expect_children(reading, node);
	reading->at = at;
}

static void expect_panel(struct reading *reading, const struct node *node)
{
	for (size_t i = 0; i < node->table->column_count * node->table->row_count; i++)
		expect(reading, node->table->cells[i].text);
}

/* Columns with a part to play stand in the head of a record, its risk last; the others follow with their labels. */
static void expect_records(struct reading *reading, const struct node *node)
{
	static const char *const parts[] = { "number", "title", "code", "mark", "risk", "meta" };
	const struct table *table = node->table;
	for (size_t row = 0; row < table->row_count; row++) {
		const struct cell *cells = &table->cells[row * table->column_count];
		for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
			for (size_t i = 0; i < table->column_count; i++)
				if (text_is(table->columns[i].heading, parts[p]))
					expect(reading, cells[i].text);
		for (size_t i = 0; i < table->column_count; i++) {
			bool is_part = false;
			for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
				is_part = is_part || text_is(table->columns[i].heading, parts[p]);
			if (!is_part && text_trim(cells[i].text).size)
				expect(reading, joined(reading->arena, table->columns[i].heading, cells[i].text));
		}
	}
}

/* What stands once over its entries, then the entries; each cell in turn. */
static void expect_item_list(struct reading *reading, const struct node *node)
{
	static const char *const parts[] = { "class", "group", "note" };
	const struct table *table = node->table;
	expect(reading, joined(reading->arena, node->number, node->title));
	for (size_t row = 0; row < table->row_count; row++)
		for (size_t i = 0; i < table->column_count; i++) {
			const struct cell *cell = &table->cells[row * table->column_count + i];
			bool is_part = false, is_again = row > 0;
			for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
				is_part = is_part || text_is(table->columns[i].heading, parts[p]);
			for (size_t j = 0; j <= i && is_part && is_again; j++)
				is_again = text_equal(cell[j - i].text, cell[j - i - table->column_count].text);
			if (!is_part || !is_again)
				expect(reading, cell->text);
		}
}

static void expect_block(struct reading *reading, const struct node *node)
{
	typedef void expecting(struct reading *, const struct node *);
	static expecting *const kinds[NODE_KINDS] = {
		[NODE_HEADING] = expect_inlines, [NODE_PARAGRAPH] = expect_inlines, [NODE_TABLE] = expect_float, [NODE_CHART] = expect_float,
		[NODE_PANEL] = expect_panel, [NODE_COVER] = expect_pairs, [NODE_SIGNATURE] = expect_pairs, [NODE_FOOTNOTE] = expect_footnote,
		[NODE_LIST] = expect_children, [NODE_ITEM] = expect_children, [NODE_QUOTE] = expect_children, [NODE_CALLOUT] = expect_children,
		[NODE_RECORDS] = expect_records, [NODE_ITEM_LIST] = expect_item_list, [NODE_GROUP] = expect_children, [NODE_DOCUMENT] = expect_children,
	};
	if (node->kind == NODE_CALLOUT)
		expect(reading, node->title.size ? node->title : node->text);
	if (node->kind == NODE_STARS || node->kind == NODE_CODE)
		expect(reading, node->text);
	if (kinds[node->kind])
		kinds[node->kind](reading, node);
}

/* The sheets to sign, as make_document.c makes them. */
static const struct doc *compose_sheets(struct build *build, int32_t enterprise)
{
	static const struct text names[] = { TEXT_INIT("is_draft") };
	const struct datum items[] = { datum_boolean(false) };
	const struct datum extra = datum_object(names, items, 1);
	struct facts *facts = edition_facts(build, SCOPE_FIRM);
	if (!facts || !build->press.tear_out)
		return NULL;
	facts_choose_firm(facts, enterprise);
	const struct compose_source source = edition_source(build, SCOPE_FIRM);
	return document_compose(build->scratch, &(struct document_options){
		.template = build->press.tear_out, .source = &source, .extra = &extra, .diag = build->run.diag });
}

static const struct doc *compose(struct build *build, const char *what)
{
	if (strcmp(what, "report") == 0)
		return files_load_report(build) ? make_report_document(build, NULL) : NULL;
	const char *code = strchr(what, ':') ? strchr(what, ':') + 1 : what;
	int32_t enterprise = run_find_enterprise(build->run.model, text_from(code));
	build->plan.parts = PART_DIAGNOSIS;
	if (enterprise < 0 || !files_load(build))
		return NULL;
	return build->options->tear_out ? compose_sheets(build, enterprise) : make_diagnosis_document(build, enterprise, NULL);
}

int main(int argc, char **argv)
{
	if (argc != 5)
		return 2;
	/* What ships with the program lies around this one too. */
	const struct options options = { .data = argv[1], .year = argv[2], .environment = { .processors = 1, .program = realpath(argv[0], NULL) },
					 .draft = strncmp(argv[3], "draft:", 6) == 0 ? "" : NULL,
					 .tear_out = strncmp(argv[3], "tear-out:", 9) == 0 ? "" : NULL };
	struct build build = { .options = &options, .scratch = arena_new() };
	struct file_bytes bytes;
	if (run_open(&build.run, &options) || !build.run.model || file_map(argv[4], BUF_LIMIT_FILE, &bytes))
		return 3;
	build.edition.problems = run_problems(&build.run, &build.edition.problem_count);
	press_choose_folders(&build);
	const struct doc *doc = compose(&build, argv[3]);
	if (!doc)
		return 3;
	struct reading reading = { .arena = build.scratch, .text = without_furniture(build.scratch, bytes.text, doc) };
	expect_block(&reading, doc->root);
	printf("reading order of %s: %zu blocks, %zu cells, %zu interrupted, %zu missing\n", argv[3], reading.blocks, reading.cells, reading.interrupted, reading.missing);
	return reading.missing ? EXIT_FAILURE : EXIT_SUCCESS;
}
