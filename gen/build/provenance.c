/* SPDX-License-Identifier: MIT
 *
 * Where the tables, figures and numbers of a document come from: figures.csv beside it,
 * and `xingji explain 图3-2`.  The rows are those that the document was made of; the
 * hash is over what `query --format csv` prints, so that anybody can ask again.
 */
#include <inttypes.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/json_write.h"
#include "base/plain.h"
#include "base/utf8.h"
#include "build/build.h"
#include "build/heard.h"
#include "build/provenance.h"
#include "compose/claim_words.h"
#include "compose/printed.h"
#include "compose/queries.h"
#include "facts/print.h"

/* Where one thing that is printed comes from: a table, a figure, a panel, or one value in a sentence. */
struct provenance {
	const char *kind;
	struct text number, title, id, query;
	struct text chapter; /* "二、培育成效（一）参培规模与自评估覆盖" */
	struct text value;   /* of a sentence, as printed */
	struct span span, body;
	const struct rows *known; /* what its query answered; NULL: not known */
	struct place place;
	struct rows rows;
	char hash[65]; /* "" for a table written by hand */
};

struct provenance_list {
	struct provenance *at;
	size_t count;
};

static const char word_claim[] = "论断";

static const char *kind_of(const struct node *node)
{
	static const char *const words[NODE_KINDS] = { [NODE_TABLE] = "表", [NODE_CHART] = "图", [NODE_PANEL] = "指标",
							[NODE_RECORDS] = "表", [NODE_ITEM_LIST] = "表" };
	return words[node->kind] ? words[node->kind] : "空";
}

static bool has_provenance(const struct node *node)
{
	return node->query.size || (node->kind == NODE_TABLE && node->number.size);
}

/* Place, rows and hash of one of them; false after reporting. */
static bool ask(struct build *build, enum facts_scope scope, struct provenance *item)
{
	item->place = place_of(build->run.sources, item->span);
	if (!item->query.size)
		return true;
	const struct compose_source source = edition_source(build, scope);
	if (item->known)
		item->rows = *item->known;
	else if (!source.query(source.context, build->scratch, item->query, item->body, &item->rows))
		return false;
	struct buf csv;
	buf_init(&csv, BUF_LIMIT_FILE);
	print_csv(&item->rows, &csv);
	hash_of(buf_view(&csv), item->hash);
	buf_clear(&csv);
	return true;
}

/* ---- where in the document ------------------------------------------------------------- */

enum { CHAPTERS_MOST = 64 }; /* numbered apart; what is beyond counts with the cover as 0 */

/* A heading of the first two levels, and how the values behind it are counted. */
struct chapter {
	struct span span;
	struct text name;
	bool is_annex;
	size_t number; /* of its first level, from 1 */
};

struct chapters {
	struct chapter *at;
	size_t count;
	size_t values[2][CHAPTERS_MOST]; /* counted so far, annexes apart */
	size_t claims[2][CHAPTERS_MOST];
};

static struct text heading_text(struct arena *arena, const struct node *heading, struct text above)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_text(&buf, above);
	buf_text(&buf, heading->number);
	for (const struct node *node = heading->first; node; node = node_after(heading, node))
		buf_text(&buf, node->kind == NODE_TEXT ? node->text : NO_TEXT);
	struct text text = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

static void find_chapters(struct arena *arena, const struct doc *doc, struct chapters *chapters)
{
	size_t most = 0, numbers[2] = { 0 };
	for (const struct node *node = doc->root; node; node = node_after(doc->root, node))
		most += node->kind == NODE_HEADING;
	*chapters = (struct chapters){ .at = ARENA_ARRAY(arena, struct chapter, most) };
	struct chapter last = { 0 };
	struct text above = NO_TEXT;
	for (const struct node *node = doc->root; node; node = node_after(doc->root, node)) {
		if (node->kind != NODE_HEADING || node->level > 2)
			continue;
		last.span = node->span;
		if (node->level == 1) {
			last.is_annex = (node->flags & NODE_ANNEX) != 0;
			last.number = ++numbers[last.is_annex] < CHAPTERS_MOST ? numbers[last.is_annex] : 0;
			above = NO_TEXT;
		}
		last.name = heading_text(arena, node, above);
		above = node->level == 1 ? last.name : above;
		chapters->at[chapters->count++] = last;
	}
}

