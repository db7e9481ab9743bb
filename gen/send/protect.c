/* SPDX-License-Identifier: MIT
 *
 * What libqpdf reports goes no further than one word of a message: its texts may quote the document.
 */
#include "send/protect.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/diag.h"
#include "send/pdf_content.h"
#include "send/pdf_file.h"

enum { NAME_SIZE = 32, SIZES_MOST = 8, TYPE_SIZE = 120 };

/* The streams around a page's content, one pair for every size of page. */
struct fit {
	double width, height;
	qpdf_oh around[2];
};

struct copy {
	qpdf_data pdf;
	qpdf_oh form;               /* the mark */
	double mark_width;
	char name[NAME_SIZE];       /* of the form in each page's resources, "/…" */
	struct fit fits[SIZES_MOST];
	size_t fit_count;
};

/* Appends what is written; nothing where that fails. */
static bool take_output(qpdf_data pdf, struct buf *out)
{
	size_t before = out->size;
	if (pdf_file_failed(qpdf_write(pdf)))
		return false;
	buf_add(out, qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
	return !out->overflowed && out->size > before;
}

static qpdf_oh new_stream(qpdf_data pdf, struct text bytes)
{
	qpdf_oh stream = qpdf_oh_new_stream(pdf), none = qpdf_oh_new_null(pdf);
	qpdf_oh_replace_stream_data(pdf, stream, (const unsigned char *)bytes.at, bytes.size, none, none);
	return stream;
}

/* ---- boxes -------------------------------------------------------------------------------- */

struct box {
	double edges[4];
};

static bool find_box(qpdf_data pdf, qpdf_oh page, struct box *box)
{
	qpdf_oh array = qpdf_oh_get_key(pdf, page, "/MediaBox");
	if (!qpdf_oh_is_array(pdf, array) || qpdf_oh_get_array_n_items(pdf, array) != 4)
		return false;
	for (int i = 0; i < 4; i++)
		if (!qpdf_oh_get_value_as_number(pdf, qpdf_oh_get_array_item(pdf, array, i), &box->edges[i]))
			return false;
	return box->edges[2] > box->edges[0] && box->edges[3] > box->edges[1];
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

static bool make_form(struct copy *copy, qpdf_data mark)
{
	unsigned char *bytes = NULL;
	size_t size = 0;
	struct box box;
	struct buf content;
	qpdf_oh page = qpdf_get_page_n(mark, 0);
	if (!find_box(mark, page, &box) || pdf_file_failed(qpdf_oh_get_page_content_data(mark, page, &bytes, &size)))
		return false;
	buf_init(&content, BUF_LIMIT_PAGE);
	strip_tags((struct text){ (const char *)bytes, size }, &content);
	free(bytes);
	copy->form = new_stream(copy->pdf, buf_view(&content));
	copy->mark_width = box.edges[2] - box.edges[0];
	buf_reset(&content);
	buf_string(&content, "<</Type/XObject/Subtype/Form/BBox[");
	for (int i = 0; i < 4; i++) {
		buf_fixed(&content, box.edges[i], 2);
		buf_byte(&content, ' ');
	}
	buf_string(&content, "]>>");
	qpdf_oh dict = qpdf_oh_get_dict(copy->pdf, copy->form), given = qpdf_oh_parse(copy->pdf, content.at);
	buf_clear(&content);
	static const char *const keys[] = { "/Type", "/Subtype", "/BBox" };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		qpdf_oh_replace_key(copy->pdf, dict, keys[i], qpdf_oh_get_key(copy->pdf, given, keys[i]));
	/* What is copied from another file must be an object of its own there. */
	qpdf_oh resources = qpdf_make_indirect_object(mark, qpdf_oh_get_key(mark, page, "/Resources"));
	qpdf_oh_replace_key(copy->pdf, dict, "/Resources", qpdf_oh_copy_foreign_object(copy->pdf, mark, resources));
	return !qpdf_has_error(copy->pdf) && !qpdf_has_error(mark);
}

/* ---- pages --------------------------------------------------------------------------------- */

/* A mark that is wider than the page is made as wide; it stands in the middle of the foot. */
static const struct fit *fit_for(struct copy *copy, const struct box *box)
{
	double width = box->edges[2] - box->edges[0], height = box->edges[3] - box->edges[1];
	size_t i = 0;
	while (i < copy->fit_count && (copy->fits[i].width < width || copy->fits[i].width > width))
		i++;
	if (i < copy->fit_count)
		return &copy->fits[i];
	if (i == SIZES_MOST)
		return NULL;
	double scale = copy->mark_width > width ? width / copy->mark_width : 1;
	struct buf behind;
	buf_init(&behind, BUF_LIMIT_PAGE);
	buf_string(&behind, "\nQ\n/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\nq ");
	double left = box->edges[0] + (width - copy->mark_width * scale) / 2;
	const double matrix[6] = { scale, 0, 0, scale, left, box->edges[1] };
	for (int k = 0; k < 6; k++) {
		buf_fixed(&behind, matrix[k], 4);
		buf_byte(&behind, ' ');
	}
	buf_format(&behind, "cm %s Do Q\nEMC\n", copy->name);
	struct fit *fit = &copy->fits[copy->fit_count++];
	*fit = (struct fit){ .width = width, .height = height };
	fit->around[0] = qpdf_make_indirect_object(copy->pdf, new_stream(copy->pdf, TEXT("q\n")));
	fit->around[1] = qpdf_make_indirect_object(copy->pdf, new_stream(copy->pdf, buf_view(&behind)));
	buf_clear(&behind);
	return fit;
}

/* The dictionary under the key, made where there is none. */
static qpdf_oh find_dict(qpdf_data pdf, qpdf_oh parent, const char *key)
{
	qpdf_oh found = qpdf_oh_get_key(pdf, parent, key);
	if (qpdf_oh_is_dictionary(pdf, found))
		return found;
	qpdf_oh_replace_key(pdf, parent, key, qpdf_oh_new_dictionary(pdf));
	return qpdf_oh_get_key(pdf, parent, key);
}

static bool mark_page(struct copy *copy, qpdf_oh page)
{
	qpdf_data pdf = copy->pdf;
	struct box box;
	const struct fit *fit = find_box(pdf, page, &box) ? fit_for(copy, &box) : NULL;
	if (!fit)
		return false;
	qpdf_oh before = qpdf_oh_get_key(pdf, page, "/Contents"), contents = qpdf_oh_new_array(pdf);
	qpdf_oh_append_item(pdf, contents, fit->around[0]);
	int count = qpdf_oh_is_array(pdf, before) ? qpdf_oh_get_array_n_items(pdf, before) : 0;
	for (int i = 0; i < count; i++)
		qpdf_oh_append_item(pdf, contents, qpdf_oh_get_array_item(pdf, before, i));
	if (qpdf_oh_is_stream(pdf, before))
		qpdf_oh_append_item(pdf, contents, before);
	qpdf_oh_append_item(pdf, contents, fit->around[1]);
	qpdf_oh_replace_key(pdf, page, "/Contents", contents);
	qpdf_oh forms = find_dict(pdf, find_dict(pdf, page, "/Resources"), "/XObject");
	qpdf_oh_replace_key(pdf, forms, copy->name, copy->form);
	return !qpdf_has_error(pdf);
}

/* A name that no page uses for a form of its own. */
static void choose_name(struct copy *copy, int page_count)
{
	for (int number = 0, page = 0; page < page_count; number++) {
		snprintf(copy->name, sizeof copy->name, "/XjMark%d", number);
		for (page = 0; page < page_count; page++) {
			qpdf_oh object = qpdf_get_page_n(copy->pdf, (size_t)page);
			qpdf_oh resources = qpdf_oh_get_key(copy->pdf, object, "/Resources");
			qpdf_oh forms = qpdf_oh_get_key_if_dict(copy->pdf, resources, "/XObject");
			if (qpdf_oh_is_dictionary(copy->pdf, forms) && qpdf_oh_has_key(copy->pdf, forms, copy->name))
				break;
		}
	}
}

static bool mark_pages(struct copy *copy, qpdf_data mark)
{
	qpdf_push_inherited_attributes_to_page(copy->pdf);
	int count = qpdf_get_num_pages(copy->pdf);
	if (count < 1 || qpdf_get_num_pages(mark) != 1)
		return false;
	choose_name(copy, count);
	bool is_good = make_form(copy, mark);
	for (int i = 0; i < count && is_good; i++)
		is_good = mark_page(copy, qpdf_get_page_n(copy->pdf, (size_t)i));
	return is_good;
}

/* ---- metadata -------------------------------------------------------------------------------- */

/* The copy is not PDF/A, which forbids encryption: it does not say so either. */
static void strip_claim(qpdf_data pdf)
{
	static const struct {
		const char *open, *close;
	} claims[] = { { "<pdfaid:part>", "</pdfaid:part>" }, { "<pdfaid:conformance>", "</pdfaid:conformance>" } };
	unsigned char *bytes = NULL;
	size_t size = 0;
	qpdf_oh metadata = qpdf_oh_get_key(pdf, qpdf_get_root(pdf), "/Metadata");
	if (!qpdf_oh_is_stream(pdf, metadata) ||
	    pdf_file_failed(qpdf_oh_get_stream_data(pdf, metadata, qpdf_dl_generalized, NULL, &bytes, &size)))
		return;
	struct text before = { (const char *)bytes, size };
	struct buf after;
	buf_init(&after, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
		size_t at = text_find(before, text_from(claims[i].open));
		size_t end = text_find(before, text_from(claims[i].close));
		if (at >= end || end == before.size)
			continue;
		buf_reset(&after);
		buf_text(&after, text_slice(before, 0, at));
		buf_text(&after, text_slice(before, end + strlen(claims[i].close), before.size));
		memcpy(bytes, after.at, after.size); /* it is shorter */
		before.size = after.size;
	}
	qpdf_oh none = qpdf_oh_new_null(pdf);
	if (before.size != size)
		qpdf_oh_replace_stream_data(pdf, metadata, bytes, before.size, none, none);
	buf_clear(&after);
	free(bytes);
}

/* ---- files within -------------------------------------------------------------------------- */

/* For readers that know no Unicode names. */
static void write_plain_name(struct buf *out, struct text name)
{
	for (size_t i = 0; i < name.size; i++)
		if (name.at[i] > ' ' && name.at[i] < 0x7F)
			buf_byte(out, name.at[i]);
}

static qpdf_oh new_string(qpdf_data pdf, struct text bytes)
{
	return qpdf_oh_new_binary_string(pdf, bytes.at, bytes.size);
}

static qpdf_oh new_words(qpdf_data pdf, struct text words)
{
	return qpdf_oh_new_binary_unicode_string(pdf, words.at, words.size);
}

static qpdf_oh new_file(qpdf_data pdf, const struct protect_attachment *file)
{
	char type[TYPE_SIZE];
	qpdf_oh stream = new_stream(pdf, file->bytes), dict = qpdf_oh_get_dict(pdf, stream);
	qpdf_oh parameters = qpdf_oh_new_dictionary(pdf);
	snprintf(type, sizeof type, "/%s", file->type);
	qpdf_oh_replace_key(pdf, parameters, "/Size", qpdf_oh_new_integer(pdf, (long long)file->bytes.size));
	qpdf_oh_replace_key(pdf, dict, "/Type", qpdf_oh_new_name(pdf, "/EmbeddedFile"));
	qpdf_oh_replace_key(pdf, dict, "/Subtype", qpdf_oh_new_name(pdf, type));
	qpdf_oh_replace_key(pdf, dict, "/Params", parameters);
	return qpdf_make_indirect_object(pdf, stream);
}

static qpdf_oh new_specification(qpdf_data pdf, const struct protect_attachment *file)
{
	struct buf plain;
	qpdf_oh specification = qpdf_oh_new_dictionary(pdf), streams = qpdf_oh_new_dictionary(pdf);
	qpdf_oh stream = new_file(pdf, file);
	buf_init(&plain, BUF_LIMIT_PAGE);
	write_plain_name(&plain, file->name);
	qpdf_oh_replace_key(pdf, specification, "/Type", qpdf_oh_new_name(pdf, "/Filespec"));
	qpdf_oh_replace_key(pdf, specification, "/F", new_string(pdf, buf_view(&plain)));
	qpdf_oh_replace_key(pdf, specification, "/UF", new_words(pdf, file->name));
	if (file->description.size)
		qpdf_oh_replace_key(pdf, specification, "/Desc", new_words(pdf, file->description));
	qpdf_oh_replace_key(pdf, specification, "/AFRelationship", qpdf_oh_new_name(pdf, "/Unspecified"));
	qpdf_oh_replace_key(pdf, streams, "/F", stream);
	qpdf_oh_replace_key(pdf, streams, "/UF", stream);
	qpdf_oh_replace_key(pdf, specification, "/EF", streams);
	buf_clear(&plain);
	return qpdf_make_indirect_object(pdf, specification);
}

static qpdf_oh find_array(qpdf_data pdf, qpdf_oh parent, const char *key)
{
	qpdf_oh found = qpdf_oh_get_key(pdf, parent, key);
	if (qpdf_oh_is_array(pdf, found))
		return found;
	qpdf_oh_replace_key(pdf, parent, key, qpdf_oh_new_array(pdf));
	return qpdf_oh_get_key(pdf, parent, key);
}

/* Behind the document's own files: the names of a tree are in order, and those begin with digits. */
static bool attach(qpdf_data pdf, const struct protect_job *job)
{
	if (!job->attachment_count)
		return true;
	qpdf_oh root = qpdf_get_root(pdf), tree = find_dict(pdf, find_dict(pdf, root, "/Names"), "/EmbeddedFiles");
	qpdf_oh names = find_array(pdf, tree, "/Names"), associated = find_array(pdf, root, "/AF");
	int count = qpdf_oh_get_array_n_items(pdf, names);
	const char *last = count > 1 ? qpdf_oh_get_string_value(pdf, qpdf_oh_get_array_item(pdf, names, count - 2)) : "";
	if (qpdf_oh_has_key(pdf, tree, "/Kids") || strcmp(last, "copy-") >= 0)
		return false;
	for (size_t i = 0; i < job->attachment_count; i++) {
		char name[NAME_SIZE];
		qpdf_oh specification = new_specification(pdf, &job->attachments[i]);
		snprintf(name, sizeof name, "copy-%02zu", i + 1);
		qpdf_oh_append_item(pdf, names, qpdf_oh_new_string(pdf, name));
		qpdf_oh_append_item(pdf, names, specification);
		qpdf_oh_append_item(pdf, associated, specification);
	}
	return !qpdf_has_error(pdf);
}

/* ---- the copy ---------------------------------------------------------------------------------- */

static bool write_protected(qpdf_data pdf, const struct protect_job *job, struct buf *out)
{
	if (pdf_file_failed(qpdf_init_write_memory(pdf)))
		return false;
	qpdf_set_stream_data_mode(pdf, qpdf_s_preserve);
	qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
	qpdf_set_r6_encryption_parameters2(pdf, job->user_password, job->owner_password, QPDF_TRUE /* read aloud */,
	                                   QPDF_FALSE /* copy */, QPDF_FALSE /* assemble */, QPDF_FALSE /* annotate */,
	                                   QPDF_FALSE /* fill in */, QPDF_FALSE /* change */, qpdf_r3p_full,
	                                   QPDF_TRUE /* metadata, too */);
	return take_output(pdf, out);
}

bool protect_pdf(const struct protect_job *job, struct buf *out, struct diag *diag)
{
	assert(job->user_password && *job->user_password && job->owner_password && *job->owner_password);
	assert(job->attachment_count <= PROTECT_ATTACHMENTS_MOST);
	struct copy copy = { .pdf = pdf_file_open(job->archive, "") };
	qpdf_data mark = job->mark.size && copy.pdf ? pdf_file_open(job->mark, "") : NULL;
	bool is_good = copy.pdf != NULL;
	if (is_good && job->mark.size)
		is_good = mark && mark_pages(&copy, mark);
	size_t before = out->size;
	if (is_good) {
		strip_claim(copy.pdf);
		is_good = attach(copy.pdf, job) && write_protected(copy.pdf, job, out);
	}
	if (!is_good) {
		out->size = before;
		out->at[before] = '\0';
		DIAG(diag, DIAG_PROTECT_FAILED, .a = job->what);
	}
	pdf_file_close(copy.pdf);
	pdf_file_close(mark);
	return is_good;
}

bool protect_open(struct text pdf, const char *password, struct buf *out)
{
	qpdf_data opened = pdf_file_open(pdf, password);
	if (!opened)
		return false;
	bool is_good = !pdf_file_failed(qpdf_init_write_memory(opened));
	if (is_good) {
		qpdf_set_preserve_encryption(opened, QPDF_FALSE);
		qpdf_set_object_stream_mode(opened, qpdf_o_disable);
		qpdf_set_stream_data_mode(opened, qpdf_s_uncompress);
		qpdf_set_decode_level(opened, qpdf_dl_generalized);
		qpdf_set_preserve_unreferenced_objects(opened, QPDF_TRUE);
		is_good = take_output(opened, out);
	}
	pdf_file_close(opened);
	return is_good;
}
