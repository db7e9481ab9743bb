/* SPDX-License-Identifier: MIT */
#include "base/diag_columns.h"

#include "base/json_write.h"

static const struct {
	const char *json, *chinese;
} names[COLUMNS] = {
	[COLUMN_CODE] = { "code", "代码" },           [COLUMN_SEVERITY] = { "severity", "程度" },
	[COLUMN_FILE] = { "file", "文件" },           [COLUMN_LINE] = { "line", "行" },
	[COLUMN_COLUMN] = { "column", "列" },         [COLUMN_TEXT] = { "text", "原文" },
	[COLUMN_MESSAGE] = { "message", "问题" },     [COLUMN_REMEDY] = { "remedy", "处理" },
	[COLUMN_CELL] = { "cell", "单元格" },         [COLUMN_HEADING] = { "heading", "列标题" },
	[COLUMN_ENTERPRISE] = { "enterprise", "企业" }, [COLUMN_COUNT] = { "count", "处数" },
	[COLUMN_PLACES] = { "places", "前几处" },
};

static bool is_number(size_t column)
{
	return column == COLUMN_LINE || column == COLUMN_COLUMN;
}

static void write_jsonl(const struct buf columns[COLUMNS], struct buf *buf)
{
	struct json_write json;
	json_write_init(&json, buf);
	json_write_object(&json, JSON_TIGHT);
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		json_write_key(&json, text_from(names[i].json));
		if (is_number(i))
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

/* ---- HTML: for who sees a sheet, so a cell instead of line and column where there is one --------- */

static bool may_break_behind(char byte)
{
	return byte == '/' || byte == '_' || byte == ',' || byte == '\0';
}

/* Names of files and rows of a table may break behind what separates their parts, before they must within a word. */
static void write_html_text(struct buf *buf, struct text text)
{
	while (text.size) {
		size_t size = 0;
		while (size < text.size && !may_break_behind(text.at[size]))
			size++;
		bool is_inside = size + 1 < text.size;
		buf_html(buf, text_slice(text, 0, size + 1));
		if (is_inside)
			buf_string(buf, "<wbr>");
		text = text_slice(text, size + 1, text.size);
	}
}

static void write_html_cell(struct buf *buf, struct text text)
{
	buf_string(buf, "<td>");
	write_html_text(buf, text);
	buf_string(buf, "</td>");
}

static void write_html_place(const struct buf columns[COLUMNS], struct buf *buf)
{
	buf_string(buf, "<td>");
	write_html_text(buf, buf_view(&columns[COLUMN_FILE]));
	if (columns[COLUMN_CELL].size) {
		buf_string(buf, "<br><b>");
		buf_html(buf, buf_view(&columns[COLUMN_CELL]));
		buf_string(buf, "</b>");
	} else if (!text_is(buf_view(&columns[COLUMN_LINE]), "0")) {
		buf_format(buf, "<br>%s:%s", columns[COLUMN_LINE].at, columns[COLUMN_COLUMN].at);
	}
	if (columns[COLUMN_HEADING].size) {
		buf_string(buf, "（");
		buf_html(buf, buf_view(&columns[COLUMN_HEADING]));
		buf_string(buf, "）");
	}
	buf_string(buf, "</td>");
}

static void write_html_count(const struct buf columns[COLUMNS], struct buf *buf)
{
	buf_string(buf, "<td>");
	buf_html(buf, buf_view(&columns[COLUMN_COUNT]));
	if (columns[COLUMN_PLACES].size) {
		buf_string(buf, "<div class=\"at\">");
		write_html_text(buf, buf_view(&columns[COLUMN_PLACES]));
		buf_string(buf, "</div>");
	}
	buf_string(buf, "</td>");
}

/* The page is for people; what programs read has the English words. */
static struct text severity_word(struct text severity)
{
	static const char *const words[][2] = { { "error", "错误" }, { "warning", "警告" }, { "note", "提示" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_is(severity, words[i][0]))
			return text_from(words[i][1]);
	return severity;
}

static void write_html(const struct buf columns[COLUMNS], struct buf *buf)
{
	buf_format(buf, "<tr class=\"%s\">", columns[COLUMN_SEVERITY].at);
	write_html_cell(buf, severity_word(buf_view(&columns[COLUMN_SEVERITY])));
	write_html_place(columns, buf);
	write_html_cell(buf, buf_view(&columns[COLUMN_ENTERPRISE]));
	write_html_cell(buf, buf_view(&columns[COLUMN_TEXT]));
	write_html_cell(buf, buf_view(&columns[COLUMN_MESSAGE]));
	write_html_cell(buf, buf_view(&columns[COLUMN_REMEDY]));
	write_html_count(columns, buf);
	write_html_cell(buf, buf_view(&columns[COLUMN_CODE]));
	buf_string(buf, "</tr>\n");
}

static const char page_head[] =
	"<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>数据问题清单</title>\n"
	"<style>body{font:16px/1.6 sans-serif;margin:2em}table{border-collapse:collapse}"
	"td,th{border-bottom:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
	"th{white-space:nowrap}td:first-child,td:last-child{overflow-wrap:normal}"
	"td:nth-child(2),td:nth-child(n+4):nth-child(-n+6){min-width:12em}"
	"td:nth-child(3){min-width:7em}.at{min-width:10em}td:first-child{white-space:nowrap}"
	".error td:first-child{color:#a00;font-weight:bold}.warning td:first-child{color:#850}</style></head>\n"
	"<body><h1>数据问题清单</h1>\n<table><thead><tr>";
static const char *const page_headings[] = { "程度", "位置", "企业", "原文", "问题", "处理", "处数", "代码" };

void diag_columns_head(enum diag_format format, struct buf *buf)
{
	if (format == DIAG_FORMAT_CSV) {
		buf_string(buf, "\xEF\xBB\xBF");
		for (size_t i = 0; i < COLUMNS; i++)
			buf_format(buf, "%s%s", i ? "," : "", names[i].chinese);
		buf_string(buf, "\r\n");
	} else if (format == DIAG_FORMAT_HTML) {
		buf_string(buf, page_head);
		for (size_t i = 0; i < sizeof page_headings / sizeof *page_headings; i++)
			buf_format(buf, "<th scope=\"col\">%s</th>", page_headings[i]);
		buf_string(buf, "</tr></thead><tbody>\n");
	}
}

void diag_columns_foot(enum diag_format format, struct buf *buf)
{
	if (format == DIAG_FORMAT_HTML)
		buf_string(buf, "</tbody></table></body></html>\n");
}

void diag_columns_row(enum diag_format format, const struct buf columns[COLUMNS], struct buf *buf)
{
	if (format == DIAG_FORMAT_CSV)
		write_csv(columns, buf);
	else if (format == DIAG_FORMAT_HTML)
		write_html(columns, buf);
	else
		write_jsonl(columns, buf);
}
