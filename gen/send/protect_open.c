/* SPDX-License-Identifier: MIT
 *
 * A protected copy opened again, by a library that had no part in making it.
 */
#include "base/buf.h"
#include "send/pdf_file.h"
#include "send/protect.h"

/* Appends what is written; nothing where that fails. */
static bool take_output(qpdf_data pdf, struct buf *out)
{
	size_t before = out->size;
	if (pdf_file_failed(qpdf_write(pdf)))
		return false;
	buf_add(out, qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
	return !out->overflowed && out->size > before;
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
