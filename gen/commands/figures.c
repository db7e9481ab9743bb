/* SPDX-License-Identifier: MIT
 *
 * Where the tables and figures of the report come from: figures.csv beside it, and
 * `xingji explain 图3-2`.  The rows are asked for again, as anybody can with
 * `xingji query`; the hash is over what `query --format csv` prints.
 */
#include <inttypes.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "commands/build.h"
#include "commands/figures.h"
#include "facts/print.h"

struct figure {
	const struct node *node;
	struct place place;
	struct rows rows;
	char hash[65]; /* "" for a table written by hand */
};

static const char *kind_of(const struct node *node)
{
	static const char *const words[NODE_KINDS] = { [NODE_TABLE] = "表", [NODE_CHART] = "图", [NODE_PANEL] = "指标" };
	return words[node->kind] ? words[node->kind] : "空";
}

static bool is_figure(const struct node *node)
{
	return node->query.size || (node->kind == NODE_TABLE && node->number.size);
}

static bool ask(struct build *build, const struct node *node, struct figure *figure)
{
	*figure = (struct figure){ .node = node, .place = place_of(build->run.sources, node->span) };
	if (!node->query.size)
		return true;
	const struct compose_source source = build_source(build, SCOPE_PROVINCE);
	if (!source.query(source.context, build->scratch, node->query, node->body, &figure->rows))
		return false;
	struct buf csv;
	buf_init(&csv, BUF_LIMIT_FILE);
	print_csv(&figure->rows, &csv);
	hash_of(buf_view(&csv), figure->hash);
	buf_clear(&csv);
	return true;
}

/* ---- figures.csv --------------------------------------------------------------------- */

enum { COLUMNS = 9 };

static struct value text_value(struct text text)
{
	return (struct value){ .kind = VALUE_TEXT, .text = text };
}

static struct value number_value(struct build *build, uint64_t number)
{
	return (struct value){ .kind = VALUE_INTEGER, .integer = (int64_t)number, .text = text_format(build->scratch, "%" PRIu64, number) };
}

static void add_row(struct build *build, const struct figure *figure, struct value *row)
{
	const struct node *node = figure->node;
	const struct value values[COLUMNS] = {
		text_value(node->number), text_value(node->title), text_value(text_from(kind_of(node))), text_value(node->id),
		text_value(figure->place.file), number_value(build, figure->place.line), number_value(build, figure->rows.row_count),
		text_value(text_copy(build->scratch, text_from(figure->hash))), text_value(node->query),
	};
	memcpy(row, values, sizeof values);
}

bool figures_write(struct build *build, const struct doc *doc, struct text path)
{
	static const char *const headings[COLUMNS] = { "编号", "标题", "种类", "标识", "文件", "行", "行数", "sha256", "SQL" };
	size_t most = 0;
	for (struct node *node = doc->root; node; node = node_after(doc->root, node))
		most += is_figure(node);
	struct rows rows = { .column_count = COLUMNS };
	rows.names = ARENA_ARRAY(build->scratch, struct text, COLUMNS);
	rows.values = ARENA_ARRAY(build->scratch, struct value, COLUMNS * most);
	for (size_t i = 0; i < COLUMNS; i++)
		rows.names[i] = text_from(headings[i]);
	for (struct node *node = doc->root; node; node = node_after(doc->root, node)) {
		struct figure figure;
		if (is_figure(node) && ask(build, node, &figure))
			add_row(build, &figure, &rows.values[COLUMNS * rows.row_count++]);
	}
	struct buf csv;
	buf_init(&csv, BUF_LIMIT_FILE);
	print_csv(&rows, &csv);
	bool good = output_write(build->output, path, buf_view(&csv));
	buf_clear(&csv);
	return good;
}

/* ---- explain --------------------------------------------------------------------------- */

static const char *const prefixes[] = { "图", "表", "附图", "附表" };
static const char *const id_prefixes[] = { "fig-", "tbl-" };

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

bool figures_are_meant(struct text wanted)
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
	return false;
}

static const struct node *find(struct arena *arena, const struct doc *doc, struct text wanted)
{
	struct text plain = without_spaces(arena, wanted);
	for (const struct node *node = doc->root; node; node = node_after(doc->root, node))
		if (is_figure(node) && (text_equal(node->id, plain) || (node->number.size && text_equal(without_spaces(arena, node->number), plain))))
			return node;
	return NULL;
}

static void write_text(const struct figure *figure, enum diag_language language, struct buf *buf)
{
	static const char *const words[2][4] = { { "标识", "出处", "行数", "查询" }, { "id", "place", "rows", "query" } };
	const struct node *node = figure->node;
	const char *const *word = words[language];
	buf_format(buf, "%.*s　%.*s\n", TEXT_ARGS(node->number.size ? node->number : text_from(kind_of(node))), TEXT_ARGS(node->title));
	buf_format(buf, "%s: %.*s\n", word[0], TEXT_ARGS(node->id));
	buf_format(buf, "%s: %.*s:%" PRIu32 "\n", word[1], TEXT_ARGS(figure->place.file), figure->place.line);
	buf_format(buf, "%s: %zu\nsha256: %s\n", word[2], figure->rows.row_count, figure->hash);
	buf_format(buf, "%s:\n%.*s\n\n", word[3], TEXT_ARGS(node->query));
	print_table(&figure->rows, buf);
}

static void write_member(struct buf *buf, const char *name, struct text text)
{
	buf_format(buf, "\"%s\":", name);
	buf_json(buf, text);
	buf_byte(buf, ',');
}

static void write_json(const struct figure *figure, struct buf *buf)
{
	const struct node *node = figure->node;
	buf_byte(buf, '{');
	write_member(buf, "number", node->number);
	write_member(buf, "title", node->title);
	write_member(buf, "kind", text_from(kind_of(node)));
	write_member(buf, "id", node->id);
	write_member(buf, "file", figure->place.file);
	buf_format(buf, "\"line\":%" PRIu32 ",\"row_count\":%zu,", figure->place.line, figure->rows.row_count);
	write_member(buf, "sha256", text_from(figure->hash));
	write_member(buf, "sql", node->query);
	buf_string(buf, "\"rows\":");
	print_json(&figure->rows, buf);
	buf_string(buf, "}\n");
}

static bool explain(struct build *build, struct text wanted, bool as_json, struct buf *buf)
{
	if (!files_load_report(build))
		return false;
	const struct doc *doc = make_report_document(build);
	const struct node *node = find(build->scratch, doc, wanted);
	struct figure figure;
	if (!node)
		DIAG(build->run.diag, DIAG_NO_FIGURE, .a = wanted);
	if (!node || !ask(build, node, &figure))
		return false;
	if (as_json)
		write_json(&figure, buf);
	else
		write_text(&figure, build->options->environment.language, buf);
	return true;
}

bool figures_explain(const struct run *run, struct text wanted, bool as_json, struct buf *buf)
{
	struct build build = { .run = *run, .options = run->options, .scratch = arena_new(), .parts = PART_REPORT };
	build_choose_folders(&build);
	bool good = explain(&build, wanted, as_json, buf);
	facts_close(build.facts[SCOPE_PROVINCE]);
	arena_free(build.scratch);
	return good;
}
