/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/utf8.h"

/* A file of garbage must not make a garbage heap of messages: past this, they are only counted. */
#define MOST_KEPT 20000
#define LONGEST_TEXT 80 /* characters of offending text quoted */
enum { TEXTS = 5 };     /* texts among the arguments */

static const struct diag_row rows[] = {
#define DIAG_KIND(kind, code, severity, chinese, english, chinese_remedy, english_remedy) \
	[DIAG_##kind] = { code, SEVERITY_##severity, { chinese, english }, { chinese_remedy, english_remedy } },
#include "base/diag.def"
#undef DIAG_KIND
};
_Static_assert(sizeof rows / sizeof *rows == DIAG_KINDS, "every kind has a row");

struct item {
	enum diag_kind kind;
	size_t order;
	struct diag_args args;
};

struct diag {
	struct arena *arena;
	const struct sources *sources;
	struct item *items;
	size_t count, capacity;
	size_t by_kind[DIAG_KINDS];
	size_t general_errors;
	size_t exported;
	bool is_sorted;
};

static const char *const severity_words[][2] = {
	[SEVERITY_NOTE] = { "提示", "note" },
	[SEVERITY_WARNING] = { "警告", "warning" },
	[SEVERITY_ERROR] = { "错误", "error" },
	[SEVERITY_WORLD] = { "错误", "error" },
};

struct diag *diag_new(struct arena *arena, const struct sources *sources)
{
	struct diag *diag = ARENA_NEW(arena, struct diag);
	diag->arena = arena;
	diag->sources = sources;
	return diag;
}

static void keep(struct diag *diag, struct item item)
{
	if (diag->count == diag->capacity) {
		size_t capacity = diag->capacity ? diag->capacity * 2 : 64;
		struct item *grown = ARENA_ARRAY(diag->arena, struct item, capacity);
		if (diag->count)
			memcpy(grown, diag->items, diag->count * sizeof *grown);
		diag->items = grown;
		diag->capacity = capacity;
	}
	diag->items[diag->count++] = item;
}

void diag_report(struct diag *diag, enum diag_kind kind, struct diag_args args)
{
	diag->by_kind[kind]++;
	if (rows[kind].severity == SEVERITY_ERROR && args.participation == 0)
		diag->general_errors++;
	if (diag->count >= MOST_KEPT && (rows[kind].severity != SEVERITY_ERROR || args.participation == 0))
		return;
	struct text *texts[TEXTS] = { &args.a, &args.b, &args.c, &args.d, &args.offending };
	for (size_t i = 0; i < TEXTS; i++)
		*texts[i] = text_copy(diag->arena, *texts[i]);
	keep(diag, (struct item){ kind, diag->count, args });
	diag->is_sorted = false;
}

size_t diag_count(const struct diag *diag, enum diag_severity severity)
{
	size_t count = 0;
	for (size_t kind = 0; kind < DIAG_KINDS; kind++)
		if (rows[kind].severity == severity)
			count += diag->by_kind[kind];
	return count;
}

size_t diag_count_of(const struct diag *diag, enum diag_kind kind)
{
	return diag->by_kind[kind];
}

const struct diag_row *diag_row(enum diag_kind kind)
{
	return &rows[kind];
}

const struct diag_row *diag_find(struct text code)
{
	for (size_t kind = 0; kind < DIAG_KINDS; kind++)
		if (text_is(code, rows[kind].code))
			return &rows[kind];
	return NULL;
}

bool diag_touches(const struct diag *diag, size_t participation)
{
	int32_t wanted = (int32_t)participation + 1;
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag_args *args = &diag->items[i].args;
		if (rows[diag->items[i].kind].severity == SEVERITY_ERROR && (args->participation == wanted || args->also == wanted))
			return true;
	}
	return false;
}

bool diag_has_general_error(const struct diag *diag)
{
	return diag->general_errors > 0;
}

/* ---- order ---------------------------------------------------------------- */

static const struct sources *sorting; /* qsort has no context argument; set only inside sort_items */

static struct text file_name(struct span span)
{
	const struct source *source = sources_find(sorting, span.source);
	return source ? source->name : NO_TEXT;
}

