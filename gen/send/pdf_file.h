/* SPDX-License-Identifier: MIT
 *
 * A PDF opened by libqpdf, quietly: what it reports may quote the document, so nothing of it reaches a terminal.
 */
#ifndef XINGJI_SEND_PDF_FILE_H
#define XINGJI_SEND_PDF_FILE_H

#include <qpdf/qpdf-c.h>
#include <stdbool.h>

#include "base/text.h"

/* False for what only sounds like trouble (warnings). */
bool pdf_file_failed(QPDF_ERROR_CODE code);
/* The bytes are borrowed until pdf_file_close.  NULL: no sound PDF, or another password. */
qpdf_data pdf_file_open(struct text pdf, const char *password);
void pdf_file_close(qpdf_data pdf); /* NULL allowed */

#endif
