/* SPDX-License-Identifier: MIT
 *
 * One file: its name, its bytes, its views, what is packed in it.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "base/inflate.h"
#include "publish/leak_hunt.h"
#include "publish/leak_view.h"

enum {
	DEPTH_MOST = 3,      /* escapes within escapes; ZIP within ZIP */
	HITS_SHOWN = 50,     /* of one file: more say nothing new */
	MARGIN_MOST = 65536, /* bytes around an escape */
	MARGIN_GAPS = 256,   /* of them for what stands between the characters of a value */
	PNG_HEAD = 8, CHUNK_HEAD = 8, CHUNK_TAIL = 4, /* bytes of a PNG's parts */
};
#define PACKED_MOST ((size_t)512 << 20) /* bytes: what unpacks to more is no page */

/* One occurrence may be seen through several views. */
struct hit {
	size_t place;
	struct leak_match match;
};

struct file_search {
	struct leak_search *all;
	struct text path;
	struct text bytes;                          /* searched now */
	const struct leak_view *views[DEPTH_MOST + 1]; /* through which they are seen, the outermost first */
	size_t depth;
	LIST(struct hit) hits;
};

static size_t place_in_file(const struct file_search *file, size_t offset)
{
	for (size_t i = file->depth; i-- > 0;)
		offset = leak_view_place(file->views[i], offset);
	return offset;
}

static void report(const struct file_search *file, const struct hit *hit)
{
	struct leak *leak = file->all->leak;
	const struct leak_value *value = &leak->values.at[hit->match.value];
	DIAG(file->all->diag, DIAG_LEAK, .a = file->path, .b = leak_what(leak, &hit->match), .n = (int64_t)hit->place,
	     .c = utf8_prefix(value->value, 2));
}

static void add_hit(struct file_search *file, const struct leak_match *match)
{
	struct hit hit = { place_in_file(file, match->start), *match };
	hit.match.end = file->depth ? hit.place : match->end; /* through a view only the beginning has a place */
	LIST_PUSH(&file->hits, hit);
}

static void found_folded(void *context, uint32_t number, size_t start)
{
	struct file_search *file = context;
	struct leak_match match;
	if (leak_match_folded(file->all->leak, number, start, &match))
		add_hit(file, &match);
}

static void found(void *context, uint32_t number, size_t start)
{
	struct file_search *file = context;
	struct leak_match match;
	if (leak_match_plain(file->all->leak, number, file->bytes, start, &match))
		add_hit(file, &match);
}

static int compare_hits(const void *left, const void *right)
{
	const struct hit *a = left, *b = right;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	if (a->match.value != b->match.value)
		return a->match.value < b->match.value ? -1 : 1;
	if (a->match.is_covered != b->match.is_covered)
		return b->match.is_covered - a->match.is_covered;
	return a->match.is_respelt - b->match.is_respelt;
}

/* In a source it is told once the files were searched; in a file it is counted where the source was told. */
static void take(struct file_search *file, const struct hit *hit, size_t *shown)
{
	struct leak_search *all = file->all;
	struct leak_value *value = &all->leak->values.at[hit->match.value];
	if (all->source) {
		struct leak_find find = { all->source, hit->match };
		find.match.start = hit->place;
		value->is_told = true;
		LIST_PUSH(&all->finds, find);
		return;
	}
	all->hits++;
	value->copies += value->is_told;
	if (!value->is_told && (*shown)++ < HITS_SHOWN)
		report(file, hit);
}

static bool is_of(const struct hit *hit, const struct hit *other)
{
	return hit->match.value == other->match.value;
}

/* An occurrence that is allowed as seen through one view is allowed: the name around it may be escaped. */
static void report_hits(struct file_search *file)
{
	size_t shown = 0;
	const struct hit *told = NULL;
	if (file->hits.count)
		qsort(file->hits.at, file->hits.count, sizeof *file->hits.at, compare_hits);
	for (size_t i = 0, next; i < file->hits.count; i = next) {
		const struct hit *hit = &file->hits.at[i];
		for (next = i + 1; next < file->hits.count && is_of(hit, &file->hits.at[next]) && file->hits.at[next].place == hit->place;)
			next++;
		bool is_variant = told && is_of(hit, told) && hit->place < told->match.end;
		if (hit->match.is_covered || is_variant)
			continue;
		take(file, hit, &shown);
		told = hit;
	}
	LIST_FREE(&file->hits);
}

static void search_views(struct file_search *file, struct text bytes, bool is_markup);

/*
 * All of it.  What is no UTF-8 is searched in other encodings, too; in packed bytes six bytes may be chance: not for
 * the narrow ones.
 */
