/* SPDX-License-Identifier: MIT */
#include "send/protect.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/deflate.h"
#include "base/diag.h"
#include "base/inflate.h"
#include "base/utf8.h"
#include "send/ascii.h"
#include "send/cipher.h"
#include "send/pdf_content.h"
#include "send/pdf_copy.h"

enum { SIZES_MOST = 8, KIDS_MOST = 5000 };
#define MARK_NAME "/XjMark0" /* of the form in each page's resources; no page has a form of its own */
/* ISO 32000-1 knows nothing of AES-256; what Adobe added to it does (level 8), and readers go by that. */
#define EXTENSIONS "<</ADBE<</BaseVersion/1.7/ExtensionLevel 8>>>>"

/* Numbers of the streams around a page's content, for every width of page. */
struct fit {
	double width;
	uint32_t before, behind;
};

struct making {
	struct arena *arena;
	struct pdf_copy copy;
	struct pdf_own mark;
	uint32_t form;            /* the mark */
	double mark_width;
	uint32_t resources;       /* of all pages; 0: not seen yet */
	struct fit fits[SIZES_MOST];
	size_t fit_count;
};

/* ---- what our PDFs are made of --------------------------------------------------------------- */

struct page_list {
	uint32_t numbers[KIDS_MOST];
	size_t count;
};

/* "[ 4 0 R 5 0 R ]" */
static bool read_kids(struct text array, struct page_list *list)
{
	size_t at = 0;
	if (pdf_token_next(array, &at).kind != PDF_ARRAY)
		return false;
	for (list->count = 0; list->count < KIDS_MOST; list->count++) {
		struct pdf_token first = pdf_token_next(array, &at);
		if (first.kind == PDF_ARRAY_END)
			return at == array.size;
		size_t start = (size_t)(first.raw.at - array.at);
		pdf_token_next(array, &at);
		pdf_token_next(array, &at);
		list->numbers[list->count] = pdf_own_reference(text_slice(array, start, at - start));
		if (!list->numbers[list->count])
			return false;
	}
	return false;
}

static bool is_kind(struct text dict, const char *type)
{
	return pdf_own_is_dict(dict) && text_is(pdf_dict_value(dict, "Type"), type);
}

/* All pages hang on one node. */
static bool find_pages(struct pdf_own *own, struct page_list *list)
{
	struct text catalog = pdf_own_object(own, own->root);
	struct text node = pdf_own_object(own, pdf_own_reference(pdf_dict_value(catalog, "Pages")));
	int64_t count;
	return is_kind(catalog, "/Catalog") && is_kind(node, "/Pages") &&
	       read_kids(pdf_dict_value(node, "Kids"), list) &&
	       text_to_integer(pdf_dict_value(node, "Count"), &count) && count > 0 && (size_t)count == list->count;
}

struct box {
	double width, height;
};

/* "[ 0 0 595.27557 841.88977 ]" */
static bool find_box(struct text page, struct box *box)
{
	struct text array = pdf_dict_value(page, "MediaBox");
	double edges[4];
	bool is_at_origin = true;
	size_t at = 0;
	if (pdf_token_next(array, &at).kind != PDF_ARRAY)
		return false;
	for (int i = 0; i < 4; i++) {
		struct pdf_token token = pdf_token_next(array, &at);
		if (token.kind != PDF_NUMBER)
			return false;
		edges[i] = pdf_number(token.raw);
		is_at_origin = is_at_origin && (i > 1 || text_is(token.raw, "0"));
	}
	*box = (struct box){ edges[2], edges[3] };
	return pdf_token_next(array, &at).kind == PDF_ARRAY_END && at == array.size && is_at_origin &&
	       box->width > 0 && box->height > 0;
}

/* ---- the mark ------------------------------------------------------------------------------ */

/* Its drawing without its own tags: within an artifact nothing is tagged (ISO 14289-1, 7.1). */
static void strip_tags(struct text content, struct buf *out)
{
	static const char *const tagging[] = { "BMC", "BDC", "EMC", "MP", "DP" };
	struct pdf_operation operation;
	for (size_t at = 0; pdf_operation_next(content, &at, &operation);) {
		bool is_tag = false;
		for (size_t i = 0; i < sizeof tagging / sizeof *tagging; i++)
			is_tag = is_tag || text_is(operation.operator, tagging[i]);
		if (is_tag)
			continue;
		buf_text(out, operation.whole);
		buf_byte(out, '\n');
	}
}

