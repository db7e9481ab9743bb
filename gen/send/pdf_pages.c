/* SPDX-License-Identifier: MIT */
#include "send/pdf_pages.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/list.h"
#include "send/pdf_content.h"
#include "send/pdf_file.h"
#include "send/pdf_words.h"

enum { OBJECTS_MOST = 4096 /* fonts or forms of a page: looked through one by one */ };
enum { FORM_DEPTH = 8, PARTS_MOST = 4096, ANNOTATIONS_MOST = 65536, GENERATION_MOST = 65535 };
enum { FILES_MOST = 1000, TREE_DEPTH = 8 };
enum { OBJECT_IDS_MOST = 8388607 /* ISO 32000-1, annex C */ };

struct known_font {
	int id; /* of the object, 0: none of its own */
	const struct pdf_font *font;
};

struct reading {
	struct arena *arena;
	qpdf_data pdf;
	struct pdf_words words;
	qpdf_oh resources; /* of what is read now */
	size_t depth;
	LIST(struct known_font) fonts;
	LIST(int) drawn;   /* ids of the forms of this page */
	LIST(int) hashed;  /* ids of fonts and forms */
	LIST(int) attached; /* ids of the streams of files */
	LIST(struct text) files;
	struct hash hash;
	bool has_parts_alone; /* no words, nothing beside the pages */
	bool is_damaged;
};

/* The stream's bytes in arena; what cannot be made readable makes the file a damaged one. */
static struct text stream_text(struct reading *reading, qpdf_oh stream, enum qpdf_stream_decode_level_e level)
{
	unsigned char *bytes = NULL;
	size_t size = 0;
	QPDF_BOOL is_filtered = QPDF_TRUE;
	if (pdf_file_failed(qpdf_oh_get_stream_data(reading->pdf, stream, level, &is_filtered, &bytes, &size)) ||
	    (level != qpdf_dl_none && !is_filtered)) {
		free(bytes);
		reading->is_damaged = true;
		return NO_TEXT;
	}
	struct text text = text_copy(reading->arena, (struct text){ (const char *)bytes, size });
	free(bytes);
	return text;
}

/* ---- fonts and forms by name ---------------------------------------------------------------- */

static qpdf_oh find_resource(struct reading *reading, const char *kind, struct text name)
{
	qpdf_oh dict = qpdf_oh_get_key_if_dict(reading->pdf, reading->resources, kind);
	if (!qpdf_oh_is_dictionary(reading->pdf, dict) || memchr(name.at, '\0', name.size))
		return qpdf_oh_new_null(reading->pdf);
	return qpdf_oh_get_key(reading->pdf, dict, text_string(reading->arena, name));
}

static const struct pdf_font *read_font(struct reading *reading, qpdf_oh object)
{
	struct pdf_font *font = ARENA_NEW(reading->arena, struct pdf_font);
	qpdf_oh meanings = qpdf_oh_get_key(reading->pdf, object, "/ToUnicode");
	qpdf_oh subtype = qpdf_oh_get_key(reading->pdf, object, "/Subtype");
	font->is_wide = qpdf_oh_is_name_and_equals(reading->pdf, subtype, "/Type0");
	if (qpdf_oh_is_stream(reading->pdf, meanings))
		pdf_font_read_meanings(reading->arena, font, stream_text(reading, meanings, qpdf_dl_generalized));
	return font;
}

static const struct pdf_font *find_font(void *context, struct text name)
{
	struct reading *reading = context;
	qpdf_oh object = find_resource(reading, "/Font", name);
	if (!qpdf_oh_is_dictionary(reading->pdf, object))
		return NULL;
	int id = qpdf_oh_get_object_id(reading->pdf, object);
	for (size_t i = 0; i < reading->fonts.count; i++)
		if (id && reading->fonts.at[i].id == id)
			return reading->fonts.at[i].font;
	if (reading->fonts.count == OBJECTS_MOST) {
		reading->is_damaged = true;
		return NULL;
	}
	struct known_font known = { id, read_font(reading, object) };
	LIST_PUSH(&reading->fonts, known);
	return known.font;
}

/* False when the number was there before. */
static bool add_once(struct reading *reading, bool is_form, int id)
{
	const int *at = is_form ? reading->drawn.at : reading->hashed.at;
	size_t count = is_form ? reading->drawn.count : reading->hashed.count;
	for (size_t i = 0; i < count; i++)
		if (at[i] == id)
			return false;
	if (count == OBJECTS_MOST) {
		reading->is_damaged = true;
		return false;
	}
	if (is_form)
		LIST_PUSH(&reading->drawn, id);
	else
		LIST_PUSH(&reading->hashed, id);
	return true;
}