static void search_all_bytes(struct file_search *file, struct text bytes, bool may_be_other, bool is_packed)
{
	struct leak *leak = file->all->leak;
	if (leak->memory && !file->all->source) {
		leak_memory_see(leak->memory, leak_folded_text(&leak->text), false, false);
		leak_memory_see(leak->memory, bytes, may_be_other, may_be_other && !is_packed);
	}
	leak_index_search(leak->folded, leak_folded_text(&leak->text), found_folded, file);
	leak_index_search(leak->plain, bytes, found, file);
	if (!may_be_other)
		return;
	leak_index_search(leak->other, bytes, found, file);
	if (!is_packed)
		leak_index_search(leak->narrow, bytes, found, file);
}

/* One of the pieces into which the bytes were cut. */
static void search_piece(struct file_search *file, size_t number)
{
	struct leak *leak = file->all->leak;
	const struct leak_piece *piece = &leak->pieces.list.at[number], *next = piece + 1;
	struct text bytes = text_slice(file->bytes, 0, next->start);
	struct text folded = text_slice(leak_folded_text(&leak->text), 0, next->folded);
	if (piece->is_known && !piece->has_keys)
		return;
	if (leak->memory && !piece->is_known) {
		leak_memory_see_part(leak->memory, folded, piece->folded);
		leak_memory_see_part(leak->memory, bytes, piece->start);
	}
	const struct leak_index_range in_folded = { leak_folded_text(&leak->text), piece->folded, next->folded };
	const struct leak_index_range in_bytes = { file->bytes, piece->start, next->start };
	bool has_keys = leak_index_search_part(leak->folded, in_folded, found_folded, file);
	has_keys |= leak_index_search_part(leak->plain, in_bytes, found, file);
	if (!piece->is_known)
		leak_pieces_know(&leak->pieces, &leak->text, number, has_keys);
}

/* A text of the sources is one of a kind, and what is found in one tells nothing of what was seen in the files. */
static void search_bytes(struct file_search *file, struct text bytes, bool is_packed)
{
	struct leak *leak = file->all->leak;
	file->bytes = bytes;
	if (!bytes.size)
		return;
	if (file->all->source)
		leak_folded_set(&leak->text, bytes);
	else
		leak_pieces_cut(&leak->pieces, &leak->text, bytes);
	bool may_be_other = !leak->text.is_utf8 || memchr(bytes.at, '\0', bytes.size);
	if (file->all->source || may_be_other) {
		search_all_bytes(file, bytes, may_be_other, is_packed);
		return;
	}
	for (size_t i = 0; i + 1 < leak->pieces.list.count; i++)
		search_piece(file, i);
}

static void search_view(struct file_search *file, const struct leak_view *view)
{
	file->views[file->depth++] = view;
	search_bytes(file, buf_view(&view->bytes), false);
	search_views(file, buf_view(&view->bytes), false);
	file->views[--file->depth] = NULL;
}

typedef bool view_of_runs(struct leak_view *view, struct text bytes);

/* Runs that the scan met before are left out; where there was a find among the others, all are looked at. */
static void search_runs(struct file_search *file, struct leak_view *view, view_of_runs *make, struct text bytes)
{
	struct leak_pieces *pieces = &file->all->leak->pieces;
	const size_t before = file->hits.count;
	view->known = file->all->source ? NULL : pieces;
	view->number = (unsigned)(2 * file->depth + (make == leak_view_hex) + 1);
	if (make(view, bytes))
		search_view(file, view);
	if (file->hits.count == before || !view->known)
		return;
	file->hits.count = before;
	leak_pieces_forget(pieces);
	view->known = NULL;
	if (make(view, bytes))
		search_view(file, view);
}

static void search_views(struct file_search *file, struct text bytes, bool is_markup)
{
	struct leak_view view;
	size_t wanted = file->all->leak->longest + MARGIN_GAPS, margin = wanted < MARGIN_MOST ? wanted : MARGIN_MOST;
	if (file->depth == DEPTH_MOST)
		return;
	leak_view_init(&view);
	if (leak_view_escapes(&view, bytes, margin))
		search_view(file, &view);
	if (is_markup && leak_view_markup(&view, bytes))
		search_view(file, &view);
	if (file->depth + 1 < DEPTH_MOST) {
		search_runs(file, &view, leak_view_base64, bytes);
		search_runs(file, &view, leak_view_hex, bytes);
	}
	leak_view_clear(&view);
}

static void search_whole(struct leak_search *all, struct text path, struct text bytes, bool is_packed)
{
	struct file_search file = { .all = all, .path = path };
	struct text start = text_starts(bytes, "\xEF\xBB\xBF") ? text_slice(bytes, 3, bytes.size) : bytes;
	search_bytes(&file, bytes, is_packed);
	if (!is_packed)
		search_views(&file, bytes, all->source || text_starts(text_trim(text_slice(start, 0, 64)), "<"));
	report_hits(&file);
}

