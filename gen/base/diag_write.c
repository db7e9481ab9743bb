/* SPDX-License-Identifier: MIT
 *
 * The complaints as text, CSV, HTML, JSON lines or rows.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag_store.h"
#include "base/json_write.h"
#include "base/personal.h"
#include "base/plain.h"
#include "base/utf8.h"

#define LONGEST_TEXT 80 /* characters of offending text quoted */

static const char *const severity_words[][2] = {
	[SEVERITY_NOTE] = { "提示", "note" },
	[SEVERITY_WARNING] = { "警告", "warning" },
	[SEVERITY_ERROR] = { "错误", "error" },
	[SEVERITY_WORLD] = { "错误", "error" },
};

/* How it is asked for. */
struct writer {
	const struct diag *diag;
	enum diag_language language;
	bool is_inside;   /* names inside their folders */
	bool is_terminal; /* arguments may not steer it */
};

static struct text file_of(const struct writer *w, const struct place *place)
{
	return w->is_inside ? place->inside : place->file;
}

static void write_place(const struct writer *w, const struct place *place, struct buf *buf)
{
	if (w->is_terminal)
		plain_write(buf, file_of(w, place));
	else
		buf_text(buf, file_of(w, place));
	buf_format(buf, ":%u:%u", place->line, place->column);
}

/* "中文", U+001F, "English". */
static struct text in_language(struct text text, enum diag_language language)
{
	size_t at = text_find(text, TEXT("\x1F"));
	if (at >= text.size)
		return text;
	return language == LANGUAGE_CHINESE ? text_slice(text, 0, at) : text_slice(text, at + 1, text.size);
}

/* Trouble with the world tells paths, which must be those inside; what is wrong with the data quotes cells as they are. */
static void write_text_argument(const struct writer *w, const struct diag_item *item, struct text text, struct buf *buf)
{
	if (w->is_inside && diag_row(item->kind)->severity == SEVERITY_WORLD)
		text = sources_inside(w->diag->sources, text);
	text = in_language(text, w->language);
	if (w->is_terminal)
		plain_write(buf, text);
	else
		buf_text(buf, text);
}

static void write_argument(const struct writer *w, const struct diag_item *item, struct text name, struct buf *buf)
{
	const struct diag_args *args = &item->args;
	const struct text texts[] = { args->a, args->b, args->c, args->d };
	if (name.size == 1 && name.at[0] >= 'a' && name.at[0] <= 'd')
		write_text_argument(w, item, texts[name.at[0] - 'a'], buf);
	else if (text_is(name, "n"))
		buf_format(buf, "%lld", (long long)args->n);
	else if (text_is(name, "other")) {
		struct place place = place_of(w->diag->sources, args->other);
		if (place.line)
			write_place(w, &place, buf);
	}
}

static void write_message(const struct writer *w, const struct diag_item *item, const char *pattern, struct buf *buf)
{
	for (const char *at = pattern; *at;) {
		const char *close = *at == '{' ? strchr(at, '}') : NULL;
		if (!close) {
			buf_byte(buf, *at++);
			continue;
		}
		write_argument(w, item, (struct text){ at + 1, (size_t)(close - at - 1) }, buf);
		at = close + 1;
	}
}

static struct text offending(const struct diag *diag, const struct diag_item *item)
{
	struct text text = item->args.offending.size ? item->args.offending : span_text(diag->sources, item->args.span);
	return utf8_prefix(text, LONGEST_TEXT);
}

static void write_text(const struct writer *w, const struct diag_item *item, struct buf *buf)
{
	const struct diag_row *row = diag_row(item->kind);
	struct place place = place_of(w->diag->sources, item->args.span);
	if (place.line) {
		write_place(w, &place, buf);
		buf_string(buf, ": ");
	}
	buf_format(buf, "%s: ", severity_words[row->severity][w->language]);
	write_message(w, item, row->message[w->language], buf);
	buf_format(buf, " [%s]\n", row->code);
	if (place.line && item->args.span.end > item->args.span.start)
		place_write_caret(buf, &place);
	if (row->remedy[w->language][0]) {
		buf_string(buf, w->language == LANGUAGE_CHINESE ? "    处理：" : "    hint: ");
		write_message(w, item, row->remedy[w->language], buf);
		buf_byte(buf, '\n');
	}
}

enum { COLUMN_CODE, COLUMN_SEVERITY, COLUMN_FILE, COLUMN_LINE, COLUMN_COLUMN, COLUMN_TEXT, COLUMN_MESSAGE, COLUMN_REMEDY, COLUMNS };

