/* SPDX-License-Identifier: MIT */
#include "send/pdf_file.h"

bool pdf_file_failed(QPDF_ERROR_CODE code)
{
	return (code & QPDF_ERRORS) != 0;
}

/* Errors that nobody has taken are printed by the library itself. */
void pdf_file_close(qpdf_data pdf)
{
	if (!pdf)
		return;
	while (qpdf_has_error(pdf))
		qpdf_get_error(pdf);
	while (qpdf_more_warnings(pdf))
		qpdf_next_warning(pdf);
	qpdf_cleanup(&pdf);
}

qpdf_data pdf_file_open(struct text pdf, const char *password)
{
	qpdf_data opened = qpdf_init();
	qpdf_silence_errors(opened);
	qpdf_set_suppress_warnings(opened, QPDF_TRUE);
	qpdf_set_attempt_recovery(opened, QPDF_FALSE); /* a file that needs it is not what was written */
	if (!pdf_file_failed(qpdf_read_memory(opened, "pdf", pdf.at, pdf.size, password)))
		return opened;
	pdf_file_close(opened);
	return NULL;
}
