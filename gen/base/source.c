/* SPDX-License-Identifier: MIT */
#include "base/source.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/plain.h"
#include "base/utf8.h"

enum { ROOTS_MOST = 8 };

/* How far a file has been counted: complaints come sorted, so neither lines nor the columns of a long line are counted twice. */
struct count {
	size_t offset, line_start, line_end; /* line_end 0: not looked for yet */
	uint32_t line, column;               /* of offset */
};
#define COUNT_START ((struct count){ .line = 1, .column = 1 })

struct root {
	struct text name, folder; /* "data", and the same as typed, without slashes at its end */
};

/* Two a file: complaints that also show an earlier place ask for one and the other in turn. */
struct counts {
	struct count at[2];
};

struct sources {
	struct arena *arena;
	struct root roots[ROOTS_MOST];
	size_t root_count;
	LIST(struct source) files;
	size_t kept, kept_most; /* bytes of texts that could be let go */
	bool are_hashed;        /* before they are let go */
	struct counts *counts; /* by file, with the files' capacity */
};

#define CONTEXT 80 /* characters of a line shown on each side of the place */
#define MARKED_MOST 400 /* characters of the place itself: it may be a paragraph of a megabyte */

struct sources *sources_new(struct arena *arena)
{
	struct sources *sources = ARENA_NEW(arena, struct sources);
	sources->arena = arena;
	sources->kept_most = SOURCES_KEPT;
	return sources;
}

void sources_root(struct sources *sources, const char *name, const char *folder)
{
	struct text typed = text_from(folder);
	while (typed.size && typed.at[typed.size - 1] == '/')
		typed.size--;
	assert(sources->root_count < ROOTS_MOST);
	sources->roots[sources->root_count++] = (struct root){ text_from(name), text_copy(sources->arena, typed) };
}

static bool is_in(struct text path, struct text folder)
{
	return text_equal(text_slice(path, 0, folder.size), folder) && (path.size == folder.size || path.at[folder.size] == '/');
}

/* Of folders within each other the inner one. */
static const struct root *find_root(const struct sources *sources, struct text path)
{
	const struct root *found = NULL;
	for (size_t i = 0; i < sources->root_count; i++)
		if (is_in(path, sources->roots[i].folder) && (!found || sources->roots[i].folder.size > found->folder.size))
			found = &sources->roots[i];
	return found;
}

struct text sources_inside(const struct sources *sources, struct text path)
{
	const struct root *root = path.size ? find_root(sources, path) : NULL;
	if (!root)
		return path;
	struct text rest = text_slice(path, root->folder.size, path.size);
	while (rest.size && rest.at[0] == '/')
		rest = text_slice(rest, 1, rest.size);
	return text_format(sources->arena, "%.*s%s%.*s", TEXT_ARGS(root->name), rest.size ? "/" : "", TEXT_ARGS(rest));
}

static struct text last_part(struct text path)
{
	size_t slash = path.size;
	while (slash && path.at[slash - 1] != '/')
		slash--;
	return text_slice(path, slash, path.size);
}

/* The list lives in the arena: files are few, so the doubling waste does not matter. */
uint32_t sources_add(struct sources *sources, struct text name, struct text text, const char *encoding)
{
	if (sources->files.count == sources->files.capacity) {
		size_t capacity = sources->files.capacity ? sources->files.capacity * 2 : 64;
		struct source *grown = ARENA_ARRAY(sources->arena, struct source, capacity);
		struct counts *counts = ARENA_ARRAY(sources->arena, struct counts, capacity);
		if (sources->files.count) {
			memcpy(grown, sources->files.at, sources->files.count * sizeof *grown);
			memcpy(counts, sources->counts, sources->files.count * sizeof *counts);
		}
		sources->files.at = grown;
		sources->counts = counts;
		sources->files.capacity = capacity;
	}
	sources->counts[sources->files.count] = (struct counts){ { COUNT_START, COUNT_START } };
	struct source *source = &sources->files.at[sources->files.count++];
	*source = (struct source){ .name = text_copy(sources->arena, name), .text = text, .encoding = encoding };
	source->inside = find_root(sources, source->name) ? sources_inside(sources, source->name) : last_part(source->name);
	return (uint32_t)sources->files.count;
}

