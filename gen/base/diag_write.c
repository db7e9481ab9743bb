/* SPDX-License-Identifier: MIT
 *
 * The complaints as text, and what all forms of them share: entries, places, arguments.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag_columns.h"
#include "base/diag_heap.h"
#include "base/diag_place.h"
#include "base/personal.h"
#include "base/plain.h"
#include "base/utf8.h"

enum {
	LONGEST_TEXT = 80,     /* characters of offending text quoted */
	FIRST_PLACES = 3,      /* of equal complaints */
	/* Bytes of a line around a place in which personal numbers are looked for: more than is shown, so that none is cut. */
	LINE_BEFORE = DIAG_TEXT_MOST,
	LINE_BEHIND = 4 << 10,
};

static const char *const severity_words[][2] = {
	[SEVERITY_NOTE] = { "提示", "note" },
	[SEVERITY_WARNING] = { "警告", "warning" },
	[SEVERITY_ERROR] = { "错误", "error" },
	[SEVERITY_WORLD] = { "错误", "error" },
};

/* How it is asked for. */
struct writer {
	const struct diag *diag;
	struct arena *arena;     /* of this list */
	struct diag_sites sites;
	enum diag_format format;
	enum diag_language language;
	bool is_inside;   /* names inside their folders */
	bool is_terminal; /* arguments may not steer it */
};

/* One complaint, or equal ones, or those of one heap. */
struct entry {
	const struct diag_item *places[FIRST_PLACES]; /* the first is told */
	size_t place_count;
	size_t count; /* of them all */
	bool is_heap; /* each says something else: diag_heap.h */
};

static void write_plain(const struct writer *w, struct text text, struct buf *buf)
{
	if (w->is_terminal)
		plain_write(buf, text);
	else
		buf_text(buf, text);
}

/* ---- places ------------------------------------------------------------------------ */

static const struct diag_site *site_of(const struct writer *w, struct span span)
{
	return diag_site(&w->sites, span);
}

static struct text file_of(const struct writer *w, const struct diag_site *site)
{
	return w->is_inside ? site->place.inside : site->place.file;
}

/* "C12" in a table, "12:5" elsewhere, nothing for a table as a whole. */
static void write_spot(const struct diag_site *site, struct buf *buf)
{
	if (site->is_table)
		sheet_cell_write(buf, &site->cell);
	else
		buf_format(buf, "%u:%u", site->place.line, site->place.column);
}

/* Behind the file: " C12" in a table, ":12:5" elsewhere. */
static void write_place(const struct writer *w, const struct diag_site *site, struct buf *buf)
{
	write_plain(w, file_of(w, site), buf);
	if (site->is_table && !site->cell.row)
		return;
	buf_byte(buf, site->is_table ? ' ' : ':');
	write_spot(site, buf);
}

/* The same with the column's heading and whom the row names. */
static void write_full_place(const struct writer *w, const struct diag_site *site, struct buf *buf)
{
	bool is_chinese = w->language == LANGUAGE_CHINESE;
	write_place(w, site, buf);
	if (site->cell.heading.size) {
		buf_string(buf, is_chinese ? "（" : " (");
		write_plain(w, site->cell.heading, buf);
		buf_string(buf, is_chinese ? "）" : ")");
	}
	if (site->cell.enterprise.size) {
		if (!is_chinese || !site->cell.heading.size)
			buf_byte(buf, ' ');
		write_plain(w, site->cell.enterprise, buf);
	}
}

/* "C2、C5、C9": in another file than the first its name is said, and of a file as a whole nothing but its name. */
static void write_places(const struct writer *w, const struct entry *entry, struct buf *buf)
{
	const uint32_t first = entry->places[0]->args.span.source;
	for (size_t i = 0; i < entry->place_count; i++) {
		const struct span span = entry->places[i]->args.span;
		const struct diag_site *site = site_of(w, span);
		if (i)
			buf_string(buf, w->language == LANGUAGE_CHINESE ? "、" : ", ");
		if (span.start == 0 && span.end == 0)
			write_plain(w, file_of(w, site), buf);
		else if (span.source == first)
			write_spot(site, buf);
		else
			write_place(w, site, buf);
	}
}