/* The last heading before the place in the same file; an empty one for what stands before all. */
static struct chapter chapter_of(const struct chapters *chapters, struct span span)
{
	for (size_t i = chapters->count; i-- > 0;)
		if (chapters->at[i].span.source == span.source && chapters->at[i].span.start <= span.start)
			return chapters->at[i];
	return (struct chapter){ 0 };
}

static struct provenance from_node(const struct chapters *chapters, const struct printed *printed, const struct node *node)
{
	return (struct provenance){
		.known = printed_rows(printed, node->query),
		.kind = kind_of(node), .number = node->number, .title = node->title, .id = node->id, .query = node->query,
		.chapter = chapter_of(chapters, node->span).name, .span = node->span, .body = node->body,
	};
}

/* "值 2-15", in annexes "附值 1-2"; its id is the name in the braces. */
static struct provenance from_value(struct build *build, struct chapters *chapters, const struct printed_value *value)
{
	struct chapter chapter = chapter_of(chapters, value->span);
	struct text tag = span_text(build->run.sources, value->span);
	size_t ordinal = ++chapters->values[chapter.is_annex][chapter.number];
	return (struct provenance){
		.kind = "值", .number = text_format(build->scratch, "%s %zu-%zu", chapter.is_annex ? "附值" : "值", chapter.number, ordinal),
		.id = tag.size > 4 ? text_trim(text_slice(tag, 2, tag.size - 4)) : NO_TEXT, .query = value->query, .value = value->text,
		.chapter = chapter.name, .span = value->span, .known = value->rows,
	};
}

/* "论断 2-3", in annexes "附论断 1-2"; its id is the name of the rows that it speaks of, its value the sentence. */
static struct provenance from_claim(struct build *build, struct chapters *chapters, const struct printed_claim *claim)
{
	struct chapter chapter = chapter_of(chapters, claim->span);
	size_t ordinal = ++chapters->claims[chapter.is_annex][chapter.number];
	const char *word = chapter.is_annex ? "附论断" : word_claim;
	return (struct provenance){
		.kind = word_claim, .title = claim->kind, .id = claim->subject, .query = claim->query,
		.number = text_format(build->scratch, "%s %zu-%zu", word, chapter.number, ordinal),
		.chapter = chapter.name, .value = claim->words,
		.span = claim->span, .known = claim->rows,
	};
}

/* Tables and figures in reading order, then the values of the prose in reading order, then its claims. */
static struct provenance_list collect(struct build *build, const struct doc *doc, const struct printed *printed)
{
	struct chapters chapters;
	size_t most = printed->values.count + printed->claims.count;
	find_chapters(build->scratch, doc, &chapters);
	for (const struct node *node = doc->root; node; node = node_after(doc->root, node))
		most += has_provenance(node);
	struct provenance_list list = { ARENA_ARRAY(build->scratch, struct provenance, most), 0 };
	for (const struct node *node = doc->root; node; node = node_after(doc->root, node))
		if (has_provenance(node))
			list.at[list.count++] = from_node(&chapters, printed, node);
	for (size_t i = 0; i < printed->values.count; i++)
		list.at[list.count++] = from_value(build, &chapters, &printed->values.at[i]);
	for (size_t i = 0; i < printed->claims.count; i++)
		list.at[list.count++] = from_claim(build, &chapters, &printed->claims.at[i]);
	return list;
}

/* ---- figures.csv --------------------------------------------------------------------- */

static struct value text_value(struct text text)
{
	return (struct value){ .kind = VALUE_TEXT, .text = text };
}

static struct value number_value(struct build *build, uint64_t number)
{
	return (struct value){ .kind = VALUE_INTEGER, .integer = (int64_t)number, .text = text_format(build->scratch, "%" PRIu64, number) };
}