void sources_set_hash(struct sources *sources, uint32_t number, const char hash[65])
{
	if (!number || number > sources->files.count)
		return;
	sources->files.at[number - 1].is_file = true;
	sources->files.at[number - 1].hash = hash ? text_string(sources->arena, text_from(hash)) : NULL;
}

void sources_set_marked(struct sources *sources, uint32_t number)
{
	sources_set_hash(sources, number, NULL);
	sources->files.at[number - 1].is_marked = true;
}

/* Of a file whose text is there and whose hash is not known. */
static void hash_text(const struct source *source, char hash[65])
{
	struct hash sum;
	hash_init(&sum);
	if (source->is_marked)
		hash_add(&sum, TEXT("\xEF\xBB\xBF"));
	hash_add(&sum, source->text);
	hash_finish(&sum, hash);
}

bool sources_hash(const struct sources *sources, uint32_t number, char hash[65])
{
	const struct source *source = sources_find(sources, number);
	if (!source)
		return false;
	const bool was_gone = source->is_gone; /* else somebody still reads it */
	if (source->hash)
		memcpy(hash, source->hash, 65);
	if (source->is_file && !source->hash) {
		sources_borrow(sources, number);
		hash_text(source, hash);
		if (was_gone)
			sources_give_back(sources, number);
	}
	return source->is_file && !source->is_lost;
}

/* ---- texts that are let go ----------------------------------------------------- */

void sources_set_again(struct sources *sources, uint32_t number, struct source_again again)
{
	sources->files.at[number - 1].again = again;
}

uint32_t sources_add_unread(struct sources *sources, struct text name, bool is_marked, const char hash[65],
			    struct source_again again)
{
	uint32_t number = sources_add(sources, name, NO_TEXT, is_marked ? "UTF-8 BOM" : "UTF-8");
	sources_set_hash(sources, number, hash);
	sources->files.at[number - 1].is_marked = is_marked;
	sources->files.at[number - 1].again = again;
	sources->files.at[number - 1].is_gone = true;
	return number;
}

void sources_hash_all(struct sources *sources)
{
	sources->are_hashed = true;
}

void sources_keep(struct sources *sources, size_t size)
{
	sources->kept_most = size;
}

static void let_go(struct source *source)
{
	source->again.release(source->again.context);
	source->text = NO_TEXT;
	source->is_gone = true;
}

void sources_let_go(struct sources *sources, uint32_t number)
{
	struct source *source = &sources->files.at[number - 1];
	if (!source->again.read)
		return;
	source->is_kept = source->text.size + sources->kept <= sources->kept_most;
	if (source->is_kept) {
		sources->kept += source->text.size;
		return;
	}
	if (sources->are_hashed && source->is_file && !source->hash) {
		char hash[65];
		hash_text(source, hash);
		source->hash = text_string(sources->arena, text_from(hash));
	}
	let_go(source);
}

struct text sources_borrow(const struct sources *sources, uint32_t number)
{
	if (!number || number > sources->files.count)
		return NO_TEXT;
	struct source *source = &sources->files.at[number - 1];
	if (source->is_gone && !source->is_lost) {
		source->is_lost = !source->again.read(source->again.context, &source->text);
		source->is_gone = source->is_lost;
	}
	return source->text;
}

void sources_give_back(const struct sources *sources, uint32_t number)
{
	struct source *source = number && number <= sources->files.count ? &sources->files.at[number - 1] : NULL;
	if (source && source->again.read && !source->is_kept && !source->is_gone)
		let_go(source);
}

struct text sources_text(const struct sources *sources, uint32_t number)
{
	struct text text = sources_borrow(sources, number);
	if (number && number <= sources->files.count)
		sources->files.at[number - 1].is_kept = true;
	return text;
}

const struct source *sources_find(const struct sources *sources, uint32_t number)
{
	return number && number <= sources->files.count ? &sources->files.at[number - 1] : NULL;
}

uint32_t sources_count(const struct sources *sources)
{
	return (uint32_t)sources->files.count;
}