static bool read_drawing(struct making *making, struct text page, struct text *drawing)
{
	struct buf content, stripped;
	const struct pdf_own_stream *stream =
		pdf_own_stream(&making->mark, pdf_own_reference(pdf_dict_value(page, "Contents")));
	if (!stream)
		return false;
	buf_init(&content, BUF_LIMIT_PAGE);
	buf_init(&stripped, BUF_LIMIT_PAGE);
	bool is_good = inflate_add(INFLATE_ZLIB, stream->bytes, &content);
	strip_tags(buf_view(&content), &stripped);
	*drawing = text_copy(making->arena, buf_view(&stripped));
	is_good = is_good && !stripped.overflowed;
	buf_clear(&content);
	buf_clear(&stripped);
	return is_good;
}

static bool make_form(struct making *making)
{
	struct box box;
	struct text drawing;
	struct page_list *list = ARENA_NEW(making->arena, struct page_list);
	if (!find_pages(&making->mark, list) || list->count != 1)
		return false;
	struct text page = pdf_own_object(&making->mark, list->numbers[0]);
	uint32_t resources = pdf_own_reference(pdf_dict_value(page, "Resources"));
	if (!is_kind(page, "/Page") || !find_box(page, &box) || !read_drawing(making, page, &drawing))
		return false;
	making->form = pdf_copy_reserve(&making->copy);
	making->mark_width = box.width;
	resources = pdf_copy_adopt(&making->copy, &making->mark, resources);
	struct buf dict;
	buf_init(&dict, BUF_LIMIT_PAGE);
	buf_string(&dict, "<</Type/XObject/Subtype/Form/BBox[0 0 ");
	buf_fixed(&dict, box.width, 2);
	buf_byte(&dict, ' ');
	buf_fixed(&dict, box.height, 2);
	buf_format(&dict, "]/Resources %" PRIu32 " 0 R>>", resources);
	pdf_copy_add_stream(&making->copy, making->form, text_copy(making->arena, buf_view(&dict)), drawing);
	buf_clear(&dict);
	return resources > 0;
}

/* ---- pages --------------------------------------------------------------------------------- */

static uint32_t add_content(struct making *making, struct text content)
{
	uint32_t number = pdf_copy_reserve(&making->copy);
	pdf_copy_add_stream(&making->copy, number, TEXT("<<>>"), text_copy(making->arena, content));
	return number;
}

/* A mark that is wider than the page is made as wide; it stands in the middle of the foot. */
static const struct fit *fit_for(struct making *making, double width)
{
	size_t i = 0;
	while (i < making->fit_count && (making->fits[i].width < width || making->fits[i].width > width))
		i++;
	if (i < making->fit_count)
		return &making->fits[i];
	if (i == SIZES_MOST)
		return NULL;
	double scale = making->mark_width > width ? width / making->mark_width : 1;
	const double matrix[6] = { scale, 0, 0, scale, (width - making->mark_width * scale) / 2, 0 };
	struct buf behind;
	buf_init(&behind, BUF_LIMIT_PAGE);
	buf_string(&behind, "\nQ\n/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\nq ");
	for (int k = 0; k < 6; k++) {
		buf_fixed(&behind, matrix[k], 4);
		buf_byte(&behind, ' ');
	}
	buf_string(&behind, "cm " MARK_NAME " Do Q\nEMC\n");
	struct fit *fit = &making->fits[making->fit_count++];
	fit->width = width;
	fit->before = add_content(making, TEXT("q\n"));
	fit->behind = add_content(making, buf_view(&behind));
	buf_clear(&behind);
	return fit;
}

/* Its content between two further streams. */
static bool mark_page(struct making *making, uint32_t number)
{
	struct box box;
	struct text page = pdf_copy_object(&making->copy, number);
	if (!is_kind(page, "/Page") || !find_box(page, &box))
		return false;
	const struct fit *fit = fit_for(making, box.width);
	uint32_t content = pdf_own_reference(pdf_dict_value(page, "Contents"));
	uint32_t resources = pdf_own_reference(pdf_dict_value(page, "Resources"));
	if (!fit || !content || !resources || (making->resources && making->resources != resources))
		return false;
	making->resources = resources;
	struct text all = text_format(making->arena, "[%" PRIu32 " 0 R %" PRIu32 " 0 R %" PRIu32 " 0 R]",
				      fit->before, content, fit->behind);
	pdf_copy_change(&making->copy, number, pdf_copy_with(making->arena, page, "Contents", all));
	return true;
}

/* All pages draw with the same things; among them there is no form, so no name is taken. */
static bool mark_pages(struct making *making)
{
	struct page_list *list = ARENA_NEW(making->arena, struct page_list);
	bool is_good = find_pages(&making->copy.filed, list) && make_form(making);
	for (size_t i = 0; i < list->count && is_good; i++)
		is_good = mark_page(making, list->numbers[i]);
	struct text resources = is_good ? pdf_copy_object(&making->copy, making->resources) : NO_TEXT;
	if (!pdf_own_is_dict(resources) || pdf_dict_value(resources, "XObject").size)
		return false;
	struct text forms = text_format(making->arena, "<<" MARK_NAME " %" PRIu32 " 0 R>>", making->form);
	pdf_copy_change(&making->copy, making->resources,
			pdf_copy_with(making->arena, resources, "XObject", forms));
	return true;
}