static int compare_args(const struct item *a, const struct item *b)
{
	int order = text_compare(a->args.a, b->args.a);
	if (order == 0)
		order = text_compare(a->args.b, b->args.b);
	if (order == 0)
		order = text_compare(a->args.c, b->args.c);
	if (order == 0)
		order = text_compare(a->args.d, b->args.d);
	return order;
}

static int compare_places(const struct item *a, const struct item *b)
{
	int order = text_compare(file_name(a->args.span), file_name(b->args.span));
	if (order)
		return order;
	if (a->args.span.start != b->args.span.start)
		return a->args.span.start < b->args.span.start ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return 0;
}

static int compare_items(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	int order = compare_places(a, b);
	if (order == 0)
		order = compare_args(a, b);
	if (order == 0)
		order = (a->order > b->order) - (a->order < b->order);
	return order;
}

static bool is_same(const struct item *a, const struct item *b)
{
	return compare_places(a, b) == 0 && compare_args(a, b) == 0 && a->args.span.end == b->args.span.end &&
	       a->args.participation == b->args.participation && a->args.n == b->args.n;
}

static void sort_items(struct diag *diag)
{
	if (diag->is_sorted || diag->count == 0)
		return;
	sorting = diag->sources;
	qsort(diag->items, diag->count, sizeof *diag->items, compare_items);
	size_t kept = 1;
	for (size_t i = 1; i < diag->count; i++) {
		if (!is_same(&diag->items[i], &diag->items[kept - 1]))
			diag->items[kept++] = diag->items[i];
		else
			diag->by_kind[diag->items[i].kind]--;
	}
	diag->count = kept;
	diag->is_sorted = true;
}

/* ---- writing ---------------------------------------------------------------- */

static void write_place(const struct sources *sources, struct span span, struct buf *buf)
{
	struct place place = place_of(sources, span);
	if (place.line)
		buf_format(buf, "%.*s:%u:%u", TEXT_ARGS(place.file), place.line, place.column);
}

static void write_argument(const struct diag *diag, const struct diag_args *args, struct text name, struct buf *buf)
{
	const struct text *texts[] = { &args->a, &args->b, &args->c, &args->d };
	if (name.size == 1 && name.at[0] >= 'a' && name.at[0] <= 'd')
		buf_text(buf, *texts[name.at[0] - 'a']);
	else if (text_is(name, "n"))
		buf_format(buf, "%lld", (long long)args->n);
	else if (text_is(name, "other"))
		write_place(diag->sources, args->other, buf);
}

static void write_message(const struct diag *diag, const struct item *item, const char *pattern, struct buf *buf)
{
	for (const char *at = pattern; *at;) {
		const char *close = *at == '{' ? strchr(at, '}') : NULL;
		if (!close) {
			buf_byte(buf, *at++);
			continue;
		}
		write_argument(diag, &item->args, (struct text){ at + 1, (size_t)(close - at - 1) }, buf);
		at = close + 1;
	}
}

static struct text offending(const struct diag *diag, const struct item *item)
{
	struct text text = item->args.offending.size ? item->args.offending : span_text(diag->sources, item->args.span);
	return utf8_prefix(text, LONGEST_TEXT);
}

/* Terminals must not be steered by what a firm typed. */
static void write_plain(struct buf *buf, struct text text)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if ((c < 0x20 && c != '\n') || c == 0x7f)
			buf_byte(buf, ' ');
		else
			buf_byte(buf, text.at[i]);
	}
}

static void write_text(const struct diag *diag, const struct item *item, enum diag_language language, struct buf *buf)
{
	const struct diag_row *row = &rows[item->kind];
	struct buf message;
	buf_init(&message, BUF_LIMIT_PAGE);
	struct place place = place_of(diag->sources, item->args.span);
	if (place.line)
		buf_format(buf, "%.*s:%u:%u: ", TEXT_ARGS(place.file), place.line, place.column);
	write_message(diag, item, row->message[language], &message);
	buf_format(buf, "%s: ", severity_words[row->severity][language]);
	write_plain(buf, buf_view(&message));
	buf_format(buf, " [%s]\n", row->code);
	if (place.line && item->args.span.end > item->args.span.start)
		place_write_caret(buf, &place);
	if (row->remedy[language][0]) {
		buf_reset(&message);
		write_message(diag, item, row->remedy[language], &message);
		buf_string(buf, language == LANGUAGE_CHINESE ? "    处理：" : "    hint: ");
		write_plain(buf, buf_view(&message));
		buf_byte(buf, '\n');
	}
	buf_clear(&message);
}

