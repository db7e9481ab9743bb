/* SPDX-License-Identifier: MIT */
#include "render/finish.h"

#include <qpdf/qpdf-c.h>

#include "base/buf.h"

static bool rewrite(qpdf_data qpdf, struct buf *pdf)
{
	qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
	qpdf_silence_errors(qpdf);
	qpdf_set_attempt_recovery(qpdf, QPDF_FALSE);
	if (qpdf_read_memory(qpdf, "document", pdf->at, pdf->size, NULL) != QPDF_SUCCESS)
		return false;
	if (qpdf_init_write_memory(qpdf) & QPDF_ERRORS)
		return false;
	qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
	qpdf_set_stream_data_mode(qpdf, qpdf_s_preserve);
	qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
	if (qpdf_write(qpdf) & QPDF_ERRORS)
		return false;
	size_t size = qpdf_get_buffer_length(qpdf);
	if (!size)
		return false;
	buf_reset(pdf);
	buf_add(pdf, qpdf_get_buffer(qpdf), size);
	return !pdf->overflowed;
}

bool finish_compact(struct buf *pdf)
{
	qpdf_data qpdf = qpdf_init();
	bool is_good = qpdf && rewrite(qpdf, pdf);
	if (qpdf && qpdf_has_error(qpdf))
		qpdf_get_error(qpdf); /* or it is printed */
	if (qpdf)
		qpdf_cleanup(&qpdf);
	return is_good;
}