/* ---- messages ---------------------------------------------------------------------- */

/* "中文", U+001F, "English". */
static struct text in_language(struct text text, enum diag_language language)
{
	size_t at = text_find(text, TEXT("\x1F"));
	if (at >= text.size)
		return text;
	return language == LANGUAGE_CHINESE ? text_slice(text, 0, at) : text_slice(text, at + 1, text.size);
}

/* Trouble with the world tells paths, which must be those inside; what is wrong with the data quotes cells as they are. */
static void write_text_argument(const struct writer *w, const struct diag_item *item, struct text text, struct buf *buf)
{
	if (w->is_inside && diag_row(item->kind)->severity == SEVERITY_WORLD)
		text = sources_inside(w->diag->sources, text);
	text = in_language(text, w->language);
	write_plain(w, text, buf);
}

static void write_argument(const struct writer *w, const struct diag_item *item, struct text name, struct buf *buf)
{
	const struct diag_args *args = &item->args;
	const struct text texts[] = { args->a, args->b, args->c, args->d };
	if (name.size == 1 && name.at[0] >= 'a' && name.at[0] <= 'd')
		write_text_argument(w, item, texts[name.at[0] - 'a'], buf);
	else if (text_is(name, "n"))
		buf_format(buf, "%lld", (long long)args->n);
	else if (text_is(name, "other")) {
		const struct diag_site *site = site_of(w, args->other);
		if (site->place.line)
			write_place(w, site, buf);
	}
}

static void write_message(const struct writer *w, const struct diag_item *item, const char *pattern, struct buf *buf)
{
	for (const char *at = pattern; *at;) {
		const char *close = *at == '{' ? strchr(at, '}') : NULL;
		if (!close) {
			buf_byte(buf, *at++);
			continue;
		}
		write_argument(w, item, (struct text){ at + 1, (size_t)(close - at - 1) }, buf);
		at = close + 1;
	}
}

/* A copy without personal numbers. */
static struct text masked(const struct writer *w, struct text text)
{
	char *copy = text_string(w->arena, text);
	personal_mask(copy, text.size);
	return (struct text){ copy, text.size };
}

/* Masked before it is cut, or a part of a number would be left that does not look like one. */
static struct text offending(const struct writer *w, const struct diag_item *item)
{
	struct text text = item->args.offending;
	if (!text.size)
		text = site_of(w, item->args.span)->text;
	return utf8_prefix(masked(w, text_slice(text, 0, LINE_BEFORE)), LONGEST_TEXT);
}

static void write_caret(const struct writer *w, const struct place *place, struct buf *buf)
{
	struct place shown = *place;
	size_t start = place->offset > LINE_BEFORE ? place->offset - LINE_BEFORE : 0;
	while (start && start < place->offset && ((unsigned char)place->line_text.at[start] & 0xC0) == 0x80)
		start++;
	shown.line_text = masked(w, text_slice(place->line_text, start, LINE_BEFORE + LINE_BEHIND));
	shown.offset = place->offset - start;
	place_write_caret(buf, &shown);
}

static void write_count(const struct writer *w, const struct entry *entry, struct buf *buf)
{
	buf_format(buf, w->language == LANGUAGE_CHINESE ? "    共 %zu 处：" : "    %zu in all: ", entry->count);
	write_places(w, entry, buf);
	if (entry->count > entry->place_count)
		buf_string(buf, w->language == LANGUAGE_CHINESE ? " 等" : " …");
	if (entry->is_heap)
		buf_string(buf, w->language == LANGUAGE_CHINESE ? "，写法各不相同（--all 逐一列出）"
			: "; each says something else (--all lists them)");
	buf_byte(buf, '\n');
}