enum { COLUMN_CODE, COLUMN_SEVERITY, COLUMN_FILE, COLUMN_LINE, COLUMN_COLUMN, COLUMN_TEXT, COLUMN_MESSAGE, COLUMN_REMEDY, COLUMNS };

static void fill_columns(const struct diag *diag, const struct item *item, enum diag_language language, struct buf columns[COLUMNS])
{
	const struct diag_row *row = &rows[item->kind];
	struct place place = place_of(diag->sources, item->args.span);
	for (size_t i = 0; i < COLUMNS; i++)
		buf_init(&columns[i], BUF_LIMIT_PAGE);
	buf_string(&columns[COLUMN_CODE], row->code);
	buf_string(&columns[COLUMN_SEVERITY], severity_words[row->severity][LANGUAGE_ENGLISH]);
	buf_text(&columns[COLUMN_FILE], place.file);
	buf_format(&columns[COLUMN_LINE], "%u", place.line);
	buf_format(&columns[COLUMN_COLUMN], "%u", place.column);
	buf_text(&columns[COLUMN_TEXT], offending(diag, item));
	write_message(diag, item, row->message[language], &columns[COLUMN_MESSAGE]);
	write_message(diag, item, row->remedy[language], &columns[COLUMN_REMEDY]);
}

static const char *const column_names[COLUMNS] = { "code", "severity", "file", "line", "column", "text", "message", "remedy" };

static void write_jsonl(const struct buf columns[COLUMNS], struct buf *buf)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		buf_format(buf, "%s\"%s\":", i ? "," : "{", column_names[i]);
		if (i == COLUMN_LINE || i == COLUMN_COLUMN)
			buf_text(buf, buf_view(&columns[i]));
		else
			buf_json(buf, buf_view(&columns[i]));
	}
	buf_string(buf, "}\n");
}

static void write_csv(const struct buf columns[COLUMNS], struct buf *buf)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (i)
			buf_byte(buf, ',');
		buf_csv(buf, buf_view(&columns[i]));
	}
	buf_string(buf, "\r\n");
}

static void write_html(const struct buf columns[COLUMNS], struct buf *buf)
{
	buf_format(buf, "<tr class=\"%s\">", columns[COLUMN_SEVERITY].at);
	for (size_t i = 0; i < COLUMNS; i++) {
		buf_string(buf, "<td>");
		buf_html(buf, buf_view(&columns[i]));
		buf_string(buf, "</td>");
	}
	buf_string(buf, "</tr>\n");
}

static const char *const chinese_names[COLUMNS] = { "代码", "程度", "文件", "行", "列", "原文", "问题", "处理" };

static void write_head(enum diag_format format, struct buf *buf)
{
	if (format == DIAG_FORMAT_CSV) {
		buf_string(buf, "\xEF\xBB\xBF");
		for (size_t i = 0; i < COLUMNS; i++)
			buf_format(buf, "%s%s", i ? "," : "", chinese_names[i]);
		buf_string(buf, "\r\n");
	} else if (format == DIAG_FORMAT_HTML) {
		buf_string(buf, "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>数据问题清单</title>\n"
				"<style>body{font:16px/1.6 sans-serif;margin:2em}table{border-collapse:collapse}"
				"td,th{border-bottom:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top}"
				".error td:nth-child(2){color:#a00;font-weight:bold}.warning td:nth-child(2){color:#850}</style></head>\n"
				"<body><h1>数据问题清单</h1>\n<table><thead><tr>");
		for (size_t i = 0; i < COLUMNS; i++)
			buf_format(buf, "<th scope=\"col\">%s</th>", chinese_names[i]);
		buf_string(buf, "</tr></thead><tbody>\n");
	}
}