static void read_form(struct reading *reading, qpdf_oh form)
{
	qpdf_data pdf = reading->pdf;
	if (!qpdf_oh_is_stream(pdf, form) || !add_once(reading, true, qpdf_oh_get_object_id(pdf, form)))
		return;
	qpdf_oh dict = qpdf_oh_get_dict(pdf, form), own = qpdf_oh_get_key(pdf, dict, "/Resources");
	if (qpdf_oh_is_name_and_equals(pdf, qpdf_oh_get_key(pdf, dict, "/Subtype"), "/Image"))
		return;
	if (reading->depth == FORM_DEPTH) {
		reading->is_damaged = true;
		return;
	}
	qpdf_oh outer = reading->resources;
	reading->resources = qpdf_oh_is_dictionary(pdf, own) ? own : outer;
	reading->depth++;
	pdf_words_read(&reading->words, stream_text(reading, form, qpdf_dl_generalized));
	reading->depth--;
	reading->resources = outer;
}

static void draw_form(void *context, struct text name)
{
	read_form(context, find_resource(context, "/XObject", name));
}

/* ---- what tells one document's resources from another's ---------------------------------------- */

static void hash_stream(struct reading *reading, qpdf_oh stream)
{
	if (qpdf_oh_is_stream(reading->pdf, stream))
		hash_add(&reading->hash, stream_text(reading, stream, qpdf_dl_none));
	hash_add(&reading->hash, TEXT("\n"));
}

static void hash_font(struct reading *reading, qpdf_oh font)
{
	static const char *const programs[] = { "/FontFile", "/FontFile2", "/FontFile3" };
	qpdf_data pdf = reading->pdf;
	hash_stream(reading, qpdf_oh_get_key(pdf, font, "/ToUnicode"));
	qpdf_oh inner = qpdf_oh_get_key(pdf, font, "/DescendantFonts");
	if (qpdf_oh_is_array(pdf, inner) && qpdf_oh_get_array_n_items(pdf, inner) > 0)
		font = qpdf_oh_get_array_item(pdf, inner, 0);
	qpdf_oh descriptor = qpdf_oh_get_key_if_dict(pdf, font, "/FontDescriptor");
	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
		hash_stream(reading, qpdf_oh_get_key_if_dict(pdf, descriptor, programs[i]));
}

static void hash_kind(struct reading *reading, const char *kind)
{
	qpdf_data pdf = reading->pdf;
	qpdf_oh dict = qpdf_oh_get_key_if_dict(pdf, reading->resources, kind);
	hash_add(&reading->hash, text_from(kind));
	if (!qpdf_oh_is_dictionary(pdf, dict))
		return;
	for (qpdf_oh_begin_dict_key_iter(pdf, dict); qpdf_oh_dict_more_keys(pdf);) {
		const char *key = qpdf_oh_dict_next_key(pdf);
		qpdf_oh object = qpdf_oh_get_key(pdf, dict, key);
		if (strncmp(key, "/XjMark", strlen("/XjMark")) == 0)
			continue;
		hash_add(&reading->hash, text_from(key));
		int id = qpdf_oh_get_object_id(pdf, object);
		if (id && !add_once(reading, false, id))
			continue;
		if (qpdf_oh_is_dictionary(pdf, object))
			hash_font(reading, object);
		else
			hash_stream(reading, object);
	}
}

/* ---- attached files -------------------------------------------------------------------------------- */

static void add_file(struct reading *reading, qpdf_oh stream)
{
	int id = qpdf_oh_get_object_id(reading->pdf, stream);
	if (!qpdf_oh_is_stream(reading->pdf, stream))
		return;
	for (size_t i = 0; i < reading->attached.count; i++)
		if (reading->attached.at[i] == id)
			return;
	if (reading->attached.count == FILES_MOST) {
		reading->is_damaged = true;
		return;
	}
	LIST_PUSH(&reading->attached, id);
	LIST_PUSH(&reading->files, stream_text(reading, stream, qpdf_dl_generalized));
}

