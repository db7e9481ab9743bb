/* SPDX-License-Identifier: MIT */
#include "publish/crosscheck_table.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/inflate.h"
#include "base/json_read.h"

struct text crosscheck_cell_of(const struct crosscheck_row *row, const char *name)
{
	for (size_t i = 0; i < row->count; i++)
		if (text_is(row->names[i], name))
			return row->cells[i];
	return NO_TEXT;
}

/* ---- CSV (RFC 4180) ------------------------------------------------------------------ */

static struct text read_cell(struct text csv, size_t *at, struct buf *out)
{
	size_t start = out->size;
	if (*at < csv.size && csv.at[*at] == '"') {
		for (++*at; *at < csv.size; ++*at) {
			bool is_quote = csv.at[*at] == '"';
			if (is_quote && (*at + 1 == csv.size || csv.at[*at + 1] != '"'))
				break;
			*at += is_quote;
			buf_byte(out, csv.at[*at]);
		}
		*at += *at < csv.size;
	}
	while (*at < csv.size && !strchr(",\r\n", csv.at[*at]))
		buf_byte(out, csv.at[(*at)++]);
	return text_slice(buf_view(out), start, out->size);
}

static size_t read_record(struct arena *arena, struct text csv, size_t *at, struct text cells[CROSSCHECK_COLUMNS])
{
	struct buf buf;
	size_t count = 0;
	bool goes_on = true;
	for (; goes_on && count < CROSSCHECK_COLUMNS; count++) {
		buf_init(&buf, BUF_LIMIT_PAGE);
		cells[count] = text_copy(arena, read_cell(csv, at, &buf));
		buf_clear(&buf);
		goes_on = *at < csv.size && csv.at[*at] == ',';
		*at += goes_on;
	}
	*at += text_starts(text_slice(csv, *at, 2), "\r\n") ? 2 : *at < csv.size;
	return count;
}

static bool read_csv(const struct crosscheck_reader *reader, struct text csv)
{
	struct crosscheck_row row = { .count = 0 };
	size_t at = text_starts(csv, "\xEF\xBB\xBF") ? 3 : 0;
	row.count = read_record(reader->arena, csv, &at, row.names);
	while (at < csv.size) {
		if (read_record(reader->arena, csv, &at, row.cells) != row.count)
			return false;
		reader->take(reader->context, &row);
	}
	return row.count > 1;
}

/* ---- JSON: the objects of "enterprises", each a row ------------------------------------- */

static bool read_object(struct json_read *json, struct crosscheck_row *row)
{
	struct text name;
	if (!json_read_object(json))
		return false;
	for (row->count = 0; json_read_member(json, &name); row->count++) {
		if (row->count == CROSSCHECK_COLUMNS || !json_read_scalar(json, &row->cells[row->count]))
			return false;
		row->names[row->count] = name;
	}
	return !json->is_bad;
}

static bool read_json(const struct crosscheck_reader *reader, struct text text)
{
	struct json_read json;
	struct crosscheck_row row;
	struct text name;
	bool is_found = false;
	json_read_init(&json, reader->arena, text);
	json_read_object(&json);
	while (json_read_member(&json, &name)) {
		if (!text_is(name, "enterprises")) {
			json_read_skip(&json);
			continue;
		}
		is_found = json_read_list(&json);
		while (json_read_element(&json)) {
			if (!read_object(&json, &row))
				return false;
			reader->take(reader->context, &row);
		}
	}
	return is_found && json_read_end(&json);
}

/* ---- XLSX: the first sheet, texts within the cells or shared ------------------------------- */

enum { SHARED_MOST = 1 << 20 };

struct workbook {
	struct buf sheet, strings;
	struct text *shared;
	size_t shared_count;
};

/* What stands between the first `open` behind *at and the `close` after it; moves *at past that. */
static bool next_between(struct text xml, size_t *at, const char *open, const char *close, struct text *between)
{
	struct text rest = text_slice(xml, *at, xml.size);
	size_t start = text_find(rest, text_from(open));
	if (start >= rest.size)
		return false;
	start += strlen(open);
	size_t size = text_find(text_slice(rest, start, rest.size), text_from(close));
	*between = text_slice(rest, start, size);
	*at += start + size + strlen(close);
	return start + size < rest.size;
}