/* ---- packed files ------------------------------------------------------------------- */

static void search_packed(struct leak_search *all, struct text path, struct text bytes, int depth);

static void complain(struct leak_search *all, struct text path)
{
	all->opaque++;
	DIAG(all->diag, DIAG_LEAK_OPAQUE, .a = path);
}

static void search_zip(struct leak_search *all, struct text path, struct text zip, int depth)
{
	struct inflate_member member;
	bool is_damaged;
	for (size_t at = 0; inflate_next_member(zip, &at, &member, &is_damaged);) {
		struct buf bytes;
		struct text name = text_format(all->leak->arena, "%.*s!%.*s", TEXT_ARGS(path), TEXT_ARGS(member.name));
		buf_init(&bytes, PACKED_MOST);
		if (inflate_member_add(&member, &bytes))
			search_packed(all, name, buf_view(&bytes), depth + 1);
		else
			complain(all, name);
		buf_clear(&bytes);
	}
	if (is_damaged)
		complain(all, path);
}

static void search_gzip(struct leak_search *all, struct text path, struct text bytes, int depth)
{
	struct buf plain;
	buf_init(&plain, PACKED_MOST);
	if (inflate_add(INFLATE_GZIP, bytes, &plain))
		search_packed(all, path, buf_view(&plain), depth + 1);
	else
		complain(all, path);
	buf_clear(&plain);
}

/* Every stream that inflates; the others are pictures, fonts and the like, whose bytes were searched as they are. */
static void search_pdf(struct leak_search *all, struct text path, struct text pdf)
{
	struct buf plain;
	buf_init(&plain, PACKED_MOST);
	for (size_t at = 0; at < pdf.size;) {
		struct text rest = text_slice(pdf, at, pdf.size);
		size_t start = text_find(rest, TEXT("stream"));
		if (start == rest.size)
			break;
		at += start + strlen("stream");
		rest = text_slice(pdf, at, pdf.size);
		size_t line_end = text_starts(rest, "\r\n") ? 2 : text_starts(rest, "\n");
		buf_reset(&plain);
		if (line_end && inflate_add(INFLATE_ZLIB, text_slice(rest, line_end, rest.size), &plain))
			search_whole(all, path, buf_view(&plain), false);
	}
	buf_clear(&plain);
}

static size_t big_endian(struct text bytes)
{
	size_t number = 0;
	for (size_t i = 0; i < 4; i++)
		number = number << 8 | (unsigned char)bytes.at[i];
	return number;
}

/*
 * What is drawn cannot be read here, so a picture tells it in a chunk of text (render/png.h writes it
 * from the glyphs); one that does not must not go outside.  Its pixels are packed bytes as any.
 */
static void search_png(struct leak_search *all, struct text path, struct text png)
{
	bool has_words = false;
	for (size_t at = PNG_HEAD; at + CHUNK_HEAD <= png.size;) {
		size_t size = big_endian(text_slice(png, at, png.size));
		struct text type = text_slice(png, at + 4, 4);
		if (size > png.size - at - CHUNK_HEAD)
			break;
		struct text body = text_slice(png, at + CHUNK_HEAD, size);
		has_words |= text_is(type, "iTXt");
		if (!text_is(type, "IDAT"))
			search_whole(all, path, body, false);
		at += CHUNK_HEAD + size + CHUNK_TAIL;
	}
	if (!has_words) {
		all->opaque++;
		DIAG(all->diag, DIAG_LEAK_PICTURE, .a = path);
	}
}

static void search_packed(struct leak_search *all, struct text path, struct text bytes, int depth)
{
	bool is_zip = inflate_is_zip(bytes), is_gzip = text_starts(bytes, "\x1F\x8B"), is_pdf = text_starts(bytes, "%PDF-");
	bool is_png = text_starts(bytes, "\x89PNG\r\n\x1A\n");
	search_whole(all, path, path, false);
	search_whole(all, path, bytes, is_zip || is_gzip || is_png);
	if ((is_zip || is_gzip) && depth == DEPTH_MOST)
		complain(all, path);
	else if (is_zip)
		search_zip(all, path, bytes, depth);
	else if (is_gzip)
		search_gzip(all, path, bytes, depth);
	else if (is_pdf)
		search_pdf(all, path, bytes);
	else if (is_png)
		search_png(all, path, bytes);
}

void leak_search_source(struct leak_search *search, const struct leak_source *source)
{
	search->source = source;
	search_whole(search, source->text, source->text, false);
	search->source = NULL;
}

void leak_search_file(struct leak_search *search, struct text path, struct text bytes)
{
	search_packed(search, path, bytes, 0);
}