/* A file specification (7.11.3): its file under each of the names of platforms. */
static void add_specification(struct reading *reading, qpdf_oh specification)
{
	qpdf_data pdf = reading->pdf;
	qpdf_oh streams = qpdf_oh_get_key_if_dict(pdf, specification, "/EF");
	if (!qpdf_oh_is_dictionary(pdf, streams))
		return;
	for (qpdf_oh_begin_dict_key_iter(pdf, streams); qpdf_oh_dict_more_keys(pdf);)
		add_file(reading, qpdf_oh_get_key(pdf, streams, qpdf_oh_dict_next_key(pdf)));
}

static void add_specifications(struct reading *reading, qpdf_oh array)
{
	qpdf_data pdf = reading->pdf;
	int count = qpdf_oh_is_array(pdf, array) ? qpdf_oh_get_array_n_items(pdf, array) : 0;
	reading->is_damaged |= count > ANNOTATIONS_MOST;
	for (int i = 0; i < count && !reading->is_damaged; i++)
		add_specification(reading, qpdf_oh_get_array_item(pdf, array, i));
}

/* A tree of names; the nodes that it has, so that one that leads back to itself ends. */
static void add_tree(struct reading *reading, qpdf_oh node, size_t depth)
{
	qpdf_data pdf = reading->pdf;
	qpdf_oh kids = qpdf_oh_get_key_if_dict(pdf, node, "/Kids");
	int count = qpdf_oh_is_array(pdf, kids) ? qpdf_oh_get_array_n_items(pdf, kids) : 0;
	reading->is_damaged |= count > FILES_MOST || (count && depth == TREE_DEPTH);
	add_specifications(reading, qpdf_oh_get_key_if_dict(pdf, node, "/Names"));
	for (int i = 0; i < count && !reading->is_damaged; i++)
		add_tree(reading, qpdf_oh_get_array_item(pdf, kids, i), depth + 1);
}

/* What readers list; a stream that says it is a file is found in the file's bytes too (add_object). */
static void read_files(struct reading *reading)
{
	qpdf_data pdf = reading->pdf;
	qpdf_oh root = qpdf_get_root(pdf), names = qpdf_oh_get_key_if_dict(pdf, root, "/Names");
	add_tree(reading, qpdf_oh_get_key_if_dict(pdf, names, "/EmbeddedFiles"), 0);
	add_specifications(reading, qpdf_oh_get_key(pdf, root, "/AF"));
}

/* ---- pages --------------------------------------------------------------------------------------- */

static void read_parts(struct reading *reading, qpdf_oh contents, struct pdf_page *page)
{
	qpdf_data pdf = reading->pdf;
	bool is_array = qpdf_oh_is_array(pdf, contents);
	int count = is_array ? qpdf_oh_get_array_n_items(pdf, contents) : 1;
	if (count > PARTS_MOST) {
		reading->is_damaged = true;
		return;
	}
	page->parts = ARENA_ARRAY(reading->arena, struct text, (size_t)count + 1);
	for (int i = 0; i < count; i++) {
		qpdf_oh part = is_array ? qpdf_oh_get_array_item(pdf, contents, i) : contents;
		if (qpdf_oh_is_stream(pdf, part))
			page->parts[page->part_count++] = stream_text(reading, part, qpdf_dl_generalized);
	}
}

/* Parts are one text to whoever draws them (7.8.2): state and even a text object go on over their ends. */
static void read_words(struct reading *reading, const struct pdf_page *page)
{
	struct buf joined;
	buf_init(&joined, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < page->part_count; i++) {
		buf_text(&joined, page->parts[i]);
		buf_byte(&joined, '\n');
	}
	reading->is_damaged |= joined.overflowed;
	pdf_words_read(&reading->words, buf_view(&joined));
	buf_clear(&joined);
}

/* An appearance, or one for each state. */
static void read_appearances(struct reading *reading, qpdf_oh page)
{
	qpdf_data pdf = reading->pdf;
	qpdf_oh annotations = qpdf_oh_get_key(pdf, page, "/Annots");
	int count = qpdf_oh_is_array(pdf, annotations) ? qpdf_oh_get_array_n_items(pdf, annotations) : 0;
	reading->is_damaged |= count > ANNOTATIONS_MOST;
	for (int i = 0; i < count && i < ANNOTATIONS_MOST; i++) {
		qpdf_oh one = qpdf_oh_get_array_item(pdf, annotations, i);
		qpdf_oh normal = qpdf_oh_get_key_if_dict(pdf, qpdf_oh_get_key_if_dict(pdf, one, "/AP"), "/N");
		read_form(reading, normal);
		add_specification(reading, qpdf_oh_get_key_if_dict(pdf, one, "/FS"));
		if (!qpdf_oh_is_dictionary(pdf, normal))
			continue;
		for (qpdf_oh_begin_dict_key_iter(pdf, normal); qpdf_oh_dict_more_keys(pdf);)
			read_form(reading, qpdf_oh_get_key(pdf, normal, qpdf_oh_dict_next_key(pdf)));
	}
}

