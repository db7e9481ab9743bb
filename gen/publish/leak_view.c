/* SPDX-License-Identifier: MIT */
#include "publish/leak_view.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "publish/leak_bytes.h"
#include "publish/leak_piece.h"

void leak_view_init(struct leak_view *view)
{
	*view = (struct leak_view){ 0 };
	buf_init(&view->bytes, BUF_LIMIT_FILE);
}

void leak_view_clear(struct leak_view *view)
{
	buf_clear(&view->bytes);
	LIST_FREE(&view->marks);
}

static void reset(struct leak_view *view)
{
	buf_reset(&view->bytes);
	view->marks.count = 0;
}

static void add_mark(struct leak_view *view, size_t place)
{
	struct leak_mark mark = { view->bytes.size, place };
	LIST_PUSH(&view->marks, mark);
}

size_t leak_view_place(const struct leak_view *view, size_t offset)
{
	size_t first = 0, last = view->marks.count;
	while (last - first > 1) {
		size_t middle = first + (last - first) / 2;
		if (view->marks.at[middle].at <= offset)
			first = middle;
		else
			last = middle;
	}
	return view->marks.count ? view->marks.at[first].place + (offset - view->marks.at[first].at) : offset;
}

/* ---- digits ---------------------------------------------------------------------- */

static int hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* At most `most` digits of the base at the start of text; their count. */
static size_t read_digits(struct text text, uint32_t base, size_t most, uint32_t *number)
{
	size_t count = 0;
	for (*number = 0; count < most && count < text.size; count++) {
		int digit = hex_of(text.at[count]);
		if (digit < 0 || (uint32_t)digit >= base)
			break;
		*number = *number * base + (uint32_t)digit;
	}
	return count;
}

/* ---- escapes: each reader returns the bytes it took, 0 for none, and writes what they mean ---- */

static size_t write_character(struct buf *out, uint32_t character, size_t size)
{
	if (!character || character > 0x10FFFF || (character >= 0xD800 && character < 0xE000))
		return 0;
	if (!utf8_is_invisible(character))
		utf8_write(out, character);
	return size;
}

static const struct {
	const char *name, *meaning;
} entities[] = {
	{ "amp;", "&" }, { "lt;", "<" }, { "gt;", ">" }, { "quot;", "\"" }, { "apos;", "'" }, { "nbsp;", " " },
	{ "commat;", "@" }, { "period;", "." }, { "lowbar;", "_" }, { "hyphen;", "-" }, { "dash;", "-" },
	{ "sol;", "/" }, { "colon;", ":" }, { "comma;", "," }, { "lpar;", "(" }, { "rpar;", ")" },
	{ "num;", "#" }, { "percnt;", "%" }, { "plus;", "+" }, { "equals;", "=" }, { "bsol;", "\\" },
	{ "shy;", "" }, { "zwnj;", "" }, { "zwj;", "" }, { "ZeroWidthSpace;", "" }, { "middot;", "·" },
};

static size_t read_entity(struct text text, struct buf *out)
{
	uint32_t number;
	if (text.size > 3 && text.at[1] == '#') {
		bool is_hex = (text.at[2] | 0x20) == 'x';
		size_t start = is_hex ? 3 : 2;
		size_t count = read_digits(text_slice(text, start, text.size), is_hex ? 16 : 10, 8, &number);
		size_t end = start + count;
		return count ? write_character(out, number, end + (end < text.size && text.at[end] == ';')) : 0;
	}
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (text_starts(text_slice(text, 1, text.size), entities[i].name)) {
			buf_string(out, entities[i].meaning);
			return 1 + strlen(entities[i].name);
		}
	return 0;
}

static size_t read_percent(struct text text, struct buf *out)
{
	uint32_t number;
	if (read_digits(text_slice(text, 1, text.size), 16, 2, &number) != 2)
		return 0;
	buf_byte(out, (char)number);
	return 3;
}

/* \u4e2d, a pair of surrogates, \u{4e2d}. */
static size_t read_unicode(struct text text, struct buf *out)
{
	uint32_t number, low;
	struct text rest = text_slice(text, 2, text.size);
	if (text_starts(rest, "{")) {
		size_t count = read_digits(text_slice(rest, 1, rest.size), 16, 6, &number);
		bool closes = count && count + 1 < rest.size && rest.at[count + 1] == '}';
		return closes ? write_character(out, number, count + 4) : 0;
	}
	if (read_digits(rest, 16, 4, &number) != 4)
		return 0;
	struct text second = text_slice(rest, 4, rest.size);
	if (number >= 0xD800 && number < 0xDC00 && text_starts(second, "\\u") &&
	    read_digits(text_slice(second, 2, 4), 16, 4, &low) == 4 && low >= 0xDC00 && low < 0xE000)
		return write_character(out, 0x10000 + ((number - 0xD800) << 10) + (low - 0xDC00), 12);
	return write_character(out, number, 6);
}