/* ---- metadata -------------------------------------------------------------------------------- */

static struct text without(struct arena *arena, struct text text, const char *open, const char *close)
{
	size_t at = text_find(text, text_from(open)), end = text_find(text, text_from(close));
	if (at >= end || end == text.size)
		return text;
	end += strlen(close);
	return text_format(arena, "%.*s%.*s", (int)at, text.at, (int)(text.size - end), text.at + end);
}

/* The copy is not PDF/A, which forbids encryption: it does not say so either. */
static bool strip_claim(struct making *making)
{
	struct pdf_own *filed = &making->copy.filed;
	uint32_t number = pdf_own_reference(pdf_dict_value(pdf_own_object(filed, filed->root), "Metadata"));
	const struct pdf_own_stream *stream = pdf_own_stream(filed, number);
	if (!stream || pdf_dict_value(stream->dict, "Filter").size || !stream->bytes.size)
		return false;
	struct text bytes = without(making->arena, stream->bytes, "<pdfaid:part>", "</pdfaid:part>");
	bytes = without(making->arena, bytes, "<pdfaid:conformance>", "</pdfaid:conformance>");
	pdf_copy_change(&making->copy, number, bytes);
	return true;
}

/* ---- files within -------------------------------------------------------------------------- */

/* For readers that know no Unicode names: of "整改反馈表-示例公司-9132….xlsx" what begins with the code. */
static void write_plain_name(struct buf *out, struct text name)
{
	bool has_begun = false;
	buf_byte(out, '<');
	for (size_t i = 0; i < name.size; i++) {
		has_begun = has_begun || ascii_is_alnum(name.at[i]);
		if (has_begun && name.at[i] > ' ' && name.at[i] < 0x7F)
			buf_format(out, "%02x", (unsigned)name.at[i]);
	}
	buf_byte(out, '>');
}

static void write_words(struct buf *out, struct text words)
{
	buf_string(out, "<feff");
	for (size_t at = 0; at < words.size;) {
		uint32_t c = utf8_next(words, &at);
		c = c == UTF8_BAD ? 0xFFFD : c;
		if (c < 0x10000)
			buf_format(out, "%04x", (unsigned)c);
		else
			buf_format(out, "%04x%04x", (unsigned)(0xD800 + ((c - 0x10000) >> 10)),
				   (unsigned)(0xDC00 + ((c - 0x10000) & 0x3FF)));
	}
	buf_byte(out, '>');
}

/* A type of media as a name: its slash is no delimiter there. */
static void write_type(struct buf *out, const char *type)
{
	buf_byte(out, '/');
	for (; *type; type++)
		if ((*type >= 'a' && *type <= 'z') || (*type >= '0' && *type <= '9') || *type == '-' || *type == '.')
			buf_byte(out, *type);
		else
			buf_format(out, "#%02x", (unsigned)(unsigned char)*type);
}

static uint32_t add_file(struct making *making, const struct protect_attachment *file, struct deflater *deflater)
{
	struct buf dict, packed;
	uint32_t number = pdf_copy_reserve(&making->copy);
	buf_init(&dict, BUF_LIMIT_PAGE);
	buf_init(&packed, BUF_LIMIT_FILE);
	bool is_packed = deflater_add(deflater, DEFLATE_SMALL, file->bytes, &packed);
	buf_string(&dict, "<</Type/EmbeddedFile/Subtype");
	write_type(&dict, file->type);
	buf_format(&dict, "/Params<</Size %zu>>/Filter/FlateDecode>>", file->bytes.size);
	pdf_copy_add_stream(&making->copy, number, text_copy(making->arena, buf_view(&dict)),
			    text_copy(making->arena, buf_view(&packed)));
	buf_clear(&dict);
	buf_clear(&packed);
	return is_packed ? number : 0;
}

static uint32_t add_specification(struct making *making, const struct protect_attachment *file, uint32_t stream)
{
	struct buf dict;
	uint32_t number = pdf_copy_reserve(&making->copy);
	buf_init(&dict, BUF_LIMIT_PAGE);
	buf_string(&dict, "<</Type/Filespec/F");
	write_plain_name(&dict, file->name);
	buf_string(&dict, "/UF");
	write_words(&dict, file->name);
	if (file->description.size) {
		buf_string(&dict, "/Desc");
		write_words(&dict, file->description);
	}
	buf_format(&dict, "/AFRelationship/Unspecified/EF<</F %" PRIu32 " 0 R/UF %" PRIu32 " 0 R>>>>", stream, stream);
	pdf_copy_add(&making->copy, number, text_copy(making->arena, buf_view(&dict)));
	buf_clear(&dict);
	return number;
}

