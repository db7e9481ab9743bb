/* SPDX-License-Identifier: MIT */
#include "compose/site_rows.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "compose/datum.h"
#include "compose/sql.h"

static struct text joined_names(struct arena *arena, const struct rows *rows)
{
	struct buf buf;
	buf_init(&buf, 8192);
	for (size_t i = 0; rows && i < rows->column_count; i++) {
		buf_string(&buf, i ? " " : "");
		buf_text(&buf, rows->names[i]);
	}
	struct text text = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

int site_rows_column(struct diag *diag, const struct rows *rows, struct text name, struct span span)
{
	for (size_t i = 0; rows && i < rows->column_count; i++)
		if (text_equal(rows->names[i], name))
			return (int)i;
	struct arena *arena = arena_new();
	DIAG(diag, DIAG_SITE_COLUMN_UNKNOWN, .span = span, .a = name, .b = joined_names(arena, rows), .offending = name);
	arena_free(arena);
	return -1;
}

static const struct value *value_of(struct site_row row, int column)
{
	return &row.rows->values[row.row * row.rows->column_count + (size_t)column];
}

/* ---- SQL ---------------------------------------------------------------------- */

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The piece of SQL at `at` that is copied as it is: a quotation, a comment, or one byte. */
static size_t literal_size(struct text sql, size_t at)
{
	static const struct {
		const char *open, *close;
	} kinds[] = { { "'", "'" }, { "\"", "\"" }, { "`", "`" }, { "[", "]" }, { "--", "\n" }, { "/*", "*/" }, { "::", "" } };
	struct text rest = text_slice(sql, at, sql.size);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!text_starts(rest, kinds[i].open))
			continue;
		size_t opened = strlen(kinds[i].open);
		size_t closed = text_find(text_slice(rest, opened, rest.size), text_from(kinds[i].close));
		size_t size = opened + closed + strlen(kinds[i].close);
		return size < rest.size ? size : rest.size;
	}
	return 1;
}

/* How far no quotation, comment or name can begin. */
static size_t plain_size(struct text sql, size_t at)
{
	static const bool begins[256] = {
		[':'] = true, ['\''] = true, ['"'] = true, ['`'] = true, ['['] = true, ['-'] = true, ['/'] = true,
	};
	size_t end = at;
	while (end < sql.size && !begins[(unsigned char)sql.at[end]])
		end++;
	return end - at;
}

bool site_rows_bind(struct diag *diag, struct text sql, struct span span, struct site_row row, struct buf *out)
{
	bool is_good = true;
	for (size_t at = 0; at < sql.size;) {
		size_t plain = plain_size(sql, at), end = at + 1;
		buf_text(out, text_slice(sql, at, plain));
		at += plain;
		if (plain)
			continue;
		while (sql.at[at] == ':' && end < sql.size && is_name_byte(sql.at[end]))
			end++;
		if (end == at + 1) {
			size_t size = literal_size(sql, at);
			buf_text(out, text_slice(sql, at, size));
			at += size;
			continue;
		}
		int column = site_rows_column(diag, row.rows, text_slice(sql, at + 1, end - at - 1), span);
		if (column >= 0) {
			struct datum datum = { .kind = DATUM_ROW, .rows = row.rows, .row = row.row }, value;
			datum_find(&datum, row.rows->names[column], &value);
			sql_value(out, &value);
		}
		is_good = is_good && column >= 0;
		at = end;
	}
	return is_good;
}

/* ---- paths ----------------------------------------------------------------------- */

static bool is_plain_part(struct text part)
{
	for (size_t i = 0; i < part.size; i++)
		if (!is_name_byte(part.at[i]) && part.at[i] != '-')
			return false;
	return part.size > 0 && part.size <= 100;
}

static bool add_column(struct diag *diag, struct text name, struct span span, struct site_row row, struct buf *out)
{
	int column = site_rows_column(diag, row.rows, name, span);
	if (column < 0)
		return false;
	const struct value *value = value_of(row, column);
	if (value->kind == VALUE_NULL)
		DIAG(diag, DIAG_SITE_COLUMN_NULL, .span = span, .a = name);
	else if (!is_plain_part(value->text))
		DIAG(diag, DIAG_SITE_PATH_WRONG, .span = span, .a = value->text, .b = TEXT("a-z 0-9 - _"));
	else
		buf_text(out, value->text);
	return value->kind != VALUE_NULL && is_plain_part(value->text);
}

bool site_rows_path(struct diag *diag, struct text path, struct span span, struct site_row row, struct buf *out)
{
	bool is_good = true;
	for (size_t at = 0; at < path.size;) {
		size_t end = at + text_find(text_slice(path, at, path.size), TEXT("}"));
		if (path.at[at] != '{' || end >= path.size) {
			buf_byte(out, path.at[at++]);
			continue;
		}
		is_good &= add_column(diag, text_slice(path, at + 1, end - at - 1), span, row, out);
		at = end + 1;
	}
	return is_good;
}

/* ---- shares ------------------------------------------------------------------------- */

struct site_shares site_rows_share(struct arena *arena, const struct rows *rows, size_t column)
{
	size_t width = rows->column_count, groups = 0;
	struct site_shares shares = { .rows = *rows };
	uint32_t *group_of = ARENA_ARRAY(arena, uint32_t, rows->row_count);
	for (size_t i = 0; i < rows->row_count; i++) {
		group_of[i] = map_add(&shares.groups, rows->values[i * width + column].text, (uint32_t)groups);
		groups += group_of[i] == groups;
	}
	shares.starts = ARENA_ARRAY(arena, size_t, groups + 1);
	for (size_t i = 0; i < rows->row_count; i++)
		shares.starts[group_of[i] + 1]++;
	for (size_t i = 0; i < groups; i++)
		shares.starts[i + 1] += shares.starts[i];
	size_t *next = ARENA_ARRAY(arena, size_t, groups + 1);
	if (groups)
		memcpy(next, shares.starts, groups * sizeof *next);
	shares.rows.values = ARENA_ARRAY(arena, struct value, rows->row_count * width);
	for (size_t i = 0; i < rows->row_count; i++)
		memcpy(&shares.rows.values[next[group_of[i]]++ * width], &rows->values[i * width], width * sizeof(struct value));
	return shares;
}

struct rows site_rows_of(const struct site_shares *shares, struct text value)
{
	struct rows rows = shares->rows;
	const uint32_t *group = map_find(&shares->groups, value);
	rows.row_count = group ? shares->starts[*group + 1] - shares->starts[*group] : 0;
	if (group)
		rows.values += shares->starts[*group] * rows.column_count;
	return rows;
}

void site_rows_forget(struct site_shares *shares)
{
	map_clear(&shares->groups);
}