static size_t read_backslash(struct text text, struct buf *out)
{
	uint32_t number;
	if (text.size < 2)
		return 0;
	if (text.at[1] == 'u')
		return read_unicode(text, out);
	struct text rest = text_slice(text, 1, text.size);
	if (text.at[1] == 'x' && read_digits(text_slice(text, 2, 2), 16, 2, &number) == 2) {
		buf_byte(out, (char)number);
		return 4;
	}
	size_t count = read_digits(rest, 16, 6, &number);
	if (count >= 4)
		return write_character(out, number, 1 + count + (1 + count < text.size && text.at[1 + count] == ' '));
	if (count == 3 && read_digits(rest, 8, 3, &number) == 3) {
		buf_byte(out, (char)number);
		return 4;
	}
	if (!strchr("\"\\/'()[]{}@.-_", text.at[1]))
		return 0;
	buf_byte(out, text.at[1]);
	return 2;
}

static size_t read_quotes(struct text text, struct buf *out)
{
	/* an escaped quote within a cell, and not alt="" */
	bool is_cell = text.size > 2 && text.at[1] == '"' && text.at[2] != '>' && text.at[2] != ' ' &&
	               text.at[2] != '/';
	if (!is_cell)
		return 0;
	buf_byte(out, '"');
	return 2;
}

static size_t read_escape(struct text text, struct buf *out)
{
	switch (text.at[0]) {
	case '&': return read_entity(text, out);
	case '%': return read_percent(text, out);
	case '\\': return read_backslash(text, out);
	default: return read_quotes(text, out);
	}
}

/* What an escape at `from` needs before it: the rest of the last stretch, a gap, the surroundings. */
struct stretch {
	size_t done, wanted; /* copied so far; to be copied behind the last escape */
};

static void copy(struct leak_view *view, struct text bytes, struct stretch *stretch, size_t to)
{
	if (to > stretch->done)
		buf_text(&view->bytes, text_slice(bytes, stretch->done, to - stretch->done));
	stretch->done = to;
}

static void lead_up(struct leak_view *view, struct text bytes, struct stretch *stretch, size_t place, size_t margin)
{
	size_t from = place > margin ? place - margin : 0;
	if (!view->marks.count || from > stretch->wanted) {
		copy(view, bytes, stretch, stretch->wanted);
		if (view->marks.count)
			buf_byte(&view->bytes, '\1'); /* no value goes on over the gap */
		stretch->done = from;
		add_mark(view, from);
	}
	copy(view, bytes, stretch, place);
}

bool leak_view_escapes(struct leak_view *view, struct text bytes, size_t margin)
{
	struct stretch stretch = { 0, 0 };
	struct buf meaning;
	reset(view);
	buf_init(&meaning, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < bytes.size;) {
		i = leak_bytes_escape(bytes, i);
		if (i == bytes.size)
			break;
		buf_reset(&meaning);
		size_t taken = read_escape(text_slice(bytes, i, bytes.size), &meaning);
		if (!taken) {
			i++;
			continue;
		}
		lead_up(view, bytes, &stretch, i, margin);
		buf_text(&view->bytes, buf_view(&meaning));
		i += taken;
		stretch.done = i;
		stretch.wanted = bytes.size - i > margin ? i + margin : bytes.size;
		add_mark(view, i);
	}
	if (view->marks.count)
		copy(view, bytes, &stretch, stretch.wanted);
	buf_clear(&meaning);
	return view->marks.count > 0;
}

/* ---- markup ------------------------------------------------------------------------ */

/* Elements that stand within a line; SVG's and XLSX's, too. */
static const struct text names[] = {
	TEXT_INIT("a"), TEXT_INIT("abbr"), TEXT_INIT("b"), TEXT_INIT("bdi"), TEXT_INIT("bdo"), TEXT_INIT("cite"),
	TEXT_INIT("code"), TEXT_INIT("em"), TEXT_INIT("font"), TEXT_INIT("i"), TEXT_INIT("mark"), TEXT_INIT("q"),
	TEXT_INIT("r"), TEXT_INIT("rb"), TEXT_INIT("rp"), TEXT_INIT("rt"), TEXT_INIT("ruby"), TEXT_INIT("s"),
	TEXT_INIT("small"), TEXT_INIT("span"), TEXT_INIT("strong"), TEXT_INIT("sub"), TEXT_INIT("sup"),
	TEXT_INIT("t"), TEXT_INIT("tspan"), TEXT_INIT("u"), TEXT_INIT("var"), TEXT_INIT("wbr"),
};
enum { NAMES = sizeof names / sizeof *names, NAME_MOST = 6 };
/* By letter, the first that begins with it; NAMES: none does. */
static const unsigned char first_names[26] = {
	0, 2, 5, NAMES, 7, 8, NAMES, NAMES, 9, NAMES, NAMES, NAMES, 10, NAMES, NAMES, NAMES, 11, 12, 17, 23, 25, 26,
	27, NAMES, NAMES, NAMES,
};