/* The array with more behind; a new one where it is none. */
static struct text longer(struct arena *arena, struct text array, struct text more)
{
	struct text before = array.size ? text_slice(array, 0, array.size - 1) : TEXT("[");
	return text_format(arena, "%.*s%.*s]", TEXT_ARGS(before), TEXT_ARGS(more));
}

/* Names in a tree are in order: the document's own begin with digits, these with a letter. */
static bool are_names_before(struct text names)
{
	bool is_good = !names.size || (text_starts(names, "[") && text_ends(names, "]"));
	for (size_t at = 0; at < names.size;) {
		struct pdf_token token = pdf_token_next(names, &at);
		bool is_digit = token.raw.size > 2 && token.raw.at[0] == '<' && token.raw.at[1] == '3';
		is_good = is_good && (token.kind != PDF_STRING || is_digit);
	}
	return is_good;
}

static bool attach_all(struct making *making, const struct protect_job *job, struct buf *names, struct buf *associated)
{
	struct deflater *deflater = deflater_new();
	bool is_good = true;
	for (size_t i = 0; i < job->attachment_count && is_good; i++) {
		uint32_t stream = add_file(making, &job->attachments[i], deflater);
		uint32_t specification = add_specification(making, &job->attachments[i], stream);
		buf_format(names, "(copy-%02zu)%" PRIu32 " 0 R ", i + 1, specification);
		buf_format(associated, "%" PRIu32 " 0 R ", specification);
		is_good = stream > 0;
	}
	deflater_free(deflater);
	return is_good;
}

/* Behind the document's own files. */
static bool attach(struct making *making, const struct protect_job *job, struct text *catalog)
{
	struct arena *arena = making->arena;
	struct buf names, associated;
	struct text all = pdf_dict_value(*catalog, "Names"), tree = pdf_dict_value(all, "EmbeddedFiles");
	struct text there = pdf_dict_value(tree, "Names"), more = pdf_dict_value(*catalog, "AF");
	if ((all.size && !there.size) || (more.size && !text_starts(more, "[")) || !are_names_before(there))
		return false;
	buf_init(&names, BUF_LIMIT_PAGE);
	buf_init(&associated, BUF_LIMIT_PAGE);
	bool is_good = attach_all(making, job, &names, &associated);
	tree = text_format(arena, "<</EmbeddedFiles<</Names%s>>>>",
			   text_string(arena, longer(arena, there, buf_view(&names))));
	*catalog = pdf_copy_with(arena, *catalog, "Names", tree);
	*catalog = pdf_copy_with(arena, *catalog, "AF", longer(arena, more, buf_view(&associated)));
	buf_clear(&names);
	buf_clear(&associated);
	return is_good;
}

static bool change_catalog(struct making *making, const struct protect_job *job)
{
	struct text catalog = pdf_copy_object(&making->copy, making->copy.filed.root);
	if (!is_kind(catalog, "/Catalog") || pdf_dict_value(catalog, "Extensions").size)
		return false;
	catalog = pdf_copy_with(making->arena, catalog, "Extensions", TEXT(EXTENSIONS));
	if (job->attachment_count && !attach(making, job, &catalog))
		return false;
	pdf_copy_change(&making->copy, making->copy.filed.root, catalog);
	return true;
}

/* ---- the copy ---------------------------------------------------------------------------------- */

static bool make(struct making *making, const struct protect_job *job)
{
	if (!pdf_copy_open(making->arena, job->archive, &making->copy))
		return false;
	if (job->mark.size && (!pdf_own_open(making->arena, job->mark, &making->mark) || !mark_pages(making)))
		return false;
	return strip_claim(making) && change_catalog(making, job);
}

bool protect_pdf(const struct protect_job *job, struct buf *out, struct diag *diag)
{
	assert(job->attachment_count <= PROTECT_ATTACHMENTS_MOST);
	struct making making = { .arena = arena_new() };
	size_t before = out->size;
	bool is_good = make(&making, job);
	if (is_good) {
		struct cipher *cipher = cipher_new(job->user_password, job->owner_password,
						   CIPHER_PRINT | CIPHER_PRINT_FINE | CIPHER_READ_ALOUD);
		is_good = pdf_copy_write(&making.copy, cipher, out);
		cipher_free(cipher);
	}
	if (!is_good) {
		out->size = before;
		out->at[before] = '\0';
		DIAG(diag, DIAG_PROTECT_FAILED, .a = job->what);
	}
	pdf_copy_close(&making.copy);
	arena_free(making.arena);
	return is_good;
}
