/* SPDX-License-Identifier: MIT */
#include "commands/explain_code.h"

#include <stdlib.h>

#include "base/buf.h"

/* Each column as wide as its longest code; the shortest code has 5 characters. */
enum { LINE_WIDTH = 120, INDENT = 2, BETWEEN = 2, COLUMNS_MOST = (LINE_WIDTH - INDENT) / (5 + BETWEEN) };

static const char *const severities[][2] = {
	[SEVERITY_NOTE] = { "提示：记录在案，不影响结果", "note: for the record, changes nothing" },
	[SEVERITY_WARNING] = { "警告：请核对；只在加 --strict 时停止", "warning: look at it; stops the build only under --strict" },
	[SEVERITY_ERROR] = { "错误：改正之前不能生成", "error: nothing is built before it is corrected" },
	[SEVERITY_WORLD] = { "错误：磁盘、内存等出了问题，不是数据的错",
			     "error: trouble with the disk, memory and the like, not with the data" },
};

static const char *const costs[][2] = {
	[EFFECT_NONE] = { NULL, NULL },
	[EFFECT_LOSES_ROW] = { "影响：这一行或其中的单元格没有按原样采用；涉及它的其他问题常随之消失，先改这一个",
			       "cost: the row, or its cell, is not used as it stands; "
			       "what follows from it often goes away with it, so begin here" },
	[EFFECT_LOSES_FILE] = { "影响：整个文件没有采用；涉及它的其他问题常随之消失，先改这一个",
				"cost: the whole file is left out; what follows from it often goes away with it, so begin here" },
};

/* Each line of it indented. */
static void write_lines(struct buf *buf, struct text lines)
{
	struct text line;
	while (text_next(&lines, '\n', &line))
		buf_format(buf, "    %.*s\n", TEXT_ARGS(line));
}

/* A value that the table leaves open is shown as "…". */
static void write_pattern(struct buf *buf, const char *pattern)
{
	buf_string(buf, "    ");
	for (const char *at = pattern; *at; at++) {
		const char *close = *at == '{' ? strchr(at, '}') : NULL;
		if (close)
			buf_string(buf, "…");
		else
			buf_byte(buf, *at);
		if (close)
			at = close;
	}
	buf_byte(buf, '\n');
}

void explain_code_write(const struct diag_row *row, enum diag_language language, struct buf *buf)
{
	enum diag_kind kind = (enum diag_kind)(row - diag_row((enum diag_kind)0));
	const char *words = diag_words(kind, language), *cost = costs[diag_effect(kind)][language];
	buf_format(buf, "%s\n", row->code);
	write_pattern(buf, row->message[language]);
	write_lines(buf, text_from(severities[row->severity][language]));
	if (cost)
		write_lines(buf, text_from(cost));
	if (words)
		write_lines(buf, text_from(words));
	buf_string(buf, language == LANGUAGE_CHINESE ? "处理：\n" : "what to do:\n");
	write_pattern(buf, row->remedy[language]);
}

static int compare_codes(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* How wide the columns are where they have that many rows; false: too wide for a line. */
static bool measure(const char *const *codes, size_t count, size_t rows, int widths[COLUMNS_MOST])
{
	size_t total = INDENT, columns = (count + rows - 1) / rows;
	if (columns > COLUMNS_MOST)
		return false;
	for (size_t column = 0; column < columns; column++) {
		size_t longest = 0;
		for (size_t i = column * rows; i < count && i < (column + 1) * rows; i++)
			longest = strlen(codes[i]) > longest ? strlen(codes[i]) : longest;
		widths[column] = (int)longest + BETWEEN;
		total += longest + (column + 1 < columns ? BETWEEN : 0);
	}
	return total <= LINE_WIDTH;
}

/* Down the columns, as a dictionary is read, on as few lines as there can be. */
static void list_codes(const char *const *codes, size_t count, struct buf *buf)
{
	int widths[COLUMNS_MOST] = { 0 };
	size_t rows = 1;
	while (rows < count && !measure(codes, count, rows, widths))
		rows++;
	for (size_t row = 0; row < rows; row++) {
		buf_format(buf, "%*s", INDENT, "");
		for (size_t i = row; i < count; i += rows)
			if (i + rows < count)
				buf_format(buf, "%-*s", widths[i / rows], codes[i]);
			else
				buf_string(buf, codes[i]);
		buf_byte(buf, '\n');
	}
}

void explain_code_list(enum diag_language language, struct buf *buf)
{
	for (int severity = SEVERITY_WORLD; severity >= SEVERITY_NOTE; severity--) {
		const char *codes[DIAG_KINDS] = { NULL };
		size_t count = 0;
		for (int kind = 0; kind < (int)DIAG_KINDS; kind++)
			if ((int)diag_row((enum diag_kind)kind)->severity == severity)
				codes[count++] = diag_row((enum diag_kind)kind)->code;
		qsort(codes, count, sizeof *codes, compare_codes);
		buf_format(buf, "%s (%zu)\n", severities[severity][language], count);
		list_codes(codes, count, buf);
	}
	buf_string(buf, language == LANGUAGE_CHINESE ? "xingji explain 代码 说明其中一个\n"
						     : "xingji explain CODE tells of one of them\n");
}