/* Does the tag (behind its '<') stand within a line, so that words go on over it? */
static bool is_inline(struct text tag)
{
	if (tag.size && tag.at[0] == '!')
		return text_starts(tag, "!--");
	size_t start = tag.size && tag.at[0] == '/', size = 0;
	while (start + size < tag.size && (tag.at[start + size] | 0x20) >= 'a' && (tag.at[start + size] | 0x20) <= 'z')
		size++;
	if (!size || size > NAME_MOST)
		return false;
	const char first = tag.at[start];
	for (size_t i = first >= 'a' ? first_names[first - 'a'] : NAMES; i < NAMES && names[i].at[0] == first; i++)
		if (names[i].size == size && memcmp(names[i].at, tag.at + start, size) == 0)
			return true;
	return false;
}

static size_t end_of_tag(struct text bytes, size_t at)
{
	struct text rest = text_slice(bytes, at, bytes.size);
	const char *closing = rest.size > 1 && rest.at[1] == '!' && text_starts(rest, "<!--") ? "-->" : ">";
	if (closing[0] == '>') {
		const char *end = memchr(rest.at, '>', rest.size);
		return end ? at + (size_t)(end - rest.at) + 1 : bytes.size;
	}
	size_t end = text_find(rest, text_from(closing));
	return end >= rest.size ? bytes.size : at + end + strlen(closing);
}

bool leak_view_markup(struct leak_view *view, struct text bytes)
{
	reset(view);
	bool has_inline = false;
	for (size_t at = 0; at < bytes.size;) {
		const char *tag = memchr(bytes.at + at, '<', bytes.size - at);
		size_t start = tag ? (size_t)(tag - bytes.at) : bytes.size;
		add_mark(view, at);
		buf_text(&view->bytes, text_slice(bytes, at, start - at));
		at = start < bytes.size ? end_of_tag(bytes, start) : start;
		bool joins = is_inline(text_slice(bytes, start + 1, at - start));
		has_inline |= joins;
		if (!joins)
			buf_byte(&view->bytes, '\n');
	}
	return has_inline;
}

/* ---- runs of digits ------------------------------------------------------------------ */

/* 1 + the six bits that the character stands for, 0 for none. */
static const unsigned char sixes[256] = {
	['A'] = 1, ['B'] = 2, ['C'] = 3, ['D'] = 4, ['E'] = 5, ['F'] = 6, ['G'] = 7, ['H'] = 8, ['I'] = 9, ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13,
	['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24, ['Y'] = 25,
	['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37,
	['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48, ['w'] = 49,
	['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61,
	['9'] = 62, ['+'] = 63, ['-'] = 63, ['/'] = 64, ['_'] = 64,
};
static const unsigned char fours[256] = {
	['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

/* Decodes a run from its character `skip` on; line ends within are no digits. */
static void decode(struct buf *out, struct text run, size_t skip, const unsigned char digits[256], unsigned width)
{
	char block[1024];
	uint32_t bits = 0;
	unsigned count = 0;
	size_t size = 0;
	for (size_t i = 0; i < run.size; i++) {
		unsigned char digit = digits[(unsigned char)run.at[i]];
		if (!digit)
			continue;
		if (skip) {
			skip--;
			continue;
		}
		bits = bits << width | (digit - 1u);
		count += width;
		if (count >= 8) {
			count -= 8;
			block[size++] = (char)(bits >> count);
		}
		if (size == sizeof block - 1) {
			buf_add(out, block, size);
			size = 0;
		}
	}
	block[size++] = '\0';
	buf_add(out, block, size);
}

/* The end of a run that has `start` within; a run of many digits goes on in the next line. */
static size_t end_of_run(struct text bytes, size_t start, const unsigned char digits[256])
{
	size_t at = start;
	for (size_t line = at;; line = at) {
		while (at < bytes.size && digits[(unsigned char)bytes.at[at]])
			at++;
		size_t next = at;
		while (next < bytes.size && next < at + 2 && (bytes.at[next] == '\n' || bytes.at[next] == '\r'))
			next++;
		bool goes_on = next > at && next < bytes.size && digits[(unsigned char)bytes.at[next]];
		if (at - line < LEAK_RUN_LEAST || !goes_on)
			return at;
		at = next;
	}
}

static bool view_runs(struct leak_view *view, struct text bytes, enum leak_digits kind)
{
	const unsigned char *digits = kind == LEAK_SIXES ? sixes : fours;
	const unsigned width = kind == LEAK_SIXES ? 6 : 4;
	reset(view);
	for (size_t start = 0, end; start < bytes.size; start = end) {
		start = leak_bytes_run(bytes, start, kind);
		if (start == bytes.size)
			break;
		end = end_of_run(bytes, start, digits);
		struct text run = text_slice(bytes, start, end - start);
		if (view->known && leak_pieces_had_run(view->known, view->number, run))
			continue;
		if (!view->bytes.size) { /* before the first as before every other */
			add_mark(view, start);
			buf_byte(&view->bytes, '\0');
		}
		for (size_t skip = 0; skip < 24 / width / (width == 4 ? 3 : 1); skip++) {
			add_mark(view, start);
			decode(&view->bytes, run, skip, digits, width);
		}
	}
	return view->marks.count > 0;
}

bool leak_view_base64(struct leak_view *view, struct text bytes)
{
	return view_runs(view, bytes, LEAK_SIXES);
}

bool leak_view_hex(struct leak_view *view, struct text bytes)
{
	return view_runs(view, bytes, LEAK_FOURS);
}