static void fill_columns(const struct writer *w, const struct diag_item *item, struct buf columns[COLUMNS])
{
	const struct diag_row *row = diag_row(item->kind);
	struct place place = place_of(w->diag->sources, item->args.span);
	for (size_t i = 0; i < COLUMNS; i++)
		buf_init(&columns[i], BUF_LIMIT_PAGE);
	buf_string(&columns[COLUMN_CODE], row->code);
	buf_string(&columns[COLUMN_SEVERITY], severity_words[row->severity][LANGUAGE_ENGLISH]);
	buf_text(&columns[COLUMN_FILE], file_of(w, &place));
	buf_format(&columns[COLUMN_LINE], "%u", place.line);
	buf_format(&columns[COLUMN_COLUMN], "%u", place.column);
	buf_text(&columns[COLUMN_TEXT], offending(w->diag, item));
	write_message(w, item, row->message[w->language], &columns[COLUMN_MESSAGE]);
	write_message(w, item, row->remedy[w->language], &columns[COLUMN_REMEDY]);
}

static const char *const column_names[COLUMNS] = { "code", "severity", "file", "line", "column", "text", "message", "remedy" };

static void write_jsonl(const struct buf columns[COLUMNS], struct buf *buf)
{
	struct json_write json;
	json_write_init(&json, buf);
	json_write_object(&json, JSON_TIGHT);
	for (size_t i = 0; i < COLUMNS; i++) {
		json_write_key(&json, text_from(column_names[i]));
		if (i == COLUMN_LINE || i == COLUMN_COLUMN)
			json_write_number(&json, buf_view(&columns[i]));
		else
			json_write_text(&json, buf_view(&columns[i]));
	}
	json_write_close(&json);
	json_write_end(&json);
	buf_byte(buf, '\n');
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

static void write_item(const struct writer *w, enum diag_format format, const struct diag_item *item, struct buf *buf)
{
	static void (*const writers[])(const struct buf columns[COLUMNS], struct buf *buf) = {
		[DIAG_FORMAT_CSV] = write_csv, [DIAG_FORMAT_HTML] = write_html, [DIAG_FORMAT_JSONL] = write_jsonl,
	};
	if (format == DIAG_FORMAT_TEXT) {
		write_text(w, item, buf);
		return;
	}
	struct buf columns[COLUMNS];
	fill_columns(w, item, columns);
	writers[format](columns, buf);
	for (size_t i = 0; i < COLUMNS; i++)
		buf_clear(&columns[i]);
}

/* How many are not in the list, as its last entry; false when all are. */
static bool describe_rest(struct diag *diag, struct diag_item *item)
{
	size_t warnings = diag_not_kept(diag, SEVERITY_WARNING), notes = diag_not_kept(diag, SEVERITY_NOTE);
	*item = (struct diag_item){ .kind = DIAG_MORE_NOT_LISTED, .args.n = (int64_t)warnings };
	item->args.a = text_format(diag->arena, "%zu", notes);
	item->args.b = text_format(diag->arena, "%d", DIAG_SHOWN_MOST);
	return warnings + notes > 0;
}

static void write_all(struct diag *diag, enum diag_format format, const struct writer *w, struct buf *buf)
{
	struct diag_item rest;
	size_t start = buf->size;
	diag_sort(diag);
	write_head(format, buf);
	for (size_t i = 0; i < diag->count; i++)
		write_item(w, format, &diag->items[i], buf);
	if (describe_rest(diag, &rest))
		write_item(w, format, &rest, buf);
	if (format == DIAG_FORMAT_HTML)
		buf_string(buf, "</tbody></table></body></html>\n");
	personal_mask(buf->at + start, buf->size - start);
}

void diag_write(struct diag *diag, enum diag_format format, enum diag_language language, struct buf *buf)
{
	write_all(diag, format, &(struct writer){ .diag = diag, .language = language, .is_terminal = format == DIAG_FORMAT_TEXT }, buf);
}

void diag_write_inside(struct diag *diag, enum diag_format format, enum diag_language language, struct buf *buf)
{
	write_all(diag, format, &(struct writer){ .diag = diag, .language = language, .is_inside = true, .is_terminal = format == DIAG_FORMAT_TEXT },
		  buf);
}

static struct diag_line line_of(const struct writer *w, const struct diag_item *item, struct arena *arena)
{
	const struct diag_row *row = diag_row(item->kind);
	struct place place = place_of(w->diag->sources, item->args.span);
	struct buf message;
	buf_init(&message, BUF_LIMIT_PAGE);
	write_message(w, item, row->message[w->language], &message);
	personal_mask(message.at, message.size);
	struct diag_line line = {
		.code = text_from(row->code), .severity = text_from(severity_words[row->severity][w->language]), .file = place.inside,
		.message = text_copy(arena, buf_view(&message)), .line = place.line, .column = place.column,
	};
	buf_clear(&message);
	return line;
}

size_t diag_list(struct diag *diag, enum diag_language language, struct arena *arena, struct diag_line **lines)
{
	const struct writer writer = { .diag = diag, .language = language, .is_inside = true };
	struct diag_item rest;
	diag_sort(diag);
	*lines = ARENA_ARRAY(arena, struct diag_line, diag->count + 1);
	for (size_t i = 0; i < diag->count; i++)
		(*lines)[i] = line_of(&writer, &diag->items[i], arena);
	if (!describe_rest(diag, &rest))
		return diag->count;
	(*lines)[diag->count] = line_of(&writer, &rest, arena);
	return diag->count + 1;
}