static void read_page(struct reading *reading, qpdf_oh object, struct pdf_page *page)
{
	struct pdf_words *words = &reading->words;
	buf_reset(&words->shown);
	buf_reset(&words->actual);
	reading->drawn.count = 0;
	reading->resources = qpdf_oh_get_key(reading->pdf, object, "/Resources");
	read_parts(reading, qpdf_oh_get_key(reading->pdf, object, "/Contents"), page);
	hash_kind(reading, "/Font");
	hash_kind(reading, "/XObject");
	if (reading->has_parts_alone)
		return;
	read_words(reading, page);
	read_appearances(reading, object);
	reading->is_damaged |= words->shown.overflowed || words->actual.overflowed;
	page->words = text_copy(reading->arena, buf_view(&words->shown));
	page->actual = text_copy(reading->arena, buf_view(&words->actual));
}

/* ---- beside the pages ------------------------------------------------------------------------------ */

/* The strings of an object as it would be written, a line each. */
static void add_strings(struct text object, struct buf *out)
{
	for (size_t at = 0; at < object.size;) {
		struct pdf_token token = pdf_token_next(object, &at);
		if (token.kind != PDF_STRING)
			continue;
		pdf_string_words(token.raw, out);
		buf_byte(out, '\n');
	}
}

static void add_object(struct reading *reading, qpdf_oh object, struct buf *out)
{
	qpdf_data pdf = reading->pdf;
	bool is_stream = qpdf_oh_is_stream(pdf, object);
	qpdf_oh dict = is_stream ? qpdf_oh_get_dict(pdf, object) : object;
	add_strings(text_from(qpdf_oh_unparse_resolved(pdf, dict)), out);
	if (!is_stream)
		return;
	qpdf_oh type = qpdf_oh_get_key(pdf, dict, "/Type");
	if (qpdf_oh_is_name_and_equals(pdf, type, "/ObjStm"))
		add_strings(stream_text(reading, object, qpdf_dl_generalized), out);
	if (qpdf_oh_is_name_and_equals(pdf, type, "/Metadata"))
		buf_text(out, stream_text(reading, object, qpdf_dl_generalized));
	if (qpdf_oh_is_name_and_equals(pdf, type, "/EmbeddedFile"))
		add_file(reading, object);
	buf_byte(out, '\n');
	qpdf_oh_release(pdf, type);
	qpdf_oh_release(pdf, dict);
}

/* Behind the stream that begins at `at`, whose dictionary stands before. */
static size_t end_of_stream(struct text file, size_t at, struct text dict)
{
	double length = pdf_number(pdf_dict_value(dict, "Length"));
	if (length >= 0 && length <= (double)(file.size - at)) {
		size_t end = at + (size_t)length;
		if (text_is(pdf_token_next(file, &end).raw, "endstream"))
			return end;
	}
	return at + text_find(text_slice(file, at, file.size), TEXT("endstream"));
}

/* The object that "12 0 obj" begins, `numbers` being its tokens. */
static void find_object(struct reading *reading, const struct text numbers[2], struct buf *out)
{
	double id = pdf_number(numbers[0]), generation = pdf_number(numbers[1]);
	if (!(id >= 1 && id <= OBJECT_IDS_MOST && generation >= 0 && generation <= GENERATION_MOST))
		return;
	qpdf_oh object = qpdf_get_object_by_id(reading->pdf, (int)id, (int)generation);
	if (!qpdf_oh_is_null(reading->pdf, object))
		add_object(reading, object, out);
	qpdf_oh_release(reading->pdf, object);
}

/*
 * Walks the file's bytes for its objects, so that none is missed that nothing refers to; qpdf then
 * reads them.  Those in object streams are not asked for one by one, which would cost more than all
 * the rest: their strings are in clear there.
 */
