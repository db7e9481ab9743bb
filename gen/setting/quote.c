/* SPDX-License-Identifier: MIT */
#include "setting/quote.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/utf8.h"
#include "setting/class.h"

enum { KINDS = 2, MARK_LIMIT = 1 << 24 };

/* A straight quote and what stands beside it; 0: the paragraph's or the line's edge. */
struct mark {
	size_t piece, offset, line;
	uint32_t before, after;             /* its neighbours */
	uint32_t before_blank, after_blank; /* the same, blanks skipped */
	const char *shown;                  /* NULL: as it was typed */
	char byte;
};

struct marks {
	LIST(struct mark) list;
};

static bool has_quotes(struct text text)
{
	return text.size && (memchr(text.at, '"', text.size) || memchr(text.at, '\'', text.size));
}

static bool may_curl(const struct piece *piece)
{
	return !piece->is_code && !piece->is_note_mark;
}

static bool is_blank(uint32_t character)
{
	return character == 0 || class_of(character) == BOX_SPACE || class_of(character) == BOX_NEWLINE;
}

static bool is_digit(uint32_t character)
{
	return character >= '0' && character <= '9';
}

static bool is_latin(uint32_t character)
{
	return is_digit(character) || ((character | 0x20) >= 'a' && (character | 0x20) <= 'z');
}

/* Han and the marks that are as wide, — and … too. */
static bool is_chinese(uint32_t character)
{
	enum box_class class = class_of(character);
	return utf8_width(character) == 2 || (character >= 0x2014 && !class_is_latin(class) && !is_blank(character));
}

/* ---- reading ------------------------------------------------------------------------ */

/* A character of the paragraph, as its quotes see it. */
struct reading {
	struct marks *marks;
	size_t piece, waiting, line; /* waiting: the first mark that has met no more than blanks since */
	uint32_t before, before_blank;
	bool is_mark_last;
};

static void read_character(struct reading *reading, uint32_t character, size_t offset, bool may_be_mark)
{
	struct marks *marks = reading->marks;
	bool is_edge = class_of(character) == BOX_NEWLINE;
	uint32_t seen = is_edge ? 0 : character;
	if (reading->is_mark_last)
		marks->list.at[marks->list.count - 1].after = seen;
	for (; reading->waiting < marks->list.count && (is_edge || !is_blank(character)); reading->waiting++)
		marks->list.at[reading->waiting].after_blank = seen;
	reading->is_mark_last = may_be_mark && (character == '"' || character == '\'');
	if (reading->is_mark_last)
		LIST_PUSH(&marks->list, ((struct mark){
			.piece = reading->piece, .offset = offset, .line = reading->line, .byte = (char)character,
			.before = reading->before, .before_blank = reading->before_blank }));
	reading->before = seen;
	if (is_edge || !is_blank(character))
		reading->before_blank = seen;
	reading->line += is_edge;
}

static void marks_find(struct marks *marks, const struct piece *pieces, size_t piece_count)
{
	struct reading reading = { .marks = marks };
	for (; reading.piece < piece_count; reading.piece++) {
		const struct piece *piece = &pieces[reading.piece];
		for (size_t offset = 0; offset < piece->text.size;) {
			size_t start = offset;
			uint32_t character = utf8_next(piece->text, &offset);
			read_character(&reading, character, start, may_curl(piece));
		}
	}
}

/* ---- pairing ------------------------------------------------------------------------ */

static bool is_apostrophe(const struct mark *mark)
{
	return mark->byte == '\'' && is_latin(mark->before) && is_latin(mark->after);
}

/* 19" is a measure, and a quote does not begin before a blank. */
static bool may_open(const struct mark *mark)
{
	return !is_digit(mark->before) && !is_blank(mark->after);
}

static bool are_chinese(const struct mark *open, const struct mark *close)
{
	if (is_chinese(open->after) || is_chinese(close->before))
		return true;
	uint32_t left = open->before_blank, right = close->after_blank;
	return (left || right) && (!left || is_chinese(left)) && (!right || is_chinese(right));
}

static bool is_empty(const struct mark *open, const struct mark *close)
{
	return open->piece == close->piece && open->offset + 1 == close->offset;
}

static void marks_pair(struct marks *marks)
{
	static const char *const shown[KINDS][2] = { { "“", "”" }, { "‘", "’" } };
	struct mark *open[KINDS] = { NULL, NULL };
	for (size_t i = 0; i < marks->list.count; i++) {
		struct mark *mark = &marks->list.at[i];
		int kind = mark->byte == '\'';
		if (is_apostrophe(mark))
			continue;
		if (open[kind] && open[kind]->line != mark->line)
			open[kind] = NULL;
		if (open[kind] && !is_blank(mark->before)) {
			if (!is_empty(open[kind], mark) && are_chinese(open[kind], mark)) {
				open[kind]->shown = shown[kind][0];
				mark->shown = shown[kind][1];
			}
			open[kind] = NULL;
		} else {
			open[kind] = may_open(mark) ? mark : NULL;
		}
	}
}

/* ---- showing ------------------------------------------------------------------------ */

static struct text text_shown(struct arena *arena, struct text text, const struct mark *marks, size_t count)
{
	struct buf buf;
	buf_init(&buf, MARK_LIMIT);
	size_t from = 0;
	for (size_t i = 0; i < count; i++) {
		if (!marks[i].shown)
			continue;
		buf_text(&buf, text_slice(text, from, marks[i].offset - from));
		buf_string(&buf, marks[i].shown);
		from = marks[i].offset + 1;
	}
	buf_text(&buf, text_slice(text, from, text.size));
	struct text made = buf.overflowed || from == 0 ? text : text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return made;
}

const struct piece *quotes_curl(struct arena *arena, const struct piece *pieces, size_t piece_count)
{
	size_t first = 0;
	while (first < piece_count && !(may_curl(&pieces[first]) && has_quotes(pieces[first].text)))
		first++;
	if (first == piece_count)
		return pieces;
	struct marks marks = { 0 };
	marks_find(&marks, pieces, piece_count);
	marks_pair(&marks);
	struct piece *shown = ARENA_ARRAY(arena, struct piece, piece_count);
	memcpy(shown, pieces, piece_count * sizeof *shown);
	for (size_t i = 0, end; i < marks.list.count; i = end) {
		for (end = i + 1; end < marks.list.count && marks.list.at[end].piece == marks.list.at[i].piece;)
			end++;
		struct piece *piece = &shown[marks.list.at[i].piece];
		piece->text = text_shown(arena, piece->text, &marks.list.at[i], end - i);
	}
	LIST_FREE(&marks.list);
	return shown;
}

struct text quotes_curl_text(struct arena *arena, struct text text)
{
	const struct piece piece = { .text = text };
	return has_quotes(text) ? quotes_curl(arena, &piece, 1)->text : text;
}