enum { COLUMNS = 12 };

static void fill_row(struct build *build, const struct provenance *item, struct value *row)
{
	const struct value values[COLUMNS] = {
		text_value(item->number), text_value(item->title), text_value(text_from(item->kind)), text_value(item->id),
		text_value(item->place.inside), number_value(build, item->place.line), number_value(build, item->place.column),
		text_value(item->chapter), text_value(item->value), number_value(build, item->rows.row_count),
		text_value(text_copy(build->scratch, text_from(item->hash))),
		text_value(queries_fold(build->scratch, item->query)),
	};
	memcpy(row, values, sizeof values);
}

bool provenance_write(struct build *build, const struct provenance_document *document, struct text path)
{
	static const char *const headings[COLUMNS] = { "编号", "标题", "种类", "标识", "文件", "行", "列", "章节", "值", "行数", "sha256", "SQL" };
	struct provenance_list list = collect(build, document->doc, document->printed);
	struct rows rows = { .column_count = COLUMNS };
	rows.names = ARENA_ARRAY(build->scratch, struct text, COLUMNS);
	rows.values = ARENA_ARRAY(build->scratch, struct value, COLUMNS * list.count);
	for (size_t i = 0; i < COLUMNS; i++)
		rows.names[i] = text_from(headings[i]);
	for (size_t i = 0; i < list.count; i++)
		if (ask(build, document->scope, &list.at[i]))
			fill_row(build, &list.at[i], &rows.values[COLUMNS * rows.row_count++]);
	struct buf csv;
	buf_init(&csv, BUF_LIMIT_FILE);
	print_csv(&rows, &csv);
	bool good = output_write(build->edition.output, path, buf_view(&csv));
	buf_clear(&csv);
	return good;
}

/* ---- explain --------------------------------------------------------------------------- */

static const char claim_prefix[] = "claim ";
static const char *const prefixes[] = { "图", "表", "值", "论断", "附图", "附表", "附值", "附论断" };
static const char *const id_prefixes[] = { "fig-", "tbl-", claim_prefix };

static bool is_space(uint32_t character)
{
	return character == ' ' || character == 0x3000 || character == 0xA0;
}

/* A number or id without its spaces: "图 3-2" and "图3-2" are the same. */
static struct text without_spaces(struct arena *arena, struct text text)
{
	char *copy = text_string(arena, text);
	size_t size = 0;
	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		if (is_space(utf8_next(text, &at)))
			continue;
		memmove(copy + size, text.at + start, at - start);
		size += at - start;
	}
	return (struct text){ copy, size };
}

bool provenance_is_meant(struct text wanted)
{
	for (size_t i = 0; i < sizeof id_prefixes / sizeof *id_prefixes; i++)
		if (text_starts(wanted, id_prefixes[i]))
			return true;
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		struct text rest = text_trim(text_slice(wanted, strlen(prefixes[i]), wanted.size));
		size_t at = 0;
		while (at < rest.size && is_space((unsigned char)rest.at[at]))
			at++;
		if (text_starts(wanted, prefixes[i]) && at < rest.size && rest.at[at] >= '0' && rest.at[at] <= '9')
			return true;
	}
	return claim_words_are_in(wanted);
}

/*
 * A number or an id; "claim NAME" the claims about the rows of that name; words that claim something
 * the claims in which they stand, as printed.
 */
static bool is_wanted(struct build *build, const struct provenance *item, struct text wanted)
{
	bool is_claim = item->kind == word_claim;
	struct text plain = without_spaces(build->scratch, wanted);
	struct text name = text_trim(text_slice(wanted, strlen(claim_prefix), wanted.size));
	if (text_starts(wanted, claim_prefix))
		return is_claim && text_equal(item->id, name);
	if (is_claim && claim_words_are_in(wanted))
		return text_contains(without_spaces(build->scratch, item->value), plain);
	bool is_number = item->number.size && text_equal(without_spaces(build->scratch, item->number), plain);
	return is_number || (!is_claim && text_equal(item->id, plain));
}

