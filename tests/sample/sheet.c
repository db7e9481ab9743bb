/* SPDX-License-Identifier: MIT */
#include "sheet.h"

#include <errno.h>
#include <iconv.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_SIZE = 4096, PATH_MAX_SIZE = 4096, STREAM_BUFFER_SIZE = 65536 };

struct sheet {
	FILE *file;
	iconv_t converter;
	bool is_converted, is_crlf, is_failed;
	size_t size;                 /* of the line so far */
	char line[LINE_MAX_SIZE];
};

static void sheet_add(struct sheet *sheet, const char *bytes, size_t size)
{
	if (sheet->size + size > sizeof sheet->line - 2) {
		sheet->is_failed = true;
		return;
	}
	memcpy(sheet->line + sheet->size, bytes, size);
	sheet->size += size;
}

struct sheet *sheet_open(const char *dir, const char *name, enum sheet_kind kind)
{
	char path[PATH_MAX_SIZE];
	int size = snprintf(path, sizeof path, "%s/%s", dir, name);
	struct sheet *sheet = calloc(1, sizeof *sheet);
	if (sheet == NULL || size < 0 || (size_t)size >= sizeof path || (sheet->file = fopen(path, "wb")) == NULL) {
		fprintf(stderr, "sample: cannot create %s/%s: %s\n", dir, name, strerror(errno));
		free(sheet);
		return NULL;
	}
	setvbuf(sheet->file, NULL, _IOFBF, STREAM_BUFFER_SIZE);
	sheet->is_crlf = kind != SHEET_UTF8;
	sheet->is_converted = kind == SHEET_GB18030;
	if (sheet->is_converted) {
		sheet->converter = iconv_open("GB18030", "UTF-8");
		sheet->is_failed = sheet->converter == (iconv_t)-1;
		sheet->is_converted = !sheet->is_failed;
	}
	if (kind == SHEET_UTF8_BOM)
		sheet_add(sheet, "\xEF\xBB\xBF", 3);
	return sheet;
}

void sheet_text(struct sheet *sheet, const char *text)
{
	sheet_add(sheet, text, strlen(text));
}

/* Every cell ends with a comma; sheet_line takes the last one away. */
void sheet_cell(struct sheet *sheet, const char *text)
{
	if (strpbrk(text, ",\"\r\n") == NULL) {
		sheet_text(sheet, text);
	} else {
		sheet_add(sheet, "\"", 1);
		for (; *text != '\0'; text++)
			sheet_add(sheet, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
		sheet_add(sheet, "\"", 1);
	}
	sheet_add(sheet, ",", 1);
}

void sheet_escaped(struct sheet *sheet, const char *text)
{
	static const char special[] = "&<>\"";
	static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;"};
	while (*text != '\0') {
		size_t plain = strcspn(text, special);
		sheet_add(sheet, text, plain);
		text += plain;
		if (*text != '\0')
			sheet_text(sheet, names[strchr(special, *text++) - special]);
	}
}

static void line_convert(struct sheet *sheet)
{
	char converted[2 * LINE_MAX_SIZE];
	char *in = sheet->line, *out = converted;
	size_t in_left = sheet->size, out_left = sizeof converted;
	if (iconv(sheet->converter, &in, &in_left, &out, &out_left) == (size_t)-1)
		sheet->is_failed = true;
	size_t size = sizeof converted - out_left;
	if (fwrite(converted, 1, size, sheet->file) != size)
		sheet->is_failed = true;
}

void sheet_line(struct sheet *sheet)
{
	if (sheet->size > 0 && sheet->line[sheet->size - 1] == ',')
		sheet->size--;
	if (sheet->is_crlf)
		sheet->line[sheet->size++] = '\r';
	sheet->line[sheet->size++] = '\n';
	if (sheet->is_converted)
		line_convert(sheet);
	else if (fwrite(sheet->line, 1, sheet->size, sheet->file) != sheet->size)
		sheet->is_failed = true;
	sheet->size = 0;
}

void sheet_text_line(struct sheet *sheet, const char *text)
{
	sheet_text(sheet, text);
	sheet_line(sheet);
}

void sheet_row(struct sheet *sheet, const char *const cells[])
{
	for (size_t i = 0; cells[i] != NULL; i++)
		sheet_cell(sheet, cells[i]);
	sheet_line(sheet);
}

bool sheet_close(struct sheet *sheet)
{
	if (sheet == NULL)
		return true;
	if (sheet->is_converted)
		iconv_close(sheet->converter);
	bool is_whole = fclose(sheet->file) == 0 && !sheet->is_failed;
	free(sheet);
	return is_whole;
}