static void write_text(const struct writer *w, const struct entry *entry, struct buf *buf)
{
	const struct diag_item *item = entry->places[0];
	const struct diag_row *row = diag_row(item->kind);
	const struct diag_site *site = site_of(w, item->args.span);
	if (site->place.line) {
		write_full_place(w, site, buf);
		buf_string(buf, ": ");
	}
	buf_format(buf, "%s: ", severity_words[row->severity][w->language]);
	write_message(w, item, row->message[w->language], buf);
	buf_format(buf, " [%s]\n", row->code);
	if (site->place.line && item->args.span.end > item->args.span.start)
		write_caret(w, &site->place, buf);
	if (entry->count > 1)
		write_count(w, entry, buf);
	if (row->remedy[w->language][0]) {
		buf_string(buf, w->language == LANGUAGE_CHINESE ? "    处理：" : "    hint: ");
		write_message(w, item, row->remedy[w->language], buf);
		buf_byte(buf, '\n');
	}
}

/* ---- rows of a table ------------------------------------------------------------------ */

static void fill_columns(const struct writer *w, const struct entry *entry, struct buf columns[COLUMNS])
{
	const struct diag_item *item = entry->places[0];
	const struct diag_row *row = diag_row(item->kind);
	const struct diag_site *site = site_of(w, item->args.span);
	for (size_t i = 0; i < COLUMNS; i++)
		buf_init(&columns[i], BUF_LIMIT_PAGE);
	buf_string(&columns[COLUMN_CODE], row->code);
	buf_string(&columns[COLUMN_SEVERITY], severity_words[row->severity][LANGUAGE_ENGLISH]);
	buf_text(&columns[COLUMN_FILE], file_of(w, site));
	buf_format(&columns[COLUMN_LINE], "%u", site->place.line);
	buf_format(&columns[COLUMN_COLUMN], "%u", site->place.column);
	buf_text(&columns[COLUMN_TEXT], offending(w, item));
	write_message(w, item, row->message[w->language], &columns[COLUMN_MESSAGE]);
	write_message(w, item, row->remedy[w->language], &columns[COLUMN_REMEDY]);
	sheet_cell_write(&columns[COLUMN_CELL], &site->cell);
	buf_text(&columns[COLUMN_HEADING], site->cell.heading);
	buf_text(&columns[COLUMN_ENTERPRISE], site->cell.enterprise);
	buf_format(&columns[COLUMN_COUNT], "%zu", entry->count);
	if (entry->count > 1)
		write_places(w, entry, &columns[COLUMN_PLACES]);
}

static void write_entry(const struct writer *w, const struct entry *entry, struct buf *buf)
{
	struct buf columns[COLUMNS];
	if (w->format == DIAG_FORMAT_TEXT) {
		write_text(w, entry, buf);
		return;
	}
	fill_columns(w, entry, columns);
	diag_columns_row(w->format, columns, buf);
	for (size_t i = 0; i < COLUMNS; i++)
		buf_clear(&columns[i]);
}

/* ---- the list ------------------------------------------------------------------------- */

static bool names_file(const struct entry *entry, size_t count, uint32_t source)
{
	for (size_t i = 0; i < count; i++)
		if (entry->places[i]->args.span.source == source)
			return true;
	return false;
}

/* The first ones; where the last is of a file that was named before, it makes room for one of another. */
static void add_place(struct entry *entry, const struct diag_item *item)
{
	const size_t last = FIRST_PLACES - 1;
	if (entry->place_count < FIRST_PLACES)
		entry->places[entry->place_count++] = item;
	else if (names_file(entry, last, entry->places[last]->args.span.source) &&
		 !names_file(entry, FIRST_PLACES, item->args.span.source))
		entry->places[last] = item;
}

