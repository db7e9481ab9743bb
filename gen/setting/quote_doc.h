/* SPDX-License-Identifier: MIT
 *
 * The quotes of a document that is shown as HTML, curled as its pages on paper curl them (quote.h).
 *
 * Paragraphs, headings, captions and notes; not the cells of tables and records, which are data and
 * are compared with it.  Code stays as it was typed.
 */
#ifndef XINGJI_SETTING_QUOTE_DOC_H
#define XINGJI_SETTING_QUOTE_DOC_H

struct arena;
struct doc;

/* Changes the texts of the nodes; on paper they look as before.  Time and memory: the document's text. */
void quotes_curl_doc(struct arena *arena, const struct doc *doc);

#endif