static struct text words_of(struct text cell)
{
	size_t at = 0, inner = 0;
	struct text element;
	if (!next_between(cell, &at, "<t", "</t>", &element) && !next_between(cell, &inner, "<v", "</v>", &element))
		return NO_TEXT;
	return text_slice(element, text_find(element, TEXT(">")) + 1, element.size);
}

static void read_shared(struct arena *arena, struct workbook *workbook)
{
	struct text item, xml = buf_view(&workbook->strings);
	workbook->shared = ARENA_ARRAY(arena, struct text, xml.size / strlen("<si></si>") + 1);
	for (size_t at = 0; workbook->shared_count < SHARED_MOST && next_between(xml, &at, "<si>", "</si>", &item);)
		workbook->shared[workbook->shared_count++] = words_of(item);
}

static struct text read_xlsx_cell(const struct workbook *workbook, struct text cell)
{
	struct text words = words_of(cell);
	int64_t number;
	size_t head = text_find(cell, TEXT(">"));
	if (!text_contains(text_slice(cell, 0, head), TEXT("t=\"s\"")))
		return words;
	bool is_known = text_to_integer(words, &number) && number >= 0 && (uint64_t)number < workbook->shared_count;
	return is_known ? workbook->shared[number] : NO_TEXT;
}

static size_t column_of(struct text cell)
{
	size_t at = text_find(cell, TEXT("r=\"")) + 3, column = 0;
	for (; at < cell.size && cell.at[at] >= 'A' && cell.at[at] <= 'Z'; at++)
		column = column * 26 + (size_t)(cell.at[at] - 'A' + 1);
	return column - 1; /* none: out of range */
}

static bool read_rows(const struct crosscheck_reader *reader, const struct workbook *workbook)
{
	struct crosscheck_row row = { .count = 0 };
	struct text element, cell, xml = buf_view(&workbook->sheet);
	for (size_t at = 0, number = 0; next_between(xml, &at, "<row ", "</row>", &element); number++) {
		struct text *cells = number ? row.cells : row.names;
		memset(cells, 0, sizeof row.cells);
		for (size_t inner = 0; next_between(element, &inner, "<c ", "</c>", &cell);) {
			size_t column = column_of(cell);
			if (column >= CROSSCHECK_COLUMNS)
				return false;
			cells[column] = read_xlsx_cell(workbook, cell);
			row.count = number || column < row.count ? row.count : column + 1;
		}
		if (number)
			reader->take(reader->context, &row);
	}
	return row.count > 1;
}

static bool read_xlsx(const struct crosscheck_reader *reader, struct text bytes)
{
	struct workbook workbook = { .shared_count = 0 };
	struct inflate_member member;
	bool is_damaged = true, is_good = inflate_is_zip(bytes);
	buf_init(&workbook.sheet, BUF_LIMIT_FILE);
	buf_init(&workbook.strings, BUF_LIMIT_FILE);
	for (size_t at = 0; is_good && inflate_next_member(bytes, &at, &member, &is_damaged);) {
		if (text_is(member.name, "xl/worksheets/sheet1.xml"))
			is_good = inflate_member_add(&member, &workbook.sheet);
		if (text_is(member.name, "xl/sharedStrings.xml"))
			is_good = inflate_member_add(&member, &workbook.strings);
	}
	read_shared(reader->arena, &workbook);
	is_good = is_good && !is_damaged && read_rows(reader, &workbook);
	buf_clear(&workbook.sheet);
	buf_clear(&workbook.strings);
	return is_good;
}

bool crosscheck_table_read(const struct crosscheck_reader *reader, struct text path, struct text bytes)
{
	static const struct {
		const char *suffix;
		bool (*read)(const struct crosscheck_reader *reader, struct text bytes);
	} kinds[] = { { ".csv", read_csv }, { ".json", read_json }, { ".xlsx", read_xlsx } };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text_ends(path, kinds[i].suffix))
			return kinds[i].read(reader, bytes);
	return false;
}