void diag_write(struct diag *diag, enum diag_format format, enum diag_language language, struct buf *buf)
{
	sort_items(diag);
	write_head(format, buf);
	for (size_t i = 0; i < diag->count; i++) {
		if (format == DIAG_FORMAT_TEXT) {
			write_text(diag, &diag->items[i], language, buf);
			continue;
		}
		struct buf columns[COLUMNS];
		fill_columns(diag, &diag->items[i], language, columns);
		if (format == DIAG_FORMAT_JSONL)
			write_jsonl(columns, buf);
		else if (format == DIAG_FORMAT_CSV)
			write_csv(columns, buf);
		else
			write_html(columns, buf);
		for (size_t j = 0; j < COLUMNS; j++)
			buf_clear(&columns[j]);
	}
	if (format == DIAG_FORMAT_HTML)
		buf_string(buf, "</tbody></table></body></html>\n");
}

size_t diag_list(struct diag *diag, enum diag_language language, struct arena *arena, struct diag_line **lines)
{
	sort_items(diag);
	*lines = ARENA_ARRAY(arena, struct diag_line, diag->count);
	for (size_t i = 0; i < diag->count; i++) {
		const struct item *item = &diag->items[i];
		const struct diag_row *row = &rows[item->kind];
		struct place place = place_of(diag->sources, item->args.span);
		struct buf message;
		buf_init(&message, BUF_LIMIT_PAGE);
		write_message(diag, item, row->message[language], &message);
		(*lines)[i] = (struct diag_line){
			.code = text_from(row->code), .severity = text_from(severity_words[row->severity][language]), .file = place.file,
			.message = text_copy(arena, buf_view(&message)), .line = place.line, .column = place.column,
		};
		buf_clear(&message);
	}
	return diag->count;
}

/* ---- between processes --------------------------------------------------------- */

/* The fixed part of a record; five texts follow, each behind its size in `sizes`. */
struct wire {
	int64_t n;
	struct span span, other;
	uint32_t kind;
	int32_t participation, also;
	uint32_t sizes[TEXTS];
};

void diag_export(struct diag *diag, struct buf *records)
{
	for (; diag->exported < diag->count; diag->exported++) {
		const struct item *item = &diag->items[diag->exported];
		const struct diag_args *args = &item->args;
		const struct text texts[TEXTS] = { args->a, args->b, args->c, args->d, args->offending };
		struct wire wire = { .kind = (uint32_t)item->kind, .span = args->span, .other = args->other, .n = args->n,
				     .participation = args->participation, .also = args->also };
		for (size_t i = 0; i < TEXTS; i++)
			wire.sizes[i] = (uint32_t)texts[i].size;
		buf_add(records, &wire, sizeof wire);
		for (size_t i = 0; i < TEXTS; i++)
			buf_text(records, texts[i]);
	}
}

static bool take_record(struct text *rest, struct wire *wire, struct text texts[TEXTS])
{
	if (rest->size < sizeof *wire)
		return false;
	memcpy(wire, rest->at, sizeof *wire);
	*rest = text_slice(*rest, sizeof *wire, rest->size);
	for (size_t i = 0; i < TEXTS; i++) {
		if (wire->sizes[i] > rest->size)
			return false;
		texts[i] = text_slice(*rest, 0, wire->sizes[i]);
		*rest = text_slice(*rest, wire->sizes[i], rest->size);
	}
	return wire->kind < DIAG_KINDS;
}

bool diag_import(struct diag *diag, struct text records)
{
	while (records.size) {
		struct wire wire;
		struct text texts[TEXTS];
		if (!take_record(&records, &wire, texts))
			return false;
		diag_report(diag, (enum diag_kind)wire.kind,
			    (struct diag_args){ .span = wire.span, .other = wire.other, .n = wire.n, .participation = wire.participation, .also = wire.also,
						.a = texts[0], .b = texts[1], .c = texts[2], .d = texts[3], .offending = texts[4] });
	}
	return true;
}