static void walk_objects(struct reading *reading, struct text file, struct buf *out)
{
	struct text last[2] = { NO_TEXT, NO_TEXT }; /* the two tokens before */
	size_t dict_at = 0, depth = 0;
	for (size_t at = 0; at < file.size && !reading->is_damaged;) {
		struct pdf_token token = pdf_token_next(file, &at);
		if (token.kind == PDF_DICT && depth++ == 0)
			dict_at = at - token.raw.size;
		depth -= token.kind == PDF_DICT_END && depth;
		if (token.kind == PDF_WORD && text_is(token.raw, "obj")) {
			find_object(reading, last, out);
			depth = 0;
		} else if (token.kind == PDF_WORD && text_is(token.raw, "stream")) {
			struct text dict = text_slice(file, dict_at, at - dict_at);
			at += text_starts(text_slice(file, at, 1), "\r") + 1;
			at = end_of_stream(file, at < file.size ? at : file.size, dict);
			depth = 0;
		}
		last[0] = last[1];
		last[1] = token.raw;
	}
}

static bool set_beside(struct reading *reading, struct text file, struct pdf_pages *pages)
{
	struct buf beside;
	qpdf_data pdf = reading->pdf;
	buf_init(&beside, BUF_LIMIT_PAGE);
	walk_objects(reading, file, &beside);
	add_strings(text_from(qpdf_oh_unparse_resolved(pdf, qpdf_get_trailer(pdf))), &beside);
	bool is_good = !beside.overflowed && !reading->is_damaged && !qpdf_has_error(pdf);
	pages->beside = text_copy(reading->arena, buf_view(&beside));
	buf_clear(&beside);
	return is_good;
}

/* ---- the file --------------------------------------------------------------------------------------- */

static bool read_all(struct reading *reading, struct text file, struct pdf_pages *pages)
{
	int count = qpdf_get_num_pages(reading->pdf);
	if (count < 1 || count > PDF_PAGES_MOST)
		return false;
	qpdf_push_inherited_attributes_to_page(reading->pdf);
	pages->is_encrypted = qpdf_is_encrypted(reading->pdf);
	pages->count = (size_t)count;
	pages->pages = ARENA_ARRAY(reading->arena, struct pdf_page, pages->count);
	hash_init(&reading->hash);
	for (size_t i = 0; i < pages->count && !reading->is_damaged; i++)
		read_page(reading, qpdf_get_page_n(reading->pdf, i), &pages->pages[i]);
	hash_finish(&reading->hash, pages->resources);
	read_files(reading);
	bool is_good = !reading->is_damaged && !qpdf_has_error(reading->pdf) &&
		       (reading->has_parts_alone || set_beside(reading, file, pages));
	pages->file_count = reading->files.count;
	pages->files = LIST_SETTLE(reading->arena, &reading->files);
	return is_good;
}

static bool read_file(struct reading reading, struct text pdf, struct pdf_pages *pages)
{
	reading.words = (struct pdf_words){ .context = &reading, .find_font = find_font, .draw_form = draw_form };
	buf_init(&reading.words.shown, BUF_LIMIT_PAGE);
	buf_init(&reading.words.actual, BUF_LIMIT_PAGE);
	*pages = (struct pdf_pages){ .count = 0 };
	bool is_good = reading.pdf && read_all(&reading, pdf, pages);
	if (!is_good)
		*pages = (struct pdf_pages){ .count = 0 };
	pdf_file_close(reading.pdf);
	buf_clear(&reading.words.shown);
	buf_clear(&reading.words.actual);
	LIST_FREE(&reading.fonts);
	LIST_FREE(&reading.drawn);
	LIST_FREE(&reading.hashed);
	LIST_FREE(&reading.attached);
	LIST_FREE(&reading.files);
	return is_good;
}

bool pdf_pages_read(struct arena *arena, struct text pdf, const char *password, struct pdf_pages *pages)
{
	qpdf_data opened = pdf_file_open(pdf, password ? password : "");
	return read_file((struct reading){ .arena = arena, .pdf = opened }, pdf, pages);
}

bool pdf_pages_read_parts(struct arena *arena, struct text pdf, struct pdf_pages *pages)
{
	struct reading reading = { .arena = arena, .pdf = pdf_file_open(pdf, ""), .has_parts_alone = true };
	return read_file(reading, pdf, pages);
}

size_t pdf_pages_count(struct text pdf)
{
	qpdf_data opened = pdf_file_open(pdf, "");
	int count = opened ? qpdf_get_num_pages(opened) : 0;
	bool is_good = opened && !qpdf_is_encrypted(opened) && !qpdf_has_error(opened) && count > 0;
	pdf_file_close(opened);
	return is_good ? (size_t)count : 0;
}