struct span span_of(const struct sources *sources, uint32_t number, struct text part)
{
	const struct source *source = sources_find(sources, number);
	struct span span = { .source = number };
	if (!source || !part.at || part.at < source->text.at || part.at > source->text.at + source->text.size)
		return span;
	span.start = (uint32_t)(part.at - source->text.at);
	span.end = span.start + (uint32_t)part.size;
	return span;
}

struct span span_join(struct span a, struct span b)
{
	if (a.source == b.source && b.end > a.end)
		a.end = b.end;
	return a;
}

struct text span_text(const struct sources *sources, struct span span)
{
	const struct source *source = sources_find(sources, span.source);
	if (!source || span.end < span.start)
		return NO_TEXT;
	return text_slice(sources_text(sources, span.source), span.start, span.end - span.start);
}

/* A line ends at LF, CRLF or a lone CR. */
static bool ends_line(struct text text, size_t i)
{
	return text.at[i] == '\n' || (text.at[i] == '\r' && (i + 1 == text.size || text.at[i + 1] != '\n'));
}

static size_t find_line_end(struct text text, size_t i)
{
	while (i < text.size && text.at[i] != '\n' && text.at[i] != '\r')
		i++;
	return i;
}

static bool starts_character(char byte)
{
	return ((unsigned char)byte & 0xC0) != 0x80;
}

/* The first LF or CR in [at, end), or end. */
static size_t find_feed(struct text text, size_t at, size_t end)
{
	const char *feed = memchr(text.at + at, '\n', end - at);
	end = feed ? (size_t)(feed - text.at) : end;
	const char *returned = memchr(text.at + at, '\r', end - at);
	return returned ? (size_t)(returned - text.at) : end;
}

/* Only of the line in which `start` lies the characters are counted: the lines before it are passed over at once. */
static void count_up_to(struct text text, size_t start, struct count *count)
{
	while (count->offset < start) {
		size_t feed = find_feed(text, count->offset, start), next = feed < start ? feed + 1 : start;
		if (feed < start && ends_line(text, feed)) {
			count->line++;
			count->column = 1;
			count->line_start = next;
			count->line_end = 0;
		} else {
			count->column += (uint32_t)utf8_count(text_slice(text, count->offset, next - count->offset));
		}
		count->offset = next;
	}
}

/* Goes on counting lines up to span.start, which must not lie before what was counted. */
static struct place count_on(const struct source *source, struct span span, struct count *count)
{
	struct text text = source->text;
	size_t start = span.start < text.size ? span.start : text.size;
	struct place place = { .file = source->name, .inside = source->inside, .length = 1 };
	count_up_to(text, start, count);
	if (!count->line_end)
		count->line_end = find_line_end(text, count->line_start);
	size_t line_end = count->line_end;
	place.line = count->line;
	place.line_text = text_slice(text, count->line_start, line_end - count->line_start);
	place.column = count->column;
	place.offset = start - count->line_start;
	size_t end = span.end < line_end ? span.end : line_end;
	if (end > start)
		place.length = (uint32_t)utf8_count(text_slice(text, start, end - start));
	if (place.length == 0)
		place.length = 1;
	return place;
}

/* Of the two the one that is nearest before `start`; where neither is, the earlier one begins again. */
static struct count *nearest(struct counts *counts, size_t start)
{
	struct count *early = &counts->at[counts->at[0].offset > counts->at[1].offset], *late = &counts->at[early == &counts->at[0]];
	if (late->offset <= start)
		return late;
	if (early->offset > start)
		*early = COUNT_START;
	return early;
}

/* In a text that is there. */
static struct place find_place(const struct sources *sources, struct span span)
{
	const struct source *source = sources_find(sources, span.source);
	struct place place = { .length = 1 };
	if (!source)
		return place;
	place.file = source->name;
	place.inside = source->inside;
	if (source->is_lost)
		return place;
	return count_on(source, span, nearest(&sources->counts[span.source - 1], span.start));
}

void places_of(const struct sources *sources, const struct span *spans, struct place *places, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		sources_text(sources, spans[i].source);
		places[i] = find_place(sources, spans[i]);
	}
}