/* The next of those that are wanted, from *from on, which moves behind it; NULL: no more. */
static struct provenance *find(struct build *build, const struct provenance_list *list, struct text wanted,
			       size_t *from)
{
	while (*from < list->count) {
		struct provenance *item = &list->at[(*from)++];
		if (is_wanted(build, item, wanted))
			return item;
	}
	return NULL;
}

static void write_line(struct buf *buf, struct text name, struct text value)
{
	plain_write(buf, name);
	buf_string(buf, ": ");
	plain_write(buf, value);
	buf_byte(buf, '\n');
}

/* One row of many columns is read downwards. */
static void write_rows(const struct rows *rows, struct buf *buf)
{
	enum { WIDE = 8 };
	if (rows->row_count != 1 || rows->column_count <= WIDE) {
		print_table(rows, buf);
		return;
	}
	for (size_t i = 0; i < rows->column_count; i++)
		write_line(buf, rows->names[i], rows->values[i].text);
}

static void write_text(const struct provenance *item, enum diag_language language, struct buf *buf)
{
	static const char *const words[2][6] = { { "标识", "章节", "值", "出处", "行数", "查询" }, { "id", "chapter", "value", "place", "rows", "query" } };
	const char *const *word = words[language];
	plain_write(buf, item->number.size ? item->number : text_from(item->kind));
	buf_string(buf, "　");
	plain_write(buf, item->title);
	buf_byte(buf, '\n');
	write_line(buf, text_from(word[0]), item->id);
	if (item->chapter.size)
		write_line(buf, text_from(word[1]), item->chapter);
	if (item->value.size)
		write_line(buf, text_from(word[2]), item->value);
	buf_format(buf, "%s: ", word[3]);
	plain_write(buf, item->place.file);
	buf_format(buf, ":%" PRIu32 ":%" PRIu32 "\n", item->place.line, item->place.column);
	buf_format(buf, "%s: %zu\nsha256: %s\n", word[4], item->rows.row_count, item->hash);
	buf_format(buf, "%s:\n%.*s\n\n", word[5], TEXT_ARGS(item->query));
	write_rows(&item->rows, buf);
}

static void write_json(const struct provenance *item, struct buf *buf)
{
	struct json_write json;
	json_write_init(&json, buf);
	json_write_object(&json, JSON_TIGHT);
	json_write_named_text(&json, "number", item->number);
	json_write_named_text(&json, "title", item->title);
	json_write_named_text(&json, "kind", text_from(item->kind));
	json_write_named_text(&json, "id", item->id);
	json_write_named_text(&json, "chapter", item->chapter);
	if (item->value.size)
		json_write_named_text(&json, "value", item->value);
	json_write_named_text(&json, "file", item->place.file);
	json_write_named_integer(&json, "line", item->place.line);
	json_write_named_integer(&json, "column", item->place.column);
	json_write_named_integer(&json, "row_count", (int64_t)item->rows.row_count);
	json_write_named_text(&json, "sha256", text_from(item->hash));
	json_write_named_text(&json, "sql", item->query);
	json_write_key(&json, TEXT("rows"));
	print_json_rows(&item->rows, &json);
	json_write_close(&json);
	json_write_end(&json);
	buf_byte(buf, '\n');
}

/* The diagnosis of scope firm, the public edition of scope public, else the report. */
static const struct doc *compose(struct build *build, enum facts_scope *scope)
{
	struct text firm;
	int32_t enterprise = -1;
	run_parse_scope(build->options, scope, &firm); /* seen to be good */
	build->plan.parts = *scope == SCOPE_FIRM ? PART_DIAGNOSIS : PART_REPORT;
	if (*scope == SCOPE_FIRM && (enterprise = run_find_enterprise(build->run.model, firm)) < 0)
		DIAG(build->run.diag, DIAG_NO_ENTERPRISE, .a = firm);
	if (*scope == SCOPE_FIRM)
		return enterprise >= 0 && files_load(build) ? make_diagnosis_document(build, enterprise, NULL) : NULL;
	if (!files_load_report(build))
		return NULL;
	return *scope == SCOPE_PUBLIC ? make_public_document(build, NULL) : make_report_document(build, NULL);
}

