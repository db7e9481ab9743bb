/* SPDX-License-Identifier: MIT */
#include "compose/sql.h"

#include <limits.h>

#include "base/buf.h"

/* Is a comment ('-' to the line's end, '*' to its mark) or a quoted piece (its quote) over here? */
static bool ends(char state, char c, char next)
{
	if (state == '-')
		return c == '\n';
	if (state == '*')
		return c == '*' && next == '/';
	return state && c == state;
}

/* What may begin something. */
static const bool opens[UCHAR_MAX + 1] = {
	['\''] = true, ['"'] = true, ['`'] = true, ['['] = true, ['-'] = true, ['/'] = true,
};

/*
 * What the end of the text is inside of: 0 nothing, a quote, '-' a line comment, '*' a block comment.  All that was
 * written is looked through for each value, so what begins nothing is passed over first.
 */
static char inside(struct text sql)
{
	char state = 0;
	for (size_t i = 0; i < sql.size; i++) {
		if (state == 0 && !opens[(unsigned char)sql.at[i]])
			continue;
		char c = sql.at[i], next = i + 1 < sql.size ? sql.at[i + 1] : '\0';
		if (ends(state, c, next))
			i += state == '*', state = 0;
		else if (state == 0 && (c == '\'' || c == '"' || c == '`'))
			state = c;
		else if (state == 0 && c == '[')
			state = ']';
		else if (state == 0 && ((c == '-' && next == '-') || (c == '/' && next == '*')))
			i++, state = c == '-' ? '-' : '*';
	}
	return state;
}

static void add_doubled(struct buf *sql, struct text text, char quote)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] == '\0')
			continue;
		if (text.at[i] == quote)
			buf_byte(sql, quote);
		buf_byte(sql, text.at[i]);
	}
}

void sql_value(struct buf *sql, const struct datum *value)
{
	char state = inside(buf_view(sql));
	if (state == '-' || state == '*' || state == ']' || (state && value->kind == DATUM_NULL))
		return;
	if (state) {
		add_doubled(sql, value->text, state);
	} else if (value->kind == DATUM_NULL) {
		buf_string(sql, "null");
	} else if (value->kind == DATUM_NUMBER) {
		buf_text(sql, value->text);
	} else {
		buf_byte(sql, '\'');
		add_doubled(sql, value->text, '\'');
		buf_byte(sql, '\'');
	}
}