void places_copy(const struct sources *sources, const struct span *spans, struct place *places, size_t count,
		 struct arena *arena)
{
	struct text line = NO_TEXT, copy = NO_TEXT;
	for (size_t i = 0; i < count; i++) {
		places[i] = find_place(sources, spans[i]);
		if (places[i].line_text.at != line.at || places[i].line_text.size != line.size) {
			line = places[i].line_text;
			copy = line.at ? text_copy(arena, line) : NO_TEXT;
		}
		places[i].line_text = copy;
	}
}

struct place place_of(const struct sources *sources, struct span span)
{
	struct place place;
	places_of(sources, &span, &place, 1);
	return place;
}

/* ---- cells -------------------------------------------------------------------- */

void sources_set_cells(struct sources *sources, uint32_t number, cells_find *find, const void *table)
{
	if (!number || number > sources->files.count)
		return;
	sources->files.at[number - 1].find_cells = find;
	sources->files.at[number - 1].table = table;
}

void sheet_cells_of(const struct sources *sources, const struct span *spans, struct sheet_cell *cells, size_t count)
{
	memset(cells, 0, count * sizeof *cells);
	for (size_t start = 0, end; start < count; start = end) {
		const struct source *source = sources_find(sources, spans[start].source);
		for (end = start + 1; end < count && spans[end].source == spans[start].source; end++)
			;
		if (source && source->find_cells)
			source->find_cells(source->table, spans + start, cells + start, end - start);
	}
}

void sheet_column_write(struct buf *buf, uint32_t column)
{
	char letters[8];
	size_t at = sizeof letters;
	for (uint32_t rest = column; rest > 0; rest = (rest - 1) / 26)
		letters[--at] = (char)('A' + (rest - 1) % 26);
	buf_text(buf, (struct text){ letters + at, sizeof letters - at });
}

void sheet_cell_write(struct buf *buf, const struct sheet_cell *cell)
{
	if (!cell->row)
		return;
	sheet_column_write(buf, cell->column);
	buf_format(buf, "%u", cell->row);
	if (cell->last_column == cell->column)
		return;
	buf_byte(buf, ':');
	sheet_column_write(buf, cell->last_column);
	buf_format(buf, "%u", cell->row);
}

/* ---- the line with its caret ---------------------------------------------------- */

/* Where the column `column`, at or before that of the place, starts in its line. */
static size_t offset_of(const struct place *place, size_t column)
{
	size_t offset = place->offset < place->line_text.size ? place->offset : place->line_text.size;
	for (size_t left = place->column - column; left && offset; left -= starts_character(place->line_text.at[offset]))
		offset--;
	return offset;
}

void place_write_caret(struct buf *buf, const struct place *place)
{
	size_t first = place->column > CONTEXT ? place->column - CONTEXT : 1;
	struct buf carets;
	buf_init(&carets, BUF_LIMIT_PAGE);
	buf_string(buf, first > 1 ? "    …" : "    ");
	buf_string(&carets, first > 1 ? "     " : "    ");
	size_t offset = offset_of(place, first), column = first;
	size_t end = place->column + (place->length < MARKED_MOST ? place->length : MARKED_MOST), last = end + CONTEXT;
	for (; offset < place->line_text.size && column < last; column++) {
		uint32_t character = utf8_next(place->line_text, &offset);
		bool marked = column >= place->column && column < end;
		bool is_tab = character == '\t';
		uint32_t shown = utf8_is_invisible(character) ? PLAIN_DOT : plain_character(character);
		if (is_tab)
			shown = character;
		utf8_write(buf, shown);
		if (marked || column < place->column) {
			int width = is_tab ? 1 : utf8_width(shown);
			char unmarked = is_tab ? '\t' : ' ';
			buf_repeat(&carets, marked ? '^' : unmarked, width ? (size_t)width : 1);
		}
	}
	if (column <= place->column)
		buf_byte(&carets, '^');
	buf_byte(buf, '\n');
	buf_text(buf, buf_view(&carets));
	buf_byte(buf, '\n');
	buf_clear(&carets);
}