/* In the order of the first of each; returns how many there are. */
static size_t make_entries(const struct writer *w, const struct diag_view *view, struct entry *entries)
{
	const struct diag *diag = w->diag;
	size_t heap_count, count = 0;
	const uint32_t *heap_of = diag_heaps(diag, w->arena, &heap_count);
	uint32_t *entry_of = ARENA_ARRAY(w->arena, uint32_t, diag->group_count); /* 1 + number; 0: none yet */
	uint32_t *entry_of_heap = ARENA_ARRAY(w->arena, uint32_t, heap_count);
	bool is_each = view->is_each || view->format == DIAG_FORMAT_JSONL;
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag_item *item = &diag->items[i];
		if (view->is_errors_only && diag_row(item->kind)->severity < SEVERITY_ERROR)
			continue;
		uint32_t heap = is_each ? 0 : heap_of[item->group];
		size_t alike = is_each ? 1 : diag->groups[item->group].count;
		if (heap && entry_of_heap[heap - 1] && !entry_of[item->group]) {
			entry_of[item->group] = entry_of_heap[heap - 1];
			entries[entry_of[item->group] - 1].count += alike;
		} else if (is_each || entry_of[item->group] == 0) {
			entries[count] = (struct entry){ .count = alike, .is_heap = heap != 0 };
			entry_of[item->group] = (uint32_t)++count;
		}
		if (heap)
			entry_of_heap[heap - 1] = entry_of[item->group];
		add_place(&entries[entry_of[item->group] - 1], item);
	}
	return count;
}

/* How many are not in the list, as its last entry; false when all are. */
static bool describe_rest(struct diag *diag, const size_t listed[SEVERITY_WORLD + 1], struct diag_item *item)
{
	size_t warnings = diag_rest(diag, SEVERITY_WARNING, listed[SEVERITY_WARNING]);
	size_t notes = diag_rest(diag, SEVERITY_NOTE, listed[SEVERITY_NOTE]);
	size_t errors = diag_rest(diag, SEVERITY_ERROR, listed[SEVERITY_ERROR]);
	*item = (struct diag_item){ .kind = DIAG_MORE_NOT_LISTED, .args.n = (int64_t)warnings };
	item->args.a = text_format(diag->arena, "%zu", notes);
	item->args.b = text_format(diag->arena, "%d", DIAG_SHOWN_MOST);
	item->args.c = text_format(diag->arena, "%zu", errors);
	return warnings + notes + errors > 0;
}

void diag_write_view(struct diag *diag, const struct diag_view *view, struct buf *buf)
{
	struct arena *arena = arena_new();
	struct diag_item rest;
	size_t start = buf->size, listed[SEVERITY_WORLD + 1] = { 0 };
	diag_sort(diag);
	const struct writer w = { .diag = diag, .arena = arena, .sites = diag_sites_find(diag),
				  .format = view->format, .language = view->language, .is_inside = view->is_inside,
				  .is_terminal = view->format == DIAG_FORMAT_TEXT };
	struct entry *entries = ARENA_ARRAY(arena, struct entry, diag->count);
	size_t count = make_entries(&w, view, entries);
	diag_columns_head(view->format, buf);
	for (size_t i = 0; i < count; i++) {
		write_entry(&w, &entries[i], buf);
		listed[diag_row(entries[i].places[0]->kind)->severity] += entries[i].count;
	}
	if (!view->is_errors_only && describe_rest(diag, listed, &rest))
		write_entry(&w, &(struct entry){ .places = { &rest }, .place_count = 1, .count = 1 }, buf);
	diag_columns_foot(view->format, buf);
	personal_mask(buf->at + start, buf->size - start);
	arena_free(arena);
}

void diag_write(struct diag *diag, enum diag_format format, enum diag_language language, struct buf *buf)
{
	diag_write_view(diag, &(struct diag_view){ .format = format, .language = language }, buf);
}

void diag_write_inside(struct diag *diag, enum diag_format format, enum diag_language language, struct buf *buf)
{
	diag_write_view(diag, &(struct diag_view){ .format = format, .language = language, .is_inside = true }, buf);
}

/* Message or remedy without personal numbers. */
static struct text said(const struct writer *w, const struct diag_item *item, const char *pattern, struct arena *arena)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	write_message(w, item, pattern, &buf);
	personal_mask(buf.at, buf.size);
	struct text copy = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

