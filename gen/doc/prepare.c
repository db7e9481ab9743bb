/* SPDX-License-Identifier: MIT */
#include "doc/prepare.h"

#include "base/arena.h"
#include "base/utf8.h"

#define MARK "\xF4\x8F\xBF\xBD" /* U+10FFFD, VALUES_MARK */

const struct text prepared_mark = TEXT_INIT("<!--" MARK);

struct fence {
	char byte; /* '\0': outside */
	size_t size;
	size_t line;
};

/* ---- emphasis beside punctuation ----------------------------------------------- */

static bool is_punctuation(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ '!', '/' }, { ':', '@' }, { '[', '`' }, { '{', '~' }, { 0xA1, 0xBF }, { 0x2010, 0x205E }, { 0x3001, 0x3003 },
		{ 0x3008, 0x3020 }, { 0x3030, 0x3030 }, { 0xFE30, 0xFE6B }, { 0xFF01, 0xFF0F }, { 0xFF1A, 0xFF20 }, { 0xFF3B, 0xFF40 },
		{ 0xFF5B, 0xFF65 },
	};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

static bool is_blank(uint32_t c)
{
	return c == 0 || c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0x3000;
}

/* Copies a line; runs of "*" between punctuation and a letter get a mark on the punctuation's side. */
static void add_marked(struct buf *out, struct text line)
{
	if (!line.size || !memchr(line.at, '*', line.size)) {
		buf_text(out, line);
		return;
	}
	uint32_t before = 0;
	for (size_t at = 0; at < line.size;) {
		size_t start = at;
		uint32_t c = utf8_next(line, &at);
		if (c != '*') {
			buf_add(out, line.at + start, at - start);
			before = before == '\\' && c == '\\' ? 0 : c;
			continue;
		}
		while (at < line.size && line.at[at] == '*')
			at++;
		size_t peek = at;
		uint32_t after = at < line.size ? utf8_next(line, &peek) : 0;
		bool chinese = before >= 0x80 || after >= 0x80;
		if (chinese && !is_blank(after) && is_punctuation(before) && before != '\\')
			buf_string(out, MARK);
		buf_add(out, line.at + start, at - start);
		if (chinese && !is_blank(before) && is_punctuation(after))
			buf_string(out, MARK);
		before = '*';
	}
}

/* ---- lines ------------------------------------------------------------------------ */

static size_t fence_run(struct text line)
{
	size_t size = 0;
	while (size < line.size && (line.at[0] == '`' || line.at[0] == '~') && line.at[size] == line.at[0])
		size++;
	return size;
}

/* True when the line belongs to a fenced block (its first and last lines too). */
static bool in_fence(struct fence *fence, struct text line, size_t number)
{
	line = text_trim(line);
	size_t run = fence_run(line);
	if (fence->byte) {
		if (run >= fence->size && line.at[0] == fence->byte && run == line.size)
			fence->byte = '\0';
		return true;
	}
	if (run < 3 || (line.at[0] == '`' && text_contains(text_slice(line, run, line.size), TEXT("`"))))
		return false;
	*fence = (struct fence){ line.at[0], run, number };
	return true;
}

static bool is_mark_line(struct text line)
{
	return text_starts(line, ":::") || (text_starts(line, "---page") && text_ends(line, "---"));
}

/* "[^id]: rest" */
static bool is_note(struct text line, struct prepared_note *note)
{
	if (!text_starts(line, "[^"))
		return false;
	size_t close = text_find(line, TEXT("]:"));
	if (close == line.size || close == 2)
		return false;
	note->id = text_slice(line, 2, close - 2);
	note->text = text_trim(text_slice(line, close + 2, line.size));
	return true;
}

struct preparing {
	struct prepared *prepared;
	struct arena *arena;
	struct fence fence;
	struct buf note; /* text of the open note */
	size_t note_blank;
	bool in_note;
};

static void end_note(struct preparing *p)
{
	if (p->in_note) {
		struct prepared *prepared = p->prepared;
		prepared->notes.at[prepared->notes.count - 1].text = text_copy(p->arena, buf_view(&p->note));
	}
	p->in_note = false;
	buf_reset(&p->note);
}

/* Lines that start or continue a note; they leave an empty line behind. */
static bool take_note(struct preparing *p, struct text line, size_t number)
{
	struct prepared_note note = { .line = number };
	struct text trimmed = text_trim(line);
	bool indented = line.size && (line.at[0] == '\t' || text_starts(line, "  "));
	if (is_note(line, &note)) {
		end_note(p);
		LIST_PUSH(&p->prepared->notes, note);
		buf_text(&p->note, note.text);
		p->in_note = true;
		p->note_blank = 0;
	} else if (p->in_note && trimmed.size == 0) {
		p->note_blank++;
	} else if (p->in_note && indented) {
		buf_repeat(&p->note, '\n', 1 + p->note_blank);
		p->note_blank = 0;
		buf_text(&p->note, trimmed);
	} else {
		end_note(p);
		return false;
	}
	return true;
}

static void take_line(struct preparing *p, struct text line, size_t number)
{
	struct buf *out = &p->prepared->text;
	if (!p->fence.byte && take_note(p, line, number))
		return;
	if (in_fence(&p->fence, line, number)) {
		buf_text(out, line);
	} else if (is_mark_line(text_trim(line))) {
		buf_text(out, prepared_mark);
		buf_text(out, text_trim(line));
		buf_string(out, "-->");
	} else {
		add_marked(out, line);
	}
}

void prepared_init(struct prepared *prepared, struct arena *arena, struct text text)
{
	*prepared = (struct prepared){ .open_fence = 0 };
	buf_init(&prepared->text, BUF_LIMIT_PAGE);
	struct preparing p = { .prepared = prepared, .arena = arena };
	buf_init(&p.note, BUF_LIMIT_PAGE);
	struct text rest = text, line;
	for (size_t number = 0; text_next(&rest, '\n', &line); number++) {
		LIST_PUSH(&prepared->lines, (size_t)(line.at - text.at));
		take_line(&p, line, number);
		buf_byte(&prepared->text, '\n');
	}
	LIST_PUSH(&prepared->lines, text.size);
	end_note(&p);
	if (p.fence.byte)
		prepared->open_fence = p.fence.line + 1;
	buf_clear(&p.note);
}

void prepared_clear(struct prepared *prepared)
{
	buf_clear(&prepared->text);
	LIST_FREE(&prepared->lines);
	LIST_FREE(&prepared->notes);
}