struct wanted {
	struct text what;
	enum facts_scope scope;
	bool as_json;
};

/* A number or id is one; claims may be several, one a track. */
static bool explain_all(struct build *build, const struct wanted *wanted, const struct provenance_list *list,
			struct buf *buf)
{
	size_t from = 0;
	const size_t start = buf->size;
	for (struct provenance *item; (item = find(build, list, wanted->what, &from));) {
		if (!ask(build, wanted->scope, item))
			return false;
		if (buf->size > start && !wanted->as_json)
			buf_byte(buf, '\n');
		if (wanted->as_json)
			write_json(item, buf);
		else
			write_text(item, build->options->environment.language, buf);
		if (item->kind != word_claim)
			break;
	}
	return buf->size > start;
}

/* ---- what the document does not claim, a page of the site may ------------------------------------ */

struct page_wish {
	struct build *build;
	struct text what;
};

static bool wants_claim(void *context, struct text subject, struct text words)
{
	const struct page_wish *wish = context;
	const struct provenance claim = { .kind = word_claim, .id = subject, .value = words };
	return is_wanted(wish->build, &claim, wish->what);
}

/* Its chapter is the page, the first of those that make the claim. */
static struct provenance from_page(struct build *build, const struct heard_claim *claim)
{
	struct text others = text_format(build->scratch, "%.*s（%zu）", TEXT_ARGS(claim->path), claim->pages);
	return (struct provenance){
		.kind = word_claim, .title = claim->kind, .id = claim->subject, .query = claim->query,
		.chapter = claim->pages > 1 ? others : claim->path, .value = claim->words, .span = claim->span,
		.known = claim->rows,
	};
}

static bool explain_pages(struct build *build, const struct wanted *wanted, struct buf *buf)
{
	struct page_wish wish = { build, wanted->what };
	struct heard heard = { .build = build, .is_wanted = wants_claim, .context = &wish };
	bool is_claim = text_starts(wanted->what, claim_prefix) || claim_words_are_in(wanted->what);
	if (!is_claim || wanted->scope == SCOPE_FIRM || !heard_on_site(&heard)) {
		heard_clear(&heard);
		return false;
	}
	struct provenance_list list = { ARENA_ARRAY(build->scratch, struct provenance, heard.claims.count), 0 };
	for (size_t i = 0; i < heard.claims.count; i++)
		list.at[list.count++] = from_page(build, &heard.claims.at[i]);
	heard_clear(&heard);
	return explain_all(build, wanted, &list, buf);
}

static bool explain(struct build *build, struct text wanted, bool as_json, struct buf *buf)
{
	enum facts_scope scope;
	struct printed printed = { 0 };
	build->edition.printed = &printed;
	const struct doc *doc = compose(build, &scope);
	bool good = doc != NULL;
	if (good) {
		struct provenance_list list = collect(build, doc, &printed);
		const struct wanted wish = { wanted, scope, as_json };
		good = explain_all(build, &wish, &list, buf) || explain_pages(build, &wish, buf);
		if (!good)
			DIAG(build->run.diag, DIAG_NO_FIGURE, .a = wanted);
	}
	build->edition.printed = NULL;
	printed_clear(&printed);
	return good;
}

bool provenance_explain(const struct run *run, struct text wanted, bool as_json, struct buf *buf)
{
	struct build build = { .run = *run, .options = run->options, .scratch = arena_new() };
	build.edition.problems = run_problems(&build.run, &build.edition.problem_count);
	press_choose_folders(&build);
	bool good = explain(&build, wanted, as_json, buf);
	for (size_t i = 0; i < sizeof build.edition.facts / sizeof *build.edition.facts; i++)
		facts_close(build.edition.facts[i]);
	map_clear(&build.press.remarks_by_code);
	arena_free(build.scratch);
	return good;
}