static struct diag_line line_of(const struct writer *w, const struct diag_item *item, struct arena *arena)
{
	const struct diag_row *row = diag_row(item->kind);
	const struct diag_site *site = site_of(w, item->args.span);
	struct buf cell;
	buf_init(&cell, BUF_LIMIT_PAGE);
	sheet_cell_write(&cell, &site->cell);
	struct diag_line line = {
		.code = text_from(row->code), .severity = text_from(severity_words[row->severity][w->language]),
		.file = site->place.inside, .line = site->place.line, .column = site->place.column,
		.message = said(w, item, row->message[w->language], arena),
		.remedy = said(w, item, row->remedy[w->language], arena),
		.cell = text_copy(arena, buf_view(&cell)), .heading = text_copy(arena, site->cell.heading),
		.kind = item->kind, .args = item->args,
	};
	buf_clear(&cell);
	return line;
}

/* ---- entries for pages of others ---------------------------------------------------------- */

/* What the buffer holds, masked, in the arena; the buffer is emptied. */
static struct text settle(struct buf *buf, struct arena *arena)
{
	personal_mask(buf->at, buf->size);
	struct text copy = text_copy(arena, buf_view(buf));
	buf_reset(buf);
	return copy;
}

static struct text settle_text(struct text text, struct buf *buf, struct arena *arena)
{
	buf_text(buf, text);
	return settle(buf, arena);
}

static struct diag_entry entry_of(const struct writer *w, const struct diag_item *item, struct buf *buf,
				  struct arena *arena)
{
	const struct diag_row *row = diag_row(item->kind);
	const struct diag_site *site = site_of(w, item->args.span);
	bool is_whole_file = item->args.span.start == 0 && item->args.span.end == 0;
	bool is_one_cell = site->cell.row && site->cell.column == site->cell.last_column;
	struct diag_entry entry = {
		.kind = item->kind, .args = &item->args, .group = item->group,
		.group_count = w->diag->groups[item->group].count,
		.is_one_value = site->is_table ? is_one_cell : !is_whole_file,
		.file = settle_text(site->place.inside, buf, arena),
		.heading = settle_text(site->cell.heading, buf, arena),
		.enterprise = settle_text(site->cell.enterprise, buf, arena),
		.offending = settle_text(offending(w, item), buf, arena),
	};
	if (site->place.line && !is_whole_file)
		write_spot(site, buf);
	entry.spot = settle(buf, arena);
	write_message(w, item, row->message[w->language], buf);
	entry.message = settle(buf, arena);
	write_message(w, item, row->remedy[w->language], buf);
	entry.remedy = settle(buf, arena);
	return entry;
}

size_t diag_entries(struct diag *diag, enum diag_language language, struct arena *arena, struct diag_entry **entries)
{
	struct arena *scratch = arena_new();
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_sort(diag);
	const struct writer writer = { .diag = diag, .arena = scratch, .sites = diag_sites_find(diag),
				       .language = language, .is_inside = true };
	*entries = ARENA_ARRAY(arena, struct diag_entry, diag->count);
	for (size_t i = 0; i < diag->count; i++)
		(*entries)[i] = entry_of(&writer, &diag->items[i], &buf, arena);
	buf_clear(&buf);
	arena_free(scratch);
	return diag->count;
}

size_t diag_list(struct diag *diag, enum diag_language language, struct arena *arena, struct diag_line **lines)
{
	struct arena *scratch = arena_new();
	struct diag_item rest;
	diag_sort(diag);
	size_t count = diag->count;
	const struct writer writer = { .diag = diag, .arena = scratch, .sites = diag_sites_find(diag),
				       .language = language, .is_inside = true };
	*lines = ARENA_ARRAY(arena, struct diag_line, count + 1);
	for (size_t i = 0; i < count; i++)
		(*lines)[i] = line_of(&writer, &diag->items[i], arena);
	if (describe_rest(diag, diag->kept, &rest))
		(*lines)[count++] = line_of(&writer, &rest, arena);
	arena_free(scratch);
	return count;
}
